"The guard itself: nothing that a test runs, here or in a process of its own, reaches the network."
import shutil, socket, subprocess, sys
import urllib.request
import pytest

def test_a_test_cannot_open_a_page():
    with pytest.raises(OSError, match='example.com: lessons and tests run without a network'):
        urllib.request.urlopen('http://example.com')

AWAY = ('192.0.2.1', 80)
@pytest.mark.parametrize('reach', [lambda s: s.connect(AWAY), lambda s: s.connect_ex(AWAY),
                                   lambda s: s.sendto(b'hello', AWAY),
                                   lambda s: s.sendto(b'hello', 0, AWAY)])
@pytest.mark.parametrize('kind', [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_a_test_cannot_reach_an_address(reach, kind):
    with socket.socket(socket.AF_INET, kind) as s, pytest.raises(OSError, match='192.0.2.1'): reach(s)

def test_a_process_started_by_a_test_cannot_either():
    ran = subprocess.run([sys.executable, '-c', 'import urllib.request as u; u.urlopen("http://example.com")'],
                         capture_output=True, text=True)
    assert ran.returncode == 1 and 'NetworkBlocked' in ran.stderr

def test_this_machine_stays_reachable():
    with socket.create_server(('127.0.0.1', 0)) as server, socket.create_connection(server.getsockname()) as here:
        assert here.getpeername()[0] == '127.0.0.1'

@pytest.mark.skipif(not shutil.which('apt-get'), reason='apt-get is only there on Debian and its kin')
def test_apt_cannot_either(tmp_path):
    ran = subprocess.run(['apt-get', 'download', 'bash'], capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode and not list(tmp_path.iterdir())
