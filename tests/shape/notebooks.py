"Rules for notebooks. Each takes a notebook and returns its findings: sentences; none where all is well."
import ast, re
from dataclasses import dataclass, field
from json import loads
from pathlib import Path
from course.shared.lessons import CARD, calls, read_card, tree_of
from course.shared.rehearsal import marks

ROOT = Path(__file__).parents[2]
UNITS = {'shared', 'finetune', 'bias', 'drift', 'carbon', 'small', 'inside', 'goals', 'world', 'workshop'}

@dataclass(frozen=True)
class Cell:
    "One cell, its text in one piece."
    kind:str                                  # code or markdown
    source:str
    id:str = 'c'
    metadata:dict = field(default_factory=dict)
    outputs:tuple = ()
    count:object = None                       # The number in front of the cell
    @property
    def marks(self): return marks(self.source)
    @property
    def lines(self): return [line for line in self.source.split('\n') if line.strip()]
    @property
    def is_exported(self): return self.kind == 'code' and any(mark.startswith('export') for mark in self.marks)
    @property
    def tree(self): return tree_of(self.source) if self.kind == 'code' else ast.Module(body=[], type_ignores=[])

@dataclass(frozen=True)
class Notebook:
    "One notebook, read once."
    path:Path
    cells:tuple
    metadata:dict = field(default_factory=dict)
    size:int = 0
    @property
    def name(self): return self.path.stem
    @property
    def unit(self): return self.path.parent.name.split('_', 1)[-1]
    @property
    def is_lesson(self): return bool(re.fullmatch(r'[1-9]\d_\w+', self.name)) and self.path.parent.name[0] != '0'
    @property
    def is_start(self): return self.is_lesson and self.name[1] == '0'
    @property
    def homes(self):
        marks = [mark for cell in self.cells for mark in sorted(cell.marks)]
        return [mark.split()[1] for mark in marks if mark.startswith('default_exp ')]
    @property
    def code(self): return [cell for cell in self.cells if cell.kind == 'code']
    @property
    def prose(self): return [cell for cell in self.cells if cell.kind == 'markdown']
    @property
    def exported(self): return [cell for cell in self.code if cell.is_exported]

def read(path):
    "Read a notebook from its file."
    text = Path(path).read_text(encoding='utf-8')
    raw = loads(text)
    cells = [Cell(c['cell_type'], ''.join(c['source']), c.get('id', ''), c.get('metadata', {}),
                  tuple(c.get('outputs', ())), c.get('execution_count')) for c in raw['cells']]
    about = raw.get('metadata', {}) | {'nbformat': (raw.get('nbformat'), raw.get('nbformat_minor'))}
    return Notebook(Path(path), tuple(cells), about, len(text.encode()))

def definitions(tree):
    "The functions and classes at the top of some code."
    return [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]

def start(cell):
    "How a cell begins, for a message."
    return f'cell {cell.id} ("{next(iter(cell.lines), "")[:50]}")'

# Where it is and what it exports

def misplaced(nb):
    "A lesson's number begins with its unit's, its module is named like it, and it exports to one place."
    if nb.name == 'index': return ['nbs/index.ipynb exports something'] if nb.exported else []
    found, folder = [], nb.path.parent.name
    if not re.fullmatch(r'\d0_[a-z]+', folder) or nb.unit not in UNITS: found.append(f'{folder} is no unit')
    if not re.fullmatch(r'\d\d_[a-z][a-z0-9_]*', nb.name): found.append(f'{nb.name} is not two digits and a name')
    elif folder[0] != '0' and nb.name[0] != folder[0]: found.append(f'{nb.name} does not belong in {folder}')
    home = f'{nb.unit}.{nb.name.split("_", 1)[-1]}'
    if nb.is_start: return found + [f'{nb.name} exports; a start page only imports']*bool(nb.exported or nb.homes)
    if nb.homes != [home]: found.append(f'{nb.name} should say `#| default_exp {home}` once and says {nb.homes}')
    return found

def exports_elsewhere(nb):
    "`#| export` with nowhere to go is silently lost, and `#| export other` splits a module over notebooks."
    found = [f'{start(cell)} has `#| {mark}`: only `#| export` alone is used'
             for cell in nb.exported for mark in sorted(cell.marks) if mark.startswith('export') and mark != 'export']
    return found + [f'{start(cell)} is exported, and to nowhere' for cell in nb.exported if not nb.homes]

def same_home(notebooks):
    "Two notebooks with one `default_exp` overwrite each other without a word."
    homes = {}
    for nb in notebooks:
        for home in nb.homes: homes.setdefault(home, []).append(nb.name)
    return [f'{" and ".join(names)} all export to {home}' for home, names in homes.items() if len(names) > 1]

