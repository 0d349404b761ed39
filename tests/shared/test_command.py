"What is typed after `course`: every answer is short, and the exit code says how it went."
import json, os, subprocess, sys
import nbformat, pytest
from course.shared.command import COMMANDS, LAB_SETTINGS, arguments, lab_options, main, private_kernels, settle_lab

@pytest.fixture
def checkout(tmp_path, monkeypatch):
    "A small checkout with one lesson that holds and one that does not."
    (tmp_path/'settings.ini').write_text('[DEFAULT]\nlib_name = glassbox-course\n')
    folder = tmp_path/'nbs'/'10_finetune'
    folder.mkdir(parents=True)
    for name, source in {'11_holds': 'assert 1 == 1', '12_fails': 'assert 1 == 2'}.items():
        cells = [nbformat.v4.new_markdown_cell(f'# The lesson {name}'), nbformat.v4.new_code_cell(source)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), folder/f'{name}.ipynb')
    monkeypatch.chdir(tmp_path)
    return tmp_path

def said(capsys, *words):
    "Carry out a command; return its exit code, what it printed and what it complained of."
    code = main(list(words))
    return code, *capsys.readouterr()

def test_help_lists_every_sub_command(capsys):
    code, out, _ = said(capsys, '--help')
    assert code == 0 and all(f'course {name}' in out for name in ('lab', 'list', 'run', 'doctor',
            'fetch')) and set(COMMANDS) <= set(out.split())

def test_the_command_alone_shows_the_help_and_counts_as_wrong_use(capsys): assert said(capsys)[0] == 2

@pytest.mark.parametrize('words, sentence', [
    (['lst'], 'There is no sub-command called "lst". Did you mean list'),
    (['run'], '`course run`: the following arguments are required: lesson. `course run --help` shows'),
    (['run', '11_hold'], 'There is no lesson called "11_hold". Did you mean 11_holds'),
    (['run', '11_holds', '--timeout', 'long'], "argument --timeout: invalid int value: 'long'"),
    (['list', '--jsno'], 'unrecognized arguments: --jsno'), (['list', '--js=1'], '`course list --help` shows'),
    (['doctor', 'now'], 'unrecognized arguments: now'),
    (['fetch', 'photo'], 'There is no data set called "photo". Did you mean photos')])
def test_wrong_use_gets_one_sentence_and_exit_code_2(checkout, capsys, words, sentence):
    code, out, complaint = said(capsys, *words)
    assert code == 2 and out == '' and sentence in complaint and complaint.count('\n') == 1

def test_the_list_is_short_for_people_and_whole_for_programs(checkout, capsys):
    code, out, _ = said(capsys, 'list')
    assert code == 0 and out.splitlines() == ['11_holds                   ? min  The lesson 11_holds',
                                              '12_fails                   ? min  The lesson 12_fails']
    code, out, _ = said(capsys, 'list', '--json')
    assert code == 0 and [set(lesson) for lesson in json.loads(out)] == [
        {'id', 'unit', 'title', 'question', 'minutes', 'needs', 'skills', 'labs', 'datasets'}]*2

def test_a_lesson_that_holds_exits_with_0_and_gives_every_figure(checkout, capsys):
    code, out, _ = said(capsys, 'run', '11_holds', '--json')
    report = json.loads(out)
    assert code == 0 and report['ok'] and report['claims'] == dict(held=1, failed=0) and report['questions'] == {}
    assert set(report) >= {'lesson', 'ok', 'seconds', 'first_picture_seconds', 'peak_mib', 'claims', 'questions',
                           'energy'}
    energy = report['energy']
    assert set(energy) == {'kwh', 'low', 'high', 'how'} and 0 <= energy['low'] <= energy['kwh'] <= energy['high']
    assert report['peak_mib'] > 20 and report['seconds'] > 0

def test_a_lesson_whose_claim_fails_exits_with_1_and_names_the_cell(checkout, capsys):
    code, out, _ = said(capsys, 'run', '12_fails')
    assert code == 1 and 'claims: 0 held, 1 failed' in out and '"assert 1 == 2": AssertionError' in out

def test_outside_a_checkout_the_command_says_where_the_lessons_are(tmp_path, monkeypatch, capsys):
    import course
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(course, '__file__', str(tmp_path/'course'/'__init__.py'))
    code, out, complaint = said(capsys, 'list')
    assert code == 2 and 'git clone' in complaint and complaint.count('\n') == 1

def test_the_doctor_ends_in_one_line_or_a_list_of_what_to_do(capsys, monkeypatch):
    import course.shared.command as command
    from course.shared.doctor import Check
    monkeypatch.setattr(command, 'checkup', lambda: [Check('Disk', '9 GiB free')])
    code, out, _ = said(capsys, 'doctor')
    assert code == 0 and out.splitlines()[-1] == 'Everything the course needs is here.'
    monkeypatch.setattr(command, 'checkup', lambda: [Check('Disk', '0 GiB free', 'Make room.')])
    code, out, _ = said(capsys, 'doctor')
    assert code == 1 and out.splitlines()[-1] == 'To do: Make room.'
    code, out, _ = said(capsys, 'doctor', '--json')
    assert code == 1 and json.loads(out) == dict(ok=False,
                                                 checks=[dict(name='Disk', says='0 GiB free', todo='Make room.')],
                                                 todo=['Make room.'])

def test_fetch_without_a_name_lists_what_there_is(capsys):
    code, out, _ = said(capsys, 'fetch')
    assert code == 0 and any(line.startswith('photos') and ' here ' in line for line in out.splitlines())

