"Answers, hints and known mistakes of lesson 22; the notebook never shows them before a try."
import numpy as np
from course.shared.check import Item, Wrong

SHADES = 'J. Buolamwini & T. Gebru 2018, PMLR 81:77, table 4'
COMPAS = 'J. Larson et al. 2016, github.com/propublica/compas-analysis'

def precision(right_no, false_yes, missed_yes, right_yes):
    told = false_yes + right_yes
    return right_yes/told if told else None

def divides_by_nobody(right_no, false_yes, missed_yes, right_yes): return right_yes/(false_yes + right_yes) if false_yes + right_yes else 0
def found_of_the_ill(right_no, false_yes, missed_yes, right_yes):
    ill = missed_yes + right_yes
    return right_yes/ill if ill else None
def accuracy(right_no, false_yes, missed_yes, right_yes):
    people = right_no + false_yes + missed_yes + right_yes
    return (right_no + right_yes)/people if people else None
def starter(right_no, false_yes, missed_yes, right_yes): ...

def check_budget(state):
    "Read a state of the lab and say what its worst tone tells."
    parts = dict(part.split('=', 1) for part in str(state).split(';') if '=' in part)
    if parts.get('each') != '20': return 'The money is for 20 pictures of each sign: move "Of each sign" to 20 and try again.'
    chosen = parts.get('tones', '')
    if chosen == 'all five': return True
    return {'two lightest': 'The lightest hands are read best, and the darkest almost never. The worst tone counts here.',
            'two darkest': 'Now the lightest hands are left out. The worst tone counts here.',
            'both ends': 'Better, and the tone in the middle was never seen: it is the worst one now. Try what is left.'}.get(
            chosen, 'Give the text of `hands_lab.state()`, such as "tones=all five;each=20;seed=0".')

