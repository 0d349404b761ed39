"A learner's own folder: whatever lies in it, what can be used is used, the rest is named one by one, and nothing is changed."
import hashlib, io, os, shutil, struct, tempfile, zipfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image
from course.shared import pictures as module
from course.shared.data import folder
from course.shared.pictures import Pictures, Problem, find_classes, hidden, read_collection, read_folder, unzip

PLANTS = sorted((folder('photos')/'plants').iterdir())

def dot(number, size=24):
    "A small picture of one colour, another for each number."
    file = io.BytesIO()
    Image.new('RGB', (size, size), (number % 256, number//256 % 256, 77)).save(file, 'PNG')
    return file.getvalue()

def lay(top, **classes):
    "Make a folder for each class, with files of the given content, or so many pictures."
    number = 0
    for name, files in classes.items():
        (top/name).mkdir(parents=True, exist_ok=True)
        if isinstance(files, int): files = {f'{name} {i}.png': None for i in range(files)}
        for file, content in files.items():
            number += 1
            (top/name/file).parent.mkdir(parents=True, exist_ok=True)
            (top/name/file).write_bytes(dot(1000 + number) if content is None else content)
    return top

def facts(top):
    "Everything about a tree of files that must not change."
    return {str(path.relative_to(top)): (path.lstat().st_mtime_ns, path.lstat().st_mode, hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else '')
            for path in sorted(top.rglob('*'))}

def said(problems): return [str(problem) for problem in problems]

@contextmanager
def nobody():
    "Be a person without rights: as the administrator, tests could read everything."
    if os.geteuid() == 0: os.seteuid(65534)
    try: yield
    finally: os.seteuid(os.getuid())

@pytest.fixture
def public():
    "A folder that every person of this machine can reach."
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    yield place
    for path in place.rglob('*'):
        if not path.is_symlink(): path.chmod(0o755)
    shutil.rmtree(place)

# The good case

def test_a_good_folder_has_no_problem(tmp_path):
    pictures, problems = read_folder(lay(tmp_path/'my garden', dry=6, eaten=5, healthy=7))
    assert problems == [] and pictures.name == 'my garden' and pictures.classes == ('dry', 'eaten', 'healthy')
    assert pictures.counts() == {'dry': 6, 'eaten': 5, 'healthy': 7} and len(pictures) == 18
    assert all(pictures.classes[label] == path.parent.name for path, label in zip(pictures.paths, pictures.labels))

def test_the_order_does_not_depend_on_the_disk(tmp_path, monkeypatch):
    lay(tmp_path, a=6, B=6, c=6)
    first, real = read_folder(tmp_path)[0], os.scandir
    @contextmanager
    def backwards(place):
        with real(place) as found: yield reversed(list(found))
    monkeypatch.setattr(os, 'scandir', backwards)
    assert read_folder(str(tmp_path))[0] == first and first.classes == ('a', 'B', 'c')

def test_what_lies_deeper_belongs_to_its_class(tmp_path):
    pictures, problems = read_folder(lay(tmp_path, cats={f'2024/may/{i}.png': None for i in range(5)}, dogs=5))
    assert pictures.counts() == {'cats': 5, 'dogs': 5} and problems == []

@pytest.mark.parametrize('name', ['two words', 'été', 'кошки', '猫', '🐈', "l'eau"])
def test_classes_and_files_may_have_any_name(tmp_path, name):
    pictures, problems = read_folder(lay(tmp_path/name, **{name: {f'{name} {i}.JPG': None for i in range(5)}, 'other': 5}))
    assert problems == [] and name in pictures.classes and pictures.name == name

@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from('abc'), st.integers(0, 6), st.booleans()), min_size=1, max_size=14))
def test_every_file_is_used_once_or_named_and_no_content_twice(tmp_path_factory, files):
    top = tmp_path_factory.mktemp('any')
    for i, (name, number, good) in enumerate(files):
        (top/name).mkdir(exist_ok=True)
        (top/name/f'{i}.png').write_bytes(dot(number) if good else dot(number)[:30])
    before = facts(top)
    pictures, problems = read_folder(top)
    named = [problem.path for problem in problems if problem.path.suffix == '.png']
    assert Counter(pictures.paths) + Counter(named) == Counter(path for path in top.rglob('*.png'))
    assert len({path.read_bytes() for path in pictures.paths}) == len(pictures)
    assert {number for _, number, good in files if good} == {int(Image.open(path).getpixel((0, 0))[0]) for path in pictures.paths}
    assert all(pictures.classes[label] == path.parent.name for path, label in zip(pictures.paths, pictures.labels))
    assert all(pictures.counts().values()) and facts(top) == before

