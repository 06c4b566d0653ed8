"""Exact and floating-point numbers from whatever a caller writes."""

from __future__ import annotations

import numbers
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from ._core import InvalidArgument, InvalidGame


def exact(value: Any) -> Any:
    """Read floats by their shortest decimal: ``exact(0.1)`` is ``Fraction(1, 10)``.

    Takes a number, a text such as ``"1/3"``, nested sequences, arrays or mappings of them, or a game in double
    arithmetic, and returns the same shape in fractions (arrays become arrays of objects).

    The probabilities of a game must sum to one exactly. Where their decimals do not, as in ``[1/3, 1/3, 1/3]``, they are
    read as the nearest fractions of denominators up to 1000, or else divided by their sum; a warning says which.

    Raises
    ------
    InvalidArgument
        For infinities, NaN, and texts that are not numbers.
    """
    if hasattr(value, "_to_exact"):
        return value._to_exact()
    if isinstance(value, np.ndarray):
        flat = np.empty(value.size, dtype=object)
        flat[:] = [exact(x) for x in value.ravel().tolist()]
        return flat.reshape(value.shape)
    if isinstance(value, Mapping):
        return {key: exact(x) for key, x in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [exact(x) for x in value]
    try:
        if isinstance(value, float | np.floating):
            return Fraction(repr(float(value)))
        return Fraction(int(value)) if isinstance(value, np.integer) else Fraction(value)
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        raise InvalidArgument(
            f"number: expected a finite number or a text such as '1/3', found {value!r}"
        ) from None


def exact_copy(convert: Callable[[Any], tuple[Any, list[str]]], native: Any) -> Any:
    """A game of the core in fractions; warns, at the caller outside the package, of probabilities whose decimals do not sum
    to one and how they were read."""
    result, notes = convert(native)
    if notes:
        package = str(Path(__file__).parent)
        frame, level = sys._getframe(), 1
        while frame.f_back is not None and frame.f_code.co_filename.startswith(package):
            frame, level = frame.f_back, level + 1
        for note in notes:
            warnings.warn(note, UserWarning, stacklevel=level)
    return result


def is_exact(value: Any) -> bool:
    """Whether a single entry is stated exactly: an int, a Fraction, a Decimal or a text, and not a float."""
    return isinstance(value, numbers.Rational | Decimal | str)


def floats(name: str, entries: Sequence) -> np.ndarray:
    """An array of float64 from numbers and texts.

    Raises
    ------
    InvalidGame
        Naming the list and the entry that is no number.
    """
    result = []
    for x in entries:
        try:
            result.append(float(exact(x)) if isinstance(x, str) else float(x))
        except (TypeError, ValueError):
            raise InvalidGame(f"{name}: expected numbers, found {x!r}") from None
    return np.array(result, dtype=float)


def table(
    name: str, value: Any, shape: tuple[int | None, ...], axes: tuple[str, ...]
) -> tuple[list, tuple[int, ...]]:
    """Flatten nested sequences or an array; None in `shape` stands for whatever length there is.

    Raises
    ------
    InvalidGame
        Naming the first part whose length is not the one of its siblings, or of `shape`.
    """
    found = list(shape)

    def flatten(part: Any, depth: int, where: str) -> list:
        if depth == len(shape):
            if isinstance(part, np.generic):
                return [part.item()]
            if isinstance(part, Sequence | np.ndarray) and not isinstance(part, str):
                raise InvalidGame(f"{where}: expected a number, found {len(part)} of them")
            return [part]
        if isinstance(part, str) or not hasattr(part, "__len__"):
            raise InvalidGame(f"{where}: expected a list of {axes[depth]}, found {part!r}")
        if found[depth] is None:
            found[depth] = len(part)
        if len(part) != found[depth]:
            raise InvalidGame(f"{where}: expected {found[depth]} {axes[depth]}, found {len(part)}")
        return [x for i, child in enumerate(part) for x in flatten(child, depth + 1, f"{where}[{i}]")]

    flat = flatten(value, 0, name)
    return flat, tuple(n or 0 for n in found)
