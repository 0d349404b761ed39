"Answers, hints and known mistakes of lesson 12; the notebook never shows them before a try."
from course.shared.check import Item, Wrong

COUNTED = 'counted in this notebook, simulated photographs'

def steps_by_part(rate, parts, spread): return [rate/spread**(parts - 1 - part) for part in range(parts)]
def last_first(rate, parts, spread): return [rate/spread**part for part in range(parts)]
def all_alike(rate, parts, spread): return [rate]*parts
def growing(rate, parts, spread): return [rate*spread**(parts - 1 - part) for part in range(parts)]
def one_too_far(rate, parts, spread): return [rate/spread**(parts - part) for part in range(parts)]
def starter(rate, parts, spread): ...

def check_own(score):
    "Is the learner's own species in the test, and is it told apart?"
    rows = {row.name: row for row in getattr(score, 'rows', ())}
    if 'mine' not in rows: return 'Give the whole score, `my_score`: it has a row called "mine".'
    mine = rows['mine']
    if mine.right <= mine.n/2: return (f'Only {mine.right} of {mine.n} photographs of yours were named rightly: it is too much '
                                       'like another one. Change a trait that can be seen, such as its hue, and run again.')
    return True

class Stand:
    "Stands in for a score."
    def __init__(self, *rows): self.rows = rows
class Row:
    "Stands in for a slice of a score."
    def __init__(self, name, n, right): self.name, self.n, self.right = name, n, right

