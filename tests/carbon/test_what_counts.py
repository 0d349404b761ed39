"What must hold when a project is cut into slices, for any list; and the published figures that it rests on."
import csv
from dataclasses import replace
from pathlib import Path
import pytest
from hypothesis import given, settings, strategies as st
from course.carbon.what_counts import (GROUPS, Line, ScopeLab, best_size, draw_scope, draw_strip, making_per_hour, project,
                                       shared_body, shares, total)
from course.shared.data import folder
from course.shared.footprint import find_zone, grams_text
from course.shared.prove import prove
from answers_what_counts import ITEMS

ROOT = Path(__file__).parents[2]

def table(name):
    with open(folder('boundary')/f'{name}.csv', encoding='utf-8', newline='') as file: return list(csv.DictReader(file))
FACTS = {row['fact']: float(row['value']) for row in table('facts')}

def of(*groups): return [line for line in project() if line.group in groups]

# Published figures

def test_a_laptop_gives_each_hour_of_its_life_five_grams():
    assert making_per_hour(FACTS['laptop made'], FACTS['laptop life']) == pytest.approx(5.17, abs=.01)
    assert making_per_hour(FACTS['laptop made'], FACTS['laptop life'], FACTS['laptop share in use']) == pytest.approx(17.2, abs=.05)

@pytest.mark.parametrize('row', table('pipes'), ids=lambda row: row['model'])
def test_training_and_tuning_over_one_question_is_the_printed_number_of_questions(row):
    training, tuning, each, printed = (float(row[name]) for name in ('training_kwh', 'tuning_kwh', 'question_kwh', 'parity_questions'))
    assert (training + tuning)/each == pytest.approx(printed, rel=.001)
    apart, together = shared_body(training, tuning)
    assert apart == 16*training and together == training + 16*tuning and together/apart < .21

def test_the_team_that_found_the_rule_had_followed_it():
    size = {row['model']: (float(row['parameters']), float(row['tokens'])) for row in table('models')}
    assert best_size(*size['Chinchilla']) == pytest.approx(size['Chinchilla'])
    fit, texts = best_size(*size['Gopher'])
    assert fit == pytest.approx(64.8e9, rel=.001) and texts == pytest.approx(1.296e12, rel=.001)
    assert all(parameters/best_size(parameters, tokens)[0] > 3 for name, (parameters, tokens) in size.items() if name != 'Chinchilla')

def test_the_operations_of_gpt_3_are_those_it_was_told_to_have_taken():
    size = next(row for row in table('models') if row['model'] == 'GPT-3')
    assert 6*float(size['parameters'])*float(size['tokens']) == pytest.approx(3.14e23, rel=.005) # Patterson 2021, table 4

def test_the_parts_of_a_prompt_add_up_and_the_machine_being_on_is_most_of_it():
    assert sum(float(row['watt_hours']) for row in table('prompt')) == pytest.approx(.24)
    assert FACTS['narrow prompts of a kWh']/FACTS['whole prompts of a kWh'] == pytest.approx(2.4, abs=.01)
    assert FACTS['machine on, least']/FACTS['machine in all'] == pytest.approx(.83, abs=.005)
    assert FACTS['machine on, most']/FACTS['machine in all'] == pytest.approx(.90, abs=.005)

def test_the_repeats_of_bloom_are_its_table():
    row = table('repeats')[0]
    assert float(row['final'])/float(row['all']) == pytest.approx(.3724, abs=.0001)

def test_the_project_has_37_lines_five_circles_and_a_source_in_each():
    assert len(project()) == 37 and [group for group in GROUPS if of(group)] == list(GROUPS)
    assert all(line.source and line.unit and line.amount > 0 for line in project()) and len({line.name for line in project()}) == 37

def test_the_building_is_counted_on_the_machines_of_the_list_and_once():
    hours = [line for line in project() if line.unit == 'machine hours']
    building = next(line for line in project() if line.unit == 'kWh of machine')
    assert building.amount == pytest.approx(sum(line.amount*line.usual for line in hours), rel=.01)

# Laws

amounts = st.floats(.001, 1e6)
lines = st.lists(st.tuples(st.sampled_from(list(GROUPS)), amounts, amounts, st.floats(1, 5), st.floats(1, 5), st.sampled_from(['g', 'kWh'])),
                 min_size=1, max_size=12).map(lambda rows: [Line(f'slice {i}', group, amount, 'things', usual/down, usual, usual*up, per)
                                                            for i, (group, amount, usual, down, up, per) in enumerate(rows)])
places = st.sampled_from([None, 'FR', 'PL', 'SN'])

@given(lines, places)
@settings(max_examples=40, deadline=None)
def test_shares_add_up_to_one(some, place):
    pie = shares(some, place)
    assert abs(sum(pie.values()) - 1) < 1e-9 and all(0 <= share <= 1 for share in pie.values())

@given(lines, places)
@settings(max_examples=30, deadline=None)
def test_a_wider_line_never_makes_the_figure_smaller(some, place):
    sums = [total(some[:k], place)[0] for k in range(1, len(some) + 1)]
    assert sums == sorted(sums)
    usual, low, high = total(some, place)
    assert 0 <= low <= high and usual == pytest.approx(sum(total([line], place)[0] for line in some))

@given(lines)
@settings(max_examples=20, deadline=None)
def test_twice_as_much_of_everything_is_twice_the_figure_and_the_same_pie(some):
    double = [replace(line, amount=2*line.amount) for line in some]
    assert total(double, 'FR') == pytest.approx([2*grams for grams in total(some, 'FR')])
    assert shares(double, 'FR') == pytest.approx(shares(some, 'FR'))

