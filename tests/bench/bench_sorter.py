"""The sorter on a box of pictures of twelve classes: pictures a second from files to albums, memory, a correction, kill -9.

The box is generated: committed photographs, drawings and cut-outs, cropped, mirrored and made lighter or darker anew.
Small by default; `SORTER_PICTURES=2000 python tests/bench/run.py sorter` is the afternoon of the lesson."""
import os, random, signal, statistics, subprocess, sys, tempfile, time
from pathlib import Path
from PIL import Image
from course.shared.data import load

PICTURES, SIDE = int(os.environ.get('SORTER_PICTURES', 96)), int(os.environ.get('SORTER_SIDE', 640))
LABELLED = 300  # Or half of the box, where that is less

def kinds():
    "Twelve classes: five of photographs, five of drawings, two of cut-outs."
    found = {}
    for name in ('photos', 'drawings', 'cutouts'):
        some = load(name)
        for path, label in zip(some.paths, some.labels):
            if some.classes[label] != 'pawed': found.setdefault(f'{name} {some.classes[label]}', []).append(path)
    return found

def generate(place, n=PICTURES, side=SIDE, seed=0):
    "Write `n` generated pictures into a folder for each class."
    dice, sources = random.Random(seed), kinds()
    for i in range(n):
        kind = sorted(sources)[i % len(sources)]
        cut = Image.open(dice.choice(sources[kind])).convert('RGBA')
        whole = Image.new('RGBA', cut.size, (236, 236, 230, 255))
        whole.alpha_composite(cut)
        share, light = dice.uniform(.75, 1), dice.uniform(.8, 1.2)
        x, y = (dice.uniform(0, 1 - share)*edge for edge in cut.size)
        box = (x, y, x + share*cut.width, y + share*cut.height)
        picture = whole.convert('RGB').resize((side, side), Image.Resampling.BILINEAR, box=box)
        if dice.random() < .5: picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        (Path(place)/kind).mkdir(parents=True, exist_ok=True)
        picture.point(lambda dot: min(255, int(light*dot))).save(Path(place)/kind/f'{i:05}.jpg', quality=88)

# Each stage runs in a process of its own, so that its memory is its own and it can be killed.
STAGES = """
import resource, sys, time
from pathlib import Path
from course.finetune.the_sorter import Desk
place, box, stage = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
start, desk = time.perf_counter(), Desk(place)
def tell(share, text): print('at', text, flush=True)
desk.add(box, tell)
desk.see(tell)
truth = [path.parent.name for path in desk.paths]
if stage == 'answer':
    desk.add_albums(*sorted(set(truth)))
    for row in desk.sample(int(sys.argv[4])):
        desk.label(row, truth[row])
        print('said', row, flush=True)
if stage == 'sort':
    desk.sorted_albums(.6)
    print('seconds', time.perf_counter() - start, flush=True)
    took = []
    for row in desk.queue(5):
        start = time.perf_counter()
        desk.answer(row, truth[row])
        desk.sorted_albums(.6), desk.queue(20)
        took.append(time.perf_counter() - start)
    print('correction', *took, flush=True)
    rest, said = [row for row in desk.there if not desk.labels[row]], desk.guesses()
    print('right', sum(said[row][0] == truth[row] for row in rest), len(rest), flush=True)
print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024, flush=True)
"""

def stage(home, place, box, *words):
    "Start one stage."
    return subprocess.Popen([sys.executable, '-c', STAGES, str(place), str(box), *map(str, words)], text=True,
                            stdout=subprocess.PIPE, env=os.environ | {'COURSE_HOME': str(home)})

def killed_after(process, word, n):
    "Read until `n` lines begin with `word`, then kill -9; gives those lines."
    seen = []
    for line in process.stdout:
        if line.startswith(word): seen.append(line.split())
        if len(seen) == n: break
    process.send_signal(signal.SIGKILL)
    process.wait()
    return seen

def finished(process):
    "What a stage told, by its first word."
    told = {line.split()[0]: [float(word) for word in line.split()[1:]] for line in process.stdout
            if line.split()[0] in ('seconds', 'correction', 'right', 'peak')}
    if process.wait(): raise RuntimeError('a stage failed; its words are above')
    return told

def rows():
    from course.finetune.the_sorter import Desk
    found = []
    def row(name, ours, unit, n, **more):
        found.append(dict(name=f'sorter: {name}', ours=ours, peer=None, ratio=None, unit=unit, n=n, **more))
    with tempfile.TemporaryDirectory() as top:
        box, place, home, n = Path(top)/'box', Path(top)/'desk', Path(top)/'home', min(LABELLED, PICTURES//2)
        generate(box)
        start = time.perf_counter()
        killed_after(stage(home, place, box, 'see'), 'at', 1 + -(-PICTURES//64) + PICTURES//32) # in the middle of looking
        first, kept = time.perf_counter() - start, len(list(home.rglob('*.npy')))
        start = time.perf_counter()
        rest = finished(stage(home, place, box, 'see'))
        second = time.perf_counter() - start
        said = killed_after(stage(home, place, box, 'answer', n), 'said', n//2)
        desk = Desk(place)
        lost = sum(not desk.labels[int(number)] for _, number in said)
        finished(stage(home, place, box, 'answer', n - sum(map(bool, desk.labels))))
        last = finished(stage(home, place, box, 'sort'))
        row('pictures a second, files to numbers, a kill -9 in the middle', PICTURES/(first + second), 'pictures/s',
            PICTURES, seconds=[first, second], kept_at_the_kill=kept)
        row('peak memory, looking', rest['peak'][0], 'MiB', PICTURES)
        row('peak memory, sorting', last['peak'][0], 'MiB', PICTURES)
        row('open again and sort, numbers on the disk', last['seconds'][0], 's', PICTURES)
        row(f'correction to sorted albums and queue, {n} labelled', statistics.median(last['correction']), 's',
            len(last['correction']))
        row('answers lost of those reported, after kill -9', lost, 'answers', len(said))
        row('right among the others', last['right'][0]/last['right'][1], 'share', int(last['right'][1]))
    return found
