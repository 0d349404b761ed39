"The first page of the carbon unit: each answer is what its lab shows, and each is proved both ways."
import json, re
from pathlib import Path
import pytest
from course.carbon.calculator import CalculatorLab
from course.carbon.long_jobs import LongJobLab
from course.carbon.meter import MeterLab
from course.carbon.not_only_accuracy import Candidate, FrontierLab
from course.carbon.what_counts import ScopeLab
from course.carbon.where_and_when import WhenLab
from course.shared.check import load_items
from course.shared.footprint import Footprint, Part
from course.shared.machine import estimate
from course.shared.prove import prove

UNIT = Path(__file__).parents[2]/'nbs/40_carbon'
NOTEBOOK = UNIT/'40_start.ipynb'
TEXT = '\n'.join(''.join(cell['source']) for cell in json.loads(NOTEBOOK.read_text(encoding='utf-8'))['cells'])

def test_every_answer_is_proved_both_ways(): prove(load_items('carbon_start'), NOTEBOOK)

@pytest.mark.parametrize('name', sorted({path.stem for path in UNIT.glob('4[1-9]_*.ipynb')}))
def test_it_opens_each_lesson_of_the_unit_with_its_lab(name):
    title = json.loads((UNIT/f'{name}.ipynb').read_text(encoding='utf-8'))['cells'][0]['source'][0].removeprefix('# ').strip()
    assert f'from course.carbon.{name[3:]} import' in TEXT and f'(Lesson {name[:2]}.)' in TEXT and f'**{name[:2]} {title}**' in TEXT

def kilograms(lab, place):
    "The middle of the calculator, at one place."
    lab.place.value = place
    return float(re.search(r': ([\d.]+) kg of', lab.picture.says)[1])

def test_the_same_run_in_two_places():
    lab = CalculatorLab()
    assert 15 < kilograms(lab, 'ZA')/kilograms(lab, 'FR') < 30
    lab.close()

def test_a_named_place_shortens_the_doubt():
    lab, reach = MeterLab(), {}
    for place in ('WORLD', 'PL'):
        lab.place.value = place
        low, high = map(float, re.search(r'([\d.]+) g to ([\d.]+) g', lab.picture.says).groups())
        reach[place] = high/low
    assert reach['PL'] < reach['WORLD']/3
    lab.close()

def test_people_are_the_largest_circle():
    lab = ScopeLab()
    lab.people.value = True
    assert 'The largest circle is people' in lab.picture.says
    lab.close()

def test_a_short_job_saves_the_larger_share():
    lab, saved = WhenLab(), {}
    for hours in (1, 48):
        lab.hours.value = hours
        saved[hours] = int(re.search(r'pause and resume saves (\d+)%', lab.picture.says)[1])
    assert saved[1] > 2*saved[48]
    lab.close()

def test_saving_often_makes_the_cheap_machine_cheap():
    lab = LongJobLab({'card': (.2044, .526, estimate(1, 'Colab with a T4 card'))})
    assert 'on demand is cheaper' in lab.picture.says and '557 hours' in lab.picture.says
    lab.minutes.value = 35
    assert 'spot is cheaper' in lab.picture.says and '203 hours' in lab.picture.says
    lab.close()

def test_many_answers_ask_for_a_frugal_model():
    def model(name, right, kwh): return Candidate(name, (True,)*right + (False,)*(79 - right), Footprint(name, (Part('x', kwh, kwh, kwh, 'modelled'),), .01))
    lab, chosen = FrontierLab([model('64 dots', 61, 3e-8), model('128 dots', 72, 8e-8), model('224 dots', 73, 3.4e-7)]), []
    for answers in ('1,000 a day', 'a million a day', 'ten million a day'):
        lab.answers.value = answers
        chosen.append(int(re.search(r'Chosen: (\d+) dots', lab.picture.says)[1]))
    assert chosen == sorted(chosen, reverse=True) and chosen[0] > chosen[-1]
    lab.close()
