"What must hold for choosing between models: the frontier, the gain, the price of a point, and when to stop."
import math
from pathlib import Path
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from course.carbon.meter import Meter, Wall
from course.carbon.not_only_accuracy import (Candidate, Enough, FrontierLab, choose, dominates, draw_frontier, examples_needed, frontier, gain,
                                             grams_per_point)
from course.shared.footprint import Footprint, Part, find_zone
from course.shared.score import wilson
from course.shared.sensors import Curve

HERE = Path(__file__).parent

def model(name, right, kwh=1e-6, seconds=.01, n=20):
    hits = right if isinstance(right, (list, tuple)) else [True]*right + [False]*(n - right)
    return Candidate(name, tuple(hits), Footprint(name, (Part('processor', kwh, kwh/2, kwh*2, 'modelled'),), seconds))

models = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=9).map(
    lambda rows: [model(f'm{i}', right, kwh*1e-6, ms/1000) for i, (right, kwh, ms) in enumerate(rows)])

@given(models)
@settings(max_examples=150, deadline=None)
def test_the_frontier_holds_whatever_one_values(field):
    kept = frontier(field)
    assert kept and not any(dominates(a, b) for a in field for b in kept)
    assert all(any(dominates(k, c) for k in kept) for c in field if c not in kept) # who is out is beaten by one who stays
    dice = np.random.default_rng(0)
    for weights in dice.uniform(.01, 1, (10, 3)):
        worth = lambda c: weights @ [20*c.rate, -c.use.kwh*1e6, -c.ms]
        assert max(map(worth, kept)) == pytest.approx(max(map(worth, field)))

@given(models)
@settings(max_examples=60, deadline=None)
def test_nobody_beats_themselves_and_beating_goes_one_way(field):
    for a in field:
        assert not dominates(a, a)
        assert not any(dominates(a, b) and dominates(b, a) for b in field)
        assert not any(dominates(a, b) and dominates(b, c) and not dominates(a, c) for b in field for c in field)

def test_equals_both_stay_and_order_is_by_energy():
    a, b, c = model('a', 10), model('b', 10), model('c', 15, 5e-6)
    assert [m.name for m in frontier([c, a, b])] == ['a', 'b', 'c']

@given(models, st.floats(.01, 100), st.floats(.01, 100))
@settings(max_examples=60, deadline=None)
def test_who_pays_more_for_a_point_never_gets_fewer_points(field, a, b):
    less, more = sorted((a, b))
    first, second = choose(field, less, 1e6), choose(field, more, 1e6)
    assert first.rate <= second.rate + 1e-9 and first.use.kwh <= second.use.kwh + 1e-15

def test_the_choice_keeps_to_the_longest_wait_and_says_when_none_fits():
    quick, slow = model('quick', 10, seconds=.01), model('slow', 20, seconds=.1)
    assert choose([quick, slow], 1e9, 10).name == 'slow' and choose([quick, slow], 1e9, 10, most_ms=50).name == 'quick'
    assert choose([quick, slow], 1e9, 10, most_ms=1) is None

def test_the_gain_is_paired_and_its_interval_holds_the_truth():
    a, b = model('a', [1, 0]*50), model('b', [1, 1]*50)
    assert gain(a, b)[0] == 50 and gain(a, a) == (0, 0, 0)
    points, low, high = gain(b, a)
    assert points == -50 and low < -50 < high
    dice, held = np.random.default_rng(0), 0
    for seed in range(60):
        base = dice.random(150) < .8
        better = base | (dice.random(150) < .25)          # truly 5 points better
        _, low, high = gain(model('a', base.tolist()), model('b', better.tolist()), seed)
        held += low <= 5 <= high
    assert held/60 > .85

def test_a_point_has_a_price_and_no_upper_end_where_the_gain_may_be_nothing():
    flat = find_zone('FR')
    a, b = model('a', [1]*50 + [0]*50), model('b', [1]*80 + [0]*20, 3e-6)
    usual, least, most = grams_per_point(a, b, 1e6, 'FR')
    assert usual == pytest.approx(2*flat.grams/30) and least < usual < most < math.inf
    doubtful = model('c', [1]*49 + [0]*49 + [1]*2, 3e-6)
    assert grams_per_point(a, doubtful, 1e6)[2] == math.inf
    assert grams_per_point(b, a, 1e6) == (0., 0., 0.)      # what saves costs nothing

