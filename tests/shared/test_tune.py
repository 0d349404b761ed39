"A training keeps its promises: what is frozen stays, what is kept goes on to the last bit, and what cannot work is told in a sentence."
import os, signal, subprocess, sys, textwrap
import pytest, torch
from hypothesis import given, strategies as st
from torch import nn
from course.shared.tune import Plan, Tuning, finetune, freeze, one_cycle, keep_training, read_kept, trained_parts

def points(n=80, seed=0):
    x = torch.randn(n, 4, generator=torch.Generator().manual_seed(seed))
    return x, (x[:, 0]*x[:, 1] > 0).long()

def make(seed=0, answers=2):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return [nn.Sequential(nn.Linear(4, 16), nn.BatchNorm1d(16), nn.ReLU()),
                nn.Sequential(nn.Linear(16, 16), nn.ReLU(), nn.Dropout(.2)), nn.Linear(16, answers)]

def weights(model): return {name: value.clone() for name, value in nn.Sequential(*model).state_dict().items()}
def same(one, other): return all(torch.equal(value, other[name]) for name, value in one.items())

@given(st.floats(0, 1))
def test_steps_stay_within_their_bounds(place): assert 0 < one_cycle(place) <= 1

def test_the_cycle_is_the_published_one():
    assert [one_cycle(place) for place in (0, .125, .25, .5, .75, 1)] == pytest.approx([.04, .52, 1, .750003, .250007, 1e-5], abs=1e-6)

@pytest.mark.parametrize('epochs, n, pile', [(1, 2, 32), (1, 3, 1), (2, 2, 1), (1, 33, 32)])
def test_a_training_of_hardly_any_steps_works(epochs, n, pile):
    parts = make()[1:] if pile == 1 else make()  # one example cannot be normalised
    x, y = points(n)
    done = finetune(parts, (torch.randn(n, 16), y) if pile == 1 else (x, y), epochs=epochs, pile=pile, device='cpu')
    assert done.ended == 'done' and len(done.epochs) == epochs

@pytest.mark.parametrize('unfreeze, moved', [('head', 1), (2, 2), ('all', 3)])
def test_frozen_parts_do_not_move_by_a_bit(unfreeze, moved):
    parts, other = make(), points(20, 9)
    nn.functional.cross_entropy(nn.Sequential(*parts)(other[0]), other[1]).backward()  # slopes of an earlier training
    before = [weights([part]) for part in parts]
    finetune(parts, points(), points(30, 1), epochs=2, rate=.01, unfreeze=unfreeze, device='cpu')
    assert [same(old, weights([part])) for old, part in zip(before, parts)] == [True]*(3 - moved) + [False]*moved

def test_gradual_unfreezing_moves_one_more_part_each_epoch():
    parts, seen = make(), []
    before = [weights([part]) for part in parts]
    def look(epoch): seen.append((epoch.trained, [same(old, weights([part])) for old, part in zip(before, parts)]))
    finetune(parts, points(), epochs=4, rate=.01, unfreeze='gradual', after=look, device='cpu')
    assert seen == [(1, [True, True, False]), (2, [True, False, False]), (3, [False]*3), (3, [False]*3)]

def test_earlier_parts_take_smaller_steps():
    work = Tuning(make(), points(), None, Plan(rate=.01, spread=2., device='cpu'))
    assert [round(group['most'], 6) for group in work.tools[0].param_groups] == [.01, .005, .0025]

def test_the_same_plan_gives_the_same_weights_and_leaves_the_dice_alone():
    state = torch.random.get_rng_state()
    one, other = (finetune(make(), points(), epochs=3, rate=.01, seed=5, device='cpu') for _ in range(2))
    assert same(one.model.state_dict(), other.model.state_dict()) and torch.equal(state, torch.random.get_rng_state())
    assert not same(one.model.state_dict(), finetune(make(), points(), epochs=3, rate=.01, seed=6, device='cpu').model.state_dict())

@pytest.mark.parametrize('unfreeze', ['head', 'gradual', 'all'])
def test_a_broken_run_goes_on_to_the_same_bits(tmp_path, unfreeze):
    plan = dict(epochs=5, rate=.01, unfreeze=unfreeze, pile=16, accumulate=2, device='cpu')
    whole = finetune(make(), points(), points(40, 2), **plan)
    for at in (.3, .7):
        def cut(share, text):
            if share > at: raise KeyboardInterrupt
        with pytest.raises(KeyboardInterrupt): finetune(make(), points(), points(40, 2), tmp_path/'kept.pt', report=cut, **plan)
    again = finetune(make(), points(), points(40, 2), tmp_path/'kept.pt', **plan)
    assert same(whole.model.state_dict(), again.model.state_dict()) and whole.best == again.best
    assert [(e.cost, e.test, e.right) for e in whole.epochs] == [(e.cost, e.test, e.right) for e in again.epochs]
    at_once = finetune(make(7), points(), points(40, 2), tmp_path/'kept.pt', **plan)  # done already: only loaded
    assert same(whole.model.state_dict(), at_once.model.state_dict())

