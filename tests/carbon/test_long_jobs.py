"What must hold for long jobs: the time they take, what they cost, and that a killed one ends as if nothing had happened."
import math, os, random, signal, subprocess, sys, threading, time
from pathlib import Path
import numpy as np
import pytest
import torch
from hypothesis import given, settings, strategies as st
from course.carbon.long_jobs import (Checkpoint, LongJobLab, Purse, State, best_interval, checkpointed, copy_out, expected_hours, job_cost,
                                     job_status, simulate_hours)
from course.carbon.meter import Wall
from course.shared.footprint import find_zone
from course.shared.whole import write_whole
from course.shared.machine import estimate
from course.shared.sensors import Curve

HERE = Path(__file__).parent

# Hours

def one_by_one(work, interval, lost_every, save, restart, dice):
    "A job, minute by minute of its story: nothing is shared with the code that is tested."
    done = clock = 0.
    while done < work - 1e-9:
        piece = min(interval, work - done)
        until = dice.expovariate(1/lost_every)
        if until >= piece + save: done, clock = done + piece, clock + piece + save
        else: clock += until + restart
    return clock

@pytest.mark.parametrize('interval', [.25, .5, .9, 1, 2, 4, 6])
def test_four_thousand_runs_are_within_two_percent_of_the_formula(interval):
    assert simulate_hours(48, interval, 8).mean() == pytest.approx(expected_hours(48, interval, 8), rel=.02)

@pytest.mark.parametrize('interval, wanted', [(.25, 59.43), (.5, 55.34), (.9, 54.47), (2, 56.78), (6, 73.24)])
def test_the_formula_gives_the_figures_worked_out_before(interval, wanted):
    assert expected_hours(48, interval, 8) == pytest.approx(wanted, abs=.06)

def test_all_at_once_is_the_same_as_one_by_one():
    for work, interval, lost, save, restart in ((10, 1.5, 3, .1, .2), (5, 5, 4, 0, 1), (7, 2, 20, .5, 0)):
        slow = np.array([one_by_one(work, interval, lost, save, restart, random.Random(s)) for s in range(4000)])
        fast = simulate_hours(work, interval, lost, save, restart)
        error = math.hypot(slow.std(), fast.std())/math.sqrt(4000)
        assert abs(slow.mean() - fast.mean()) < 4*error
        assert np.quantile(slow, .9) == pytest.approx(np.quantile(fast, .9), rel=.05)

def test_the_best_on_a_grid_lies_within_one_step_of_the_rule():
    assert best_interval(8, .05) == pytest.approx(.894, abs=.001)
    for step in (.05, .1, .2):
        grid = [step*k for k in range(1, round(6/step))]
        assert abs(min(grid, key=lambda t: expected_hours(48, t, 8)) - .894) <= step
        drawn = {t: simulate_hours(48, t, 8, runs=20_000).mean() for t in grid if .4 < t < 1.8}
        assert expected_hours(48, min(drawn, key=drawn.get), 8) < 1.01*expected_hours(48, .894, 8)

@given(st.floats(1, 300), st.floats(.05, 1), st.floats(2, 500), st.floats(0, .5), st.floats(0, 2))
@settings(max_examples=60, deadline=None)
def test_a_job_never_takes_less_than_its_work_and_more_cuts_never_help(work, interval, lost, save, restart):
    hours = simulate_hours(work, interval, lost, save, restart, runs=50)
    assert hours.min() >= work - 1e-6
    assert expected_hours(work, interval, lost, save, restart) >= expected_hours(work, interval, 2*lost, save, restart) - 1e-6

def test_without_interruptions_only_the_saves_are_added():
    assert expected_hours(10, 1, math.inf, save=.1) == pytest.approx(11)
    assert set(simulate_hours(10, 1, math.inf, save=.1, runs=5).round(9)) == {11.}
    assert simulate_hours(10, 3, math.inf, save=.1, runs=2)[0] == pytest.approx(10.4) # three whole pieces and a short one
    assert expected_hours(48, 48, .01) == math.inf

