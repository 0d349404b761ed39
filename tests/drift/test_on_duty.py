"What must hold for the page, the file, the log and the command of the watch."
import json, re, sqlite3
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
import numpy as np
import pandas as pd
import pytest
from course.drift.on_duty import (YearLab, as_data, draw_year, load_watch, log_check, mix, picture_table, save_watch, say_matters, say_next,
                                  say_sure, say_verdict, slipping_year, text_table, watch_command, write_page)
from course.drift.watch import Unfit, Watch
from course.shared.data import load

HERE = Path(__file__).parent

def table(n=500, seed=0, slip=0.):
    dice = np.random.default_rng(seed)
    return pd.DataFrame({'warm': dice.normal(37 - slip, 1, n).round(2), 'village': dice.choice(['a', 'b', 'c'], n),
                         'when': pd.Timestamp('2026-01-05') + pd.to_timedelta(dice.integers(0, 70, n), 'D')})

@pytest.fixture(scope='module')
def watch(): return Watch.fit(table(1500, 1))

def test_a_saved_watch_judges_as_before_and_is_small(watch, tmp_path):
    path = save_watch(watch, tmp_path/'a.watch.json')
    for seed in range(3): assert load_watch(path).check(table(300, seed)) == watch.check(table(300, seed))
    assert path.stat().st_size < 5000 and not list(tmp_path.glob('*.part'))

def test_a_saved_watch_holds_no_row(watch, tmp_path):
    rare = table(300, 2)
    rare.loc[0, ['village', 'warm']] = ['Only here', 41.237]
    text = save_watch(Watch.fit(rare), tmp_path/'a.json').read_text()
    assert 'Only here' not in text and '41.237' not in text

