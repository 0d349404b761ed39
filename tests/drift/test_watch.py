"What must hold for the watch, for any table."
from pathlib import Path
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats
from course.drift.watch import (BINS, LEAST, RARE, Column, Watch, WatchLab, add_column, count_rows, draw_report, holm, judge_column,
                                make_edges, name_answer, split_columns)
from course.shared.pieces import Unfit

HERE = Path(__file__).parent

def table(n=600, seed=0, warmer=0.):
    dice = np.random.default_rng(seed)
    warm = dice.normal(20 + warmer, 3, n).round(1)
    answer = (warm > 20).astype(int)
    return pd.DataFrame({'warm': warm, 'village': dice.choice(['Diofior', 'Fatick', 'Gossas'], n, p=[.5, .3, .2]),
                         'when': pd.Timestamp('2026-01-01 08:00') + pd.to_timedelta(dice.integers(0, 700, n), 'h'),
                         'fat': np.where(dice.random(n) < .1, np.nan, dice.normal(4, .3, n)), 'children': dice.integers(0, 4, n),
                         'guess': answer, 'truth': np.where(dice.random(n) < .9, answer, 1 - answer)})

@pytest.fixture(scope='module')
def watch(): return Watch.fit(table(2000, 1), 'truth', 'guess')

def test_a_quiet_table_is_quiet_and_a_moved_one_is_named(watch):
    assert not watch.check(table(400, 2)).alarm
    moved = watch.check(table(400, 3, warmer=2)).moved
    assert {f.column for f in moved} >= {'warm'} and moved[0].column in ('warm', 'guess')

@pytest.mark.parametrize('move, note', [(lambda w: w + 2, 'Higher than before.'), (lambda w: w - 2, 'Lower than before.'),
                                        (lambda w: 20 + 3*(w - 20), ''), (lambda w: w, '')])
def test_a_number_that_moved_says_which_way(watch, move, note):
    new = table(400, 2)
    found = next(f for f in watch.check(new.assign(warm=move(new.warm))).findings if f.column == 'warm')
    assert found.note == note

def test_each_kind_of_trouble_is_found(watch):
    new = table(400, 4)
    for bad, column, test in ((new.assign(village='Simal'), 'village', 'chi-squared'), (new.assign(fat=np.nan), 'fat', 'empty cells'),
                              (new.assign(when=pd.Timestamp('2026-02-07 03:00')), 'when: weekday', 'chi-squared'),
                              (new.assign(children=9), 'children', 'KS'), (new.assign(warm=np.inf), 'warm', 'empty cells')):
        report = watch.check(bad)
        assert (column, test) in {(f.column, f.test) for f in report.moved}

def test_lost_right_answers_ring_although_no_column_moved(watch):
    new = table(400, 5)
    new['truth'] = np.random.default_rng(0).integers(0, 2, 400)
    report = watch.check(new)
    assert [f.column for f in report.moved] == ['right answers'] and report.harm[1] > 0
    assert watch.check(new.drop(columns='truth')).harm is None

@pytest.mark.parametrize('write', [lambda c: c.astype(float), lambda c: c.astype(bool), lambda c: c.astype(str), lambda c: c.astype('category'),
                                   lambda c: c.astype('Int64'), lambda c: c.astype(bool).astype(str)])
def test_one_answer_has_one_name_however_it_is_written(watch, write):
    new, told = table(400, 5), watch.check(table(400, 5))
    for column in ('truth', 'guess'): assert watch.check(new.assign(**{column: write(new[column])})) == told

def test_where_only_some_rows_have_labels_those_are_counted(watch):
    new = table(400, 5)
    some = new.truth.where(np.arange(400) % 2 == 0) # empty cells turn 1 into 1.0
    right = np.mean(new.guess[::2] == new.truth[::2])
    report = watch.check(new.assign(truth=some))
    assert not report.alarm and abs(report.harm[0] - (watch.tally.right/2000 - right)) < 1e-12
    assert count_rows(new.assign(truth=some), None, 'truth', 'guess').judged == 200
    assert [name_answer(value) for value in (1., np.float32(2), True, 'True', 7, .5, 'a', '1.0', 'v1.0')] == [
        '1', '2', '1', '1', '7', '0.5', 'a', '1', 'v1.0']

