"What must hold for the tests of words and the swapping of names, for any data; the published figures; the tables as the models made them."
import csv, importlib.util, os
from itertools import combinations
from math import comb
from pathlib import Path
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from course.bias.words import (WordsLab, analogy, association, chance_of_split, draw_swap, draw_weat,
                               effect_interval, read_vectors, swap_names, weat)
from course.shared.data import datasets_folder, load
from course.shared.encoder import Encoder

HERE = Path(__file__).parent
DATA = datasets_folder()
steps = st.integers(-5, 5).map(lambda v: v/10) # sums that tie, and that floats cannot hold

def table(name):
    with (DATA/name).open(encoding='utf-8', newline='') as file: return list(csv.DictReader(file))

def parts(row, lower):
    lists = {(one['language'], one['list']): one['words'].split() for one in table('word_vectors/lists.csv')}
    found = [lists[row['language'], row[side]] for side in 'xyab']
    return [[word.lower() for word in words] for words in found] if lower else found

def result(name, language, vectors):
    row, = [row for row in table('word_vectors/tests.csv') if (row['name'], row['language']) == (name, language)]
    return weat(read_vectors(vectors), *parts(row, vectors == 'english'))

def by_brute_force(values, n, two_sided):
    values = np.array(values) - np.mean(values)
    sums = np.array([values[list(some)].sum() for some in combinations(range(len(values)), n)])
    return np.mean((abs(sums) >= abs(sums[0]) - 1e-9) if two_sided else (sums >= sums[0] - 1e-9)) # the first is the true one

# Splits

@given(st.lists(steps, min_size=2, max_size=13), st.integers(1, 12), st.booleans())
@settings(max_examples=150)
def test_every_split_is_counted_as_brute_force_counts_it_also_with_ties(values, n, two_sided):
    n = min(n, len(values) - 1)
    p, splits, exact = chance_of_split(values, n, two_sided)
    assert exact and splits == comb(len(values), n) and p == pytest.approx(by_brute_force(values, n, two_sided), abs=1e-12)

@given(st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=10), st.floats(.001, 1000), st.floats(-1000, 1000))
def test_p_does_not_depend_on_unit_or_zero(values, unit, shift):
    values = np.round(values, 3)
    if np.ptp(values) < 1: return
    assert chance_of_split(values, 2)[0] == pytest.approx(chance_of_split(unit*values + shift, 2)[0], abs=1e-12)

@pytest.mark.parametrize('n', [1, 2, 5, 8, 16])
def test_p_is_never_below_one_split_and_the_farthest_split_has_just_that(n):
    assert chance_of_split([*range(100, 100 + n), *range(n)], n)[0] == 1/comb(2*n, n)
    assert chance_of_split([*range(n), *range(100, 100 + n)], n)[0] == 1
    assert chance_of_split([3.]*2*n, n)[0] == 1

def test_nine_thousand_million_splits_are_counted_and_agree_with_random_ones():
    values = np.random.default_rng(1).normal(size=36) + np.repeat([.5, 0], 18)
    p, splits, exact = chance_of_split(values, 18, two_sided=True)
    dice = np.random.default_rng(2).random((20_000, 36)).argsort(1)[:, :18]
    centred = values - values.mean()
    dealt = np.mean(abs(centred[dice].sum(1)) >= abs(centred[:18].sum()))
    assert exact and splits == 9_075_135_300 and abs(p - dealt) < 4*np.sqrt(p/20_000) + 1e-4

def test_above_forty_splits_are_drawn_the_true_one_counts_and_the_seed_decides():
    values = np.repeat([1., 0.], 25)
    p, splits, exact = chance_of_split(values, 25)
    assert not exact and splits == 9999 and p == 1e-4
    noise = np.random.default_rng(0).normal(size=50)
    assert chance_of_split(noise, 20, seed=3) == chance_of_split(noise, 20, seed=3) != chance_of_split(noise, 20, seed=4)

def test_small_p_are_as_rare_as_they_say():
    dice = np.random.default_rng(5)
    p = np.array([chance_of_split(dice.normal(size=12), 6)[0] for _ in range(1500)])
    for level in (.05, .2, .5): assert abs(np.mean(p <= level) - level) < 4*np.sqrt(level/1500) + 1/924

# Effect

