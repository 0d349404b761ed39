"Answers for the lesson about three kinds of bias: never shown in the notebook."
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 21_three_kinds.'

def count_for(share, wanted):
    if share == 0: return None if wanted else 0
    return wanted/share
def count_upside_down(share, wanted): return None if share == 0 and wanted else share/wanted
def count_anything(share, wanted): return wanted/share if share else 0
def count_difference(share, wanted): return None if share == 0 and wanted else wanted - share

def check_hidden(state):
    "A state of the lab with a good score and a bad error, worked out anew."
    from course.bias.three_kinds import PartsLab
    lab = PartsLab()
    try:
        lab.load(state)
        from course.bias.three_kinds import try_hospital
        parts = try_hospital(lab.world.value, lab.bends.value, lab.habit.value, lab.seed.value)
    except (ValueError, TypeError, AttributeError): return 'A line as `lab.state()` writes it was wanted, such as "world=0.6;bends=5;habit=1.0;seed=0".'
    finally: lab.close()
    if parts.validation > .6: return f'Validation says {parts.validation:.2f}: nobody would buy this. Which slider does it see?'
    if parts.total <= 1.5: return f'All of it is {parts.total:.2f} in the new place. Move what validation does not see.'
    return True

def check_own(parts):
    "Parts that add up, from enough cases."
    if not all(hasattr(parts, name) for name in ('model', 'sample', 'world', 'total', 'ends', 'n', 'new')):
        return 'What `split_error` returns was wanted: the parts with their intervals. Give `mine`.'
    if min(parts.n, parts.new) < 20: return 'Fewer than 20 cases on a side: check some more before you tell anyone.'
    if abs((parts.luck or 0) + parts.model + parts.sample + parts.world - parts.total) > 1e-9: return 'The parts do not add up to the total: make them with `split_error`.'
    return True

class Given:
    "Stands in for parts."
    def __init__(self, n, new, total=3.): self.luck, self.model, self.sample, self.world, self.total, self.ends, self.n, self.new = None, 1., 1., 1., total, {}, n, new

