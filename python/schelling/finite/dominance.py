"""Iterated elimination of dominated strategies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .._core import finite as _core
from ..arguments import checked
from ..labelled import ByLabel
from ..solver_result import SolverResult, info_of
from .backward_induction import in_arithmetic
from .correlated import table_of
from .extensive_game import ExtensiveGame
from .normal_form_game import NormalFormGame
from .scalars import mixture


@dataclass(frozen=True)
class Elimination:
    """A strategy that was eliminated, and the mixture of others that dominates it."""

    round: int  #: counted from 1
    player: str
    strategy: str
    dominated_by: dict[str, float] | dict[str, Fraction]  #: in fractions if the game is exact

    def __str__(self) -> str:
        return (
            f"round {self.round}: {self.player}'s {self.strategy}, dominated by {mixture(self.dominated_by)}"
        )


class EliminationResult(SolverResult):
    """What iterated elimination takes away and what it leaves.

    Attributes
    ----------
    game, reduced : NormalFormGame
        The game before (the reduced normal form of a tree) and after.
    eliminations : tuple of Elimination, in their order
    remaining : [player] strategies that are left
    status, message, method, arithmetic, coverage, proven, complete, version, options
    """

    def __init__(self, native: Any, game: NormalFormGame, options: dict[str, Any]) -> None:
        self._native = info_of(native)
        self.game = game
        self.options = options
        self.reduced = NormalFormGame._from_native(native.reduced)
        labels = game.strategies
        self.remaining = ByLabel(
            "player",
            game.players,
            [
                tuple(own[s] for s in left)
                for own, left in zip(labels.values(), native.remaining, strict=True)
            ],
        )
        self.eliminations = tuple(
            Elimination(
                number,
                game.players[player],
                labels[player][strategy],
                {name: p for name, p in zip(labels[player], weights.tolist(), strict=True) if p},
            )
            for number, player, strategy, weights in native.eliminations(game.arithmetic == "exact")
        )

    def __repr__(self) -> str:
        left = "; ".join(f"{player}: {', '.join(own)}" for player, own in self.remaining.items())
        lines = [f"EliminationResult({len(self.eliminations)} eliminated; left {left})"]
        return "\n".join(lines + [f"  {gone}" for gone in self.eliminations])


@checked(game=(ExtensiveGame, NormalFormGame))
def eliminate_dominated(
    game: NormalFormGame | ExtensiveGame,
    *,
    dominance: str = "strict",
    arithmetic: str = "auto",
    time_limit: float | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> EliminationResult:
    """Eliminate, round by round, all strategies that are dominated by a mixture of the player's others (Pearce 1984).

    Comparisons are exact, of the numbers as they are. In each round all dominated strategies of all players go together.
    What remains does not depend on this order for strict dominance; for weak dominance it may.

    Parameters
    ----------
    game : NormalFormGame, or ExtensiveGame, which is treated in its reduced normal form
    dominance : {"strict", "weak"}
        Whether the mixture must pay more against everything that the others may do, or never less and sometimes more.
    arithmetic : {"auto", "exact", "double"}
        "auto" is the game's own.
    time_limit : float, seconds
        The rounds that were finished by then stand.
    progress : callable (done, total)

    Raises
    ------
    InvalidOptions
        For another dominance.

    Examples
    --------
    >>> import schelling as sg
    >>> game = sg.NormalFormGame([[[4, 0], [1, 1], [0, 3]], [[2, 1], [0, 3], [1, 0]]], players=["row", "column"],
    ...                          strategies=[["top", "middle", "bottom"], ["left", "right"]])
    >>> result = sg.eliminate_dominated(game)
    >>> [(gone.round, gone.player, gone.strategy) for gone in result.eliminations]
    [(1, 'row', 'middle'), (2, 'column', 'right'), (3, 'row', 'bottom')]
    >>> dict(result.remaining)
    {'row': ('top',), 'column': ('left',)}
    """
    table = table_of(in_arithmetic(game, arithmetic))
    native = _core.eliminate_dominated(
        table._native, dominance=dominance, time_limit=time_limit, progress=progress
    )
    return EliminationResult(
        native, table, {"dominance": dominance, "arithmetic": arithmetic, "time_limit": time_limit}
    )
