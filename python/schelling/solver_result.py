"""What the results of all solvers have in common."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any


class SolverResult:
    """What a solver says of its result: how it ended, how it worked, and what is known of the coverage."""

    _native: Any

    @property
    def status(self) -> str:
        """Why the solver stopped; "solved" if it came to its end."""
        return self._native.status

    @property
    def message(self) -> str:
        return self._native.message

    @property
    def method(self) -> str:
        return self._native.method

    @property
    def arithmetic(self) -> str:
        """ "exact" or "double"."""
        return self._native.arithmetic

    @property
    def coverage(self) -> str:
        """ "one", "some" or "all" of what the method looks for."""
        return self._native.coverage

    @property
    def proven(self) -> bool:
        return self._native.proven

    @property
    def complete(self) -> bool:
        """True only if these are proven to be all that the method looks for."""
        return self._native.complete

    @property
    def is_usable(self) -> bool:
        """Whether the search itself ended well; what was found is certified in any case."""
        return self._native.is_usable

    @property
    def seed(self) -> int:
        return self._native.seed

    @property
    def version(self) -> str:
        return self._native.version


def info_of(native: Any) -> SimpleNamespace:
    """The same properties of a compiled result alone, which can be pickled."""
    names = [name for name, value in vars(SolverResult).items() if isinstance(value, property)]
    return SimpleNamespace(**{name: getattr(native, name) for name in names})
