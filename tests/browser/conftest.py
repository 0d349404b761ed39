"A browser and a JupyterLab for the tests in this folder; without Chromium they skip, with one line that says so."
import pytest
from harness import FLAGS, LabServer, find_axe, find_chromium

def pytest_collection_modifyitems(items):
    for item in items: item.add_marker('browser')

@pytest.fixture(scope='session')
def browser():
    path = find_chromium()
    if not path: pytest.skip('no Chromium on this machine: install the package chromium, or set CHROMIUM_PATH')
    playwright = pytest.importorskip('playwright.sync_api', reason="playwright is not installed: pip install 'glassbox-course[dev]'")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()

@pytest.fixture(scope='session')
def lab_server(browser, tmp_path_factory):
    server = LabServer(tmp_path_factory.mktemp('notebooks'), tmp_path_factory.mktemp('home'))
    try: yield server.start()
    finally: server.stop()

@pytest.fixture
def page(browser):
    "A fresh page, 1366 pixels wide."
    context = browser.new_context(viewport={'width': 1366, 'height': 760})
    yield context.new_page()
    context.close()

@pytest.fixture
def axe_ready():
    if not find_axe(): pytest.skip('axe-core is not installed: npm install axe-core, or set AXE_PATH')
