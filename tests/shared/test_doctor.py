"The doctor looks, says what to do, and gives nobody away."
import os, sys
from collections import namedtuple
from pathlib import Path
import pytest
from hypothesis import given, strategies as st
import course.shared.doctor as doctor
from course.shared.doctor import (Check, check_data, check_front, check_packages, check_room, check_torch,
                                  check_writing, checkup, discreet, look)

def test_a_healthy_machine_has_nothing_to_do():
    checks = {check.name: check for check in checkup()}
    assert set(checks) == {'Course', 'Packages', 'Front end', 'Lessons', 'Progress', 'Disk', 'Memory', 'Graphics card',
                           'Data here', 'Network'}
    assert not any(checks[name].todo for name in ('Course', 'Packages', 'Front end', 'Lessons', 'Progress',
                                                  'Graphics card', 'Data here', 'Network'))

def test_no_line_names_the_home_or_the_user(monkeypatch, tmp_path):
    home = tmp_path/'amina'
    monkeypatch.setenv('HOME', str(home)); monkeypatch.setenv('USERPROFILE', str(home))
    monkeypatch.setenv('COURSE_HOME', str(home/'kept'))
    said = '\n'.join(check.says + check.todo for check in checkup())
    assert 'amina' not in said and f'~{os.sep}kept' in said

@given(st.lists(st.sampled_from(['amina', 'course', 'stick', 'aminata']), min_size=1, max_size=5))
def test_the_users_name_vanishes_from_every_path(parts):
    Path.home, real = (lambda: Path('/home/amina')), Path.home
    try: said = discreet('/'+'/'.join(parts)+'/')
    finally: Path.home = real
    assert 'amina' not in said.split('/') and said.count('aminata') == parts.count('aminata')

def test_a_missing_package_is_named_with_the_command_that_brings_it(monkeypatch):
    real = doctor.version_of
    monkeypatch.setattr(doctor, 'version_of', lambda name: '' if name == 'scipy' else real(name))
    assert check_packages().todo == 'Run `pip install scipy`.'

def test_a_course_that_is_not_installed_says_so(monkeypatch):
    monkeypatch.setattr(doctor, 'NAME', 'no-such-distribution')
    assert 'not installed' in check_packages().says and 'pip install -e .' in check_packages().todo

@pytest.mark.parametrize('found, surroundings, says, todo', [
    (dict(jupyterlab='4.6.6', ipywidgets='8.1.9'), {}, 'JupyterLab 4.6.6', ''),
    (dict(jupyterlab='4.6.6', ipywidgets='7.7.1'), {}, 'JupyterLab 4.6.6', 'ipywidgets>=8'),
    (dict(ipywidgets='8.1.9'), {}, 'none', 'glassbox-course[lab]'),
    (dict(ipywidgets='8.1.9'), {'TERM_PROGRAM': 'vscode'}, 'VS Code', ''),
    (dict(ipywidgets='7.7.1'), {'COLAB_RELEASE_TAG': 'release'}, 'Colab', ''),
    (dict(ipywidgets='8.1.9'), {'COLAB_RELEASE_TAG': 'release'}, 'Colab', 'new Colab session')])
def test_each_front_end_is_told_from_the_others(monkeypatch, found, surroundings, says, todo):
    for name in ('VSCODE_PID', 'TERM_PROGRAM', 'COLAB_RELEASE_TAG'): monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items(): monkeypatch.setenv(name, value)
    monkeypatch.setattr(doctor, 'version_of', lambda name: found.get(name, ''))
    check = check_front()
    assert says in check.says and (todo in check.todo if todo else check.todo == '')

def test_a_folder_nobody_may_write_to_is_named_and_nothing_is_left_in_one_that_is_fine(tmp_path):
    assert check_writing('Progress', tmp_path/'new'/'folder') == Check('Progress', str(tmp_path/'new'/'folder'))
    assert list((tmp_path/'new'/'folder').iterdir()) == []
    (tmp_path/'file').write_text('')
    check = check_writing('Progress', tmp_path/'file'/'inside')
    assert 'cannot be written to' in check.says and 'COURSE_HOME' in check.todo

def test_a_full_disk_and_a_full_memory_are_seen(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor.shutil, 'disk_usage', lambda folder: namedtuple('usage', 'free')(2**29))
    monkeypatch.setattr('psutil.virtual_memory', lambda: namedtuple('memory', 'available total')(2**29, 2**32))
    disk, memory = check_room(tmp_path)
    assert disk.says == '0.5 GiB free' and 'Make room' in disk.todo
    assert memory.says.startswith('0.5 of 4.0 GiB') and 'Close' in memory.todo

def test_a_machine_without_psutil_is_no_fault(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, 'psutil', None)
    assert check_room(tmp_path)[1].todo == ''

def test_a_pytorch_that_does_not_start_is_a_finding(monkeypatch):
    monkeypatch.setitem(sys.modules, 'torch', None)
    assert 'does not start' in check_torch().says and 'pip install' in check_torch().todo

def test_data_that_is_not_here_is_the_only_thing_that_needs_a_network(monkeypatch):
    monkeypatch.setattr(doctor, 'data_present', lambda: dict(photos=True, glove=False))
    here, network = check_data()
    assert here.says == 'photos' and network.says.endswith('for glove') and not network.todo
    monkeypatch.setattr(doctor, 'data_present', lambda: dict(photos=True))
    assert check_data()[1].says.endswith('a network is not needed')

def test_a_look_that_breaks_is_a_finding_and_the_others_go_on(monkeypatch):
    assert look('Data', lambda: 1/0)[0].says.startswith('could not be looked at: ZeroDivisionError')
    def broken(): raise ValueError('the catalogue is not complete')
    monkeypatch.setattr(doctor, 'catalog', broken)
    checks = {check.name: check for check in checkup()}
    assert 'the catalogue is not complete' in checks['Data'].says and checks['Data'].todo and 'Graphics card' in checks

def test_the_doctor_says_whether_there_is_a_way_out_and_sends_nothing(monkeypatch):
    assert not doctor.is_online() and 'this machine is offline' in check_data()[1].says  # the guard of the tests is in the way
    class Door:
        asked = []
        def __init__(self, family, kind): assert kind == doctor.socket.SOCK_DGRAM
        def __enter__(self): return self
        def __exit__(self, *error): pass
        def connect(self, place): self.asked.append(place[0])
        def __getattr__(self, name): raise AssertionError(f'the doctor called {name}')
    monkeypatch.setattr(doctor.socket, 'socket', Door)
    assert doctor.is_online() and Door.asked == ['192.0.2.1'] and 'this machine is online' in check_data()[1].says

def test_a_home_that_is_the_whole_disk_hides_nothing(monkeypatch):
    monkeypatch.setattr(Path, 'home', lambda: Path('/'))
    assert discreet('/srv/course is full, 1/2 done') == '/srv/course is full, 1/2 done'
