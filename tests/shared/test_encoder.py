"Texts are cut and read as the encoder was taught, with its real weights where they are fetched."
import numpy as np
import pytest, torch
from hypothesis import given, strategies as st
from course.shared.data import folder, home, load
from course.shared.encoder import Encoder, pieces_of

WEIGHTS = home()/'datasets/minilm' # where `course fetch` put them, before each test gets a home of its own
SMALL = {piece: number for number, piece in enumerate(['[PAD]', '[CLS]', '[SEP]', '[UNK]', 'a', 'dove', '##cote', '!', '_', '5', '£', '##5'])}

@pytest.mark.parametrize('text, pieces', [
    ('A dovecote!', [1, 4, 5, 6, 7, 2]), ('á', [1, 4, 2]), ('', [1, 2]), ('a_a', [1, 4, 8, 4, 2]), ('zebra', [1, 3, 2]),
    ('£5', [1, 10, 11, 2]), ('a\u200b \n\ta', [1, 4, 4, 2]), ('a'*101, [1, 3, 2])])
def test_texts_are_cut_as_the_encoder_was_taught(text, pieces): assert pieces_of(text, SMALL) == pieces

@given(st.text(), st.integers(2, 40))
def test_any_text_is_cut_into_known_pieces_and_never_too_many(text, most):
    pieces = pieces_of(text, SMALL, most)
    assert pieces[0] == 1 and pieces[-1] == 2 and len(pieces) <= most and set(pieces) <= set(SMALL.values())

def test_without_the_encoder_one_sentence_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv('COURSE_HOME', str(tmp_path))
    with pytest.raises(FileNotFoundError, match='course fetch minilm'): Encoder()

def tiny_weights(place):
    "Write weights of MiniLM's shape for a few pieces."
    from safetensors.torch import save_file
    dice = torch.Generator().manual_seed(0)
    def some(*shape): return torch.randn(*shape, generator=dice)*.05
    w = {'embeddings.word_embeddings.weight': some(len(SMALL), 384), 'embeddings.position_embeddings.weight': some(512, 384),
         'embeddings.token_type_embeddings.weight': some(2, 384)}
    norms = ['embeddings.LayerNorm', *(f'encoder.layer.{n}.{part}.LayerNorm' for n in range(6) for part in ('attention.output', 'output'))]
    for name in norms: w[f'{name}.weight'], w[f'{name}.bias'] = torch.ones(384), some(384)
    for n in range(6):
        shapes = {**{f'attention.self.{part}': (384, 384) for part in ('query', 'key', 'value')}, 'attention.output.dense': (384, 384),
                  'intermediate.dense': (1536, 384), 'output.dense': (384, 1536)}
        for part, shape in shapes.items():
            w[f'encoder.layer.{n}.{part}.weight'], w[f'encoder.layer.{n}.{part}.bias'] = some(*shape), some(shape[0])
    save_file(w, place/'model.safetensors')
    (place/'vocab.txt').write_text('\n'.join(SMALL) + '\n', encoding='utf-8')

def test_a_text_is_read_the_same_alone_and_beside_longer_ones(tmp_path):
    tiny_weights(tmp_path)
    encoder, shares = Encoder(tmp_path), []
    rows = encoder.see(['a', 'a dovecote! '*9, ''], lambda share, text: shares.append(share))
    assert rows.shape == (3, 384) and np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5) and shares == [1.]
    assert np.allclose(rows[0], encoder.see(['a'])[0], atol=1e-5) and not np.allclose(rows[0], rows[1], atol=.01)

def test_the_real_encoder_gives_the_numbers_on_file():
    if not WEIGHTS.is_dir(): pytest.skip('MiniLM is not on this machine: course fetch minilm')
    encoder = Encoder(WEIGHTS)
    near, same, far = encoder.see(['The crop is inspected for plant disease.', 'A farmer checks the wheat for rust.', 'The museum opens.'])
    assert near @ same > near @ far + .2
    rows = np.load(folder('cards')/'minilm.npy').astype(float)[:12]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert ((encoder.see(list(load('cards').text[:12]))*rows).sum(1) > .995).all()
