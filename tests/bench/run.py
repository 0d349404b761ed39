"""Run every bench_*.py beside this file, print one table, write build/bench.json.

A bench module has a function `rows()` that gives dicts with these keys: name, ours, peer, ratio, unit, peer_name,
peer_version, n. Figures are medians of paired runs: ours and the peer's take turns, on this machine, in this run.
`peer` is None where there is nothing to compare with; `peer_version` says "not installed" where the peer is missing.
Other keys are kept in the file. Words on the command line choose modules: `python tests/bench/run.py import`."""
import importlib, json, os, platform, sys, time, traceback
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEYS = ('name', 'ours', 'peer', 'ratio', 'unit', 'peer_name', 'peer_version', 'n')

def whole(row):
    "A row with every key; the ratio is ours over the peer's where the module gave none."
    if not row.get('name') or not isinstance(row.get('ours'),
                                             (int, float)): raise ValueError(f'a row needs a name and a figure: {row}')
    row = dict.fromkeys(KEYS) | row
    if row['ratio'] is None and row['peer']: row['ratio'] = row['ours']/row['peer']
    return row

def collect(names):
    "The rows of each module, and what went wrong where."
    found, failed = [], {}
    for name in names:
        print(f'{name} …', file=sys.stderr, flush=True)
        try: found += [whole(row) for row in importlib.import_module(name).rows()]
        except Exception: failed[name] = traceback.format_exc().strip()
    return found, failed

def figure(value):
    "A number in four characters or so; a dash where there is none."
    return '-' if value is None else f'{value:.3g}' if abs(value) < 1000 else f'{value:,.0f}'

def table(rows):
    "The rows as lines of text."
    lines = [('what', 'ours', 'peer', 'ratio', 'unit', 'n', 'peer is')]
    for row in rows:
        peer = ' '.join(filter(None, (row['peer_name'], row['peer_version'])))
        lines.append((row['name'], *(figure(row[key]) for key in ('ours', 'peer', 'ratio')), row['unit'] or '',
                      str(row['n'] or ''), peer))
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return '\n'.join('  '.join(text.ljust(width) for text, width in zip(line, widths)).rstrip() for line in lines)

def main(words):
    sys.path.insert(0, str(HERE))
    names = [path.stem for path in sorted(HERE.glob('bench_*.py')) if not words
             or any(word in path.stem for word in words)]
    if not names:
        there_are = ', '.join(path.stem for path in sorted(HERE.glob('bench_*.py')))
        print(f'No benchmark is called {" or ".join(words)}. There are: {there_are}.', file=sys.stderr)
        return 2
    rows, failed = collect(names)
    print(table(rows))
    for name, trouble in failed.items(): print(f'\n{name} failed:\n{trouble}', file=sys.stderr)
    about = dict(made=time.strftime('%Y-%m-%d %H:%M:%S'), python=platform.python_version(), system=platform.system(),
                 cores=os.cpu_count())
    out = ROOT/'build'/'bench.json'
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(about | dict(rows=rows, failed=sorted(failed)), indent=1, ensure_ascii=False))
    print(f'\nwritten to {out.relative_to(ROOT)}')
    return 1 if failed else 0

if __name__ == '__main__': sys.exit(main(sys.argv[1:]))
