"Answers for the lesson about rows and harm: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 37_enough_rows.'

def ring_share(p, alpha): return sum(v <= alpha for v in p)/len(p) if len(p) else None
def counted(p, alpha): return sum(v <= alpha for v in p)
def other_side(p, alpha): return sum(v > alpha for v in p)/len(p) if len(p) else None
def zero_of_none(p, alpha): return sum(v <= alpha for v in p)/max(1, len(p))

def check_own(rows):
    "A number of rows that `smallest_sample` gave."
    if isinstance(rows, bool) or not isinstance(rows, int): return 'A whole number of rows was wanted, as `smallest_sample` gives it.'
    return rows >= 5 or 'So few rows can carry no test. Give your table as `trusted` and let `smallest_sample` count.'

ITEMS = {
    'cans_needed': Item(skills=('sample size',), source=SOURCE, why='About sixty: KS then rings in 8 of 10 such months.'),
    'power_word': Item(
        skills=('power',), source=SOURCE, reference='blind',
        wrong=(Wrong('fine', 'With power 0.3 it would also be silent in 7 of 10 months in which the change is there.'),
               Wrong('wrong', 'It does what it can with the rows it gets. Give it more rows.')),
        hints=('How often does it ring when the change is there?', 'How often is it silent then?', '1 - 0.3'),
        why='Silence of a weak test is no evidence.', solution='blind'),
    'half': Item(
        skills=('sample size',), source='The spread of a share falls with the square root of n.', reference=480, tolerance=60,
        wrong=(Wrong(240, 'Half the step needs more than twice the rows: luck shrinks only with the square root of the rows.'),
               Wrong(60, 'A smaller change is harder to see, not easier.')),
        hints=('Luck shrinks with the square root of the rows.', 'To halve the luck, take four times the rows.', '4 × 120'),
        why='Half the effect, half the luck wanted, four times the rows.', solution='4*120 = 480'),
    'plan': Item(
        skills=('sample size', 'harm'), source=SOURCE, reference=[1, 3, 2, 0, 4],
        wrong=(Wrong([0, 3, 2, 1, 4], 'Rows that were collected before the question was asked are often too few or the wrong ones.'),
               Wrong([3, 1, 2, 0, 4], 'First what would harm, then which test can see it.')),
        hints=('What must be known before a test is chosen?', 'Rows come late in the plan.', 'It begins with 1 and ends with 4.'),
        why='Harm first, then the test, then the rows, then the data.', solution='[1, 3, 2, 0, 4]'),
    'ring_share': Item(
        skills=('power',), source=SOURCE, reference=ring_share, tolerance=1e-9,
        tries=(([.01, .2, .05, .6], .05), ([.5, .9], .05), ([], .05), ([.3], .5)),
        wrong=(Wrong(counted, 'This counts the months. A share divides by all of them.'),
               Wrong(other_side, 'These are the silent months. Which p rings?'),
               Wrong(zero_of_none, 'No month, no share: `None`, not 0.')),
        hints=('Which p ring at alpha?', 'Divide by the number of months.', 'sum(v <= alpha for v in p)/len(p), and None for an empty list'),
        why='In a world that moved this share is the power, in a quiet one the false alarms.',
        solution='def ring_share(p, alpha):\n    return sum(v <= alpha for v in p)/len(p) if p else None'),
    'partners': Item(
        skills=('multivariate two-sample test',), source=SOURCE, reference='mmd',
        wrong=(Wrong('ks', 'Each column by itself is as before, so each column test is as quiet as in a quiet month.'),
               Wrong('psi', 'More bins of one column still show one column.')),
        hints=('Where does the change sit: in a column or between two?', 'Which test looks at whole rows?', 'Not KS, not PSI.'),
        why='MMD compares whole rows, so it sees partners part ways.', solution='mmd'),
    'corner': Item(
        skills=('harm', 'monitoring'), source=SOURCE, reference='model',
        wrong=(Wrong('off', 'Then the changes that hurt are unheard, too.'),
               Wrong('retrain', 'A model that never looks at weight learns nothing from it. That costs energy and hours for nothing.')),
        hints=('Whom does the change of weight hurt?', 'Keep the alarm for what can hurt.', 'Note it, do not ring.'),
        why='An alarm is for what can hurt; the rest is a note.', solution='model'),
    'own_rows': Item(
        skills=('sample size',), source='Your own data.', reference=120, check=check_own,
        wrong=(Wrong('120', 'A whole number of rows was wanted'), Wrong(2, 'So few rows can carry no test')),
        hints=('Which numbers do you keep each month?', 'Put them into `trusted`, numbers only.', 'Run the cell again: it hands the number over.'),
        why='The number of rows is a decision; now it has a reason.', solution='smallest_sample(trusted, moved)'),
    'loss': Item(
        skills=('who is touched',), source=SOURCE, why='The person who chooses the loss is rarely the one who bears it.',
        rubric=('Did you name a loss in plain units?', 'Did you name a person who bears it?', 'Were they asked?')),
}
