"What must hold for the tests of the lesson about three kinds of bias, for any data."
from pathlib import Path
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from course.bias.three_kinds import (PartsLab, draw_parts, emergencies, learn_curve, learn_rule, make_patients, read_numbers, split_error,
                                     try_hospital, weigh, worth)

HERE = Path(__file__).parent
number = st.floats(-50, 50)

def lists(n): return st.lists(number, min_size=n, max_size=n)

@given(st.integers(2, 12).flatmap(lambda n: st.tuples(lists(n), lists(n), lists(n))), st.integers(2, 9).flatmap(lambda m: st.tuples(lists(m), lists(m))),
       st.sampled_from(['absolute', 'squared']))
@settings(max_examples=80, deadline=None)
def test_the_parts_add_up_whatever_the_data(old, new, loss):
    parts = split_error(*old, *new, loss=loss)
    assert abs(parts.model + parts.sample + parts.world - parts.total) <= 1e-9*max(1, parts.total)
    cost = np.abs if loss == 'absolute' else np.square
    assert parts.total == pytest.approx(cost(np.subtract(*new)).mean()) and parts.luck is None
    assert parts.validation == pytest.approx(cost(np.subtract(old[0], old[1])).mean())
    for name, (low, high) in parts.ends.items(): assert low <= getattr(parts, name) <= high

@given(st.floats(0, 1.5), st.integers(1, 7), st.floats(0, 2), st.integers(0, 9), st.sampled_from(['absolute', 'squared']))
@settings(max_examples=25, deadline=None)
def test_the_four_bars_of_a_hospital_add_up_to_the_twelfth_digit(world, bends, habit, seed, loss):
    parts = try_hospital(world, bends, habit, seed, loss)
    assert abs(parts.luck + parts.model + parts.sample + parts.world - parts.total) < 1e-11

@pytest.mark.parametrize('seed', range(4))
def test_a_slider_at_zero_adds_nothing(seed):
    quiet = try_hospital(0, 5, 0, seed)
    assert quiet.sample == quiet.world == 0 and -.01 < quiet.model < .02
    assert try_hospital(1.2, 5, 0, seed).sample == 0 and try_hospital(0, 5, 1.5, seed).world == 0

@pytest.mark.parametrize('seed', range(4))
def test_validation_sees_neither_world_nor_sample_but_the_model(seed):
    quiet = try_hospital(0, 5, 0, seed).validation
    for world, habit in ((1.5, 0), (0, 2), (1.5, 2)): assert abs(try_hospital(world, 5, habit, seed).validation - quiet) < .005
    assert try_hospital(0, 1, 0, seed).validation > quiet + .05

@pytest.mark.parametrize('habit', [.5, 1, 2])
def test_squared_the_sample_is_share_times_habit_squared(habit):
    found = np.mean([try_hospital(0, 5, habit, seed, 'squared').sample for seed in range(20)])
    assert abs(found - .5*habit**2) < .06*habit

def test_each_part_grows_with_its_slider():
    for name, tries in {'sample': [(0, 5, habit) for habit in (0, .5, 1, 1.5, 2)], 'world': [(world, 3, 0) for world in (0, .5, 1, 1.5)],
                        'model': [(0, bends, 0) for bends in (5, 3, 1)]}.items():
        values = [getattr(try_hospital(*one), name) for one in tries]
        assert all(a <= b + .005 for a, b in zip(values, values[1:])) and values[-1] > values[0] + .1

@pytest.mark.parametrize('n', [30, 50, 200])
def test_intervals_hold_the_truth(n):
    rule, held = learn_curve(make_patients(400, habit=1)), {'sample': 0, 'world': 0, 'total': 0}
    def parts(n, seed):
        old, new = make_patients(n, 0, 1, seed), make_patients(n, .8, 0, seed + 50_000)
        return split_error(rule(old), old.recorded, old.truth, rule(new), new.truth)
    true = parts(200_000, 7)
    for seed in range(400):
        one = parts(n, 1000 + seed)
        for name in held: held[name] += one.ends[name][0] <= getattr(true, name) <= one.ends[name][1]
    assert all(.9 <= count/400 <= .99 for count in held.values()), held

