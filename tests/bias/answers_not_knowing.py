"Answers for the lesson about what a model does not know: never shown in the notebook."
from types import SimpleNamespace
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 26_not_knowing.'

def wrong_of_answered(sure, right, limit):
    told = [hit for one, hit in zip(sure, right) if one >= limit]
    return told.count(False)/len(told) if told else None

def wrong_of_all(sure, right, limit):
    return sum(one >= limit and not hit for one, hit in zip(sure, right))/len(sure)

def right_of_answered(sure, right, limit):
    wrong = wrong_of_answered(sure, right, limit)
    return None if wrong is None else 1 - wrong

def zero_of_none(sure, right, limit): return wrong_of_answered(sure, right, limit) or 0.

def above_only(sure, right, limit): return wrong_of_answered([one - 1e-9 for one in sure], right, limit)

def check_own(found):
    "A calibration of at least 20 forecasts that can be told apart."
    if not all(hasattr(found, name) for name in ('n', 'ece', 'luck', 'rows')):
        return 'What `calibration` gives was wanted: n, gap and luck together. Give `mine`.'
    if found.n < 20: return f'{found.n} forecasts are few: with fewer than 20 luck hides everything. Gather more.'
    if len(found.rows) < 2: return 'All forecasts are equally sure. Use the whole scale: some things are more likely than others.'
    return True

def given(n, rows): return SimpleNamespace(n=n, ece=.1, luck=.2, rows=tuple(range(rows)))

