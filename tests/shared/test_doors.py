"What is no whole number is refused with one sentence."
import numpy as np, pytest
from course.shared.doors import need_whole

@pytest.mark.parametrize('value', [1, 7, np.int64(3), np.uint8(1)])
def test_whole_numbers_pass(value): assert need_whole('draws', value) is None

@pytest.mark.parametrize('value', [0, -1, 1.5, 2., True, '3', None, float('nan'), np.float64(2)])
def test_anything_else_is_refused_with_what_came(value):
    with pytest.raises(ValueError) as caught: need_whole('draws', value)
    assert str(caught.value) == f'`draws` is a whole number from 1 up; you gave {value!r}.'
