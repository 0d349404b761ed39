"Answers for the lesson about the calculator: never shown in the notebook."
from course.shared.check import Item, Wrong
from course.shared.footprint import find_zone

SOURCE = 'The lesson 41_calculator.'
BERT_KWH = 12041.51*79*1.58/1000 # Strubell 2019, table 3

def grams_of(watts, hours, building, grams_per_kwh): return watts*hours*building/1000*grams_per_kwh

def check_own(mine):
    "The four entries of the learner's own year, each possible."
    wanted = {'watts', 'hours', 'place', 'bill_kwh'}
    if not isinstance(mine, dict) or set(mine) != wanted: return f"A dict with {', '.join(sorted(wanted))} was wanted. Fill in `mine` and give it."
    if any(value is None for value in mine.values()): return 'One of the four is still None. A guess with wide ends is better than nothing.'
    try: low, usual, high = map(float, mine['watts'])
    except (TypeError, ValueError): return 'Watts are three numbers: low, usual and high, as in (10, 25, 65).'
    if not 1 <= low < usual < high <= 1000: return f'Watts of a laptop go up from low to high, from 1 to 1,000; you gave {low:g}, {usual:g}, {high:g}.'
    if not 0 < mine['hours'] <= 8784: return 'A year has 8,784 hours at most, and yours should be more than 0.'
    if not 0 < mine['bill_kwh'] < 10_000: return 'A household uses tens to hundreds of kWh a month: look for kWh on the bill, not for the price.'
    try: find_zone(mine['place'])
    except ValueError as problem: return str(problem)
    return True

MINE = dict(watts=(10, 25, 65), hours=300, place='SN', bill_kwh=120)

