"A lab follows its controls, asks first, tells its mistakes, and leaves nothing behind."
import subprocess, sys, threading, types
import ipywidgets.widgets.widget as inside
import pytest
from ipywidgets import HTML, Button, Checkbox, FloatSlider, IntSlider, Widget
from course.shared import lab as lab_module
from course.shared.canvas import PAPER
from course.shared.draw import draw_bars
from course.shared.lab import OPEN, Lab

def how_many(): return len(inside._instances if hasattr(inside, '_instances') else Widget.widgets)

@pytest.fixture(autouse=True)
def closed_at_the_end():
    yield
    for place in list(OPEN):
        for _, lab in OPEN.pop(place): lab.close()

class GoatLab(Lab):
    "Count goats."
    def __init__(self, **more):
        self.drawn_times, self.goats = 0, IntSlider(value=3, min=0, max=9, description='Goats')
        super().__init__([self.goats], self.draw_goats, ask='How many goats?', **{'name': 'goats'} | more)

    def draw_goats(self):
        self.drawn_times += 1
        if self.goats.value == 7: raise ValueError('Seven goats cannot be drawn.')
        luck = self.seed.value if 'seed' in self.named else 0
        return draw_bars({'goats': self.goats.value}, f'{self.goats.value} goats, luck {luck}.', x_range=(0, 9))

class Guess:
    "The least that a lab asks of a question."
    def __init__(self): self.form, self.committed, self.callbacks = HTML('How many?'), None, []
    def observe(self, callback): self.callbacks.append(callback)
    def unobserve(self, callback): self.callbacks.remove(callback)
    def commit(self, value):
        self.committed = value
        for callback in list(self.callbacks): callback(self)

def test_the_default_state_already_shows_something():
    lab = GoatLab()
    assert '<svg role="img" aria-label="3 goats, luck 0."' in lab.panel.view.value and lab.panel.ask.value == 'How many goats?'

def test_the_picture_follows_the_control():
    lab = GoatLab()
    lab.goats.value = 5
    assert lab.picture.says == lab.panel.says.value == '5 goats, luck 0.' and lab.drawn_times == 2

def test_a_control_without_words_is_refused_and_leaves_no_lab():
    with pytest.raises(ValueError, match='needs words'): Lab([IntSlider()], lambda: None, name='wordless')
    assert 'wordless' not in OPEN

def test_more_than_four_controls_are_refused():
    with pytest.raises(ValueError, match='at most four'): Lab([IntSlider(description=str(n)) for n in range(5)], lambda: None)

def test_a_state_is_written_loaded_and_reset_with_one_redraw_each():
    lab = GoatLab(seed=3)
    assert lab.state() == 'goats=3;seed=3'
    times = lab.drawn_times
    lab.load('goats=4;seed=9')
    assert lab.state() == 'goats=4;seed=9' and lab.drawn_times == times + 1 and lab.picture.says == '4 goats, luck 9.'
    lab.press('reset')
    assert lab.state() == 'goats=3;seed=3' and lab.drawn_times == times + 2

def test_a_wrong_state_changes_nothing():
    lab = GoatLab()
    with pytest.raises(ValueError, match='goats goes from 0 to 9; you gave 12.'): lab.load('goats=12')
    with pytest.raises(ValueError, match="no 'sheep'. It has: goats"): lab.load('sheep=2')
    assert lab.state() == 'goats=3'

def test_other_luck_keeps_the_settings():
    lab = GoatLab(seed=9999)
    lab.press('again')
    assert lab.seed.value == 0 and lab.goats.value == 3 and lab.picture.says == '3 goats, luck 0.'
    assert lab.panel.buttons['again'].layout.display == '' and GoatLab(name='x').panel.buttons['again'].layout.display == 'none'

def test_an_error_is_shown_raised_and_forgotten_when_it_is_over():
    lab = GoatLab()
    with pytest.raises(ValueError, match='Seven goats'): lab.goats.value = 7
    assert isinstance(lab.error, ValueError) and 'Seven goats cannot be drawn.' in lab.panel.trouble.value
    lab.goats.value = 2
    assert lab.error is None and lab.panel.trouble.value == '' and lab.picture.says.startswith('2 goats')

def test_an_error_in_the_first_picture_is_raised_and_leaves_nothing():
    before = how_many()
    with pytest.raises(ZeroDivisionError): Lab([IntSlider(description='Goats')], lambda: 1/0, name='broken')
    assert how_many() == before

def test_a_drawing_that_gives_no_picture_is_explained():
    with pytest.raises(TypeError, match='gave a str; a lab needs a Picture'): Lab([], lambda: 'a goat', name='no picture')

def test_a_button_that_fails_says_so():
    lab = GoatLab(start=('Count', lambda report: 1/0))
    lab.press('start')
    with pytest.raises(ZeroDivisionError): lab.wait()
    assert 'ZeroDivisionError' in lab.panel.trouble.value and isinstance(lab.error, ZeroDivisionError)

