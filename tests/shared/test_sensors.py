"What must hold of every source of watts, with counters and cards that a test makes."
import math
from types import SimpleNamespace
import pytest
from hypothesis import given, strategies as st
from course.shared.machine import SLOPE, Machine
from course.shared.sensors import (Counter, Curve, Replay, Sampled, busy_seconds, nvml, program_seconds, rapl, sources, stick_watts,
                                   straight, told_by, tool_sources)

def machine(**changes):
    return Machine(**dict(name='', design=None, cpus=2, memory_gb=23.54, watts=9.2, least=4.8, most=14., how='modelled', curve=SLOPE,
                          building=(1., 1., 1.)) | changes)

def counters(root, zones):
    "Write a tree of energy counters: {folder: (name, microjoules, last value)}."
    for folder, (name, value, last) in zones.items():
        (root/folder).mkdir(parents=True, exist_ok=True)
        for file, text in (('name', name), ('energy_uj', value), ('max_energy_range_uj', last)): (root/folder/file).write_text(f'{text}\n')
    return root

def true_joules(t): return 30*t + 20*7/(2*math.pi)*(1 - math.cos(2*math.pi*t/7))

@given(st.lists(st.floats(.05, 1.), min_size=20, max_size=60))
def test_a_wrapping_counter_read_every_second_loses_nothing(steps):
    now, total = [0.], 0.
    counter = Counter('x', lambda: [true_joules(now[0]) % 60], [60])
    for step in steps:
        now[0] += step
        total += counter.read(step, 0)
    assert total == pytest.approx(true_joules(sum(steps)), rel=1e-6)

def test_rapl_reads_packages_through_a_wrap(tmp_path):
    zone = {'intel-rapl:0': ('package-0', 59_900_000, 60_000_000), 'intel-rapl:0:0': ('core', 5, 60_000_000),
            'intel-rapl:1': ('package-1', 10, 60_000_000), 'intel-rapl:0:1': ('dram', 7_000_000, 60_000_000), 'intel-rapl-mmio:0': ('package-0', 1, 9)}
    source = rapl('processor', 'package', root=counters(tmp_path, zone))
    (tmp_path/'intel-rapl:0/energy_uj').write_text('700000')
    (tmp_path/'intel-rapl:1/energy_uj').write_text('1000010')
    assert source.read(1, 0) == pytest.approx(1.8) and source.how == 'measured'
    memory = rapl('memory', 'dram', root=tmp_path)
    (tmp_path/'intel-rapl:0:1/energy_uj').write_text('9000000')
    assert memory.read(1, 0) == pytest.approx(2)

def test_a_counter_without_permission_is_none(tmp_path, monkeypatch):
    counters(tmp_path, {'intel-rapl:0': ('package-0', '', 1)})
    with pytest.raises(OSError, match='no readable counter'): rapl('processor', 'package', root=tmp_path)

def test_a_counter_of_unknown_length_never_runs_backwards():
    values = iter([[5.], [3.], [4.]])
    counter = Counter('x', lambda: next(values), [0.])
    assert [counter.read(1, 0), counter.read(1, 0)] == [0, 1]

straights = st.lists(st.tuples(st.floats(.01, 10), st.floats(0, 500)), min_size=2, max_size=30)

@given(straights)
def test_samples_along_straight_lines_are_exact(steps):
    powers = iter([0.] + [watts for _, watts in steps])
    source = Sampled('x', lambda: next(powers))
    total = sum(source.read(seconds, 0) for seconds, _ in steps)
    before = [0.] + [watts for _, watts in steps]
    assert total == pytest.approx(sum(s*(a + b)/2 for (s, b), a in zip(steps, before)), rel=1e-9)

@given(straights, st.lists(st.floats(.01, 5), max_size=20))
def test_a_recording_gives_the_same_energy_in_any_pieces(steps, cuts):
    times = [sum(s for s, _ in steps[:i + 1]) for i in range(len(steps))]
    rows = list(zip(times, (w for _, w in steps)))
    piece = Replay('x', rows)
    whole = sum((b - a)*(u - t)/2 + a*(u - t) for (t, a), (u, b) in zip(rows, rows[1:]))
    assert sum(piece.read(c, 0) for c in cuts) + piece.read(1e6, 0) == pytest.approx(whole, rel=1e-9, abs=1e-9)

@pytest.mark.parametrize('rows, says', [([(0, 1), (0, 2)], 'Sort its rows'), ([(0, -1), (1, 2)], 'no power'), ([(0, 1e6), (1, 2)], 'milliwatts')])
def test_impossible_recordings_are_refused(rows, says):
    with pytest.raises(ValueError, match=says): Replay('x', rows)

@pytest.mark.parametrize('watts', [0, -5])
def test_watts_are_above_0(watts):
    with pytest.raises(ValueError, match='above 0'): Curve('x', watts, watts, watts, 'assumed')

@given(st.floats(0, 1))
def test_a_curve_lies_between_its_ends(load): assert .12 <= straight(((0, .12), (.1, .32), (.5, .73), (1, 1)))(load) <= 1

# A made-up NVIDIA library