def test_the_same_seed_gives_the_same_luck():
    a, b, c = (simulate_hours(48, 1, 8, runs=50, seed=s) for s in (1, 1, 2))
    assert (a == b).all() and (a != c).any()

@pytest.mark.parametrize('call, words', [
    (lambda: expected_hours(0, 1, 8), '`work` is a number of hours above 0; you gave 0'),
    (lambda: expected_hours(48, -1, 8), '`interval` is a number of hours above 0'),
    (lambda: expected_hours(48, float('nan'), 8), '`interval`'), (lambda: expected_hours(48, 1, 0), '`lost_every`'),
    (lambda: expected_hours(48, 1, 8, save=-1), 'Hours are 0 or more'), (lambda: expected_hours(48, 50, 8), 'Give 48 or less'),
    (lambda: simulate_hours(48, 48, 2), 'cut off .* times. Save more often than every 48'),
    (lambda: best_interval(8, 0), 'No save is free'), (lambda: job_cost(5, -1, estimate(1)), 'A price is 0 dollars or more'),
    (lambda: Purse(dollars=5), 'needs dollars and a price'), (lambda: Purse(budget=-1), 'above 0')])
def test_bad_input_gets_one_sentence(call, words):
    with pytest.raises(ValueError, match=words): call()

# Money and carbon

def test_the_plan_of_2019_to_the_dollar():
    dollars = job_cost(24*30, 7.34, estimate(1))['dollars'][0]
    assert dollars == pytest.approx(5284.8) and 10*dollars == pytest.approx(52_848)
    from course.shared.data import load
    prices = load('prices')
    assert 7.34 in set(prices[(prices.kind == 'spot') & (prices.accelerator == '8 V100')].dollars_per_hour)

def test_dollars_and_kilograms_grow_with_the_hours_and_keep_their_order():
    few, many = (job_cost(simulate_hours(48, t, 8), .2, estimate(1)) for t in (1, 6))
    for unit in ('hours', 'dollars', 'kg'):
        assert few[unit][0] < many[unit][0] and few[unit][1] <= few[unit][0] <= few[unit][2]
    certain = job_cost(10, 1., estimate(1), 'FR')
    assert certain['kg'][0] == pytest.approx(estimate(10).in_region('FR').grams/1000)

@given(st.floats(.05, 1), st.floats(1, 3))
def test_spot_wins_exactly_where_price_ratio_times_time_ratio_is_below_one(ratio, longer):
    spot, full = job_cost(100*longer, ratio, estimate(1))['dollars'][0], job_cost(100, 1., estimate(1))['dollars'][0]
    assert (spot < full) == (ratio*longer < 1) or ratio*longer == pytest.approx(1)

# Files

def test_only_what_is_new_is_copied_and_halves_stay(tmp_path):
    here, safe = tmp_path/'here', tmp_path/'safe'
    write_whole(here/'a.csv', '1'), write_whole(here/'deep'/'b.csv', '2')
    (here/'c.csv.half').write_text('torn')
    assert copy_out(here, safe) == ['a.csv', 'deep/b.csv'] and copy_out(here, safe) == []
    time.sleep(.01)
    write_whole(here/'a.csv', '3')
    assert copy_out(here, safe) == ['a.csv'] and (safe/'a.csv').read_text() == '3' and not (safe/'c.csv.half').exists()
    assert copy_out(tmp_path/'nowhere', safe) == []

# The state

