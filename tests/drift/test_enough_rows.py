"What must hold for tests of whole rows, for power, and for the map of harm."
import re, time
from pathlib import Path
import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from course.drift.enough_rows import (AlarmLab, alarm_count, alarm_grid, classifier_test, compare_rows, draw_map, draw_power, draw_square,
                                      likeness_test, smallest_sample)
from course.drift.the_alarm import KINDS, ks_distance, ks_p, milk
from course.shared.canvas import PAPER
from course.shared.draw import draw_together

HERE = Path(__file__).parent

def slow_mmd(old, new, draws, seed):
    "The same test, deal by deal, without a matrix product."
    n, both = len(old), np.concatenate([old, new])
    both = (both - both.mean(0))/both.std(0)
    apart = ((both[:, None] - both[None])**2).sum(-1)
    alike = np.exp(-apart/np.median(apart[apart > 0]))
    def effect(a, b):
        pairs = lambda rows: (alike[np.ix_(rows, rows)].sum() - len(rows))/(len(rows)*(len(rows) - 1))
        return pairs(a) + pairs(b) - 2*alike[np.ix_(a, b)].mean()
    order, dice = np.arange(len(both)), np.random.default_rng(seed)
    deals = [effect(*np.split(dice.permutation(order), [n])) for _ in range(draws)]
    true = effect(order[:n], order[n:])
    return true, (1 + sum(deal >= true for deal in deals))/(draws + 1)

@pytest.mark.parametrize('step', [0., .5])
def test_mmd_is_that_of_a_plain_loop(step):
    dice = np.random.default_rng(3)
    old, new = dice.normal(size=(40, 3)), dice.normal(step, 1, (30, 3))
    effect, p = likeness_test(old, new, draws=1999)
    plain, p_plain = slow_mmd(old, new, 1999, 1)
    assert effect == pytest.approx(plain, abs=2e-5) and abs(p - p_plain) < 4*np.sqrt(max(p, .002)*(1 - p)*2/2000) + 1e-9

def test_mmd_is_the_same_in_other_units_and_about_zero_for_one_sample():
    dice = np.random.default_rng(4)
    old, new = dice.normal(size=(60, 2)), dice.normal(size=(50, 2))
    assert likeness_test(old, new)[0] == pytest.approx(likeness_test(old*[1000, 1] + 5, new*[1000, 1] + 5)[0], abs=1e-4)
    assert abs(np.mean([likeness_test(*np.random.default_rng(s).normal(size=(2, 40, 2)), draws=9)[0] for s in range(60)])) < .006

def quiet(test, n, m, draws):
    make = lambda s: np.split(np.random.default_rng(s).normal(size=(n + m, 3)), [m])
    return np.mean([compare_rows(*make(s), test, draws=99, seed=s).p <= .05 for s in range(draws)])

@pytest.mark.parametrize('test', ['MMD', 'classifier'])
def test_false_alarms_stay_near_five_percent(test): assert abs(quiet(test, 40, 60, 100) - .05) <= 3*np.sqrt(.05*.95/100)

@pytest.mark.slow
@pytest.mark.parametrize('test', ['MMD', 'classifier'])
@pytest.mark.parametrize('n', [20, 100, 1000])
def test_false_alarms_are_five_percent_within_three_standard_errors(test, n):
    assert abs(quiet(test, n, min(n, 300), 1000) - .05) <= 3*np.sqrt(.05*.95/1000)

@pytest.mark.slow
def test_partners_that_part_are_seen_by_whole_rows_and_by_no_single_column():
    "driftbias 4.2: d = 2, n = m = 200, correlation 0 to .5: marginal tests .05, MMD .745, classifier .505."
    cause, pool = milk(n=8000, seed=1)[0][:, :2], milk('together', .625, 8000, 2)[0][:, :2]
    alone = alarm_count(cause, pool, 200, 'KS', m=200, draws=400)/400
    assert alone <= .05 + 3*np.sqrt(.05*.95/400)
    seen = {test: alarm_count(cause, pool, 200, test, m=200, draws=30)/30 for test in ('MMD', 'classifier')}
    assert seen['MMD'] > .55 and seen['classifier'] > .4