ITEMS = {
    'blind': Item(skills=('validation',), source=SOURCE,
        why='The unseen records carry the same habit. They can praise a model for it, never blame it.'),
    'notice': Item(skills=('three-kinds', 'validation'), source=SOURCE,
        why='Validation compares the model with the file. Of world and sample the file knows nothing.'),
    'left_out': Item(skills=('three-kinds',), source='J. Canto and others 2012, JAMA 307:813; the lesson',
        why='The rule from men asks for chest pain; 42 of 100 women with a heart attack have none.'),
    'story': Item(
        skills=('three-kinds',), source=SOURCE, reference='world',
        wrong=(Wrong('model', 'A larger model is no better on unseen hill goats: its form is not what is missing.'),
               Wrong('sample', 'The vet looked again, and the labels were right. What else is different in the valley?')),
        hints=('Which two kinds has somebody already looked at?', 'What changed between success and failure?', 'The goats.'),
        why='Labels and model were looked at; the place is what changed. Gather valley goats and look.', solution='world'),
    'square': Item(
        skills=('three-kinds',), source=SOURCE, reference=1.2, tolerance=.01,
        wrong=(Wrong(.6, 'That is 0.3 × 2, the part in points. With squared loss the two points are squared first.'),
               Wrong(4, 'That is for a person who is written too low; 70 of 100 are not.'),
               Wrong(.36, 'You squared the share too. Only the distance is squared.')),
        hints=('How much is one such person off, squared?', 'How many of 100 are they?', '0.3 × 2²'),
        why='30 of 100 people, each 2² off: 0.3 × 4.', solution='0.3*2**2 = 1.2'),
    'arrests': Item(
        skills=('proxies',), source=SOURCE, reference=2.5, tolerance=.01,
        wrong=(Wrong(1, 'That is the truth. The question is how it looks in the arrests.'), Wrong(.4, 'You divided east by west.'),
               Wrong(3, 'The difference, 5 − 2, is not how many times.')),
        hints=('Arrests = done × seen.', 'What is done is the same on both sides.', '0.5 / 0.2'),
        why='What is done cancels out; what is left is how much the police see: 0.5 / 0.2.', solution='2.5'),
    'order': Item(
        skills=('three-kinds', 'validation'), source=SOURCE, reference=[1, 2, 3, 4, 0],
        wrong=(Wrong([1, 4, 0, 2, 3], 'If the new place comes first, the habit of the records is counted as the world\'s. Ask about old rows first.'),
               Wrong([2, 3, 1, 4, 0], 'The error on unseen records is needed first: the sample\'s part is what comes on top of it.')),
        hints=('Begin with what the seller gave you.', 'Each part is what comes on top of the step before.', 'It begins with 1 and ends with 0.'),
        why='Validation, ask again, compare, gather, compare: each step changes one thing.', solution='[1, 2, 3, 4, 0]'),
    'count_for': Item(
        skills=('reweighting',), source='L. Kish 1965, Survey Sampling', reference=count_for, tolerance=1e-9,
        tries=((.5, .25), (.03, 1/7), (0, .2), (.45, .45)),
        wrong=(Wrong(count_upside_down, 'Upside down: who is rare must count more, not less.'),
               Wrong(count_anything, 'With no example there is nothing to weigh: 0 would hide that. Give None.'),
               Wrong(count_difference, 'A weight multiplies. Which number times the share gives the wanted share?')),
        hints=('share × weight = wanted.', 'What if the share is 0?', 'None if share == 0 else wanted/share'),
        why='wanted / share; and a group without examples cannot be weighed.',
        solution='def count_for(share, wanted): return None if share == 0 else wanted/share'),
    'repair': Item(
        skills=('reweighting',), source=SOURCE, reference='gather',
        wrong=(Wrong('weigh', 'Then six people stand for millions, and what is odd about one of them becomes law.'),
               Wrong('copy', 'Copying is weighing: the same six people, 667 times.'),
               Wrong('drop', 'Then the model meets dark skin for the first time in a patient, and nobody was told.')),
        hints=('What do six people tell?', 'Does copying bring a seventh?', 'Which answer tells the patient the truth?'),
        why='Six examples cannot be weighed into knowledge. More people can, and until then a plain warning.', solution='gather'),
    'hidden': Item(
        skills=('three-kinds', 'validation'), source=SOURCE, reference='world=1.2;bends=5;habit=2.0;seed=0', check=check_hidden,
        wrong=(Wrong('world=0.0;bends=1;habit=2.0;seed=0', 'nobody would buy this'), Wrong('world=0.0;bends=5;habit=0.0;seed=0', 'in the new place'),
               Wrong('a good one', 'A line as')),
        hints=('Which two sliders does validation not see?', 'Leave the bends at 5.', 'World 1.2 and habit 2.'),
        why='World and sample moved far, and the score on unseen records did not.', solution='world=1.2;bends=5;habit=2.0;seed=0'),
    'own': Item(
        skills=('three-kinds',), source='Your own data.', reference=Given(50, 40), check=check_own,
        wrong=(Wrong(.3, 'the parts with their intervals'), Wrong(Given(50, 7), 'Fewer than 20 cases'), Wrong(Given(50, 50, 4.), 'do not add up')),
        hints=('Which model of yours gives a number, or yes and no?', 'Draw 50 old cases by lot and ask again what is true.', 'Fill the five lists and run the cell.'),
        why='With the parts and their intervals you know which door to knock at first.', solution='split_error(guess, recorded, truth, new_guess, new_truth)'),
    'appeal': Item(
        skills=('three-kinds',), source=SOURCE, why='A label is an act of somebody, about somebody.',
        rubric=('Did you name who writes the label, and what they gain or risk by it?', 'Did you name somebody whose case is never written down?',
                'Did you say who may ask for a second look, and who does it?')),
}