@pytest.mark.parametrize('given, words', [
    (([1, 2], [1, 2], [1], [1, 2], [1, 2]), 'They have 2, 2, 1, 2, 2'), (([1], [1], [1], [1, 2], [1, 2]), 'at least two cases'),
    (([1, 2], [1, 2], [1, float('nan')], [1, 2], [1, 2]), 'Missing or infinite numbers in `truth`: 1 of 2'),
    (([1, 2], [1, 2], [1, 2], [1, 2], [1, None]), 'Missing or infinite numbers in `new_truth`: 1 of 2'),
    (([], [], [], [], []), '`guess` needs one list of at least one number'), ((4, [1, 2], [1, 2], [1, 2], [1, 2]), '`guess` needs one list'),
    (([1, 2], ['40 %', '50 %'], [1, 2], [1, 2], [1, 2]), '`recorded` needs one list of plain numbers; it holds words'),
    (([1, 2], [1, 2], [[1, 2], [3]], [1, 2], [1, 2]), '`truth` needs one list of plain numbers'),
    (([[4], [5]], [4, 5], [4, 5], [4, 5], [4, 5]), r'the shape \(2, 1\)')]) # it would have broadcast to a wrong number
def test_bad_lists_get_one_sentence(given, words):
    with pytest.raises(ValueError, match=words): split_error(*given)

@pytest.mark.parametrize('call, words', [
    (lambda: split_error([1, 2], [1, 2], [1, 2], [1, 2], [1, 2], loss='kind'), "'absolute' or 'squared'"),
    (lambda: split_error([1, 2], [1, 2], [1, 2], [1, 2], [1, 2], loss=['squared']), "'absolute' or 'squared'"),
    (lambda: split_error([1, 2], [1, 2], [1, 2], [1, 2], [1, 2], luck=[1]), '`luck` has 1 numbers for 2 records'),
    (lambda: split_error([1, 2], [1, 2], [1, 2], [1, 2], [1, 2], luck=[1, None]), 'in `luck`: 1 of 2'),
    (lambda: make_patients(0), 'patients, at least one'), (lambda: make_patients(2.5), 'A whole number of patients.*you gave 2.5'),
    (lambda: learn_curve(make_patients(20), 12), '1, 2, 3 … or 9 bends'), (lambda: learn_curve(make_patients(20), 2.5), '9 bends; you gave 2.5'),
    (lambda: emergencies(10, 50), 'Divide percents'), (lambda: emergencies(0), 'calls, at least one'),
    (lambda: learn_rule([[1, 0]], [True, False]), r'the shapes are \(1, 2\), \(2,\)'), (lambda: learn_rule([[1, 0, 1]], [True]), 'two signs'),
    (lambda: learn_rule([[1, 0]], [True], [-1]), 'A weight is 0 or more; the least of yours is -1'),
    (lambda: learn_rule([[1, 0]], [True], [float('nan')]), 'in `weights`: 1 of 1'), (lambda: learn_rule([], []), 'Each caller needs'),
    (lambda: weigh({'a': .5}, {'a': 1}), 'add up to 0.500'), (lambda: weigh({'a': 45, 'b': 55}, {'a': .5, 'b': .5}), 'Divide percents'),
    (lambda: weigh({'a': float('nan'), 'b': .5}, {'a': .5, 'b': .5}), 'in `shares`: 1 of 2'),
    (lambda: weigh({'a': '45 %', 'b': '55 %'}, {'a': .5, 'b': .5}), '`shares` needs one list of plain numbers'),
    (lambda: worth({'a': .5, 'b': .5}, {'a': 1}), "look at 'b'"), (lambda: worth({'a': 1.}, {'a': 1, 'b': 1}), "look at 'b'"),
    (lambda: worth({'a': 1.}, {'a': 0}), 'one at least above 0'), (lambda: worth({'a': .5, 'b': .5}, {'a': -1, 'b': 1}), 'A weight is 0 or more'),
    (lambda: weigh({'a': 1.5, 'b': -.5}, {'a': 1}), '0 or more'), (lambda: weigh({'a': 1, 'b': 0}, {'a': .5, 'b': .5}), 'b has no example'),
    (lambda: weigh({'a': 1.}, {'b': 1.}), 'b has no example. Gather some')])
def test_each_door_says_what_to_do(call, words):
    with pytest.raises(ValueError, match=words): call()