@given(st.lists(steps, min_size=2, max_size=9), st.lists(steps, min_size=2, max_size=9))
def test_the_effect_is_bounded_turns_round_with_the_lists_and_lies_in_its_interval(x, y):
    d, low, high = effect_interval(x, y)
    if np.ptp([*x, *y]) == 0: assert d is None and low is None; return
    n, m = len(x), len(y)
    assert abs(d) <= np.sqrt((n + m)*(n + m - 1)/(n*m)) + 1e-9
    if low is None: return # all words of a list alike
    assert low - 1e-6 <= d <= high + 1e-6
    turned = effect_interval(y, x)
    assert np.allclose(turned, (-d, -high, -low), atol=1e-3)

def test_d_divides_by_n_minus_one_as_the_paper_does():
    x, y = [1., 2, 4], [0., 1, 1]
    assert effect_interval(x, y)[0] == pytest.approx((7/3 - 2/3)/np.std([*x, *y], ddof=1))

@pytest.mark.parametrize('n, m, apart', [(4, 4, 0.), (8, 8, 1.), (8, 8, 3.), (12, 25, 1.), (5, 9, -2.)])
def test_ninety_five_of_a_hundred_intervals_hold_the_truth(n, m, apart):
    truth = apart/np.sqrt((n + m - 2 + n*m/(n + m)*apart**2)/(n + m - 1))
    dice, held, draws = np.random.default_rng(n + m), 0, 400
    for _ in range(draws):
        _, low, high = effect_interval(dice.normal(apart, 1, n), dice.normal(0, 1, m))
        held += low <= truth <= high
    assert abs(held/draws - .95) < 4*np.sqrt(.95*.05/draws)

def test_with_fewer_than_two_words_nothing_is_said(): assert effect_interval([1.], [1., 2]) == (None, None, None)

@given(st.integers(0, 99))
def test_lean_does_not_depend_on_how_long_the_rows_are(seed):
    dice = np.random.default_rng(seed)
    words, a, b = dice.normal(size=(5, 4)), dice.normal(size=(3, 4)), dice.normal(size=(2, 4))
    assert np.allclose(association(words, a, b), association(7*words, .1*a, 3*b))
    assert np.allclose(association(words, a, b), -association(words, b, a)) and (abs(association(words, a, b)) <= 2).all()

# Published figures

@pytest.mark.parametrize('name, printed', [('flowers and insects', 1.54), ('instruments and weapons', 1.63), ('names and career', 1.89),
                                           ('maths and arts', .97), ('science and letters', 1.24)])
def test_the_effects_that_caliskan_and_others_printed_come_out(name, printed):
    assert abs(result(name, 'english', 'news').d - printed) < .006

def test_the_names_of_men_and_women_are_parted_as_no_other_split_parts_them():
    for vectors in ('news', 'english'):
        found = result('names and career', 'english', vectors)
        assert found.exact and found.splits == 12_870 and found.p == 1/12_870

def test_grammar_is_the_largest_effect_in_french_and_none_in_english():
    assert result('furniture', 'french', 'french').low > 1.5
    english = result('furniture', 'english', 'english')
    assert english.low < 0 < english.high

# Losses

TWO = {'a': np.array([1., 0]), 'b': np.array([0., 1]), 'c': np.array([1., 1]), 'd': np.array([1., -1]), 'e': np.array([2., 1]), 'f': np.array([1., 3]),
       'g': np.array([5., 1]), 'h': np.array([1., 9])}

def test_lost_words_are_named_and_never_make_a_nan():
    found = weat(TWO, ['a', 'c', 'X'], ['b', 'f'], ['e', 'g'], ['h', 'd', 'Y'])
    assert found.lost == ('X', 'Y') and found.used == (2, 2, 2, 2) and 'lost: X, Y' in str(found)
    none = weat(TWO, ['X', 'Y'], ['b', 'f'], ['e', 'g'], ['h', 'd'])
    assert none.d is None and none.p is None and 'undefined' in str(none) and 'nan' not in str(none)

@pytest.mark.parametrize('bad', [np.zeros(2), np.array([np.nan, 1]), np.array([np.inf, 1])])
def test_a_word_with_broken_numbers_is_lost(bad):
    assert weat(TWO | {'X': bad}, ['a', 'c', 'X'], ['b', 'f'], ['e', 'g'], ['h', 'd']).lost == ('X',)

def test_words_that_share_a_row_are_named():
    found = weat(TWO | {'A': TWO['a'].copy()}, ['a', 'c'], ['b', 'A'], ['e', 'g'], ['h', 'd'])
    assert set(found.shared) == {'a', 'A'} and 'same numbers: a, A' in str(found)

