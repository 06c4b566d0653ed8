"""Solving signalling games, and why a profile is no equilibrium."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .._core import InvalidArgument, InvalidOptions
from .._core import signaling as _core
from ..arguments import ROWS, checked, optional, shown
from ..numbers import exact
from .equilibria import SignalingEquilibria
from .game import SignalingGame


@checked(game=SignalingGame)
def solve_pbe(
    game: SignalingGame,
    *,
    arithmetic: str = "auto",
    method: str = "automatic",
    limit: int = _core.pbe_limit,
    work_limit: float = _core.pbe_work_limit,
    certify: bool = True,
    time_limit: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> SignalingEquilibria:
    """Find every perfect Bayesian (= sequential) equilibrium of a finite signalling game.

    The set of equilibria is a finite union of products of polytopes; the result holds its maximal products, grouped into
    connected components. In exact arithmetic it is complete, ties and continua included. In double arithmetic it is
    complete if every comparison that decides exceeds its error bound; else its status is "degenerate", and
    ``arithmetic="exact"`` decides.

    Parameters
    ----------
    game : SignalingGame
    arithmetic : {"auto", "exact", "double"}
        "auto" is the game's own; "exact" reads floats by their shortest decimal.
    method : {"automatic", "vertices", "search"}
        Both methods find the same; the automatic choice goes by size and ties.
    limit : int
        Most products kept; the status is "truncated" if there are more.
    work_limit : float
        Largest estimate of the work with which the solver starts.
    certify : bool
        Whether every vertex is certified.
    time_limit : float, seconds
        What was found until then is returned, with the status "time_limit".
    progress : callable (done, total)

    Raises
    ------
    InvalidOptions
        For an option outside its range, and a game beyond `work_limit`; the message gives the estimate.

    Examples
    --------
    >>> import schelling as sg
    >>> game = sg.SignalingGame(["9/10", "1/10"], [[[1, 3], [0, 2]], [[0, 2], [1, 3]]], [[[0, 1], [0, 1]], [[1, 0], [1, 0]]])
    >>> eqs = sg.solve_pbe(game)
    >>> len(eqs), eqs.complete, eqs.certificate.max_regret
    (2, True, 0.0)

    Cho and Kreps (1987) use this game, beer and quiche, for their Intuitive Criterion.
    """
    if arithmetic not in ("auto", "exact", "double"):
        raise InvalidOptions(f"arithmetic: expected auto, exact or double, found {shown(arithmetic)}")
    if arithmetic == "exact":
        game = exact(game)
    elif arithmetic == "double":
        game = game._to_double()
    options: dict[str, Any] = {"method": method, "limit": limit, "work_limit": work_limit, "certify": certify}
    native = _core.solve_pbe(game._native, **options, time_limit=time_limit, progress=progress)
    return SignalingEquilibria(native, game, {"arithmetic": arithmetic, **options, "time_limit": time_limit})


@checked(game=SignalingGame, sender=ROWS, receiver=optional(ROWS))
def why_not(game: SignalingGame, sender: Any, receiver: Any = None) -> str | None:
    """Name the inequality that excludes a profile from the perfect Bayesian equilibria of a game.

    Parameters
    ----------
    game : SignalingGame
    sender : mapping or [T, M]
        For each type (by label) the message it sends, or a mapping from messages to probabilities.
    receiver : mapping or [M, A], optional
        For each message the action that answers it, or a mapping from actions to probabilities. What is left out may be
        any best reply to some belief.

    Returns
    -------
    A sentence with the numbers, or None if the profile is an equilibrium or can be completed to one.

    Raises
    ------
    InvalidArgument
        For labels that the game does not have, and probabilities that do not sum to one.
    """
    rows = _rows("sender", sender, game.types, game.messages)
    for label, row in zip(game.types, rows, strict=True):
        if row is None:
            raise InvalidArgument(f"sender: expected a message for every type, found none for {label!r}")
    replies = [] if receiver is None else _rows("receiver", receiver, game.messages, game.actions)
    if game.arithmetic == "exact":
        rows, replies = ([r if r is None else exact(r) for r in table] for table in (rows, replies))
    else:
        rows, replies = (
            [r if r is None else [float(exact(x)) for x in r] for r in table] for table in (rows, replies)
        )
    return _core.why_not(game._native, rows, replies) or None


def _rows(name: str, stated: Any, rows: list[str], columns: list[str]) -> list[list | None]:
    if not isinstance(stated, Mapping):
        for number, row in enumerate(stated):
            ROWS.check(f"{name}[{number}]", row)
        table: list[list | None] = [list(row) for row in stated]
        if len(table) != len(rows):
            raise InvalidArgument(f"{name}: expected {len(rows)} rows, found {len(table)}")
        return table
    unknown = [key for key in stated if key not in rows]
    if unknown:
        raise InvalidArgument(f"{name}: expected keys among {rows}, found {shown(unknown[0])}")
    result: list[list | None] = []
    for label in rows:
        if label not in stated:
            result.append(None)
            continue
        choice = stated[label]
        if not isinstance(choice, str | Mapping):
            raise InvalidArgument(
                f"{name}[{label!r}]: expected one of {columns} or a mapping from them, found {shown(choice)}"
            )
        weights = choice if isinstance(choice, Mapping) else {choice: 1}
        unknown = [key for key in weights if key not in columns]
        if unknown:
            raise InvalidArgument(
                f"{name}[{label!r}]: expected labels among {columns}, found {shown(unknown[0])}"
            )
        result.append([weights.get(column, 0) for column in columns])
    return result
