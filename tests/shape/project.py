"Rules for everything that is tracked: addresses, data, versions, tests."
import ast, configparser, re, subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]

def settings(root=ROOT):
    "What settings.ini says."
    parser = configparser.ConfigParser(delimiters=['='])
    parser.read(Path(root)/'settings.ini', encoding='utf-8')
    return dict(parser['DEFAULT'])

def tracked(root=ROOT):
    "Files that git knows, or would take: what is ignored is left out."
    asked = ['git', 'ls-files', '--cached', '--others', '--exclude-standard', '-z']
    said = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=True)
    return [Path(root)/name for name in said.stdout.split('\0') if name and (Path(root)/name).is_file()]

# Written in pieces, so that this file does not find itself.
PLACES = ['/wo''rk/', '/fa''rm/', '/ro''ot/', '/tmp/rese''arch', '/opt/whe''els', '/ho''me/(?!amina)\\w+/',
          '/Us''ers/\\w+/',
          '[A-Z]:[\\\\/]Us''ers[\\\\/]']
HOSTS = ['py''pi\\.org', 'pythonhos''ted\\.org', 'registry\\.npm''js', 'deb\\.deb''ian', 'download\\.pyt''orch']
def strange_addresses(text):
    "Paths of one machine and hosts of package indexes say nothing to a stranger."
    patterns = [r'(?<![\w.~-])' + place if place[0] == '/' else place for place in PLACES + HOSTS]
    return [f'it names {hit[0]}' for pattern in patterns for hit in re.finditer(pattern, text)]

def lock_trouble(text):
    "The lock holds exact versions: no addresses, no paths, no hashes."
    lines = [line.split(' ;')[0].strip() for line in text.splitlines() if line.strip() and not line.startswith('#')]
    exact = r'[A-Za-z0-9._-]+==[A-Za-z0-9._]+'
    return [f'"{line}" is not an exact version' for line in lines if not re.fullmatch(exact, line)]

def version_trouble(settings, init, pyproject):
    "One name and one version everywhere."
    found = []
    version = re.search(r"__version__\s*=\s*['\"](.+?)['\"]", init)
    wanted, folder = settings['version'], settings['lib_path']
    if not version or version[1] != wanted: found.append(f'course.__version__ is not {wanted}')
    if re.search(r'^\[project\]', pyproject, flags=re.M): found.append('pyproject.toml has a [project] of its own')
    if f'lib_path = "{folder}"' not in pyproject: found.append(f'pyproject.toml does not export to {folder}')
    return found

def init_trouble(source):
    "course/__init__.py holds the version and nothing else."
    def is_version(node): return isinstance(node, ast.Assign) and getattr(node.targets[0], 'id', '') == '__version__'
    others = [node for node in ast.parse(source).body if not is_version(node)]
    return [f'course/__init__.py holds `{ast.unparse(node)[:50]}`' for node in others]

# Data

def dataset_trouble(folder, entries):
    "Every entry has its datasheet and its licence, every folder its entry; no package hides among them."
    folder, found = Path(folder), []
    found += [f'{path.relative_to(folder)} would hide a library' for path in folder.rglob('__init__.py')]
    for name, entry in entries.items():
        sheet, licence = folder/name/'README.md', getattr(entry, 'licence', '')
        if not licence: found.append(f'{name} has no licence in the catalogue')
        if not sheet.is_file(): found.append(f'{name} has no datasheet')
        elif licence and licence.split(';')[0].split()[0] not in sheet.read_text(encoding='utf-8'):
            found.append(f'the datasheet of {name} does not name {licence}')
        if not getattr(entry, 'committed', False): continue
        files = [path.name for path in (folder/name).rglob('*') if path.is_file()]
        papers = [file for file in files if file.startswith(('LICENSE', 'LICENCE', 'COPYING'))]
        if not papers: found.append(f'{name} carries no licence file')
        if not set(files) - {*papers, 'README.md'}: found.append(f'{name} is committed and empty')
    strays = [path.name for path in sorted(folder.iterdir()) if path.is_dir() and path.name not in entries]
    return found + [f'{name} is not in the catalogue' for name in strays]

def too_big(sizes, limit=12e6):
    "All committed data together stays below the limit. Takes the sizes of the files."
    return [f'the data weighs {sum(sizes)/1e6:.1f} MB, more than {limit/1e6:.0f}']*(sum(sizes) > limit)

# Tests

def missing_tests(lessons, root=ROOT):
    "Each exporting notebook has its tests, each lesson its answers with six items. Takes (unit, module, is_lesson)."
    found = []
    for unit, module, is_lesson in lessons:
        tests = Path(root)/'tests'/unit
        if not (tests/f'test_{module}.py').is_file(): found.append(f'tests/{unit}/test_{module}.py is missing')
        answers = tests/f'answers_{module}.py'
        if not is_lesson: continue
        if not answers.is_file(): found.append(f'tests/{unit}/answers_{module}.py is missing')
        elif (n := len(item_names(answers.read_text(encoding='utf-8')))) < 6:
            found.append(f'tests/{unit}/answers_{module}.py has {n} items, not six')
    return found

def item_names(source):
    "The names in `ITEMS = {...}` of an answers file."
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], 'id', '') == 'ITEMS':
            if isinstance(node.value, ast.Dict): return [getattr(key, 'value', None) for key in node.value.keys]
            if isinstance(node.value, ast.Call): return [key.arg for key in node.value.keywords]
    return []

def idle_tests(source):
    "A test that checks nothing, or is left out without a reason."
    found, functions = [], [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    words = 'raises|warns|simplefilter|fail$|assert|check|prove|expect|test_|wait_for_function$'
    def called(node):
        return {getattr(n.func, 'id', getattr(n.func, 'attr', '')) for n in ast.walk(node) if isinstance(n, ast.Call)}
    def checks(node):
        asserts = [n for n in ast.walk(node) if isinstance(n, ast.Assert) and not isinstance(n.test, ast.Constant)]
        return bool(asserts or [name for name in called(node) if re.match(words, name)])
    helpers = {node.name for node in functions if checks(node)}
    for node in functions:
        if node.name.startswith('test_') and not (checks(node) or called(node) & helpers):
            found.append(f'{node.name} checks nothing')
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and getattr(node.func, 'attr', '') in ('skip', 'skipif', 'xfail')): continue
        reasons = [key for key in node.keywords if key.arg in ('reason', 'msg')]
        if node.func.attr == 'skip': reasons += node.args
        if not reasons: found.append(f'line {node.lineno} leaves a test out and does not say why')
    bare = re.findall(r'@pytest\.mark\.(?:skip|xfail)\s*$', source, flags=re.M)
    return found + ['a bare mark leaves a test out and does not say why']*bool(bare)

def same_test_names(paths):
    "Two test files of one name confuse pytest."
    names = [path.name for path in paths]
    return [f'{name} exists {names.count(name)} times' for name in sorted(set(names)) if names.count(name) > 1]
