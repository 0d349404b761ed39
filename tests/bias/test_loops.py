"Lesson 28: exact laws of the loop, published figures, what holds for any log, every message, the lab and the exercises."
from pathlib import Path
import numpy as np, pandas as pd, pytest, warnings
from hypothesis import given, settings, strategies as st
from scipy import stats
from course.bias.loops import (LogCheck, Loop, LoopLab, Place, check_log, draw_log, draw_loop, long_run_share, look_for_days,
                               read_log, simulate_loop, uneven)
from course.shared.check import load_items
from course.shared.data import catalog, folder, load
from course.shared.prove import prove
from course.shared.score import wilson

NOTEBOOK = Path(__file__).parents[2]/'nbs/20_bias/28_loops.ipynb'

def oakland():
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        return load('oakland_patrols')

def ends(*world, **how): return simulate_loop(*world, **how).shares[-1, :, 0]

# Exact laws

@pytest.mark.parametrize('north, south', [(7, 3), (1, 1), (5, 1), (2, 2)])
def test_with_equal_rates_the_plain_loop_ends_at_the_beta_distribution_of_its_start(north, south):
    shares = ends([1, 1], [north, south], days=1500, runs=800, seed=north)
    assert stats.kstest(shares, stats.beta(north, south).cdf).pvalue > .001

def test_the_law_does_not_ask_how_often_a_look_finds_something():
    assert stats.kstest(ends([.4, .4], [7, 3], days=3000), stats.beta(7, 3).cdf).pvalue > .001

def test_after_few_days_the_finds_follow_the_beta_binomial_law():
    shares = ends([1, 1], [3, 2], days=20, runs=4000)
    finds = np.round(shares*25 - 3).astype(int)
    seen, wanted = np.bincount(finds, minlength=21), 4000*stats.betabinom(20, 3, 2).pmf(range(21))
    assert stats.chisquare(seen, wanted).pvalue > .001

def test_many_equal_places_end_at_the_dirichlet_distribution():
    shares = simulate_loop([.2]*10, [1]*10, 3000, 300).shares[-1]
    assert abs(shares.max(1).mean() - sum(1/k for k in range(1, 11))/10) < .012
    assert abs(shares.mean(0) - .1).max() < .025

def test_with_unequal_rates_the_share_of_the_higher_one_goes_to_all():
    shares = simulate_loop([.9, .3], [5, 5], 20_000, 60).shares[:, :, 0].mean(1)
    assert shares[-1] > .97 and (np.diff(shares[::10]) > 0).all()

@pytest.mark.parametrize('start', [(7, 3), (1, 9), (5, 5)])
@pytest.mark.parametrize('rates', [(.5, .5), (.7, .3), (.2, .3)])
def test_the_corrected_loop_ends_at_the_truth_from_any_start(rates, start):
    loop = simulate_loop(rates, start, 4000, 150, corrected=True)
    assert abs(loop.shares[-1, :, 0].mean() - rates[0]/sum(rates)) < .025 and loop.shares[-1, :, 0].std() < .06

def test_the_correction_holds_for_more_than_two_places():
    loop = simulate_loop([.6, .3, .1], [1, 1, 8], 20_000, 40, corrected=True)
    assert abs(loop.shares[-1].mean(0) - [.6, .3, .1]).max() < .03 and .2 < loop.written < .9

@given(st.floats(.05, .95), st.floats(.05, .95), st.floats(.05, 1), st.floats(.05, 1))
@settings(max_examples=80, deadline=None)
def test_the_long_run_is_where_the_record_grows_by_the_share_that_it_has(first, second, told, other):
    x = long_run_share([first, second], [told, other])
    north = x*first + (1 - x)*told*first
    south = (1 - x)*second + x*other*second
    assert 0 <= x <= 1 and north/(north + south) == pytest.approx(x, abs=1e-6)

