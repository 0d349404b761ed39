"Nothing passes untouched, right answers pass, each known mistake hears its own sentence, and a learner's error is told in one line."
import math, sys
from functools import partial
from pathlib import Path
import numpy as np
import pytest
from hypothesis import given, strategies as st
import course
from course.shared.answer import Choice, Code, Number, Order, Reflect, Sketch
from course.shared.check import (AskError, Item, Wrong, answers_file, does_nothing, find_item, is_close, is_untouched,
                                 judge, load_items)

HERE = Path(__file__).parent
ITEMS = load_items('ask')
HINTS = ('one', 'two', 'three')
def item(**more): return Item(**dict(skills=('s',), why='because', source='here', solution='20', hints=HINTS) | more)

plain = st.recursive(st.booleans() | st.integers(-99, 99) | st.floats(-99, 99) | st.text(max_size=5),
                     lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=2), max_leaves=6)

@given(plain)
def test_everything_is_close_to_itself(answer): assert is_close(answer, answer)

@given(plain, plain)
def test_closeness_has_no_direction(a, b): assert is_close(a, b) == is_close(b, a)

@given(st.floats(-1e6, 1e6), st.floats(0, 100), st.floats(-1, 1))
def test_numbers_inside_the_tolerance_are_close_and_outside_are_not(wanted, tolerance, part):
    assert is_close(wanted + part*tolerance, wanted, tolerance)
    assert not is_close(wanted + tolerance*1.01 + 1e-2, wanted, tolerance)

@pytest.mark.parametrize('a, b, close', [
    (.1+.2, .3, True), (1, 1., True), (True, 1, False), (0, False, False), ([1], 1, False), ('Goat ', 'goat', True), (None, 0, False),
    (np.array([1, 2]), [1, 2], True), (np.float32(.5), .5, True), (math.nan, math.nan, True), (math.nan, 1, False), (1, math.nan, False),
    ((1, 2), [1, 2], True), ({'a': 1}, {'a': 1., 'b': 2}, False), ({1, 2}, {2, 1}, True), ('1', 1, False), ([], (), True)])
def test_pairs_that_are_easily_got_wrong(a, b, close): assert is_close(a, b) is close

def written(answers): ...
def passed(answers): pass
def with_words(answers): "The share of right answers."
def begun(answers): return 1
def returns_dots(answers): return ...

@pytest.mark.parametrize('answer', [None, ..., '', [], {}, (), written, passed, with_words, returns_dots, lambda: None])
def test_nothing_is_recognised_as_nothing(answer): assert does_nothing(answer) and is_untouched(answer, None)

@pytest.mark.parametrize('answer', [0, False, .5, 'x', [0], begun, len, lambda x: x, partial(begun, 1), np.zeros(2), int])
def test_something_is_recognised_as_something(answer): assert not does_nothing(answer)

def test_the_starter_of_the_notebook_counts_as_nothing():
    exec('def mine(rates):\n    worst = None  # Your line here\n    return worst', mine := {})
    def starter(rates):
        worst = None
        return worst
    assert is_untouched(mine['mine'], starter) and not is_untouched(begun, starter)
    assert is_untouched([1, 2], [1, 2]) and not is_untouched([2, 1], [1, 2])

def test_a_check_that_says_nothing_clear_is_the_fault_of_the_check():
    with pytest.raises(AskError, match='returns True or a sentence; this one returned None'): judge(item(check=lambda a: None), Code(), 3)
    with pytest.raises(AskError, match='returned False'): judge(item(check=lambda a: a == 4), Code(), 3)

right, off, far = Wrong(80, 'Those are the right ones.'), Wrong(.2, 'That is a share.'), 55

@pytest.mark.parametrize('given, outcome, says', [
    (20, 'pass', 'because'), (20.4, 'pass', 'because'), (80, 'not yet', right.says), (.2, 'not yet', off.says),
    (55, 'not yet', 'Look again'), (None, 'not attempted', 'check(40)'), (..., 'not attempted', ''), ('20', 'error', 'Give one plain number'),
    (120, 'error', 'This scale goes')])
def test_the_four_outcomes_of_a_number(given, outcome, says):
    result = judge(item(reference=20, tolerance=.5, wrong=(right, off)), Number(0, 100), given)
    assert result.outcome == outcome and says in result.says and '\n' not in result.says

def test_an_untouched_order_is_not_attempted_in_any_form():
    three = ITEMS['three_steps']
    for same in ([0, 1, 2], (0, 1, 2), np.arange(3)): assert judge(three, Order(['a', 'b', 'c']), same).outcome == 'not attempted'
    assert judge(three, Order(['a', 'b', 'c']), np.array([1, 2, 0])).outcome == 'pass'
    assert judge(three, Order(['a', 'b', 'c']), 7).outcome == 'error'

def test_free_words_are_never_right_or_wrong():
    result = judge(ITEMS['who_is_asked'], Reflect(), 'The people in the pictures.')
    assert result.outcome == 'reflected' and all(line in result.says for line in ITEMS['who_is_asked'].rubric)

