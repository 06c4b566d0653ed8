"""The one function that checks equilibria of every kind of game."""

from __future__ import annotations

from typing import Any

from . import _core
from ._core import Certificate


def certify(game: Any, assessment: Any) -> Certificate:
    """Check an assessment of a game by the definition of its equilibrium, whatever produced it.

    The certificate holds the largest gain from deviating, relative to the player's payoffs, and the largest distance of a
    belief or a stated probability from Bayes' rule. Raises InvalidArgument if the assessment is of another game.
    """
    return _core.certify(getattr(game, "_native", game), getattr(assessment, "_native", assessment))
