"Answers for the lesson about upkeep: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 34_upkeep.'

def limit_of(sure, right): return sorted(sure, reverse=True)[max(0, sum(right) - 1)]
def share_above(sure_then, right_then, sure_now):
    limit = limit_of(sure_then, right_then)
    return sum(sure >= limit for sure in sure_now)/len(sure_now)
def mean_sure(sure_then, right_then, sure_now): return sum(sure_now)/len(sure_now)
def share_then(sure_then, right_then, sure_now): return sum(right_then)/len(right_then)
def above_half(sure_then, right_then, sure_now): return sum(sure > .5 for sure in sure_now)/len(sure_now)

def check_own(plan):
    "A plan from enough known rows."
    if not all(hasattr(plan, name) for name in ('known', 'weeks', 'loss', 'every')):
        return 'A plan from `plan_upkeep` was wanted: give `mine`.'
    if plan.known < 30: return 'Fewer than 30 rows whose truth is known: name more before you plan.'
    if plan.weeks < 4: return 'Less than four weeks cannot show a trend that a plan for a year may rest on: add older rows.'
    return True

class Given:
    "Stands in for a plan."
    def __init__(self, known, weeks, loss=(.004, .001, .007), every=8.): self.known, self.weeks, self.loss, self.every = known, weeks, loss, every

ITEMS = {
    'interval': Item(skills=('retraining schedule',), source=SOURCE,
        why='Few visits let the wrong names grow, many visits eat the hours: the least lies between, and the bottom is flat.'),
    'faster': Item(skills=('retraining schedule',), source=SOURCE,
        why='A faster change makes waiting dearer; the interval shrinks, but less than the change grows.'),
    'sure': Item(skills=('accuracy without labels', 'concept shift'), source=SOURCE,
        why='The pictures are as before, so the confidence is as before, to the digit.'),
    'steady': Item(
        skills=('concept shift', 'accuracy without labels'), source=SOURCE, reference='name',
        wrong=(Wrong('fine', 'Confidence follows the pictures. If their meaning changed, it stays where it was while the answers go wrong.'),
               Wrong('calibrate', 'Last year\'s names say what confidence meant last year. Whether it still means that, only new names can say.')),
        hints=('Which of the three changes leaves the pictures as they are?', 'What moves when the meaning changes: confidence, or right answers?',
               'Fifty names take a quarter of an hour.'),
        why='A steady confidence is what a change of meaning looks like too. Fifty names settle it in a quarter of an hour.', solution='name'),
    'by_hand': Item(
        skills=('label budget',), source=SOURCE, reference=27., tolerance=.05,
        wrong=(Wrong(24., 'That is the visits alone; the naming takes time as well.'),
               Wrong(24.5, 'That is the naming of one visit. Names are given at each of the six.'),
               Wrong(3., 'That is the naming alone; add the visits.')),
        hints=('Begin with one visit.', '60 names of 30 seconds are half an hour.', '6 × (4 + 0.5)'),
        why='Each visit takes 4 hours and half an hour of naming; six of them take 27.', solution='6 × (4 + 60 × 30/3600) = 27'),
    'four_times': Item(
        skills=('retraining schedule',), source='F. W. Harris 1913; the lesson', reference=4, tolerance=.01,
        wrong=(Wrong(2, 'Four times the pictures make waiting four times as dear; the interval shrinks by the square root of four.'),
               Wrong(8, 'More pictures mean more wrong names a week, so waiting has become dearer.'),
               Wrong(16, 'This is the right factor in the wrong direction: dearer waiting asks for shorter intervals.')),
        hints=('Which side of the bill grows with the pictures?', 'Look at the formula in `best_interval`.', 'The square root of 4 is 2.'),
        why='The interval goes with one over the square root of the mistakes a week: half of 8.', solution='8/2 = 4'),
    'promise_steps': Item(
        skills=('conformal prediction',), source='A. Angelopoulos, S. Bates 2021, arXiv 2107.07511', reference=[3, 1, 4, 0, 2],
        wrong=(Wrong([1, 3, 4, 0, 2], 'Pictures the model has learnt from look too familiar to it. Set them aside before it is trained.'),
               Wrong([3, 1, 0, 4, 2], 'The numbers must be noted before they can be sorted.')),
        hints=('What must happen before the training?', 'Note, then sort.', 'It begins with 3 and ends with 2.'),
        why='Set aside, train, note, sort, answer.', solution='[3, 1, 4, 0, 2]'),
    'atc': Item(
        skills=('accuracy without labels',), source='S. Garg and others 2022, arXiv 2201.04234', reference=share_above, tolerance=1e-9,
        tries=(([.9, .8, .7, .6], [True, True, False, True], [.95, .75, .65, .5]),
               ([.9, .8, .6, .5], [True, False, True, False], [.85, .81, .7, .55, .3]),
               ([.99, .9, .55], [True, True, False], [.99, .95, .92, .56])),
        wrong=(Wrong(mean_sure, 'This is the average confidence. ATC counts how many are above a limit.'),
               Wrong(share_then, 'This is the old accuracy. Use it to find the limit, then count the new ones above it.'),
               Wrong(above_half, 'The limit is not one half: it is found from the named pictures.')),
        hints=('How many of the named pictures were right?', 'Sort `sure_then` from the top and go down as many places.',
               'limit = sorted(sure_then, reverse=True)[sum(right_then) - 1]'),
        why='The limit is chosen so that it would have given the right answer on the named pictures.',
        solution='def share_above(sure_then, right_then, sure_now):\n    limit = sorted(sure_then, reverse=True)[sum(right_then) - 1]\n'
                 '    return sum(sure >= limit for sure in sure_now)/len(sure_now)'),
    'broken_promise': Item(
        skills=('conformal prediction', 'concept shift'), source=SOURCE, reference='retrain',
        wrong=(Wrong('luck', 'Of 50, 45 were promised. Chance gives 31 or fewer less than once in a million.'),
               Wrong('weights', 'Weights help where only the looks have changed. With the names in hand, you need not hope for that.')),
        hints=('How many of 50 were promised?', '45 against 31 is no luck.', 'You already have what repairs both kinds of change: names.'),
        why='Fresh names show that the promise is broken, and are what a new limit is made of.', solution='retrain'),
    'own_plan': Item(
        skills=('retraining schedule',), source='Your own data.', reference=Given(60, 12.), check=check_own,
        wrong=(Wrong(8, '`plan_upkeep`'), Wrong(Given(12, 12.), 'Fewer than 30'), Wrong(Given(60, 3.), 'Less than four weeks')),
        hints=('Where is written down what your model said, and when?', 'Fill three lists, with None where nobody looked.',
               'Run the cell again: it hands `mine` over.'),
        why='A plan from your own rows knows your drift, your visits and your mistakes.', solution='plan_upkeep(dates, guesses, truths)'),
    'waits': Item(
        skills=('who is touched',), source=SOURCE, why='The cheapest plan is cheap for somebody.',
        rubric=('Did you name a person who pays for wrong answers while nobody looks?', 'Did you say who names the pictures, and whether they are paid?',
                'Did you say who decides what a mistake costs?')),
}
