"Answers for lesson 28, what do we stop seeing: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'Lesson 28, What do we stop seeing?'

def finds_a_look(looked, found): return [f/n if n else None for n, f in zip(looked, found)]
def zero_for_unknown(looked, found): return [f/n if n else 0 for n, f in zip(looked, found)]
def share_of_finds(looked, found): return [f/sum(found) for f in found]
def upside_down(looked, found): return [n/f if f else None for n, f in zip(looked, found)]
def left_out(looked, found): return [f/n for n, f in zip(looked, found) if n]

def check_own(check):
    "A check of a log with enough places and looks."
    if not all(hasattr(check, name) for name in ('places', 'p')):
        return 'What `check_log` gives was wanted. Name your file, run the cell, and hand over `my_check`.'
    if len(check.places) < 2: return 'One place alone cannot show where you do not look. Add a second, also one that nobody visits.'
    looks = sum(one.looked for one in check.places)
    if looks < 20: return f'{looks} looks are too few to say anything. Take a longer time, at least 20 looks.'
    return True

class Seen:
    "Stands in for a line of a log."
    def __init__(self, looked): self.looked = looked

class Given:
    "Stands in for a check of a log."
    def __init__(self, *looks): self.places, self.p = tuple(map(Seen, looks)), .4

ITEMS = {
    'average': Item(skills=('feedback-loops',), source='Eggenberger and Pólya 1923',
        why='Each walk is drawn by the book, so on average the book stays as it began: seven of ten. More days do not help.'),
    'near': Item(skills=('feedback-loops',), source='Eggenberger and Pólya 1923',
        why='The shares follow the Beta distribution with 7 and 3: about 10 of 100 lie between 45 and 55 %.'),
    'recall': Item(
        skills=('feedback-loops',), source='Lesson 22', reference='b',
        wrong=(Wrong('a', 'The arrest happened. But of two people who did the same, the one whom an officer saw was arrested.'),
               Wrong('c', 'Errors of typing are there too, but they fall on everybody alike.')),
        hints=('Who writes an arrest down?', 'What must be near for an arrest to happen?', 'An officer must be there.'),
        why='A record of arrests mixes what people do with where officers are.', solution='b'),
    'decide': Item(
        skills=('unknown-is-not-zero', 'correction'), source=SOURCE, reference='c',
        wrong=(Wrong('a', 'The harbour had ten times the visits. And nobody looked at the market: that is not "clean".'),
               Wrong('b', 'A visit to the hills finds more so far, but 20 visits leave room from 15 to 52 of 100.'),
               Wrong('d', 'A place left out of the table is a place nobody will visit next year either.')),
        hints=('Divide by the visits.', 'How sure are 6 of 20?', 'What do you know about the market?'),
        why='Finds a visit, with intervals; and what was not looked at is named.', solution='c'),
    'weight': Item(
        skills=('correction',), source='Ensign and others 2018', reference=25, tolerance=.5,
        wrong=(Wrong(20, 'That is the share of looks in the south. Divide it by the share of looks in the north.'),
               Wrong(80, 'That is where the team looks. The more it looks there, the fewer finds are written down.'),
               Wrong(100, 'Then nothing would be corrected. Only the finds in the south are all written down.')),
        hints=('Smallest share of looks: which is it?', 'Divide it by the share of the north.', '20 / 80'),
        why='The team looks four times as often in the north, so one find in four counts.', solution='20/80 = 25 of 100'),
    'order': Item(
        skills=('correction',), source='Ensign and others 2018', reference=[2, 0, 4, 3, 1],
        wrong=(Wrong([2, 0, 4, 1, 3], 'If the find is added before the lot is drawn, this is the plain loop again.'),
               Wrong([0, 2, 4, 3, 1], 'Before anybody can look, a place must be chosen.')),
        hints=('What happens first in the morning?', 'The lot decides whether a find is written down.', 'It begins with 2 and ends with 1.'),
        why='Choose, look, note, draw a lot, and only then write into the records that choose tomorrow.', solution='[2, 0, 4, 3, 1]'),
    'finds_a_look': Item(
        skills=('unknown-is-not-zero', 'correction'), source=SOURCE, reference=finds_a_look, tolerance=1e-9,
        tries=(([80, 20], [40, 12]), ([10, 0, 5], [1, 0, 5]), ([4], [2])),
        wrong=(Wrong(zero_for_unknown, 'Where nobody looked you say 0. Nothing is known there: give None.'),
               Wrong(share_of_finds, 'These are shares of all finds. They still follow the looking: divide by the looks.'),
               Wrong(upside_down, 'These are looks for a find. Turn the fraction round.'),
               Wrong(left_out, 'A place without looks has disappeared from your list. Keep its line and give None.')),
        hints=('Go through both lists together with zip.', 'What if there were 0 looks?', '[f/n if n else None for n, f in zip(looked, found)]'),
        why='Finds divided by looks; unknown stays unknown.',
        solution='def finds_a_look(looked, found):\n    return [f/n if n else None for n, f in zip(looked, found)]'),
    'nothing': Item(
        skills=('unknown-is-not-zero',), source='Wilson 1927; the rule of three', reference=11, tolerance=1.5,
        wrong=(Wrong(0, 'Nothing in 30 looks is likely too if there are a few finds in 100.'),
               Wrong(3, 'A place with 3 for 100 looks shows nothing in 30 looks four times in ten. Higher rates are possible.'),
               Wrong(50, 'With one find on every second look, 30 looks without any would be a wonder.')),
        hints=('`wilson(0, 30)` gives both ends.', 'Or the rule of three: 3 divided by the looks.', '3/30 is 10 of 100; Wilson says 11.'),
        why='wilson(0, 30) ends at .114. Even "nothing found" has an interval.', solution='wilson(0, 30)[1] = 0.114'),
    'reports_only': Item(
        skills=('reported-and-discovered',), source=SOURCE, reference=75, tolerance=.5,
        wrong=(Wrong(50, 'That would be so if people reported alike. The patrol sees reports, not incidents.'),
               Wrong(60, 'That is what is reported of the first district. Compare it with both together.'),
               Wrong(80, 'The other reports 20, so 60 stand against 20: 60 of 80.')),
        hints=('How many reports come from each, of 100 incidents there?', 'What share of all reports is that?', '60/(60 + 20)'),
        why='Three quarters of the calls come from one of two equal districts.', solution='60/(60 + 20) = 75 %'),
    'new_place': Item(
        skills=('unknown-is-not-zero', 'feedback-loops'), source=SOURCE, reference='c',
        wrong=(Wrong('a', 'What was never on the shelf could not be borrowed. Nothing is known about the demand.'),
               Wrong('b', 'The numbers cannot rise: what is not bought is not borrowed.'),
               Wrong('d', 'The correction divides by how often it was offered. Zero loans in zero offers stay unknown.')),
        hints=('What would have to happen for this number to change?', 'What does the correction do with 0 looks?', 'Somebody has to offer it.'),
        why='Only looking makes known. A small share of looks kept for the unknown is the price.', solution='c'),
    'own_log': Item(
        skills=('unknown-is-not-zero', 'correction'), source='Your own data.', reference=Given(12, 9, 0), check=check_own,
        wrong=(Wrong(.3, 'What `check_log` gives was wanted'), Wrong(Given(30), 'One place alone'), Wrong(Given(3, 2, 0), '5 looks are too few')),
        hints=('Where do you or your colleagues choose where to look?', 'Three columns: place, looked, found. Add places with 0 looks.',
               "Put the name of the file into `my_file` and run the cell again."),
        why='Once looks stand beside finds, anybody can see what was not looked at.', solution="check_log(pd.read_csv('visits.csv'))"),
    'appeal': Item(skills=('feedback-loops',), source=SOURCE, why='A loop has people on both ends: watched too much, and not seen.',
        rubric=('Did you name somebody who is looked at too often?', 'Did you name somebody who is never seen?',
                'Did you say who decides where to look next, and what they should have to show?')),
}
