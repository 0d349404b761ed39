"Make the four grounds again: python remake.py FOLDER, where FOLDER holds the unpacked Debian package mate-backgrounds 1.26.0-1."
import sys
from pathlib import Path
from PIL import Image

NAMES = {'water': 'Aqua', 'dune': 'Dune', 'meadow': 'GreenMeadow', 'garden': 'Garden'}
SHORT = 250 # Pixels of the shorter side

def remake(package, into):
    "Shrink each photograph, and write it as JPEG."
    for name, old in NAMES.items():
        whole = Image.open(Path(package)/'usr/share/backgrounds/mate/nature'/f'{old}.jpg').convert('RGB')
        share = SHORT/min(whole.size)
        whole.resize((round(whole.width*share), round(whole.height*share)), Image.Resampling.LANCZOS).save(
            Path(into)/f'{name}.jpg', quality=85)

if __name__ == '__main__': remake(sys.argv[1], Path(__file__).parent)
