"Rules for the exported modules, and for who may import whom."
import ast, re
from pathlib import Path
from course.shared.lessons import read_card

HEAVY = {'torch', 'scipy', 'pandas', 'sklearn', 'matplotlib'}
# Modules that may load something heavy when imported, each with what and why.
MAY_BE_HEAVY = {
    'course.shared.body': {'torch'},   # Its layers are PyTorch's; lessons bring it in where they need it
}

def module_name(path, root):
    "The dotted name of a file under `root`."
    parts = Path(path).relative_to(root).with_suffix('').parts
    return '.'.join(parts[:-1] if parts[-1] == '__init__' else parts)

def imported(tree, name, is_package=False):
    "All names of modules that some code imports, at any depth; relative ones are spelt out."
    found, here = set(), name.split('.') if is_package else name.split('.')[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import): found |= {part.name for part in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = [] if not node.level else here[:len(here) - node.level + 1]
            whole = '.'.join(base + [node.module]*bool(node.module))
            found |= {whole} | {f'{whole}.{part.name}' for part in node.names}
    return found

def heavy_at_the_door(source, name, allowed=MAY_BE_HEAVY):
    "A heavy package imported as soon as the module is."
    found, tree = [], ast.parse(source)
    door = [node for node in tree.body if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]
    for node in door:
        words = imported(ast.Module(body=[node], type_ignores=[]), name)
        for taken in sorted({word.split('.')[0] for word in words} & HEAVY):
            if taken not in allowed.get(name, ()): found.append(f'{name} imports {taken} as soon as it is imported')
    return found

def too_many_lines(source, name):
    "A module of more than 400 lines."
    return [f'{name} has {source.count(chr(10))} lines']*(source.count('\n') > 400)

def rather_many_lines(source, name):
    "A module of more than 250 lines asks two questions."
    return [f'{name} has {source.count(chr(10))} lines: two questions, two notebooks']*(source.count('\n') > 250)

def forbidden_imports(graph, numbers, needs):
    """Imports against the direction: shared <- carbon.meter <- lessons <- shared.command; lower numbers first.
    `graph` module -> modules of the course it imports; `numbers` module -> its notebook's number;
    `needs` unit -> units that its start page lists."""
    found = []
    for name, taken in sorted(graph.items()):
        unit = name.split('.')[1] if name.count('.') else ''
        for other in sorted(taken - {name}):
            other_unit = other.split('.')[1] if other.count('.') else ''
            why = ''
            if other == 'course.shared.command': why = 'nothing imports the command'
            elif name == 'course.shared.command' or other in ('course', f'course.{other_unit}'): continue
            elif not unit: why = 'course/__init__.py holds the version only'
            elif other_unit == 'shared':
                if unit == 'shared' and numbers.get(other, 0) >= numbers.get(name, 99): why = 'lower numbers first'
            elif unit == 'shared': why = 'shared tools do not know the lessons'
            elif name == 'course.carbon.meter': why = 'the meter imports shared tools only'
            elif other == 'course.carbon.meter': continue
            elif unit == other_unit:
                if numbers.get(other, 0) >= numbers.get(name, 99): why = 'lower numbers first'
            elif other_unit not in needs.get(unit, ()):
                why = f'the start page of {unit} does not list {other_unit} under Needs'
            if why: found.append(f'{name} imports {other}: {why}')
    return found

def circles(graph):
    "Modules that import each other in a circle."
    found = []
    def walk(name, trail):
        if name in trail: found.append(' -> '.join([*trail[trail.index(name):], name]))
        else:
            for other in sorted(graph.get(name, ())): walk(other, trail + [name])
    for name in sorted(graph): walk(name, [])
    return sorted(set(found))

def unit_needs(start_prose):
    "The units that a start page's card lists under Needs."
    card = next(filter(None, map(read_card, start_prose)), {})
    return set(re.findall(r'(?<!\d)\d0_([a-z]+)', card.get('Needs', '')))
