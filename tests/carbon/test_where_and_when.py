"What must hold for every series, job and slack; the published cases and figures; and a ballot without names."
from math import ceil
from pathlib import Path
import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st
from course.carbon.where_and_when import (RULES, Ballot, DefaultLab, WhenLab, as_hours, chosen_hours, draw_ballot, flexible_start, need_room,
                                          pause_and_resume, savings, simulated_hours, window_mean)
from course.shared.data import load
from course.shared.machine import estimate
from course.shared.prove import prove
from answers_where_and_when import ITEMS

LOWER, HIGHER = (load('hourly')[name]['grams_per_kwh'].to_numpy(float) for name in ('lower', 'higher'))
series = st.lists(st.integers(1, 900), min_size=12, max_size=60).map(lambda values: np.array(values, float))
lengths, slacks = st.integers(1, 24).map(lambda quarters: quarters/4), st.integers(0, 6)

# The test cases of the carbon-aware-sdk: figures every 5 minutes, window and step in minutes
# Source: https://github.com/Green-Software-Foundation/carbon-aware-sdk (MIT)
CASES = [([10, 20, 30, 40], 10, 0, 5, [15, 25, 35]), ([10, 20, 30, 40], 5, 0, 4, [10, 18, 26, 34]), ([10, 20, 30, 40], 10, 0, 4, [15, 23, 31]),
         ([10, 20, 30, 40], 2, 0, 4, [10, 15, 20, 30, 40]), ([10, 20, 30, 40], 5, 0, 7, [10, 24, 38]), ([10, 20, 30, 40], 10, 0, 7, [15, 29]),
         ([10, 20, 30, 40], 5, 2, 5, [14, 24, 34]), ([10, 20, 30, 40, 5], 10, 0, 5, [15, 25, 35, 22.5]),
         ([5, 55, 10, 10, 10], 10, 0, 5, [30, 32.5, 10, 10]), ([12, 11, 10, 12, 13], 10, 0, 5, [11.5, 10.5, 11, 12.5])]

@pytest.mark.parametrize('values, window, first, every, wanted', CASES)
def test_windows_are_those_of_the_published_cases(values, window, first, every, wanted):
    starts = np.arange(first, 5*len(values) - window + 1e-9, every)
    assert window_mean(values, window/5, starts/5) == pytest.approx(wanted, abs=1e-9, rel=0)

def test_a_window_that_begins_and_ends_within_an_hour():
    assert window_mean([30, 100, 50], 2, [.5]) == pytest.approx([70], abs=1e-9, rel=0)

@given(series, lengths, slacks)
def test_pausing_is_never_worse_than_waiting_nor_waiting_than_starting_at_once(values, hours, slack):
    now, later, paused = (choose(values, hours, slack) for choose in RULES.values())
    assert len(later) == len(paused) == len(values) - ceil(hours) - slack + 1
    assert (paused <= later + 1e-9).all() and (later <= now[:len(later)] + 1e-9).all()

@given(series, lengths, slacks)
def test_more_slack_never_costs_more(values, hours, slack):
    assume(ceil(hours) + slack + 1 <= len(values)) # the wider window must lie in the series
    for choose in (flexible_start, pause_and_resume):
        wide, narrow = choose(values, hours, slack + 1), choose(values, hours, slack)
        assert (wide <= narrow[:len(wide)] + 1e-9).all()

@given(series, lengths)
def test_without_slack_nothing_is_saved(values, hours):
    whole = ceil(hours) == hours
    assert savings(values, hours, 0)['flexible start'] == pytest.approx(0, abs=1e-9)
    if whole: assert savings(values, hours, 0)['pause and resume'] == pytest.approx(0, abs=1e-9)

@given(series, lengths, slacks, st.integers(0, 99))
def test_one_job_drawn_is_the_one_that_is_paid(values, hours, slack, seed):
    for rule, choose in RULES.items():
        paid = choose(values, hours, slack)
        arrives = seed % len(values[:len(values) - ceil(hours) - slack + 1])
        ahead = values[arrives:arrives + ceil(hours) + slack]
        runs = chosen_hours(ahead, hours, rule)
        assert runs.sum() == pytest.approx(hours) and runs@ahead/hours == pytest.approx(paid[arrives])

