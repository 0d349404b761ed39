"What must hold of every footprint, every place and every price in grams."
import math, random
import pytest
from hypothesis import given, strategies as st
from course.shared.footprint import (WORDS, Emission, Footprint, Part, add_parts, at_hours, combine, emission, find_zone,
                                     foretell, time_text, zones)
from course.shared import footprint
from course.shared.data import datasets_folder
import csv

amounts = st.floats(1e-9, 1e4)
parts = st.builds(lambda name, kwh, down, up, how: Part(name, kwh, kwh*down, kwh*up, how), st.sampled_from(['processor', 'memory', 'graphics']),
                  amounts, st.floats(.1, 1), st.floats(1, 5), st.sampled_from(['measured', 'modelled', 'assumed']))
runs = st.builds(lambda ps, seconds: Footprint('run', add_parts(tuple(ps)), seconds), st.lists(parts, min_size=1, max_size=5), st.floats(1, 1e6))

@given(runs, runs, runs)
def test_adding_runs_needs_no_order(a, b, c):
    left, right = (a + b) + c, c + (b + a)
    assert (left.kwh, left.low, left.high, left.seconds) == pytest.approx((right.kwh, right.low, right.high, right.seconds))

@given(runs, st.floats(.01, 100))
def test_twice_the_run_costs_twice(run, k):
    assert (run.times(k).kwh, run.times(k).low, run.times(k).high) == pytest.approx((k*run.kwh, k*run.low, k*run.high))

@given(runs)
def test_the_value_lies_in_its_interval(run): assert 0 <= run.low <= run.kwh <= run.high

@given(runs)
def test_two_windows_of_one_meter_share_their_doubt(run):
    assert (run + run).high - (run + run).kwh == pytest.approx(2*(run.high - run.kwh))

def test_a_footprint_cannot_be_changed():
    run = Footprint('run', (), 1.)
    with pytest.raises(AttributeError): run.seconds = 2

def test_the_triangle_agrees_with_ten_thousand_imagined_machines():
    dice = random.Random(1)
    for _ in range(8):
        ps = tuple(Part(str(i), k := dice.uniform(.1, 1), k*dice.uniform(.4, .95), k*dice.uniform(1.05, 2.2), 'modelled') for i in range(3))
        sums = sorted(sum(p.kwh*((p.high/p.kwh)**z if z > 0 else (p.kwh/p.low)**z) for p in ps for z in [dice.gauss(0, 1)/1.645])
                      for _ in range(10_000))
        kwh, low, high = combine(ps)
        assert low == pytest.approx(sums[500], rel=.12) and high == pytest.approx(sums[-500], rel=.12)

@pytest.mark.parametrize('kwh, low, high, how, says', [(-1, -2, 0, 'measured', 'never negative'), (1, 2, 3, 'assumed', 'inside its interval'),
                                                       (1, 1, 1, 'felt', "'measured', 'modelled' or 'assumed'")])
def test_impossible_parts_are_refused(kwh, low, high, how, says):
    with pytest.raises(ValueError, match=says): Part('x', kwh, low, high, how)

# The tables

def rows():
    for name in ('zones.csv', 'countries.csv'):
        with open(datasets_folder()/'grid'/name, encoding='utf-8', newline='') as file: yield from csv.DictReader(file)

def test_every_row_of_the_grid_says_all_it_must():
    table = list(rows())
    assert len(table) > 2000
    for row in table:
        assert 0 < float(row['grams_per_kwh']) <= 1400 and 2009 <= int(row['year']) <= 2026
        assert all(row[column] for column in ('zone', 'name', 'basis', 'source', 'licence'))

@pytest.mark.parametrize('code, grams', dict(IS=28, FR=31, CH=50, GB=176, KE=206, DE=342, NG=362, MA=516, CI=401, CN=485, PL=565, SN=573,
    ZA=700).items() | {'CA-QC': 41, 'AU-TAS': 69, 'US-NW-BPAT': 129, 'US-CAL-CISO': 208, 'AU-NSW': 525, 'JP-TK': 535, 'IN-WE': 653, 'US-TEX-ERCO': 363}.items())
def test_the_zones_of_2025_are_those_that_were_read_before(code, grams):
    zone = find_zone(code)
    assert (zone.grams, zone.year) == (grams, 2025) and 'Electricity Maps' in zone.source

@pytest.mark.parametrize('iso3, grams', [('FRA', 56.039), ('USA', 369.473)])
def test_the_country_table_holds_what_codecarbon_uses(iso3, grams):
    assert [float(row['grams_per_kwh']) for row in rows() if row['iso3'] == iso3 and 'codecarbon' in row['source']] == [grams]

def test_every_zone_has_an_interval_that_holds_its_value():
    assert all(0 < z.low <= z.grams <= z.high and z.low < z.high for z in zones().values())

def test_no_place_is_the_world_and_wide():
    world = find_zone()
    assert world.name == 'the world' and world.high/world.low > 10
    assert find_zone('fr') is find_zone('France') is find_zone(find_zone('FR'))

@pytest.mark.parametrize('place, near', [('Frnace', 'France'), ('Quebec', 'Québec'), ('Germny', 'Germany')])
def test_an_unknown_place_gets_the_nearest_names(place, near):
    with pytest.raises(ValueError, match=near): find_zone(place)