def same_number(notebooks):
    "Two lessons of a unit do not share a number."
    seen = {}
    for nb in notebooks:
        if nb.is_lesson: seen.setdefault(nb.name[:2], []).append(nb.name)
    return [f'{" and ".join(names)} have one number' for names in seen.values() if len(names) > 1]

def same_module_name(notebooks):
    "One name, one lesson: otherwise two test files would have one name."
    seen = {}
    for nb in notebooks:
        for home in nb.homes: seen.setdefault(home.split('.')[-1], []).append(home)
    return [f'{" and ".join(homes)} have one name' for homes in seen.values() if len(homes) > 1]

# What it carries

ALLOWED = {'tags', 'slideshow', 'nbgrader', 'deletable'}
def leftovers(nb):
    "Outputs, widget state, numbers and foreign metadata do not belong in a committed notebook."
    known = ('kernelspec', 'language_info', 'nbformat')
    found = [f'the notebook carries {key}' for key in nb.metadata if key not in known]
    if nb.metadata.get('kernelspec', {}).get('name', 'python3') != 'python3': found.append('its kernel is not python3')
    if nb.metadata.get('nbformat', (4, 5)) != (4, 5): found.append('it is not of format 4.5')
    for cell in nb.cells:
        if cell.outputs or cell.count is not None: found.append(f'{start(cell)} carries outputs or a number')
        if strange := sorted(set(cell.metadata) - ALLOWED): found.append(f'{start(cell)} carries metadata: {strange}')
    ids = [cell.id for cell in nb.cells if cell.id != 'c']
    return found + [f'two cells have the id {id}' for id in sorted({id for id in ids if ids.count(id) > 1})]

def misplaced_directives(nb):
    "Directives are comments that open a cell; elsewhere nbdev does not see them."
    found = []
    for cell in nb.code:
        body = False
        for line in cell.source.split('\n'):
            directive = bool(re.match(r'\s*#\s*\|', line))
            if directive and (body or not re.match(r'#\| \S', line)):
                found.append(f'{start(cell)}: "{line.strip()}" is not at the top, or not written `#| word`')
            body = body or bool(line.strip() and not directive)
    return found

FORBIDDEN = {'Tab', 'Accordion', 'Stack', 'TagsInput', 'DatetimePicker', 'NaiveDatetimePicker',
             'interact', 'interactive', 'interactive_output', 'Output'}
def forbidden_widgets(tree):
    "Widgets that Colab cannot show, or that leak. Takes the parts of some code."
    found = []
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Attribute) and getattr(node.value, 'id', '') in ('widgets', 'ipywidgets',
                'w'): names = [node.attr]
        if isinstance(node, ast.ImportFrom) and (node.module or '').split('.')[0] == 'ipywidgets': names = [part.name
                for part in node.names]
        found += [f'{name} does not work on Colab, or leaks' for name in names if name in FORBIDDEN]
        keywords = [key.arg for key in node.keywords] if isinstance(node, ast.Call) else []
        found += ['`titles=` is unknown to ipywidgets 7']*('titles' in keywords)
    return found

def star_or_patch(tree):
    "`import *` hides where a name is from; `@patch` scatters a class. Takes the parts of some code."
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    stars = [f'from {node.module} import *' for node in imports if node.names[0].name == '*']
    decorators = [d for node in ast.walk(tree) for d in getattr(node, 'decorator_list', [])]
    names = [getattr(d.func if isinstance(d, ast.Call) else d, 'id', '') for d in decorators]
    return stars + [f'@{name}' for name in names if name in ('patch', 'patch_to', 'patch_property')]

def web_in_widgets(tree):
    "The browser part of a widget brings nothing from the web. Takes the parts of some code."
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    scripts = [text for text in texts if re.search(r'export default|\brender\s*[({]|\.model\b|addEventListener', text)]
    plain = [re.sub(r'http://www\.w3\.org/\d+/\w+', '', text)
             for text in scripts]   # The names of SVG and HTML are no addresses
    return [f'a widget reaches for {link}' for text in plain
            for link in re.findall(r'(?:https?:)?//[\w.-]+\.\w+[^\s\'"`)]*', text)]

# How long it is: findings of `too_…` fail, of `rather_…` only warn

def too_long(nb):
    "A cell of more than 40 lines, a line of more than 120 characters, a notebook of more than 300 kB."
    found = [f'{start(cell)} has {len(cell.lines)} lines' for cell in nb.code if len(cell.lines) > 40]
    wide = [(cell, len(line)) for cell in nb.code for line in cell.lines if len(line) > 120]
    found += [f'{start(cell)} has a line of {length} characters' for cell, length in wide]
    return found + [f'the notebook has {nb.size/1000:.0f} kB']*(nb.size > 300_000)

