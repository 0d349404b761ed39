"Charts show what they were given, say what they were told, and refuse what cannot be told apart."
import math, re
import pytest
from hypothesis import given, settings, strategies as st
from course.shared.canvas import COLOURS, TEXT, paper
from course.shared.draw import as_triple, draw_bars, draw_dots, draw_grid, draw_lines, numbers, round_range, shade

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)
BLUE, VERMILLION, PURPLE = (COLOURS[name].lower() for name in ('blue', 'vermillion', 'purple'))

def filled(svg, colour):
    "Give (left, right) of each closed shape of a colour."
    shapes = [body for body in re.findall(r'<path d="([^"]+z )"[^>]*fill: ' + colour, svg)]
    across = [[float(x) for x in re.findall(r'[ML] ([-\d.]+) ', shape)] for shape in shapes]
    return [(min(x), max(x)) for x in across]

@given(st.lists(NUMBERS, max_size=8))
def test_a_round_range_holds_every_value(values):
    low, high = round_range(values)
    dust = 1e-6*max(1, *map(abs, [low, high])) # too small to be seen on this scale
    assert low < high and all(low - dust <= v <= high + dust for v in values)

def test_numbers_read_lists_arrays_tensors_and_gaps():
    import numpy, torch
    assert numbers(torch.tensor([1., 2.])) == numbers(numpy.array([1, 2])) == numbers([1, 2]) == [1., 2.]
    assert math.isnan(numbers([None])[0])

def test_a_value_with_or_without_interval():
    assert as_triple(.5) == [.5, .5, .5] and as_triple((.5, .1, .9)) == [.5, .1, .9] and as_triple(float('nan')) is None

@settings(max_examples=15, deadline=None)
@given(st.integers(1, 50), st.integers(1, 50))
def test_bars_are_as_long_as_their_numbers(one, other):
    (_, end), (_, other_end) = filled(draw_bars({'a': one, 'b': other}, 'Two bars.', x_range=(0, 50)).svg, BLUE)[::-1]
    zero = filled(draw_bars({'a': 50}, 'One bar.', x_range=(0, 50)).svg, BLUE)[0][0]
    assert (end - zero)*other == pytest.approx((other_end - zero)*one, rel=.02, abs=one + other)

def test_bars_start_at_zero_also_below_it():
    left, right = filled(draw_bars({'loss': -3, 'gain': 3}, 'Down and up.', x_range=(-5, 5)).svg, BLUE)
    assert left[0] == pytest.approx(right[1], abs=.1) or left[1] == pytest.approx(right[0], abs=.1)

def test_a_picture_says_what_it_was_told_and_keeps_its_numbers():
    drawn = draw_dots({'boots': (.9, .8, 1.), 'clogs': None}, 'Boots are found.', unit=' of 1')
    assert drawn.says == 'Boots are found.'
    assert drawn.table == ({'name': 'boots', 'value  of 1': .9, 'from': .8, 'to': 1.}, {'name': 'clogs', 'value  of 1': None, 'from': None, 'to': None})

def test_undefined_is_written_and_draws_no_mark():
    drawn = draw_bars({'seen': 1, 'never seen': None}, 'One.', x_range=(0, 2)).svg
    assert '>undefined</text>' in drawn and len(filled(drawn, BLUE)) == 1

def test_a_marked_row_differs_by_more_than_colour():
    plain, marked = (draw_bars({'a': 1}, 'One.', marked=names).svg for names in ([], ['a']))
    assert 'url(#' not in plain.split('</defs>')[-1] and VERMILLION in marked and '<pattern' in marked
    plain, marked = (draw_dots({'a': .5}, 'One.', marked=names).svg for names in ([], ['a']))
    shape = lambda svg: re.search(r'<path id="d\d+" d="([^"]+)"', svg)[1]
    assert shape(plain) != shape(marked)

