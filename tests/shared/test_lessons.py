"What a lesson says about itself, read without running it."
import json
import pytest
from hypothesis import given, strategies as st
import course
from course.shared.lessons import (CARD, WrongUse, calls, course_folder, find_lesson, labs_in, lesson_paths, nearest,
                                   read_card,
                                   read_lesson, tree_of)

CARD_TEXT = '| | |\n|---|---|\n' + '\n'.join(f'| **{name}** | {said} |' for name, said in zip(CARD, (
    'Can it | can it not?', '45 to 60', '`11_adding` and 12_butterflies', '2 Wh', 'say no', 'fine-tuning, read a curve',
    'photos', '2026-11')))

def notebook(*cells):
    "The text of a notebook: prose starts with a letter or #, code is given as ('code',)."
    made = [dict(cell_type='code' if isinstance(c, tuple) else 'markdown', source=c[0] if isinstance(c, tuple) else c)
            for c in cells]
    return json.dumps(dict(cells=made, nbformat=4, nbformat_minor=5, metadata={}))

@pytest.fixture
def checkout(tmp_path, monkeypatch):
    "A small checkout with two lessons and one tool."
    texts = {'10_finetune/13_borrowed_eyes': notebook('# Borrowed eyes\n\n> A promise.', CARD_TEXT, (
                 "%matplotlib inline\nfrom course.shared.lab import Lab\nphotos = load('photos')\nload('a state')\n"
                 'class EyesLab(Lab): pass',)),
             '10_finetune/10_start': notebook('# Start', ('from course.finetune.borrowed_eyes import EyesLab, teach',)),
             '10_finetune/23_elsewhere': notebook('# Its number is another unit\'s'),
             '00_shared/02_data': notebook('# A tool')}
    for name, text in texts.items():
        path = tmp_path/'nbs'/f'{name}.ipynb'
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')
    (tmp_path/'settings.ini').write_text('[DEFAULT]\nlib_name = glassbox-course\n')
    monkeypatch.chdir(tmp_path/'nbs')
    return tmp_path

def test_a_lesson_says_all_that_the_list_promises(checkout):
    lesson = read_lesson(find_lesson('13_borrowed_eyes'))
    assert (lesson.id, lesson.unit, lesson.title, lesson.question) == ('13_borrowed_eyes', 'finetune', 'Borrowed eyes',
            'Can it | can it not?')
    assert lesson.minutes == 60 and lesson.needs == ('11_adding', '12_butterflies')
    assert lesson.skills == ('fine-tuning', 'read a curve') and lesson.labs == ('EyesLab',)
    assert lesson.datasets == ('photos',)   # "a state" is no name in the catalogue

def test_a_lesson_without_a_card_is_still_listed(checkout):
    lesson = read_lesson(find_lesson('10_start'))
    assert (lesson.question, lesson.minutes, lesson.needs) == ('', 0, ()) and lesson.labs == ('EyesLab',)

def test_tools_and_misplaced_notebooks_are_no_lessons(checkout):
    assert [path.stem for path in lesson_paths()] == ['10_start', '13_borrowed_eyes']

@pytest.mark.parametrize('name', ['13_borrowed_eyes', 'borrowed_eyes', '13', '13_borrowed_eyes.ipynb',
                                  'nbs/10_finetune/13_borrowed_eyes.ipynb'])
def test_a_lesson_is_found_by_every_name_it_goes_by(checkout, name):
    assert find_lesson(name).stem == '13_borrowed_eyes'

def test_a_misspelt_lesson_gets_the_nearest_name(checkout):
    with pytest.raises(WrongUse,
                       match='no lesson called "13_borowed". Did you mean 13_borrowed_eyes'): find_lesson('13_borowed')

def test_a_word_like_nothing_gets_no_guess():
    assert nearest('qqqq', ['13_borrowed_eyes'], 'lesson',
                   'course list') == 'There is no lesson called "qqqq". `course list` shows all.'

def test_without_a_checkout_one_sentence_says_where_the_lessons_are(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(course, '__file__', str(tmp_path/'site-packages'/'course'/'__init__.py'))
    with pytest.raises(WrongUse, match='git clone .*make lab') as said: course_folder()
    assert '\n' not in str(said.value)

WORDS = st.text(st.characters(blacklist_categories=('Cc', 'Cs', 'Zl', 'Zp'), blacklist_characters='\x85'),
                max_size=60).map(str.strip)
@given(said=st.lists(WORDS.filter(lambda text: not text.endswith('|')), min_size=len(CARD), max_size=len(CARD)))
def test_whatever_a_card_says_is_read_back(said):
    table = '\n'.join(f'| {name} | {text} |' for name, text in zip(CARD, said))
    assert read_card(table) == dict(zip(CARD, said))

@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text):
    assert set(read_card(text)) <= set(CARD) and isinstance(calls(tree_of(text)),
                                                            list) and isinstance(labs_in(tree_of(text)), tuple)