@given(st.floats(.05, .95), st.floats(.05, .95), st.just(0.) | st.floats(.001, 1))
@settings(max_examples=60, deadline=None)
def test_the_long_run_is_symmetric_and_never_nearer_to_equal_than_the_truth(first, second, told):
    x, y = long_run_share([first, second], told), long_run_share([second, first], told)
    if first == second and told == 0: assert x is y is None
    else:
        assert x + y == pytest.approx(1, abs=1e-5)
        if abs(first - second) > 1e-6: assert (x - first/(first + second))*(first - second) >= -1e-6

def test_reported_alone_is_the_truth_and_the_published_mixtures_hold():
    assert [round(long_run_share([.6, .4], share), 3) for share in (0, .5, .75, 1)] == [1, .646, .616, .6]
    assert long_run_share([.4, .6]) == 0 and long_run_share([.5, .5]) is None and long_run_share([.5, .5], .3) == pytest.approx(.5)
    assert abs(ends([.6, .4], [2, 8], days=6000, runs=100, reported=.5).mean() - .646) < .02
    assert long_run_share([.5, .5], [.6, 0]) == pytest.approx(1)

def test_unequal_reporting_is_left_uncorrected():
    assert abs(ends([.5, .5], [5, 5], days=6000, runs=100, corrected=True, reported=[.6, .2]).mean() - (1 - np.sqrt(.96)/2.4)) < .015

@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from([.25, .5, 1]), st.booleans())
@settings(max_examples=12, deadline=None)
def test_the_two_places_can_be_exchanged(north, south, rate, corrected):
    one, other = ends([rate, .5], [north, south], days=200, runs=300, corrected=corrected), ends([.5, rate], [south, north], days=200, runs=300, seed=1, corrected=corrected)
    assert abs(one.mean() - (1 - other).mean()) < 5*np.hypot(one.std(), other.std())/np.sqrt(300) + 1e-9