ITEMS = {
    'recall': Item(('intervals',), 'Five right answers are what a model with a true rate of 57 % gives once in about 16 times, so they do not rule it out. '
        'Wilson\'s interval for 5 of 5 starts at 56.6 %.', 'E. B. Wilson 1927, J. Am. Stat. Assoc. 22:209',
        ('How likely are five heads in a row with a fair coin?', 'A fair coin does it once in 32 times. Is that impossible?',
         'Wilson\'s interval for 5 of 5 starts a little above one half.'), 'b: from about 57 % to 100 %.', 'b',
        (Wrong('a', 'Then five heads in a row would prove that a coin has no tails.'),
         Wrong('c', '95 % is how often such intervals keep their word, not where this one starts.'))),
    'darker_women': Item(('rates-by-group',), 'Microsoft\'s product of 2017 was wrong for 20.8 % of darker women and for 0.0 % of lighter men. '
        'One number for all, 93.7 % right, held both.', SHADES),
    'cell': Item(('rates-by-group',), 'All women together were wrong in 21.3 % of 567 cases: 120.8 people. Darker women account for 34.5 % of 271: 93.5. '
        'The other 27.3 must be lighter women: 27.3 of 296 is 9.2 %. The table prints 6.0.', SHADES,
        ('How many women were judged wrongly in all? Turn the percent into people.', 'Take away the darker women who were judged wrongly.',
         '(0.213*567 - 0.345*271)/296, as a percent.'), '100*(0.213*567 - 0.345*271)/296  # 9.2', 9.21,
        (Wrong(6.0, 'That is what the table prints, and with it the sum does not close.'),
         Wrong(8.1, 'That is the printed error that makes a plain mean of 34.5 and yours 21.3. The two groups differ in size: weight them by people.'),
         Wrong(27.3, 'That many people. Divide by the 296 lighter women, and give percent.')), tolerance=.35),
    'mistaken': Item(('rates-by-group', 'base-rates'), '805 of the 1,795 Black defendants who were not arrested again had been called medium or high risk: 44.8 %. '
        'Of the White ones 349 of 1,488: 23.5 %.', COMPAS),
    'darkest': Item(('rates-by-group',), 'The camera knows only what it was shown. Trained on dark hands, it fails light ones, as it did the other way round: '
        'the training pictures decide, not the skin.', 'counted in this notebook, 200 test pictures a tone'),
    'precision': Item(('rates-by-group',), 'Precision counts the truly yes among those who were told yes, whoever they are. Where nobody was told yes there is '
        'nobody to count among: undefined, not zero.', 'fairlearn and scikit-learn give 0 there; this course gives None',
        ('Among whom does precision count?', 'Among those told yes: `false_yes + right_yes`.', 'Return None where that sum is 0.'),
        'told = false_yes + right_yes\nreturn right_yes/told if told else None', precision,
        (Wrong(divides_by_nobody, 'Where nobody was told yes you give 0, which says "always wrong". Nobody knows: give None.'),
         Wrong(found_of_the_ill, 'That is the true positive rate: it counts among the truly yes. Precision counts among those told yes.'),
         Wrong(accuracy, 'That is accuracy: it counts among all people. Precision counts among those told yes.')),
        tries=((90, 10, 5, 15), (5, 0, 5, 0), (0, 1, 7, 3), (2, 0, 0, 4)), starter=starter),
    'order': Item(('rates-by-group',), 'First the people, then the counts, then the rates, then the worst of them, then the sentence. Counting before rating keeps the '
        'number of people beside every rate.', 'this lesson', ('What must exist before it can be counted?', '`names` and `cells` come before `rows`.',
         'Read, count, rate, choose, print.'), '2, 4, 0, 1, 3', [2, 4, 0, 1, 3],
        (Wrong([2, 0, 4, 1, 3], '`rows` needs `cells` and `names`, and these come out of the counting.'),
         Wrong([2, 4, 1, 0, 3], 'The worst row is chosen among `rows`, so `rows` must exist first.'))),
    'denominator': Item(('rates-by-group',), 'The question is about sick people. So they are the denominator: of the sick in each group, how many were sent home.',
        'this lesson', ('Who is the question about?', 'Sick people, whatever the model said of them.', 'Of the truly yes, how many were told no?'),
        'c: the false negative rate.', 'c',
        (Wrong('a', 'Accuracy mixes the sick with the healthy, and there are usually more of the healthy.'),
         Wrong('b', 'Precision is about those called sick. A person sent home is not among them.'),
         Wrong('d', 'How many are called sick also depends on how many are. It does not say who was missed.'))),
    'looks': Item(('worst-slice', 'intervals'), 'Each interval misses 5 times in 100. 40 of them miss about twice, with nothing wrong anywhere.',
        'O. J. Dunn 1961, J. Am. Stat. Assoc. 56:52', ('How often does one 95 % interval miss?', '5 times in 100. Now take 40.', '40 times 0.05.'),
        '40*0.05 = 2', 2, (Wrong(0, 'A 95 % interval misses 5 times in 100. Forty of them are asked here.'),
         Wrong(5, 'That would be for 100 intervals. Here are 40.'), Wrong(38, 'That many hold the truth. The question is how many miss it.')), tolerance=.4),
    'decide': Item(('intervals', 'worst-slice'), '3 of 6 fits every true rate from 19 % to 81 %. That is a reason to ask more patients over 90, and to let a person '
        'decide until then. Leaving them out would hide exactly the people nobody looked at.', 'E. B. Wilson 1927, J. Am. Stat. Assoc. 22:209',
        ('What does wilson(3, 6) say?', 'It goes from 19 % to 81 %. Does that hold 81? Does it hold 30?', 'Say what you do not know, and who decides meanwhile.'), 'c', 'c',
        (Wrong('a', '3 of 6 also fits a true 80 %. The difference may be nothing, or larger than 31 points.'),
         Wrong('b', 'Six people do not show that it is equally good, and they count as much as the others.'),
         Wrong('d', 'Then nobody will ever ask. Name them, and say that you do not know.'))),
    'forced': Item(('base-rates',), 'With equal precision and equal misses, false alarms go with the odds of being ill: 50 to 50 is 1, 20 to 80 is a quarter. '
        '1 divided by 0.25 is 4.', 'A. Chouldechova 2017, Big Data 5:153', ('Use `forced_false_positive_rate` for both groups, with any precision and misses.',
        'Only base/(1 - base) differs between the groups.', '(50/50) divided by (20/80).'), '(.5/.5)/(.2/.8) = 4', 4,
        (Wrong(2.5, 'That is 50 divided by 20. The healthy people are the denominator: 50 here and 80 there.'),
         Wrong(1, 'Equal precision and equal misses do not leave equal false alarms, unless the base rates are equal.'),
         Wrong(1.5, 'That is near the COMPAS ratio, 1.6. These two groups are further apart.')), tolerance=.05),
    'budget': Item(('rates-by-group', 'worst-slice'), 'With little money, one picture of everybody beats more pictures of some: the worst tone is read best when all five '
        'were seen.', 'counted in this notebook', ('Move "Of each sign" to 20 first.', 'Try all four ways to spend it, and look at the lowest dot.',
        'Which choice leaves no tone unseen?'), "hands_lab.load('tones=all five;each=20'); hands_lab.state()", 'tones=all five;each=20;seed=0',
        (Wrong('tones=all five;each=60;seed=0', 'The money is for 20 pictures of each sign: move "Of each sign" to 20 and try again.'),
         Wrong('tones=two lightest;each=20;seed=0', 'The lightest hands are read best, and the darkest almost never. The worst tone counts here.'),
         Wrong('tones=two darkest;each=20;seed=0', 'Now the lightest hands are left out. The worst tone counts here.'),
         Wrong('tones=both ends;each=20;seed=0', 'Better, and the tone in the middle was never seen: it is the worst one now. Try what is left.')), check=check_budget),
    'appeal': Item(('who-is-touched',), 'A rate is about a group; an appeal is about one person. Both are needed.', 'State v. Loomis, 2016 WI 68', rubric=(
        'You named the people who are judged, and also people who are judged without knowing it.',
        'You said who would notice a mistake, and what it costs that person to notice.',
        'You found a person with a name and a date by which they must answer, or you found that there is none.')),
}
