"""The package as its imports tell it: what it needs is declared, once."""

import ast
import importlib.util
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

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
