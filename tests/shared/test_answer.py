"Each kind of answer reads what fits, refuses the rest in one sentence, and has labelled controls that know whether they were touched."
import json, math
import numpy as np
import pytest
from hypothesis import given, strategies as st
from course.shared.answer import SIGNS, Choice, Code, Number, Order, Reflect, Result, Sketch, as_html
from course.shared.panel import family

KINDS = [Number(0, 100, 'of 100'), Number(0, 1), Number(-3, 3, 'degrees', .5), Choice(['red', 'blue']), Choice({'a': 'left', 'b': 'right'}),
         Sketch([1, 5, 20], 0, 100, 'of 100', along='pictures'), Order(['b', 'a', 'c']), Code(), Reflect()]

@pytest.mark.parametrize('kind', KINDS[:-2], ids=repr)
def test_the_example_of_a_kind_is_an_answer_that_it_reads_and_keeps(kind):
    value = kind.read(eval(kind.example))
    assert kind.words(value) and json.loads(json.dumps(kind.keep(value))) == value

@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.floats(0, 1))
def test_every_number_on_the_scale_is_read_and_comes_back(low, span, share):
    scale, number = Number(low, low+span), min(low + share*span, low+span)
    assert scale.read(number) == pytest.approx(number, rel=1e-8, abs=1e-8)

@given(st.floats(allow_nan=True) | st.integers())
def test_a_number_beside_the_scale_never_gets_through(number):
    scale = Number(0, 100)
    if 0 <= number <= 100: assert scale.read(number) == pytest.approx(number, rel=1e-8, abs=1e-8)
    else:
        with pytest.raises(ValueError) as told: scale.read(number)
        assert '\n' not in str(told.value)

@pytest.mark.parametrize('number', [40, 40., np.int64(40), np.float32(40), np.array(40), np.array([40])[0]])
def test_numbers_of_any_make_are_plain_afterwards(number): assert repr(Number(0, 100).read(number)) == '40'

def test_a_step_of_a_tenth_leaves_no_long_tail(): assert repr(Number(0, 1).read(.1+.2)) == '0.3'

@pytest.mark.parametrize('kind, given, says', [
    (KINDS[0], 130, 'This scale goes from 0 to 100; you gave 130. Choose a number on it.'),
    (KINDS[0], 'forty', "A number from 0 to 100 was wanted; you gave 'forty'. Give one plain number."),
    (KINDS[0], True, 'was wanted; you gave True'), (KINDS[0], [1, 2], r'you gave \[1, 2\]'), (KINDS[0], math.inf, 'no amount'),
    (KINDS[0], np.arange(3), 'was wanted'), (KINDS[3], 'green', "One of 'red', 'blue' was wanted; you gave 'green'."),
    (KINDS[3], 3, 'you gave 3'), (KINDS[3], ['red'], 'was wanted'), (KINDS[5], [1, 2], '3 numbers were wanted, one for each of'),
    (KINDS[5], [1, 2, 300], 'you gave 300'), (KINDS[5], [1, 2, 'x'], "you gave 'x'"), (KINDS[5], {1: 2}, '3 numbers were wanted'),
    (KINDS[5], 5, '3 numbers were wanted'), (KINDS[6], [0, 1], 'Each of'), (KINDS[6], [0, 1, 1], 'Each of'), (KINDS[6], [1, 2, 3], 'Each of'),
    (KINDS[6], [True, 0, 2], 'Each of'), (KINDS[6], 'bac', 'Each of'), (KINDS[8], 5, 'Some words were wanted; you gave 5. Write them between quotes.')])
def test_what_does_not_fit_is_refused_in_one_sentence(kind, given, says):
    with pytest.raises((ValueError, TypeError), match=says) as told: kind.read(given)
    assert '\n' not in str(told.value) and len(str(told.value)) < 200

@pytest.mark.parametrize('make', [lambda: Number(1, 1), lambda: Choice(['one']), lambda: Choice(['one', 'one']), lambda: Order(['one']),
                                  lambda: Sketch([1], 0, 1)])
def test_a_question_that_cannot_be_answered_is_refused_when_it_is_made(make):
    with pytest.raises(ValueError, match='you gave'): make()

def test_an_option_is_known_by_its_key_and_by_its_text():
    assert Choice({'a': 'the left one'}|{'b': 'right'}).read(' The LEFT one') == 'a' and Choice(['red', 'blue']).read('Red') == 'red'

def test_heights_may_be_given_by_their_place():
    assert KINDS[5].read({20: 80, 1: 30, 5: 60}) == KINDS[5].read(np.array([30, 60, 80])) == [30, 60, 80]

