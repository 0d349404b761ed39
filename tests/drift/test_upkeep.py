"What must hold for the plan of a year, for guesses without labels and for answers with several names."
from datetime import date, timedelta
from pathlib import Path
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from sklearn.linear_model import LogisticRegression
from scipy import stats
from course.drift.upkeep import (KINDS, UpkeepLab, answer_limit, best_interval, bill, draw_upkeep, guess_right, plan_upkeep, trap_week,
                                 trap_year, upkeep_grid)
from course.shared.machine import estimate

HERE = Path(__file__).parent
shares = st.floats(0, 1, allow_nan=False)

# The world and the year

@pytest.mark.parametrize('kind', ['mist', 'place'])
def test_two_kinds_change_the_pictures_and_one_leaves_them_as_they_are(kind):
    quiet = trap_week(n=500, seed=3)
    assert not np.array_equal(quiet[0], trap_week(kind, .5, 500, 3)[0])
    turned = trap_week('meaning', .5, 500, 3)
    assert np.array_equal(quiet[0], turned[0]) and np.mean(quiet[1] != turned[1]) > .2

def test_the_same_seed_gives_the_same_week_and_all_four_kinds_of_picture():
    a, b = trap_week(seed=5), trap_week(seed=5)
    assert np.array_equal(a[0], b[0]) and np.array_equal(a[1], b[1]) and (np.bincount(a[1]) > 150).all()

def test_a_visit_changes_nothing_before_it_and_helps_after_it():
    alone, tended = trap_year(52, 100, 1., 2), trap_year(26, 100, 1., 2)
    assert (alone[:26] == tended[:26]).all() and tended[26:].mean() > alone[26:].mean()

@pytest.mark.parametrize('speed, every, labels', [(0., 26, 50), (.5, 8, 50), (1., 13, 200), (.25, 52, 25)])
def test_the_stored_years_are_those_that_the_lesson_makes(speed, every, labels):
    (right, low, high), weeks = upkeep_grid()[speed, every, labels]
    again = [trap_year(every, labels, speed, seed) for seed in range(2)]
    assert low <= right <= high and np.mean(weeks)/100 == pytest.approx(right, abs=.001)
    assert all(low - .02 < year.mean() < high + .02 for year in again)

@pytest.mark.slow
def test_a_stored_plan_is_exactly_its_twenty_years():
    (right, low, high), weeks = upkeep_grid()[.5, 13, 100]
    years = np.array([trap_year(13, 100, .5, seed) for seed in range(20)])
    assert np.allclose([years.mean(), *np.quantile(years.mean(1), [.05, .95])], [right, low, high], atol=2e-3)
    assert np.allclose(100*years.mean(0), weeks, atol=1.)

def test_the_stored_years_are_complete_and_unvisited_years_are_one():
    grid = upkeep_grid()
    assert len(grid) == 4*7*4 and all(len(weeks) == 52 for _, weeks in grid.values())
    assert len({grid[.5, 52, labels][0] for labels in (25, 50, 100, 200)}) == 1

def test_more_names_never_make_a_turning_year_much_worse():
    grid = upkeep_grid()
    for speed in (.5, 1.):
        for every in (4, 8, 13, 26): assert grid[speed, every, 200][0][0] > grid[speed, every, 25][0][0]

# The bill

@given(st.integers(1, 52), st.integers(1, 500), shares)
@settings(max_examples=40, deadline=None)
def test_a_bill_adds_up(every, labels, right):
    one = bill(every, labels, (right, right, right))
    assert one.visits == len(range(every, 52, every)) and one.names == one.visits*labels
    assert one.acting == pytest.approx(one.visits*(4 + labels*19/3600))
    assert one.hours[0] == pytest.approx(one.acting + 104_000*(1 - right)*60/3600) and one.money == pytest.approx(10*one.hours[0])
    whole = estimate(one.hours[0], 'Laptop').kwh + estimate(.5*one.visits, 'Colab with a T4 card').kwh
    assert one.run.kwh == pytest.approx(whole)

def test_fewer_right_answers_cost_more_and_the_interval_holds_the_mean():
    one = bill(4, 50, (.8, .7, .85))
    assert one.waiting[1] < one.waiting[0] < one.waiting[2] and '80 % right (70 to 85)' in str(one)

def test_carbon_follows_the_place():
    run = bill(8, 50, (.8, .79, .81)).run
    assert run.in_region('PL').grams > run.in_region('FR').grams and run.low < run.kwh < run.high

