"The first page of the bias unit: each answer is what its lab shows, and each is proved both ways."
import json, re, warnings
from pathlib import Path
import pandas as pd
import pytest
from course.bias.accurate_for_whom import HandsLab
from course.bias.audit import Audit, ThresholdsLab
from course.bias.labels import RatersLab
from course.bias.loops import LoopLab
from course.bias.not_knowing import NotKnowingLab
from course.bias.shortcuts import ShortcutLab
from course.bias.three_kinds import PartsLab
from course.bias.what_you_train_for import TrainLab
from course.bias.words import WordsLab, read_vectors, swap_names, weat
from course.shared.check import load_items
from course.shared.data import folder, load
from course.shared.prove import prove

UNIT = Path(__file__).parents[2]/'nbs/20_bias'
NOTEBOOK = UNIT/'20_start.ipynb'
CELLS = {cell['id']: ''.join(cell['source']) for cell in json.loads(NOTEBOOK.read_text(encoding='utf-8'))['cells']}
TEXT = '\n'.join(CELLS.values())

def test_every_answer_is_proved_both_ways(): prove(load_items('bias_start'), NOTEBOOK)

@pytest.mark.parametrize('name', sorted({path.stem for path in UNIT.glob('2[1-9]_*.ipynb')}))
def test_it_opens_each_lesson_of_the_unit_with_its_lab(name):
    title = json.loads((UNIT/f'{name}.ipynb').read_text(encoding='utf-8'))['cells'][0]['source'][0].removeprefix('# ').strip()
    assert f'from course.bias.{name[3:]} import' in TEXT and f'(Lesson {name[:2]}.)' in TEXT and f'**{name[:2]} {title}**' in TEXT

def test_validation_does_not_see_the_habit():
    lab, seen = PartsLab(), {}
    for habit in (0., 2.):
        lab.habit.value = habit
        seen[habit] = [float(re.search(words + r' ([\d.]+)', lab.picture.says)[1]) for words in ('=', 'Validation says')]
    assert seen[2.][0] > seen[0.][0] + .15 and abs(seen[2.][1] - seen[0.][1]) < .02
    lab.close()

def test_taught_dark_hands_it_reads_light_ones_worst():
    lab = HandsLab()
    assert lab.picture.says.startswith('darkest')
    lab.tones.value = 'two darkest'
    assert lab.picture.says.startswith('lightest')
    lab.close()

def test_only_exchanged_colours_take_the_shortcut_away():
    lab, balanced = ShortcutLab(load('truck_trials')), {}
    for what in ('three times as many', 'repeat the rare', 'recoloured twins'):
        lab.rho.value, lab.what.value = 1., what
        balanced[what] = int(re.search(r'balanced (\d+) %', lab.picture.says)[1])
    assert balanced['recoloured twins'] > 95 and max(balanced['three times as many'], balanced['repeat the rare']) < 60
    lab.close()

def test_farms_are_helped_most_by_both_changes():
    lab, off = TrainLab(), {}
    for name, state in {'start': '', 'rows': 'cut=none', 'aim': 'aim=worst group', 'both': 'cut=none;aim=worst group', 'draw': 'seed=1'}.items():
        lab.reset()
        if state: lab.load(state)
        off[name] = float(re.search(r'farms ([\d.]+) min', lab.picture.says)[1])
    assert off['both'] < off['aim'] - 1 < off['rows'] - 3 and off['rows'] > off['start'] - 1 and abs(off['draw'] - off['start']) < .5
    lab.close()

def test_furniture_has_a_gender_in_french():
    here = dict(pd=pd, folder=folder, load=load, read_vectors=read_vectors, weat=weat, swap_names=swap_names, WordsLab=WordsLab)
    exec(CELLS['words'], here) # the lab as the page makes it
    lab, found = here['words'], {}
    for language in ('English', 'French'):
        lab.load(f'language={language};words=furniture')
        found[language] = float(re.search(r' p ([\d.]+)', lab.picture.says)[1])
    assert found['French'] < .001 and found['English'] > .05
    lab.close()

def test_a_higher_limit_answers_fewer_and_is_wrong_less_often():
    lab, read = NotKnowingLab(), {}
    for limit in (.5, .95):
        lab.limit.value = limit
        read[limit] = [float(part) for part in re.search(r'Answered: ([\d,]+) of [\d,]+; ([\d.]+) %', lab.picture.says.replace('1,000', '1000')).groups()]
    assert read[.95][0] < .5*read[.5][0] and read[.95][1] < .5*read[.5][1]
    lab.close()

def test_another_crowd_changes_half_of_the_labels_of_an_empty_word():
    lab = RatersLab()
    lab.load('concrete=0;raters=25')
    assert 40 <= int(re.search(r'changes (\d+) labels', lab.picture.says)[1]) <= 60
    lab.close()

def test_time_does_not_heal_the_book():
    lab = LoopLab()
    middle = lambda: int(re.search(r'gets (\d+) %', lab.picture.says)[1])
    assert middle() >= 68
    lab.corrected.value = True
    assert abs(middle() - 50) <= 3
    lab.close()

def test_never_do_all_four_definitions_hold():
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        scores = load('compas_counts')['scores']
    scores = scores[scores.group.isin(['African-American', 'Caucasian'])].assign(score=lambda table: table.score/10)
    lab = ThresholdsLab(Audit('arrested_again', 'score', 'group', data=scores, count='all'))
    most = 0
    for first in range(1, 11):
        for second in range(1, 11):
            lab.load(f'first={first/10};second={second/10}')
            most = max(most, int(lab.picture.says[0]))
    assert most == 3
    lab.close()
