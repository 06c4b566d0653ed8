"""The finite game in normal form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from .._core import InvalidArgument, InvalidGame
from .._core import finite as _core
from ..arguments import PATH, ROWS, TEXT, checked, label, labels, optional, refuse_masked, shown
from ..labelled import ByLabel
from ..numbers import exact_copy, table
from .files import read_text_or_path, write_text
from .scalars import all_exact, to_scalars

if TYPE_CHECKING:
    from .._core import Certificate
    from .profiles import Profile


class NormalFormGame:
    """A finite game in normal (strategic) form: any number of players, a payoff for each at every pure profile.

    Parameters
    ----------
    payoffs : one table for each player, or a mapping from names to tables
        Each of shape [strategies of player 1, ..., strategies of player n].
    players : names, optional
    strategies : names for each player, optional
    title : str

    >>> import schelling as sg
    >>> sg.NormalFormGame([[[-1, -3], [0, -2]], [[-1, 0], [-3, -2]]], players=["row", "column"],
    ...                   strategies=[["silent", "confess"]] * 2, title="Prisoner's dilemma")
    NormalFormGame("Prisoner's dilemma"; row: silent, confess; column: silent, confess; exact)

    The game is exact if every number is an int, a Fraction or a text ("1/3", "0.25"); with one float among them it is in
    double arithmetic, and `schelling.exact` turns it into an exact one.

    Raises
    ------
    InvalidGame
        For tables whose shapes differ, no player, no strategy, labels that are repeated or too few, and payoffs that are
        not finite.
    """

    def __init__(
        self,
        payoffs: Sequence | Mapping[str, Any],
        *,
        players: Sequence[str] | None = None,
        strategies: Sequence[Sequence[str]] | None = None,
        title: str = "",
    ) -> None:
        if isinstance(payoffs, Mapping):
            players = list(payoffs) if players is None else labels("players", players, "names")
            if set(players) != set(payoffs):
                raise InvalidGame(f"payoffs: expected a table for each of {players}, found {list(payoffs)}")
            payoffs = [payoffs[player] for player in players]
        if (
            isinstance(payoffs, str | bytes)
            or not hasattr(payoffs, "__len__")
            or getattr(payoffs, "ndim", 1) == 0
        ):
            raise InvalidGame(f"payoffs: expected a table for each player, found {shown(payoffs)}")
        refuse_masked("payoffs", payoffs)
        count = len(payoffs)
        players = (
            [f"player {i + 1}" for i in range(count)]
            if players is None
            else labels("players", players, "names")
        )
        if len(players) != count:
            raise InvalidGame(f"players: expected {count} names, one for each table, found {len(players)}")
        axes = tuple(f"strategies of {player!r}" for player in players)
        shape: tuple[int | None, ...] = (None,) * count
        tables = []
        for player, given in zip(players, payoffs, strict=True):
            flat, shape = table(f"payoffs of {player!r}", given, shape, axes)
            tables.append(flat)
        if strategies is None:
            strategies = [[str(s + 1) for s in range(n or 0)] for n in shape]
        if isinstance(strategies, str | bytes) or not hasattr(strategies, "__len__"):
            raise InvalidGame(
                f"strategies: expected a list of labels for each player, found {shown(strategies)}"
            )
        strategies = [labels("strategies", own) for own in strategies]
        found = [len(own) for own in strategies]
        if found != list(shape):
            raise InvalidGame(f"strategies: expected {list(shape)} labels, as the tables have, found {found}")
        flat = [entry for profile in zip(*tables, strict=True) for entry in profile]
        exactly = all_exact(flat)
        make = _core.NormalFormGameExact if exactly else _core.NormalFormGameDouble
        self._native: Any = make(
            players, strategies, to_scalars("payoffs", flat, exactly), label("title", title)
        )

    @classmethod
    def _from_native(cls, native: Any) -> NormalFormGame:
        game = cls.__new__(cls)
        game._native = native
        return game

    @classmethod
    @checked(source=PATH)
    def read_nfg(cls, source: str | Path) -> NormalFormGame:
        """Read a file in Gambit's normal form (.nfg), or its text. Numbers are exact.

        Raises
        ------
        ParseError
            Naming file, line, what was expected there and what was found.
        """
        return cls._from_native(read_text_or_path(source, "NFG", _core.read_nfg))

    @checked(path=optional(PATH))
    def write_nfg(self, path: str | Path | None = None) -> str:
        """The game in Gambit's normal form, also saved if there is a path. Floats are written as their shortest
        decimals."""
        return write_text(_core.write_nfg(self._to_exact()._native), path)

    @property
    def title(self) -> str:
        return self._native.title

    @property
    def arithmetic(self) -> str:
        """ "exact" or "double"."""
        return "exact" if isinstance(self._native, _core.NormalFormGameExact) else "double"

    @cached_property
    def players(self) -> tuple[str, ...]:
        return tuple(self._native.players)

    @cached_property
    def strategies(self) -> ByLabel:
        """[player] names of its strategies."""
        return ByLabel("player", self.players, [tuple(labels) for labels in self._native.strategies])

    @property
    def shape(self) -> tuple[int, ...]:
        """Numbers of strategies."""
        return tuple(len(labels) for labels in self._native.strategies)

    @cached_property
    def payoffs(self) -> ByLabel:
        """[player] table of payoffs over the pure profiles."""
        return self._tables(False)

    @cached_property
    def exact(self) -> SimpleNamespace | None:
        """`payoffs` in fractions; None in double arithmetic."""
        return SimpleNamespace(payoffs=self._tables(True)) if self.arithmetic == "exact" else None

    def _tables(self, exactly: bool) -> ByLabel:
        values = self._native.values(exactly)
        return ByLabel("player", self.players, [values[..., i] for i in range(len(self.players))])

    def payoff(self, profile: Sequence[str | int] | Mapping[str, str | int]) -> ByLabel:
        """[player] payoff at a pure profile, given by the strategies' names or numbers."""
        if isinstance(profile, Mapping):
            for key in profile:
                if key not in self.players:
                    raise InvalidArgument(
                        f"profile: expected players among {list(self.players)}, found {shown(key)}"
                    )
            missing = [player for player in self.players if player not in profile]
            if missing:
                raise InvalidArgument(f"profile: expected a strategy of {missing[0]!r}, found none")
            profile = [profile[player] for player in self.players]
        if isinstance(profile, str) or not isinstance(profile, Sequence | np.ndarray):
            raise InvalidArgument(f"profile: expected a strategy of each player, found {shown(profile)}")
        if len(profile) != len(self.players):
            raise InvalidArgument(f"profile: expected {len(self.players)} strategies, found {len(profile)}")
        at = tuple(
            ByLabel(f"strategy of {p!r}", self.strategies[p], range(n))[s]
            for p, s, n in zip(self.players, profile, self.shape, strict=True)
        )
        return ByLabel("player", self.players, [float(self.payoffs[p][at]) for p in self.players])

    @checked(strategies=ROWS)
    def profile(self, strategies: Mapping[Any, Any] | Sequence) -> Profile:
        """A mixed strategy of every player, with what it pays and its certificate.

        Parameters
        ----------
        strategies : player -> strategy, or one for each player in order
            A pure strategy by name, a mapping from names to probabilities, or probabilities in order.

        Raises
        ------
        InvalidArgument
            For unknown or missing players and strategies, and numbers that are no distribution.
        """
        from .profiles import Profile

        return Profile._of(self, strategies)

    def _certify(self, profile: Any) -> Certificate:
        from .profiles import Profile

        if not isinstance(profile, Profile):
            return self.profile(profile).certificate
        if profile.game != self:
            raise InvalidArgument(f"profile: expected one of {self!r}, found one of {profile.game!r}")
        return self._native.certify(
            profile._native.values(self.arithmetic == "exact")["strategies"]
        ).certificate

    def to_html(self) -> str:
        """The payoff table as HTML: a table of the first two players' strategies for each choice of the others; payoffs of
        best replies are underlined, pure Nash equilibria shaded."""
        return _core.table_html(self._native)

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_latex(self) -> str:
        """The payoff table as LaTeX."""
        return _core.table_latex(self._native)

    def to_json(self) -> str:
        return self._native.to_json()

    @classmethod
    @checked(text=TEXT)
    def from_json(cls, text: str) -> NormalFormGame:
        """Read what `to_json` wrote. Raises ParseError."""
        return cls._from_native(_core.normal_form_game_from_json(text))

    def _to_exact(self) -> NormalFormGame:
        return (
            self if self.arithmetic == "exact" else self._from_native(exact_copy(_core.exact, self._native))
        )

    def _to_double(self) -> NormalFormGame:
        return self if self.arithmetic == "double" else self._from_native(_core.to_double(self._native))

    def __getstate__(self) -> dict[str, Any]:
        return {"_native": self._native}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NormalFormGame):
            return NotImplemented
        return self._native == other._native

    __hash__ = None  # type: ignore[assignment]

    def __array__(self, dtype: object = None, copy: bool | None = None) -> np.ndarray:
        return np.moveaxis(self._native.values(False), -1, 0).astype(dtype or np.float64)

    def __repr__(self) -> str:
        title = f"{self.title!r}; " if self.title else ""
        rows = [
            f"{player}: {', '.join(labels) if len(labels) <= 6 else f'{len(labels)} strategies'}"
            for player, labels in self.strategies.items()
        ]
        return f"NormalFormGame({title}{'; '.join(rows)}; {self.arithmetic})"
