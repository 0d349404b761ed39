"The first page of the drift unit: each answer is what its lab shows, and each is proved both ways."
import json, re
from pathlib import Path
import pandas as pd
import pytest
from course.drift.enough_rows import AlarmLab
from course.drift.on_duty import YearLab
from course.drift.own_stream import BellLab
from course.drift.streams import StreamLab
from course.drift.the_alarm import GapLab, milk
from course.drift.upkeep import UpkeepLab
from course.drift.watch import Watch, WatchLab
from course.shared.check import load_items
from course.shared.prove import prove

UNIT = Path(__file__).parents[2]/'nbs/30_drift'
NOTEBOOK = UNIT/'30_start.ipynb'
TEXT = '\n'.join(''.join(cell['source']) for cell in json.loads(NOTEBOOK.read_text(encoding='utf-8'))['cells'])

def test_every_answer_is_proved_both_ways(): prove(load_items('drift_start'), NOTEBOOK)

@pytest.mark.parametrize('name', sorted({path.stem for path in UNIT.glob('3[1-9]_*.ipynb')}))
def test_it_opens_each_lesson_of_the_unit_with_its_lab(name):
    title = json.loads((UNIT/f'{name}.ipynb').read_text(encoding='utf-8'))['cells'][0]['source'][0].removeprefix('# ').strip()
    assert f'from course.drift.{name[3:]} import' in TEXT and f'(Lesson {name[:2]}.)' in TEXT and f'**{name[:2]} {title}**' in TEXT

def test_ten_cans_part_although_nothing_moved():
    lab = GapLab(lambda cans: cans[:, 0] + cans[:, 1] > .9)
    gaps = []
    for seed in range(5):
        lab.load(f'moved=nothing;rows=10;seed={seed}')
        gaps.append(float(re.search(r'shares ([\d.]+)', lab.picture.says)[1]))
    assert min(gaps) > .1
    lab.close()

def test_a_river_is_heard_later_than_a_waterfall():
    lab, days = StreamLab(), {}
    for kind in ('waterfall', 'river'):
        lab.kind.value = kind
        days[kind] = int(re.search(r'within (\d+) days', lab.picture.says)[1])
    assert days['river'] > 3*days['waterfall']
    lab.close()

def test_a_faster_world_is_visited_more_often():
    lab, weeks = UpkeepLab(), {}
    for speed in (.5, 1.):
        lab.speed.value = speed
        weeks[speed] = int(re.search(r'cheapest plan: every (\d+) week', lab.picture.says)[1])
    assert weeks[1.] < weeks[.5]
    lab.close()

def month(moved, amount, n, seed):
    "A month of cans as a table."
    return pd.DataFrame(milk(moved, amount, n, seed)[0], columns=['hours', 'warmth', 'weight'])

def test_the_watch_sees_weight_and_hours_and_never_the_rule():
    lab, rang = WatchLab(Watch.fit(month('nothing', 0., 2000, 1)), month, ['nothing', 'weight', 'hours', 'spread', 'rule']), {}
    for moved in ('weight', 'hours', 'rule'):
        lab.load(f'moved={moved};amount=1.0;rows=1000')
        rang[moved] = 'Alarm' in lab.picture.says
    assert rang == {'weight': True, 'hours': True, 'rule': False}
    lab.close()

def test_a_looser_budget_rings_earlier_and_more_often_for_nothing():
    lab, read = YearLab(), {}
    for budget in (1, 20):
        lab.budget.value = budget
        false, first = re.search(r'(\d+) false rings.*week (\d+)', lab.picture.says).groups()
        read[budget] = int(false), int(first)
    assert read[20][0] > read[1][0] and read[20][1] < read[1][1]
    lab.close()

def test_a_bell_that_knows_the_season_hears_the_spring_of_2020_earlier():
    lab, first = BellLab(), {}
    for asked in lab.asked.options:
        lab.asked.value = asked
        first[asked] = re.search(r'on (2020-\d\d-\d\d)', lab.picture.says)[1]
    assert first['the year before'] < first['the level itself']
    lab.close()

@pytest.mark.parametrize('moved, where', [('weight', 'Rings for nothing'), ('hours', 'Rings and hurts'), ('together', 'Hurts in silence')])
def test_each_change_has_its_place_on_the_map(moved, where):
    lab = AlarmLab()
    lab.load(f'moved={moved};amount=1.0;rows=200;test=KS')
    assert moved in re.search(f'{where}: ([^.]*)', lab.picture.says)[1]
    lab.close()
