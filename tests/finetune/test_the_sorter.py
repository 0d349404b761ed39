"Lesson 16: no answer is lost, nothing of the learner's is touched, every bad input gets one sentence, answers proved both ways."
import csv, errno, shutil, sqlite3, subprocess, sys, tempfile
from pathlib import Path
import pytest, torch
from hypothesis import given, settings, strategies as st
from course.finetune import the_sorter as sorter
from course.finetune.the_sorter import (UNDECIDED, Albums, Answers, Desk, Eyes, FirstPass, Intake, Labelling, Records,
                                    SorterLab, album_name, draw_album, hand_out)
from course.shared.ask import Question, Number
from course.shared.check import load_items
from course.shared.data import load
from course.shared.prove import prove
from course.shared.sorter import load_sorter

NOTEBOOK = Path(__file__).parents[2]/'nbs/10_finetune/16_the_sorter.ipynb'
PHOTOS = load('photos').take(range(0, 179, 6))  # 30 of them

@pytest.fixture
def quick_eyes(monkeypatch):
    "Instead of the borrowed body: numbers that lean towards the name of the folder, so that a test takes no time."
    def features(paths, size, stop=None, progress=None):
        rows = []
        for number, path in enumerate(paths):
            dice = torch.Generator().manual_seed(sum(path.name.encode()))
            x = .3*torch.rand(1280, generator=dice)
            x[sum(path.parent.name.encode()) % 1280] += 3
            rows.append(x)
            if progress: progress((number + 1)/len(paths), f'{number + 1} of {len(paths)}')
        return torch.stack(rows) if rows else torch.zeros(0, 1280)
    monkeypatch.setattr('course.shared.body.features', features)

@pytest.fixture
def box(tmp_path):
    "A folder with 30 photographs in their classes."
    for path in PHOTOS.paths:
        (tmp_path/'box'/path.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, tmp_path/'box'/path.parent.name)
    return tmp_path/'box'

@pytest.fixture
def desk(quick_eyes, box, tmp_path):
    desk = Desk(tmp_path/'desk', PHOTOS.classes)
    desk.add(box)
    return desk

def truth(desk): return [path.parent.name for path in desk.paths]

def test_every_answer_is_proved_both_ways(): prove(load_items('the_sorter'), NOTEBOOK)

@given(st.lists(st.tuples(st.lists(st.integers(0, 9), min_size=1, max_size=4, unique=True),
                          st.sampled_from(['a', 'b', None])), max_size=8))
@settings(max_examples=25, deadline=None)
def test_as_many_undos_as_answers_lead_back_to_each_state(acts):
    with tempfile.TemporaryDirectory() as place:
        desk, states = Answers(place, 'ab'), []
        desk.ask(lambda db: db.executemany('insert into pictures values (?, ?)', [(f'{i}', b'x') for i in range(10)]))
        desk.read()
        for rows, album in acts:
            states.append(list(desk.labels))
            desk.label(rows, album)
        assert Answers(place).labels == desk.labels # another program sees the same
        for state in reversed(states):
            desk.undo()
            assert desk.labels == state
        with pytest.raises(ValueError, match='nothing to undo.*Label a picture'): desk.undo()

def test_what_a_killed_program_had_reported_is_there(desk):
    script = ('import sys\nfrom course.finetune.the_sorter import Answers\ndesk = Answers(sys.argv[1])\n'
              'for row in range(30): desk.label(row, "food"); print(row, flush=True)\nimport time; time.sleep(60)')
    other = subprocess.Popen([sys.executable, '-c', script, str(desk.place)], stdout=subprocess.PIPE, text=True)
    reported = [int(next(other.stdout)) for _ in range(12)]
    other.kill() # SIGKILL
    other.wait()
    again = Desk(desk.place)
    assert all(again.labels[row] == 'food' for row in reported) and again.albums == list(PHOTOS.classes)
    assert sqlite3.connect(again.file).execute('pragma integrity_check').fetchone() == ('ok',)
    again.label(0, 'birds')
    assert again.labels[0] == 'birds'

def test_taking_in_goes_on_where_it_was_stopped(box, tmp_path, monkeypatch):
    desk, looked = Intake(tmp_path/'desk'), []
    first = sorted(box.rglob('*.jpg'))[:10]
    desk.add(first)
    real = sorter.examine
    monkeypatch.setattr(sorter, 'examine', lambda path: looked.append(path) or real(path))
    desk.add(box)
    assert len(desk.paths) == 30 and not {*looked} & {*first}