def test_examples_needed_agree_with_wilson():
    assert examples_needed(.9) == 3458 and examples_needed(.8, 2) == 1537 and examples_needed(.5, 10) == 97
    for rate, points in ((.9, 1), (.8, 2), (.6, 3)):
        low, high = wilson(round(rate*examples_needed(rate, points)), examples_needed(rate, points))
        assert high - low == pytest.approx(2*points/100, rel=.02)

class Clock:
    now = 0.
    def __call__(self): return self.now

def run(rates, **how):
    "Train along a given curve, a hundred watts and ten seconds an epoch."
    clock = Clock()
    with Meter('run', wall=Wall([Curve('lamp', 100, 100, 100, 'assumed')], clock=clock, busy=lambda: 0.)) as m:
        enough = Enough(m, **how)
        for epoch, rate in enumerate(rates, start=1):
            clock.now += 10
            if enough(rate): return epoch, enough
    return None, enough

def test_it_stops_when_a_point_costs_so_many_times_as_much():
    rates = [.5, .6, .7, .8, .81, .82, .83, .831, .832, .833, .8331]
    assert run(rates, times=2, patience=1)[0] == 2             # 10 points for what brought 50
    assert run(rates, times=20, patience=1)[0] == 5            # 1 point: 50 times
    assert run(rates, times=100, patience=1)[0] == 8           # a tenth of a point: 500 times
    epoch, enough = run(rates, times=100, patience=3)
    assert epoch == 9 and enough.price == pytest.approx(3*enough.history[0][0]/1.2)

def test_a_step_back_is_no_gain_and_a_flat_curve_ends_the_run():
    assert run([.5, .9, .4, .5, .6, .7], times=1e9, patience=2)[0] == 4
    assert run([.5]*9, times=1e9, patience=3)[0] == 4
    assert run([.1*k for k in range(1, 10)], times=1.5)[0] is None

@given(st.lists(st.floats(0, 1), min_size=4, max_size=30), st.floats(1.5, 1e4))
@settings(max_examples=50, deadline=None)
def test_who_bears_a_higher_price_never_stops_earlier(rates, times):
    early, late = run(rates, times=times)[0], run(rates, times=10*times)[0]
    assert late is None or early <= late

@pytest.mark.parametrize('call, words', [
    (lambda: model('x', []), "'x' was asked nothing"), (lambda: frontier([model('a', 1), model('b', 1, n=9)]), 'asked the same examples'),
    (lambda: gain(model('a', 1), model('b', 1, n=9)), 'answer the same examples'), (lambda: gain(model('a', [1]), model('b', [1])), 'at least 2'),
    (lambda: choose([model('a', 1)], 0, 1), 'numbers above 0'), (lambda: examples_needed(90), 'from 0 to 1'),
    (lambda: examples_needed(.9, 0), 'above 0'), (lambda: run([90.]), 'Divide percents'), (lambda: run([.5], times=1), 'above 1')])
def test_bad_input_gets_one_sentence(call, words):
    with pytest.raises(ValueError, match=words): call()

# The picture and the lab

FIELD = [model('small', 60, 1e-8, .005, 100), model('poor', 55, 2e-8, .02, 100), model('middle', 80, 4e-8, .01, 100),
         model('large', 82, 3e-7, .06, 100)]

def test_the_picture_names_who_beats_whom():
    picture = draw_frontier(FIELD, FIELD[2])
    assert [row['beaten by'] for row in picture.table] == ['', 'small', '', ''] and '3 of 4' in picture.says
    assert all(name in picture.svg for name in ('small', 'middle', 'large')) and '>poor<' not in picture.svg

def test_one_candidate_can_be_drawn(): assert '1 of 1' in draw_frontier(FIELD[:1]).says

def test_the_lab_chooses_by_the_values_and_says_what_was_not_chosen():
    lab = FrontierLab(FIELD)
    assert 'Chosen: middle' in lab.picture.says and 'large, has 2.0 points more' in lab.picture.says
    lab.worth.value = .1
    assert 'Chosen: small' in lab.picture.says
    lab.load('worth=50.0')
    assert 'Chosen: large' in lab.picture.says and 'most accurate' in lab.picture.says
    lab.wait.value = 8
    assert 'Chosen: small' in lab.picture.says
    lab.wait.value = 2
    assert 'No model answers within 2 ms' in lab.picture.says
    lab.reset()
    lab.answers.value = '1,000 a day'
    assert 'Chosen: large' in lab.picture.says
    lab.close()

def test_every_question_is_proved_both_ways():
    from course.shared.check import read_items
    from course.shared.prove import prove
    prove(read_items(HERE/'answers_not_only_accuracy.py', 0), HERE.parents[1]/'nbs/40_carbon/45_not_only_accuracy.ipynb')
