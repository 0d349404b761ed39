"What must hold for sureness, temperature, limits and who waits, for any model."
import importlib.util, math
from pathlib import Path
import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st
from scipy import optimize, special
from course.bias.not_knowing import (NotKnowingLab, as_chances, at_temperature, calibration, counted, draw_calibration, fit_temperature,
                                     plan_reviews, trade_off, who_waits)
from course.shared.check import load_items
from course.shared.data import datasets_folder, load
from course.shared.prove import prove
from course.shared.score import count_slice, wilson

NOTEBOOK = Path(__file__).parents[2]/'nbs/20_bias/26_not_knowing.ipynb'

def made(n=200, c=3, seed=0, heat=1.):
    "Chances that are honest at `heat` 1, and truths drawn from them."
    dice = np.random.default_rng(seed)
    honest = special.softmax(dice.normal(0, 1.5, (n, c)), axis=1)
    truth = (honest.cumsum(1) < dice.random((n, 1))).sum(1).clip(0, c - 1)
    return special.softmax(np.log(honest)*heat, axis=1), truth

sizes = st.integers(1, 60), st.integers(2, 5), st.integers(0, 999)

# Chances at the door

@pytest.mark.parametrize('chances, truth, words', [
    ([.5, float('nan')], None, '1 chances are missing. Leave those examples out'),
    ([97, 80], None, 'A chance goes from 0 to 1; 80 to 97 came. Divide percents by 100'),
    ([[2.1, -.3]], None, 'turn scores into chances with softmax'),
    ([[.7, .7]], None, 'row 0 adds up to 1.4. Give every class its column'),
    ([], None, r'the shape that came is \(0,\)'), ([[.2], [.3]], None, r'the shape that came is \(2, 1\)'),
    (.5, None, r'the shape that came is \(\)'), ([[[.5, .5]]], None, r'the shape that came is \(1, 1, 2\)'),
    ([.5, .6], [1], r'Each example needs one truth; 2 examples came with truths of shape \(1,\)'),
    ([.5, .6], [0, 2], 'A truth is the number of a class, 0 to 1; example 1 has 2'),
    ([.5, .6], [0, .5], 'example 1 has 0.5'), ([.5, .6], [0, float('nan')], 'example 1 has nan')])
def test_what_is_no_chance_is_answered_in_a_sentence(chances, truth, words):
    with pytest.raises(ValueError, match=words): as_chances(chances, truth)

@pytest.mark.parametrize('chances, truth', [(['a lot', 'a little'], None), ([.5, .6], ['cat', 'dog']), ([.5, .6], [[1], [1, 2]])])
def test_words_are_no_numbers(chances, truth):
    with pytest.raises(TypeError, match='some are words or missing. Give the place of each true class'): as_chances(chances, truth)

def test_one_chance_of_yes_becomes_two_and_any_wrapping_is_read():
    import pandas as pd, torch
    p, y = as_chances(torch.tensor([.25, .75]), pd.Series([False, True]))
    assert p.tolist() == [[.75, .25], [.25, .75]] and y.tolist() == [0, 1]
    assert as_chances(pd.DataFrame({'cat': [.2], 'dog': [.8]}))[0].tolist() == [[.2, .8]]

@pytest.mark.parametrize('function', [calibration, fit_temperature, trade_off, lambda p, y: who_waits(p, y, ['a']*2, .5)])
def test_without_truths_nothing_is_counted(function):
    with pytest.raises(ValueError, match='(?i)truths.*Label some'): function([.5, .6], None)

# Calibration

def ece_by_hand(chances, truth, bins):
    "Guo and others 2017, eq. 3, one answer after another."
    total, edges = 0., np.linspace(0, 1, bins + 1)
    for low, high in zip(edges, edges[1:]):
        inside = [(max(row), max(range(len(row)), key=row.__getitem__) == y) for row, y in zip(chances.tolist(), truth)
                  if low <= max(row) < high or high == 1 == max(row)]
        if inside: total += len(inside)/len(truth)*abs(sum(s for s, _ in inside)/len(inside) - sum(h for _, h in inside)/len(inside))
    return total

@given(*sizes, st.integers(1, 20))
@settings(max_examples=60, deadline=None)
def test_ece_and_brier_are_those_counted_by_hand(n, c, seed, bins):
    chances, truth = made(n, c, seed)
    found = calibration(chances, truth, bins, draws=5)
    assert found.ece == pytest.approx(ece_by_hand(chances, truth, bins), abs=1e-9)
    assert found.brier == pytest.approx(sum(sum((p - (k == y))**2 for k, p in enumerate(row)) for row, y in zip(chances, truth))/n)
    assert sum(row.n for _, row in found.rows) == n and sum(row.right for _, row in found.rows) == round(n*found.right)

