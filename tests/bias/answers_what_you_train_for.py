"Answers, hints and known mistakes of lesson 24; the notebook never shows them before a try."
import numpy as np
from course.shared.check import Item, Wrong

LESSON = 'counted in this notebook'
BERKELEY = 'P. J. Bickel, E. A. Hammel, J. W. O\'Connell 1975, Science 187:398'

def price(truth, said, short, over): return short*(truth - said) if truth > said else over*(said - truth)
def turned_round(truth, said, short, over): return over*(truth - said) if truth > said else short*(said - truth)
def one_sided(truth, said, short, over): return short*max(0, truth - said)
def signed(truth, said, short, over): return short*(truth - said) if truth > said else over*(truth - said)
def starter(truth, said, short, over): ...

def check_state(state):
    "Read a state of the lab, run it, and say what it does to the two places."
    from course.bias.what_you_train_for import asks_for, cut_far, losses_by_group, make_calls
    parts = dict(part.split('=', 1) for part in str(state).split(';') if '=' in part)
    if not {'loss', 'cut', 'farms', 'aim'} <= parts.keys(): return 'Give the text of `lab.state()`.'
    if parts['farms'] != '5': return 'Five of 100 calls come from farms. More calls from there would help, and nobody can order them: set 5.'
    if parts['loss'] != 'squared error': return 'Keep squared error here. Which of the other choices is about people?'
    minutes, place = make_calls(2000, .05, int(parts.get('seed', 0)))
    stays = np.ones(len(minutes), bool) if parts['cut'] == 'none' else cut_far(minutes, float(parts['cut'][0]))
    fresh, where = make_calls(1000, .5, 99_999)
    off = {row.group: row.loss for row in losses_by_group(fresh, asks_for(minutes[stays], 'squared error', place[stays], parts['aim']), where)}
    if max(off.values()) <= 7: return True
    worst = max(off, key=off.get)
    return f'{worst.capitalize()}: off by {off[worst]:.1f} minutes. Whose error does "Keep small" keep small, and which rows may take part?'

def check_own(rows):
    "At least two groups with ten rows each."
    rows = list(rows) if isinstance(rows, (list, tuple)) else [rows]
    if not all(hasattr(row, 'loss') and hasattr(row, 'n') for row in rows): return 'What `losses_by_group` gives was wanted. Hand `rows` over.'
    if len(rows) < 2: return 'One group cannot be served worse than another. Name a column with at least two.'
    if few := [row.group for row in rows if row.n < 10]: return f'Fewer than ten rows: {", ".join(few)}. Gather more, or say that you do not know.'
    return True

class Row:
    "Stands in for a `GroupLoss`."
    def __init__(self, group, n, loss=1.): self.group, self.n, self.loss = group, n, loss

