"Answers to the questions of 42_meter, right and wrong, with what to say to each."
from course.shared.ask import Item, Wrong
from course.shared.footprint import Footprint, Part, find_zone

def joules(before, after, last_value): return after - before if after >= before else after - before + last_value

def watt_hours(samples):
    return sum((a + b)/2*(u - t) for (t, a), (u, b) in zip(samples, samples[1:]))/3600

def mean_times_span(samples):
    return sum(w for _, w in samples)/len(samples)*(samples[-1][0] - samples[0][0])/3600

def left_rule(samples):
    return sum(a*(u - t) for (t, a), (u, _) in zip(samples, samples[1:]))/3600

def example(seconds, note=()):
    part = Part('processor', .001*seconds, .0005*seconds, .002*seconds, 'modelled')
    return Footprint('sorting pictures', (part,), seconds, notes=note)

def check_own(run):
    "Accept any footprint of five seconds or more."
    if not hasattr(run, 'kwh'): return 'A footprint was asked for: give `mine.footprint`, without quotes.'
    if run.kwh <= 0: return 'Nothing flowed: the clock stood still. Put your code inside the `with` block and run the cell.'
    if run.seconds < 5: return (f'Your code ran {run.seconds:.2g} s. Under five seconds a meter guesses more than it sees: '
                                'take a longer task, or repeat a short one in a loop.')
    return True

