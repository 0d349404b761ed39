"Answers for the lesson on where and when: never shown in the notebook."
from course.shared.check import Item, Wrong
from course.shared.footprint import find_zone

SOURCE = 'The lesson 44_where_and_when.'

def sums(series, hours, slack): return [sum(series[start:start + hours]) for start in range(slack + 1)]
def best_start(series, hours, slack): return sums(series, hours, slack).index(min(sums(series, hours, slack)))
def greenest_hour(series, hours, slack): return list(series).index(min(series[:slack + 1]))
def forgets_the_last(series, hours, slack): return best_start(series, hours, max(0, slack - 1))
def dirtiest(series, hours, slack): return sums(series, hours, slack).index(max(sums(series, hours, slack)))

def paid(series, forecast, hours):
    ranked = sorted(range(len(forecast)), key=lambda hour: forecast[hour])
    return sum(series[hour] for hour in ranked[:hours])/hours
def pays_the_forecast(series, forecast, hours): return sum(sorted(forecast)[:hours])/hours
def knows_the_future(series, forecast, hours): return sum(sorted(series)[:hours])/hours
def pays_the_sum(series, forecast, hours): return paid(series, forecast, hours)*hours

def check_own(mine):
    "A job with hours and slack and what they save, or a bill with two amounts."
    if not isinstance(mine, dict) or not mine.get('what'): return 'A dictionary with `what` was wanted: fill in `own` or `bill`, and give `mine`.'
    if 'grams' in mine: return True if 0 < mine.get('least', 0) <= mine['grams'] else 'After moving, a bill weighs no more than before, and more than 0.'
    if 'flexible start' not in mine: return 'Run the cell again: `savings` adds what waiting saves.'
    if mine.get('slack', 0) == 0: return 'Without slack nothing can move: how long may it really wait?'
    return True

