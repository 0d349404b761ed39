"The guard of a lab is small, asks nobody, and styles nothing but labs."
import re
from course.shared.guard import Guard

def test_the_guard_is_small_and_asks_nobody():
    assert len(Guard._esm.encode()) <= 15_000
    assert not re.search(r'https?:|//cdn|\bimport\b|fetch\(|eval\(', Guard._esm + Guard._css)

def test_the_guard_speaks_the_old_interface():
    assert 'export default { render }' in Guard._esm and 'initialize' not in Guard._esm and 'signal' not in Guard._esm

def test_no_rule_leaks_out_of_a_lab():
    for selectors in re.findall(r'([^{}]+)\{', re.sub(r'@media[^{]+\{', '', Guard._css)):
        assert all(one.strip().startswith('.glassbox-') for one in selectors.split(',') if one.strip()), selectors

def test_reduced_motion_is_respected(): assert 'prefers-reduced-motion: reduce' in Guard._css
