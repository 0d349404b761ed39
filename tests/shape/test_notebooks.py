"The rules, applied to every notebook there is. A new lesson is held to them as soon as its file exists."
import ast, warnings
import pytest
import notebooks, project
from notebooks import ROOT

FOUND = [path for path in sorted((ROOT/'nbs').rglob('*.ipynb'))
         if not set('._') & {part[0] for part in path.relative_to(ROOT).parts}]
ALL = [notebooks.read(path) for path in FOUND]
each = pytest.mark.parametrize('nb', ALL, ids=lambda nb: nb.name)

RULES = [notebooks.misplaced, notebooks.exports_elsewhere, notebooks.leftovers, notebooks.misplaced_directives,
         notebooks.too_long, notebooks.never_used, notebooks.imports_itself, notebooks.title_and_headings,
         notebooks.card_trouble, notebooks.colab_install, notebooks.dead_links]
CODE_RULES = [notebooks.forbidden_widgets, notebooks.star_or_patch, notebooks.web_in_widgets]
EXPORT_RULES = [notebooks.runs_on_import, notebooks.crowded, notebooks.asserts_in_exports, notebooks.silent_definitions,
                notebooks.promises]
GUIDES = [notebooks.rather_long, notebooks.used_late]

@each
@pytest.mark.parametrize('rule', RULES, ids=lambda rule: rule.__name__)
def test_a_notebook_keeps(nb, rule): assert rule(nb) == []

@each
@pytest.mark.parametrize('rule', CODE_RULES, ids=lambda rule: rule.__name__)
def test_all_its_code_keeps(nb, rule): assert [found for cell in nb.code for found in rule(cell.tree)] == []

@each
@pytest.mark.parametrize('rule', EXPORT_RULES, ids=lambda rule: rule.__name__)
def test_its_exported_code_keeps(nb, rule): assert [found for cell in nb.exported for found in rule(cell)] == []

@each
def test_its_defaults_are_not_shared(nb):
    assert [found for cell in nb.exported for found in notebooks.mutable_defaults(cell.tree)] == []

@each
def test_its_badge_opens_it_on_colab(nb): assert notebooks.badge(nb, project.settings()) == []

@each
def test_its_guides(nb):
    "These only warn: a guide may be left for a good reason."
    found = [found for rule in GUIDES for found in rule(nb)]
    found += [found for cell in nb.exported for found in notebooks.unexplained_parameters(cell)]
    for sentence in found: warnings.warn(f'{nb.name}: {sentence}')
    assert len(found) <= 60, f'{nb.name} leaves so many guides that it should be rewritten'

SET_RULES = [notebooks.same_home, notebooks.same_number, notebooks.same_module_name]
@pytest.mark.parametrize('rule', SET_RULES, ids=lambda rule: rule.__name__)
def test_together_they_keep(rule): assert rule(ALL) == []

def test_there_are_notebooks_and_every_cell_of_code_was_read():
    assert len(ALL) > 10 and all(nb.code for nb in ALL if nb.exported)
    unread = [f'{nb.name}: {notebooks.start(cell)}' for nb in ALL for cell in nb.exported
              if not cell.tree.body and len(cell.lines) > len(cell.marks)]
    assert unread == []   # A magic in an exported cell, or a slip of the pen, would be no Python