class Library:
    "Behaves like pynvml, as far as we use it."
    def __init__(self, cards=1, counts=True): self.cards, self.counts, self.mj, self.mw = cards, counts, 0, 70_000
    def nvmlInit(self): pass
    def nvmlDeviceGetCount(self): return self.cards
    def nvmlDeviceGetHandleByIndex(self, i): return i
    def nvmlDeviceGetTotalEnergyConsumption(self, card):
        if not self.counts: raise RuntimeError('Not Supported')
        return self.mj
    def nvmlDeviceGetPowerUsage(self, card): return self.mw

def test_a_card_with_a_counter_is_counted(monkeypatch):
    monkeypatch.delenv('CUDA_VISIBLE_DEVICES', raising=False)
    library = Library(cards=2)
    source = nvml(library)
    library.mj = 500_000
    assert source.read(3, 0) == 1000 and source.how == 'measured'

def test_an_old_card_is_sampled(monkeypatch):
    monkeypatch.delenv('CUDA_VISIBLE_DEVICES', raising=False)
    library = Library(counts=False)
    source = nvml(library)
    library.mw = 30_000
    assert source.read(2, 0) == 100

def test_cards_lent_to_others_are_not_ours(monkeypatch):
    monkeypatch.setenv('CUDA_VISIBLE_DEVICES', '1,3')
    library = Library(cards=8)
    source = nvml(library)
    library.mj = 1000
    assert source.read(1, 0) == 2

def test_no_card_is_said():
    with pytest.raises(OSError, match='no NVIDIA card'): nvml(Library(cards=0))

def test_a_machine_without_sensors_is_modelled_and_assumed(tmp_path):
    assert [(s.name, s.how) for s in sources(machine(), tmp_path)] == [('processor', 'modelled'), ('memory', 'assumed')]

def test_a_machine_with_counters_is_measured_and_keeps_a_stand_in(tmp_path):
    counters(tmp_path/'sys/class/powercap', {'intel-rapl:0': ('package-0', 1, 100), 'intel-rapl:0:0': ('dram', 1, 100)})
    found = sources(machine(), tmp_path)
    assert [(s.name, s.how, s.instead.how) for s in found] == [('processor', 'measured', 'modelled'), ('memory', 'measured', 'assumed')]

def test_a_card_that_only_shows_its_name_is_assumed_between_idle_and_full(tmp_path):
    (tmp_path/'proc/driver/nvidia/gpus/0').mkdir(parents=True)
    (tmp_path/'proc/driver/nvidia/gpus/0/information').write_text('Model: Tesla T4')
    card = sources(machine(), tmp_path)[-1]
    assert (card.name, card.how, card.full*card.low, card.full*card.high) == ('graphics', 'assumed', 8, pytest.approx(71*1.05))

# How busy

def test_a_limited_container_counts_its_own_work(tmp_path):
    (tmp_path/'sys/fs/cgroup').mkdir(parents=True)
    (tmp_path/'sys/fs/cgroup/cpu.stat').write_text('usage_usec 2500000\nuser_usec 1\n')
    assert busy_seconds(True, tmp_path) == 2.5

def test_the_older_style_counts_nanoseconds(tmp_path):
    (tmp_path/'sys/fs/cgroup/cpuacct').mkdir(parents=True)
    (tmp_path/'sys/fs/cgroup/cpuacct/cpuacct.usage').write_text('2500000000')
    assert busy_seconds(True, tmp_path) == 2.5

def test_a_system_without_these_files_sees_this_program(tmp_path):
    assert busy_seconds(root=tmp_path) == pytest.approx(program_seconds(), abs=.5)

# The formulas of others

@pytest.mark.parametrize('gb, watts', [*((g, 10) for g in (1, 2, 4, 8, 12.7, 16)), *((g, 20) for g in (23.54, 32, 51, 64)),
                                       (83.5, 38), (128, 38), (167, 50), *((g, 38) for g in (256, 512, 1024)), (1148.7, 42)])
def test_memory_as_codecarbon_counts_it(gb, watts): assert stick_watts(gb) == pytest.approx(watts, abs=.5)

@pytest.mark.parametrize('load, share', [(0, .1), (.5, .2125), (1, 1)])
def test_codecarbons_cubic(load, share):
    chip = tool_sources('codecarbon-3', machine(design=100.))[0]
    assert chip.read(1, load) == pytest.approx(100*share)

@pytest.mark.parametrize('tool, design, watts', [('codecarbon-3', None, 28.), ('carbontracker-2', 120., 94.8), ('lacoste-2019', 300., 300.),
    ('green-algorithms', 100., 1.56*(100 + 23.54*.3725)), ('cloud-carbon-footprint', None, 2*3.5*1.135)])
def test_what_each_tool_says_of_a_rented_machine_at_full_load(tool, design, watts):
    assert told_by(tool, [(3600., 1.)], machine(design=design)).kwh*1000 == pytest.approx(watts)

def test_an_unknown_tool_lists_the_known_ones():
    with pytest.raises(ValueError, match='codecarbon-3'): tool_sources('abacus', machine())
