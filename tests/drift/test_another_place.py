"Lesson 31: only the place changes, two kinds of shift add up, `transfer` counts what it says, every answer proved both ways."
from pathlib import Path
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image
from course.drift.another_place import (HERE, KINDS, PLACES, THERE, PlaceLab, Traps, Trial, cameras, draw_places, fall_apart,
                                        make_traps, scene, transfer)
from course.shared.ask import Question
from course.shared.answer import Number
from course.shared.check import load_items
from course.shared.data import load
from course.shared.prove import prove
from course.shared.score import score

NOTEBOOK = Path(__file__).parents[2]/'nbs/30_drift/31_another_place.ipynb'

def test_every_answer_is_proved_both_ways(): prove(load_items('another_place'), NOTEBOOK)

# The world

@pytest.fixture(scope='module')
def animal():
    "A black square without any margin."
    return Image.new('RGBA', (40, 40), (0, 0, 0, 255))

def test_the_same_seed_paints_the_same_picture_and_another_seed_another():
    first, again, other = (np.asarray(scene(HERE[1], seed=seed)) for seed in (3, 3, 4))
    assert (first == again).all() and (first != other).any() and first.shape == (128, 128, 3) and first.dtype == np.uint8

@pytest.mark.parametrize('seed', range(5))
def test_the_animal_stands_in_the_same_spot_before_any_background(animal, seed):
    bare = [site.towards(HERE[0], 0) for site in (HERE[0], HERE[1])]
    spots = []
    for site in bare:
        calm = type(site)(**vars(site) | {'blades': 0, 'leaves': 0, 'trunks': 0})
        empty, there = (np.asarray(scene(calm, one, seed)).astype(int) for one in (None, animal))
        spots.append(np.abs(there - empty).sum(2) > 60)
    assert spots[0].sum() > 2000 and (spots[0] == spots[1]).mean() > .99

def test_halfway_lies_between_and_the_ends_are_the_ends():
    one, other = HERE[0], THERE[1]
    half = one.towards(other, .5)
    assert one.towards(other, 1.) == other and one.towards(other, 0.).ground == one.ground
    assert half.light == pytest.approx((one.light + other.light)/2) and half.name == other.name
    assert cameras('here') == HERE and cameras('far') == THERE and len(cameras('half way')) == 4
    with pytest.raises(ValueError, match='here, next valley, half way, far; you gave'): cameras('Peru')

# The count

@pytest.fixture(scope='module')
def traps():
    "Traps whose pictures were never painted: numbers in which kind and place are known."
    dice = np.random.default_rng(0)
    rows = [(place, camera, i) for place in PLACES for camera in range(4) for i in range(64)]
    place, camera, animal = map(np.array, zip(*rows))
    kind = np.array([0]*16 + [2]*16 + [3]*16 + [1]*16)[animal]
    moved = np.array([PLACES.index(name) for name in place])
    seen = 2*np.eye(8)[kind] + moved[:, None]*np.eye(8)[4 + camera] + dice.normal(0, .5, (len(rows), 8))
    return Traps(tuple(map(str, rows)), place, camera, animal, kind, seen/np.linalg.norm(seen, axis=1, keepdims=True))

@pytest.mark.parametrize('seed', range(4))
def test_each_animal_is_tested_once_here_and_once_there_where_it_was_not_learned(traps, seed):
    trial = Trial.run(traps, 'far', 0, seed)
    assert len(trial.kind) == 64 and [list(trial.camera).count(c) for c in range(4)] == [16]*4
    assert trial.here.shape == trial.there.shape == (64, 4) and np.allclose(trial.here.sum(1), 1)
    assert trial.score('here').n == 64 and [row.n for row in trial.score('there', 'camera').rows] == [16]*4

def test_without_local_pictures_the_filter_is_the_same_for_every_place(traps):
    homes = [Trial.run(traps, place, 0, 1).here for place in PLACES[1:]]
    assert np.array_equal(homes[0], homes[1]) and np.array_equal(homes[1], homes[2])

def test_local_pictures_help_where_the_place_moves_the_numbers(traps):
    few, many = ([Trial.run(traps, 'far', k, seed).score('there').rate for seed in range(3)] for k in (0, 20))
    assert np.mean(many) >= np.mean(few)

def test_more_local_pictures_than_there_are_is_said(traps):
    with pytest.raises(ValueError, match='There are 0 to 48 local pictures'): Trial.run(traps, 'far', 60)
    with pytest.raises(ValueError, match='you gave -1'): Trial.run(traps, 'far', -1)

def test_the_picture_says_both_places_and_carries_the_intervals(traps):
    picture = draw_places(Trial.run(traps), 'camera', guess=32)
    assert 'here:' in picture.says and 'far:' in picture.says and 'of 64 right' in picture.says
    assert len(picture.table) == 10 and picture.table[1]['your guess'] == 50 and picture.table[1]['from'] < picture.table[1]['to']

