"The collector of benchmarks keeps every figure, names what failed, and invents nothing."
import json, sys
from pathlib import Path
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import run

@pytest.fixture
def benches(tmp_path, monkeypatch):
    "Two benchmarks of our own: one that works, one that does not."
    (tmp_path/'tests'/'bench').mkdir(parents=True)
    texts = {'bench_works': "def rows(): return [\n"
                            "    dict(name='a', ours=2., peer=8., unit='s', peer_name='other', peer_version='1', n=3),\n"
                            "    dict(name='b', ours=1234.5, unit='kB', peer_name='gone', peer_version='not installed')]",
             'bench_breaks': "def rows(): raise OSError('no browser')"}
    for name, text in texts.items(): (tmp_path/'tests'/'bench'/f'{name}.py').write_text(text)
    monkeypatch.setattr(run, 'HERE', tmp_path/'tests'/'bench')
    monkeypatch.setattr(run, 'ROOT', tmp_path)
    monkeypatch.setattr(sys, 'path', sys.path[:])
    yield tmp_path
    for name in texts: sys.modules.pop(name, None)

def test_the_table_and_the_file_hold_every_row(benches, capsys):
    assert run.main(['works']) == 0
    first, second = json.loads((benches/'build'/'bench.json').read_text())['rows']
    assert set(first) == set(run.KEYS) and first['ratio'] == .25
    assert second['peer'] is None and second['ratio'] is None and second['peer_version'] == 'not installed'
    out = capsys.readouterr().out
    assert '0.25' in out and '1,234' in out and 'gone not installed' in out

def test_a_benchmark_that_fails_is_named_and_the_others_are_kept(benches, capsys):
    assert run.main([]) == 1
    kept = json.loads((benches/'build'/'bench.json').read_text())
    assert kept['failed'] == ['bench_breaks'] and len(kept['rows']) == 2 and 'no browser' in capsys.readouterr().err

def test_an_unknown_benchmark_lists_those_there_are(benches, capsys):
    assert run.main(['speed']) == 2 and 'bench_breaks, bench_works' in capsys.readouterr().err

@pytest.mark.parametrize('row', [dict(ours=1.), dict(name='a'), dict(name='a', ours='fast')])
def test_a_row_without_a_name_or_a_figure_is_refused(row):
    with pytest.raises(ValueError, match='needs a name and a figure'): run.whole(row)
