"Drive a real JupyterLab in a real browser: open a notebook, run it, press keys, measure, look."
import json, os, shutil, socket, subprocess, sys, time, urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT/'build'/'screens'
WIDTHS = (320, 375, 1366)
NAMES = ('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome')
FLAGS = ('--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
         '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1')

def find_chromium():
    "Give the path of a Chromium, or None."
    return os.environ.get('CHROMIUM_PATH') or next(filter(None, map(shutil.which, NAMES)), None)

def find_axe():
    "Give the path of axe.min.js, or None."
    path = Path(os.environ.get('AXE_PATH') or ROOT/'node_modules'/'axe-core'/'axe.min.js')
    return path if path.is_file() else None

def free_port():
    with socket.socket() as door:
        door.bind(('127.0.0.1', 0))
        return door.getsockname()[1]

def write_notebook(path, *cells):
    "Write code cells as a notebook that this Python's kernel runs."
    made = [{'cell_type': 'code', 'id': f'cell-{number}', 'metadata': {}, 'execution_count': None, 'outputs': [], 'source': source}
            for number, source in enumerate(cells)]
    about = {'kernelspec': {'display_name': 'python3', 'language': 'python', 'name': 'python3'}}
    path.write_text(json.dumps({'cells': made, 'metadata': about, 'nbformat': 4, 'nbformat_minor': 5}), encoding='utf-8')
    return path

@dataclass
class LabServer:
    "A JupyterLab of its own: no token, 127.0.0.1 only, a home that is thrown away."
    folder:Path   # What it shows; notebooks live here
    home:Path     # Stands in for the person's home
    process:object = None
    port:int = field(default_factory=free_port)

    @property
    def url(self): return f'http://127.0.0.1:{self.port}'

    def start(self, seconds=60):
        "Start it and wait until it answers."
        settings = self.home/'config'/'lab'/'user-settings'/'@jupyterlab'/'apputils-extension'
        settings.mkdir(parents=True, exist_ok=True)
        (settings/'notification.jupyterlab-settings').write_text('{"fetchNews": "false", "checkForUpdates": false}')
        places = {'HOME': self.home, 'JUPYTER_CONFIG_DIR': self.home/'config', 'JUPYTER_DATA_DIR': self.home/'data',
                  'JUPYTER_RUNTIME_DIR': self.home/'runtime', 'IPYTHONDIR': self.home/'ipython', 'COURSE_HOME': self.home/'course'}
        self.log = open(self.home/'server.log', 'w')
        self.process = subprocess.Popen(
            [sys.executable, '-m', 'jupyterlab', '--no-browser', '--allow-root', '--expose-app-in-browser', '--ip=127.0.0.1',
             f'--port={self.port}', '--ServerApp.port_retries=0', '--IdentityProvider.token=', f'--ServerApp.root_dir={self.folder}'],
            env={**os.environ, **{name: str(path) for name, path in places.items()}, 'PYTHONPATH': str(ROOT)},
            stdout=self.log, stderr=subprocess.STDOUT)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f'{self.url}/api/status', timeout=2).read()
                return self
            except OSError: time.sleep(.2)
            if self.process.poll() is not None: break
        raise RuntimeError(f'JupyterLab did not start on {self.url}. Its log: {(self.home/"server.log").read_text()[-2000:]}')

    def stop(self):
        if self.process:
            self.process.terminate()
            try: self.process.wait(10)
            except subprocess.TimeoutExpired: self.process.kill()
        self.log.close()

READY = '() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.isReady === true'
IDLE = """() => { const panel = window.jupyterapp.shell.currentWidget;
  return panel.sessionContext.session?.kernel?.status === 'idle' && !document.querySelector('.jp-InputPrompt')?.textContent.includes('nothing')
    && ![...document.querySelectorAll('.jp-InputPrompt')].some(prompt => prompt.textContent.includes('[*]')); }"""

def open_notebook(page, server, path, seconds=60):
    "Open one notebook, side bars closed, and wait for its kernel."
    where = Path(path).resolve().relative_to(Path(server.folder).resolve()).as_posix()
    page.goto(f'{server.url}/lab/tree/{where}?reset', wait_until='domcontentloaded')
    page.wait_for_function(READY, timeout=seconds*1000)
    page.evaluate('() => { jupyterapp.shell.collapseLeft(); jupyterapp.shell.collapseRight(); }')

def wait_idle(page, seconds=60):
    "Wait until no cell runs."
    page.wait_for_function(IDLE, timeout=seconds*1000)

def run_all(page, seconds=120):
    "Run all cells and wait until the last is done."
    page.evaluate("() => { window.ranAll = false; jupyterapp.commands.execute('notebook:run-all-cells').then(() => { window.ranAll = true; }); }")
    page.wait_for_function('() => window.ranAll', timeout=seconds*1000)
    wait_idle(page, seconds)

def run_cell(page, number, seconds=60):
    "Run one cell, counted from 0, and wait for it."
    page.evaluate("""number => { const book = jupyterapp.shell.currentWidget.content; book.activeCellIndex = number; book.deselectAll();
      window.ranOne = false; jupyterapp.commands.execute('notebook:run-cell').then(() => { window.ranOne = true; }); }""", number)
    page.wait_for_function('() => window.ranOne', timeout=seconds*1000)
    wait_idle(page, seconds)

