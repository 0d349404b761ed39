"Answers, hints and known mistakes of lesson 17; the notebook never shows them before a try."
from course.shared.check import Item, Wrong

COUNTED = 'counted in this notebook, simulated photographs and signals'

def growing(low, high, steps): return [low*(high/low)**(i/(steps - 1)) for i in range(steps)]
def in_a_line(low, high, steps): return [low + (high - low)*i/(steps - 1) for i in range(steps)]
def never_there(low, high, steps): return [low*(high/low)**(i/steps) for i in range(steps)]
def shrinking(low, high, steps): return growing(high, low, steps)
def one_more(low, high, steps): return [low*(high/low)**(i/steps) for i in range(steps + 1)]
def doubling(low, high, steps): return [low*2**i for i in range(steps)]
def starter(low, high, steps): ...

def check_own(mine):
    "Is it a gain of the learner's own, over enough occasions, with an interval?"
    if isinstance(mine, (int, float)): return 'A mean alone hides how sure it is. Give the whole gain, `mine`.'
    if not all(hasattr(mine, name) for name in ('n', 'mean', 'spread')): return 'Give what `gain` returns, as in `own.check(mine)`.'
    if mine.n < 5: return f'Only {mine.n} occasions: write down at least five, the same for both.'
    if mine.spread == 0: return 'All differences are the same: was anything measured twice? Use scores of both ways.'
    return True

class Given:
    "Stands in for a gain."
    def __init__(self, n, mean, spread): self.n, self.mean, self.spread = n, mean, spread

