"Lesson 23: three tests of one net, what takes a colour away, a probe that rings when it should and seldom when not."
from pathlib import Path
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image
from course.bias.shortcuts import (ATTEMPTS, Clue, ShortcutLab, attempt, draw_probe, probe, right_alone, three_tests, traits, trial,
                                   vehicles)
from course.shared.answer import Number
from course.shared.ask import Question
from course.shared.check import load_items
from course.shared.data import load
from course.shared.pictures import Pictures
from course.shared.prove import prove
from course.shared.score import wilson

NOTEBOOK = Path(__file__).parents[2]/'nbs/20_bias/23_shortcuts.ipynb'

def test_every_answer_is_proved_both_ways(): prove(load_items('shortcuts'), NOTEBOOK)

# The world

@pytest.mark.parametrize('rho, usual', [(.5, 250), (.8, 400), (.9, 450), (1., 500)])
def test_each_pair_comes_as_often_as_was_asked(rho, usual):
    x, truck, red = vehicles(1000, rho, seed=3)
    assert x.shape == (1000, 3, 24, 24) and x.dtype == np.float32 and 0 <= x.min() <= x.max() <= 1
    assert truck.sum() == 500 and (truck & red).sum() == (~truck & ~red).sum() == usual

def test_the_same_seed_paints_the_same_pictures_and_another_seed_others():
    one, again, other = (vehicles(20, .9, seed)[0] for seed in (1, 1, 2))
    assert (one == again).all() and (one != other).any()

def test_ladder_and_box_take_the_same_paint_so_that_brightness_says_nothing():
    x, truck, _ = vehicles(2000, .5, seed=1)
    bright = x.mean((1, 2, 3))
    gap = abs(bright[truck].mean() - bright[~truck].mean())
    assert gap < 4*bright.std()*np.sqrt(2/1000)

@pytest.mark.parametrize('rho', [-.1, 1.1, 90])
def test_a_share_that_is_none_is_explained(rho):
    with pytest.raises(ValueError, match='A share goes from 0 to 1; you gave'): vehicles(10, rho)

@pytest.mark.parametrize('n', [0, -1, 2.5, '20'])
def test_a_number_of_pictures_that_is_none_is_explained(n):
    with pytest.raises(ValueError, match='A whole number of pictures, at least one'): vehicles(n)

# Attempts

@pytest.fixture(scope='module')
def few(): return vehicles(100, .9, seed=4)

def test_repeating_the_rare_shows_each_pair_equally_often(few):
    x, truck = attempt(few, 'repeat the rare')
    assert len(x) == len(truck) == 4*45 and truck.sum() == 90
    every = {picture.tobytes() for picture in few[0]}
    assert {picture.tobytes() for picture in x} == every # repeated, none lost, none made up

def test_a_pair_that_was_never_seen_cannot_be_repeated():
    always = vehicles(100, 1., seed=4)
    x, truck = attempt(always, 'repeat the rare')
    assert sorted(p.tobytes() for p in x) == sorted(p.tobytes() for p in always[0])

@given(st.integers(0, 50))
@settings(max_examples=10, deadline=None)
def test_even_grey_does_not_know_red_from_blue_and_ordinary_grey_does(seed):
    x, truck, red = vehicles(20, .5, seed)
    def gap(what): return np.abs(attempt((x, truck, red), what)[0] - attempt((x[:, ::-1], truck, red), what)[0]).max()
    assert gap('even grey') < 1e-6 and gap('grey') > .05

def test_recoloured_twins_leave_the_colour_without_meaning(few):
    x, truck = attempt(few, 'recoloured twins')
    assert (x[:100] == few[0]).all() and (x[100:] == few[0][:, ::-1]).all() and (truck[100:] == few[1]).all()
    reds = x.mean((2, 3))[:, 0] - x.mean((2, 3))[:, 2]
    assert abs(np.corrcoef(reds, truck)[0, 1]) < 1e-6

