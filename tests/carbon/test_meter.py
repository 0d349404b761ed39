"What must hold of every meter: sums, ends, silence, and honesty about what it does not know."
import csv, os, subprocess, sys, threading, time
from dataclasses import replace
from pathlib import Path
import pytest
from hypothesis import given, strategies as st
from course.carbon.meter import Meter, MeterLab, Reading, Wall, Window, between, draw_parts, load_ipython_extension
from course.shared.data import datasets_folder
from course.shared.footprint import find_zone, grams_text
from course.shared.machine import BOUNDARIES, estimate, this_machine
from course.shared.prove import prove
from course.shared.sensors import Counter, Curve, Replay, busy_seconds, rapl, sources, told_by
from answers_meter import ITEMS

class Clock:
    now = 0.
    def __call__(self): return self.now

@pytest.fixture
def clock(): return Clock()

def lamp(clock, watts=100., **kw): return Wall([Curve('lamp', watts, watts*.9, watts*1.1, 'assumed')], clock=clock, busy=lambda: 0., **kw)
def meters(): return [thread for thread in threading.enumerate() if thread.name == 'meter']

# Sums

def test_a_hundred_watts_for_an_hour(clock):
    with Meter('lamp', wall=lamp(clock)) as m: clock.now += 3600
    assert m.footprint.kwh == pytest.approx(.1, rel=1e-12) and m.footprint.seconds == 3600
    assert (m.footprint.low, m.footprint.high) == pytest.approx((.09, .11))

@given(st.lists(st.floats(.001, 5000), min_size=1, max_size=30))
def test_epochs_add_up_to_the_window(steps):
    clock = Clock()
    with Meter('run', wall=lamp(clock)) as m:
        for step in steps:
            clock.now += step
            m.epoch()
    assert sum(m.epochs).kwh == pytest.approx(m.footprint.kwh, rel=1e-9)
    assert sum(m.epochs).high == pytest.approx(m.footprint.high, rel=1e-9)

def test_nested_windows_lie_inside_and_count_nothing_twice(clock):
    wall = lamp(clock)
    with Window('evening', wall) as evening:
        clock.now += 60
        with Window('dance', wall) as dance:
            clock.now += 30
            with Window('dance', wall) as song: clock.now += 10
        clock.now += 20
    assert [w.footprint.seconds for w in (evening, dance, song)] == [120, 40, 10]
    assert dance.footprint.kwh/evening.footprint.kwh == pytest.approx(1/3)

def test_what_flows_between_two_windows_belongs_to_neither(clock):
    wall = lamp(clock)
    with Window('a', wall) as a: clock.now += 10
    clock.now += 1000
    with Window('b', wall) as b: clock.now += 10
    assert b.footprint.kwh == pytest.approx(a.footprint.kwh)

def test_a_cell_that_opens_a_window_may_be_run_again(clock):
    wall = lamp(clock)
    lesson = Meter('lesson', wall=wall).__enter__()
    lesson = Meter('lesson', wall=wall).__enter__()     # the first one is dropped, never closed
    assert wall.open == 1 and len(meters()) == 1
    clock.now += 10
    lesson.__exit__(None, None, None)
    assert lesson.footprint.seconds == 10 and wall.open == 0 and not meters()
    Meter('forgotten', wall=wall).__enter__()
    assert wall.open == 0 and not wall.thread.join(2) and not meters()
    with Window('after', wall) as after: clock.now += 5
    assert after.footprint.seconds == 5 and wall.open == 0

def test_a_counter_forgets_what_flowed_while_nobody_paid(clock):
    wall = Wall([Counter('x', lambda: [clock.now*5], [0.])], clock=clock)
    clock.now += 100
    with Window('a', wall) as a: clock.now += 10
    assert a.footprint.kwh*3.6e6 == pytest.approx(50)

def test_real_windows_add_up_within_half_a_percent():
    with Meter('outer') as outer:
        for _ in range(20):
            until = time.process_time() + .03
            while time.process_time() < until: pass
            outer.epoch()
    assert sum(outer.epochs).kwh == pytest.approx(outer.footprint.kwh, rel=.005)

def test_twice_the_work_costs_more():
    def work(seconds):
        with Meter() as m:
            until = time.process_time() + seconds
            while time.process_time() < until: pass
        return m.footprint.kwh
    assert work(.6) > 1.3*work(.2)

