"No test reaches the network, and none writes into the home of the person who runs it."
import os, shutil, sys, tempfile
from pathlib import Path
import pytest
from hypothesis import settings

OFFLINE = Path(__file__).parent/'offline'
sys.path.insert(0, str(OFFLINE))
import sitecustomize as offline   # the same guard that kernels and other processes started by a test obey
if not hasattr(offline, 'block'):  # Python had started with a sitecustomize of its own
    del sys.modules['sitecustomize']
    import sitecustomize as offline
offline.block()

# Kernels and programs started by tests: no network, and a Jupyter home that is nobody's.
os.environ |= {'npm_config_offline': 'true', 'APT_CONFIG': str(OFFLINE/'apt.conf')}
os.environ['PYTHONPATH'] = os.pathsep.join([str(OFFLINE), *filter(None, [os.environ.get('PYTHONPATH')])])
away = Path(tempfile.mkdtemp(prefix='course_tests_'))
for name in ('IPYTHONDIR', 'JUPYTER_CONFIG_DIR', 'JUPYTER_DATA_DIR', 'JUPYTER_RUNTIME_DIR'):
    os.environ[name] = str(away/name.lower())

# A shared machine is now fast, now slow: no deadline; in CI the same examples every time.
settings.register_profile('course', deadline=None, print_blob=True, derandomize='CI' in os.environ)
settings.load_profile('course')

CHROMIUM = next(filter(None, map(shutil.which, ('chromium', 'chromium-browser', 'google-chrome'))), None)

def pytest_runtest_setup(item):
    "Say in one line what is missing for a test that needs more than Python."
    if item.get_closest_marker('browser') and not CHROMIUM:
        pytest.skip('needs Chromium: on Debian and Ubuntu, apt install chromium')
    if item.get_closest_marker('gpu'):
        import torch
        if not torch.cuda.is_available(): pytest.skip('needs a CUDA device; this machine has none')

def pytest_sessionfinish(): shutil.rmtree(away, ignore_errors=True)

@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    "Give each test its own COURSE_HOME."
    monkeypatch.setenv('COURSE_HOME', str(tmp_path/'course_home'))
    return tmp_path/'course_home'
