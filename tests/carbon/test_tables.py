"Every figure of the tables says whence, when and in which unit it is; a script makes again what came from a package."
import os, runpy, warnings
from datetime import date
from pathlib import Path
import numpy as np
import pytest
from course.shared.data import datasets_folder, datasheet, load
from course.shared.footprint import find_zone, zones

FOLDER = datasets_folder()
TABLES = {name: load(name) for name in ('hourly', 'prices', 'equivalents', 'shifting', 'grid', 'power')}
HOURS = {name: TABLES['hourly'][name] for name in ('lower', 'higher')}
WHEEL = Path(os.environ.get('CITYLEARN_WHEEL', 'not given'))

def flat(name):
    "Every table of a data set, with its name."
    tables = TABLES[name]
    return list(tables.items()) if isinstance(tables, dict) else [(name, tables)]

# Hours

@pytest.mark.parametrize('name, mean, low, high', [('lower', 156.5, 70, 282), ('higher', 511.9, 324, 600)])
def test_a_year_of_hours_is_whole_and_has_no_zero(name, mean, low, high):
    table = HOURS[name]
    grams = table['grams_per_kwh']
    assert len(table) == 8760 and grams.dtype.kind == 'i' and (grams.min(), grams.max()) == (low, high)
    assert grams.mean() == pytest.approx(mean, abs=.1)

@pytest.mark.parametrize('name', HOURS)
def test_no_hour_is_missing_or_twice(name):
    hour = HOURS[name]['hour'].to_numpy()
    assert (hour[1:] == hour[:-1] % 24 + 1).all() and HOURS[name]['day_type'].between(1, 8).all()

def test_the_hours_say_what_is_not_known_of_them():
    known = TABLES['hourly']['series']
    assert set(known['table']) == set(HOURS) and known.notna().all().all()
    assert all('which grid' in text for text in known['not_known']) and (known['licence'] == 'MIT').all()
    assert 'simulated' in datasheet('hourly') and 'byte for byte' in datasheet('hourly')

def test_the_simulated_places_say_how_wrong_they_are():
    made = TABLES['hourly']['generator']
    assert set(made['place']) == {'DE', 'GB', 'FR'} and made['bias'].str.contains('overstates savings').all()

def remade(wheel): return runpy.run_path(str(FOLDER/'hourly'/'refresh.py'))['tables'](wheel)

@pytest.mark.slow
@pytest.mark.skipif(not WHEEL.is_file(), reason='CITYLEARN_WHEEL names no file: pip download --no-deps CityLearn==2.1.2')
def test_the_script_makes_the_hours_again_byte_for_byte():
    for name, text in remade(WHEEL).items(): assert (FOLDER/'hourly'/name).read_bytes() == text.encode(), name

def a_wheel(path, hours=(23, 24, 1), kilograms=('.17', '.16', '.15')):
    "A made-up wheel with three hours in each series."
    import zipfile
    with zipfile.ZipFile(path, 'w') as wheel:
        for folder in runpy.run_path(str(FOLDER/'hourly'/'refresh.py'))['FOLDERS'].values():
            when = ''.join(f'7.0,1.0,{hour}\n' for hour in hours)
            wheel.writestr(f'citylearn/data/{folder}/Building_1.csv', f'Month,Day Type,Hour\n{when}')
            wheel.writestr(f'citylearn/data/{folder}/carbon_intensity.csv', '\n'.join(['kg_CO2/kWh', *kilograms]) + '\n')
    return path

def test_the_script_turns_kilograms_into_whole_grams(tmp_path):
    assert remade(a_wheel(tmp_path/'w.whl'))['lower.csv'].split() == ['month,day_type,hour,grams_per_kwh', '7,1,23,170', '7,1,24,160', '7,1,1,150']

@pytest.mark.parametrize('given, words', [(dict(hours=(23, 24, 2)), 'missing or twice at row 2'), (dict(hours=(1, 2, 2)), 'missing or twice at row 2'),
                                          (dict(kilograms=('.1', '0', '.1')), 'No grid gives 0 g/kWh'),
                                          (dict(kilograms=('.1', '1.5', '.1')), 'No grid gives 1500')])
def test_the_script_refuses_gaps_and_figures_no_grid_has(tmp_path, given, words):
    with pytest.raises(AssertionError, match=words): remade(a_wheel(tmp_path/'w.whl', **given))

# Prices

def test_every_price_says_where_when_and_whence():
    table = TABLES['prices']
    assert list(table) == ['provider', 'machine', 'accelerator', 'dollars_per_hour', 'kind', 'place', 'date', 'source']
    assert table.drop(columns='accelerator').notna().all().all() and set(table['kind']) == {'on-demand', 'spot'}
    assert table['dollars_per_hour'].between(.001, 200).all() and table['date'].str.fullmatch(r'20\d\d-\d\d').all()

