"Answers, hints and known mistakes of lesson 14; the notebook never shows them before a try."
import math
from course.shared.check import Item, Wrong

COUNTED = 'counted in this notebook'
TOY = 'counted in this notebook, simulated notes'
ULMFIT = 'J. Howard & S. Ruder 2018, arXiv 1801.06146'

def first_enough(numbers, rates, wanted): return next((n for n, rate in zip(numbers, rates) if rate >= wanted), None)
def last_enough(numbers, rates, wanted): return next((n for n, rate in zip(numbers[::-1], rates[::-1]) if rate >= wanted), None)
def above_only(numbers, rates, wanted): return next((n for n, rate in zip(numbers, rates) if rate > wanted), None)
def place_of(numbers, rates, wanted): return next((place for place, rate in enumerate(rates) if rate >= wanted), None)
def never_none(numbers, rates, wanted): return next((n for n, rate in zip(numbers, rates) if rate >= wanted), numbers[-1])
def starter_enough(numbers, rates, wanted): ...

def whole_row(rows):
    mean = [sum(column)/len(rows) for column in zip(*rows)]
    size = math.sqrt(sum(one*one for one in mean))
    return [one/size for one in mean]
def mean_only(rows): return [sum(column)/len(rows) for column in zip(*rows)]
def by_sum(rows):
    mean = mean_only(rows)
    return [one/sum(mean) for one in mean]
def by_square(rows):
    mean = mean_only(rows)
    return [one/sum(part*part for part in mean) for one in mean]
def first_row(rows):
    size = math.sqrt(sum(one*one for one in rows[0]))
    return [one/size for one in rows[0]]
def starter_whole(rows): ...

def check_own(score):
    "Is the test of the learner's sorter one that somebody can rely on?"
    if not hasattr(score, 'low') or not hasattr(score, 'rows'): return 'Give the whole score, `my_score`.'
    if score.n < 10: return (f'Only {score.n} notes were put aside for the test: the true rate may be anything from {100*score.low:.0f} '
                             f'to {100*score.high:.0f} %. Label 30 notes or more, a third is put aside, and run again.')
    if missed := [row.name for row in score.rows if not row.n]: return f'No note of {missed[0]!r} is in the test. Label more of these.'
    return True

class Stand:
    "Stands in for a score."
    def __init__(self, n, low, high, *rows): self.n, self.low, self.high, self.rows = n, low, high, rows
class Row:
    "Stands in for a slice of a score."
    def __init__(self, name, n): self.name, self.n = name, n

