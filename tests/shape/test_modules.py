"What nbdev writes, read as it lies there: who imports whom, what is heavy, and whether it is what the notebooks say."
import ast, json, shutil, subprocess, sys, warnings
import pytest
import modules, notebooks
from notebooks import ROOT
from test_notebooks import ALL

COURSE = ROOT/'course'
FILES = {modules.module_name(path, ROOT): path for path in sorted(COURSE.rglob('*.py')) if path.name != '_modidx.py'}
SOURCES = {name: path.read_text(encoding='utf-8') for name, path in FILES.items()}
WRITTEN = {f'course.{home}': nb for nb in ALL for home in nb.homes}
each = pytest.mark.parametrize('name', sorted(WRITTEN.keys() & FILES.keys()))

def test_every_module_has_a_notebook_and_every_notebook_its_module():
    plain = {name for name, path in FILES.items() if path.name == '__init__.py'}
    assert FILES.keys() - plain - WRITTEN.keys() == set(), 'no notebook writes these; was one renamed?'
    assert WRITTEN.keys() - FILES.keys() == set(), 'these were never exported; run nbdev-export'

def test_every_room_is_a_package():
    rooms = {path.parent for path in FILES.values()}
    assert [room.name for room in rooms if not (room/'__init__.py').is_file()] == [], 'run nbdev-export'

def test_only_the_first_init_says_anything():
    others = {name: SOURCES[name].strip() for name in FILES if FILES[name].name == '__init__.py' and name != 'course'}
    assert not any(others.values()), others

def test_nobody_imports_against_the_direction():
    graph = {}
    for name, text in SOURCES.items():
        taken = modules.imported(ast.parse(text), name, FILES[name].name == '__init__.py')
        graph[name] = taken & FILES.keys() - {name}
    numbers = {name: int(nb.name[:2]) for name, nb in WRITTEN.items()}
    needs = {nb.unit: modules.unit_needs([cell.source for cell in nb.prose]) for nb in ALL if nb.is_start}
    assert modules.forbidden_imports(graph, numbers, needs) == [] and modules.circles(graph) == []

@each
def test_nothing_heavy_stands_at_the_door(name): assert modules.heavy_at_the_door(SOURCES[name], name) == []

@each
def test_its_length(name):
    assert modules.too_many_lines(SOURCES[name], name) == []
    for found in modules.rather_many_lines(SOURCES[name], name): warnings.warn(found)

def test_importing_every_module_loads_nothing_heavy():
    "Each module in a Python of its own would take minutes; one Python that looks after each import is as strict."
    source = ('import importlib, json, sys\nheavy = {}\n'
              f'for name in {sorted(FILES)}:\n'
              f'    before = {modules.HEAVY} & set(sys.modules)\n    importlib.import_module(name)\n'
              f'    heavy[name] = sorted({modules.HEAVY} & set(sys.modules) - before)\n'
              'print(json.dumps(heavy))')
    ran = subprocess.run([sys.executable, '-c', source], capture_output=True, text=True, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr
    loaded = json.loads(ran.stdout.splitlines()[-1])
    unasked = {name: set(found) - set(modules.MAY_BE_HEAVY.get(name, ())) for name, found in loaded.items()}
    assert {name: found for name, found in unasked.items() if found} == {}

def ruff(*words):
    "Let ruff check something, whatever settings lie about."
    command = [sys.executable, '-m', 'ruff', 'check', '--no-cache', '--isolated', *words]
    return subprocess.run(command, capture_output=True, text=True)

def test_no_name_is_used_that_the_module_does_not_have():
    "An exported function that leans on a cell which is not exported works in the notebook and nowhere else."
    ran = ruff('--target-version', 'py310', '--select', 'E9,F811,F821,F403', COURSE)
    assert ran.returncode == 0, ran.stdout + ran.stderr

def test_ruff_finds_a_name_that_is_not_exported(tmp_path):
    (tmp_path/'a.py').write_text('def f(x): return sqrt(x)\n')
    ran = ruff('--select', 'F821', tmp_path)
    assert ran.returncode == 1 and 'sqrt' in ran.stdout

def texts_in(folder):
    "The modules under a folder, by name."
    return {path.relative_to(folder).as_posix(): path.read_text(encoding='utf-8')
            for path in (folder/'course').rglob('*.py')}

def exported_to(folder):
    "Copy the notebooks, let nbdev export them there, and return what it wrote."
    for name in ('nbs', 'settings.ini', 'pyproject.toml', 'README.md'):
        if (ROOT/name).is_file(): shutil.copy(ROOT/name, folder/name)
        else: shutil.copytree(ROOT/name, folder/name, ignore=shutil.ignore_patterns('.ipynb_checkpoints'))
    (folder/'course').mkdir()
    shutil.copy(COURSE/'__init__.py', folder/'course'/'__init__.py')
    export = 'from nbdev.doclinks import nbdev_export; nbdev_export()'
    ran = subprocess.run([sys.executable, '-c', export], capture_output=True, text=True, cwd=folder)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return texts_in(folder)

def test_the_package_is_what_the_notebooks_export(tmp_path):
    fresh = exported_to(tmp_path)
    here = texts_in(ROOT)
    assert sorted(fresh) == sorted(here)
    assert [name for name in fresh if fresh[name] != here[name]] == [], 'run nbdev-export and commit both'

def test_an_edited_module_is_found(tmp_path):
    fresh = exported_to(tmp_path)
    name = sorted(set(fresh) - {'course/__init__.py'})[-1]
    assert fresh[name] != fresh[name] + '\n# edited by hand'
