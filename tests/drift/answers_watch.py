"Answers for the lesson about the watch: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 35_watch.'

def bins(values, edges, inside):
    found = [0]*(len(edges) + 1)
    for value in values: found[sum(not inside(value, edge) for edge in edges)] += 1
    return found

def count_bins(values, edges): return bins([v for v in values if v is not None], edges, lambda v, e: v <= e)
def edge_goes_up(values, edges): return bins([v for v in values if v is not None], edges, lambda v, e: v < e)
def without_ends(values, edges): return count_bins(values, edges)[1:-1]
def empty_as_zero(values, edges): return bins([v or 0 for v in values], edges, lambda v, e: v <= e)

def check_own(watch):
    "A watch that has counted a table."
    if not hasattr(watch, 'tally') or not hasattr(watch, 'check'): return 'A watch was wanted: `Watch.fit(your_table)`. Give `mine`.'
    if watch.tally.n < 100: return f'{watch.tally.n} rows are few for a reference. Fit on a longer time that you trust.'
    return True

class Given:
    "Stands in for a watch or for its counts."
    def __init__(self, n): self.tally, self.n = self, n
    def check(self, table): return table

ITEMS = {
    'mondays': Item(skills=('false-alarm budget',), source=SOURCE, why='1 - 0.95**7 = 30 % of Mondays, about 16 of 52.'),
    'village': Item(skills=('power',), source=SOURCE, why='Twelve rows in a hundred that name a new village are no luck, and more than one in ten.'),
    'budget': Item(
        skills=('false-alarm budget',), source='Arithmetic.', reference=1/365, tolerance=6e-5,
        wrong=(Wrong(.05, 'At 5 % a daily check rings 18 times a year by luck alone.'),
               Wrong(1/52, 'That is the budget of a weekly check. How many checks has a year of days?')),
        hints=('How many checks are there in a year?', 'One alarm shared by all of them.', '1 / 365'),
        why='One false alarm shared by 365 checks: 0.0027 each.', solution='1/365 = 0.0027'),
    'count_bins': Item(
        skills=('data minimisation',), source=SOURCE, reference=count_bins,
        tries=(([5, 10, 11, 20, 21, None], [10, 20]), ([], [1]), ([3, 3, 4], [3]), ([None, 0, 7], [-1, 5])),
        wrong=(Wrong(edge_goes_up, 'A value on an edge belongs to the bin that ends there: up to *and with* 10.'),
               Wrong(without_ends, 'The outer bins are missing: below the first edge and above the last one.'),
               Wrong(empty_as_zero, 'An empty cell is not a zero. Leave it out of the bins.')),
        hints=('There is one bin more than there are edges.', 'For a value, count the edges below it: that is its bin.',
               'found = [0]*(len(edges) + 1), then found[sum(v > e for e in edges)] += 1 for each v that is not None'),
        why='These counts are all that the watch keeps of a column of numbers.',
        solution='def count_bins(values, edges):\n    found = [0]*(len(edges) + 1)\n    for v in values:\n'
                 '        if v is not None: found[sum(v > e for e in edges)] += 1\n    return found'),
    'routine': Item(
        skills=('monitoring',), source=SOURCE, reference=[1, 3, 0, 4, 2],
        wrong=(Wrong([3, 1, 0, 4, 2], 'Nothing can be checked before there is a reference.'),
               Wrong([1, 3, 2, 0, 4], 'First ask and label, then decide.')),
        hints=('What must exist before the first check?', 'Ask people before you ask the model.', 'It begins with 1, 3 and ends with 2.'),
        why='Trust first, then look, ask, label, decide.', solution='[1, 3, 0, 4, 2]'),
    'new_name': Item(
        skills=('monitoring',), source=SOURCE, reference='ask',
        wrong=(Wrong('drop', 'Nine patients would vanish from every later count, and nobody would know.'),
               Wrong('merge', 'A guess about a name is a wrong number later. Who knows the name?')),
        hints=('Who typed that name?', 'Could it be a spelling?', 'Do not drop, do not merge.'),
        why='New name or new spelling: a person knows in a minute, a table never.', solution='ask'),
    'harmless': Item(
        skills=('monitoring', 'harm'), source=SOURCE, reference='look',
        wrong=(Wrong('stop', 'The model did not lose right answers. Stopping it helps nobody who waits.'),
               Wrong('quiet', 'The alarm is right: people wait longer. Making it quiet hides them.')),
        hints=('What does the interval of harm say?', 'Is the change of interest although the model is fine?', 'Keep the model, look into the cause.'),
        why='The change is real and not the model\'s fault; it may still matter to patients.', solution='look'),
    'learn': Item(
        skills=('monitoring',), source=SOURCE, reference='no',
        wrong=(Wrong('yes', 'More rows of a broken thermometer teach the watch that broken is normal.'),
               Wrong('always', 'A reference that follows each week never rings when things slide slowly.')),
        hints=('What does the reference stand for?', 'What if the thermometer was broken that week?', 'Only rows that you trust.'),
        why='The reference is the time you trust. An unexplained week is not.', solution='no'),
    'own_watch': Item(
        skills=('monitoring',), source='Your own data.', reference=Given(400), check=check_own,
        wrong=(Wrong('spring.csv', 'A watch was wanted'), Wrong(Given(40), '40 rows are few')),
        hints=('Which table do you keep every week?', 'Save it as .csv and put its name into `trusted`.', "mine = Watch.fit('spring.csv')"),
        why='Your own table shows best what a watch sees and what not.', solution="Watch.fit('spring.csv')"),
    'touched': Item(
        skills=('who is touched',), source=SOURCE, why='Counts about people are still about people.',
        rubric=('Did you name who is in the table?', 'Did you name somebody who never gets into it?', 'Did you name a person they can ask?')),
}
