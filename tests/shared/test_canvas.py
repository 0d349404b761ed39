"A picture serves the eye, the ear and a test, whatever it is made of."
import re, subprocess, sys
import pytest
from hypothesis import given, strategies as st
from course.shared.canvas import PAPER, STYLES, Picture, as_table, format_number, frame, ink, paper, renamed, sheet, stroke, write

WORDS = st.text(min_size=1).filter(str.strip)
EMPTY = '<svg viewBox="0 0 1 1"></svg>'

def ids_of(svg): return re.findall(r' id="([^"]+)"', svg)
def targets_of(svg): return re.findall(r'(?:href="#|url\(#)([^")]+)', svg)

@pytest.mark.parametrize('says', ['', ' ', '\n\t'])
def test_a_picture_without_words_is_refused(says):
    with pytest.raises(ValueError, match='needs words'): Picture(EMPTY, says)

def test_a_picture_is_one_svg():
    with pytest.raises(ValueError, match="you gave '<img>'"): Picture('<img>', 'An image.')

@given(WORDS)
def test_no_words_of_a_learner_become_markup(words):
    page = Picture(EMPTY, words, [{'name': words, 'n': 1}])._repr_html_()
    tags = set(re.findall(r'<(/?[a-z]+)', page))
    assert tags <= {f'{slash}{tag}' for tag in 'figure svg figcaption details summary div table thead tbody tr th td'.split()
                    for slash in ('', '/')}

@given(WORDS)
def test_written_words_stay_words(words):
    assert re.sub(r'</?text[^>]*>', '', write(1, 2, words)).count('<') == 0

def test_the_figure_has_a_role_a_label_a_caption_and_a_table_with_headers():
    page = Picture(EMPTY, 'Two of three.', [{'who': 'home', 'n': 2}])._repr_html_()
    assert 'role="img" aria-label="Two of three."' in page and '<figcaption' in page and '<details>' in page
    assert '<th scope="col">who</th>' in page and '<th scope="row">home</th><td>2</td>' in page

def test_no_table_no_fold(): assert '<details>' not in Picture(EMPTY, 'Nothing to count.')._repr_html_()

def test_the_bundle_has_html_and_words():
    bundle = Picture(EMPTY, 'Two of three.')._repr_mimebundle_()
    assert set(bundle) == {'text/html', 'text/plain'} and bundle['text/plain'] == 'Two of three.'

def test_two_showings_of_one_picture_share_no_id_and_keep_their_references():
    base = frame(420, 200, (0, 10), (0, 1), key=(('a', STYLES[0]), ('b', STYLES[1])))
    drawn = Picture(base.sheet([stroke([0, 5], [0, 1], STYLES[0], base.place)]), 'A line.')
    first, second = drawn.image(), drawn.image()
    assert ids_of(first) and not set(ids_of(first)) & set(ids_of(second))
    for svg in (first, second):
        assert len(ids_of(svg)) == len(set(ids_of(svg))) and set(targets_of(svg)) <= set(ids_of(svg))

def test_ink_and_frame_never_share_an_id():
    base = frame(420, 200, (0, 10), (0, 1), key=(('a', STYLES[0]),))
    line = ink(420, 200, [stroke([0, 5], [0, 1], STYLES[1], base.place)])
    assert not set(ids_of(base.drawn)) & set(ids_of(line))

def test_the_same_numbers_draw_the_same_picture():
    def draw():
        frame.cache_clear()
        base = frame(300, 150, (0, 3), (0, 3), x_label='days')
        return base.sheet([stroke([0, 3], [1, 2], STYLES[2], base.place)])
    assert draw() == draw()

def test_text_is_kept_as_text():
    drawn = frame(420, 200, (0, 10), (0, 1), x_label='pictures a class', y_names=('goats', 'sheep')).drawn
    assert all(f'>{word}</text>' in drawn for word in ('pictures a class', 'goats', 'sheep', '10')) and 'font-family' not in drawn

def test_the_figures_on_a_scale_are_not_shortened_with_the_paths():
    drawn = frame(640, 200, (0, .02), (0, 1)).drawn
    assert '>0.005</text>' in drawn or '>0.0050</text>' in drawn

def test_a_spot_is_where_the_scale_says():
    base = frame(420, 200, (0, 10), (0, 1))
    (left, low), (right, high) = base.spot(0, 0), base.spot(10, 1)
    middle = base.spot(5, .5)
    assert left < right and high < low and middle == pytest.approx(((left + right)/2, (low + high)/2))

@given(st.integers(-10**6, 10**6))
def test_paper_stays_within_what_can_be_read(width):
    with paper(width): assert 200 <= PAPER.get() <= 720
    assert PAPER.get() == 420

def test_paper_is_put_back_after_an_error():
    with pytest.raises(KeyError), paper(300): raise KeyError
    assert PAPER.get() == 420

def test_undefined_is_never_shown_as_zero():
    assert format_number(None) == format_number(float('nan')) == 'undefined' and '<td>undefined</td>' in as_table([{'a': 1, 'b': None}])

def test_numbers_keep_three_digits_that_matter():
    assert [format_number(n) for n in (0, .5, .12345, 99.96, 1234.5, -2)] == ['0', '0.5', '0.123', '100', '1234', '-2']

def test_renaming_leaves_colours_alone(): assert renamed('<g fill="#0072B2" id="a" href="#a"/>', '-9') == '<g fill="#0072B2" id="a-9" href="#a-9"/>'

def test_a_sheet_fills_its_width_and_keeps_its_shape():
    svg = sheet(300, 150)
    assert 'viewBox="0 0 300 150"' in svg and 'width:100%' in svg and ' width="' not in svg

def test_no_matplotlib_on_import_and_no_pyplot_ever():
    code = ("import sys, course.shared.draw, course.shared.gallery; assert 'matplotlib' not in sys.modules and 'PIL' not in sys.modules;"
            "course.shared.draw.draw_bars({'a': 1}, 'One.'); assert 'matplotlib.pyplot' not in sys.modules")
    done = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

def test_a_mark_off_the_scale_is_cut_at_the_frame():
    drawn = frame(420, 200, (0, 10), (0, 1)).sheet([stroke([0, 5], [0, 90], STYLES[0], frame(420, 200, (0, 10), (0, 1)).place)])
    assert re.search(r'<g [^>]*clip-path="url\(#d|<path [^>]*clip-path="url\(#d', drawn)

def test_frames_made_in_many_threads_leave_matplotlib_as_it_was():
    from concurrent.futures import ThreadPoolExecutor
    from matplotlib import rcParams
    before = rcParams['text.parse_math'], rcParams['svg.fonttype']
    with ThreadPoolExecutor(4) as pool: list(pool.map(lambda n: frame(300 + n, 120, (0, 1), (0, 1)), range(8)))
    assert (rcParams['text.parse_math'], rcParams['svg.fonttype']) == before

def test_a_name_from_another_system_can_be_written_on_a_page():
    shown = Picture('<svg viewBox="0 0 1 1"><text>caf\udce9</text></svg>', 'It is caf\udce9.', [{'file': 'caf\udce9'}])
    assert all('caf?' in text and text.encode() for text in shown._repr_mimebundle_().values())
