"Lesson 15: what LoRA of rank 4 trains beside training everything, what it gets right, and what merging changes; three draws."
import numpy as np, torch
from safetensors.torch import load_file
from course.finetune.mostly_the_same import letters, merge, tune_reader
from course.shared.data import load

SEEDS = (0, 1, 2)

def row(name, ours, peer, unit, peer_name):
    "One line of the table of benchmarks."
    return {'name': name, 'ours': float(ours), 'peer': None if peer is None else float(peer),
            'ratio': None if peer is None else float(ours/peer), 'unit': unit, 'peer_name': peer_name, 'peer_version': '', 'n': len(SEEDS)}

def rows():
    body = {name: part.float() for name, part in load_file(load('letter_bodies')/'even.safetensors').items()}
    tests, apart = letters(1000, 9000), 0.
    right = {'LoRA': [], 'everything': []}
    for seed in SEEDS:
        x, _, river = letters(200, 1000 + seed)
        for way, found in right.items():
            tuned = tune_reader(body, x, river, way, seed=seed)
            with torch.no_grad(): found.append((tuned.answer(tests[0]).argmax(1) == tests[2].long()).float().mean().item())
            if way == 'LoRA':
                apart = max(apart, (merge(tuned).praise(tests[0]) - tuned.praise(tests[0])).abs().max().item())
                trained = tuned.trained
    return [row('LoRA, rank 4: weights trained', trained, sum(part.numel() for part in body.values()), 'weights', 'everything'),
            row('LoRA, rank 4: another task right after 200 letters', np.mean(right['LoRA']), np.mean(right['everything']), 'share', 'everything'),
            row('LoRA, rank 4: largest change of a chance by merging', apart, None, 'share', '')]

if __name__ == '__main__':
    for measured in rows(): print(measured)