def test_a_fetch_that_fails_says_why_and_exits_with_1(capsys, monkeypatch):
    def fetch(name): raise OSError(f'There is no network, so {name} stays away.')
    monkeypatch.setattr('course.shared.command.fetch', fetch)
    assert said(capsys, 'fetch', 'glove') == (1, '', 'There is no network, so glove stays away.\n')

def test_fetch_of_something_that_came_along_only_says_where_it_is(capsys):
    code, out, _ = said(capsys, 'fetch', 'photos')
    assert code == 0 and 'photos is in ' in out

def test_the_lab_opens_the_first_page_of_the_course(checkout):
    assert '--LabApp.default_url=/lab/tree/nbs' in lab_options(checkout)
    (checkout/'nbs'/'index.ipynb').write_text('{}')
    assert '--LabApp.default_url=/lab/tree/nbs/index.ipynb' in lab_options(checkout)
    assert f'--ServerApp.root_dir={checkout}' in lab_options(checkout)

@pytest.fixture
def handed(monkeypatch):
    "What JupyterLab would be told, instead of starting it."
    told = []
    monkeypatch.setattr('jupyterlab.labapp.LabApp.launch_instance', told.extend)
    monkeypatch.setattr('course.shared.command.settle_lab', lambda folder: None)
    return told

def test_the_lab_hands_on_what_follows(checkout, handed, capsys):
    assert said(capsys, 'lab', '--no-browser', '--port=8899')[0] == 0
    assert handed[-2:] == ['--no-browser', '--port=8899'] and handed[:-2] == lab_options(checkout) + private_kernels()

def test_what_the_learner_tells_the_lab_wins(checkout, handed, capsys):
    said(capsys, 'lab', '--log-level=INFO', '--ServerApp.root_dir=/elsewhere')
    assert [option for option in handed if option.startswith('--log-level')] == ['--log-level=INFO']
    assert [option for option in handed if 'root_dir' in option] == ['--ServerApp.root_dir=/elsewhere']

def test_without_jupyterlab_one_sentence_names_the_command_that_brings_it(checkout, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, 'jupyterlab.labapp', None)
    code, _, complaint = said(capsys, 'lab')
    assert code == 2 and 'pip install "glassbox-course[lab]"' in complaint

def test_quiet_settings_are_written_once_and_never_over_others(tmp_path):
    file = settle_lab(tmp_path)
    assert file == tmp_path/'share'/'jupyter'/'lab'/'settings'/'overrides.json'
    assert json.loads(file.read_text()) == LAB_SETTINGS
    file.write_text('{"mine": 1}')
    assert settle_lab(tmp_path).read_text() == '{"mine": 1}'

def test_help_for_one_sub_command_comes_from_its_own_comments(capsys):
    with pytest.raises(SystemExit) as ended: main(['run', '--help'])
    assert ended.value.code == 0 and 'Name of a lesson' in capsys.readouterr().out
    assert arguments('run', ['a', '--timeout', '5']) == dict(lesson='a', json=False, timeout=5)

def test_the_installed_command_passes_its_exit_code_on(checkout):
    ran = subprocess.run([sys.executable, '-c', 'import sys; from course.shared.command import main; sys.exit(main())',
                          'lst'],
                         capture_output=True, text=True)
    assert ran.returncode == 2 and ran.stderr.count('\n') == 1 and 'Did you mean list' in ran.stderr

def test_the_tools_of_two_lessons_are_sub_commands(tmp_path, capsys):
    people = tmp_path/'people.csv'
    people.write_text('ill,said,ward\n' + '1,1,north\n0,0,north\n'*40 + '1,0,south\n0,0,south\n'*40)
    asked = ['audit', str(people), '--truth', 'ill', '--prediction', 'said', '--by', 'ward']
    assert main(asked) == 0 and 'south' in capsys.readouterr().out
    assert main([*asked, '--max-gap', '5']) == 1
    assert main(['audit', str(people)]) == 2 and '--truth' in capsys.readouterr().err
    assert main(['watch', str(people), str(people)]) == 0
    moved = tmp_path/'moved.csv'
    moved.write_text('ill,said,ward\n' + '1,1,north\n'*80)
    capsys.readouterr()
    assert main(['watch', str(people), str(moved)]) == 1 and 'ill' in capsys.readouterr().out
    assert main(['watch', str(people), str(tmp_path/'gone.csv')]) == 2
    usage = said(capsys, "--help")[1]
    assert 'course audit' in usage and 'course watch' in usage

def test_a_mistake_of_ours_is_no_failed_check(monkeypatch, capsys):
    def broken(): raise ZeroDivisionError('by us')
    monkeypatch.setitem(COMMANDS, 'doctor', broken)
    code, _, complained = said(capsys, 'doctor')
    assert code == 2 and 'by us' in complained and 'a mistake in the course, not yours' in complained

def test_a_terminal_without_accents_is_no_reason_to_stop(tmp_path):
    (tmp_path/'t.csv').write_text('truth,guess,place\n' + '1,1,Ségou\n0,1,Kéla\n'*30, encoding='utf-8')
    said = subprocess.run([sys.executable, '-c', 'import sys; from course.shared.command import main; sys.exit(main())', 'audit',
        str(tmp_path/'t.csv'), '--truth', 'truth', '--prediction', 'guess', '--by', 'place'], capture_output=True, text=True,
        env=os.environ | {'PYTHONIOENCODING': 'ascii'})
    assert said.returncode == 0 and 'S\\xe9gou' in said.stdout and not said.stderr