@pytest.mark.parametrize('truth, guess', [('Truth', 'guess'), ('truth', ''), ('', 'guess'), ('truth', 'truth')])
def test_answers_that_cannot_be_counted_are_said_when_the_reference_is_made(truth, guess):
    with pytest.raises(Unfit, match='No row has both'): Watch.fit(table(60, 1), truth, guess)

@pytest.mark.parametrize('settings, words', [({'checks': 0}, '1 and 0'), ({'false_alarms': -1}, 'you gave -1'), ({'false_alarms': 52}, '52 and 52'),
                                             ({'worth': 10}, 'worth.*you gave 10'), ({'worth': float('nan')}, 'worth')])
def test_a_budget_that_cannot_be_is_said(settings, words):
    with pytest.raises(Unfit, match=words): Watch.fit(table(60, 1), **settings)

@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200))
@settings(max_examples=60, deadline=None)
def test_every_number_finds_one_bin(values):
    column = Column()
    add_column(column, 'number', pd.Series(values), True)
    assert sum(column.counts) == len(values) and len(column.counts) == len(column.edges) + 1
    assert column.edges == sorted(column.edges) and len(column.edges) <= BINS + 1

@given(st.integers(1, 599), st.integers(0, 5))
@settings(max_examples=15, deadline=None)
def test_pieces_and_order_do_not_matter(cut, seed):
    watch, new = Watch.fit(table(600, 1)), table(600, seed)
    whole = watch.check(new)
    assert watch.check(iter([new[:cut], new[cut:]])) == whole
    assert watch.check(new.sample(frac=1, random_state=seed)[new.columns[::-1]]) == whole

def test_the_gap_in_bins_never_exceeds_the_gap_of_the_rows(watch):
    for seed in range(20):
        new = table(300, seed, warmer=seed/20)
        found = next(f for f in watch.check(new).findings if f.column == 'warm')
        assert found.effect <= stats.ks_2samp(table(2000, 1).warm, new.warm).statistic + 1e-12

def test_no_row_and_no_rare_name_is_kept():
    rows = table(300, 1)
    rows.loc[:RARE - 2, 'village'] = 'Lonely'
    kept = Watch.fit(rows)
    assert 'Lonely' not in repr(kept) and sum(kept.tally.columns['village'].counts) == 300
    assert all(len(column.counts) < 60 for column in kept.tally.columns.values())
    spread = rows.warm.to_numpy()
    assert max(kept.tally.columns['warm'].edges) < spread.max()

@pytest.mark.parametrize('n', [20, 24, 60, 119])
def test_no_bin_of_a_small_table_is_one_person(n):
    pay = np.random.default_rng(n).normal(40_000, 9000, n).round(2) # all different
    kept = Watch.fit(pd.DataFrame({'pay': pay, 'beds': np.arange(n) % 3})).tally.columns
    assert min(kept['pay'].counts) > 1 and len(kept['pay'].counts) <= n//RARE and not {*kept['pay'].edges} & {*pay}
    assert kept['beds'].edges[1:] == [0, 1, 2] # values that many share keep a bin each
    rare = Watch.fit(pd.DataFrame({'children': [0, 1, 2]*40 + [14]})).tally.columns['children']
    assert rare.edges[1:] == [0, 1, 2] and rare.counts == [0, 40, 40, 40, 1]

@pytest.mark.parametrize('rows', [3, 30, 170])
def test_a_reference_of_many_small_pieces_has_the_bins_of_the_whole(rows):
    whole = table(600, 1)
    assert Watch.fit(whole[i:i + rows] for i in range(0, 600, rows)) == Watch.fit(whole)

def test_a_column_that_comes_late_was_empty_before(monkeypatch):
    monkeypatch.setattr('course.drift.watch.PIECE', 100)
    late = Watch.fit(iter([table(300, 1).drop(columns='children'), table(200, 2)])).tally.columns['children']
    assert late.missing == 300 and sum(late.counts) == 200

