"No test reaches the network, and none writes into the home of the person who runs it."
import socket, pytest

LOCAL = {'localhost', '127.0.0.1', '::1', '0.0.0.0'}

class NetworkBlocked(OSError): "A test tried to leave this machine."

@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    "Refuse every connection that leaves this machine."
    connect = socket.socket.connect
    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOCAL:
            raise NetworkBlocked(f'This test tried to reach {address[0]}: lessons and tests run without a network.')
        return connect(self, address)
    monkeypatch.setattr(socket.socket, 'connect', guarded)

@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    "Give each test its own COURSE_HOME."
    monkeypatch.setenv('COURSE_HOME', str(tmp_path/'course_home'))
    return tmp_path/'course_home'
