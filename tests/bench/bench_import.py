"How long `import` takes in a new Python, what heavy packages it pulls in, and how big the notebooks are."
import json, subprocess, sys
from importlib import metadata
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
N = 7
HEAVY = ('torch', 'scipy', 'pandas', 'sklearn', 'matplotlib', 'numpy', 'ipywidgets', 'anywidget')
PEER = 'fastai.vision.all'   # What a learner of another course imports in the first cell

def seconds(module):
    "Import `module` in a new Python; return the seconds and the heavy packages that came along."
    source = (f'import time; began = time.perf_counter(); import {module}; took = time.perf_counter() - began\n'
              f'import json, sys; print(json.dumps([took, [name for name in {HEAVY} if name in sys.modules]]))')
    return json.loads(subprocess.run([sys.executable, '-c', source], capture_output=True, text=True, check=True,
                                     cwd=ROOT).stdout)

def peer_version():
    "Version of the peer, or that it is not installed."
    try: return metadata.version('fastai')
    except metadata.PackageNotFoundError: return 'not installed'

def modules():
    "The package itself, the command, and every lesson's module."
    files = [path for path in sorted((ROOT/'course').glob('*/*.py')) if path.name[0] != '_'
             and path.parent.name != 'shared']
    return ['course', 'course.shared.command', *(f'course.{path.parent.name}.{path.stem}' for path in files)]

def rows():
    version, found = peer_version(), []
    for module in modules():
        ours, theirs, heavy = [], [], []
        for _ in range(N):
            took, heavy = seconds(module)
            ours.append(took)
            if version != 'not installed': theirs.append(seconds(PEER)[0])
        found.append(dict(name=f'import {module}', ours=median(ours), peer=median(theirs) if theirs else None, unit='s',
                          n=N,
                          peer_name=f'import {PEER}', peer_version=version, heavy=heavy))
    sizes = [(path, path.stat().st_size/1000) for path in sorted((ROOT/'nbs').glob('[1-9]*/*.ipynb'))]
    return found + [dict(name=f'size of {path.stem}', ours=size, unit='kB', n=1) for path, size in sizes]
