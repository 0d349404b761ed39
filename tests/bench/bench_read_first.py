"Lesson 14: what reading first is worth beside ten labels alone, in right answers and in seconds; three drawers."
import time
import numpy as np, torch # loaded before the clock starts
from course.finetune.read_first import make_reader, read_on, toy_notes, toy_trial

SEEDS = (0, 1, 2)

def row(name, ours, peer, unit, peer_name):
    "One line of the table of benchmarks."
    return {'name': name, 'ours': float(ours), 'peer': float(peer), 'ratio': float(ours/peer), 'unit': unit,
            'peer_name': peer_name, 'peer_version': '', 'n': len(SEEDS)}

def timed(seed):
    "Share right after all three steps and from nothing; seconds of reading the drawer, and of ten labels."
    nothing, drawer = make_reader(seed), toy_notes(500, 2000 + seed)[0]
    language, _ = read_on(nothing, toy_notes(3000, 1000 + seed, own=False)[0], epochs=6, seed=seed)
    start = time.perf_counter()
    reader, _ = read_on(language, drawer, seed=seed)
    read = time.perf_counter()
    ulmfit = toy_trial(reader, 10, True, seed)
    taught = time.perf_counter()
    return ulmfit/1000, toy_trial(nothing, 10, False, seed)/1000, read - start, taught - read

def rows():
    toy_trial(make_reader(), 10) # the first call pays for what is loaded
    ulmfit, scratch, read, taught = np.array([timed(seed) for seed in SEEDS]).mean(0)
    return [row('toy notes right after ten labels', ulmfit, scratch, 'share', 'from nothing'),
            row('seconds of reading 500 toy notes', read, taught, 's', 'teaching ten labels')]

if __name__ == '__main__':
    for measured in rows(): print(measured)
