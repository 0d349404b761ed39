"Answers, hints and known mistakes of lesson 23; the notebook never shows them before a try."
from course.shared.check import Item, Wrong

COUNTED = 'counted in this notebook'
GEIRHOS = 'R. Geirhos et al. 2020, arXiv 2004.07780'

def pairs(kinds, colours): return [(kind, colour) for kind, colour in zip(kinds, colours)]
def colour_alone(kinds, colours):
    best = 0
    for colour in set(colours):
        of_it = [kind for kind, one in pairs(kinds, colours) if one == colour]
        best += max(of_it.count(kind) for kind in of_it)
    return best/len(kinds)
def counted(kinds, colours): return colour_alone(kinds, colours)*len(kinds)
def largest(kinds, colours): return max(kinds.count(kind) for kind in kinds)/len(kinds)
def commonest_pair(kinds, colours):
    both = pairs(kinds, colours)
    return max(both.count(one) for one in both)/len(both)
def mean_of_shares(kinds, colours):
    shares = []
    for colour in set(colours):
        of_it = [kind for kind, one in pairs(kinds, colours) if one == colour]
        shares.append(max(of_it.count(kind) for kind in of_it)/len(of_it))
    return sum(shares)/len(shares)
def starter(kinds, colours): ...

def check_own(clues):
    "Were these folders probed, and with enough pictures?"
    if not isinstance(clues, list) or not clues or not all(hasattr(clue, 'rings') for clue in clues):
        return 'The list of clues from `probe` was wanted: give `mine`.'
    if clues[0].n < 40: return (f'{clues[0].n} pictures were asked; with fewer than 40 only a very strong shortcut rings. '
                                'Add pictures.')
    return True

class Stand:
    "Stands in for a clue."
    def __init__(self, n): self.n, self.rings = n, False