MOVED = round(100*(1 - find_zone('FR').grams/find_zone('DE').grams))
ITEMS = {
    'hundred': Item(skills=('electricity by place',), source='datasets/shifting, hundred.csv',
        why='525 beside 41 g/kWh in 2025. Other tables say 250 times: they count no dam.'),
    'wait': Item(skills=('electricity by hour',), source=SOURCE, why='Averaged over 8,731 arrivals; one lucky evening can save far more.'),
    'longer': Item(skills=('electricity by hour',), source=SOURCE, why='36 hours must run through a night and a day; pausing skips the evening.'),
    'kept': Item(skills=('defaults',), source='Ebeling and Lotz 2015, doi 10.1038/nclimate2681',
        why='About 70 of 100 left the tick where it was; without it about 7 set one.'),
    'decide': Item(
        skills=('electricity by place', 'electricity by hour'), source=SOURCE, reference='night',
        wrong=(Wrong('move', 'It would save most, and break the law that protects the patients. What is left?'),
               Wrong('nothing', 'Places matter more, but a short job with slack still saves a part: how much was it for six hours?')),
        hints=('Which choice is not allowed here?', 'Six hours, a day of slack: what did it save?', 'The hour can be chosen, the place cannot.'),
        why='What may not move in space may still move in time.', solution='night'),
    'honest': Item(
        skills=('average or marginal',), source='Gorka 2024, arXiv 2411.06560', reference='change',
        wrong=(Wrong('fine', 'Averages are right for sharing out. The sentence speaks of a change. Look at the small grid again.'),
               Wrong('lie', 'They often are. The question is what the air noticed of the move.')),
        hints=('What does "cut" claim?', 'Which station works more when one job comes?', 'Share, or change?'),
        why='By averages they hold a smaller share. Whether less went up depends on the stations that were switched on.', solution='change'),
    'best_start': Item(
        skills=('electricity by hour',), source='Dodge 2022, arXiv 2206.05229', reference=best_start,
        tries=(([5, 55, 10, 10, 10], 2, 3), ([10, 20, 30], 2, 1), ([9, 8, 1, 20, 3, 3, 3], 3, 4), ([4, 4, 4], 1, 2), ([30, 100, 50, 1], 1, 3)),
        wrong=(Wrong(greenest_hour, 'This takes the single cleanest hour. What comes right after it is paid too: add up the whole job.'),
               Wrong(forgets_the_last, '`range(slack)` ends one early: the job may also begin exactly `slack` hours later.'),
               Wrong(dirtiest, 'This is the dirtiest start. Smallest sum.')),
        hints=('How many starts are there, with a slack of 3?', 'sum(series[start:start + hours]) for each start', 'min(range(slack + 1), key=...)'),
        why='Try each start from 0 to slack, and keep the first with the smallest sum.',
        solution='def best_start(series, hours, slack):\n    return min(range(slack + 1), key=lambda start: sum(series[start:start + hours]))'),
    'paid': Item(
        skills=('forecast',), source=SOURCE, reference=paid, tolerance=1e-9,
        tries=(([10, 20, 30, 40], [40, 30, 20, 10], 2), ([5, 1, 9], [5, 1, 9], 1), ([7, 7, 1, 3], [1, 2, 9, 9], 2)),
        wrong=(Wrong(pays_the_forecast, 'This pays the forecast. The forecast chooses; the hours that came are paid.'),
               Wrong(knows_the_future, 'This ranks on what came, which nobody knew. Rank on the forecast.'),
               Wrong(pays_the_sum, 'This is the sum. Divide by the hours for a mean.')),
        hints=('Two lists: which one chooses, which one pays?', 'sorted(range(len(forecast)), key=lambda hour: forecast[hour])', 'Then the mean of `series` at the first `hours` of them.'),
        why='The forecast gives the order of the hours, the series gives the price.',
        solution='def paid(series, forecast, hours):\n    ranked = sorted(range(len(forecast)), key=lambda hour: forecast[hour])\n'
                 '    return sum(series[hour] for hour in ranked[:hours])/hours'),
    'steps': Item(
        skills=('electricity by hour', 'forecast'), source=SOURCE, reference=[1, 4, 0, 2, 3],
        wrong=(Wrong([4, 1, 0, 2, 3], 'Before it can run in a good hour it must know which are good: rank first.'),
               Wrong([1, 4, 2, 0, 3], 'A state can only be loaded after it was saved.')),
        hints=('What must be known before the first hour?', 'Run, save, load.', 'It begins with 1 and ends with 3.'),
        why='Rank, run, save, go on, and tell what was really paid.', solution='[1, 4, 0, 2, 3]'),
    'moved': Item(
        skills=('electricity by place',), source='datasets/grid', reference=MOVED, tolerance=1.5,
        wrong=(Wrong(100 - MOVED, 'That is what remains. How much is saved?'),
               Wrong(100, 'French electricity is not free of carbon: its figure is above 0.')),
        hints=("find_zone('DE').grams and find_zone('FR').grams", '1 - FR/DE', "100*(1 - find_zone('FR').grams/find_zone('DE').grams)"),
        why='Same energy, a smaller figure: the share that is gone is 1 - FR/DE.', solution=f'{MOVED}'),
    'twice': Item(
        skills=('electricity by hour',), source=SOURCE, reference='utc',
        wrong=(Wrong('drop', 'Both hours were real: deleting one loses its energy.'),
               Wrong('mean', 'They are two hours with two amounts. One mean makes them one.')),
        hints=('How many hours did that day have?', 'Which clock is never changed?', 'UTC'),
        why='In UTC every hour has one name, in spring as in autumn.', solution='utc'),
    'own': Item(
        skills=('electricity by hour',), source='Your own job or bill.',
        reference={'what': 'nightly backup', 'hours': 2, 'slack': 10, 'flexible start': .1, 'pause and resume': .11}, check=check_own,
        wrong=(Wrong({'what': ''}, '`what` was wanted'), Wrong({'what': 'x', 'hours': 2, 'slack': 0, 'flexible start': 0.}, 'Without slack nothing can move'),
               Wrong({'what': 'x', 'hours': 2, 'slack': 3}, '`savings` adds'), Wrong({'what': 'my bill', 'grams': 10., 'least': 20.}, 'weighs no more')),
        hints=('What on your machine runs while you sleep?', "own = dict(what='nightly backup', hours=2, slack=10)", 'Run the cell again: it hands `mine` over.'),
        why='Now you know whether your own slack is worth the trouble.', solution="own = dict(what='nightly backup', hours=2, slack=10)"),
    'touched': Item(
        skills=('defaults', 'who is touched'), source=SOURCE, why='A default is a decision that somebody made for those who do not read.',
        rubric=('Did you name who set it, and what they gain?', 'Did you name someone for whom it is wrong?', 'Did you say how it is changed, and how long that takes?')),
}
