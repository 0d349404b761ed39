"Each notebook in a kernel of its own: nothing left by a neighbour can help it, and nothing outside can either."
import warnings
from pathlib import Path
import nbformat, pytest
from course.shared.rehearsal import rehearse, run_words

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(path for path in (ROOT/'nbs').rglob('*.ipynb') if not path.name.startswith(('.', '_'))
                   and '.ipynb_checkpoints' not in path.parts)

@pytest.mark.parametrize('path', NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_alone_and_offline(path):
    report = rehearse(path)
    assert report.ok, run_words(report)
    assert report.peak_mib < 1024, 'a learner with 2 GiB could not run it'
    if report.seconds > 60: warnings.warn(f'{path.stem} took {report.seconds:.0f} s')
    if path.parent.name[0] in '123456789': assert report.questions, 'a lesson asks something'

REACHES = ['import urllib.request as u; u.urlopen("http://example.com")',
           'import socket; socket.create_connection(("192.0.2.1", 80))',
           'import subprocess, sys\nprogram = "import urllib.request as u; u.urlopen(\'http://example.com\')"\n'
           'subprocess.run([sys.executable, "-c", program], check=True)']
@pytest.mark.parametrize('source', REACHES, ids=['page', 'address', 'helper'])
def test_a_lesson_that_reaches_out_fails(tmp_path, source):
    path = tmp_path/'99_reaches_out.ipynb'
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]), path)
    assert not rehearse(path).ok
