"Answers, hints and known mistakes of lesson 16; the notebook never shows them before a try."
from course.shared.check import Item, Wrong

COUNTED = 'counted in this notebook'

def look_first(chances, limit, time):
    doubtful = [row for row, one in enumerate(chances) if max(one) < limit]
    return sorted(doubtful, key=lambda row: max(chances[row]))[:time]
def as_they_lie(chances, limit, time): return [row for row, one in enumerate(chances) if max(one) < limit][:time]
def the_surest(chances, limit, time):
    return sorted((row for row, one in enumerate(chances) if max(one) < limit), key=lambda row: -max(chances[row]))[:time]
def all_of_them(chances, limit, time):
    return sorted((row for row, one in enumerate(chances) if max(one) < limit), key=lambda row: max(chances[row]))
def no_limit(chances, limit, time): return sorted(range(len(chances)), key=lambda row: max(chances[row]))[:time]
def starter(chances, limit, time): ...

def check_own(count):
    "Is this count one that somebody can rely on?"
    if not all(hasattr(count, name) for name in ('n', 'rate', 'low', 'high')):
        return 'Give what `my_desk.count()` gives: one number alone says neither how many were drawn nor how sure it is.'
    if count.n < 20: return (f'{count.n} pictures were drawn, and the true share may be anything from {100*count.low:.0f} '
                             f'to {100*count.high:.0f} %. Draw some more by lot, up to 20 or more.')
    return True

class Count:
    "Stands in for a score."
    def __init__(self, n, rate, low, high): self.n, self.rate, self.low, self.high = n, rate, low, high

