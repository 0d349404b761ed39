"Answers, hints and known mistakes of lesson 13; the notebook never shows them before a try."
from course.shared.check import Item, Wrong

COUNTED = 'counted in this notebook'

def for_a_person(chances, limit): return [row for row, one in enumerate(chances) if max(one) < limit]
def the_smallest(chances, limit): return [row for row, one in enumerate(chances) if min(one) < limit]
def the_sure_ones(chances, limit): return [row for row, one in enumerate(chances) if max(one) >= limit]
def up_to_the_limit(chances, limit): return [row for row, one in enumerate(chances) if max(one) <= limit]
def how_many(chances, limit): return len(for_a_person(chances, limit))
def the_rows_themselves(chances, limit): return [one for one in chances if max(one) < limit]
def starter(chances, limit): ...

def check_own(score):
    "Is this a test that somebody can rely on?"
    if not all(hasattr(score, name) for name in ('n', 'rate', 'low', 'high', 'rows')):
        return 'Give the whole score, `my_score`: one number alone says neither how many were asked nor how sure it is.'
    bare = [row.name for row in score.rows if row.n == 0]
    if bare: return f'No picture of {", ".join(bare)} was put aside, so nobody knows how well it is sorted. Add some.'
    if score.high - score.low > .4: return (f'{score.n} pictures were asked, and the true rate may be anything from {100*score.low:.0f} '
        f'to {100*score.high:.0f} %. That is too wide to decide on: put more pictures aside.')
    return True

class Stand:
    "Stands in for a score."
    def __init__(self, n, low, high, rows): self.n, self.rate, self.low, self.high, self.rows = n, .8, low, high, rows
class Row:
    "Stands in for a slice of a score."
    def __init__(self, name, n): self.name, self.n = name, n

