"Answers for the lesson about one's own stream: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 38_own_stream.'

def less_before(values, season):
    return [None if place < season or value is None or values[place - season] is None else value - values[place - season]
            for place, value in enumerate(values)]
def turned(values, season): return [None if value is None else -value for value in less_before(values, season)]
def short(values, season): return less_before(values, season)[season:]
def gaps_are_zero(values, season):
    return [None if place < season else (value or 0) - (values[place - season] or 0) for place, value in enumerate(values)]
def start_is_zero(values, season): return [0]*season + less_before(values, season)[season:]

def check_own(found):
    "A file that was read, with a bell that heard more than it learned from."
    if not isinstance(found, dict) or not {'n', 'quiet', 'budget', 'rung', 'notes'} <= set(found):
        return 'A dictionary with n, quiet, budget, rung and notes was wanted. Give `found`.'
    if found['n'] < found['quiet'] + 30: return (f"{found['n']} values, {found['quiet']} of them to learn from: "
                                                 'fewer than 30 are left to listen to.')
    return True

def given(n=400, quiet=200): return {'n': n, 'quiet': quiet, 'budget': 1, 'rung': [], 'notes': []}

ITEMS = {
    'wait': Item(skills=('honest delay',), source=SOURCE,
        why='The fall grew over weeks, days are sticky, and one false alarm a year asks for a high limit.'),
    'sleeper': Item(skills=('seasons',), source=SOURCE,
        why='The level rings each spring like a calendar, and who takes days for free rings all year: neither is news.'),
    'by_hand': Item(
        skills=('seasons',), source=SOURCE, reference=less_before,
        tries=(([1, 2, 4, 8], 1), ([5, 6, 7, 9, 9], 2), ([1, None, 3, 5, 4], 1), ([1, 2], 2)),
        wrong=(Wrong(turned, 'The sign is turned: today less the season before.'),
               Wrong(short, 'The list is too short: the first season has no year before, so it is None.'),
               Wrong(gaps_are_zero, 'A missing value is not 0. Where either is missing the difference is None.'),
               Wrong(start_is_zero, 'The first season has nothing to be compared with: None, not 0.')),
        hints=('What stands `season` places before `values[place]`?', 'Two reasons for None: too early, or missing.',
               '`value - values[place - season]`'),
        why='A difference with the season before takes out whatever comes back each season.',
        solution='def less_before(values, season):\n    out = []\n    for place, value in enumerate(values):\n'
                 '        before = values[place - season] if place >= season else None\n'
                 '        out.append(None if value is None or before is None else value - before)\n    return out'),
    'back': Item(
        skills=('seasons',), source=SOURCE, reference=168,
        wrong=(Wrong(24, 'That is the same hour of yesterday: a Monday would be compared with a Sunday.'),
               Wrong(7, 'Seven days, but the meter writes 24 values a day.'),
               Wrong(8736, 'That is 52 weeks. One week was asked for.')),
        hints=('How many values has a day?', 'And a week?', '7 × 24'), why='7 days of 24 hours.', solution='168'),
    'feast': Item(
        skills=('seasons',), source=SOURCE, reference='calendar',
        wrong=(Wrong('limit', 'A limit that sleeps through Easter sleeps through a change of that size, too.'),
               Wrong('trust', 'Something has changed, and it is the calendar. It will change back.')),
        hints=('Which day should a feast be compared with?', 'What is the season here: weeks, or a calendar?', 'Like with like.'),
        why='Compare like with like; where that is not possible, leave out and say so.', solution='calendar'),
    'moved': Item(
        skills=('concept shift',), source=SOURCE, reference='concept',
        wrong=(Wrong('covariate', 'In covariate shift the readings move. Here they are as ever.'),
               Wrong('season', 'A season would show in the readings, too, and it does not come overnight.')),
        hints=('Which of the two bells rings?', 'Did the readings move?', 'Same readings, other truth.'),
        why='Same readings, another truth behind them: the meaning moved.', solution='concept'),
    'way': Item(
        skills=('false-alarm budget', 'time series in files'), source=SOURCE, reference=[1, 3, 4, 0, 2],
        wrong=(Wrong([1, 3, 4, 2, 0], 'A bell that goes to work before it heard your quiet years is untested.'),
               Wrong([1, 4, 3, 2, 0], 'Test the bell on quiet years before it works each morning.'),
               Wrong([1, 3, 0, 4, 2], 'Its limit comes from the budget: agree on that before you count bells.')),
        hints=('What do you have to read first?', 'What comes last is done every day.', 'It begins with 1 and ends with 2.'),
        why='Read, choose what to compare with, agree, test, work.', solution='[1, 3, 4, 0, 2]'),
    'ring': Item(
        skills=('honest delay',), source=SOURCE, reference='why',
        wrong=(Wrong('reset', 'If half as many families come, the new level is the news. Do not teach the bell to call it usual.'),
               Wrong('off', 'Then the next change is not heard at all.')),
        hints=('What does a bell never say?', 'Who could know?', 'First why, then whether to learn anew.'),
        why='A bell says when. What to do depends on why.', solution='why'),
    'own': Item(
        skills=('time series in files', 'false-alarm budget'), source='Your own data.', reference=given(), check=check_own,
        wrong=(Wrong(3, 'A dictionary with n, quiet, budget, rung and notes'), Wrong(given(210), 'fewer than 30 are left')),
        hints=('Which file has one line a day?', 'Write its name between the quotes.', 'Say how many values at the beginning were quiet.'),
        why='A file with dates, a season taken out, a budget: that is a bell one can take to work.', solution="mine = 'meter.csv'"),
    'appeal': Item(
        skills=('who is touched',), source=SOURCE, why='A stream about things is often a stream about people.',
        rubric=('Did you name a person whose habits show in the numbers?', 'Did you say who is called when it rings?',
                'Did you say where they can object, and what they may see?')),
}
