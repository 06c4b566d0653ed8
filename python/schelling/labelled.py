"""Values that are looked up by label or by number, and the cells of strategies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from ._core import InvalidArgument

Value = TypeVar("Value")


class ByLabel(Mapping[str, Value]):
    """One value for each of several labelled things (players, information sets, actions, terminals).

    ``x["label"]`` and ``x[0]`` are the same value; ``numpy.asarray(x)`` is the array of all of them where they are numbers.
    An unknown label or number raises InvalidArgument.
    """

    __slots__ = ("_kind", "_labels", "_numbers", "_values")

    def __init__(self, kind: str, labels: Sequence[str], values: Sequence[Value]) -> None:
        self._kind = kind
        self._labels = tuple(labels)
        self._values = tuple(values)
        self._numbers: dict[str, int] | None = None

    def _number(self, label: str) -> int | None:
        if self._numbers is None:
            self._numbers = {}
            for number, each in enumerate(self._labels):
                self._numbers.setdefault(each, number)
        return self._numbers.get(label)

    def __getitem__(self, key: str | int) -> Value:
        if isinstance(key, str):
            number = self._number(key)
            if number is not None:
                return self._values[number]
            names = ", ".join(repr(label) for label in self._labels)
            raise InvalidArgument(f"{self._kind}: expected one of {names}, found {key!r}")
        if isinstance(key, bool) or not isinstance(key, int | np.integer):
            raise InvalidArgument(f"{self._kind}: expected a label or a number, found {key!r}")
        if not 0 <= key < len(self._values):
            raise InvalidArgument(f"{self._kind}: expected a number below {len(self._values)}, found {key}")
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._number(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.array(self._values, dtype=dtype or np.float64)

    def __repr__(self) -> str:
        return "{" + ", ".join(f"{label!r}: {value!r}" for label, value in self.items()) + "}"


class Cell(NamedTuple):
    """Types in (lower, upper], or the atom of types at lower = upper, which all choose alike."""

    lower: float
    upper: float
    probabilities: Mapping[str, float]

    @property
    def action(self) -> str | None:
        """The action that the cell's types take for sure; None where they mix."""
        return next((label for label, p in self.probabilities.items() if p == 1), None)

    def __repr__(self) -> str:
        where = f"at {self.lower:g}" if self.lower == self.upper else f"({self.lower:g}, {self.upper:g}]"
        what = self.action or " or ".join(
            f"{label} ({p:g})" for label, p in self.probabilities.items() if p > 0
        )
        return f"<{where}: {what}>"
