"How fast the drift unit is, as ratios against a peer in the same run. `rows()` gives one dict a measure."
import subprocess, sys, time
from importlib.metadata import version
import numpy as np
from scipy import stats
from scipy.spatial.distance import cdist
from course.drift.enough_rows import likeness_test
from course.drift.the_alarm import ks_distance, ks_p

def seconds(function, times=3):
    "The median of a few runs, processor seconds: other programs do not count."
    taken = []
    for _ in range(times):
        start = time.process_time()
        function()
        taken.append(time.process_time() - start)
    return float(np.median(taken))

def row(name, ours, peer, unit, peer_name, peer_version, n):
    return {'name': name, 'ours': ours, 'peer': peer, 'ratio': peer/ours if ours and peer else None, 'unit': unit,
            'peer_name': peer_name, 'peer_version': peer_version, 'n': n}

def loop_mmd(old, new, deals):
    "What a user writes with scipy: one kernel matrix, and one pair of index lists a deal."
    both = np.concatenate([old, new])
    apart = cdist(both, both, 'sqeuclidean')
    alike, n, dice = np.exp(-apart/np.median(apart)), len(old), np.random.default_rng(0)
    effects = []
    for _ in range(deals):
        order = dice.permutation(len(both))
        a, b = order[:n], order[n:]
        effects.append(alike[np.ix_(a, a)].mean() + alike[np.ix_(b, b)].mean() - 2*alike[np.ix_(a, b)].mean())
    return effects

def mmd(n=1000, d=10, deals=1000, peer_deals=20):
    "MMD by permutation; the peer runs fewer deals and is scaled up."
    dice = np.random.default_rng(0)
    old, new = dice.normal(size=(n, d)), dice.normal(.03, 1, (n, d))
    ours = seconds(lambda: likeness_test(old, new, draws=deals))
    peer = seconds(lambda: loop_mmd(old, new, peer_deals), 1)*deals/peer_deals
    return row(f'MMD n=m={n} d={d} {deals} permutations', ours, peer, 's', 'numpy and scipy, deal by deal', version('scipy'), 3)

def ks(columns=1000, rows=10_000, peer_columns=40):
    "KS over many columns; the peer tests fewer columns and is scaled up. The p-values must agree."
    dice = np.random.default_rng(1)
    old, new = dice.normal(size=(2, columns, rows))
    ours = seconds(lambda: ks_p(ks_distance(old, new), rows, rows))
    p, measured = ks_p(ks_distance(old[:peer_columns], new[:peer_columns]), rows, rows), []
    for method, near in (('asymp', .01), ('auto', 1e-8)): # 'auto' is what a user gets: exact p up to 10,000 rows, as ours
        theirs = lambda: [stats.ks_2samp(a, b, method=method).pvalue for a, b in zip(old[:peer_columns], new[:peer_columns])]
        assert np.allclose(p, theirs(), atol=near)
        peer = seconds(theirs, 1)*columns/peer_columns
        measured.append(row(f'KS {columns} columns x {rows} rows', ours, peer, 's', f'scipy.stats.ks_2samp, {method}', version('scipy'), 3))
    return measured

WATCH = '''
import resource, sys, time
import numpy as np, pandas as pd
from course.drift.watch import Watch
def pieces(rows, seed):
    for i in range(rows//50_000):
        dice = np.random.default_rng(seed*10_000 + i)
        table = {f'number {k}': dice.normal(size=50_000) for k in range(14)}
        table |= {f'name {k}': pd.Series(dice.integers(0, 8, 50_000)).map(dict(enumerate('abcdefgh'))) for k in range(5)}
        table['day'] = pd.Timestamp('2026-01-01') + pd.to_timedelta(dice.integers(0, 8000, 50_000), 'h')
        yield pd.DataFrame(table)
rows, made = int(sys.argv[1]), 0.
watch = Watch.fit(pieces(100_000, 1))
def timed():
    global made
    stream = pieces(rows, 2)
    while True:
        start = time.process_time()
        piece = next(stream, None)
        made += time.process_time() - start
        if piece is None: return
        yield piece
start = time.process_time()
report = watch.check(timed())
spent = time.process_time() - start - made
try: peak = next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM')) # of this process only
except OSError: peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(spent, peak/1024, report.now)
'''

def watch_run(rows):
    "Processor seconds of the watch alone, and MiB of the whole process, for a generated stream of 20 columns."
    out = subprocess.run([sys.executable, '-c', WATCH, str(rows)], capture_output=True, text=True, check=True).stdout.split()
    return float(out[0]), float(out[1])

def watch(rows=2_500_000):
    "The watch at one size and at four times the size: seconds must grow fourfold, memory not at all."
    (one, small), (four, large) = watch_run(rows), watch_run(4*rows)
    return [row(f'watch, {rows} rows x 20 columns: thousand rows a second', rows/one/1e3, None, 'krows/s', '', '', 1),
            row(f'watch, 4 times {rows} rows against once: seconds', four, one, 's', 'itself at a quarter of the rows', '', 1),
            row(f'watch, 4 times {rows} rows against once: peak memory', large, small, 'MiB', 'itself at a quarter of the rows', '', 1)]

def rows(): return [mmd(), *ks(), *watch()]

if __name__ == '__main__':
    for measured in rows(): print(measured)
