"What must hold of every score."
import random, subprocess, sys
from types import SimpleNamespace
import numpy as np, pandas as pd, pytest, torch
from hypothesis import given, strategies as st
from scipy.stats import binomtest
from course.shared.score import TINY, bootstrap, draw_score, energy_text, score, wilson

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))

@given(counts, st.sampled_from([.8, .9, .95, .99]))
def test_wilson_agrees_with_scipy(count, level):
    right, n = count
    other = binomtest(right, n).proportion_ci(level, method='wilson')
    assert wilson(right, n, level) == pytest.approx((other.low, other.high), abs=1e-9)

@given(counts)
def test_the_interval_holds_the_rate_and_stays_between_0_and_1(count):
    low, high = wilson(*count)
    assert 0 <= low <= count[0]/count[1] <= high <= 1

@pytest.mark.parametrize('truth, n', [(.5, 20), (.8, 52), (.95, 30), (.99, 200)])
def test_a_95_percent_interval_holds_the_truth_nineteen_times_in_twenty(truth, n):
    dice = random.Random(11)
    held = sum(low <= truth <= high for low, high in
               (wilson(sum(dice.random() < truth for _ in range(n)), n) for _ in range(2000)))/2000
    assert .92 <= held <= .985

def test_of_nothing_nothing_is_known(): assert wilson(0, 0) == (0., 1.)

@pytest.mark.parametrize('right, n', [(3, 2), (-1, 5), (1, 0)])
def test_more_right_than_tried_is_refused(right, n):
    with pytest.raises(ValueError, match='counts some of the `n`'): wilson(right, n)

def test_percents_are_no_level():
    with pytest.raises(ValueError, match='Divide percents by 100'): wilson(1, 2, 95)

labels = st.lists(st.tuples(st.sampled_from('abc'), st.sampled_from('abc')), min_size=1, max_size=60)

@given(labels)
def test_slices_add_up_to_the_whole(pairs):
    truth, guess = zip(*pairs)
    result = score(truth, guess)
    assert (sum(row.n for row in result.rows), sum(row.right for row in result.rows)) == (result.n, result.right)

@given(labels, st.randoms())
def test_the_order_of_the_examples_does_not_matter(pairs, dice):
    mixed = list(pairs)
    dice.shuffle(mixed)
    assert score(*zip(*pairs)) == score(*zip(*mixed))

@given(labels)
def test_no_slice_of_enough_examples_is_worse_than_the_worst(pairs):
    result = score(*zip(*pairs))
    big = [row.rate for row in result.rows if row.n >= TINY]
    assert result.worst is None if len(big) < 2 else result.worst.rate == min(big)

def test_all_wrappings_give_one_score():
    truth, guess = [0, 1, 1, 0, 1, 1], [0, 1, 0, 0, 1, 1]
    plain = score(truth, guess, classes=['cat', 'dog'])
    for wrap in (tuple, np.array, pd.Series, torch.tensor, lambda v: [torch.tensor(x) for x in v], pd.Categorical):
        assert score(wrap(truth), wrap(guess), classes=['cat', 'dog']) == plain
    assert score(pd.Series(['a', 'b']), np.array(['a', 'a'])) == score(['a', 'b'], ['a', 'a'])

def test_truth_values_are_labels():
    assert score([True, False], [True, True]).right == 1
    assert score([True, False], torch.tensor([True, True])).right == 1

def test_scoring_loads_no_heavy_library():
    heavy = "{'torch', 'pandas', 'scipy', 'sklearn', 'numpy'} & set(sys.modules)"
    code = f"import sys; from course.shared.score import score; score([1, 0], [1, 1]); print({heavy})"
    assert subprocess.run([sys.executable, '-c', code], capture_output=True, text=True).stdout.strip() == 'set()'

def test_an_undefined_rate_stays_undefined():
    result = score(['cat'], ['cat'], classes=['cat', 'owl'])
    owl = result.rows[1]
    assert owl.rate is None and (owl.low, owl.high) == (0., 1.)
    assert 'undefined' in str(owl) and 'undefined' in str(result) and ' 0 %' not in str(result)

def test_a_tiny_slice_is_never_the_worst_and_is_counted():
    truth = ['a']*9 + ['b']*8 + ['rare']*2
    result = score(truth, ['a']*9 + ['b']*7 + ['a']*3)
    assert result.worst.name == 'b' and '1 too small to compare' in str(result) and 'worst of 2' in str(result)

def test_one_slice_alone_is_not_the_worst(): assert score(['a']*9, ['a']*9).worst is None

