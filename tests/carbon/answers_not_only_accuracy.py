"Answers for the lesson on more than accuracy: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 45_not_only_accuracy.'

def beats(a, b): return a[0] >= b[0] and a[1] <= b[1] and a != b
def nobody_beats(models): return [i for i, one in enumerate(models) if not any(beats(other, one) for other in models)]
def most_right(models): return [i for i, one in enumerate(models) if one[0] == max(m[0] for m in models)]
def ends_only(models):
    return [i for i, one in enumerate(models) if one[0] == max(m[0] for m in models) or one[1] == min(m[1] for m in models)]
def better_in_both_only(models):
    return [i for i, one in enumerate(models) if not any(o[0] > one[0] and o[1] < one[1] for o in models)]
def best_ratio(models):
    return [i for i, one in enumerate(models) if one[0]/one[1] == max(m[0]/m[1] for m in models)]

def check_own(pair):
    "Two candidates, asked the same examples."
    if not isinstance(pair, (list, tuple)) or len(pair) != 2 or not all(hasattr(one, 'hits') and hasattr(one, 'use') for one in pair):
        return 'Two candidates were wanted, each with hits and the cost of one answer: give `mine`, as the cell makes it.'
    a, b = pair
    if len(a.hits) != len(b.hits): return 'The two were asked different examples. Ask both the same ones, in the same order.'
    if len(a.hits) < 50: return 'Fewer than 50 examples: the interval would be wider than any gain. Ask more.'
    if a.use.kwh <= 0 or b.use.kwh <= 0: return 'One of the two cost nothing: was the meter open while it answered?'
    return True

class Given:
    "Stands in for a candidate."
    def __init__(self, n=60, kwh=1e-6): self.hits, self.use = (True,)*n, type('Use', (), {'kwh': kwh})()

