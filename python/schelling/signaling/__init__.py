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
from .family import SignalingFamily
from .game import SignalingGame
from .plane import PhasePlane
from .refinements import Verdict, survives
from .regions import PhaseLine, SignalingSupport
from .solve import solve_pbe, why_not

__all__ = [
    "Facet",
    "PhaseLine",
    "PhasePlane",
    "SignalingAssessment",
    "SignalingComponent",
    "SignalingEquilibria",
    "SignalingEquilibriaBatch",
    "SignalingFamily",
    "SignalingGame",
    "SignalingOutcome",
    "SignalingProduct",
    "SignalingSupport",
    "Verdict",
    "solve_pbe",
    "solve_pbe_batch",
    "survives",
    "why_not",
]
