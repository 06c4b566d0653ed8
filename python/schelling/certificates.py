"""The one function that checks equilibria of every kind of game."""

from __future__ import annotations

from typing import Any

from . import _core


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
    if hasattr(game, "_certify"):
        return game._certify(assessment)
    return _core.certify(getattr(game, "_native", game), getattr(assessment, "_native", assessment))
