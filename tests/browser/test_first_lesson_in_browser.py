"A learner opens the first lesson in JupyterLab, guesses, moves every control by mouse and by keys, and sees the pictures follow."
import json, shutil
import pytest
from harness import ROOT, axe, count_cells, open_notebook, overflow, press_keys, run_all, screenshot

LESSON = ROOT/'nbs'/'10_finetune'/'13_borrowed_eyes.ipynb'
PLACE = [cell['id'] for cell in json.loads(LESSON.read_text(encoding='utf-8'))['cells']].index('lab-run')
LAB = f'.jp-Cell[data-windowed-list-index="{PLACE}"] .glassbox-lab'
HIGH = 2200
SAYS, SLIDER = f'{LAB} .glassbox-says .widget-html-content', f'{LAB} .noUi-handle'

def until_says(page, *words, seconds=60):
    "Wait until the lab's live line has all these words; give the line."
    page.wait_for_function("([part, words]) => words.every(one => document.querySelector(part)?.innerText.includes(one))",
                           arg=[SAYS, words], timeout=1000*seconds)
    return page.locator(SAYS).inner_text()

def show_lab(page):
    "Bring the lab's cell into sight: cells far from it are not on the page."
    page.evaluate('place => jupyterapp.shell.currentWidget.content.scrollToItem(place, "start")', PLACE)
    page.wait_for_selector(LAB)

def picture(page): return page.locator(f'{LAB} .glassbox-view').inner_html()

@pytest.fixture(scope='module')
def lesson(browser, lab_server):
    "The lesson, run from the first cell to the last, and the guess committed; gives the page."
    shutil.copy(LESSON, lab_server.folder/LESSON.name)
    page = browser.new_page(viewport={'width': 1366, 'height': 900})
    open_notebook(page, lab_server, lab_server.folder/LESSON.name)
    run_all(page, 600)
    show_lab(page)
    page.before = page.locator(LAB).inner_text(), page.locator(f'{LAB} svg[role=img]').count()
    page.locator(SLIDER).first.focus()
    page.keyboard.press('ArrowUp')
    page.locator(LAB).get_by_role('button', name='Commit my guess').click()
    until_says(page, 'with 5 of each', 'of 79 right')
    yield page
    page.close()

@pytest.fixture
def fresh(lesson):
    "The lab in its first state, in sight; the page is high enough to show all of it."
    lesson.set_viewport_size({'width': 1366, 'height': HIGH})
    show_lab(lesson)
    lesson.locator(LAB).get_by_role('button', name='Reset').click()
    until_says(lesson, 'Trained: the head, with 5 of each')
    show_lab(lesson)
    return lesson

def test_every_cell_ran(lesson):
    cells = lesson.evaluate("() => jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model.toJSON())")
    assert [out['evalue'] for cell in cells for out in cell.get('outputs', ()) if out['output_type'] == 'error'] == []
    assert all(cell['execution_count'] for cell in cells if cell['cell_type'] == 'code')

def test_the_result_stays_hidden_until_the_guess(lesson):
    words, pictures = lesson.before
    assert 'of 79 right' not in words and pictures == 0

def test_the_guess_is_drawn_over_the_result(fresh):
    assert fresh.locator(f'{LAB} .glassbox-view svg').first.inner_html().count('guess') > 0
    screenshot(fresh, 'borrowed-eyes-1366', LAB)

def test_keys_move_the_slider_and_the_picture(fresh):
    old = picture(fresh)
    press_keys(fresh, SLIDER, 'ArrowRight')
    until_says(fresh, 'with 6 of each')
    assert picture(fresh) != old

def test_the_mouse_moves_the_slider_and_the_picture(fresh):
    fresh.locator(SLIDER).scroll_into_view_if_needed()
    old, box = picture(fresh), fresh.locator(SLIDER).bounding_box()
    track = fresh.locator(f'{LAB} .slider').bounding_box()
    fresh.mouse.move(box['x'] + box['width']/2, box['y'] + box['height']/2)
    fresh.mouse.down()
    fresh.mouse.move(track['x'] + track['width'] + 40, box['y'] + box['height']/2, steps=12)
    fresh.mouse.up()
    until_says(fresh, 'with 20 of each')
    assert picture(fresh) != old

@pytest.mark.parametrize('by', ['mouse', 'keys'])
def test_other_classes_give_another_picture(fresh, by):
    old, classes = picture(fresh), fresh.locator(LAB).get_by_role('combobox', name='Classes')
    if by == 'mouse': classes.select_option(index=1)
    else: press_keys(fresh, f'{LAB} select', 'ArrowDown')
    fresh.wait_for_function("part => !document.querySelector(part)?.innerText.includes('of 79 right')", arg=SAYS)
    until_says(fresh, 'right')
    assert picture(fresh) != old

def test_training_runs_from_the_lab_by_keys(fresh):
    press_keys(fresh, f'{LAB} .widget-toggle-button:nth-of-type(2)', 'Enter')
    until_says(fresh, 'Press Train to train the last block')
    old = picture(fresh)
    fresh.locator(LAB).get_by_role('button', name='Train', exact=True).focus()
    fresh.keyboard.press('Enter')
    until_says(fresh, 'Trained: the last block, with 5 of each', seconds=120)
    assert picture(fresh) != old and 'Wh' in fresh.locator(SAYS).inner_text()

def test_a_dropped_picture_is_sorted(fresh):
    "A photograph of one's own goes in by the upload button and comes back with its drawer."
    with fresh.expect_file_chooser() as chooser: fresh.locator(LAB).get_by_role('button', name='Your pictures').click()
    chooser.value.set_files(sorted((ROOT/'datasets'/'drawings'/'mammals').iterdir())[:1])
    until_says(fresh, 'Yours')
    screenshot(fresh, 'borrowed-eyes-own', LAB)

def test_no_key_reaches_the_cells(fresh):
    cells = count_cells(fresh)
    press_keys(fresh, SLIDER, 'x', 'b', 'a', 'd', 'd')
    press_keys(fresh, f'{LAB} .widget-toggle-button', 'x', 'b')
    fresh.wait_for_timeout(300)
    assert count_cells(fresh) == cells and fresh.locator(LAB).count() == 1

def test_axe_finds_nothing(fresh, axe_ready): assert axe(fresh, LAB) == []

def test_nothing_runs_out_of_the_page(fresh):
    def look(width):
        show_lab(fresh)
        screenshot(fresh, f'borrowed-eyes-{width}', LAB)
    assert overflow(fresh, LAB, height=HIGH, then=look) == {320: 0, 375: 0, 1366: 0}