@given(st.integers(2, 5), st.integers(1, 90), st.booleans(), st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_no_look_and_no_find_is_lost(places, days, corrected, told):
    loop = simulate_loop([.5]*places, [2]*places, days, 8, corrected, told, seed=days)
    assert (loop.looked.sum(1) == days).all() and (loop.found <= loop.looked).all()
    assert np.allclose(loop.shares.sum(2), 1) and loop.days[0] == 0 and loop.days[-1] == days and 0 <= loop.written <= 1
    assert loop.shares.shape == (len(loop.days), 8, places) and np.isclose(loop.truth.sum(), 1)

def test_the_records_grow_by_what_is_written():
    records = np.tile([[4.], [6.]], 5)
    places, finds, written = look_for_days(records, np.array([1., 2.]), np.zeros(2), 30, True, np.random.default_rng(0))
    assert np.allclose(records.sum(0), 10 + written.sum(0)) and (written <= finds).all() and set(np.unique(finds[places == 1])) == {2.}

def test_the_same_seed_has_the_same_luck():
    one, same, other = (simulate_loop([.5, .5], [7, 3], 50, 9, seed=s).shares for s in (3, 3, 4))
    assert (one == same).all() and (one != other).any()

# Published

def test_the_two_papers_start_from_one_file():
    data = oakland()
    squares, areas = data['cells'], data['neighbourhoods']
    assert (squares.recorded_2009_2010 + squares.recorded_2011)[:2].tolist() == areas.recorded[:2].tolist() == [609, 379]
    assert areas.rate_per_day[0]/areas.rate_per_day[:2].sum() == pytest.approx(.5668, abs=1e-4)

def test_the_squares_hold_counts_only_and_add_up():
    squares = oakland()['cells']
    assert list(squares) == ['cell', 'recorded_2009_2010', 'days_looked', 'found', 'recorded_2011'] and len(squares) == 661
    assert squares.days_looked.sum() == 364*20 and squares.days_looked.max() == 364 and (squares.found <= squares.recorded_2011).all()
    assert (squares.days_looked == 0).sum() == 609 and squares.recorded_2011[squares.days_looked == 0].sum() == 982
    assert squares.recorded_2011.sum() == 2308 and squares.found.sum() == 719 and (squares.found[squares.days_looked == 0] == 0).all()

def test_the_data_say_what_they_have_done():
    with pytest.warns(UserWarning, match='back to the same streets'): load('oakland_patrols')
    sheet = (folder(catalog()['oakland_patrols'])/'README.md').read_text()
    assert 'nobody walked by this plan' in sheet and '## What it must not be used for' in sheet

def test_the_squares_can_be_counted_again_from_the_materials(tmp_path):
    import importlib.util
    spec = importlib.util.spec_from_file_location('remake', folder(catalog()['oakland_patrols'])/'remake.py')
    remake = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(remake)
    for part in ('01_import/input', '02_run_predictive_policing/output'): (tmp_path/part).mkdir(parents=True)
    (tmp_path/'01_import/input/drug_crimes_with_bins.csv').write_text(
        '"","bin","OCCURRED","LAG"\n"1",2,01/01/11,  0\n"2",2,12/31/10,  0\n"3",NA,01/01/11,  0\n"4",25,01/02/11,  0\n')
    rows = '\n'.join(f'{cell},9,{1/cell},0' for cell in range(1, 26))
    (tmp_path/'02_run_predictive_policing/output/predpol_drug_predictions.csv').write_text(f'bin,2010-12-31,2011-01-01,2011-12-31\n{rows}\n')
    cells = remake.count(tmp_path)
    assert len(cells) == 25 and cells[0] == (1, 1, 1, 1) and sum(cell[1] for cell in cells) == 20 and (0, 0, 0, 1) in cells

@pytest.mark.parametrize('hundredth, corrected, wanted', [
    (False, False, (.633, .658, .701)), (True, False, (.763, .803, .840)), (False, True, (.606, .595, .580)), (True, True, (.571, .570, .568))])
def test_the_loop_of_oakland_moves_as_in_the_reference_run(hundredth, corrected, wanted):
    areas = oakland()['neighbourhoods'][:2]
    loop = simulate_loop(areas.rate_per_day, areas.recorded/(100 if hundredth else 1), corrected=corrected)
    ours = [loop.shares[np.searchsorted(loop.days, day), :, 0] for day in (100, 300, 1000)]
    for share, value in zip(ours, wanted): assert abs(share.mean() - value) < 4.5*share.std()*np.sqrt(2/500) + .001

@pytest.mark.slow
@pytest.mark.parametrize('hundredth, corrected, wanted', [(False, False, .824), (True, False, .909), (False, True, .568), (True, True, .567)])
def test_the_loop_of_oakland_ends_as_in_the_reference_run(hundredth, corrected, wanted):
    areas = oakland()['neighbourhoods'][:2]
    share = ends(areas.rate_per_day, areas.recorded/(100 if hundredth else 1), days=20_000, corrected=corrected)
    assert abs(share.mean() - wanted) < 4.5*share.std()*np.sqrt(2/500) + .001

# Logs

counts = st.lists(st.tuples(st.integers(0, 60), st.floats(0, 1)), min_size=1, max_size=7)

@given(counts)
@settings(max_examples=25, deadline=None)
def test_any_log_is_ranked_by_the_rate_and_what_was_not_looked_at_stays_unknown(rows):
    log = {'place': [f'p{i}' for i in range(len(rows))], 'looked': [n for n, _ in rows], 'found': [round(n*share) for n, share in rows]}
    if not any(log['looked']): return
    check = check_log(log)
    rates = [one.rate for one in check.places if one.looked]
    assert rates == sorted(rates, reverse=True) and sorted(one.place for one in check.places) == log['place']
    for one in check.places:
        if not one.looked: assert one.rate is one.interval is one.counts_for is None and f'{one.place}' in str(check) or 'more' in str(check)
        else: assert one.interval[0] <= one.rate <= one.interval[1] and one.interval == wilson(one.found, one.looked)
    weighed = sum(one.counts_for*one.found for one in check.places if one.looked)
    assert weighed == pytest.approx(sum(rates)*np.mean([n for n in log['looked'] if n]))
    assert ('unknown and not zero' in str(check)) == any(n == 0 for n in log['looked'])
    drawn = draw_log(check)
    assert str(check) in drawn.says and len(drawn.table) == len(check.places)

@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 80)), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_several_finds_a_look_have_the_exact_interval(rows):
    for one in check_log({'place': [*range(len(rows))], 'looked': [n for n, _ in rows], 'found': [k for _, k in rows]}, many=True).places:
        low, high = one.interval
        assert low <= one.rate <= high
        if one.found: assert stats.poisson.sf(one.found - 1, low*one.looked) == pytest.approx(.025, abs=1e-6)
        assert stats.poisson.cdf(one.found, high*one.looked) == pytest.approx(.025, abs=1e-6)

