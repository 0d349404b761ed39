"Answers, hints and known mistakes of lesson 29; the notebook never shows them before a try."
from course.shared.check import Item, Wrong

def parity(one, two):
    if not sum(one) or not sum(two): return None
    return abs((one[1] + one[3])/sum(one) - (two[1] + two[3])/sum(two))

def starter(one, two): ...
def with_a_sign(one, two):
    if not sum(one) or not sum(two): return None
    return (one[1] + one[3])/sum(one) - (two[1] + two[3])/sum(two)
def zero_for_nobody(one, two):
    share = [(cells[1] + cells[3])/sum(cells) if sum(cells) else 0 for cells in (one, two)]
    return abs(share[0] - share[1])
def only_the_right_ones(one, two):
    if not sum(one) or not sum(two): return None
    return abs(one[3]/sum(one) - two[3]/sum(two))

ITEMS = {
    'recall': Item(('rates-by-group',), 'The question is about people who did come. They are the denominator, whatever the score said.', 'lesson 22',
        ('Who asks this question?', 'A patient who came and was called anyway.', 'Of those who came, how many were called?'), 'c', 'c',
        (Wrong('a', 'That mixes them with the patients who missed, who cannot be called by mistake.'),
         Wrong('b', 'That is the other question, precision turned round: of those called, how many came anyway.'))),
    'found': Item(('rates-by-group',), 'The score says less about patients whose telephone number is often wrong: their scores lie closer together, and fewer reach 0.5.',
        'the invented file of this lesson, where this was planted'),
    'all_four': Item(('fairness-definitions', 'base-rates'), 'With the base rates of the two groups (51 and 39 of 100) at most two of the four hold to 2 points at any '
        'pair of useful thresholds in steps of ten.', 'A. Chouldechova 2017; counted in this notebook'),
    'which': Item(('fairness-definitions',), 'Whoever would miss and is not called carries the cost. Equal opportunity asks that such patients are found equally often.',
        'M. Hardt, E. Price, N. Srebro 2016', ('Which mistake costs more here?', 'A patient who would miss and is not called. Which rate counts those?',
        'Of the truly yes, how many are found: the same in each group.'), 'b', 'b',
        (Wrong('a', 'If one group misses more often, calling the same share of each leaves more of that group out.'),
         Wrong('c', 'That keeps calls from being wasted. The waste is a minute; the missed patient waits two months.'))),
    'parity': Item(('fairness-definitions',), 'Told yes are the mistaken and the right ones together. The distance has no sign, and an empty group has no share.',
        'fairlearn: demographic parity difference', ('Who was told yes? Two of the four counts.', 'The second and the fourth, divided by all of that group.',
        'abs(share of one - share of two), and None where a group is empty.'),
        'if not sum(one) or not sum(two): return None\nreturn abs((one[1] + one[3])/sum(one) - (two[1] + two[3])/sum(two))', parity,
        (Wrong(with_a_sign, 'The distance comes out negative when the second group is told yes more often. Take `abs`.'),
         Wrong(zero_for_nobody, 'For an empty group you take a share of 0. Nobody knows its share: give None.'),
         Wrong(only_the_right_ones, 'You count only those told yes rightly. Being told yes by mistake is being told yes.')),
        tries=(([50, 10, 10, 30], [60, 5, 25, 10]), ([60, 5, 25, 10], [50, 10, 10, 30]), ([0, 0, 0, 0], [1, 1, 1, 1])), starter=starter),
    'order': Item(('audit-report',), 'Whom to ask and what must be equal come before the numbers; otherwise one picks the rate that looks best. An appeal comes on the same page.',
        'this lesson', ('What must not be chosen after one has seen the numbers?', 'Ask, choose, count, look, write.', 'It begins with those who are judged.'),
        '1, 2, 4, 0, 3', [1, 2, 4, 0, 3],
        (Wrong([4, 0, 2, 1, 3], 'Here the rate is chosen after the gaps were seen. One would choose the rate that looks best.'),
         Wrong([2, 4, 0, 1, 3], 'Those who are judged are asked at the end. They know which mistake hurts: ask them first.'))),
    'luck': Item(('intervals',), 'A difference that luck alone would show is no proof, and no proof of the opposite. More people would tell.', 'lesson 22',
        ('Would two equal groups of this size show 9 points?', 'Up to 16 by luck alone. Does that prove that they are equal?', 'Say what the file cannot tell, and what would.'), 'c', 'c',
        (Wrong('a', 'Two groups that are served equally would often look this different with so few people.'),
         Wrong('b', 'Not seeing a difference in 75 people is not the same as there being none.'))),
    'gate': Item(('audit-report', 'intervals'), '2 of 6 fits almost any true rate, so it must neither stop a release nor vanish. A person can look at six cases in ten minutes.', 'this lesson',
        ('What does wilson(4, 6) say?', 'From 30 % to 90 %: should a gate act on that?', 'Name them, and let a person look.'), 'c', 'c',
        (Wrong('a', 'Then the gate fires at random: 2 of 6 fits a true 10 % as well as a true 60 %.'),
         Wrong('b', 'Then the people nobody looked at stay the people nobody looks at.'))),
    'found_more': Item(('thresholds',), 'From 0.31 on the score finds 72 of 100 such patients of this group; from 0.32 on 69.7. That is far below 0.5, the threshold for everyone.',
        'the invented file of this lesson', ("Take the row of 'other' in what `at_thresholds` gives.", 'At each edge: found/(found + missed), counts 3 and 2.',
        'The highest edge where that share is still at least 0.7.'), "names, every = at_thresholds(counted, ['language'])\nother = every[names.index('other')]\nshare = other[:, 3]/(other[:, 3] + other[:, 2])\ncounted.edges[share >= .7].max()  # 0.31", .31,
        (Wrong(.5, 'That is the threshold in use. There the score finds far fewer of them.'),
         Wrong(.32, 'There it finds 69.7 of 100: just under. "At least 70" is one step lower.'),
         Wrong(0, 'From 0 on everybody is called. A higher threshold still finds 70 of 100.')), tolerance=.004),
    'appeal': Item(('who-is-touched',), 'A finding helps when it reaches a person who can act, and when those it is about hear it too.', 'M. Mitchell and others 2019', rubric=(
        'You thought of the people the gap is about, and not only of your employer.',
        'You said what could happen to you or to them, and who could protect you: a colleague, a union, a data protection officer.',
        'You wrote down a date by which somebody must answer.')),
}
