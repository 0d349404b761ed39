"""Remake the scores: python datasets/same_cv/refresh.py

Needs MiniLM on this machine (`course fetch minilm`, once), torch and safetensors. The advertisement, the CVs and the names
are typed by hand and stay as they are; the scores are how alike MiniLM finds each CV and the advertisement, -1 to 1.
"""
import csv, re, unicodedata
from pathlib import Path

HERE = Path(__file__).parent
NOBODY = 'The applicant' # stands where a name would stand

class Reader:
    "MiniLM: turn an English sentence into 384 numbers."
    def __init__(self, folder):
        from safetensors.torch import load_file
        self.weights = load_file(Path(folder)/'model.safetensors')
        lines = (Path(folder)/'vocab.txt').read_text(encoding='utf-8').splitlines()
        self.number = {piece: k for k, piece in enumerate(lines)}
    def cut(self, text):
        "Cut a text into the pieces that the model knows: small letters, no accents."
        plain = ''.join(c for c in unicodedata.normalize('NFD', text.lower()) if unicodedata.category(c) != 'Mn')
        found = []
        for word in re.findall(r'\w+|[^\w\s]', plain):
            pieces, rest = [], word
            while rest:
                starts = ('##'*bool(pieces) + rest[:k] for k in range(len(rest), 0, -1))
                piece = next((start for start in starts if start in self.number), None)
                if piece is None: pieces = ['[UNK]']; break
                pieces.append(piece)
                rest = rest[len(piece) - 2*(len(pieces) > 1):]
            found += pieces
        return found
    def read(self, texts):
        "Give (n, 384), each row of length 1."
        import torch
        from torch.nn.functional import gelu, layer_norm, linear, normalize, scaled_dot_product_attention
        def apply(x, name): return linear(x, self.weights[name + '.weight'], self.weights[name + '.bias'])
        def even(x, name): return layer_norm(x, x.shape[-1:], self.weights[name + '.weight'], self.weights[name + '.bias'], 1e-12)
        numbers = [[self.number[piece] for piece in ['[CLS]', *self.cut(text)[:254], '[SEP]']] for text in texts]
        n, t = len(texts), max(map(len, numbers))
        there = torch.tensor([[1.]*len(row) + [0.]*(t - len(row)) for row in numbers])
        table = {part: self.weights[f'embeddings.{part}_embeddings.weight'] for part in ('word', 'position', 'token_type')}
        x = table['word'][torch.tensor([row + [0]*(t - len(row)) for row in numbers])] + table['position'][:t] + table['token_type'][0]
        x = even(x, 'embeddings.LayerNorm')
        for layer in range(6):
            part = f'encoder.layer.{layer}.'
            q, k, v = (apply(x, f'{part}attention.self.{kind}').view(n, t, 12, 32).transpose(1, 2) for kind in ('query', 'key', 'value'))
            seen = scaled_dot_product_attention(q, k, v, attn_mask=there[:, None, None].bool()).transpose(1, 2).reshape(n, t, 384)
            x = even(x + apply(seen, part + 'attention.output.dense'), part + 'attention.output.LayerNorm')
            x = even(x + apply(gelu(apply(x, part + 'intermediate.dense')), part + 'output.dense'), part + 'output.LayerNorm')
        return normalize((x*there[..., None]).sum(1)/there.sum(1, keepdim=True), dim=-1)
    def alike(self, advert, texts):
        "Say how alike each text and the advertisement are, -1 to 1."
        import torch
        with torch.no_grad():
            wanted, *rows = (self.read(texts[k:k+64]) for k, texts in [(0, [advert]), *((k, texts) for k in range(0, len(texts), 64))])
            return (torch.cat(rows)@wanted[0]).tolist()

def table(name):
    with (HERE/name).open(encoding='utf-8') as file: return list(csv.DictReader(file))

def scores(alike):
    "Give a row for each CV and name, and one without a name."
    names = [NOBODY, *(row['name'] for row in table('names.csv'))]
    rows = [(cv['cv'], name, cv['text'].format(name=name)) for cv in table('cvs.csv') for name in names]
    found = alike((HERE/'advert.txt').read_text(encoding='utf-8').strip(), [text for *_, text in rows])
    return [dict(cv=cv, name='' if name == NOBODY else name, alike=f'{value:.5f}') for (cv, name, _), value in zip(rows, found)]

if __name__ == '__main__':
    from course.shared.data import folder
    rows = scores(Reader(folder('minilm')).alike)
    with (HERE/'minilm.csv').open('w', encoding='utf-8', newline='') as file:
        writer = csv.DictWriter(file, rows[0], lineterminator='\n')
        writer.writeheader()
        writer.writerows(rows)
