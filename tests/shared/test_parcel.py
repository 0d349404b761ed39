"A parcel arrives whole or not at all: broken lines, killed programs, full disks, wrong files and bad archives."
import errno, hashlib, io, os, random, shutil, signal, subprocess, sys, tarfile, threading, time, zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
import pytest
from hypothesis import given, settings, strategies as st
from course.shared import parcel as module
from course.shared.parcel import (FetchError, Parcel, download, fingerprint, get_apt, get_pip, get_web, keep_as, last_words,
                                  members, need_file, unpack, watch)

def sha256(content): return hashlib.sha256(content).hexdigest()
def quiet(text): pass

@contextmanager
def serve(content, cuts=(), ranges=True, code=None, pause=0):
    "A server on this machine that hangs up after `cuts` bytes, once for each cut; gives its address and what it was asked."
    cuts, asked = list(cuts), []
    class Line(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.headers['Range'])
            if code: return self.send_error(code)
            start = int(self.headers['Range'][6:-1]) if self.headers['Range'] and ranges else 0
            if start >= len(content) and start:
                self.send_response(416)
                self.send_header('Content-Range', f'bytes */{len(content)}')
                self.send_header('Content-Length', '0')
                return self.end_headers()
            self.send_response(206 if start else 200)
            self.send_header('Content-Length', str(len(content) - start))
            self.end_headers()
            rest = content[start:start + cuts.pop(0)] if cuts else content[start:]
            for at in range(0, len(rest), 1 << 16):
                self.wfile.write(rest[at:at + (1 << 16)])
                time.sleep(pause)
        def log_message(self, *said): pass
    server = ThreadingHTTPServer(('127.0.0.1', 0), Line)
    threading.Thread(target=server.serve_forever, args=(.01,), daemon=True).start()
    try: yield f'http://127.0.0.1:{server.server_port}/file', asked
    finally: server.shutdown(), server.server_close()

@settings(max_examples=25)
@given(st.binary(max_size=3000), st.lists(st.integers(1, 2000), max_size=5), st.booleans())
def test_however_the_line_breaks_the_file_is_the_same(tmp_path_factory, content, cuts, ranges):
    to = tmp_path_factory.mktemp('line')/'file'
    with serve(content, cuts, ranges) as (url, _): assert download(url, to, sha256(content), quiet, tries=8) == to
    assert to.read_bytes() == content and [file.name for file in to.parent.iterdir()] == ['file']

def test_only_the_missing_bytes_are_asked_for(tmp_path):
    content = random.Random(1).randbytes(300_000)
    with serve(content, [100_000, 50_000]) as (url, asked): download(url, tmp_path/'file', sha256(content), quiet)
    assert asked == [None, 'bytes=100000-', 'bytes=150000-']

def test_a_server_that_cannot_go_on_sends_all_again(tmp_path):
    content = random.Random(2).randbytes(50_000)
    (tmp_path/'file.half').write_bytes(content[:20_000])
    with serve(content, ranges=False) as (url, _): assert download(url, tmp_path/'file', sha256(content), quiet).read_bytes() == content

def test_a_half_file_that_was_whole_already_is_not_asked_for_twice(tmp_path):
    (tmp_path/'file.half').write_bytes(b'all of it')
    with serve(b'all of it') as (url, asked): download(url, tmp_path/'file', sha256(b'all of it'), quiet)
    assert asked == ['bytes=9-'] and (tmp_path/'file').read_bytes() == b'all of it'

def test_a_half_file_that_is_too_long_is_begun_again(tmp_path):
    (tmp_path/'file.half').write_bytes(b'far too much of it')
    with serve(b'all of it') as (url, _): assert download(url, tmp_path/'file', sha256(b'all of it'), quiet).read_bytes() == b'all of it'