ITEMS = {
    'recall': Item(('fine-tuning',), 'The borrowed body had learned from 24 other species what wings and patterns are. The same net from nothing got far fewer.',
        'counted in lesson 12, simulated photographs',
        ('What did the same net do without the borrowed body?', 'Who had seen butterflies before?', 'The body had.'), 'a', 'a',
        (Wrong('b', 'From nothing three were not enough, even with six times the rounds.'),
         Wrong('c', 'The same test was hard for the net that began from nothing.'))),
    'ten': Item(('language model', 'fine-tuning'), 'Reading had already put glad and unhappy words apart. Ten labels only had to say which side is which.', TOY),
    'nothing': Item(('fair comparison',), 'Ten notes hold few of the 160 words. A model that has read nothing cannot know what the other words have to do with them.', TOY),
    'odd': Item(('labels', 'language model'), 'Odd and even things stand in the same places and with the same words. Nothing in the text sets them apart, so reading did not either.', TOY),
    'eight': Item(('fine-tuning',), 'Texts about the same get nearly the same numbers, so a card lies close to the labelled cards of its kind even where they share no word.', COUNTED),
    'step': Item(('language model',), 'Reading learns from the next word, which the text itself has. Only the head, and the body under it, learn from labels.', ULMFIT,
        ('What does a language model try to guess?', 'Where is the right answer to that written?', 'Two of the steps only read.'), 'head: teaching head and body.', 'head',
        (Wrong('language', 'Nobody labelled the 3,000 notes of other hostels. The next word was the answer.'),
         Wrong('mine', '490 of the 500 notes have no label, and all were read. The next word was the answer.'))),
    'worth': Item(('fair comparison', 'labels'), 'Counted words with 120 labels stay below the encoder with 20; so it takes more than 120.', COUNTED,
        ('Find the height of the encoder at 20.', 'Go along at that height: does the other line reach it?', 'Even at 120 it stays below.'), 'more: with more than 120.', 'more',
        (Wrong('20', 'At 20 labels there is a wide gap between the two lines.'),
         Wrong('60', 'At 60 labels counted words are still below what the encoder has at 20.'))),
    'enough': Item(('fair comparison',), 'Walk from few to many and stop at the first rate that is high enough.', 'arithmetic',
        ('Go through both lists side by side: `zip(numbers, rates)`.', 'Stop at the first rate that is at least `wanted`.', 'After the loop nothing was found: return None.'),
        'for n, rate in zip(numbers, rates):\n    if rate >= wanted: return n', first_enough,
        (Wrong(last_enough, 'That is the largest number of labels that is enough. The smallest was asked for.'),
         Wrong(above_only, 'A rate that is exactly `wanted` is enough, too: at least, not above.'),
         Wrong(place_of, 'That is the place in the list. The number of labels at that place was asked for.'),
         Wrong(never_none, 'Where no rate is high enough, the answer is None, and not the last number.')),
        tries=(([8, 20, 60], [.5, .8, .9], .8), ([8, 20, 60], [.5, .8, .9], .95), ([10, 50], [.7, .9], .6)), starter=starter_enough),
    'whole': Item(('language model',), 'The mean of all rows points to what the collection is about; made of length 1, it can be compared with single texts.',
        'N. Reimers & I. Gurevych 2019, arXiv 1908.10084',
        ('`zip(*rows)` gives the columns.', 'Take the mean of each column; then the root of the sum of their squares.', 'Divide each mean by that root.'),
        'mean = [sum(column)/len(rows) for column in zip(*rows)]\nsize = sum(one*one for one in mean)**.5\nreturn [one/size for one in mean]', whole_row,
        (Wrong(mean_only, 'The mean is right. Now divide each number so that the squares add up to 1.'),
         Wrong(by_sum, 'Now the numbers add up to 1. It is their squares that should.'),
         Wrong(by_square, 'You divided by the sum of the squares. Divide by its root.'),
         Wrong(first_row, 'That is the first row only. All rows belong to the library.')),
        tolerance=1e-6, tries=(([[1., 0.], [0., 1.], [0., 1.]],), ([[.6, .8, 0.], [0., .8, .6]],)), starter=starter_whole),
    'order': Item(('labels', 'held-out-test'), 'First say what a label means. Reading costs nobody anything. Notes drawn by lot make an honest test; those the model doubts come after it.', COUNTED,
        ('What must be clear before anybody labels a note?', 'The test needs notes drawn by lot, and before any teaching.', 'Meaning, read, label and put aside, teach and test, doubt.'),
        '[1, 4, 3, 2, 0]', [1, 4, 3, 2, 0],
        (Wrong([4, 3, 1, 2, 0], 'You labelled before you said what the labels mean.'),
         Wrong([1, 4, 0, 3, 2], 'A model that was not taught yet has nothing to be in doubt about.'),
         Wrong([1, 4, 2, 3, 0], 'You tested before notes were put aside: there is nothing to teach with, and nothing to test with.'),
         Wrong([1, 3, 4, 2, 0], 'It would work. But let the machine read first: it costs you nothing, and you may see what is there before you label.'))),
    'decide': Item(('labels', 'held-out-test'), 'Reading has been paid for by somebody else, 60 labels are an hour of work, and 30 of them say whether to go on. The notes stay where they are.', COUNTED,
        ('Whose notes are these, and may they leave the house?', 'What could twelve labels do from nothing?', 'Which choice tells you soon whether to go on?'), 'here: fetch an encoder, label 60, test on 30.', 'here',
        (Wrong('web', 'These are notes about patients. Nobody asked them whether a stranger may read them.'),
         Wrong('train', 'From nothing, ten labels were far behind in this lesson; twelve are hardly more, and none is left for a test.'),
         Wrong('all', 'Then nobody knows whether fewer would do. Label some, test, and see.'))),
    'own': Item(('held-out-test', 'labels'), 'A sorter is as good as the test says, and a test of a few notes says little.', 'E. B. Wilson 1927, doi 10.1080/01621459.1927.10502953',
        ('How many of your notes were put aside?', 'Look at the interval: would its low end do?', 'Label 30 or more, some of each label, and run again.'),
        "mine = 'my_notes.csv', then own.check(my_score)", Stand(20, .6, .9, Row('repair', 12), Row('thanks', 8)),
        (Wrong(.8, 'Give the whole score, `my_score`.'),
         Wrong(Stand(4, .3, .95, Row('repair', 4)), 'Only 4 notes were put aside for the test'),
         Wrong(Stand(12, .5, .9, Row('repair', 12), Row('thanks', 0)), "No note of 'thanks' is in the test")), check=check_own),
    'appeal': Item(('labels',), 'A note in the wrong drawer is silent: who waits for an answer does not know that nobody reads it.',
        'G. Bowker & S. Star 1999, Sorting Things Out, MIT Press',
        rubric=('Somebody opens a few notes of each drawer by lot, each week.',
                'Who writes gets an answer, and is told that a machine sorted the letter.',
                'There is a person with a name who can move a letter.',
                'Notes the sorter doubts go to a person first.')),
    'exit_read': Item(('language model',), 'The next word is in the text, so any text can be learned from.', ULMFIT,
        ('Who labelled the 3,000 notes?', 'What was the reader surprised by?', 'The next word.'), 'b', 'b',
        (Wrong('a', 'Nobody had labelled the notes it read.'), Wrong('c', 'Nobody told it what a word means.'))),
    'exit_gradual': Item(('gradual unfreezing',), 'The head knows nothing yet; the parts below it have read. So the head learns first.', ULMFIT,
        ('Which part is new?', 'Which parts should not be wrecked?', 'The head.'), 'c', 'c',
        (Wrong('a', 'The first part holds what was read. It moves last, and least.'),
         Wrong('b', 'That is all at once, with small steps. Gradually means one part after the other.'))),
    'exit_fair': Item(('fair comparison',), 'Only one thing may differ, or nobody knows what the difference is from.', COUNTED,
        ('How many things differed between the two lines?', 'Which cards, which labels, which head?', 'All the same but the reading.'), 'a', 'a',
        (Wrong('b', 'What they cost does not make a comparison fair.'), Wrong('c', 'Counted words had read nothing but the cards.'))),
}
