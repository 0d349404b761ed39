"Lesson 12: what a borrowed body is worth beside training from nothing, in right answers and in seconds; three draws."
import time
import numpy as np
from course.finetune.butterflies import trial

SEEDS = (0, 1, 2)

def row(name, ours, peer, unit, peer_name):
    "One line of the table of benchmarks."
    return {'name': name, 'ours': ours, 'peer': peer, 'ratio': ours/peer if peer else None, 'unit': unit,
            'peer_name': peer_name, 'peer_version': '', 'n': len(SEEDS)}

def timed(*key):
    "Share of new ones right, share of old ones or None, seconds."
    start = time.perf_counter()
    counts, old = trial(*key)
    return np.trace(counts)/480, old and old/480, time.perf_counter() - start

def rows():
    found, keys = [], {'slowly': (3, 'all, early parts slowly', 'the same'), 'flat': (3, 'all, one rate', 'the same'),
                       'head': (3, 'head only', 'the same'), 'nothing': (3, 'from nothing, 6 times as long', 'the same'),
                       'negative, head': (10, 'head only', 'negative'), 'negative, all': (10, 'all, one rate', 'negative')}
    for seed in SEEDS: trial(3, 'head only', 'the same', seed) # photographs are made once, outside of the clock
    tried = {name: np.array([timed(*key, seed) for seed in SEEDS], float) for name, key in keys.items()}
    middle = {name: values.mean(0) for name, values in tried.items()}
    def pair(metric, one, other, column, unit):
        found.append(row(metric, float(middle[one][column]), float(middle[other][column]), unit, other))
    pair('new species right, 3 photographs of each', 'slowly', 'nothing', 0, 'share')
    pair('seconds of a trial, 3 photographs of each', 'head', 'nothing', 2, 's')
    pair('old species right, 3 photographs of each', 'slowly', 'flat', 1, 'share')
    pair('negatives right, 10 photographs of each', 'negative, all', 'negative, head', 0, 'share')
    return found

if __name__ == '__main__':
    for measured in rows(): print(measured)