def rather_long(nb):
    "A cell of more than 25 lines, a prose cell of more than 120 words, a lesson of few or many cells or many names."
    found = [f'{start(cell)} has {len(cell.lines)} lines' for cell in nb.code if len(cell.lines) > 25]
    found += [f'{start(cell)} has {len(cell.source.split())} words' for cell in nb.prose
              if len(cell.source.split()) > 120 and not read_card(cell.source)]
    if not nb.is_lesson or nb.is_start: return found
    names = [node.name for cell in nb.exported for node in definitions(cell.tree)]
    if not 25 <= len(nb.cells) <= 60: found.append(f'the lesson has {len(nb.cells)} cells, not 25 to 60')
    return found + [f'the lesson exports {len(names)} names, more than 12']*(len(names) > 12)

# What is exported

# Calls that only build a value.
BUILDERS = set("""frozenset dict set tuple list range sorted zip len sum max min join split fields namedtuple compile
    Path replace items keys values count chain cycle partial strip lower format dedent lru_cache cache field""".split())
def called_at_once(node):
    "Names of what is called when `node` is read; the insides of functions wait."
    if isinstance(node, ast.Lambda): return []
    name = [getattr(node.func, 'id', getattr(node.func, 'attr', ''))] if isinstance(node, ast.Call) else []
    return name + [name for child in ast.iter_child_nodes(node) for name in called_at_once(child)]

def runs_on_import(cell):
    "Exported code defines; it does not run, print, load or seed."
    allowed = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign,
               ast.AnnAssign)
    found = []
    for node in cell.tree.body:
        doc = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if not isinstance(node, allowed) and not doc:
            found.append(f'{start(cell)} runs `{ast.unparse(node)[:60]}` on import')
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            found += [f'{start(cell)} calls {name} on import' for name in called_at_once(node.value)
                      if name and name not in BUILDERS and not name[0].isupper()]
    return found

def mutable_defaults(tree):
    "A list as a default is shared by all calls. Takes the parts of some code."
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)): continue
        for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
            fresh = isinstance(default, ast.Call) and getattr(default.func, 'id', '') in ('list', 'dict', 'set')
            if fresh or isinstance(default, (ast.List, ast.Dict, ast.Set)):
                found.append(f'{getattr(node, "name", "lambda")} has the default {ast.unparse(default)}')
    return found

def crowded(cell):
    "One exported cell, one definition."
    names = [node.name for node in definitions(cell.tree)]
    return [f'{start(cell)} defines {", ".join(names)}']*(len(names) > 1)

def asserts_in_exports(cell):
    "`assert` is for tests; at the door an error says what to do."
    return [f'{start(cell)} asserts' for node in ast.walk(cell.tree) if isinstance(node, ast.Assert)]

def silent_definitions(cell):
    "Every exported function and class says in one line what it does."
    found = []
    for node in definitions(cell.tree):
        doc = ast.get_docstring(node, clean=False)
        if not doc or '\n' in doc.strip(): found.append(f'{node.name} has no docstring of one line')
    return found

