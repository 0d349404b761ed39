"The first lesson beside what a learner would write instead: a plain PyTorch loop, and fastai on the same body and pictures."
import os, statistics, tempfile, time
from contextlib import contextmanager
from unittest import mock
import numpy as np, torch
from torch.nn.functional import cross_entropy
from course.finetune.borrowed_eyes import put_aside
from course.shared import body as bodies
from course.shared.data import load
from course.shared.pictures import open_picture
from course.shared.sorter import teach

SIZE, SEEDS, MOST_EPOCHS = 128, (0, 1, 2), 12

@contextmanager
def nothing_remembered():
    "No picture has been seen before: an empty home, an empty shelf."
    with tempfile.TemporaryDirectory() as home, mock.patch.dict(os.environ, COURSE_HOME=home), \
         mock.patch.object(bodies, 'SHELF', bodies.Shelf()): yield

def seconds(function):
    "How long a call takes, and what it gives."
    start = time.perf_counter()
    found = function()
    return time.perf_counter() - start, found

def as_arrays(pictures):
    "Every picture opened, one after the other, as most loops do it."
    return bodies.as_input(np.stack([open_picture(path, SIZE) for path in pictures.paths])).contiguous()

def plain_features(pictures):
    "Features as a plain loop makes them: normalisation not folded, opened and calculated in turn."
    net = bodies.lite0()
    with torch.no_grad(): return torch.cat([net(as_arrays(pictures.take(range(i, min(i + 16, len(pictures))))))
                                            for i in range(0, len(pictures), 16)])

class Plain(torch.nn.Module):
    "The body with a new head."
    def __init__(self, classes):
        super().__init__()
        self.body, self.head = bodies.lite0(), torch.nn.Linear(1280, classes)
    def forward(self, x): return self.head(self.body(x))

def accuracy(net, x, y):
    "Share right, without training."
    net.eval()
    with torch.no_grad(): return (torch.cat([net(part) for part in x.split(32)]).argmax(1) == y).float().mean().item()

def plain_steps(learn, parts, epochs=4):
    "Seconds for one epoch of a plain loop that trains the last `parts` parts and sends each batch through the whole body."
    net, y = Plain(len(learn.classes)), torch.tensor(learn.labels)
    net.body.requires_grad_(False)
    trained = [*net.body.parts[-parts:].parameters(), *net.head.parameters()]
    for one in trained: one.requires_grad_(True)
    steps, x = torch.optim.AdamW(trained, 1e-3), as_arrays(learn)
    def epoch():
        for rows in torch.randperm(len(y)).split(16):
            steps.zero_grad()
            cross_entropy(net(x[rows]), y[rows]).backward()
            steps.step()
    return statistics.median(seconds(epoch)[0] for _ in range(epochs))

def plain_until(learn, aside, goal):
    "Seconds and accuracy of a plain loop that trains a head in front of a frozen body, until `goal` is reached."
    start = time.perf_counter()
    net, y, y_aside = Plain(len(learn.classes)), torch.tensor(learn.labels), torch.tensor(aside.labels)
    net.body.requires_grad_(False)
    steps, x, x_aside = torch.optim.AdamW(net.head.parameters(), 1e-2), as_arrays(learn), as_arrays(aside)
    return until(start, goal, lambda: accuracy(net, x_aside, y_aside), lambda: epoch_of(net, steps, x, y))

def epoch_of(net, steps, x, y):
    "One pass over the pictures; the frozen body stays as it is."
    net.body.eval()
    for rows in torch.randperm(len(y)).split(8):
        steps.zero_grad()
        cross_entropy(net(x[rows]), y[rows]).backward()
        steps.step()

def until(start, goal, test, epoch):
    "Train until the test is passed or the epochs are spent; seconds, accuracy and epochs."
    found = 0
    for number in range(1, MOST_EPOCHS + 1):
        epoch()
        found = max(found, test())
        if found >= goal: break
    return time.perf_counter() - start, found, number

def ours_until(learn, aside):
    "Seconds and accuracy of the lesson's head, from files nobody has seen to tested answers."
    with nothing_remembered():
        def run(): return teach(learn, size=SIZE).chances(aside).argmax(1).numpy()
        spent, guess = seconds(run)
    return spent, float((guess == np.array(aside.labels)).mean())

