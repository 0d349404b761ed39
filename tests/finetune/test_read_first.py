"Lesson 14: notes as they are made, reading without labels, texts cut as the encoder was taught, sorters kept and found, answers proved both ways."
import importlib.util, json
from pathlib import Path
import numpy as np, pytest, torch
from hypothesis import given, strategies as st
from course.finetune.read_first import (WORDS, NoteSorter, ReadFirstLab, WordCounts, doubtful, learn_labels, make_reader,
                                        read_notes, read_on, toy_notes, toy_trial)
from course.shared.answer import Number
from course.shared.ask import Question
from course.shared.check import load_items
from course.shared.data import folder, load
from course.shared.prove import prove

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT/'nbs/10_finetune/14_read_first.ipynb'

def rates(language, mine, gradual, labels):
    return load('first_reading').query(f'language == {language} & mine == {mine} & gradual == {gradual} & labels == {labels}').right/1000

def test_every_answer_is_proved_both_ways(): prove(load_items('read_first'), NOTEBOOK)

# The toy

def test_the_made_up_words_are_200_and_all_different():
    assert len(WORDS) == 205 == len(set(WORDS))

@given(st.integers(0, 10_000), st.integers(1, 20), st.booleans())
def test_notes_come_again_and_have_their_words_in_their_places(seed, n, own):
    x, y = toy_notes(n, seed, own)
    again, _ = toy_notes(n, seed, own)
    assert torch.equal(x, again) and x.shape == (n, 29) and set(y.tolist()) <= {0, 1}
    assert (x[:, 0] == 0).all() and (x[:, 1::7] == 1).all() and (x[:, 7::7] == 4).all()
    things, moods = x[:, 2::7], x[:, [4, 6, 11, 13, 18, 20, 25, 27]]
    assert ((things >= 5) & (things < 45)).all() and ((moods >= 45) & (moods < 205)).all()
    if not own: assert (things < 25).all() and (moods < 125).all()