def test_shares_without_groups_are_refused_and_a_column_of_shares_is_read():
    with pytest.raises(TypeError, match='a share for each group'): weigh([.5, .5], [.5, .5])
    pd = pytest.importorskip('pandas')
    assert weigh(pd.Series({'Zürich': .4, '1': .6}), {'Zürich': .5, '1': .5}) == {'Zürich': 1.25, '1': pytest.approx(5/6)}

def test_yes_and_no_may_be_ones_and_zeros():
    assert read_numbers([True, False], 'truth').tolist() == [1, 0]
    signs, attack, _ = emergencies(300, .3)
    rule, same = learn_rule(signs, attack), learn_rule(signs.astype(int).tolist(), attack.astype(int).tolist())
    assert (rule(signs) == same(signs.astype(float))).all()

shares = st.lists(st.floats(.01, 1), min_size=2, max_size=8).map(lambda values: {f'g{i}': v/sum(values) for i, v in enumerate(values)})
@given(shares, st.data())
@settings(max_examples=60, deadline=None)
def test_weights_give_what_was_wanted_and_cost_something(given_shares, data):
    raw = data.draw(st.lists(st.floats(.01, 1), min_size=len(given_shares), max_size=len(given_shares)))
    wanted = {group: v/sum(raw) for group, v in zip(given_shares, raw)}
    weights = weigh(given_shares, wanted)
    for group, share in given_shares.items(): assert share*weights[group] == pytest.approx(wanted[group])
    assert 0 < worth(given_shares, weights) <= 1 + 1e-9
    assert worth(given_shares, dict.fromkeys(given_shares, 3.)) == pytest.approx(1)

def test_two_thirds_of_the_photographs_come_from_six_countries_and_equal_voices_cost_two_thirds():
    published = {'US': .45, 'GB': .08, 'IT': .06, 'CA': .03, 'AU': .03, 'ES': .03}
    assert sum(published.values()) == pytest.approx(.68)
    published['rest'] = .32
    assert worth(published, weigh(published, dict.fromkeys(published, 1/7))) == pytest.approx(1/sum(1/49/v for v in published.values()))

def test_emergencies_have_the_published_shares():
    signs, attack, woman = emergencies(200_000, .42, seed=3)
    assert np.mean(~signs[attack & woman, 0]) == pytest.approx(.42, abs=.006)
    assert np.mean(~signs[attack & ~woman, 0]) == pytest.approx(.307, abs=.006) and np.mean(woman) == pytest.approx(.42)

def test_a_rule_from_men_alone_asks_for_chest_pain():
    everyone = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], bool)
    for seed in range(5):
        assert learn_rule(*emergencies(4000, 0, seed)[:2])(everyone).tolist() == [False, True, False, True]
        assert learn_rule(*emergencies(4000, 1, seed)[:2])(everyone).tolist() == [False, True, True, True]

def test_equal_weights_change_no_rule():
    signs, attack, _ = emergencies(300, .3)
    plain, weighted = learn_rule(signs, attack), learn_rule(signs, attack, np.full(300, 7.))
    assert (plain(signs) == weighted(signs)).all()

def test_the_lab_follows_its_sliders_and_says_the_sum():
    lab = PartsLab()
    assert 'luck 0.48' in lab.picture.says and 'sample 0.' in lab.picture.says
    lab.load('world=0;bends=5;habit=0')
    assert 'sample 0.00 + world 0.00' in lab.picture.says and 'Validation says 0.48' in lab.picture.says
    lab.habit.value = 2.
    assert 'sample 0.72' in lab.picture.says and 'Validation says 0.48' in lab.picture.says
    names = [row['name'] for row in lab.picture.table]
    assert names == ['luck', 'model', 'sample', 'world', 'all of it, in the new place', 'what validation says']
    lab.close()

def test_real_people_are_drawn_with_their_intervals():
    old, new = make_patients(40, habit=1), make_patients(30, .6)
    rule = learn_curve(make_patients(400, habit=1))
    picture = draw_parts(split_error(rule(old), old.recorded, old.truth, rule(new), new.truth))
    assert picture.table[0]['name'] == 'model and luck' and all(row['from'] < row['to'] for row in picture.table[:4])
    assert 'model and luck' in picture.says and 'n=40' in picture.says

def test_every_question_is_proved_both_ways():
    from course.shared.check import read_items
    from course.shared.prove import prove
    prove(read_items(HERE/'answers_three_kinds.py', 0), HERE.parents[1]/'nbs/20_bias/21_three_kinds.ipynb')