def test_everything_is_set_back_dice_included(tmp_path):
    model = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    optimiser, own_dice, own_torch = torch.optim.AdamW(model.parameters()), random.Random(5), torch.Generator().manual_seed(3)
    notes, diary = {'round': 3}, [1., 2.]
    parts = dict(model=model, optimiser=optimiser, own_dice=own_dice, own_torch=own_torch, notes=notes, diary=diary)
    def work():
        optimiser.zero_grad(), model(torch.rand(4, 3)).square().sum().backward(), optimiser.step()
        diary.append(random.random()), notes.update(round=notes['round'] + np.random.randint(9))
        return own_dice.random(), torch.rand(1, generator=own_torch).item()
    work(), Checkpoint(parts).save(tmp_path/'c.pt', 7)
    first = work(), list(diary), dict(notes), [v.clone() for v in model.state_dict().values()]
    work(), random.seed(0), torch.manual_seed(0), np.random.seed(0)
    assert Checkpoint(parts).load(tmp_path/'c.pt') == 7
    again = work(), list(diary), dict(notes), [v.clone() for v in model.state_dict().values()]
    assert first[:3] == again[:3] and all(map(torch.equal, first[3], again[3]))

def test_no_checkpoint_is_step_0_and_broken_or_foreign_ones_are_refused(tmp_path):
    assert Checkpoint({'notes': {}}).load(tmp_path/'c.pt') == 0
    (tmp_path/'c.pt').write_bytes(b'half of a check')
    with pytest.raises(ValueError, match='no checkpoint that can be read back.*begin again'): Checkpoint({'notes': {}}).load(tmp_path/'c.pt')
    Checkpoint({'notes': {}}).save(tmp_path/'d.pt', 1)
    with pytest.raises(ValueError, match='holds notes; you gave diary'): Checkpoint({'diary': []}).load(tmp_path/'d.pt')

def test_what_could_not_be_read_back_is_refused_at_the_first_save(tmp_path):
    with pytest.raises(ValueError, match='Keep only plain numbers'): Checkpoint({'diary': [Path('x')]}).save(tmp_path/'c.pt', 1)
    with pytest.raises(TypeError, match="'step' is of the kind int"): State({'step': 3})

def test_a_file_from_a_stranger_is_read_and_never_run(tmp_path):
    class Evil:
        def __reduce__(self): return os.mkdir, (str(tmp_path/'harm'),)
    torch.save({'step': 1, 'dice': {}, 'parts': {'notes': Evil()}}, tmp_path/'c.pt')
    with pytest.raises(ValueError, match='no checkpoint'): Checkpoint({'notes': {}}).load(tmp_path/'c.pt')
    assert not (tmp_path/'harm').exists()

# The loop

def test_it_goes_on_where_it_ended_and_does_each_step_once(tmp_path):
    diary = []
    def run(stop=None):
        diary.clear()
        for step in checkpointed(20, {'diary': diary}, tmp_path, every=0):
            diary.append((step, random.random()))
            if step == stop: raise RuntimeError('the machine is gone')
    random.seed(1)
    with pytest.raises(RuntimeError): run(stop=8)
    assert job_status(tmp_path)['step'] == 8 and job_status(tmp_path)['ended'] == ''
    random.seed(99), run()
    random.seed(1)
    assert [step for step, _ in diary] == list(range(20)) and [luck for _, luck in diary] == [random.random() for _ in range(20)]
    told = job_status(tmp_path)
    assert told['ended'] == 'done' and told['total'] == 20 and told['age'] < 5 and told['save_seconds'] > 0
    assert list(checkpointed(20, {'diary': diary}, tmp_path)) == []

def test_it_saves_only_when_it_is_time_and_always_at_the_end(tmp_path):
    for step in checkpointed(3, {'notes': {}}, tmp_path):
        assert not (tmp_path/'checkpoint.pt').exists()
    assert (tmp_path/'checkpoint.pt').exists() and signal.getsignal(signal.SIGTERM) == signal.SIG_DFL

@pytest.mark.skipif(sys.platform == 'win32', reason='Windows has no such signal')
def test_asked_politely_it_saves_and_ends(tmp_path):
    done = []
    for step in checkpointed(10, {'done': done}, tmp_path):
        done.append(step)
        if step == 4: os.kill(os.getpid(), signal.SIGTERM)
    assert done == [0, 1, 2, 3, 4] and job_status(tmp_path)['ended'] == 'asked to end'
    for step in checkpointed(10, {'done': done}, tmp_path): done.append(step)
    assert done == list(range(10))