def test_spot_is_cheaper_than_the_same_machine_on_demand():
    table = TABLES['prices'].set_index(['machine', 'date', 'kind'])['dollars_per_hour']
    for machine, when, kind in table.index:
        if kind == 'spot': assert table[machine, when, 'spot'] < table[machine, when, 'on-demand'], machine

def test_a_month_of_the_talk_costs_what_the_talk_says():
    table = TABLES['prices']
    hour = table[(table['machine'] == 'p3.16xlarge') & (table['kind'] == 'spot') & (table['date'] == '2019-02')]['dollars_per_hour'].item()
    assert hour*24*30 == pytest.approx(5285, abs=1) and hour*24*30*10 == pytest.approx(52848, abs=1)

# Equivalents

def test_every_equivalent_has_its_range_unit_year_and_link():
    table = TABLES['equivalents']
    assert list(table) == ['what', 'low', 'middle', 'high', 'unit', 'year', 'basis', 'source', 'link', 'licence']
    assert table.notna().all().all() and table['what'].is_unique and set(table['unit']) == {'g CO2e', 'kWh'}
    assert (table['low'] > 0).all() and (table['low'] < table['middle']).all() and (table['middle'] < table['high']).all()
    assert table['link'].str.startswith('https://').all()

def test_a_middle_that_nobody_published_is_the_geometric_mean():
    table = TABLES['equivalents']
    guessed = table[table['basis'].str.contains('geometric mean')]
    assert len(guessed) == 4
    assert np.allclose(guessed['middle'], np.sqrt(guessed['low']*guessed['high']), rtol=.01)

def test_arithmetic_rows_are_their_arithmetic():
    rows = TABLES['equivalents'].set_index('what')[['low', 'middle', 'high']]
    kettle = [4186*degrees/3.6e6/share for degrees, share in ((80, .95), (85, .88), (90, .80))]
    phone = [watt_hours/1000/(1 - lost) for watt_hours, lost in ((10, .1), (15, .2), (19, .3))]
    assert np.allclose(rows.loc['a litre of water boiled in a kettle'], kettle, rtol=.005)
    assert np.allclose(rows.loc['a telephone charged once'], phone, rtol=.02)
    flight = rows.loc['New York to San Francisco and back, one passenger']
    per_km = rows.loc['a kilometre in an aeroplane, economy']
    assert np.allclose(flight[['low', 'high']], per_km[['low', 'high']]*8300, rtol=.001) and flight['middle'] == pytest.approx(1984*453.59, rel=.001)
    car = rows.loc['a petrol car, made and driven to its end']
    assert car['low'] == 6e6 + 200_000*170 and car['middle'] == pytest.approx(126_000*453.59237, rel=.001)
    tree = rows.loc['what a tree takes up in a month']
    assert np.allclose(tree, [60_000/120, 11_000/12, 21_770/12], rtol=.001)

# The grid

@pytest.mark.parametrize('table', ['zones', 'countries'])
def test_every_figure_of_the_grid_has_its_papers(table):
    rows = TABLES['grid'][table]
    needed = ['zone', 'name', 'year', 'grams_per_kwh', 'basis', 'source', 'licence']
    named = rows['zone'].notna() | rows['name'].eq('Namibia')      # the reader of tables takes NA for a gap
    assert rows[needed[1:]].notna().all().all() and named.all() and rows['grams_per_kwh'].between(1, 1400).all()
    assert rows['basis'].str.contains('direct|life-cycle').all() and rows['basis'].str.contains('average|marginal').all()

# Age

def ages():
    "Years since the newest row of each table."
    newest = dict(grid=max(zone.year for zone in zones().values()), equivalents=int(TABLES['equivalents']['year'].max()),
                  prices=int(TABLES['prices']['date'].str[:4].max()))
    return {name: date.today().year - year for name, year in newest.items()}

def warn_of_age(years):
    for name, old in years.items():
        if old > 4: warnings.warn(f'{name} is {old} years old: run its refresh.py, or type it anew.')

def test_a_table_over_four_years_old_warns():
    with pytest.warns(match='prices is 5 years old: run its refresh.py'): warn_of_age(dict(grid=1, prices=5))
    warn_of_age(ages())
    assert min(ages().values()) >= 0

@pytest.mark.parametrize('name', TABLES)
def test_every_table_has_rows_and_a_datasheet(name):
    assert all(len(table) for _, table in flat(name)) and '## What it must not be used for' in datasheet(name)

