"Answers for the lesson about streams: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 33_streams.'

def pot_with(empty=True, above=lambda pot, limit: pot > limit, count=0, drain=1):
    def pot_rings(surprises, slack, limit):
        pot = 0.
        for day, surprise in enumerate(surprises):
            pot += surprise - drain*slack
            if empty: pot = max(0., pot)
            if above(pot, limit): return day + count
    return pot_rings

def check_own(found):
    "A stream that is long enough and gives a bell a chance."
    if not isinstance(found, dict) or not {'n', 'budget', 'rung'} <= set(found):
        return 'A dictionary with n, budget and rung was wanted. Give `found`.'
    if found['n'] < 100: return f"{found['n']} values are too few: 60 say what is usual, the bell needs 30 more to begin. Bring at least 100."
    if found['rung'] and found['rung'][0] < 60: return ('It rang inside the 60 values that should be quiet. '
                                                        'Were they? Choose a quieter beginning.')
    return True

ITEMS = {
    'delay': Item(skills=('false-alarm budget', 'delay'), source=SOURCE,
        why='At two spreads, less a quarter of slack, the pot gains about 1.75 a day; its limit is near 8.'),
    'river': Item(skills=('delay',), source=SOURCE,
        why='In its first weeks a river moves less than the slack, and the mean that the bell learns moves with it.'),
    'pot': Item(
        skills=('Page-Hinkley',), source='Page 1954, doi 10.1093/biomet/41.1-2.100', reference=pot_with(),
        tries=(([1, 1, 1, 1], .25, 2), ([-5, -5, 3, 3], .5, 4), ([0, 1, 0, -2, 5], .25, 4.5), ([.25, .25], .25, 1), ([1, 1.5, 1], .5, 1.5), ([1, 1, 1], .5, 1.2)),
        wrong=(Wrong(pot_with(empty=False), 'Your pot falls below empty: after good days it would have to fill a hole first.'),
               Wrong(pot_with(above=lambda pot, limit: pot >= limit), 'It rings when the pot is above the limit, not when it is exactly full.'),
               Wrong(pot_with(count=1), 'Days are counted from 0 here.'),
               Wrong(pot_with(drain=0), 'The slack is missing: without it quiet days fill the pot, too.')),
        hints=('One line for the pot, one question about it.', '`max(0, pot + surprise - slack)`', '`enumerate` gives the day with each surprise.'),
        why='The pot is the running sum, held above zero; the slack drains it on quiet days.',
        solution='def pot_rings(surprises, slack, limit):\n    pot = 0\n    for day, surprise in enumerate(surprises):\n'
                 '        pot = max(0, pot + surprise - slack)\n        if pot > limit: return day'),
    'decision': Item(
        skills=('false-alarm budget',), source=SOURCE, reference='look',
        wrong=(Wrong('retrain', 'A few odd days are a poor school: trained on a fair week, the model learns a fair.'),
               Wrong('ignore', 'A budget of one does not say which bell is the false one. Look before you decide.')),
        hints=('What does the bell know of the reason?', 'Which answer costs least and can be undone?', 'Who in town would know?'),
        why='A bell says when, never why. Looking is cheap; a new model and silence are dear.', solution='look'),
    'many': Item(
        skills=('false-alarm budget',), source=SOURCE, reference=1, tolerance=.1,
        wrong=(Wrong(50, 'That is a year. The question asks for a week.'),
               Wrong(0, 'Fifty promises of one a year add up.'),
               Wrong(7, 'Seven days have a week; but each of 50 bells rings once in 52 weeks.')),
        hints=('How many false alarms in a year, over all shops?', '50 bells, once a year each.', '50 / 52'),
        why='50 a year are about one a week: a budget must be shared among the bells.', solution='50/52, about 1'),
    'steps': Item(
        skills=('false-alarm budget',), source=SOURCE, reference=[1, 3, 4, 0, 2],
        wrong=(Wrong([3, 4, 0, 2, 1], 'The budget comes from people, before anything is computed.'),
               Wrong([1, 4, 3, 0, 2], 'What should be simulated is not known before level, spread and stickiness are learned.'),
               Wrong([1, 3, 4, 2, 0], 'Without a limit there is nothing to try.')),
        hints=('Who is asked first?', 'One can only simulate what one has measured.', 'It begins with 1 and ends with 2.'),
        why='Budget, usual, simulated quiet years, limit, trial.', solution='[1, 3, 4, 0, 2]'),
    'seller': Item(
        skills=('delay', 'false-alarm budget'), source=SOURCE, reference='false',
        wrong=(Wrong('price', 'A bell that rings every day is cheap and finds each change within one day.'),
               Wrong('method', 'Any method can be made fast by letting it ring for nothing.')),
        hints=('Which bell of the lesson has no delay at all?', 'What stands beside each delay in this lesson?', 'The bell "every day".'),
        why='A delay means something only beside the false alarms.', solution='false'),
    'winter': Item(
        skills=('seasons',), source=SOURCE, reference='season',
        wrong=(Wrong('limit', 'A limit that sleeps through winter sleeps through a change of that size, too.'),
               Wrong('off', 'A change in December would then be heard in March.')),
        hints=('Is the bell wrong about December?', 'What is usual for a Tuesday in December?', 'Look at "season less last year" in the lab.'),
        why='Compared with the same weekday a year before, December is usual, and a change is not.', solution='season'),
    'own': Item(
        skills=('Page-Hinkley', 'false-alarm budget'), source='Your own data.', reference={'n': 200, 'budget': 1, 'rung': [120]}, check=check_own,
        wrong=(Wrong(.5, 'A dictionary with n, budget and rung'), Wrong({'n': 40, 'budget': 1, 'rung': []}, 'are too few'),
               Wrong({'n': 300, 'budget': 1, 'rung': [44, 90]}, 'inside the 60 values')),
        hints=('Which number do you write down every day?', 'Oldest first, at least 100.', 'Fill `mine` and run the cell again.'),
        why='A stream with a budget can be listened to for years.', solution="mine = list(pandas.read_csv('visitors.csv')['visitors'])"),
    'appeal': Item(
        skills=('who is touched',), source=SOURCE, why='The one who sets the budget is seldom the one who pays.',
        rubric=('Did you name who pays for a false alarm?', 'Did you name who pays for a late one?', 'Did you say who may change the limit?')),
}