def test_numbers_too_large_to_subtract_count_as_infinite():
    old = pd.DataFrame({'wide': [1e308, -1e308]*20 + [*range(60)]})
    assert Watch.fit(old).tally.columns['wide'].missing == 40 and not Watch.fit(old).check(old).alarm

@pytest.mark.parametrize('name', ['shift: hour', 'when: weekday'])
def test_a_name_that_the_watch_gives_to_parts_of_dates_is_refused(name):
    with pytest.raises(Unfit, match=f"'{name}'.*Rename"): Watch.fit(table(60, 1).assign(**{name: 3}))

def test_a_table_without_columns_is_refused():
    with pytest.raises(Unfit, match='no column'): Watch.fit(pd.DataFrame(index=range(60)))

def test_rare_names_of_a_new_table_are_counted_and_not_shown(watch):
    new = table(60, 6)
    new.loc[:2, 'village'] = 'Awa Ndiaye'
    assert watch.check(new).notes == ("'village' holds rare names that the reference does not name. (3 rows)",)
    new.loc[:0, 'village'], new.loc[1:2, 'village'] = 'Awa Ndiaye', 'Loul'
    new.loc[3:9, 'village'] = 'Simal'
    assert watch.check(new).notes == ("'village' holds 'Simal', which the reference does not name. (7 rows)",
                                      "'village' holds rare names that the reference does not name. (3 rows)")
    assert watch.check(iter([new[:5], new[5:]])).notes == watch.check(new).notes
    assert '(1 row)' in watch.check(new[:1].assign(village='x').pipe(lambda one: pd.concat([one, table(60, 6)]))).notes[0]

def test_a_column_of_rare_names_alone_says_that_it_is_not_compared():
    person = pd.DataFrame({'person': [f'p{i}' for i in range(100)], 'same': 'a'})
    report = Watch.fit(person).check(person)
    assert report.notes == () and 'p7' not in repr(report)
    assert [f.note for f in report.findings] == ['All names are rare: nothing to compare.', 'One name only: nothing to compare.']

def test_an_update_may_be_small(watch):
    one = Watch.fit(table(600, 1))
    one.update(table(3, 2))
    one.update(table(3, 2)[:0])
    assert one.tally.n == 603 == sum(one.tally.columns['village'].counts)

def test_an_update_is_the_same_as_counting_both(watch):
    one = Watch.fit(table(600, 1))
    one.update(table(400, 2))
    both = count_rows(iter([table(600, 1), table(400, 2)]), Watch.fit(table(600, 1)).tally)
    assert one.tally.n == 1000 and one.tally.columns['warm'].counts == both.columns['warm'].counts

def test_false_alarms_keep_the_budget():
    watch = Watch.fit(table(2000, 1), 'truth', 'guess', worth=0., checks=20)
    rings = sum(watch.check(table(100, 100 + seed)).alarm for seed in range(150))
    assert rings/150 <= .05 + 3*np.sqrt(.05*.95/150)

@pytest.mark.slow
@pytest.mark.parametrize('n', [20, 100, 1000])
def test_false_alarms_keep_the_budget_over_a_thousand_checks(n):
    rings = 0
    for year in range(20): # new references, too: they are samples
        watch = Watch.fit(table(1000, 50_000 + year), 'truth', 'guess', worth=0., checks=20)
        rings += sum(watch.check(table(n, 1000*year + seed)).alarm for seed in range(50))
    assert rings/1000 <= .05 + 3*np.sqrt(.05*.95/1000)

@given(st.lists(st.floats(1e-9, 1), min_size=1, max_size=12))
def test_holm_is_never_smaller_and_keeps_the_order(p):
    kept = holm(p)
    assert all(k >= v for k, v in zip(kept, p)) and max(kept) <= 1
    assert np.all(np.diff([kept[i] for i in np.argsort(p)]) >= 0)
    assert kept[int(np.argmin(p))] == min(1, min(p)*len(p))
    assert holm([None, *p])[0] is None and holm([None, *p])[1:] == kept

