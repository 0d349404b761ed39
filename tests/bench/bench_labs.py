"From a key press on the first slider of each lesson's labs to the changed picture on screen, in Chromium."
import sys, tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]/'browser'))
from harness import FLAGS, LabServer, find_chromium, open_forms, open_notebook, place_of, run_all, share_below, time_moves

ROOT = Path(__file__).parents[2]
THERE, BACK, TIMES = 4, 4, 4  # so far to the right and back, so often: no scale is that short

def time_lesson(driver, path):
    "Give the milliseconds of each move, one list a lab."
    import shutil
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        server = LabServer(Path(folder), Path(home))
        browser = driver.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        try:
            shutil.copy(path, Path(folder)/path.name)
            page = browser.new_page(viewport={'width': 1366, 'height': 900})
            open_notebook(page, server.start(), Path(folder)/path.name)
            run_all(page, 600)
            for index, is_lab in open_forms(page):
                handle, view = (place_of(index, f'.glassbox-{part}') for part in ('controls .noUi-handle', 'view'))
                if not is_lab or not page.locator(handle).count(): continue
                try:
                    time_moves(page, handle, view, 2), time_moves(page, handle, view, 2, 'ArrowLeft')  # warm
                    yield [time for _ in range(TIMES) for moves, key in ((THERE, 'ArrowRight'), (BACK, 'ArrowLeft'))
                           for time in time_moves(page, handle, view, moves, key)]
                except TimeoutError: yield []          # a picture that stays the same
        finally:
            browser.close()
            server.stop()

def rows():
    from playwright.sync_api import sync_playwright
    if not find_chromium(): raise RuntimeError('no Chromium: install the package chromium, or set CHROMIUM_PATH')
    found = []
    with sync_playwright() as driver:
        for path in sorted((ROOT/'nbs').glob('[1-9]*/[1-9][1-9]_*.ipynb')):
            for number, times in enumerate(time_lesson(driver, path)):
                about = dict(unit='ms', n=len(times))
                for words, share in (('p50', .5), ('p75', .75), ('p95', .95)):
                    found.append(dict(name=f'{path.stem}: lab {number + 1}, first slider, {words}',
                                      ours=share_below(times, share) if times else None, **about))
    return found
