"Each lesson in a real JupyterLab: it runs, and each form and lab in it can be heard, reached by keys, and read on a phone."
import shutil
import pytest
from harness import ROOT, axe, open_forms, open_notebook, overflow, place_of, run_all, screenshot, scroll_to

LESSONS = sorted((ROOT/'nbs').glob('[1-9]*/[1-9]*_*.ipynb'))

@pytest.mark.slow
@pytest.mark.parametrize('path', LESSONS, ids=lambda path: path.stem)
def test_a_lesson_keeps_its_promises_in_the_browser(browser, lab_server, axe_ready, path):
    shutil.copy(path, lab_server.folder/path.name)
    page = browser.new_page(viewport={'width': 1366, 'height': 2200})
    try:
        open_notebook(page, lab_server, lab_server.folder/path.name)
        run_all(page, 600)
        wrong = page.evaluate("""() => jupyterapp.shell.currentWidget.content.widgets.flatMap(cell => cell.model.type !== 'code' ? [] :
            cell.model.outputs.toJSON().filter(one => one.output_type === 'error').map(one => one.evalue))""")
        found, labs = [], []
        for index, is_lab in open_forms(page):
            found += axe(page, place_of(index, '.glassbox-lab'))
            if is_lab: labs.append(index)
        out = {}
        for number, index in enumerate(labs):
            scroll_to(page, index)
            screenshot(page, f'{path.stem}-{number}-1366', place_of(index, '.glassbox-lab'))
            def look(width):
                scroll_to(page, index)
                screenshot(page, f'{path.stem}-{number}-{width}', place_of(index, '.glassbox-lab'))
            out |= {(index, width): over for width, over in overflow(page, place_of(index, '.glassbox-lab'), (320, 375), 2200, then=look).items() if over}
            page.set_viewport_size({'width': 1366, 'height': 2200})
        assert labs and (wrong, found, out) == ([], [], {})
    finally: page.close()
