"Count again: python remake.py FOLDER, with the replication materials of Lum and Isaac in FOLDER (see README.md)."
import csv, sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

HERE, FIRST, LAST, TOP = Path(__file__).parent, date(2011, 1, 1), date(2011, 12, 30), 20

def count(folder):
    "Give (recorded before, days looked, found, recorded in 2011) for each cell, most looked-at first."
    with open(folder/'01_import/input/drug_crimes_with_bins.csv', newline='') as file:
        known = [(int(row['bin']), datetime.strptime(row['OCCURRED'], '%m/%d/%y').date())
                 for row in csv.DictReader(file) if row['bin'] != 'NA']
    with open(folder/'02_run_predictive_policing/output/predpol_drug_predictions.csv', newline='') as file:
        rows = list(csv.DictReader(file))
    before, each = Counter(cell for cell, day in known if day < FIRST), Counter(known)
    looked, found, recorded = Counter(), Counter(), Counter(cell for cell, day in known if FIRST <= day <= LAST)
    for day in (name for name in rows[0] if name != 'bin' and FIRST.isoformat() <= name <= LAST.isoformat()):
        order = sorted(rows, key=lambda row: -float(row[day])) # equal scores stay in the order of the file, as in R
        for cell in (int(row['bin']) for row in order[:TOP]):
            looked[cell] += 1
            found[cell] += each[cell, date.fromisoformat(day)]
    cells = [(before[cell], looked[cell], found[cell], recorded[cell]) for cell in range(1, len(rows) + 1)]
    return sorted(cells, key=lambda cell: (-cell[1], -cell[0], -cell[3], -cell[2]))

if __name__ == '__main__':
    if len(sys.argv) != 2: sys.exit('Say where the replication materials lie: python remake.py FOLDER')
    with open(HERE/'cells.csv', 'w', newline='') as file:
        writer = csv.writer(file, lineterminator='\n')
        writer.writerow(['cell', 'recorded_2009_2010', 'days_looked', 'found', 'recorded_2011'])
        writer.writerows([number, *cell] for number, cell in enumerate(count(Path(sys.argv[1])), 1))
