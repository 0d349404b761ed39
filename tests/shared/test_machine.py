"What must hold of a machine, seen through files that a test puts there."
import os
from types import SimpleNamespace
import pytest
from course.shared import machine as module
from course.shared.machine import (BOUNDARIES, design_watts, estimate, is_rented, known_machines, limits, memory_bytes, plain_name,
                                   processor_name, read_numbers, this_machine, unseen_cards)

def put(root, files):
    for name, text in files.items():
        (root/name).parent.mkdir(parents=True, exist_ok=True)
        (root/name).write_text(text)
    return root

def test_a_container_of_two_processors_on_a_big_machine(tmp_path, monkeypatch):
    put(tmp_path, {'sys/fs/cgroup/cpu.max': '200000 100000\n', 'sys/fs/cgroup/memory.max': '12700000000\n'})
    monkeypatch.setattr(os, 'cpu_count', lambda: 96)
    monkeypatch.setattr(os, 'sched_getaffinity', lambda pid: set(range(96)), raising=False)
    monkeypatch.setattr(module, 'memory_bytes', lambda: 1e12)
    here = this_machine(tmp_path, name='')
    assert (here.cpus, here.memory_gb) == (2, 12.7)

def test_the_older_style_of_limits(tmp_path):
    put(tmp_path, {'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '150000', 'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000',
                   'sys/fs/cgroup/memory/memory.limit_in_bytes': '4000000000'})
    assert limits(tmp_path) == (1.5, 4e9)

@pytest.mark.parametrize('files', [{}, {'sys/fs/cgroup/cpu.max': 'max 100000', 'sys/fs/cgroup/memory.max': 'max'},
    {'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1', 'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000',
     'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712'}])
def test_no_limit_is_infinite(tmp_path, files): assert limits(put(tmp_path, files)) == (float('inf'), float('inf'))

def test_a_file_that_is_not_there_has_no_numbers(tmp_path): assert read_numbers(tmp_path/'no') == []

@pytest.mark.parametrize('system, table', [
    ('Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz', 'Intel Core i7-8650U'), ('11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz', 'Intel Core i7-1165G7'),
    ('AMD Ryzen 7 5800X 8-Core Processor', 'AMD Ryzen 7 5800X'), ('Intel(R) Xeon(R) CPU E5-2620 v3 @ 2.40GHz', 'Intel Xeon E5-2620 v3'),
    ('Apple M1', 'Apple M1'), ('Intel(R) Celeron(R) N4020 CPU @ 1.10GHz', 'Intel Celeron N4020'), ('AMD EPYC 7B12', 'AMD EPYC 7B12')])
def test_names_of_systems_are_found_in_the_table(system, table):
    assert plain_name(system) == plain_name(table) and design_watts(system) > 0

def test_a_name_that_is_not_there_is_not_guessed(tmp_path):
    here = this_machine(tmp_path, name='AMD EPYC')
    assert here.design is None and here.how == 'assumed' and here.least < here.watts < here.most

def test_colabs_processor_is_counted_by_the_slice(tmp_path, monkeypatch):
    put(tmp_path, {'proc/cpuinfo': 'flags : fpu hypervisor lm', 'proc/version': 'Linux version 6.1'})
    monkeypatch.setattr(os, 'cpu_count', lambda: 2)
    monkeypatch.setattr(os, 'sched_getaffinity', lambda pid: {0, 1}, raising=False)
    here = this_machine(tmp_path, name='AMD EPYC 7B12')         # 240 W for the whole chip
    assert here.watts == pytest.approx(9.2) and here.design == 240 and here.building[0] == 1.56
    monkeypatch.setenv('COLAB_RELEASE_TAG', 'release-colab')
    assert this_machine(tmp_path, name='AMD EPYC 7B12').building == (1.1, 1.05, 1.2)

def test_ones_own_machine_has_no_building_and_its_design_power(tmp_path, monkeypatch):
    put(tmp_path, {'proc/cpuinfo': 'flags : fpu lm', 'proc/version': 'Linux version 6.1'})
    monkeypatch.setattr(os, 'sched_getaffinity', lambda pid: set(range(os.cpu_count())), raising=False)
    here = this_machine(tmp_path, name='Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz')
    assert (here.watts, here.how, here.building) == (15, 'modelled', (1., 1., 1.))

def test_an_unknown_laptop_is_known_by_its_battery(tmp_path):
    put(tmp_path, {'proc/cpuinfo': 'flags : fpu', 'proc/version': 'Linux', 'sys/class/power_supply/BAT0/capacity': '80'})
    assert this_machine(tmp_path, name='Something new').watts == 25

@pytest.mark.parametrize('version, rented', [('Linux 6.1', True), ('Linux 5.15 microsoft-standard-WSL2', False), ('Linux 6.6 linuxkit', False)])
def test_a_virtual_machine_on_ones_own_desk_is_not_rented(tmp_path, version, rented):
    put(tmp_path, {'proc/cpuinfo': 'flags : hypervisor', 'proc/version': version})
    assert is_rented(tmp_path) is rented

def test_systems_without_these_files_still_answer(tmp_path, monkeypatch):
    monkeypatch.delattr(os, 'sched_getaffinity', raising=False)       # macOS, Windows
    monkeypatch.setattr(os, 'sysconf', lambda name: (_ for _ in ()).throw(ValueError(name)))
    assert memory_bytes() == 8e9 and this_machine(tmp_path, name='').cpus >= 1

@pytest.mark.parametrize('system, name', [('Darwin', 'Apple M1'), ('Windows', '')])
def test_each_system_keeps_the_name_in_another_drawer(system, name, monkeypatch):
    monkeypatch.setattr(module.platform, 'system', lambda: system)
    monkeypatch.setattr('subprocess.run', lambda *a, **k: SimpleNamespace(stdout='Apple M1\n'))
    if system == 'Windows': monkeypatch.setitem(__import__('sys').modules, 'winreg', None)   # not importable here
    assert processor_name.__wrapped__() == name

def test_cards_are_known_by_name_only(tmp_path):
    put(tmp_path, {'proc/driver/nvidia/gpus/a/information': 'Model: Tesla T4\n', 'proc/driver/nvidia/gpus/b/information': 'Model: Card of tomorrow\n'})
    assert sorted(unseen_cards(tmp_path)) == [(8, 71), (8, 450)] and unseen_cards(tmp_path/'none') == []

@pytest.mark.parametrize('name', ['Laptop', 'Desktop with a gaming card', 'Colab without a card', 'Colab with a T4 card', 'Rented server with an A100'])
def test_a_wider_boundary_counts_more(name):
    kwh = [estimate(3, name, boundary).kwh for boundary in BOUNDARIES]
    assert kwh == sorted(kwh) and kwh[0] < kwh[1] and name in known_machines()

def test_an_estimate_grows_with_the_hours():
    assert estimate(20).kwh == pytest.approx(2*estimate(10).kwh) and estimate(0).kwh == 0

@pytest.mark.parametrize('given, says', [((-1,), 'Hours go from 0'), ((1e9,), 'Hours go from 0'), ((1, 'Abacus'), 'there are: Laptop'), ((1, 'Laptop', 'all'), 'boundary')])
def test_impossible_estimates_are_refused(given, says):
    with pytest.raises(ValueError, match=says): estimate(*given)
