"What must hold for the tests of the alarm lesson, for any data."
import warnings
from pathlib import Path
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats
from course.drift.the_alarm import (KINDS, TESTS, Finding, GapLab, carry_test, compare, count_names, counts_test, deal_again, draw_gap,
                                    ks_distance, ks_p, milk, right_answers_lost, stability_test, widest_gaps)

HERE = Path(__file__).parent
rows = st.lists(st.integers(-4, 4).map(lambda v: v/2), min_size=2, max_size=40)

def band(rate, draws): return 3*np.sqrt(rate*(1 - rate)/draws)

def test_millions_of_values_on_all_processors_give_the_same_gaps():
    old, new = np.random.default_rng(0).normal(size=(2, 3, 400_000))
    assert np.array_equal(ks_distance(old, new), widest_gaps(old, new))

@given(rows, rows)
@settings(max_examples=60, deadline=None)
def test_ks_is_that_of_scipy_also_with_equal_values(old, new):
    gap = ks_distance(np.array([old]), np.array([new]))
    with warnings.catch_warnings(record=True) as gave_up:
        warnings.simplefilter('always')
        theirs = stats.ks_2samp(old, new, method='exact')
    assert np.isclose(gap[0], theirs.statistic, atol=1e-12)
    if not gave_up: assert np.isclose(ks_p(gap, len(old), len(new))[0], theirs.pvalue, atol=1e-9)