ITEMS = {
    'recall': Item(('held-out-test',), 'Four of 160 photographs lie well inside the interval of either result, and other dice would give other numbers.', 'E. Wilson 1927, doi 10.1080/01621459.1927.10502953',
        ('How wide is the interval of 143 of 160?', 'About 84 to 93 %. Where does 139 of 160 lie?', 'Inside. And each was run once.'),
        'little: one run each, and four photographs.', 'little',
        (Wrong('a', 'In this test, yes. With other dice or ten other photographs it may be the other way round.'),
         Wrong('same', 'That is not known either: "no difference seen" is not "no difference there".'))),
    'luck': Item(('spread over draws',), 'The head begins at random and the photographs come in another order: that alone moves a result by points.', COUNTED),
    'needed': Item(('spread over draws',), 'It depends on the spread of one draw\'s difference. With the same draws on both sides the spread is smaller, and fewer draws are enough.', COUNTED),
    'smooth': Item(('pre-processing',), 'The ripple swings 24 to 34 times a second. A filter at 22 takes it out of the file; drawing lots gives 50.', COUNTED),
    'believe': Item(('paired comparison', 'spread over draws'), 'It says how many draws, that they were the same for both, and an interval that leaves out zero. It promises least and holds most.', COUNTED,
        ('Which one tells how far luck goes?', 'Look for an interval, and for the same draws.', 'The one with 30 draws.'),
        'pairs: the one with an interval and the same draws.', 'pairs',
        (Wrong('big', 'One run each: in this lesson a change of nothing moved results by several points.'),
         Wrong('mean', 'A mean of three runs without an interval. Three draws of "other dice" can do that.'),
         Wrong('best', 'The best of twelve is chosen for its luck. Ask for the other eleven.'))),
    'many': Item(('spread over draws',), '(1.96 + 0.84) times 3, divided by 1, squared: 70.56, so 71 draws. Half the gain takes four times the draws.', 'J. Cohen 1988, Statistical Power Analysis, ch. 2',
        ('`Gain.needed` has the formula.', 'Spread 3, size 1.', '((1.96 + .84)*3/1)**2, rounded up.'), '71', 71,
        (Wrong(18, 'So many for a gain of 2 points. Yours is half as large.'), Wrong(9, 'Nearly: the factor 1.96 + .84 is squared too.'),
         Wrong(35, 'That is half of it. A gain of 1 is half of 2, and the draws grow with the square.')), tolerance=1),
    'order': Item(('paired comparison',), 'What would matter comes first, for it decides how many draws. The recipe as it is and the changed one meet the same draws. The interval is looked at once, at the end: who looks after each draw and stops when it pleases them is choosing the best of many.', COUNTED,
        ('What must be known before one can say how many draws?', 'First the recipe as it is, then the change.', 'Size, number, as it is, change, difference, interval.'),
        '[1, 4, 3, 0, 5, 2]', [1, 4, 3, 0, 5, 2],
        (Wrong([4, 1, 3, 0, 5, 2], 'How many draws are needed depends on how large a gain would matter. Write that down first.'),
         Wrong([1, 3, 0, 4, 5, 2], 'Who chooses the number of draws after seeing runs can stop when they look good. Say it before.'),
         Wrong([1, 4, 3, 0, 2, 5], 'There is no interval yet: it belongs to the differences.'))),
    'growing': Item(('range test',), 'Equal factors, not equal distances: each rate is (high/low)**(1/(steps - 1)) times the one before.', 'L. Smith 2015, arXiv 1506.01186',
        ('From .001 to 1 in four steps: .001, .01, .1, 1. What is the factor?', 'There are steps - 1 jumps between `steps` rates.', '`low*(high/low)**(i/(steps - 1))` for each i.'),
        'return [low*(high/low)**(i/(steps - 1)) for i in range(steps)]', growing,
        (Wrong(in_a_line, 'Equal distances: nearly all rates are then large, and the small ones are never tried.'),
         Wrong(never_there, 'The last rate is not `high`: between `steps` rates there are `steps - 1` jumps.'),
         Wrong(shrinking, 'From large to small the cost explodes at the first step. Begin with `low`.'),
         Wrong(one_more, 'That is one rate too many: `steps` counts the rates, not the jumps.'),
         Wrong(doubling, 'A factor of 2 ends anywhere. The factor follows from `low`, `high` and `steps`.')),
        tolerance=1e-9, tries=((.001, 1., 4), (1e-6, 1., 13), (.5, 8., 3)), starter=starter),
    'decide': Item(('freezing depth',), 'It was best on the new species by several points, clearly, and forgets nothing: the body stays the same.', COUNTED,
        ('Compare the new species first.', 'Then the old ones.', 'Which recipe leaves the body as it is?'), 'head: head only, larger steps.', 'head',
        (Wrong('all', 'It was behind on the new species and forgets some of the old ones.'),
         Wrong('flat', 'Large steps in the early parts: worse on the new species and by far the worst on the old ones.'))),
    'clean': Item(('pre-processing',), 'It costs one run and answers whether the filter drops what is wanted. If it does, neither more people nor a larger model can help.', COUNTED,
        ('Which of the three would have helped in the lesson?', 'What did eight times as many people bring?', 'Leave the step out once, and compare.'), 'without: train once without the filter.', 'without',
        (Wrong('people', 'Eight times as many smoothed signals brought nothing in this lesson: the answer was not in the file.'),
         Wrong('deeper', 'No model finds what is no longer in the file.'))),
    'heap': Item(('gradient accumulation',), 'Eight piles of 8 are 64 examples before each step.', 'arithmetic',
        ('How many examples does one pile hold?', 'How many piles are 64 examples?', '64/8'), '8', 8,
        (Wrong(64, 'Then each step would wait for 64 piles of 8: 512 examples.'), Wrong(56, 'Count piles, not examples that are missing.'),
         Wrong(16, 'Sixteen piles of 8 are 128 examples.'))),
    'own': Item(('paired comparison', 'spread over draws'), 'Your own spread says what you can see with as many occasions as you have.', COUNTED,
        ('Which two ways do you do the same thing?', 'The same occasions for both, in the same order.', 'Five scores in `my_before`, five in `my_after`.'),
        'my_before, my_after = [70, 65, 80, 75, 60], [74, 66, 79, 80, 66]', Given(5, 3., 2.9),
        (Wrong(3., 'A mean alone hides how sure it is. Give the whole gain, `mine`.'), Wrong(Given(3, 2., 1.), 'Only 3 occasions'),
         Wrong(Given(6, 0., 0), 'All differences are the same')), check=check_own),
    'appeal': Item(('pre-processing',), 'A step that everybody takes is a step that nobody tests.',
        'fast.ai 2019, https://www.fast.ai/2019/02/21/dl-projects/',
        rubric=('There is a step with a name, and what it drops.', 'There are people whose sign would be dropped with it.',
                'The raw recordings are kept, so that somebody can look again.', 'There is a person who may ask for it.')),
    'exit_pairs': Item(('paired comparison',), 'Some draws are hard for any recipe. In a difference within one draw that drops out, and the spread is smaller.', COUNTED,
        ('What differs from draw to draw, whatever the recipe?', 'What happens to it in a difference?', 'It drops out.'), 'b', 'b',
        (Wrong('a', 'Both recipes are run in either case.'), Wrong('c', 'One draw has no interval, paired or not.'))),
    'exit_cycle': Item(('one-cycle',), 'At ten times the good rate one-cycle was far ahead. A few points at the good rate are beyond what two draws can say.', COUNTED,
        ('Look at the two rates again.', 'Where were the two shapes far apart?', 'At a rate that was too large.'), 'a', 'a',
        (Wrong('b', 'Two draws are too few to believe a few points at the good rate.'), Wrong('c', 'At ten times the good rate it saved much.'))),
}