ITEMS = {
    'recall': Item(('held-out-test',), 'The surest pictures are the easy ones. How it does on the others was never asked.', COUNTED,
        ('Which pictures were chosen for the test?', 'Would the hardest picture of the disk be among them?',
         'A test speaks for pictures like those that were asked.'), 'b: little.', 'b',
        (Wrong('a', 'That would hold if the 50 had been drawn by lot. They were the ones it was surest of.'),
         Wrong('c', '49 of 50 says a lot about pictures like those 50: at least 89 % of such are right. But which are they?'))),
    'first_looks': Item(('review-queue',), 'Most mistakes are made where two albums are almost equally likely. Some are made with great sureness: those '
        'are not met by looking where it doubts.', COUNTED),
    'lost': Item(('undo-and-resume',), 'Each answer was in the file before it was reported. A program that is killed cannot take back what is on the disk.',
        'SQLite, Write-Ahead Logging, https://www.sqlite.org/wal.html'),
    'lot': Item(('held-out-test',), 'The 30 were chosen because they are hard, so the others are easier; by how much, only pictures drawn by lot can tell.', COUNTED,
        ('Why were these 30 chosen?', 'Are the others easier or harder than these?', 'Easier, but nobody has counted yet.'), 'b', 'b',
        (Wrong('a', 'The 30 were the hardest. The others are easier.'),
         Wrong('c', 'These 30 are right now. The question is about the others, at which nobody has looked.'))),
    'rule': Item(('review-queue',), 'Time is short, so it goes where a look is most likely to find a mistake, and ends when it is spent.', COUNTED,
        ('How sure it is of a picture is the largest number in its row.', 'Sort the rows below the limit by that number.',
         '`sorted(rows, key=lambda row: max(chances[row]))[:time]` takes the first `time` of them.'),
        'doubtful = [row for row, one in enumerate(chances) if max(one) < limit]\n'
        'return sorted(doubtful, key=lambda row: max(chances[row]))[:time]', look_first,
        (Wrong(as_they_lie, 'The right pictures, as they lie. If time runs out, the most doubtful may be among those not seen: sort by doubt.'),
         Wrong(the_surest, 'The surest come first here. Turn the order round.'),
         Wrong(all_of_them, 'In the right order, and too many: only `time` of them can be looked at.'),
         Wrong(no_limit, 'Time is left for pictures that it is sure of. Those at or above `limit` need no look.')),
        tries=(([[.9, .1], [.5, .5], [.3, .7], [.4, .6]], .8, 2), ([[.2, .8], [.1, .9]], .5, 3), ([[.6, .4], [.5, .5]], .9, 5),
               ([[.55, .45], [.95, .05], [.65, .35]], .9, 1)), starter=starter),
    'hours': Item(('thresholds',), '30,000 times 92 of 100 are 27,600 pictures; times 3 seconds, divided by 3,600 seconds an hour: 23.', 'arithmetic',
        ('How many pictures are put aside?', '27,600 pictures, 3 seconds each. An hour has 3,600 seconds.', '82,800 seconds are 23 hours.'),
        '30_000*.92*3/3600  # 23', 23, (Wrong(25, 'That is the whole card. 8 of 100 are looked at all the same.'),
        Wrong(2, 'That is the time that is still spent. How much is saved?')), tolerance=.1),
    'enough': Item(('intervals',), 'With none missed, the interval ends at z²/(n + z²), where z is 1.96. From 73 on that is below 5 %.',
        'E. B. Wilson 1927, J. Am. Stat. Assoc. 22:209', ('`wilson(0, 20)` gives the two ends for 20 animals.',
        'Try 40, 60, 80 and look at the second number.', 'It falls below .05 between 70 and 75.'),
        'next(n for n in range(1, 300) if wilson(0, n)[1] < .05)  # 73', 73,
        (Wrong(20, 'wilson(0, 20) ends at 16 %. One in twenty is not the same as twenty animals.'),
         Wrong(100, 'It does end below 5 % there. But it does so earlier already.')), tolerance=1),
    'decide': Item(('thresholds', 'intervals'), 'None of 15 missed: up to 20 in 100 may be missed all the same. With more labelled animals the interval becomes narrower, '
        'and the limit can be chosen by its cost. Until then every picture is looked at, and each look gives a label.', 'wilson(0, 15) ends at 20 %',
        ('What does `wilson(0, 15)` say?', 'Is a share of 20 in 100 acceptable for the last jaguar?', 'What makes the interval narrower?'),
        'more: label more animals first.', 'more',
        (Wrong('trust', 'None of 15. The true share may be anything up to 20 in 100, and this is the last jaguar.'),
         Wrong('all', 'Safe, and 83 hours for each card. After some hundred labelled animals you would know whether that is needed.'),
         Wrong('lower', 'It may help, and nobody would know how much: the count stays none of 15.'))),
    'order': Item(('review-queue', 'held-out-test'), 'The meaning of the albums comes first, because every answer rests on it. Training needs answers from two albums. The count by lot comes after the '
        'corrections, because it is about the albums as they will be handed out.', COUNTED,
        ('Nobody can answer before the albums have a meaning.', 'Before it can doubt, it must have learned. And what is counted is what is handed out.',
         'Meaning, some by lot, the doubtful, count, hand out.'), '[1, 3, 0, 4, 2]', [1, 3, 0, 4, 2],
        (Wrong([1, 0, 3, 4, 2], 'Before two albums have an answer, it doubts everything alike. Begin with some by lot.'),
         Wrong([3, 1, 0, 4, 2], 'Whoever answers before the albums have a meaning answers some of them twice.'),
         Wrong([1, 3, 4, 0, 2], 'Then you count albums that you are about to change. Correct first, then count.'),
         Wrong([1, 3, 0, 2, 4], 'Once the copies are out, the count comes too late to change anything.'))),
    'own': Item(('held-out-test', 'intervals'), 'Twenty drawn by lot speak for the whole disk, within their interval.', COUNTED,
        ('`my_desk.sample(20)` draws the rows.', "`my_desk.answer(row, 'birds', why='lot')` writes one answer down.",
         'Then run this cell again: `my_desk.count()` needs 20 or more.'), "own.check(my_desk.count()), after 20 answers with why='lot'",
        Count(24, .8, .6, .92), (Wrong(.8, 'Give what `my_desk.count()` gives: one number alone says neither how many were drawn nor how sure it is.'),
        Wrong(Count(6, .8, .4, .97), '6 pictures were drawn, and the true share may be anything from 40 to 97 %. Draw some more by lot, up to 20 or more.')),
        check=check_own),
    'appeal': Item(('thresholds',), 'What nobody sees, nobody misses. Somebody has to look at what was put aside, by lot, for ever.',
        'J. Buolamwini & T. Gebru 2018, PMLR 81:77',
        rubric=('What is rare is what the sorter knows least, and often what matters most: a new animal, an ill one, a person.',
                'Nobody notices at once: what was put aside unseen leaves no trace in the albums.',
                'Pictures drawn by lot from those put aside are looked at each season, by a person with a name.',
                'What was put aside is kept long enough to be looked at again.',
                'People in the pictures can ask to have them deleted, and know whom to ask.')),
    'exit_doubt': Item(('review-queue',), 'A look at a doubtful picture finds a mistake more often. It never finds all, and it says nothing of the rest.', COUNTED,
        ('What did the curve of the lab show?', 'Did 30 looks find all mistakes?', 'More of them, not all; and the count needs a lot.'), 'a', 'a',
        (Wrong('b', 'Some mistakes are sure of themselves. The curve reached its top only at the end.'),
         Wrong('c', 'They are the hardest ones. How good it is on the others, only pictures drawn by lot can tell.'))),
    'exit_file': Item(('undo-and-resume',), 'An answer costs a person some seconds. Whatever is on the disk survives a kernel, a battery, a closed lid.', COUNTED,
        ('What happened when the other program was killed?', 'What costs more: a millisecond of writing, or an answer?', 'Answers cost people time.'), 'c', 'c',
        (Wrong('a', 'Writing makes nothing faster. What did the killed program show?'),
         Wrong('b', 'Memory is saved elsewhere: only the pictures on the screen are opened.'))),
}