# What others published

SHIFTING = TABLES['shifting']

def test_the_tables_of_dodge_are_those_of_the_paper():
    "Tables 2, 4 and 5, typed here a second time; the sums guard single cells."
    table = SHIFTING['dodge_2022']
    columns = dict(kwh='3.1 37.3 13812.4 .02 .03 .04 1.7 2.2 4.7 93.3 237.6', hours='6 36 192 .3 .3 .4 19 19 21 90 216',
                   day_start_percent='14.5 3.4 .5 26.8 26.4 25.9 5.6 5.3 4.2 1.3 .5',
                   day_pause_percent='19 8.5 2.5 27.7 27.3 27.1 12.5 12.3 11.7 4.7 2.4',
                   double_start_percent='7 4.1 2.6 1.8 2.5 2.7 5 4.8 3.9 3.3 3', double_pause_percent='9.5 11 11.4 2 2.8 3.1 11 11 10.8 11.4 11.3')
    assert {name: table[name].tolist() for name in columns} == {name: [float(n) for n in text.split()] for name, text in columns.items()}
    sums = [14192.39, 600., 114.4, 155.7, 40.7, 95.3]
    assert [round(table[name].sum(), 2) for name in columns] == sums and len(table) == 11

def test_the_hundred_is_thirteen_to_two_hundred_and_fifty():
    table = SHIFTING['hundred']
    times = table['australia_grams']/table['quebec_grams']
    assert (round(times.min(), 1), round(times.max(), 1)) == (12.8, 250.5) and table.notna().all().all()
    newest, oldest = table.iloc[0], table.iloc[1]
    assert (find_zone('AU-NSW').grams, find_zone('CA-QC').grams) == (newest['australia_grams'], newest['quebec_grams'])
    zones_table = TABLES['grid']['zones'].set_index(['zone', 'year'])['grams_per_kwh']
    assert (zones_table['AU-QLD', 2021], zones_table['CA-QC', 2021]) == (oldest['australia_grams'], oldest['quebec_grams'])

def test_the_capped_cards_are_those_that_were_measured():
    "At 150 instead of 250 watts a V100 took a fifth less energy and a fifth more time; an A40 has its best in between."
    table = load('capped_cards')
    v100 = table[table.card == 'NVIDIA V100'].set_index('watts_allowed')
    assert v100.joules[150]/v100.joules[250] == pytest.approx(1 - .204, abs=.001)
    assert v100.seconds[150]/v100.seconds[250] == pytest.approx(1.215, abs=.001)
    a40 = table[table.card == 'NVIDIA A40'].set_index('watts_allowed').joules
    assert a40.idxmin() == 200 and a40[100] > 1.5*a40[300] and (table.joules/table.seconds <= 1.01*table.watts_allowed).all()

def test_the_prices_of_packages_are_remade_and_those_of_2019_stay(tmp_path):
    "Made-up packages in which all is dearer by a dollar: only the rows that stand in packages move."
    import tarfile, zipfile
    rows = TABLES['prices'].to_dict('records')
    spot = {row['machine']: row['dollars_per_hour'] for row in rows if row['date'] == '2023-10' and row['kind'] == 'spot'}
    full = {row['machine']: row['dollars_per_hour'] for row in rows if row['date'] == '2023-10' and row['kind'] == 'on-demand'}
    lines = ['API Name,On Demand,Linux Spot Maximum cost']
    lines += [f'{name},${full[name] + 1:.4f} hourly,${spot.get(name, 0) + 1:.4f} hourly' for name in full]
    with zipfile.ZipFile(tmp_path/'a.whl', 'w') as pack: pack.writestr('boaviztapi/data/utils/complete_AWS_EC2/vantage-export.csv', '\n'.join(lines))
    (tmp_path/'data.js').write_text('x={"n1-standard-2":{"prices":{"us-east1":9,"us-central1":1.0949995}},'
                                    '"nvidia-tesla-t4":{"count":1,"prices":{"us-east1-a":9,"us-central1-a":1.35}}}')
    with tarfile.open(tmp_path/'b.tgz', 'w:gz') as pack: pack.add(tmp_path/'data.js', 'package/dist/lib/data.js')
    text = runpy.run_path(str(FOLDER/'prices'/'refresh.py'))['table'](tmp_path/'a.whl', tmp_path/'b.tgz')
    import csv
    for old, new in zip(rows, csv.DictReader(text.splitlines()), strict=True):
        gap = float(new['dollars_per_hour']) - old['dollars_per_hour']
        assert gap == pytest.approx(0 if old['date'] == '2019-02' else 1, abs=1e-3), old['machine']
