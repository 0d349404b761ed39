"Lesson 24: which number a loss asks for, whose rows go, three worlds with one table, and Berkeley, for any data where a law holds."
from pathlib import Path
import numpy as np, pytest
from hypothesis import given, settings, strategies as st
from course.bias.what_you_train_for import (AIMS, LOSSES, WORLDS, GroupLoss, TrainLab, WorldLab, as_groups, as_loss, asks_for, cut_far,
                                            day_table, draw_losses, losses_by_group, make_calls, pinball, standardise)
from course.shared.check import load_items
from course.shared.data import load
from course.shared.prove import prove

NOTEBOOK = Path(__file__).parents[2]/'nbs/20_bias/24_what_you_train_for.ipynb'
numbers = st.lists(st.integers(-40, 40).map(lambda v: v/4), min_size=1, max_size=30)
share = st.floats(.02, .98)
chance = st.floats(.05, .95)
few = settings(max_examples=40, deadline=None)

# Which number a loss asks for

@pytest.mark.parametrize('values, median', [([0., 0., 0., 0., 0., -3.25, -3.75, 7.25, -9.25], 0), ([1, 2, 3, 4], 2.5), ([-1, 0, 1], 0), ([5], 5)])
def test_prices_that_are_alike_on_both_sides_do_not_stop_the_search(values, median):
    assert asks_for(values, 'absolute error') == pytest.approx(median, abs=1e-6)

@given(numbers)
@few
def test_squares_ask_for_the_mean_and_distances_for_the_median(values):
    assert asks_for(values) == pytest.approx(np.mean(values), abs=1e-5)
    said = asks_for(values, 'absolute error')
    assert np.mean(np.asarray(values) < said - 1e-6) <= .5 and np.mean(np.asarray(values) > said + 1e-6) <= .5

@given(numbers, share)
@few
def test_pinball_asks_for_the_quantile(values, q):
    said, values = asks_for(values, q), np.asarray(values)
    assert np.mean(values < said - 1e-6) <= q + 1e-9 and np.mean(values > said + 1e-6) <= 1 - q + 1e-9
    assert all(pinball(values, said, q).mean() <= pinball(values, other, q).mean() + 1e-6 for other in values)

@given(numbers, st.floats(.1, 9), st.floats(.1, 9))
@few
def test_two_prices_ask_for_their_share(values, short, over):
    def mine(truth, said): return np.where(truth > said, short*(truth - said), over*(said - truth))
    values = np.asarray(values)
    best = mine(values, asks_for(values, mine)).mean()
    assert best == pytest.approx(mine(values, asks_for(values, short/(short + over))).mean(), abs=1e-5)

@given(numbers, share)
@few
def test_pinball_is_no_reward_and_its_two_sides_add_up_to_the_distance(values, q):
    values = np.asarray(values)
    assert (pinball(values, 1., q) >= 0).all()
    assert np.allclose(pinball(values, 1., q) + pinball(values, 1., 1 - q), np.abs(values - 1))

def test_the_tail_of_the_research_note():
    tail = np.random.default_rng(1).lognormal(size=50_001)
    for loss, theory in zip(LOSSES, (1.649, 1., 3.602)): assert asks_for(tail, loss) == pytest.approx(theory, rel=.04)

@given(st.lists(st.tuples(st.integers(-20, 20), st.sampled_from('abc')), min_size=2, max_size=30), st.sampled_from([*LOSSES, .3]))
@settings(max_examples=25, deadline=None)
def test_no_other_number_keeps_its_aim_smaller(pairs, loss):
    values, groups = np.array([v for v, _ in pairs], float), np.array([g for _, g in pairs])
    names = np.unique(groups)
    def each(said): return np.array([as_loss(loss)(values[groups == g], said).mean() for g in names])
    sizes = np.array([(groups == g).sum() for g in names])
    for aim, total in AIMS.items():
        best = total(each(asks_for(values, loss, groups, aim)), sizes)
        assert all(best <= total(each(other), sizes) + 1e-5*(1 + best) for other in np.linspace(-20, 20, 41))

def test_with_equally_many_rows_equal_voices_are_the_average():
    values, groups = np.random.default_rng(0).normal(size=40), np.arange(40) % 4
    assert asks_for(values, .7, groups, 'equal voices') == pytest.approx(asks_for(values, .7), abs=1e-3)