def test_a_guess_comes_first_and_is_given_to_the_drawing():
    guess = Guess()
    class Guessed(GoatLab):
        def draw_goats(self): return draw_bars({'goats': 3}, f'You said {self.guess}.', guess=self.guess and {'goats': self.guess})
    lab = Guessed(predict=guess)
    assert lab.panel.view not in lab.root.children and guess.form in lab.root.children and not lab.panel.view.value
    assert 'guess' in lab._repr_mimebundle_()[0]['text/html'] and 'You said' not in str(lab._repr_mimebundle_())
    lab.goats.value = 4
    assert not lab.panel.view.value
    guess.commit(5)
    assert lab.panel.view in lab.root.children and guess.form not in lab.root.children
    assert lab.picture.says == 'You said 5.' and 'You predicted 5.' in lab.panel.guess.value

def test_a_guess_of_zero_is_a_guess():
    guess = Guess()
    lab = GoatLab(predict=guess)
    guess.commit(0)
    assert lab.revealed and 'You predicted 0.' in lab.panel.guess.value

def test_nobody_is_forced_to_guess():
    lab = GoatLab(predict=Guess())
    lab.press('skip')
    assert lab.revealed and lab.panel.view.value and lab.panel.guess.value == ''

def test_a_guess_from_before_opens_the_lab_at_once():
    guess = Guess()
    guess.commit(2)
    assert GoatLab(predict=guess).panel.view.value

def test_the_words_of_a_question_are_used():
    guess = Guess()
    guess.mark = types.SimpleNamespace(says='You predicted 40 of 100.')
    guess.commit(40)
    assert 'You predicted 40 of 100.' in GoatLab(predict=guess).panel.guess.value

def test_a_closed_lab_lets_go_of_its_question_but_not_of_the_form():
    guess = Guess()
    lab = GoatLab(predict=guess)
    lab.close(); lab.close()
    guess.commit(3)
    assert guess.callbacks == [] and guess.form.comm is not None and not lab.revealed

def test_twenty_runs_leave_one_lab_behind():
    guess = Guess()
    def run(): return GoatLab(seed=1, predict=guess, start=('Count', lambda report: 1))
    lab = run(); lab.press('skip')
    widgets = how_many()
    for _ in range(20):
        old, lab = lab, run()
        lab.press('skip')
        assert old.closed and how_many() == widgets and len(guess.callbacks) == 1 and len(OPEN['goats']) == 1
    lab.goats.value = 8
    assert old.drawn_times == 1 and lab.drawn_times == 2

def in_cell(monkeypatch, cell, run): monkeypatch.setattr(lab_module, 'this_cell', lambda: (cell, run))

def test_a_cell_that_is_run_again_closes_what_it_made(monkeypatch):
    in_cell(monkeypatch, 'cell-1', 'run-1')
    first, second = GoatLab(name=None), GoatLab(name=None)
    assert not first.closed and not second.closed
    in_cell(monkeypatch, 'cell-2', 'run-2')
    other = GoatLab(name=None)
    in_cell(monkeypatch, 'cell-1', 'run-3')
    third = GoatLab(name=None)
    assert first.closed and second.closed and not other.closed and not third.closed

def test_without_a_cell_id_the_code_tells_cells_apart(monkeypatch):
    import IPython
    parent = {}
    kernel = types.SimpleNamespace(get_parent=lambda: parent)
    monkeypatch.setattr(IPython, 'get_ipython', lambda: types.SimpleNamespace(kernel=kernel))
    def run(code, run, **metadata):
        parent.update(metadata=metadata, content={'code': code}, header={'msg_id': run})
        return lab_module.this_cell()
    assert run('GoatLab()', 'run-1') == run('GoatLab()', 'run-2')[:1] + ('run-1',) and run('GoatLab(1)', 'run-3')[0] == 'GoatLab(1)'
    assert run('GoatLab()', 'run-4', cellId='cell-1') == ('cell-1', 'run-4')
    parent.update(metadata={}, content={'data': {}}, header={'msg_id': 'a message of a slider'})
    assert lab_module.this_cell()[0] is None

def test_outside_a_notebook_nothing_closes_by_itself():
    first, second = GoatLab(name=None), GoatLab(name=None)
    assert not first.closed and not second.closed
    first.close(); second.close()

def test_a_saved_notebook_keeps_question_picture_table_and_view():
    data, _ = GoatLab()._repr_mimebundle_()
    assert '<strong>How many goats?</strong>' in data['text/html'] and '<th scope="row">goats</th>' in data['text/html']
    assert data['text/plain'] == 'How many goats? 3 goats, luck 0.' and 'application/vnd.jupyter.widget-view+json' in data

def test_a_closed_lab_still_shows_its_picture():
    lab = GoatLab()
    lab.close()
    assert set(lab._repr_mimebundle_()[0]) == {'text/plain', 'text/html'} and '3 goats' in lab._repr_mimebundle_()[0]['text/html']

