"A lesson is run as a learner would run it, and nothing of the learner's own is touched."
import os, subprocess, sys, time
from types import SimpleNamespace
import nbformat, pytest
from hypothesis import given, strategies as st
from course.shared.data import home
from course.shared.rehearsal import MemoryWatch, is_claim, is_skipped, rehearse, run_words, shows_picture

@pytest.fixture
def lesson(tmp_path):
    "Write a notebook with these code cells."
    def write(*sources):
        path = tmp_path/'99_tiny.ipynb'
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources]), path)
        return path
    return write

def test_a_claim_is_a_check_that_is_not_exported():
    assert is_claim('assert a < b') and is_claim('with x:\n    assert a')
    assert is_claim('test_eq(a, b)') and is_claim('fastcore.test_close(a, b)')
    assert not is_claim('a < b') and not is_claim('# assert a') and not is_claim('contest_eq(a)')
    assert not is_claim('#| export\ndef f(a): assert a') and not is_claim('#| exporti\nassert a')

@given(st.text(max_size=100))
def test_no_cell_breaks_the_counting(source): assert is_claim(source) in (True, False) and is_skipped(source) in (True,
        False)

def test_what_a_test_run_leaves_out_is_left_out():
    assert all(is_skipped(f'#| {mark}\nx') for mark in ('slow', 'gpu', 'notest', 'eval: false', 'eval:false'))
    assert not is_skipped('#| export\nslow = 1') and not is_skipped('# slow')

@pytest.mark.parametrize('data, is_picture', [
    ({'image/png': 'iVBO'}, True), ({'image/svg+xml': '<svg/>'}, True), ({'text/html': '<p><svg></svg></p>'}, True),
    ({'text/html': ['<fig', 'ure>']}, True), ({'text/html': '<p>figure</p>'}, False), ({'text/plain': '<svg>'},
            False), ({}, False)])
def test_a_picture_is_known_by_what_the_message_carries(data, is_picture):
    assert shows_picture({'content': {'data': data}}) is is_picture

def test_a_message_without_data_is_no_picture():
    assert not shows_picture({'content': {}}) and not shows_picture({'content': {'data': None}})

def test_every_claim_is_counted_though_one_fails(lesson):
    report = rehearse(lesson('n = 4', 'assert n == 3', '#| slow\nassert n == 5', 'assert n == 4', 'n.nothing'))
    assert not report.ok and report.claims == dict(held=1, failed=1)
    assert [bad['starts'] for bad in report.failures] == ['assert n == 3', 'n.nothing']
    assert 'AttributeError' in report.failures[1]['error'] and '99_tiny: something failed.' in run_words(report)

def test_the_kernel_is_this_python_and_stands_beside_the_notebook(lesson, tmp_path):
    expected = (sys.executable, str(tmp_path))
    report = rehearse(lesson(f'import os, sys; assert (sys.executable, os.getcwd()) == {expected!r}'))
    assert report.ok, report.failures

def test_the_first_picture_is_timed_and_is_none_where_there_is_none(lesson):
    report = rehearse(lesson('import time; time.sleep(.3)',
                             "from IPython.display import SVG; SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')",
                             'time.sleep(.3)'))
    assert .3 <= report.first_picture_seconds < report.seconds - .25
    assert rehearse(lesson('1')).first_picture_seconds is None

def test_a_run_leaves_the_learners_progress_alone_and_counts_the_questions(lesson):
    from course.shared.store import Event, store
    store().add(Event('tiny.first', 'checked', outcome='pass'))
    before = {path: path.read_bytes() for path in home().rglob('*') if path.is_file()}
    report = rehearse(lesson('from course.shared.store import Event, store\ndef Question(name): pass',
                             "Question('tiny.first')", "Question('tiny.second')",
                             'assert store().events() == []',
                             "store().add(Event('tiny.second', 'checked', outcome='not yet'))"))
    assert report.ok, report.failures
    assert report.questions == {'not attempted': 1, 'not yet': 1}
    assert {path: path.read_bytes() for path in home().rglob('*') if path.is_file()} == before

def test_fetched_data_is_lent_to_the_run_and_survives_it(lesson):
    fetched = home()/'datasets'/'big'
    fetched.mkdir(parents=True)
    (fetched/'a.txt').write_text('fetched yesterday')
    report = rehearse(lesson('from course.shared.data import home',
                             "assert (home()/'datasets'/'big'/'a.txt').read_text() == 'fetched yesterday'"))
    assert report.ok and (fetched/'a.txt').read_text() == 'fetched yesterday'

def test_a_kernel_that_dies_is_named_and_the_claims_after_it_do_not_count_as_held(lesson):
    report = rehearse(lesson('assert 1', 'import os; os._exit(3)', 'assert 1'))
    assert report.claims == dict(held=1, failed=1) and [bad['error'][:15]
                                                        for bad in report.failures] == ['DeadKernelError']

def test_a_cell_that_never_ends_is_stopped_and_the_next_one_runs(lesson):
    report = rehearse(lesson('import time; time.sleep(60)', 'assert 1'), timeout=1)
    assert report.claims == dict(held=1, failed=0) and report.seconds < 30
    assert report.failures[0]['error'] == 'it took longer than 1 s'

def test_memory_counts_the_children_too():
    child = 'import time; held = bytearray(60*2**20); print("ready", flush=True); time.sleep(30)'
    with MemoryWatch(os.getpid()) as alone: time.sleep(.2)
    with subprocess.Popen([sys.executable, '-c', child], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        with MemoryWatch(os.getpid()) as together: time.sleep(.3)
        process.kill()
    assert together.peak - alone.peak > 55

def test_the_price_comes_from_the_meter_that_is_given(lesson):
    class Meter:
        footprint = SimpleNamespace(kwh=.002, low=.001, high=.004,
                                    parts=[SimpleNamespace(name='processor', how='modelled')])
        def __init__(self, what): assert what == '99_tiny'
        def __enter__(self): return self
        def __exit__(self, *problem): pass
    report = rehearse(lesson('1'), meter=Meter)
    assert report.energy == dict(kwh=.002, low=.001, high=.004, how='processor modelled')
    assert 'energy: 2 Wh (1 to 4): processor modelled' in run_words(report)
    assert 'energy: not metered' in run_words(rehearse(lesson('1')))

def test_without_nbclient_one_sentence_names_the_command_that_brings_it(lesson, monkeypatch):
    from course.shared.lessons import WrongUse
    monkeypatch.setitem(sys.modules, 'nbclient', None)
    with pytest.raises(WrongUse, match='nbclient is needed: `pip install "glassbox-course'): rehearse(lesson('1'))