@pytest.mark.parametrize('how, words', [
    (([],), '`values` needs one list of at least one number'), (([1, float('nan')],), 'infinite numbers in `values`: 1 of 2'),
    (([[1, 2]],), 'one list'), ((['12 min', 3],), 'it holds words'), ((None,), 'needs one list'), (([1, 2], None), 'A loss is one of'),
    (([1, 2], 'cubed'), 'squared error, absolute error, nine of ten in time, a share'), (([1, 2], 90), 'a share between 0 and 1'),
    (([1, 2], .5, None, 'worst group'), 'needs `groups`'), (([1, 2], .5, ['a']), r'2 numbers came, and groups of the shape \(1,\)'),
    (([1, 2], .5, 'ab'), 'Each number needs its group'), (([1, 2], .5, ['a', 'b'], ['average']), 'average, equal voices'), (([1, 2], .5, ['a', 'b'], 'best'), 'average, equal voices, worst group')])
def test_bad_input_gets_one_sentence(how, words):
    with pytest.raises(ValueError, match=words): asks_for(*how)

@pytest.mark.parametrize('loss', [lambda truth, said: truth - said, lambda truth, said: None, lambda truth, said: 1., lambda truth, said: truth*np.nan,
                                  lambda truth, said: np.full(truth.shape, 'dear')])
def test_a_loss_that_is_no_price_is_refused_and_gives_no_number(loss):
    with pytest.raises(ValueError, match='A loss gives each row a price, a number of 0 or more'): asks_for([1, 2, 4], loss)
    with pytest.raises(ValueError, match='A loss gives each row a price'): losses_by_group([1, 2, 4], 2, list('aab'), loss)

def test_where_a_stretch_is_equally_cheap_it_takes_the_middle():
    assert asks_for([1, 2, 3, 4], 'absolute error') == pytest.approx(2.5) and asks_for([0, 10], 'absolute error') == pytest.approx(5)

