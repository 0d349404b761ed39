"Make `cards.csv` and `minilm.npy` again: python remake.py data.noun [folder of MiniLM]. See README.md for where the first is from."
import csv, random, sys
from pathlib import Path

KINDS = {5: 'animal', 6: 'thing', 13: 'food', 20: 'plant'} # number of a file of WordNet's editors -> our label
TOO_TELLING = ('genus', 'classification', 'family', 'order', 'suborder', 'class ', 'subfamily')

def cards(source):
    "Read the definitions of nouns: label -> sorted texts."
    found = {name: set() for name in KINDS.values()}
    for line in Path(source).read_text(encoding='utf-8').split('\n'):
        if not line or line[0] == ' ': continue # the licence stands above the data
        facts, told = line.split(' | ', 1)
        kind, text = int(facts.split()[1]), told.split('; "')[0].strip()
        if kind in KINDS and 40 <= len(text) <= 160 and text.isascii() and '"' not in text and not any(
            word in text.lower() for word in TOO_TELLING): found[KINDS[kind]].add(text)
    several = set.union(*(a & b for one, a in found.items() for other, b in found.items() if one != other))
    return {name: sorted(texts - several) for name, texts in found.items()}

if __name__ == '__main__':
    here, dice = Path(__file__).parent, random.Random(14)
    rows = [(text, name) for name, texts in sorted(cards(sys.argv[1]).items()) for text in dice.sample(texts, 200)]
    dice.shuffle(rows)
    with open(here/'cards.csv', 'w', encoding='utf-8', newline='') as file:
        csv.writer(file, lineterminator='\n').writerows([('text', 'label'), *rows])
    import numpy as np
    from course.shared.encoder import Encoder
    seen = Encoder(*sys.argv[2:3]).see([text for text, _ in rows])
    np.save(here/'minilm.npy', np.rint(127*seen/abs(seen).max(1, keepdims=True)).astype(np.int8))