def test_a_guess_is_drawn_over_named_and_tabled():
    drawn = draw_bars({'a': 1, 'b': 2}, 'Two.', guess={'b': 3}, x_range=(0, 4))
    assert '>your guess</text>' in drawn.svg and PURPLE in drawn.svg
    assert [row['your guess'] for row in drawn.table] == ['', 3]
    lines = draw_lines({'now': ([0, 1], [0, 1])}, 'Up.', 'day', guess=[(1, .2), (0, .1)])
    assert lines.table == ({'day': 0., 'now': 0., 'your guess': .1}, {'day': 1., 'now': 1., 'your guess': .2})

def test_a_guess_for_a_row_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="names a row: a, b. You gave 'c'"): draw_bars({'a': 1, 'b': 2}, 'Two.', guess={'c': 1})

@pytest.mark.parametrize('n', [0, 5])
def test_more_lines_than_can_be_told_apart_are_refused(n):
    with pytest.raises(ValueError, match=f'told apart; {n} came'): draw_lines({str(i): ([0, 1], [0, i]) for i in range(n)}, 'Lines.')

def test_no_rows_no_chart():
    with pytest.raises(ValueError, match='at least one'): draw_dots({}, 'Nothing.')

def test_lines_differ_by_dash_and_marker():
    drawn = draw_lines({name: ([0, 1], [0, i]) for i, name in enumerate('abcd')}, 'Four lines.').svg
    assert len(set(re.findall(r'stroke-dasharray: ([^;"]+)', drawn))) >= 3

def test_a_missing_number_leaves_a_gap():
    whole, gap = (draw_lines({'a': ([0, 1, 2, 3], y)}, 'A line.', y_range=(0, 4)).svg for y in ([1, 2, 2, 1], [1, None, 2, 1]))
    assert gap.count('M ') > whole.count('M ') or len(gap) < len(whole)
    assert 'nan' not in gap

def test_a_band_is_drawn_behind_its_line():
    drawn = draw_lines({'a': ([0, 1], [1, 2])}, 'A line.', bands={'a': ([0, 1], [2, 3])}).svg
    assert drawn.index('opacity: 0.16') < drawn.rindex(f'stroke: {BLUE}')

def test_the_frame_stays_still_while_the_line_moves():
    first, second = (draw_lines({'now': ([0, 1], [0, y])}, 'Up.', y_range=(0, 1)).svg for y in (.2, .9))
    labels = lambda svg: re.findall(r'<text[^>]+>[^<]+', svg)
    assert labels(first) == labels(second) and first != second

def test_a_grid_shows_every_number_and_names_every_row():
    drawn = draw_grid([[3, 1], [0, None]], ['cat', 'dog'], ['cat', 'dog'], 'Mostly cats.', corner='true ↓')
    assert all(f'>{word}</text>' in drawn.svg for word in ('3', '1', '0', '–', 'cat', 'dog'))
    assert drawn.table[1]['true ↓'] == 'dog' and drawn.table[0]['cat'] == 3

def test_a_grid_with_a_missing_cell_is_refused():
    with pytest.raises(ValueError, match='as many rows and columns'): draw_grid([[1]], ['a'], ['a', 'b'], 'Short.')

def test_letters_on_a_shade_can_be_read():
    def light(colour):
        parts = [int(colour[i:i+2], 16)/255 for i in (1, 3, 5)]
        r, g, b = [p/12.92 if p <= .04045 else ((p + .055)/1.055)**2.4 for p in parts]
        return .2126*r + .7152*g + .0722*b
    for step in range(101):
        assert (light(shade(step/100)) + .05)/(light(TEXT) + .05) >= 4.5, step

@pytest.mark.parametrize('width', [200, 280, 420, 720])
def test_pictures_are_drawn_for_the_paper_they_get(width):
    with paper(width):
        for drawn in (draw_bars({'a name that is long enough to break': 1}, 'One.'), draw_lines({'a': ([0, 1], [0, 1])}, 'A line.'),
                      draw_grid([[1]], ['a'], ['a'], 'One.')):
            assert f'viewBox="0 0 {width} ' in drawn.svg

