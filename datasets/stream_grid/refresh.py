"""Remake the table of this folder: python datasets/stream_grid/refresh.py (about a minute; needs the course installed)."""
import csv
from pathlib import Path
from course.drift.streams import DETECTORS, KINDS, set_limit, try_out

SEEN = ('false_a_year', 'found', 'delay', 'early', 'late')

def rounded(value):
    "Three digits behind the point; nothing where undefined."
    return '' if value == '' or value != value else round(value, 3)

rows = []
for name in DETECTORS:
    for budget in (.5, 1., 2., 4.):
        limit = {'every day': 1., 'never': 1., 'by lot': 365/budget}.get(name) or round(set_limit(name, budget), 4)
        for kind in KINDS:
            for size in (1., 2., 3.):
                result = try_out(name, limit, kind, size)
                rows.append([name, budget, kind, size, limit, *(rounded(result.get(key, '')) for key in SEEN)])

with open(Path(__file__).parent/'stream_grid.csv', 'w', newline='', encoding='utf-8') as file:
    csv.writer(file, lineterminator='\n').writerows([['detector', 'budget', 'kind', 'size', 'limit', *SEEN], *rows])
print(len(rows), 'rows')