def test_groups_may_be_missing_mixed_or_numbers():
    assert as_groups(['a', None, float('nan'), 2, 10.], 5).tolist() == ['a', '(not stated)', '(not stated)', '2', '10']
    assert asks_for([3, 4, 9], groups=['a', 1, None], aim='worst group') == pytest.approx(6, abs=.01)
    assert [row.group for row in losses_by_group([1, 2, 3], 2, [None, 'é', 1])] == ['(not stated)', '1', 'é']
    assert len(losses_by_group(np.arange(20_000), 2, np.arange(20_000)//2)) == 10_000

def test_other_doors_speak_too():
    with pytest.raises(ValueError, match="between 0 and 1; you gave '.9'"): pinball(1, 2, '.9')
    with pytest.raises(ValueError, match=r'one for each truth; the shapes are \(2,\) and \(3,\)'): pinball([1, 2, 3], [1, 2])
    with pytest.raises(ValueError, match='A whole number of calls.*you gave 2.5'): make_calls(2.5)
    with pytest.raises(ValueError, match='calls, at least one'): make_calls(-3)
    with pytest.raises(ValueError, match='infinite numbers in `values`: 1 of 3'): cut_far([1, float('nan'), 3])
    with pytest.raises(ValueError, match="spreads above 0; you gave '2'"): cut_far([1, 2], '2')
    with pytest.raises(ValueError, match='one list of at least one'): cut_far([])
    with pytest.raises(ValueError, match='no group to draw'): draw_losses([])
    with pytest.raises(ValueError, match='between 0 and 1; you gave 90'): pinball(1, 2, 90)
    with pytest.raises(ValueError, match='Divide percents by 100'): make_calls(10, 5)
    with pytest.raises(ValueError, match='spreads above 0'): cut_far([1, 2], 0)
    with pytest.raises(ValueError, match='accidents cause calls, calls cause accidents, ice causes both'): day_table('magic')
    with pytest.raises(ValueError, match="None, 'few' or 'many'"): day_table('ice causes both', 'none')

# Groups, cuts and averages

@given(st.floats(.01, .99))
def test_squares_serve_a_group_by_its_share(s):
    "driftbias 6.4: gap of 3 spreads; mean squared errors 1 + (3s)² and 1 + 9(1 - s)² times the least possible."
    told = 15 + 12*s
    assert 16 + (27 - told)**2 == pytest.approx(16*(1 + 9*(1 - s)**2)) and 16 + (15 - told)**2 == pytest.approx(16*(1 + (3*s)**2))

def test_calls_are_what_the_lesson_says():
    minutes, place = make_calls(200_000, .5, 3)
    for name, mean in (('town', 15), ('farms', 27)):
        assert minutes[place == name].mean() == pytest.approx(mean, abs=.05) and minutes[place == name].std() == pytest.approx(4, abs=.05)
    assert minutes.min() > 0 and (make_calls(2000, .05)[1] == 'farms').sum() == 100
    assert (make_calls(50, .1, 7)[0] == make_calls(50, .1, 7)[0]).all()
    told = asks_for(make_calls(200_000, .05, 4)[0])
    farms, town = losses_by_group(minutes, told, place, 'squared error')
    assert [town.loss/16, farms.loss/16] == pytest.approx([1.0225, 9.1225], rel=.03)

@given(st.lists(st.integers(-50, 50), min_size=1, max_size=40), st.floats(1, 4), st.integers(1, 9), st.integers(-9, 9))
@few
def test_a_cut_does_not_depend_on_the_unit(values, spreads, times, plus):
    one, other = cut_far(values, spreads), cut_far(np.array(values)*times + plus, spreads)
    off = np.abs(np.array(values) - np.mean(values)) - spreads*np.std(values)
    assert (one == other)[np.abs(off) > 1e-6].all() and (spreads < 1.01 or one.any())

def test_a_cut_takes_the_far_group_and_the_cold_days():
    minutes, place = make_calls(20_000, .05, 5)
    gone = ~cut_far(minutes, 2)
    assert gone.mean() < .06 and gone[place == 'farms'].mean() > .55 and gone[place == 'town'].mean() < .03
    days = load('french_power').dropna()
    past = days[days.day < '2019']
    assert past[~cut_far(past.gw, 2)].day.str[5:7].isin(['01', '02']).sum() == 25

@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9), st.sampled_from('ab')), min_size=1, max_size=30))
def test_groups_add_up_to_the_whole(rows):
    truth, said, groups = map(list, zip(*rows))
    found = losses_by_group(truth, said, groups)
    assert sum(row.n for row in found) == len(rows)
    assert sum(row.n*row.loss for row in found)/len(rows) == pytest.approx(np.mean(np.abs(np.subtract(truth, said))))
    assert sum(row.n*row.late for row in found) == pytest.approx(sum(t > s for t, s in zip(truth, said)))
    assert all(0 <= row.low <= row.loss <= row.high for row in found)

def test_one_row_says_nothing_about_the_others():
    row, = losses_by_group([3], 1, ['a'])
    assert row.low == 0 and row.high == np.inf and 'one row: nobody knows how sure' in str(row)
    picture = draw_losses([row, GroupLoss('b', 50, 1., .8, 1.2, .5)])
    assert [tuple(one.values())[2:4] for one in picture.table] == [(2., 2.), (.8, 1.2)] # no end is made up for it

def test_what_is_drawn_is_called_what_it_is():
    rows = losses_by_group([20, 20], 12, ['a', 'a'], .9)
    assert draw_losses(rows).says == 'Mean loss: a 7.2 (more than was said in 100 % of rows).'
    assert draw_losses(rows, ' €', called='price').says.startswith('Price: a 7.2 €')

def test_an_interval_holds_the_true_loss():
    for n in (10, 40):
        dice, held = np.random.default_rng(0), 0
        for _ in range(1000):
            row, = losses_by_group(dice.normal(size=n), 0., ['a']*n)
            held += row.low <= np.sqrt(2/np.pi) <= row.high
        assert .9 < held/1000 < .99

@pytest.mark.parametrize('how, words', [
    (([1, 2], 1, ['a']), '2 numbers came'), (([1, float('inf')], 1, ['a', 'b']), 'infinite numbers in `truth`: 1 of 2'),
    (([1, 2], [1, 2, 3], ['a', 'b']), '2 truths came, and 3 numbers said'), (([], [], []), 'one list of at least one'), ((3, 3, 'a'), 'one list'),
    (([1, 2], 'soon', ['a', 'b']), '`said` needs one list of plain numbers'), (([[1, 2]], 2, ['a']), 'one list'), (([1, 2], [[1], [2]], ['a', 'b']), 'one list'),
    (([1, 2], 1, [['a'], ['b']]), r'shape \(2, 1\)'), (([1, 2], 1, ['a', 'b'], 'cubed'), 'A loss is one of')])
