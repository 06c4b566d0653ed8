"""Correlated equilibria."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from .._core import Certificate
from .._core import finite as _core
from ..arguments import checked
from ..labelled import ByLabel
from ..solver_result import SolverResult, info_of
from .backward_induction import in_arithmetic
from .coverage import coverage_line
from .extensive_game import ExtensiveGame
from .normal_form_game import NormalFormGame
from .scalars import text_of


def table_of(game: NormalFormGame | ExtensiveGame) -> NormalFormGame:
    """The game itself, or a tree's reduced normal form."""
    if isinstance(game, NormalFormGame):
        return game
    exactly = game.arithmetic == "exact"
    reduced = (_core.ReducedNormalFormExact if exactly else _core.ReducedNormalFormDouble)(
        game._native, 1_000_000
    )
    return NormalFormGame._from_native(reduced.game)


class CorrelatedEquilibrium:
    """A distribution over pure profiles from which each player is told the own strategy and best obeys (Aumann 1974).

    Attributes
    ----------
    distribution : float64 [strategies of player 1, ..., strategies of player n]
    payoff : [player]
    certificate : Certificate
        `max_regret` is the largest expected gain from playing one strategy whenever told another one, relative to the
        range of the player's payoffs.
    exact : `distribution` and `payoff` in fractions; None in double arithmetic
    """

    def __init__(
        self, game: NormalFormGame, rounded: tuple[Any, Any, Certificate], fractions: tuple | None
    ) -> None:
        self.game = game
        self.distribution, self.payoff = self._shaped(rounded)
        self.certificate = rounded[2]
        self.exact: SimpleNamespace | None = None
        if fractions is not None:
            distribution, payoff = self._shaped(fractions)
            self.exact = SimpleNamespace(distribution=distribution, payoff=payoff)

    def _shaped(self, numbers: tuple) -> tuple[np.ndarray, ByLabel]:
        distribution, payoff, _ = numbers
        return distribution.reshape(self.game.shape), ByLabel("player", self.game.players, payoff.tolist())

    def __repr__(self) -> str:
        numbers = self if self.exact is None else self.exact
        labels = list(self.game.strategies.values())
        parts = [
            f"({', '.join(own[s] for own, s in zip(labels, at, strict=True))}) {text_of(numbers.distribution[at])}"
            for at in map(tuple, np.argwhere(self.distribution > 0))
        ]
        payoffs = ", ".join(f"{player} {text_of(x)}" for player, x in numbers.payoff.items())
        return f"CorrelatedEquilibrium({'; '.join(parts)}; payoffs: {payoffs})"


class CorrelatedEquilibria(SolverResult):
    """Extreme correlated equilibria of a game.

    Attributes
    ----------
    welfare_best : CorrelatedEquilibrium
        One with the greatest sum of payoffs; None if the search was stopped before.
    best, worst : [player] CorrelatedEquilibrium
        One that is best, or worst, for the player; None if the search was stopped before.
    status, message, method, arithmetic, coverage, proven, complete, version, options
    """

    def __init__(self, native: Any, game: NormalFormGame, options: dict[str, Any]) -> None:
        self._native = info_of(native)
        self.game = game
        self.options = options

        def found(get: Callable[[bool], list], count: int) -> list[CorrelatedEquilibrium | None]:
            rounded = get(False)
            fractions = get(True) if game.arithmetic == "exact" else [None] * len(rounded)
            some = [CorrelatedEquilibrium(game, *pair) for pair in zip(rounded, fractions, strict=True)]
            return [*some, *[None] * (count - len(some))]

        players = len(game.players)
        self.welfare_best = found(native.welfare_best, 1)[0]
        self.best = ByLabel("player", game.players, found(native.best, players))
        self.worst = ByLabel("player", game.players, found(native.worst, players))

    def __repr__(self) -> str:
        lines = [
            f"CorrelatedEquilibria({self.status}; {self.arithmetic})",
            f"  {coverage_line(self)}",
            f"  best for all: {self.welfare_best}",
        ]
        for player in self.game.players:
            lines.append(f"  best for {player}: {self.best[player]}")
            lines.append(f"  worst for {player}: {self.worst[player]}")
        return "\n".join(lines)


@checked(game=(ExtensiveGame, NormalFormGame))
def solve_correlated(
    game: NormalFormGame | ExtensiveGame,
    *,
    arithmetic: str = "auto",
    time_limit: float | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> CorrelatedEquilibria:
    """Find the correlated equilibria that are best for the sum of payoffs, and best and worst for each player, by linear
    programs over the pure profiles (Aumann 1974; Hart and Schmeidler 1989). Any number of players.

    Each is an optimum over all correlated equilibria, hence a bound for Nash equilibria; where several distributions attain
    it one of them is given.

    Parameters
    ----------
    game : NormalFormGame, or ExtensiveGame, which is treated in its reduced normal form
    arithmetic : {"auto", "exact", "double"}
        "auto" is the game's own.
    time_limit : float, seconds
        What was found by then stands.
    progress : callable (done, total)

    Examples
    --------
    >>> import schelling as sg
    >>> chicken = sg.NormalFormGame([[[0, 7], [2, 6]], [[0, 2], [7, 6]]], players=["row", "column"],
    ...                             strategies=[["dare", "yield"]] * 2)
    >>> sg.solve_correlated(chicken).welfare_best
    CorrelatedEquilibrium((dare, yield) 1/4; (yield, dare) 1/4; (yield, yield) 1/2; payoffs: row 21/4, column 21/4)
    """
    table = table_of(in_arithmetic(game, arithmetic))
    native = _core.solve_correlated(table._native, time_limit=time_limit, progress=progress)
    return CorrelatedEquilibria(native, table, {"arithmetic": arithmetic, "time_limit": time_limit})
