"Counting people by group: what must hold for any data, and one sentence for each kind of bad input."
import numpy as np, pandas as pd, pytest
from hypothesis import given, settings, strategies as st
from course.shared.count import as_scores, count_part, count_people, name_levels, one_table

people = st.lists(st.tuples(st.booleans(), st.floats(0, 1), st.sampled_from(['a', 'é', '7']), st.sampled_from(['x', 'y', 'z'])), min_size=1, max_size=60)
EDGES = np.arange(11)/10

def table(rows): return pd.DataFrame(rows, columns=['truth', 'score', 'a', 'b'])

@given(people, st.integers(1, 30))
@settings(deadline=None, max_examples=40)
def test_parts_add_up_to_the_whole(rows, size):
    data = table(rows)
    whole, parts = (count_people(data, 'truth', 'score', ['a', 'b'], EDGES, rows=n) for n in (10**6, size))
    assert (whole.people == parts.people).all() and (whole.levels == parts.levels).all()

@given(people, st.sampled_from(EDGES[1:].tolist()))
@settings(deadline=None, max_examples=40)
def test_every_person_is_counted_once_as_a_plain_loop_would(rows, threshold):
    data = table(rows)
    names, cells = count_people(data, 'truth', 'score', ['a', 'b'], EDGES).cells(['b'], threshold)
    for name, found in zip(names, cells):
        mine = data[data.b == name]
        told = mine.score >= threshold
        assert found.tolist() == [(~mine.truth & ~told).sum(), (~mine.truth & told).sum(), (mine.truth & ~told).sum(), (mine.truth & told).sum()]
    assert cells.sum() == len(rows)

def test_a_score_that_stands_on_a_threshold_is_a_yes():
    edges = np.arange(101)/100
    for threshold in (.29, .57, .58, .07, .5):
        _, cells = count_people(pd.DataFrame({'t': [1], 's': [threshold], 'g': ['a']}), 't', 's', ['g'], edges).cells(['g'], threshold)
        assert cells.tolist() == [[0, 0, 0, 1]], threshold

def test_people_who_state_no_group_stay_in_the_count():
    names, cells = count_people(pd.DataFrame({'t': [1, 0, 1], 'p': [1, 1, 0], 'g': ['a', None, float('nan')]}), 't', 'p', ['g'], [0, 1]).cells(['g'], 1)
    assert names == ['(not stated)', 'a'] and cells.sum() == 3

def test_names_like_numbers_and_accents_in_two_spellings():
    assert name_levels(np.array(['007', '7', 7.0], dtype=object))[1] == ['007', '7', '7']
    names, _ = count_people(pd.DataFrame({'t': [1, 0], 'p': [1, 1], 'g': ['é', 'e\u0301']}), 't', 'p', ['g'], [0, 1]).cells(['g'], 1)
    assert names == ['é']

def test_ten_thousand_groups_and_a_huge_crossing():
    n = 20_000
    data = pd.DataFrame({'t': np.arange(n) % 2, 'p': 1, 'g': np.arange(n) % 10_000, 'h': np.arange(n) % 9_973})
    counted = count_people(data, 't', 'p', ['g', 'h'], [0, 1])
    assert len(counted.levels) == n and len(counted.cells(['g'], 1)[0]) == 10_000 and counted.people.sum() == n

def test_a_row_may_stand_for_many_people():
    data = pd.DataFrame({'t': [1, 0], 'p': [1, 1], 'g': ['a', 'a'], 'many': [40, 60]})
    assert count_people(data, 't', 'p', ['g'], [0, 1], count='many').cells(['g'], 1)[1].tolist() == [[0, 60, 0, 40]]

class InParts:
    "What Dask offers and we use: a table that applies a function to each of its parts."
    columns = ['t', 'p', 'g']
    def __init__(self, parts): self.parts = parts
    def map_partitions(self, function, *rest, meta):
        done = pd.concat([function(part, *rest) for part in self.parts])
        assert list(done.columns) == list(meta.columns)
        done.compute = lambda: done
        return done

def test_a_table_in_parts_gives_the_same_counts():
    dice = np.random.default_rng(0)
    data = pd.DataFrame({'t': dice.integers(0, 2, 500), 'p': dice.random(500), 'g': dice.choice(['a', 'b', 'c'], 500)})
    whole = count_people(data, 't', 'p', ['g'], EDGES)
    for other in (InParts([data[:100], data[100:]]), iter([data[:499], data[499:]])):
        assert (count_people(other, 't', 'p', ['g'], EDGES).people == whole.people).all()

@pytest.mark.parametrize('values, positive, says', [
    ([1, None], None, '`truth` is empty in 1 of 2 rows, first in row 2'),
    (['yes', ' '], None, '`truth` is empty in 1 of 2 rows'),
    ([.5, 1.5], None, '`truth` goes from 0 to 1; row 2 has 1.5. Divide percents by 100'),
    ([-1, 1], None, 'row 1 has -1'),
    (['ill', 'well'], None, "Say which means yes, as in positive='ill'"),
])
def test_bad_answers_get_one_sentence(values, positive, says):
    with pytest.raises(ValueError, match='(?s).*') as caught: as_scores(values, 'truth', positive)
    assert says in str(caught.value)

