"Addresses, versions, data and tests: the rules applied to everything that is tracked."
import configparser
import pytest
import course, notebooks, project
from course.shared.data import catalog
from notebooks import ROOT
from test_notebooks import ALL

FILES = project.tracked()
SETTINGS = project.settings()
TESTS = [path for path in FILES if path.match('test_*.py') and ROOT/'tests' in path.parents]

def text_of(path):
    "The text of a file, or None where it is a picture or other bytes."
    try: return path.read_text(encoding='utf-8')
    except UnicodeDecodeError: return None

def test_no_file_names_a_path_of_one_machine_or_a_host_of_an_index():
    found = {path.relative_to(ROOT).as_posix(): project.strange_addresses(text_of(path) or '') for path in FILES}
    assert {name: hits for name, hits in found.items() if hits} == {}

def test_name_and_version_are_the_same_everywhere():
    init, pyproject = (ROOT/'course'/'__init__.py').read_text(), (ROOT/'pyproject.toml').read_text()
    assert project.version_trouble(SETTINGS, init, pyproject) == [] and project.init_trouble(init) == []
    assert course.__version__ == SETTINGS['version']

def test_the_installed_distribution_is_the_one_in_settings():
    from importlib import metadata
    about = metadata.metadata(SETTINGS['lib_name'])
    assert about['Version'] == SETTINGS['version'] and about['Requires-Python'] == f'>={SETTINGS["min_python"]}'
    assert {entry.name for entry in metadata.distribution(SETTINGS['lib_name']).entry_points} >= {'course'}

def test_the_lock_holds_exact_versions_that_settings_allows():
    from packaging.requirements import Requirement
    lines = [line for line in (ROOT/'requirements-lock.txt').read_text().splitlines() if line and line[0] != '#']
    assert project.lock_trouble('\n'.join(lines)) == [] and any(line.startswith('torch==2.13.0') for line in lines)
    pins = [Requirement(line) for line in lines]
    named = lambda text: text.lower().replace('_', '-')
    for group in ('requirements', 'lab_requirements', 'dev_requirements'):
        for wanted in map(Requirement, SETTINGS[group].split()):
            held = [pin for pin in pins if named(pin.name) == named(wanted.name)]
            assert held, f'{wanted.name} is not in the lock'
            assert all(wanted.specifier.contains(next(iter(pin.specifier)).version) for pin in held), wanted

def test_the_requirements_are_lower_bounds_only():
    bounds = [word.split(';')[0] for word in SETTINGS['requirements'].split()]
    assert [bound for bound in bounds if set('<~!') & set(bound) or '==' in bound] == []

def test_every_data_set_has_its_papers(): assert project.dataset_trouble(ROOT/'datasets', catalog()) == []

def test_all_data_together_is_small():
    assert project.too_big([path.stat().st_size for path in FILES if ROOT/'datasets' in path.parents]) == []

def test_every_notebook_has_tests_and_every_lesson_answers():
    lessons = [(nb.unit, home.split('.')[-1], nb.is_lesson) for nb in ALL for home in nb.homes]
    assert project.missing_tests(lessons) == []

@pytest.mark.parametrize('path', TESTS, ids=lambda path: path.relative_to(ROOT/'tests').as_posix())
def test_no_test_is_idle(path): assert project.idle_tests(path.read_text(encoding='utf-8')) == []

def test_no_two_test_files_share_a_name(): assert project.same_test_names(TESTS) == []

def test_the_top_level_holds_the_rooms_and_nothing_else():
    rooms = {'nbs', 'course', 'datasets', 'tests', '.ci'}
    files = {'settings.ini', 'setup.py', 'pyproject.toml', 'Makefile', 'MANIFEST.in', 'requirements-lock.txt',
             'README.md',
             'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', '.gitignore', '.gitattributes'}
    assert {path.relative_to(ROOT).parts[0] for path in FILES} - rooms - files == set()
