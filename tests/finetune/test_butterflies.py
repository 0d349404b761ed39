"Lesson 12: butterflies within their ranges, three promises over three draws, a lab that follows, answers proved both ways."
import json
from pathlib import Path
import numpy as np, pytest, torch
from hypothesis import given, strategies as st
from course.finetune.butterflies import (CAMERAS, RECIPES, TRAITS, ButterfliesLab, Species, draw_shots, learn_species,
                                         make_parts, meadow, next_photo, paint_wing, photograph, photos_of, said,
                                         stored_trials, trial)
from course.shared.ask import Question
from course.shared.answer import Number
from course.shared.check import load_items
from course.shared.prove import prove

NOTEBOOK = Path(__file__).parents[2]/'nbs/10_finetune/12_butterflies.ipynb'

def new_rate(*key): return np.trace(stored_trials()[key][0])/480
def old_rate(*key): return stored_trials()[key][1]/480

def test_every_answer_is_proved_both_ways(): prove(load_items('butterflies'), NOTEBOOK)

@given(st.integers(0, 10_000), st.integers(1, 4))
def test_every_species_stays_within_its_traits_and_comes_again(seed, n):
    kinds = Species.some(n, seed)
    assert kinds == Species.some(n, seed) and len(kinds) == n
    assert all(low <= getattr(kind, name) <= high for kind in kinds for name, (low, high) in TRAITS.items())

def test_a_trait_out_of_its_range_is_named():
    with pytest.raises(ValueError, match='`hue` goes from 0 to 1; you gave 30'):
        Species(**{**vars(Species.some(1)[0]), 'hue': 30})
    with pytest.raises(ValueError, match="you gave 'blue'"): Species(**{**vars(Species.some(1)[0]), 'hue': 'blue'})

def test_an_unknown_camera_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match='The cameras are the same, negative'): trial(camera='telephone')

def test_the_solution_of_own_species_does_tell_it_apart():
    from course.shared.score import score
    new = Species.some(8, 900)
    nine = (*new, Species(**{**vars(new[0]), 'hue': .6, 'tail': 1, 'pattern': 2.5}))
    x, y = photos_of(nine, 20, 70_000)
    mine = score(y, said(learn_species(photos_of(nine, 3, 60_000), 'head only'), x), classes=[*'ABCDEFGH', 'mine'])
    assert load_items('butterflies')['own'].check(mine) is True
    assert 'whole score' in load_items('butterflies')['own'].check(.8)

@given(st.integers(0, 10_000))
def test_a_photograph_is_colour_from_0_to_1_and_shows_a_dark_body(seed):
    shot = photograph(Species.some(1, seed)[0], np.random.default_rng(seed))
    assert shot.shape == (32, 32, 3) and 0 <= shot.min() and shot.max() <= 1
    assert shot.min() < .25

def test_a_wing_is_painted_on_both_sides_alike():
    down, right = np.mgrid[:32, :32] - 15.5
    shot = np.full((32, 32, 3), .5)
    paint_wing(shot, Species.some(1)[0], 'front', (abs(right)/9, down/9), np.random.default_rng(0))
    assert (shot != .5).any() and np.allclose(shot, shot[:, ::-1])

def test_meadows_differ_and_come_again():
    one, same, other = (meadow(np.random.default_rng(seed)) for seed in (0, 0, 1))
    assert (one == same).all() and (one != other).any()

def test_photographs_come_in_the_order_of_their_species():
    x, y = photos_of(Species.some(3, 5), 2, 1)
    assert x.shape == (6, 3, 32, 32) and y.tolist() == [0, 0, 1, 1, 2, 2]
    with pytest.raises(ValueError, match='At least one photograph'): photos_of((), 3)

@pytest.mark.parametrize('camera', CAMERAS)
def test_a_camera_keeps_the_shape_and_the_range(camera):
    x, _ = photos_of(Species.some(2, 5), 2, 1)
    seen = CAMERAS[camera](x)
    assert seen.shape == x.shape and 0 <= seen.min() and seen.max() <= 1
    if camera in ('negative', 'colours swapped'): assert torch.allclose(CAMERAS[camera](seen), x, atol=1e-6)

def test_the_borrowed_body_knows_its_24_species_and_is_small():
    x, y = photos_of(Species.some(24, 100), 5, 31)
    assert (said(make_parts(24), x) == y.numpy()).mean() > .9
    from course.shared.data import folder
    assert (folder('butterfly_body')/'butterfly_body.safetensors').stat().st_size < 600_000

def test_parts_from_nothing_follow_their_seed_and_leave_chance_alone():
    torch.manual_seed(3)
    before = torch.random.get_rng_state()
    one, same, other = (make_parts(8, False, seed)[0][0].weight for seed in (0, 0, 1))
    assert torch.equal(one, same) and not torch.equal(one, other)
    assert torch.equal(before, torch.random.get_rng_state())

def test_the_head_alone_leaves_the_body_the_same_to_the_last_bit():
    photos = photos_of(Species.some(3, 5), 2, 1)
    shares = []
    taught = learn_species(photos, 'head only', report=lambda share, text='': shares.append(share))
    for kept, first in zip(taught[:4], make_parts(3)[:4]):
        assert all(torch.equal(a, b) for a, b in zip(kept.state_dict().values(), first.state_dict().values()))
    assert shares == sorted(shares) and 0 <= shares[0] and shares[-1] <= 1
    with pytest.raises(ValueError, match='The recipes are'): learn_species(photos, 'magic')

