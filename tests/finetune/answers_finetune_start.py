"Answers, hints and known mistakes of the first page of the fine-tuning unit; the notebook never shows them before a try."
from course.shared.check import Item, Wrong

PLAYED = 'read from the lab above the question'

ITEMS = {
    'outside': Item(('extrapolation',), 'The linear net has found the rule itself, and the rule holds everywhere. The other two have learned a curve that fits from 0 to 99 and goes its own way beyond.', PLAYED,
        ('Set "Numbers it is asked" to "0 to 999".', 'Then read how many of 1,000 are right for each net.', 'One of them has found the rule itself.'), 'linear', 'linear',
        (Wrong('relu', 'From 0 to 99 it does well. Read the count for 0 to 999.'), Wrong('tanh', 'It is the furthest off. Read how far, on average.'),
         Wrong('none', 'One of the three is right each time. Try all of them.'))),
    'forgets': Item(('forgetting',), 'Large steps in all parts overwrite what the old species rest on. The head alone leaves the body as it was.', PLAYED,
        ('Read the lower dot for each of the three.', 'Which one leaves few of 480 right?', 'The one that moves all parts with steps of one size.'), 'flat', 'flat',
        (Wrong('head', 'Look at the lower dot again: it forgets next to nothing.'),
         Wrong('slowly', 'It forgets some. Another one forgets far more.'))),
    'left': Item(('bias that is passed on',), 'The head only reads what the body says, and the body still says it. What trains more of the body, with letters that are fair, leaves less.', PLAYED,
        ('Read the points for each way.', 'Which way leaves the body as it was?', 'The head alone.'), 'head', 'head',
        (Wrong('lora', 'It leaves some points. Compare with the first row.'), Wrong('all', 'It leaves least: with 200 fair letters the whole body can change.'))),
    'trick': Item(('spread over draws',), 'How the head begins and in which order the photographs come moves a result by points. With 30 draws the line around the dot becomes short and holds zero.', PLAYED,
        ('Press New random draw five times.', 'Read the first number under the picture each time.', 'Now it is above 0, now below.'), 'jumps', 'jumps',
        (Wrong('zero', 'Nothing a recipe can take credit for was changed. And yet read the number again.'),
         Wrong('up', 'Draw a few times more: it falls below 0 as well.'))),
    'where': Item(('fine-tuning',), 'The borrowed body tells most things apart already. The first few pictures give the names; the later ones help less and less.', PLAYED,
        ('Where is the line steepest?', 'Compare the way from 1 to 5 with the way from 10 to 20.', 'With the first few.'), 'first', 'first',
        (Wrong('last', 'The line is almost flat there. Look where it is steep.'), Wrong('even', 'Then the line would be straight. Is it?'))),
    'looks': Item(('looking where doubt is',), 'The sorter is often wrong where it is unsure, so looks are spent where mistakes are. A few mistakes are sure of themselves, and only a sample by lot finds out how many.', PLAYED,
        ('Two lines are in the last picture.', 'Read the words: "30 looks meet ...".', 'The most doubtful first meet more.'), 'doubt', 'doubt',
        (Wrong('lie', 'Read the two numbers after "30 looks meet" again.'), Wrong('same', 'The two lines part. Which one is higher at 30 looks?'))),
}