def test_a_killed_process_goes_on_to_the_same_bits(tmp_path):
    program = textwrap.dedent(f'''
        import os, signal, sys
        sys.path.insert(0, {str(os.path.dirname(__file__))!r})
        from test_tune import *
        def die(epoch):
            if epoch.number == 2: os.kill(os.getpid(), signal.SIGKILL)
        finetune(make(), points(), points(40, 2), {str(tmp_path/'kept.pt')!r}, epochs=4, rate=.01, device='cpu', after=die)''')
    assert subprocess.run([sys.executable, '-c', program]).returncode == -signal.SIGKILL
    whole, again = (finetune(make(), points(), points(40, 2), keep, epochs=4, rate=.01, device='cpu')
                    for keep in (None, tmp_path/'kept.pt'))
    assert same(whole.model.state_dict(), again.model.state_dict())

def test_another_plan_or_a_damaged_file_is_told_and_left_alone(tmp_path):
    keep = tmp_path/'kept.pt'
    finetune(make(), points(), keep=keep, epochs=1, device='cpu')
    with pytest.raises(ValueError, match='another epochs, rate'): finetune(make(), points(), keep=keep, epochs=2, rate=.5)
    keep.write_bytes(keep.read_bytes()[:100])
    with pytest.raises(ValueError, match='holds no training that can be read'): finetune(make(), points(), keep=keep)

def test_a_full_disk_leaves_the_kept_file(tmp_path, monkeypatch):
    keep = tmp_path/'kept.pt'
    keep_training({'plan': {}}, keep)
    def full(number): raise OSError(28, 'No space left on device')
    monkeypatch.setattr(os, 'fsync', full)
    with pytest.raises(OSError, match='could not be kept.*No space left.*it goes on'): keep_training({'plan': {'a': 1}}, keep)
    assert read_kept(keep, {}) == {'plan': {}}

def test_the_best_weights_are_kept_and_patience_ends_it():
    tests = []
    done = finetune(make(), points(30), points(200, 3), epochs=60, rate=.05, patience=3, device='cpu', after=lambda e: tests.append(e.test))
    assert done.ended == 'no longer better' and len(tests) == done.best + 3 and min(tests) == tests[done.best - 1]
    answers = done.model(points(200, 3)[0])
    assert nn.functional.cross_entropy(answers, points(200, 3)[1]).item() == pytest.approx(min(tests), abs=1e-5)

def test_a_budget_that_is_spent_ends_the_training():
    asked = []
    def spent(): return len(asked) > 3 or asked.append(1)
    done = finetune(make(), points(), epochs=50, pile=16, enough=spent, device='cpu')
    assert done.ended == 'enough' and len(done.epochs) == 1

def test_answers_may_be_numbers():
    x, _ = points(200)
    done = finetune([nn.Linear(4, 1)], (x, x @ torch.tensor([[1.], [2.], [3.], [0.]])), epochs=60, rate=.1, device='cpu')
    assert done.epochs[-1].cost < .05 and done.epochs[-1].right is None

@pytest.mark.parametrize('n', [20, 32, 33, 41, 44, 70]) # also where the last step has fewer examples
def test_four_piles_of_8_before_a_step_are_one_of_32(n):
    def plain():
        torch.manual_seed(0)
        return [nn.Linear(4, 8), nn.Sequential(nn.Tanh(), nn.Linear(8, 2))]
    one, four = (finetune(plain(), points(n), epochs=3, rate=.01, pile=pile, accumulate=k, device='cpu').model.state_dict()
                 for pile, k in ((32, 1), (8, 4)))
    assert all(torch.allclose(value, four[name], atol=1e-5) for name, value in one.items()) and not same(one, weights(plain()))

@pytest.mark.parametrize('plan, kind, says', [
    (dict(unfreeze=4), ValueError, 'from 1 to 3; you gave 4'), (dict(unfreeze='tail'), ValueError, "you gave 'tail'"),
    (dict(rate=0), ValueError, 'above 0'), (dict(epochs=0), ValueError, '`epochs` is a whole number from 1'),
    (dict(pile=2.5), ValueError, '`pile` is a whole number'), (dict(speed=1), TypeError, 'A plan has epochs, rate.*you gave speed')])
def test_a_plan_that_cannot_work_is_told_in_one_sentence(plan, kind, says):
    with pytest.raises(kind, match=says): finetune(make(), points(), device='cpu', **plan)

def test_labels_and_answers_must_fit():
    with pytest.raises(ValueError, match='tells 2 classes apart.*go from 0 to 5'): finetune(make(), (points(6)[0], range(6)), device='cpu')
    with pytest.raises(ValueError, match='one part at least'): finetune([], points(), device='cpu')

def test_numbers_that_are_none_stop_the_training_at_once():
    x, y = points()
    x[3] = float('nan')
    with pytest.raises(ValueError, match='The cost is nan in epoch 1.*Try a rate of'): finetune(make(), (x, y), device='cpu')

@given(st.integers(1, 6), st.integers(0, 20))
def test_gradual_never_trains_more_than_there_is(parts, epoch): assert 1 <= trained_parts('gradual', parts, epoch) <= parts

def test_freezing_keeps_what_normalisation_would_collect():
    parts = make()
    freeze(parts, 2)
    before = weights(parts[:1])
    nn.Sequential(*parts)(points()[0])
    assert same(before, weights(parts[:1]))

@pytest.mark.gpu
def test_it_runs_on_a_card_with_short_numbers():
    done = finetune(make(), points(400), points(200, 3), epochs=10, rate=.02, mixed=True, device='cuda')
    assert done.epochs[done.best - 1].right > .7
