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
from .refinements import Verdict, survives
from .solve import certify, solve_pbe

__all__ = [
    "Facet",
    "SignalingAssessment",
    "SignalingComponent",
    "SignalingEquilibria",
    "SignalingGame",
    "SignalingOutcome",
    "SignalingProduct",
    "Verdict",
    "certify",
    "solve_pbe",
    "survives",
]