# Each bad input, named

def test_an_empty_folder(tmp_path):
    pictures, problems = read_folder(tmp_path)
    assert len(pictures) == 0 and said(problems) == [f'{tmp_path.name}: it is empty. Make a folder for each class, such as {tmp_path.name}/cats, {tmp_path.name}/dogs.']

def test_a_folder_that_is_not_there(tmp_path):
    assert said(read_folder(tmp_path/'gone')[1]) == ['gone: there is no such folder. Look at how its name is written.']

def test_pictures_without_folders(tmp_path):
    (tmp_path/'a.png').write_bytes(dot(1))
    pictures, problems = read_folder(tmp_path)
    assert len(pictures) == 0 and 'it has pictures and no folders' in problems[0].what and problems[1].path == tmp_path/'a.png'

def test_one_class_only(tmp_path):
    pictures, problems = read_folder(lay(tmp_path, cats=6))
    assert pictures.counts() == {'cats': 6}
    assert said(problems) == [f'{tmp_path.name}: there is only one class, cats. A model needs two to tell apart; add a folder with something else.']

def test_one_picture_in_a_class_and_a_class_with_none(tmp_path):
    pictures, problems = read_folder(lay(tmp_path, cats=6, dogs=1, goats={}, sheep={'a.txt': b'baa'}))
    assert pictures.classes == ('cats', 'dogs')
    assert said(problems)[1:] == ['dogs: it has 1 picture. Five and some to test are a start.', 'goats: it has no usable picture. This class was left out.',
                                  'sheep: it has no usable picture. This class was left out.']
    assert [problem.used for problem in problems] == [False, True, False, False]

def test_files_that_are_cut_off_empty_or_no_pictures_are_named_and_the_rest_is_used(tmp_path):
    good = PLANTS[0].read_bytes()
    bad = {'cut.jpg': good[:3000], 'cut.png': dot(1)[:40], 'empty.jpg': b'', 'letter.docx': b'PK odd', 'really text.jpg': b'hello', 'photo.heic': b'\0\0\0\x18ftypheic' + bytes(30)}
    pictures, problems = read_folder(lay(tmp_path, cats=bad | {f'{i}.png': None for i in range(5)}, dogs=5))
    assert pictures.counts() == {'cats': 5, 'dogs': 5}
    assert [(problem.path.name, problem.what) for problem in problems] == [
        ('cut.jpg', 'it is cut off or damaged'), ('cut.png', 'it starts like a PNG and is damaged'), ('empty.jpg', 'it is empty (0 bytes)'), ('letter.docx', 'it is not a picture'),
        ('photo.heic', 'it is a HEIC or AVIF photograph'), ('really text.jpg', 'it is not a picture')]
    assert not any(problem.used for problem in problems)

def test_twins_in_one_class_and_in_two(tmp_path):
    pictures, problems = read_folder(lay(tmp_path, cats={'a.png': dot(1), 'b.png': dot(1), 'c.png': None}, dogs={'d.png': dot(1), 'e.png': None}))
    assert [path.name for path in pictures.paths] == ['a.png', 'c.png', 'e.png']
    assert said(problems)[:2] == ['b.png: it is the same picture as a.png. It was left out; keep one.', 'd.png: it is the same picture as cats/a.png, in another class. It was left out; keep one.']

