"Answers for the lesson on long jobs: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 46_long_jobs.'
YOUNG = 'J. W. Young 1974, doi 10.1145/361147.361115'

def spot_is_cheaper(spot, full, work, expected): return spot*expected < full*work
def by_price_alone(spot, full, work, expected): return spot < full
def turned_round(spot, full, work, expected): return spot*work < full*expected
def by_hours_alone(spot, full, work, expected): return expected <= work

def check_own(plan):
    "A plan of `job_cost` with the work, the minutes between saves and the safe price."
    wanted = 'hours', 'dollars', 'kg', 'work', 'minutes between saves', 'safe dollars'
    if not isinstance(plan, dict) or set(wanted) - set(plan):
        return 'A plan with hours, dollars, kg and the safe price was wanted: give `my_plan`, as the cell makes it.'
    if plan['work'] < 1: return 'A job of less than an hour needs no plan: take your longest one.'
    if plan['hours'][0] < plan['work']: return 'The whole cannot take less time than the work. Change the numbers at the top of the cell, not the plan.'
    if plan['minutes between saves'] > 60*plan['work']/2 and plan['hours'][0] > 1.5*plan['work']:
        return 'This job hardly ever saves, and half of its hours are lost. What would make one save quicker?'
    return True

def plan(work=100., hours=110., minutes=50.):
    return {'hours': (hours, hours - 5, hours + 5), 'dollars': (30., 28., 33.), 'kg': (1., .5, 2.), 'work': work,
            'minutes between saves': minutes, 'safe dollars': 53.}

ITEMS = {
    'unsaved': Item(skills=('expected time',), source=SOURCE,
        why='48 hours without a cut come once in e^6, about 400 tries, and each failed try lasts about 8 hours.'),
    'same': Item(skills=('resume',), source=SOURCE,
        why='Weights, optimiser, scheduler, dice and waiting list were all set back, so every later step is the same sum.'),
    'forgotten': Item(skills=('resume', 'checkpoints'), source=SOURCE,
        why='Each of them steers later steps: the pace, the examples, the dropped weights.'),
    'soonest': Item(skills=('checkpoints',), source=YOUNG,
        why='The rule says the square root of 2 × 3 × 240 minutes, about 38; the valley around it is flat.'),
    'by_hand': Item(
        skills=('checkpoints',), source=YOUNG, reference=37.9, tolerance=1,
        wrong=(Wrong(27, 'This is the root of 2 × 360 = 720: the rule has one more factor 2, beside the 2 minutes of a save.'),
               Wrong(5, 'Here minutes and hours were mixed. Six hours are 360 minutes.'),
               Wrong(720, 'Lost work grows with the time between saves. The root is missing; the product alone is in square minutes.'),
               Wrong(360, 'Save only when a cut is due on average, and most pieces are lost.')),
        hints=('The rule: the root of 2 × save × time between interruptions.', 'Take minutes for both.', 'The root of 2 × 2 × 360'),
        why='The root of 1,440 is 37.9 minutes; anything from 20 to 75 is nearly as good.', solution='math.sqrt(2*2*360)'),
    'gpt': Item(
        skills=('prices',), source='Price of p3.16xlarge in `datasets/prices`; plan of J. Howard, fast.ai 2019.', reference=176_256, tolerance=1,
        wrong=(Wrong(52_848, 'That is the spot plan. Put 24.48 in the place of 7.34.'),
               Wrong(17_626, 'That is one server. The plan has ten.'),
               Wrong(5_875, 'Count the days: 24 hours, thirty times.')),
        hints=('Price × hours × servers.', 'How many hours have 30 days?', '24.48 × 720 × 10'),
        why='24.48 × 720 × 10 = 176,256 dollars, 3.3 times the spot plan.', solution='24.48*24*30*10'),
    'cheaper': Item(
        skills=('prices', 'expected time'), source=SOURCE, reference=spot_is_cheaper,
        tries=((.2, .5, 168, 190), (.2, .5, 168, 500), (7., 10., 48, 60), (7., 10., 48, 70), (.5, .2, 10, 11), (.1, 1., 10, 20), (.5, .2, 10, 60)),
        wrong=(Wrong(by_price_alone, 'The price of an hour is not the price of the job: lost work is paid as well.'),
               Wrong(turned_round, 'Which machine needs the expected hours? Multiply each price with its own hours.'),
               Wrong(by_hours_alone, 'Spot nearly always takes more hours. It may still cost less.')),
        hints=('Dollars are price times hours.', 'On demand runs for `work` hours, spot for `expected`.', 'return spot*expected < full*work'),
        why='Price ratio × time ratio below 1 is the same sentence.',
        solution='def spot_is_cheaper(spot, full, work, expected):\n    return spot*expected < full*work'),
    'lines': Item(
        skills=('checkpoints',), source='rename(2) of Linux: a new name replaces the old file in one step.', reference=[1, 4, 3, 2, 0],
        wrong=(Wrong([1, 4, 3, 0, 2], 'Renamed before the disk has it: after a power cut the new name may hold nothing.'),
               Wrong([1, 0, 4, 3, 2], 'The old file may only be replaced by one that is written.'),
               Wrong([4, 1, 3, 2, 0], 'A file needs its name before it is opened.')),
        hints=('First a name beside the old file.', 'What must have happened before the names change?', 'It begins with 1 and ends with 0.'),
        why='Name, open, write, wait for the disk, rename.', solution='[1, 4, 3, 2, 0]'),
    'missing': Item(
        skills=('resume',), source=SOURCE, reference='dice',
        wrong=(Wrong('none', 'After the cut the examples are shuffled anew, in another order. Look at *Break it*.'),
               Wrong('data', 'The data do not change while the job runs, so they need not be saved each time; but keep their fingerprint.')),
        hints=('What decides which examples come next?', 'Chance has a state too.', 'Look at what *Break it* left out.'),
        why='Dice and waiting list decide every later step.', solution='dice'),
    'monday': Item(
        skills=('prices', 'expected time'), source=SOURCE, reference='both',
        wrong=(Wrong('spot', 'An average is no promise: a good part of the runs takes longer than 195 hours. Look at the range.'),
               Wrong('safe', 'Safe, and more than twice the price. What would be lost by beginning on the cheap machine?')),
        hints=('Look at the upper end of the range.', 'Must the whole job run on one kind of machine?', 'A checkpoint can move.'),
        why='The checkpoint runs on either machine. As long as the hours left suffice for the work left, nothing is risked by waiting.', solution='both'),
    'own_job': Item(
        skills=('prices', 'checkpoints'), source='Your own job.', reference=plan(), check=check_own,
        wrong=(Wrong(42, 'A plan with hours, dollars, kg'), Wrong(plan(work=.2, hours=.3), 'less than an hour'),
               Wrong(plan(hours=90.), 'less time than the work'), Wrong(plan(hours=400., minutes=6000.), 'hardly ever saves')),
        hints=('Which of your jobs runs overnight?', 'Fill the numbers at the top of the cell; the rest is computed.', 'Run the cell again: it hands `my_plan` over.'),
        why='Hours, dollars and kilograms together are a plan; a price list is not.', solution='my_hours = 60, and your own prices'),
    'appeal': Item(
        skills=('who is touched',), source=SOURCE, why='A job that runs alone still acts for somebody.',
        rubric=('Did you name the people in the data, and where copies of it stay?', 'Did you name who pays when the job makes no progress?',
                'Did you name a second person who may stop it, and how they would notice?')),
}
