"The estimate follows the published formula, counts one answer a question and day, and asks again what is likely to be forgotten."
from datetime import datetime, timedelta, timezone
from hypothesis import given, strategies as st
from course.shared.practice import due, first_tries, mastery, trace_skill
from course.shared.store import Event, store

def test_the_published_test_vector_of_knowledge_tracing():
    known, found = .3, []
    for right in (True, True, False, True, True): found.append(known := trace_skill(known, right))
    assert [round(chance, 2) for chance in found] == [.71, .93, .68, .92, .98]

@given(st.floats(0, 1), st.booleans())
def test_knowledge_stays_a_chance_and_a_right_answer_is_never_worth_less_than_a_wrong_one(known, right):
    assert .15 <= trace_skill(known, right) + 1e-12 and trace_skill(known, right) <= 1 + 1e-12
    assert trace_skill(known, True) >= trace_skill(known, False) - 1e-12

@given(st.floats(.01, .99))
def test_without_guessing_and_slipping_one_answer_is_certainty(known):
    assert trace_skill(known, True, guess=0, slip=0) == 1 and trace_skill(known, False, guess=0, slip=0, learn=0) == 0

def at(days, item='m.q', outcome='pass', **more):
    when = datetime(2026, 3, 1, tzinfo=timezone.utc) + timedelta(days=days)
    return Event(item, 'checked', outcome, skills=('shares',), at=when.isoformat(), **more)

def test_only_the_first_judged_answer_of_a_day_counts():
    many = [at(0, outcome='not attempted'), at(.1, outcome='error'), at(.2, outcome='not yet'), at(.3), at(1), Event('m.q', 'hint')]
    assert first_tries(many) == [many[2], many[4]]

def test_running_a_notebook_again_does_not_raise_mastery():
    store().add(at(0))
    once = mastery('shares')
    store().add(*(at(n/100) for n in range(1, 20)))
    assert mastery('shares') == once > .3

def test_an_answer_after_a_hint_counts_as_not_yet():
    store().add(at(0, hints=1))
    assert mastery('shares') < .3

def test_a_question_comes_back_later_the_better_it_was_known():
    store().add(at(0, 'm.known'), at(0, 'm.helped', hints=2), at(0, 'm.missed', outcome='not yet'), at(0, 'm.broken', outcome='error'))
    def first_day(item): return next(day for day in range(400) if item in due(datetime(2026, 3, 1, tzinfo=timezone.utc) + timedelta(days=day)))
    assert 0 < first_day('m.missed') <= first_day('m.helped') <= first_day('m.known') < 400
    assert first_day('m.missed') < first_day('m.known')
    assert set(due(datetime(2028, 1, 1, tzinfo=timezone.utc))) == {'m.known', 'm.helped', 'm.missed'}

def test_knowing_it_again_makes_the_next_pause_longer():
    store().add(at(0))
    def days(after): return next(day for day in range(after, 2000) if due(datetime(2026, 3, 1, 1, tzinfo=timezone.utc) + timedelta(days=day)))
    first = days(0)
    store().add(at(first))
    assert days(first) - first > first