@pytest.mark.filterwarnings('ignore:ks_2samp')
@pytest.mark.parametrize('n', [2, 3, 17, 400, 2000])
def test_with_equal_numbers_of_rows_p_is_exact_whatever_the_size(n):
    steps = np.unique(np.r_[0, 1, 2, n//7, n//3, n - 1, n, (np.sqrt(n)*np.array([.7, 1.3, 2, 3])).astype(int)]).clip(0, n)
    exact = [1. if not k else stats.ks_2samp(np.arange(n), np.arange(n) + k - .5, method='exact').pvalue for k in steps] # a gap of k/n
    assert np.allclose(ks_p(steps/n, n, n), exact, atol=1e-10)
    assert np.allclose(ks_p(steps/n, n, n), [ks_p([k/n], n, n)[0] for k in steps], atol=1e-14)

@pytest.mark.parametrize('n, m, gap', [(1500, 300, .359), (300, 1500, .6), (50, 80, .9)])
def test_a_very_small_p_is_neither_zero_nor_noise(n, m, gap):
    gap = np.round(gap*n*m)/(n*m)
    rough = stats.kstwo.sf(gap, round(n*m/(n + m)))
    assert 0 < rough/3 < ks_p(np.array([gap]), n, m)[0] < 3*rough

def test_a_table_without_columns_has_no_gaps(): assert len(ks_p(ks_distance(np.zeros((0, 5)), np.zeros((0, 4))), 5, 4)) == 0

@pytest.mark.filterwarnings('ignore::RuntimeWarning:scipy')
@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 5), st.booleans(), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_gaps_with_and_without_equal_values_are_those_of_scipy(n, m, columns, tied, seed):
    dice = np.random.default_rng(seed)
    old, new = dice.normal(size=(columns, n)), dice.normal(.5, 1, (columns, m))
    if tied: old, new = old.round(), new.round()
    assert np.allclose(ks_distance(old, new), [stats.ks_2samp(a, b, method='asymp').statistic for a, b in zip(old, new)], atol=1e-12)

def test_above_a_million_pairs_p_is_scipys_approximation():
    dice = np.random.default_rng(0)
    old, new = dice.normal(size=(3, 1500)), dice.normal(.05, 1, (3, 1100))
    theirs = [stats.ks_2samp(a, b, method='asymp') for a, b in zip(old, new)]
    gap = ks_distance(old, new)
    assert np.allclose(gap, [t.statistic for t in theirs]) and np.allclose(ks_p(gap, 1500, 1100), [t.pvalue for t in theirs])

def test_many_columns_at_once_give_what_one_by_one_gives():
    dice = np.random.default_rng(1)
    old, new = dice.normal(size=(700, 90)).round(1), dice.normal(size=(700, 110)).round(1)
    each = np.concatenate([ks_distance(old[k:k+1], new[k:k+1]) for k in range(700)])
    assert np.allclose(ks_distance(old, new), each)

def test_minus_zero_is_zero():
    assert ks_distance(np.array([[0., -0.]]), np.array([[-0., 0.]]))[0] == 0

@given(rows, rows)
@settings(max_examples=40, deadline=None)
def test_carried_distance_is_that_of_scipy(old, new):
    old, new = np.array(old), np.array(new)
    assert np.isclose(carry_test(old, new, draws=9)[0], stats.wasserstein_distance(old, new), atol=1e-9)

def test_chi_squared_is_that_of_scipy_where_rows_suffice_and_agrees_with_it_where_dealt():
    assert counts_test([30, 40, 50], [50, 40, 30])[1] == stats.chi2_contingency([[30, 40, 50], [50, 40, 30]], correction=False).pvalue
    dealt = counts_test([400, 3], [390, 12], draws=9999)[1]
    assert abs(dealt - stats.fisher_exact([[400, 3], [390, 12]]).pvalue) < 3*np.sqrt(.03/9999)

def test_a_new_or_an_empty_kind_is_no_problem():
    effect, p = counts_test(*count_names(['a']*40 + ['b'], ['a']*30 + ['c']*10))
    assert effect == pytest.approx(.25, abs=.01) and p < .01

@pytest.mark.parametrize('seed', range(4))
def test_the_order_of_rows_does_not_matter(seed):
    x = np.random.default_rng(seed).normal(size=30)
    for test in TESTS:
        mixed, plain = compare(np.sort(x[:12]), x[12:][::-1], test), compare(x[:12], x[12:], test)
        assert mixed.effect == pytest.approx(plain.effect) and mixed.p == pytest.approx(plain.p, abs=.07)

def test_the_mean_of_psi_in_quiet_months_is_what_theory_says():
    for n in (200, 1000):
        values = [stability_test(*np.random.default_rng(s).normal(size=(2, n)), draws=1)[0] for s in range(400)]
        assert abs(np.mean(values) - 9*2/n) < 4*np.std(values)/20

def test_n_times_psi_follows_chi_squared_when_nothing_moved():
    n = 1000
    values = [n/2*stability_test(*np.random.default_rng(s).normal(size=(2, n)), draws=1)[0] for s in range(400)]
    assert stats.kstest(values, stats.chi2(9).cdf).pvalue > .001

def false_alarms(test, n, m, draws):
    count = 0
    for seed in range(draws):
        dice = np.random.default_rng(seed)
        make = (lambda k: dice.choice(list('abcd'), k, p=[.4, .3, .2, .1])) if test == 'chi-squared' else lambda k: dice.normal(size=k)
        count += compare(make(m), make(n), test, draws=199, seed=seed).p <= .05
    return count/draws

@pytest.mark.parametrize('test', TESTS)
@pytest.mark.parametrize('n', [20, 100])
def test_false_alarms_stay_near_five_percent(test, n):
    assert abs(false_alarms(test, n, 300, 200) - .05) <= band(.05, 200)

@pytest.mark.slow
@pytest.mark.parametrize('test', TESTS)
@pytest.mark.parametrize('n', [20, 100, 1000])
def test_false_alarms_are_five_percent_within_three_standard_errors(test, n):
    assert abs(false_alarms(test, n, 500, 1000) - .05) <= band(.05, 1000)

def test_power_is_that_of_the_reference_run():
    "driftbias 4.1: KS with n = m finds delta .5 at n = 100 in .868, delta .2 at 500 in .789, delta .1 at 1000 in .472 of 1000 runs."
    dice = np.random.default_rng(5)
    for n, delta, wanted, draws in ((100, .5, .868, 1000), (500, .2, .789, 500), (1000, .1, .472, 300)):
        p = ks_p(ks_distance(dice.normal(size=(draws, n)), dice.normal(delta, 1, (draws, n))), n, n)
        assert abs(np.mean(p <= .05) - wanted) < 4*np.sqrt(wanted*(1 - wanted)*(1/draws + 1/1000)) + .012

def test_the_true_deal_comes_first_and_no_deal_loses_a_row():
    deals = deal_again(7, 5, 50)
    assert deals[0].tolist() == [True]*7 + [False]*5 and (deals.sum(1) == 7).all()

def test_harm_is_unknown_without_labels_and_holds_the_truth_otherwise():
    assert right_answers_lost([], [True]) is None
    loss, low, high = right_answers_lost([True]*85 + [False]*15, [True]*35 + [False]*15)
    assert loss == pytest.approx(.15) and low < .15 < high
    dice, held = np.random.default_rng(0), 0
    for _ in range(400):
        _, low, high = right_answers_lost(dice.random(60) < .8, dice.random(40) < .7)
        held += low <= .1 <= high
    assert held/400 > .92

@pytest.mark.parametrize('kind', KINDS)
def test_only_what_should_move_moves(kind):
    quiet, moved = milk(n=4000, seed=1)[0], milk(kind, 1., 4000, 2)[0]
    p = [compare(quiet[:, c], moved[:, c]).p for c in range(3)]
    expected = {'weight': [2], 'hours': [0], 'spread': [1], 'share': [0, 1]}.get(kind, [])
    assert [c for c in range(3) if p[c] < .0005] == expected

@pytest.mark.parametrize('old, new, test, words', [
    ([1, float('nan')], [1, 2], 'KS', 'missing or infinite'), ([1, float('inf')], [1, 2], 'PSI', 'missing or infinite'),
    (['a', None], ['b'], 'chi-squared', 'missing or infinite'), ([1, 2], [1, 2], 'magic', 'KS, Wasserstein, PSI, chi-squared'),
    ([[1, 2], [3, 4]], [1, 2], 'KS', 'one column')])
def test_bad_input_gets_one_sentence(old, new, test, words):
    with pytest.raises(ValueError, match=words): compare(old, new, test)

DAYS = np.array(['2020-01-01', '2020-01-02'], 'datetime64[D]')

@pytest.mark.parametrize('old, new, test, words', [
    (['a', 'b'], [1, 2], 'KS', 'compares numbers, and the reference has words'), ([1, 2], [[1], [1, 2]], 'PSI', 'the new sample has words'),
    ([1, 10**400], [1, 2], 'KS', 'compares numbers'), ([1, 1j], [1, 2], 'Wasserstein', 'compares numbers'), (None, [1], 'KS', 'one column'),
    ('hello', [1], 'KS', 'one column'), ({1, 2}, [1, 2], 'chi-squared', 'one column'), ([1, 2], [1, 2], ['KS'], 'tests for one column'),
    (['a', float('nan')], ['a', 'b'], 'chi-squared', '1 missing'), ([1., float('inf')], [1., 2.], 'chi-squared', '1 missing'),
    (DAYS, DAYS, 'KS', 'has dates'), (DAYS.astype('datetime64[ms]').tolist(), DAYS, 'chi-squared', 'reference has dates')])
def test_what_a_test_cannot_compare_gets_one_sentence(old, new, test, words):
    with pytest.raises(ValueError, match=words): compare(old, new, test)

@pytest.mark.parametrize('test', ['Wasserstein', 'PSI', 'chi-squared'])
@pytest.mark.parametrize('draws', [0, -1, 1.5, True])
def test_there_is_at_least_one_deal(test, draws):
    with pytest.raises(ValueError, match='`draws` is a whole number from 1 up'): compare([1, 2, 3], [2, 3, 4], test, draws=draws)

def test_a_kind_is_the_same_whether_written_as_2_or_as_2_point_0():
    whole, point = np.array([1, 2, 2]*20), np.array([1., 2., 2.]*20)
    assert compare(whole, point, 'chi-squared').effect == 0 and compare(list(whole), list(point), 'chi-squared').p == 1

@pytest.mark.parametrize('then', [[.2, .9], ['yes'], [True, None], [0, 1, 2], [[True], [False]]])
def test_harm_takes_right_and_wrong_only(then):
    with pytest.raises(ValueError, match='True .right. or False .wrong.'): right_answers_lost(then, [True])

@pytest.mark.parametrize('then, now', [([1, 2, 3], [1, 2]), ([-1, 3], [2, 3]), ([.2, .8], [.3, .7]), ([0, 0], [2, 3])])
def test_counts_that_cannot_be_are_explained(then, now):
    with pytest.raises(ValueError, match='whole numbers; you gave'): counts_test(then, now)

@pytest.mark.parametrize('old, new, words', [(np.zeros((2, 3)), np.zeros((3, 3)), 'as many lines'), (np.zeros(3), np.zeros(3), 'as many lines'),
                                             (np.zeros((2, 0)), np.zeros((2, 3)), 'as many lines'), (np.full((1, 3), np.nan), np.zeros((1, 3)), 'missing')])
def test_lines_that_do_not_match_are_explained(old, new, words):
    with pytest.raises(ValueError, match=words): ks_distance(old, new)

@pytest.mark.parametrize('n', [-1, 0, 1.5, '9'])
def test_a_month_has_a_whole_number_of_cans(n):
    with pytest.raises(ValueError, match='`n` is a whole number from 1 up'): milk(n=n)

def test_what_the_model_gained_is_not_called_a_loss():
    assert 'right answers gained 4 % (-1 to 8 %)' in str(Finding('KS', 50, 40, .1, 'gap', .2, (-.04, -.08, .01)))
    assert 'right answers lost 0 % (-3 to 4 %)' in str(Finding('KS', 50, 40, .1, 'gap', .2, (-.001, -.03, .04)))

def test_a_finding_is_read_without_powers_of_ten():
    said = str(Finding('Wasserstein', 50, 40, 123456., 'mean distance carried', 3e-9))
    assert '123,456' in said and 'p below 0.0001' in said and 'e-' not in said and 'e+' not in said

@pytest.mark.parametrize('kind, amount, words', [(['hours'], .5, 'weight, hours'), ('magic', .5, 'weight, hours'), ('hours', 30, 'Divide percents'), ('hours', 'much', 'from 0 to 1')])
def test_the_world_names_what_can_move(kind, amount, words):
    with pytest.raises(ValueError, match=words): milk(kind, amount)

@pytest.mark.parametrize('test', TESTS)
def test_undefined_stays_undefined_and_is_said(test):
    few = compare([1.], [2., 3.], test)
    assert few.p is None and few.effect is None and 'undefined' in str(few) and 'gather more' in str(few)
    same = compare([1.]*30, [1.]*30, test)
    assert same.p in (None, 1.)

def test_a_finding_never_says_p_alone():
    said = str(Finding('KS', 50, 40, .3, 'largest gap in shares', .01, column='x'))
    assert all(part in said for part in ('50 rows then', '40 now', '0.3', 'p 0.01', 'harm not known'))

def test_the_lab_says_n_effect_p_and_harm_and_follows_its_controls():
    lab = GapLab(lambda x: x[:, 0] + x[:, 1] > .9)
    assert 'hours: KS' in lab.picture.says and 'right answers lost' in lab.picture.says
    lab.column.value = 'weight'
    assert 'weight: KS' in lab.picture.says and len(lab.picture.table) > 20
    before = lab.state()
    lab.rows.value = 300
    assert '300 now' in lab.picture.says
    lab.load(before)
    assert '80 now' in lab.picture.says
    lab.close()

def test_the_picture_carries_its_numbers():
    found = compare([1., 2, 3], [2., 3, 4], column='x')
    assert draw_gap([1., 2, 3], [2., 3, 4], found).table[0].keys() >= {'then', 'now'}

def test_every_question_is_proved_both_ways():
    from course.shared.check import read_items
    from course.shared.prove import prove
    prove(read_items(HERE/'answers_the_alarm.py', 0), HERE.parents[1]/'nbs/30_drift/32_the_alarm.ipynb')
