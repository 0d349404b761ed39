"Answers for the lesson about one body and many tasks: never shown in the notebook."
import numpy as np
from course.shared.check import Item, Wrong

SOURCE = 'The lesson 15_mostly_the_same.'

def merged_table(table, down, up, scale): return np.asarray(table) + scale*(np.asarray(up)@np.asarray(down))
def merged_without_scale(table, down, up, scale): return np.asarray(table) + np.asarray(up)@np.asarray(down)
def merged_alone(table, down, up, scale): return scale*(np.asarray(up)@np.asarray(down))
def merged_turned(table, down, up, scale): return np.asarray(table) + scale*(np.asarray(up)@np.asarray(down)).T

TABLE, DOWN, UP = np.array([[1., 2.], [3., 4.]]), np.array([[1., -1.]]), np.array([[2.], [3.]])

def check_own(given):
    "A gap with its interval, from enough texts."
    if not (isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], tuple) and len(given[0]) == 2):
        return 'What `swap_gap` returned, and the number of texts, were wanted. Give `(mine, len(first))`.'
    if given[1] < 10: return 'Fewer than 10 pairs of texts: one odd text could decide alone. Write some more.'
    return True

ITEMS = {
    'how_much': Item(skills=('heads',), source=SOURCE,
        why='A head of 130 weights is enough where the body already keeps what the task needs.'),
    'left_over': Item(skills=('counterfactual-test',), source=SOURCE,
        why='Where the body may move, 200 clean letters wash out most of the tilt; a head alone leaves most of it.'),
    'count': Item(
        skills=('LoRA',), source='Hu et al. 2021, arXiv 2106.09685', reference=24_000,
        wrong=(Wrong(2_000_000, 'That is the whole table. LoRA goes from 1,000 down to 8 and up to 2,000.'),
               Wrong(8_000, 'That is the way down. The way up counts too.'),
               Wrong(16_000, 'That is the way up, or twice the way down. Add 8 × 1,000 and 8 × 2,000.')),
        hints=('Down, then up.', 'Down: 8 × 1,000. Up: 2,000 × 8.', '8 × (1,000 + 2,000)'),
        why='rank × (in + out) = 8 × 3,000: 1.2 % of the table.', solution='24000'),
    'merge': Item(
        skills=('LoRA',), source='Hu et al. 2021, arXiv 2106.09685', reference=merged_table, tolerance=1e-9,
        tries=((TABLE, DOWN, UP, 2.), (TABLE, DOWN, UP, .5), (np.zeros((2, 2)), np.eye(2), TABLE, 1.)),
        wrong=(Wrong(merged_without_scale, 'The path is multiplied by `scale` before it is added.'),
               Wrong(merged_alone, 'This is the path alone. Add the table that was there.'),
               Wrong(merged_turned, 'The path lies on its side: `up @ down` has the shape of the table already.')),
        hints=('Which shape has `up @ down`?', 'Multiply it by `scale`.', 'table + scale*(up @ down)'),
        why='First down, then up, is one table: up @ down.', solution='def merged_table(table, down, up, scale):\n    return table + scale*(up@down)'),
    'steps': Item(
        skills=('heads', 'LoRA'), source=SOURCE, reference=[1, 2, 4, 3, 0],
        wrong=(Wrong([1, 4, 2, 3, 0], 'Try the smallest thing first: a head costs 130 weights. Is it near chance?'),
               Wrong([1, 2, 4, 0, 3], 'Test before you merge: afterwards the body serves one task only.')),
        hints=('What costs least?', 'A head before LoRA, a test before merging.', 'It begins with 1, 2 and ends with 0.'),
        why='Freeze, try the least, add where needed, test by swapping, merge last.', solution='[1, 2, 4, 3, 0]'),
    'desk': Item(
        skills=('what-is-stored', 'frozen-body'), source=SOURCE, reference='mixed',
        wrong=(Wrong('twelve', 'That stores and moves twelve bodies for what eleven heads can do. Look at the bars of what is stored.'),
               Wrong('heads', 'A head can only use what the body kept. More letters do not bring back what is not there.')),
        hints=('Which tasks does the body keep what is needed for?', 'What helped for "hill or river"?', 'Little where little is enough, a path where the body must change.'),
        why='Heads where the body keeps the answer, LoRA where it does not: one body on the disk.', solution='mixed'),
    'clean': Item(
        skills=('counterfactual-test',), source=SOURCE, reference='test',
        wrong=(Wrong('yes', 'Rosa had clean labels and good scores. What did the swap show?'),
               Wrong('no', 'The even body had no gap worth speaking of. It has to be measured.')),
        hints=('What did both bodies have in common?', 'Which number told them apart?', 'The same letter, twice.'),
        why='Scores and clean labels did not show the gap; the swap did.', solution='test'),
    'kept_share': Item(
        skills=('LoRA',), source=SOURCE, reference=100, tolerance=1e-6,
        wrong=(Wrong(98.04, 'The 2,178 stand beside the body: none of its own weights was changed.'),
               Wrong(1.96, 'That is what was trained, beside the body. How much of the body itself moved?')),
        hints=('Where do the additions stand?', 'Is any table of the body changed before merging?', 'None of its own weights moved.'),
        why='The additions stand beside the tables. Before merging the body is the same to the last bit.', solution='100'),
    'own': Item(
        skills=('counterfactual-test',), source='Your own data.', check=check_own, reference=(((3., 1., 5.), .1), 12),
        wrong=(Wrong(3., 'What `swap_gap` returned'), Wrong((((3., 1., 5.), .1), 4), 'Fewer than 10 pairs')),
        hints=('Which word in your texts should make no difference?', 'Write each text twice, with only that word swapped.', 'Fill `first` and `second` in the same order and run the cell.'),
        why='The same text twice is the fairest comparison there is.', solution='own.check((mine, len(first)))'),
    'appeal': Item(
        skills=('who-is-touched',), source=SOURCE, why='Who is spoken of badly in what a body read is not asked when it is borrowed.',
        rubric=('Did you name what the body has read, or say that nobody knows?', 'Did you name people who may be spoken of badly there?',
                'Did you say to whom they can go, and what can be undone?')),
}