def test_a_table_that_does_not_fit_gets_one_sentence(how, words):
    with pytest.raises(ValueError, match=words): losses_by_group(*how)

def test_group_names_may_be_numbers_or_carry_accents():
    assert [row.group for row in losses_by_group([1, 2, 3], 2, [2, 'Zürich', '10'])] == ['10', '2', 'Zürich']

# Seeing and doing

@pytest.mark.parametrize('world', WORLDS)
def test_three_worlds_have_one_table(world):
    assert np.allclose(day_table(world), [[.41, .09], [.09, .41]], atol=1e-12)

@pytest.mark.parametrize('world, few, many', [('accidents cause calls', .5, .5), ('calls cause accidents', .18, .82), ('ice causes both', .5, .5)])
def test_acting_tells_them_apart(world, few, many):
    for calls, expected in (('few', few), ('many', many)):
        table = day_table(world, calls)
        assert table.sum() == pytest.approx(1) and table[1].sum() == pytest.approx(expected)
        assert table[:, 1 if calls == 'few' else 0].sum() == 0

@given(chance, st.tuples(chance, chance), st.tuples(*[chance]*4))
def test_the_back_door_gives_what_acting_would_give(ice, salted, harm):
    "Any world with z before a before c: expected counts, standardised, against the world with a set."
    z, a, c = np.array([ice, 1 - ice]), np.array([[s, 1 - s] for s in salted]), np.array(harm).reshape(2, 2)
    n = 1e4*z[:, None]*a
    found = [rate for rate, *_ in standardise(n*c, n)]
    assert found == pytest.approx(list(z@c), abs=1e-12)

def berkeley():
    table = load('berkeley_1973').pivot(index='department', columns='applicants')
    return table['admitted'][['men', 'women']], table['applied'][['men', 'women']]

def test_berkeley_is_what_was_published():
    admitted, applied = berkeley()
    assert applied.sum().tolist() == [2691, 1835] and admitted.sum().tolist() == [1198, 557]
    assert (100*admitted.sum()/applied.sum()).round(1).tolist() == [44.5, 30.4]
    assert [round(row[0], 4) for row in standardise(admitted, applied)] == [.3873, .43]
    odds = np.array([[a*(m - b), b*(n - a)] for (a, b), (n, m) in zip(admitted.to_numpy(), applied.to_numpy())])/applied.to_numpy().sum(axis=1)[:, None]
    assert odds.sum(0)[0]/odds.sum(0)[1] == pytest.approx(.905, abs=.001) # Mantel and Haenszel: men to women within departments
    assert (admitted/applied).round(3).to_numpy().tolist() == [[.621, .824], [.63, .68], [.369, .341], [.331, .349], [.277, .239], [.059, .07]]

counts = st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=2, max_size=2), min_size=1, max_size=4)
@given(counts)
def test_a_standardised_rate_lies_between_the_rates_of_its_strata(cells):
    n = np.array([[k + more for k, more in row] for row in cells])
    yes = np.array([[k for k, _ in row] for row in cells])
    for group, (rate, low, high) in enumerate(standardise(yes, n)):
        parts = yes[:, group]/n[:, group]
        assert parts.min() - 1e-9 <= rate <= parts.max() + 1e-9 and 0 <= low <= rate <= high <= 1
        own = standardise(yes, n, n[:, group])[group][0]
        assert own == pytest.approx(yes[:, group].sum()/n[:, group].sum()) # its own mix gives its raw rate back
    assert standardise(yes, n, 7*n.sum(1)) == standardise(yes, n) or np.allclose(standardise(yes, n, 7*n.sum(1)), standardise(yes, n))

def test_the_interval_of_a_standardised_rate_holds_the_truth():
    dice, truth, n, held = np.random.default_rng(2), np.array([[.2, .3], [.6, .5]]), np.array([[60, 200], [150, 40]]), 0
    for _ in range(1000):
        shares = np.array([.4, .6])
        held += sum(low <= (shares@truth)[g] <= high for g, (_, low, high) in enumerate(standardise(dice.binomial(n, truth), n, shares)))
    assert .92 < held/2000 < .98

