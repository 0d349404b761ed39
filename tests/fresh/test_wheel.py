"What a stranger gets from `pip install`: everything the lessons' code needs, and none of this checkout."
import json, subprocess, sys, zipfile
from email import message_from_bytes
from pathlib import Path
import pytest
import project
from conftest import ROOT, online, pip, python_of
from course.shared.data import catalog

def run(python, source, tmp_path, env=None):
    "Run some Python far from the checkout and return what it printed."
    ran = subprocess.run([python, '-c', source], capture_output=True, text=True, cwd=tmp_path, env=env)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()

def test_the_wheel_holds_the_modules_the_data_and_the_answers(wheel):
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if not name.split('/')[0].endswith('.dist-info')}
    known = [path.relative_to(ROOT) for path in project.tracked()]
    modules = {path.as_posix() for path in known if path.parts[0] == 'course'}
    data = {f'course/{path.as_posix()}' for path in known if path.parts[0] == 'datasets'
            and not any(part.startswith('.') for part in path.parts)}
    answers = {f'course/answers/{path.name}' for path in known if path.parts[0] == 'tests'
               and path.name.startswith('answers_')}
    assert answers and inside == modules | data | answers

def test_its_papers_say_what_settings_says(wheel):
    archive, settings = zipfile.ZipFile(wheel), project.settings()
    about = message_from_bytes(archive.read(next(name for name in archive.namelist() if name.endswith('/METADATA'))))
    assert (about['Name'], about['Version'], about['Summary']) == (settings['lib_name'], settings['version'],
            settings['description'])
    assert settings['license'] in (about['License'] or '') + (about['License-Expression'] or '')
    wanted = {word.split(';')[0] for word in settings['requirements'].split()}
    assert {line.split(';')[0].strip() for line in about.get_all('Requires-Dist') if 'extra' not in line} == wanted
    assert set(about.get_all('Provides-Extra')) == {'lab', 'dev', 'meters', 'oracle'}
    assert any(name.endswith('/licenses/LICENSE') or name.endswith('/LICENSE') for name in archive.namelist())

def test_in_an_empty_environment_the_package_is_the_wheels(installed, tmp_path):
    where = run(installed, 'import course; print(course.__file__)', tmp_path)
    assert Path(where).is_relative_to(installed.parents[1]) and not Path(where).is_relative_to(ROOT)

LOOK_AROUND = '''
import json, course
from pathlib import Path
from course.shared.data import catalog, datasets_folder, folder
names = [name for name, entry in catalog().items() if entry.committed and any(folder(name).iterdir())]
answers = (Path(course.__file__).parent/'answers').glob('*.py')
print(json.dumps([str(datasets_folder()), sorted(names), sorted(path.name for path in answers)]))
'''
def test_in_an_empty_environment_data_and_answers_are_found(installed, tmp_path):
    place, names, answers = json.loads(run(installed, LOOK_AROUND, tmp_path))
    assert Path(place).is_relative_to(installed.parents[1])
    assert names == sorted(name for name, entry in catalog().items() if entry.committed)
    assert answers == sorted(path.name for path in (ROOT/'tests').glob('*/answers_*.py'))

def test_in_an_empty_environment_every_module_can_be_imported(installed, tmp_path):
    names = sorted('.'.join(path.relative_to(ROOT).with_suffix('').parts) for path in (ROOT/'course').rglob('*.py')
                   if path.name[0] != '_')
    assert run(installed, f'import importlib\nfor name in {names}: importlib.import_module(name)\nprint("all of them")',
               tmp_path) == 'all of them'

def test_in_an_empty_environment_the_command_works_and_says_where_the_lessons_are(installed, tmp_path):
    command = installed.parent/('course.exe' if sys.platform == 'win32' else 'course')
    helped = subprocess.run([command, '--help'], capture_output=True, text=True, cwd=tmp_path)
    assert helped.returncode == 0 and 'course doctor' in helped.stdout
    listed = subprocess.run([command, 'list'], capture_output=True, text=True, cwd=tmp_path)
    assert listed.returncode == 2 and 'git clone https://github.com/' in listed.stderr
    assert listed.stderr.count('\n') == 1
    doctor = json.loads(subprocess.run([command, 'doctor', '--json'], capture_output=True, text=True,
                                       cwd=tmp_path).stdout)
    assert {check['name']: check['todo'] for check in doctor['checks']}['Packages'] == ''

def test_an_editable_install_reads_the_data_in_place(tmp_path):
    "The environment that runs these tests was made by `pip install -e .`."
    assert run(sys.executable, 'from course.shared.data import datasets_folder; print(datasets_folder())',
               tmp_path) == str(ROOT/'datasets')

@pytest.mark.slow
def test_a_truly_empty_environment_gets_everything_from_the_index(wheel, tmp_path):
    "Some 150 packages: minutes, and a package index."
    import venv
    venv.create(tmp_path/'new', with_pip=False)
    ran = pip(python_of(tmp_path/'new'), 'install', f'{wheel}[lab]', env=online())
    assert ran.returncode == 0, ran.stderr
    assert run(python_of(tmp_path/'new'), 'import course.shared.body, torch; print("ready")', tmp_path,
               env=online()).endswith('ready')
    done = subprocess.run([python_of(tmp_path/'new').parent/'course', 'doctor'], capture_output=True, text=True,
                          cwd=tmp_path, env=online())
    assert 'Everything the course needs is here.' in done.stdout, done.stdout + done.stderr
