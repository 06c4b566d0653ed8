"""Models of other packages, by the entry-point group `schelling.models`."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "schelling.models"


def plugins() -> dict[str, EntryPoint]:
    """The entry points of installed packages by name, not loaded."""
    from importlib.metadata import entry_points

    return {entry.name: entry for entry in entry_points(group=GROUP)}


def available() -> dict[str, type]:
    """All model classes by name: the library's and those that installed packages add.

    A package adds models in its `pyproject.toml`::

        [project.entry-points."schelling.models"]
        Entry = "my_package.entry:Entry"

    One that cannot be loaded, or has the name of a model of the library, is left out with a warning.
    """
    from .. import models

    found: dict[str, type] = {name: getattr(models, name) for name in models.__all__}
    for name, entry in plugins().items():
        if name in models.__all__:
            warnings.warn(
                f"model {name} of {entry.value}: the library has a model of this name", stacklevel=2
            )
            continue
        try:
            found[name] = entry.load()
        except Exception as error:
            warnings.warn(f"model {name} of {entry.value}: cannot be loaded: {error}", stacklevel=2)
    return found
