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
from .arguments import MOST_DIGITS, refuse_masked, shown

#: A number of more bits has more than MOST_DIGITS decimal digits.
_MOST_BITS = 14284


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
    if isinstance(value, np.ma.MaskedArray):
        raise InvalidArgument(
            "number: expected numbers, found a masked array; fill or remove its masked entries"
        )
    if isinstance(value, np.ndarray):
        flat = np.empty(value.size, dtype=object)
        flat[:] = [exact(x) for x in value.ravel().tolist()]
        return flat.reshape(value.shape)
    if isinstance(value, Mapping):
        return {key: exact(x) for key, x in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [exact(x) for x in value]
    if isinstance(value, str | Decimal):
        _require_exponent(value)
    try:
        if isinstance(value, float | np.floating):
            return Fraction(repr(float(value)))
        read = Fraction(int(value)) if isinstance(value, np.integer) else Fraction(value)
        if max(abs(read.numerator), read.denominator).bit_length() > _MOST_BITS:
            raise InvalidArgument(f"number: expected at most {MOST_DIGITS} digits, found more")
        return read
    except InvalidArgument:
        raise
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        raise InvalidArgument(
            f"number: expected a finite number or a text such as '1/3', found {shown(value)}"
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


def fractions(name: str, entries: Sequence) -> list[Fraction]:
    """Fractions from a list of ints, fractions and texts.

    Raises
    ------
    InvalidGame
        Naming the list and the entry that is no number.
    """
    try:
        return exact(entries)
    except InvalidArgument as error:
        raise InvalidGame(f"{name}: {error}") from None


#: Largest power of ten in a text, as in the core: what is beyond would only exhaust memory.
_LARGEST_EXPONENT = 4096


def _require_exponent(value: str | Decimal) -> None:
    _, mark, exponent = str(value).lower().partition("e")
    digits = exponent.strip().lstrip("+-").replace("_", "").lstrip("0")
    if mark and digits.isdigit() and (len(digits) > 4 or int(digits) > _LARGEST_EXPONENT):
        raise InvalidArgument(
            f"number: expected a power of ten of at most {_LARGEST_EXPONENT} in size, found {shown(value)}"
        )


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
            raise InvalidGame(f"{name}: expected numbers, found {shown(x)}") from None
        except OverflowError:
            raise InvalidGame(
                f"{name}: expected numbers of the range of floats beside a float, found {shown(x)}; state all exactly"
            ) from None
    return np.array(result, dtype=float)


def _is_list(part: Any) -> bool:
    """Whether it has a length and is run through: an array of no dimension has the method and no length."""
    return hasattr(part, "__len__") and hasattr(part, "__iter__") and getattr(part, "ndim", 1) > 0


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
    refuse_masked(name, value)

    def flatten(part: Any, depth: int, where: str) -> list:
        if depth == len(shape):
            if isinstance(part, np.generic):
                return [part.item()]
            refuse_masked(where, part)
            if isinstance(part, Sequence | np.ndarray) and not isinstance(part, str):
                raise InvalidGame(f"{where}: expected a number, found {len(part)} of them")
            return [part]
        refuse_masked(where, part)
        if isinstance(part, str | bytes | Mapping | set | frozenset) or not _is_list(part):
            raise InvalidGame(f"{where}: expected a list of {axes[depth]}, found {shown(part)}")
        if found[depth] is None:
            found[depth] = len(part)
        if len(part) != found[depth]:
            raise InvalidGame(f"{where}: expected {found[depth]} {axes[depth]}, found {len(part)}")
        return [x for i, child in enumerate(part) for x in flatten(child, depth + 1, f"{where}[{i}]")]

    flat = flatten(value, 0, name)
    return flat, tuple(n or 0 for n in found)