def test_brier_of_yes_and_no_is_twice_that_of_sklearn():
    from sklearn.metrics import brier_score_loss
    chance, truth = np.random.default_rng(0).random(80), np.random.default_rng(1).random(80) < .5
    assert calibration(chance, truth).brier == pytest.approx(2*brier_score_loss(truth, chance))

def test_the_rows_are_those_of_the_course_with_their_intervals():
    chances, truth = made(300)
    _, row = calibration(chances, truth, level=.9).rows[-1]
    assert (row.low, row.high) == wilson(row.right, row.n, .9) and counted('x', 3, 4) == count_slice('x', [True]*3 + [False])
    assert counted('nobody', 0, 0).rate is None

def test_an_honest_model_stays_below_luck_19_times_of_20():
    below = [(found := calibration(*made(150, seed=seed), draws=200)).ece <= found.luck for seed in range(300)]
    assert abs(np.mean(below) - .95) < 4*math.sqrt(.95*.05/300)

def test_luck_shrinks_with_the_root_of_n():
    small, large = (calibration(*made(n, seed=3)).luck for n in (100, 10_000))
    assert 6 < small/large < 14

def test_a_boasting_and_a_modest_model_are_named():
    chances, truth = made(4000)
    assert 'too sure' in str(calibration(at_temperature(chances, .3), truth))
    assert 'too modest' in str(calibration(at_temperature(chances, 3), truth))
    assert 'An honest model could show this' in str(calibration(chances, truth))

def test_edges_belong_to_the_bin_above_and_certainty_to_the_last():
    names = [row.name for _, row in calibration([[.5, .5], [1., 0], [.7, .3]], [0, 0, 0], bins=2).rows]
    assert names == ['50 to 100 % sure']
    with pytest.raises(ValueError, match='At least one bin'): calibration([.5], [1], bins=0)

def test_one_example_an_all_right_and_a_constant_model_are_no_trouble():
    assert calibration([.9], [1]).right == 1
    assert calibration([[1., 0]]*20, [0]*20).ece == 0
    found = calibration([.6]*50, [1]*30 + [0]*20)
    assert found.ece == pytest.approx(0) and len(found.rows) == 1

def test_a_million_answers_take_seconds():
    chances, truth = made(1_000_000, 2, heat=2)
    found = calibration(chances, truth)
    assert found.n == 1_000_000 and found.luck < .005 < found.ece

# Temperature

@given(*sizes, st.floats(.05, 20))
@settings(max_examples=60, deadline=None)
def test_a_temperature_changes_no_answer_and_two_are_one(n, c, seed, heat):
    chances, _ = made(n, c, seed)
    warm = at_temperature(chances, heat)
    assert (warm.argmax(1) == chances.argmax(1)).all() and np.allclose(warm.sum(1), 1)
    assert np.allclose(warm, special.softmax(np.log(chances)/heat, axis=1), atol=1e-9)
    back = at_temperature(warm, 1/heat)
    assert heat < 1 or np.allclose(back, chances, atol=1e-6)

@given(st.integers(40, 300), st.integers(2, 5), st.integers(0, 999), st.floats(.3, 4))
@settings(max_examples=40, deadline=None)
def test_the_fitted_temperature_is_that_of_scipy(n, c, seed, heat):
    chances, truth = made(n, c, seed, heat)
    assume((chances.argmax(1) != truth).sum() > 3 and (chances.argmax(1) == truth).mean() > 1/c + .1)
    def surprise(log_heat): return -special.log_softmax(np.log(chances)/np.exp(log_heat), axis=1)[np.arange(n), truth].mean()
    theirs = np.exp(optimize.minimize_scalar(surprise, bounds=(-3, 3), method='bounded', options={'xatol': 1e-9}).x)
    assert fit_temperature(chances, truth) == pytest.approx(theirs, rel=1e-3)

def test_the_temperature_that_spoilt_an_honest_model_is_found_again():
    for heat in (.5, 1, 2, 4):
        assert fit_temperature(*made(20_000, 4, heat=heat)) == pytest.approx(heat, rel=.06)

@pytest.mark.parametrize('heat', [0, -1, math.inf, math.nan])
def test_no_such_temperature(heat):
    with pytest.raises(ValueError, match='A temperature is above 0'): at_temperature([.5], heat)

