"The page around a picture: safe words, a small guard, and nothing left behind."
import re, subprocess, sys, types
import ipywidgets.widgets.widget as inside
from ipywidgets import HTML, IntSlider, VBox, Widget
from course.shared.canvas import Picture
from course.shared.guard import Guard
from course.shared.panel import BUTTONS, Panel, family, tell_error

SVG = '<svg viewBox="0 0 1 1"></svg>'

def how_many(): return len(inside._instances if hasattr(inside, '_instances') else Widget.widgets)

def test_words_become_no_markup():
    panel = Panel('<b>Who?</b>', [])
    panel.open(True, guess='<i>3</i>')
    panel.show(Picture(SVG, '<u>Now</u>', [{'<s>': '<s>'}]), state='a=<b>', numbers=True)
    page = panel.ask.value + panel.guess.value + panel.says.value + panel.table.value + tell_error(ValueError('<em>'))
    assert not re.search(r'<(b|i|u|s|em)>', page)

def test_the_live_words_are_the_words_of_the_picture():
    panel = Panel('Who?', [])
    panel.show(Picture(SVG, 'Two of three.'))
    assert panel.says.value == 'Two of three.' and 'aria-label="Two of three."' in panel.view.value

def test_the_table_comes_on_demand_and_goes():
    panel, picture = Panel('Who?', []), Picture(SVG, 'Two.', [{'who': 'Ada', 'n': 2}])
    for numbers in (False, True, False):
        panel.show(picture, 'a=1', numbers)
        assert ('Ada' in panel.table.value) == ('.load("a=1")' in panel.table.value) == numbers
        assert panel.buttons['more'].description == ('Hide the numbers' if numbers else 'Show the numbers')

def test_a_picture_without_numbers_offers_no_table():
    panel = Panel('Who?', [])
    panel.show(Picture(SVG, 'Two.'), numbers=True)
    assert panel.buttons['more'].layout.display == 'none' and panel.table.value == ''

def test_the_guard_comes_first(): assert isinstance(Panel('Who?', []).root.children[0], Guard)

def test_each_button_has_words(): assert all(words.strip() and about.strip() for words, about in BUTTONS.values())

def test_closing_leaves_nothing_but_the_form():
    form, before = HTML('How many?'), how_many()
    panel = Panel('Who?', [IntSlider(description='Goats')], form, [IntSlider(description='Seed')])
    panel.open(False)
    assert how_many() > before
    panel.close()
    assert how_many() == before and form.comm is not None

def test_a_family_is_complete():
    box = VBox([VBox([IntSlider(description='Goats')])])
    kinds = [type(widget).__name__ for widget in family(box)]
    assert kinds.count('VBox') == 2 and kinds.count('Layout') == 3 and 'SliderStyle' in kinds

def test_errors_are_told_in_their_own_words():
    assert 'A share goes from 0 to 1.' in tell_error(ValueError('A share goes from 0 to 1.'))
    assert 'KeyError: &#x27;goats&#x27;' in tell_error(KeyError('goats')) and 'role="alert"' in tell_error(KeyError('goats'))

def test_what_colab_needs_is_kept(monkeypatch):
    panel = Panel('Who?', [])
    output = types.ModuleType('google.colab.output')
    output.enable_custom_widget_manager, output._widgets = lambda: None, types.SimpleNamespace(_installed_url='manager')
    monkeypatch.setitem(sys.modules, 'google.colab.output', output)
    data, metadata = panel.bundle({'text/html': 'still'})
    kind = 'application/vnd.jupyter.widget-view+json'
    assert metadata == {kind: {'colab': {'custom_widget_manager': {'url': 'manager'}}}}
    assert data['text/html'] == 'still' and data[kind]['model_id'] == panel.root.model_id

def test_a_program_without_a_lab_loads_no_widgets():
    "A meter at work starts in a tenth of a second because of it."
    program = 'import sys, course.carbon.meter, course.shared.lab, course.shared.ask; print("ipywidgets" in sys.modules)'
    assert subprocess.run([sys.executable, '-c', program], capture_output=True, text=True).stdout.strip() == 'False'
