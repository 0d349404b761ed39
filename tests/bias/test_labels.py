"What must hold for the tests of the lesson about labels, for any data."
import json, re
from pathlib import Path
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from course.bias.labels import (CARD, SHEET, Datasheet, Figure, ModelCard, RatersLab, answered, ask_raters, check_rows, cohen_kappa, count_groups,
                                count_votes, draw_raters, krippendorff_alpha)
from course.shared.score import wilson

HERE, DAY = Path(__file__).parent, '2026-11-22'
CARD_WORDS, SHEET_WORDS = ({name: f'an answer about {name}' for name in questions} for questions in (CARD, SHEET))
labels = st.lists(st.sampled_from('abc'), min_size=2, max_size=30)

# Agreement

@given(st.data(), labels)
@settings(max_examples=80, deadline=None)
def test_cohens_kappa_is_that_of_scikit_learn(data, first):
    from sklearn.metrics import cohen_kappa_score
    second = data.draw(st.lists(st.sampled_from('abc'), min_size=len(first), max_size=len(first)))
    mine = cohen_kappa(first, second)
    if mine is None: assert len({*first, *second}) == 1
    else: assert mine == pytest.approx(cohen_kappa_score(first, second))
    assert mine == (None if mine is None else pytest.approx(cohen_kappa(second, first)))

def test_the_published_examples():
    one, two = ['y']*25 + ['n']*25, ['y']*20 + ['n']*5 + ['y']*10 + ['n']*15
    assert cohen_kappa(one, two) == pytest.approx(.4)
    gap = None
    rows = [[1,2,3,3,2,1,4,1,2,gap,gap,gap], [1,2,3,3,2,2,4,1,2,5,gap,3], [gap,3,3,3,2,3,4,2,2,5,1,gap], [1,2,3,3,2,4,4,1,2,5,1,gap]]
    assert krippendorff_alpha(count_votes(zip(*rows))[0]) == pytest.approx(.743, abs=.0005)

def fleiss(votes):
    n, raters = len(votes), votes[0].sum()
    agreed, by_chance = ((votes**2).sum(1) - raters)/(raters*(raters - 1)), ((votes.sum(0)/votes.sum())**2).sum()
    return (agreed.mean() - by_chance)/(1 - by_chance)

@given(st.integers(2, 9), st.lists(st.integers(0, 9), min_size=3, max_size=20))
@settings(max_examples=80, deadline=None)
def test_alpha_is_fleiss_kappa_but_for_its_small_correction(raters, yes):
    yes = np.minimum(yes, raters)
    votes = np.c_[raters - yes, yes]
    alpha = krippendorff_alpha(votes)
    if alpha is None: assert votes.sum(0).min() == 0
    else: assert 1 - alpha == pytest.approx((1 - fleiss(votes))*(1 - 1/votes.sum()))

def test_alpha_knows_its_ends():
    assert krippendorff_alpha([[3, 0], [0, 2], [5, 0]]) == pytest.approx(1)
    assert krippendorff_alpha([[3, 0], [4, 0]]) is None and krippendorff_alpha([[1, 0], [0, 1]]) is None
    assert krippendorff_alpha([[1, 1]]*10) < 0 # always apart: worse than chance
    assert abs(krippendorff_alpha(ask_raters(0, 14, .5, 2000)[0])) < .02

def test_the_order_of_cases_and_labels_does_not_matter():
    votes = np.random.default_rng(0).integers(0, 4, (20, 3))
    assert krippendorff_alpha(votes) == pytest.approx(krippendorff_alpha(votes[::-1, ::-1]))

def test_votes_are_counted_and_gaps_left_out():
    votes, names = count_votes([['b', 'a', None], [float('nan'), 'b'], []])
    assert names == ['a', 'b'] and votes.tolist() == [[1, 1], [0, 1], [0, 0]]

