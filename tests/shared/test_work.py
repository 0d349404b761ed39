"Askings that come together become one, and slow work can always be stopped."
import threading, time
import pytest
from course.shared.work import Job, Redraws, Stopped, held

def test_many_threads_never_draw_at_once_and_the_last_asking_is_drawn():
    drawn, inside, wish = [], [], {'now': 0}
    def draw():
        inside.append(1)
        assert len(inside) == 1
        drawn.append(wish['now'])
        time.sleep(.01)
        inside.pop()
    redraws = Redraws(draw)
    def ask(n):
        wish['now'] = n
        redraws.ask()
    threads = [threading.Thread(target=ask, args=(n,)) for n in range(1, 31)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    assert drawn[-1] == wish['now'] and len(drawn) < 30 and not redraws.busy

def test_drawing_that_asks_again_ends():
    drawn = []
    def draw():
        drawn.append(1)
        if len(drawn) < 3: redraws.ask()
    redraws = Redraws(draw)
    redraws.ask()
    assert len(drawn) == 3

def test_an_error_leaves_the_door_open():
    calls = []
    def draw():
        calls.append(1)
        if len(calls) == 1: raise KeyError('first')
    redraws = Redraws(draw)
    with pytest.raises(KeyError): redraws.ask()
    redraws.ask()
    assert len(calls) == 2

def test_held_askings_are_drawn_once_also_when_nested_and_after_an_error():
    drawn = []
    redraws = Redraws(lambda: drawn.append(1))
    with held(redraws):
        with held(redraws): redraws.ask()
        redraws.ask()
        assert drawn == []
    assert drawn == [1]
    with pytest.raises(ValueError), held(redraws): raise ValueError
    redraws.ask()
    assert drawn == [1, 1]

def test_holding_while_another_thread_draws_leaves_no_knot():
    inside, go, drawn = threading.Event(), threading.Event(), []
    def draw():
        drawn.append(1)
        inside.set()
        go.wait(5)
    redraws = Redraws(draw)
    thread = threading.Thread(target=redraws.ask)
    thread.start()
    inside.wait(5)
    with held(redraws):
        redraws.ask()
        go.set()
        thread.join(5)
        assert len(drawn) == 1
    assert len(drawn) == 2
    redraws.ask()
    assert len(drawn) == 3 and not redraws.holds and not redraws.busy

def run(function, tell=lambda *_: None):
    handed, ended = [], []
    job = Job(function, tell, handed.append, ended.append)
    job.thread.start(); job.thread.join(10)
    assert ended == [job] and not job.thread.is_alive()
    return job, handed

def test_results_are_handed_over_as_they_come():
    job, handed = run(lambda report: [report(n/3, '', n) for n in (1, 2)] and 3)
    assert handed == [1, 2, 3] and job.outcome == 'done' and job.error is None

def test_stop_means_stop():
    told = []
    def endless(report):
        while True: report(.5, 'still at it')
    def tell(share, text):
        told.append(share)
        job.stop.set()
    job = Job(endless, tell, print, lambda job: None)
    job.thread.start(); job.thread.join(10)
    assert job.outcome == 'stopped' and job.error is None and told == [.5]

def test_an_error_in_the_work_is_kept():
    job, handed = run(lambda report: 1/0)
    assert isinstance(job.error, ZeroDivisionError) and job.outcome == 'failed' and handed == []

def test_an_error_while_handing_over_is_kept():
    def refuse(result): raise ValueError('cannot draw that')
    job = Job(lambda report: 'a model', lambda *_: None, refuse, lambda job: None)
    job.thread.start(); job.thread.join(10)
    assert str(job.error) == 'cannot draw that' and job.outcome == 'failed'

def test_reports_do_not_flood_the_page():
    told = []
    run(lambda report: [report(n/10_000) for n in range(10_000)], lambda share, text: told.append(share))
    assert len(told) < 100

def test_the_last_report_is_always_told():
    told = []
    run(lambda report: [report(n/100) for n in range(101)], lambda share, text: told.append(share))
    assert told[-1] == 1

def test_stopped_is_the_word_for_it(): assert issubclass(Stopped, Exception)
