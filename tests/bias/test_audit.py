"Lesson 29: the audit holds for any data, says each mistake in one sentence, and its command ends as a team's gate needs."
import json, re
from pathlib import Path
import numpy as np, pandas as pd, pytest
from hypothesis import given, settings, strategies as st
from course.bias.accurate_for_whom import rates_by_group
from course.bias.audit import DEFINITIONS, Audit, ThresholdsLab, ask_for, at_thresholds, audit_command, audit_file, unequal
from course.shared.check import load_items
from course.shared.count import count_people
from course.shared.prove import prove

NOTEBOOK = Path(__file__).parents[2]/'nbs/20_bias/29_audit.ipynb'

def people(n=600, seed=0):
    "Invent people with two groups columns, a slice, a truth and a score that knows less about group b."
    dice = np.random.default_rng(seed)
    table = pd.DataFrame({'sex': dice.choice(['a', 'b'], n), 'age': dice.choice(['old', 'young', 'é'], n), 'site': dice.choice(['1', '2'], n)})
    table['truth'] = dice.random(n) < .4
    table['score'] = np.clip(.35 + .3*table.truth*(table.sex == 'a') + dice.normal(0, .15, n), 0, 1)
    return table

def test_arrays_tables_and_fairlearn_words_give_one_answer():
    data = people()
    wanted = Audit('truth', 'score', ['sex', 'age'], ['site'], data=data).json()
    for other in (Audit(data.truth, data.score, {'sex': data.sex, 'age': data.age}, {'site': data.site}),
                  Audit(data.truth.tolist(), data.score.to_numpy(), data[['sex', 'age']], slices=data[['site']]),
                  Audit('truth', 'score', sensitive_features=['sex', 'age'], control_features='site', data=data),
                  Audit('truth', 'score', ['sex', 'age'], ['site'], data=iter([data[:10], data[10:]]))):
        assert other.json() == wanted

@given(st.integers(0, 1000))
@settings(deadline=None, max_examples=15)
def test_rates_are_those_of_a_plain_loop(seed):
    data = people(80, seed)
    audit = Audit('truth', 'score', ['sex', 'age'], data=data)
    for row in audit.rates('precision', ['sex', 'age']):
        sex, age = row.group.split(' · ')
        mine = data[(data.sex == sex) & (data.age == age)]
        told = mine[mine.score >= .5]
        assert row.n == len(told) and row.value == (told.truth.mean() if len(told) else None)

def test_bounds_hold_inside_slices_too():
    audit = Audit('truth', 'score', ['sex'], ['site'], data=people(2000))
    inside = {name for _, name, _ in audit.gaps()}
    assert inside == {'everyone', '1', '2'}
    assert all(gap.low <= gap.difference <= gap.high for _, _, gap in audit.gaps())

def test_at_thresholds_equals_counting_again():
    data = people()
    counted = count_people(data, 'truth', 'score', ['sex'], np.arange(101)/100)
    names, cells = at_thresholds(counted, ['sex'])
    for threshold in (.01, .5, .77, 1.):
        assert (cells[:, np.searchsorted(counted.edges, threshold)] == counted.cells(['sex'], threshold)[1]).all()

def test_each_definition_comes_nearer_and_has_a_price():
    data = people(5000)
    counted = count_people(data, 'truth', 'score', ['sex'], np.arange(101)/100)
    for definition in DEFINITIONS:
        asked = ask_for(counted, ['sex'], definition)
        assert asked.unequal_then <= asked.unequal_now and 0 <= asked.changed <= 5000 and set(asked.thresholds) == {'a', 'b'}
    one = ask_for(counted, ['sex'], 'demographic parity')
    assert one.unequal_then < .03 and one.unequal_now > .1

def test_yes_and_no_alone_leave_the_threshold_as_it_is():
    data = people().assign(score=lambda t: t.score > .5)
    for asked in Audit('truth', 'score', 'sex', data=data).asks():
        assert asked.unequal_then == asked.unequal_now and asked.changed == 0 and set(asked.thresholds.values()) == {.5}

