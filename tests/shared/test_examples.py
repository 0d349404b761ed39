"Examples of any form come in piles, none lost, none twice."
import numpy as np, pytest, torch
from hypothesis import given, strategies as st
from course.shared.data import load
from course.shared.examples import Opened, as_dataset, one_worker, piles_of, see_once

@given(st.integers(2, 40), st.integers(1, 12), st.integers(0, 9))
def test_each_example_comes_once_in_the_order_asked_for(n, pile, seed):
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    given_out = [y for _, y in piles_of(as_dataset((torch.zeros(n, 1), torch.arange(n))), order, pile)]
    assert torch.cat(given_out).tolist() == order.tolist()
    assert pile == 1 or all(2 <= len(y) <= pile + 1 for y in given_out)

def test_arrays_lists_tensors_and_datasets_give_the_same():
    x, y = np.arange(8.).reshape(4, 2), [0, 1, 1, 0]
    class Own(torch.utils.data.Dataset):
        def __len__(self): return 4
        def __getitem__(self, row): return torch.tensor(x[row]).float(), y[row]
    first, second = (next(piles_of(as_dataset(data), torch.arange(4), 4)) for data in ((x, y), Own()))
    assert all(torch.equal(a, b) for a, b in zip(first, second)) and first[0].dtype == torch.float32

def test_pictures_are_opened_when_asked_for():
    photos = load('photos').take([0, 50])
    x, y = next(piles_of(as_dataset(photos, 64), torch.arange(2), 2))
    assert x.shape == (2, 3, 64, 64) and y.tolist() == list(photos.labels) and len(Opened(photos)) == 2

@pytest.mark.parametrize('data, kind, says', [
    ((torch.zeros(3, 2), [0, 1]), ValueError, '3 examples came with 2'), (None, TypeError, 'a NoneType came'),
    ((torch.zeros(1, 2), [0]), ValueError, 'two examples at least; 1 came')])
def test_what_is_no_examples_is_told_in_one_sentence(data, kind, says):
    with pytest.raises(kind, match=says): as_dataset(data)

def test_what_is_seen_once_is_what_is_seen_each_time():
    front, x = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Dropout()), torch.randn(7, 3)
    seen = see_once(front, as_dataset((x, torch.arange(7))), 3, 'cpu')
    assert torch.allclose(seen.tensors[0], front.eval()(x)) and seen.tensors[1].tolist() == list(range(7))

def test_one_worker_puts_back_what_was_there_also_after_an_error():
    before = torch.get_num_threads()
    with pytest.raises(ZeroDivisionError):
        with one_worker():
            assert torch.get_num_threads() == 1
            1/0
    assert torch.get_num_threads() == before
