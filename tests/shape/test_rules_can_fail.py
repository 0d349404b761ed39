"Each rule finds its own bad example and lets a good one pass: a rule that cannot fail protects nothing."
import ast
from pathlib import Path
from types import SimpleNamespace
import pytest
import modules, notebooks, project
from notebooks import Cell, Notebook, ROOT
from course.shared.lessons import CARD

def code(source, **other): return Cell('code', source, **other)
def prose(source): return Cell('markdown', source)
def lesson(*cells, path='nbs/20_bias/21_left_out.ipynb', **other): return Notebook(ROOT/path, cells, **other)

HOME = code('#| default_exp bias.left_out')
CARD_CELL = prose('| | |\n|---|---|\n' + '\n'.join(f'| {name} | 45 |' for name in CARD))
BADGE = 'https://colab.research.google.com/github/u/r/blob/main/nbs/20_bias/21_left_out.ipynb'
ADDRESS = dict(user='u', repo='r', branch='main')
INSTALL = code('#| eval: false\n%pip install -q glassbox-course')

# rule, a good notebook, and bad ones
NOTEBOOK_RULES = [
    (notebooks.misplaced, lesson(HOME), [lesson(), lesson(HOME, HOME), lesson(code('#| default_exp left_out')),
                                         lesson(HOME, path='nbs/30_drift/21_left_out.ipynb'),
        lesson(HOME, path='nbs/20_bias/left_out.ipynb'), lesson(HOME, path='nbs/misc/21_left_out.ipynb'),
        lesson(code('#| default_exp bias.start'), path='nbs/20_bias/20_start.ipynb'), lesson(code('#| export\nx = 1'),
                path='nbs/index.ipynb')]),
    (notebooks.exports_elsewhere, lesson(HOME, code('#| export\nx = 1')),
     [lesson(code('#| export\nx = 1')), lesson(HOME, code('#| export other\nx = 1')),
      lesson(HOME, code('#| exporti\nx = 1'))]),
    (notebooks.leftovers, lesson(HOME, metadata={'kernelspec': {'name': 'python3'}}),
     [lesson(code('1', outputs=({},))), lesson(code('1', count=3)),
      lesson(code('1', metadata={'nbdev': {'export': True}})),
        lesson(metadata={'widgets': {}}), lesson(metadata={'kernelspec': {'name': 'amina'}}), lesson(code('1', id='a'),
                code('2', id='a')), lesson(metadata={'nbformat': (4, 4)})]),
    (notebooks.misplaced_directives, lesson(code('#| export\n#| slow\nx = 1')),
     [lesson(code('x = 1\n#| export')), lesson(code('#|export\nx = 1')), lesson(code('# | export\nx = 1')),
      lesson(code('x = 1\n  #| hide'))]),
    (notebooks.too_long, lesson(code('\n'.join(['x = 1']*40)), size=300_000),
     [lesson(code('\n'.join(['x = 1']*41))), lesson(code('x'*121)), lesson(size=300_001)]),
    (notebooks.rather_long, lesson(HOME, *[code('x = 1\n'*25)]*30),
     [lesson(*[code('x = 1\n'*26)]*30), lesson(*[prose('word '*121)]*30), lesson(HOME),
        lesson(*[code(f'#| export\ndef f{i}(): pass') for i in range(13)], *[HOME]*20)]),
    (notebooks.never_used, lesson(code('#| export\ndef share(): pass'), code('share()')),
     [lesson(code('#| export\ndef share(): share()'), prose('share'))]),
    (notebooks.used_late, lesson(code('#| export\ndef share(): pass'), prose('a'), prose('b'), prose('c'),
                                 code('share()')), [lesson(code('#| export\ndef share(): pass'), *[code('1')]*3,
                                                           code('share()'))]),
    (notebooks.imports_itself, lesson(HOME, code('from course.bias.words import f\nimport numpy')),
     [lesson(HOME, code('from course.bias.left_out import f')), lesson(HOME, code('from course.bias import left_out')),
      lesson(HOME, code('import course.bias.left_out'))]),
    (notebooks.title_and_headings, lesson(prose('# Title\n\n> Promise.\n'),
                                          prose('## A\n```\n# no heading\n```\n### B'), prose('## C')),
        [lesson(prose('# Title')), lesson(prose('Hello')), lesson(prose('# T\n> P\n'), prose('# Again')),
         lesson(prose('# T\n> P\n'), prose('### Too deep'))]),
    (notebooks.card_trouble, lesson(prose('# T'), CARD_CELL),
     [lesson(prose('# T')), lesson(prose('# T'), prose('x'), CARD_CELL), lesson(prose('| Question | why? |')),
        lesson(prose(CARD_CELL.source.replace('| Minutes | 45 |',
                                              '| Minutes | a while |'))),
                                              lesson(prose(CARD_CELL.source.replace('| Needs | 45 |', '| Needs | |'))),
        lesson(prose('\n'.join(reversed(CARD_CELL.source.split('\n')))))]),
    (notebooks.colab_install, lesson(INSTALL), [lesson(), lesson(code('%pip install -q glassbox-course')),
                                                lesson(code('from course.shared.data import load'), INSTALL),
                                                lesson(code(INSTALL.source + ' --upgrade')),
                                                lesson(code(INSTALL.source + ' ipywidgets')),
                                                lesson(code(INSTALL.source + ' "torch==2.13.0"'))]),
    (lambda nb: notebooks.badge(nb, ADDRESS), lesson(prose(f'[Colab]({BADGE})')),
     [lesson(), lesson(prose(f'[Colab]({BADGE.replace("left_out", "right")})')),
      lesson(prose(f'[Colab]({BADGE}) ({BADGE.replace("u/r", "v/r")})'))]),
    (notebooks.dead_links, lesson(prose('[a](#here) [b](https://example.com/x) [c](../../settings.ini) `[d](no)`')),
     [lesson(prose('[a](../../nowhere.md)'))]),
]

