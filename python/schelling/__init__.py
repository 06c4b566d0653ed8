"""schelling: every equilibrium of a signalling or deterrence game, with proof, and what it means for policy."""

from . import models
from ._core import (
    Certificate,
    InvalidArgument,
    InvalidGame,
    InvalidOptions,
    ParseError,
    SchellingError,
    __version__,
)
from .analysis.case import Case, cases
from .analysis.sweep import grid, padded, sweep

__all__ = [
    "Case",
    "Certificate",
    "InvalidArgument",
    "InvalidGame",
    "InvalidOptions",
    "ParseError",
    "SchellingError",
    "__version__",
    "cases",
    "grid",
    "models",
    "padded",
    "sweep",
]