@given(series, lengths, slacks, st.randoms(use_true_random=False))
def test_a_forecast_chooses_and_the_truth_is_paid(values, hours, slack, luck):
    forecast = np.array(luck.sample(list(values), len(values)))
    for choose in (flexible_start, pause_and_resume):
        blind, known = choose(values, hours, slack, forecast), choose(values, hours, slack)
        assert (blind >= known - 1e-9).all() and np.allclose(choose(values, hours, slack, values), known)

def by_hand(values, hours, slack):
    "Both rules for one arrival, tried out one by one."
    from itertools import combinations
    ahead = values[:hours + slack]
    return (min(sum(ahead[s:s + hours]) for s in range(slack + 1))/hours, min(map(sum, combinations(ahead, hours)))/hours)

@given(st.lists(st.integers(1, 99), min_size=9, max_size=9), st.integers(1, 5), st.integers(0, 4))
def test_both_rules_find_what_trying_everything_finds(values, hours, slack):
    found = flexible_start(values, hours, slack)[0], pause_and_resume(values, hours, slack)[0]
    assert found == pytest.approx(by_hand(values, hours, slack))

# Published and measured figures

def test_a_day_of_slack_saves_what_was_measured_before():
    "carbon.md (d): FS and P&R in percent on the lower series, a day of slack."
    for hours, start, pause in ((1, 21.0, 21.0), (6, 18.2, 18.8), (19, 6.1, 13.0), (36, 5.1, 9.3), (90, 2.3, 5.5), (192, 1.0, 3.4)):
        saved = savings(LOWER, hours, 24)
        assert 100*saved['flexible start'] == pytest.approx(start, abs=.3) and 100*saved['pause and resume'] == pytest.approx(pause, abs=.3)
    for hours, slack, start, pause in ((6, 6, 7.3, 8.0), (36, 36, 6.6, 12.4), (192, 192, 6.4, 14.8)):
        saved = savings(LOWER, hours, slack)
        assert 100*saved['flexible start'] == pytest.approx(start, abs=.3) and 100*saved['pause and resume'] == pytest.approx(pause, abs=.3)
    high = savings(HIGHER, 6, 24)
    assert (100*high['flexible start'], 100*high['pause and resume']) == pytest.approx((7.6, 7.9), abs=.3)

def test_a_week_of_slack_saves_nearly_a_third():
    assert 100*savings(LOWER, 6, 168)['flexible start'] == pytest.approx(29, abs=1)

def test_longer_jobs_save_strictly_less_as_in_the_paper_of_dodge():
    ours = [savings(LOWER, hours, 24)['flexible start'] for hours in (1, 6, 36, 192)]
    assert all(longer < shorter for shorter, longer in zip(ours, ours[1:]))
    table = load('shifting')['dodge_2022'].groupby('hours')[['day_start_percent', 'day_pause_percent']].mean()
    assert (table.diff().dropna() <= 0).all().all()

def test_yesterday_keeps_four_fifths_of_the_gain():
    known, blind = savings(LOWER[24:], 6, 24), savings(LOWER[24:], 6, 24, LOWER[:-24])
    assert .8 < blind['flexible start']/known['flexible start'] < 1

@pytest.mark.parametrize('seed', range(3))
def test_a_poor_forecast_hurts_pausing_more(seed):
    guess = LOWER*np.exp(.2*np.random.default_rng(seed).normal(size=len(LOWER)))
    saved = savings(LOWER, 6, 24, guess)
    assert saved['pause and resume'] < saved['flexible start']

def test_starts_are_priced_as_a_footprint_prices_them():
    job = estimate(6, 'Colab with a T4 card')
    assert job.at_hours(LOWER[:48]) == pytest.approx(job.kwh*window_mean(LOWER[:48], 6, range(43)))
    half = estimate(2.5, 'Laptop')
    assert half.at_hours(LOWER[:9]) == pytest.approx(half.kwh*window_mean(LOWER[:9], 2.5, range(7)))