def test_definitions_leave_out_who_has_no_rate():
    assert unequal([[5, 0, 0, 0], [0, 0, 1, 3]], 'equal opportunity') is None
    assert unequal([[0, 0, 1, 1], [0, 0, 1, 3], [9, 0, 0, 0]], 'equal opportunity') == .25
    with pytest.raises(ValueError, match="you gave 'fair'"): unequal([[1, 1, 1, 1]], 'fair')

def test_a_group_of_one_and_a_group_without_yes():
    audit = Audit([1, 0, 1, 0, 0, 0]*10 + [1], [1, 0, 0, 0, 0, 1]*10 + [0], groups=(['a', 'a', 'a', 'b', 'b', 'b']*10 + ['alone']))
    rows = {row.group: row for row in audit.rates('true_positive_rate')}
    assert rows['b'].value is None and rows['alone'].n == 1
    assert 'alone' in repr(audit) and 'undefined' in repr(audit) and 'Too few to compare' in repr(audit)
    found = {row['group']: row['value'] for row in json.loads(audit.json())['rates'] if row['rate'] == 'true_positive_rate'}
    assert found['b'] is None

def test_an_all_correct_and_a_constant_model():
    truth, group = [1, 0]*40, ['a', 'b', 'b', 'a']*20
    assert all(row.value == 1 for row in Audit(truth, truth, group).rates())
    constant = Audit(truth, [0]*80, group)
    assert all(row.value is None for row in constant.rates('precision')) and 'undefined' in repr(constant)
    assert all(gap.ratio is None for _, _, gap in constant.gaps(['selection_rate'])) and constant.asks()

def test_one_group_only_is_said_and_not_an_error():
    assert 'Fewer than two groups can be compared' in repr(Audit([1, 0]*20, [1, 0]*20, ['a']*40))

def test_ten_thousand_groups():
    n = 30_000
    audit = Audit(np.arange(n) % 2, np.arange(n) % 3 == 0, np.arange(n) % 10_000)
    text = repr(audit)
    assert '9,980 more groups' in text and len(text) < 30_000 and len(audit.rates()) == 10_000

def test_labels_may_be_words():
    audit = Audit(['ill', 'well', 'ill', 'well'], ['ill', 'ill', 'well', 'well'], ['x', 'x', 'y', 'y'], positive='ill')
    assert audit.everyone.tolist() == [1, 1, 1, 1]
    with pytest.raises(ValueError, match="No row says 'il'"): Audit(['ill', 'well'], ['ill', 'ill'], ['x', 'y'], positive='il')

@pytest.mark.parametrize('words, positive', [(['well', 'ill'], 'ill'), ([1, 2], 2), ([1., 2.], '2'), (['no', 'yes'], 'yes'), ([0., 1.], 1)])
def test_a_score_beside_labels_stays_a_score(words, positive):
    data = people(900).assign(kind=lambda t: np.array(words, dtype=object)[t.truth.astype(int)]).infer_objects()
    wanted = Audit('truth', 'score', 'sex', data=data)
    for other in (data, iter([data[:7], data[7:]])):
        assert Audit('kind', 'score', 'sex', data=other, positive=positive).json() == wanted.json()
    told = data.assign(said=np.array(words)[(data.score >= .5).astype(int)])
    for answers in ('said', 'yes or no'):
        if answers == 'yes or no': told['said'] = np.where(data.score >= .5, 'yes', 'no')
        if answers == 'said' or not isinstance(positive, int) and not positive.isdigit():
            assert (Audit('kind', 'said', 'sex', data=told, positive=positive).everyone == wanted.everyone).all()

@pytest.mark.parametrize('score, says', [([40, 80], 'Divide percents by 100'), (['.3', 'oops'], "holds '.3', 'oops'"), ([.3, None], 'is empty in 1 of 2 rows')])
def test_labels_do_not_hide_a_broken_score(score, says):
    with pytest.raises(ValueError) as caught: Audit(['ill', 'well'], score, ['a', 'b'], positive='ill')
    assert says in str(caught.value)