def test_unusual_pictures_are_used_and_said(tmp_path):
    def saved(im, kind, **more):
        file = io.BytesIO()
        im.save(file, kind, **more)
        return file.getvalue()
    two = [Image.new('RGB', (20, 20), colour) for colour in ('red', 'blue')]
    odd = {'four inks.jpg': saved(Image.new('CMYK', (20, 20)), 'JPEG'), 'moves.gif': saved(two[0], 'GIF', save_all=True, append_images=two[1:]),
           'pages.tif': saved(two[0], 'TIFF', save_all=True, append_images=two[1:]), 'scan.png': saved(Image.fromarray(np.arange(400, dtype=np.uint16).reshape(20, 20)*99), 'PNG'),
           'logo.png': saved(Image.new('RGBA', (20, 20), (0, 0, 255, 9)), 'PNG'), 'stereo.mpo': saved(two[0], 'MPO', save_all=True, append_images=two[1:])}
    pictures, problems = read_folder(lay(tmp_path, odd=odd, dogs=5))
    assert pictures.counts() == {'dogs': 5, 'odd': 6} and all(problem.used for problem in problems)
    assert [(problem.path.name, problem.what) for problem in problems] == [
        ('four inks.jpg', 'it is made for printing, in four inks (CMYK)'), ('moves.gif', 'it moves (2 images)'), ('pages.tif', 'it has 2 pages'),
        ('scan.png', 'it has more than 256 greys or shades')]

def test_what_systems_leave_behind_is_passed_over_in_silence(tmp_path):
    lay(tmp_path, cats={'.DS_Store': b'x', 'Thumbs.db': b'x', 'desktop.ini': b'x', '._a.png': b'x', 'Icon\r': b'x', '.hidden/b.png': None} | {f'{i}.png': None for i in range(5)}, dogs=5)
    lay(tmp_path, **{'.git': 3, '__MACOSX': 3})
    pictures, problems = read_folder(tmp_path)
    assert pictures.counts() == {'cats': 5, 'dogs': 5} and problems == []

def test_a_huge_picture_among_others(tmp_path):
    header = b'\x89PNG\r\n\x1a\n' + struct.pack('>I', 13) + (body := b'IHDR' + struct.pack('>IIBBBBB', 50_000, 50_000, 8, 2, 0, 0, 0)) + struct.pack('>I', __import__('zlib').crc32(body))
    pictures, problems = read_folder(lay(tmp_path, cats={'map.png': header + struct.pack('>I', 0) + b'IDAT' + bytes(4)} | {f'{i}.png': None for i in range(5)}, dogs=5))
    assert pictures.counts() == {'cats': 5, 'dogs': 5} and 'it has 2,500 million dots' in problems[0].what

def test_a_folder_that_one_may_not_open_is_named_and_the_others_are_read(public):
    lay(public/'mine', cats=5, dogs=5, goats=5)
    (public/'mine'/'dogs').chmod(0)
    with nobody(): pictures, problems = read_folder(public/'mine')
    assert pictures.counts() == {'cats': 5, 'goats': 5}
    assert said(problems)[0] == 'dogs: you may not look into this folder. Ask its owner, or copy it to your own folder.'

def test_the_whole_folder_and_one_picture_that_one_may_not_read(public):
    lay(public/'mine', cats=6, dogs=5)
    (public/'mine'/'cats'/'cats 0.png').chmod(0)
    with nobody(): pictures, problems = read_folder(public/'mine')
    assert pictures.counts() == {'cats': 5, 'dogs': 5} and said(problems) == ['cats 0.png: you may not read it. Ask its owner, or copy it to your own folder.']
    (public/'mine').chmod(0)
    with nobody(): pictures, problems = read_folder(public/'mine')
    assert len(pictures) == 0 and [problem.what for problem in problems] == ['you may not look into this folder']

def test_links_in_circles_end_and_broken_ones_are_named(tmp_path):
    lay(tmp_path, cats=5, dogs=5)
    (tmp_path/'cats'/'up').symlink_to(tmp_path)
    (tmp_path/'cats'/'self').symlink_to(tmp_path/'cats')
    (tmp_path/'dogs'/'gone.png').symlink_to(tmp_path/'nowhere.png')
    (tmp_path/'dogs'/'eye').symlink_to('eye')
    (tmp_path/'goats').symlink_to(tmp_path/'cats')
    pictures, problems = read_folder(tmp_path)
    assert len({path.resolve() for path in pictures.paths}) == len(pictures) == 10
    assert {problem.path.name for problem in problems} >= {'up', 'self', 'gone.png', 'eye', 'goats'}

def test_a_pipe_does_not_make_us_wait(tmp_path):
    lay(tmp_path, cats=5, dogs=5)
    os.mkfifo(tmp_path/'cats'/'pipe.png')
    assert [(problem.path.name, problem.what) for problem in read_folder(tmp_path)[1]] == [('pipe.png', 'it is not a file')]

