"The whole path of a learner: guess, try wrongly, try again, bring one's own pictures, keep the sorter, load it next year."
import os, re, shutil, subprocess, sys
from pathlib import Path
import nbformat, pytest
from nbclient import NotebookClient
from PIL import Image
from course.shared.data import folder
from course.shared.store import Store

LESSON = Path(__file__).parents[2]/'nbs/10_finetune/13_borrowed_eyes.ipynb'

# What the learner does after a cell (its id), or writes instead of it.
AFTER = {
    'recall-ask': "print(recall.check('a')); print(recall.check('b')); print(recall.why())",
    'guess-ask': "print(how_many.commit('many')); print(how_many.commit(200)); print(how_many.commit(60)); print(how_many.commit(70))",
    'confusion-question': "print(lettuce.check('c'))",
    'ways-question': "print(worth_it.check('all')); print(worth_it.hint()); print(worth_it.check('block'))",
    'lab-run': '''assert not lab.revealed
enough.commit([30, 45, 60, 75, 90])
assert lab.revealed and lab.error is None
lab.each.value = 20
print('LAB', lab.picture.says)
lab.trained.value, lab.each.value = 'the last block', 2
lab.press('start'); lab.wait(120)
print('LAB', lab.picture.says)
lab.take_files(({'name': 'my goose.jpg', 'content': photos.paths[0].read_bytes()},))
lab.wait(60)
print('LAB', lab.picture.says)
lab.load('classes=birds and mammals;each=5;trained=the head;seed=3')
print('LAB', lab.picture.says)''',
    'drawings-ask': 'print(drawn_guess.commit(75))',
    'unsure-code': '''from course.shared.check import load_items
for_a_person = load_items('borrowed_eyes')['unsure'].wrong[0].answer''',
    'unsure-check': '''def for_a_person(chances, limit):
    return [row for row, one in enumerate(chances) if max(one) < limit]
print(unsure.check(for_a_person))''',
    'interval-ask': 'print(next_box.check(360)); print(next_box.check(560))',
    'order-ask': 'print(order_of_work.check([1, 2, 3, 0, 4])); print(order_of_work.check([1, 3, 2, 0, 4]))',
    'appeal-ask': "print(appeal.commit('the goat cannot, so the farmer must be able to'))",
    'exit-aside': "print(exit_aside.check('b'), exit_eyes.check('b'), exit_shift.check('a'))",
}

@pytest.fixture
def box(tmp_path):
    "A folder as people have it: three good classes and everything that goes wrong."
    place = tmp_path/'mes photos à trier'
    for name in ('birds', 'plants', 'things'):
        for file in sorted((folder('drawings')/name).iterdir())[:14]:
            goal = place/f'mes {name}'/f'été {file.name}'
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, goal)
    first = sorted((place/'mes birds').iterdir())[0]
    shutil.copy(first, place/'mes birds'/'again.jpg')
    (place/'mes birds'/'cut off.jpg').write_bytes(first.read_bytes()[:900])
    (place/'mes plants'/'shopping.txt').write_text('bread')
    Image.new('CMYK', (80, 60)).save(place/'mes things'/'for printing.jpg')
    frames = [Image.new('RGB', (40, 40), colour) for colour in ('red', 'green', 'blue')]
    frames[0].save(place/'mes things'/'moving.gif', save_all=True, append_images=frames[1:])
    return place

@pytest.fixture
def told(tmp_path, box, own_home):
    "Run the lesson with everything the learner does; what was shown, cell by cell."
    book, where = nbformat.read(LESSON, as_version=4), tmp_path/'here'
    where.mkdir()
    cells = []
    for cell in book.cells:
        if cell.id == 'own-read': cell.source = cell.source.replace("mine = ''", f'mine = {str(box)!r}')
        if cell.cell_type == 'code' and '#| eval: false' in cell.source: continue
        cells.append(cell)
        if cell.id in AFTER: cells.append(nbformat.v4.new_code_cell(AFTER[cell.id], id=f'did-{cell.id}'))
    book.cells = cells
    client = NotebookClient(book, timeout=300, kernel_name='python3', resources={'metadata': {'path': str(where)}})
    client.create_kernel_manager().kernel_spec.argv[0] = sys.executable
    client.execute(env={**os.environ, 'COURSE_HOME': str(own_home)})
    said = {cell.id: '\n'.join(str(out.get('text', out.get('data', {}).get('text/plain', ''))) for out in cell.get('outputs', ()))
            for cell in book.cells if cell.cell_type == 'code'}
    return {name: re.sub('\n+', '\n', words) for name, words in said.items()} # a kernel may hand out what is printed in pieces

@pytest.mark.slow
def test_a_learner_goes_all_the_way(told, tmp_path, own_home):
    # a wrong answer is told which idea it is, a right one passes
    recall = told['did-recall-ask'].splitlines()
    assert 'Not yet' in recall[0] and 'Right' in recall[1] and 'Why' in recall[2]
    words, off, first, later = told['did-guess-ask'].splitlines()
    assert 'did not work' in words and '0 to 79; you gave 200' in off and 'Committed' in first and 'Your first guess stays' in later
    assert 'You said 60 of 79. The result is' in told['guess-over']
    assert 'several times as much' in told['did-ways-question'] and 'Hint' in told['did-ways-question'] and 'Right' in told['did-ways-question']
    # the rule: wrong first, named as such; then right
    assert 'smallest chance' in told['unsure-check'] and 'Right' in told['did-unsure-check']
    assert 'as if it were certain' in told['did-interval-ask'] and 'Right' in told['did-interval-ask']
    assert 'learned from the very pictures' in told['did-order-ask'] and 'Right' in told['did-order-ask']
    assert 'You said 75 of 100' in told['drawings-run'] and 'Noted' in told['did-appeal-ask']
    assert told['did-exit-aside'].count('Right') == 2 and 'before the drawings came' in told['did-exit-aside']
    # the lab follows: the curve, a trained block, a picture of one's own, a state that is loaded
    many, block, own, pair = [line for line in told['did-lab-run'].splitlines() if line.startswith('LAB')]
    assert 'with 20 of each' in many and 'Trained: the last block, with 2 of each' in block and 'Wh' in block
    assert 'Yours: ' in own and 'of 32 right' in pair
    # the learner's own folder: everything that cannot be used is named, nothing is lost
    names = told['own-read']
    assert "'mes birds': 14" in names and 'it is the same picture as' in names and 'cut off.jpg: it is cut off' in names
    assert 'shopping.txt: it is not a picture' in names and 'for printing.jpg' in names and 'moving.gif' in names
    assert told['own-teach'] and '"classes": ["mes birds", "mes plants", "mes things"]' in told['save-run']
    assert 'Wh' in told['receipt-run'] and 'CO2e' in told['receipt-run']
    # what was done is remembered on this machine
    assert len({event.item for event in Store(own_home/'progress.sqlite').events()}) >= 12
    # next year, in another program, three lines
    lines = "from course.finetune.borrowed_eyes import load_sorter\nsorter = load_sorter('my_sorter')\nprint(sorter.sort([__import__('sys').argv[1]]))"
    picture = sorted((tmp_path/'mes photos à trier'/'mes plants').glob('*.jpg'))[0]
    ran = subprocess.run([sys.executable, '-c', lines, str(picture)], cwd=tmp_path/'here', capture_output=True, text=True)
    assert ran.returncode == 0 and "('mes " in ran.stdout, ran.stderr
