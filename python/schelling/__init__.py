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
from .numbers import exact
from .signaling import SignalingGame, certify, solve_pbe

__all__ = [
    "Axis",
    "Case",
    "Certificate",
    "InvalidArgument",
    "InvalidGame",
    "InvalidOptions",
    "ParseError",
    "SchellingError",
    "SignalingGame",
    "__version__",
    "cases",
    "certificate_tolerance",
    "certify",
    "exact",
    "grid",
    "models",
    "padded",
    "phase_diagram",
    "sensitivity",
    "solve_pbe",
    "sweep",
]