def test_slices_come_from_the_caller():
    result = score([1, 1, 0, 0], [1, 0, 0, 0], slices={'light': ['day', 'night', 'day', 'night'], 'camera': [1, 1, 2, 2]})
    assert [row.name for row in result.rows] == ['camera: 1', 'camera: 2', 'light: day', 'light: night']
    assert [row.right for row in result.rows] == [1, 2, 2, 1]

def test_the_sentence_says_all_of_it():
    truth = ['birds']*9 + ['flowers']*23 + ['cars']*20
    guess = ['birds']*5 + ['cars']*4 + ['flowers']*20 + ['birds']*3 + ['cars']*18 + ['flowers']*2
    says = str(score(truth, guess, energy=SimpleNamespace(kwh=4e-4, low=2e-4, high=8e-4)))
    assert says == '43 of 52 right: 83 % (70 to 91 %), worst of 3: birds 5 of 9 (27 to 81 %); 0.40 Wh'

@pytest.mark.parametrize('truth, guess, kind, says', [
    ([1, 0, 1], [1, 0], ValueError, '3 labels, `guess` has 2'),
    ([], [], ValueError, 'nothing to score'),
    (['a', 'b'], [0, 1], TypeError, 'different languages'),
    ([0, 1], [[.1, .9], [.8, .2]], TypeError, r'argmax\(1\)'),
    ([0, 1], [.3, .8], TypeError, 'Choose a class first'),
    ([0, None], [0, 1], ValueError, 'no label for example 1'),
    ([0., float('nan')], [0, 1], ValueError, 'no label for example 1'),
    ([0, pd.NA], [0, 1], ValueError, 'no label for example 1'),
    ('ab', ['a', 'b'], TypeError, 'one label for each example'),
    (3, [3], TypeError, 'one label for each example'),
])
def test_bad_labels_get_one_clear_sentence(truth, guess, kind, says):
    with pytest.raises(kind, match=says): score(truth, guess)

def test_an_unknown_class_gets_the_nearest_name():
    with pytest.raises(ValueError, match="Did you mean 'flower'"): score(['flower'], ['flowr'], classes=['bird', 'flower'])
    with pytest.raises(ValueError, match='class 7 .* 0 to 1'): score([0, 7], [0, 1], classes=['a', 'b'])

def test_slices_of_another_length_are_refused():
    with pytest.raises(ValueError, match='`truth` has 2, `slices` day has 1'): score([1, 0], [1, 0], slices={'day': ['x']})

@pytest.mark.parametrize('kwh, text', [(0, '0 µWh'), (4.2e-10, '0.42 µWh'), (9.9e-8, '99 µWh'), (1e-7, '0.10 mWh'), (1e-4, '0.10 Wh'),
                                       (.42, '420 Wh'), (1., '1.0 kWh'), (433_196, '433196 kWh')])
def test_energy_is_written_in_a_unit_one_can_picture(kwh, text): assert energy_text(kwh) == text

def test_the_drawing_says_what_the_score_says():
    result = score(['a']*6 + ['b']*6, ['a']*6 + ['a']*3 + ['b']*3, classes=['a', 'b', 'c'])
    picture = draw_score(result)
    assert str(result) in picture.says and len(picture.table) == 4

def test_the_bootstrap_is_the_same_for_the_same_seed_only():
    values = np.random.default_rng(0).normal(size=50)
    assert bootstrap(values, np.median, seed=3) == bootstrap(values, np.median, seed=3) != bootstrap(values, np.median, seed=4)

def test_the_bootstrap_keeps_rows_together():
    x = np.arange(40.)
    value, low, high = bootstrap(np.column_stack([x, 2*x]), lambda rows: np.corrcoef(rows.T)[0, 1], n=200)
    assert (value, low, high) == pytest.approx((1, 1, 1))

def test_the_bootstrap_holds_the_truth_nine_times_in_ten_from_eighty_examples():
    held = [low <= 0 <= high for _, low, high in
            (bootstrap(row, np.mean, n=300) for row in np.random.default_rng(5).normal(size=(250, 80)))]
    assert .91 <= np.mean(held) <= .98

def test_the_bootstrap_takes_tensors(): assert bootstrap(torch.arange(9.), np.mean)[0] == 4

def test_the_bootstrap_refuses_what_it_cannot_draw_from():
    with pytest.raises(ValueError, match='at least 2'): bootstrap([3.], np.mean)
    with pytest.raises(ValueError, match='undefined in'): bootstrap([1., float('nan'), 2.], np.mean, n=50)