KINDS = ['truck', 'truck', 'truck', 'van', 'van', 'van', 'van', 'van']
ITEMS = {
    'recall': Item(('rates-by-group',), 'A total mixes groups; the largest one decides it. A small group can do far worse.', 'lesson 22',
        ('Who decides most of a total?', 'How many of 100 could a small group be?', 'A total does not say how it is shared out.'),
        'b: nothing, until it is counted.', 'b',
        (Wrong('a', 'That would be so if every group were served alike. A total cannot say that.'),
         Wrong('c', 'If the group is 6 of 100 people, all six may be the wrong ones.'))),
    'gate': Item(('shortcuts',), 'The net learned the colour, which was right nine times in ten. A blue one is a van to it.', COUNTED),
    'rare': Item(('shortcuts',), 'Where no rare pair exists there is nothing to repeat, and the colour goes on deciding.', COUNTED),
    'birds': Item(('shortcuts',), 'The head learned the coast along with the birds. On the meadow half of what it learned speaks against them.', COUNTED),
    'decide': Item(('balanced-test',), 'Two hundred pictures of the rare pairs make a test in which the colour says nothing. Ten thousand usual ones never do.', COUNTED,
        ('Which vehicles are hardly in the pictures she has?', 'Which test can a shortcut not pass?', 'The rare pairs: somebody must go and take them.'),
        'pairs', 'pairs',
        (Wrong('more', 'In the same town nine of ten fire trucks stay red. The test gets larger, and flatters as before.'),
         Wrong('grey', 'In ordinary grey, blue paint is darker than red: the shortcut lives on. And nothing was tested yet.'))),
    'middle': Item(('balanced-test',), 'The balanced test lies in the middle: (96 + 30)/2.', 'arithmetic',
        ('How do the three tests lie to each other?', 'The first and the third are equally far from the second.', '(96 + 30)/2'),
        '(96 + 30)/2  # 63', 63,
        (Wrong(96, 'That is the test that flatters.'), Wrong(30, 'That is the swapped test.'),
         Wrong(66, 'That is the distance between the two. The balanced test lies in the middle.'),
         Wrong(50, 'It would be 50 for a model that sees the colour alone. This one sees a little more.')), tolerance=.4),
    'colour_alone': Item(('blind-model',), 'For each colour the best a blind rule can do is its most frequent kind; add these up and divide by all pictures.', 'arithmetic',
        ('Take the pictures of one colour. Which kind would you name?', 'How many of them are then right? Do so for each colour.', 'Add up the largest count of each colour, and divide by `len(kinds)`.'),
        'def colour_alone(kinds, colours):\n    right = 0\n    for colour in set(colours):\n        of_it = [k for k, c in zip(kinds, colours) if c == colour]\n'
        '        right += max(of_it.count(k) for k in of_it)\n    return right/len(kinds)', colour_alone,
        (Wrong(counted, 'These are pictures. A share was wanted: divide by `len(kinds)`.'),
         Wrong(largest, 'That rule does not look at the colour at all. Choose a kind for each colour.'),
         Wrong(commonest_pair, 'That counts one colour only. Add up the best of each colour.'),
         Wrong(mean_of_shares, 'Here a rare colour weighs as much as a frequent one. Add up pictures, not shares.')),
        tolerance=1e-9, starter=starter,
        tries=((KINDS, ['red', 'red', 'blue', 'blue', 'blue', 'blue', 'blue', 'red']), (['a', 'b', 'a', 'b'], ['x', 'x', 'x', 'y']),
               (['a', 'a', 'b'], ['x', 'y', 'z']))),
    'steps': Item(('shortcuts', 'balanced-test'), 'A suspicion first, the cheap alarm next, then the test that a shortcut cannot pass; only then change something, and ask the same test again.', COUNTED,
        ('What can you do before you have any new picture?', 'You cannot say that a change helped without a count from before.', 'Name, blind model, test, train again, test again.'),
        '[1, 4, 2, 0, 3]', [1, 4, 2, 0, 3],
        (Wrong([1, 4, 0, 2, 3], 'Then nobody knows how bad it was before. Count first, then change.'),
         Wrong([4, 1, 2, 0, 3], 'To build a model that sees one clue alone, you need to have named the clue.'),
         Wrong([1, 2, 4, 0, 3], 'It works, but the blind model needs no new pictures. Let it tell you first whether the test is worth making.'))),
    'ripe': Item(('shortcuts',), 'A clue is a shortcut only if it stops being true where the model is used. Red is a part of being ripe, for her kind of tomato.', GEIRHOS,
        ('Does the probe know what a tomato is?', 'Will the clue still hold where the model is used?', 'Some clues that ring are fair.'), 'fair', 'fair',
        (Wrong('drop', 'Then the model loses what ripe means for this kind. Fire trucks need no red; ripe tomatoes of hers do.'),
         Wrong('more', 'More of the same rings all the louder. The question is whether the clue is fair.'))),
    'looked': Item(('multiplicity',), '60 x 0.03 is about 2: so many fall below by luck. That is why `probe` compares with the best of all that were tried.', 'arithmetic',
        ('How many of 60 quiet traits fall below 0.03?', '60 times 0.03.', 'About two, by luck alone.'), 'luck', 'luck',
        (Wrong('found', 'Among 60 quiet traits two such values are what luck gives.'),
         Wrong('none', 'It cannot say that either. Compare with the best of 60, or try it on new pictures.'))),
    'own': Item(('shortcuts',), 'These folders were probed with enough pictures for a strong shortcut to ring. Whether a clue is fair is yours to say.', 'Your own pictures.',
        ('Write the name of a folder between the quotes.', 'Inside it: one folder for each class.', '40 pictures in all are a start.'), 'own.check(mine)', [Stand(60)],
        (Wrong(.03, 'The list of clues from `probe` was wanted: give `mine`.'),
         Wrong([Stand(18)], '18 pictures were asked; with fewer than 40 only a very strong shortcut rings. Add pictures.')), check=check_own),
    'appeal': Item(('shortcuts',), 'Who is judged by a shortcut is usual in all but one way, and knows which.', GEIRHOS,
        rubric=('Did you name a clue that is usual in your field and not part of the thing itself?',
                'Did you name a person or a thing that lacks it, and is refused or overlooked?',
                'Is there somebody who can decide otherwise at once, by hand?',
                'Does the case come back to those who make the test, as a new pair?')),
    'exit_test': Item(('balanced-test',), 'Where the clue says nothing, leaning on it is worth nothing.', COUNTED,
        ('What does a shortcut live on?', 'Which test takes that away?', 'One where all pairs come equally often.'), 'b', 'b',
        (Wrong('a', 'A larger test of the same kind flatters more precisely.'),
         Wrong('c', 'Harder pictures with the usual clue are still easy for a shortcut.'))),
    'exit_blind': Item(('blind-model',), 'An alarm says where to look. Both may be right for different reasons; only a test with other borders tells.', COUNTED,
        ('Does an alarm prove anything?', 'Could both be right for different reasons?', 'It says what to test next.'), 'b', 'b',
        (Wrong('a', 'It may, or it may not. Two models can be equally good for different reasons.'),
         Wrong('c', 'You know that the border would be enough, and so what to test next.'))),
    'exit_rare': Item(('shortcuts',), 'With some rare pairs, repeating them helped a lot; with none it changed nothing.', COUNTED,
        ('What was repeated at 100 %?', 'And at 90 %?', 'There must be some.'), 'c', 'c',
        (Wrong('a', 'At 100 % there was none, and nothing changed.'), Wrong('b', 'At 90 % it helped a lot.'))),
}
