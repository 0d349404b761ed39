"Make `language.safetensors` and `trials.csv` again: python remake.py [drawers, such as 0 1 2]. See README.md."
import csv, sys
from pathlib import Path
import torch
from safetensors.torch import save_file
from course.finetune.read_first import make_reader, read_on, toy_notes, toy_trial

def rows_of(seed, here):
    "Train a reader in four ways and teach each of them few and many labels, of one drawer."
    nothing, drawer = make_reader(seed), toy_notes(500, 2000 + seed)[0]
    whole = torch.nn.Sequential(*read_on(nothing, toy_notes(3000, 1000 + seed, own=False)[0], epochs=6, seed=seed)[0])
    file = here/f'language{seed or ""}.safetensors' # that of drawer 0 comes with the course
    save_file({name: part.half() for name, part in whole.state_dict().items()}, file)
    language = make_reader(seed, file)
    if seed: file.unlink()
    readers = {(0, 0): nothing, (1, 0): language, (0, 1): read_on(nothing, drawer, seed=seed)[0],
               (1, 1): read_on(language, drawer, seed=seed)[0]}
    return [(*read, gradual, labels, seed, toy_trial(reader, labels, bool(gradual), seed))
            for labels in (10, 20, 50) for read, reader in readers.items() for gradual in (0, 1)]

if __name__ == '__main__':
    here, seeds = Path(__file__).parent, [int(one) for one in sys.argv[1:]] or range(3)
    rows = [row for seed in seeds for row in rows_of(seed, here)]
    with open(here/'trials.csv', 'w', encoding='utf-8', newline='') as file:
        csv.writer(file, lineterminator='\n').writerows([('language', 'mine', 'gradual', 'labels', 'seed', 'right'), *rows])