@pytest.mark.parametrize('place, saved', [('DE', 22.7), ('GB', 23.6), ('FR', 19.1)])
def test_simulated_hours_look_like_their_grid_and_overstate(place, saved):
    rows = load('hourly')['generator'].set_index('place')
    runs = [simulated_hours(place, seed=seed) for seed in range(4)]
    assert np.mean([run.mean() for run in runs]) == pytest.approx(rows.loc[place, 'real_mean'], rel=.06)
    assert np.mean([run.std() for run in runs]) == pytest.approx(rows.loc[place, 'real_sd'], rel=.25)
    assert np.mean([100*savings(run, 6, 24)['flexible start'] for run in runs]) == pytest.approx(saved, abs=1.2)

def test_simulated_hours_repeat_and_are_above_zero():
    assert (simulated_hours('FR', 500, 3) == simulated_hours('FR', 500, 3)).all() and simulated_hours('FR', 500, 3).min() > 0
    assert (simulated_hours('FR', 500, 3) != simulated_hours('FR', 500, 4)).any()

# Series of one's own, and what is refused

def test_hours_with_their_zone_run_through_a_clock_change():
    assert len(as_hours(['2026-03-29T00:00Z', '2026-03-29T01:00Z', '2026-03-29T04:00+02:00'], [1, 2, 3])) == 3

@pytest.mark.parametrize('times, grams, words', [
    (['2026-03-29 01:00', '2026-03-29 03:00'], [1, 2], 'an hour is missing.*UTC'), (['2026-10-25 02:00']*2, [1, 2], 'is there twice.*UTC'),
    (['2026-01-01 02:00', '2026-01-01 02:30'], [1, 2], 'out of step'), (['2026-01-01 02:00', '2026-01-01 01:00'], [1, 2], 'out of step'),
    (['2026-01-01 02:00'], [float('nan')], '02:00:00 has nan g/kWh'), (['2026-01-01 02:00'], [-3], 'has -3.0 g/kWh'),
    (['2026-01-01 02:00'], [1, 2], '1 times came with 2 figures')])
def test_gaps_doubles_and_holes_get_one_sentence(times, grams, words):
    with pytest.raises(ValueError, match=words): as_hours(times, grams)

@pytest.mark.parametrize('hours, slack, words', [(0, 3, 'takes some time'), (-2, 3, 'takes some time'), (2, -1, '0 or more'), (2, 1.5, 'whole number'),
                                                 (30, 0, 'need 30 hours; the series has 24'), (6, 20, 'need 26 hours')])
def test_a_job_that_does_not_fit_gets_one_sentence(hours, slack, words):
    with pytest.raises(ValueError, match=words): need_room(np.ones(24), hours, slack)
    for choose in (flexible_start, pause_and_resume):
        with pytest.raises(ValueError, match=words): choose(np.ones(24), hours, slack)

@pytest.mark.parametrize('call, words', [(lambda: window_mean([1, 2], 0, [0]), 'takes some time'), (lambda: window_mean([1, 2], 1, [1.5]), 'begin at 1.5'),
                                         (lambda: window_mean([1, 2], 1, [-1]), 'fits between'), (lambda: chosen_hours([1, 2], 1, 'at dawn'), 'start at once, flexible'),
                                         (lambda: simulated_hours('IT'), 'DE, GB, FR')])
def test_other_slips_get_one_sentence(call, words):
    with pytest.raises(ValueError, match=words): call()

# The labs

@pytest.fixture
def lab():
    lab = WhenLab()
    yield lab
    lab.close()

def test_the_first_picture_shows_that_waiting_helps(lab):
    assert 'this time: start at once' in lab.picture.says and 'flexible start saves 12%' in lab.picture.says and 'pause and resume saves 15%' in lab.picture.says

def test_the_lab_follows_its_controls(lab):
    lab.load('rule=start at once;slack=0;hours=6')
    rows = lab.picture.table
    assert [row['hours from now'] for row in rows if row['the job runs'] == row['the job runs'] != ''] == list(range(7))
    lab.grid.value = 'France (simulated)'
    assert 'France (simulated)' in lab.picture.says and 'saves 0%' in lab.picture.says

def test_every_position_of_the_lab_draws(lab):
    for grid in lab.grids:
        for rule in RULES:
            for hours, slack in ((1, 0), (48, 48)):
                lab.load(f'grid={grid};rule={rule};hours={hours};slack={slack}')
                assert lab.error is None and grid in lab.picture.says

