"Whatever people call a picture opens as a square of red, green and blue, or is refused in one sentence."
import base64, io, os, struct, subprocess, sys, zlib
from pathlib import Path
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image
from course.shared.data import folder
from course.shared.picture_file import GROUND, PictureError, decode, look, open_picture, read_dots, shown, thumbnail, to_colours, to_square

OWL = folder('photos')/'birds'/'owl.jpg'

def saved(im, kind, **more):
    "The bytes of a picture."
    file = io.BytesIO()
    im.save(file, kind, **more)
    return file.getvalue()

def quarters(size=64, mode='RGB'):
    "Red, green, blue, white: which way is up can be seen."
    im = Image.new('RGB', (size, size), 'white')
    for colour, at in (('red', (0, 0)), ('lime', (size//2, 0)), ('blue', (0, size//2))): im.paste(colour, (*at, at[0] + size//2, at[1] + size//2))
    return im.convert(mode)

def near(dot, wanted, most=14): return max(abs(int(a) - b) for a, b in zip(dot, wanted)) <= most

def png_header(wide, high, kind=2):
    "A PNG that promises `wide` by `high` dots and holds none."
    def chunk(name, content): return struct.pack('>I', len(content)) + name + content + struct.pack('>I', zlib.crc32(name + content))
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', wide, high, 8, kind, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(b'')) + chunk(b'IEND', b'')

# Every kind

@pytest.mark.parametrize('mode, kind', [('RGB', 'JPEG'), ('L', 'JPEG'), ('CMYK', 'JPEG'), ('RGB', 'PNG'), ('RGBA', 'PNG'), ('LA', 'PNG'), ('P', 'PNG'),
    ('1', 'PNG'), ('L', 'PNG'), ('I;16', 'PNG'), ('P', 'GIF'), ('RGB', 'WEBP'), ('RGBA', 'WEBP'), ('CMYK', 'TIFF'), ('LAB', 'TIFF'), ('F', 'TIFF'), ('I', 'TIFF'),
    ('RGB', 'BMP'), ('RGB', 'PPM'), ('RGBA', 'ICO')])
@pytest.mark.parametrize('fit', ['whole', 'fill'])
def test_every_kind_becomes_a_square_of_three_colours(mode, kind, fit):
    square = open_picture(saved(Image.new(mode, (60, 40)), kind), 32, fit)
    assert square.shape == (32, 32, 3) and square.dtype == np.uint8

@pytest.mark.parametrize('mode, kind, more', [('RGB', 'PNG', {}), ('RGB', 'JPEG', dict(quality=95)), ('CMYK', 'JPEG', dict(quality=95)), ('P', 'PNG', {}),
                                               ('RGBA', 'PNG', {}), ('RGB', 'WEBP', dict(lossless=True)), ('RGB', 'JPEG', dict(quality=95, progressive=True))])
def test_colours_stay_where_they_are(mode, kind, more):
    square = open_picture(saved(quarters(mode=mode), kind, **more), 32)
    assert near(square[8, 8], (255, 0, 0)) and near(square[8, 24], (0, 255, 0)) and near(square[24, 8], (0, 0, 255)) and near(square[24, 24], (255, 255, 255))

@pytest.mark.parametrize('way', range(1, 9))
def test_a_picture_lying_on_its_side_is_turned_upright(way):
    from PIL import ImageOps
    lying = Image.new('RGB', (96, 64), 'yellow')
    lying.paste(quarters(), (0, 0))
    notes = Image.Exif()
    notes[274] = way
    content = saved(lying, 'JPEG', exif=notes, quality=95, subsampling=0)
    upright = to_square(ImageOps.exif_transpose(Image.open(io.BytesIO(content))), 48, 'whole') # Pillow's own turning, on the whole picture
    assert np.abs(open_picture(content, 48).astype(int) - np.asarray(upright)).mean() < 6

def test_damaged_notes_do_not_stop_a_picture():
    content = saved(quarters(), 'JPEG', exif=b'Exif\0\0II*\0\xff\xff\xff\xff broken')
    assert open_picture(content, 32).shape == (32, 32, 3)

@pytest.mark.parametrize('top', [255, 1023, 4095, 16383, 65535])
def test_greys_of_any_depth_fill_the_range(top):
    ramp = np.linspace(0, top, 64*64).round().astype(np.uint16).reshape(64, 64)
    square = open_picture(saved(Image.fromarray(ramp), 'PNG'), 64)
    assert square.min() <= 2 and square.max() >= 253
    assert np.abs(square[..., 0].astype(float) - ramp/top*255).max() < 3

def test_sixteen_bit_colours_and_missing_numbers_open(tmp_path):
    deep = np.zeros((8, 8), np.float32)
    deep[0, 0], deep[1, 1] = np.nan, np.inf
    assert open_picture(saved(Image.fromarray(deep), 'TIFF'), 8).shape == (8, 8, 3)
    def chunk(name, content): return struct.pack('>I', len(content)) + name + content + struct.pack('>I', zlib.crc32(name + content))
    rows = b''.join(b'\0' + struct.pack('>12H', *([65535, 0, 0]*4)) for _ in range(4))
    content = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 4, 4, 16, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')
    assert near(open_picture(content, 4)[2, 2], (255, 0, 0))

@pytest.mark.parametrize('im', [Image.new('RGBA', (20, 20), (255, 0, 0, 0)), Image.new('LA', (20, 20), (0, 0))], ids=['colour', 'grey'])
def test_what_is_transparent_shows_the_ground(im):
    assert near(open_picture(saved(im, 'PNG'), 20)[10, 10], GROUND, 1)

def test_a_palette_with_a_transparent_colour_shows_the_ground():
    im = Image.new('P', (20, 20), 0)
    im.putpalette([255, 0, 0, 0, 255, 0])
    im.paste(1, (0, 0, 10, 20))
    square = open_picture(saved(im, 'PNG', transparency=0), 20)
    assert near(square[10, 15], GROUND, 1) and near(square[10, 5], (0, 255, 0))

def test_half_transparent_red_on_the_ground_is_half_of_both():
    square = open_picture(saved(Image.new('RGBA', (20, 20), (255, 0, 0, 128)), 'PNG'), 20)
    assert near(square[10, 10], (246, 118, 115), 2)

def test_the_first_image_of_a_moving_picture_is_used():
    frames = [Image.new('RGB', (20, 20), colour) for colour in ('red', 'blue')]
    for kind in ('GIF', 'WEBP', 'PNG'):
        assert near(open_picture(saved(frames[0], kind, save_all=True, append_images=frames[1:]), 20)[10, 10], (255, 0, 0)), kind

# Squares

@given(st.integers(1, 400), st.integers(1, 400), st.integers(1, 80), st.sampled_from(['whole', 'fill']))
def test_any_shape_becomes_a_square(wide, high, size, fit):
    assert to_square(Image.new('RGB', (wide, high), 'red'), size, fit).size == (size, size)

@given(st.integers(1, 200), st.integers(1, 200), st.integers(2, 64))
def test_whole_shows_all_of_it_with_bars_and_fill_has_no_bars(wide, high, size):
    red = Image.new('RGB', (wide, high), 'red')
    whole, fill = np.asarray(to_square(red, size, 'whole')), np.asarray(to_square(red, size, 'fill'))
    assert (fill == (255, 0, 0)).all()
    share = (whole == (255, 0, 0)).all(-1).sum()
    assert share == max(1, round(wide*size/max(wide, high)))*max(1, round(high*size/max(wide, high)))

def test_a_line_of_dots_opens_both_ways():
    for fit in ('whole', 'fill'): assert open_picture(saved(Image.new('RGB', (5000, 1), 'red'), 'PNG'), 64, fit).shape == (64, 64, 3)

@pytest.mark.parametrize('size', [0, -1, 4097])
def test_a_size_outside_is_refused(size):
    with pytest.raises(ValueError, match=f'from 1 to 4096 dots; you gave {size}'): open_picture(OWL, size)

def test_an_unknown_fit_is_refused():
    with pytest.raises(ValueError, match='fits "whole" or "fill"; you gave "crop"'): open_picture(OWL, 32, 'crop')

# Big ones

def test_a_jpeg_is_read_at_a_part_of_its_size():
    content = saved(Image.new('RGB', (4000, 3000), 'teal'), 'JPEG')
    assert max(read_dots(look(io.BytesIO(content)), 256).size) == 500
    assert near(open_picture(content, 64)[32, 32], (0, 128, 128))

BIG = '''
import io, resource, struct, sys, zlib
from pathlib import Path
from course.shared.picture_file import open_picture
import PIL.Image; PIL.Image.init()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(*open_picture(Path(sys.argv[1]), 128)[64, 64], (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)//1024)
'''
def big_png(path, kind, dot, side=10_000):
    "Write a red PNG of `side` by `side` dots, row by row."
    def chunk(name, content): return struct.pack('>I', len(content)) + name + content + struct.pack('>I', zlib.crc32(name + content))
    squeeze, row = zlib.compressobj(1), b'\0' + dot*side
    rows = b''.join(squeeze.compress(row) for _ in range(side)) + squeeze.flush()
    palette = chunk(b'PLTE', b'\0\0\xff\xff\0\0') if kind == 3 else b''
    path.write_bytes(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', side, side, 8, kind, 0, 0, 0)) + palette
                     + chunk(b'IDAT', rows) + chunk(b'IEND', b''))

def cost(file):
    "Open a picture in a Python of its own: the dot in its middle, and the mebibytes that this took."
    said = subprocess.run([sys.executable, '-c', BIG, str(file)], capture_output=True, text=True)
    assert said.returncode == 0 and 'Warning' not in said.stderr, said.stderr
    *dot, mebibytes = map(int, said.stdout.split())
    return dot, mebibytes

@pytest.mark.parametrize('kind, dot, most', [(3, b'\1', 150), pytest.param(2, b'\xff\0\0', 450, marks=pytest.mark.slow),
    pytest.param(6, b'\xff\0\0\xff', 450, marks=pytest.mark.slow)], ids=['palette', 'colours', 'colours and transparency'])
def test_a_png_of_ten_thousand_by_ten_thousand_dots_opens_in_bounded_memory(tmp_path, kind, dot, most):
    big_png(tmp_path/'big.png', kind, dot)
    middle, mebibytes = cost(tmp_path/'big.png')
    assert near(middle, (255, 0, 0)) and mebibytes < most

def test_a_jpeg_of_ten_thousand_by_ten_thousand_dots_takes_no_more_than_a_small_one(tmp_path):
    Image.new('L', (10_000, 10_000), 200).save(tmp_path/'big.jpg', quality=50)
    middle, mebibytes = cost(tmp_path/'big.jpg')
    assert near(middle, (200, 200, 200)) and mebibytes < 60

@pytest.mark.parametrize('wide, high', [(20_000, 20_000), (200_000, 1000)])
def test_a_picture_that_is_really_too_big_is_refused_before_it_is_unpacked(wide, high):
    with pytest.raises(PictureError, match=f'it has {wide*high/1e6:.0f} million dots, and up to 110 can be opened. Save a smaller version.'):
        open_picture(png_header(wide, high))

def test_a_file_that_is_too_big_is_refused_before_it_is_read(tmp_path):
    with open(tmp_path/'film.jpg', 'wb') as file: file.truncate(400_000_000)
    with pytest.raises(PictureError, match='film.jpg: it has 400 MB, and up to 300 can be opened'): open_picture(tmp_path/'film.jpg')

# Refused

@pytest.mark.parametrize('content, message', [
    (b'', r'it is empty \(0 bytes\). Copy it again'), (b'Dear Sir or Madam', 'it is not a picture. Pictures are JPEG, PNG'),
    (b'\x89PNG\r\n\x1a\nnonsense', 'it starts like a PNG and is damaged. Copy it again'), (b'\xff\xd8\xff' + bytes(40), 'it starts like a JPEG and is damaged'),
    (b'\0\0\0\x18ftypheic' + bytes(40), 'it is a HEIC or AVIF photograph. Save it as JPEG first'), (b'%PDF-1.4', 'it is not a picture'),
    (b'<svg xmlns="http://www.w3.org/2000/svg"/>', 'it is not a picture'), (b'%!PS-Adobe-3.0 EPSF', 'it is not a picture')])
def test_what_is_no_picture_is_refused_with_advice(content, message):
    with pytest.raises(PictureError, match=message): open_picture(content)

@settings(max_examples=60)
@given(st.integers(0, 5000), st.sampled_from(['JPEG', 'PNG', 'GIF', 'WEBP', 'TIFF', 'BMP']))
def test_a_picture_cut_off_anywhere_opens_or_is_refused(at, kind):
    content = saved(Image.open(OWL), kind)
    try: assert open_picture(content[:at*len(content)//5000], 16).shape == (16, 16, 3)
    except PictureError as error: assert str(error).startswith('This file: it ') and str(error).endswith('.')

@pytest.mark.parametrize('kind', ['JPEG', 'PNG'])
def test_half_a_picture_is_refused(kind):
    content = saved(Image.open(OWL), kind)
    with pytest.raises(PictureError, match='it is cut off or damaged. Copy it again'): open_picture(content[:len(content)//2])

@settings(max_examples=150)
@given(st.sampled_from(['JPEG', 'PNG', 'GIF', 'WEBP', 'TIFF', 'BMP']), st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), min_size=1, max_size=20))
def test_wrong_bytes_never_do_worse_than_a_refusal(kind, wrong):
    content = bytearray(saved(quarters(32), kind))
    for at, byte in wrong: content[at % len(content)] = byte
    try: assert open_picture(bytes(content), 16).shape == (16, 16, 3)
    except PictureError as error: assert '\n' not in str(error)

@given(st.binary(max_size=200))
def test_any_bytes_are_a_picture_or_refused(content):
    try: assert open_picture(content, 8).shape == (8, 8, 3)
    except PictureError as error: assert error.what and error.advice

def test_a_file_that_is_not_there_a_folder_and_a_pipe_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path/'pipe.jpg')
    (tmp_path/'link.jpg').symlink_to(tmp_path/'nowhere')
    for name, message in (('gone.jpg', 'no such file'), ('pipe.jpg', 'it is not a file'), ('.', 'it is not a file'), ('link.jpg', 'its link leads nowhere')):
        with pytest.raises(PictureError, match=message): open_picture(tmp_path/name)

def test_a_file_one_may_not_read_is_one_sentence(tmp_path, monkeypatch):
    import builtins
    def locked(*all, **more): raise PermissionError(13, 'Permission denied')
    monkeypatch.setattr(builtins, 'open', locked)
    with pytest.raises(PictureError, match='owl.jpg: you may not read it. Ask its owner, or copy it to your own folder.'): open_picture(OWL)

@pytest.mark.parametrize('name', ['two words.jpg', 'pétale.jpg', 'цветок.JPG', '花.jpeg', '🌷.jpg', 'no ending', "it's \"quoted\".jpg"])
def test_any_name_will_do(tmp_path, name):
    (tmp_path/name).write_bytes(OWL.read_bytes())
    assert open_picture(str(tmp_path/name), 16).shape == (16, 16, 3)

def test_a_name_that_is_no_text_can_still_be_printed(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b'/caf\xe9.jpg'))
    path.write_bytes(b'no picture')
    with pytest.raises(PictureError) as error: open_picture(path)
    assert str(error.value).encode() and shown(path) == 'caf\N{REPLACEMENT CHARACTER}.jpg'

# Small pictures for a page

def test_a_thumbnail_is_a_small_jpeg_in_a_line_of_text():
    text = thumbnail(OWL, 96)
    assert text.startswith('data:image/jpeg;base64,') and len(text) < 6000 and '\n' not in text
    small = Image.open(io.BytesIO(base64.b64decode(text.split(',')[1])))
    assert small.format == 'JPEG' and small.size == (96, 96)
    assert np.abs(np.asarray(small).astype(int) - open_picture(OWL, 96)).mean() < 5

def test_opening_changes_nothing(tmp_path):
    (tmp_path/'owl.jpg').write_bytes(OWL.read_bytes())
    before = (tmp_path/'owl.jpg').stat()
    open_picture(tmp_path/'owl.jpg'), thumbnail(tmp_path/'owl.jpg')
    after = (tmp_path/'owl.jpg').stat()
    assert (tmp_path/'owl.jpg').read_bytes() == OWL.read_bytes() and after.st_mtime_ns == before.st_mtime_ns and len(list(tmp_path.iterdir())) == 1