@pytest.mark.parametrize('call, words', [
    (lambda: bill(0, 50, (.8, .8, .8)), '1 to 52 whole weeks'), (lambda: bill(4, 50, (.8, .8, .8), pay=-1), 'pay'),
    (lambda: bill(4, 50, (.8, .8, .8), mend_seconds=float('nan')), 'mend_seconds'), (lambda: trap_week('magic', .5), 'mist, place, meaning'),
    (lambda: trap_week('mist', 30), 'Divide percents'), (lambda: trap_year(0, 50, .5), '1 to 52'), (lambda: trap_year(4, 0, .5), '1 picture'),
    (lambda: best_interval(30), 'Divide percents')])
def test_bad_input_gets_one_sentence(call, words):
    with pytest.raises(ValueError, match=words): call()

# The square-root rule

@given(st.floats(.0005, .02), st.integers(100, 20_000), st.floats(.5, 20), st.floats(5, 600))
@settings(max_examples=60, deadline=None)
def test_the_rule_finds_the_least_hours(loss, pictures, visit, mend):
    weeks = best_interval(loss, pictures, visit, mend)
    hours = lambda t: visit/t + pictures*mend/3600*loss*t/2
    assert hours(weeks) <= min(hours(weeks*.9), hours(weeks*1.1)) and best_interval(4*loss, pictures, visit, mend) == pytest.approx(weeks/2)

def test_where_nothing_is_lost_there_is_no_interval():
    assert best_interval(0.) is None and best_interval(-.01) is None and best_interval(.01, pictures=0) is None

# Accuracy without labels

def chances(n, seed, heat=1.):
    "Chances that are right as often as they say, then made hotter or colder."
    dice = np.random.default_rng(seed)
    logits = 2*dice.normal(size=(n, 3))
    truth = (logits + dice.gumbel(size=(n, 3))).argmax(1)
    from scipy import special
    return special.softmax(logits/heat, axis=1), truth

def test_where_nothing_changed_all_ways_agree_on_an_honest_model():
    then, truth = chances(4000, 1)
    now, later = chances(4000, 2)
    assert all(abs(share - np.mean(now.argmax(1) == later)) < .03 for share in guess_right(then, truth, now).values())

def test_calibration_and_atc_mend_a_boasting_model_and_the_average_does_not():
    then, truth = chances(4000, 1, heat=.3)
    now, later = chances(4000, 2, heat=.3)
    told, true = guess_right(then, truth, now), np.mean(now.argmax(1) == later)
    assert told['average confidence'] - true > .1 and abs(told['calibrated'] - true) < .03 and abs(told['ATC'] - true) < .03

def test_a_change_of_meaning_moves_no_guess():
    model = LogisticRegression(C=10).fit(*trap_week(n=300, seed=1))
    named, names = trap_week(n=500, seed=2)
    told = [guess_right(model.predict_proba(named), names, model.predict_proba(trap_week(kind, 1., 800, 3)[0])) for kind in ('nothing', 'meaning')]
    assert told[0] == told[1]

@pytest.mark.parametrize('then, truth, now, words', [
    ([[.5, .5]], [0, 1], [[.5, .5]], 'One row of chances'), ([[.5, .5]], [0], [[.3, .3, .4]], 'same classes'), ([], [], [[.5, .5]], 'One row'),
    ([[5., 3.]], [0], [[.5, .5]], 'predict_proba')])
def test_chances_that_cannot_be_gets_one_sentence(then, truth, now, words):
    with pytest.raises(ValueError, match=words): guess_right(then, truth, now)

# Answers that keep a promise

@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.floats(.05, .95))
@settings(max_examples=80, deadline=None)
def test_the_limit_is_the_promised_place_of_the_sorted_numbers(strange, level):
    place = int(np.ceil(level*(len(strange) + 1) - 1e-9))
    wanted = np.sort(strange)[place - 1] if place <= len(strange) else np.inf
    assert answer_limit(strange, level) == wanted

@given(st.lists(st.floats(0, 1), min_size=2, max_size=40))
@settings(max_examples=40, deadline=None)
def test_equal_weights_are_no_weights(strange):
    with_weights = answer_limit(strange, .8, np.full(len(strange), 2.5), np.full(3, 2.5))
    assert with_weights.tolist() == [answer_limit(strange, .8)]*3