@pytest.mark.parametrize('name', ['', '  ', 'a/b', 'a\\b', 'a:b', '.hidden', 'end.', 'x'*101, 'é'*60, 'CON', 'nul', 'to look at', 'a\x00b'])
def test_a_name_that_is_no_folder_gets_one_sentence(name):
    with pytest.raises(ValueError, match='becomes a folder.*Take a short name'): album_name(name)

def test_accents_are_one_letter_whatever_the_keyboard(tmp_path):
    desk = Records(tmp_path/'desk', ['cafe\u0301', 'Żółw', 'zoé'])
    desk.add_albums('caf\u00e9', 'CAFÉ', 'żółw')
    assert desk.albums == ['caf\u00e9', 'Żółw', 'zoé']

def test_an_unknown_album_names_the_nearest(desk):
    with pytest.raises(ValueError, match="no album 'bird'; did you mean 'birds'.*add_albums"): desk.label(0, 'bird')
    with pytest.raises(ValueError, match='30 pictures here are numbered from 0; you gave 99'): desk.label(99, 'birds')

def test_a_locked_file_says_what_to_do(desk, monkeypatch):
    monkeypatch.setattr(sorter, 'PATIENCE', .05)
    other = sqlite3.connect(desk.file)
    other.execute('begin immediate')
    with pytest.raises(OSError, match='desk.sqlite cannot be used now .*locked.*Close what else uses it'): desk.label(0, 'food')
    other.rollback()
    desk.label(0, 'food')
    assert desk.labels[0] == 'food'

def test_a_damaged_file_and_a_place_that_is_a_file_say_so(tmp_path):
    (tmp_path/'desk').mkdir()
    (tmp_path/'desk'/'desk.sqlite').write_bytes(b'no database at all'*100)
    with pytest.raises(OSError, match='cannot be used now'): Records(tmp_path/'desk')
    with pytest.raises(OSError, match='cannot be used now'): Records(tmp_path/'desk'/'desk.sqlite')

def test_what_cannot_be_used_is_named_and_stops_nothing(quick_eyes, box, tmp_path):
    (box/'words.txt').write_text('hello')
    (box/'cut.jpg').write_bytes(PHOTOS.paths[0].read_bytes()[:300])
    shutil.copy(PHOTOS.paths[0], box/'twin.jpg')
    (tmp_path/'empty').mkdir()
    desk = Desk(tmp_path/'desk')
    said = ' '.join(map(str, desk.add([box, tmp_path/'empty', tmp_path/'nowhere'])))
    for words in ('words.txt: it is not a picture', 'cut.jpg: it starts like a JPEG and is damaged', 'it is the same picture as',
                  'empty: it holds no file', 'nowhere: there is no such folder'): assert words in said
    assert len(desk.paths) == 30

def test_a_file_that_vanished_keeps_its_answer_and_comes_back(desk, tmp_path):
    desk.label(3, 'things')
    away = tmp_path/'elsewhere'
    away.mkdir()
    shutil.move(desk.paths[3], away/'other-name.jpg')
    desk.problems = []
    desk.see()
    assert 3 not in desk.there and 'it is gone' in str(desk.problems[0]) and desk.labels[3] == 'things'
    desk.add(away)
    desk.see()
    assert 3 in desk.there and desk.labels[3] == 'things' and desk.paths[3].name == 'other-name.jpg' and len(desk.paths) == 30

def test_one_album_cannot_be_told_from_nothing(desk):
    with pytest.raises(ValueError, match='answers are in none only'): desk.sort()
    desk.label([0, 1], 'birds')
    with pytest.raises(ValueError, match='answers are in birds only. Label a picture of another'): desk.sort()
    assert len(desk.queue(50)) == 28 and desk.sorted_albums()[UNDECIDED]
    with pytest.raises(ValueError, match='Nothing was drawn by lot'): desk.count()
    with pytest.raises(ValueError, match='Picture 77 is not here'): desk.alike(77)

def test_albums_hold_each_picture_once_and_answers_win(desk):
    names = truth(desk)
    for row in desk.sample(15): desk.label(row, names[row])
    row = desk.queue(1)[0]
    desk.answer(row, 'food')
    found = desk.sorted_albums(limit=.5)
    assert sorted(sum(found.values(), [])) == list(range(30)) and row in found['food']
    sure = [desk.guesses()[row][1] for row in desk.queue(30)]
    assert sure == sorted(sure) and all(desk.labels[row] is None for row in desk.queue(30))

