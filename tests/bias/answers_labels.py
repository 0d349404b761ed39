"Answers for the lesson about labels: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 27_labels.'

def may_stay(row):
    age = row.get('age')
    if age is None or not 1 <= age <= 110: return False
    return row.get('reason') != 'admitted' or age >= 12
def stays_without_age(row):
    age = row.get('age')
    return age is None or may_stay(row)
def babies_only(row):
    age = row.get('age')
    return age is not None and 1 <= age <= 110
def admitted_only(row):
    age = row.get('age')
    return age is not None and not (row.get('reason') == 'admitted' and age < 12) and age <= 110
def all_twelve(row):
    age = row.get('age')
    return age is not None and 12 <= age <= 110

def check_crowd(state):
    "A state of the lab with a right majority and low agreement, worked out anew."
    from course.bias.labels import RatersLab, ask_raters, krippendorff_alpha
    lab = RatersLab()
    try:
        lab.load(state)
        votes, truth = ask_raters(lab.concrete.value, lab.raters.value, lab.strict.value, 400, lab.seed.value)
    except (ValueError, TypeError, AttributeError): return 'A line as `lab.state()` writes it was wanted, such as "concrete=0.5;raters=5;strict=0.5;seed=0".'
    finally: lab.close()
    right, alpha = float(((votes[:, 1] > votes[:, 0]) == truth).mean()), krippendorff_alpha(votes)
    if alpha is None or alpha >= .35: return 'These raters agree too well. Choose a word that is less easy to see.'
    if right < .95: return f'The majority is right for {100*right:.0f} of 100. Which slider helps, where there is something to see?'
    return True

def check_own(card):
    "A model card made from enough stored predictions."
    if not all(hasattr(card, name) for name in ('words', 'evidence', 'figures', 'day')) or 'truth' not in card.evidence:
        return 'A `ModelCard` was wanted: nine answers, and predictions to work the numbers out from. Give `mine`.'
    if len(card.evidence['truth']) < 20: return 'Fewer than 20 cases: gather more before you hand the card to anyone.'
    return True

class Given:
    "Stands in for a model card."
    def __init__(self, n): self.words, self.evidence, self.figures, self.day = {}, {'truth': [1]*n}, [], '2026-11-22'