def promises(cell):
    "No name promises a fix."
    names = [node.name for node in ast.walk(cell.tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    big_words = r'(?i)debias|unbias|(fix|remove|cure)_?bias|make_?fair'
    return [f'{name} promises what nobody can keep' for name in names if re.search(big_words, name)]

def unexplained_parameters(cell):
    "Each parameter of an exported function has a comment on its line."
    found = []
    for node in definitions(cell.tree):
        if isinstance(node, ast.ClassDef): continue
        lines = cell.source.split('\n')
        args = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        bare = [arg.arg for arg in args if arg.arg != 'self' and '#' not in lines[arg.lineno - 1]]
        if bare: found.append(f'{node.name}: {", ".join(bare)} without a comment')
    return found

def never_used(nb):
    "What is exported is used in the same notebook, by name."
    found = []
    for place, cell in enumerate(nb.cells):
        if not cell.is_exported: continue
        for node in definitions(cell.tree):
            others = '\n'.join(other.source for i, other in enumerate(nb.cells) if i != place and other.kind == 'code')
            if not re.search(rf'\b{node.name}\b', others): found.append(f'{node.name} is exported and never used here')
    return found

def used_late(nb):
    "What is exported is used within the next three cells of code."
    found, code = [], nb.code
    for place, cell in enumerate(code):
        if not cell.is_exported: continue
        near = '\n'.join(other.source for other in code[place+1:place+4])
        found += [f'{node.name} is not used within three cells' for node in definitions(cell.tree)
                  if not re.search(rf'\b{node.name}\b', near)]
    return found

def imports_itself(nb):
    "A lesson never imports its own module: later cells use the name."
    own = {f'course.{home}' for home in nb.homes}
    found = []
    for cell in nb.code:
        for node in ast.walk(cell.tree):
            names = [part.name for part in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom): names = [node.module,
                                                          *(f'{node.module}.{part.name}' for part in node.names)]
            if own & set(names): found.append(f'{start(cell)} imports its own module')
    return found

# How a lesson reads

def headings(nb):
    "Every heading, as (level, text), outside blocks of code."
    text = re.sub(r'```.*?```', '', '\n\n'.join(cell.source for cell in nb.prose), flags=re.S)
    return [(len(level), words.strip()) for level, words in re.findall(r'^(#+) (.+)$', text, flags=re.M)]

def title_and_headings(nb):
    "One title, a promise under it, and no level of heading is jumped over."
    levels = [level for level, _ in headings(nb)]
    first = nb.cells[0] if nb.cells else Cell('code', '')
    found = []
    if levels.count(1) != 1: found.append(f'{levels.count(1)} first-level headings, not one')
    opens = first.kind == 'markdown' and re.match(r'# .+\n+> .+', first.source)
    if not opens and nb.name != 'index': found.append('it does not open with `# Title` and `> promise`')
    found += [f'a heading of level {b} follows one of level {a}' for a, b in zip(levels, levels[1:]) if b > a + 1]
    return found

def card_trouble(nb):
    "The card stands right under the title and has all its rows, in order."
    if not nb.is_lesson: return []
    tables = [(place, read_card(cell.source)) for place, cell in enumerate(nb.cells) if cell.kind == 'markdown']
    cards = [(place, card) for place, card in tables if card]
    if not cards: return ['it has no card']
    place, card = cards[0]
    found = [f'the card is cell {place + 1}, not the second'] if place > 1 else []
    if tuple(card) != CARD: found.append(f'the rows of the card are {", ".join(card)}, not {", ".join(CARD)}')
    found += [f'the card says nothing about {name}' for name, said in card.items() if not said]
    if not re.search(r'\d', card.get('Minutes', '')): found.append('the card gives no number of minutes')
    return found

PREINSTALLED = set("""torch torchvision numpy scipy pandas scikit-learn matplotlib pillow ipywidgets ipython ipykernel
    anywidget fastcore fastai transformers notebook traitlets psygnal jupyterlab-widgets safetensors""".split())
def colab_install(nb):
    "The install cell is there, is not run elsewhere, and moves nothing that Colab has installed."
    if not nb.is_lesson: return []
    installs = [cell for cell in nb.code if re.search(r'^\s*[%!]\s*(?:uv )?pip3? install', cell.source, flags=re.M)]
    if not installs: return ['it has no install cell for Colab']
    brought = [cell for cell in nb.code if re.search(r'^(?:from|import) course\b', cell.source, flags=re.M)]
    off = {'eval: false', 'eval:false'}
    late = bool(brought) and nb.code.index(installs[0]) > nb.code.index(brought[0])
    found = ['the install cell stands after the first import of the course']*late
    found += [f'{start(cell)} installs and would run elsewhere too' for cell in installs if not off & cell.marks]
    for cell in installs:
        words = re.split(r'[\s"\']+', cell.source)
        found += [f'{start(cell)} says {word}, which moves packages' for word in words
                  if word in ('-U', '--upgrade', '--force-reinstall', '--pre', '-I', '--ignore-installed', '--user')]
        names = [re.split(r'[=<>\[!~]', word)[0].lower().replace('_', '-') for word in words]
        found += [f'{start(cell)} installs {name}, which Colab has' for name in names if name in PREINSTALLED]
    return found

def badge(nb, settings):
    "The badge opens this very notebook on Colab; its address is made of settings.ini."
    if not nb.is_lesson: return []
    place = 'https://colab.research.google.com/github/{user}/{repo}/blob/{branch}/'.format(**settings)
    right = place + nb.path.relative_to(ROOT).as_posix()
    links = re.findall(r'https://colab\.research\.google\.com/[^\s)"\']*', '\n'.join(cell.source for cell in nb.prose))
    wrong = [f'{link} opens something else' for link in links if link != right]
    return [f'it has no link {right}']*(right not in links) + wrong

def dead_links(nb):
    "A link to a file leads somewhere."
    found = []
    for cell in nb.prose:
        for link in re.findall(r'\]\(([^)\s]+)\)', re.sub(r'`[^`]*`', '', cell.source)):
            if re.match(r'[a-z]+:|#', link): continue
            there = (nb.path.parent/link.split('#')[0]).exists()
            found += [f'{start(cell)} links to {link}, which is not there']*(not there)
    return found
