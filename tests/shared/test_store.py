"Progress survives two notebooks, a killed process, a full disk, damage and newer courses; and it can be taken away and erased."
import json, signal, sqlite3, subprocess, sys, threading
from contextlib import closing
from dataclasses import asdict
import pytest
from hypothesis import given, settings, strategies as st
from course.shared import store as module
from course.shared.store import (FORMAT, Event, Store, export_progress, forget_progress, from_row, import_progress,
                                 read_event, store, to_row)

words = st.text(st.characters(exclude_categories=['Cs']), max_size=20)
values = st.recursive(st.none() | st.booleans() | st.integers(-2**53, 2**53) | st.floats(allow_nan=False) | words,
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=8)
events = st.builds(Event, words, words, words, st.integers(0, 9), st.integers(0, 10**9), st.lists(words, max_size=3).map(tuple),
                   words, values)

def start(code, **more):
    "Run Python code in a process of its own."
    return subprocess.Popen([sys.executable, '-c', code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)

@given(events)
def test_an_event_survives_the_table_and_the_text_file(event):
    assert from_row(to_row(event)) == event
    assert read_event(json.dumps(asdict(event), ensure_ascii=False)) == event

def test_events_come_back_oldest_first_from_another_store_on_the_same_file(tmp_path):
    late, early = Event('a.b', 'hint', at='2026-02-01T00:00:00+00:00'), Event('a.b', 'hint', at='2026-01-01T00:00:00+00:00')
    assert Store(tmp_path/'p.sqlite').add(late, early) == 2
    assert Store(tmp_path/'p.sqlite').events() == [early, late]

def test_the_store_is_one_file_in_the_home_of_the_course(own_home):
    store().add(Event('a.b', 'hint'))
    assert store().path == own_home/'progress.sqlite' and [path.name for path in own_home.iterdir()] == ['progress.sqlite']
    assert store() is store()

def test_the_file_is_in_write_ahead_mode(tmp_path):
    Store(tmp_path/'p.sqlite').add(Event('a.b', 'hint'))
    with closing(sqlite3.connect(tmp_path/'p.sqlite')) as db: assert db.execute('pragma journal_mode').fetchone() == ('wal',)

WRITER = '''
from course.shared.store import Event, Store
import sys
kept = Store(sys.argv[1] if len(sys.argv) > 1 else '{path}')
for n in range({many}):
    kept.add(Event('writer.{name}', 'checked', 'pass', hints=n))
    print(n, kept.trouble, flush=True)
'''

def test_four_notebooks_that_write_at_once_lose_nothing(tmp_path):
    path = tmp_path/'new'/'p.sqlite'
    writers = [start(WRITER.format(path=path, many=25, name=f'w{n}')) for n in range(4)]
    for writer in writers: assert 'not being' not in writer.communicate(timeout=120)[0]
    found = [(event.item, event.hints) for event in Store(path).events()]
    assert sorted(found) == sorted((f'writer.w{n}', m) for n in range(4) for m in range(25))

def test_threads_of_one_notebook_share_a_store(tmp_path):
    kept = Store(tmp_path/'p.sqlite')
    threads = [threading.Thread(target=lambda: [kept.add(Event('a.b', 'hint')) for _ in range(10)]) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    assert len({event.key for event in kept.events()}) == 40 and not kept.waiting

@pytest.mark.skipif(not hasattr(signal, 'SIGKILL'), reason='Windows has no SIGKILL')
def test_what_was_written_before_a_kill_is_there_after_it(tmp_path):
    path = tmp_path/'p.sqlite'
    writer = start(WRITER.format(path=path, many=100_000, name='killed'))
    said = [writer.stdout.readline() for _ in range(20)]
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    kept = Store(path)
    assert said[-1].startswith('19 ') and {event.hints for event in kept.events()} >= set(range(20))
    assert kept.add(Event('a.b', 'hint')) == 1 and not kept.trouble

def test_a_folder_that_cannot_exist_is_one_sentence_and_the_lesson_goes_on(tmp_path):
    (tmp_path/'file').write_text('not a folder')
    kept, event = Store(tmp_path/'file'/'p.sqlite'), Event('a.b', 'hint')
    assert kept.add(event) == 0 and kept.events() == [event]
    assert kept.trouble.startswith('Your answers are not being remembered: ') and '\n' not in kept.trouble

def test_what_waited_is_written_when_writing_becomes_possible(tmp_path):
    (tmp_path/'file').write_text('not a folder')
    kept, early, late = Store(tmp_path/'file'/'p.sqlite'), Event('a.b', 'hint'), Event('a.b', 'why')
    kept.add(early)
    (tmp_path/'file').unlink()
    assert kept.add(late) == 2 and not kept.waiting and not kept.trouble
    assert Store(kept.path).events() == [early, late]

FULL = '''
import resource, signal, sys
from course.shared.store import Event, Store, store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
kept = store()
kept.add(Event('a.b', 'hint'))
resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
sys.stdout.write(f"{kept.add(Event('a.b', 'why'))}|{kept.trouble}|")
from course.shared.store import export_progress
try: export_progress(sys.argv[1])
except OSError as problem: print(problem)
'''

@pytest.mark.skipif(sys.platform == 'win32', reason='Windows cannot limit the size of files')
def test_a_full_disk_is_one_sentence_and_the_old_events_stay(tmp_path, own_home):
    target = tmp_path/'out.jsonl'
    process = subprocess.run([sys.executable, '-c', FULL, target], capture_output=True, text=True, timeout=60)
    added, trouble, export = process.stdout.strip().split('|')
    assert added == '0' and 'not being remembered' in trouble, process.stderr
    assert 'could not be written' in export and not list(tmp_path.glob('out*'))
    assert [event.kind for event in store().events()] == ['hint']

def test_a_locked_file_is_waited_for_and_then_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(module, 'PATIENCE', .1)
    kept = Store(tmp_path/'p.sqlite')
    kept.add(Event('a.b', 'hint'))
    with closing(sqlite3.connect(kept.path, isolation_level=None)) as other:
        other.execute('begin exclusive')
        assert kept.add(Event('a.b', 'why')) == 0 and 'locked' in kept.trouble
    assert kept.add() == 1 and len(Store(kept.path).events()) == 2

def test_a_file_from_a_newer_course_is_not_touched(tmp_path):
    path = tmp_path/'p.sqlite'
    with closing(sqlite3.connect(path)) as db: db.executescript(f'create table events(x); pragma user_version={FORMAT+1}')
    before, kept = path.read_bytes(), Store(path)
    assert kept.add(Event('a.b', 'hint')) == 0 and f'format {FORMAT+1}' in kept.trouble
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 1

def damage_start(data): return b'no database at all' + data[18:]
def damage_middle(data): return data[:len(data)//2] + b'\xff'*600 + data[len(data)//2+600:]
def cut_off(data): return data[:len(data)//2]

@pytest.mark.parametrize('damage', [damage_start, damage_middle, cut_off])
def test_a_damaged_file_is_kept_under_another_name_and_a_new_one_begun(tmp_path, damage):
    kept = Store(tmp_path/'progress.sqlite')
    kept.add(*(Event('a.b', 'hint', value='x'*200) for _ in range(100)))
    damaged = damage(kept.path.read_bytes())
    kept.path.write_bytes(damaged)
    fresh, event = Store(kept.path), Event('a.b', 'why')
    fresh.events()
    aside, = tmp_path.glob('progress-damaged-*.sqlite')
    assert aside.read_bytes() == damaged and str(aside) in fresh.trouble and '\n' not in fresh.trouble
    assert event.key not in {known.key for known in fresh.events()} and fresh.add(event) == 1
    assert event in Store(kept.path).events()

def test_events_of_a_damaged_file_that_can_still_be_read_are_saved(tmp_path):
    kept = Store(tmp_path/'progress.sqlite')
    kept.add(*(Event('a.b', 'hint', hints=n, value='x'*200) for n in range(100)))
    kept.path.write_bytes(damage_middle(kept.path.read_bytes()))
    saved = {event.hints for event in Store(kept.path).events()}
    assert saved and saved < set(range(100))

@settings(max_examples=25)
@given(st.lists(events, max_size=6, unique_by=lambda event: event.key), st.data())
def test_merging_in_any_order_gives_the_union_and_repeating_changes_nothing(tmp_path_factory, made, data):
    folder = tmp_path_factory.mktemp('merge')
    parts = [data.draw(st.lists(st.sampled_from(made), max_size=6)) if made else [] for _ in range(2)]
    with pytest.MonkeyPatch.context() as patch:
        files = []
        for n, part in enumerate(parts):
            patch.setenv('COURSE_HOME', str(folder/f'{n}'))
            store().add(*part)
            files.append(export_progress(folder/f'{n}.jsonl'))
        patch.setenv('COURSE_HOME', str(folder/'merged'))
        wanted = {event.key: event for part in parts for event in part}
        results = [import_progress(file) for file in (*files, *files)]
        assert {event.key: event for event in store().events()} == wanted
        assert sum(result.added for result in results) == len(wanted) and not any(r.added for r in results[2:])
        assert not any(result.left_out for result in results)

def test_a_folder_gets_a_file_with_a_plain_name(tmp_path):
    store().add(Event('a.b', 'hint'))
    assert export_progress(tmp_path) == tmp_path/'progress.jsonl'
    assert import_progress(tmp_path).known == 1

def test_exporting_again_overwrites_an_export_and_nothing_else(tmp_path):
    (tmp_path/'diary.txt').write_text('mine')
    with pytest.raises(FileExistsError, match='is not an exported progress. Choose another name'): export_progress(tmp_path/'diary.txt')
    assert (tmp_path/'diary.txt').read_text() == 'mine'
    export_progress(tmp_path/'p.jsonl')
    store().add(Event('a.b', 'hint'))
    assert len(export_progress(tmp_path/'p.jsonl').read_text().splitlines()) == 2

def test_a_folder_that_is_not_there_is_made_and_a_file_is_none(tmp_path):
    assert export_progress(tmp_path/'new'/'p.jsonl').is_file()
    with pytest.raises(OSError, match='could not be written.*choose a folder'): export_progress(tmp_path/'new'/'p.jsonl'/'p.jsonl')

def test_lines_that_are_not_events_are_counted_and_the_rest_is_read(tmp_path):
    store().add(Event('a.b', 'hint'))
    file, good = export_progress(tmp_path/'p.jsonl'), Event('c.d', 'why')
    bad = ['{}', 'half a li', json.dumps(asdict(good) | {'hints': 'many'}), json.dumps(asdict(good) | {'at': 'noon'}),
           json.dumps(asdict(good) | {'item': '\ud800'}), json.dumps(asdict(good) | {'milliseconds': 10**30}), '['*5000, '"\udcff']
    file.write_bytes('\n'.join([file.read_text(), json.dumps(asdict(good)), '', *bad]).encode(errors='surrogateescape'))
    result = import_progress(file)
    assert (result.added, result.known, result.left_out) == (1, 1, len(bad))
    assert str(result) == f'1 new, 1 known already, {len(bad)} unreadable and left out'

@pytest.mark.parametrize('text, says', [
    (None, 'An exported progress was wanted'), ('my diary', 'An exported progress was wanted'), ('[]', 'An exported progress was wanted'),
    ('', 'An exported progress was wanted'),
    (json.dumps({'format': 'glassbox progress', 'version': FORMAT+1}), 'Install the newest course'),
    (json.dumps({'format': 'glassbox progress', 'version': 'new'}), 'Install the newest course')])
def test_what_is_not_an_export_is_refused_in_one_sentence(tmp_path, text, says):
    if text is not None: (tmp_path/'p.jsonl').write_text(text)
    with pytest.raises(ValueError, match=says) as told: import_progress(tmp_path/'p.jsonl')
    assert '\n' not in str(told.value) and store().events() == []

def test_importing_where_nothing_can_be_written_says_so(tmp_path, monkeypatch):
    file = export_progress(tmp_path/'p.jsonl')
    (tmp_path/'file').write_text('')
    monkeypatch.setenv('COURSE_HOME', str(tmp_path/'file'))
    with pytest.raises(OSError, match='Nothing was read in'): import_progress(file)
    with pytest.raises(OSError, match='Nothing was forgotten'): forget_progress()

def test_forgetting_leaves_no_trace_in_any_file_of_the_course(own_home):
    store().add(*(Event('secret.thing', 'predicted', value='goat'*50) for _ in range(50)))
    own_home.joinpath('progress-damaged-1.sqlite').write_text('secret.thing')
    assert forget_progress() == 50 and store().events() == []
    for path in own_home.rglob('*'): assert b'secret' not in path.read_bytes() and b'goat' not in path.read_bytes()
    assert store().add(Event('a.b', 'hint')) == 1

def test_forgetting_works_while_another_notebook_reads(own_home):
    store().add(Event('secret.thing', 'hint'))
    with closing(sqlite3.connect(store().path)) as other:
        assert other.execute('select count(*) from events').fetchone() == (1,)
        assert forget_progress() == 1
        assert other.execute('select count(*) from events').fetchone() == (0,)

def test_forgetting_what_waits_in_memory_too(tmp_path, monkeypatch):
    kept = store()
    kept.waiting = [Event('a.b', 'hint')]
    assert forget_progress() == 1 and kept.events() == []

def test_a_file_that_may_not_be_read_is_one_sentence(tmp_path, monkeypatch):
    (tmp_path/'progress.jsonl').write_text('{}')
    def refuse(*args, **more): raise PermissionError('no')
    monkeypatch.setattr(module, 'open', refuse, raising=False)
    with pytest.raises(ValueError, match='none that can be read'): import_progress(tmp_path/'progress.jsonl')
    with pytest.raises(FileExistsError, match='Choose another name'): export_progress(tmp_path/'progress.jsonl')
