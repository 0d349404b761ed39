"Answers, hints and known mistakes of the first page of the carbon unit; the notebook never shows them before a try."
from course.shared.check import Item, Wrong

PLAYED = 'read from the lab above the question'

ITEMS = {
    'moved': Item(('electricity by place',), 'The same kilowatt-hours; coal in one place, mostly nuclear power in the other.', PLAYED,
        ('Read the kilograms for South Africa, then for France.', 'Divide the two.', 'Some 250 kg and some 11 kg.'), 'twenty', 'twenty',
        (Wrong('same', 'Set "Place" to France and read the first number again.'), Wrong('five', 'Divide the two numbers under the picture.'))),
    'doubt': Item(('intervals',), 'The range of one country is shorter than that of all countries. The middle may rise; the doubt falls.', PLAYED,
        ('Read the two ends in both places.', 'Divide the upper end by the lower one.', 'For the world the factor is above 10.'), 'shorter', 'shorter',
        (Wrong('longer', 'The middle rises. But compare how many times the upper end is the lower one.'),
         Wrong('same', 'Read both ends in both places.'))),
    'largest': Item(('boundary',), 'One flight over an ocean outweighs all the machines of a small project.', PLAYED,
        ('Switch all circles on.', 'Read "The largest circle".', 'Look at who travelled.'), 'people', 'people',
        (Wrong('run', 'In France the electricity carries little CO2e. Switch on the other circles.'),
         Wrong('made', 'So it is without people. Switch circle 5 on.'))),
    'waits': Item(('electricity by hour',), 'A short job fits into the cleanest hour. A long one must take the dirty hours too.', PLAYED,
        ('Set "Hours of work" to 1, then to 48.', 'Read what it saves over a year.', 'A fifth, against a few percent.'), 'short', 'short',
        (Wrong('long', 'It emits more, so there is more to save; but read the shares.'), Wrong('same', 'Read the percentages over a year for both.'))),
    'saves': Item(('checkpoints',), 'Lost work shrinks more than saving costs.', PLAYED,
        ('Move "Minutes between saves" to 35.', 'Read which machine is cheaper.', 'Compare the hours as well.'), 'flips', 'flips',
        (Wrong('slower', 'Read the hours: 557 against 203.'), Wrong('nothing', 'Read the dollars of the spot machine before and after.'))),
    'worth': Item(('trade-offs',), 'The points stay as they are, the grams grow with each answer: many answers ask for frugal models.', PLAYED,
        ('Move "Answers" and watch the red square.', 'What grows with the number of answers?', 'It never moves to the right.'), 'smaller', 'smaller',
        (Wrong('larger', 'Set "Answers" to a thousand, then to ten million, and watch the square.'),
         Wrong('none', 'A model is always chosen, unless none is quick enough.'))),
}
