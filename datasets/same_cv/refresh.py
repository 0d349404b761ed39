"""Remake the scores: python datasets/same_cv/refresh.py

Needs MiniLM on this machine (`course fetch minilm`, once), torch and safetensors. The advertisement, the CVs and the names
are typed by hand and stay as they are; the scores are how alike MiniLM finds each CV and the advertisement, -1 to 1.
"""
import csv
from pathlib import Path

HERE = Path(__file__).parent
NOBODY = 'The applicant' # stands where a name would stand

def table(name):
    with (HERE/name).open(encoding='utf-8') as file: return list(csv.DictReader(file))

def scores(encoder):
    "Give a row for each CV and name, and one without a name: how alike the text and the advertisement are."
    names = [NOBODY, *(row['name'] for row in table('names.csv'))]
    rows = [(cv['cv'], name, cv['text'].format(name=name)) for cv in table('cvs.csv') for name in names]
    wanted, *seen = encoder.see([(HERE/'advert.txt').read_text(encoding='utf-8').strip(), *(text for *_, text in rows)])
    return [dict(cv=cv, name='' if name == NOBODY else name, alike=f'{row @ wanted:.5f}')
            for (cv, name, _), row in zip(rows, seen)]

if __name__ == '__main__':
    from course.shared.encoder import Encoder
    rows = scores(Encoder())
    with (HERE/'minilm.csv').open('w', encoding='utf-8', newline='') as file:
        writer = csv.DictWriter(file, rows[0], lineterminator='\n')
        writer.writeheader()
        writer.writerows(rows)
