"Answers, hints and known mistakes of the first page of the drift unit; the notebook never shows them before a try."
from course.shared.check import Item, Wrong

PLAYED = 'read from the lab above the question'

ITEMS = {
    'luck': Item(('false alarms',), 'Ten cans are few. Two handfuls from the same heap always differ a little, and small ones a lot.', PLAYED,
        ('Press the button for another draw.', 'Do ten cans of one month look like ten of the next?', 'They part, and each draw parts elsewhere.'), 'part', 'part',
        (Wrong('same', 'They would with very many cans. Look again with ten.'), Wrong('once', 'Draw again: each draw parts elsewhere.'))),
    'river': Item(('false alarms',), 'A slow change is small at first, and a bell that must not ring for nothing waits until it is sure.', PLAYED,
        ('Read the days for "waterfall", then for "river".', 'What is different on the first day after the change?', 'The slow one is heard latest.'), 'river', 'river',
        (Wrong('waterfall', 'Read the days again: overnight changes are heard within days.'),
         Wrong('same', 'Compare the words under the picture for both: days against weeks.'))),
    'cadence': Item(('upkeep',), 'What was learned gets old sooner, so mistakes cost more hours than visits do.', PLAYED,
        ('Move "Change in a year" from 0.5 to 1.', 'Read "The cheapest plan" before and after.', 'The weeks between visits become fewer.'), 'often', 'often',
        (Wrong('same', 'Read the last words under the picture, before and after.'),
         Wrong('less', 'Mistakes cost time too. Read the cheapest plan before and after.'))),
    'silent': Item(('harm',), 'The readings are as before. What they mean is another thing, and the watch sees readings only.', PLAYED,
        ('Try each one with 1,000 rows.', 'Which one moves no column?', 'The new germ changes the milk and no reading.'), 'rule', 'rule',
        (Wrong('weight', 'With enough rows it rings. And yet nobody is harmed by it.'), Wrong('hours', 'With enough rows it rings.'))),
    'budget': Item(('false alarms',), 'Whoever rings more readily rings earlier, and also when nothing is the matter. There is no free bell.', PLAYED,
        ('Read the false rings in the quiet weeks.', 'Read the week of the first true ring.', 'Both change: one for the better, one for the worse.'), 'price', 'price',
        (Wrong('free', 'Look at the quiet weeks: what happens there?'), Wrong('worse', 'Read the week of the first true ring again.'))),
    'matter': Item(('harm', 'power'), 'The model does not look at the weight. The change is sure, and nobody is worse off: detectable is not harmful.', PLAYED,
        ('Look for "Rings for nothing" under the picture.', 'Which column does the model ignore?', 'Heavier cans ring each month and cost nothing.'), 'weight', 'weight',
        (Wrong('hours', 'It rings, and it hurts: read how many right answers are lost.'),
         Wrong('together', 'It hurts, and KS hardly ever rings: the other way round.'))),
    'season': Item(('seasons',), 'Less light and heat is used each spring anyway. A bell that does not know the season must first tell the two apart.', PLAYED,
        ('Read the date under the picture.', 'Change "Compare with" and read it again.', 'With the level itself the date is a later one.'), 'later', 'later',
        (Wrong('earlier', 'Compare the two dates under the picture once more.'),
         Wrong('same', 'Change "Compare with", and leave the other two as they were.'))),
    'where': Item(('transfer test',), 'The further the pictures are from those it learned from, the more is lost. The next valley cost nothing that could be seen.', PLAYED,
        ('Try the three places without local pictures.', 'Read how many of 64 are right in each.', 'The far forest costs most.'), 'far', 'far',
        (Wrong('valley', 'Read it again: there it does about as well as at home.'), Wrong('half', 'It loses some. Now try the far forest.'))),
}