@pytest.mark.slow
@pytest.mark.parametrize('columns, way, wanted', [(2, 'nothing', (.05, .07)), (2, 'one', (.57, .61)), (2, 'wider', (.15, .54)), (2, 'partners', (.05, .745)),
                                                  (10, 'one', (.40, .41)), (10, 'all', (.18, .47)), (10, 'wider', (.11, 1.))])
def test_power_over_many_columns_is_that_of_the_reference_run(columns, way, wanted):
    "driftbias 4.2: n = m = 200, 200 draws, KS with Bonferroni and MMD with 100 deals."
    def rings(seed):
        old, new = np.random.default_rng(seed).normal(size=(2, 200, columns))
        if way == 'one': new[:, 0] += .3
        if way == 'all': new += .1
        if way == 'wider': new *= 1.2
        if way == 'partners': new[:, 1] = .5*new[:, 0] + np.sqrt(.75)*new[:, 1]
        return ks_p(ks_distance(old.T, new.T), 200, 200).min()*columns <= .05, likeness_test(old, new, draws=99)[1] <= .05
    for found, there in zip(np.mean([rings(seed) for seed in range(200)], axis=0), wanted):
        middle = (found + there)/2
        assert abs(found - there) < 3*np.sqrt(2*middle*(1 - middle)/200) + .01

def test_power_grows_with_rows_and_with_the_step():
    pool = milk(n=8000, seed=1)[0]
    some, more = (milk('hours', amount, 8000, 2)[0] for amount in (.4, .8))
    counts = [alarm_count(pool, some, n, draws=150) for n in (20, 60, 180)]
    assert counts[0] < counts[1] < counts[2] and alarm_count(pool, more, 20, draws=150) > counts[0]