def test_a_clock_that_jumps_back_adds_nothing(clock):
    with Meter('run', wall=lamp(clock)) as m:
        clock.now += 10
        m.epoch()
        clock.now -= 3600
        m.epoch()
        clock.now += 3600
    assert m.footprint.kwh*3.6e6 == pytest.approx(1000) and m.epochs[1].kwh == 0

def test_the_building_is_a_piece_of_its_own(clock):
    with Meter('run', wall=lamp(clock, building=(1.56, 1.1, 2.))) as m: clock.now += 3600
    building = m.footprint.parts[-1]
    assert (building.name, building.how) == ('building', 'assumed')
    assert (building.kwh, building.low, building.high) == pytest.approx((.056, .01, .1))

def test_idle_is_what_would_have_flowed_anyway(clock):
    busy = [0.]
    wall = Wall([Curve('processor', 10, 5, 20, 'modelled', lambda load: .1 + .9*load)], clock=clock, busy=lambda: busy[0])
    with Meter('run', wall=wall) as m:
        clock.now, busy[0] = 10., 5.
    part = m.footprint.parts[0]
    assert (part.kwh*3.6e6, part.idle*3.6e6) == pytest.approx((55, 10), rel=.02)

# Ends

@pytest.mark.parametrize('problem', [ZeroDivisionError, KeyboardInterrupt, SystemExit])
def test_whatever_ends_the_work_the_meter_is_read_and_the_problem_goes_on(clock, problem):
    with pytest.raises(problem):
        with Meter('run', wall=lamp(clock)) as m:
            clock.now += 36
            raise problem
    assert m.footprint.kwh == pytest.approx(.001) and not meters()

def test_no_thread_is_left():
    before = set(threading.enumerate())
    with Meter():
        with Meter(): assert len(meters()) == 1
    assert set(threading.enumerate()) == before

def test_a_cell_that_runs_again_starts_again():
    runs = []
    for _ in range(3):
        with Meter('cell') as m: time.sleep(.01)
        runs.append(m.footprint.seconds)
    assert max(runs) < .5 and not meters()

def test_a_function_under_a_meter_runs_and_sums(clock):
    meter = Meter('fit', wall=lamp(clock))
    @meter
    def fit(n):
        "Fit."
        clock.now += 10
        return n if n == 0 else fit(n - 1)
    assert fit(2) == 0 and fit.__doc__ == 'Fit.' and meter.footprint.seconds == 30   # one window, not three inside one another
    fit(0)
    assert meter.footprint.seconds == 10 and meter.total.seconds == 40

def test_a_meter_can_be_read_while_it_runs(clock):
    with Meter('run', wall=lamp(clock)) as m:
        clock.now += 36
        assert m.footprint.kwh == pytest.approx(.001)
        clock.now += 36
    assert m.footprint.kwh == pytest.approx(.002)

def test_nothing_read_is_said():
    with pytest.raises(ValueError, match="with Meter"): Meter().footprint
    with pytest.raises(ValueError, match='No run is open'): Meter().epoch()

def test_windows_in_two_threads_share_one_wall():
    results = []
    def work():
        with Meter('thread') as m: time.sleep(.05)
        results.append(m.footprint.kwh)
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    assert len(results) == 4 and min(results) > 0 and not meters()

@pytest.mark.skipif(not hasattr(os, 'fork'), reason='this system does not fork')
def test_a_program_that_forks_gets_a_second_wall():
    code = ("import os, warnings; warnings.simplefilter('ignore')\n"
            "from course.carbon.meter import Meter\n"
            "with Meter('parent') as outer:\n"
            "    child = os.fork()\n"
            "    if child == 0:\n"
            "        with Meter('child') as m: sum(range(10**5))\n"
            "        os._exit(0 if m.footprint.kwh > 0 else 3)\n"
            "    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), outer.footprint.kwh > 0)\n")
    done = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ['0', 'True'], done.stderr

# Silence

def test_nothing_is_printed_written_or_asked_of_the_network(tmp_path):
    code = ("import socket\n"
            "def refuse(*a, **k): raise SystemExit('the network was tried')\n"
            "socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse\n"
            "from course.carbon.meter import Meter\n"
            "with Meter('quiet') as m: sum(range(10**6))\n"
            "m.footprint.in_region('FR')\n")
    done = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, cwd=tmp_path, timeout=60,
                          env=os.environ | {'PYTHONPATH': str(Path(__file__).parents[2])})
    assert (done.returncode, done.stdout, done.stderr) == (0, '', '') and not list(tmp_path.iterdir())