def test_the_marked_hours_cost_what_the_words_say(lab):
    for seed in (1, 2, 3):
        lab.load(f'hours=6;seed={seed}')
        said = lab.picture.says
        year = lab.grids['a cleaner grid']
        arrives = int(np.random.default_rng(seed).integers(len(year) - 30))
        from course.shared.footprint import grams_text
        best = min(estimate(6, 'Colab with a T4 card').at_hours(year[arrives:arrives + 30]))
        assert f'flexible start {grams_text(best)}' in said

# The ballot

def test_every_second_form_has_the_other_region_and_no_name_is_kept(tmp_path):
    ballot, seen = Ballot(tmp_path/'deep'/'votes.csv'), []
    for _ in range(6):
        seen.append(ballot.next())
        ballot.add(ballot.next(), 'Sydney')
    assert seen == ['Sydney', 'Montréal']*3 and ballot.path.read_text(encoding='utf-8').split() == ['Sydney,Sydney', 'Montréal,Sydney']*3
    ballot.forget()
    ballot.forget()
    assert ballot.forms() == []

def test_a_ballot_lives_in_the_home_of_the_course(own_home):
    assert Ballot().path.parent == own_home

def test_a_region_that_is_not_on_the_form_is_refused(tmp_path):
    with pytest.raises(ValueError, match="Sydney or Montréal; you gave 'Paris'"): Ballot(tmp_path/'v.csv').add('Sydney', 'Paris')

def test_a_line_somebody_spoilt_is_left_out(tmp_path):
    (tmp_path/'v.csv').write_text('Sydney,Sydney\n\nMontr\nMontréal,Sydney\n', encoding='utf-8')
    assert Ballot(tmp_path/'v.csv').forms() == [('Sydney', 'Sydney'), ('Montréal', 'Sydney')]

def test_the_drawing_counts_by_what_was_set(tmp_path):
    ballot = Ballot(tmp_path/'v.csv')
    assert 'nobody yet where Sydney was set' in draw_ballot(ballot).says
    for was_set, chosen in (('Sydney', 'Sydney'), ('Montréal', 'Montréal'), ('Sydney', 'Montréal'), ('Montréal', 'Montréal')): ballot.add(was_set, chosen)
    picture = draw_ballot(ballot)
    assert 'taken by 50 % where Sydney was set, by 100 % where Montréal was set' in picture.says
    values = [list(row.values())[1] for row in picture.table]
    assert values == [50, 100, 7, 70]

def test_the_form_sends_what_stands_in_it_and_sets_the_next(tmp_path):
    form = DefaultLab(Ballot(tmp_path/'v.csv'))
    try:
        assert form.region.value == 'Sydney' and 'machine: 0' in form.picture.says
        form.press('start'); form.wait()
        assert form.region.value == 'Montréal' and form.ballot.forms() == [('Sydney', 'Sydney')] and 'machine: 1' in form.picture.says
        form.press('reset')
        assert form.region.value == 'Montréal'    # not the word the first person found
        form.region.value, form.memory.value = 'Sydney', '32 GB'
        form.press('start'); form.wait()
        assert form.memory.value == '16 GB'
        assert form.ballot.forms()[1] == ('Montréal', 'Sydney') and form.region.value == 'Sydney'
    finally: form.close()

@settings(max_examples=20)
@given(st.lists(st.sampled_from(Ballot.places), max_size=9))
def test_forms_come_back_as_they_were_sent(choices):
    import tempfile
    with tempfile.TemporaryDirectory() as place:
        ballot = Ballot(Path(place)/'v.csv')
        for chosen in choices: ballot.add(ballot.next(), chosen)
        assert [row[1] for row in ballot.forms()] == choices

def test_questions_are_proved_both_ways():
    prove(ITEMS, Path(__file__).parents[2]/'nbs/40_carbon/44_where_and_when.ipynb')

@pytest.mark.parametrize('gap', [None, float('nan'), float('inf')])
def test_hours_without_a_figure_are_named_and_never_averaged(gap):
    series = [100., 120., gap, 90., 80.]
    for rule in (flexible_start, pause_and_resume):
        with pytest.raises(ValueError, match='1 of 5 hours have no figure, the first is hour 2'): rule(series, 1, 2)
