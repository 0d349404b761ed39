"Read settings.ini, the one place for metadata; put the data sets and the answers inside the wheel."
import configparser, shutil
from pathlib import Path
from setuptools import setup, find_packages
from setuptools.command.build_py import build_py

here = Path(__file__).parent
settings = configparser.ConfigParser(delimiters=['='])
settings.read(here/'settings.ini', encoding='utf-8')
s = settings['DEFAULT']
not_shipped = shutil.ignore_patterns('__pycache__', '.*', '*.part')

class BuildWithData(build_py):
    "Copy data sets and answer files next to the modules; an editable install reads them in place."
    def run(self):
        into = Path(self.build_lib)/s['lib_path']
        if not self.editable_mode: shutil.rmtree(into,
                                                 ignore_errors=True)  # what was renamed since the last build must go
        super().run()
        if self.editable_mode: return
        shutil.copytree(here/'datasets', into/'datasets', dirs_exist_ok=True, ignore=not_shipped)
        (into/'answers').mkdir(parents=True, exist_ok=True)
        for answers in (here/'tests').glob('*/answers_*.py'): shutil.copy2(answers, into/'answers'/answers.name)

setup(
    name=s['lib_name'], version=s['version'], author=s['author'], description=s['description'], license=s['license'],
    keywords=s['keywords'].split(), url=f"https://github.com/{s['user']}/{s['repo']}",
    long_description=(here/'README.md').read_text(encoding='utf-8'), long_description_content_type='text/markdown',
    python_requires='>='+s['min_python'], packages=find_packages(include=['course', 'course.*']),
    install_requires=s['requirements'].split(),
    extras_require={name: s[name+'_requirements'].split() for name in ('lab', 'dev', 'meters', 'oracle')},
    entry_points={'console_scripts': s['console_scripts'].split()}, cmdclass={'build_py': BuildWithData},
)
