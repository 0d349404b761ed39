"Delay, false alarms and time of our stream detectors beside river's, same streams. `rows()`: one dict a measure."
import time
from importlib.metadata import PackageNotFoundError, version
import numpy as np
from course.drift.streams import ADWIN, DDM, DETECTORS, PageHinkley, make_stream, ring_days, set_limit, try_out

SEEDS = 100

def rivers():
    "River's detectors, made as ours; none where it is not installed."
    try:
        from river import drift
        from river.drift import binary
    except ImportError: return {}
    return {'Page-Hinkley': drift.PageHinkley, 'ADWIN': drift.ADWIN, 'DDM': binary.DDM}

def river_version():
    try: return version('river')
    except PackageNotFoundError: return 'not installed'

OURS = {'Page-Hinkley': PageHinkley, 'ADWIN': ADWIN, 'DDM': DDM}

def row(name, ours, peer, unit, n, peer_name='river'):
    return {'name': name, 'ours': ours, 'peer': peer, 'ratio': peer/ours if ours and peer else None, 'unit': unit,
            'peer_name': peer_name, 'peer_version': river_version() if peer_name == 'river' else '', 'n': n}

def answers(seed):
    "A thousand answers with one wrong in ten, then a thousand with three."
    dice = np.random.default_rng(seed)
    return np.concatenate([dice.random(1000) < .1, dice.random(1000) < .3]).astype(int).tolist()

def alarms(detector, values, is_river):
    "Where it rings, and processor seconds."
    rung, start = [], time.process_time()
    if is_river:
        for place, value in enumerate(values):
            detector.update(value)
            if detector.drift_detected: rung.append(place)
    else: rung = [place for place, value in enumerate(values) if detector.update(value)]
    return rung, time.process_time() - start

def summed(runs):
    "Share of streams with a false alarm before 1,000, median delay of those found, microseconds a value."
    waits = [next(place for place in rung if place >= 1000) - 1000 for rung, _ in runs if rung and rung[-1] >= 1000]
    false = float(np.mean([bool(rung) and rung[0] < 1000 for rung, _ in runs]))
    cost = 1e6*float(np.median([seconds for _, seconds in runs]))/2000
    return false, float(np.median(waits)) if waits else None, cost

def beside_river():
    "Usual settings of river, the same streams; where river is installed the alarms must be the same."
    found, theirs = [], rivers()
    for name, make in OURS.items():
        mine, other = [], []
        for seed in range(SEEDS): # in turns
            mine.append(alarms(make(), answers(seed), False))
            if theirs: other.append(alarms(theirs[name](), answers(seed), True))
        same = sum(a[0] == b[0] for a, b in zip(mine, other)) if theirs else None
        assert same in (None, SEEDS), f'{name}: {same} of {SEEDS} streams have the same alarms'
        false, delay, cost = summed(mine)
        their_false, their_delay, their_cost = summed(other) if theirs else (None,)*3
        found += [row(f'{name}: streams with a false alarm before the change', false, their_false, 'share', SEEDS),
                  row(f'{name}: median delay, wrong answers .1 to .3', delay, their_delay, 'answers', SEEDS),
                  row(f'{name}: time of one value', cost, their_cost, 'us', SEEDS)]
        if theirs: found.append(row(f'{name}: streams with the same alarms as river', same, SEEDS, 'streams', SEEDS))
    return found

def under_a_budget():
    "One false alarm a year, a waterfall of two spreads: ours, river with that limit, and the bell that rings by lot."
    found, theirs = [], rivers()
    lot = try_out('by lot', 365., seeds=SEEDS)
    for name in ('Page-Hinkley', 'ADWIN'):
        limit = set_limit(name, 1.)
        ours, peer = try_out(name, limit, seeds=SEEDS), None
        if theirs:
            how = {'threshold': limit, 'delta': .25} if name == 'Page-Hinkley' else {'delta': 3/limit, 'clock': 1}
            streams = [make_stream('waterfall', 2., seed=seed) for seed in range(SEEDS)]
            rung = [alarms(theirs[name](**how), days.tolist(), True)[0] for days in streams]
            assert rung == [ring_days(DETECTORS[name][0](limit, 0), days) for days in streams]
            waits = [next(day for day in days if day >= 365) - 365 for days in rung if days and days[-1] >= 365]
            peer = float(np.median(waits))
        found += [row(f'{name}, one false alarm a year: median delay', ours['delay'], peer, 'days', SEEDS),
                  row(f'{name}, one false alarm a year: false alarms', ours['false_a_year'], None, 'a year', SEEDS),
                  row(f'{name}, against a bell by lot: median delay', ours['delay'], lot['delay'], 'days', SEEDS,
                      'by lot')]
    return found

def rows(): return [*beside_river(), *under_a_budget()]

if __name__ == '__main__':
    for measured in rows(): print(measured)