ITEMS = {
    'spread': Item(
        skills=('intervals',), source='Measured in 2026: codecarbon 3.3.2 and carbontracker 2.4.7, offline, on a rented machine.',
        why='The watts were guessed from a name and the place from nothing; the factors multiply.'),
    'strongest': Item(
        skills=('electricity by place', 'boundary'), source='The cell below the lab.',
        why='Look at the ratio of the largest to the smallest value of each control.'),
    'bulb': Item(
        skills=('energy',), source='Arithmetic.', reference=45, tolerance=.5,
        wrong=(Wrong(2700, 'That is watts times minutes. A watt-hour is a watt for an hour.'),
               Wrong(20, 'That divides. Twice the time costs twice the energy, so watts and hours multiply.'),
               Wrong(30, 'That is the power alone. How long did it flow?')),
        hints=('Energy is power times time.', 'How many hours are 90 minutes?', '30 × 1.5'),
        why='90 minutes are 1.5 hours, and 30 W × 1.5 h = 45 Wh.', solution='45'),
    'word': Item(
        skills=('measured or guessed',), source='This notebook.', reference='modelled',
        wrong=(Wrong('measured', 'Only the business of the processor was read. No instrument saw the energy.'),
               Wrong('assumed', 'Something about this run was read: how busy it was. Assumed means that nothing was.')),
        hints=('Which part was read from this machine?', 'Was it energy that was read?', 'Read, then turned into watts by a curve.'),
        why='Load was read, watts came from a curve: modelled.', solution='modelled'),
    'where': Item(
        skills=('electricity by place',), source='Electricity Maps 2025 in `datasets/grid`.',
        reference=find_zone('PL').grams/find_zone('FR').grams, tolerance=.3,
        wrong=(Wrong(1, 'The kWh stay the same, but the grams do not. Ask `in_region` for both places.'),
               Wrong(find_zone('WORLD').grams/find_zone('FR').grams, 'That is the world beside France. Give Poland its code: PL.')),
        hints=('`m.footprint.in_region(...)` has `.grams`.', 'Divide the two.',
               "m.footprint.in_region('PL').grams/m.footprint.in_region('FR').grams"),
        why='Same energy; coal in one place, mostly nuclear power in the other.',
        solution="m.footprint.in_region('PL').grams/m.footprint.in_region('FR').grams"),
    'wrap': Item(
        skills=('energy',), source='This notebook.', reference=joules, tolerance=1e-9,
        tries=((10., 25., 60.), (59.9, .7, 60.), (0., 0., 60.), (60e3, 1e3, 262e3)),
        wrong=(Wrong(lambda before, after, last_value: after - before,
                     'This gives energy that flows back when the counter has begun again. When is `after` smaller?'),
               Wrong(lambda before, after, last_value: abs(after - before),
                     'Turning the sign around does not tell how far it was to the end. What lies between `before` and `last_value`?'),
               Wrong(lambda before, after, last_value: max(0., after - before),
                     'This throws away what flowed across the wrap. Only a little, but once every few minutes.')),
        hints=('What if `after` is smaller than `before`?', 'To the last value, and then from 0.', '(after - before) % last_value'),
        why='Up to the last value flows `last_value - before`, then `after` more.',
        solution='def joules(before, after, last_value):\n    return (after - before) % last_value'),
    'energy': Item(
        skills=('energy',), source='The trapezoid rule.', reference=watt_hours, tolerance=1e-9,
        tries=(([(0, 100), (3600, 100)],), ([(0, 0), (10, 100), (3600, 100)],), ([(5, 60)],), ([(0, 50), (1, 250), (600, 0)],)),
        wrong=(Wrong(mean_times_span, 'This takes the mean of the samples. Samples that lie close together then count too much.'),
               Wrong(left_rule, 'This holds each value until the next sample. On a straight line the middle of the two counts.'),
               Wrong(lambda samples: watt_hours(samples)*3600, 'These are joules, watt-seconds. An hour has 3600 seconds.')),
        hints=('Between two samples: which power, for how long?', 'The middle of the two powers, times the seconds between.',
               'sum((a + b)/2*(u - t) for (t, a), (u, b) in zip(samples, samples[1:]))/3600'),
        why='A straight line has its mean in the middle; widths differ, so each piece counts by its own width.',
        solution='def watt_hours(samples):\n    return sum((a + b)/2*(u - t) for (t, a), (u, b) in zip(samples, samples[1:]))/3600'),
    'order': Item(
        skills=('energy',), source='This notebook.', reference=[3, 2, 4, 0, 1],
        wrong=(Wrong([2, 4, 0, 3, 1], 'The meter opens after the work. What has to stand around the loop?'),
               Wrong([3, 2, 0, 4, 1], 'This asks before the batch has run: one batch is never paid for. Ask after it.'),
               Wrong([1, 3, 2, 4, 0], 'This tells the cost before there is any.')),
        hints=('What surrounds everything that costs?', 'The check comes once in each round, after the work.', 'It begins with line 3.'),
        why='Open, repeat, work, look, and tell at the end.', solution='[3, 2, 4, 0, 1]'),
    'form': Item(
        skills=('intervals', 'measured or guessed'), source='This notebook.', reference='range',
        wrong=(Wrong('low', 'Newer is not truer: it believed it stood in Québec. What did each tool know?'),
               Wrong('mean', 'The mean of two guesses is a third guess, and hides that they are 380 times apart.'),
               Wrong('none', 'Something is known: the seconds, the load, the range of watts and of places.')),
        hints=('What would let a reader check her?', 'Which answer cannot be proved wrong next year?', 'A number alone says too much, nothing says too little.'),
        why='A range with its reasons is true today, and can be narrowed tomorrow.', solution='range'),
    'afternoon': Item(
        skills=('intervals', 'electricity by place'), source='53 to 700 is a factor of 13, 7 to 14 a factor of 2.', reference='place',
        wrong=(Wrong('plug', 'The watts are known within a factor of 2. Which factor is larger?'),
               Wrong('repeat', 'Repeating narrows chance. Here nothing was drawn by chance: two figures are not known.')),
        hints=('Divide high by low for each.', 'Ratios multiply: remove the larger one first.', '700/53 beside 14/7'),
        why='The place spreads the answer 13 times, the watts twice. One e-mail to the provider removes the larger.', solution='place'),
    'own': Item(
        skills=('energy',), source='Your own machine.', reference=example(12.), check=check_own, starter=None,
        wrong=(Wrong(example(.2, (('short', ''),)), 'Under five seconds a meter guesses'),
               Wrong('mine.footprint', 'A footprint was asked for'),
               Wrong(Footprint('nothing', (), 6.), 'Nothing flowed')),
        hints=('The code stands inside the `with` block.', 'Repeat a short task in a loop.', 'for _ in range(100): ...'),
        why='Any run of your own will do: the point is to see your own machine named, with its doubt.',
        solution="with Meter('something of mine') as mine:\n    my_code()\nown.check(mine.footprint)"),
    'touched': Item(
        skills=('who is touched',), source='This notebook.',
        why='A number without its place, year and boundary compares things that are not alike.',
        rubric=('Did you name a person or a place that such a table makes look worse than it is?',
                'Did you name one who looks better than they are, for example by certificates?',
                'Did you print energy, interval or boundary beside the grams?',
                'Did you say where somebody can complain?')),
    'dance': Item(
        skills=('energy',), source='This notebook.', reference=10,
        wrong=(Wrong(14, 'The inner window lies inside the outer one. Adding them counts the dance twice.'),
               Wrong(6, 'That is the evening without the dance. What did all of it cost?')),
        hints=('One meter on the wall, read four times.', 'Which two readings hold the whole evening?', 'The outer window.'),
        why='Both windows look at the same meter; the outer one holds the inner one.', solution='10'),
    'agree': Item(
        skills=('measured or guessed',), source='This notebook.', reference='same',
        wrong=(Wrong('right', 'Two clocks set by the same wrong clock agree as well. What did they measure?'),
               Wrong('none', 'They may have measured. Agreement alone does not tell.')),
        hints=('Think of two clocks.', 'What could two tools share?', 'Same table, same formula, same number.'),
        why='Agreement shows what they share. Only an instrument outside, or an interval, tells how far both may be off.', solution='same'),
    'offline': Item(
        skills=('electricity by place', 'intervals'), source='This notebook.', reference='world',
        wrong=(Wrong('guess', 'That is how a run in Burkina Faso becomes 100 times cleaner than it was.'),
               Wrong('stop', 'The energy can still be read. Only the place is missing, and its range is known.')),
        hints=('What is known without any internet?', 'How wide is the range over all countries?', 'Say what you do not know.'),
        why='A wide true range beats a narrow false number, as long as the sentence says why it is wide.', solution='world'),
}