def fastai():
    "fastai, or the reason why it is missing."
    try:
        import fastai, fastai.vision.all as vision
        return vision, fastai.__version__
    except Exception: pass
    try: # torchvision built for another torch lacks two operators that nothing here uses; their names are enough
        names = torch.library.Library('torchvision', 'DEF')
        for name in ('nms', 'qnms'): names.define(f'{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor')
        import fastai, fastai.vision.all as vision
        return vision, fastai.__version__
    except Exception: return None, 'not installed'

def fastai_until(vision, learn, aside, goal):
    "Seconds and accuracy of fastai's `fine_tune` on the same body and pictures, until `goal` is reached."
    start = time.perf_counter()
    paths, labels = learn.paths + aside.paths, learn.labels + aside.labels
    block = vision.DataBlock((vision.ImageBlock, vision.CategoryBlock(vocab=list(range(len(learn.classes))))),
        get_x=lambda i: paths[i], get_y=lambda i: labels[i], splitter=vision.FuncSplitter(lambda i: i >= len(learn)),
        item_tfms=vision.Resize(SIZE, method='pad', pad_mode='zeros'),
        batch_tfms=vision.Normalize.from_stats([127/255]*3, [128/255]*3, cuda=False))
    loaders = block.dataloaders(range(len(paths)), bs=8, num_workers=0, device='cpu')
    net = Plain(len(learn.classes))
    class Enough(vision.Callback):
        order, best, epochs = 70, 0., 0 # after the recorder
        def after_epoch(self):
            self.epochs, self.best = self.epochs + 1, max(self.best, float(self.recorder.values[-1][-1]))
            if self.best >= goal: raise vision.CancelFitException
    enough = Enough()
    learner = vision.Learner(loaders, net, metrics=vision.accuracy, cbs=enough,
                             splitter=lambda m: [list(m.body.parameters()), list(m.head.parameters())])
    with learner.no_bar(), learner.no_logging():
        try: learner.fine_tune(MOST_EPOCHS - 1, base_lr=2e-3)
        except vision.CancelFitException: pass
    return time.perf_counter() - start, enough.best, enough.epochs

def rows():
    photos, found = load('photos'), []
    def row(name, ours, peer, unit, peer_name, version, n, **more):
        found.append(dict(name=name, ours=ours, peer=peer, ratio=None if peer is None else ours/peer, unit=unit,
                          peer_name=peer_name, peer_version=version, n=n, **more))
    bodies.ready('cpu'), plain_features(photos.take(range(16)))  # both warm
    took = {'ours': [], 'plain': []}
    for _ in SEEDS:
        with nothing_remembered(): took['ours'].append(seconds(lambda: bodies.features(photos, SIZE))[0])
        took['plain'].append(seconds(lambda: plain_features(photos))[0])
    speed = {name: len(photos)/statistics.median(times) for name, times in took.items()}
    row('features of 179 photographs, none seen before', speed['ours'], speed['plain'], 'pictures/s', 'PyTorch loop',
        torch.__version__, len(SEEDS))
    learn, _ = put_aside(photos, each=20)
    ours, plain = [], []
    for seed in SEEDS:
        with nothing_remembered():
            bodies.features(learn, SIZE), bodies.features(learn, SIZE, 16)
            one, nine = (seconds(lambda: teach(learn, 16, size=SIZE, seed=seed, epochs=n))[0] for n in (1, 9))
        ours.append((nine - one)/8)
        plain.append(plain_steps(learn, 2))
    row('one epoch of the last block, 100 photographs', statistics.median(ours), statistics.median(plain), 's',
        'PyTorch loop', torch.__version__, len(SEEDS))
    vision, version = fastai()
    trials = {'ours': [], 'plain': [], 'fastai': []}
    for seed in SEEDS:
        torch.manual_seed(seed)
        learn, aside = put_aside(photos, each=5, seed=seed)
        trials['ours'].append(ours_until(learn, aside))
        trials['plain'].append(plain_until(learn, aside, trials['ours'][-1][1]))
        if vision: trials['fastai'].append(fastai_until(vision, learn, aside, trials['ours'][-1][1]))
    middle = {name: [statistics.median(one[i] for one in runs) for i in (0, 1)] for name, runs in trials.items() if runs}
    for name, peer, told in (('plain', 'PyTorch loop', torch.__version__), ('fastai', 'fastai fine_tune', version)):
        other = middle.get(name, (None, None))
        epochs = [run[2] for run in trials[name]]
        row('files to tested answers at our accuracy, five of each', middle['ours'][0], other[0], 's', peer, told,
            len(SEEDS), peer_epochs=epochs)
        row('  held-out accuracy then', middle['ours'][1], other[1], 'share', peer, told, len(SEEDS), peer_epochs=epochs)
    return found
