"""NumPy alone: what a bare import may load, what works with nothing else, and what is said where a package is missing."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from schelling.extras import EXTRAS, MissingPackage, need

# No path is cut off from the interpreter: the packages are there, and a bare import leaves them alone.
# Without a spec are those that NumPy's compiled modules make for themselves (cython_runtime).
LOADED = """
import json, sys
before = set(sys.modules)
import schelling
loaded = set(sys.modules) - before
print(json.dumps(sorted(name for name in loaded if getattr(sys.modules[name], "__spec__", None))))
"""


def python(text: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_bare_import_loads_numpy_and_the_core_alone():
    loaded = {name.partition(".")[0] for name in json.loads(python(LOADED))}
    assert loaded - set(sys.stdlib_module_names) == {"numpy", "schelling"}


def test_a_module_that_is_loaded_too_early_is_seen():
    loaded = json.loads(python(LOADED.replace("import schelling\n", "import schelling, lark\n")))
    assert {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names) > {"numpy", "schelling"}


def alone(text: str) -> str:
    """What a fresh interpreter prints that has no package of any extra."""
    return python(
        f"import sys\nsys.modules.update(dict.fromkeys({sorted(EXTRAS)}))\nimport schelling as sg\n{text}"
    )


def test_every_public_name_is_there_with_numpy_alone():
    assert alone(
        "print(all(getattr(sg, n) is not None for n in sg.__all__), set(sg.__all__) <= set(dir(sg)))"
    ) == ("True True\n")


def test_games_and_models_are_solved_with_numpy_alone():
    printed = alone(
        "print(len(sg.solve_pbe(sg.models.BeerQuiche().game())))\n"
        "print(len(sg.solve_nash_all(sg.PublishedGame.load(sg.catalog()[0]).game)) > 0)\n"
        "print(len(sg.models.ExtendedDeterrence().solve()) > 0)\n"
        "print(len(sg.cases()) > 0)\n"
    )
    assert printed.split("\n")[1:4] == ["True"] * 3 and int(printed.split("\n")[0]) > 0


@pytest.mark.parametrize(
    ("call", "package", "extra"),
    [
        ("sg.sweep(sg.models.ExtendedDeterrence(), {}, progress=False)", "xarray", "analysis"),
        ("sg.solve_pbe(sg.models.BeerQuiche().game()).to_dataframe()", "pandas", "analysis"),
        ("sg.Case.load(sg.cases()[0])", "lark", "analysis"),
        ("sg.analysis.Design().unit_points(2)", "scipy", "analysis"),
        ("import schelling.report", None, "report"),
        ("sg.solve_agent_qre(sg.PublishedGame.load(sg.catalog()[0]).game).plot()", "matplotlib", "plot"),
    ],
)
def test_what_is_missing_is_one_sentence_that_names_the_extra(call: str, package: str | None, extra: str):
    caught = "try:\n    " + call.replace("\n", "\n    ") + "\nexcept ImportError as error:\n    print(error)"
    printed = alone(caught)
    assert printed.count("\n") == 1
    assert (
        f"expected to be installed, found no such package; `pip install schelling[{extra}]` brings it"
        in printed
    )
    assert package is None or printed.startswith(f"{package}: ")


def test_the_command_line_says_it_too():
    printed = alone(
        "import contextlib, io\nfrom schelling.cli import main\nsaid = io.StringIO()\n"
        "with contextlib.redirect_stderr(said):\n    code = main(['report', sg.cases()[0], '--out', 'never', '--quick'])\n"
        "print(code, said.getvalue(), end='')"
    )
    assert printed.startswith("2 schelling: ") and "`pip install schelling[report]` brings it" in printed


def test_an_extra_that_is_there_is_not_complained_of(monkeypatch):
    need("report")
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingPackage, match="jinja2"):
        need("report")
    need("analysis")
