"What must hold for tables read piece by piece, wherever they lie."
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from course.shared.pieces import PIECE, Unfit, fit_names, pieces, read_column, read_dates, read_file

def table(n=300, seed=0):
    dice = np.random.default_rng(seed)
    return pd.DataFrame({'warm': dice.normal(20, 3, n).round(1), 'village': dice.choice(['Diofior', 'Fatick'], n),
                         'when': pd.Timestamp('2026-01-01 08:00') + pd.to_timedelta(dice.integers(0, 700, n), 'h')})

@pytest.fixture
def small(monkeypatch): monkeypatch.setattr('course.shared.pieces.PIECE', 100)

def test_no_row_is_lost_or_read_twice(small, tmp_path):
    rows = table(257)
    rows.to_csv(tmp_path/'a.csv', index=False)
    for source in (rows, tmp_path/'a.csv', str(tmp_path/'a.csv'), iter([rows[:7], rows[7:]]), [rows]):
        read = list(pieces(source))
        whole = pd.concat(read).sort_values(list(rows)[:2]).reset_index(drop=True)
        assert len(whole) == 257 and np.allclose(whole.warm, np.sort(rows.warm))
    assert [len(piece) for piece in pieces(tmp_path/'a.csv')] == [100, 100, 57]

def test_a_piece_of_a_table_in_memory_is_spread_over_all_of_it(small):
    first = next(pieces(table(300).assign(place=range(300))))
    assert len(first) == 100 and first.place.max() > 290 and first.place.min() == 0

def test_a_stream_is_read_lazily():
    def stream():
        yield table(5)
        raise RuntimeError('too far')
    assert len(next(pieces(stream()))) == 5

def test_what_has_partitions_is_asked_for_one_after_the_other():
    rows = table(300)
    class Part:
        def __init__(self, rows): self.rows = rows
        def compute(self): return self.rows
    class Partitioned:
        npartitions = 3
        def get_partition(self, i): return Part(rows[100*i:100*i + 100])
    assert [len(piece) for piece in pieces(Partitioned())] == [100]*3

def test_a_real_dask_table_is_read_by_its_partitions():
    dask = pytest.importorskip('dask.dataframe', reason='Dask is an extra of its own: pip install "dask[dataframe]" pyarrow')
    rows = table(300)
    read = list(pieces(dask.from_pandas(rows, npartitions=4)))
    assert len(read) == 4 and np.allclose(pd.concat(read).warm, rows.warm)

def test_parquet_is_read_in_pieces_from_a_file_or_a_folder(small, tmp_path):
    pytest.importorskip('pyarrow', reason='Parquet needs an extra package: pip install pyarrow')
    rows = table(257)
    rows.to_parquet(tmp_path/'a.parquet')
    (tmp_path/'folder').mkdir()
    for i, part in enumerate((rows[:120], rows[120:])): part.to_parquet(tmp_path/'folder'/f'part.{i}.parquet')
    assert [len(piece) for piece in pieces(tmp_path/'a.parquet')] == [100, 100, 57]
    assert pd.concat(pieces(tmp_path/'folder')).reset_index(drop=True).equals(rows)
    cut = tmp_path/'cut.parquet'
    cut.write_bytes((tmp_path/'a.parquet').read_bytes()[:2000])
    with pytest.raises(Unfit, match='no table'): list(pieces(cut))

def test_parquet_without_its_package_names_the_command(tmp_path, monkeypatch):
    (tmp_path/'a.parquet').write_bytes(b'PAR1')
    monkeypatch.setitem(__import__('sys').modules, 'pyarrow.parquet', None)
    with pytest.raises(Unfit, match='pip install pyarrow'): list(pieces(tmp_path/'a.parquet'))

@pytest.mark.parametrize('content, words', [('', 'no table'), ('a,b\n1,2\n3,4,5\n', 'no table')])
def test_a_broken_file_gets_one_sentence(tmp_path, content, words):
    (tmp_path/'a.csv').write_text(content)
    with pytest.raises(Unfit, match=words): list(read_file(tmp_path/'a.csv'))

@pytest.mark.parametrize('source, words', [(7, 'you gave a int'), ([1, 2], 'gave a int'), ('nowhere.csv', 'no file')])
def test_what_is_no_table_gets_one_sentence(source, words):
    with pytest.raises(Unfit, match=words): list(pieces(source))

def test_a_folder_without_parquet_is_no_table(tmp_path):
    with pytest.raises(Unfit, match='no folder of .parquet'): list(pieces(tmp_path))

