"What a lab writes down, it can read back; what it cannot read, it explains."
import pytest
from hypothesis import given, strategies as st
from ipywidgets import Button, Checkbox, Dropdown, FloatSlider, IntSlider, ToggleButtons
from course.shared.state import named_controls, read_state, read_value, write_state, write_value

def controls():
    return {'threshold': FloatSlider(value=.5, min=0, max=1, description='Threshold'), 'seed': IntSlider(value=3, max=99, description='Seed'),
            'group': Dropdown(options=[('all of them', 0), ('a=b; c', 1), ('été', 2)], description='Group'),
            'sure': Checkbox(value=False, description='Sure?'), 'go': Button(description='Go')}

@given(st.floats(0, 1), st.integers(0, 99), st.sampled_from([0, 1, 2]), st.booleans())
def test_a_state_comes_back_as_it_was(threshold, seed, group, sure):
    first, second = controls(), controls()
    first['threshold'].value, first['seed'].value, first['group'].value, first['sure'].value = threshold, seed, group, sure
    for control, trait, value in read_state(second, write_state(first)): setattr(control, trait, value)
    assert write_state(second) == write_state(first) and (second['group'].value, second['sure'].value) == (group, sure)
    assert second['threshold'].value == pytest.approx(threshold, rel=1e-5, abs=1e-6) and second['seed'].value == seed

def test_a_state_is_short_and_readable():
    assert write_state(controls()) == 'threshold=0.5;seed=3;group=all of them;sure=no'

@pytest.mark.parametrize('text, says', [
    ('threshold=30', 'threshold goes from 0.0 to 1.0; you gave 30.'), ('threshold=high', "threshold is a number from 0.0 to 1.0; you gave 'high'."),
    ('threshold=nan', 'goes from'), ('seed=1.5', 'seed is a number'), ('speed=1', "no 'speed'. It has: threshold, seed, group, sure."),
    ('threshold', "Write name=value, with ; between two of them; you gave 'threshold'."), ('sure=perhaps', 'sure is yes or no'),
    ('group=none', "group is one of: all of them, a=b; c, été; you gave 'none'."), ('go=1', "no 'go'")])
def test_what_cannot_be_read_is_explained(text, says):
    with pytest.raises(ValueError) as error: read_state(controls(), text)
    assert says in str(error.value)

def test_nothing_is_set_when_one_part_is_wrong():
    some = controls()
    with pytest.raises(ValueError): read_state(some, 'threshold=.9;seed=nine')
    assert some['threshold'].value == .5

def test_spaces_and_a_last_semicolon_do_no_harm():
    assert [value for *_, value in read_state(controls(), ' threshold = .25 ; seed=4; ')] == [.25, 4]

def test_names_come_from_attributes_then_from_labels():
    class Owner: pass
    owner, kept = Owner(), IntSlider(description='How many?')
    owner.how_many_goats = kept
    assert list(named_controls([kept, Checkbox(description='Was it Ärger?')], owner)) == ['how_many_goats', 'was_it_ärger']

@pytest.mark.parametrize('label', ['', '   '])
def test_a_control_without_words_is_refused(label):
    with pytest.raises(ValueError, match='IntSlider needs words beside it'): named_controls([IntSlider(description=label)])

def test_five_controls_are_refused():
    with pytest.raises(ValueError, match='at most four controls; you gave 5'): named_controls([IntSlider(description=str(n)) for n in range(5)])

def test_two_controls_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Two controls are called 'goats'"): named_controls([IntSlider(description='Goats')]*2)

def test_an_empty_choice_is_left_out():
    assert write_value(ToggleButtons(options=['a'], value=None, description='Which')) is None
    assert read_value('which', ToggleButtons(options=['a', 'b'], description='Which'), 'b') == ('index', 1)

def test_blanks_at_the_ends_of_a_name_come_back():
    names = [' a', 'b ', 'c  ', 'd', '\u00a0e', '50 %;=']
    for name in names:
        first, second = (Dropdown(options=names, value=value, description='Which') for value in (name, 'd'))
        (control, trait, value), = read_state({'which': second}, write_state({'which': first}))
        setattr(control, trait, value)
        assert second.value == name