def test_every_common_spelling_of_yes_is_read():
    for values in (['yes', 'NO'], [True, False], [1, 0], ['1', '0'], ['True', 'false'], ['y', 'n'], [1., 0.]):
        assert list(map(float, as_scores(values, 'truth'))) == [1, 0]
    assert list(as_scores([3, 1, 3], 'truth', 3)) == [True, False, True]
    assert list(as_scores(['.5', '1'], 'score')) == [.5, 1]

def test_scores_in_place_of_the_truth_are_refused():
    with pytest.raises(ValueError, match='Were two columns swapped'):
        count_part(pd.DataFrame({'t': [.3, 1], 'p': [1, 0], 'g': ['a', 'b']}), 't', 'p', ['g'], EDGES)

def test_an_empty_table_is_refused():
    with pytest.raises(ValueError, match='no row has any person'):
        count_people(pd.DataFrame({'t': [], 'p': [], 'g': []}), 't', 'p', ['g'], [0, 1])

def test_unequal_lengths_and_unknown_columns_are_named():
    with pytest.raises(ValueError, match='y_true 2, y_pred 1, group 2'): one_table([1, 0], [1], ['a', 'b'])
    with pytest.raises(ValueError, match="no column 'sxe'.*Did you mean 'sex'"): one_table('t', 'p', 'sxe', data=pd.DataFrame(columns=['t', 'p', 'sex']))

def test_a_list_keeps_a_missing_entry_missing():
    data, *_ = one_table(['yes', float('nan')], [.2, .7], ['a', float('nan')])
    with pytest.raises(ValueError, match='`y_true` is empty in 1 of 2 rows, first in row 2'): as_scores(data.y_true, 'y_true')
    assert name_levels(data.group)[1] == ['a', '(not stated)']

def test_two_columns_of_chances_get_one_sentence():
    with pytest.raises(ValueError, match='one for yes'): one_table([1, 0], np.zeros((2, 2)), ['a', 'b'])

@pytest.mark.parametrize('many', [.5, -1, None, 'x'])
def test_a_row_stands_for_whole_people(many):
    with pytest.raises(ValueError, match='row 2 has'):
        count_part(pd.DataFrame({'t': [1, 0], 'p': [1, 1], 'g': ['a', 'a'], 'many': [40, many]}), 't', 'p', ['g'], [0, 1], count='many')

def test_a_short_float_that_stands_on_a_threshold_is_a_yes():
    data, edges = pd.DataFrame({'t': [1], 's': np.array([.57], np.float32), 'g': ['a']}), np.arange(101)/100
    assert count_people(data, 't', 's', ['g'], edges).cells(['g'], .57)[1].tolist() == [[0, 0, 0, 1]]

def test_whole_numbers_that_may_be_missing_are_read_or_named():
    assert as_scores(pd.Series([1, 0], dtype='Int64'), 'truth').tolist() == [1, 0]
    with pytest.raises(ValueError, match='`truth` is empty in 1 of 2 rows, first in row 2'): as_scores(pd.Series([1, None], dtype='Int64'), 'truth')
    with pytest.raises(ValueError, match='`truth` is empty in 1 of 2'): as_scores(pd.Series([1, None], dtype='Int64'), 'truth', positive='1')

@pytest.mark.parametrize('odd', ['80%', '?', '0,9'])
def test_one_odd_cell_among_scores_is_named(odd):
    with pytest.raises(ValueError) as caught: as_scores(pd.Series(['0.2', '0.9', odd]), 'score')
    assert f"row 3 has '{odd}'" in str(caught.value) and 'decimal point' in str(caught.value) and 'positive' not in str(caught.value)

def test_more_crossings_than_can_be_numbered_are_refused():
    data = pd.DataFrame({'t': [0, 1]*5000, 'p': [1, 0]*5000} | {name: np.arange(10_000).astype(str) for name in 'abcde'})
    with pytest.raises(ValueError, match='Cross fewer columns'): count_people(data, 't', 'p', list('abcde'), [0, 1])

def test_columns_named_by_numbers_are_found_either_way():
    data = pd.DataFrame({1: [0, 1], 2: [1, 1], 3: ['a', 'b']})
    for groups in (3, '3', [3], ['3']):
        table, truth, guess, by, *_ = one_table(1, '2', groups, data=data)
        assert (truth, guess, by) == ('1', '2', ['3']) and count_people(table, truth, guess, by, [0, 1]).people.sum() == 2

def test_a_new_line_inside_a_name_is_a_blank():
    assert name_levels(np.array(['north\nbank', 'north  bank'], dtype=object))[1] == ['north bank', 'north bank']
