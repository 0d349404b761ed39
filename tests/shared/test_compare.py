"A result stands beside the guess, in words and on one scale, also where it is off the scale or undefined."
import math
import pytest
from hypothesis import given, strategies as st
from course.shared.answer import Choice, Number, Sketch
from course.shared.check import AskError
from course.shared.compare import Mark, compare, tell_difference

SHARE, CURVE = Number(0, 100, 'of 100'), Sketch([1, 5, 20], 0, 100, 'of 100', along='pictures')
def mark(answer, value): return Mark(value, tuple(zip(answer.x, value)) if answer is CURVE else (), '', f'You said {answer.words(value)}.')

@pytest.mark.parametrize('result, interval, says', [
    (83, None, 'You said 40 of 100. The result is 83 of 100. That is 43 more.'), (40, None, 'Just as you said.'), (12.5, None, 'That is 27.5 less.'),
    (44, (38, 50), 'Your guess lies inside the interval, 38 to 50.'), (130, None, 'The result is 130 of 100. That is 90 more.'),
    (None, None, 'The result is undefined.'), (math.nan, None, 'The result is undefined.')])
def test_the_result_is_put_beside_the_guess_in_words_and_drawn(result, interval, says):
    shown = compare(SHARE, mark(SHARE, 40), result, interval)
    assert says in shown.says and shown.picture.says == shown.says and '<svg' in shown._repr_html_()
    assert 'guess' in str(shown.picture.table) and shown.outcome == 'revealed'

def test_without_a_guess_the_result_is_shown_and_it_says_so():
    shown = compare(SHARE, None, 83, None)
    assert shown.says == 'You committed no guess. The result is 83 of 100.' and 'guess' not in str(shown.picture.table)

def test_a_sketch_is_compared_point_by_point():
    shown = compare(CURVE, mark(CURVE, [30, 60, 90]), [41, 83, None], None)
    assert 'furthest off at 5: you said 60, it is 83.' in shown.says and 'undefined at 20' in shown.says and '<svg' in shown._repr_html_()

def test_a_choice_is_compared_in_words():
    choice = Choice({'same': 'the same', 'new': 'new ones'})
    said = mark(choice, 'same')
    assert compare(choice, said, 'new', None).says == 'You said the same. The result is new ones.'
    assert compare(choice, said, 'same', None).says.endswith('Just as you said.') and compare(choice, said, 'new', None).picture is None

@given(st.integers(0, 100), st.integers(-50, 150))
def test_more_and_less_are_never_mixed_up(guess, result):
    says = tell_difference(SHARE, guess, result, None)
    assert ('more' in says) == (result > guess) and ('less' in says) == (result < guess) and ('Just' in says) == (result == guess)

@pytest.mark.parametrize('answer, result', [(Number(0, 9), 'abc'), (Sketch([1, 2], 0, 9), 3), (Choice(['a', 'b']), 'z')])
def test_a_result_that_is_none_says_how_to_give_it(answer, result):
    with pytest.raises(AskError, match='as in `reveal'): compare(answer, None, result, None)
