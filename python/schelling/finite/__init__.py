"""Finite games: trees and tables, their files, assessments, and equilibria with the concept that is certified."""

from .assessments import AssessmentCertificate, ConceptVerdict, ExtensiveAssessment
from .backward_induction import solve_backward_induction
from .catalog import KnownEquilibrium, PublishedGame, catalog
from .correlated import CorrelatedEquilibria, CorrelatedEquilibrium, solve_correlated
from .dominance import Elimination, EliminationResult, eliminate_dominated
from .enumeration import (
    ExtensionVerdict,
    NashComponent,
    NashEquilibria,
    NashProduct,
    solve_nash_all,
    solve_pure,
)
from .equilibria import ExtensiveEquilibria
from .extensive_game import ExtensiveGame, ExtensiveGameBuilder
from .linear import solve_nash, solve_quasi_perfect, solve_zero_sum
from .normal_form_game import NormalFormGame
from .profiles import Profile, Profiles
from .quantal_response import (
    AgentQre,
    AgentQreBranch,
    AgentQreEstimate,
    AgentQreFit,
    agent_qre,
    estimate_agent_qre,
    solve_agent_qre,
)

__all__ = [
    "AgentQre",
    "AgentQreBranch",
    "AgentQreEstimate",
    "AgentQreFit",
    "AssessmentCertificate",
    "ConceptVerdict",
    "CorrelatedEquilibria",
    "CorrelatedEquilibrium",
    "Elimination",
    "EliminationResult",
    "ExtensionVerdict",
    "ExtensiveAssessment",
    "ExtensiveEquilibria",
    "ExtensiveGame",
    "ExtensiveGameBuilder",
    "KnownEquilibrium",
    "NashComponent",
    "NashEquilibria",
    "NashProduct",
    "NormalFormGame",
    "Profile",
    "Profiles",
    "PublishedGame",
    "agent_qre",
    "catalog",
    "eliminate_dominated",
    "estimate_agent_qre",
    "solve_agent_qre",
    "solve_backward_induction",
    "solve_correlated",
    "solve_nash",
    "solve_nash_all",
    "solve_pure",
    "solve_quasi_perfect",
    "solve_zero_sum",
]
