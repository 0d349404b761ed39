"The wheel, built once, and environments that have it instead of the checkout."
import os, shutil, subprocess, sys, sysconfig, venv
from pathlib import Path
import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT/'tests'/'shape'))
import project

def online():
    "The surroundings of a program that may reach the package index: the guard of tests/conftest.py is left out."
    kept = {name: value for name, value in os.environ.items()
            if name not in ('PYTHONPATH', 'APT_CONFIG', 'npm_config_offline')}
    return kept | {'PIP_DISABLE_PIP_VERSION_CHECK': '1'}

def pip(python, *words, env=None):
    "Let this Python's pip install something for another one."
    command = [sys.executable, '-m', 'pip', '--python', str(python), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=env)

def python_of(folder):
    "The Python of an environment."
    return Path(folder)/('Scripts/python.exe' if os.name == 'nt' else 'bin/python')

def site_of(folder):
    "Where an environment keeps its packages."
    return Path(sysconfig.get_path('purelib', vars={'base': str(folder), 'platbase': str(folder)}))

def lean_on_this(folder):
    "Let an environment see this one's packages behind its own. An editable install here stays invisible there."
    (site_of(folder)/'behind.pth').write_text(sysconfig.get_path('purelib'))

@pytest.fixture(scope='session')
def wheel(tmp_path_factory):
    "Build the wheel from what git knows, in a copy, so that nothing lying about gets into it."
    copy, out = tmp_path_factory.mktemp('copy'), tmp_path_factory.mktemp('wheel')
    for path in project.tracked():
        to = copy/path.relative_to(ROOT)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, to)
    ran = subprocess.run([sys.executable, '-m', 'pip', 'wheel', '--no-deps', '--no-build-isolation', '--wheel-dir', out,
                          copy],
                         capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return next(out.glob('glassbox_course-*.whl'))

@pytest.fixture(scope='session')
def installed(wheel, tmp_path_factory):
    "The Python of an environment that holds the wheel and nothing else of its own."
    folder = tmp_path_factory.mktemp('empty')
    venv.create(folder, symlinks=os.name != 'nt')
    ran = pip(python_of(folder), 'install', '--no-index', '--no-deps', wheel)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    lean_on_this(folder)
    return python_of(folder)
