"""Remake the table of this folder: python datasets/recipe_trials/refresh.py (a quarter of an hour on one core; needs the course installed)."""
import csv
from pathlib import Path
from course.finetune.recipes import TWEAKS, tweak_trial

rows = [[tweak, seed, *tweak_trial(tweak, seed)] for seed in range(30) for tweak in TWEAKS]

with open(Path(__file__).parent/'recipe_trials.csv', 'w', newline='', encoding='utf-8') as file:
    csv.writer(file, lineterminator='\n').writerows([['tweak', 'seed', 'new_right', 'old_right'], *rows])
print(len(rows), 'rows')