def test_a_file_that_grows_while_it_is_read_stops_the_reading(small, tmp_path):
    path = tmp_path/'a.csv'
    table(300).to_csv(path, index=False)
    stream = pieces(path)
    next(stream)
    with path.open('a') as file: file.write('1,2,3\n')
    with pytest.raises(Unfit, match='being written|no table'): list(stream)

@pytest.mark.parametrize('here, words', [(['a'], "missing: 'b'"), (['a', 'B '], "is it 'B '"), (['a', 'b', 'b'], 'Two columns')])
def test_names_that_do_not_fit_are_named(here, words):
    with pytest.raises(Unfit, match=words): fit_names(here, {'a': 1, 'b': 1})

def test_more_columns_in_another_order_fit(): assert fit_names(['c', 'b', 'a'], {'a': 1, 'b': 1}) is None

@pytest.mark.parametrize('values, kind', [([1, 2.5], 'number'), ([True, False], 'name'), (['a', None], 'name'), ([None, np.nan], ''),
                                          (['2026-03-01', '2026-03-02 10:00'], 'date'), (['2026-3-1'], 'name')])
def test_a_column_is_known_by_what_it_holds(values, kind): assert read_column(pd.Series(values), 'x')[0] == kind

@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30))
@settings(max_examples=30, deadline=None)
def test_numbers_written_as_words_are_the_same_numbers(values):
    kind, read = read_column(pd.Series([repr(v) for v in values]), 'x', 'number')
    assert kind == 'number' and read.tolist() == values

@pytest.mark.parametrize('values, wanted, words', [
    (['1', 'n/a'], 'number', "the first is 'n/a'"), ([3, 4], 'date', 'held dates'), (['2026-03-01', 'soon'], 'date', 'no date'),
    (['2026-01-01T00:00+01:00', '2026-01-01T00:00+02:00'], 'date', 'mixes time zones')])
def test_a_column_that_changed_its_kind_gets_one_sentence(values, wanted, words):
    with pytest.raises(Unfit, match=words): read_column(pd.Series(values), 'x', wanted)

@pytest.mark.parametrize('moments', [[pd.Timestamp('2026-01-01', tz='UTC'), pd.Timestamp('2026-01-01', tz='Africa/Dakar')],
                                     [pd.Timestamp('2026-01-01'), pd.Timestamp('2026-01-01', tz='UTC')]])
def test_dates_of_several_zones_that_are_no_text_get_one_sentence(moments):
    with pytest.raises(Unfit, match='mixes time zones'): read_column(pd.Series(moments, dtype=object), 'x', 'date')

def test_days_as_spans_are_dates():
    kind, read = read_column(pd.Series(pd.period_range('2026-01-01', periods=3, freq='D')), 'x')
    assert kind == 'date' and read.dt.day.tolist() == [1, 2, 3]

def test_numbers_among_names_keep_all_their_digits():
    read = read_column(pd.Series([1234567, 1234568.0, .5, None]), 'x', 'name')[1]
    assert read[:3].tolist() == ['1234567', '1234568', '0.5'] and read.isna()[3]

def test_a_file_in_other_letters_says_how_to_save_it(tmp_path):
    (tmp_path/'a.csv').write_bytes('village\nThiès\n'.encode('latin-1'))
    with pytest.raises(Unfit, match='CSV UTF-8'): list(read_file(tmp_path/'a.csv'))

def test_dates_stay_dates_and_words_stay_words():
    days = pd.Series(pd.to_datetime(['2026-03-01']))
    assert read_dates(days, 'x', False) is days and read_dates(pd.Series(['soon']), 'x', False) is None

def test_a_piece_fits_into_memory(): assert 10_000 <= PIECE <= 1_000_000

def test_a_comma_at_the_end_of_each_row_moves_no_column(tmp_path):
    (tmp_path/'t.csv').write_text('a,b\n0,2,\n1,4,\n')
    assert [list(piece) for piece in pieces(tmp_path/'t.csv')] == [['a', 'b']] and next(pieces(tmp_path/'t.csv')).b.tolist() == [2, 4]

def test_rows_with_more_cells_than_names_are_refused(tmp_path):
    (tmp_path/'t.csv').write_text('a,b\n0,2,5\n1,4,6\n')
    with pytest.raises(Unfit, match='more cells than its first line has names'): list(pieces(tmp_path/'t.csv'))

def test_complex_numbers_lose_no_half_in_silence():
    with pytest.raises(Unfit, match="'x' holds complex numbers"): read_column(pd.Series([1 + 2j, 3]), 'x')