def test_importing_it_brings_nothing_heavy():
    code = ("import sys, course.carbon.meter\n"
            "print({'torch', 'pandas', 'scipy', 'sklearn', 'psutil', 'requests', 'pynvml', 'codecarbon', 'matplotlib'} & set(sys.modules))")
    assert subprocess.run([sys.executable, '-c', code], capture_output=True, text=True).stdout.strip() == 'set()'

def test_it_starts_and_stops_in_an_instant():
    with Meter(): pass                                     # the first one looks at the machine
    spent = []
    for _ in range(7):
        t = time.perf_counter()
        m = Meter().__enter__()
        a = time.perf_counter()
        m.__exit__(None, None, None)
        spent.append((a - t, time.perf_counter() - a))
    assert sorted(s for s, _ in spent)[3] < .02 and sorted(s for _, s in spent)[3] < .05

def test_a_tick_costs_less_than_a_millisecond():
    with Meter('ticks') as m:
        for _ in range(200): m.wall.tick()
    assert m.footprint.own/200 < .001

def test_watching_five_times_a_second_costs_less_than_a_hundredth_of_a_core():
    wall = Wall(sources(this_machine()), this_machine().cpus, busy=busy_seconds)
    wall.interval = .2
    with Meter('still', wall=wall) as m: time.sleep(2.2)
    assert m.footprint.own/m.footprint.seconds < .01

def test_its_import_adds_little_to_what_a_lesson_has_loaded():
    code = ("import numpy, course.shared.lab, course.shared.draw, course.shared.data, time\n"
            "t = time.process_time()\nimport course.carbon.meter\nprint(time.process_time() - t)")
    runs = [float(subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True).stdout) for _ in range(3)]
    assert min(runs) < .15

@pytest.mark.slow
def test_a_small_network_trains_as_fast_beside_the_meter():
    "Thread time, by turns, each after a warm-up; a shared machine says nothing about waiting."
    import statistics
    from contextlib import nullcontext
    import torch
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    x, layers = torch.randn(256, 64), torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1))
    def work():
        before = time.thread_time()
        for _ in range(400): layers(x).square().mean().backward()
        return time.thread_time() - before
    plain, metered = [], []
    for pair in range(20):
        for kind, times in sorted([(nullcontext, plain), (Meter, metered)], key=lambda two: two[0] is Meter, reverse=pair % 2 == 0):
            with kind():
                work()
                times.append(work())
    torch.set_num_threads(threads)
    assert statistics.median(m/p for m, p in zip(metered, plain)) < 1.02

@pytest.mark.slow
def test_no_module_of_the_course_opens_a_socket():
    code = ("import importlib, pkgutil, socket, sys\n"
            "tried = []\n"
            "def refuse(*a, **k): tried.append(a); raise OSError('no network')\n"
            "socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse\n"
            "import course\n"
            "names = [m.name for m in pkgutil.walk_packages(course.__path__, 'course.') if not m.name.startswith('course.answers')]\n"
            "for name in names: importlib.import_module(name)\n"
            "print(len(names) > 40, tried)")
    done = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.stdout.split('\n')[-2] == 'True []', done.stderr[-500:]

# What it does not know

def test_too_short_is_answered_and_said():
    with Meter('blink') as m: pass
    assert m.footprint.kwh > 0 and 'Too short' in str(m.footprint)

def test_a_modelled_part_is_never_without_doubt():
    with Meter() as m: sum(range(10**5))
    assert all(part.low < part.kwh < part.high for part in m.footprint.parts)

def test_a_measured_run_is_within_a_tenth(clock):
    with Meter('run', wall=Wall([Counter('x', lambda: [clock.now*50], [0.])], clock=clock)) as m: clock.now += 60
    f = m.footprint
    assert f.parts[0].how == 'measured' and (f.high - f.low)/2/f.kwh <= .1

def test_the_interval_of_the_model_holds_nine_measured_points_in_ten():
    with open(datasets_folder()/'power'/'load_points.csv', encoding='utf-8', newline='') as file: points = list(csv.DictReader(file))
    low, high = Curve('x', 1., .5, 2.04, 'modelled').low, Curve('x', 1., .5, 2.04, 'modelled').high
    factors = [float(p['measured_watts'])/(float(p['design_watts'])*(.1 + .9*float(p['load']))) for p in points]
    held = sum(low <= factor <= high for factor in factors)/len(factors)
    assert len(points) == 106 and .85 <= held <= .95