@pytest.mark.parametrize('truth, n, shares', [((.2, .6), (10, 10), (.5, .5)), ((.02, .1), (10, 30), (.3, .7)), ((.2, .6, .9), (5, 5, 10), (.2, .5, .3))])
def test_it_does_so_where_strata_are_small_or_rates_extreme(truth, n, shares):
    dice, held = np.random.default_rng(3), 0
    for _ in range(1000):
        (_, low, high), = standardise(dice.binomial(n, truth)[:, None], np.array(n)[:, None], shares)
        held += low <= np.dot(shares, truth) <= high
    assert .92 < held/1000 < .99

def test_all_of_two_is_no_certainty():
    (rate, low, high), _ = standardise([[2, 1]], [[2, 2]])
    assert rate == high == 1 and low < .4

@pytest.mark.parametrize('how, words', [
    (([[1, 2]], [[3, 4], [5, 6]]), 'Two tables of one shape'), (([1, 2], [3, 4]), 'Two tables of one shape'), (([[5, 2]], [[3, 4]]), 'counts some of `n`'),
    (([[float('nan'), 2]], [[3, 4]]), 'counts some of `n`'), (([[1, 2]], [[3, 4]], [1, 2]), 'Give 1 shares'), (([[1, 2]], [[3, 4]], [0]), 'Give 1 shares'),
    (([[3, 0], [4, 9]], [[5, 0], [8, 12]]), 'In stratum 0 group 1 has nobody'),
    (([['a', 1]], [[3, 4]]), 'hold words'), (([[1, 2], [3]], [[3, 4], [5]]), 'rows of different lengths'), (([[1, 2]], [[3, np.inf]]), 'counts some of `n`'),
    (([[1, 2]], [[3, 4]], None, 95), 'A level goes from 0 to 1; you gave 95'), (([[1, 2]], [[3, 4]], [float('nan')]), 'numbers in `shares`: 1 of 1')])
def test_tables_that_cannot_be_standardised_get_one_sentence(how, words):
    with pytest.raises(ValueError, match=words): standardise(*how)

def test_a_stratum_with_nobody_may_be_left_out_by_name():
    assert [rate for rate, *_ in standardise([[3, 0], [4, 9]], [[5, 0], [8, 12]], [0, 1])] == [.5, .75]

# The labs and the exercises

def test_the_first_lab_shows_who_pays():
    lab = TrainLab()
    assert 'Cut: ' in lab.picture.says and lab.rows[0].group == 'farms' and lab.rows[0].loss > 11
    lab.load('cut=none;aim=worst group')
    assert 'Cut' not in lab.picture.says and max(row.loss for row in lab.rows) < 7
    lab.load('loss=nine of ten in time;aim=average;farms=50')
    assert max(row.late for row in lab.rows) < .35
    lab.reset()
    assert lab.state() == 'loss=squared error;cut=2 spreads;farms=5;aim=average;seed=0'
    lab.close()

@pytest.mark.parametrize('aim', AIMS)
@pytest.mark.parametrize('loss', LOSSES)
@pytest.mark.parametrize('cut', ['none', '3 spreads', '2 spreads'])
def test_each_state_of_the_first_lab_can_be_drawn(loss, cut, aim):
    lab = TrainLab(loss, cut, 1, aim)
    assert 'Off by: farms ' in lab.picture.says and '; town ' in lab.picture.says
    lab.close()

def test_the_second_lab_looks_alike_until_one_acts():
    lab, seen, made = WorldLab(), {}, {}
    for world in WORLDS:
        lab.load(f'world={world};days=2000;act=only look')
        seen[world] = [list(row.values())[1] for row in lab.picture.table]
        lab.load('act=make calls few')
        made[world] = list(lab.picture.table[-1].values())[1]
    assert all(abs(few - 18) < 4 and abs(many - 82) < 4 for few, many in seen.values())
    assert made['calls cause accidents'] < 22 and made['accidents cause calls'] > 45 and made['ice causes both'] > 45
    lab.load('act=make calls many')
    assert 'made: many calls' in lab.picture.says
    lab.close()

def test_the_exercises_are_proved_both_ways(): prove(load_items('what_you_train_for'), NOTEBOOK)