@pytest.mark.parametrize('rule, good, bad', NOTEBOOK_RULES, ids=lambda part: getattr(part, '__name__', ' '))
def test_a_rule_for_notebooks(rule, good, bad):
    assert rule(good) == []
    for nb in bad: assert rule(nb), nb

CELL_RULES = [
    (notebooks.runs_on_import,
     '#| export\nimport math\n"A sentence."\nNAMES = frozenset(["a"])\nTABLE = {"a": math.pi}\ndef f(): print(1)',
     ['print(1)', 'x = load()', 'for i in x: pass', 'with a: pass', 'seed(3)', 'x: int = ask()',
      'model = torch.load("a")', 'if True: x = 1']),
    (notebooks.crowded, '#| export\nX = 1\ndef f():\n    def g(): pass',
     ['def f(): pass\ndef g(): pass', 'class A: pass\ndef f(): pass']),
    (notebooks.asserts_in_exports, 'def f(): raise ValueError("no")',
     ['def f(a):\n    assert a', 'class A:\n    def f(self): assert self']),
    (notebooks.silent_definitions, 'def f():\n    "Say it."\nclass A:\n    "A thing."',
     ['def f(): pass', 'class A: pass', 'def f():\n    """One.\n\n    Two."""']),
    (notebooks.promises, 'def remove_correlation(): pass',
     ['def debias(): pass', 'class Unbiased: pass', 'def fix_bias(): pass']),
    (notebooks.unexplained_parameters,
     'def f(\n    a:int, # How many\n    b=2,   # How wide\n): pass\nclass A:\n    def __init__(self, a): pass',
     ['def f(a): pass', 'def f(\n    a, # What\n    b,\n): pass']),
]

@pytest.mark.parametrize('rule, good, bad', CELL_RULES, ids=lambda part: getattr(part, '__name__', ' '))
def test_a_rule_for_exported_cells(rule, good, bad):
    assert rule(code(good)) == []
    for source in bad: assert rule(code(source)), source

CODE_RULES = [
    (notebooks.forbidden_widgets,
     'from ipywidgets import HBox\nfrom tables import Tab\nimport ipywidgets as widgets\nwidgets.VBox([])\nx.Output',
     ['from ipywidgets import Tab', 'widgets.Accordion()', 'ipywidgets.TagsInput()', 'Tabs(titles=["a"])',
      'from ipywidgets import interact', 'from ipywidgets.widgets import Stack']),
    (notebooks.star_or_patch, 'from math import sqrt\n@property\ndef f(): pass',
     ['from math import *', '@patch\ndef f(self:A): pass', '@patch_to(A)\ndef f(self): pass']),
    (notebooks.web_in_widgets,
     'page = "https://example.com"\n'
     '_esm = "export default { render({ el }) { el.n = `http://www.w3.org/2000/svg` } } // a note"',
     ['_esm = "import x from \'https://esm.sh/d3\'; export default {}"',
      '_esm = "export default { render() { fetch(`//cdn.example.com/x.js`) } }"']),
    (notebooks.mutable_defaults, 'def f(a=(), *, b=None): pass',
     ['def f(a=[]): pass', 'def f(*, a={}): pass', 'x = lambda a=set(): a', 'async def f(a={1}): pass']),
]

