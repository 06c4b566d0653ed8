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
    certificate_tolerance,
)
from .analysis.case import Case, cases
from .analysis.phase_diagram import Axis, phase_diagram
from .analysis.sensitivity import sensitivity
from .analysis.sweep import grid, padded, sweep

__all__ = [
    "Axis",
    "Case",
    "Certificate",
    "InvalidArgument",
    "InvalidGame",
    "InvalidOptions",
    "ParseError",
    "SchellingError",
    "__version__",
    "cases",
    "certificate_tolerance",
    "grid",
    "models",
    "padded",
    "phase_diagram",
    "sensitivity",
    "sweep",
]
