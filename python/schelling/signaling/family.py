"""Signalling games with one or two parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from .._core import InvalidArgument
from .._core import signaling_regions as _core
from ..arguments import CALLABLE, MAPPING, checked, shown
from ..numbers import exact, fractions, table
from .game import SignalingGame

Range = tuple[Fraction, Fraction]
Labels = tuple[list[str], list[str], list[str]]
Tables = dict[str, np.ndarray]
_TABLES = ("prior", "sender", "receiver")


class SignalingFamily:
    """Signalling games whose prior and payoffs are affine in one or two parameters, with rational coefficients.

    Parameters
    ----------
    base : SignalingGame
        The game where all parameters are zero, apart from its prior: see `prior`.
    slopes : mapping from a parameter's name to a mapping with some of "prior" [T], "sender" and "receiver" [T, M, A]
        What a unit of the parameter adds.
    ranges : mapping from a parameter's name to (lower, upper)
    prior : [T], optional
        The prior where all parameters are zero, if it is none there (such as 0 and 1); else that of `base`.

    All numbers are exact: ints, fractions or texts ("1/3", "0.25").

    Raises
    ------
    InvalidGame
        For tables of other shapes, more than two parameters, and priors that do not sum to one everywhere.
    InvalidArgument
        For names and ranges that do not go together, and numbers that are not exact.

    See Also
    --------
    from_function : the same from a function that makes the games.
    """

    @checked(base=SignalingGame, slopes=MAPPING, ranges=MAPPING)
    def __init__(
        self,
        base: SignalingGame,
        slopes: Mapping[str, Mapping[str, Any]],
        ranges: Mapping[str, tuple[Any, Any]],
        *,
        prior: Any = None,
    ) -> None:
        if base.exact is None:
            raise InvalidArgument("base: expected a game in exact numbers, found one in double arithmetic")
        if set(slopes) != set(ranges):
            raise InvalidArgument(f"ranges: expected one for each of {list(slopes)}, found {list(ranges)}")
        shape = base.shape
        shapes = {"prior": shape[:1], "sender": shape, "receiver": shape}
        zero = {name: np.full(size, Fraction(0), dtype=object) for name, size in shapes.items()}
        tables = {name: getattr(base.exact, name) for name in _TABLES}
        if prior is not None:
            tables["prior"] = _array("prior", prior, shapes["prior"])
        directions = {}
        for parameter, given in slopes.items():
            MAPPING.check(f"slopes of {parameter}", given)
            for name in given:
                if name not in _TABLES:
                    raise InvalidArgument(
                        f"slopes of {parameter}: expected {', '.join(_TABLES)}, found {shown(name)}"
                    )
            directions[parameter] = zero | {
                name: _array(f"slopes of {parameter}, {name}", t, shapes[name]) for name, t in given.items()
            }
        limits = {name: _range(name, ranges[name]) for name in slopes}
        self._set((base.types, base.messages, base.actions), tables, directions, limits)

    def _set(self, labels: Labels, base: Tables, slopes: dict[str, Tables], ranges: dict[str, Range]) -> None:
        self.types, self.messages, self.actions = labels
        self._base, self._slopes, self.ranges = base, slopes, ranges
        self._native = _core.SignalingFamily(
            *self.shape, list(slopes), _texts(base), [_texts(t) for t in slopes.values()], labels
        )

    @classmethod
    def _from_tables(
        cls, labels: Labels, base: Tables, slopes: dict[str, Tables], ranges: dict[str, Range]
    ) -> SignalingFamily:
        family = cls.__new__(cls)
        family._set(labels, base, slopes, ranges)
        return family

    @classmethod
    @checked(make=CALLABLE)
    def from_function(cls, make: Callable[..., SignalingGame], **ranges: tuple[Any, Any]) -> SignalingFamily:
        """Make a family from a function that takes the parameters by name, as fractions, and returns a game.

        The function is called at a few points inside the ranges: as many as determine affine tables, and more to check that
        the tables are affine.

        Parameters
        ----------
        make : callable
        **ranges : (lower, upper)
            Of each parameter.

        Raises
        ------
        InvalidArgument
            If a number is not affine in the parameters, naming it, or a game is not exact.

        Examples
        --------
        >>> import schelling as sg
        >>> def beer_quiche(p):
        ...     return sg.SignalingGame(
        ...         [p, 1 - p],
        ...         [[[1, 3], [0, 2]], [[0, 2], [1, 3]]],
        ...         [[[0, 1], [0, 1]], [[1, 0], [1, 0]]],
        ...         types=["strong", "weak"], messages=["beer", "quiche"], actions=["duel", "not"],
        ...     )
        >>> family = sg.SignalingFamily.from_function(beer_quiche, p=(0, 1))
        >>> family
        SignalingFamily(strong, weak; beer, quiche; duel, not; p from 0 to 1)
        >>> family.at(p="9/10").exact.prior
        array([Fraction(9, 10), Fraction(1, 10)], dtype=object)
        """
        limits = {name: _range(name, given) for name, given in ranges.items()}
        if not 1 <= len(limits) <= 2:
            raise InvalidArgument(f"parameters of a family: expected one or two, found {len(limits)}")

        def game(**shares: Fraction) -> dict[str, np.ndarray]:
            point = {name: low + (high - low) * shares[name] for name, (low, high) in limits.items()}
            made = make(**point)
            if made.exact is None:
                raise InvalidArgument(
                    "games of a family: expected exact numbers (ints, fractions, texts), found floats"
                )
            games.append(made)
            return {name: getattr(made.exact, name) for name in _TABLES}

        games: list[SignalingGame] = []
        middle = dict.fromkeys(limits, Fraction(1, 2))
        centre = game(**middle)
        base, slopes = dict(centre), {}
        for name, (low, high) in limits.items():
            step = (high - low) / 4
            aside = game(**(middle | {name: Fraction(3, 4)}))
            slopes[name] = {key: (aside[key] - centre[key]) / step for key in _TABLES}
            for key in _TABLES:
                base[key] = base[key] - slopes[name][key] * ((low + high) / 2)
        # Two further points in general position, and one off each pair of axes, would be exceptions to any law that
        # is not affine unless it was made for them.
        checks = [dict.fromkeys(limits, Fraction(1, 7)), dict.fromkeys(limits, Fraction(8, 9))]
        checks += [middle | {a: Fraction(1, 5), b: Fraction(5, 6)} for a, b in combinations(limits, 2)]
        for shares in checks:
            found = game(**shares)
            for key in _TABLES:
                expected = base[key]
                for name, (low, high) in limits.items():
                    expected = expected + slopes[name][key] * (low + (high - low) * shares[name])
                if found[key].shape != expected.shape:
                    raise InvalidArgument("games of a family: expected one shape, found several")
                if (wrong := np.argwhere(found[key] != expected)).size:
                    at = ", ".join(
                        f"{name} = {low + (high - low) * shares[name]}"
                        for name, (low, high) in limits.items()
                    )
                    entry = tuple(int(i) for i in wrong[0])
                    raise InvalidArgument(
                        f"{key}{list(entry)}: expected a number affine in {' and '.join(limits)}, "
                        f"{expected[entry]} at {at}, found {found[key][entry]}"
                    )
        first = games[0]
        return cls._from_tables((first.types, first.messages, first.actions), base, slopes, limits)

    @property
    def _labels(self) -> Labels:
        return self.types, self.messages, self.actions

    @property
    def parameters(self) -> list[str]:
        """Names of the parameters."""
        return list(self.ranges)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of types, messages and actions."""
        return len(self.types), len(self.messages), len(self.actions)

    def at(self, **point: Any) -> SignalingGame:
        """The game at one point, inside the ranges or not.

        Raises
        ------
        InvalidArgument
            For parameters that are missing or unknown.
        InvalidGame
            Where the prior is not positive.
        """
        self._require(point, all_of_them=True)
        tables = dict(self._base)
        for name, value in point.items():
            for key in _TABLES:
                tables[key] = tables[key] + self._slopes[name][key] * exact(value)
        return SignalingGame(
            tables["prior"], tables["sender"], tables["receiver"], self.types, self.messages, self.actions
        )

    def fix(self, **point: Any) -> SignalingFamily:
        """The family in the other parameter, with one of them at a value."""
        self._require(point, all_of_them=False)
        left = {name: self.ranges[name] for name in self.ranges if name not in point}
        if not left:
            raise InvalidArgument(f"fix: expected a parameter left free, found {list(point)}")
        base = dict(self._base)
        for name, value in point.items():
            for key in _TABLES:
                base[key] = base[key] + self._slopes[name][key] * exact(value)
        return self._from_tables(self._labels, base, {name: self._slopes[name] for name in left}, left)

    def restrict(self, **ranges: tuple[Any, Any]) -> SignalingFamily:
        """The same family with other ranges of some parameters."""
        self._require(ranges, all_of_them=False)
        limits = self.ranges | {name: _range(name, given) for name, given in ranges.items()}
        return self._from_tables(self._labels, self._base, self._slopes, limits)

    def _require(self, names: Mapping[str, Any], *, all_of_them: bool) -> None:
        for name in names:
            if name not in self.ranges:
                raise InvalidArgument(f"parameter: expected one of {self.parameters}, found {shown(name)}")
        if all_of_them and len(names) < len(self.ranges):
            raise InvalidArgument(
                f"point: expected a value for each of {self.parameters}, found {list(names)}"
            )

    def __repr__(self) -> str:
        ranges = ", ".join(f"{name} from {low} to {high}" for name, (low, high) in self.ranges.items())
        return (
            f"SignalingFamily({', '.join(self.types)}; {', '.join(self.messages)}; {', '.join(self.actions)}; "
            f"{ranges})"
        )


def _array(name: str, value: Any, shape: tuple[int, ...]) -> np.ndarray:
    flat, _ = table(name, value, shape, ("types", "messages", "actions"))
    if any(isinstance(x, float) for x in flat):
        raise InvalidArgument(f"{name}: expected exact numbers (ints, fractions, texts), found floats")
    result = np.empty(len(flat), dtype=object)
    result[:] = fractions(name, flat)
    return result.reshape(shape)


def _range(name: str, given: Any) -> Range:
    try:
        low, high = given
    except (TypeError, ValueError):
        raise InvalidArgument(f"range of {name}: expected (lower, upper), found {shown(given)}") from None
    low, high = exact(low), exact(high)
    if not low < high:
        raise InvalidArgument(f"range of {name}: expected lower < upper, found {low} and {high}")
    return low, high


def _texts(tables: Mapping[str, np.ndarray]) -> tuple[list[str], list[str], list[str]]:
    prior, sender, receiver = ([str(x) for x in tables[name].ravel()] for name in _TABLES)
    return prior, sender, receiver