def test_coverage_is_that_of_theory():
    "n = 100 at .9: Beta(91, 10), mean .9010, spread .0296."
    dice = np.random.default_rng(0)
    held = np.array([answer_limit(dice.random(100)) for _ in range(2000)])
    law = stats.beta(91, 10)
    assert abs(held.mean() - law.mean()) < 4*law.std()/np.sqrt(2000) and held.std() == pytest.approx(law.std(), rel=.08)
    assert stats.kstest(held, law.cdf).pvalue > .001

@pytest.mark.parametrize('shift, wanted', [(0., .900), (.5, .858), (1., .736), (2., .360)])
def test_coverage_lost_under_a_shift_is_that_of_the_reference_run(shift, wanted):
    "driftbias 3.10: errors N(0, 1) then, N(shift, 1) now."
    dice = np.random.default_rng(1)
    limit = answer_limit(abs(dice.normal(size=20_000)))
    assert np.mean(abs(dice.normal(shift, 1, 20_000)) <= limit) == pytest.approx(wanted, abs=.012)

def test_true_weights_bring_coverage_back():
    dice = np.random.default_rng(2)
    x, new = dice.normal(size=4000), dice.normal(1, 1, 4000)
    error = lambda rows: abs(dice.normal(size=len(rows))*np.exp(rows/2))
    ratio = lambda rows: stats.norm(1).pdf(rows)/stats.norm(0).pdf(rows)
    old, late = error(x), error(new)
    assert np.mean(late <= answer_limit(old)) < .84
    assert np.mean(late <= answer_limit(old, .9, ratio(x), ratio(new))) == pytest.approx(.9, abs=.03)

def test_too_few_named_pictures_promise_nothing(): assert answer_limit([.1, .2], .9) == np.inf

@pytest.mark.parametrize('call, words', [
    (lambda: answer_limit([]), 'One number'), (lambda: answer_limit([.1, float('nan')]), 'none missing'), (lambda: answer_limit([.1], 90), 'Divide'),
    (lambda: answer_limit([.1, .2], .5, weights=[1, 1]), 'go together')])
def test_a_limit_that_cannot_be_gets_one_sentence(call, words):
    with pytest.raises(ValueError, match=words): call()

# Your own predictions

def aging(loss, n=600, weeks=40, start=.9, seed=0):
    dice = np.random.default_rng(seed)
    week = np.sort(dice.uniform(0, weeks, n))
    right = dice.random(n) < start - loss*week
    return [date(2026, 1, 1) + timedelta(days=int(7*w)) for w in week], ['yes']*n, ['yes' if hit else 'no' for hit in right]

def test_the_loss_lies_in_its_interval_as_often_as_it_should():
    held = [low <= .008 <= high for _, low, high in (plan_upkeep(*aging(.008, 300, seed=seed)).loss for seed in range(200))]
    assert np.mean(held) > .9

def test_an_aging_model_gets_an_interval_and_a_steady_one_does_not():
    old = plan_upkeep(*aging(.01, 2000))
    assert old.every == pytest.approx(best_interval(.01), rel=.3) and 'Look again about every' in str(old)
    steady = plan_upkeep(*aging(0., 300, seed=4))
    assert 'That may be luck' in str(steady) or 'does not age' in str(steady)
    better = plan_upkeep(*aging(-.01, 2000, 40, .5))
    assert better.every is None and better.soonest is None and 'does not age' in str(better)

def test_rows_without_truth_are_counted_and_left_out():
    dates, guess, truth = aging(.01, 100)
    for empty in (None, '', float('nan')):
        plan = plan_upkeep(dates, guess, [empty if i % 2 else t for i, t in enumerate(truth)])
        assert (plan.rows, plan.known) == (100, 50)

def test_written_dates_and_time_zones_are_read():
    dates, guess, truth = aging(.01, 100)
    assert plan_upkeep([str(day) for day in dates], guess, truth).weeks == plan_upkeep(dates, guess, truth).weeks
    assert plan_upkeep([f'{day}T10:00:00+03:00' for day in dates], guess, truth).known == 100

@pytest.mark.parametrize('change, words', [
    (lambda d, g, t: (d[:5], g, t), '5, 60 and 60'), (lambda d, g, t: (['soon'] + d[1:], g, t), "such as 'soon'"),
    (lambda d, g, t: (d, g, [None]*60), '0 rows have a truth'), (lambda d, g, t: ([d[0]]*60, g, t), 'needs 2 weeks'), (lambda d, g, t: ([], [], []), '30 are the least')])
