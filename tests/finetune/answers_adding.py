"Answers for the lesson about adding: never shown in the notebook."
from types import SimpleNamespace as Given
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 11_adding.'

def share_right(answers, truth):
    return sum(round(a) == round(t) for a, t in zip(answers, truth))/len(truth) if truth else None
def share_equal(answers, truth): return sum(a == t for a, t in zip(answers, truth))/len(truth) if truth else None
def share_counted(answers, truth): return sum(round(a) == round(t) for a, t in zip(answers, truth)) if truth else None
def share_zero(answers, truth):
    return sum(round(a) == round(t) for a, t in zip(answers, truth))/len(truth) if truth else 0
def share_cut(answers, truth): return sum(int(a) == int(t) for a, t in zip(answers, truth))/len(truth) if truth else None

def check_own(asked):
    "At least two nets, asked at least four rows each."
    if not isinstance(asked, dict) or not all(hasattr(one, 'off') and hasattr(one, 'n') for one in asked.values()):
        return 'What `ask_net` said about each net was wanted. Give `own_asked`.'
    if len(asked) < 2: return 'One net alone cannot be compared: ask two or three.'
    if min(one.n for one in asked.values()) < 4: return 'Fewer than four rows were put aside: write at least 12 rows.'
    return True

ITEMS = {
    'reported': Item(skills=('reading-a-metric',), source=SOURCE,
        why='Answers on a scale are almost never equal to the last digit, so this accuracy is near zero whatever the net can do.'),
    'future': Item(skills=('extrapolation',), source=SOURCE,
        why='Each tanh neuron levels off. Past the examples all have levelled off, and the answer stops growing.'),
    'much_data': Item(
        skills=('training',), source=SOURCE, reference='4',
        wrong=(Wrong('30', 'The two bending nets still miss many with 30. How many lines go straight through four points of a plane?'),
               Wrong('300', 'That is what a bending net needs. The linear net has three numbers to find.'),
               Wrong('1000', 'Run the cell: it was perfect long before. Its form leaves nothing else open.')),
        hints=('How many numbers must the linear net find?', 'Two weights and a constant: three.', 'Four examples without noise are enough.'),
        why='A plane has three numbers; four exact examples fix them.', solution='4'),
    'book': Item(
        skills=('do-you-need-a-model',), source=SOURCE, reference='plus',
        wrong=(Wrong('tanh', 'It is hopeless outside its examples, and teaching it each month costs more than adding.'),
               Wrong('relu', 'Off by a little, far outside by hundreds; and a member misses coins.'),
               Wrong('linear', 'It was right here because its form is that of the rule. If you know the rule, why guess it from examples?')),
        hints=('Does anybody know the rule here?', 'A net is for rules that nobody can write down.', 'It costs nothing and is exact for every size.'),
        why='Where the rule is known, write the rule. A net is for what nobody can write down.', solution='plus'),
    'share': Item(
        skills=('regression-error',), source=SOURCE, reference=share_right, tolerance=1e-9,
        tries=(([89.98, 12.4, 7.6], [90, 12, 7]), ([1., 2.], [1, 2]), ([], []), ([3.9, 4.1, 5.2, 9.], [4, 4, 5, 8])),
        wrong=(Wrong(share_equal, 'This counts answers that are equal to the last digit: the number that misled the report. Round first.'),
               Wrong(share_counted, 'This is a count. A share is the count divided by the number of answers.'),
               Wrong(share_zero, 'With no answers nothing is known. Zero would say that all were wrong: give `None`.'),
               Wrong(share_cut, '`int` cuts the decimals off: 89.98 becomes 89. `round` goes to the nearest.')),
        hints=('Which of 89.98, 12.4, 7.6 is right for 90, 12, 7?', 'Compare `round(a)` with the truth, pair by pair.',
               'sum(round(a) == t for a, t in zip(answers, truth))/len(truth), and None for an empty list'),
        why='Rounding says which precision matters; dividing makes lists of different length comparable.',
        solution='def share_right(answers, truth):\n    if not truth: return None\n'
                 '    return sum(round(a) == t for a, t in zip(answers, truth))/len(truth)'),
    'weights': Item(
        skills=('training',), source=SOURCE, reference=899.92, tolerance=.006,
        wrong=(Wrong(900, 'That is the true sum. The net uses its own weights, and they are a little off.'),
               Wrong(899.9, 'The constant is missing: add 0.02.'),
               Wrong(900.12, 'The weights have changed places: 1.001 belongs to 400.')),
        hints=('Multiply each number by its own weight.', '1.001 × 400 = 400.4, and 0.999 × 500 = 499.5.', 'Add both, and the constant.'),
        why='400.4 + 499.5 + 0.02 = 899.92: right after rounding, and not equal.', solution='899.92'),
    'steps': Item(
        skills=('training',), source=SOURCE, reference=[1, 3, 2, 0, 4],
        wrong=(Wrong([1, 2, 3, 0, 4], 'Before answers can be compared, the net has to answer.'),
               Wrong([1, 3, 0, 2, 4], 'A nudge needs to know what was wrong: compare first.')),
        hints=('What does the net need before it can answer?', 'Examples, answer, compare ...', 'It begins with 1, 3 and ends with 4.'),
        why='Take, answer, compare, nudge; then a smaller step.', solution='[1, 3, 2, 0, 4]'),
    'range': Item(
        skills=('extrapolation',), source=SOURCE, reference='nothing',
        wrong=(Wrong('two', 'The test held calves of 40 to 90 kg. All three nets here had such a test, and three different futures.'),
               Wrong('four', 'Twice the weight need not be twice the error: tanh was off by hundreds. Has such a calf been tested?')),
        hints=('Which calves were in the test?', 'What did the three nets have in common inside 0 to 99?', 'A test speaks for what it held.'),
        why='A test speaks for the range it was made of. Weigh a few heavy calves first.', solution='nothing'),
    'own': Item(
        skills=('regression-error',), source='Your own data.', check=check_own,
        reference={'linear': Given(n=5, off=(1, .5, 1.5)), 'ReLU': Given(n=5, off=(2, 1, 3))},
        wrong=(Wrong(.9, 'Give `own_asked`'), Wrong({'linear': Given(n=5, off=(1, .5, 1.5))}, 'One net alone'),
               Wrong({'linear': Given(n=2, off=(1, 0, 2)), 'ReLU': Given(n=2, off=(1, 0, 2))}, 'Fewer than four rows')),
        hints=('Which two numbers lead to a third in your work?', 'Write rows as (first, second, answer) between the brackets of `mine`.',
               'Set `unit` to the precision that matters and run the cell again.'),
        why='Error in your own unit, on rows put aside, for more than one net: that can be discussed.', solution='own.check(own_asked)'),
    'appeal': Item(
        skills=('who-is-touched',), source=SOURCE, why='Who lies outside the examples is served worst and is seldom asked.',
        rubric=('Did you name a person whose numbers lie outside the examples?', 'Did you say how that person would notice a wrong answer?',
                'Did you say who can put it right, and from what record?')),
}