@pytest.mark.parametrize('call, words', [
    (lambda: cohen_kappa(['a'], []), '1 and 0 labels'), (lambda: cohen_kappa([], []), 'at least one'), (lambda: count_votes([[None]]), 'No label came'),
    (lambda: ask_raters(30), 'Divide percents'), (lambda: ask_raters(.5, 1), 'two raters'), (lambda: check_rows([{}], {}), 'Give a rule'),
    (lambda: count_groups([]), 'at least one row'), (lambda: count_groups([{'a': 1}], ['b']), "no column 'b'. There are: a"),
    (lambda: count_groups([{'Birth_Date': 1}], ['Birth_Date']), 'points at persons'),
    (lambda: answered('model card', CARD, CARD_WORDS | {'us': 'x'}), "no question 'us'. The nearest is 'use'"),
    (lambda: answered('model card', CARD, {'use': 'letters'}), 'Still to answer: name'),
    (lambda: answered('model card', CARD, CARD_WORDS | {'use': 'right in 95% of cases'}), 'bare number, "95%"'),
    (lambda: answered('model card', CARD, CARD_WORDS | {'use': 'about 9,5 percent off'}), 'bare number'),
    (lambda: Figure('x', 5, None, None, 9, DAY), 'lacks an interval'), (lambda: Figure('x', 5, 1, 9, None, ''), 'lacks n and a day'),
    (lambda: Figure('x', 5, 6, 9, 9, DAY), 'should lie between 6 and 9'), (lambda: Figure('x', 5, 1, 9, 0, DAY), 'at least one case'),
    (lambda: Figure('x', 5, 1, 9, 9, 'yesterday'), 'A day looks like')])
def test_each_door_says_what_to_do(call, words):
    with pytest.raises(ValueError, match=re.escape(words)): call()

# The crowd

@pytest.mark.parametrize('concrete, kappa', [(1, .90), (.9, .75), (.7, .47), (.5, .23), (.3, .08), (0, 0)])
def test_agreement_falls_with_concreteness_as_in_the_reference_run(concrete, kappa):
    found = np.mean([krippendorff_alpha(ask_raters(concrete, 14, .5, 400, seed)[0]) for seed in range(5)])
    assert abs(found - kappa) < .035 and abs(found - (.96*concrete)**2) < .02

def test_a_judging_word_follows_the_crowd():
    shares = [np.mean([np.diff(ask_raters(0, 14, strict, 2000, seed)[0]) > 0 for seed in range(4)]) for strict in (.1, .3, .5, .7, .9)]
    assert all(a < b for a, b in zip(shares, shares[1:])) and abs(shares[1] - .124) < .015 and abs(shares[3] - .752) < .015

def test_another_crowd_sees_the_same_pictures():
    (votes, truth), (others, same) = ask_raters(.5), ask_raters(.5, crowd=1)
    assert (truth == same).all() and (votes != others).any() and (ask_raters(.5)[0] == votes).all() and (votes.sum(1) == 14).all()

def test_the_lab_says_what_another_crowd_would_change():
    lab = RatersLab()
    assert 'Alpha 0.2' in lab.picture.says and 'another crowd of 5' in lab.picture.says
    lab.load('concrete=1;raters=15;strict=0.5')
    assert 'changes 0 labels' in lab.picture.says
    lab.concrete.value = 0.
    assert re.search(r'changes (4|5|6)\d labels', lab.picture.says)
    assert [row['name'] for row in lab.picture.table][-1] == 'another crowd differs'
    lab.close()

def test_undefined_agreement_is_drawn_as_undefined():
    assert krippendorff_alpha([[4, 0]]*9) is None
    assert draw_raters(0., 3, 0.).says.startswith('Alpha ')

# Rules

def test_rules_name_rows_and_never_what_is_in_them():
    rows = [{'age': 3}, {'age': None}, {}, {'age': 'x'}, {'age': 30}]
    found = check_rows(rows, {'grown': lambda row: row['age'] >= 18, 'has an age': lambda row: row['age'] is not None})
    assert found == {'grown': [1, 2, 3, 4], 'has an age': [2, 3]}
    assert check_rows(pd.DataFrame(rows[:1]), {'grown': lambda row: row['age'] >= 18}) == {'grown': [1]}

# Forms

