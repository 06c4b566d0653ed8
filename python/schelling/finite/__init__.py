"""Finite games: trees and tables, their files, assessments, and equilibria with the concept that is certified."""

from .assessments import AssessmentCertificate, ConceptVerdict, ExtensiveAssessment
from .backward_induction import solve_backward_induction
from .catalog import KnownEquilibrium, PublishedGame, catalog
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
from .normal_form_game import NormalFormGame
from .profiles import Profile, Profiles

__all__ = [
    "AssessmentCertificate",
    "ConceptVerdict",
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
    "catalog",
    "solve_backward_induction",
    "solve_nash_all",
    "solve_pure",
]
