"""The order of the layers, read off the #include lines, and what no file of the repository may hold."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# layer: the layers below it that it may use. Refinements know no solver: they judge equilibria whoever found them.
BELOW = {
    "core": set(),
    "numerics": {"core"},
    "games": {"core", "numerics"},
    "equilibria": {"core", "numerics", "games"},
    "solvers": {"core", "numerics", "games", "equilibria"},
    "refinements": {"core", "numerics", "games", "equilibria"},
    # Results and their options are declared by the solvers, and saved here.
    "io": {"core", "numerics", "games", "equilibria", "solvers", "refinements"},
}
BELOW["models"] = set(BELOW)
BELOW["analysis"] = set(BELOW)


def tracked(*patterns: str) -> list[Path]:
    """Files known to git, or about to be; git's owner check is for other people's hooks, not for a listing."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def layer_of(path: Path) -> str | None:
    parts = path.relative_to(ROOT).parts
    inside = parts[2:] if parts[:2] == ("include", "schelling") else parts[1:]
    return inside[0] if len(inside) > 1 else None


def includes(text: str) -> list[str]:
    return re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', text, re.MULTILINE)


def upward_includes(path: Path, text: str) -> list[str]:
    """The includes of `text`, as the file `path`, that its layer may not use."""
    layer = layer_of(path)
    if layer is None:  # the header of everything
        return []
    found = []
    for name in includes(text):
        parts = name.split("/")
        target = (
            parts[1]
            if parts[0] == "schelling" and len(parts) > 2
            else parts[0]
            if parts[0] in BELOW
            else layer
        )
        if target != layer and target not in BELOW[layer]:
            found.append(name)
    return found


def test_every_folder_is_a_layer():
    layers = {layer_of(path) for path in tracked("include", "src")} - {None}
    assert layers <= BELOW.keys()
    assert {"core"} <= layers


def test_includes_point_down():
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in tracked("include", "src")
        if (found := upward_includes(path, path.read_text()))
    }
    assert not wrong


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("include/schelling/core/error.hpp", "#include <schelling/games/game_tree.hpp>"),
        ("src/refinements/d1.cpp", "#include <schelling/solvers/solve_pbe.hpp>"),
        ("src/solvers/cutoff.cpp", '#include "refinements/d1.hpp"'),
    ],
)
def test_a_wrong_include_is_seen(path: str, line: str):
    assert upward_includes(ROOT / path, line)


def case_words() -> set[str]:
    cases = ROOT / "python" / "schelling" / "cases"
    words = {word for case in cases.glob("*/case.toml") for word in case.parent.name.lower().split("_")}
    return {word for word in words if word.isalpha() and len(word) > 3} | {
        "russia",
        "ukrain",
        "kyiv",
        "moscow",
    }


def test_nothing_below_the_cases_knows_a_case():
    words = re.compile(rf"(?<![a-z])({'|'.join(sorted(case_words()))})", re.IGNORECASE)
    cases = ROOT / "python" / "schelling" / "cases"
    wrong = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked("include", "src", "python/bindings", "python/schelling")
        if not path.is_relative_to(cases) and (match := words.search(path.read_text(errors="ignore")))
    ]
    assert not wrong


def test_a_seed_means_the_same_with_every_standard_library():
    own = re.compile(r"std::(\w+_distribution|shuffle|sample|generate_canonical|default_random_engine)\b")
    wrong = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked("include", "src", "python/bindings")
        for line in path.read_text().splitlines()
        if (match := own.search(line.split("//")[0]))
    ]
    assert not wrong


def test_no_file_holds_the_path_of_a_machine():
    folders = "|".join(["work", "root", "home", "farm", "Users", "tmp"])
    absolute = re.compile(rf"(?<![A-Za-z0-9_.\-/}}$]){'/'}({folders})/\w")
    wrong = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        if (match := absolute.search(path.read_text(errors="ignore")))
    ]
    assert not wrong