def test_moods_go_with_the_label_and_with_each_other():
    x, y = toy_notes(4000, 1)
    first, second = ((x[:, place] - 45)//40 % 2 for place in (4, 6))
    assert .87 < (first == y).float().mean() < .93 and .955 < (first == second).float().mean() < .985

def test_no_note_is_refused():
    with pytest.raises(ValueError, match='At least one note'): toy_notes(0)

def test_reading_leaves_the_reader_and_chance_alone_and_surprise_falls():
    start, (x, _) = make_reader(3), toy_notes(120, 5)
    before = [part.clone() for one in start for part in one.state_dict().values()]
    state, shares = torch.random.get_rng_state(), []
    read, early = read_on(start, x, epochs=1)
    _, late = read_on(start, x, epochs=5, report=lambda share, text='': shares.append(share))
    assert all(torch.equal(a, b) for a, b in zip(before, (part for one in start for part in one.state_dict().values())))
    assert late < early and shares == sorted(shares) and torch.equal(state, torch.random.get_rng_state())
    assert not torch.equal(read[0].weight, start[0].weight)

def test_the_same_seed_makes_the_same_reader():
    a, b, other = (make_reader(seed)[0].weight for seed in (1, 1, 2))
    assert torch.equal(a, b) and not torch.equal(a, other)

@pytest.mark.parametrize('gradual', [True, False])
def test_labels_are_learned_on_a_copy(gradual):
    reader, (x, y) = make_reader(0), toy_notes(20, 7)
    before = reader[0].weight.clone()
    model, same = (learn_labels(reader, x, y, gradual, 1) for _ in range(2))
    assert torch.equal(reader[0].weight, before) and not torch.equal(model[0].weight, before)
    with torch.no_grad(): assert torch.equal(model(x), same(x)) and model(x).shape == (20, 2)
    with torch.no_grad(): assert (model(x).argmax(1) == y).float().mean() > .9

def test_the_table_is_whole():
    table = load('first_reading')
    assert len(table) == 72 == len(table.drop(columns='right').drop_duplicates()) and table.right.between(0, 1000).all()

def test_the_promised_figures_hold_over_three_drawers():
    ulmfit, scratch = rates(1, 1, 1, 10), rates(0, 0, 0, 10)
    assert len(ulmfit) == 3 and ulmfit.mean() >= .9 and ulmfit.mean() >= scratch.mean() + .1

def test_a_trial_agrees_with_the_table():
    language = make_reader(weights=folder('first_reading')/'language.safetensors')
    assert abs(toy_trial(language, 10, False) - 1000*rates(1, 0, 0, 10).iloc[0]) < 150
    reader, _ = read_on(language, toy_notes(500, 2000)[0])
    assert toy_trial(reader) >= 850

@pytest.mark.slow
def test_the_promised_figures_hold_when_trained_anew(tmp_path):
    spec = importlib.util.spec_from_file_location('remake', ROOT/'datasets/first_reading/remake.py')
    remake = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(remake)
    found = {row[:4]: row[5] for row in remake.rows_of(1, tmp_path)}
    assert found[1, 1, 1, 10] >= 880 and found[1, 1, 1, 10] >= found[0, 0, 0, 10] + 100

@pytest.fixture
def lab():
    lab = ReadFirstLab(load('first_reading'))
    yield lab
    lab.close()

def test_the_lab_opens_on_the_effect_and_follows(lab):
    assert lab.error is None and lab.picture.says.startswith('10 notes with a label. Read: the language and my notes; gradually')
    chosen, nothing = ([row[key] for key in row if key.startswith('value')][0] for row in lab.picture.table)
    assert chosen >= 90 and chosen > nothing + 10
    for box in (lab.language, lab.mine, lab.gradual): box.value = False
    assert 'Read: nothing; all at once' in lab.picture.says
    lab.gradual.value = True
    assert 'Read: nothing; gradually' in lab.picture.says
    lab.labels.value = 50
    assert lab.picture.says.startswith('50 notes')
    lab.reset()
    assert lab.labels.value == 10 and lab.mine.value and lab.error is None

def test_the_result_waits_for_the_guess():
    nothing = Question('read_first.nothing', 'How many?', Number(0, 100, 'of 100'))
    lab = ReadFirstLab(load('first_reading'), predict=nothing)
    assert not lab.revealed
    nothing.commit(60)
    assert lab.revealed and lab.error is None
    lab.close()

# Real notes

def test_the_cards_are_what_their_sheet_says():
    cards, rows = load('cards'), np.load(folder('cards')/'minilm.npy')
    assert len(cards) == 800 == len(set(cards.text)) and (cards.label.value_counts() == 200).all()
    assert cards.text.str.len().between(40, 160).all() and rows.shape == (800, 384) and rows.dtype == np.int8
    assert sum(file.stat().st_size for file in folder('cards').iterdir()) < 600_000

def test_rare_words_count_more_and_repeated_ones_less_than_twice():
    counts = WordCounts(['the lamp', 'the bed', 'the bed is broken'])
    assert counts.weights['lamp'] > counts.weights['bed'] > counts.weights['the'] == 1
    row = counts.see(['bed bed unheard'])[0]
    assert counts.weights['bed'] < row.sum() < 2*counts.weights['bed']
    assert WordCounts().see(['nothing']).shape == (1, 1)

def test_word_counts_are_those_of_scikit_learn():
    from sklearn.feature_extraction.text import TfidfVectorizer
    texts = list(load('cards').text[:60])
    theirs = TfidfVectorizer(sublinear_tf=True).fit(texts)
    ours = WordCounts(texts)
    seen = ours.see(texts)
    order = [theirs.vocabulary_[word] for word in ours.weights]
    assert np.allclose(seen/np.linalg.norm(seen, axis=1, keepdims=True), theirs.transform(texts).toarray()[:, order], atol=1e-5)

NOTES = ['the lamp is broken', 'the heating is broken', 'lovely stay, thank you', 'thank you for the soup', 'a lamp']
LABELS = ['repair', 'repair', 'thanks', 'thanks', '']

def test_a_sorter_is_taught_kept_and_found_again(tmp_path):
    reader = WordCounts(NOTES)
    sorter = NoteSorter.teach(reader.see(NOTES), LABELS, reader)
    assert sorter.classes == ('repair', 'thanks') and sorter.sort(['a broken bed'])[0][0] == 'repair'
    assert np.allclose(sorter.weigh(reader.see(NOTES)).sum(1), 1)
    again = NoteSorter.load(sorter.save(tmp_path/'notes.json'))
    assert again.classes == sorter.classes and abs(again.sort(NOTES)[4][1] - sorter.sort(NOTES)[4][1]) < 1e-3

def test_labels_of_one_kind_teach_nothing():
    with pytest.raises(ValueError, match="two kinds are needed at least; found: \\['thanks'\\]"):
        NoteSorter.teach(np.eye(2), ['thanks', ''], None)

@pytest.mark.parametrize('text', ['no json', '[]', '{"classes": []}'])
def test_what_is_no_sorter_is_named(tmp_path, text):
    (tmp_path/'other.json').write_text(text, encoding='utf-8')
    with pytest.raises(ValueError, match='is no sorter of notes'): NoteSorter.load(tmp_path/'other.json')

def test_doubt_is_a_small_margin():
    assert doubtful([[.9, .1, 0], [.4, .35, .25], [.5, .1, .4]], 2) == [1, 2]
    with pytest.raises(ValueError, match='two labels at least'): doubtful([.2, .8])

@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=30))
def test_nobody_left_out_is_more_doubtful_than_those_named(rows):
    gaps = [abs(a - b) for a, b in rows]
    named = doubtful(rows, 3)
    assert len(named) == min(3, len(rows)) and max(gaps[row] for row in named) <= min([gaps[row] for row in range(len(rows)) if row not in named], default=1)

