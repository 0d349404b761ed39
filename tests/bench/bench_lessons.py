"Each lesson run from start to end in a fresh kernel: seconds, time to the first picture, memory, energy."
import re
from pathlib import Path
from statistics import median
from course.carbon.meter import Meter
from course.shared.rehearsal import rehearse

ROOT = Path(__file__).parents[2]
N = 3

def rows():
    found = []
    for path in sorted((ROOT/'nbs').glob('[1-9]*/[1-9][1-9]_*.ipynb')):
        runs = [rehearse(path, meter=Meter) for _ in range(N)]
        failed = sum(not run.ok for run in runs)
        firsts = [run.first_picture_seconds for run in runs if run.first_picture_seconds is not None]
        about = dict(n=N, failed_runs=failed)
        promised = re.search(r'Energy \| (?:under|about) ([0-9.]+) Wh', path.read_text(encoding='utf-8'))
        found.append(dict(name=f'{path.stem}: whole lesson', ours=median(run.seconds for run in runs), unit='s',
                          **about))
        if firsts: found.append(dict(name=f'{path.stem}: first picture', ours=median(firsts), unit='s', **about))
        found.append(dict(name=f'{path.stem}: most memory', ours=median(run.peak_mib for run in runs), unit='MiB',
                          **about))
        found.append(dict(name=f'{path.stem}: energy', ours=median(run.energy['kwh'] for run in runs)*1000, unit='Wh',
                          **about, promised=promised and float(promised[1]),
                          low=min(run.energy['low'] for run in runs)*1000, high=max(run.energy['high']
                                  for run in runs)*1000))
    return found
