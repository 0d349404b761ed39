"Answers for the lesson about the report: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 36_on_duty.'

def headline(columns): return 'Something moved: ' + ', '.join(dict.fromkeys(columns)) if columns else 'Nothing to do'
def twice(columns): return 'Something moved: ' + ', '.join(columns) if columns else 'Nothing to do'
def sorted_names(columns): return 'Something moved: ' + ', '.join(sorted(set(columns))) if columns else 'Nothing to do'
def never_quiet(columns): return 'Something moved: ' + ', '.join(dict.fromkeys(columns))

def check_own(code):
    "An exit code of a check that could be made."
    if code not in (0, 1, 2) or isinstance(code, bool): return 'The exit code of `watch_command` was wanted: 0, 1 or 2.'
    return code != 2 or 'Exit code 2: the check could not be made. Read the sentence above and mend that first.'

ITEMS = {
    'looser': Item(skills=('false-alarm budget',), source=SOURCE, why='A lower bar is crossed sooner, by luck and by truth alike.'),
    'exit_two': Item(
        skills=('automation',), source=SOURCE, reference='blind',
        wrong=(Wrong('calm', 'That is 0. A check that fails must never look like a quiet one.'),
               Wrong('rang', 'That is 1, however many columns moved. The columns stand on the page.')),
        hints=('0 is quiet.', '1 is an alarm.', 'What is left: no verdict at all.'),
        why='2 means that nobody looked: a file is missing, cut off or of another kind.', solution='blind'),
    'spent': Item(
        skills=('false-alarm budget',), source='Arithmetic.', reference=2.5, tolerance=.05,
        wrong=(Wrong(1, 'One was the budget for 52 checks. More checks draw more lots.'),
               Wrong(.4, 'That is 52 divided by 130: the wrong way round.')),
        hints=('How many times the plan is 130?', '130 / 52', 'Each 52 checks bring one by luck.'),
        why='130/52 = 2.5 times the plan, so 2.5 by luck.', solution='130/52 = 2.5'),
    'order_page': Item(
        skills=('reporting',), source=SOURCE, reference=[2, 1, 4, 0, 3],
        wrong=(Wrong([3, 2, 1, 4, 0], 'Few people read past a table. Put it last, for those who want to dispute it.'),
               Wrong([0, 2, 1, 4, 3], 'An order without a reason is not followed. First say what moved.')),
        hints=('What does a colleague ask first?', 'Doing comes after knowing whether it matters.', 'It begins with 2 and ends with 3.'),
        why='What, how sure, does it matter, what now, and the numbers for whoever doubts.', solution='[2, 1, 4, 0, 3]'),
    'headline': Item(
        skills=('reporting',), source=SOURCE, reference=headline,
        tries=(([],), (['age', 'village'],), (['village', 'age', 'village'],)),
        wrong=(Wrong(twice, 'A column that moved in two ways stands there twice. Name it once.'),
               Wrong(sorted_names, 'The surest column came first; keep the order in which they came.'),
               Wrong(never_quiet, 'An empty list means that nothing moved. Say so.')),
        hints=('What if the list is empty?', 'dict.fromkeys(columns) keeps each name once, in order.', "', '.join(...) puts commas between."),
        why='One line that is true when everything is quiet, too.',
        solution="def headline(columns):\n    if not columns: return 'Nothing to do'\n    return 'Something moved: ' + ', '.join(dict.fromkeys(columns))"),
    'cut_off': Item(
        skills=('monitoring',), source=SOURCE, reference='again',
        wrong=(Wrong('mend', 'Nobody can mend counts by hand, and the fingerprint would show it.'),
               Wrong('today', 'Then this week, whatever is wrong with it, becomes the measure of all others.')),
        hints=('What does a reference stand for?', 'Which months do you trust?', 'Neither an editor nor this week.'),
        why='A reference can always be made again from trusted months; that is why they are kept.', solution='again'),
    'nobody': Item(
        skills=('monitoring', 'reporting'), source='Cvach 2012', reference='name',
        wrong=(Wrong('loud', 'Loudness wears off. Who is supposed to act, and how do they know?'),
               Wrong('off', 'Then the broken thermometer goes on unseen. What was missing was a person.')),
        hints=('Whose task is it?', 'What does the page ask them to do?', 'A name and a rule.'),
        why='An alarm without an owner is noise.', solution='name'),
    'own_page': Item(
        skills=('automation',), source='Your own data.', reference=1, check=check_own,
        wrong=(Wrong('page.html', 'The exit code of `watch_command` was wanted'), Wrong(2, 'Exit code 2: the check could not be made')),
        hints=('Save two months as .csv.', 'Put their names into `trusted` and `recent`.', 'Run the cell again: it hands the exit code over.'),
        why='From here a timer can do it.', solution="watch_command('spring.csv', 'june.csv', page='page.html')"),
    'notice': Item(
        skills=('who is touched',), source=SOURCE, why='People can only appeal against what they know.',
        rubric=('Does it say what was wrong, and when?', 'Does it say who was touched, in words they use?', 'Does it say where to go now?')),
}
