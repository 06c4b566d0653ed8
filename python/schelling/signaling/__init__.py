"""Finite signalling games and all of their perfect Bayesian equilibria."""

from .equilibria import (
    Facet,
    SignalingAssessment,
    SignalingComponent,
    SignalingEquilibria,
    SignalingOutcome,
    SignalingProduct,
)
from .game import SignalingGame
from .solve import certify, solve_pbe

__all__ = [
    "Facet",
    "SignalingAssessment",
    "SignalingComponent",
    "SignalingEquilibria",
    "SignalingGame",
    "SignalingOutcome",
    "SignalingProduct",
    "certify",
    "solve_pbe",
]
