"""Remake the table of processors from the package it comes from: python datasets/power/refresh.py

Needs pip with a network; nothing of the course calls it.
"""
import csv, io, subprocess, sys, tempfile, zipfile
from pathlib import Path

CODECARBON = '3.3.2'
HERE = Path(__file__).parent

with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, '-m', 'pip', 'download', '-q', '--no-deps', '-d', folder, f'codecarbon=={CODECARBON}'], check=True)
    wheel = zipfile.ZipFile(next(Path(folder).glob('*.whl')))
    rows = list(csv.DictReader(io.StringIO(wheel.read('codecarbon/data/hardware/cpu_power.csv').decode())))

def number(text):
    "Read a number; 0 where the source has a slip of the pen."
    try: return float(text)
    except ValueError: return 0.

watts = {' '.join(row['Name'].split()): number(row['TDP']) for row in rows}
with open(HERE/'processors.csv', 'w', newline='', encoding='utf-8') as file:
    table = csv.writer(file, lineterminator='\n')
    table.writerow(['name', 'watts', 'source', 'licence'])
    for name, w in sorted(watts.items(), key=lambda item: item[0].casefold()):
        if 0 < w <= 1000: table.writerow([name, f'{w:g}', f'codecarbon {CODECARBON}', 'MIT'])
print(sum(0 < w <= 1000 for w in watts.values()), 'processors; left out:', {n: w for n, w in watts.items() if not 0 < w <= 1000})
