"""The one function that checks equilibria of every kind of game."""

from __future__ import annotations

from typing import Any

from . import _core
from .arguments import expectation, instance_of


def certify(game: Any, assessment: Any) -> Any:
    """Check an assessment of a game by the definition of its equilibrium, whatever produced it.

    The certificate holds the largest gain from deviating, relative to the player's payoffs, and the largest distance of a
    belief or a stated probability from Bayes' rule. For an extensive game it is an `AssessmentCertificate`, which also
    decides which of Nash, subgame-perfect, weak perfect Bayesian and sequential equilibrium the assessment is, each with
    its violation; the assessment may then be given as a mapping from information sets to choices.

    Raises
    ------
    InvalidArgument
        If the assessment is of another game.
    """
    if hasattr(game, "_certify") and not isinstance(game, type):
        return game._certify(assessment)
    from .signaling import SignalingAssessment, SignalingGame

    if isinstance(game, SignalingGame):
        instance_of(SignalingAssessment).check("assessment", assessment)
        if assessment.game.arithmetic != game.arithmetic:
            raise _core.InvalidArgument(
                f"assessment: expected {game.arithmetic} arithmetic, found {assessment.game.arithmetic}"
            )
        return _core.certify(game._native, assessment._native)
    if isinstance(game, _core.PrivateTypeGame):
        instance_of(_core.CutoffEquilibrium).check("assessment", assessment)
        return _core.certify(game, assessment)
    raise _core.InvalidArgument(
        expectation("game", "a SignalingGame, ExtensiveGame, NormalFormGame or PrivateTypeGame", game)
    )