def test_what_cannot_teach_a_temperature_says_so():
    with pytest.raises(ValueError, match='All 3 held-out answers are right: a temperature is learned from mistakes'):
        fit_temperature([.9, .8, .2], [1, 1, 0])
    with pytest.raises(ValueError, match='know no more than lots do .* same order'): fit_temperature([.9, .8, .2], [0, 0, 1])
    with pytest.raises(ValueError, match='know no more than lots do'): fit_temperature([.5]*9, [0, 1, 1]*3)

# Limits

@given(*sizes)
@settings(max_examples=60, deadline=None)
def test_the_trade_off_is_that_counted_by_hand(n, c, seed):
    chances, truth = made(n, c, seed)
    chances = chances.round(1) + (1 - chances.round(1).sum(1, keepdims=True))/c # many are equally sure
    assume((chances >= 0).all())
    limits, answered, wrong = trade_off(chances, truth)
    sure, bad = chances.max(1), chances.argmax(1) != truth
    assert sorted(set(sure), reverse=True) == limits.tolist() and answered[-1] == 1
    for limit, share, rate in zip(limits, answered, wrong):
        assert share == pytest.approx(np.mean(sure >= limit)) and rate == pytest.approx(bad[sure >= limit].mean())

@given(st.integers(1, 40), st.integers(0, 999), st.floats(.1, 50), st.floats(0, 20), st.integers(0, 100), st.floats(0, 1))
@settings(max_examples=80, deadline=None)
def test_no_other_limit_that_can_be_kept_costs_less(n, seed, error_cost, review_cost, reviews, person_wrong):
    chances, truth = made(n, 3, seed)
    plan = plan_reviews(chances, truth, error_cost, review_cost, 100, reviews, person_wrong)
    sure, bad = chances.max(1), chances.argmax(1) != truth
    def cost(limit): return np.where(sure < limit, review_cost + person_wrong*error_cost, bad*error_cost).mean()
    fits = [limit for limit in [*sure, 2.] if 100*np.mean(sure < limit) <= reviews + 1e-9]
    assert plan.cost == pytest.approx(cost(plan.limit)) and plan.cost == pytest.approx(min(map(cost, fits)))
    assert plan.reviews <= reviews + 1e-6 and plan.alone == pytest.approx(error_cost*bad.mean())
    assert plan.answered.n == (sure >= plan.limit).sum() and plan.answered.right == (~bad)[sure >= plan.limit].sum()
    assert plan.wanted == pytest.approx(100*np.mean(sure < min([*sure, 2.], key=lambda limit: (round(cost(limit), 12), -limit))), abs=101)

def test_for_an_honest_model_the_rule_of_chow_is_the_cheapest_limit():
    chances, truth = made(100_000, 2)
    plan = plan_reviews(chances, truth, 30, 6, 100, 100)
    assert plan.rule == pytest.approx(.8) and plan.limit == pytest.approx(.8, abs=.03)

def test_a_plan_says_what_it_does():
    chances, truth = made(200)
    assert 'Nothing is answered: 50 looks a day (100 % wait)' in str(plan_reviews(chances, truth, 1000, 0, 50, 50))
    busy = str(plan_reviews(chances, truth, 1000, 1, 50, 5))
    assert '5 looks a day (10 % wait)' in busy and 'would cost least' in busy and 'right of those answered' in busy
    assert 'would cost least' not in str(plan_reviews(chances, truth, 1, 5, 50, 5))

@pytest.mark.parametrize('how, words', [
    ((0, 1, 10, 5), 'A mistake costs more than 0'), ((5, -1, 10, 5), 'a look 0 or more'), ((5, 1, 0, 5), 'some examples come each day'),
    ((5, 1, 10, -1), '-1 looks'), ((5, 1, 10, 5, 30), 'A share goes from 0 to 1; you gave 30'), ((math.nan, 1, 10, 5), 'you gave nan')])
def test_costs_that_make_no_sense(how, words):
    with pytest.raises(ValueError, match=words): plan_reviews([.5, .6], [0, 1], *how)

# Who waits