@pytest.mark.parametrize('unit', ['', ' %', ' min', ' kg CO2e'])
def test_a_number_beside_the_longest_bar_and_the_words_below_stay_on_a_narrow_paper(unit):
    with paper(200): drawn = draw_bars({'farms': 11.8}, 'One.', unit=unit, x_range=(0, 11.8), x_label='days with an accident, percent')
    x, words = re.search(r'<text x="([0-9.]+)"[^>]*>(11.8[^<]*)<', drawn.svg).groups()
    assert float(x) + 7*len(words) <= 202
    assert 'days with an accident, percent' not in drawn.svg and 'percent</text>' in drawn.svg # broken over two lines

def test_words_of_a_learner_cannot_break_the_drawing():
    name = '<b>&"\'</b>'
    for drawn in (draw_bars({name: 1}, 'One.'), draw_lines({name: ([0, 1], [0, 1]), 'b': ([0, 1], [0, 1])}, 'Lines.'),
                  draw_grid([[1]], [name], [name], 'One.')):
        assert '<b>' not in drawn.svg

def test_a_dollar_sign_is_a_dollar_sign():
    assert '>$5 and $6</text>' in draw_bars({'$5 and $6': 1}, 'Prices.').svg

def test_a_redraw_is_small():
    drawn = draw_lines({name: (list(range(20)), [i]*20) for i, name in enumerate('ab')}, 'Two lines.', y_range=(0, 2))
    assert len(drawn.svg) < 12_000

@pytest.mark.parametrize('x, y', [([], []), ([1, 2], [1]), ([1], [1, 2])])
def test_a_line_without_points_or_with_unequal_ones_is_refused(x, y):
    with pytest.raises(ValueError, match='as many heights as places'): draw_lines({'a': (x, y)}, 'Nothing.')

@pytest.mark.parametrize('rows, columns', [([], []), ([], ['a']), (['a'], [])])
def test_an_empty_table_is_refused(rows, columns):
    with pytest.raises(ValueError, match='at least one row and one column'): draw_grid([[]]*len(rows), rows, columns, 'Nothing.')

def place_of_number(drawn, number): return float(re.search(rf'<text x="([0-9.]+)"[^>]*>{number}<', drawn.svg)[1])

def test_a_number_stands_beside_its_mark_and_not_beside_the_guess():
    far, near = (draw_dots({'a': (.5, .42, .58)}, 'One.', guess={'a': guess}) for guess in (.9, .6))
    plain = draw_dots({'a': (.5, .42, .58)}, 'One.')
    assert abs(place_of_number(far, '0.5') - place_of_number(plain, '0.5')) < 1 < place_of_number(near, '0.5') - place_of_number(plain, '0.5')
    below = draw_dots({'a': -.4, 'b': .3}, 'Two.', x_range=(-1, 1))
    assert place_of_number(below, '-0.4') < place_of_number(below, '0.3') - 50

@pytest.mark.parametrize('name', ['all of it, in the new place', 'a name so long that it needs three lines on the paper of a telephone'])
def test_names_that_leave_no_room_stand_above_their_rows_and_cover_no_bar(name):
    with paper(240): drawn = draw_bars({'luck': 1, name: 2}, 'Two.', unit=' points')
    feet = [float(y) for y in re.findall(r'<text x="4.0" y="([0-9.]+)"', drawn.svg)]
    bars = [tuple(map(float, ends)) for ends in re.findall(r'<path d="M [0-9.]+ ([0-9.]+) L [0-9.]+ [0-9.]+ L [0-9.]+ ([0-9.]+)[^>]*fill: #0072b2', drawn.svg)]
    assert len(bars) == 2 and len(feet) >= 2 and min(feet) > 11
    assert all(foot + 3 < top or foot - 11 > bottom for foot in feet for top, bottom in bars)
