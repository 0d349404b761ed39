"Answers, hints and known mistakes of lesson 31; the notebook never shows them before a try."
from course.shared.check import Item, Wrong

COUNTED = 'counted in this notebook'
WILDS = 'P. W. Koh et al. 2021, WILDS, arXiv 2012.07421'

def all_right(rates, mix): return sum(mix[kind]*rates[kind] for kind in rates)
def plain_mean(rates, mix): return sum(rates.values())/len(rates)
def without_rates(rates, mix): return sum(mix.values())
def worst_rate(rates, mix): return min(rates.values())
def by_kind(rates, mix): return {kind: mix[kind]*rates[kind] for kind in rates}
def starter(rates, mix): ...

def check_own(score):
    "Is this a count of another place that somebody can decide on?"
    if not isinstance(score, tuple) or len(score) != 2 or not all(hasattr(one, 'low') for one in score):
        return 'Give both counts, here and there, as `transfer` returns them: `mine[0]`.'
    here, there = score
    bare = [row.name for row in there.rows if row.n == 0]
    if bare: return f'No picture of {", ".join(bare)} from there was asked, so nobody knows how it does. Add some.'
    if there.high - there.low > .4: return (f'{there.n} pictures from there were asked; the true rate may be '
        f'{100*there.low:.0f} to {100*there.high:.0f} %. That is too wide to decide on: add pictures from there.')
    return True

class Stand:
    "Stands in for a score."
    def __init__(self, n, low, high, rows): self.n, self.rate, self.low, self.high, self.rows = n, .8, low, high, rows
class Row:
    "Stands in for a slice of a score."
    def __init__(self, name, n): self.name, self.n = name, n

HOME = Stand(40, .7, .9, [Row('a', 20), Row('b', 20)])