def test_names_that_are_no_text(tmp_path):
    lay(tmp_path, cats=5, dogs=5)
    Path(os.fsdecode(os.fsencode(tmp_path/'cats') + b'/caf\xe9.png')).write_bytes(b'no picture')
    assert read_folder(tmp_path)[1][0].__str__().encode()

def test_train_and_test_are_not_classes(tmp_path):
    lay(tmp_path, **{'train/cats': 5, 'train/dogs': 5, 'Test/cats': 5, 'Test/dogs': 5})
    pictures, problems = read_folder(tmp_path)
    assert len(pictures) == 0 and 'its folders are test and train, which are not classes' in problems[0].what and 'train' in problems[0].advice
    assert read_folder(tmp_path/'train')[1] == []

def test_a_folder_in_a_folder_in_a_folder(tmp_path):
    lay(tmp_path/'download'/'my pictures (1)', cats=5, dogs=5)
    assert read_folder(tmp_path)[0].counts() == {'cats': 5, 'dogs': 5}

def test_somebodys_whole_disk_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(module, 'MOST_FILES', 8)
    pictures, problems = read_folder(lay(tmp_path, cats=6, dogs=6))
    assert len(pictures) == 0 and said(problems) == [f'{tmp_path.name}: it has 12 files. Choose a folder with at most 8.']

def test_progress_goes_up_to_one(tmp_path):
    shares = []
    read_folder(lay(tmp_path, cats=5, dogs=5), lambda share, text: shares.append(share))
    assert shares == sorted(shares) and shares[-1] == 1 and len(shares) == 10

def test_nothing_of_the_persons_is_changed(tmp_path):
    top = lay(tmp_path/'mine', cats={'a.png': None, 'b.png': dot(1)[:20], 'a2.png': dot(1001), '.DS_Store': b'x'}, dogs=2)
    with zipfile.ZipFile(tmp_path/'mine.zip', 'w') as pack: pack.write(top/'dogs'/'dogs 0.png', 'dogs/0.png')
    before = facts(tmp_path)
    read_folder(top), read_folder(tmp_path/'mine.zip')
    assert {name: fact for name, fact in facts(tmp_path).items() if not name.startswith('course_home')} == before

# A zip

def zipped(path, files):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items(): pack.writestr(name, content)
    return path

GOOD = {f'pets/{name}/{i} été.png': dot(i + shift) for shift, name in ((0, 'cats'), (50, 'dogs')) for i in range(5)}

def test_a_zip_of_folders_is_read_like_a_folder(tmp_path, own_home):
    file = zipped(tmp_path/'pets.zip', GOOD | {'__MACOSX/pets/cats/._0.png': b'x', 'pets/.DS_Store': b'x'})
    pictures, problems = read_folder(file)
    assert pictures.counts() == {'cats': 5, 'dogs': 5} and problems == [] and pictures.name == 'pets'
    assert read_folder(file)[0] == pictures and len(list((own_home/'unpacked').iterdir())) == 1

def test_no_name_in_a_zip_leads_out(tmp_path, own_home):
    file = zipped(tmp_path/'evil.zip', GOOD | {'../../out.png': dot(99), '/out.png': dot(99), 'pets/cats/../../../../out.png': dot(99), '..\\out.png': dot(99), 'C:\\out.png': dot(99)})
    pictures, _ = read_folder(file)
    assert pictures.counts() == {'cats': 5, 'dogs': 5} and not list(tmp_path.rglob('*out.png')) and not Path('/out.png').exists()