def test_the_electricity_is_thrown_once_so_two_halves_are_as_wide_as_the_whole():
    whole = Line('lamp', 'the run', 100, 'hours', 1, 1, 1, 'kWh')
    halves = [replace(whole, amount=50), replace(whole, name='other lamp', amount=50)]
    assert total(halves) == pytest.approx(total([whole]))

@given(st.floats(1e3, 1e12), st.floats(1e3, 1e13))
def test_the_best_size_takes_as_many_operations(parameters, tokens):
    fit, texts = best_size(parameters, tokens)
    assert fit*texts == pytest.approx(parameters*tokens) and texts == pytest.approx(20*fit)

@given(st.floats(1, 1e6), st.floats(0, 1e6), st.integers(1, 100))
def test_one_pipe_is_never_worse_where_tuning_costs_less_than_a_saved_training(training, tuning, copies):
    apart, together = shared_body(training, tuning, copies)
    assert (together <= apart*(1 + 1e-12)) == (copies*tuning <= (copies - 1)*training*(1 + 1e-12)) or abs(together - apart) < 1e-6*apart

# Messages

@pytest.mark.parametrize('call, words', [
    (lambda: making_per_hour(-1, 5), '0 kg or more'), (lambda: making_per_hour(5, 0), '35,040'), (lambda: making_per_hour(5, 5, 30), 'Divide percents'),
    (lambda: making_per_hour(5, 5, 0), 'above 0'), (lambda: shared_body(5, 5, 0), 'counted from 1'), (lambda: shared_body(5, 5, 1.5), 'whole'),
    (lambda: shared_body(-5, 5), '0 or more'), (lambda: best_size(0, 5), 'above 0'), (lambda: shares([]), 'Count at least one'),
    (lambda: shares([project()[0]]*2), 'Two lines have one name'), (lambda: total(project(), 'Frence'), 'Nearest: France'),
    (lambda: Line('x', 'the moon', 1, 'km', 1, 1, 1), 'the run, what did not work'), (lambda: Line('x', 'people', -1, 'km', 1, 1, 1), '0 or more'),
    (lambda: Line('x', 'people', float('nan'), 'km', 1, 1, 1), '0 or more'), (lambda: Line('x', 'people', 1, 'km', 3, 2, 1), 'go up from 0'),
    (lambda: Line('x', 'people', 1, 'km', 1, 1, 1, 'kg'), "'g' or 'kWh'"), (lambda: draw_scope([]), 'Count at least one')])
def test_each_wrong_call_is_told_what_to_give(call, words):
    with pytest.raises(ValueError, match=words): call()

# The pictures and the lab

def test_the_strip_is_as_wide_as_its_slices_and_names_the_largest():
    picture = draw_strip(project(), 'FR', guess=40)
    assert len(picture.table) == 37 and 'flight to a congress' in picture.says and 'your guess' in picture.svg
    assert sum(float(row['share'].rstrip('%')) for row in picture.table) == pytest.approx(100, abs=.02)

def test_the_words_say_the_figure_its_ends_and_what_lies_outside():
    counted = of('the run', 'what was made')
    picture, (usual, low, high) = draw_scope(counted, 'FR'), total(counted, 'FR')
    for part in (grams_text(usual), grams_text(low), grams_text(high), 'France', 'what was made', 'Not counted: what did not work, kept on, people'):
        assert part in picture.says
    assert 'Not counted: nothing of the list' in draw_scope(project()).says

@pytest.fixture
def lab():
    lab = ScopeLab()
    yield lab
    lab.close()

def test_the_lab_opens_where_the_making_outweighs_all_electricity(lab):
    assert lab.place.value == 'FR' and 'The largest circle is what was made, 99%' in lab.picture.says
    electricity = total(of('the run', 'what did not work', 'kept on'), 'FR')
    assert total(of('what was made'), 'FR')[1] > 10*electricity[2]

def test_switches_move_the_line(lab):
    assert len(lab.counted()) == 18
    lab.people.value = True
    assert len(lab.counted()) == 37 and 'The largest circle is people' in lab.picture.says and 'nothing of the list' in lab.picture.says
    lab.people.value = lab.made.value = lab.tries.value = False
    assert len(lab.counted()) == 3 and 'The largest circle is the run, 100%' in lab.picture.says and lab.error is None
    state = lab.state()
    lab.reset()
    assert len(lab.counted()) == 18
    lab.load(state)
    assert len(lab.counted()) == 3

def test_the_place_changes_what_needs_electricity_and_nothing_else(lab):
    said = set()
    for place in lab.places:
        lab.place.value = place
        said.add(lab.picture.says)
        assert find_zone(place).name in lab.picture.says
    assert len(said) == len(lab.places) and total(of('what was made'), 'FR')[0] == total(of('what was made'), 'PL')[0]

def test_a_list_of_ones_own_fits_the_lab():
    mine = ScopeLab([Line('my desk', 'people', 5, 'hours', .1, .2, .4, 'kWh'), Line('my laptop', 'what was made', 1, 'quarter', 31e3, 45e3, 1e5)])
    assert 'what was made' in mine.picture.says and len(mine.picture.table) == 1
    mine.close()

def test_questions_are_proved_both_ways(): prove(ITEMS, ROOT/'nbs/40_carbon/43_what_counts.ipynb')
