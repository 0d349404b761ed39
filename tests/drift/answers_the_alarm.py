"Answers for the lesson about the alarm: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 32_the_alarm.'

def share(rows, value): return sum(row <= value for row in rows)/len(rows)
def largest_gap(old, new): return max(abs(share(old, value) - share(new, value)) for value in [*old, *new])
def gap_of_means(old, new): return abs(sum(old)/len(old) - sum(new)/len(new))
def gap_signed(old, new): return max(share(old, value) - share(new, value) for value in [*old, *new])
def gap_counted(old, new):
    return max(abs(sum(r <= value for r in old) - sum(r <= value for r in new)) for value in [*old, *new])

def check_own(finding):
    "A finding with enough rows and a p that could be computed."
    if not all(hasattr(finding, name) for name in ('old', 'new', 'effect', 'p', 'harm')):
        return 'A finding from `compare` was wanted: n, effect, p and harm together. Give `mine`.'
    if min(finding.old, finding.new) < 20: return 'Fewer than 20 rows on a side: gather more before you tell anyone.'
    if finding.p is None: return 'p is undefined here: all values are equal. Choose a column that varies.'
    return True

class Given:
    "Stands in for a finding."
    def __init__(self, old, new, effect, p, harm=None): self.old, self.new, self.effect, self.p, self.harm = old, new, effect, p, harm

ITEMS = {
    'quiet': Item(skills=('false alarms',), source=SOURCE,
        why='With 10 bins and 100 rows on each side PSI is 0.18 on average when nothing moved.'),
    'silent': Item(skills=('harm',), source=SOURCE, why='The readings are as before; only what they mean has changed.'),
    'suppliers': Item(
        skills=('multiplicity', 'harm'), source=SOURCE, reference='ask',
        wrong=(Wrong('stop', 'Among 20 quiet columns one p below 0.05 is what luck gives. Nothing yet says that anyone is worse off.'),
               Wrong('ignore', 'One p cannot prove that nothing changed either. What would tell you more?')),
        hints=('How many p below 0.05 does luck give among 20?', 'What travels with p in a `Finding`?', 'Harm needs cans whose truth is known.'),
        why='20 × 0.05 = 1: one such p is expected by luck. Rows, effect and harm decide.', solution='ask'),
    'p_by_hand': Item(
        skills=('p-value',), source='Phipson and Smyth 2010, doi 10.2202/1544-6115.1585', reference=.02, tolerance=1e-4,
        wrong=(Wrong(.019, 'The true deal is one of the deals too: it counts above and below the line.'),
               Wrong(.98, 'That is the share of deals that moved less. p counts those that moved at least as far.'),
               Wrong(.05, 'That is the usual level, not the p of this test. Count the deals.')),
        hints=('How many deals are there with the true one?', 'The true deal moved at least as far as itself.', '(19 + 1) / (999 + 1)'),
        why='The true deal is one of 1000 equally likely deals, and 20 of them moved at least as far.', solution='(19 + 1)/(999 + 1) = 0.02'),
    'steps': Item(
        skills=('p-value',), source=SOURCE, reference=[2, 1, 4, 0, 3],
        wrong=(Wrong([1, 2, 4, 0, 3], 'Before words can be shuffled over the rows they must be written on them.'),
               Wrong([2, 4, 1, 0, 3], 'The effect of shuffled deals is measured after shuffling.')),
        hints=('What is on the cards before they are dealt?', 'Measure after dealing.', 'It begins with 2 and ends with 3.'),
        why='Label, shuffle, measure, count, divide.', solution='[2, 1, 4, 0, 3]'),
    'largest_gap': Item(
        skills=('two-sample test', 'effect size'), source='Smirnov 1948, doi 10.1214/aoms/1177730256', reference=largest_gap, tolerance=1e-9,
        tries=(([1, 2, 3, 4], [2, 3, 4, 9]), ([5, 6], [1, 2, 3]), ([0, 0, 1], [0, 1, 1]), ([1, 2], [1, 2])),
        wrong=(Wrong(gap_of_means, 'This is the difference of two averages. The gap compares shares of rows at or below a value.'),
               Wrong(gap_signed, 'A gap can open on either side. Take it without its sign.'),
               Wrong(gap_counted, 'These are counts. With unequal numbers of rows only shares can be compared.')),
        hints=('Begin with the share of one list at or below 3.', 'Try every value that occurs in either list.', 'max(abs(share(old, v) - share(new, v)) for v in old + new)'),
        why='The largest gap between two shares is the KS distance; scipy gives the same.',
        solution='def largest_gap(old, new):\n    share = lambda rows, v: sum(r <= v for r in rows)/len(rows)\n'
                 '    return max(abs(share(old, v) - share(new, v)) for v in old + new)'),
    'small_sample': Item(
        skills=('power',), source=SOURCE, reference='unsure',
        wrong=(Wrong('none', 'A large p with 12 cans says "could be luck". It does not say "nothing moved".'),
               Wrong('drift', 'With 12 cans, luck alone opens gaps of 0.35 once in five times: that is what p = 0.2 says.')),
        hints=('What would luck do with 12 cans?', 'Is "not found" the same as "not there"?', 'Which answer asks for more?'),
        why='Few rows can neither show nor exclude a change of this size.', solution='unsure'),
    'tiny_effect': Item(
        skills=('effect size', 'harm'), source=SOURCE, reference='note',
        wrong=(Wrong('alarm', 'p says it is no luck. The effect says it is tiny, and harm says nobody lost anything.'),
               Wrong('hide', 'A gap without n and p cannot be judged by the next reader. Keep the four together.')),
        hints=('Is it luck? Is it large? Does it hurt?', 'Read the interval of harm.', 'Sure, tiny and harmless.'),
        why='With many rows even differences that matter to nobody are found.', solution='note'),
    'psi_quiet': Item(
        skills=('false alarms',), source='Yurdakul 2018; the lesson', reference=.19, tolerance=.006,
        wrong=(Wrong(0, 'PSI cannot be negative, so luck always pushes it above 0.'),
               Wrong(.1, 'That is the customary threshold, or one sample forgotten: both samples vary by luck.'),
               Wrong(.9, 'Count the bins: (20 - 1), times the sum of 1/200 and 1/200.')),
        hints=('The formula stands below the two months.', '(B - 1)(1/n + 1/m)', '19 × (1/200 + 1/200)'),
        why='(20 − 1)(1/200 + 1/200) = 0.19: nearly twice the customary threshold, with nothing moved.', solution='0.19'),
    'own_column': Item(
        skills=('reading a drift report',), source='Your own data.', reference=Given(40, 30, .2, .3), check=check_own,
        wrong=(Wrong(.03, 'n, effect, p and harm together'), Wrong(Given(40, 8, .2, .3), 'Fewer than 20 rows'),
               Wrong(Given(40, 30, 0, None), 'p is undefined here')),
        hints=('Which column of your work changes over the year?', 'Fill `then` and `now` with at least 20 numbers each.', 'Run the cell again: it hands `mine` over.'),
        why='A finding can be discussed; a lonely p cannot.', solution='compare(then, now, column="minutes")'),
    'appeal': Item(
        skills=('who is touched',), source=SOURCE, why='An alarm is about people who are not in the room.',
        rubric=('Did you name a person who pays when the alarm is silent?', 'Did you name a person who pays when it rings for nothing?',
                'Did you say to whom they can go, and what they may see?')),
}
