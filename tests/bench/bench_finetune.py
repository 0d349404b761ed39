"""`finetune` on real photographs beside a plain loop and fastai: seconds to the same held-out accuracy, and peak memory.

The same body, the same photographs, five of each class to learn from, those put aside to test with after every epoch.
Each run has a fresh process; the clock starts when everything is imported. The ways take turns: another one begins for
each seed. `cached` passes each photograph through the frozen body once, `uncached` in every epoch, as the plain loop.
Ours looks through the body with its normalisations folded in, as `course.shared.body` offers it."""
import json, os, statistics, subprocess, sys, time
from pathlib import Path

SEEDS, MOST_EPOCHS, SIZE = (0, 1, 2), 12, 128
WAYS = ('cached', 'uncached', 'plain', 'fastai')
SLACK = .02 # the goal: what `cached` reaches in all its epochs, less this share

class Reached(Exception):
    "The goal is reached: no further epoch is needed."

class Held:
    "Opened photographs as a `Dataset` of single pairs, which nothing passes through the body beforehand."
    def __init__(self, x, y): self.x, self.y = x, y
    def __len__(self): return len(self.y)
    def __getitem__(self, row): return self.x[row], self.y[row]

def ours(learn, aside, goal, cached, seed):
    "Seconds, best accuracy and epochs of `finetune` with a new head on a frozen body, until `goal` is reached."
    import torch
    from bench_borrowed_eyes import as_arrays
    from course.shared import body as bodies
    from course.shared.tune import finetune
    found, start = [], time.perf_counter()
    def after(epoch):
        found.append(epoch.right)
        if epoch.right >= goal: raise Reached
    named = torch.nn.Linear(1280, len(learn.classes))
    head = torch.nn.Sequential(torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), named)
    parts = [torch.nn.Sequential(*bodies.folded(bodies.lite0()).parts), head]
    data = [(as_arrays(one), torch.tensor(one.labels)) for one in (learn, aside)]
    if not cached: data = [Held(*one) for one in data]
    try: finetune(parts, *data, epochs=MOST_EPOCHS, rate=1e-2, unfreeze='head', pile=8, seed=seed, device='cpu',
                  after=after)
    except Reached: pass
    return time.perf_counter() - start, max(found), len(found)

def peak():
    "The most memory this process ever held, MiB."
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/(2**20 if sys.platform == 'darwin' else 2**10)

def one_run(way, seed, goal):
    "One way, one seed, in this process."
    import torch, bench_borrowed_eyes as eyes
    from course.shared.data import load
    learn, aside = eyes.put_aside(load('photos'), each=5, seed=seed)
    torch.manual_seed(seed)
    vision, version = eyes.fastai() if way == 'fastai' else (None, torch.__version__)
    if way == 'fastai' and not vision: return dict(version=version)
    began, eyes.MOST_EPOCHS, eyes.SIZE = peak(), MOST_EPOCHS, SIZE
    if way == 'plain': spent, right, epochs = eyes.plain_until(learn, aside, goal)
    elif way == 'fastai': spent, right, epochs = eyes.fastai_until(vision, learn, aside, goal)
    else: spent, right, epochs = ours(learn, aside, goal, way == 'cached', seed)
    return dict(seconds=spent, right=right, epochs=epochs, peak=peak(), before=began, version=version,
                tested=len(aside))

def fresh(way, seed, goal):
    "The same in a process of its own."
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get('PYTHONPATH')])])
    done = subprocess.run([sys.executable, __file__, way, str(seed), str(goal)], capture_output=True, text=True,
                          env=os.environ | {'PYTHONPATH': paths})
    if done.returncode: raise RuntimeError(f'{way}, seed {seed}: {done.stderr.strip()[-800:]}')
    return json.loads(done.stdout.strip().splitlines()[-1])

def rows(seeds=SEEDS):
    found, runs = [], {way: [] for way in WAYS}
    for turn, seed in enumerate(seeds):
        goal = fresh('cached', seed, 2)['right'] - SLACK # no accuracy is 2: all epochs are run
        for way in (*WAYS[turn % 4:], *WAYS[:turn % 4]): runs[way].append(fresh(way, seed, goal) | dict(goal=goal))
    if 'seconds' not in runs['fastai'][0]:
        print('fastai is left out: it is not installed, or does not start here.', file=sys.stderr)
    def middle(way, key): return statistics.median(run[key] for run in runs[way]) if key in runs[way][0] else None
    for own in ('cached', 'uncached'):
        for peer, called in (('plain', 'PyTorch loop'), ('fastai', 'fastai fine_tune')):
            for key, unit, told in (('seconds', 's', 'to the same held-out accuracy'),
                                    ('right', 'share', 'held-out accuracy then'),
                                    ('peak', 'MiB', 'peak memory of the process')):
                mine, theirs = middle(own, key), middle(peer, key)
                found.append(dict(name=f'finetune, {own}: {told}', ours=mine, peer=theirs, unit=unit, peer_name=called,
                    ratio=theirs and mine/theirs, peer_version=runs[peer][0]['version'], n=len(seeds),
                    goals=[run['goal'] for run in runs[own]], ours_all=[run[key] for run in runs[own]],
                    peer_all=[run.get(key) for run in runs[peer]], ours_epochs=[run['epochs'] for run in runs[own]],
                    peer_epochs=[run.get('epochs') for run in runs[peer]], tested=runs[own][0]['tested']))
    return found

if __name__ == '__main__': print(json.dumps(one_run(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))))
