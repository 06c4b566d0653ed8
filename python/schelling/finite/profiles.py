"""Profiles of mixed strategies of a game in normal form, and the equilibria that a solver found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from .._core import Certificate, InvalidArgument
from .._core import finite as _core
from ..labelled import ByLabel
from .normal_form_game import NormalFormGame
from .results import Found
from .scalars import all_exact, mixture, row_of, text_of, to_scalars


class Profile:
    """A mixed strategy of every player, what it pays, and its certificate."""

    def __init__(self, native: Any, game: NormalFormGame) -> None:
        self._native = native
        self.game = game

    @classmethod
    def _of(cls, game: NormalFormGame, strategies: Mapping[Any, Any] | Sequence) -> Profile:
        given: Sequence = (
            [
                strategies[player] if player in strategies else strategies.get(k)
                for k, player in enumerate(game.players)
            ]
            if isinstance(strategies, Mapping)
            else strategies
        )
        if len(given) != len(game.players):
            raise InvalidArgument(
                f"strategies: expected {len(game.players)}, one for each player, found {len(given)}"
            )
        rows = []
        for player, labels, choice in zip(game.players, game.strategies.values(), given, strict=True):
            if choice is None:
                raise InvalidArgument(f"strategies: expected one of {player!r}, found none")
            rows.append(row_of(f"strategy of {player!r}", "label", labels, choice))
        exactly = game.arithmetic == "exact"
        if exactly and not all_exact(*rows):
            raise InvalidArgument(
                "strategies: expected exact numbers, since the game is exact, found floats; use fractions, "
                "schelling.exact, or the game in floats"
            )
        return cls(game._native.certify([to_scalars("strategy", row, exactly) for row in rows]), game)

    def _values(self, exactly: bool) -> dict[str, ByLabel]:
        values = self._native.values(exactly)
        rows = [
            ByLabel("strategy", labels, row.tolist())
            for labels, row in zip(self.game.strategies.values(), values["strategies"], strict=True)
        ]
        return {
            "strategies": ByLabel("player", self.game.players, rows),
            "payoff": ByLabel("player", self.game.players, values["payoff"].tolist()),
        }

    @cached_property
    def _double(self) -> dict[str, ByLabel]:
        return self._values(False)

    @property
    def strategies(self) -> ByLabel:
        """[player][strategy] probability."""
        return self._double["strategies"]

    @property
    def payoff(self) -> ByLabel:
        """[player] expected payoff."""
        return self._double["payoff"]

    @cached_property
    def exact(self) -> SimpleNamespace | None:
        """The same in fractions; None in double arithmetic."""
        return SimpleNamespace(**self._values(True)) if self.game.arithmetic == "exact" else None

    @property
    def certificate(self) -> Certificate:
        """`max_regret` is the largest gain of a player from another strategy, relative to the range of its payoffs."""
        return self._native.certificate

    @property
    def support(self) -> ByLabel:
        """[player] strategies that are played."""
        return ByLabel(
            "player",
            self.game.players,
            [tuple(s for s, p in row.items() if p > 0) for row in self.strategies.values()],
        )

    @property
    def is_pure(self) -> bool:
        return all(len(played) == 1 for played in self.support.values())

    def to_html(self) -> str:
        """The payoff table with the profile's probabilities as HTML."""
        return _core.table_html(self.game._native, self._native)

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_latex(self) -> str:
        """The payoff table with the profile's probabilities as LaTeX."""
        return _core.table_latex(self.game._native, self._native)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Profile):
            return NotImplemented
        mine, theirs = (vars(x.exact) if x.exact else x._double for x in (self, other))
        return self.game == other.game and dict(mine["strategies"]) == dict(theirs["strategies"])

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self):
        exactly = self.game.arithmetic == "exact"
        return Profile._of, (self.game, [row.tolist() for row in self._native.values(exactly)["strategies"]])

    def __repr__(self) -> str:
        numbers = self._double if self.exact is None else vars(self.exact)
        parts = [
            f"{player}: {mixture(row)}, gets {text_of(numbers['payoff'][player])}"
            for player, row in numbers["strategies"].items()
        ]
        return f"Profile({'; '.join(parts)})"


class Profiles(Found[Profile]):
    """Equilibria of a game in normal form: a sequence of profiles, each with its certificate."""

    def _at(self, number: int) -> Profile:
        return Profile(self._native.at(number), self.game)

    @classmethod
    def _read(cls, text: str) -> tuple[Any, NormalFormGame]:
        native = _core.profiles_from_json(text)
        return native, NormalFormGame._from_native(native.game)