ITEMS = {
    'beyond': Item(skills=('agreement',), source='J. Cohen 1960', why='By chance they agree on half; of the other half they reached 20 of 50 points.'),
    'pool': Item(skills=('agreement',), source=SOURCE, why='With nothing to see, the label tells how many in the crowd are strict.'),
    'coin': Item(skills=('agreement',), source=SOURCE, why='With nothing to see and a crowd split in half, each label is a coin that another crowd throws again.'),
    'by_hand': Item(
        skills=('agreement',), source='J. Cohen 1960', reference=.4444, tolerance=.006,
        wrong=(Wrong(.9, 'That is the agreement itself. 82 of the 90 would have come by chance.'),
               Wrong(.08, 'Those are the points beyond chance. How many points beyond chance were possible?'),
               Wrong(.91, 'You divided 82 by 90. Compare what was reached beyond 82 with what was possible beyond 82.')),
        hints=('How far is 90 above chance?', 'How far is 100 above chance?', '(90 − 82)/(100 − 82)'),
        why='8 of 18 possible points beyond chance. Rare labels make chance agreement large.', solution='(.90 - .82)/(1 - .82) = 0.44'),
    'kept_share': Item(
        skills=('datasheet',), source='K. Yang and others 2020', reference=5.6, tolerance=.06,
        wrong=(Wrong(12.8, 'That is 158 of 1,239, the words that are not hurtful. The question starts from all 2,832.'),
               Wrong(43.8, 'That is 1,239 of 2,832. Most of those cannot be seen in a picture.'), Wrong(94.4, 'That is the share taken out.')),
        hints=('Divide what was left by what there was.', '158/2832', 'Between 5 and 6.'),
        why='158/2832 = 5.6 %: for nineteen of twenty words nobody should have asked for a picture.', solution='5.6'),
    'may_stay': Item(
        skills=('validation-rules',), source='California State Auditor, report 2015-130', reference=may_stay,
        tries=(({'age': 34., 'reason': 'admitted'},), ({'age': .5, 'reason': 'admitted'},), ({'age': .5, 'reason': 'address'},),
               ({'age': 11., 'reason': 'admitted'},), ({'age': 11., 'reason': 'address'},), ({'age': 12., 'reason': 'admitted'},), ({'age': 1, 'reason': 'address'},),
               ({'age': None, 'reason': 'address'},), ({'reason': 'admitted'},), ({'age': 140., 'reason': 'address'},), ({'age': -3., 'reason': 'address'},)),
        wrong=(Wrong(stays_without_age, 'A record without an age would stay. Missing is for a person to look at.'),
               Wrong(babies_only, 'A child of eleven could still have "admitted" something. Look at the reason too.'),
               Wrong(admitted_only, 'A baby with another reason would stay: 14 of the 42 were such.'),
               Wrong(all_twelve, 'This stops every child, also those with another reason. Only "admitted" asks for 12 years.')),
        hints=("Begin with age = row.get('age').", 'Return False when the age is None, below 1 or above 110.', "return row.get('reason') != 'admitted' or age >= 12"),
        why='Missing, impossible, and impossible to have admitted: all three go to a person.',
        solution="def may_stay(row):\n    age = row.get('age')\n    if age is None or not 1 <= age <= 110: return False\n    return row.get('reason') != 'admitted' or age >= 12"),
    'order': Item(
        skills=('agreement', 'datasheet'), source=SOURCE, reference=[2, 0, 3, 1, 4],
        wrong=(Wrong([0, 3, 2, 1, 4], 'Without words for what a label means, the two label different things. Write first.'),
               Wrong([2, 1, 0, 3, 4], 'Whoever measures after the 5,000 has paid for them already. Try 50 first.')),
        hints=('What do the two need before they begin?', 'Small before large.', 'It begins with 2 and ends with 4.'),
        why='Words, a trial, agreement, the rest with checks, and the paper that goes with the data.', solution='[2, 0, 3, 1, 4]'),
    'decide': Item(
        skills=('agreement',), source=SOURCE, reference='drop',
        wrong=(Wrong('majority', 'Even a majority of three strangers to the pupil is an opinion. Hardly anything here was seen in common.'),
               Wrong('more', 'More raters make a sharper picture of the teachers. Is there something in the pupil to see?'),
               Wrong('model', 'A model learns what these teachers think, and repeats it to every school.')),
        hints=('What does an alpha near 0 say about the word?', 'Is "lazy" closer to "apple" or to "shady"?', 'What could be counted instead?'),
        why='A word on which the people who know the pupils do not agree describes the people. "Handed in 3 of 10 exercises" can be seen.', solution='drop'),
    'bare': Item(
        skills=('model-card',), source='M. Mitchell and others 2018', reference='b',
        wrong=(Wrong('a', 'High among how many? 97 % of 30 x-rays and of 30,000 are two different things.'),
               Wrong('c', 'A name of a network says nothing about the patients.'),
               Wrong('d', 'Now there are two bare numbers.')),
        hints=('What does a `Figure` refuse to do without?', 'And for whom is it?', 'n, interval, date, worst group.'),
        why='n, interval, date, and who is served worst.', solution='b'),
    'crowd': Item(
        skills=('agreement',), source=SOURCE, reference='concrete=0.5;raters=21;strict=0.5;seed=0', check=check_crowd,
        wrong=(Wrong('concrete=1.0;raters=5;strict=0.5;seed=0', 'agree too well'), Wrong('concrete=0.2;raters=3;strict=0.5;seed=0', 'The majority is right'),
               Wrong('many raters', 'A line as')),
        hints=('Something must be to see, and not too much.', 'What do more raters do then?', 'Concrete 0.5 and 21 raters.'),
        why='Many weak witnesses of a real thing are strong together.', solution='concrete=0.5;raters=21;strict=0.5;seed=0'),
    'own': Item(
        skills=('model-card',), source='Your own data.', reference=Given(30), check=check_own,
        wrong=(Wrong('it works well', 'A `ModelCard` was wanted'), Wrong(Given(8), 'Fewer than 20 cases')),
        hints=('Which guess at your work is later known to be right or wrong?', 'Write down 20 cases: what was said, what was so.', 'Answer the nine questions in one sentence each.'),
        why='Somebody else can now check your number, and knows whom to ask.', solution='ModelCard(answers, truth, guess, "2026-11-22")'),
    'appeal': Item(
        skills=('datasheet',), source=SOURCE, why='A label is a decision about somebody.',
        rubric=('Did you name who wrote the label, and on what grounds?', 'Did you say what the label is used for now?',
                'Did you name a person or an office that could take it back?')),
}