def test_lists_all_alike_have_no_effect_and_say_so():
    rows = {word: np.array([1., 0]) for word in 'abcd'} | {word: TWO[word] for word in 'efgh'}
    found = weat(rows, ['a', 'b'], ['c', 'd'], ['e', 'f'], ['g', 'h'])
    assert found.d is None and found.p is None and 'undefined' in str(found)

def test_anything_that_gives_rows_by_word_will_do():
    class Keyed:
        def __contains__(self, word): return word in TWO
        def __getitem__(self, word): return TWO[word].tolist()
    assert weat(Keyed(), ['a', 'c'], ['b', 'f'], ['e', 'g'], ['h', 'd']).d == pytest.approx(weat(TWO, ['a', 'c'], ['b', 'f'], ['e', 'g'], ['h', 'd']).d)

def test_forms_of_women_lost_their_rows_three_times_as_often():
    rows = table('word_vectors/jobs.csv')
    assert [sum(row[form] == row[f'{form}_row'] for row in rows) for form in ('masculine', 'feminine')] == [41, 14]
    kept = read_vectors('french')
    assert not any(row['word'] in kept for row in table('word_vectors/borrowed.csv'))

# Messages

@pytest.mark.parametrize('call, words', [
    (lambda: weat(TWO, ['a', 'a'], ['b'], ['c'], ['d']), 'Each word compared stands once; a came twice'),
    (lambda: weat(TWO, ['a', 'b'], ['b', 'f'], ['c'], ['d']), 'stands once; b came twice'),
    (lambda: weat(TWO, ['a'], ['b'], ['c', 'c'], ['d']), 'Each word of a pole stands once; c came twice'),
    (lambda: analogy(TWO, 'a', 'Königin', 'Q'), 'No numbers for Königin, Q. Try small letters'),
    (lambda: read_vectors('german'), "The vectors are english, french and news; you gave 'german'"),
    (lambda: swap_names(len, ['{name}'], {'x': ['a', 'b'], 'y': ['c', 'd']}), 'texts: 1'),
    (lambda: swap_names(len, ['{name}']*2, {'x': ['a', 'b'], 'y': ['c']}), 'names: x 2, y 1; texts: 2'),
    (lambda: swap_names(len, ['{name}']*2, {'x': ['a', 'b']}), '2 groups of 2 names or more'),
    (lambda: swap_names(len, ['{name}']*2, {}), 'names: none'),
    (lambda: swap_names(len, ['{name}', 'Emily'], {'x': ['a', 'b'], 'y': ['c', 'd']}), 'Text 2 has no {name}: write {name}'),
    (lambda: swap_names(len, ['{name}']*2, {'x': ['a', 'b'], 'y': ['c', 'd']}), r'a number for each of 8 texts; it gave shape \(\)'),
    (lambda: swap_names(lambda texts: [float('nan')]*8, ['{name}']*2, {'x': ['a', 'b'], 'y': ['c', 'd']}), '8 of them not a number')])
def test_bad_input_gets_one_sentence(call, words):
    with pytest.raises(ValueError, match=words) as error: call()
    assert '\n' not in str(error.value)

# Analogies

def test_the_honest_answer_to_the_famous_question_is_doctor():
    english = read_vectors('english')
    assert [word for word, _ in analogy(english, 'man', 'doctor', 'woman', n=2)] == ['doctor', 'nurse']
    assert analogy(english, 'man', 'doctor', 'woman', allow_inputs=False)[0][0] == 'nurse'
    assert analogy(english, 'man', 'king', 'woman')[0][0] == 'king'

@given(st.sampled_from(sorted(TWO)), st.sampled_from(sorted(TWO)), st.sampled_from(sorted(TWO)))
def test_without_the_option_no_input_comes_back_and_likeness_falls(a, b, c):
    found = analogy(TWO, a, b, c, allow_inputs=False, n=9)
    assert not {a, b, c} & {word for word, _ in found} and len(found) == len(TWO) - len({a, b, c})
    likes = [like for _, like in analogy(TWO, a, b, c, n=9)]
    assert likes == sorted(likes, reverse=True) and all(-1.001 <= like <= 1.001 for like in likes)

# Names

def length(texts): return [len(text) for text in texts]
def deaf(texts): return [len(text.split()[-1]) for text in texts] # reads the last word only

