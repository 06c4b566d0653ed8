"""One equilibrium of a game of two players: Nash, of a zero-sum game, quasi-perfect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._core import InvalidArgument
from .._core import finite as _core
from ..arguments import checked
from .active_players import reduce_players
from .backward_induction import in_arithmetic
from .equilibria import ExtensiveEquilibria
from .extensive_game import ExtensiveGame
from .normal_form_game import NormalFormGame
from .profiles import Profiles

Progress = Callable[[int, int], object]


def _found(game: Any, native: Any, options: dict[str, Any]) -> Any:
    kind = ExtensiveEquilibria if isinstance(game, ExtensiveGame) else Profiles
    return kind(native, game, options)


@checked(game=(ExtensiveGame, NormalFormGame))
def solve_nash(
    game: ExtensiveGame | NormalFormGame,
    *,
    arithmetic: str = "auto",
    start: int = 0,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> ExtensiveEquilibria | Profiles:
    """Find one Nash equilibrium of a two-player game.

    A tree is solved by Lemke's algorithm on the sequence form (Koller, Megiddo and von Stengel 1996), a table by the
    algorithm of Lemke and Howson (1964). What is returned is certified; in double arithmetic, where rounding spoils the
    path, it is followed again in exact arithmetic, and the message says so.

    Parameters
    ----------
    game : ExtensiveGame or NormalFormGame
    arithmetic : {"auto", "exact", "double"}
        "auto" is the game's own.
    start : int
        Where the path begins; from elsewhere it may lead to another equilibrium. In a table the strategy whose label is
        dropped first, the first player's before the second's. In a tree the number of a pair of pure strategies, 0 being
        the best replies to uniform play.
    time_limit : float, seconds
        With status "time_limit" there is no equilibrium.
    progress : callable (done, total)
        Counts pivots; the total is not known.

    Raises
    ------
    InvalidGame
        If more than two players ever have a choice; those who have none are left out, and the result states them too.

    Examples
    --------
    >>> import schelling as sg
    >>> game = sg.NormalFormGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], strategies=[["heads", "tails"]] * 2)
    >>> sg.solve_nash(game)[0]
    Profile(player 1: heads (1/2) or tails (1/2), gets 0; player 2: heads (1/2) or tails (1/2), gets 0)
    """
    game = in_arithmetic(game, arithmetic)
    reduction = reduce_players(game)
    solved = game if reduction is None else reduction.game
    native = _core.solve_nash(solved._native, start=start, time_limit=time_limit, progress=progress)
    found = _found(solved, native, {"arithmetic": arithmetic, "start": start, "time_limit": time_limit})
    return found if reduction is None else reduction.result(found)


@checked(game=(ExtensiveGame, NormalFormGame))
def solve_zero_sum(
    game: ExtensiveGame | NormalFormGame,
    *,
    arithmetic: str = "auto",
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> ExtensiveEquilibria | Profiles:
    """Find the value and optimal strategies of a two-player game whose payoffs sum to a constant, by a linear program on
    the sequence form (von Stengel 1996).

    The result holds one equilibrium; its payoffs are the players' values.

    Parameters
    ----------
    game : ExtensiveGame or NormalFormGame
    arithmetic : {"auto", "exact", "double"}
        "auto" is the game's own.
    time_limit : float, seconds
    progress : callable (done, total)

    Raises
    ------
    InvalidGame
        If more than two players ever have a choice, and unless the payoffs of the two sum to the same everywhere; two
        terminals that differ are named. Players who have no choice are left out, and the result states them too.

    Examples
    --------
    >>> import schelling as sg
    >>> game = sg.NormalFormGame([[[3, -1], [-2, 4]], [[-3, 1], [2, -4]]])
    >>> solution = sg.solve_zero_sum(game)[0]
    >>> solution.payoff[0], dict(solution.exact.strategies[0])
    (1.0, {'1': Fraction(3, 5), '2': Fraction(2, 5)})
    """
    game = in_arithmetic(game, arithmetic)
    reduction = reduce_players(game)
    solved = game if reduction is None else reduction.game
    native = _core.solve_zero_sum(solved._native, time_limit=time_limit, progress=progress)
    found = _found(solved, native, {"arithmetic": arithmetic, "time_limit": time_limit})
    return found if reduction is None else reduction.result(found)


@checked(game=ExtensiveGame)
def solve_quasi_perfect(
    game: ExtensiveGame,
    *,
    start: int = 0,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> ExtensiveEquilibria:
    """Find one quasi-perfect (van Damme 1984), hence sequential, equilibrium of a two-player tree in exact arithmetic.

    Lemke's algorithm solves the game in which every sequence of n actions has weight at least e^n, with e symbolic;
    behaviour and beliefs are its limits as e vanishes (Miltersen and Sørensen 2010). That the assessment is sequential is
    certified independently.

    Parameters
    ----------
    game : ExtensiveGame
        Exact; `schelling.exact` makes one from floats.
    start : int
        Where the path begins, as for `solve_nash`.
    time_limit : float, seconds
    progress : callable (done, total)

    Raises
    ------
    InvalidGame
        Unless the game has two players, and where only chance events of probability zero lead to an information set.
    InvalidArgument
        For a game in double arithmetic.

    Examples
    --------
    An equilibrium in weakly dominated strategies, (bottom, right), is never found:

    >>> import schelling as sg
    >>> b = sg.ExtensiveGameBuilder(["row", "column"])
    >>> moved = b.decision(b.root, "row", ["top", "bottom"])
    >>> for name in moved:
    ...     ends = b.decision(moved[name], "column", ["left", "right"], information_set="unseen")
    ...     for reply in ends:
    ...         b.terminal(ends[reply], [1, 1] if (name, reply) == ("top", "left") else [0, 0])
    >>> equilibrium = sg.solve_quasi_perfect(b.build())[0]
    >>> equilibrium.concept, dict(equilibrium.payoff)
    ('sequential', {'row': 1.0, 'column': 1.0})
    """
    if game.arithmetic != "exact":
        raise InvalidArgument(
            "game: solve_quasi_perfect expected an exact game, found floats; use schelling.exact(game)"
        )
    native = _core.solve_quasi_perfect(game._native, start=start, time_limit=time_limit, progress=progress)
    return ExtensiveEquilibria(native, game, {"start": start, "time_limit": time_limit})