@pytest.mark.parametrize('rule, good, bad', CODE_RULES, ids=lambda part: getattr(part, '__name__', ' '))
def test_a_rule_for_any_code(rule, good, bad):
    assert rule(ast.parse(good)) == []
    for source in bad: assert rule(ast.parse(source)), source

def test_two_notebooks_with_one_home_one_number_or_one_name_are_found():
    a, b = lesson(HOME), lesson(HOME, path='nbs/20_bias/22_other.ipynb')
    assert notebooks.same_home([a]) == [] and '21_left_out and 22_other' in notebooks.same_home([a, b])[0]
    twin = lesson(code('#| default_exp bias.words'), path='nbs/20_bias/21_words.ipynb')
    assert notebooks.same_number([a, b]) == [] and notebooks.same_number([a, twin])
    cousin = lesson(code('#| default_exp drift.left_out'), path='nbs/30_drift/31_left_out.ipynb')
    assert notebooks.same_module_name([a, twin]) == [] and notebooks.same_module_name([a, cousin])

def test_heavy_imports_at_the_door_are_found_and_those_inside_are_not():
    good = 'import numpy\ndef f():\n    import torch\nclass A:\n    def f(self): import scipy'
    assert modules.heavy_at_the_door(good, 'course.a.b') == []
    for source in ('import torch', 'from torch import nn', 'import scipy.stats as s',
                   'try: import pandas\nexcept ImportError: pass', 'if 1: from sklearn.svm import SVC'):
        assert modules.heavy_at_the_door(source, 'course.a.b'), source
    assert modules.heavy_at_the_door('import torch', 'course.a.b', {'course.a.b': {'torch'}}) == []

def test_long_modules_are_found():
    assert modules.too_many_lines('x\n'*400, 'm') == [] and modules.too_many_lines('x\n'*401, 'm')
    assert modules.rather_many_lines('x\n'*250, 'm') == [] and modules.rather_many_lines('x\n'*251, 'm')

def test_relative_imports_are_spelt_out():
    source = 'from ..shared.data import home\nfrom .words import f\nimport numpy\ndef g(): from ..carbon import meter'
    tree = ast.parse(source)
    assert {'course.shared.data', 'course.bias.words', 'numpy', 'course.carbon.meter'} <= modules.imported(tree,
            'course.bias.left_out')

NUMBERS = {'course.shared.data': 1, 'course.shared.lab': 4, 'course.shared.command': 9, 'course.carbon.meter': 42,
           'course.carbon.place': 44, 'course.bias.a': 21, 'course.bias.b': 22, 'course.drift.a': 31}
GOOD = {'course': set(), 'course.shared.lab': {'course.shared.data', 'course'},
        'course.carbon.meter': {'course.shared.lab'}, 'course.carbon.place': {'course.carbon.meter'},
        'course.bias.b': {'course.bias.a', 'course.carbon.meter', 'course.shared.data',
                          'course.drift.a'}, 'course.shared.command': {'course.carbon.meter', 'course.bias.a'}}
@pytest.mark.parametrize('name, other', [('course.shared.data', 'course.shared.lab'),
                                         ('course.shared.lab', 'course.bias.a'),
                                         ('course.shared.lab', 'course.carbon.meter'),
    ('course.carbon.meter', 'course.bias.a'), ('course.carbon.meter', 'course.carbon.place'), ('course.bias.a',
            'course.bias.b'), ('course.drift.a', 'course.bias.a'),
    ('course.bias.a', 'course.shared.command'), ('course', 'course.shared.data')])
def test_an_import_against_the_direction_is_found(name, other):
    assert modules.forbidden_imports(GOOD, NUMBERS, {'bias': {'drift'}}) == []
    assert modules.forbidden_imports(GOOD | {name: {other}}, NUMBERS, {'bias': {'drift'}})

def test_circles_are_found():
    assert modules.circles({'a': {'b'}, 'b': {'c'}, 'c': set()}) == [] and modules.circles({'a': {'b'}, 'b': {'c'},
            'c': {'a'}})

def test_a_start_page_names_the_units_it_needs():
    assert modules.unit_needs(['# T', '| Needs | 10_finetune and 13_borrowed_eyes, 40_carbon |']) == {'finetune',
            'carbon'} and modules.unit_needs(['# T']) == set()

