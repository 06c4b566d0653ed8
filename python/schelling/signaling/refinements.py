"""Whether one equilibrium outcome survives a refinement."""

from __future__ import annotations

from typing import Any

from .._core import InvalidArgument
from .._core import refinements as _core
from ..arguments import checked, instance_of, optional
from .equilibria import SignalingAssessment, SignalingEquilibria, SignalingOutcome
from .game import SignalingGame
from .verdict import Verdict


@checked(
    game=SignalingGame,
    assessment=(SignalingAssessment, SignalingOutcome),
    equilibria=optional(instance_of(SignalingEquilibria)),
)
def survives(
    game: SignalingGame,
    assessment: SignalingAssessment | SignalingOutcome,
    refinement: str,
    *,
    equilibria: SignalingEquilibria | None = None,
    work_limit: float = _core.work_limit,
) -> Verdict:
    """Decide whether an equilibrium outcome survives a refinement.

    The criteria restrict what the receiver may believe after a message that nobody sends; the outcome
    passes if after each some reply, best against an admissible belief, tempts no type. Decided exactly,
    by linear programs over the facets of the complex of best replies; with a game in double arithmetic,
    "undecided" where rounding decides.

    Parameters
    ----------
    game : SignalingGame
    assessment : SignalingAssessment or SignalingOutcome
    refinement : str
        intuitive, equilibrium_dominance, d1, d2, nwbr (never a weak best response), each in one round;
        d1_iterated, nwbr_iterated, intuitive_iterated, universal_divinity (D2 iterated); divinity
        (posteriors in hulls, iterated); perfect_sequential; neologism_proof (cheap talk only); undefeated
        (pure equilibria only).
    equilibria : SignalingEquilibria
        All equilibria; undefeated compares with them.
    work_limit : float
        Most linear programs for one message where their number grows exponentially with the types.

    Returns
    -------
    Verdict
        With the message, types, belief and reply that decide it.

    Raises
    ------
    InvalidArgument
        For an unknown name, an outcome that is not one of an equilibrium (the message names who
        deviates), and equilibria of another game.

    Examples
    --------
    >>> import schelling as sg
    >>> game = sg.SignalingGame(
    ...     ["9/10", "1/10"],
    ...     [[[1, 3], [0, 2]], [[0, 2], [1, 3]]],
    ...     [[[0, 1], [0, 1]], [[1, 0], [1, 0]]],
    ...     types=["surly", "weak"], messages=["beer", "quiche"], actions=["duel", "not"])
    >>> for component in sg.solve_pbe(game):
    ...     print(component.survives("intuitive"))
    intuitive: none; after beer, where weak is excluded, surly gains whatever the reply: even from not, best against the belief surly
    intuitive: all; after quiche, where surly is excluded, no type gains whatever the reply

    References
    ----------
    Cho and Kreps (1987); Banks and Sobel (1987); Kohlberg and Mertens (1986); Grossman and Perry (1986);
    Farrell (1993); Mailath, Okuno-Fujiwara and Postlewaite (1993).
    """
    numbers = game.exact
    for name, given in (
        ("assessment", getattr(assessment, "game", game)),
        ("equilibria", getattr(equilibria, "game", game)),
    ):
        if given.arithmetic != game.arithmetic:
            raise InvalidArgument(f"{name}: expected {game.arithmetic} arithmetic, found {given.arithmetic}")
    if isinstance(assessment, SignalingAssessment):
        found = assessment.outcome
        if numbers is not None and assessment.exact is not None:
            played = assessment.exact
            found = numbers.prior[:, None, None] * played.sender[:, :, None] * played.receiver[None, :, :]
    elif isinstance(assessment, SignalingOutcome):
        found = assessment.exact.probabilities if numbers and assessment.exact else assessment.probabilities
    else:
        raise InvalidArgument(
            f"assessment: expected a SignalingAssessment or SignalingOutcome, "
            f"found {type(assessment).__name__}"
        )
    if found.shape != game.shape:
        raise InvalidArgument(f"assessment: expected shape {game.shape}, found {found.shape}")
    native_game: Any = game._native
    native = _core.survives_outcome(
        native_game,
        found.ravel().tolist(),
        refinement,
        work_limit=work_limit,
        equilibria=getattr(equilibria, "_native", None),
    )
    return Verdict._from_native(native, game)