@pytest.mark.parametrize('words, positive', [(['well', ' Ill'], 'ill'), (['FALSE', 'TRUE'], 'TRUE'), ([1000001., 1000002.], '1000002'), (['1.0', '2.0'], '2')])
def test_one_label_in_two_spellings_is_one_label(words, positive):
    data = people(300).assign(truth=lambda t: t.truth.astype(int), said=lambda t: (t.score >= .5).astype(int))
    wanted = Audit('truth', 'said', 'sex', data=data).everyone
    data = data.assign(truth=np.array(words, dtype=object)[data.truth], said=np.array([str(word).lower() for word in words])[data.said])
    assert (Audit('truth', 'said', 'sex', data=data, positive=positive).everyone == wanted).all()

@pytest.mark.parametrize('words, said, positive', [(['well', 'ill'], ['healthy', 'sick'], 'ill'), ([1, 2], [0, 1], 2), ([1, 2], ['no', 'yes'], 2)])
def test_answers_in_words_of_their_own_are_never_read_as_no(words, said, positive):
    truth = [0, 1]*20
    with pytest.raises(ValueError, match=f"No row says {positive!r} in `y_pred`; it holds {said[0]!r}|No row says {positive} in `y_pred`; it holds '{said[0]}'"):
        Audit([words[t] for t in truth], [said[t] for t in truth], ['a']*40, positive=positive)
    never = Audit([words[t] for t in truth], [words[0]]*40, ['a']*40, positive=positive) # a model that never says yes is no mistake
    assert never.everyone.tolist() == [20, 0, 20, 0]

def test_one_comparable_group_has_nobody_to_be_equal_to():
    data = people(300).assign(sex=lambda t: np.where(t.index, 'a', 'alone'))
    for asked in Audit('truth', 'score', 'sex', data=data).asks():
        assert asked.unequal_now is None and asked.changed == 0 and set(asked.thresholds.values()) == {.5}

@pytest.mark.parametrize('wrong, says', [
    (dict(y_pred=[.5, 30]), 'row 2 has 30. Divide percents by 100'),
    (dict(y_true=[1, None]), 'is empty in 1 of 2 rows'),
    (dict(groups=['a']), 'group 1'),
    (dict(groups=None), 'Say whom to compare'),
    (dict(threshold=50), 'you gave 50. Divide percents by 100'),
    (dict(threshold=0), 'above 0'),
    (dict(y_true=['ill', 'well']), "as in positive='ill'"),
    (dict(y_true=[.2, .9]), 'Were two columns swapped'),
    (dict(y_true=[], y_pred=[], groups=[]), 'no row has any person'),
    (dict(y_true='truth', y_pred='score', groups='sexe', data=people(5)), "Did you mean 'sex'"),
    (dict(y_true='truth', y_pred='score', groups='sexe', data=iter([people(5)])), "Did you mean 'sex'"),
    (dict(y_true='truth', y_pred='score', groups='sexe', data=iter([])), 'no row has any person'),
    (dict(y_true='truth', y_pred='score', groups='truth', data=people(5)), "'truth' is no group here"),
    (dict(groups={'people': ['a', 'b']}), "'people' is no group here"),
    (dict(y_true='truth', y_pred='truth', groups='sex', data=people(5)), "'truth' is both truth and prediction"),
    (dict(y_true='truth', y_pred='score', groups='sex', data=people(5).rename(columns={'age': 'sex'})), "Two columns are called 'sex'"),
    (dict(y_true='truth', y_pred='score', groups='sex', data=iter([people(5).rename(columns={'age': 'sex'})])), "Two columns are called 'sex'"),
    (dict(smallest=-1), 'a number of people, 0 or more; you gave -1'),
])
def test_bad_input_gets_one_sentence(wrong, says):
    with pytest.raises(ValueError) as caught: Audit(**{'y_true': [1, 0], 'y_pred': [1, 0], 'groups': ['a', 'b'], **wrong})
    assert says in str(caught.value)

def test_the_page_the_card_and_the_json_agree():
    audit = Audit('truth', 'score', ['sex', 'age'], ['site'], data=people(3000))
    row = audit.rates('accuracy', ['sex'])[0]
    said = f'{100*row.value:.1f} % ({100*row.low:.1f} to {100*row.high:.1f})'
    found = json.loads(audit.json())
    assert said in repr(audit) and said in audit.card() and said in audit._repr_html_()
    assert any(r['value'] == row.value and r['group'] == row.group for r in found['rates'])
    assert audit.card().startswith('## ') and f'{audit.n:,} people' in audit.card() and audit.day in audit.card()

