"Answers for the lesson about what counts: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 43_what_counts.'

def cut(grams):
    whole = sum(grams.values())
    return {name: one/whole for name, one in grams.items()} if whole else {}
def cut_percent(grams): return {name: 100*share for name, share in cut(grams).items()}
def cut_by_largest(grams):
    return {name: one/max(grams.values()) for name, one in grams.items()} if grams and max(grams.values()) else {}
def cut_evenly(grams): return {name: 1/len(grams) for name in grams} if sum(grams.values()) else {}

class Given:
    "Stands in for a line."
    def __init__(self, name, group, amount=1, usual=1): self.name, self.group, self.amount, self.usual = name, group, amount, usual

def check_own(lines):
    "Five lines of at least three circles, one of them far out, with different names."
    if not isinstance(lines, (list, tuple)) or not all(hasattr(line, 'group') and hasattr(line, 'usual') for line in lines):
        return 'A list of `Line` was wanted, as in the example. Give `my_lines`.'
    if len(lines) < 5: return f'Five lines or more were wanted; you gave {len(lines)}. What else did the project use?'
    if len({line.name for line in lines}) < len(lines): return 'Two lines have one name: is something counted twice?'
    groups = {line.group for line in lines}
    if len(groups) < 3: return f'Three circles or more were wanted; yours lie in {", ".join(sorted(groups))}.'
    if not groups & {'what was made', 'people'}: return 'Neither what was made nor people are counted. Take at least one of the two outer circles.'
    if not sum(line.amount*line.usual for line in lines) > 0: return 'All amounts are 0. Estimate with wide ends rather than leave a zero.'
    return True

OWN = [Given('a', 'the run'), Given('b', 'kept on'), Given('c', 'what was made'), Given('d', 'people'), Given('e', 'people')]

