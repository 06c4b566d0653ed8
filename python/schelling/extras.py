"""What NumPy alone does not give: packages that are loaded when they are used, and the extra that brings each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

EXTRAS = {
    "h5netcdf": "analysis",
    "h5py": "analysis",
    "lark": "analysis",
    "pandas": "analysis",
    "SALib": "analysis",
    "scipy": "analysis",
    "tqdm": "analysis",
    "xarray": "analysis",
    "matplotlib": "plot",
    "jinja2": "report",
    "markupsafe": "report",
}
"""The extra of each package; `pyproject.toml` declares the same."""


INCLUDES = {"report": ("analysis", "plot")}
"""The extras that an extra brings along."""


class MissingPackage(ModuleNotFoundError):
    """A package is not installed that what was called needs; the message names the extra that brings it."""


@contextmanager
def extra() -> Iterator[None]:
    """Around the imports of packages of an extra: says of one that is missing how to install it.

    Raises MissingPackage.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in EXTRAS:
            raise
        raise _missing(package, EXTRAS[package]) from error


def need(extra: str) -> None:
    """Looks for every package of an extra, and of those it includes, without loading them: before long work, not after it.

    Raises MissingPackage.
    """
    for package, brought_by in EXTRAS.items():
        if brought_by in (extra, *INCLUDES.get(extra, ())) and find_spec(package) is None:
            raise _missing(package, extra)


def _missing(package: str, extra: str) -> MissingPackage:
    return MissingPackage(
        f"{package}: expected to be installed, found no such package; `pip install schelling[{extra}]` brings it",
        name=package,
    )
