"""From equilibria to policy: cases, claims, samples and verdicts over any model of the library."""

from .case import Case, cases
from .claims import ClaimError
from .design import Design, Sample, Share
from .evaluation import Evaluation, PolicyOutcome, evaluate
from .solution import OutcomeValues, SolvedGame, SolvedSample
from .sweep import grid, padded, sweep
from .table import table
from .verdicts import ClaimVerdict, PointVerdicts, Shares

__all__ = [
    "Case",
    "ClaimError",
    "ClaimVerdict",
    "Design",
    "Evaluation",
    "OutcomeValues",
    "PointVerdicts",
    "PolicyOutcome",
    "Sample",
    "Share",
    "Shares",
    "SolvedGame",
    "SolvedSample",
    "cases",
    "evaluate",
    "grid",
    "padded",
    "sweep",
    "table",
]
