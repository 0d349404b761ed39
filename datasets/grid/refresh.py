"""Remake the two tables of this folder from the packages they come from: python datasets/grid/refresh.py

Needs npm and pip with a network; nothing of the course calls it. Change the two versions below, run it, read
the difference that git shows, and look up any zone that moved by more than a fifth.
"""
import csv, json, re, subprocess, sys, tarfile, tempfile, zipfile
from pathlib import Path

CO2JS, CODECARBON, PYCOUNTRY = '0.19.0', '3.3.2', '24.6.1'
HERE = Path(__file__).parent
COLUMNS = ['zone', 'iso3', 'name', 'year', 'grams_per_kwh', 'basis', 'source', 'licence']
LIFE, DIRECT = 'life-cycle CO2e, average, used', 'direct CO2e, average, generated'
MADE = 'life-cycle CO2e, average, generated'
POUNDS_PER_MWH = .45359237 # 1 lb/MWh in g/kWh

def bring(command, folder):
    "Run a package client in `folder` and give the file it leaves."
    before = set(folder.iterdir())
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return next(iter(set(folder.iterdir()) - before))

def javascript_object(text):
    "Read the object literal that a module of data holds."
    text = re.sub(r'\\x([0-9a-fA-F]{2})', r'\\u00\1', text[text.index('{'):])
    return json.JSONDecoder().raw_decode(re.sub(r"\\'", "'", text))[0]

def electricity_maps(package, iso3):
    "Give the yearly rows of every zone, sub-national ones too."
    rows = []
    for name in sorted(n for n in package.getnames() if re.search(r'dist/esm/data/electricity-maps/yearly_\d+\.js', n)):
        year = int(re.search(r'(\d{4})\.js', name)[1])
        for zone, v in sorted(javascript_object(package.extractfile(name).read().decode()).items()):
            place, unit = v['zone'], v['carbonIntensity']['unit']
            assert unit == 'gCO2eq/kWh', unit
            whole = place['zoneName'] + (f", {place['countryName']}" if place.get('countryName', place['zoneName']) != place['zoneName'] else '')
            rows.append([zone, iso3.get(zone, ''), whole, year, v['carbonIntensity']['value'], LIFE,
                         f'Electricity Maps, in npm @tgwf/co2 {CO2JS}', 'ODbL-1.0'])
    return rows

def national(package, wheel, iso2):
    "Give one row for each country and each state of the USA, and the world."
    average = javascript_object(package.extractfile('package/dist/esm/data/average-intensities.min.js').read().decode())
    rows = [['WORLD', '', 'World', 2024, average['WORLD'], MADE, f'Ember, in npm @tgwf/co2 {CO2JS}', 'CC-BY-SA-4.0']]
    mix = json.loads(wheel.read('codecarbon/data/private_infra/global_energy_mix.json'))
    for code, v in sorted(mix.items()):
        if v['carbon_intensity'] > 0: # a country with power stations and no carbon is a gap in the source, not a fact
            rows.append([iso2.get(code, code), code, v['country_name'], v['year'], v['carbon_intensity'], MADE,
                         f'Our World in Data from Ember and Energy Institute, in PyPI codecarbon {CODECARBON}', 'CC-BY-4.0'])
    states = json.loads(wheel.read('codecarbon/data/private_infra/2023/usa_emissions.json'))
    for name, v in sorted((n, v) for n, v in states.items() if not n.startswith('_')):
        if v['emissions'] > 0:
            rows.append([f"US-{v['regionCode']}", '', f'{name.title()}, USA', 2023, round(v['emissions']*POUNDS_PER_MWH, 1), DIRECT,
                         f'US EPA eGRID2023, in PyPI codecarbon {CODECARBON}', 'public domain (US government)'])
    return rows

def write(name, rows):
    "Write one table, refusing what no real grid has."
    wrong = [row for row in rows if not 0 < float(row[4]) <= 1400]
    assert not wrong, f'No grid gives these figures, look at the source: {wrong}'
    with open(HERE/name, 'w', newline='', encoding='utf-8') as file: csv.writer(file, lineterminator='\n').writerows([COLUMNS, *rows])
    print(name, len(rows), 'rows')

with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    package = tarfile.open(bring(['npm', 'pack', f'@tgwf/co2@{CO2JS}'], folder))
    pip = [sys.executable, '-m', 'pip', 'download', '-q', '--no-deps', '-d', '.']
    wheel = zipfile.ZipFile(bring([*pip, f'codecarbon=={CODECARBON}'], folder))
    codes = json.loads(zipfile.ZipFile(bring([*pip, f'pycountry=={PYCOUNTRY}'], folder)).read('pycountry/databases/iso3166-1.json'))['3166-1']
    write('zones.csv', electricity_maps(package, {c['alpha_2']: c['alpha_3'] for c in codes}))
    write('countries.csv', national(package, wheel, {c['alpha_3']: c['alpha_2'] for c in codes}))
