"Lesson 15: one body, many tasks; exact identities, figures over three bodies, answers proved both ways."
from pathlib import Path
import pandas as pd
import pytest, torch
from hypothesis import given, settings, strategies as st
from safetensors.torch import load_file
from course.finetune.mostly_the_same import (WAYS, WORDS, SameLab, draw_ways, letters, merge, new_body, pretrain, read_letters,
                                             start_lora, swap_gap, tune_reader, turn_side)
from course.shared.check import load_items
from course.shared.data import load
from course.shared.prove import prove

NOTEBOOK = Path(__file__).parents[2]/'nbs/10_finetune/15_mostly_the_same.ipynb'
def flat(weights): return torch.cat([part.flatten() for part in weights.values()])

@pytest.fixture(scope='module')
def bodies():
    return {name: {key: part.float() for key, part in load_file(load('letter_bodies')/f'{name}.safetensors').items()}
            for name in ('even', 'tilted')}

@pytest.fixture(scope='module')
def table(): return pd.read_csv(load('letter_bodies')/'ways.csv')

@pytest.fixture(scope='module')
def lora(bodies):
    x, _, river = letters(60, 1000)
    return tune_reader(bodies['even'], x, river, epochs=8)

def test_all_words_differ_and_bodies_have_the_size_that_is_said(bodies):
    assert len(WORDS) == len(set(WORDS)) == 105
    assert all(flat(body).numel() == 110_912 for body in bodies.values())
    assert {key: part.shape for key, part in new_body().items()} == {key: part.shape for key, part in bodies['even'].items()}

@given(st.integers(1, 64), st.integers(0, 99))
@settings(deadline=None, max_examples=15)
def test_an_addition_that_has_not_learned_adds_exactly_nothing(rank, seed):
    body, x = new_body(seed), letters(3, seed)[0]
    assert torch.equal(read_letters(body, x), read_letters(body, x, start_lora(rank, seed)))

@given(st.integers(1, 16), st.integers(0, 99))
@settings(deadline=None, max_examples=15)
def test_merged_is_unmerged_for_any_addition(rank, seed):
    torch.manual_seed(seed)
    extra = {layer: (down, torch.randn_like(up)/30) for layer, (down, up) in start_lora(rank, seed).items()}
    body = {name: part.double() for name, part in new_body(seed).items()}
    extra = {layer: tuple(part.double() for part in pair) for layer, pair in extra.items()}
    from course.finetune.mostly_the_same import Tuned
    tuned = Tuned(body, (torch.randn(2, 64).double(), torch.zeros(2).double()), extra)
    x = letters(5, seed)[0]
    assert torch.allclose(tuned.answer(x), merge(tuned).answer(x), atol=1e-9)

def test_a_trained_addition_merges_within_a_millionth(lora):
    x = letters(300, 7)[0]
    assert (merge(lora).praise(x) - lora.praise(x)).abs().max() < 2e-6

def test_lora_trains_at_most_two_percent_and_leaves_the_body_alone(bodies, lora):
    assert lora.trained == 4*4*128 + 130 and lora.trained/110_912 <= .02
    assert lora.body is bodies['even'] and len(lora.extra) == 4

def test_no_way_changes_the_body_it_was_given(bodies):
    body, x, (likes, river) = bodies['even'], letters(20, 1)[0], letters(20, 1)[1:]
    before = flat(body).clone()
    for way in WAYS: tune_reader(body, x, likes, way, epochs=2)
    assert torch.equal(flat(body), before) and not any(part.requires_grad for part in body.values())

def test_a_second_head_leaves_the_first_as_it_was(bodies):
    x, likes, river = letters(20, 1)
    first = tune_reader(bodies['even'], x, likes, 'the head')
    before = first.answer(x)
    tune_reader(bodies['even'], x, river, 'the head', seed=1)
    assert torch.equal(first.answer(x), before)

def test_the_same_seed_gives_the_same_result_and_leaves_the_dice_of_others_alone():
    torch.manual_seed(1); before = torch.get_rng_state()
    x, likes, _ = letters(20, 3)
    one, two = (tune_reader(new_body(2), x, likes, epochs=2, seed=5) for _ in range(2))
    assert torch.equal(one.answer(x), two.answer(x)) and torch.equal(torch.get_rng_state(), before)
    assert torch.equal(flat(pretrain(x, epochs=1)[0]), flat(pretrain(x, epochs=1)[0]))

def test_reading_lowers_the_surprise():
    x = letters(256, 4)[0]
    assert pretrain(x, epochs=4)[1] < pretrain(x, epochs=1)[1] - .3

