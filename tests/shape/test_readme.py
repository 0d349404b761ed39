"What a stranger reads first."
import json, re
from readme import ROOT, readme_of

def test_the_readme_is_the_first_page_of_the_course():
    assert (ROOT/'README.md').read_text(encoding='utf-8') == readme_of(ROOT/'nbs/index.ipynb'), 'Run `make check`, and commit README.md.'

def test_the_first_page_lists_every_lesson_and_no_other():
    listed = set(re.findall(r'\]\(nbs/([^)]+\.ipynb)\)', readme_of(ROOT/'nbs/index.ipynb')))
    there = {path.relative_to(ROOT/'nbs').as_posix() for path in (ROOT/'nbs').glob('[1-9]0_*/*.ipynb')}
    assert listed == there

def test_links_are_moved_and_foreign_ones_are_left_alone(tmp_path):
    prose = 'See [a lesson](10_finetune/13_x.ipynb) and [a page](https://example.org).'
    page = tmp_path/'index.ipynb'
    page.write_text(json.dumps({'cells': [{'cell_type': 'markdown', 'source': [prose]}, {'cell_type': 'code', 'source': ['1']}]}))
    assert readme_of(page) == 'See [a lesson](nbs/10_finetune/13_x.ipynb) and [a page](https://example.org).\n'