@given(st.permutations(range(5)))
def test_every_order_is_read_as_it_is(order): assert Order(list('abcde')).read(order) == list(order)

def controls_of(kind):
    "Build controls and list the parts that a person can move."
    box, read = kind.controls()
    return [widget for widget in family(box) if hasattr(widget, 'description') and widget.description], read

@pytest.mark.parametrize('kind', [*KINDS[:7], KINDS[8]], ids=repr)
def test_untouched_controls_hold_no_answer_and_each_has_a_label(kind):
    parts, read = controls_of(kind)
    assert read() is None and parts and len({part.model_id for part in parts}) == len(parts)

@pytest.mark.parametrize('kind', [kind for kind in KINDS if isinstance(kind, (Number, Sketch))], ids=repr)
def test_moving_a_slider_gives_a_number_that_the_kind_reads(kind):
    parts, read = controls_of(kind)
    for end in (parts[0].min, parts[0].max):
        parts[0].value = end
        assert kind.read(read()) is not None
    wanted = len(kind.x) if isinstance(kind, Sketch) else 1
    assert len(parts) == wanted

def test_a_moved_slider_that_is_moved_back_is_an_answer():
    (slider,), read = controls_of(Number(0, 100))
    middle = slider.value
    slider.value = 10; slider.value = middle
    assert read() == middle == 50

def test_a_share_gets_a_fine_slider_and_a_count_a_whole_one():
    (fine,), _ = controls_of(Number(0, 1))
    (whole,), _ = controls_of(Number(0, 100))
    assert fine.step == .01 and isinstance(whole.value, int)

def test_choosing_an_option_gives_its_key():
    (buttons,), read = controls_of(Choice({'a': 'left', 'b': 'right'}))
    buttons.index = 1
    assert read() == 'b'

def test_buttons_put_lines_in_order_and_the_ends_go_no_further():
    buttons, read = controls_of(Order(['b', 'a', 'c']))
    ups, downs = ([button for button in buttons if button.description == word] for word in ('Up', 'Down'))
    assert ups[0].disabled and downs[-1].disabled and not ups[1].disabled
    ups[1].click()
    assert read() == [1, 0, 2]
    downs[1].click(); ups[1].click()
    assert read() == [2, 1, 0]
    assert len({button.tooltip for button in buttons}) == len(buttons)

def test_moving_a_line_there_and_back_is_no_answer():
    buttons, read = controls_of(Order(['b', 'a']))
    buttons[-2].click(); buttons[-2].click()
    assert read() is None

def test_blank_words_are_no_answer():
    (area,), read = controls_of(Reflect())
    area.value = '  \n'
    assert read() is None
    area.value = ' I would ask them. '
    assert read() == 'I would ask them.'

def test_free_words_are_not_kept_only_counted(): assert Reflect().keep('Ask Amina first') == {'words': 3} and Code().keep(len) is None

@given(st.text())
def test_no_text_can_smuggle_html_in(text):
    shown = as_html(text)
    for allowed in ('<code>', '</code>', '<pre style="margin:.3em 0;white-space:pre-wrap">', '</pre>',
                    '<div style="margin:.3em 0;white-space:pre-wrap">', '</div>'): shown = shown.replace(allowed, '')
    assert '<' not in shown and '>' not in shown

@pytest.mark.parametrize('outcome', SIGNS)
def test_a_result_has_a_sign_and_a_word_as_well_as_a_colour(outcome):
    result = Result(outcome, 'It is `x`.', note='And <more>.')
    sign, word, _ = SIGNS[outcome]
    assert str(result) == repr(result) == f'{sign} {word} It is `x`. And <more>.'
    assert word in result._repr_html_() and '<code>x</code>' in result._repr_html_() and '&lt;more&gt;' in result._repr_html_()

def test_no_two_outcomes_look_alike(): assert len({f'{sign}{word}' for sign, word, _ in SIGNS.values()}) == len(SIGNS)

def test_a_whole_scale_proposes_a_whole_number(): assert Number(0, 79).example == '32' and Number(0, 1).example == '0.4'

def test_a_scale_of_100_is_not_called_0_to_100_of_100():
    with pytest.raises(TypeError, match='A number from 0 to 79 was wanted'): Number(0, 79, 'of 79').read('many')
    with pytest.raises(TypeError, match='A number from 0 to 9 km was wanted'): Number(0, 9, 'km').read('many')

@pytest.mark.parametrize('answer, value', [(Choice(['a', 'b']), 'z'), (Order(['x', 'y']), [0, 0]), (Sketch([1, 2], 0, 9), [1])])
def test_what_cannot_be_read_is_answered_with_an_example(answer, value):
    with pytest.raises(ValueError, match='as in '): answer.read(value)