def output_of(page, number):
    "Give the text that a cell printed."
    return page.evaluate("""number => { const cell = jupyterapp.shell.currentWidget.content.widgets[number].model;
      return cell.outputs.toJSON().map(one => [one.text, one.evalue].flat().join('')).join(''); }""", number)

def count_cells(page): return page.evaluate('() => jupyterapp.shell.currentWidget.content.widgets.length')

def screenshot(page, name, selector=None):
    "Keep a picture of the page, or of one part, in build/screens."
    SCREENS.mkdir(parents=True, exist_ok=True)
    path = SCREENS/f'{name}.png'
    (page.locator(selector).first if selector else page).screenshot(path=str(path))
    return path

def axe(page, selector='.glassbox-lab'):
    "Let axe-core look at every part that matches; give what it found, one text a finding."
    page.evaluate(find_axe().read_text(encoding='utf-8'))
    rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    found = page.evaluate("""([selector, rules]) => axe.run({include: [[selector]]}, {runOnly: {type: 'tag', values: rules}})
      .then(result => result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`)))""",
                          [selector, rules])
    return found

def overflow(page, selector='.glassbox-lab', widths=WIDTHS, height=760, settle=.8, then=lambda width: None):
    "Give, for each page width, by how many pixels a part or anything in it runs out at the right."
    found = {}
    for width in widths:
        page.set_viewport_size({'width': width, 'height': height})
        time.sleep(settle)
        found[width] = page.evaluate("""selector => Math.max(...[...document.querySelectorAll(selector)].map(root => {
          const edge = Math.min(root.getBoundingClientRect().right, root.closest('.jp-OutputArea-output')?.getBoundingClientRect().right ?? innerWidth);
          const inner = [...root.querySelectorAll('*')].filter(part => part.getClientRects().length && !part.closest('[role=region]'));
          return Math.max(root.scrollWidth - root.clientWidth, ...inner.map(part => Math.ceil(part.getBoundingClientRect().right - edge)), 0); }))""", selector)
        then(width)
    return found

def press_keys(page, selector, *keys):
    "Put the focus on a part and press keys."
    page.locator(selector).first.focus()
    for key in keys: page.keyboard.press(key)

WATCH = """selector => { const part = document.querySelector(selector);
  const look = () => (part.querySelector('svg, img, .widget-html-content') || part).outerHTML;
  let start = 0, last = look(), arrive;
  window.moved = []; window.watcher?.disconnect(); document.removeEventListener('keydown', window.pressed, true);
  window.pressed = () => { start = performance.now(); window.arrived = new Promise(done => { arrive = done; }); };
  document.addEventListener('keydown', window.pressed, true);
  window.watcher = new MutationObserver(() => {
    const now = look(), began = start;
    if (!start || now === last) return;
    last = now; start = 0;
    requestAnimationFrame(() => { const channel = new MessageChannel();  // the message arrives after the frame is painted
      channel.port1.onmessage = () => { window.moved.push(performance.now() - began); arrive(); };
      channel.port2.postMessage(0); }); });
  window.watcher.observe(part, { childList: true, subtree: true, attributes: true, characterData: true }); }"""

def time_moves(page, handle, picture, moves=40, key='ArrowRight', pause=.3, seconds=10):
    "Press a key on a slider handle again and again; give milliseconds from each press to the changed picture on screen."
    page.evaluate(WATCH, picture)
    page.locator(handle).first.focus()
    for number in range(moves):
        page.keyboard.press(key)
        time.sleep(pause)  # nobody talks to the page meanwhile: asking it costs the time that is measured
        late = page.evaluate("seconds => Promise.race([window.arrived, new Promise(done => setTimeout(done, seconds*1000, 'late'))])", seconds)
        if late: raise TimeoutError(f'The picture {picture} did not change within {seconds} s after move {number + 1} of {handle}.')
    return page.evaluate('() => window.moved')

def share_below(times, share):
    "Give the time that `share` of the moves stay below."
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share*len(ordered)))]

def place_of(index, what=''):
    "Where the cell number `index` of a notebook is on the page, while it is in sight."
    return f'.jp-Cell[data-windowed-list-index="{index}"] {what}'.strip()

def scroll_to(page, index):
    "Bring a cell into sight: those far away are not on the page."
    page.evaluate('index => jupyterapp.shell.currentWidget.content.scrollToItem(index, "start")', index)
    page.wait_for_selector(place_of(index))

def open_forms(page):
    "Go through the cells that show something to touch: yields (index, is it a lab?); a lab that waits for a guess is opened."
    kind = 'application/vnd.jupyter.widget-view+json'
    found = page.evaluate("""kind => jupyterapp.shell.currentWidget.content.widgets.map((cell, index) =>
      cell.model.type === 'code' && cell.model.outputs.toJSON().some(one => one.data?.[kind]) ? index : -1).filter(index => index >= 0)""", kind)
    for index in found:
        scroll_to(page, index)
        page.wait_for_selector(place_of(index, '.glassbox-lab'), timeout=20_000)
        skip = page.locator(place_of(index)).get_by_role('button', name='Show without a guess')
        if skip.count(): skip.first.click()
        is_lab = skip.count() > 0 or page.locator(place_of(index, '.glassbox-table')).count() > 0
        if is_lab: page.wait_for_selector(place_of(index, '.glassbox-view svg[role=img]'), timeout=60_000)
        yield index, is_lab
