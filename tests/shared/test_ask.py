"A question takes one first guess, compares it, checks, helps in steps, remembers without names, and leaves no widget behind."
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from ipywidgets.widgets import widget as widgets
from course.shared import ask
from course.shared.answer import as_html
from course.shared.ask import AskError, Choice, Number, Order, Question, Reflect, Sketch
from course.shared.panel import family
from course.shared.store import store

@pytest.fixture(autouse=True)
def new_notebook(monkeypatch):
    "Begin each test as a notebook that was just started."
    monkeypatch.setattr(ask, 'ASKED', {})

def guess(): return Question('ask.five_each', 'How many of 100?', Number(0, 100, 'of 100'))
def exercise(name='how_many', answer=Number(0, 100)): return Question(f'ask.{name}', 'How many are wrong?', answer)
def kinds(): return [(event.kind, event.outcome) for event in store().events()]
def buttons(question): return {part.description: part for part in family(question.form) if type(part).__name__ == 'Button'}
def slider(question): return next(part for part in family(question.form) if 'Slider' in type(part).__name__ and hasattr(part, 'value'))
def shows(question): return question.form.status.value

def test_a_guess_is_committed_by_a_call_and_can_be_drawn():
    q = guess()
    assert q.committed is None and q.mark is None
    assert str(q.commit(40)) == '● Committed. 40 of 100. Now run the next cell and compare.'
    assert q.committed == 40 and (q.mark.value, q.mark.points, q.mark.unit, q.mark.says) == (40, (), 'of 100', 'You said 40 of 100.')

def test_the_first_guess_stays_and_a_later_one_is_written_down_as_second():
    q = guess()
    q.commit(40)
    assert 'first guess stays: 40 of 100. 60 of 100 is noted as a second' in q.commit(60).says
    assert q.committed == 40 and q.run.predictions == [40, 60] and [kind for kind, _ in kinds()] == ['predicted', 'predicted again']
    assert [event.value for event in store().events()] == [40, 60]

def test_running_the_cell_again_keeps_the_first_guess():
    guess().commit(40)
    again = guess()
    assert again.committed == 40 and 'as before' in again.commit(40).says and len(kinds()) == 1
    assert 'stays: 40' in again.commit(83).says

def test_a_question_that_was_changed_begins_anew():
    guess().commit(40)
    assert Question('ask.five_each', 'How many of 100?', Number(0, 10)).committed is None

def test_a_guess_after_the_result_is_no_guess():
    q = guess()
    q.reveal(83)
    assert 'came after the result' in q.commit(83).says and q.committed is None and kinds()[-1] == ('predicted late', 'committed')

@pytest.mark.parametrize('value, outcome, says', [(130, 'error', 'This scale goes from 0 to 100; you gave 130'), ('x', 'error', 'one plain number'),
                                                  (None, 'not attempted', 'commit(40)'), (..., 'not attempted', 'commit(40)')])
def test_what_is_no_guess_is_told_in_one_sentence_and_commits_nothing(value, outcome, says):
    q = guess()
    result = q.commit(value)
    assert result.outcome == outcome and says in result.says and '\n' not in result.says and q.committed is None

@settings(max_examples=30)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=8))
def test_whatever_comes_later_the_first_guess_is_the_guess(values):
    ask.ASKED.clear()
    q, seen = guess(), []
    q.observe(lambda question: seen.append(question.committed))
    for value in values: q.commit(value)
    changes = [value for n, value in enumerate(values) if n == 0 or value != values[n-1]]
    assert q.committed == values[0] and q.run.predictions == changes and seen == [values[0]]*len(changes)

def test_observers_are_called_with_the_question_and_can_be_let_go():
    q, seen = guess(), []
    q.observe(seen.append); q.commit(40); q.unobserve(seen.append); q.unobserve(seen.append); q.commit(50)
    assert seen == [q]

def test_an_observer_of_the_first_run_still_hears_a_guess_made_after_the_cell_ran_again():
    seen = []
    guess().observe(lambda question: seen.append(question.committed))
    guess().commit(40)
    assert seen == [40]

def test_a_revealed_result_is_drawn_with_the_guess_and_remembered():
    q = guess()
    q.commit(40)
    shown = q.reveal(83, (74, 89))
    assert '43 more' in shown.says and 'guess' in str(shown.picture.table) and kinds()[-1] == ('revealed', '') and store().events()[-1].value == 83