ITEMS = {
    'smaller': Item(skills=('checking a headline',), source='Patterson 2021, appendices C and D, arXiv 2104.10350',
        why='Five assumptions multiply: cards, model, chips, building, electricity.'),
    'planned': Item(skills=('energy', 'intervals'), source=SOURCE,
        why='About 360 kWh, times the grams of an unknown place: the ends are more than tenfold apart.'),
    'cards': Item(
        skills=('energy',), source=SOURCE, reference=18, tolerance=1e-6,
        wrong=(Wrong(12, 'This is what the cards draw. The building takes 1.5 times as much.'),
               Wrong(4.5, 'This is one card. There are four.'),
               Wrong(30, 'Four cards, not ten kilowatts: 4 × 300 W is 1.2 kW. Then the hours and the building.')),
        hints=('How many watts do four cards draw together?', '1.2 kW for 10 hours, then the building.', '1.2 × 10 × 1.5'),
        why='4 × 300 W × 10 h = 12 kWh, and the building makes 18 of it.', solution='4*300*10*1.5/1000 = 18'),
    'moved': Item(
        skills=('energy', 'electricity by place'), source='Strubell 2019, table 3; Electricity Maps in `datasets/grid`',
        reference=BERT_KWH*find_zone('FR').grams/1000, tolerance=.3,
        wrong=(Wrong(round(BERT_KWH/1.58*find_zone('FR').grams/1000, 2), 'The building is missing: its factor is 1.58.'),
               Wrong(round(BERT_KWH*.954*.45359237, 2), 'This is the electricity of the USA in the paper. Take `find_zone("FR").grams`.'),
               Wrong(round(BERT_KWH*find_zone('WORLD').grams/1000, 2), 'This is the world. Give France its code: FR.')),
        hints=('`kilowatt_hours` first, with the building.', 'Then times `find_zone("FR").grams`, divided by 1,000.',
               'kilowatt_hours(12041.51, 79, building=1.58)*find_zone("FR").grams/1000'),
        why='The energy stays; the grams of each kWh are about a fourteenth.',
        solution='kilowatt_hours(12041.51, 79, building=1.58)*find_zone("FR").grams/1000'),
    'grams_of': Item(
        skills=('energy',), source='Lacoste 2019, arXiv 1910.09700', reference=grams_of, tolerance=1e-6,
        tries=((300, 100, 1, 400), (300, 100, 1.58, 400), (30, 1.5, 1, 31), (1000, 1, 1.1, 57)),
        wrong=(Wrong(lambda w, h, b, g: w*h/1000*g, 'The building factor is not used. What does 1.58 do to the energy?'),
               Wrong(lambda w, h, b, g: w*h*b*g, 'Watts × hours are watt-hours. A kilowatt-hour has a thousand of them.'),
               Wrong(lambda w, h, b, g: w*h*b/1000*g/1000, 'These are kilograms; grams were asked for.')),
        hints=('Watts × hours gives watt-hours.', 'Divide by 1,000, times building, times grams of a kWh.',
               'return watts*hours*building/1000*grams_per_kwh'),
        why='300 W for 100 hours are 30 kWh; at 400 g each, 12 kg.',
        solution='def grams_of(watts, hours, building, grams_per_kwh):\n    return watts*hours*building/1000*grams_per_kwh'),
    'order': Item(
        skills=('intervals',), source=SOURCE, reference=[1, 3, 0, 4, 2],
        wrong=(Wrong([1, 0, 3, 4, 2], 'Dice need ranges: the ends come before the throws.'),
               Wrong([2, 1, 3, 0, 4], 'This prints before anything was worked out.'),
               Wrong([3, 1, 0, 4, 2], 'Ranges of what? Machines and place come first.')),
        hints=('What must be known first of all?', 'Ranges, then dice, then ends.', 'It begins with 1 and ends with 2.'),
        why='Facts, ranges, dice, ends, and the sentence with its assumptions.', solution='[1, 3, 0, 4, 2]'),
    'headline': Item(
        skills=('checking a headline',), source='Strubell 2019, table 3; Patterson 2021, appendix D', reference='search',
        wrong=(Wrong('train', 'Training was 192 pounds in the same table. The five cars stood for the search.'),
               Wrong('wrong', 'The formula was right and printed; five assumptions were not. And some runs do reach hundreds of tonnes.')),
        hints=('Which row of the table is divided by the car?', 'What did the logs say?', 'Search, estimate, 88.'),
        why='It says what was estimated, that it was an estimate, and what the logs showed.', solution='search'),
    'unknown': Item(
        skills=('electricity by place', 'intervals'), source=SOURCE, reference='world',
        wrong=(Wrong('ours', 'The power station stands near the machines, not near Fatou.'),
               Wrong('best', 'That is a wish. Nobody has said that the machines stand there.')),
        hints=('Where is the electricity made?', 'What is known when the place is not?', 'A wide true range, and a question.'),
        why='The range of the world is true; one e-mail narrows it more than anything else would.', solution='world'),
    'likeness': Item(
        skills=('everyday equivalents',), source=SOURCE, reference='car',
        wrong=(Wrong('video', 'Published figures for an hour of video differ fourteenfold. The comparison would be wider than the run.'),
               Wrong('small', 'Then the reader learns what Fatou wishes, not what the run costs.')),
        hints=('Compare the ranges of the comparisons.', 'Which one adds least doubt?', 'The claim above counts how many times wide each is.'),
        why='Known to the reader, narrow, and printed with both ends.', solution='car'),
    'own': Item(
        skills=('energy', 'intervals'), source='Your own charger and bill.', reference=MINE, check=check_own,
        starter=dict(watts=None, hours=None, place=None, bill_kwh=None),
        wrong=(Wrong(25, 'A dict with'), Wrong({**MINE, 'hours': None}, 'still None'), Wrong({**MINE, 'watts': 65}, 'three numbers'),
               Wrong({**MINE, 'watts': (65, 25, 10)}, 'go up from low to high'), Wrong({**MINE, 'hours': 9000}, '8,784 hours'),
               Wrong({**MINE, 'bill_kwh': 30_000}, 'not for the price'), Wrong({**MINE, 'place': 'Atlantis'}, 'No electricity figure')),
        hints=('The charger says the most, in watts or as volts × amperes.', 'Hours a year: hours a day × days.', 'On the bill look for kWh of one month.'),
        why='Your own number, with its ends, its place and something to hold it against.',
        solution='mine = dict(watts=(10, 25, 65), hours=300, place="SN", bill_kwh=120)'),
    'touched': Item(
        skills=('who is touched',), source=SOURCE, why='A figure before the run decides whether the run happens.',
        rubric=('Did you name someone whose work would not be done because of a figure that is too high?',
                'Did you name someone near the power station, or somebody who pays later?',
                'Did you say who may see the formula, and to whom they can write?')),
}