def test_a_killed_program_leaves_no_file_under_the_name_and_the_next_one_goes_on(tmp_path):
    content, to = random.Random(3).randbytes(2_000_000), tmp_path/'file'
    with serve(content, pause=.05) as (url, asked):
        code = f'from course.shared.parcel import download; download({url!r}, {str(to)!r}, {sha256(content)!r})'
        process = subprocess.Popen([sys.executable, '-c', code])
        for _ in range(600):
            if (tmp_path/'file.half').exists() and (tmp_path/'file.half').stat().st_size > 300_000: break
            time.sleep(.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        had = (tmp_path/'file.half').stat().st_size
        assert 0 < had < len(content) and not to.exists()
    with serve(content) as (url, asked):
        assert download(url, to, sha256(content), quiet).read_bytes() == content
        assert asked == [f'bytes={had}-']

def test_a_wrong_file_is_thrown_away_and_the_next_try_begins_anew(tmp_path):
    with serve(b'good') as (url, _):
        with pytest.raises(FetchError, match='wrong fingerprint and was thrown away'): download(url, tmp_path/'file', '0'*64, quiet)
        assert list(tmp_path.iterdir()) == []
        assert download(url, tmp_path/'file', sha256(b'good'), quiet).read_bytes() == b'good'

def test_no_network_is_one_sentence_with_the_place_and_what_to_do(tmp_path):
    with serve(b'') as (url, _): pass # nobody answers there any more
    with pytest.raises(FetchError, match=r'No line to 127.0.0.1:\d+ .*has a network'): download(url, tmp_path/'file', '', quiet, tries=2)
    assert list(tmp_path.iterdir()) == []

def test_a_line_that_dies_for_good_keeps_what_came(tmp_path):
    content = random.Random(4).randbytes(400_000)
    with serve(content, [200_000] + [0]*9) as (url, _):
        with pytest.raises(FetchError, match='The 0.2 MB that came are kept'): download(url, tmp_path/'file', sha256(content), quiet, tries=2)
    assert (tmp_path/'file.half').read_bytes() == content[:200_000]

def test_a_line_that_breaks_often_and_always_brings_something_is_put_up_with(tmp_path):
    content = random.Random(5).randbytes(9_000)
    with serve(content, [1_000]*8) as (url, asked): download(url, tmp_path/'file', sha256(content), quiet, tries=2)
    assert len(asked) == 9

@pytest.mark.parametrize('code', [403, 404, 500])
def test_a_server_that_refuses_is_quoted(tmp_path, code):
    with serve(b'', code=code) as (url, _):
        with pytest.raises(FetchError, match=f'cannot be had: the server says "{code}'): download(url, tmp_path/'file', '', quiet)

def test_progress_says_how_much_of_how_much(tmp_path):
    content, said = bytes(3_000_000), []
    with serve(content, pause=.05) as (url, _): download(url, tmp_path/'file', sha256(content), said.append)
    assert said and all(line.endswith('of 3 MB') for line in said)

@pytest.mark.skipif(not Path('/dev/full').exists(), reason='only Linux has a file that is always full')
def test_a_full_disk_while_downloading_is_a_disk_error(tmp_path):
    (tmp_path/'file.half').symlink_to('/dev/full')
    with serve(b'x'*100_000) as (url, _):
        with pytest.raises(OSError) as error: download(url, tmp_path/'file', '', quiet)
    assert error.value.errno == errno.ENOSPC and not (tmp_path/'file').exists()

def test_a_file_that_is_not_the_promised_one_is_refused(tmp_path):
    (tmp_path/'a.whl').write_bytes(b'other')
    with pytest.raises(FetchError, match=f'starts with {sha256(b"other")[:12]}, not with 123456789012'):
        need_file(tmp_path/'a.whl', Parcel(name='a', size=1, file='a.whl', sha256='1234567890123'))
    assert not (tmp_path/'a.whl').exists()

@given(st.binary(max_size=100))
def test_a_fingerprint_is_the_sha256_of_the_bytes(tmp_path_factory, content):
    file = tmp_path_factory.mktemp('print')/'file'
    file.write_bytes(content)
    assert fingerprint(file) == sha256(content)

# pip, with an index of our own on this machine

def wheel(place, name='tiny_words', inside='tiny_words/words.csv'):
    place.mkdir(parents=True, exist_ok=True)
    file = place/f'{name}-1.0-py3-none-any.whl'
    with zipfile.ZipFile(file, 'w') as pack:
        pack.writestr(inside, 'word\nhello\n')
        pack.writestr(f'{name}/__init__.py', 'raise SystemExit("never run")')
        pack.writestr(f'{name}-1.0.dist-info/METADATA', f'Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nRequires-Python: >=99\n')
        pack.writestr(f'{name}-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n')
        pack.writestr(f'{name}-1.0.dist-info/LICENSE', 'CC0')
        pack.writestr(f'{name}-1.0.dist-info/RECORD', '')
    return file

@contextmanager
def package_index(place, monkeypatch):
    from http.server import SimpleHTTPRequestHandler
    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *all, **more): super().__init__(*all, directory=str(place), **more)
        def log_message(self, *said): pass
    server = ThreadingHTTPServer(('127.0.0.1', 0), Quiet)
    threading.Thread(target=server.serve_forever, args=(.01,), daemon=True).start()
    for name in [name for name in os.environ if name.startswith('PIP_')]: monkeypatch.delenv(name)
    monkeypatch.setenv('PIP_CONFIG_FILE', os.devnull)
    monkeypatch.setenv('PIP_NO_CACHE_DIR', '1')
    monkeypatch.setenv('PIP_INDEX_URL', f'http://127.0.0.1:{server.server_port}/simple')
    try: yield server
    finally: server.shutdown(), server.server_close()