@pytest.mark.parametrize('k', [1.5, '5', None])
def test_a_number_of_local_pictures_is_whole(traps, k):
    with pytest.raises(ValueError, match='local pictures of a kind; you gave'): Trial.run(traps, 'far', k)

def test_a_place_or_a_part_that_does_not_exist_is_said(traps):
    with pytest.raises(ValueError, match="next valley, half way, far; you gave 'Peru'"): Trial.run(traps, 'Peru')
    trial = Trial.run(traps)
    with pytest.raises(ValueError, match="'here' or 'there', by 'kind' or by 'camera'; you gave 'far'"): trial.score('far')
    with pytest.raises(ValueError, match="you gave 'here' and 'colour'"): trial.score('here', 'colour')

def test_what_cannot_be_painted_is_said(tmp_path):
    with pytest.raises(TypeError, match="A `Site` and an opened picture were wanted"): scene('waterhole')
    with pytest.raises(TypeError, match="you gave Site.*and .*Path"): scene(HERE[0], tmp_path)
    with pytest.raises(ValueError, match='Divide percents'): HERE[0].towards(HERE[1], 50)
    assert scene(HERE[0], Image.new('RGB', (40, 40))).size == (128, 128)
    with pytest.raises(ValueError, match='bird, empty, hoofed, pawed; .*food.* came. Name the folders'): make_traps(load('photos'), tmp_path)
    with pytest.raises(ValueError, match='At least one animal'): make_traps(load('cutouts').take([]), tmp_path)

# Two kinds of shift

def counted(rates):
    "A score with 20 pictures of each kind."
    truth = [name for name in rates for _ in range(20)]
    guess = [name if i < right else 'other' for name, right in rates.items() for i in range(20)]
    return score(truth, guess)

counts = st.lists(st.integers(0, 20), min_size=3, max_size=3)
shares = st.lists(st.integers(1, 20), min_size=3, max_size=3).map(lambda parts: [p/sum(parts) for p in parts])

@given(counts, counts, shares)
@settings(max_examples=80, deadline=None)
def test_the_two_parts_add_up_to_the_whole_change(at, away, mix):
    at, away, mix = (dict(zip('abc', part)) for part in (at, away, mix))
    by_mix, by_place = fall_apart(counted(at), counted(away), mix)
    whole = sum(mix[k]*away[k]/20 for k in mix) - sum(at.values())/60
    assert by_mix + by_place == pytest.approx(whole, abs=1e-12)

@given(counts, shares)
@settings(max_examples=40, deadline=None)
def test_one_kind_of_shift_alone_leaves_nothing_to_the_other(at, mix):
    at, mix = (dict(zip('abc', part)) for part in (at, mix))
    assert fall_apart(counted(at), counted(at), mix)[1] == pytest.approx(0, abs=1e-12)
    other = counted({'a': 20, 'b': 0, 'c': 7})
    assert fall_apart(counted(at), other, dict.fromkeys('abc', 1/3))[0] == pytest.approx(0, abs=1e-12)

@pytest.mark.parametrize('mix, words', [({'a': 50, 'b': 30, 'c': 20}, 'Divide percents by 100'), ({'a': .5, 'b': .5}, 'The mix names a, b'),
                                        ({'a': .5, 'b': .3, 'c': .1, 'd': .1}, 'Each kind needs'), ({'a': .5, 'b': .3, 'c': .1}, 'add up to 1'),
                                        ({'a': -.5, 'b': 1., 'c': .5}, 'below 0'), ({'a': float('nan'), 'b': .5, 'c': .5}, 'add up to 1'),
                                        ([.5, .3, .2], 'names a share for each kind'), ({'a': 'much', 'b': .5, 'c': .5}, 'names a share')])
def test_a_mix_that_cannot_be_is_explained(mix, words):
    one = counted({'a': 3, 'b': 4, 'c': 5})
    with pytest.raises((TypeError, ValueError), match=words): fall_apart(one, one, mix)

def test_a_kind_without_pictures_is_undefined_and_said():
    some, none = score(['a', 'b'], ['a', 'b'], classes=['a', 'b']), score(['a'], ['a'], classes=['a', 'b'])
    with pytest.raises(ValueError, match='no picture of b'): fall_apart(some, none, {'a': .5, 'b': .5})

# With pictures

@pytest.fixture(scope='module')
def home(tmp_path_factory):
    "A place of its own for what the body has seen."
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv('COURSE_HOME', str(tmp_path_factory.mktemp('home')))
        yield

