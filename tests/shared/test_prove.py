"A faulty item does not get through, and a lesson's questions and answers are held together."
import json
from dataclasses import replace
import pytest
from course.shared.answer import Code, Number
from course.shared.check import Item, Wrong, load_items
from course.shared.prove import asked_in, faults, prove

ITEMS = load_items('ask')
def item(**more): return Item(**dict(skills=('s',), why='because', source='here', solution='20', hints=('one', 'two', 'three')) | more)

def test_every_item_for_this_notebook_is_proved(): prove(ITEMS)

@pytest.mark.parametrize('fault, changes', [
    ('it has no why', dict(why='')), ('it has no source', dict(source='')), ('it has no skills', dict(skills=())),
    ('it needs three hints', dict(hints=('a', 'b'))), ('it needs three hints', dict(hints=('a', 'a', 'b'))),
    ('it needs three hints', dict(hints='abc')), ('it has no solution', dict(solution='')), ('its skills are one text', dict(skills=('shares'))),
    ('the reference does not pass', dict(check=lambda answer: 'No.')), ('it lists no wrong answer', dict(wrong=())),
    ('should be told', dict(wrong=(Wrong(20, 'This is right, in fact.'),))), ('should be told', dict(check=lambda answer: True)),
    ('two wrong answers share', dict(wrong=(Wrong(1, 'Same.'), Wrong(2, 'Same.'))))])
def test_a_faulty_item_does_not_get_through(fault, changes):
    good = ITEMS['how_many']
    assert not faults(good, Number(0, 100))
    with pytest.raises(AssertionError, match=f'n: .*{fault}') as told: prove({'n': replace(good, **changes)})
    assert 'n: ' in str(told.value)

def test_a_check_that_passes_everything_is_caught():
    with pytest.raises(AssertionError): prove({'n': item(check=lambda answer: True, reference=1, wrong=(Wrong(2, 'Two.'),))})

def write_notebook(path, *cells):
    path.write_text(json.dumps({'cells': [{'cell_type': 'code', 'source': [cell]} for cell in cells]}))
    return path

def test_the_questions_of_a_notebook_are_read_without_running_it(tmp_path):
    notebook = write_notebook(tmp_path/'x.ipynb', "q = Question('m.a', 'How?', Number(0, 9, 'kg'))", "raise SystemExit", '%pip no Question( here',
                              "q = Question(id='m.b', text='?', answer=made_elsewhere)\nr = Question('m.c', 'Write it.')")
    assert asked_in(notebook) == {'m.a': Number(0, 9, 'kg'), 'm.b': None, 'm.c': Code()}

def test_items_and_questions_are_held_together(tmp_path):
    good, off_scale = ITEMS['how_many'], "q = Question('ask.how_many', '?', Number(0, 9))"
    prove({'how_many': good}, write_notebook(tmp_path/'a.ipynb', "q = Question('ask.how_many', '?', Number(0, 100))"))
    for cells, fault in (((off_scale,), 'the reference does not pass'), (('1',), 'the notebook does not ask it'),
                         ((off_scale.replace('how_many', 'else'),), 'else: no item answers it')):
        with pytest.raises(AssertionError, match=fault): prove({'how_many': good}, write_notebook(tmp_path/'b.ipynb', *cells))