ITEMS = {
    'making': Item(skills=('share of the making',), source='ADEME in boaviztapi 2.5.0; Electricity Maps in `datasets/grid`',
        why='181 kg over 35,040 hours are 5.17 g; 30 W on French electricity are about 1 g.'),
    'machines': Item(skills=('boundary',), source=SOURCE, why='Journeys and machines outweigh the electricity of a small project.'),
    'monitor': Item(
        skills=('share of the making',), source='ADEME in boaviztapi 2.5.0', reference=1.855, tolerance=.011,
        wrong=(Wrong(7.42, 'This is the whole making on one year. It is used for four.'),
               Wrong(.54, 'This is hours for each gram, nearly turned over: grams ÷ hours was asked for.'),
               Wrong(0, 'Making costs something even when the monitor is off.')),
        hints=('65 kg are how many grams?', '65,000 g on 35,040 hours.', '65000/35040'),
        why='65,000 g on 35,040 hours: 1.86 g.', solution='making_per_hour(65, 35040)'),
    'tokens': Item(
        skills=('reading a headline',), source='Hoffmann 2022, arXiv 2203.15556', reference=60, tolerance=.01,
        wrong=(Wrong(3, 'One token for each parameter is far too little: it takes about 20.'),
               Wrong(18, 'Six are the operations for each parameter and token. The tokens for a parameter are about 20.'),
               Wrong(360, 'Operations are not needed here: tokens for each parameter, about 20.')),
        hints=('How many tokens for each parameter?', 'About 20.', '20 × 3'),
        why='About 20 tokens for each parameter.', solution='60'),
    'hospitals': Item(
        skills=('sharing a model',), source='Luccioni 2024, table 5', reference=30*10505/(10505 + 30*543), tolerance=.06,
        wrong=(Wrong(30, 'The tunings are not free: thirty of them are more than one training of this model.'),
               Wrong(round(10505/543, 1), 'This compares one training with one tuning. One training and thirty tunings were asked for.'),
               Wrong(round(30*(10505 + 543)/(10505 + 30*543), 1), 'Whoever trains for itself needs no tuning.')),
        hints=('Thirty trainings on one side.', 'One training and thirty tunings on the other.', 'shared_body(10505, 543, 30)'),
        why='315,150 kWh beside 26,795.', solution='apart, together = shared_body(10505, 543, 30); apart/together'),
    'cut': Item(
        skills=('boundary',), source=SOURCE, reference=cut, tolerance=1e-9,
        tries=(({'run': 1., 'flight': 3.},), ({'a': 5.},), ({'a': 0., 'b': 2., 'c': 6.},), ({'a': 0.},), ({},)),
        wrong=(Wrong(cut_percent, 'These are percents. Shares go from 0 to 1.'),
               Wrong(cut_by_largest, 'This compares with the largest slice. A share compares with the whole.'),
               Wrong(cut_evenly, 'A pie is not cut in equal pieces: each slice by its grams.')),
        hints=('What is the whole?', 'Divide each by the sum; first look whether the sum is 0.',
               'whole = sum(grams.values())'),
        why='Each by the whole; where the whole is nothing there is no pie.',
        solution='def cut(grams):\n    whole = sum(grams.values())\n    return {name: one/whole for name, one in grams.items()} if whole else {}'),
    'order': Item(
        skills=('boundary',), source=SOURCE, reference=[2, 4, 0, 3, 1],
        wrong=(Wrong([4, 2, 0, 3, 1], 'What is counted depends on the line: draw it first.'),
               Wrong([1, 2, 4, 0, 3], 'This prints before anything is known.'),
               Wrong([2, 0, 4, 3, 1], 'Amounts come before prices: otherwise things are priced that nobody used.')),
        hints=('What must be decided, not measured?', 'Line, amounts, prices.', 'It begins with 2 and ends with 1.'),
        why='Decide, count, price, add, print with what is missing.', solution='[2, 4, 0, 3, 1]'),
    'first': Item(
        skills=('boundary',), source=SOURCE, reference='flight',
        wrong=(Wrong('mail', 'All e-mails together are less than one percent of this project.'),
               Wrong('training', 'In this project the training is a ten-thousandth. In another it may be nearly all: look at the pie first.')),
        hints=('Which slice is the largest?', 'Sort `shares(lines, "FR")`.', 'One slice is more than half.'),
        why='One evening belongs to the slice that is more than half of the pie.', solution='flight'),
    'versus': Item(
        skills=('boundary', 'reading a headline'), source=SOURCE, reference='unknown',
        wrong=(Wrong('a', 'A may be smaller, or may only have counted less.'),
               Wrong('b', 'Honest is not the same as clean. Its electricity is not told apart.')),
        hints=('Is the same thing counted?', 'What would B be without machines and failed runs?', 'One line for both.'),
        why='Only figures with the same line can be compared.', solution='unknown'),
    'own': Item(
        skills=('boundary',), source='Your own project.', reference=OWN, check=check_own, starter=[],
        wrong=(Wrong('my garden', 'A list of `Line`'), Wrong(OWN[:3], 'Five lines or more'),
               Wrong([OWN[0], *OWN[:4]], 'counted twice'), Wrong([Given(str(i), 'people') for i in range(5)], 'Three circles'),
               Wrong([Given(str(i), group) for i, group in enumerate(['the run', 'the run', 'kept on', 'what did not work', 'kept on'])], 'outer circles'),
               Wrong([Given(line.name, line.group, 0) for line in OWN], 'All amounts are 0')),
        hints=('Walk through one day of the project, from morning to night.', 'Machines, desks, messages, journeys.', 'Copy lines of `project()` and change the amounts.'),
        why='A list that another person can question line by line.', solution="my_lines = [Line('my laptop', 'what was made', 1, 'quarter of a laptop', 31_000, 45_250, 100_000), ...]"),
    'touched': Item(
        skills=('who is touched',), source=SOURCE, why='A line around a figure is drawn by somebody, for a reason.',
        rubric=('Did you name somebody whose work or harm is outside the figure?', 'Did you say who drew the line, and what they gain by it?',
                'Did you say what would be printed beside the figure?')),
}
