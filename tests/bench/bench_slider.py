"From a key press on a slider to the changed picture on screen, in Chromium, beside `interact` with pyplot and the same plot."
import sys, tempfile
from importlib import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]/'browser'))
from harness import FLAGS, LabServer, find_chromium, open_notebook, run_all, share_below, time_moves, write_notebook

ROUNDS, MOVES = 5, 8  # ours and the peer's take turns
OURS = '''
from ipywidgets import FloatSlider
from course.shared.draw import draw_lines
from course.shared.lab import Lab

x = [i/5 for i in range(21)]
def curves(power): return [(i/4)**power for i in x], [1 - (i/4)**power for i in x]

slider = FloatSlider(value=1, min=.5, max=5, step=.02, description='Power')
def draw():
    up, down = curves(slider.value)
    return draw_lines({'up': (x, up), 'down': (x, down)}, f'Power {slider.value:.2f}.', 'x', 'share', y_range=(0, 1))

Lab([slider], draw, ask='When does it bend?')'''
PEER = '''
import matplotlib.pyplot as plt
from ipywidgets import interact
%matplotlib inline

def plot(power=1.):
    up, down = curves(power)
    plt.figure(figsize=(6, 3.6))
    plt.plot(x, up, marker='o', label='up'); plt.plot(x, down, marker='s', label='down')
    plt.ylim(0, 1); plt.xlabel('x'); plt.ylabel('share'); plt.legend(); plt.grid(axis='y')
    plt.show()

interact(plot, power=FloatSlider(value=1, min=.5, max=5, step=.02));'''
PICTURES = '''
import numpy as np
from course.shared.draw import draw_bars, draw_thumbnails, draw_together

faces = [np.full((48, 48, 3), 30*i, dtype='uint8') for i in range(8)]
limit = FloatSlider(value=.5, min=0, max=1, step=.01, description='Limit')
def draw_both():
    called = [i/8 >= limit.value for i in range(8)]
    says = f'At {limit.value:.2f}, {sum(called)} of 8 are called.'
    return draw_together(draw_bars({'called': sum(called), 'left': 8 - sum(called)}, says, x_range=(0, 8)),
                         draw_thumbnails(faces, [f'{i/8:.2f}' for i in range(8)], 'Eight pictures.', right=called), says=says)

Lab([limit], draw_both, ask='Who is called?')'''

BARE = '''
from ipywidgets import HTML, VBox
from course.shared.panel import dress

bare, number = FloatSlider(value=.5, min=0, max=1, step=.01), dress(HTML('0'), 'number')
bare.observe(lambda change: setattr(number, 'value', f'{bare.value:.2f}'), 'value')
VBox([bare, number])'''
SHOWN = ('.glassbox-view', '.widget-output', '.glassbox-view', '.glassbox-number')  # where each cell shows its picture

def part(number, what): return f'.jp-Notebook .jp-Cell:nth-child({number + 1} of .jp-Cell) {what}'

def moves(page, number, times): return time_moves(page, part(number, '.noUi-handle'), part(number, SHOWN[number]), times)

def measure():
    "Give the milliseconds of each move: ours, the peer's, ours with small pictures, a bare number."
    from playwright.sync_api import sync_playwright
    taken = [[] for _ in SHOWN]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home, sync_playwright() as driver:
        server = LabServer(Path(folder), Path(home))
        try:
            path = write_notebook(Path(folder)/'sliders.ipynb', OURS, PEER, PICTURES, BARE)
            browser = driver.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
            page = browser.new_page(viewport={'width': 1366, 'height': 1200})
            open_notebook(page, server.start(), path)
            run_all(page)
            for number, picture in enumerate(('svg[role=img]', 'img', 'svg[role=img]', '.glassbox-number')):
                page.wait_for_selector(part(number, picture))
                moves(page, number, 4)  # warm
            for _ in range(ROUNDS):
                for number, times in enumerate(taken): times += moves(page, number, MOVES)
            browser.close()
        finally: server.stop()
    return taken

def rows():
    if not find_chromium():
        print('bench_slider left out: no Chromium on this machine.', file=sys.stderr)
        return []
    ours, peer, pictures, bare = measure()
    version = f"{metadata.version('ipywidgets')} + matplotlib {metadata.version('matplotlib')}"
    found = []
    for share in (50, 75, 95):
        at = lambda times: share_below(times, share/100)
        found += [dict(name=f'slider to picture, two lines, p{share}', ours=at(ours), peer=at(peer), unit='ms', n=len(ours),
                       peer_name='ipywidgets.interact + pyplot', peer_version=version),
                  dict(name=f'slider to picture, bars and eight small pictures, p{share}', ours=at(pictures), peer=at(bare), unit='ms',
                       n=len(pictures), peer_name='the way there and back: a slider and a number, no picture', peer_version=version)]
    return sorted(found, key=lambda row: row['peer_name'])