def test_pip_brings_a_wheel_by_the_settings_of_the_person_and_runs_nothing_of_it(tmp_path, monkeypatch):
    file = wheel(tmp_path/'index'/'simple'/'tiny-words')
    tiny = Parcel(name='tiny', size=.1, registry='pip', package='tiny-words', version='1.0', file=file.name, sha256=fingerprint(file))
    (tmp_path/'work').mkdir()
    with package_index(tmp_path/'index', monkeypatch): get_pip(tiny, tmp_path/'work', quiet) # it wants Python 99: we only unpack it
    assert fingerprint(tmp_path/'work'/file.name) == tiny.sha256

def test_a_version_that_pip_does_not_know_is_named(tmp_path, monkeypatch):
    wheel(tmp_path/'index'/'simple'/'tiny-words')
    (tmp_path/'work').mkdir()
    with package_index(tmp_path/'index', monkeypatch):
        with pytest.raises(FetchError, match='pip could not bring tiny-words 7.0: No matching distribution'):
            get_pip(Parcel(name='tiny', size=.1, package='tiny-words', version='7.0'), tmp_path/'work', quiet)

def test_pip_without_a_network_is_one_sentence(tmp_path, monkeypatch):
    with package_index(tmp_path, monkeypatch): pass
    (tmp_path/'work').mkdir()
    with pytest.raises(FetchError, match='^There is no network, or the package index does not answer.$'):
        get_pip(Parcel(name='tiny', size=.1, package='tiny-words', version='1.0'), tmp_path/'work', quiet)

@pytest.mark.parametrize('said, kind, message', [
    ('/usr/bin/python: No module named pip', FetchError, 'python -m ensurepip'),
    ('ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device', OSError, 'No space left'),
    ('WARNING: Retrying after connection broken by ProxyError', FetchError, 'no network')])
def test_what_pip_says_is_understood(tmp_path, monkeypatch, said, kind, message):
    monkeypatch.setattr(module, 'watch', lambda *all: said)
    with pytest.raises(kind, match=message): get_pip(Parcel(name='tiny', size=.1, package='tiny', version='1'), tmp_path, quiet)

def test_a_program_that_is_no_longer_wanted_is_stopped(tmp_path):
    def stop(text): raise KeyboardInterrupt
    code = f'import os, time; open({str(tmp_path/"id")!r}, "w").write(str(os.getpid())); time.sleep(60)'
    with pytest.raises(KeyboardInterrupt): watch([sys.executable, '-c', code], tmp_path/'work', Parcel(name='a', size=1), stop)
    with pytest.raises(ProcessLookupError): os.kill(int((tmp_path/'id').read_text()), 0)

