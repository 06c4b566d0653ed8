"""Flat lists of numbers for the compiled core, exact or double."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .._core import InvalidArgument, InvalidGame
from ..arguments import refuse_masked, shown
from ..numbers import exact, floats, is_exact

#: Integers of this size need no look at their digits.
_SMALL = 2**63


def all_exact(*lists: Sequence[Any]) -> bool:
    """Whether every number is stated exactly: an int, a Fraction, a Decimal or a text."""
    return all(is_exact(x) for entries in lists for x in entries)


def to_scalars(name: str, entries: Sequence[Any], exactly: bool) -> Any:
    """Fractions, or an array of float64.

    Raises
    ------
    InvalidGame
        Naming the list and the entry that is no number.
    """
    if exactly:
        try:
            return [x if type(x) is int and -_SMALL < x < _SMALL else exact(x) for x in entries]
        except InvalidArgument as error:
            raise InvalidGame(f"{name}: {error}") from None
    return floats(name, entries)


def text_of(x: Any) -> str:
    """A number in words: a short fraction as it is, anything else rounded."""
    if isinstance(x, float | np.floating):
        return f"{x:.6g}"
    text = str(x)
    return text if len(text) <= 12 else f"{float(x):.6g}"


def mixture(row: Mapping[str, Any], quoted: bool = False) -> str:
    """A distribution in words: what is certain, or the parts with their probabilities."""
    parts = [(f"'{label}'" if quoted else label, p) for label, p in row.items() if p != 0]
    if len(parts) == 1:
        return parts[0][0]
    return " or ".join(f"{label} ({text_of(p)})" for label, p in parts)


def row_of(what: str, kind: str, labels: Sequence[str], choice: Any) -> list:
    """Probabilities in the labels' order from one label, a mapping, or numbers.

    Raises
    ------
    InvalidArgument
        For a label that there is not, and a wrong number of numbers.
    """
    if isinstance(choice, str):
        choice = {choice: 1}
    if isinstance(choice, Mapping):
        for key in choice:
            if key not in labels:
                names = ", ".join(map(repr, labels))
                raise InvalidArgument(f"{what}: expected {kind}s among {names}, found {shown(key)}")
        return [choice.get(label, 0) for label in labels]
    refuse_masked(what, choice)
    row = list(np.asarray(choice, dtype=object).ravel())
    if len(row) != len(labels):
        raise InvalidArgument(
            f"{what}: expected {len(labels)} numbers, one for each {kind}, found {len(row)}"
        )
    return row
