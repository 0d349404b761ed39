"A learner opens the first lesson, guesses, moves every control, and sees the pictures follow."
import json, shutil, time
import pytest
from harness import ROOT, axe, count_cells, open_notebook, overflow, press_keys, run_all, screenshot

LESSON = ROOT/'nbs'/'10_finetune'/'13_borrowed_eyes.ipynb'

@pytest.fixture(scope='module')
def lesson(browser, lab_server):
    "The lesson, run from the first cell to the last; its page."
    shutil.copy(LESSON, lab_server.folder/LESSON.name)
    page = browser.new_page(viewport={'width': 1366, 'height': 900})
    open_notebook(page, lab_server, lab_server.folder/LESSON.name)
    run_all(page, 300)
    place = [cell['id'] for cell in json.loads(LESSON.read_text(encoding='utf-8'))['cells']].index('lab-run')
    page.evaluate('place => jupyterapp.shell.currentWidget.content.scrollToItem(place, "start")', place)
    page.wait_for_selector('.glassbox-lab:has-text("How many pictures of each class are enough")', timeout=20_000)
    yield page
    page.close()

def lab_of(page): return page.locator('.glassbox-lab').filter(has_text='How many pictures of each class are enough').first

def says(page): return lab_of(page).locator('[aria-live]').first.inner_text()

def wait_other(page, old, seconds=20):
    "Wait until the lab says something else than `old`."
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if says(page) != old: return says(page)
        time.sleep(.05)
    raise TimeoutError(f'The lab still says: {old}')

def test_every_cell_ran(lesson):
    wrong = lesson.evaluate("""() => jupyterapp.shell.currentWidget.content.widgets.flatMap(cell => cell.model.type !== 'code' ? [] :
        cell.model.outputs.toJSON().filter(one => one.output_type === 'error').map(one => `${cell.model.id} ${one.ename} ${one.evalue}`))""")
    assert wrong == []

def test_the_result_opens_after_the_guess(lesson):
    lab = lab_of(lesson)
    assert lab.locator('[aria-live]').count() == 0 or 'of 79 right' not in says(lesson)
    lab.get_by_role('slider').first.focus()
    lesson.keyboard.press('ArrowRight')
    lab.get_by_role('button', name='Commit').first.click()
    lab.get_by_text('of 79 right').first.wait_for(timeout=20_000)
    assert 'of 79 right' in says(lesson)
    screenshot(lesson, 'borrowed-eyes-guessed')
    lab.screenshot(path=str(ROOT/'build'/'screens'/'borrowed-eyes-lab.png'))

def test_each_control_moves_the_picture(lesson):
    lab = lab_of(lesson)
    slider = lab.get_by_role('slider', name='Pictures of each class')
    old = says(lesson)
    slider.focus()
    lesson.keyboard.press('ArrowRight')
    old = wait_other(lesson, old)
    assert 'with 6 of each' in old
    box = slider.bounding_box()
    lesson.mouse.move(box['x'] + box['width']/2, box['y'] + box['height']/2)
    lesson.mouse.down()
    lesson.mouse.move(box['x'] + 150, box['y'] + box['height']/2, steps=8)
    lesson.mouse.up()
    old = wait_other(lesson, old)
    assert 'with 6 of each' not in old
    lab.get_by_role('combobox', name='Classes').select_option(index=1)
    old = wait_other(lesson, old)
    lab.get_by_role('button', name='the last block').click()
    assert 'Press Train' in wait_other(lesson, old)
    lab.get_by_role('button', name='Train').first.click()
    until = time.monotonic() + 90
    while 'Trained: the last block' not in says(lesson) and time.monotonic() < until: time.sleep(.2)
    assert 'Trained: the last block' in says(lesson)
    lab.get_by_role('button', name='Reset').click()
    time.sleep(1)
    assert 'with 5 of each' in says(lesson)

def test_no_key_reaches_the_cells(lesson):
    cells = count_cells(lesson)
    lab_of(lesson).get_by_role('slider', name='Pictures of each class').focus()
    for key in 'xbdd': lesson.keyboard.press(key)
    time.sleep(.3)
    assert count_cells(lesson) == cells

def test_axe_finds_nothing(lesson, axe_ready): assert axe(lesson) == []

def test_nothing_runs_out_of_the_page(lesson):
    def look(width): lab_of(lesson).screenshot(path=str(ROOT/'build'/'screens'/f'borrowed-eyes-{width}.png'))
    assert overflow(lesson, then=look) == {320: 0, 375: 0, 1366: 0}
