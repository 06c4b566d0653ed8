"""Solving and certifying signalling games."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._core import Certificate, InvalidOptions
from .._core import signaling as _core
from ..numbers import exact
from .equilibria import SignalingAssessment, SignalingEquilibria
from .game import SignalingGame


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
        raise InvalidOptions(f"arithmetic: expected auto, exact or double, found {arithmetic!r}")
    if arithmetic == "exact":
        game = exact(game)
    elif arithmetic == "double":
        game = game._to_double()
    options: dict[str, Any] = {"method": method, "limit": limit, "work_limit": work_limit, "certify": certify}
    native = _core.solve_pbe(game._native, **options, time_limit=time_limit, progress=progress)
    return SignalingEquilibria(native, game, {"arithmetic": arithmetic, **options, "time_limit": time_limit})


def certify(game: SignalingGame, assessment: SignalingAssessment) -> Certificate:
    """Check an assessment by the definition: types' and receiver's gains from deviating, distance from Bayes' rule."""
    return _core.certify(game._native, assessment._native)