def test_it_also_runs_in_a_thread(tmp_path):
    seen = []
    thread = threading.Thread(target=lambda: seen.extend(checkpointed(3, {'notes': {}}, tmp_path)))
    thread.start(), thread.join()
    assert seen == [0, 1, 2]

class Clock:
    now = 0.
    def __call__(self): return self.now

def purse_of(clock, **limits):
    return Purse(wall=Wall([Curve('lamp', 100, 100, 100, 'assumed')], clock=clock, busy=lambda: 0.), **limits)

def test_a_budget_of_grams_ends_the_job_within_one_step_also_across_a_cut(tmp_path):
    from dataclasses import replace
    flat, clock = replace(find_zone(), grams=400.), Clock()
    def run():
        with purse_of(clock, place=flat, budget=.1) as purse:  # 9 seconds of 100 W at 400 g/kWh
            for step in checkpointed(1000, {'notes': {}}, tmp_path, every=0, purse=purse):
                clock.now += .25
                if clock.now == 5: return
    run()
    assert job_status(tmp_path)['ended'] == ''
    run()
    spent = job_status(tmp_path)['spent']['seconds']
    assert job_status(tmp_path)['ended'] == 'budget spent' and 9 <= spent <= 9.25 and 9 <= clock.now <= 9.5
    run() # nothing more is done
    assert clock.now <= 9.5

def test_a_budget_of_dollars(tmp_path):
    clock = Clock()
    with purse_of(clock, dollars=1, per_hour=3600) as purse:
        for step in checkpointed(100, {'notes': {}}, tmp_path, purse=purse): clock.now += .3
    assert step == 3 and job_status(tmp_path)['ended'] == 'budget spent'

def test_no_sign_of_life_is_an_empty_one(tmp_path): assert job_status(tmp_path) == {}

JOB = '''
import random, sys, time
from course.carbon.long_jobs import checkpointed
diary = []
random.seed(4)
for step in checkpointed(400, {'diary': diary}, sys.argv[1], every=.02):
    diary.append(random.random()); time.sleep(.002)
'''
def test_killed_three_times_at_any_moment_it_ends_as_if_nothing_had_happened(tmp_path):
    dice, kills = random.Random(0), 0
    for life in range(8):
        begun, process = job_status(tmp_path).get('step', 0), subprocess.Popen([sys.executable, '-c', JOB, tmp_path])
        if kills < 3:
            while job_status(tmp_path).get('step', 0) <= begun and process.poll() is None: time.sleep(.005)
            time.sleep(dice.random()*.1)
            process.kill()
            kills += 1
        process.wait()
        if job_status(tmp_path)['ended']: break
    diary = torch.load(tmp_path/'checkpoint.pt', weights_only=True)['parts']['diary']
    random.seed(4)
    assert kills == 3 and diary == [random.random() for _ in range(400)]

# The lab

OFFERS = {'card': (.2, .5, estimate(1, 'Colab with a T4 card'))}

def test_the_lab_says_which_is_cheaper_and_follows_its_controls():
    lab = LongJobLab(OFFERS)
    assert 'on demand is cheaper' in lab.picture.says
    lab.load('minutes=35')
    assert 'spot is cheaper' in lab.picture.says and 'kg of CO2e' in lab.picture.says
    lab.load('lost=0.0;minutes=480')
    assert '169 hours, 1 of them' in lab.picture.says and len(lab.picture.table) > 15
    lab.load('lost=12.0;minutes=480;work=336')
    assert 'on demand is cheaper' in lab.picture.says
    lab.close()

def test_every_question_is_proved_both_ways():
    from course.shared.check import read_items
    from course.shared.prove import prove
    prove(read_items(HERE/'answers_long_jobs.py', 0), HERE.parents[1]/'nbs/40_carbon/46_long_jobs.ipynb')