@pytest.mark.parametrize('sign', [',', ';', '\t'])
@pytest.mark.parametrize('code', ['utf-8', 'utf-8-sig', 'cp1252'])
def test_tables_of_any_spreadsheet_are_read(tmp_path, sign, code):
    (tmp_path/'notes.csv').write_bytes(f'Label{sign} Text\r\nthanks{sign}"déjà vu{sign} twice"\r\n{sign}no label\r\n{sign}\r\n'.encode(code))
    assert read_notes(tmp_path/'notes.csv') == ((f'déjà vu{sign} twice', 'no label'), ('thanks', ''))

def test_pasted_lines_and_folders_are_read(tmp_path):
    assert read_notes('text\nonly a note\n') == (('only a note',), ('',))
    for name in ('repair/1.txt', '2.txt', 'thanks/3.txt'):
        (tmp_path/name).parent.mkdir(exist_ok=True)
        (tmp_path/name).write_text(f'note {name[-5]}', encoding='utf-8')
    assert read_notes(str(tmp_path)) == (('note 2', 'note 1', 'note 3'), ('', 'repair', 'thanks'))

@pytest.mark.parametrize('source, told', [
    (' ', 'nothing came'), ('note,kind\nx,y', "the head line has 'note', 'kind'"), ('text,label\n ,a', 'No note was found')])
def test_what_cannot_be_read_is_said_in_one_sentence(source, told):
    with pytest.raises(ValueError, match=told): read_notes(source)

def test_an_empty_file_is_answered_with_what_was_wanted(tmp_path):
    (tmp_path/'empty.csv').write_text('')
    with pytest.raises(ValueError, match='column called "text"'): read_notes(tmp_path/'empty.csv')

def test_a_sorter_without_its_reader_is_not_kept(tmp_path):
    with pytest.raises(ValueError, match='kept with its reader'): NoteSorter.teach(np.eye(2), ['a', 'b'], None).save(tmp_path/'a.json')

def test_a_file_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match='no file or folder nowhere.csv'): read_notes('nowhere.csv')

def test_a_small_own_test_is_answered_with_its_interval():
    from course.shared.score import score
    check = load_items('read_first')['own'].check
    assert 'Only 3 notes' in check(score(list('aab'), list('aab'))) and check(score(list('ab')*8, list('ab')*8)) is True