@given(st.permutations(range(5)))
@settings(max_examples=10, deadline=None)
def test_rows_may_come_in_any_order_and_in_parts(order):
    log = pd.DataFrame({'place': list('aabbc'), 'looked': [10, 20, 5, 0, 7], 'found': [4, 9, 1, 0, 2]}).iloc[list(order)]
    assert read_log(log) == {'a': (30, 13), 'b': (5, 1), 'c': (7, 2)}
    assert sorted(map(str, check_log(log).places)) == sorted(map(str, check_log(log[::-1]).places))

@pytest.mark.parametrize('many', [False, True])
def test_equal_places_are_called_different_in_five_of_a_hundred_logs(many):
    dice, looked, rung = np.random.default_rng(1), np.array([80, 40, 20, 10]), 0
    for k in range(300):
        found = dice.poisson(.4*looked) if many else dice.binomial(looked, .4)
        p = uneven(looked, found, many, 199, k)
        rung += p is not None and p <= .05
    assert abs(rung/300 - .05) < 3*np.sqrt(.05*.95/300)

def test_also_where_the_loop_chose_the_looks_equal_places_look_equal_and_intervals_hold():
    park = simulate_loop([.3]*4, [8, 4, 2, 1], 400, 300)
    logs = [check_log({'place': [*'abcd'], 'looked': looked, 'found': found}) for looked, found in zip(park.looked.astype(int), park.found.astype(int))]
    held = [one.interval[0] <= .3 <= one.interval[1] for log in logs for one in log.places if one.looked]
    assert np.mean([log.p is not None and log.p <= .05 for log in logs]) < .12 and np.mean(held) > .9

def test_places_that_differ_are_told_apart_although_most_is_found_elsewhere():
    check = check_log({'place': ['path', 'ridge'], 'looked': [400, 60], 'found': [80, 30]})
    assert check.places[0].place == 'ridge' and check.p < .01 and 'Most finds: path' in str(check) and 'some places differ' in str(check)

@pytest.mark.parametrize('log', [{'place': ['a'], 'looked': [9], 'found': [3]}, {'place': ['a', 'b'], 'looked': [9, 4], 'found': [0, 0]},
                                 {'place': ['a', 'b'], 'looked': [9, 4], 'found': [9, 4]}, {'place': ['a', 'b'], 'looked': [9, 0], 'found': [3, 0]}])
def test_where_nothing_can_be_compared_no_p_is_invented(log):
    check = check_log(log)
    assert check.p is None and 'nothing to compare' in str(check)

def test_of_many_places_some_are_drawn_and_the_rest_is_counted():
    check = check_log({'place': [f'p{i}' for i in range(40)], 'looked': [0]*9 + [5]*31, 'found': [0]*9 + [1]*31})
    drawn = draw_log(check)
    assert len(drawn.table) == 12 and 'Drawn: 12 of 40 places.' in drawn.says and 'and 4 more' in drawn.says
    assert sum('never looked at' in row['name'] for row in drawn.table) == 3

# Messages

@pytest.mark.parametrize('world, how, words', [
    (([.5, .5], [10, 0]), {}, 'a place that starts with none is never looked at'), (([.5], [1]), {}, 'two places or more'),
    (([.5, .5], [1, 2, 3]), {}, '2 and 3 came'), (([-.5, .5], [1, 1]), {}, '0 or more'), (([0, 0], [1, 1]), {}, 'not 0 everywhere'),
    (([float('nan'), 1], [1, 1]), {}, 'A rate is'), (([.5, .5], [1, 1]), {'reported': 30}, 'Divide percents by 100'),
    (([.5, .5], [1, 1]), {'reported': [.2, -1]}, 'Divide percents by 100')])