@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from('äbc')), min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_every_number_of_a_card_comes_from_its_predictions(rows):
    truth, guess, groups = map(list, zip(*rows))
    card = ModelCard(CARD_WORDS, truth, guess, DAY, slices=groups)
    right = sum(a == b for a, b in zip(truth, guess))
    assert card.figures[0] == Figure('right, all', *(100*v for v in (right/len(rows), *wilson(right, len(rows)))), len(rows), DAY)
    assert sum(figure.n for figure in card.figures[1:]) == len(rows) and len(card.figures) == 1 + len({*groups})
    for figure in card.figures: assert re.search(r'\(.+ to .+\), n=\d+, 2026-11-22$', str(figure))
    for page in (card.text(), card.html(), repr(card)): assert 'n=' in page and DAY in page

def test_a_card_is_read_back_the_same_and_a_forged_one_is_refused(tmp_path):
    truth, guess = np.arange(40) % 2, (np.arange(40) % 2) ^ (np.arange(40) % 7 == 0)
    card = ModelCard(CARD_WORDS, truth, guess, DAY, slices={'half': np.arange(40) < 20})
    path = card.save(tmp_path/'new'/'card.json')
    assert str(ModelCard.read(path)) == str(card) and ModelCard.read(path).figures == card.figures
    whole = json.loads(path.read_text())
    for change in (lambda kept: kept['figures'][0].update(value=99., high=100.), lambda kept: kept['figures'].pop(), lambda kept: kept['figures'].clear(),
                   lambda kept: kept['evidence'].update(guess=kept['evidence']['truth']), lambda kept: kept.update(day='2027-01-01')):
        forged = json.loads(json.dumps(whole))
        change(forged)
        path.write_text(json.dumps(forged))
        with pytest.raises(ValueError, match='Ask who changed it'): ModelCard.read(path)
    path.write_text(json.dumps(whole | {'words': {}}))
    with pytest.raises(ValueError, match='Still to answer'): ModelCard.read(path)
    with pytest.raises(ValueError, match='holds a model card, not a datasheet'): Datasheet.read(card.save(path))

def test_a_card_and_the_sorter_it_tells_of_must_agree():
    saved = {'format': 1, 'made': DAY, 'body': 'EfficientNet-Lite0', 'score': {'n': 30, 'right': 27, 'low': .7, 'high': .97}}
    truth = [0]*30
    card = ModelCard(CARD_WORDS, truth, [0]*27 + [1]*3, DAY, saved=saved)
    assert 'body: EfficientNet-Lite0' in str(card)
    with pytest.raises(ValueError, match='says 27 of 30 right; these predictions give 28 of 30'): ModelCard(CARD_WORDS, truth, [0]*28 + [1]*2, DAY, saved=saved)

def test_the_worst_slice_and_tiny_ones_are_named_as_such():
    card = ModelCard(CARD_WORDS, [1]*40, [1]*30 + [0]*10, DAY, slices=['a']*20 + ['b']*18 + ['c']*2)
    names = [figure.name for figure in card.figures]
    assert 'right, b (served worst)' in names and 'right, c (fewer than 5: no more than a hint)' in names

def test_an_audit_goes_below_a_card():
    from course.bias.audit import Audit
    truth, guess, group = [0, 1]*20, [0, 1, 1, 1]*10, ['a', 'b']*20
    page = ModelCard(CARD_WORDS, truth, guess, DAY, slices=group).text() + Audit(truth, guess, groups={'g': group}).card()
    assert page.startswith('## Model card') and '## Everyone' in page

def test_pages_need_no_network_and_are_safe():
    card = ModelCard(CARD_WORDS | {'use': '<script>alert(1)</script>'}, [1, 0]*10, [1, 1]*10, DAY)
    assert '<script>' not in card.html() and not re.search(r'(src|href)=', card.html()) and '<h1>' in card.html()

def test_a_datasheet_counts_keeps_no_row_and_joins_small_groups(tmp_path):
    rows = [{'town': 'here', 'secret': f'person {i}'} for i in range(30)] + [{'town': f'far {i}', 'secret': None} for i in range(4)]
    counts = count_groups(rows, ['town'], {'has a secret': lambda row: row['secret'] is not None})
    assert counts == {'n': 34, 'gaps': 4, 'groups': {'town': {'here': 30, 'others, fewer than 5 each': 4}}, 'stopped': {'has a secret': 4}}
    assert count_groups(pd.DataFrame(rows), ['town'])['groups'] == counts['groups']
    sheet = Datasheet(SHEET_WORDS, counts, DAY, votes=[[3, 0], [2, 1], [0, 3], [3, 0], [0, 3]]*4)
    path = sheet.save(tmp_path/'sheet.json')
    assert 'person 1' not in path.read_text() and 'far 2' not in path.read_text()
    assert str(Datasheet.read(path)) == str(sheet) and 'alpha' in str(sheet) and 'n=20' in str(sheet)
    assert list(SHEET)[1] == 'harm' and sheet.text().index(SHEET['harm']) < sheet.text().index(SHEET['maker'])

