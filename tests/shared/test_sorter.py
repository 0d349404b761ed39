"A sorter is the same for the same pictures, is kept whole, and says in one sentence what is the matter."
import errno, json, os
import numpy as np, pytest, torch
from PIL import Image
from course.shared import sorter as tool
from course.shared.pictures import Pictures
from course.shared.score import score
from course.shared.sorter import Sorter, load_sorter, save_sorter, teach, train_head

@pytest.fixture(scope='module')
def pictures(tmp_path_factory):
    "Twelve plain pictures: red ones and blue ones."
    place, paths, dice = tmp_path_factory.mktemp('plain'), [], np.random.default_rng(0)
    for i in range(12):
        dots = dice.integers(0, 60, (64, 64, 3)).astype(np.uint8)
        dots[..., 0 if i < 6 else 2] += 180
        paths.append(place/f'{i}.png')
        Image.fromarray(dots).save(paths[-1])
    return Pictures(tuple(paths), (0,)*6 + (1,)*6, ('red', 'blue'), 'plain')

def test_a_head_finds_what_can_be_found_and_is_the_same_each_time():
    dice = np.random.default_rng(1)
    seen, labels = dice.normal(size=(30, 8)), np.arange(30) % 3
    seen[np.arange(30), labels] += 6
    head = train_head(seen, labels, 3)
    assert head.shape == (8, 3) and torch.equal(head, train_head(seen, labels, 3))
    assert (torch.nn.functional.normalize(torch.tensor(seen).float()) @ head).argmax(1).tolist() == labels.tolist()

def test_the_head_agrees_with_scikit_learn():
    from sklearn.linear_model import LogisticRegression
    dice = np.random.default_rng(2)
    seen, labels = dice.normal(size=(40, 5)), dice.integers(0, 3, 40)
    seen /= np.linalg.norm(seen, axis=1, keepdims=True)
    other = LogisticRegression(C=1/.5, fit_intercept=False, tol=1e-8, max_iter=2000).fit(seen, labels)
    ours = torch.softmax(torch.tensor(seen).float() @ train_head(seen, labels, 3, keep=.5), 1)
    assert np.abs(ours.numpy() - other.predict_proba(seen)).max() < 5e-3

@pytest.mark.parametrize('start', [18, 16])
def test_a_sorter_learns_is_saved_and_comes_back(pictures, tmp_path, start):
    sorter = teach(pictures, start, size=64, **({} if start == 18 else {'epochs': 1}))
    chances = sorter.chances(pictures)
    assert chances.shape == (12, 2) and torch.allclose(chances.sum(1), torch.ones(12))
    assert chances.argmax(1).tolist() == list(pictures.labels)
    place = save_sorter(sorter, tmp_path/'my sorter é', score(pictures.labels, chances.argmax(1), classes=pictures.classes))
    again = load_sorter(place)
    assert again.classes == ('red', 'blue') and torch.allclose(again.chances(pictures), chances, atol=1e-5)
    card = json.loads((place/'card.json').read_text(encoding='utf-8'))
    assert card['score']['n'] == 12 and card['classes'] == ['red', 'blue'] and card['made'] and card['size'] == 64

def test_one_class_is_refused_in_one_sentence(pictures):
    with pytest.raises(ValueError, match='at least two classes'): teach(pictures.take(range(6)))
    with pytest.raises(ValueError, match='A body has parts 0 to 17'): teach(pictures, 19)

@pytest.fixture
def kept(tmp_path): return save_sorter(Sorter(('a', 'b'), torch.zeros(1280, 2)), tmp_path/'kept')

def test_what_cannot_be_loaded_says_why(kept, tmp_path):
    card = json.loads((kept/'card.json').read_text())
    with pytest.raises(ValueError, match='holds no sorter'): load_sorter(tmp_path/'nowhere')
    (kept/'card.json').write_text(json.dumps(card | {'format': 99, 'course': '9.9'}))
    with pytest.raises(ValueError, match='format 99 by course 9.9'): load_sorter(kept)
    (kept/'card.json').write_text(json.dumps({name: value for name, value in card.items() if name != 'classes'}))
    with pytest.raises(ValueError, match='holds no sorter'): load_sorter(kept)
    (kept/'card.json').write_text(json.dumps(card | {'classes': ['a', 'b', 'c']}))
    with pytest.raises(ValueError, match='names 3 classes'): load_sorter(kept)
    (kept/'card.json').write_text(json.dumps(card))
    weights = next(kept.glob('*.safetensors'))
    weights.write_bytes(weights.read_bytes()[:50])
    with pytest.raises(ValueError, match='cut off'): load_sorter(kept)

def test_a_full_disk_leaves_what_was_there(kept, monkeypatch):
    before = {path.name: path.read_bytes() for path in kept.iterdir()}
    def full(number): raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr(os, 'fsync', full)
    with pytest.raises(OSError, match='could not be saved'): save_sorter(Sorter(('x', 'y'), torch.ones(1280, 2)), kept)
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == before

def test_a_power_cut_between_the_two_files_leaves_the_old_sorter(kept, monkeypatch):
    old, replace = load_sorter(kept), os.replace
    def cut(source, goal):
        if str(goal).endswith('card.json'): raise OSError(errno.EIO, 'power cut')
        replace(source, goal)
    monkeypatch.setattr(os, 'replace', cut)
    with pytest.raises(OSError, match='could not be saved'): save_sorter(Sorter(('x', 'y'), torch.ones(1280, 2)), kept)
    monkeypatch.undo()
    assert load_sorter(kept).classes == old.classes and torch.equal(load_sorter(kept).head, old.head)

def test_saving_again_leaves_two_files(kept):
    save_sorter(Sorter(('x', 'y'), torch.ones(1280, 2)), kept)
    assert load_sorter(kept).classes == ('x', 'y') and len(list(kept.iterdir())) == 2

def test_heads_trained_at_once_leave_the_processors_as_they_were():
    from concurrent.futures import ThreadPoolExecutor
    dice = np.random.default_rng(3)
    seen, labels = dice.normal(size=(60, 50)), np.arange(60) % 3
    before = [part['num_threads'] for part in tool.calculators().info()]
    with ThreadPoolExecutor(6) as pool: list(pool.map(lambda _: train_head(seen, labels, 3), range(24)))
    assert [part['num_threads'] for part in tool.calculators().info()] == before
