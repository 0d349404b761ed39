"Answers for the lesson about words: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 25_words.'

def dot(one, two): return sum(x*y for x, y in zip(one, two))
def mean(values): return sum(values)/len(values)
def lean(word, a, b): return mean([dot(word, one) for one in a]) - mean([dot(word, one) for one in b])
def lean_turned(word, a, b): return -lean(word, a, b)
def lean_summed(word, a, b): return sum(dot(word, one) for one in a) - sum(dot(word, one) for one in b)
def lean_one_pole(word, a, b): return mean([dot(word, one) for one in a])

class Given:
    "Stands in for a swap."
    def __init__(self, n, texts, p=.2): self.n, self.scores, self.p, self.gap, self.low, self.high = n, [[0]*sum(n)]*texts, p, 0., -.1, .1

def check_own(swap):
    "A swap with enough names for p to say something."
    if not all(hasattr(swap, name) for name in ('n', 'scores', 'p', 'gap', 'low')):
        return 'What `swap_names` gives was wanted: scores, gap, interval and p together. Give `mine`.'
    if min(swap.n) < 4: return 'Fewer than four names in a group: p cannot fall far enough to say anything. Add names.'
    if len(swap.scores) < 2: return 'One text has no place among others. Add texts.'
    return True

ITEMS = {
    'recall': Item(
        skills=('base-rates',), source='The lesson 22_accurate_for_whom.', reference='b',
        wrong=(Wrong('a', 'Those are two denominators: those called risky, and those who were not arrested again.'),
               Wrong('c', 'The four counts tell anybody. Which people does each rate count among?')),
        hints=('Which people stand below the line in each question?', 'COMPAS: both firms and reporters had counted correctly.', 'It is the answer with "NOT".'),
        why='Equal precision and unequal base rates force unequal mistakes.', solution='b'),
    'travel': Item(skills=('name-swap-audit',), source=SOURCE, why='Each name is another word, and the scores of the CVs lie close together.'),
    'doctor': Item(skills=('reading a claim',), source='Nissim and others 2020, doi 10.1162/coli_a_00379',
                   why='man and woman lie near each other, so the sum hardly leaves doctor.'),
    'grammar': Item(skills=('word-association-test',), source=SOURCE, why='Each French noun has a gender, and its neighbours carry it into the numbers.'),
    'she_jobs': Item(skills=('reading a claim',), source=SOURCE, why='Each model has its own tilt: this one leans to "she" even for "person".'),
    'moved': Item(skills=('name-swap-audit',), source=SOURCE, why='Only the CV that is far ahead of all others keeps its place.'),
    'lean': Item(
        skills=('word-association-test',), source='Caliskan, Bryson, Narayanan 2017', reference=lean, tolerance=1e-9,
        tries=(([1., 0.], [[1., 0.], [.6, .8]], [[0., 1.]]), ([.6, .8], [[1., 0.]], [[0., 1.], [.8, .6], [-1., 0.]]), ([0., 1.], [[0., 1.]], [[1., 0.]])),
        wrong=(Wrong(lean_turned, 'The sign is turned round: nearer to a should be above 0.'),
               Wrong(lean_summed, 'These are sums. A pole with more words would pull harder; take the mean of each.'),
               Wrong(lean_one_pole, 'Only the first pole is measured. Common words are near to everything; subtract the other pole.')),
        hints=('The product of two rows is sum(x*y for x, y in zip(one, two)).', 'One mean for a, one mean for b.', 'mean over a minus mean over b'),
        why='A difference of two means: what a word shares with both poles drops out.',
        solution='def my_lean(word, a, b):\n    near = lambda pole: sum(sum(x*y for x, y in zip(word, one)) for one in pole)/len(pole)\n    return near(a) - near(b)'),
    'smallest': Item(
        skills=('exact-permutation',), source='R. Fisher 1935, The Design of Experiments', reference=.0143, tolerance=.0005,
        wrong=(Wrong(0., 'The true split is one of them and always counts: p is never 0.'),
               Wrong(.0286, 'Two splits of 70 are as far apart, one in each direction. WEAT asks in one direction.'),
               Wrong(.0625, 'That is 1 in 16: not each word can go either way, four must go to each list.')),
        hints=('How many ways are there to choose 4 of 8?', 'There are 70.', '1/70'),
        why='70 splits, and the true one is always as far apart as itself: 1/70 = 0.0143.', solution='1/70 = 0.0143'),
    'order': Item(
        skills=('exact-permutation', 'lost-vocabulary'), source=SOURCE, reference=[1, 3, 5, 2, 4, 0],
        wrong=(Wrong([3, 1, 5, 2, 4, 0], 'A word without numbers cannot lean: say what is lost first.'),
               Wrong([1, 5, 3, 2, 4, 0], 'What is split are the numbers: write down how far each word leans before you split them.')),
        hints=('It begins with what is lost.', 'Lean, split, measure, count, divide.', 'It ends with 2, 4, 0.'),
        why='Losses first, then one number for each word, then every split.', solution='[1, 3, 5, 2, 4, 0]'),
    'german': Item(
        skills=('word-association-test',), source=SOURCE, reference='b',
        wrong=(Wrong('a', 'Nobody who writes "der Löffel" thinks of a man. What do these nouns share besides meaning?'),
               Wrong('c', 'p says that it is no luck. It does not say what was measured.')),
        hints=('Think of the French bed and table.', 'What do der and die have to do with er and sie?', 'Not a stereotype.'),
        why='Der and die stand beside er and sie in every text; the numbers learn it.', solution='b'),
    'vendor': Item(
        skills=('name-swap-audit', 'exact-permutation'), source=SOURCE, reference='c',
        wrong=(Wrong('a', 'The CVs are many, the names are six. p is split over names.'),
               Wrong('b', 'A large p with few names says "cannot tell". It never says "no gap".')),
        hints=('How many ways are there to split six names into three and three?', '20, and a gap either way counts.', '2/20 = 0.1 is the least.'),
        why='20 splits, two of them as far as the farthest: p is at least 0.1, whatever the machine does.', solution='c'),
    'lost': Item(
        skills=('lost-vocabulary',), source=SOURCE, reference='b',
        wrong=(Wrong('a', 'A newer tool can lose more words. What differs in the counting?'),
               Wrong('c', 'The mean of two numbers that measure different words measures neither.')),
        hints=('What happened to Einstein?', 'n or n - 1?', 'Two reasons for another d were in this lesson.'),
        why='Lost words and the divisor both change d, and neither shows in the number.', solution='b'),
    'own': Item(
        skills=('name-swap-audit',), source='Your own data.', reference=Given((5, 4), 3), check=check_own,
        wrong=(Wrong(.03, 'gap, interval and p together'), Wrong(Given((3, 9), 3), 'Fewer than four names'),
               Wrong(Given((5, 5), 1), 'One text has no place')),
        hints=('Which texts does your work judge?', 'Write {name} where the name stands.', 'Run the cell again: it hands `mine` over.'),
        why='A gap with its names, its interval and its p can be discussed.', solution='swap_names(scorer, texts, {"one": [...], "other": [...]})'),
    'appeal': Item(
        skills=('who is touched',), source=SOURCE, why='A CV that sinks three places is never told.',
        rubric=('Did you name a person who would be sorted?', 'Did you say who could notice a gap, and from which numbers?',
                'Did you say to whom they could turn?')),
}
