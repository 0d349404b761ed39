"The set-up commands, where they cannot do their work: one sentence or two, and exit code 2."
import os, shutil, subprocess
import pytest
from conftest import ROOT, online

pytestmark = pytest.mark.skipif(not shutil.which('make'), reason='make is not on this machine')

@pytest.fixture
def clone(tmp_path):
    "A folder with what make reads, and no environment."
    for name in ('Makefile', 'requirements-lock.txt', 'settings.ini', 'setup.py', 'pyproject.toml'):
        shutil.copy(ROOT/name, tmp_path)
    return tmp_path

def make(folder, *words, **env):
    return subprocess.run(['make', *words], cwd=folder, capture_output=True, text=True, env=online() | env)

def test_help_names_every_command(clone):
    said = make(clone).stdout
    assert all(f'make {name} ' in said for name in ('lab', 'test', 'check', 'test-all', 'bench', 'clean'))

def test_a_python_that_is_too_old_is_named(clone):
    old = clone/'python2'
    old.write_text('#!/bin/sh\ntest "$1" = --version && echo Python 3.8.2\n')   # It fails at everything else
    old.chmod(0o755)
    for name in ('lab', 'test'):
        ran = make(clone, name, f'PYTHON={old}')
        assert ran.returncode == 2 and 'needs Python 3.10 or newer; found: Python 3.8.2.' in ran.stdout
    assert not (clone/'.venv').exists()

@pytest.mark.slow
def test_an_index_that_cannot_be_reached_is_named_and_nothing_counts_as_installed(clone):
    ran = make(clone, 'test', PIP_CONFIG_FILE=os.devnull, PIP_FIND_LINKS='', PIP_INDEX_URL='http://127.0.0.1:9/simple')
    assert ran.returncode == 2 and 'The package index could not be reached' in ran.stdout and 'Traceback' not in ran.stdout
    assert not (clone/'.venv'/'course-is-installed').exists()

def test_a_second_run_does_not_install_again_unless_the_lock_changed(clone):
    (clone/'.venv').mkdir()
    (clone/'.venv'/'course-is-installed').write_text('')
    assert 'pip install' not in make(clone, '-n', 'test').stdout
    os.utime(clone/'requirements-lock.txt', (4e9, 4e9))
    assert 'pip install' in make(clone, '-n', 'test').stdout
