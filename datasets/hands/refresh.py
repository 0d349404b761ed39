"""Train small nets to read the hands, and count what each reads in each tone: `python datasets/hands/refresh.py`, about two minutes.

Three choices of training tones, three seeds each. Needs torch. Twitter's drawings, in colour, on white: turned by up to 20 degrees,
three quarters to full size, anywhere on the page. 3,200 training pictures, 400 others to test each tone.
"""
import csv
from pathlib import Path
import numpy as np

HERE = Path(__file__).parent
TONES = 'lightest', 'light', 'medium', 'dark', 'darkest'
CHOICES = {'two lightest': (0, 1), 'two darkest': (3, 4), 'all five': (0, 1, 2, 3, 4)}
SIGNS, PICTURES, TRIES, ROUNDS = 20, 160, 20, 30 # training pictures of each sign; tests of each sign in each tone; times through all

def show(sign, tone, dice, sheet):
    "Lay one drawing on a white page: (3, 32, 32), 0 to 1."
    from PIL import Image
    left, top = 32*(5 + tone), 32*sign
    drawn = sheet.crop((left, top, left + 32, top + 32)).rotate(dice.uniform(-20, 20), resample=Image.BICUBIC)
    page, wide = Image.new('RGBA', (32, 32), 'white'), int(32*dice.uniform(.75, 1))
    page.alpha_composite(drawn.resize((wide, wide)), tuple(int(at) for at in dice.integers(0, 33 - wide, 2)))
    return np.asarray(page.convert('RGB'), dtype=np.float32).transpose(2, 0, 1)/255

def take(tones, each, dice, sheet):
    "Show each sign `each` times in each tone: pictures and their signs."
    import torch
    signs = np.repeat(np.arange(SIGNS), len(tones)*each)
    shown = [show(sign, tone, dice, sheet) for sign in range(SIGNS) for tone in tones for _ in range(each)]
    return torch.tensor(np.stack(shown)), torch.tensor(signs)

def train(choice, seed):
    "Count the tests of each tone that a net reads rightly which learned from the tones of `choice`."
    import torch
    from PIL import Image
    from torch import nn
    before = torch.get_num_threads()
    torch.set_num_threads(1) # one worker adds up in one order
    torch.manual_seed(seed)
    dice, sheet = np.random.default_rng(seed), Image.open(HERE/'hands.png').convert('RGBA')
    x, y = take(CHOICES[choice], PICTURES//len(CHOICES[choice]), dice, sheet)
    net = nn.Sequential(nn.Conv2d(3, 16, 3, 2, 1), nn.ReLU(), nn.Conv2d(16, 32, 3, 2, 1), nn.ReLU(), nn.Flatten(), nn.Linear(2048, SIGNS))
    step = torch.optim.AdamW(net.parameters(), 2e-3)
    for pile in (pile for _ in range(ROUNDS) for pile in torch.randperm(len(x)).split(64)):
        step.zero_grad()
        nn.functional.cross_entropy(net(x[pile]), y[pile]).backward()
        step.step()
    with torch.no_grad():
        found = [int((net(shown).argmax(1) == signs).sum()) for shown, signs in (take([tone], TRIES, dice, sheet) for tone in range(5))]
    torch.set_num_threads(before)
    return found

if __name__ == '__main__':
    with (HERE/'nets.csv').open('w', encoding='utf-8', newline='') as file:
        rows = csv.writer(file, lineterminator='\n')
        rows.writerow(['learned_from', 'seed', 'tone', 'right', 'shown'])
        for choice in CHOICES:
            for seed in range(3):
                counts = train(choice, seed)
                print(choice, seed, counts, flush=True)
                rows.writerows([choice, seed, tone, count, SIGNS*TRIES] for tone, count in zip(TONES, counts))
