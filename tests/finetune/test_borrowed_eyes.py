"Lesson 13: fair tests, a lab that follows, answers proved both ways."
from pathlib import Path
import pytest, torch
from hypothesis import given, settings, strategies as st
from course.finetune.borrowed_eyes import BorrowedEyesLab, Trials, draw_curve, draw_sorted, neighbours, put_aside
from course.shared.ask import Question, Sketch
from course.shared.check import load_items
from course.shared.data import load
from course.shared.pictures import Pictures
from course.shared.prove import prove

NOTEBOOK = Path(__file__).parents[2]/'nbs/10_finetune/13_borrowed_eyes.ipynb'

def made_up(*counts):
    "Pictures that are only names: so many of each class."
    labels = tuple(name for name, n in enumerate(counts) for _ in range(n))
    return Pictures(tuple(Path(f'{i}.jpg') for i in range(len(labels))), labels, tuple('abcdefgh'[:len(counts)]), 'made up')

@given(st.lists(st.integers(2, 40), min_size=2, max_size=6), st.integers(1, 20), st.integers(1, 20), st.integers(0, 9))
@settings(deadline=None)
def test_nothing_is_both_learned_and_tested_and_the_test_stays_the_same(counts, one, other, seed):
    pictures = made_up(*counts)
    (learn, aside), (_, again) = (put_aside(pictures, n, seed=seed) for n in (one, other))
    assert not set(learn.paths) & set(aside.paths) and aside == again
    assert all(1 <= learn.labels.count(c) <= one and aside.labels.count(c) for c in range(len(counts)))

def test_a_box_with_one_picture_a_class_says_what_is_missing():
    with pytest.raises(ValueError, match='Add at least one more'): put_aside(made_up(1, 1))
    with pytest.raises(ValueError, match='from 1 to 20'): put_aside(made_up(9, 9), 21)

def test_every_answer_is_proved_both_ways(): prove(load_items('borrowed_eyes'), NOTEBOOK)

def test_a_picture_is_not_its_own_neighbour():
    seen = torch.nn.functional.normalize(torch.arange(20.).reshape(10, 2) + 1)
    assert all(row not in [place for place, _ in neighbours(seen, row)] for row in range(10))
    likeness = [alike for _, alike in neighbours(seen, 0)]
    assert likeness == sorted(likeness, reverse=True)

def test_the_sorted_pictures_say_which_mistake_is_the_surest():
    photos = load('photos').take([0, 30, 60])
    chances = torch.full((3, 5), .02)
    chances[0, photos.labels[0]], chances[1, (photos.labels[1] + 1) % 5], chances[2, photos.labels[2]] = .92, .8, .6
    says = draw_sorted(photos, chances).says
    assert '2 of 3 right' in says and photos.paths[1].stem in says and '80 %' in says

def test_the_curve_says_where_it_begins_and_ends():
    says = draw_curve({'the head': {1: [.2, .4], 20: [.9]}}).says
    assert '30 % with 1 of each' in says and '90 % with 20' in says

@pytest.fixture(scope='module')
def lab(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv('COURSE_HOME', str(tmp_path_factory.mktemp('home')))
        lab = BorrowedEyesLab(load('photos'))
        yield lab
        lab.close()

def test_the_lab_opens_with_a_result_and_follows_its_controls(lab):
    assert lab.error is None and 'of 79 right' in lab.picture.says
    lab.each.value = 1
    few = lab.picture.says
    lab.each.value = 20
    assert lab.picture.says != few and 'with 20 of each' in lab.picture.says and lab.error is None
    lab.classes.index = 1
    assert 'with 20 of each' in lab.picture.says and lab.error is None
    lab.reset()
    assert 'with 5 of each' in lab.picture.says and lab.state().startswith('classes=all;each=5')

def test_training_more_than_the_head_waits_for_the_button(lab):
    lab.reset()
    lab.trained.value = 'the last block'
    assert 'Press Train' in lab.picture.says
    lab.press('start')
    lab.wait(120)
    assert 'Trained: the last block' in lab.picture.says and lab.error is None
    lab.reset()

def test_own_pictures_are_looked_at_and_what_is_no_picture_is_named(lab):
    goose = load('photos').paths[0].read_bytes()
    lab.take_files(({'name': 'goose.jpg', 'content': goose}, {'name': 'list.txt', 'content': b'words'}))
    lab.wait(60)
    assert 'Yours' in lab.picture.says and 'list.txt' in lab.picture.says and lab.error is None

def test_own_pictures_are_sorted_by_the_training_that_the_lab_names(lab):
    lab.reset()
    if not lab.dropped:
        lab.take_files(({'name': 'goose.jpg', 'content': load('photos').paths[0].read_bytes()},))
        lab.wait(60)
    lab.classes.index, lab.trained.value = 1, 'the last block'
    for each in (1, 2):  # of trained bodies only the last is kept
        lab.each.value = each
        lab.press('start')
        lab.wait(120)
        assert f'Trained: the last block, with {each} of each' in lab.picture.says
    lab.each.value = 1
    assert 'Press Train' in lab.picture.says and 'Trained: the head, with 1 of each' in lab.picture.says
    lab.press('start')
    lab.wait(120)
    assert 'Trained: the last block, with 1 of each' in lab.picture.says and lab.error is None
    lab.reset()

def test_more_pictures_are_right_more_often():
    trials = Trials(load('photos'))
    rates = [sum(trials.run(trials.pictures.classes, n, 'the head', seed)[0].rate for seed in range(3))/3 for n in (1, 5, 20)]
    assert rates[0] + .1 < rates[1] < rates[2] and rates[1] > .7

def test_the_result_waits_for_the_sketch():
    enough = Question('borrowed_eyes.enough', 'How many?', Sketch([1, 2, 5, 10, 20], 0, 100, 'of 100', 'pictures'))
    lab = BorrowedEyesLab(load('photos'), predict=enough)
    assert not lab.revealed
    enough.commit([30, 40, 50, 60, 70])
    assert lab.revealed and lab.error is None and 'right' in lab.picture.says
    lab.close()