ITEMS = {
    'recall': Item(('transfer test',), 'All 79 were photographs. A test speaks about pictures like its own, and about no others.', 'lesson 13',
        ('What were the 79 pictures of the test?', 'Was there a drawing among them?', 'A test speaks about pictures like its own.'),
        'b: nothing.', 'b',
        (Wrong('a', 'So one hopes. But no drawing was in that test, so it counted none.'),
         Wrong('c', 'It may well be so. But this test cannot have said it: it held no drawing.'))),
    'how_many': Item(('transfer test', 'covariate shift'), 'The animals are the same and stand in the same spots. The loss is the background, the light and the leaves.', COUNTED),
    'five': Item(('few-shot',), 'A few local pictures show few of the ways in which an animal can stand in a forest. Which ones they are matters as much as how many.', COUNTED),
    'habit': Item(('background probe',), 'Each kind had its own camera, so the camera told the kind. The head used what was easiest.', COUNTED),
    'scanner': Item(('covariate shift',), 'Other hands, another scanner, and above all another margin: in 8 by 8 dots, the digit lies elsewhere.', COUNTED),
    'decide': Item(('transfer test',), 'Eighty counted pictures say whether the filter may be used at all, and which kind it fails. Five of each to teach with brought two points, and nobody would know.', COUNTED,
        ('What does he know about his own place so far?', 'Which answer would tell him that he should not use it?', 'Count first; teach afterwards if it is needed.'),
        'count: name 80 pictures and count.', 'count',
        (Wrong('use', 'The 95 % were counted in Kenya. In his forest nothing was counted yet.'),
         Wrong('teach', 'Perhaps later. Five of each bring little, and without a count he would not know whether it is enough.'))),
    'steps': Item(('transfer test',), 'Same preparation first, because a margin alone can cost half. What tests must not teach. Count as it is, and only then decide to teach; then count again.', COUNTED,
        ('What made the digits fall first of all?', 'You cannot count before somebody has named pictures.', 'Prepare, name, count, teach, count again.'),
        '[1, 2, 4, 3, 0]', [1, 2, 4, 3, 0],
        (Wrong([2, 1, 4, 3, 0], 'Almost. Pictures that were prepared in another way would have to be made again: prepare first.'),
         Wrong([1, 2, 3, 4, 0], 'Teaching comes before anybody knows whether it is needed. Count the filter as it is.'),
         Wrong([1, 4, 2, 3, 0], 'Nobody can count before the pictures are named.'),
         Wrong([1, 2, 4, 0, 3], 'The last count must be of the filter as it will be used, after teaching.'))),
    'weigh': Item(('label shift',), 'Each kind adds its share times its rate. Another place changes the rates, another mix changes the shares.', 'arithmetic',
        ('How much does one kind add?', 'A kind that is 60 % of the pictures and recognised in 90 % adds 0.6 times 0.9.', '`sum(mix[kind]*rates[kind] for kind in rates)`'),
        'return sum(mix[kind]*rates[kind] for kind in rates)', all_right,
        (Wrong(plain_mean, 'This weighs each kind the same. Weigh each with its share in `mix`.'),
         Wrong(without_rates, 'These are the shares alone. Multiply each with the rate of its kind.'),
         Wrong(worst_rate, 'That is the rate of the kind that does worst. All answers together were wanted.'),
         Wrong(by_kind, 'So much does each kind add. One number was wanted: add them up.')),
        tolerance=1e-9, starter=starter,
        tries=(({'bird': .9, 'empty': 1., 'pawed': .5}, {'bird': .2, 'empty': .7, 'pawed': .1}),
               ({'a': .5, 'b': 1.}, {'a': .9, 'b': .1}), ({'a': 1.}, {'a': 1.}))),
    'at_worst': Item(('intervals',), 'At worst 51 % are right. 49 % of 1,000 are 490.', "Wilson's interval for 12 of 16: 51 to 90 %",
        ('Which end of the interval is the worst case?', 'If 51 of 100 are right, how many are wrong?', '49 of 100 are wrong, and there are 1,000.'),
        '1000*(1 - .51)  # 490', 490,
        (Wrong(250, 'That takes 75 % as if it were certain. At worst the rate lies at the lower end.'),
         Wrong(100, 'That is the best case: 90 % right.'), Wrong(510, 'So many would be right. How many would not?')), tolerance=6),
    'which': Item(('label shift',), 'Each illness is recognised as before, so the pictures did not change. Where few are ill, the false calls among the many healthy outnumber the true ones.', COUNTED,
        ('Did any single picture get harder?', 'Think of the dry season and the pawed animals.', 'The rates stayed, the worth of an answer fell.'),
        'mix', 'mix',
        (Wrong('place', 'Then some illness would be recognised less often than before. None is.'),
         Wrong('rule', 'Then the counts by illness would have changed too. What else makes "ill" mostly wrong?'))),
    'probe': Item(('background probe',), 'With nobody there, every animal it names was made of the place.', COUNTED,
        ('What is left if you take the animal away?', 'Which answer would be right for such a picture?', 'Only "empty" is right where nobody is.'),
        'nobody', 'nobody',
        (Wrong('more', 'There the habit helps it: it will be right for the wrong reason.'),
         Wrong('sharp', 'A sharp picture has the same background. It shows nothing about the place.'))),
    'own': Item(('transfer test', 'intervals'), 'A count of the other place can be decided on when each class was asked there and the interval is narrow enough.', COUNTED,
        ('Look at `mine[0]`: it holds two scores.', 'How many pictures from there were asked?', 'More pictures in each folder of the second place make the interval narrower.'),
        'own.check(mine[0]) with at least a dozen pictures from there in the test', (HOME, HOME),
        (Wrong(HOME, 'Give both counts, here and there, as `transfer` returns them: `mine[0]`.'),
         Wrong((HOME, Stand(9, .7, .9, [Row('a', 9), Row('b', 0)])), 'No picture of b from there was asked, so nobody knows how it does. Add some.'),
         Wrong((HOME, Stand(4, .3, .95, [Row('a', 2), Row('b', 2)])), '4 pictures from there were asked; the true rate may be 30 to 95 %. That is too wide to decide on: add pictures from there.')),
        check=check_own),
    'appeal': Item(('transfer test',), 'Who builds a model seldom lives where it is used.', WILDS,
        rubric=('Did you name somebody or something that was never in the pictures?',
                'Did you say who sees a mistake of each kind: a miss, and an alarm for nothing?',
                'Is there a person in the place itself who may switch it off?',
                'Does what was put right get back to those who made it?')),
    'exit_home': Item(('transfer test',), 'A count speaks about the place where it was counted.', COUNTED,
        ('Where were those 95 % counted?', 'Did the next valley lose anything? And the forest?', 'It can go either way: count.'), 'b', 'b',
        (Wrong('a', 'The forest lost more than that. No home test promises a floor elsewhere.'),
         Wrong('c', 'In the next valley nothing was lost. It depends on the place: count it.'))),
    'exit_kinds': Item(('label shift',), 'No single picture changed, so each kind is recognised as often as before.', COUNTED,
        ('Does any picture get harder?', 'Remember the dry season.', 'The rate of each kind stays.'), 'a', 'a',
        (Wrong('b', 'In the dry season, of those called pawed about half were not. The worth of an answer changes with the mix.'),
         Wrong('c', 'It is a sum weighed with the shares, so it moves with them.'))),
    'exit_few': Item(('transfer test', 'few-shot'), 'A test says whether to use it and where it fails. Teaching with few brought little, and without a test nobody would know.', COUNTED,
        ('What did five of each bring?', 'What do you need to know before you decide anything?', 'First know, then teach.'), 'b', 'b',
        (Wrong('a', 'Then nothing is left to count with, and nobody knows whether it helped.'),
         Wrong('c', 'To choose between filters you need a count in your place, too.'))),
}
