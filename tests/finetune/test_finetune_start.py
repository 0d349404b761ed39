"The first page of the fine-tuning unit: each answer is what its lab shows, and each is proved both ways."
import json, re
from pathlib import Path
import pandas as pd
import pytest
from course.finetune.adding import AddingLab
from course.finetune.borrowed_eyes import BorrowedEyesLab
from course.finetune.butterflies import ButterfliesLab
from course.finetune.mostly_the_same import SameLab
from course.finetune.recipes import RecipesLab
from course.finetune.the_sorter import Desk, SorterLab
from course.shared.check import load_items
from course.shared.data import load
from course.shared.prove import prove

UNIT = Path(__file__).parents[2]/'nbs/10_finetune'
NOTEBOOK = UNIT/'10_start.ipynb'
TEXT = '\n'.join(''.join(cell['source']) for cell in json.loads(NOTEBOOK.read_text(encoding='utf-8'))['cells'])
NO_LAB_HERE = {'14_read_first'} # the page names it only

def test_every_answer_is_proved_both_ways(): prove(load_items('finetune_start'), NOTEBOOK)

@pytest.mark.parametrize('name', sorted({path.stem for path in UNIT.glob('1[1-9]_*.ipynb')}))
def test_it_names_each_lesson_of_the_unit_and_opens_its_lab(name):
    title = json.loads((UNIT/f'{name}.ipynb').read_text(encoding='utf-8'))['cells'][0]['source'][0].removeprefix('# ').strip()
    assert f'**{name[:2]} {title}**' in TEXT
    if name not in NO_LAB_HERE: assert f'from course.finetune.{name[3:]} import' in TEXT and f'(Lesson {name[:2]}.)' in TEXT

def test_only_the_linear_net_adds_beyond_what_it_saw():
    lab, right = AddingLab(), {}
    for net in ('linear', 'ReLU', 'tanh'):
        lab.load(f'net={net};learned=1000;asked=0 to 999')
        right[net] = int(re.search(r'(\d+) of 1000 right', lab.picture.says)[1])
    assert right['linear'] == 1000 and max(right['ReLU'], right['tanh']) < 100
    lab.close()

def test_one_rate_for_all_forgets_most():
    lab, kept = ButterfliesLab(recipe='head only'), {}
    for recipe in ('head only', 'all, one rate', 'all, early parts slowly'):
        lab.recipe.value = recipe
        kept[recipe] = int(re.search(r'(\d+) of 480 of the old', lab.picture.says)[1])
    assert kept['all, one rate'] < kept['all, early parts slowly']/2 < kept['head only']/2
    lab.close()

def test_the_head_alone_leaves_the_largest_gap():
    lab = SameLab(pd.read_csv(load('letter_bodies')/'ways.csv'))
    head, lora, everything = map(float, re.search(r'the head ([\d.]+).*LoRA ([\d.]+).*everything ([\d.]+)', lab.picture.says).groups())
    assert head > 2*lora > 2*everything
    lab.close()

def test_a_change_of_nothing_jumps_to_and_fro():
    lab, gains = RecipesLab(), []
    for _ in range(8):
        gains.append(lab.gains()[0].mean)
        lab.press('again')
    assert max(gains) > 1 and min(gains) < -1
    lab.draws.value = 30
    assert 'could be luck' in lab.picture.says.partition(';')[0]
    lab.close()

@pytest.fixture(scope='module')
def photos(): return load('photos')

def test_the_first_few_pictures_bring_most(photos):
    lab = BorrowedEyesLab(photos, each=20)
    def right(each): return lab.trials.run(lab.classes.value, each, 'the head', 0)[0].rate
    assert lab.picture.says and (right(5) - right(1))/4 > 3*(right(20) - right(10))/10
    lab.close()

def test_doubt_meets_more_mistakes(photos, tmp_path):
    desk = Desk(tmp_path, photos.classes)
    desk.add(photos.paths[0].parent.parent)
    desk.see()
    truth = [path.parent.name for path in desk.paths]
    for row in desk.sample(25): desk.label(row, truth[row])
    lab = SorterLab(desk, truth)
    doubtful, lying = map(int, re.search(r'30 looks meet (\d+) \(the most doubtful first\) and (\d+) \(as they lie\)', lab.picture.says).groups())
    assert doubtful > 1.5*lying
    lab.close()
