"Colab: its package versions are never moved, and the lessons run on its old widgets."
import os, subprocess, sys, venv
from importlib import metadata
from pathlib import Path
import pytest
from packaging.requirements import Requirement
from packaging.version import Version
import notebooks, project
from conftest import ROOT, lean_on_this, online, pip, python_of
from course.shared.rehearsal import rehearse, run_words

LINES = [line for line in (Path(__file__).parent/'colab.txt').read_text().splitlines() if line
         and not line.startswith('#')]
COLAB = {line.split('==')[0]: line.split('==')[1] for line in LINES}
LESSONS = [nb for nb in map(notebooks.read, sorted((ROOT/'nbs').rglob('*.ipynb'))) if nb.is_lesson]
# What a lesson runs on there, except PyTorch itself (two gigabytes, and the lock's is newer by two).
LAYER = """anywidget backcall decorator fastcore ipykernel ipython ipython-genutils ipywidgets jupyter-client
    jupyterlab-widgets matplotlib nest-asyncio numpy pandas pickleshare pillow psygnal python-dateutil pytz pyzmq
    scikit-learn scipy tornado traitlets widgetsnbextension""".split()
COLAB_PYTHON = dict(python_version='3.13', python_full_version='3.13.15', sys_platform='linux', platform_system='Linux',
                    implementation_name='cpython', extra='')

def named(text): return text.lower().replace('_', '-')

def moved(requirements, have, ask=metadata.requires):
    "Which packages that are already there would pip have to change to satisfy `requirements`?"
    found, seen, left = [], set(), [Requirement(line) for line in requirements]
    while left:
        wanted = left.pop()
        name = named(wanted.name)
        if wanted.marker and not wanted.marker.evaluate(COLAB_PYTHON): continue
        if name in have:
            if not wanted.specifier.contains(Version(have[name]),
                                             prereleases=True): found.append(f'{wanted} would move {name} {have[name]}')
        elif name not in seen:   # New there: what it brings must not move anything either
            seen.add(name)
            left += [Requirement(line) for line in ask(name) or []]
    return found

def test_installing_the_course_moves_nothing_on_colab(): assert moved(project.settings()['requirements'].split(),
        COLAB) == []

def test_a_requirement_that_would_move_something_is_found():
    assert moved(['numpy>=2.2'], COLAB) and moved(['ipywidgets>=8'], COLAB) and moved(['fastcore<2'], COLAB)
    assert moved(['newcomer'], COLAB, {'newcomer': ['torch>=2.12'], }.get) and not moved(['newcomer'], COLAB,
            {'newcomer': ['torch>=2.11']}.get)
    assert not moved(['tomli>=2; python_version<"3.11"'], COLAB, {}.get)

@pytest.fixture(scope='session')
def colab(wheel, tmp_path_factory):
    "The Python of an environment that holds the wheel and Colab's versions of what the lessons stand on."
    if not (3, 11) <= sys.version_info < (3, 14): pytest.skip('these versions are built for Python 3.11 to 3.13 only')
    folder = ROOT/'build'/f'colab-{sys.version_info.major}.{sys.version_info.minor}'
    wanted = '\n'.join(f'{name}=={COLAB[name]}' for name in LAYER)
    stamp, python = folder/'layer.txt', python_of(folder)
    if not stamp.is_file() or stamp.read_text() != wanted:
        venv.create(folder, clear=True, symlinks=os.name != 'nt')
        ran = pip(python, 'install', '--no-deps', '--only-binary', ':all:', '--retries', '2', *wanted.split(),
                  env=online())
        if ran.returncode and 'CI' not in os.environ and 'from versions: none' in ran.stderr:
            pytest.skip('Colab\'s versions come from a package index, and none could be reached')
        assert ran.returncode == 0, ran.stderr
        stamp.write_text(wanted)
    ran = pip(python, 'install', '--no-index', '--no-deps', '--force-reinstall', wheel)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    lean_on_this(folder)
    return python

def test_the_environment_is_colabs(colab, tmp_path):
    source = ('import course\nfrom importlib.metadata import version\n'
              f'for name in {LAYER}: print(version(name))\nprint(course.__file__)')
    ran = subprocess.run([colab, '-c', source], capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    *versions, place = ran.stdout.split()
    assert versions == [COLAB[name] for name in LAYER] and not Path(place).is_relative_to(ROOT/'course')

# One of each unit and the first one each time; all of them with `make test-all`.
FEW = {'13_borrowed_eyes', '17_recipes', '25_words', '29_audit', '32_the_alarm', '42_meter'}

@pytest.mark.parametrize('nb', [pytest.param(nb, marks=() if nb.name in FEW else pytest.mark.slow) for nb in LESSONS],
                         ids=lambda nb: nb.name)
def test_a_lesson_runs_on_colabs_old_widgets(nb, colab):
    report = rehearse(nb.path, python=str(colab))
    assert report.ok, run_words(report)

def test_a_widget_that_colab_does_not_know_would_be_noticed(colab, tmp_path):
    ran = subprocess.run([colab, '-c', 'from ipywidgets import Tab, TagsInput'], capture_output=True, text=True,
                         cwd=tmp_path)
    assert ran.returncode == 1 and 'TagsInput' in ran.stderr
