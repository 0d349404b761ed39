"Answers, hints and known mistakes of the first page of the bias unit; the notebook never shows them before a try."
from course.shared.check import Item, Wrong

PLAYED = 'read from the lab above the question'

ITEMS = {
    'blind': Item(('three-kinds',), 'The unseen records carry the same habit as those it learned from. A test on records compares the model with the book, not with the '
        'people.', PLAYED, ('Read the last bar before and after.', 'Is the habit in the test records as well?', 'It does not move.'), 'same', 'same',
        (Wrong('longer', 'The whole error grows. Read the last bar again, before and after.'), Wrong('shorter', 'Read the last bar once more: before and after.'))),
    'tones': Item(('rates-by-group',), 'It reads best what it was shown. It is not the skin that is hard to read.', PLAYED,
        ('Choose "two darkest" and read the picture.', 'Which row is pointed out?', 'The tone that is furthest from what it was shown.'), 'lightest', 'lightest',
        (Wrong('darkest', 'That was so at the start, when it was taught light hands only. Choose "two darkest".'),
         Wrong('none', 'Look at the rows again: they lie far apart.'))),
    'paint': Item(('shortcuts',), 'Where no blue truck was ever seen there is nothing to repeat, and more of the same shows none either. With the colours exchanged, '
        'the colour says nothing, and the ladder is all that is left.', PLAYED,
        ('Choose "100 %" and read the middle row for each try.', 'Which one makes pictures of blue trucks?', 'The last in the list.'), 'twins', 'twins',
        (Wrong('more', 'A thousand more red trucks are still red. Read the middle row.'),
         Wrong('repeat', 'At 100 % there is no rare pair to show. Read the middle row.'))),
    'farms': Item(('small-groups', 'outliers'), 'The cut takes the far calls away before anybody can be protected, and without the other aim the few farms do not count for '
        'much. Together: from twelve minutes off to six.', PLAYED,
        ('Try each change alone and read the minutes of the farms.', 'Then try two at once.', 'Together they bring the farms to about six minutes.'), 'both', 'both',
        (Wrong('rows', 'That helps by less than a minute: the farms are still few.'),
         Wrong('aim', 'That helps, and most of the farms had been cut before. What if they stay?'),
         Wrong('draw', 'Other calls, the same rule: nothing much changes.'))),
    'beds': Item(('word-association-test',), 'French says "le lit" and "la table". A machine that learned from French texts keeps that, and nothing in it tells grammar from '
        'prejudice.', PLAYED, ('Choose "furniture" in "Words", then change the language.', 'Read d and its p in both.', 'In one of them d is near 2.'), 'french', 'french',
        (Wrong('english', 'Read d in English: could that be luck? Then choose French.'), Wrong('both', 'Read d and p in both languages once more.'))),
    'waits': Item(('calibration',), 'To be wrong less often it must be silent more often. Who waits, and for whom, is the next question.', PLAYED,
        ('Read "answered" at both ends.', 'Read "wrong of those" at both ends.', 'Both become smaller.'), 'fewer', 'fewer',
        (Wrong('better', 'Read "answered" again: how many are left?'), Wrong('none', 'Read "wrong of those" at 0.50 and at 0.95.'))),
    'crowd': Item(('agreement',), 'Where a word says nothing about the picture, the label says who was asked. More people of the same kind do not help.', PLAYED,
        ('Read "another crowd differs".', 'Now press the button for another draw.', 'About 50 of 100.'), 'half', 'half',
        (Wrong('none', 'Read the last row with "Concrete" at 0.'), Wrong('few', 'That is so for a word in the middle. Move "Concrete" down to 0.'))),
    'booked': Item(('feedback-loops',), 'What is found is written down, and where much is written down people look more. The old book feeds itself.', PLAYED,
        ('Read the words under the picture.', 'Compare the middle run with what is true.', 'It is still above 70 %.'), 'old', 'old',
        (Wrong('half', 'That is what is true. Read where the middle run ends; then tick the correction.'), Wrong('zero', 'Read the words under the picture again.'))),
    'four': Item(('fairness-definitions',), 'As long as one group is arrested more often than the other, the four cannot all hold, unless the score never errs. Three can, '
        'when hardly anybody is called risky.', 'A. Chouldechova 2017, Big Data 5:153',
        ('Move both up and down and read "of 4 hold".', 'Try both near 1.', 'Three is the most.'), 'no', 'no',
        (Wrong('same', 'Move both together and read how many of 4 hold.'), Wrong('other', 'Try it: how many of 4 hold at best?'))),
}