def test_agreement_that_is_undefined_is_said_to_be():
    sheet = Datasheet(SHEET_WORDS, count_groups([{'a': 1}]*9), DAY, votes=[[3, 0]]*9)
    assert 'undefined, n=9' in str(sheet)

def test_the_interval_of_alpha_holds_the_truth():
    held = 0
    for seed in range(30):
        sheet = Datasheet(SHEET_WORDS, {'n': 9, 'gaps': 0, 'groups': {}, 'stopped': {}}, DAY, votes=ask_raters(.7, 5, .5, 80, seed)[0])
        held += sheet.figures[-1].low <= (.96*.7)**2 <= sheet.figures[-1].high
    assert held >= 25

@pytest.mark.parametrize('call, words', [
    (lambda: cohen_kappa([1, None], [1, 0]), '`first` has no label for example 1'),
    (lambda: cohen_kappa([1, float('nan')], [1, float('nan')]), '`first` has no label for example 1'),
    (lambda: count_votes(['yes', 'no']), "For one rater write [['yes'], ...]"),
    (lambda: count_votes([1, 2]), 'One list of labels for each case was wanted; 1 came'),
    (lambda: krippendorff_alpha([]), 'Count them with `count_votes`'),
    (lambda: krippendorff_alpha([1, 2, 3]), 'Count them with `count_votes`'),
    (lambda: krippendorff_alpha([[1, 2], [3]]), 'Count them with `count_votes`'),
    (lambda: krippendorff_alpha([['yes', 'no']]), 'Count them with `count_votes`'),
    (lambda: krippendorff_alpha([[2, float('nan')], [1, 1]]), 'Count them with `count_votes`'),
    (lambda: krippendorff_alpha([[-1, 3], [1, 1]]), 'Count them with `count_votes`'),
    (lambda: krippendorff_alpha([[.5, 1.5], [1, 1]]), 'Count them with `count_votes`'),
    (lambda: check_rows([{'age': 1}], {'old': 3}), "The rule 'old' is a function of a record; you gave 3"),
    (lambda: Figure('read', 1, 0, 2, 3, '2026-19-39'), "you gave '2026-19-39'"),
    (lambda: ModelCard(CARD_WORDS | {'use': None}, [1, 0], [1, 0], DAY), 'Still to answer: use'),
    (lambda: ModelCard(CARD_WORDS | {'use': 'right in 97 of 100'}, [1, 0], [1, 0], DAY), 'a bare number, "97 of 100"'),
    (lambda: Datasheet(SHEET_WORDS, [{'name': 'Ada'}], DAY), 'give what `count_groups(rows, columns)` gave'),
])
def test_what_would_be_a_wrong_number_is_one_sentence(call, words):
    with pytest.raises(ValueError) as caught: call()
    assert words in str(caught.value)

def test_a_rule_that_cannot_be_worked_out_stops_its_row_only():
    assert check_rows([{'n': 0}, {'n': 2}], {'share': lambda row: 1/row['n'] < 1}) == {'share': [1]}

def test_one_column_is_a_column():
    assert count_groups([{'town': 'here'}]*9, 'town')['groups'] == {'town': {'here': 9}}

@pytest.mark.parametrize('text', ['{', '[]', '[1]', '{"form": "model card"}'])
def test_a_file_that_is_no_form_is_said_to_be_none(tmp_path, text):
    (tmp_path/'card.json').write_text(text, encoding='utf-8')
    with pytest.raises(ValueError, match='is no saved form: it has no .*words'): ModelCard.read(tmp_path/'card.json')

def test_every_question_is_proved_both_ways():
    from course.shared.check import read_items
    from course.shared.prove import prove
    prove(read_items(HERE/'answers_labels.py', 0), HERE.parents[1]/'nbs/20_bias/27_labels.ipynb')