def test_a_damaged_zip_a_locked_zip_and_one_that_swells(tmp_path, own_home, monkeypatch):
    good = zipped(tmp_path/'good.zip', GOOD).read_bytes()
    (tmp_path/'damaged.zip').write_bytes(good[:60] + bytes(40) + good[100:])
    (tmp_path/'locked.zip').write_bytes(good.replace(b'PK\x01\x02\x14\x03\x14\0\0\x08', b'PK\x01\x02\x14\x03\x14\0\1\x08').replace(b'PK\x01\x02\x14\x03\x14\0\0\0', b'PK\x01\x02\x14\x03\x14\0\1\0'))
    wanted = [('damaged.zip', 'the zip is damaged'), ('locked.zip', 'it is locked with a password')]
    assert [(name, read_folder(tmp_path/name)[1][0].what) for name, _ in wanted] == wanted
    zipped(tmp_path/'swells.zip', {'a/a.png': bytes(3_000_000)})
    real = zipfile.ZipFile.infolist
    def promise(pack):
        for info in (found := real(pack)): info.file_size *= 1000
        return found
    monkeypatch.setattr(zipfile.ZipFile, 'infolist', promise)
    assert read_folder(tmp_path/'swells.zip')[1][0].what == 'it would unpack to more than 2 GB'
    assert not [path for path in (own_home/'unpacked').glob('*') if not path.name.endswith('.half')]

def test_one_picture_or_a_letter_instead_of_a_folder(tmp_path):
    (tmp_path/'a.png').write_bytes(dot(1))
    assert said(read_folder(tmp_path/'a.png')[1]) == ['a.png: it is one file, not a folder of folders. Choose the folder above the classes, or a zip of it.']

def test_a_full_disk_while_unpacking_is_a_problem_and_no_crash(tmp_path, monkeypatch):
    def full(*all): raise OSError(28, 'No space left on device')
    monkeypatch.setattr(module.shutil, 'copyfileobj', full)
    assert 'No space left on device' in read_folder(zipped(tmp_path/'pets.zip', GOOD))[1][0].what

# Pictures

def test_labels_and_pictures_must_fit():
    with pytest.raises(ValueError, match='Each picture needs one label; 2 pictures came with 1.'): Pictures(('a', 'b'), (0,), ('cats',))
    with pytest.raises(ValueError, match='There are 1 classes, numbered from 0; you gave 1.'): Pictures(('a', 'b'), (0, 1), ('cats',))

@given(st.lists(st.integers(0, 2), max_size=20), st.data())
def test_taking_some_keeps_each_with_its_label(labels, data):
    pictures = Pictures(tuple(range(len(labels))), tuple(labels), ('a', 'b', 'c'), 'x')
    rows = data.draw(st.lists(st.sampled_from(range(len(labels))), max_size=20) if labels else st.just([]))
    some = pictures.take(np.array(rows, dtype=int))
    assert some.paths == tuple(rows) and some.labels == tuple(labels[i] for i in rows) and some.classes == pictures.classes
    assert sum(pictures.counts().values()) == len(pictures) and list(pictures.counts()) == ['a', 'b', 'c']

def test_the_collection_of_the_course_is_listed_as_a_careful_reading_finds_it():
    listed, (read, problems) = read_collection(folder('photos')), read_folder(folder('photos'))
    assert listed == read and {problem.path.name for problem in problems} == {'README.md', 'LICENSE', 'chosen.csv'}

def test_a_problem_cannot_be_changed():
    with pytest.raises(AttributeError): Problem(Path('a'), 'b', 'c').what = 'd'

def test_a_letter_beside_the_only_folder_does_not_make_it_a_class(tmp_path):
    for name in ('cats', 'dogs'):
        (tmp_path/'mine'/name).mkdir(parents=True)
        for i in range(5): (tmp_path/'mine'/name/f'{i}.png').write_bytes(dot(i + 5*(name == 'dogs')))
    (tmp_path/'notes.txt').write_text('mine')
    found, problems = read_folder(tmp_path)
    assert found.classes == ('cats', 'dogs') and any('notes.txt' in str(problem) for problem in problems)

def test_a_class_whose_name_is_no_text_can_be_printed(tmp_path):
    for name in (b'caf\xe9', b'tea'):
        place = os.path.join(os.fsencode(tmp_path), name)
        try: os.mkdir(place)
        except OSError: pytest.skip('this system has no such names')
        for i in range(5): (Path(os.fsdecode(place))/f'{i}.png').write_bytes(dot(i + 5*(name == b'tea')))
    found, _ = read_folder(tmp_path)
    assert len(found.classes) == 2 and [name.encode() for name in found.classes] and found.counts()['tea'] == 5

@pytest.mark.parametrize('path', [None, '', 7])
def test_what_is_no_name_is_answered_with_what_to_write(path):
    with pytest.raises(TypeError, match='Write the name between quotes'): read_folder(path)