def test_shuffled_colours_are_the_same_numbers_in_another_order(few):
    x, _ = attempt(few, 'any colour', seed=2)
    assert np.allclose(np.sort(x, 1), np.sort(few[0], 1)) and (x != few[0]).any()

@pytest.mark.parametrize('what', ['nothing', 'three times as many'])
def test_what_changes_no_picture_changes_none(few, what): assert attempt(few, what)[0] is few[0]

def test_an_unknown_attempt_is_answered_with_the_known_ones(few):
    with pytest.raises(ValueError, match='One can try nothing, three times as many, .*; you gave .pray.'): attempt(few, 'pray')

# Three tests

@given(st.lists(st.integers(0, 100), min_size=4, max_size=4), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_the_balanced_test_lies_in_the_middle_of_the_two_others(right, rho):
    mixed = three_tests(right, rho)
    assert mixed['as in training'] + mixed['swapped'] == pytest.approx(2*mixed['balanced'])
    assert mixed['balanced'] == pytest.approx(sum(right)/400) and all(-1e-9 <= share <= 1 + 1e-9 for share in mixed.values())

@given(st.floats(.5, 1))
@settings(max_examples=30, deadline=None)
def test_a_rule_of_colour_alone_gets_what_the_colour_is_worth(rho):
    mixed = three_tests([100, 0, 0, 100], rho)
    assert [mixed[name] for name in ('as in training', 'balanced', 'swapped')] == pytest.approx([rho, .5, 1 - rho])

@pytest.mark.parametrize('how, words', [
    (([1, 2, 3], .5), 'Four counts from 0 to 100'), (([1, 2, 3, 400], .9), 'Four counts'), (([1, 2, 3, float('nan')], .9), 'Four counts'),
    (([0, 0, 0, 0], .9, 0), 'Four counts from 0 to 0'), (([1, 2, 3, 4], 90), 'a share from 0 to 1; you gave .* and 90')])
def test_answers_that_cannot_be_mixed_give_no_share(how, words):
    with pytest.raises(ValueError, match=words): three_tests(*how)

# Stored trials

@pytest.fixture(scope='module')
def trials(): return load('truck_trials')

def test_every_share_attempt_and_draw_was_run(trials):
    assert len(trials) == 96 == len(trials.groupby(['rho', 'what', 'seed'])) and set(trials.what) == set(ATTEMPTS)
    assert trials.iloc[:, 3:].min().min() >= 0 and trials.iloc[:, 3:].max().max() <= 100

def stored(trials, rho, what, seed):
    return trials[(trials.rho == rho) & (trials.what == what) & (trials.seed == seed)].iloc[0, 3:].to_numpy(dtype=int)

@pytest.mark.parametrize('what', ['nothing', 'even grey'])
def test_what_lies_in_the_table_comes_out_again(trials, what):
    assert np.abs(np.array(trial(1., what, 0)) - stored(trials, 1., what, 0)).max() <= 15

@pytest.mark.slow
@pytest.mark.parametrize('what', list(ATTEMPTS))
def test_more_of_the_table_comes_out_again(trials, what):
    assert np.abs(np.array(trial(1., what, 2)) - stored(trials, 1., what, 2)).max() <= 40

def test_where_the_colour_says_everything_more_of_the_same_changes_nothing(trials):
    for what in ('nothing', 'three times as many', 'repeat the rare', 'a little colour'):
        for seed in range(3): assert three_tests(stored(trials, 1., what, seed), 1.)['balanced'] < .55

def test_at_one_half_no_shortcut_exists(trials):
    for seed in range(3): assert three_tests(stored(trials, .5, 'nothing', seed), .5)['balanced'] > .9

def test_the_test_of_training_never_falls_far_below_the_colour(trials):
    "driftbias 6.3: accuracy as in training is at least rho - 0.03; colours shuffled or greyed do not have to hold that."
    for rho in (.8, .9, 1.):
        for seed in range(3): assert three_tests(stored(trials, rho, 'nothing', seed), rho)['as in training'] >= rho - .03

# The probe

def folder(place, dice, tell=0, n=24, size=20, kinds=('a', 'b')):
    "Noise in folders; `tell` makes the second folder brighter."
    for k, kind in enumerate(kinds):
        (place/kind).mkdir(parents=True)
        for i in range(n):
            Image.fromarray((dice.integers(0, 200, (size, size, 3)) + tell*k).astype(np.uint8)).save(place/kind/f'{i}.png')
    return place

def test_it_rings_where_one_folder_is_brighter(tmp_path):
    clues = probe(folder(tmp_path/'x', np.random.default_rng(0), tell=30), draws=199)
    ringing = {clue.trait for clue in clues if clue.rings}
    assert {'colour', 'brightness', 'border'} <= ringing and 'size in dots' not in ringing
    assert [clue.right for clue in clues] == sorted((clue.right for clue in clues), reverse=True)

@pytest.mark.parametrize('what', ['size', 'file'])
def test_it_rings_for_sizes_too(tmp_path, what):
    dice = np.random.default_rng(1)
    for k, kind in enumerate('ab'):
        (tmp_path/kind).mkdir()
        for i in range(16):
            side = 20 + 20*k if what == 'size' else 32
            dots = dice.integers(0, 256, (side, side, 3)).astype(np.uint8)
            if what == 'file' and k: dots[:] = 128*(i % 2)
            Image.fromarray(dots).save(tmp_path/kind/f'{i}.png', pnginfo=None)
            if what == 'file' and k: (tmp_path/kind/f'{i}.png').write_bytes((tmp_path/kind/f'{i}.png').read_bytes() + bytes(i))
    ringing = {clue.trait for clue in probe(tmp_path, draws=199) if clue.rings}
    assert ('size in dots' if what == 'size' else 'file size') in ringing

def test_it_seldom_rings_where_names_are_dealt_at_random():
    "The level holds for the best of all traits: five percent, within three standard errors."
    photos, dice, rang = load('photos').take(range(0, 179, 3)), np.random.default_rng(0), 0
    known, labels = list(traits(photos).values()), np.array(photos.labels)
    for seed in range(60):
        names = dice.permuted(np.tile(labels, (100, 1)), axis=1) # the first is the "true" one, and means nothing
        right = np.stack([right_alone(x, names, seed) for x in known])
        rang += np.mean(right.max(0) >= right[:, 0].max()) <= .05
    assert rang/60 <= .05 + 3*np.sqrt(.05*.95/60)

def test_the_rule_is_asked_about_what_it_has_not_learned():
    x, names = np.arange(40.)[:, None], (np.arange(40) >= 20).astype(int)[None]
    assert right_alone(x, names)[0] >= 38 and right_alone(np.zeros((40, 1)), names)[0] <= 28
    bent = (np.abs(np.arange(40) - 19.5) < 10).astype(int)[None] # "neither small nor large"
    assert right_alone(x, bent)[0] >= 36

def test_many_dealings_at_once_give_what_one_by_one_gives():
    dice = np.random.default_rng(2)
    x, names = dice.normal(size=(30, 2)), dice.integers(0, 3, (70, 30))
    names[:, 0] = 2 # so that each dealing has the same number of folders
    assert right_alone(x, names).tolist() == [int(right_alone(x, one[None])[0]) for one in names]

def test_the_same_seed_gives_the_same_clues(tmp_path):
    place = folder(tmp_path/'x', np.random.default_rng(3), n=8)
    assert probe(place, 99, seed=1) == probe(place, 99, seed=1)

def test_transparent_and_grey_pictures_are_measured_too(tmp_path):
    for kind, mode in (('a', 'RGBA'), ('b', 'L')):
        (tmp_path/kind).mkdir()
        for i in range(8): Image.new(mode, (12 + i, 9), 30 + i if mode == 'L' else (i, 9, 9, 20*i)).save(tmp_path/kind/f'{i}.png')
    assert len(probe(tmp_path, 49)) == 5

def test_what_cannot_be_probed_is_one_sentence_each(tmp_path):
    with pytest.raises(ValueError, match='no picture to probe. .*no such folder'): probe(tmp_path/'nowhere')
    (tmp_path/'empty').mkdir()
    with pytest.raises(ValueError, match='no picture to probe. empty: it is empty'): probe(tmp_path/'empty')
    with pytest.raises(ValueError, match='no picture to probe. Give a folder'): probe(load('photos').take([]))
    one = folder(tmp_path/'one', np.random.default_rng(0), n=9)
    with pytest.raises(ValueError, match='8 pictures in each folder; b has 3'): probe(Pictures(
        tuple(sorted(one.rglob('*.png')))[:12], (0,)*9 + (1,)*3, ('a', 'b')))
    for draws in (0, -1, 2.5):
        with pytest.raises(ValueError, match='Deal 19 times or more'): probe(one, draws)
    for kind in 'ab': # the same picture in both folders teaches nothing, and is left out
        (tmp_path/'same'/kind).mkdir(parents=True)
        for i in range(8): Image.new('RGB', (9, 9), (i, 9, 9)).save(tmp_path/'same'/kind/f'{i}.png')
    with pytest.raises(ValueError, match='there is only a. Add another. Left out: '): probe(tmp_path/'same')
    with pytest.raises(ValueError, match='there is only a'): probe(Pictures(tuple(one.rglob('*.png')), (0,)*18, ('a', 'b')))

def test_our_own_photographs_ring():
    assert next(clue for clue in probe(load('photos'), 199) if clue.trait == 'file size').rings

def test_a_clue_never_says_a_rate_alone_and_a_loss_never_rings():
    said = str(Clue('border', 31, 40, *wilson(31, 40), .5, .005, 5))
    assert all(part in said for part in ('31 of 40', '78 %', '(62 to 88 %)', '50 %', 'p 0.005', 'best of 5', 'rings'))
    assert not Clue('border', 10, 40, .1, .4, .5, .01, 5).rings and not Clue('border', 31, 40, .6, .9, .5, .2, 5).rings

def test_the_picture_names_what_rings_and_draws_the_guess():
    clues = [Clue('colour', 31, 40, .6, .9, .5, .01, 2), Clue('border', 20, 40, .3, .7, .5, .9, 2)]
    picture = draw_probe(clues, guess={'colour': 60})
    assert picture.says.startswith('colour: each alone would tell') and len(picture.table) == 3 and picture.table[0]['your guess'] == 60
    assert 'No trait that was tried' in draw_probe(clues[1:]).says

# The lab

def test_the_lab_follows_its_controls_and_says_where_it_stands(trials):
    lab = ShortcutLab(trials)
    assert lab.error is None and 'as in training 100 %, balanced 50 %, swapped 0 %' in lab.picture.says
    for name in ATTEMPTS:
        for share in (.5, .8, .9, 1.):
            lab.what.value, lab.rho.value = name, share
            assert lab.error is None and len(lab.picture.table) == 3
    lab.by.value = 'pair'
    assert [row['name'] for row in lab.picture.table] == list(trials.columns[3:])
    lab.reset()
    assert len(lab.picture.table) == 3 and 'balanced 50 %' in lab.picture.says
    lab.close()

def test_the_result_waits_for_the_guess_and_the_guess_is_drawn(trials):
    rare = Question('shortcuts.rare', 'At 100 %, with the rare pairs repeated: how many of 100 are right in the balanced test?',
                    Number(0, 100, 'of 100'))
    lab = ShortcutLab(trials, predict=rare)
    assert not lab.revealed
    rare.commit(80)
    assert lab.revealed and lab.picture.table[1]['your guess'] == 80
    lab.rho.value = .9
    assert 'your guess' not in lab.picture.table[1]
    lab.close()
