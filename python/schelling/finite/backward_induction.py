"""Subgame-perfect equilibria of games of perfect information."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._core import InvalidOptions
from .._core import finite as _core
from ..arguments import checked, shown
from ..numbers import exact
from .equilibria import ExtensiveEquilibria
from .extensive_game import ExtensiveGame


def in_arithmetic(game: Any, arithmetic: str) -> Any:
    """The game in the arithmetic that an option asks for: auto is its own.

    Raises
    ------
    InvalidOptions
        For another name.
    """
    if arithmetic not in ("auto", "exact", "double"):
        raise InvalidOptions(f"arithmetic: expected auto, exact or double, found {shown(arithmetic)}")
    if arithmetic == "auto":
        return game
    return exact(game) if arithmetic == "exact" else game._to_double()


@checked(game=ExtensiveGame)
def solve_backward_induction(
    game: ExtensiveGame,
    *,
    arithmetic: str = "auto",
    limit: int = _core.backward_induction_limit,
    time_limit: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ExtensiveEquilibria:
    """Find all subgame-perfect equilibria in pure strategies of a game of perfect information, ties kept (Kuhn 1953;
    Selten 1965).

    Parameters
    ----------
    game : ExtensiveGame
    arithmetic : {"auto", "exact", "double"}
        "auto" is the game's own. Ties of floats are ties only if the numbers are equal.
    limit : int
        Most equilibria kept, in the whole game and in each subgame; with more the status is "truncated". One asks for a
        single equilibrium, in time linear in the tree.
    time_limit : float, seconds
    progress : callable (done, total)

    Raises
    ------
    InvalidGame
        Naming an information set of several nodes.

    Examples
    --------
    >>> import schelling as sg
    >>> b = sg.ExtensiveGameBuilder(["proposer", "responder"])
    >>> offer = b.decision(b.root, "proposer", ["nothing", "half"])
    >>> for name, share in {"nothing": 0, "half": "1/2"}.items():
    ...     reply = b.decision(offer[name], "responder", ["accept", "refuse"])
    ...     b.terminal(reply["accept"], [1 - sg.exact(share), share])
    ...     b.terminal(reply["refuse"], [0, 0])
    >>> [dict(e.payoff) for e in sg.solve_backward_induction(b.build())]
    [{'proposer': 1.0, 'responder': 0.0}, {'proposer': 0.5, 'responder': 0.5}]
    """
    game = in_arithmetic(game, arithmetic)
    native = _core.solve_backward_induction(
        game._native, limit=limit, time_limit=time_limit, progress=progress
    )
    return ExtensiveEquilibria(
        native, game, {"arithmetic": arithmetic, "limit": limit, "time_limit": time_limit}
    )
