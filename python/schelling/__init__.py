"""schelling: every equilibrium of a signalling or deterrence game, with proof, and what it means for policy."""

from . import models
from ._core import (
    Certificate,
    CutoffEquilibrium,
    CutoffResult,
    Distribution,
    GameTree,
    InvalidArgument,
    InvalidGame,
    InvalidOptions,
    ParseError,
    PrivateTypeGame,
    PrivateTypeGameBuilder,
    SchellingError,
    __version__,
    assess,
    atom,
    beta,
    certificate_tolerance,
    lognormal,
    mixture,
    normal,
    solve_cutoff,
    triangular,
    uniform,
)
from .analysis.case import Case, cases
from .analysis.phase_diagram import Axis, phase_diagram
from .analysis.sensitivity import sensitivity
from .analysis.sweep import grid, padded, sweep
from .certificates import certify
from .labelled import ByLabel, Cell
from .numbers import exact
from .signaling import SignalingGame, solve_pbe, solve_pbe_batch, survives, why_not

__all__ = [
    "Axis",
    "ByLabel",
    "Case",
    "Cell",
    "Certificate",
    "CutoffEquilibrium",
    "CutoffResult",
    "Distribution",
    "GameTree",
    "InvalidArgument",
    "InvalidGame",
    "InvalidOptions",
    "ParseError",
    "PrivateTypeGame",
    "PrivateTypeGameBuilder",
    "SchellingError",
    "SignalingGame",
    "__version__",
    "assess",
    "atom",
    "beta",
    "cases",
    "certificate_tolerance",
    "certify",
    "exact",
    "grid",
    "lognormal",
    "mixture",
    "models",
    "normal",
    "padded",
    "phase_diagram",
    "sensitivity",
    "solve_cutoff",
    "solve_pbe",
    "solve_pbe_batch",
    "survives",
    "sweep",
    "triangular",
    "uniform",
    "why_not",
]