def test_twelve_animals_pass_each_camera_of_each_place_once(tmp_path, home):
    cutouts = load('cutouts')
    made = make_traps(cutouts.take(range(0, 48, 24)), tmp_path/'made', empty=1)
    assert len(made.paths) == 3*4*4 == len(set(made.paths)) and all(path.is_file() for path in made.paths)
    assert made.seen.shape == (48, 1280) and np.allclose(np.linalg.norm(made.seen, axis=1), 1, atol=1e-5)
    assert {KINDS[kind] for kind in made.kind} == {'bird', 'hoofed', 'empty'}

def test_transfer_counts_pictures_it_has_not_learned_and_keeps_the_test(home):
    photos, drawings = load('photos'), load('drawings')
    none, five = (transfer(photos, drawings, k) for k in (0, 5))
    assert none[1].n == five[1].n and none[0].n == five[0].n == 79 and none[1].rate < none[0].rate
    assert [row.name for row in none[1].rows] == list(photos.classes)

def test_transfer_matches_classes_by_name_and_not_by_number(home, tmp_path):
    photos = load('photos')
    for name in ('birds', 'food'):
        (tmp_path/name).mkdir()
        for path in [p for p, label in zip(photos.paths, photos.labels) if photos.classes[label] == name][:8]:
            (tmp_path/name/path.name).write_bytes(path.read_bytes())
    turned = type(photos)(photos.paths[:60], tuple(1 - label for label in photos.labels[:60]), ('food', 'birds'))
    here, there = transfer(turned, tmp_path)
    assert there.rate > .8 and here.rate > .9

def test_what_cannot_be_counted_is_one_sentence_each(tmp_path):
    photos = load('photos')
    (tmp_path/'empty').mkdir()
    with pytest.raises(ValueError, match='no picture to count. empty: it is empty'): transfer(photos, tmp_path/'empty')
    with pytest.raises(ValueError, match='there is no such folder'): transfer(photos, tmp_path/'nowhere')
    with pytest.raises(ValueError, match='of the same classes; only one has bird, birds'): transfer(photos, load('cutouts'))
    with pytest.raises(ValueError, match='0 to 20 local pictures'): transfer(photos, photos, 21)
    with pytest.raises(ValueError, match='no picture'): transfer(photos.take([]), photos)
    for k in (1.5, '5', -1):
        with pytest.raises(ValueError, match='0 to 20 local pictures'): transfer(photos, photos, k)

def test_a_picture_that_teaches_is_not_counted_in_the_other_place():
    photos = load('photos')
    with pytest.raises(ValueError, match='40 pictures stand in both places, such as .* What taught cannot test'):
        transfer(photos, photos.take(range(0, len(photos), len(photos)//39)[:40]))

# The lab

def test_the_lab_follows_its_controls_and_says_where_it_stands(traps):
    lab = PlaceLab(traps)
    assert lab.error is None and 'far:' in lab.picture.says and lab.state() == 'place=far;local=5;by=kind;seed=8'
    lab.place.value = 'next valley'
    assert 'next valley:' in lab.picture.says and lab.error is None
    lab.by.value, lab.local.value = 'camera', 20
    assert 'camera' in lab.picture.table[2]['name'] and lab.error is None
    before = lab.picture.says
    lab.press('again')
    assert lab.picture.says != before or lab.seed.value == 9
    lab.reset()
    assert lab.state().endswith('seed=8')
    lab.close()

def test_the_result_waits_for_the_guess_and_the_guess_is_drawn(traps):
    five = Question('another_place.five', 'In the forest, with 5 local pictures of each kind: how many of 64 are right?',
                    Number(0, 64, 'of 64'))
    lab = PlaceLab(traps, predict=five)
    assert not lab.revealed
    five.commit(32)
    assert lab.revealed and lab.picture.table[1]['your guess'] == 50
    lab.local.value = 10
    assert 'your guess' not in lab.picture.table[1]
    lab.close()

# The data

def test_the_cutouts_are_transparent_and_balanced():
    cutouts = load('cutouts')
    assert cutouts.counts() == {'bird': 16, 'hoofed': 16, 'pawed': 16}
    for path in cutouts.paths:
        one = Image.open(path)
        assert one.mode == 'RGBA' and one.getchannel('A').getextrema()[0] == 0 and 100 <= max(one.size) <= 120

def test_the_other_digits_are_fifty_of_each_on_one_sheet():
    sheet = np.asarray(Image.open(load('other_digits')/'digits.png'))
    assert sheet.shape == (280, 1400) and sheet.dtype == np.uint8
    digits = sheet.reshape(10, 28, 50, 28).transpose(0, 2, 1, 3).reshape(500, 28, 28)
    assert (digits.max((1, 2)) > 200).all() and len({digit.tobytes() for digit in digits}) == 500