def test_progress_only_grows_through_both_stages():
    shares = []
    learn_species(photos_of(Species.some(2, 5), 2, 1), 'all, early parts slowly',
                  report=lambda share, text='': shares.append(share))
    assert shares == sorted(shares) and .4 < shares[len(shares)//2] < .9

def test_a_trial_comes_again_and_agrees_with_the_table():
    counts, old = trial(3, 'head only', 'the same', 1)
    stored, stored_old = stored_trials()[3, 'head only', 'the same', 1]
    assert counts.sum() == 480 and abs(np.trace(counts) - np.trace(stored)) < 24 and abs(old - stored_old) < 12

def test_the_table_is_whole():
    for (each, recipe, camera, seed), (counts, old) in stored_trials().items():
        assert (counts.sum(1) == 60).all() and (old is None) == recipe.startswith('from nothing')
    wanted = {(each, recipe, camera, seed) for each in (3, 5, 10) for recipe in RECIPES for camera in CAMERAS
              for seed in range(3) if camera == 'the same' or not recipe.startswith('from nothing')}
    assert set(stored_trials()) == wanted

def test_three_photographs_and_a_borrowed_body_beat_six_times_the_rounds():
    gains = [new_rate(3, 'all, early parts slowly', 'the same', seed)
             - new_rate(3, 'from nothing, 6 times as long', 'the same', seed) for seed in range(3)]
    assert np.mean(gains) >= .25 and min(gains) > .1

def test_a_negative_needs_more_than_the_head():
    assert min(new_rate(10, 'all, one rate', 'negative', seed) - new_rate(10, 'head only', 'negative', seed)
               for seed in range(3)) >= .25

def test_small_steps_in_early_parts_keep_the_old_species():
    assert min(old_rate(3, 'all, early parts slowly', 'the same', seed) - old_rate(3, 'all, one rate', 'the same', seed)
               for seed in range(3)) >= .25

@pytest.mark.slow
@pytest.mark.parametrize('seed', range(3))
def test_the_promises_hold_when_trained_anew(seed):
    slowly, kept = trial(3, 'all, early parts slowly', 'the same', seed)
    nothing, _ = trial(3, 'from nothing, 6 times as long', 'the same', seed)
    flat, lost = trial(3, 'all, one rate', 'the same', seed)
    assert np.trace(slowly) - np.trace(nothing) > .1*480 and kept - lost > .25*480
    head, full = (np.trace(trial(10, recipe, 'negative', seed)[0]) for recipe in ('head only', 'all, one rate'))
    assert full - head > .2*480

@pytest.mark.slow
def test_the_body_can_be_made_again_by_the_cell_of_the_lesson():
    cell = next(cell for cell in json.loads(NOTEBOOK.read_text(encoding='utf-8'))['cells'] if cell['id'] == 'remake-run')
    names = dict(make_parts=make_parts, photos_of=photos_of, Species=Species)
    exec(''.join(cell['source']).replace('remake = False', 'remake = True'), names)
    x, y = photos_of(Species.some(24, 100), 20, 30_000)
    assert (said(names['fresh'], x) == y.numpy()).mean() > .95

def test_the_most_confused_pair_is_found():
    assert next_photo([[5, 1, 0], [0, 3, 3], [0, 0, 6]]) == (1, 2, 3)
    assert next_photo(np.eye(3, dtype=int)) == (None, None, 0)

def test_shots_are_labelled(): assert 'two kinds' in draw_shots(Species.some(2), 2, says='two kinds').says

@pytest.fixture
def lab():
    lab = ButterfliesLab()
    yield lab
    lab.close()

def test_the_lab_opens_on_what_is_forgotten_and_follows(lab):
    assert lab.error is None and lab.picture.says.startswith('all, one rate, 3 photographs of each')
    assert 'of 480 of the old ones' in lab.picture.says
    lab.recipe.value = 'from nothing'
    assert 'never known' in lab.picture.says
    lab.camera.value = 'grey'
    assert 'Press Train' in lab.picture.says and 'camera the same' in lab.picture.says
    lab.recipe.value, lab.each.value = 'head only', 10
    assert 'Press Train' not in lab.picture.says and 'head only, 10 photographs' in lab.picture.says
    lab.reset()
    assert lab.state().startswith('each=3') and lab.error is None

def test_another_draw_is_trained_on_demand_and_can_be_stopped(lab):
    lab.load('recipe=head only;seed=7')
    assert 'Press Train' in lab.picture.says and 'draw 1' in lab.picture.says
    lab.press('start')
    lab.wait(120)
    assert lab.error is None and 'Press Train' not in lab.picture.says
    lab.load('recipe=from nothing, 6 times as long;seed=7')
    lab.press('start')
    lab.press('stop')
    lab.wait(120)
    assert lab.job.outcome == 'stopped' and lab.chosen not in lab.known

def test_the_result_waits_for_the_guess():
    forgot = Question('butterflies.forgot', 'How many?', Number(0, 100, 'of 100'))
    lab = ButterfliesLab(predict=forgot)
    assert not lab.revealed
    forgot.commit(60)
    assert lab.revealed and lab.error is None and 'old ones' in lab.picture.says
    lab.close()
