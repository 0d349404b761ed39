"Lesson 11: the same inside, three futures outside; a lab moved by values; answers proved both ways."
from pathlib import Path
import pytest, torch
from hypothesis import given, settings, strategies as st
from course.finetune.adding import NETS, RANGES, AddingLab, Taught, ask_net, draw_answers, new_net, pairs, teach_net
from course.shared.check import load_items
from course.shared.prove import prove

NOTEBOOK = Path(__file__).parents[2]/'nbs/10_finetune/11_adding.ipynb'
SEEDS = 0, 1, 2

@pytest.fixture(scope='module')
def taught(): return {(kind, seed): teach_net(*pairs(seed=seed), kind, seed) for kind in NETS for seed in SEEDS}

@pytest.mark.parametrize('seed', SEEDS)
def test_inside_all_three_look_alike(taught, seed):
    assert all(ask_net(taught[kind, seed], *pairs(seed=50 + seed)).right > 850 for kind in NETS)

@pytest.mark.parametrize('seed', SEEDS)
def test_the_linear_net_found_one_one_and_nothing(taught, seed):
    zero, first, second = taught['linear', seed].answer([[0., 0.], [1., 0.], [0., 1.]]).tolist()
    assert abs(zero) < 1e-3 and abs(first - zero - 1) < 1e-3 and abs(second - zero - 1) < 1e-3
    assert ask_net(taught['linear', seed], *pairs(1000, -100, 999, seed)).right == 1000

@pytest.mark.parametrize('seed', SEEDS)
def test_outside_the_bending_nets_are_wrong_each_in_its_way(taught, seed):
    asked = {kind: ask_net(taught[kind, seed], *pairs(1000, 0, 999, seed)) for kind in NETS}
    assert asked['ReLU'].right < 100 and asked['tanh'].right < 100
    assert asked['tanh'].off[0] > asked['ReLU'].off[0] > 20*asked['linear'].off[0]

@pytest.mark.parametrize('seed', SEEDS)
def test_tanh_levels_off_and_relu_goes_straight(taught, seed):
    far = [taught[kind, seed].answer([[a, a] for a in (4e4, 5e4, 6e4)]) for kind in ('tanh', 'ReLU')]
    assert far[0].std() < 1 and torch.allclose(far[1].diff()[0], far[1].diff()[1], rtol=1e-3)

@pytest.mark.parametrize('seed', SEEDS)
def test_inside_too_no_net_is_equal_more_than_half_the_time(taught, seed):
    assert all(ask_net(taught[kind, seed], *pairs(seed=70 + seed)).equal < 500 for kind in NETS)

@pytest.mark.parametrize('seed', SEEDS)
def test_no_net_is_equal_to_a_million_more_than_half_the_time(taught, seed):
    assert all(ask_net(taught[kind, seed], *pairs(1000, *RANGES['about a million'], seed)).equal < 500 for kind in NETS)

@pytest.mark.parametrize('kind', NETS)
def test_the_same_seed_gives_the_same_net_and_leaves_the_dice_of_others_alone(kind):
    torch.manual_seed(4); before = torch.get_rng_state()
    one, two = (teach_net(*pairs(20), kind, 7, steps=5) for _ in range(2))
    assert torch.equal(one.answer([[3., 4.]]), two.answer([[3., 4.]]))
    assert torch.equal(torch.get_rng_state(), before)

@given(st.integers(1, 300), st.integers(-50, 50), st.integers(0, 90), st.integers(0, 9))
@settings(deadline=None, max_examples=30)
def test_pairs_are_whole_numbers_in_their_range_and_sums_are_sums(n, low, more, seed):
    x, y = pairs(n, low, low + more, seed)
    assert x.shape == (n, 2) and (x >= low).all() and (x <= low + more).all()
    assert torch.equal(x, x.round()) and torch.equal(x.sum(1), y)

@given(st.floats(.01, 100), st.integers(0, 5))
@settings(deadline=None, max_examples=20)
def test_an_answer_that_is_off_by_a_known_amount_is_measured_as_such(off, seed):
    class Off(torch.nn.Module):
        def forward(self, x): return x.sum(1, keepdim=True)
    net = Taught('linear', Off(), 3, (torch.zeros(2), torch.ones(2), torch.tensor(off).double(), torch.ones(())), 0.)
    asked = ask_net(net, *pairs(50, seed=seed))
    assert asked.off[0] == pytest.approx(off, rel=1e-4) and asked.equal == 0
    assert asked.right == (50 if round(off) == 0 and off < .4999 else asked.right)

def test_a_row_that_never_varies_is_no_problem():
    rows = torch.tensor([[1., k] for k in range(9)]).double()
    assert teach_net(rows, 2*rows[:, 1], 'linear').answer([[1., 4.]]).item() == pytest.approx(8, abs=.01)

@pytest.mark.parametrize('call, words', [
    (lambda: pairs(0), 'At least one pair'), (lambda: pairs(3, 9, 1), 'low=9, high=1'),
    (lambda: new_net('magic'), 'The nets are linear, ReLU, tanh'),
    (lambda: teach_net([[1., 2.]]*2, [3.]*2, 'linear'), 'At least 3 rows'),
    (lambda: teach_net([[1.]]*4, [3.]*4, 'linear'), 'At least 3 rows'),
    (lambda: teach_net([[1., 2.]]*4, [3., float('nan'), 3., 3.], 'linear'), 'missing or infinite'),
    (lambda: ask_net(teach_net(*pairs(9), 'linear', steps=1), *pairs(1)), 'Two questions')])
def test_bad_input_gets_one_sentence(call, words):
    with pytest.raises(ValueError, match=words): call()

def test_what_is_said_is_never_one_number_alone(taught):
    said = str(ask_net(taught['tanh', 0], *pairs(1000, 0, 999)))
    assert 'of 1000 right after rounding (' in said and 'off by' in said and ' to ' in said

def test_the_picture_carries_its_numbers(taught):
    net = taught['ReLU', 0]
    picture = draw_answers(net, 0, 999, ask_net(net, *pairs(100, 0, 999)))
    assert {'true', 'ReLU'} <= set(picture.table[0]) and len(picture.table) == 41

@pytest.fixture(scope='module')
def lab():
    lab = AddingLab()
    yield lab
    lab.close()

def test_the_lab_opens_with_the_effect_and_follows_its_controls(lab):
    assert lab.picture.says.startswith('tanh: ') and lab.error is None
    before = lab.state()
    lab.net.value = 'linear'
    assert 'linear: 1000 of 1000' in lab.picture.says
    for asked in RANGES:
        lab.asked.value = asked
        assert lab.error is None
    lab.load('net=ReLU;learned=4;asked=0 to 99')
    assert 'ReLU' in lab.picture.says and lab.measure().right < 500
    lab.load(before)
    assert lab.picture.says.startswith('tanh: ')

def test_the_guess_is_drawn_only_over_the_net_it_was_about():
    class Asked:
        form, committed, mark = None, [0, 0], type('Mark', (), {'points': ((0, 0), (2000, 500)), 'says': 'You said so.'})
        def observe(self, callback): pass
        def unobserve(self, callback): pass
    lab = AddingLab(predict=Asked())
    assert 'your guess' in lab.picture.table[0]
    lab.net.value = 'ReLU'
    assert 'your guess' not in lab.picture.table[0]
    lab.close()

def test_every_answer_is_proved_both_ways(): prove(load_items('adding'), NOTEBOOK)