def test_a_scorer_that_ignores_the_name_shows_no_gap_and_moves_nobody():
    swap = swap_names(deaf, ['{name} is one', '{name} is two22', '{name} is three'], {'x': ['Al', 'Bo'], 'y': ['Christopher', 'Di']})
    assert swap.gap == 0 and swap.p == 1 and abs(swap.low) < 1e-9 and abs(swap.high) < 1e-9 and (np.ptp(swap.places, axis=1) == 0).all()
    assert '0 of 3 texts change place' in str(swap)

def test_a_scorer_that_sees_only_the_group_is_found_as_surely_as_the_names_allow():
    swap = swap_names(length, ['{name} one', '{name} two', '{name} 3'], {'x': ['aa', 'bb', 'cc', 'dd'], 'y': ['eeee', 'ffff', 'gggg', 'hhhh']})
    assert swap.gap == -2 and swap.p == 2/70 and swap.splits == 70 and swap.exact

@given(st.integers(0, 99), st.integers(2, 5), st.integers(2, 5), st.integers(2, 6))
def test_places_are_those_of_one_text_among_the_usual_others(seed, n, m, texts):
    dice = np.random.default_rng(seed)
    scores = dice.normal(size=texts*(n + m)).round(1)
    names = {'x': [f'x{k}' for k in range(n)], 'y': [f'y{k}' for k in range(m)]}
    swap = swap_names(lambda asked: scores, [f'{k} {{name}}' for k in range(texts)], names)
    found = scores.reshape(texts, -1)
    for i in range(texts):
        for j in range(n + m):
            assert swap.places[i, j] == 1 + sum(found[k].mean() > found[i, j] for k in range(texts) if k != i)
    turned = swap_names(lambda asked: found[:, [*range(n, n + m), *range(n)]].ravel(), [f'{k} {{name}}' for k in range(texts)], dict(reversed(names.items())))
    assert turned.gap == pytest.approx(-swap.gap) and turned.p == pytest.approx(swap.p) and turned.low == pytest.approx(-swap.high)

def test_the_interval_of_the_gap_is_that_of_welch_and_holds_the_truth():
    from scipy.stats import ttest_ind
    dice, held = np.random.default_rng(3), 0
    for _ in range(300):
        lift = np.r_[dice.normal(.5, 1, 7), dice.normal(0, 2, 12)]
        swap = swap_names(lambda asked: np.r_[lift, lift + 1], ['{name}', '{name}!'], {'x': [*'abcdefg'], 'y': [*'hijklmnopqrs']})
        held += swap.low <= .5 <= swap.high
    ends = ttest_ind(lift[:7], lift[7:], equal_var=False).confidence_interval()
    assert np.allclose((swap.low, swap.high), ends) and abs(held/300 - .95) < 4*np.sqrt(.95*.05/300)

def test_only_the_place_for_the_name_is_filled_other_braces_stay():
    asked = []
    swap_names(lambda texts: asked.extend(texts) or [1.]*len(texts), ['{name} {x}', '{} {name} {name}'], {'x': ['A', 'B'], 'y': ['C', 'D']})
    assert asked[0] == 'A {x}' and asked[4] == '{} A A'

def minilm_swap(column, kinds):
    data = load('same_cv')
    scores = data['minilm'].dropna().pivot(index='cv', columns='name', values='alike')
    names = {kind: data['names'].name[data['names'][column] == kind].tolist() for kind in kinds}
    order = [name for some in names.values() for name in some]
    return swap_names(lambda asked: scores.loc[data['cvs'].cv, order].to_numpy().ravel(), data['cvs'].text, names)

def test_the_table_of_minilm_says_what_the_lesson_says():
    gender, group = minilm_swap('gender', ('woman', 'man')), minilm_swap('group', ('White', 'Black'))
    assert gender.n == group.n == (18, 18) and gender.low > 0 and gender.p < .01 and group.low < 0 and .05 < group.p < .3

# Pictures and the lab

def test_a_picture_says_words_lost_and_draws_at_most_sixteen():
    picture = draw_weat(result('flowers and insects', 'english', 'english'), ('flowers', 'insects', 'pleasant', 'unpleasant'))
    assert 'lost: gladiola' in picture.says and '16 of 49 words are drawn' in picture.says and len(picture.table) == 16
    assert 'undefined' in draw_weat(weat(TWO, [], [], ['a'], ['b'])).says

def test_the_places_of_a_text_are_drawn_by_group():
    picture = draw_swap(minilm_swap('group', ('White', 'Black')), 1, 'hotel')
    assert 'hotel: place 2 of 12 as Allison, place 8 as Keisha' in picture.says
    assert [row['name'] for row in picture.table] == ['White (18 names)', 'Black (18 names)']

