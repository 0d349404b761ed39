"README.md is the first page of the course, nbs/index.ipynb, as text: `make check` writes it, a test compares."
import json, re
from pathlib import Path

ROOT = Path(__file__).parents[2]

def readme_of(index:Path)->str:
    "Join the prose of `index`; links that were relative to nbs/ start there."
    cells = json.loads(index.read_text(encoding='utf-8'))['cells']
    text = '\n\n'.join(''.join(cell['source']) for cell in cells if cell['cell_type'] == 'markdown') + '\n'
    return re.sub(r'\]\((?!https?:|#|/)([^)]+)\)', r'](nbs/\1)', text)

if __name__ == '__main__': (ROOT/'README.md').write_text(readme_of(ROOT/'nbs/index.ipynb'), encoding='utf-8')