@given(st.integers(1, 40), st.integers(0, 99), st.floats(0, 1))
@settings(deadline=None, max_examples=30)
def test_a_swap_changes_places_only(n, seed, tilt):
    x, likes, river = letters(n, seed, tilt)
    hill, other = turn_side(x)
    spots = [2, 9, 16, 23]
    rest = [place for place in range(29) if place not in spots]
    assert torch.equal(hill[:, rest], x[:, rest]) and torch.equal(other[:, rest], x[:, rest])
    assert ((5 <= hill[:, spots]) & (hill[:, spots] < 15)).all() and torch.equal(other[:, spots], hill[:, spots] + 10)
    assert torch.equal(river, (x[:, 2] >= 15).long()) and 5 <= x[:, spots].min() and x.max() < 105

def test_a_full_tilt_praises_the_hill_only():
    x = letters(300, 1, tilt=1.)[0]
    assert ((x[:, 4] >= 65) == (x[:, 2] < 15)).all()

def test_the_gap_is_what_it_says():
    (gap, low, high), turned = swap_gap([.9, .6, .4], [.7, .4, .2])
    assert gap == pytest.approx(20) and low <= gap <= high and turned == pytest.approx(1/3)
    assert swap_gap([.5, .2], [.5, .2])[0][0] == 0

@pytest.mark.parametrize('call, words', [
    (lambda: letters(3, tilt=30), 'Divide percents'), (lambda: start_lora(0), 'from 1 to 64'),
    (lambda: tune_reader(new_body(), *letters(5)[:2], way='magic'), 'the head, LoRA, everything, from nothing'),
    (lambda: tune_reader(new_body(), letters(5)[0], [1, 0]), '5, 2 came'),
    (lambda: swap_gap([.5, .4], [.5]), '2 and 1 chances'), (lambda: swap_gap([50, 4], [5, 5]), 'Divide percents')])
def test_bad_input_gets_one_sentence(call, words):
    with pytest.raises(ValueError, match=words): call()

# Figures over three bodies, from the table; half the smallest gap that was seen as the limit

def values(table, what, body, task, n, way):
    rows = table[(table.body == body) & (table.task == task) & (table.letters == n) & (table.way == way)]
    assert sorted(rows.seed) == [0, 1, 2]
    return rows.sort_values('seed')[what].to_numpy()

def test_a_head_does_what_the_body_kept_and_not_what_it_never_needed(table):
    assert values(table, 'right', 'even', 'praise or blame', 20, 'the head').min() > 880
    assert values(table, 'right', 'even', 'hill or river', 60, 'the head').max() < 620
    assert (values(table, 'right', 'even', 'hill or river', 60, 'LoRA') - values(table, 'right', 'even', 'hill or river', 60, 'the head')).min() > 150

def test_a_fully_trained_body_stays_mostly_the_same(table):
    trained = table[table.way == 'everything']
    assert trained.cosine.min() > .95 and table[table.way == 'the head'].cosine.min() > .9999

def test_the_tilt_survives_clean_labels_and_most_where_the_body_is_frozen(table):
    head = values(table, 'gap', 'tilted', 'praise or blame', 200, 'the head')
    assert (head - values(table, 'gap', 'even', 'praise or blame', 200, 'the head')).min() > 5
    assert (head - values(table, 'gap', 'tilted', 'praise or blame', 200, 'everything')).min() > 2

def test_a_row_of_the_table_can_be_made_again(bodies, table):
    x, likes, _ = letters(20, 1000)
    test, truth, _ = letters(1000, 2000)
    right = (tune_reader(bodies['even'], x, likes, 'the head').answer(test).argmax(1) == truth).sum().item()
    assert abs(right - values(table, 'right', 'even', 'praise or blame', 20, 'the head')[0]) <= 10

@pytest.mark.slow
def test_the_body_on_file_can_be_made_again(bodies):
    again = pretrain(letters(3000, 0)[0], 0)[0]
    assert torch.cosine_similarity(flat(again), flat(bodies['even']), 0) > .98

def test_the_lab_opens_with_the_effect_and_follows_its_controls(table):
    lab = SameLab(table)
    assert lab.picture.says.startswith('The tilted body') and 'points' in lab.picture.says and lab.error is None
    before = lab.state()
    lab.load('body=even;letters=20;what=right answers')
    assert 'even body, praise or blame, 20 letters. Right' in lab.picture.says and 'from nothing' in lab.picture.says
    lab.load('task=hill or river;what=gap')
    assert 'hill or river' in lab.picture.says and 'Right of 1,000' in lab.picture.says
    lab.load(before)
    assert lab.picture.says.startswith('The tilted body')
    lab.close()

def test_the_picture_says_its_range(table):
    says = draw_ways(table, 'even', 'hill or river', 60, 'right').says
    assert 'Mean and range of 3 bodies' in says and 'the head' in says

def test_every_answer_is_proved_both_ways(): prove(load_items('mostly_the_same'), NOTEBOOK)