def test_the_smallest_sample_has_the_wanted_power_and_a_tenth_less_has_not_much_more():
    pool, moved = milk(n=8000, seed=1)[0], milk('hours', .5, 8000, 2)[0]
    n = smallest_sample(pool, moved, draws=150)
    assert alarm_count(pool, moved, n, draws=150) >= .8*150 and alarm_count(pool, moved, max(5, n//2), draws=150) < .8*150
    assert smallest_sample(pool, pool, most=40, draws=60) is None
    for wanted in (80, 'most', 0):
        with pytest.raises(ValueError, match='Divide percents'): smallest_sample(pool, moved, wanted=wanted)

@pytest.mark.parametrize('old, new, test, words', [
    (np.zeros((9, 2)), np.zeros((9, 3)), 'MMD', 'same columns'), (np.zeros(9), np.zeros(9), 'MMD', 'same columns'),
    (np.full((9, 2), np.nan), np.zeros((9, 2)), 'MMD', 'missing or infinite'), (np.zeros((9, 2)), np.zeros((9, 2)), 'KS', 'MMD, classifier'),
    (np.zeros((5000, 1)), np.zeros((5000, 1)), 'MMD', 'Draw a sample')])
def test_bad_input_gets_one_sentence(old, new, test, words):
    with pytest.raises(ValueError, match=words): compare_rows(old, new, test)

ROWS = np.random.default_rng(0).normal(size=(60, 2))

@pytest.mark.parametrize('old, new, words', [
    ([['x', 'y']]*9, ROWS, 'words, dates or gaps'), ('abc', ROWS, 'words, dates'), (pd.DataFrame({'a': pd.to_datetime(['2020-01-01']*9)}), ROWS[:, :1], 'words, dates'),
    (np.zeros((9, 0)), np.zeros((9, 0)), 'same columns'), (None, ROWS, 'same columns'), (ROWS*1e300, ROWS, 'missing or infinite'),
    (pd.DataFrame(ROWS, columns=['hours', 'warmth']), pd.DataFrame(ROWS, columns=['hours', 'weight']), 'only one has warmth, weight')])
@pytest.mark.parametrize('test', ['MMD', 'classifier'])
def test_rows_that_cannot_be_compared_get_one_sentence(old, new, words, test):
    with pytest.raises(ValueError, match=words): compare_rows(old, new, test)
    with pytest.raises(ValueError, match=words): alarm_count(old, new, 10, test, draws=2)

def test_columns_are_matched_by_name():
    old, new = pd.DataFrame(ROWS, columns=['hours', 'warmth']), pd.DataFrame(ROWS + [0, 9], columns=['hours', 'warmth'])
    for test in ('MMD', 'classifier'): assert compare_rows(old, new[['warmth', 'hours']], test) == compare_rows(old, new, test)
    assert alarm_count(old, new[['warmth', 'hours']], 20, draws=9) == 9

def test_a_column_far_from_zero_is_seen_as_sharply(): # as seconds since 1970 are
    assert likeness_test(ROWS[:30], ROWS[30:] + [0, 1])[1] == likeness_test(ROWS[:30] + [0, 1.7e9], ROWS[30:] + [0, 1.7e9 + 1])[1] < .05

@pytest.mark.parametrize('how, words', [(dict(n=0), '`n` is a whole number from 2'), (dict(n=10.5), '`n` is a whole'), (dict(m=1), '`m` is a whole'),
    (dict(draws=0), '`draws` is a whole'), (dict(alpha=5), 'Divide percents'), (dict(test='magic'), 'KS, Wasserstein')])
def test_months_that_cannot_be_counted_are_explained(how, words):
    with pytest.raises(ValueError, match=words): alarm_count(ROWS, ROWS, **how)
    with pytest.raises(ValueError, match='rows of each pool'): alarm_count(ROWS[:0], ROWS)
    with pytest.raises(ValueError, match='missing or infinite'): alarm_count(ROWS*np.nan, ROWS)

def test_what_is_undefined_never_rings():
    assert alarm_count(ROWS, ROWS + 9, 7, 'MMD', draws=3) == 0 and alarm_count(np.ones((9, 2)), np.ones((9, 2)), 10, 'PSI', draws=3) == 0
    flat = ROWS*[1, 0]
    assert alarm_count(flat, flat + [9, 0], 20, 'PSI', draws=3) == 3

def test_a_smallest_sample_is_found_for_tests_that_need_eight_rows_and_stays_within_most():
    assert 8 <= smallest_sample(ROWS, ROWS + 9, 'MMD', draws=5) <= 10 and smallest_sample(ROWS, ROWS + 9, most=7, draws=5) <= 7
    with pytest.raises(ValueError, match='`most` is a whole number from 2'): smallest_sample(ROWS, ROWS, most=0)

@pytest.mark.parametrize('what', [('x', .5, 50, 'KS'), ('hours', .3, 50, 'KS'), ('hours', .5, 60, 'KS'), ('hours', .5, 50, 'PSI')])
def test_what_is_not_stored_is_said(what):
    with pytest.raises(ValueError, match='Nothing is stored for .* 20, 50, 100 and 200 rows'): draw_power(*what)
    if what[0] != 'x':
        with pytest.raises(ValueError, match='Nothing is stored'): draw_map(*what[1:])

@pytest.mark.parametrize('width', [240, 420])
def test_names_on_the_map_do_not_cover_each_other(width):
    token = PAPER.set(width)
    try: svg = draw_map(.5, 50, 'KS', 'hours').svg
    finally: PAPER.reset(token)
    words = [(float(x), float(y), anchor, name) for x, y, anchor, name in
             re.findall(r'<text x="([\d.]+)" y="([\d.]+)" font-size="13" font-weight="\d+" text-anchor="(\w+)" [^>]*>([^<]+)', svg)]
    spans = [(x - 6.5*len(name)*(anchor == 'end'), x + 6.5*len(name)*(anchor == 'start'), y, name) for x, y, anchor, name in words]
    assert len(spans) == len(KINDS) + 4*(width > 330)
    for i, (left, right, y, name) in enumerate(spans):
        for start, end, foot, other in spans[:i]: assert abs(y - foot) >= 12 or right <= start or end <= left, (name, other)

def test_too_few_rows_stay_undefined():
    few = compare_rows(np.zeros((7, 2)), np.zeros((30, 2)))
    assert few.p is None and few.effect is None and 'gather more' in str(few)

def test_equal_rows_everywhere_are_no_alarm():
    assert compare_rows(np.ones((20, 2)), np.ones((20, 2))).p == 1
    assert compare_rows(np.ones((20, 2)), np.ones((20, 2)), 'classifier').p > .3

def test_the_stored_grid_is_what_the_functions_give():
    grid, pool = alarm_grid(), milk(n=20_000, seed=7)[0]
    assert {key[0] for key in grid} == {'nothing', *KINDS}
    for kind, amount, n in (('hours', .5, 50), ('weight', 1., 20), ('together', 1., 100), ('nothing', 0., 20)):
        alarms, months, _ = grid[(kind, amount, n, 'KS')]
        assert alarm_count(pool, milk(kind, amount, 20_000, 10)[0], n, draws=months, seed=1) == alarms

@pytest.mark.slow
@pytest.mark.parametrize('kind', ['hours', 'together', 'rule'])
@pytest.mark.parametrize('test', ['MMD', 'classifier', 'PSI above 0.1'])
def test_the_stored_grid_is_what_the_other_tests_give(kind, test):
    alarms, months, _ = alarm_grid()[(kind, .5, 50, test)]
    again = alarm_count(milk(n=20_000, seed=7)[0], milk(kind, .5, 20_000, 10)[0], 50, test, draws=months, seed=1)
    assert abs(again - alarms) <= 2 # a step of the processor's rounding may turn a month

def test_the_stored_losses_are_those_of_the_model():
    pool, sour = milk(n=20_000, seed=7)
    model = LogisticRegression().fit(pool[:1000], sour[:1000])
    right = lambda cans, truth: (model.predict(cans) == truth).mean()
    for kind in KINDS:
        loss = right(*milk(n=20_000, seed=9)) - right(*milk(kind, .5, 20_000, 10))
        assert alarm_grid()[(kind, .5, 50, 'KS')][2] == pytest.approx(loss, abs=1e-4)

def test_the_map_knows_its_corners():
    says = draw_map(1., 200, 'KS').says
    rings, idle, silent = (part.split(': ')[1] for part in says.rstrip('.').split('. '))
    assert 'hours' in rings and 'weight' in idle and 'together' in silent and 'rule' in silent
    assert 'together' not in draw_map(1., 200, 'MMD').says.split('Hurts in silence')[1]

def test_pictures_carry_words_and_numbers():
    power, harm = draw_power('hours', .5, 50, 'KS'), draw_square({'a': 10, 'b': 90}, {'a': 5, 'b': 0}, 'two points', 'a')
    both = draw_together(power, harm)
    assert power.says in both.says and both.table == power.table and both.svg.count('<svg') == 3
    ids = re.findall(r' id="([^"]+)"', both.svg)
    assert len(ids) == len(set(ids))

def test_the_lab_follows_its_controls_within_its_budget():
    lab = AlarmLab()
    times = []
    for n in (20, 100, 200, 20, 100):
        start = time.perf_counter()
        lab.rows.value = n
        times.append(time.perf_counter() - start)
        assert f', {n} rows' in lab.picture.says
    assert sorted(times)[2] < 1
    lab.load('moved=rule;test=MMD')
    assert 'MMD' in lab.picture.says and KINDS['rule'] in lab.picture.says
    lab.close()

def test_every_question_is_proved_both_ways():
    from course.shared.check import read_items
    from course.shared.prove import prove
    prove(read_items(HERE/'answers_enough_rows.py', 0), HERE.parents[1]/'nbs/30_drift/37_enough_rows.ipynb')