def test_half_done_work_of_an_earlier_try_is_cleared_away(tmp_path):
    (tmp_path/'tmp').mkdir()
    (tmp_path/'tmp'/'rest').write_bytes(b'x')
    assert watch([sys.executable, '-c', 'import tempfile; print(tempfile.gettempdir())'], tmp_path, Parcel(name='a', size=1), quiet) == ''
    assert (tmp_path/'said.txt').read_text().strip() == str(tmp_path/'tmp') and not list((tmp_path/'tmp').iterdir())

# apt, with a program of our own under that name

def deb(place, files, packed='xz'):
    tape = io.BytesIO()
    with tarfile.open(fileobj=tape, mode=f'w:{packed}') as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo('./usr/share/words/link')
        link.type, link.linkname = tarfile.SYMTYPE, '/etc/passwd'
        tar.addfile(link)
    with open(place, 'wb') as file:
        file.write(b'!<arch>\n')
        for name, content in ((b'debian-binary', b'2.0\n'), (b'control.tar.xz', b'odd'), (f'data.tar.{packed}'.encode(), tape.getvalue())):
            file.write(name.ljust(16) + b'0'.ljust(12) + b'0'.ljust(6)*2 + b'100644'.ljust(8) + str(len(content)).encode().ljust(10) + b'`\n')
            file.write(content + b'\n'*(len(content) % 2))
    return place

def own_apt(tmp_path, monkeypatch, script):
    (tmp_path/'bin').mkdir()
    (tmp_path/'bin'/'apt-get').write_text(f'#!/bin/sh\n{script}\n')
    (tmp_path/'bin'/'apt-get').chmod(0o755)
    monkeypatch.setenv('PATH', f'{tmp_path/"bin"}{os.pathsep}{os.environ["PATH"]}')
    (tmp_path/'work').mkdir()

words = Parcel(name='words', size=.1, registry='apt', package='tiny-words', version='1.0', file='tiny-words_1.0_all.deb', inside='usr/share/words')

def test_apt_brings_a_package_into_our_folder(tmp_path, monkeypatch):
    made = deb(tmp_path/'made.deb', {'./usr/share/words/a.txt': b'hello'})
    own_apt(tmp_path, monkeypatch, f'[ "$1 $2" = "download tiny-words=1.0" ] && cp {made} tiny-words_1.0_all.deb')
    get_apt(words, tmp_path/'work', quiet)
    assert (tmp_path/'work'/words.file).read_bytes() == made.read_bytes()

def test_a_version_that_apt_does_not_know_is_named(tmp_path, monkeypatch):
    own_apt(tmp_path, monkeypatch, 'echo "E: Version \'1.0\' for \'tiny-words\' was not found" >&2; exit 100')
    with pytest.raises(FetchError, match="could not bring tiny-words 1.0: Version '1.0' .* was not found. Run `sudo apt-get update`"):
        get_apt(words, tmp_path/'work', quiet)

def test_a_machine_without_apt_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setenv('PATH', str(tmp_path))
    with pytest.raises(FetchError, match='^"words" is a Debian package, and this machine has no apt.$'): get_apt(words, tmp_path, quiet)

def test_a_failure_without_a_word_is_still_a_failure(tmp_path, monkeypatch):
    own_apt(tmp_path, monkeypatch, 'exit 3')
    with pytest.raises(FetchError, match='without a word'): get_apt(words, tmp_path/'work', quiet)

def test_last_words_are_the_reason():
    assert last_words('Looking...\nERROR: No matching distribution.') == 'No matching distribution'

# Opening

@pytest.mark.parametrize('packed', ['xz', 'gz'])
def test_a_debian_package_is_opened_without_debian(tmp_path, packed):
    made = deb(tmp_path/'made.deb', {'./usr/share/words/deep/a.txt': b'hello', './usr/share/doc/tiny/copyright': b'CC0', './usr/bin/run': b'no'}, packed)
    unpack(made, words, tmp_path/'out')
    assert {str(file.relative_to(tmp_path/'out')): file.read_bytes() for file in (tmp_path/'out').rglob('*') if file.is_file()} == {
        'deep/a.txt': b'hello', 'LICENSES/copyright': b'CC0'}