ITEMS = {
    'recall': Item(('intervals',), '5 of 5 is what a model with a true rate of 57 % gives once in 16 tries. 72 of 79 rules out everything below 83 %.',
        'E. B. Wilson 1927, J. Am. Stat. Assoc. 22:209',
        ('How surprised would you be by five heads in a row?', 'Ask for each model: which true rates could have given this count?',
         'The interval for 5 of 5 begins at 57 %, the one for 72 of 79 at 83 %.'), 'b: B.', 'b',
        (Wrong('a', 'A made no mistake in five tries. A coin does that once in 32 times.'),
         Wrong('c', 'It can: look at where the two intervals begin, 57 % and 83 %.'))),
    'how_many': Item(('few-shot',), 'The borrowed body has learned on a million photographs what makes pictures alike. Twenty-five of ours only name the drawers.', COUNTED),
    'enough': Item(('few-shot',), 'The first few pictures of a class say most about it; later ones mostly repeat. So the curve is steep first and flat later.', COUNTED),
    'drawings': Item(('held-out-test',), 'It has learned from photographs only. The 79 pictures of the test were photographs too, so they could not warn anybody.', COUNTED),
    'lettuce': Item(('held-out-test',), 'The model sees what a lettuce is. Whether it belongs to food or to plants is our decision, and until it is written down two volunteers would also disagree.', COUNTED,
        ('Would two volunteers put it into the same drawer?', 'What could be learned from more lettuces, if half of them lie in either drawer?',
         'The mistake is in what the drawers mean.'), 'c: decide what the drawers mean.', 'c',
        (Wrong('a', 'It did see the lettuce. Longer training cannot tell which of two true answers you want.'),
         Wrong('b', 'Then the count looks better, and the next lettuce is still a question.'))),
    'worth_it': Item(('fine-tuning', 'energy-per-run'), 'Draw by draw, on the same pictures, the last block was right as often as the head or more often. Two in a hundred more of 2,000 '
        'photographs are forty that nobody has to move, for a second or two of computing. Training everything costs several times as much, and one test of 79 does not show that it is better.', COUNTED,
        ('Which comparison was fairer: one test, or the five pairs on the same pictures?', 'Weigh a second of computing against photographs moved by hand.',
         'More right than the head in the pairs, and far cheaper than everything.'), 'block: the last block.', 'block',
        (Wrong('head', 'It is the cheapest to train, by a second or two. But look at the five pairs: what it gets wrong more often has to be moved by hand.'),
         Wrong('all', 'Its interval overlaps with that of the last block, so this test does not show that it is better, and it costs several times as much.'),
         Wrong('nothing', 'Twenty-five pictures are too few to learn to see. Compare its dot with the others.'))),
    'next_box': Item(('intervals',), 'In the worst case that the test does not rule out, 72 of 100 are right. 28 % of 2,000 are 560.', 'Wilson\'s interval for 65 of 79: 72.4 to 89.1 %',
        ('Which end of the interval is the worst case?', 'At worst 72 of 100 are right. How many of 100 are wrong then?', '28 of 100 are wrong. The box holds 2,000.'),
        '2000*(1 - .72)  # 560', 560,
        (Wrong(360, 'That takes the 82 % as if it were certain. At worst, the rate lies at the lower end of the interval.'),
         Wrong(220, 'That is the best case: 89 % right.'), Wrong(1440, 'So many would be right. How many would not?'),
         Wrong(14, 'So many of the 79 were wrong. The next box holds 2,000.')), tolerance=15),
    'order': Item(('held-out-test',), 'The meaning of the drawers comes first, because every count rests on it. What is put aside must be put aside before training. Looking at mistakes comes after the count: '
        'who looks first and then changes something has used up the test.', 'T. Hastie et al. 2009, The Elements of Statistical Learning, 7.10.2',
        ('Nothing can be put into a drawer before somebody has said what the drawer means.', 'What must happen before training, so that the test is a test?',
         'Drawers, aside, train, count, look.'), '[1, 3, 2, 0, 4]', [1, 3, 2, 0, 4],
        (Wrong([1, 2, 3, 0, 4], 'Then it has learned from the very pictures you test it with. They must be put aside before training.'),
         Wrong([1, 3, 0, 2, 4], 'You count before anything is trained.'),
         Wrong([1, 3, 2, 4, 0], 'Who looks at the mistakes first is tempted to change something, and then the count is no test any more.'),
         Wrong([3, 2, 0, 4, 1], 'Without knowing what the drawers mean nobody can put pictures into them, nor call an answer a mistake.'))),
    'unsure': Item(('held-out-test',), 'The largest chance says how sure the sorter is. Where even that is below the limit, no drawer stands out.', COUNTED,
        ('How sure the sorter is of a picture is the largest number in its row.', '`for row, one in enumerate(chances):` gives each row with its number.',
         'Keep `row` where `max(one) < limit`.'), 'return [row for row, one in enumerate(chances) if max(one) < limit]', for_a_person,
        (Wrong(the_smallest, 'You look at the smallest chance of a row. That is low in almost every row; the sureness is the largest one.'),
         Wrong(the_sure_ones, 'These are the sure ones. A person should look at the others.'),
         Wrong(up_to_the_limit, 'A picture exactly at the limit is not below it: use `<`.'),
         Wrong(how_many, 'That is how many there are. A person needs to know which: give the numbers of the rows.'),
         Wrong(the_rows_themselves, 'These are the chances themselves. A person needs to find the pictures: give the numbers of the rows.')),
        tries=(([[.9, .1], [.6, .4], [.5, .5]], .7), ([[.2, .5, .3], [.1, .1, .8]], .5), ([[.7, .2, .1], [.3, .3, .4]], .9), ([], .5)), starter=starter),
    'more_dots': Item(('energy-per-run',), '224/128 is 1.75 along each side, and a square has two sides: 1.75 times 1.75. The work of the body grows like the number of dots.', 'arithmetic',
        ('How many times as long is one side?', 'One side is 1.75 times as long. And the square?', '1.75 times 1.75.'), '(224/128)**2  # 3.06', 3.06,
        (Wrong(1.75, 'That is one side. A picture has dots in both directions.'), Wrong(7, 'Halve the exponent: it grows with the side times the side, not more.')), tolerance=.15),
    'own': Item(('held-out-test', 'few-shot'), 'A test can be relied on when each class was asked, and when its interval is narrow enough to decide.', COUNTED,
        ('Look at `my_score`: how many were asked?', 'Is there a class of which nothing was put aside?', 'More pictures in each folder make both better.'),
        'own.check(my_score), with at least a dozen pictures put aside and some of each class', Stand(40, .7, .9, [Row('a', 20), Row('b', 20)]),
        (Wrong(.82, 'Give the whole score, `my_score`: one number alone says neither how many were asked nor how sure it is.'),
         Wrong(Stand(9, .7, .9, [Row('a', 9), Row('b', 0)]), 'No picture of b was put aside, so nobody knows how well it is sorted. Add some.'),
         Wrong(Stand(4, .3, .95, [Row('a', 2), Row('b', 2)]), '4 pictures were asked, and the true rate may be anything from 30 to 95 %. That is too wide to decide on: put more pictures aside.')),
        check=check_own),
    'appeal': Item(('held-out-test',), 'Whoever is put into a drawer did not choose the drawers. A mistake that nobody can see, or that nobody may contest, stays.',
        'J. Buolamwini & T. Gebru 2018, PMLR 81:77; EU Regulation 2016/679, art. 22',
        rubric=('The one who is sorted is harmed, and often does not know that there was a sorter.',
                'Mistakes of one kind are noticed at once, those of the other kind never: an ill goat called healthy comes back, a healthy one called ill is treated for nothing.',
                'There is a person with a name who can look again, and the one concerned knows how to reach that person.',
                'What was put right goes back into the pictures, so that the next one is not harmed the same way.',
                'For some drawers no sorter should be used at all.')),
    'exit_aside': Item(('held-out-test',), 'A model can know its own pictures by heart and fail on all others.', COUNTED,
        ('What would a pupil show who has seen the exam?', 'Which pictures will it meet in the next box?', 'The test stands for pictures it has not seen.'), 'b', 'b',
        (Wrong('a', 'It does train faster, and that is not why.'), Wrong('c', 'No copy is made. It is about what a count can tell you.'))),
    'exit_eyes': Item(('few-shot', 'fine-tuning'), 'The same head on bare dots did far worse, and the same body without its borrowed numbers too.', COUNTED,
        ('What happened with the same head on bare dots?', 'And with the same body from random numbers?', 'What was different where it worked?'), 'b', 'b',
        (Wrong('a', 'The same head got bare dots, and failed. What was different?'), Wrong('c', 'Ten draws gave ten counts far above lots. Luck moves the dot, not that far.'))),
    'exit_shift': Item(('held-out-test',), 'Your test held photographs of your camera only. The drawings showed how far a count can fall when the pictures change.', COUNTED,
        ('What happened when the drawings came?', 'Did your test hold pictures of her camera?', 'Test it where it will be used.'), 'c', 'c',
        (Wrong('a', 'So would we have said before the drawings came.'), Wrong('b', 'No test gives you that 80. It was made with your camera only.'))),
}