def test_a_result_from_an_array_is_remembered_as_plain_numbers():
    guess().reveal(np.float32(82.5))
    Question('ask.growing', 'How does it grow?', Sketch([1, 5], 0, 100)).reveal(np.array([41, 83]))
    assert [event.value for event in store().events()] == [82.5, [41, 83]]

def test_a_sketch_can_be_drawn_point_by_point():
    q = Question('ask.growing', 'How does it grow?', Sketch([1, 5, 20], 0, 100))
    q.commit([30, 60, 90])
    assert q.mark.points == ((1, 30), (5, 60), (20, 90))

def test_an_exercise_has_four_outcomes_and_each_is_remembered():
    q = exercise()
    assert [q.check(value).outcome for value in (None, 80, '20', 20)] == ['not attempted', 'not yet', 'error', 'pass']
    assert q.check().outcome == 'not attempted' and q.check(...).outcome == 'not attempted'
    events = store().events()
    assert [event.outcome for event in events] == ['not attempted', 'not yet', 'error', 'pass', 'not attempted', 'not attempted']
    assert {event.kind for event in events} == {'checked'} and all(event.skills == ('shares',) and event.lesson for event in events)
    assert [event.value for event in events] == [None, 80, None, 20, None, None]

def test_hints_come_one_by_one_and_the_solution_opens_after_the_third():
    q, item = exercise(), exercise().item
    assert q.solution().outcome == q.why().outcome == 'not attempted'
    for number, hint in enumerate(item.hints, 1):
        if number < 3: assert q.solution().outcome == 'not attempted'
        assert q.hint().says == f'{number} of 3: {hint}'
    assert q.hint().says.startswith('3 of 3') and q.solution().says == item.solution and q.why().says == item.why
    assert store().events()[-1].hints == 3

@pytest.mark.parametrize('value, opens', [(80, True), ('x', True), (20, True), (None, False), (..., False)])
def test_an_honest_try_opens_the_solution_and_an_empty_one_does_not(value, opens):
    q = exercise()
    q.check(value)
    assert (q.solution().outcome == 'solution') is opens

def test_a_guess_cannot_be_checked_and_says_what_to_do():
    with pytest.raises(AskError, match='is a guess: use `commit`, run, then compare'): guess().check(40)

@pytest.mark.parametrize('id', ['how_many', 'Ask.x', 'ask.', '.x', 'a.b.c', 'ask how', 3, None, 'ask.x\n'])
def test_an_id_without_a_module_is_refused(id):
    with pytest.raises(AskError, match='A question is named "module.name"'): Question(id, 'How many?')

def test_an_unknown_question_can_take_a_guess_but_is_not_checked():
    q = Question('ask.how_mayn', 'How many?', Number(0, 9))
    assert q.commit(3).outcome == 'committed'
    with pytest.raises(AskError, match='The nearest are how_many'): q.check(3)
    with pytest.raises(AskError, match='The answers of `nowhere` are missing'): Question('nowhere.x', '?').check(3)

def test_free_words_are_reflected_and_only_their_number_is_remembered(own_home):
    q = Question('ask.who_is_asked', 'Who should be asked?', Reflect())
    assert q.check('').outcome == 'not attempted'
    result = q.commit('Amina Zongo, who keeps the goats')
    assert result.outcome == 'reflected' and 'complain' in result.says and q.committed.startswith('Amina')
    assert store().events()[-1].value == {'words': 6} and b'Amina' not in b''.join(p.read_bytes() for p in own_home.iterdir())

def test_no_code_of_a_learner_reaches_the_file(own_home):
    def secret_plan(answers): return 'my secret sentence'
    Question('ask.share_right', 'Write it.').check(secret_plan)
    assert kinds() == [('checked', 'not yet')] and b'secret' not in (own_home/'progress.sqlite').read_bytes()

def test_a_lesson_goes_on_where_nothing_can_be_remembered_and_says_so_once(tmp_path, monkeypatch):
    (tmp_path/'file').write_text('')
    monkeypatch.setenv('COURSE_HOME', str(tmp_path/'file'))
    q = exercise()
    first, second = q.check(80), q.check(20)
    assert 'not being remembered' in first.note and 'not being remembered' in str(first) and second.note == '' and second.outcome == 'pass'

def test_the_form_commits_what_the_slider_says_and_not_what_nobody_touched():
    q = guess()
    buttons(q)['Commit my guess'].click()
    assert q.committed is None and 'Not answered.' in shows(q)
    slider(q).value = 40
    buttons(q)['Commit my guess'].click()
    assert q.committed == 40 and '40 of 100. Now run' in shows(q)
    buttons(q)['Commit my guess'].click()
    assert 'as before' in shows(q)

