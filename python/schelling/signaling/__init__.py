"""Finite signalling games and all of their perfect Bayesian equilibria."""

from .batch import SignalingEquilibriaBatch, solve_pbe_batch
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
from .solve import solve_pbe, why_not

__all__ = [
    "Facet",
    "SignalingAssessment",
    "SignalingComponent",
    "SignalingEquilibria",
    "SignalingEquilibriaBatch",
    "SignalingGame",
    "SignalingOutcome",
    "SignalingProduct",
    "Verdict",
    "solve_pbe",
    "solve_pbe_batch",
    "survives",
    "why_not",
]