@pytest.mark.parametrize('spoil, words', [
    (lambda text: text[:len(text)//2], 'cut off'), (lambda text: '', 'cut off'), (lambda text: '[1]', 'no saved reference'),
    (lambda text: text.replace('"version": 1', '"version": 9'), 'version 9'), (lambda text: text.replace('1500', '1501'), 'was changed')])
def test_a_spoilt_reference_gets_one_sentence(watch, tmp_path, spoil, words):
    path = save_watch(watch, tmp_path/'a.json')
    path.write_text(spoil(path.read_text()))
    with pytest.raises(Unfit, match=words): load_watch(path)

def test_no_reference_and_no_place_to_save_are_said(watch, tmp_path):
    with pytest.raises(Unfit, match='no reference'): load_watch(tmp_path/'none.json')
    with pytest.raises(Unfit, match='could not be saved'): save_watch(watch, save_watch(watch, tmp_path/'a.json')/'b.json')

class Balanced(HTMLParser):
    open_tags, void = (), ('meta',)
    def handle_starttag(self, tag, attrs): self.open_tags += () if tag in self.void or tag == 'html' else (tag,)
    def handle_endtag(self, tag):
        if tag == 'html': return
        assert self.open_tags[-1] == tag
        self.open_tags = self.open_tags[:-1]

def test_the_page_needs_no_network_and_escapes_what_it_shows(watch):
    page = write_page(watch.check(table(300, 3).assign(village='<script>alert(1)</script>')), '<b>', '2026-01-01')
    assert not re.search(r'https?:|src=|<script|<b>', page) and '&lt;script&gt;' in page
    reader = Balanced()
    reader.feed(page)
    assert reader.open_tags == () and page.count('<h1>') == 1

def test_the_page_answers_five_questions(watch):
    page = write_page(watch.check(table(300, 3, slip=1)))
    assert all(question in page for question in ('What moved', 'How sure', 'Does it matter', 'What now', 'The numbers'))
    assert 'Something moved: warm' in page and 'Nothing to do' in write_page(watch.check(table(300, 4)))

def test_each_column_that_moved_has_its_own_sureness_and_the_rows_stand_beside(watch):
    report = watch.check(table(300, 3, slip=.3).assign(village='a'))
    page = write_page(report)
    assert len(report.moved) == 2 and all(f'<li>{f.column}: {say_sure(f.p)}</li>' in page for f in report.moved)
    assert all('<li>300 rows were compared with 1500.</li>' in write_page(found) for found in (report, watch.check(table(300, 4))))

def test_a_number_that_moved_is_said_with_its_way(watch):
    told = lambda **new: say_verdict(watch.check(table(300, 3, **new)))
    assert 'rows lie lower than before.' in told(slip=1) and 'rows lie higher than before.' in told(slip=-1)
    wide = table(300, 3)
    assert 'rows lie elsewhere on its scale.' in say_verdict(watch.check(wide.assign(warm=37 + 4*(wide.warm - 37))))

def test_words_follow_the_numbers():
    assert 'million' in say_sure(1e-9) and 'one of 50 checks' in say_sure(.02) and 'not be tested' in say_sure(None)
    assert say_matters(None).startswith('Not known')
    assert say_matters((.1, .05, .15)) == 'Yes: of 100 answers, between 5 and 15 fewer are right than before.'
    assert 'cannot be excluded' in say_matters((.01, -.03, .05))

def test_an_undefined_finding_reaches_page_and_json_as_undefined(watch):
    report = watch.check(table(100, 5).assign(warm=np.nan))
    assert 'undefined' in write_page(report) and 'warm: Too few values to compare.' in write_page(report)
    assert json.loads(json.dumps(as_data(report)))['findings'][-1]['p'] is None

def test_advice_is_never_empty_and_warns_before_learning(watch):
    assert say_next(watch.check(table(300, 4))) == ['Nothing. Look again at the next check.']
    steps = say_next(watch.check(table(300, 3, slip=1).assign(village='z')))
    assert any('warm' in s for s in steps) and any('village' in s for s in steps) and 'reference' in steps[-1]

def test_the_log_counts_the_checks_of_a_year(watch, tmp_path):
    report, path = watch.check(table(300, 4)), tmp_path/'log.sqlite'
    counts = [log_check(path, report, 'a', when) for when in ('2024-01-01T08:00', '2025-06-01T08:00', '2025-07-01T08:00')]
    assert counts == [1, 1, 2] and log_check(path, report, 'b', '2025-07-01T09:00') == 1
    with sqlite3.connect(path) as log: assert log.execute('SELECT count(*), sum(alarm) FROM checks').fetchone() == (4, 0)
    with pytest.raises(Unfit, match='cannot be written'): log_check(tmp_path, report, 'a', '2025-01-01')

def test_a_date_counts_however_it_is_written(watch, tmp_path):
    report, path = watch.check(table(300, 4)), tmp_path/'log.sqlite'
    ways = ('2026-01-05', '20260106', '2026-W02-3', '20260108T0800', '2026-01-09 08:00', '2026-01-10T08:00:00.5+01:00')
    assert [log_check(path, report, 'a', when) for when in ways] == [1, 2, 3, 4, 5, 6]

def test_the_command_gives_its_three_codes(watch, tmp_path, capsys):
    reference = save_watch(watch, tmp_path/'a.watch.json')
    table(300, 4).to_csv(tmp_path/'quiet.csv', index=False)
    table(300, 3, slip=1).to_csv(tmp_path/'slipped.csv', index=False)
    assert watch_command(reference, tmp_path/'quiet.csv') == 0 and capsys.readouterr().out.startswith('Nothing to do')
    assert watch_command(reference, tmp_path/'slipped.csv', page=tmp_path/'p.html', log=tmp_path/'l.sqlite') == 1
    assert capsys.readouterr().out.startswith('Alarm: warm\n') and 'warm' in (tmp_path/'p.html').read_text()
    assert watch_command(reference, tmp_path/'gone.csv') == 2
    said = capsys.readouterr()
    assert said.out == '' and 'gone.csv' in said.err and said.err.count('\n') == 1
    assert watch_command(tmp_path/'gone.json', tmp_path/'quiet.csv') == 2

def test_the_command_takes_a_table_as_reference_and_speaks_json(tmp_path, capsys):
    table(1500, 1).to_csv(tmp_path/'old.csv', index=False)
    table(300, 3, slip=1).to_csv(tmp_path/'new.csv', index=False)
    assert watch_command(tmp_path/'old.csv', tmp_path/'new.csv', json=True) == 1
    said = json.loads(capsys.readouterr().out)
    assert said['alarm'] and said['columns'] == ['warm'] and said['findings'][0]['p'] < .01 and said['then'] == 1500
    assert watch_command(tmp_path/'old.csv', tmp_path/'none.csv', json=True) == 2
    assert 'none.csv' in json.loads(capsys.readouterr().out)['error']

def test_the_command_reads_parquet_files_and_folders(tmp_path, capsys):
    pytest.importorskip('pyarrow', reason='Parquet needs an extra package: pip install pyarrow')
    table(1500, 1).to_parquet(tmp_path/'old.parquet')
    table(400, 2).to_parquet(tmp_path/'quiet.parquet')
    (tmp_path/'month').mkdir()
    for week in range(4): table(150, week, slip=1.).to_parquet(tmp_path/'month'/f'{week}.parquet')
    assert watch_command(tmp_path/'old.parquet', tmp_path/'quiet.parquet') == 0
    assert watch_command(tmp_path/'old.parquet', tmp_path/'month') == 1 and 'Alarm: warm' in capsys.readouterr().out
    (tmp_path/'cut.parquet').write_bytes((tmp_path/'quiet.parquet').read_bytes()[:1500])
    assert watch_command(tmp_path/'old.parquet', tmp_path/'cut.parquet') == 2 and 'no table' in capsys.readouterr().err

def test_without_its_package_the_command_says_what_to_install_for_parquet(tmp_path, capsys, monkeypatch):
    (tmp_path/'new.parquet').write_bytes(b'PAR1')
    table(300, 1).to_csv(tmp_path/'old.csv', index=False)
    monkeypatch.setitem(__import__('sys').modules, 'pyarrow.parquet', None)
    assert watch_command(tmp_path/'old.csv', tmp_path/'new.parquet') == 2 and 'pip install pyarrow' in capsys.readouterr().err

def test_the_command_says_what_it_cannot_write_or_read(watch, tmp_path, capsys):
    reference = save_watch(watch, tmp_path/'a.json')
    table(300, 4).to_csv(tmp_path/'quiet.csv', index=False)
    table(300, 4).to_csv(tmp_path/'excel.csv', index=False, sep=';')
    (tmp_path/'folder.html').mkdir()
    for new, options, words in (('quiet.csv', {'page': tmp_path/'folder.html'}, 'could not be written'), ('excel.csv', {}, 'semicolons'),
                                ('quiet.csv', {'when': 'yesterday', 'log': tmp_path/'l.sqlite'}, "'yesterday' is no date and time")):
        assert watch_command(reference, tmp_path/new, **options) == 2
        said = capsys.readouterr()
        assert words in said.err and said.err.count('\n') == 1 and 'Errno' not in said.err and not said.out
    assert watch_command(reference, tmp_path/'quiet.csv', page=tmp_path/'new'/'p.html') == 0 and (tmp_path/'new'/'p.html').exists()
    assert watch_command(reference.rename(tmp_path/'B.JSON'), tmp_path/'quiet.csv') == 0

def test_the_command_never_writes_its_page_over_data(watch, tmp_path, capsys):
    reference = save_watch(watch, tmp_path/'a.json')
    table(300, 4).to_csv(tmp_path/'quiet.csv', index=False)
    kept = {path: path.read_bytes() for path in (tmp_path/'quiet.csv', reference)}
    for path in kept:
        assert watch_command(reference, tmp_path/'quiet.csv', page=str(path)) == 2
        assert f'{path.name} is no name for a page' in capsys.readouterr().err and path.read_bytes() == kept[path]

def test_a_page_of_last_week_never_stands_for_a_check_that_failed(watch, tmp_path, capsys):
    reference, page = save_watch(watch, tmp_path/'a.json'), tmp_path/'page.html'
    table(300, 4).to_csv(tmp_path/'quiet.csv', index=False)
    assert watch_command(reference, tmp_path/'quiet.csv', page=page) == 0 and 'Nothing to do' in page.read_text()
    assert watch_command(reference, tmp_path/'gone.csv', page=page, when='2026-01-05T07:00') == 2
    assert 'Not checked' in (told := page.read_text()) and 'Nothing to do' not in told and 'gone.csv' in told and '2026-01-05' in told

def test_the_command_saves_a_reference_without_its_rows(tmp_path, capsys):
    dice, kept = np.random.default_rng(0), tmp_path/'a.watch.json'
    rows = table(1500, 1).assign(person=[f'Awa {i}' for i in range(1500)], guess=dice.integers(0, 2, 1500))
    rows.assign(truth=rows.guess).to_csv(tmp_path/'old.csv', index=False)
    assert watch_command(tmp_path/'old.csv', save=kept, truth='truth', guess='guess', checks=365) == 0
    said = capsys.readouterr()
    assert said.out == f'Saved: {kept}: the counts of 1500 rows, and no row.\n' and not said.err and 'Awa' not in kept.read_text()
    assert (load_watch(kept).checks, load_watch(kept).truth) == (365, 'truth')
    table(300, 3, slip=1).assign(person='x', guess=1).to_csv(tmp_path/'slipped.csv', index=False)
    assert watch_command(kept, tmp_path/'slipped.csv') == 1 and 'Alarm' in capsys.readouterr().out

def test_saving_and_checking_may_go_together(tmp_path, capsys):
    table(1500, 1).to_csv(tmp_path/'old.csv', index=False)
    table(300, 4).to_csv(tmp_path/'quiet.csv', index=False)
    assert watch_command(tmp_path/'old.csv', tmp_path/'quiet.csv', save=tmp_path/'a.json') == 0
    assert capsys.readouterr().out.splitlines()[1] == 'Nothing to do' and load_watch(tmp_path/'a.json').tally.n == 1500
    assert watch_command(tmp_path/'old.csv', save=tmp_path/'b.json', json=True) == 0
    assert json.loads(capsys.readouterr().out) == {'saved': str(tmp_path/'b.json'), 'then': 1500}
    assert watch_command(tmp_path/'old.csv', tmp_path/'quiet.csv', save=tmp_path/'c.json', json=True) == 0
    assert json.loads(capsys.readouterr().out)['alarm'] is False

def test_what_cannot_be_saved_or_checked_is_said_and_nothing_is_overwritten(watch, tmp_path, capsys):
    reference = save_watch(watch, tmp_path/'a.json')
    table(300, 4).to_csv(tmp_path/'quiet.csv', index=False)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for given, options, words in ((reference, {}, 'Give a second table'), (tmp_path/'quiet.csv', {}, 'or --save NAME.watch.json'),
                                  (tmp_path/'quiet.csv', {'save': tmp_path/'b.csv'}, 'ends in .json'),
                                  (tmp_path/'quiet.csv', {'save': reference}, 'a.json is there already'),
                                  (tmp_path/'quiet.csv', {'save': tmp_path/'quiet.csv'/'b.json'}, 'could not be'),
                                  (tmp_path/'gone.csv', {'save': tmp_path/'b.json'}, 'no file'),
                                  (tmp_path/'quiet.csv', {'save': tmp_path/'b.json', 'checks': -3}, 'you gave 1 and -3'),
                                  (tmp_path/'quiet.csv', {'save': tmp_path/'b.json', 'truth': 'Truth', 'guess': 'warm'}, "'Truth'"),
                                  (reference, {'save': tmp_path/'b.json'}, 'saved already'),
                                  (reference, {'new': 'quiet.csv', 'checks': 12}, 'Leave out')):
        assert watch_command(given, **options) == 2
        said = capsys.readouterr()
        assert words in said.err and said.err.count('\n') == 1 and not said.out
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before

def test_the_command_counts_right_answers_where_it_is_told_their_columns(watch, tmp_path, capsys):
    for name, n, good in (('old', 800, .9), ('new', 300, .6)):
        dice, rows = np.random.default_rng(n), table(n, n)
        rows['guess'] = dice.integers(0, 2, n)
        rows.assign(truth=np.where(dice.random(n) < good, rows.guess, 1 - rows.guess)).to_csv(tmp_path/f'{name}.csv', index=False)
    assert watch_command(tmp_path/'old.csv', tmp_path/'new.csv', truth='truth', guess='guess') == 1
    assert 'Alarm: right answers' in (said := capsys.readouterr().out) and 'Yes: of 100 answers, between ' in said and 'fewer are right than before.' in said
    assert watch_command(tmp_path/'old.csv', tmp_path/'new.csv', truth='Truth', guess='guess') == 2 and "'Truth'" in capsys.readouterr().err
    reference = save_watch(watch, tmp_path/'a.json')
    assert watch_command(reference, tmp_path/'new.csv', truth='truth') == 2 and 'Leave out truth' in capsys.readouterr().err

def test_one_reference_has_one_budget_however_its_path_is_written(watch, tmp_path, capsys, monkeypatch):
    save_watch(replace(watch, checks=2), tmp_path/'a.json')
    table(300, 4).to_csv(tmp_path/'quiet.csv', index=False)
    monkeypatch.chdir(tmp_path)
    for day, path in enumerate(('a.json', './a.json', tmp_path/'a.json'), 1):
        watch_command(path, 'quiet.csv', log='l.sqlite', when=f'2026-01-0{day}T08:00')
    assert '3 checks in a year, 2 planned' in capsys.readouterr().out

def test_the_command_says_when_the_budget_is_spent(watch, tmp_path, capsys):
    reference = save_watch(replace(watch, checks=2), tmp_path/'a.json')
    table(300, 4).to_csv(tmp_path/'quiet.csv', index=False)
    for day in (1, 2, 3): watch_command(reference, tmp_path/'quiet.csv', log=tmp_path/'l.sqlite', when=f'2026-01-0{day}T08:00')
    assert '3 checks in a year, 2 planned' in capsys.readouterr().out

def test_mixtures_are_the_same_each_time_and_keep_distances():
    rows = np.random.default_rng(0).normal(size=(60, 400))
    one, two = mix(rows, 'x'), mix(rows, 'x')
    assert all((one[k] == two[k]).all() for k in one) and list(one) == [f'x {i}' for i in range(1, 9)]
    near, far = rows[0] + .1, rows[0] + 5*rows[1]
    apart = [np.linalg.norm([mix(np.stack([rows[0], other]), 'x')[k] @ [1, -1] for k in one]) for other in (near, far)]
    assert apart[0] < apart[1]/3

def test_texts_become_a_table_and_new_words_ring():
    make = lambda words, seed: [' '.join(np.random.default_rng(seed*999 + i).choice(words, 10)) for i in range(120)]
    words = 'rain goat milk path well market sheep dust'.split()
    watch = Watch.fit(text_table(make(words, 1)))
    assert not watch.check(text_table(make(words, 2))).alarm
    assert watch.check(text_table(make(words[:4] + 'bus phone screen app'.split(), 3))).alarm
    assert len(text_table(['', 'Ein Satz.'])) == 2

@pytest.mark.parametrize('texts, words', [(['a b', None], 'text 1 is None'), ([float('nan')], 'text 0 is nan'), ([7, 'a'], 'text 0 is 7')])
def test_what_is_no_text_is_said(texts, words):
    with pytest.raises(Unfit, match=words): text_table(texts)

def test_pictures_become_a_table_and_darker_ones_ring(tmp_path):
    from PIL import Image
    paths = load('photos').paths[::3][:40]
    darker = []
    for i, path in enumerate(paths):
        darker.append(tmp_path/f'{i}.png')
        Image.open(path).convert('RGB').point(lambda v: v//2).save(darker[-1])
    watch = Watch.fit(picture_table(paths))
    assert 'brightness' in [f.column for f in watch.check(picture_table(darker)).moved]

def test_a_looser_budget_rings_earlier_and_more_often_falsely():
    years = {b: [slipping_year(b, 80, 1., seed)[1] for seed in range(20)] for b in (1, 15)}
    first = {b: np.mean([next(iter(np.flatnonzero(y[26:])), 26) for y in ys]) for b, ys in years.items()}
    assert first[15] < first[1] and sum(y[:26].sum() for y in years[15]) > sum(y[:26].sum() for y in years[1])

def test_the_budget_of_a_year_is_kept_when_nothing_slips():
    rings = [slipping_year(2, 100, 0., seed)[1].sum() for seed in range(60)]
    assert abs(np.mean(rings) - 2) < 4*np.sqrt(2/60) + .3

def test_the_lab_follows_its_controls():
    lab = YearLab()
    assert 'false rings in 26 quiet weeks' in lab.picture.says
    lab.slip.value = 0.
    assert 'no true ring' in lab.picture.says or 'first true ring' in lab.picture.says
    lab.close()
    assert 'no true ring' in draw_year(np.full(52, .1), np.zeros(52, bool)).says

def test_the_verdict_comes_first(watch):
    assert say_verdict(watch.check(table(300, 3, slip=1))).splitlines()[0] == 'Alarm: warm'

def test_every_question_is_proved_both_ways():
    from course.shared.check import read_items
    from course.shared.prove import prove
    prove(read_items(HERE/'answers_on_duty.py', 0), HERE.parents[1]/'nbs/30_drift/36_on_duty.ipynb')