def test_the_report_opens_without_a_network_and_runs_nothing(tmp_path):
    data = people().assign(sex=lambda t: t.sex.replace('a', '<script>alert(1)</script>'))
    Audit('truth', 'score', 'sex', data=data).save(tmp_path/'report.html')
    page = (tmp_path/'report.html').read_text(encoding='utf-8')
    assert '<script' not in page and not re.search(r'(src|href)="(http|//)', page) and page.count('<h1>') == 1 and '<svg' in page

def test_the_report_keeps_every_script_and_stays_silent(tmp_path, recwarn):
    data = people().assign(sex=lambda t: t.sex.replace({'a': '中文', 'b': 'Zoë <3'}))
    Audit('truth', 'score', 'sex', data=data).save(tmp_path/'report.html')
    page = (tmp_path/'report.html').read_text(encoding='utf-8')
    assert '中文' in page and 'Zoë &lt;3' in page and not recwarn.list

def test_few_are_those_of_a_whole_group_and_none_is_forgotten():
    data = people(400).assign(sex=lambda t: np.where(t.index < 3, 'c', 'a'), site=lambda t: np.where(t.index % 40, '1', '2'))
    said = repr(Audit('truth', 'score', 'sex', ['site'], data=data))
    assert 'in at least one rate: c. That rate is not known for them.' in said # a is small only inside site 2

def test_what_is_not_shown_is_counted():
    dice = np.random.default_rng(0)
    data = pd.DataFrame({column: dice.integers(0, most, 9000).astype(str) for column, most in zip('abcd', (6, 2, 2, 6))} | {'truth': dice.random(9000) < .5})
    data['score'] = np.clip(dice.random(9000) - .08*data.a.astype(int)*(data.d == '1'), 0, 1)
    audit = Audit('truth', 'score', ['a', 'b', 'c'], ['d'], data=data)
    sure = sum(inside != 'everyone' and gap.difference > gap.luck for _, inside, gap in audit.gaps())
    assert sure > 1 and f'{sure} more are in the JSON.' in repr(audit) and ' and 2 more' in repr(audit)
    inside = [line for line in repr(Audit('truth', 'score', 'a', ['d'], data=data)).splitlines() if 'By a, 1: ' in line]
    apart = [float(re.search(r'([\d.]+) points apart', line)[1]) for line in inside]
    assert len(apart) > 1 and apart == sorted(apart, reverse=True) # the widest first

def test_answers_without_a_score_have_no_threshold():
    told = repr(Audit([1, 0]*40, [0, 1, 1, 0]*20, ['a', 'b']*40))
    assert 'starts at a score' not in told and 'there is no other threshold to try' in told
    assert 'there is no other threshold to try' not in repr(Audit('truth', 'score', 'sex', data=people()))