def test_a_world_that_cannot_be_is_refused(world, how, words):
    with pytest.raises(ValueError, match=words): simulate_loop(*world, **how)

@pytest.mark.parametrize('log, words', [
    ({'place': ['a'], 'looked': [3]}, 'lacks found'), ({'place': ['a', 'b'], 'looked': [3], 'found': [1, 1]}, '2 places, 1 looks and 2 finds'),
    ({'place': ['a'], 'looked': [-3], 'found': [0]}, 'a has looked -3'), ({'place': ['a'], 'looked': [3], 'found': [float('nan')]}, 'a has found nan'),
    ({'place': ['a'], 'looked': [2.5], 'found': [0]}, 'whole numbers'), ({'place': ['a'], 'looked': ['many'], 'found': [0]}, 'has looked many'),
    ({'place': [None], 'looked': [2], 'found': [0]}, 'no place'), ({'place': [float('nan')], 'looked': [2], 'found': [0]}, 'no place'),
    ({'place': ['a'], 'looked': [0], 'found': [3]}, 'a has 3 finds in 0 looks'), ({'place': ['a'], 'looked': [2], 'found': [3]}, 'say many=True'),
    ({'place': ['a'], 'looked': [0], 'found': [0]}, 'no looks'), ({'place': [], 'looked': [], 'found': []}, 'no looks'),
    ({'place': ['a'], 'looked': [float('inf')], 'found': [0]}, 'a has looked inf')])
def test_a_log_that_cannot_be_is_refused_in_one_sentence(log, words):
    with pytest.raises(ValueError, match=words): check_log(log)
    with pytest.raises(ValueError, match=words): check_log(pd.DataFrame(dict([(k, pd.Series(v, dtype=object)) for k, v in log.items()]))
                                                         if len({len(v) for v in log.values()}) == 1 else log)

def test_names_that_are_numbers_or_have_accents_are_names():
    assert read_log({'place': [2010, 'forêt', 7.5], 'looked': [1, 2, 3], 'found': [0, 1, '2']}) == {'2010': (1, 0), 'forêt': (2, 1), '7.5': (3, 2)}

# The lab, the pictures, the exercises

def test_the_lab_opens_with_the_surprise_and_follows_its_controls():
    lab = LoopLab(days=300, runs=200)
    assert '50 % of what happens is there' in lab.picture.says and 'written down' not in lab.picture.says
    start = lab.state()
    lab.corrected.value = True
    assert 'written down' in lab.picture.says
    near = lambda: int(lab.picture.says.split('there. ')[1].split(' of 100')[0])
    fair = near()
    lab.load(start)
    assert near() < 25 < 60 < fair
    lab.told.value, lab.truth.value = 100, 60
    assert '60 % of what happens is there' in lab.picture.says and len(lab.picture.table) > 30
    lab.close()

def test_the_lab_waits_for_a_guess():
    class Asked:
        form = committed = None
        def observe(self, function): pass
        def unobserve(self, function): pass
    lab = LoopLab(days=50, runs=20, predict=Asked())
    assert not lab.revealed
    lab.reveal()
    assert lab.revealed and 'After 50 days' in lab.picture.says
    lab.close()

def test_a_drawing_says_and_holds_what_it_shows():
    loop = simulate_loop([.5, .5], [7, 3], 100, 50)
    picture = draw_loop(loop, 1, 'the south', guess=[(0, 30), (100, 50)])
    assert 'the south gets' in picture.says and {'what is true', 'your guess'} <= picture.table[0].keys()
    assert isinstance(loop, Loop) and isinstance(check_log({'place': ['a'], 'looked': [1], 'found': [0]}), LogCheck)
    assert str(Place('hill', 0, 0, 4)) == 'hill: unknown, never looked at'

def test_every_question_is_proved_both_ways(): prove(load_items(NOTEBOOK.stem.split('_', 1)[1]), NOTEBOOK)