def test_a_sensor_that_falls_silent_hands_over(clock):
    def count():
        if clock.now > 10: raise OSError('gone')
        return [clock.now*20]
    source = Counter('processor', count, [0.], instead=Curve('processor', 30, 15, 60, 'modelled'))
    with Meter('run', wall=Wall([source], clock=clock)) as m:
        for _ in range(4):
            clock.now += 5
            m.epoch()
    assert [(p.how, round(p.kwh*3.6e6)) for p in m.footprint.parts] == [('measured', 200), ('modelled', 300)]
    assert 'processor fell silent' in str(m.footprint)
    assert 'fell silent' not in str(m.epochs[0]) and 'fell silent' in str(m.epochs[2])

def test_a_file_that_becomes_unreadable_hands_over(tmp_path, clock):
    zone = tmp_path/'intel-rapl:0'
    zone.mkdir()
    for file, text in (('name', 'package-0'), ('energy_uj', '0'), ('max_energy_range_uj', '60000000')): (zone/file).write_text(text)
    wall = Wall([rapl('processor', 'package', Curve('processor', 10, 5, 20, 'modelled'), tmp_path)], clock=clock)
    with Meter('run', wall=wall) as m:
        clock.now, _ = 1., (zone/'energy_uj').write_text('5000000')
        m.epoch()
        (zone/'energy_uj').unlink()
        clock.now = 2.
    assert [(p.how, round(p.kwh*3.6e6, 6)) for p in m.footprint.parts] == [('measured', 5), ('modelled', 10)]

def test_a_card_taken_out_without_a_stand_in_ends_there(clock):
    values = iter([[0.], [0.], [90.]])
    with Meter('run', wall=Wall([Counter('graphics', lambda: next(values), [0.])], clock=clock)) as m:
        for _ in range(3):
            clock.now += 1
            m.epoch()
    assert m.footprint.kwh*3.6e6 == pytest.approx(90) and 'graphics fell silent' in str(m.footprint)

def test_no_place_is_the_world_and_a_sentence(clock):
    with Meter('run', wall=lamp(clock)) as m: clock.now += 3600
    e = m.footprint.in_region()
    assert e.zone.code == 'WORLD' and e.high/e.low > 10 and 'No place was given' in str(m.footprint)

def test_an_unknown_place_is_refused_before_the_run():
    with pytest.raises(ValueError, match='Nearest'): Meter('run', place='Frnace')

# Budget, forecast, recordings, other tools

def test_the_budget_stops_after_nine_seconds(clock):
    flat = replace(find_zone(), grams=400.)
    with Meter('run', place=flat, budget=.1, wall=lamp(clock)) as m:
        while not m.spent: clock.now += .25
    assert 9 <= clock.now <= 9.25

@pytest.mark.parametrize('budget', [0, -1])
def test_a_budget_is_above_0(budget):
    with pytest.raises(ValueError, match='above 0'): Meter('run', budget=budget)

def test_no_budget_is_never_spent(clock):
    with Meter('run', wall=lamp(clock)) as m:
        clock.now += 1e9
        assert not m.spent

def test_after_one_of_many_equal_epochs_the_whole_is_known(clock):
    with Meter('run', wall=lamp(clock)) as m:
        clock.now += 60
        m.epoch()
        first = m.foretell(40)
        for _ in range(39):
            clock.now += 60
            m.epoch()
    assert first.kwh == pytest.approx(m.footprint.kwh, rel=.01) and first.high > m.footprint.high

def test_epoch_fits_a_callback_of_any_library(clock):
    with Meter('run', wall=lamp(clock)) as m:
        for callback in [m.epoch]: callback(3, {'loss': .1})
    assert len(m.epochs) == 1

def test_a_recording_replays_at_once(clock):
    with Meter('class', wall=Wall([Replay('graphics', [(0, 50), (10, 250), (20, 50)])], clock=clock)) as m: clock.now += 20
    assert m.footprint.kwh*3.6e6 == pytest.approx(3000)