ITEMS = {
    'late': Item(('small-groups',), 'All were told about 15.6 minutes, the mean of all calls. A farm waits 27 on average, with a spread of 4: hardly '
        'any farm call is that fast.', LESSON),
    'cut_who': Item(('outliers',), 'Two spreads around the mean of all calls end at about 25 minutes. Most calls from a farm take longer: they are far '
        'from the mean because the farm is far from town.', LESSON),
    'fee': Item(('see-or-do',), 'In this world calls follow accidents. Taking the calls away leaves the accidents: 50 of 100 days, as before. '
        'The 18 that one sees on quiet days are days that were quiet because nothing had happened.', LESSON),
    'departments': Item(('standardising',), 'In A, B, D and F. In C and E men were admitted a little more often.', BERKELEY),
    'meals': Item(('loss',), 'Plan for enough on 4/(4 + 1) of the days. One more meal is worth cooking as long as the chance that it is needed, '
        'times 4, is more than the chance that it is left, times 1.', 'R. Koenker, G. Bassett 1978, Econometrica 46:33',
        ('Which two prices are there?', 'The price of too little, divided by both prices together.', '4/(4 + 1)'), '4/(4 + 1) = 0.8', .8,
        (Wrong(.2, 'That share makes too little the cheap side. Which side costs 4?'),
         Wrong(.25, 'That is one price divided by the other. Divide by both together.'),
         Wrong(.75, 'Divide by both prices together, 5, not by the larger one.'),
         Wrong(.5, 'Half of the days is the answer when both sides cost the same.')), tolerance=.004),
    'both_prices': Item(('loss',), 'Each side has its own price, and being exact costs nothing. With short = .9 and over = .1 it is the pinball loss '
        'for nine of ten.', 'R. Koenker, G. Bassett 1978, Econometrica 46:33',
        ('When is it too little: when `truth` is above `said`, or below?', 'Two cases: `truth > said` and the other.', 'In the other case it costs over*(said - truth).'),
        'if truth > said: return short*(truth - said)\nreturn over*(said - truth)', price,
        (Wrong(turned_round, 'The sides are swapped: too little was said when the truth is above it.'),
         Wrong(one_sided, 'Too much is free in yours. Then the best plan would be endless.'),
         Wrong(signed, 'For too much yours gives a price below 0: a reward. Take the distance.')),
        tries=((20, 12, .9, .1), (12, 20, .9, .1), (7, 7, 2, 3), (5, 9, 4, 1), (9, 5, 4, 1)), starter=starter),
    'bus': Item(('small-groups',), 'The mean delay is 0.9·5 + 0.1·25 = 7 minutes. At the tenth stop the bus comes 25 minutes late: 18 minutes after the new time.',
        LESSON, ('What is the mean delay?', '0.9*5 + 0.1*25', '25 minus that mean.'), '25 - 7 = 18', 18,
        (Wrong(7, 'That is the mean, by which the timetable moved. How far is 25 from it?'),
         Wrong(2, 'That is what the other nine stops are off. The question is about the tenth.'),
         Wrong(20, 'That is how far the two kinds of stop lie apart. The timetable moved a little towards the tenth.'),
         Wrong(10, 'The mean of 5 and 25 would be 15, if half of the stops were late ones. One in ten is.')), tolerance=.01),
    'sheep': Item(('outliers',), 'Distance from the mean finds the sick, the old and the other breed as surely as slips of the pen. Only somebody who knows the '
        'animals can tell them apart.', LESSON, ('What does the cut look at: errors, or distance?', 'If all 31 came from one pasture, would you want to know?',
        'Ask whose they are first.'), 'who', 'who',
        (Wrong('more', 'It would, on the rows that are left. Those who were hard to fit would be gone.'),
         Wrong('fine', 'They are few among all, and may be most of one pasture. In the valley, 5 of 100 rows held most of the farms.'),
         Wrong('never', 'A sheep of 4,000 kg is a slip of the pen, and may go by name. Ask before you decide.'))),
    'order': Item(('loss', 'small-groups'), 'Rows, then what may be removed by name, then the number that was asked for, then what each group pays on fresh calls.', LESSON,
        ('What must exist before anything is removed?', '`said` needs `stays`; `rows` needs `said`.', 'It begins with 4 and ends with 2.'),
        '4, 3, 1, 0, 2', [4, 3, 1, 0, 2],
        (Wrong([4, 1, 3, 0, 2], '`said` is learned from the rows that stay, so `stays` comes first.'),
         Wrong([4, 3, 0, 1, 2], '`rows` says what groups pay for `said`: that must exist first.'),
         Wrong([3, 4, 1, 0, 2], '`stays` asks for `minutes`, and nobody has read them yet.'))),
    'wards': Item(('standardising',), 'Half of the 240 patients are light cases and half heavy ones: 0.5·95 + 0.5·40 = 67.5 of 100. The north would have 60. Raw it looked '
        'the other way round: north 80, south 49.', LESSON,
        ('How many of the 240 are light cases?', 'Take the south\'s rate in each kind of case: 95 and 40 of 100.', 'Each kind is half of all: 0.5*95 + 0.5*40.'),
        '0.5*95 + 0.5*40 = 67.5', 67.5,
        (Wrong(49.2, 'That is the raw rate of the south, 59 of 120: it has mostly heavy cases. Give both kinds the share they have among all.'),
         Wrong(60, 'That is the north. What are the south\'s two rates?'),
         Wrong(85.8, 'That uses the mix of the north. Take the mix of all 240.'),
         Wrong(80, 'That is the raw rate of the north.')), tolerance=.3),
    'diet': Item(('see-or-do',), 'If the diet works by lowering blood pressure, then among people of equal pressure its work is already done and seems to be nothing. Like '
        'the cars after the salt: what comes after and because of it stays together.', 'J. Pearl 1995, Biometrika 82:669',
        ('Was the pressure measured before or after the diet began?', 'Is it ice, or is it cars?', 'It lies on the way from diet to stroke.'), 'not', 'not',
        (Wrong('always', 'Splitting by what lies on the way hides the effect. Which came first?'),
         Wrong('data', 'The size of a difference does not say which story is true. The order of things does.'))),
    'letter': Item(('standardising', 'see-or-do'), 'The counts show where the gap between 44.5 and 30.4 lies: between the departments, not inside most of them. They hold '
        'neither grades nor the reasons for a choice.', BERKELEY, ('What is in the table: people\'s grades? their reasons?', 'Which sentence claims only what was counted?',
        'One of them begins with "Inside".'), 'inside', 'inside',
        (Wrong('fair', 'No table of admissions can prove that: grades and reasons are missing, and so is the way to the departments.'),
         Wrong('unfair', 'Departments decide, and in four of six of them women were admitted more often. The raw rates mix them.'))),
    'both_served': Item(('small-groups', 'outliers'), 'With all rows kept, "equal voices" and "worst group" say about 21 minutes: both places are then off by about six. '
        'With a cut the far calls are missing from the aim as well.', LESSON,
        ('Look at "Keep small" and at "Rows cut beyond".', 'No cut, and an aim that is not the average.', 'cut=none;aim=worst group'),
        'lab.load("cut=none;aim=worst group"); lab.state()', 'loss=squared error;cut=none;farms=5;aim=worst group;seed=0',
        (Wrong('loss=squared error;cut=2 spreads;farms=5;aim=average;seed=0', 'Whose error does "Keep small" keep small'),
         Wrong('loss=squared error;cut=none;farms=5;aim=average;seed=0', 'Farms: off by'),
         Wrong('loss=squared error;cut=none;farms=50;aim=average;seed=0', 'Five of 100 calls come from farms'),
         Wrong('loss=nine of ten in time;cut=none;farms=5;aim=average;seed=0', 'Keep squared error here'),
         Wrong('worst group', 'Give the text of')), check=check_state),
    'own': Item(('small-groups',), 'A mean over all rows says nothing about a group. Each group with its loss, its interval and its rows can be discussed.', 'Your own data.',
        ('Which number is promised in your work, and to whom?', 'Three columns: truth, said, group.', 'Put the name of the file into `my_file` and run the cell again.'),
        "my_file = 'deliveries.csv'", [Row('north', 40), Row('south', 12)],
        (Wrong([Row('north', 40)], 'One group cannot be served worse'), Wrong([Row('north', 40), Row('south', 4)], 'Fewer than ten rows: south'),
         Wrong(3.2, 'Hand `rows` over')), check=check_own),
    'appeal': Item(('who is touched',), 'Somebody chose the loss, the cut and the aim. It helps to know who.', LESSON,
        rubric=('Did you name the side on which an error hurts, and whom?', 'Did you name who chose what to keep small?', 'Did you say to whom they can go, and what they may see?')),
}
