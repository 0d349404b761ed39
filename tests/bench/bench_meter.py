"What the meter costs beside codecarbon: processor time while it watches, start-up, agreement; and what its interval holds."
import csv, statistics, subprocess, sys, time

PEER = ('from codecarbon import OfflineEmissionsTracker\n'
        'tracker = OfflineEmissionsTracker(country_iso_code="FRA", measure_power_secs=1, save_to_file=False, log_level="error")\n'
        'tracker.start()')
OURS = 'from course.carbon.meter import Meter\nm = Meter()\nm.__enter__()'
IN_LESSON = 'import numpy, course.shared.lab, course.shared.draw, course.shared.data'  # What every lesson has loaded

def peer_version():
    "Give the version of codecarbon, or None where it is not installed."
    try:
        from importlib.metadata import version
        import codecarbon
        return version('codecarbon')
    except ImportError: return None

def row(name, ours, peer, unit, n, version):
    "Write one row of the table."
    return dict(name=name, ours=ours, peer=peer, ratio=ours/peer if peer else None, unit=unit, peer_name='codecarbon',
                peer_version=version or 'not installed', n=n)

def tracker(seconds=1.):
    from codecarbon import OfflineEmissionsTracker
    return OfflineEmissionsTracker(country_iso_code='FRA', measure_power_secs=seconds, save_to_file=False, log_level='error',
                                   allow_multiple_runs=True)

def spent(work):
    "Give processor seconds of all threads while `work` runs."
    before = time.process_time()
    work()
    return time.process_time() - before

def watching(version, pairs=8, seconds=8.):
    "Processor time while nothing but the meter works, pair by pair."
    from course.carbon.meter import Meter
    idle, ours, peers = [], [], []
    with Meter(): pass
    for _ in range(pairs):
        idle.append(spent(lambda: time.sleep(seconds)))
        with Meter() as m: ours.append(spent(lambda: time.sleep(seconds)))
        if not version: continue
        other = tracker()
        other.start()
        peers.append(spent(lambda: time.sleep(seconds)))
        other.stop()
    base = statistics.median(idle)
    share = [max(0., c - base)/seconds*100 for c in ours]
    theirs = [max(0., c - base)/seconds*100 for c in peers]
    middle = statistics.median(theirs) if theirs else None
    yield row('watching once a second', statistics.median(share), middle, '% of one core', pairs, version)

def fresh(code, loaded):
    "Give processor seconds and seconds of waiting for `code` in a new Python, after `loaded`."
    script = f'{loaded}\nimport os, time\nt, w = time.process_time(), time.perf_counter()\n{code}\n'
    script += 'print(time.process_time() - t, time.perf_counter() - w, flush=True)\nos._exit(0)'
    done = subprocess.run([sys.executable, '-W', 'ignore', '-c', script], capture_output=True, text=True, check=True)
    return [float(word) for word in done.stdout.split()]

def starting(version, pairs=5):
    "Import and first start in new processes, by turns; in a lesson and in an empty Python."
    for where, loaded in (('in a lesson', IN_LESSON), ('in an empty Python', 'pass')):
        for name, ours, peer in (('import', OURS.splitlines()[0], PEER.splitlines()[0]), ('import and first start', OURS, PEER)):
            mine, theirs = [], []
            for _ in range(pairs):
                mine.append(fresh(ours, loaded))
                if version: theirs.append(fresh(peer, loaded))
            for place, kind in enumerate(('processor time', 'waiting')):
                middle = [statistics.median(pair[place] for pair in found) if found else None for found in (mine, theirs)]
                yield row(f'{name} {where}, {kind}', *middle, 's', pairs, version)

def slowing(version, pairs=40):
    "Thread time of the same work with and without a meter, in turns, each after a warm-up."
    import numpy as np
    from contextlib import contextmanager, nullcontext
    from course.carbon.meter import Meter
    @contextmanager
    def other():
        peer = tracker()
        peer.start()
        yield
        peer.stop()
    x = np.random.default_rng(0).normal(size=100_000)
    def work():
        before = time.thread_time()
        for _ in range(100): np.exp(x)
        return time.thread_time() - before
    kinds, times = {'plain': nullcontext, 'ours': Meter} | ({'peer': other} if version else {}), {}
    for pair in range(pairs):
        for kind in sorted(kinds, reverse=pair % 2 == 0):
            with kinds[kind]():
                work()
                times.setdefault(kind, []).append(work())
    slower = {kind: 100*(statistics.median(t/p for t, p in zip(times[kind], times['plain'])) - 1) for kind in times}
    yield row('the same work beside a meter', slower['ours'], slower.get('peer'), '% more processor time', pairs, version)

def agreeing(version, seconds=10.):
    "The same ten seconds told by codecarbon and by its formulas on our samples."
    if not version: return
    from course.carbon.meter import Meter
    from course.shared.data import datasets_folder
    from course.shared.machine import this_machine
    from course.shared.sensors import told_by
    other = tracker()
    other.start()
    with Meter() as m:
        until = time.monotonic() + seconds
        while time.monotonic() < until: sum(range(10_000))
    other.stop()
    data = other.final_emissions_data
    told = told_by('codecarbon-3', m.samples, this_machine())
    yield row('energy of one run, by its own formulas', told.kwh*1e6, data.energy_consumed*1e6, 'mWh', 1, version)
    yield row('of which memory', told.parts[1].kwh*1e6, data.ram_energy*1e6, 'mWh', 1, version)
    with open(datasets_folder()/'grid'/'countries.csv', encoding='utf-8') as file:
        france = next(float(r['grams_per_kwh']) for r in csv.DictReader(file) if r['iso3'] == 'FRA')
    yield row('grams per kWh in France', france, data.emissions/data.energy_consumed*1000, 'g/kWh', 1, version)

def holding():
    "The share of measured half minutes that the interval of the model holds; it promises 0.9."
    from course.shared.data import datasets_folder
    with open(datasets_folder()/'power'/'load_points.csv', encoding='utf-8') as file: points = list(csv.DictReader(file))
    factors = [float(p['measured_watts'])/(float(p['design_watts'])*(.1 + .9*float(p['load']))) for p in points]
    held = sum(.5 <= f <= 2.04 for f in factors)/len(factors)
    yield dict(name='measured processor points inside the interval', ours=held, peer=.9, ratio=held/.9, unit='share', peer_name='promised',
               peer_version='', n=len(points))

def rows():
    "Measure all of it; about three minutes."
    version = peer_version()
    return [*watching(version), *starting(version), *slowing(version), *agreeing(version), *holding()]

if __name__ == '__main__':
    for r in rows(): print({k: round(v, 4) if isinstance(v, float) else v for k, v in r.items()})