def test_display_sends_one_bundle(monkeypatch):
    import IPython.display
    sent = []
    monkeypatch.setattr(IPython.display, 'display', lambda data, **more: sent.append((data, more)))
    GoatLab()._ipython_display_()
    assert len(sent) == 1 and sent[0][1]['raw'] is True and 'text/html' in sent[0][0]

def test_pictures_are_drawn_for_the_width_the_browser_tells():
    lab, widths = None, []
    def draw():
        widths.append(PAPER.get())
        return draw_bars({'goats': 1}, 'One.')
    lab = Lab([], draw, name='wide')
    lab.panel.guard.width = 280
    assert widths == [420, 280] and 'viewBox="0 0 280 ' in lab.panel.view.value

def test_slow_work_hands_over_what_it_has():
    class CountLab(GoatLab):
        def draw_goats(self): return draw_bars({'counted': self.result or 0}, f'Counted to {self.result or 0}.')
    lab = CountLab(start=('Count', lambda report: [report(n/3, f'{n} of 3', n) for n in (1, 2, 3)] and 4))
    lab.press('start')
    assert lab.wait() == 4 and lab.picture.says == lab.panel.says.value == 'Counted to 4.' and lab.panel.progress.value == ''

def test_slow_work_stops_and_says_so():
    begun = threading.Event()
    def endless(report):
        while True:
            report(.5, 'Half')
            begun.set()
    lab = GoatLab(start=('Count', endless))
    lab.press('start')
    assert begun.wait(5) and '<progress max="1" value="0.500" aria-label="Progress">' in lab.panel.progress.value
    assert lab.panel.buttons['stop'].layout.display == ''
    with pytest.raises(ValueError, match='Press Stop'): lab.press('start')
    lab.press('stop')
    lab.wait()
    assert 'stopped' in lab.panel.progress.value and lab.panel.buttons['stop'].layout.display == 'none'

def test_closing_stops_the_work():
    lab = GoatLab(start=('Count', lambda report: [report(.5) for _ in iter(int, 1)]))
    lab.press('start')
    lab.close()
    lab.job.thread.join(5)
    assert not lab.job.thread.is_alive() and lab.job.outcome == 'stopped' and lab.job.error is None

def test_stop_without_work_does_nothing():
    lab = GoatLab()
    lab.press('stop')
    assert lab.error is None and lab.panel.trouble.value == ''

def test_controls_stay_alive_while_work_runs():
    go = threading.Event()
    lab = GoatLab(start=('Count', lambda report: go.wait(5)))
    lab.press('start')
    lab.goats.value = 6
    assert lab.picture.says.startswith('6 goats')
    go.set(); lab.wait()

def test_a_button_may_be_a_control():
    pressed = []
    go = Button(description='Go')
    go.on_click(pressed.append)
    lab = Lab([go, Checkbox(description='Sure?')], lambda: draw_bars({'a': 1}, 'One.'), name='button')
    go.click()
    assert pressed == [go] and lab.state() == 'sure=no'

def test_the_numbers_open_and_close():
    lab = GoatLab()
    lab.press('more')
    assert '<th scope="row">goats</th>' in lab.panel.table.value and '.load("goats=3")' in lab.panel.table.value
    lab.press('more')
    assert lab.panel.table.value == ''

def test_importing_a_lab_pulls_in_nothing_heavy():
    code = "import sys, course.shared.lab; print(*[name for name in ('torch', 'matplotlib', 'pandas', 'scipy', 'sklearn', 'PIL') if name in sys.modules])"
    assert subprocess.run([sys.executable, '-c', code], check=True, capture_output=True, text=True).stdout.strip() == ''

def test_the_example_of_the_style_page_works():
    class LeftOutLab(Lab):
        "Slide the threshold; see who is left out."
        def __init__(self, scores, ill, groups, threshold=.5):
            self.threshold = FloatSlider(value=threshold, min=0, max=1, step=.05, description='Threshold')
            super().__init__([self.threshold], lambda: self.draw_missed(scores, groups), ask='At which threshold?')
        def draw_missed(self, scores, groups):
            missed = {group: sum(g == group and s < self.threshold.value for s, g in zip(scores, groups)) for group in groups}
            return draw_bars(missed, ', '.join(f'{group}: {n} of 1 missed' for group, n in missed.items()))
    lab = LeftOutLab([.9, .1], [True, True], ['a', 'b'])
    lab.threshold.value = 0.
    assert 'b: 0 of 1 missed' in lab.picture.says
    lab.close()

def test_a_lab_that_takes_the_name_of_a_part_of_all_labs_is_refused():
    with pytest.raises(TypeError, match='Mine has its own `look`.*Choose another name'):
        class Mine(Lab):
            def look(self): return draw_bars({'a': 1}, 'One.')
    class Goes(Lab):
        def reset(self): super().reset()
        def see(self): return draw_bars({'a': 1}, 'One.')
    assert Goes.reset is not Lab.reset