BAD = {
    'missing column': (lambda t: t.drop(columns='warm'), "missing: 'warm'"),
    'renamed column': (lambda t: t.rename(columns={'warm': 'Warm '}), "is it 'Warm '"),
    'doubled column': (lambda t: pd.concat([t, t[['warm']]], axis=1), 'Two columns'),
    'empty': (lambda t: t.iloc[:0], '0 rows came'), 'one row': (lambda t: t.head(1), '1 row came'),
    'words for numbers': (lambda t: t.assign(warm=['cold'] + ['12']*(len(t) - 1)), "the first is 'cold'"),
    'numbers for dates': (lambda t: t.assign(when=3), 'held dates'),
    'words for dates': (lambda t: t.assign(when='soon'), 'no date'),
    'another time zone': (lambda t: t.assign(when=t['when'].dt.tz_localize('Africa/Dakar')), 'time zone Africa/Dakar'),
    'mixed time zones': (lambda t: t.assign(when=['2026-01-01T00:00+01:00', '2026-01-01T00:00+02:00']*(len(t)//2)), 'mixes time zones'),
    'no table': (lambda t: 7, 'you gave a int'), 'no tables in a stream': (lambda t: [1, 2], 'gave a int'),
    'semicolons': (lambda t: pd.DataFrame({'warm;village;when': ['20;Fatick;x']*60}), 'there are semicolons'),
    'tabs': (lambda t: pd.DataFrame({'warm\tvillage': ['20\tFatick']*60}), 'there are tabs'),
    'a column that ends': (lambda t: iter([t, t.drop(columns='children')]), "missing: 'children'"),
    'no file': (lambda t: '/nowhere/x.csv', 'no file')}

@pytest.mark.parametrize('name', BAD)
def test_bad_input_gets_one_sentence_and_no_number(watch, name):
    spoil, words = BAD[name]
    with pytest.raises(Unfit, match=words) as problem: watch.check(spoil(table(60, 6)))
    assert str(problem.value).count('. ') <= 2 and len(str(problem.value)) < 250

def test_what_can_be_read_safely_is_read(watch):
    new, quiet = table(60, 6), watch.check(table(60, 6))
    assert watch.check(new.assign(warm=new.warm.astype(str))).findings == quiet.findings # numbers as words
    assert watch.check(new.assign(when=new['when'].astype(str))).findings == quiet.findings # dates as words
    assert watch.check(new.assign(bed=1)).notes == ("Column 'bed' is new and was left out. (60 rows)",)
    assert "'village' holds 'Simal'" in watch.check(new.assign(village='Simal')).notes[0]

def test_constant_and_empty_columns_of_the_reference():
    old = pd.DataFrame({'same': [5.]*100, 'none': [np.nan]*100, 'word': ['a']*100})
    watch = Watch.fit(old)
    assert not watch.check(old).alarm
    report = watch.check(old.assign(same=4.9, none=1., word='b'))
    assert {f.column for f in report.moved} == {'same', 'none', 'word'}

def test_dates_that_come_late_and_dates_where_none_were():
    undated = table(300, 1).assign(when=None)
    late = Watch.fit(iter([undated, table(300, 2)]))
    assert {c.missing + sum(c.counts) for c in late.tally.columns.values()} == {600} and late.tally.columns['when: hour'].missing == 300
    assert {f.column for f in late.check(table(400, 3)).moved} == {'when: weekday', 'when: hour'}
    never = Watch.fit(undated)
    assert not never.check(undated).alarm and [f.column for f in never.check(table(400, 3)).moved] == ['when']
    never.update(table(300, 4))
    assert 'when' in {f.column for f in never.check(table(400, 3)).moved} # half of the reference is still empty

def test_lists_in_cells_and_names_in_two_rows_are_read_as_text():
    old = pd.DataFrame({'marks': [[1], [1, 2]]*50})
    assert Watch.fit(old).check(old.assign(marks=[[1]]*100)).alarm
    deep = pd.concat({'week': table(100, 1)}, axis=1)
    assert "('week', 'warm')" in Watch.fit(deep).tally.columns

def test_a_reference_of_one_heap_of_cells_is_refused(tmp_path):
    table(60, 1).to_csv(tmp_path/'week.csv', sep=';', index=False)
    with pytest.raises(Unfit, match='semicolons between them'): Watch.fit(tmp_path/'week.csv')

def test_all_missing_is_undefined_and_said(watch):
    report = watch.check(table(60, 6).assign(warm=np.nan))
    found = [f for f in report.findings if f.column == 'warm']
    assert {f.test for f in report.moved} == {'empty cells'} and any(f.p is None and f.effect is None for f in found)

def test_files_are_read_in_pieces_and_give_the_same(watch, tmp_path, monkeypatch):
    new = table(500, 7)
    new.to_csv(tmp_path/'week.csv', index=False)
    monkeypatch.setattr('course.shared.pieces.PIECE', 120)
    assert watch.check(tmp_path/'week.csv').findings == watch.check(new).findings
    assert watch.check(str(tmp_path/'week.csv')).now == 500

@pytest.mark.parametrize('content, words', [('', 'empty|no table'), ('a,b\n1,2\n3,4,5\n', 'no table'), (b'\xff\xfe\x00\x81', 'no table|missing|UTF-8')])
def test_a_broken_file_gets_one_sentence(watch, tmp_path, content, words):
    path = tmp_path/'week.csv'
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(Unfit, match=words): watch.check(path)

@pytest.fixture(scope='module')
def dask():
    why = 'Dask is an extra of its own: pip install "dask[dataframe]" pyarrow'
    return pytest.importorskip('dask.dataframe', reason=why)

@pytest.mark.parametrize('parts', [1, 3, 7])
def test_a_real_dask_table_gives_what_the_table_in_memory_gives(watch, dask, parts):
    new = table(400, 3, warmer=2)
    new.loc[3:40, 'village'] = None
    cut = dask.from_pandas(new, npartitions=parts)
    assert cut.npartitions == parts and watch.check(cut) == watch.check(new)
    lazy = cut[cut.warm > 15].assign(warm=cut.warm + 1)
    assert watch.check(lazy) == watch.check(new[new.warm > 15].assign(warm=new.warm + 1))

def test_a_real_dask_table_makes_a_reference_that_no_row_is_left_in(dask):
    rows = table(2000, 1)
    watch = Watch.fit(dask.from_pandas(rows, npartitions=4), 'truth', 'guess')
    assert watch.tally.n == 2000 and watch.tally.judged == 2000 and all(len(c.counts) < 60 for c in watch.tally.columns.values())
    assert not watch.check(table(400, 2)).alarm and watch.check(table(400, 3, warmer=2)).alarm

def test_bad_columns_of_a_real_dask_table_get_one_sentence(watch, dask):
    with pytest.raises(Unfit, match="missing: 'warm'"): watch.check(dask.from_pandas(table(60, 1).drop(columns='warm'), npartitions=2))
    with pytest.raises(Unfit, match='5 rows came'): watch.check(dask.from_pandas(table(5, 1), npartitions=2))

def test_the_picture_names_what_rings_and_carries_the_numbers(watch):
    picture = draw_report(watch.check(table(400, 3, warmer=2)))
    assert picture.says.startswith('Alarm: ') and 'warm' in picture.says and len(picture.table) >= 7
    better = table(400, 2)
    assert 'Right answers gained: 1' in draw_report(watch.check(better.assign(truth=better.guess))).says
    assert draw_report(watch.check(table(400, 2).drop(columns='truth'))).says.startswith('Nothing to do')

def test_the_lab_follows_its_controls(watch):
    lab = WatchLab(watch, lambda moved, amount, rows, seed: table(rows, seed, 2*amount*(moved == 'warmer')), ['nothing', 'warmer'])
    assert 'Alarm' in lab.picture.says
    lab.load('moved=nothing;seed=2')
    assert 'Nothing to do' in lab.picture.says
    lab.close()

def test_every_question_is_proved_both_ways():
    from course.shared.check import read_items
    from course.shared.prove import prove
    prove(read_items(HERE/'answers_watch.py', 0), HERE.parents[1]/'nbs/30_drift/35_watch.ipynb')
