"A file is written whole or not at all."
import os, signal, subprocess, sys
import pytest
from course.shared.whole import write_whole

def test_a_write_that_is_cut_off_leaves_what_was_there(tmp_path):
    path = write_whole(tmp_path/'a'/'x.txt', 'old')
    def breaks(file):
        file.write(b'half of the ne')
        raise RuntimeError('cut')
    with pytest.raises(RuntimeError): write_whole(path, breaks)
    assert path.read_text() == 'old'
    write_whole(path, b'new')
    assert path.read_text() == 'new' and [p.name for p in tmp_path.rglob('*.*')] == ['x.txt']

def test_a_disk_that_refuses_is_told_in_one_sentence(tmp_path):
    (tmp_path/'file').write_text('')
    with pytest.raises(OSError, match='could not be written .* still there'): write_whole(tmp_path/'file'/'x', 'text')

def test_a_disk_that_is_full_at_the_last_moment_leaves_no_half(tmp_path, monkeypatch):
    path = write_whole(tmp_path/'x.txt', 'old')
    def full(number): raise OSError(28, 'No space left on device')
    monkeypatch.setattr(os, 'fsync', full)
    with pytest.raises(OSError, match='No space left on device'): write_whole(path, 'new')
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [('x.txt', 'old')]

KILLED = '''
import os, signal, sys
from course.shared.whole import write_whole
def dies(file):
    file.write(b'half of the ne'); file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
write_whole(sys.argv[1], dies)
'''

@pytest.mark.skipif(sys.platform == 'win32', reason='Windows has no SIGKILL')
def test_a_killed_program_leaves_the_old_file_and_the_next_try_clears_up(tmp_path):
    path = write_whole(tmp_path/'x.txt', 'old')
    assert subprocess.run([sys.executable, '-c', KILLED, path]).returncode == -signal.SIGKILL
    assert path.read_text() == 'old' and (tmp_path/'x.txt.half').is_file()
    write_whole(path, 'new')
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [('x.txt', 'new')]