def test_only_pictures_drawn_by_lot_are_counted(desk):
    names = truth(desk)
    for row in range(0, 30, 3): desk.label(row, names[row])
    for row in desk.queue(5): desk.answer(row, names[row])
    for row in desk.sample(6): desk.answer(row, names[row], why='lot')
    assert desk.count().n == 6

def test_held_out_pictures_are_judged_by_a_head_that_was_not_told(desk):
    names = truth(desk)
    desk.label(list(range(0, 30, 2)), 'birds')
    desk.label([row for row in range(1, 30, 2)], 'food') # answers without any sense
    rows, chances = desk.held_out()
    right = sum(desk.named[place] == desk.labels[row] for row, place in zip(rows, chances.argmax(1)))
    assert sorted(rows) == list(range(30)) and right < 25 and len(names) == 30

def test_copies_in_folders_a_table_and_originals_untouched(desk, tmp_path):
    names = truth(desk)
    for row in desk.sample(15): desk.label(row, names[row])
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in desk.paths}
    goal = hand_out(desk, tmp_path/'out', limit=.9)
    with open(goal/'sorted.csv', encoding='utf-8-sig', newline='') as file: rows = list(csv.DictReader(file))
    assert len(rows) == 30 == len(list(goal.rglob('*.jpg'))) and {row['decided by'] for row in rows} == {'a person', 'the sorter'}
    assert all((goal/row['copy']).read_bytes() == Path(row['original']).read_bytes() for row in rows)
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in desk.paths}
    with pytest.raises(ValueError, match='is there already. Name a new folder'): hand_out(desk, goal)

def test_a_full_disk_leaves_nothing_half_done(desk, tmp_path, monkeypatch):
    copied = []
    def full(source, goal):
        if len(copied) == 7: raise OSError(errno.ENOSPC, 'No space left on device')
        copied.append(shutil.copyfile(source, goal))
    monkeypatch.setattr(sorter.shutil, 'copy2', full)
    with pytest.raises(OSError, match='7 of 30 pictures were copied, then it broke off .No space left.*Make room'):
        hand_out(desk, tmp_path/'out')
    assert not list(tmp_path.glob('out*'))

def test_a_saved_sorter_says_the_same(quick_eyes, desk, tmp_path):
    names = truth(desk)
    desk.label([0, 29], 'birds'), desk.label([10, 15], 'food')
    kept = load_sorter(desk.save(tmp_path/'kept'))
    assert kept.classes == ('birds', 'food') and kept.head.shape == (1280, 2) and names
    assert [name for name, _ in kept.sort(desk.paths)] == [name for name, _ in desk.guesses()]

scores = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=40)
@given(scores.filter(lambda pairs: len({one for _, one in pairs}) == 2), st.floats(0, 1), st.floats(0, 1), st.floats(.1, 1e4))
def test_a_higher_limit_never_saves_less_nor_misses_fewer(pairs, one, other, worth):
    low, high = (FirstPass.count(*zip(*pairs), limit) for limit in sorted((one, other)))
    assert low.unseen <= high.unseen and low.missed <= high.missed and low.missed <= low.animals
    best = FirstPass.cheapest(*zip(*pairs), worth)
    def cost(found): return found.n - found.unseen + (worth*found.animals*found.high if found.unseen else 0)
    assert cost(best) <= best.n + 1e-9 # looking at everything is always among the choices
    assert FirstPass.cheapest(*zip(*pairs), 1e9).unseen == 0
    assert best.hours(1000, 3.6) == pytest.approx(best.unseen/best.n)

def test_a_first_pass_says_what_it_needs():
    with pytest.raises(ValueError, match='0 of 2 have one. Label more'): FirstPass.count([.1, .2], [0, 0], .5)
    with pytest.raises(ValueError, match='more than 0 looks; you gave 0'): FirstPass.cheapest([.1, .2], [0, 1], 0)
    assert str(FirstPass.count([.1, .2, .9], [0, 1, 1], .5)) == '2 of 3 put aside unseen, 1 of 2 animals with them (9 to 91 %)'

def test_only_pictures_that_are_shown_are_opened(desk, monkeypatch):
    opened = []
    monkeypatch.setattr(sorter, 'small', lambda path: opened.append(path) or 'data:image/png;base64,')
    draw_album(desk, range(30), 'Some of many.', most=5)
    assert len(opened) == 5

