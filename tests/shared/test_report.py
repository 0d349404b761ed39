"One report in several papers: nothing is lost, nothing is fetched, nothing a person wrote is run."
import re
from hypothesis import given, settings, strategies as st
from course.shared.report import as_html, as_page, as_text

words = st.text(st.characters(blacklist_categories=('Cs', 'Cc', 'Zl', 'Zp')), min_size=1, max_size=12)

@given(words, words, words)
@settings(deadline=None)
def test_every_paper_holds_every_cell(heading, sentence, cell):
    import html
    parts = [(heading, [sentence], [{'group': cell, 'people': '3'}])]
    for text in (as_text(parts), as_text(parts, '## '), html.unescape(as_html(parts))):
        assert heading.rstrip() in text and sentence.rstrip() in text and cell.rstrip() in text

def test_columns_line_up():
    lines = as_text([('By site', [], [{'site': 'north', 'right': '81 %'}, {'site': 'x', 'right': '9 %'}])]).splitlines()
    assert len({line.index(mark) for line, mark in zip(lines[1:], ('right', '81', '9'))}) == 1

def test_a_page_stands_alone():
    page = as_page('Who?', [('A & B', ['<script>alert(1)</script>'], [{'a': 1}])])
    assert '<script' not in page and not re.search('(src|href)="http', page) and '<html lang="en">' in page
