"Questions for the notebook about asking and for its tests."
from course.shared.ask import Item, Wrong

def share_right(answers): return sum(answers)/len(answers) if answers else float('nan')

def name_worst(rates): return min(rates, key=rates.get)

def check_worst(name_worst):
    "The least rate is the worst, whatever the names are."
    if name_worst({'b': .2, 'c': .5, 'z': .9}) == 'z': return 'That is the best group. Look for the smallest rate.'
    if name_worst({'z': .1, 'a': .3}) == 'a': return 'That is the first name of the alphabet. Compare the rates.'
    if name_worst({'b': .2, 'z': .9}) == .2: return 'That is the rate. The name of the group was asked for.'
    return name_worst({'a': .9, 'c': .2, 'b': .5}) == 'c' or 'That is not the group with the smallest rate.'

ITEMS = {
    'five_each': Item(
        skills=('predicting',), source='This notebook.',
        why='Features borrowed from a big model already tell many things apart, so a few pictures go far.'),
    'how_many': Item(
        skills=('shares',), source='Arithmetic.', reference=20, tolerance=.5,
        wrong=(Wrong(80, 'That is how many were named right. The question asks for the others.'),
               Wrong(.2, 'That is a share from 0 to 1. The question asks how many pictures.')),
        hints=('How many pictures are there in all?', 'Take those named right away from all of them.', '100 - 80'),
        why='Of 100 pictures 80 were right, so 20 were not.', solution='100 - 80 = 20'),
    'which_split': Item(
        skills=('held-out pictures',), source='This notebook.', reference='new',
        wrong=(Wrong('same', 'A model that has seen a picture can know it by heart. Ask about pictures it never saw.'),
               Wrong('easy', 'Easy pictures flatter. Pictures as they come tell what will happen.')),
        hints=('What will the model meet tomorrow?', 'Which pictures did it not see?', 'Not the same, not the easy ones.'),
        why='Only pictures it never saw tell how it does on pictures it never saw.', solution='new'),
    'three_steps': Item(
        skills=('held-out pictures',), source='This notebook.', reference=[1, 2, 0],
        wrong=(Wrong([1, 0, 2], 'This tests before there is anything to test. What has to exist first?'),
               Wrong([2, 1, 0], 'This trains before there are pictures. What does training need?')),
        hints=('What is needed first of all?', 'A test comes after what it tests.', 'It begins with 1.'),
        why='Each step uses what the one before it made.', solution='[1, 2, 0]'),
    'growing': Item(
        skills=('learning curves',), source='This notebook.', reference=[40, 60, 80], tolerance=10,
        wrong=(Wrong([80, 60, 40], 'This falls. Do more pictures make it worse?'),
               Wrong([60, 60, 60], 'This is flat: then more pictures would never help.')),
        hints=('Do more pictures help?', 'Does each new picture help as much as the first?', 'It rises, ever more slowly.'),
        why='The first pictures say most.', solution='About 40, 60 and 80.'),
    'share_right': Item(
        skills=('shares',), source='Arithmetic.', reference=share_right, tolerance=1e-6,
        tries=(([True, True, False],), ([True],), ([False, False],), ([],)),
        wrong=(Wrong(sum, 'This counts the right answers. A share divides by how many there were.'),
               Wrong(lambda answers: sum(answers)/len(answers), 'It stops when there is no answer. What is the share of nothing?'),
               Wrong(lambda answers: 1 - share_right(answers), 'This is the share of wrong answers.')),
        hints=('A share is a part of a whole.', 'Which number is the whole?', 'Divide the sum by the length, and mind an empty list.'),
        why='Right ones divided by all; of nothing there is no share, which `nan` says.',
        solution='def share_right(answers):\n    return sum(answers)/len(answers) if answers else float("nan")'),
    'name_worst': Item(
        skills=('slices',), source='This notebook.', reference=name_worst, check=check_worst,
        wrong=(Wrong(lambda rates: max(rates, key=rates.get), 'the best group'), Wrong(min, 'first name of the alphabet'),
               Wrong(lambda rates: min(rates.values()), 'That is the rate')),
        hints=('Which rate is the smallest?', 'Which name has that rate?', 'min(rates, key=rates.get)'),
        why='One number hides the group that is served worst.', solution='min(rates, key=rates.get)'),
    'who_is_asked': Item(
        skills=('who is touched',), source='This notebook.', why='Those in the pictures live with the result.',
        rubric=('Did you name a person who is in the pictures?', 'Did you say to whom they can complain?')),
}
