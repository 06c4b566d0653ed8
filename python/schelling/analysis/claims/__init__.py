"""The claim language: statements about outcomes of solved models, checked before anything is solved."""

from .check import Expression, Game, ModelSchema, Schema, check
from .evaluate import Rows, Values, evaluate, outermost_quantifier
from .tree import BOOLEAN, NUMBER, ClaimError

__all__ = [
    "BOOLEAN",
    "NUMBER",
    "ClaimError",
    "Expression",
    "Game",
    "ModelSchema",
    "Rows",
    "Schema",
    "Values",
    "check",
    "evaluate",
    "outermost_quantifier",
]