def forgets_the_whole(answers): return len([a for a in answers if a])
def stops_on_nothing(answers): return len([a for a in answers if a])/len(answers)
def changes_the_list(answers):
    count = len(answers)
    right = 0
    while answers: right += answers.pop()
    return right/count if count else math.nan
def own_way(answers): return float(np.mean(answers)) if len(answers) else float('nan')
def quite_else(answers): return 7
def gives_nothing(answers):
    sum(answers)

@pytest.mark.parametrize('function, outcome, says', [
    (own_way, 'pass', ''), (changes_the_list, 'pass', ''), (forgets_the_whole, 'not yet', 'A share divides'),
    (stops_on_nothing, 'not yet', 'no answer'), (quite_else, 'not yet', 'For `[True, True, False]` yours gives `7`.'),
    (gives_nothing, 'not yet', 'yours gives `None`'), (.5, 'not yet', 'Give its name without brackets'), (written, 'not attempted', '')])
def test_a_function_is_judged_by_what_it_does(function, outcome, says):
    result = judge(ITEMS['share_right'], Code(), function)
    assert result.outcome == outcome and says in result.says

def misspelled(answers):
    total = sum(answers)
    return total / lenght(answers)
def calls_helper(answers): return misspelled(answers)
def wants_two(a, b): return a
def never_ends(answers): return never_ends(answers)
def gives_up(answers): sys.exit('enough')
def stopped_by_hand(answers): raise KeyboardInterrupt
def not_written(answers): raise NotImplementedError
def shouts(answers): raise RuntimeError('line one\nline two')

@pytest.mark.parametrize('function, says', [
    (misspelled, "Your code stopped at line 3, `return total / lenght(answers)`: it uses a name that nothing was called before "
                 "(NameError: name 'lenght' is not defined)."),
    (calls_helper, '`return total / lenght(answers)`'), (wants_two, 'Your answer could not be run: it puts together things that do not fit'),
    (never_ends, 'it calls itself without end'), (gives_up, 'it ended Python (SystemExit: enough)'), (stopped_by_hand, 'you stopped it'),
    (shouts, '(RuntimeError: line one)')])
def test_an_error_in_the_learners_code_is_one_sentence_with_the_line(function, says):
    first = function.__code__.co_firstlineno
    result = judge(ITEMS['share_right'], Code(), function)
    assert result.outcome == 'error' and '\n' not in result.says and 'Traceback' not in result.says
    assert says.replace('line 3', f'line {first+2}') in result.says

def test_code_that_says_it_is_not_written_is_not_attempted():
    assert judge(ITEMS['share_right'], Code(), not_written).outcome == 'not attempted'

def test_an_error_inside_a_library_is_told_with_the_learners_line():
    def reshape(answers): return np.reshape(answers, (7, 7))
    assert 'return np.reshape(answers, (7, 7))' in judge(ITEMS['share_right'], Code(), reshape).says

def test_an_object_that_claims_to_be_everything_does_not_pass():
    class Anything:
        def __eq__(self, other): return True
        def __hash__(self): return 0
    for name, kind in (('how_many', Number(0, 100)), ('which_split', Choice(['same', 'new'])), ('three_steps', Order(['a', 'b', 'c'])),
                       ('growing', Sketch([1, 2, 3], 0, 100)), ('share_right', Code())):
        for answer in (Anything(), lambda *a, **k: Anything()):
            assert judge(ITEMS[name], kind, answer).outcome != 'pass'

def test_answers_are_found_in_a_checkout_and_leave_no_trace_in_python():
    before, path = set(sys.modules), list(sys.path)
    assert answers_file('ask') == HERE/'answers_ask.py' and load_items('ask') is load_items('ask')
    assert set(sys.modules) == before and sys.path == path

def test_answers_are_found_in_an_installed_course(tmp_path, monkeypatch):
    (tmp_path/'site'/'course'/'answers').mkdir(parents=True)
    (tmp_path/'site'/'course'/'answers'/'answers_goats.py').write_text((HERE/'answers_ask.py').read_text())
    monkeypatch.setattr(course, '__file__', str(tmp_path/'site'/'course'/'__init__.py'))
    assert find_item('goats.how_many').reference == 20
    with pytest.raises(AskError, match='The answers of `ask` are missing.*Install the course again') as told: load_items('ask')
    assert '\n' not in str(told.value)

def test_a_changed_answers_file_is_read_again(tmp_path, monkeypatch):
    (tmp_path/'course'/'answers').mkdir(parents=True)
    file = tmp_path/'course'/'answers'/'answers_goats.py'
    monkeypatch.setattr(course, '__file__', str(tmp_path/'course'/'__init__.py'))
    file.write_text('ITEMS = {"old": 1}')
    assert load_items('goats') == {'old': 1}
    file.write_text('ITEMS = {"newer": 12}')
    assert load_items('goats') == {'newer': 12}

def test_an_unknown_name_lists_the_nearest():
    with pytest.raises(AskError, match='There is no question `ask.how_may` in answers_ask.py. The nearest are how_many'): find_item('ask.how_may')

def test_a_notebook_shows_the_sentence_of_an_ask_error_without_a_stack_trace():
    assert AskError('One sentence.')._render_traceback_() == ['One sentence.']
