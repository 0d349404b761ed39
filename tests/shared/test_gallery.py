"Small pictures keep their words, and are judged by more than colour."
import re
import numpy as np, pytest
from hypothesis import given, strategies as st
from course.shared.canvas import paper
from course.shared.draw import draw_bars
from course.shared.gallery import as_data_uri, broken, draw_thumbnails, draw_together, grid_places

PATCH = np.full((8, 8, 3), 90, dtype='uint8')
PIXEL = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

def test_each_picture_is_shown_with_its_words():
    drawn = draw_thumbnails([PATCH, PIXEL], ['cat 0.9', 'dog 0.6'], 'A cat and a dog.', right=[True, False])
    assert drawn.svg.count('<image') == 2 and '>cat 0.9</text>' in drawn.svg
    assert drawn.table == ({'picture': 1, 'label': 'cat 0.9', 'right': 'yes'}, {'picture': 2, 'label': 'dog 0.6', 'right': 'no'})

def test_right_and_wrong_differ_by_line_and_sign():
    right, wrong, open_ = (draw_thumbnails([PIXEL], ['cat'], 'A cat.', right=[one]).svg for one in (np.True_, False, None))
    sign = lambda svg: re.findall(r'<path d="([^"]+)"', svg)
    assert 'dasharray' in wrong and 'dasharray' not in right and sign(right) != sign(wrong) and not sign(open_)

@pytest.mark.parametrize('labels, right', [(['a'], None), (['a', 'b'], [True])])
def test_each_picture_needs_its_words(labels, right):
    with pytest.raises(ValueError, match='2 pictures'): draw_thumbnails([PIXEL]*2, labels, 'Two.', right=right)

def test_no_pictures_is_an_empty_sheet(): assert '<image' not in draw_thumbnails([], [], 'No picture yet.').svg

@given(st.integers(1, 60), st.integers(200, 720))
def test_a_grid_fits_its_paper_and_its_pictures(n, width):
    columns, size = grid_places(n, width, 80)
    assert 40 <= size <= 100 and columns*(size + 12) - 12 <= width
    with paper(width):
        edges = re.findall(r'<image [^>]*x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', draw_thumbnails([PIXEL]*n, ['x']*n, 'Some.').svg)
    assert len({edge[:2] for edge in edges}) == n and all(float(x) + float(size) <= width + .2 for x, _, size in edges)

@given(st.text(max_size=80), st.integers(1, 30))
def test_broken_words_have_three_lines_at_most(words, letters):
    (text,) = broken([words], letters)
    assert text.count('\n') <= 2 and all(len(line) <= max(4, letters) for line in text.split('\n'))

def test_words_of_a_learner_stay_words(): assert '<b>' not in draw_thumbnails([PIXEL], ['<b>'], 'One.').svg

def test_an_array_becomes_a_picture():
    assert as_data_uri(PATCH).startswith('data:image/jpeg') and as_data_uri(PIXEL) == PIXEL

def test_two_pictures_lie_below_each_other_and_share_no_id():
    one = draw_bars({'a': 1, 'b': 2}, 'Bars.', marked=['a'])
    both = draw_together(one, one)
    ids = re.findall(r' id="([^"]+)"', both.svg)
    assert both.says == 'Bars. Bars.' and len(ids) == len(set(ids)) > 0 and both.table == one.table
    tall = int(re.search(r'viewBox="0 0 \d+ (\d+)"', one.svg)[1])
    assert f'viewBox="0 0 420 {2*tall + 12}"' in both.svg and f'y="{tall + 12}"' in both.svg