def test_the_lab_follows_its_controls():
    tests = {language.title(): {row['name']: (result(row['name'], language, language), [row[side] for side in 'xyab'])
                                for row in table('word_vectors/tests.csv') if row['language'] == language} for language in ('english', 'french')}
    swaps = {'MiniLM: White and Black': minilm_swap('group', ('White', 'Black')), 'MiniLM: woman and man': minilm_swap('gender', ('woman', 'man'))}
    lab = WordsLab(tests, swaps, [row['cv'] for row in table('same_cv/cvs.csv')])
    assert 'd 1.71' in lab.picture.says and 'place 2 of 12' in lab.picture.says and 'place 8' in lab.picture.says # it shows the effect at once
    begin = lab.state()
    lab.language.value = 'French'
    assert 'd 1.2' in lab.picture.says
    lab.words.value = 'furniture'
    assert 'd 1.83' in lab.picture.says and 'bed and desk' in lab.picture.says
    lab.cv.value, lab.reader.value = 'office', 'MiniLM: woman and man'
    assert 'office: place 1 of 12' in lab.picture.says and 'woman minus man' in lab.picture.says
    lab.load(begin)
    assert 'd 1.71' in lab.picture.says
    lab.close()

# Where the models are on this machine: the tables come out again

def script(name):
    spec = importlib.util.spec_from_file_location(f'remake_{name}', DATA/name/'refresh.py')
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

MODELS = Path(os.environ.get('COURSE_MODELS', Path.home()/'.local/share/glassbox-course/datasets')) # each test has a home of its own
needs = lambda name: pytest.mark.skipif(not (MODELS/name).is_dir(), reason=f'needs `course fetch {name}`; COURSE_MODELS names another folder')

@needs('smollm2')
def test_smollm2_gives_the_chances_of_the_table():
    reader, rows = script('he_or_she').Reader(MODELS/'smollm2'), table('he_or_she/next_word.csv')[::37]
    found = reader.chances([row['sentence'].replace('...', row['job']) for row in rows])
    assert np.allclose(found, [[float(row[word]) for word in ('he', 'she', 'they')] for row in rows], atol=2e-3)
    assert reader.pieces.cut(' nurse') == ['Ġnurse'] and len(reader.pieces.cut(' infirmière')) == 4
    with pytest.raises(ValueError, match='"infirmière" is 4 pieces to this model'): reader.chances(['The'], ['infirmière'])

@needs('minilm')
def test_minilm_gives_the_scores_of_the_table():
    module, rows = script('same_cv'), [row for row in table('same_cv/minilm.csv') if row['name'] in ('', 'Emily', 'Latoya')]
    again = {(row['cv'], row['name']): float(row['alike']) for row in module.scores(Encoder(MODELS/'minilm'))}
    assert np.allclose([again[row['cv'], row['name']] for row in rows], [float(row['alike']) for row in rows], atol=2e-4)

def test_keys_of_the_french_file_are_computed_as_spacy_documents():
    assert script('word_vectors').murmur('coffee'.encode()) == 3197928453018144401 # spacy.io/api/stringstore

def test_a_file_that_is_no_model_is_refused(tmp_path):
    (tmp_path/'x.gguf').write_bytes(b'nothing at all')
    with pytest.raises(ValueError, match='not in the form GGUF'): script('he_or_she').Reader(tmp_path)

# The lesson

def test_every_question_is_proved_both_ways():
    from course.shared.check import read_items
    from course.shared.prove import prove
    prove(read_items(HERE/'answers_words.py', 0), HERE.parents[1]/'nbs/20_bias/25_words.ipynb')

@pytest.mark.parametrize('call, words', [
    (lambda: chance_of_split([1, float('nan'), 3], 1), '1 not a number'), (lambda: chance_of_split([1, 2, 3], 5), '5 of them in the first list'),
    (lambda: effect_interval([1, float('nan')], [2, 3]), 'A word has no number'), (lambda: effect_interval([1, 2], [2, 3], level=95), 'Divide percents'),
    (lambda: swap_names(len, ['{name} a', '{name} b'], {'one': 'Emily', 'two': ['x', 'y']}), "you gave 'Emily'. Put it in brackets"),
    (lambda: swap_names(len, ['{name} a', '{name} b'], {'one': ['x', 'z'], 'two': ['x', 'y']}), 'Each name stands once; x came twice')])
def test_what_would_be_a_wrong_number_is_one_sentence(call, words):
    with pytest.raises(ValueError, match=words): call()