def test_a_picture_of_many_groups_shows_both_ends():
    n = 20*100
    truth, group = np.arange(n) % 2, np.arange(n)//20
    audit = Audit(truth, np.where(np.arange(n) % 20 < group % 97//5, 1 - truth, truth), group)
    drawn, rows = audit.picture(), {row.group: row.value for row in audit.rates()}
    assert drawn.says.startswith('40 of 100 groups, the lowest and highest. ') and len(drawn.table) == 40
    assert f'{100*min(rows.values()):.1f} %' in drawn.says and f'{100*max(rows.values()):.1f} %' in drawn.says

@pytest.fixture
def file(tmp_path):
    people(2000).to_csv(tmp_path/'people.csv', index=False)
    return tmp_path/'people.csv'

def test_a_file_in_pieces_gives_the_answer_of_the_table(file):
    audit, wide = audit_file(file, 'truth', 'score', ['sex', 'age'], slices=['site'], rows=150)
    assert audit.json() == Audit('truth', 'score', ['sex', 'age'], ['site'], data=pd.read_csv(file)).json() and wide == []
    assert audit_file(file, 'truth', 'score', ['sex'], max_gap=1)[1]

@pytest.mark.parametrize('mark, decimal', [(',', '.'), (';', ','), (';', '.'), ('\t', '.'), ('\t', ',')])
def test_files_of_every_office(tmp_path, mark, decimal):
    people(300).to_csv(tmp_path/'f.csv', index=False, sep=mark, decimal=decimal, encoding='utf-8-sig')
    assert audit_file(tmp_path/'f.csv', 'truth', 'score', ['sex'])[0].n == 300

def test_a_parquet_file_gives_the_answer_of_the_table(tmp_path, monkeypatch):
    pytest.importorskip('pyarrow', reason='Parquet needs an extra package: pip install pyarrow')
    data = people(900)
    for name in ('one.parquet', 'many/1.parquet'):
        (tmp_path/'many').mkdir(exist_ok=True)
        data.to_parquet(tmp_path/name)
        monkeypatch.setattr('course.shared.pieces.PIECE', 200)
        found, _ = audit_file((tmp_path/name).parent if '/' in name else tmp_path/name, 'truth', 'score', ['sex', 'age'], slices='site')
        assert found.json() == Audit('truth', 'score', ['sex', 'age'], ['site'], data=data).json()
    data.assign(score=data.score.mask(data.index == 555)).to_parquet(tmp_path/'gap.parquet')
    with pytest.raises(ValueError, match='row 556'): audit_file(tmp_path/'gap.parquet', 'truth', 'score', ['sex'])

def test_a_dask_table_gives_the_answer_of_the_table():
    dask = pytest.importorskip('dask.dataframe', reason='Dask is an extra of its own: pip install "dask[dataframe]" pyarrow')
    data = people(900).assign(kind=lambda t: np.where(t.truth, 'ill', 'well'))
    for settings in ({'y_true': 'truth'}, {'y_true': 'kind', 'positive': 'ill'}):
        mine, theirs = (Audit(y_pred='score', groups=['sex', 'age'], slices=['site'], data=table, **settings).json() for table in (data, dask.from_pandas(data, npartitions=4)))
        assert mine == theirs

def test_names_that_a_reader_might_spoil_stay_as_written(tmp_path):
    (tmp_path/'f.csv').write_text('t,p,g\n1,1,NA\n0,1,007\n1,0,\n0,0,7\n', encoding='utf-8')
    assert [row.group for row in audit_file(tmp_path/'f.csv', 't', 'p', ['g'])[0].rates()] == ['(not stated)', '007', '7', 'NA']

@pytest.mark.parametrize('first', ['"a, b, c, d";t;p;g', '\n\nx;t;p;g', '"two\nlines, three commas,,";t;p;g', '"a""b, c, d, e";"t"; p;g'])
def test_the_first_line_may_look_odd(tmp_path, first):
    (tmp_path/'f.csv').write_text(first + '\n' + 'x;1;0,9;a\nx;0;0,2;b\n'*20, encoding='utf-8')
    assert audit_file(tmp_path/'f.csv', 't', 'p', ['g'])[0].everyone.tolist() == [20, 0, 0, 20]

def test_a_gap_as_wide_as_allowed_is_allowed(tmp_path, capsys):
    rows = ''.join(f'{int(i < 11)},1,a\n{int(i < 10)},1,b\n' for i in range(20)) # 55 and 50 of 100
    (tmp_path/'f.csv').write_text('t,p,g\n' + rows, encoding='utf-8')
    assert audit_command(tmp_path/'f.csv', 't', 'p', 'g', max_gap=5) == 0
    assert audit_command(tmp_path/'f.csv', 't', 'p', 'g', max_gap=4.9) == 1

def test_the_report_never_takes_the_place_of_the_data(file, capsys):
    before = file.read_bytes()
    assert audit_command(str(file), 'truth', 'score', 'sex', html=f'{file.parent}/../{file.parent.name}/{file.name}') == 2
    assert 'would take the place of the data' in capsys.readouterr().err and file.read_bytes() == before

def test_the_command_ends_with_0_1_or_2(file, capsys):
    assert audit_command(file, 'truth', 'score', 'sex,age') == 0
    assert re.search(r'\d+\.\d %', capsys.readouterr().out)
    assert audit_command(file, 'truth', 'score', 'sex,sex', max_gap=100) == 0
    assert audit_command(file, 'truth', 'score', 'sex', max_gap=2) == 1
    assert 'Wider than 2 points. By sex, everyone' in capsys.readouterr().err

def test_the_command_writes_json_and_html(file, tmp_path, capsys):
    assert audit_command(file, 'truth', 'score', 'sex', json=True, html=tmp_path/'r.html') == 0
    assert json.loads(capsys.readouterr().out)['n'] == 2000 and (tmp_path/'r.html').stat().st_size > 5000

def test_a_label_and_a_score_from_the_command_line(tmp_path, capsys):
    people(800).assign(truth=lambda t: np.where(t.truth, 'ill', 'well')).to_csv(tmp_path/'f.csv', index=False)
    assert audit_command(tmp_path/'f.csv', 'truth', 'score', 'sex', positive='ill', json=True) == 0
    assert json.loads(capsys.readouterr().out)['everyone'] == json.loads(Audit('truth', 'score', 'sex', data=people(800)).json())['everyone']
    assert audit_command(tmp_path/'f.csv', 'truth', 'score', 'sex', positive='il') == 2
    assert "No row says 'il' in `truth`" in capsys.readouterr().err

def write(folder, data):
    (folder/'f.csv').write_bytes(data)
    return folder/'f.csv'

@pytest.mark.parametrize('change, says', [
    (dict(truth='trueth'), "There is no column 'trueth'"),
    (dict(by=''), 'Say whom to compare, as in --by sex,age'),
    (dict(by='sex,truth'), "'truth' is no group here"),
    (dict(truth='age'), 'as in --positive'),
    (dict(file='/nowhere.parquet'), 'There is no file'),
    (dict(max_gap=.05), 'For 5 points write 5'),
    (dict(file='/nowhere.csv'), 'No such file or directory'),
    (dict(html='/nowhere/r.html'), 'No such file or directory'),
    (dict(threshold=40), 'Divide percents by 100'),
    (dict(positive='x'), "No row says 'x'"),
])
def test_the_command_says_what_is_wrong_in_one_line(file, capsys, change, says):
    assert audit_command(**{'file': file, 'truth': 'truth', 'prediction': 'score', 'by': 'sex', **change}) == 2
    heard = capsys.readouterr()
    assert says in heard.err and heard.err.count('\n') == 1 and heard.out == ''

@pytest.mark.parametrize('data, says', [(b'', 'is empty'), (b't,p,g\n', 'no row has any person'), ('t,p,g\n1,1,café\n'.encode('latin-1'), 'not UTF-8'),
    (b't,p,g\n1,,a\n', '`p` is empty in 1 of 1 rows'), (b't,p,g\n1,80,a\n', 'Divide percents by 100'), (b't,p,g\n1,1,a\n1,1,a,b,c\n', 'line 3'),
    (b't,p,g,g\n1,1,a,b\n', "Two columns are called 'g'"), (b't,p,g\n1,1,a,z\n1,1,b\n', 'Put quotes around'), (b't,p,g\n1,1,"a\n1,1,b\n', 'close each quote')])
def test_a_broken_file_gets_one_line(tmp_path, capsys, data, says):
    assert audit_command(write(tmp_path, data), 't', 'p', 'g') == 2
    heard = capsys.readouterr()
    assert says in heard.err and heard.err.count('\n') == 1

def test_the_lab_says_what_it_shows():
    lab = ThresholdsLab(Audit('truth', 'score', 'sex', data=people(3000)))
    assert lab.picture.says.startswith('0 of 4 hold') and 'as many as with 0.5 for all' in lab.picture.says
    lab.second.value = .4
    assert 'more than' in lab.picture.says or 'fewer than' in lab.picture.says
    lab.close()
    with pytest.raises(ValueError, match='age has 3. Keep two'): ThresholdsLab(Audit('truth', 'score', 'age', data=people()))

def test_the_exercises_are_proved_both_ways(): prove(load_items('audit'), NOTEBOOK)