ITEMS = {
    'recall': Item(
        skills=('intervals',), source='The tool `wilson`, course.shared.score.', reference='b',
        wrong=(Wrong('a', 'Then every sample would give the same rate. Another ten pictures could be 8 or 10 of 10.'),
               Wrong('c', 'For so narrow a range a few hundred pictures are needed.')),
        hints=('How much could another ten pictures differ?', 'Ten is few: the range is wide.', 'Try `wilson(9, 10)`.'),
        why='9 of 10 does not contradict any rate from 59.6 % to 98.2 %.', solution='b'),
    'floor': Item(skills=('ambiguity',), source=SOURCE,
        why='Pure ones: none wrong. One or three of four: 5 of 20 each. Two of four: 10 of 20. Together 20 of 100.'),
    'believed': Item(skills=('calibration',), source=SOURCE, why='It learned lots of the draw by heart as if they were knowledge: it boasts.'),
    'meadow': Item(skills=('abstaining',), source=SOURCE, why='Chances add up to 1 over the drawers it knows; none of them has to fit.'),
    'strays': Item(skills=('review',), source=SOURCE, why='It has learned the bank: it is wrong about strays, and sure of it.'),
    'lab': Item(skills=('abstaining',), source=SOURCE, why='At temperature 1 the model boasts, so "80 % and above" is wrong more often than it says.'),
    'leaflet': Item(
        skills=('calibration',), source='Roelofs and others 2022, arXiv 2012.08668', reference='more',
        wrong=(Wrong('bad', '9 is below what luck gives an honest model with 40 patients. Nothing is shown.'),
               Wrong('good', 'A gap that luck explains does not prove honesty either. What would tell you more?')),
        hints=('Compare 9 with 14.', 'Can 40 patients show the difference?', 'Neither "boasts" nor "honest" follows.'),
        why='The gap of 9 lies within what an honest model shows with 40; a boasting one could show it too.', solution='more'),
    'limit': Item(
        skills=('review',), source='C. K. Chow 1970, doi 10.1109/TIT.1970.1054406', reference=.95, tolerance=1e-6,
        wrong=(Wrong(.05, 'That is the chance of a mistake at the limit. The question asks for the sureness.'),
               Wrong(.9, 'Compare 2 minutes with 40, not with 20: at 90 % sure, answering costs 4 minutes.'),
               Wrong(.5, 'At 50 % sure, answering costs 20 minutes on average and a look 2.')),
        hints=('What does answering cost on average at 90 % sure?', 'When does (1 - sure) × 40 equal 2?', '1 - 2/40'),
        why='At 95 % sure a mistake costs 5 % of 40 = 2 minutes on average: as much as a look.', solution='1 - 2/40 = 0.95'),
    'steps': Item(
        skills=('calibration',), source=SOURCE, reference=[3, 1, 0, 4, 2],
        wrong=(Wrong([3, 0, 1, 4, 2], 'Before a temperature can be fitted there must be a trained model.'),
               Wrong([1, 3, 0, 4, 2], 'Cut first: what was trained on cannot be held out afterwards.'),
               Wrong([3, 1, 0, 2, 4], 'ECE "after" can be counted once the temperature was used.')),
        hints=('Which step must come before any training?', 'Each part has one use.', 'It begins with 3 and ends with 2.'),
        why='Three parts, three uses: train, fit the temperature, judge.', solution='[3, 1, 0, 4, 2]'),
    'by_hand': Item(
        skills=('abstaining',), source=SOURCE, reference=wrong_of_answered, tolerance=1e-9,
        tries=(([.9, .8, .6], [True, False, False], .8), ([.9, .7], [False, True], .5), ([.6, .7], [True, False], .95),
               ([.99, .9, .8, .7], [True, True, False, True], .75)),
        wrong=(Wrong(wrong_of_all, 'You divide by all examples. Those that wait are not answered: divide by the answered ones.'),
               Wrong(right_of_answered, 'This is the share of right ones. Wrong ones were asked for.'),
               Wrong(zero_of_none, 'Where nothing is answered the share is undefined, so `None`: 0 would look perfect.'),
               Wrong(above_only, '"At `limit` or above": the one that is exactly at the limit is answered too.')),
        hints=('First keep those whose sureness is at least `limit`.', 'Then count False among them, and divide by how many they are.',
               'Return None before you divide by 0.'),
        why='Answered and wrong belong together; of nothing, no share is known.',
        solution='def wrong_of_answered(sure, right, limit):\n    told = [hit for one, hit in zip(sure, right) if one >= limit]\n'
                 '    return told.count(False)/len(told) if told else None'),
    'pile': Item(
        skills=('review',), source=SOURCE, reference=300,
        wrong=(Wrong(600, 'That is how many came to wait. 60 a day were looked at.'),
               Wrong(60, 'That is what one day leaves. There are five.'),
               Wrong(0, '120 come each day and 60 are done: the pile does not stay empty.')),
        hints=('How many wait each day?', 'How many of those are left each evening?', '(120 - 60) × 5'),
        why='30 % of 400 are 120; 60 are left each evening, 300 after five days. Whose are they?', solution='(120 - 60)*5 = 300'),
    'follow': Item(
        skills=('automation-bias',), source='Rezazade Mehrizi and others 2023, doi 10.1038/s41598-023-36435-3', reference=78,
        wrong=(Wrong(90, 'That is what she does alone. Now she follows the machine in 20 cases where it is wrong.'),
               Wrong(98, 'Where she follows a wrong answer she is wrong: those 20 are lost.'),
               Wrong(60, 'That is the machine alone. She still finds 18 of its mistakes.')),
        hints=('For how many is the machine right?', 'Of the 40 wrong ones, how many does she name rightly?', '60 + 18'),
        why='60 + 18 = 78: fewer than the 90 she has alone. Among doubtful pictures the machine is a bad adviser.', solution='60 + 18 = 78'),
    'decide': Item(
        skills=('review', 'automation-bias'), source='E. Jones and others 2021, arXiv 2010.14134', reference='stop',
        wrong=(Wrong('go', 'The average rose because the others are many. Who pays for it?'),
               Wrong('higher', 'In this group the mistakes are the surest answers: a higher limit keeps just those.')),
        hints=('Is the average a person?', 'Why did a higher limit not help the strays?', 'Which answer changes something for the group?'),
        why='A limit cannot mend a model that is sure and wrong about a group; people and new pictures can.', solution='stop'),
    'own': Item(
        skills=('calibration',), source='Your own data.', reference=given(24, 4), check=check_own,
        wrong=(Wrong(.08, 'n, gap and luck together'), Wrong(given(12, 4), 'forecasts are few'), Wrong(given(30, 1), 'equally sure')),
        hints=('What will be known by the end of the week?', 'Fill `likely` with chances and `happened` with True and False.',
               'Run the cell again: it hands `mine` over.'),
        why='Whoever writes chances down and looks back learns how far they can be believed.', solution='calibration(likely, happened)'),
    'appeal': Item(
        skills=('review',), source=SOURCE, why='A limit decides who meets a person, and who never does.',
        rubric=('Did you name somebody who waits, and what waiting costs them?', 'Did you name somebody who is judged wrongly with high sureness?',
                'Did you say to whom they can go, and that this person has not seen the answer before?')),
}