ITEMS = {
    'recall': Item(('held-out-test',), 'A model can know its own photographs by heart. Only others say what it does with others.',
        'T. Hastie et al. 2009, The Elements of Statistical Learning, 7.2',
        ('What would a pupil show who has seen the exam?', 'Which photographs will it meet tomorrow?', 'Nothing is known of photographs it has not seen.'),
        'b: nothing yet about other photographs.', 'b',
        (Wrong('a', 'It knows these photographs. Whether it knows the species, others must show.'),
         Wrong('c', 'Perhaps, perhaps not: that cannot be seen without other photographs.'))),
    'three': Item(('fine-tuning',), 'The body has learned from 24 other species what wings, colours and patterns are. Three photographs only name what it sees already.', COUNTED),
    'forgot': Item(('forgetting',), 'Steps of one size change the early parts too, and the old species rest on these.', COUNTED),
    'negative': Item(('fine-tuning',), 'A frozen body finds what it was trained to find. In a negative there is little of that.', COUNTED),
    'fair': Item(('fair comparison',), 'Who begins with nothing has more to learn. At equal rounds the comparison is decided beforehand; with six times as many it got more than half right in this lesson.', COUNTED,
        ('Who has more to learn in these 25 rounds?', 'What happened in the lesson with 150 rounds?', 'Ask for the comparison that is hardest for the seller.'),
        'rounds: what it gets with six times the rounds.', 'rounds',
        (Wrong('buy', 'The difference is clear, and the comparison is not fair: training from nothing needs more rounds.'),
         Wrong('more', 'Theirs was not short of rounds. Which of the two was?'))),
    'many': Item(('fair comparison',), '92.5 % less 60 % are 32.5 %. Of 480 that is 156.', 'arithmetic',
        ('How many in 100 more are right?', '32.5 in 100. And of 480?', '.325 times 480.'), '.325*480  # 156', 156,
        (Wrong(32.5, 'That is how many of 100. The test had 480.'), Wrong(444, 'So many are right after fine-tuning. How many more than without?'),
         Wrong(288, 'So many are right from nothing. How many more are right after fine-tuning?')), tolerance=1),
    'steps': Item(('discriminative rates',), 'The last part has `parts - 1 - part` parts behind it less than the first: divide by `spread` once for each part that follows.',
        'J. Howard & S. Ruder 2018, arXiv 1801.06146, section 3.2',
        ('The last part takes `rate` itself. And the one before it?', 'How many parts follow part number `part`? There are `parts - 1 - part`.',
         '`rate/spread**(parts - 1 - part)` for each part.'), 'return [rate/spread**(parts - 1 - part) for part in range(parts)]', steps_by_part,
        (Wrong(last_first, 'The sizes are right and the order is turned round: the first part takes the smallest steps.'),
         Wrong(all_alike, 'That is one rate for all. The early parts should move less.'),
         Wrong(growing, 'Here the early parts take the largest steps. Divide instead of multiplying.'),
         Wrong(one_too_far, 'Even the last part has been made smaller. It takes `rate` itself.')),
        tolerance=1e-9, tries=((.01, 4, 2.6), (.003, 5, 2.), (1., 1, 3.)), starter=starter),
    'order': Item(('held-out-test', 'fine-tuning'), 'What is put aside must be put aside first. The head is the cheapest, so it comes before anything larger. Looking and testing the old species come when the training is settled.', COUNTED,
        ('What must happen before anything is trained?', 'Begin with what is cheap and forgets nothing.', 'Aside, head, more parts, old species, look.'),
        '[1, 0, 4, 3, 2]', [1, 0, 4, 3, 2],
        (Wrong([0, 1, 4, 3, 2], 'The head has then learned from the photographs you test with. Put some aside first.'),
         Wrong([1, 4, 0, 3, 2], 'Why train more parts before you know what the head alone can do? It is the cheapest and forgets nothing.'),
         Wrong([1, 0, 2, 4, 3], 'You look at what is mixed up before the training is settled. More parts may mix up others.'),
         Wrong([1, 0, 3, 4, 2], 'The old species were tested before more parts were trained: that is when they are forgotten.'))),
    'decide': Item(('forgetting', 'fine-tuning'), 'With the same camera the head alone was as good on the new species as any other recipe, within the spread of three draws, and it forgets nothing: the body stays the same.', COUNTED,
        ('Compare the recipes on the new species first.', 'Then look at the old ones.', 'Which recipe leaves the body as it is?'), 'head: head only.', 'head',
        (Wrong('flat', 'It is no better on the new species and forgets most of the old ones. Look at the lower dot in the lab.'),
         Wrong('nothing', 'It never knew the old species, and is far behind on the new ones.'))),
    'lens': Item(('fine-tuning',), 'The frozen body finds little in a negative. Training all parts brought at least 25 more of 100 in each of three draws, and forgetting does not matter here.', COUNTED,
        ('What did the head alone get on negatives?', 'Is anything lost in a negative, or only turned round?', 'All parts have to learn to look anew.'), 'all: train all parts.', 'all',
        (Wrong('head', 'On negatives it was at least 25 of 100 behind in each draw: the body looks for what is not there.'),
         Wrong('none', 'That is true of grey. A negative holds everything, turned round.'))),
    'own': Item(('fine-tuning', 'confusion'), 'A species can be learned when something that the body sees sets it apart from the others.', COUNTED,
        ('Which traits can be seen from far? Look at the four photographs.', 'Two or three traits far from those of A are enough.', "Try a hue half a turn away, and a tail."),
        "mine = {'hue': .6, 'tail': 1, 'pattern': 2.5}, then own.check(my_score)", Stand(Row('A', 20, 18), Row('mine', 20, 17)),
        (Wrong(.8, 'Give the whole score, `my_score`: it has a row called "mine".'),
         Wrong(Stand(Row('A', 20, 9), Row('mine', 20, 8)), 'Only 8 of 20 photographs of yours were named rightly')), check=check_own),
    'appeal': Item(('forgetting',), 'What a model forgets is not in the test of those who trained it anew, so they do not see it.',
        'J. Kirkpatrick et al. 2017, arXiv 1612.00796',
        rubric=('Those who depend on the old cases notice first, and often one by one.',
                'The old cases belong in the test of whoever fine-tunes, each time.',
                'There is a person with a name who can bring the old model back.',
                'A note says what was trained, with what, and what was lost.')),
    'exit_body': Item(('fine-tuning',), 'The same net without the borrowed body got far fewer, even with six times the rounds.', COUNTED,
        ('What did the same net do from nothing?', 'What was different?', 'Who had seen wings before?'), 'a', 'a',
        (Wrong('b', 'The same butterflies were too hard for the net that began from nothing.'),
         Wrong('c', 'The net from nothing had the same 25 rounds, and 150, and got fewer right.'))),
    'exit_slow': Item(('discriminative rates', 'forgetting'), 'The old species rest on the early parts. Small steps change these little.', COUNTED,
        ('Which dot of the lab moved?', 'What rests on the early parts?', 'The old species.'), 'b', 'b',
        (Wrong('a', 'All parts are calculated all the same: no time is saved.'),
         Wrong('c', 'The photographs were the same for all recipes.'))),
    'exit_head': Item(('fine-tuning',), 'With the same camera it was enough at three photographs; with negatives it was not, at ten.', COUNTED,
        ('When did it fail in this lesson?', 'It was good with three photographs of each.', 'What was new about the negatives?'), 'b', 'b',
        (Wrong('a', 'With three of each it did as well as the others. It failed elsewhere.'),
         Wrong('c', 'With the same camera nothing was better, and it forgot nothing.'))),
}