@given(*sizes, st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_who_waits_is_counted_group_by_group(n, c, seed, limit):
    chances, truth = made(n, c, seed)
    groups = np.random.default_rng(seed).choice(['Zoë', '01', 'b'], n)
    found = who_waits(chances, truth, groups, limit)
    assert list(found) == sorted(set(groups.tolist()))
    for name, (waits, right) in found.items():
        mine = groups == name
        told = mine & (chances.max(1) >= limit)
        assert waits == count_slice('waits', (chances.max(1) < limit)[mine].tolist())
        assert right == count_slice('right', (chances.argmax(1) == truth)[told].tolist())

def test_ten_thousand_groups_are_counted_at_once():
    chances, truth = made(100_000, 2)
    assert len(who_waits(chances, truth, np.arange(100_000) % 10_000, .8)) == 10_000

@pytest.mark.parametrize('groups, limit, words', [
    (['a'], .5, '2 came with 1 groups'), (['a', None], .5, '1 examples have no group'), (['a', float('nan')], .5, 'no group'),
    (['a', 'b'], 80, 'A limit goes from 0 to 1; you gave 80')])
def test_groups_and_limits_that_make_no_sense(groups, limit, words):
    with pytest.raises(ValueError, match=words): who_waits([.5, .6], [0, 1], groups, limit)

def test_where_nothing_is_answered_the_share_is_undefined():
    assert who_waits([.5, .6], [0, 1], ['a', 'a'], 1.)['a'][1].rate is None

# The picture, the lab, the data

def test_the_diagram_shows_each_bin_with_its_interval_and_the_honest_line():
    found = calibration(*made(400))
    picture = draw_calibration(found, name='ours')
    assert picture.says == str(found) and len([row for row in picture.table if row['ours'] != '']) == len(found.rows)
    assert 'honest' in picture.svg and draw_calibration(found, 'Other words.').says == 'Other words.'
    assert draw_calibration(calibration([[1., 0]], [0])).svg

def test_the_lab_shows_another_world_temperature_and_limit():
    lab = NotKnowingLab()
    first = lab.picture.says
    assert '84.6 % sure, 74.5 % right. It is too sure' in first and 'Floor, if all are answered: 20 %' in first
    lab.temperature.value = 1.6
    assert '74.5 % right. An honest model could show this' in lab.picture.says # not one answer changed
    lab.load('crossed=90;temperature=1.6;limit=1')
    assert 'nothing is answered' in lab.picture.says and 'Floor, if all are answered: 30 %' in lab.picture.says
    lab.load('crossed=0;temperature=1;limit=0.5')
    assert 'Answered: 1,000 of 1,000; 0.2 % of those are wrong' in lab.picture.says and 'answered: 0 %' in lab.picture.says
    lab.reset()
    assert lab.picture.says == first

def test_the_default_of_the_lab_already_shows_the_effect(monkeypatch):
    import course.bias.not_knowing as lesson
    drawn, draw = [], lesson.draw_dots
    monkeypatch.setattr(lesson, 'draw_dots', lambda rows, *rest, **options: drawn.append(rows) or draw(rows, *rest, **options))
    NotKnowingLab().see()
    assert drawn[-1]['wrong of all'] > drawn[-1]['floor of all'] > drawn[-1]['wrong of those'][0] and drawn[-1]['ECE'] > 5

def test_the_floor_of_the_stored_butterflies_is_exact():
    table = load('crossed_butterflies')
    for crossed, part in table.groupby('crossed'):
        assert len(part) == 1000 and ((part.quarters >= 2) != part.named).sum() == 10*crossed/3
        assert part.groupby('quarters').named.mean().to_dict() == {kind: kind/4 for kind in part.quarters.unique()}
        assert ((part.odds > 0) != part.named).mean() >= crossed/300

@pytest.mark.slow
def test_the_stored_butterflies_can_be_made_again():
    spec = importlib.util.spec_from_file_location('refresh', datasets_folder()/'crossed_butterflies'/'refresh.py')
    made_again = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made_again)
    rows = made_again.rows_of(30)
    kept = load('crossed_butterflies').query('crossed == 30')
    assert [row[1:3] for row in rows] == list(zip(kept.quarters, kept.named))
    assert np.allclose([float(row[3]) for row in rows], kept.odds, atol=.05)

def test_the_exercises_are_proved_both_ways(): prove(load_items('not_knowing'), NOTEBOOK)

def test_missing_groups_of_every_kind_are_counted():
    import pandas as pd
    with pytest.raises(ValueError, match='3 examples have no group'):
        who_waits([.9, .2, .3, .8], [1, 0, 0, 1], [None, float('nan'), pd.NA, 'a'], .5)
    with pytest.raises(ValueError, match='one draw'): calibration([.9, .2], [1, 0], draws=0)