def test_the_form_of_an_exercise_checks_and_helps():
    q = exercise()
    pressed = buttons(q)
    assert list(pressed) == ['Check', 'Hint', 'Why', 'Solution']
    for name, says in (('Check', 'Not answered.'), ('Why', 'Not answered.'), ('Hint', '1 of 3')):
        pressed[name].click()
        assert says in shows(q)
    slider(q).value = 80
    pressed['Check'].click()
    assert 'Not yet.' in shows(q) and 'named right' in shows(q)
    slider(q).value = 20
    pressed['Check'].click(); assert 'Right.' in shows(q)
    pressed['Solution'].click(); assert '100 - 80 = 20' in shows(q)
    assert q.check().outcome == 'pass'  # Without an answer, what the form holds

def test_a_call_shows_its_result_in_the_form_too():
    q = exercise()
    q.form
    q.check(80)
    assert 'Not yet.' in shows(q)

def test_code_has_no_controls_but_help():
    assert list(buttons(Question('ask.share_right', 'Write it.'))) == ['Hint', 'Why', 'Solution']
    assert list(buttons(Question('ask.who_is_asked', 'Who?', Reflect()))) == ['Commit my words']

def test_trouble_in_a_form_is_told_in_words_and_not_lost(monkeypatch):
    q = guess()
    def breaks(question): raise RuntimeError('The lab is <closed>.')
    q.observe(breaks)
    slider(q).value = 40
    buttons(q)['Commit my guess'].click()
    assert 'The lab is &lt;closed&gt;.' in shows(q) and q.committed == 40

def living():
    "Count the widgets that the kernel keeps."
    return len(widgets._instances if hasattr(widgets, '_instances') else widgets.Widget.widgets)

def everything(): return [guess(), exercise(), Question('ask.which_split', 'Which <one>?', Choice({'same': 'old', 'new': 'not <seen>'})),
                          Question('ask.growing', 'How?', Sketch([1, 5], 0, 1)), Question('ask.three_steps', 'Order?', Order(['b <= a', 'a', 'c'])),
                          Question('ask.share_right', 'Write `f`.'), Question('ask.who_is_asked', 'Who?', Reflect())]

def test_a_shown_question_carries_text_for_pages_without_widgets():
    for q in everything():
        data, metadata = q._repr_mimebundle_()
        assert {'text/plain', 'text/html', 'application/vnd.jupyter.widget-view+json'} == set(data) and isinstance(metadata, dict)
        assert as_html(q.text) in data['text/html'] and data['text/plain'].endswith('Not answered yet.')
        view = data['application/vnd.jupyter.widget-view+json']
        assert view['model_id'] == q.run.shown[1].model_id and q.form in q.run.shown[1].children
        call = '.check(' if q.kind == 'exercise' else '.commit('
        assert call in data['text/html'] and 'onclick' not in data['text/html']
    assert 'not &lt;seen&gt;' in everything()[2]._repr_mimebundle_()[0]['text/html']
    assert '0: b &lt;= a' in everything()[4]._repr_mimebundle_()[0]['text/html']

def test_a_saved_notebook_shows_what_was_answered():
    q = guess()
    q.commit(40)
    assert '40 of 100' in q._repr_mimebundle_()[0]['text/html'] and repr(q) == 'How many of 100? You said 40 of 100.'

def test_a_form_uses_only_the_controls_that_colab_knows():
    allowed = {'HBox', 'VBox', 'HTML', 'IntSlider', 'FloatSlider', 'Dropdown', 'ToggleButtons', 'Button', 'Textarea'}
    for q in everything():
        used = {type(part).__name__ for part in family(q.form) if hasattr(part, 'layout')}
        assert used <= allowed, used - allowed

def test_twenty_runs_of_a_cell_leave_as_many_widgets_as_one():
    def run_cells():
        for q in everything(): q._repr_mimebundle_()
        return living()
    run_cells()
    first = run_cells()
    for _ in range(20): assert run_cells() == first

def test_a_changed_question_closes_the_form_it_had():
    def show(high):
        q = Question('ask.five_each', 'How many?', Number(0, high))
        q._repr_mimebundle_()
        return q
    old = show(10)
    parts, before = [part for box in old.run.shown for part in family(box)], living()
    show(20)
    assert living() == before and all(part.comm is None for part in parts)