@pytest.mark.parametrize('text', ['see /wo''rk/x', 'in /ro''ot/.cache', 'pip from https://py''pi.org/simple',
                                  r'C:\Us' r'ers\amina', '"/ho''me/bob/x"', 'https://download.pyt''orch.org/whl'])
def test_addresses_of_one_machine_are_found(text): assert project.strange_addresses(text)

@pytest.mark.parametrize('text', ['nbs/20_bias', 'the work/life balance', 'https://example.com/wo''rk/', '~/wo''rk/x',
                                  '/home/amina/course', 'https://pytorch.org'])
def test_other_addresses_pass(text): assert project.strange_addresses(text) == []

def test_a_lock_with_anything_but_exact_versions_is_found():
    assert project.lock_trouble("# a\ntorch==2.13.0\nnumpy==2.2.6 ; python_full_version < '3.11'\n") == []
    for line in ('torch>=2', 'torch', 'a @ file:///x', 'torch==2.13.0+cpu', '--index-url https://x',
                 'a==1 --hash=sha256:1', '-e .'): assert project.lock_trouble(line), line

def test_a_second_version_is_found():
    good = dict(version='0.1.0', lib_path='course'), "__version__ = '0.1.0'\n", '[tool.nbdev]\nlib_path = "course"\n'
    assert project.version_trouble(*good) == []
    assert project.version_trouble(good[0], '__version__ = "0.2.0"', good[2]) and project.version_trouble(*good[:2],
            '[project]\nlib_path = "course"') and project.version_trouble(*good[:2], '')
    assert project.init_trouble("__version__ = '1'\n") == []
    assert project.init_trouble("__version__ = '1'\nimport torch") and project.init_trouble('from .shared import data')

def test_trouble_with_data_is_found(tmp_path):
    def entries(**other): return {'birds': SimpleNamespace(**dict(licence='CC0-1.0', committed=True) | other)}
    (tmp_path/'birds').mkdir()
    for name, text in {'README.md': 'Licence: CC0-1.0', 'LICENSE': 'free',
                       'a.csv': '1'}.items(): (tmp_path/'birds'/name).write_text(text)
    assert project.dataset_trouble(tmp_path, entries()) == []
    assert project.dataset_trouble(tmp_path, {}) and project.dataset_trouble(tmp_path,
            entries(licence='')) and project.dataset_trouble(tmp_path, entries(licence='MIT'))
    for name in ('LICENSE', 'README.md', 'a.csv'):
        (tmp_path/'birds'/name).rename(tmp_path/'away')
        assert project.dataset_trouble(tmp_path, entries()), name
        (tmp_path/'away').rename(tmp_path/'birds'/name)
    (tmp_path/'__init__.py').write_text('')
    assert project.dataset_trouble(tmp_path, entries()) and project.too_big([6e6, 7e6]) and not project.too_big([6e6])

def test_missing_tests_and_answers_are_found(tmp_path):
    folder = tmp_path/'tests'/'bias'
    folder.mkdir(parents=True)
    assert len(project.missing_tests([('bias', 'words', True)], tmp_path)) == 2
    (folder/'test_words.py').write_text('')
    (folder/'answers_words.py').write_text("ITEMS = {'a': 1}")
    assert project.missing_tests([('bias', 'words', False)],
                                 tmp_path) == [] and '1 items' in project.missing_tests([('bias', 'words', True)],
                                         tmp_path)[0]
    (folder/'answers_words.py').write_text(f"ITEMS = {dict.fromkeys('abcdef')}")
    assert project.missing_tests([('bias', 'words', True)], tmp_path) == []

def test_idle_tests_are_found():
    good = ('def test_a(): assert a\ndef test_b():\n    with pytest.raises(E): f()\ndef helper(): assert x\n'
            'def test_d(): helper()\n'
            '@pytest.mark.skipif(x, reason="no browser")\ndef test_c(): prove(x)')
    assert project.idle_tests(good) == []
    body, leave_out, may_fail = 'def test_a(): assert a', 's' + 'kip', 'x' + 'fail'
    for source in ('def test_a(): pass', 'def test_a(): f()', 'def test_a(): assert 1', f'@pytest.mark.{leave_out}if(x)\n{body}',
                   f'@pytest.mark.{may_fail}\n{body}', f'def test_a():\n    pytest.{leave_out}()\n    assert a'):
        assert project.idle_tests(source), source

def test_two_test_files_of_one_name_are_found():
    assert project.same_test_names([Path('a/test_x.py'),
                                    Path('b/test_y.py')]) == [] and project.same_test_names([Path('a/test_x.py'),
                                            Path('b/test_x.py')])