def test_a_table_that_cannot_be_planned_from_gets_one_sentence(change, words):
    with pytest.raises(ValueError, match=words): plan_upkeep(*change(*aging(.01, 60)))

# The lab

def test_the_lab_follows_its_controls_and_says_hours_carbon_and_the_best_plan():
    lab = UpkeepLab(place='KE')
    assert 'in Kenya' in lab.picture.says and 'The cheapest plan: every 4 weeks' in lab.picture.says and '1 visit,' in lab.picture.says
    before = lab.state()
    lab.every.value = 4
    assert '12 visits' in lab.picture.says
    lab.speed.value = 0.
    assert 'The cheapest plan: every 52 weeks' in lab.picture.says
    lab.mend.value, lab.labels.value = 5, 200
    assert '2400 pictures named' in lab.picture.says
    lab.load(before)
    assert 'Every 26 weeks' in lab.picture.says
    lab.load('every=1')
    assert lab.picture.says.startswith('Every week: 51 visits')
    lab.close()

def test_the_picture_carries_the_numbers_of_the_year():
    picture = draw_upkeep(1., 13, 200)
    assert len(picture.table) == 52 and 'your plan' in picture.table[0] and 'in the world' in picture.says

@pytest.mark.parametrize('call, words', [
    (lambda: bill(4, -5, (.8, .7, .9)), '0 or more; you gave -5'), (lambda: bill(4.5, 50, (.8, .7, .9)), 'whole weeks; you gave 4.5'),
    (lambda: bill(4, 50, (80, 70, 90)), 'a share from 0 to 1'), (lambda: bill(4, 50, (.8, .9, .7)), 'mean, low, high'), (lambda: bill(4, 50, (.8,)), 'mean, low, high'),
    (lambda: trap_year(60, 50, .5), '60 weeks'), (lambda: trap_year(4.5, 50, .5), '4.5 weeks'), (lambda: trap_year(4, 50, .5, keep=0), '0 kept'),
    (lambda: best_interval(.005, pictures=-1), 'pictures.*0 or more'), (lambda: best_interval(.005, mend_seconds=float('nan')), 'mend_seconds.*0 or more'),
    (lambda: guess_right([[.5, .5]]*9, [5]*9, [[.5, .5]]*9), 'whole numbers from 0 to 1'), (lambda: guess_right([[.5, .5]]*9, ['a']*9, [[.5, .5]]*9), 'whole numbers'),
    (lambda: guess_right([[.5, .5]]*9, [-1]*9, [[.5, .5]]*9), 'whole numbers'), (lambda: guess_right([[np.nan, .5]]*9, [0]*9, [[.5, .5]]*9), 'add up to 1'),
    (lambda: guess_right([[1.5, -.5]]*9, [0]*9, [[.5, .5]]*9), 'add up to 1'), (lambda: answer_limit([.1, .2], .9, [1., 1.], [-1.]), 'A weight of 0 or more'),
    (lambda: answer_limit([.1, .2], .9, [1.], [1.]), 'too many'), (lambda: answer_limit([.1, .2], .9, [1., np.nan], [1.]), 'A weight'),
    (lambda: answer_limit([.1, .2], .9, [1., -1.], [1.]), 'A weight')])
def test_what_cannot_be_added_up_gets_one_sentence(call, words):
    with pytest.raises(ValueError, match=words): call()

def test_answers_without_any_spread_have_no_trend():
    import pandas as pd
    days, guess = pd.date_range('2026-01-01', periods=60).astype(str), ['a', 'b']*30
    with pytest.raises(ValueError, match='All 60 known answers are right: nothing is lost'): plan_upkeep(days, guess, guess)
    with pytest.raises(ValueError, match='All 60 known answers are wrong.*written alike'): plan_upkeep(days, [1, 0]*30, ['1', '0']*30)
    with pytest.raises(ValueError, match='0 rows have a truth'): plan_upkeep(days, guess, [pd.NA]*60)

def test_every_question_is_proved_both_ways():
    from course.shared.check import read_items
    from course.shared.prove import prove
    prove(read_items(HERE/'answers_upkeep.py', 0), HERE.parents[1]/'nbs/30_drift/34_upkeep.ipynb')
