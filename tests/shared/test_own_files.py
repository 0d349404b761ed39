"What a learner drops in is kept apart, named where it cannot be used, and never stops a lab."
import errno, io, os, zipfile
import numpy as np, pytest
from ipywidgets import FileUpload
from PIL import Image
from course.shared.draw import draw_bars
from course.shared.own_files import TakesFiles, keep_files, sort_out
from course.shared.pictures import Pictures
from course.shared.store import forget_progress

def picture(colour):
    "A picture of one colour, as bytes."
    file = io.BytesIO()
    Image.fromarray(np.full((40, 40, 3), colour, np.uint8)).save(file, 'PNG')
    return file.getvalue()

def zip_of(**classes):
    "A zip with a folder for each class."
    file = io.BytesIO()
    with zipfile.ZipFile(file, 'w') as pack:
        for name, colours in classes.items():
            for i, colour in enumerate(colours): pack.writestr(f'{name}/{i}.png', picture(colour))
    return file.getvalue()

class CountLab(TakesFiles):
    "Counts pictures of each class."
    def __init__(self):
        self.pictures, self.own = Pictures(('a',), (0,), ('none',)), FileUpload(description='Your pictures')
        super().__init__([self.own], lambda: draw_bars(self.pictures.counts(), f'{self.pictures.counts()} {self.left_out}'))
    def take_over(self, pictures, report=None): self.pictures = pictures

def test_both_forms_of_an_upload_are_kept_alike():
    new, old = ({'name': 'a goat.png', 'content': picture(1)},), {'a goat.png': {'content': picture(1)}}
    assert keep_files(new) == keep_files(old) and keep_files(new)[0].read_bytes() == picture(1)

def test_two_pictures_of_one_name_stay_two():
    one, two = keep_files(({'name': 'image.jpg', 'content': picture(1)}, {'name': 'image.jpg', 'content': picture(200)}))
    assert one != two and one.name == two.name == 'image.jpg'

def test_a_name_cannot_lead_out_of_the_folder(own_home):
    for name in ('../../x.png', '..\\..\\x.png', '/etc/x.png'):
        assert own_home in keep_files(({'name': name, 'content': b'1'},))[0].resolve().parents

def test_a_bad_zip_does_not_hide_the_picture_beside_it():
    paths = keep_files(({'name': 'a.zip', 'content': b'PK nothing'}, {'name': 'b.png', 'content': picture(3)},
                        {'name': 'c.txt', 'content': b'words'}))
    pictures, single, problems = sort_out(paths)
    assert pictures is None and [path.name for path in single] == ['b.png'] and len(problems) == 2

def test_a_zip_of_classes_is_taken_over_by_the_lab():
    lab = CountLab()
    lab.take_files(({'name': 'mine.zip', 'content': zip_of(goats=range(3), sheep=range(100, 104))},))
    lab.wait()
    assert lab.pictures.counts() == {'goats': 3, 'sheep': 4} and lab.error is None and "'goats': 3" in lab.picture.says

def test_forgetting_deletes_the_copies(own_home):
    kept = keep_files(({'name': 'x.png', 'content': picture(5)},))[0]
    forget_progress()
    assert not kept.exists()

def test_a_very_long_name_is_shortened_and_keeps_its_ending():
    path, = keep_files(({'name': 'é'*300 + '.png', 'content': b'...'},))
    assert path.read_bytes() == b'...' and path.suffix == '.png'

def test_a_full_disk_is_one_sentence_in_the_lab_and_no_half_file_stays(monkeypatch, own_home):
    def full(self, content): raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr(type(own_home), 'write_bytes', full)
    with pytest.raises(OSError, match='goat.png could not be kept in .* Make room'):
        keep_files(({'name': 'goat.png', 'content': b'...'},))
    assert [path for path in own_home.rglob('*') if path.is_file()] == []
