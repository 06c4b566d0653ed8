"""The package as its imports tell it: what it needs is declared, once; and no modules import each other in a circle."""

import ast
import importlib.util
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "python" / "schelling"


def imports(tree: ast.AST) -> Iterator[str]:
    """The absolute names that a file imports anywhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module


def foreign_packages() -> set[str]:
    found = {
        name.partition(".")[0]
        for path in PACKAGE.rglob("*.py")
        for name in imports(ast.parse(path.read_text()))
    }
    return found - set(sys.stdlib_module_names) - {"schelling"}


def declared() -> dict[str, list[str]]:
    """The packages by extra, "" for what is always installed; an extra that another one includes is no package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lists = {"": project["dependencies"], **project["optional-dependencies"]}
    names = {extra: [re.match(r"[\w.-]+", line).group() for line in lines] for extra, lines in lists.items()}
    return {extra: [name for name in found if name != "schelling"] for extra, found in names.items()}


def extras() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("extras", PACKAGE / "extras.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.EXTRAS


def test_what_is_imported_is_declared_where_its_extra_says():
    table = {package: extra for extra, packages in declared().items() for package in packages}
    assert table == {"numpy": ""} | extras()
    assert foreign_packages() <= table.keys()


def test_nothing_is_declared_twice():
    everything = [package.lower() for packages in declared().values() for package in packages]
    assert len(everything) == len(set(everything))


# From the bottom.
HEIGHTS = {"finite": 0, "signaling": 0, "models": 1, "analysis": 2, "report": 3}

# A game makes assessments and profiles, a case a report: their types are named for the checker alone, in the annotation
# of a method.
NAMES = {
    ("schelling.analysis.case", "schelling.report.report"),
    ("schelling.finite.extensive_game", "schelling.finite.assessments"),
    ("schelling.finite.normal_form_game", "schelling.finite.profiles"),
}


def sources() -> dict[str, str]:
    """The text of every module by its dotted name; a package has that of its `__init__`."""
    found = {"schelling._core": ""}  # compiled; it knows no module
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text()
    return found


def at_module_level(nodes: Iterable[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that stand outside functions, those for the type checker among them."""
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from at_module_level(n for n in ast.iter_child_nodes(node) if isinstance(n, ast.stmt))


def needed_modules(name: str, modules: dict[str, str]) -> set[str]:
    """The modules of the package that define what a module imports at its own level."""
    is_package = any(other.startswith(f"{name}.") for other in modules)
    found = set()
    for node in at_module_level(ast.parse(modules[name]).body):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        else:
            folder = name.split(".")[: len(name.split(".")) + is_package - node.level] if node.level else []
            home = ".".join([*folder, *([node.module] if node.module else [])])
            targets = [f"{home}.{alias.name}" for alias in node.names]
            targets = [target if target in modules else home for target in targets]
        found.update(target for target in targets if target in modules and target != name)
    return found


def circle(modules: dict[str, str]) -> list[str]:
    """Modules that import each other in a circle, in its order; empty if there is none."""
    graph = {name: needed_modules(name, modules) for name in modules}
    try:
        TopologicalSorter(
            {
                name: {other for other in needed if (name, other) not in NAMES}
                for name, needed in graph.items()
            }
        ).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_no_modules_import_each_other_in_a_circle():
    assert not circle(sources())


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("finite.scalars", "from .extensive_game import ExtensiveGame"),
        ("finite.scalars", "from .. import Case"),
        ("finite.scalars", "try:\n    from . import solve_nash\nexcept ImportError:\n    pass"),
        ("analysis.design", "import schelling.analysis"),
        ("analysis.design", "if TYPE_CHECKING:\n    from ..report.report import Report"),
    ],
)
def test_a_circle_is_seen(module: str, line: str):
    modules = sources()
    modules[f"schelling.{module}"] += f"\n{line}\n"
    assert f"schelling.{module}" in circle(modules)


def test_an_import_inside_a_function_makes_no_circle():
    modules = sources()
    modules["schelling.analysis.design"] += "\ndef late():\n    from .case import Case\n"
    assert not circle(modules)


def upward_imports(modules: dict[str, str]) -> list[tuple[str, str]]:
    """Imports of a folder that stands above one's own."""

    def height(name: str) -> int:
        return HEIGHTS.get(name.split(".")[1], -1) if "." in name else len(HEIGHTS)

    return [
        (name, other)
        for name in modules
        if height(name) >= 0
        for other in sorted(needed_modules(name, modules))
        if height(other) > height(name) and (name, other) not in NAMES
    ]


def test_folders_import_downward():
    assert not upward_imports(sources())


def test_an_upward_import_is_seen():
    modules = sources()
    modules["schelling.finite.scalars"] += "\nfrom ..analysis.case import Case\n"
    assert upward_imports(modules) == [("schelling.finite.scalars", "schelling.analysis.case")]