ITEMS = {
    'more_right': Item(skills=('trade-offs',), source=SOURCE, why='Sixty-four dots across are few: a small bird is a handful of them.'),
    'size_guess': Item(skills=('trade-offs', 'values'), source=SOURCE,
        why='At a million answers a day each step in size costs kilograms; the steps that bring few points fall away first.'),
    'price': Item(
        skills=('gram per point',), source='Arithmetic.', reference=20, tolerance=.2,
        wrong=(Wrong(45, 'That multiplies. What does *one* point cost, if one and a half cost 30 g?'),
               Wrong(30, 'That is the price of all the points together.'),
               Wrong(.5, 'Turn it round: grams for a point, not points for a gram.')),
        hints=('Grams divided by points.', '30 g buy 1.5 points.', '30/1.5'), why='30 g / 1.5 points = 20 g a point.', solution='30/1.5'),
    'needed': Item(
        skills=('intervals',), source='The normal approximation of the binomial.', reference=1537, tolerance=40,
        wrong=(Wrong(385, 'That holds to within 4 points. Half the width needs four times the examples.'),
               Wrong(3458, 'That is 90 % to within one point, as in the lesson. Here the rate is 80 % and the width 2 points.'),
               Wrong(100, 'With 100 examples an 80 % is known to within 8 points.')),
        hints=('`examples_needed` takes a rate from 0 to 1, and points.', 'The rate is .8.', 'examples_needed(.8, 2)'),
        why='1.96² × 0.8 × 0.2 / 0.02² = 1,537.', solution='examples_needed(.8, 2)'),
    'epochs': Item(
        skills=('early stop',), source=SOURCE, reference=4,
        wrong=(Wrong(3, 'After the third epoch the last point cost 40 g: still below 50. That it will cost 400 is only known after the fourth.'),
               Wrong(5, 'After the fourth epoch the rule says stop; the fifth is never run.'),
               Wrong(2, '40 g is below the limit of 50 g.')),
        hints=('When is the price of an epoch known?', 'Only after it was run.', 'The first price above 50 is seen after epoch 4.'),
        why='The price of epoch 4 is known when it is paid: four epochs are trained, and the last one was too dear.', solution='4'),
    'out': Item(
        skills=('trade-offs',), source=SOURCE, reference='C',
        wrong=(Wrong('A', 'Nobody has both more right and fewer watt-hours than A. Compare all three values.'),
               Wrong('B', 'B is the quickest of all. Whoever values time may choose it.'),
               Wrong('D', 'D is the most accurate. It is dear, but nobody beats it in everything.'),
               Wrong('none', 'Compare C with B: accuracy, energy, time.')),
        hints=('Look for one that another beats in all three.', 'Compare C with each of the others.', 'B: more right, the same Wh, quicker.'),
        why='B has more right, needs no more Wh and is quicker: C is dominated. (A beats it too.)', solution='C'),
    'supplier': Item(
        skills=('intervals', 'values'), source=SOURCE, reference='ask',
        wrong=(Wrong('buy', 'With 1,000 pictures each rate is known to within about 2 points. The gain is 0.6.'),
               Wrong('never', 'Three times little may be little. First find out whether the gain is there, then what it is worth.')),
        hints=('How wide is the interval at n = 1,000?', 'Were both asked the same pictures? Hers?', 'Which answer asks for evidence?'),
        why='At 90 % and n = 1,000 the interval is about ±1.9 points. Only more pictures, the same for both, can show a gain of 0.6.', solution='ask'),
    'report': Item(
        skills=('trade-offs', 'values'), source=SOURCE, reference=[3, 4, 0, 1, 2],
        wrong=(Wrong([4, 3, 0, 1, 2], 'Put examples aside before anything is scored, or the models may have learned them.'),
               Wrong([3, 4, 0, 2, 1], 'Say the price before the choice; afterwards it is easy to find one that fits.'),
               Wrong([3, 4, 1, 2, 0], 'What another model beats in everything goes before anybody chooses.')),
        hints=('What comes before any training?', 'The price of a point is said before the choice.', 'It begins with 3 and ends with 2.'),
        why='Put aside, measure, leave out the dominated, say the price, choose and tell.', solution='[3, 4, 0, 1, 2]'),
    'beats': Item(
        skills=('trade-offs',), source='V. Pareto 1906; the lesson.', reference=nobody_beats,
        tries=(([(.9, 5), (.8, 2), (.7, 3)],), ([(.9, 5), (.9, 4), (.5, 4)],), ([(.6, 1), (.7, 2), (.8, 9), (.75, 9)],), ([(.5, 1)],)),
        wrong=(Wrong(most_right, 'The frugal ones are gone. A model that needs less can be a good choice without being the most accurate.'),
               Wrong(ends_only, 'Between the most accurate and the most frugal there are compromises that nobody beats.'),
               Wrong(better_in_both_only, 'Equal in one value and worse in the other is beaten too.'),
               Wrong(best_ratio, 'A ratio is one way to value things; the frontier holds for all of them.')),
        hints=('When does one pair beat another?', 'At least as right, at most as many Wh, and not the same.',
               '[i for i, m in enumerate(models) if not any(o[0] >= m[0] and o[1] <= m[1] and o != m for o in models)]'),
        why='What is beaten in nothing but matched in all, or better somewhere, stays.',
        solution='def nobody_beats(models):\n    beats = lambda a, b: a[0] >= b[0] and a[1] <= b[1] and a != b\n'
                 '    return [i for i, m in enumerate(models) if not any(beats(o, m) for o in models)]'),
    'own_two': Item(
        skills=('trade-offs', 'gram per point'), source='Your own models.', reference=[Given(), Given(kwh=3e-6)], check=check_own,
        wrong=(Wrong(.93, 'Two candidates were wanted'), Wrong([Given(60), Given(70)], 'asked different examples'),
               Wrong([Given(20), Given(20)], 'Fewer than 50'), Wrong([Given(), Given(kwh=0.)], 'cost nothing')),
        hints=('Which two models answer the same question in your work?', 'Ask both under a meter, the same examples in the same order.', 'Run the cell again: it hands `mine` over.'),
        why='Two hit lists and two footprints are enough to price a point.', solution="Candidate('A', hits_a, run_a.times(1/len(hits_a)))"),
    'appeal': Item(
        skills=('values',), source=SOURCE, why='A price that is said aloud can be argued with.',
        rubric=('Did you name who set the price of a point, or that nobody did?', 'Did you name who pays: in energy, in waiting, in mistakes?',
                'Did you name somebody who was not asked, and how they could be?')),
}