def test_the_samples_of_a_run_can_be_told_by_another_tool(clock):
    busy = [0.]
    wall = Wall([Curve('processor', 10, 5, 20, 'modelled')], cpus=2, clock=clock, busy=lambda: busy[0])
    with Meter('run', wall=wall) as m:
        for step, work in ((10., 5.), (10., 20.)):
            clock.now += step
            busy[0] += work
            m.epoch()
    assert [s for s in m.samples if s[0]] == [(10, .25), (10, 1.)]
    told = told_by('codecarbon-3', m.samples, replace(this_machine(), design=None, cpus=2, memory_gb=23.54))
    assert told.kwh*3.6e6 == pytest.approx(20*20 + 10*8*(.1 + .9*.25**3) + 10*8)

@pytest.mark.slow
def test_codecarbons_formulas_on_our_samples_give_what_codecarbon_says(tmp_path, monkeypatch):
    codecarbon = pytest.importorskip('codecarbon', reason='compares with codecarbon, an extra of its own: pip install codecarbon')
    monkeypatch.chdir(tmp_path)
    other = codecarbon.OfflineEmissionsTracker(country_iso_code='FRA', measure_power_secs=1, save_to_file=False, log_level='error',
                                               allow_multiple_runs=True)
    other.start()
    with Meter() as m:
        until = time.monotonic() + 10
        while time.monotonic() < until: sum(range(10_000))
    other.stop()
    theirs, ours = other.final_emissions_data, told_by('codecarbon-3', m.samples, this_machine())
    assert ours.kwh == pytest.approx(theirs.energy_consumed, rel=.1)
    assert ours.parts[1].kwh*3.6e6/m.footprint.seconds == pytest.approx(theirs.ram_power, rel=.01) # it times its own last second shorter
    assert 1000*theirs.emissions/theirs.energy_consumed == pytest.approx(56.039, rel=.001)

def test_a_share_of_the_work_is_told_when_others_are_busy(clock):
    start = Reading(0., 0., 0., {('x', 'modelled', .5, 2.): 0.}, {('x', 'modelled', .5, 2.): 0.})
    end = Reading(10., 10., 4., {('x', 'modelled', .5, 2.): 100.}, {('x', 'modelled', .5, 2.): 0.})
    assert between('run', start, end).share == .4 and 'Other programs did 60%' in str(between('run', start, end))

# The notebook, the drawing, the lab

def test_the_cell_magic_runs_reports_and_stops_at_errors(capsys):
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config
    shell = InteractiveShell(config=Config({'HistoryManager': {'enabled': False}}))
    load_ipython_extension(shell)
    shell.run_cell_magic('meter', 'my cell', 'x = sum(range(100_000))')
    assert shell.user_ns['x'] == 4999950000 and shell.user_ns['last_cost'].what == 'my cell' and 'my cell' in capsys.readouterr().out
    with pytest.raises(ZeroDivisionError): shell.run_cell_magic('meter', '', '1/0')
    assert shell.user_ns['last_cost'].kwh > 0 and not meters()

def test_the_drawing_says_which_doubt_is_larger(clock):
    with Meter('run', wall=lamp(clock)) as m: clock.now += 3600
    assert 'The larger doubt is the electricity of the world' in draw_parts(m.footprint).says
    assert len(draw_parts(m.footprint, 'FR').table) == 2

@pytest.fixture
def lab():
    lab = MeterLab()
    yield lab
    lab.close()

def test_the_lab_says_what_the_numbers_say(lab):
    lab.place.value = 'FR'
    grams = estimate(10, 'Colab with a T4 card').in_region('FR')
    assert grams_text(grams.grams) in lab.picture.says and 'France' in lab.picture.says

def test_another_place_needs_no_other_run(lab):
    says = []
    for code in lab.places:
        lab.place.value = code
        says.append(lab.picture.says)
    assert len(set(says)) == len(lab.places) and lab.error is None

def test_a_smaller_boundary_shows_fewer_grams(lab):
    whole = []
    for boundary in BOUNDARIES:
        lab.boundary.value = boundary
        whole.append(list(lab.picture.table[-1].values())[1])
    assert whole == sorted(whole)

def test_every_position_of_the_lab_draws(lab):
    for machine in lab.machine.options:
        for hours in (1, 100):
            lab.machine.value, lab.hours.value = machine, hours
            assert lab.picture.says and lab.error is None

def test_questions_are_proved_both_ways():
    prove(ITEMS, Path(__file__).parents[2]/'nbs/40_carbon/42_meter.ipynb')