def test_the_lab_answers_skips_takes_back_and_says_it(desk):
    names = truth(desk)
    for row in desk.sample(15): desk.label(row, names[row])
    lab = SorterLab(desk, names)
    assert lab.error is None and '15 of 30 pictures have no answer' in lab.picture.says and 'looks meet' in lab.picture.says
    first = lab.first
    lab.say.value = names[first]
    assert desk.labels[first] == names[first] and '14 of 30' in lab.picture.says and lab.say.value is None
    lab.say.value = 'undo'
    assert desk.labels[first] is None and 'Taken back' in lab.picture.says and lab.first == first
    lab.say.value = 'skip'
    assert lab.first != first and lab.error is None
    for shown in lab.show.options:
        lab.show.value = shown
        assert lab.error is None and f'Below, {shown}' in lab.picture.says
    lab.limit.value = 1
    assert f'{UNDECIDED} 15' in lab.picture.says
    lab.reset()
    assert lab.limit.value == .6 and lab.show.value == 'most doubtful'
    lab.close()

def test_trouble_in_the_lab_is_told_in_words(desk, monkeypatch):
    lab = SorterLab(desk)
    lab.say.value = 'undo'
    assert 'There is nothing to undo' in lab.picture.says and lab.error is None
    monkeypatch.setattr(sorter, 'PATIENCE', .05)
    other = sqlite3.connect(desk.file)
    other.execute('begin immediate')
    lab.say.value = 'birds'
    other.rollback()
    assert 'cannot be used now' in lab.picture.says and lab.error is None and isinstance(lab, Labelling)
    lab.close()

def test_dropped_pictures_come_onto_the_desk_and_copies_go_out(desk):
    lab = SorterLab(desk)
    lab.take_files(({'name': 'new.jpg', 'content': load('photos').paths[1].read_bytes()}, {'name': 'list.txt', 'content': b'x'}))
    lab.wait(60)
    assert len(desk.paths) == 31 and 'list.txt' in lab.picture.says and lab.error is None
    lab.press('start')
    assert lab.wait(60).is_dir() and 'sorted-1' in lab.picture.says
    lab.close()

def test_a_desk_without_pictures_draws_and_says_so(quick_eyes, tmp_path):
    lab = SorterLab(Desk(tmp_path/'none', ['a', 'b']))
    assert lab.error is None and '0 of 0' in lab.picture.says
    lab.say.value = 'a'
    assert 'No picture is left' in lab.picture.says
    lab.close()

def test_the_result_waits_for_the_guess(desk):
    names = truth(desk)
    for row in desk.sample(15): desk.label(row, names[row])
    ask = Question('the_sorter.first_looks', 'How many of 100?', Number(0, 100, 'of 100'))
    lab = SorterLab(desk, names, predict=ask)
    assert not lab.revealed
    ask.commit(60)
    assert lab.revealed and lab.error is None
    lab.close()

def test_layers_open_the_same_file(desk):
    for layer in (Records, Answers, Intake, Eyes, Albums): assert layer(desk.place).names == desk.names

def test_stop_while_it_looks_leaves_the_pictures_seen_before(desk, tmp_path):
    desk.label([0, 1], 'birds'), desk.label([20, 21], 'food')
    before = desk.sorted_albums()
    (tmp_path/'more').mkdir()
    (tmp_path/'more'/'new.jpg').write_bytes(load('photos').paths[1].read_bytes())
    desk.add(tmp_path/'more')
    class Stop(Exception): "The person pressed Stop."
    def stop(share, text): raise Stop
    with pytest.raises(Stop): desk.see(stop)
    assert desk.sorted_albums() == before and len(desk.paths) == 31 # nobody waits for a look that was stopped
    desk.see()
    assert 30 in desk.there and len(sum(desk.sorted_albums().values(), [])) == 31

def test_with_the_real_body_a_zip_comes_in_and_a_picture_damaged_later_is_left_out(box, tmp_path):
    whole = Path(shutil.make_archive(tmp_path/'box', 'zip', box))
    desk = Desk(tmp_path/'desk', ['birds', 'food'])
    assert desk.add(whole) == [] and len(desk.paths) == 30
    desk.paths[2].chmod(0o644)
    desk.paths[2].write_bytes(desk.paths[2].read_bytes()[:200])
    desk.see()
    assert len(desk.there) == 29 and 2 not in desk.there and 'cannot be read' in str(desk.problems[-1])
    names = truth(desk)
    desk.label([row for row in (0, 1, 3) if names[row] == 'birds'], 'birds')
    desk.label([row for row in range(5, 9) if names[row] == 'food'], 'food')
    assert desk.sort().shape == (30, 2) and 2 not in sum(desk.sorted_albums().values(), [])
    assert desk.alike(0, 3)[0][1] > .2 and 2 not in desk.queue(30)
