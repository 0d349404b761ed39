"How long `import` takes in a new Python, what heavy packages it pulls in, and how big the notebooks are."
import json, subprocess, sys
from importlib import metadata
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
N = 5
HEAVY = ('torch', 'scipy', 'pandas', 'sklearn', 'matplotlib', 'numpy', 'ipywidgets', 'anywidget')
PEER = 'fastai.vision.all'   # What a learner of another course imports in the first cell

# torchvision built for another torch lacks two operators that nothing here uses; their names are enough
NAMES = ("import torch; names = torch.library.Library('torchvision', 'DEF'); [names.define(one + '(Tensor dets, Tensor scores, "
         "float iou_threshold) -> Tensor') for one in ('nms', 'qnms')]; ")

def seconds(module, first=''):
    "Import `module` in a new Python, where `first` counts too; return the seconds and the heavy packages that came along."
    source = (f'import time; began = time.perf_counter(); {first}import {module}; took = time.perf_counter() - began\n'
              f'import json, sys; print(json.dumps([took, [name for name in {HEAVY} if name in sys.modules]]))')
    return json.loads(subprocess.run([sys.executable, '-c', source], capture_output=True, text=True, check=True,
                                     cwd=ROOT).stdout)

def peer_version():
    "Version of the peer, or that it is not installed."
    try: version = metadata.version('fastai')
    except metadata.PackageNotFoundError: return 'not installed'
    try: seconds(PEER, NAMES)
    except subprocess.CalledProcessError: return f'{version}, which does not start here'
    return version

def modules():
    "The package itself, the command, and every lesson's module."
    files = [path for path in sorted((ROOT/'course').glob('*/*.py')) if path.name[0] != '_'
             and path.parent.name != 'shared']
    return ['course', 'course.shared.command', *(f'course.{path.parent.name}.{path.stem}' for path in files)]

def rows():
    version, found = peer_version(), []
    theirs = [seconds(PEER, NAMES)[0] for _ in range(N)] if version[-1].isdigit() else []
    for module in modules():
        ours, heavy = [], []
        for _ in range(N):
            took, heavy = seconds(module)
            ours.append(took)
        found.append(dict(name=f'import {module}', ours=median(ours), peer=median(theirs) if theirs else None, unit='s',
                          n=N,
                          peer_name=f'import {PEER}', peer_version=version, heavy=heavy))
    sizes = [(path, path.stat().st_size/1000) for path in sorted((ROOT/'nbs').glob('[1-9]*/*.ipynb'))]
    return found + [dict(name=f'size of {path.stem}', ours=size, unit='kB', n=1) for path, size in sizes]
