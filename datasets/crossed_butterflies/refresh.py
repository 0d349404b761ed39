"Make crossed_butterflies.csv again: `python datasets/crossed_butterflies/refresh.py [FOLDER]`, 20 seconds on one core."
import csv, sys
from pathlib import Path
import numpy as np
import torch
from torch.nn.functional import normalize
from course.finetune.butterflies import TRAITS, Species, make_parts, photos_of
from course.shared.sorter import train_head

SHARES = 0, 30, 60, 90 # Crossed ones of 100
first, second = Species.some(2, 40)
body = torch.nn.Sequential(*make_parts(24)[:4]).eval()

def child(quarters):
    "Mix the traits of two species."
    return Species(**{trait: ((4 - quarters)*getattr(first, trait) + quarters*getattr(second, trait))/4 for trait in TRAITS})

def meet(counts, seed):
    "Photograph each kind as often as `counts` says: what the body sees, quarters, names."
    photos = torch.cat([photos_of((child(kind),), n, seed + kind)[0] for kind, n in enumerate(counts) if n])
    with torch.no_grad(): seen = torch.cat([body(pile) for pile in photos.split(100)])
    names = np.concatenate([np.arange(n) < n*kind/4 for kind, n in enumerate(counts)])
    return seen, np.repeat(range(5), counts), names

def counts_of(share, n):
    "Share `n` photographs among five kinds, pure ones at both ends."
    pure, crossed = round(n*(100 - share)/200), round(n*share/300)
    return [pure, crossed, crossed, crossed, pure]

def rows_of(share):
    "Teach a head with 120 photographs, try it with 1,000."
    seen, _, names = meet(counts_of(share, 120), 10)
    head = train_head(seen, names.astype(int), 2)
    seen, quarters, names = meet(counts_of(share, 1000), 30)
    odds = (normalize(seen) @ head @ torch.tensor([-1., 1.])).tolist()
    return [(share, kind, int(name), f'{one:.2f}') for kind, name, one in zip(quarters.tolist(), names, odds)]

if __name__ == '__main__':
    torch.set_num_threads(1)
    place = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)/'crossed_butterflies.csv'
    with open(place, 'w', encoding='utf-8', newline='\n') as file:
        rows = [row for share in SHARES for row in rows_of(share)]
        csv.writer(file, lineterminator='\n').writerows([('crossed', 'quarters', 'named', 'odds'), *rows])