@pytest.mark.skipif(not shutil.which('dpkg-deb'), reason='compares with Debian\'s own program, which is not here')
def test_a_debian_package_opens_as_debians_own_program_opens_it(tmp_path):
    (tmp_path/'tree'/'DEBIAN').mkdir(parents=True)
    (tmp_path/'tree'/'DEBIAN'/'control').write_text('Package: tiny\nVersion: 1\nArchitecture: all\nMaintainer: a <a@b.c>\nDescription: d\n')
    (tmp_path/'tree'/'usr'/'share'/'words').mkdir(parents=True)
    (tmp_path/'tree'/'usr'/'share'/'words'/'mot élégant.txt').write_bytes(b'bonjour')
    subprocess.run(['dpkg-deb', '-Zxz', '--build', str(tmp_path/'tree'), str(tmp_path/'tiny.deb')], check=True, capture_output=True)
    unpack(tmp_path/'tiny.deb', words, tmp_path/'out')
    assert (tmp_path/'out'/'mot élégant.txt').read_bytes() == b'bonjour'

def test_what_is_neither_is_refused(tmp_path):
    (tmp_path/'a.deb').write_bytes(b'<html>not found</html>')
    with pytest.raises(FetchError, match='neither a zip nor a Debian package'): list(members(tmp_path/'a.deb'))

def test_a_catalogue_that_names_a_wrong_folder_is_found_out(tmp_path):
    with zipfile.ZipFile(tmp_path/'a.zip', 'w') as pack: pack.writestr('here/a.txt', 'a')
    with pytest.raises(FetchError, match='a.zip holds nothing under other'):
        unpack(tmp_path/'a.zip', Parcel(name='a', size=1, file='a.zip', inside='other'), tmp_path/'out')

def test_a_single_file_is_kept_as_it_is(tmp_path):
    (tmp_path/'table.csv').write_text('a\n1\n')
    unpack(tmp_path/'table.csv', Parcel(name='t', size=1, file='table.csv'), tmp_path/'out')
    assert (tmp_path/'out'/'table.csv').read_text() == 'a\n1\n'

def test_a_plain_file_comes_from_its_address(tmp_path):
    with serve(b'a,b\n') as (url, _): get_web(Parcel(name='t', size=1, package=url, file='t.csv', sha256=sha256(b'a,b\n')), tmp_path, quiet)
    assert (tmp_path/'t.csv').read_bytes() == b'a,b\n'

parts = st.lists(st.sampled_from(['..', '.', '', 'usr', 'share', 'a.txt', 'LICENSE', 'C:', '\\evil', '~', 'é']), max_size=6).map('/'.join)
@given(parts | st.text(max_size=30), st.sampled_from(['usr/share', 'usr', '', '.']))
def test_no_name_in_an_archive_leads_out_of_the_folder(name, inside):
    kept = keep_as(name, inside)
    into = Path('/somewhere/deep')
    assert not kept or (os.path.normpath(into/kept) + os.sep).startswith(str(into) + os.sep)

def test_programs_are_left_behind():
    assert keep_as('tiny/__init__.py', 'tiny') == keep_as('LICENSE.py', 'tiny') == '' and keep_as('tiny/words.csv', 'tiny') == 'words.csv'

def test_licences_travel_along():
    assert keep_as('tiny-1.0.dist-info/licenses/LICENSE', 'tiny') == 'LICENSES/LICENSE'
    assert keep_as('tiny-1.0.dist-info/METADATA', 'tiny') == ''

def test_a_folder_that_changes_is_weighed_all_the_same(tmp_path, monkeypatch):
    (tmp_path/'a').write_bytes(b'123'); (tmp_path/'b').write_bytes(b'4567')
    size = os.path.getsize
    def vanishing(path):
        if str(path).endswith('b'): raise FileNotFoundError(path)
        return size(path)
    monkeypatch.setattr(module.os.path, 'getsize', vanishing)
    assert module.bytes_in(tmp_path) == 3 and module.bytes_in(tmp_path/'nowhere') == 0
