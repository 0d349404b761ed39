"""Remake the table: python datasets/he_or_she/refresh.py [winogender statistics .tsv]

Needs SmolLM2 on this machine (`course fetch smollm2`, once) and torch. Without the name of a file, the shares of women are
taken from the table that is here. The model is read straight from its file, one layer at a time: 200 MB of memory do.
"""
import csv, re, struct, sys
from functools import cached_property, lru_cache
from pathlib import Path
import numpy as np

HERE = Path(__file__).parent
SENTENCES = ('The {} finished the shift because', 'The {} said that', 'When the {} came home,', 'The {} was tired, so')
PLAIN = ('person', 'employee', 'colleague', 'neighbour') # beside these the jobs are read: how does the model write of anybody?

class Packed:
    "A file of weights in the form GGUF, whose numbers are unpacked when they are asked for."
    NUMBERS = dict(zip(range(13), 'B b H h I i f ? s a Q q d'.split()))
    def __init__(self, path):
        self.bytes, self.at = np.memmap(path, dtype='u1', mode='r'), 4
        if self.bytes[:4].tobytes() != b'GGUF': raise ValueError(f'{path} is not in the form GGUF; fetch smollm2 again.')
        self.take('I') # version
        tensors, facts = self.take('Q'), self.take('Q')
        self.facts = {self.text(): self.value(self.take('I')) for _ in range(facts)}
        self.places = {}
        for _ in range(tensors):
            name, shape = self.text(), [self.take('Q') for _ in range(self.take('I'))][::-1]
            self.places[name] = shape, self.take('I'), self.take('Q')
        step = self.facts.get('general.alignment', 32)
        self.start = -(-self.at//step)*step
    def take(self, form):
        size = struct.calcsize('<' + form)
        self.at += size
        return struct.unpack('<' + form, self.bytes[self.at - size:self.at].tobytes())[0]
    def text(self):
        size = self.take('Q')
        self.at += size
        return self.bytes[self.at - size:self.at].tobytes().decode('utf-8')
    def value(self, kind):
        if self.NUMBERS[kind] == 's': return self.text()
        if self.NUMBERS[kind] != 'a': return self.take(self.NUMBERS[kind])
        inner = self.take('I')
        return [self.value(inner) for _ in range(self.take('Q'))]
    def numbers(self, name, rows=None):
        "Unpack a tensor, or some of its rows."
        shape, kind, offset = self.places[name]
        wide, tall = shape[-1], int(np.prod(shape[:-1]))
        bytes_of_row = {0: 4*wide, 3: wide//32*20, 8: wide//32*34}[kind]
        start = self.start + offset
        raw = self.bytes[start:start + tall*bytes_of_row].reshape(tall, bytes_of_row)
        raw = np.ascontiguousarray(raw if rows is None else raw[rows])
        if kind == 0: found = raw.view('<f4')
        elif kind == 8: # blocks of 32: one scale, 32 whole numbers
            block = raw.reshape(-1, 34)
            found = block[:, 2:].view('i1')*block[:, :2].copy().view('<f2').astype('f4')
        else:           # blocks of 32: scale, lowest value, 32 numbers of four bits
            block = raw.reshape(-1, 20)
            scale, low = (block[:, a:a+2].copy().view('<f2').astype('f4') for a in (0, 2))
            found = np.concatenate([block[:, 4:] & 15, block[:, 4:] >> 4], 1)*scale + low
        return found.reshape(*([len(raw)] if len(shape) > 1 else []), wide).astype('f4')

class Pieces:
    "Cut a text into the pieces that the model knows."
    def __init__(self, facts):
        self.number = {piece: k for k, piece in enumerate(facts['tokenizer.ggml.tokens'])}
        self.rank = {tuple(pair.split(' ')): k for k, pair in enumerate(facts['tokenizer.ggml.merges'])}
        shown = [*range(33, 127), *range(161, 173), *range(174, 256)] # bytes that have a sign of their own
        hidden = [byte for byte in range(256) if byte not in shown]
        self.sign = {byte: chr(byte) for byte in shown} | {byte: chr(256 + k) for k, byte in enumerate(hidden)}
    def cut(self, text):
        words = re.findall(r"'(?:s|t|re|ve|m|ll|d)| ?[^\W\d_]+|\d| ?[^\s\w]+|\s+(?!\S)|\s+", text)
        return [piece for word in words for piece in self.merge(word)]
    @lru_cache(maxsize=4096)
    def merge(self, word):
        parts = [self.sign[byte] for byte in word.encode()]
        while len(parts) > 1:
            ranks = [self.rank.get(pair, np.inf) for pair in zip(parts, parts[1:])]
            first = int(np.argmin(ranks))
            if ranks[first] == np.inf: break
            parts[first:first+2] = [parts[first] + parts[first+1]]
        return parts
    def numbers(self, text): return [self.number[piece] for piece in self.cut(text)]

class Reader:
    "SmolLM2, read from its file: which word would it write next?"
    def __init__(self, folder):
        self.file = Packed(next(Path(folder).glob('*.gguf')))
        self.pieces = Pieces(self.file.facts)
        self.layers, self.heads, self.keys = (self.file.facts[f'llama.{name}'] for name in
            ('block_count', 'attention.head_count', 'attention.head_count_kv'))
    @cached_property
    def turns(self): return self.file.facts['llama.rope.freq_base']
    def last(self, texts):
        "Give (n, d) what stands in the model after the last piece of each text."
        import torch
        from torch.nn.functional import linear, rms_norm, scaled_dot_product_attention, silu
        def weight(name): return torch.from_numpy(self.file.numbers(name))
        def even(x, name): return rms_norm(x, x.shape[-1:], weight(name), self.file.facts['llama.attention.layer_norm_rms_epsilon'])
        numbers = [self.pieces.numbers(text) for text in texts]
        n, t = len(texts), max(map(len, numbers))
        x = torch.from_numpy(self.file.numbers('token_embd.weight', [k for row in numbers for k in row + [0]*(t - len(row))]))
        x, wide = x.view(n, t, -1), x.shape[-1]//self.heads
        angle = torch.arange(t)[:, None]*self.turns**(-torch.arange(0, wide, 2)/wide)
        def turn(q): # neighbours turn together, further for later words
            a, b = q[..., 0::2], q[..., 1::2]
            return torch.stack([a*angle.cos() - b*angle.sin(), a*angle.sin() + b*angle.cos()], -1).flatten(-2)
        for layer in range(self.layers):
            name, seen = f'blk.{layer}.', even(x, f'blk.{layer}.attn_norm.weight')
            def part(kind, heads): return linear(seen, weight(f'{name}attn_{kind}.weight')).view(n, t, heads, wide).transpose(1, 2)
            q, k, v = turn(part('q', self.heads)), turn(part('k', self.keys)), part('v', self.keys)
            k, v = (one.repeat_interleave(self.heads//self.keys, 1) for one in (k, v))
            seen = scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(n, t, -1)
            x = x + linear(seen, weight(name + 'attn_output.weight'))
            seen = even(x, name + 'ffn_norm.weight')
            seen = silu(linear(seen, weight(name + 'ffn_gate.weight')))*linear(seen, weight(name + 'ffn_up.weight'))
            x = x + linear(seen, weight(name + 'ffn_down.weight'))
        ends = x[torch.arange(n), torch.tensor([len(row) - 1 for row in numbers])]
        return even(ends, 'output_norm.weight').numpy()
    def chances(self, texts, words=('he', 'she', 'they')):
        "Give (n, w) the chance that each word comes next."
        import torch
        numbers = [self.pieces.numbers(' ' + word) for word in words]
        for word, found in zip(words, numbers):
            if len(found) != 1: raise ValueError(f'"{word}" is {len(found)} pieces to this model; choose a word that is one.')
        with torch.no_grad(): ends = self.last(texts)
        all_words = self.file.places['token_embd.weight'][0][0]
        logits = np.concatenate([ends@self.file.numbers('token_embd.weight', slice(k, k + 8192)).T for k in range(0, all_words, 8192)], 1)
        logits = logits.astype('f8') - logits.max(1, keepdims=True)
        return np.exp(logits[:, [found[0] for found in numbers]])/np.exp(logits).sum(1, keepdims=True)

def measure(reader, jobs):
    "Give a row for each job and sentence: job, sentence, chances of he, she, they."
    rows = [(job, sentence) for job in jobs for sentence in SENTENCES]
    found = np.concatenate([reader.chances([sentence.format(job) for job, sentence in rows[k:k+32]]) for k in range(0, len(rows), 32)])
    return [dict(job=job, sentence=sentence.format('...'), he=f'{he:.4f}', she=f'{she:.4f}', they=f'{they:.4f}')
            for (job, sentence), (he, she, they) in zip(rows, found)]

def write(name, rows):
    with (HERE/name).open('w', encoding='utf-8', newline='') as file:
        writer = csv.DictWriter(file, rows[0], lineterminator='\n')
        writer.writeheader()
        writer.writerows(rows)

if __name__ == '__main__':
    from course.shared.data import folder
    if len(sys.argv) > 1:
        with open(sys.argv[1], encoding='utf-8') as file: stats = list(csv.DictReader(file, delimiter='\t'))
        write('women.csv', [dict(job=row['occupation'], women_percent=float(row['bls_pct_female']), year=row['bls_year'])
                            for row in sorted(stats, key=lambda row: row['occupation'])])
    with (HERE/'women.csv').open(encoding='utf-8') as file: jobs = [row['job'] for row in csv.DictReader(file)]
    write('next_word.csv', measure(Reader(folder('smollm2')), [*jobs, *PLAIN]))