def test_a_place_is_never_guessed():
    with pytest.raises(ValueError, match='Leave the place out for the world'): find_zone('')

# Grams

@given(runs, st.sampled_from(['FR', 'WORLD', 'PL', 'US-TX']))
def test_grams_are_energy_times_the_grid(run, place):
    e = run.in_region(place)
    assert e.grams == pytest.approx(run.kwh*find_zone(place).grams) and e.low <= e.grams <= e.high

def test_the_doubt_of_a_product_is_wider_than_either():
    e = emission(1, .5, 2, find_zone('WORLD'))
    assert e.high/e.grams > 2 and e.high/e.grams < 2*find_zone('WORLD').high/find_zone('WORLD').grams

def test_nothing_costs_nothing(): assert Footprint('nothing', (), 0.).in_region('FR').grams == 0

# Words

run = Footprint('a run', (Part('processor', .010, .005, .0204, 'modelled', .001), Part('memory', .004, .002, .006, 'assumed', .004)), 5400)

def test_the_sentence_holds_everything_asked_of_it():
    says = run.sentence('FR')
    for word in ('a run', '14 Wh', '8.6 Wh', '25 Wh', '90 min', 'processor modelled', 'memory assumed', 'France', '2025', '31 g/kWh'): assert word in says
    assert 'No place was given' not in says and 'No place was given' in run.sentence()

def test_an_unknown_language_lists_the_known_ones():
    with pytest.raises(ValueError, match='en'): run.sentence(language='tlh')

def test_every_language_has_every_word(): assert all(WORDS[language].keys() == WORDS['en'].keys() for language in WORDS)

def test_the_row_for_a_model_card_has_units_in_its_names():
    row = run.row('FR')
    assert row['kwh'] == pytest.approx(.014) and row['processor'] == 'modelled' and row['grid_year'] == 2025 and row['place'] == 'France'

def test_others_on_the_machine_are_named():
    busy = Footprint('a run', run.parts, 60., share=.25)
    assert "Other programs did 75% of the processor's work" in str(busy)

@pytest.mark.parametrize('seconds, text', [(.05, '50 ms'), (59, '59 s'), (600, '10 min'), (7200, '2 h'), (360_000, '100 h')])
def test_time_is_told_as_a_person_would(seconds, text): assert time_text(seconds) == text

# Hours

def test_a_run_at_every_hour_costs_what_its_hours_cost():
    hour = Footprint('an hour', (Part('x', 1., 1., 1., 'measured'),), 3600)
    assert at_hours(hour, [10, 20, 30]) == [10, 20, 30]
    assert at_hours(hour.times(2), [10, 20, 30, 40]) == [30, 50, 70]        # two hours, two kWh
    assert hour.times(1.5).at_hours([10, 20, 40]) == pytest.approx([20, 40])   # a whole hour, then half of the next

@pytest.mark.parametrize('series, says', [([10, None, 30], 'hour 1'), ([10, float('nan')], 'hour 1'), ([10, -5], 'hour 1'), ([], 'longer series')])
def test_a_series_with_a_gap_is_named(series, says):
    with pytest.raises(ValueError, match=says): run.at_hours(series)

# Forecast

def epoch(kwh): return Footprint('epoch', (Part('processor', kwh, .9*kwh, 1.1*kwh, 'measured'),), 60.)

def test_equal_epochs_foretell_the_whole_within_one_percent():
    assert foretell((epoch(.01),), 50).kwh == pytest.approx(.5, rel=.01)

def test_the_forecast_narrows_with_every_epoch():
    widths = [(f.high - f.low)/f.kwh for f in (foretell((epoch(.01),)*n, 30) for n in range(1, 31))]
    assert widths == sorted(widths, reverse=True) and widths[-1] == pytest.approx(.2)

def test_the_forecast_holds_the_truth_nine_times_in_ten():
    dice, held = random.Random(2), []
    for _ in range(400):
        costs = [.01*dice.gauss(1, .1) for _ in range(20)]
        f = foretell(tuple(epoch(c) for c in costs[:3]), 20)
        held.append(f.low <= sum(costs) <= f.high)
    assert sum(held)/len(held) > .9

@pytest.mark.parametrize('n, total', [(0, 5), (6, 5)])
def test_a_forecast_needs_an_epoch_and_a_plan(n, total):
    with pytest.raises(ValueError, match='at least one epoch'): foretell((epoch(1),)*n, total)

def test_runs_that_overlap_are_named_and_runs_that_touch_are_not():
    def window(start, end, wall=1): return Footprint('run', run.parts, end - start, spans=((wall, start, end),))
    assert 'counted twice' in str(window(0, 10) + window(5, 15)) and 'counted twice' in str(window(0, 10) + window(2, 3))
    assert 'counted twice' not in str(sum(window(i, i + 1) for i in range(9)))
    assert 'counted twice' not in str(window(0, 10) + window(5, 15, wall=2))   # two machines at once

def test_an_old_figure_says_its_age(monkeypatch):
    class Later(footprint.date):
        @classmethod
        def today(cls): return cls(2031, 1, 1)
    assert 'years old' not in run.sentence('FR')
    monkeypatch.setattr(footprint, 'date', Later)
    assert '6 years old' in run.sentence('FR')
