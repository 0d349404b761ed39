"The audit beside fairlearn's MetricFrame on the same rows in the same run, at ten million rows, and how often its intervals hold the truth."
import time
from importlib import metadata
from statistics import median
import numpy as np, pandas as pd
from course.bias.accurate_for_whom import find_gap, rates_by_group
from course.bias.audit import REPORTED, Audit
from course.shared.count import count_people

N = 3
PEER = 'fairlearn MetricFrame'

def peer_version():
    try: return metadata.version('fairlearn')
    except metadata.PackageNotFoundError: return 'not installed'

def people(n):
    "Invent `n` people with two groups columns, a truth and an answer."
    dice = np.random.default_rng(0)
    pick = lambda names: np.array(names, dtype=object)[dice.integers(0, len(names), n)]
    return pd.DataFrame({'sex': pick(['woman', 'man']), 'age': pick(['<40', '40-65', '>65']),
                         'truth': dice.integers(0, 2, n), 'said': dice.integers(0, 2, n)})

def timed(function, times=N):
    "Median seconds and the last result."
    took = []
    for _ in range(times):
        began = time.perf_counter()
        result = function()
        took.append(time.perf_counter() - began)
    return median(took), result

def theirs(data, **settings):
    "The five reported rates in fairlearn, for each crossing."
    from fairlearn import metrics as fair
    from sklearn.metrics import accuracy_score, precision_score
    five = dict(zip(REPORTED, (accuracy_score, fair.selection_rate, fair.true_positive_rate, fair.false_positive_rate, precision_score)))
    return fair.MetricFrame(metrics=five, y_true=data.truth, y_pred=data.said, sensitive_features=data[['sex', 'age']], **settings)

def ours(data):
    "The same five rates for each crossing."
    names, cells = count_people(data, 'truth', 'said', ['sex', 'age'], [0, 1]).cells(['sex', 'age'], 1)
    return pd.DataFrame({rate: {tuple(row.group.split(' · ')): row.value for row in rates_by_group(cells, names, rate)} for rate in REPORTED})

def covered(sizes, truth, times=400):
    "Share of invented samples whose interval holds the true difference."
    dice, held = np.random.default_rng(1), 0
    for turn in range(times):
        right = dice.binomial(sizes, truth)
        gap = find_gap(np.array([[0, 0, n - k, k] for n, k in zip(sizes, right)]), ['one', 'two'], seed=turn)
        wanted = (truth[1] - truth[0])*(1 if gap.lowest.group == 'one' else -1)
        held += gap.low - 1e-9 <= wanted <= gap.high + 1e-9
    return held/times

def rows():
    version, found = peer_version(), []
    many, some = people(1_000_000), people(10_000)
    peer = dict(peer_name=PEER, peer_version=version)
    took, mine = timed(lambda: ours(many))
    row = dict(name='audit: five rates, 1e6 rows x 2 features', ours=took, unit='s', n=N, **peer)
    gaps, _ = timed(lambda: Audit('truth', 'said', ['sex', 'age'], data=some).gaps())
    draws = dict(name='audit: five gaps x 3 views with intervals, 1e4 rows, 1000 draws', ours=gaps, unit='s', n=N, **peer)
    if version != 'not installed':
        row['peer'], frame = timed(lambda: theirs(many), 1)
        apart = max(abs(frame.by_group.loc[group, rate] - mine.loc[group, rate]) for rate in REPORTED for group in mine.index)
        found.append(dict(name='audit: largest difference of any rate from the peer', ours=float(apart), unit='share', n=len(REPORTED)*len(mine), **peer))
        few = 10
        took, _ = timed(lambda: theirs(some, n_boot=few, ci_quantiles=[.025, .975], random_state=0).by_group_ci, 1)
        draws['peer'], draws['peer_name'] = took*1000/few, f'{PEER} n_boot={few}, times {1000//few}; one view'
    found += [row, draws]
    del many
    huge = people(10_000_000)
    took, _ = timed(lambda: count_people(huge, 'truth', 'said', ['sex', 'age'], [0, 1]), 1)
    grouped, _ = timed(lambda: huge.groupby(['sex', 'age', 'truth', 'said']).size(), 1)
    found.append(dict(name='audit: counting 1e7 rows', ours=took, peer=grouped, unit='s', n=1, peer_name='pandas groupby size', peer_version=pd.__version__))
    for sizes, truth in (((10, 10), (.5, .5)), ((10, 10), (.9, .9)), ((10, 100), (.9, .6)), ((30, 30), (.95, .8)), ((1000, 30), (.97, .97)), ((200, 200), (.9, .85))):
        found.append(dict(name=f'audit: 95 % interval holds the difference, n={sizes}, rates {truth}', ours=covered(sizes, truth), unit='share', n=400))
    return found
