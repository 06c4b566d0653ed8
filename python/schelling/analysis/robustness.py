"""How far the verdicts depend on the ranges and on what is known to have happened, and where a claim begins
to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .._core import InvalidArgument
from .case_records import CaseRecord
from .design import baseline_sample, draw_sample
from .evaluation import Evaluation
from .solution import Progress, solve_sample
from .verdicts import Shares, count_shares, judge

FACTORS = {"ranges halved": 0.5, "ranges doubled": 2.0}
HISTORY = "history filter"


@dataclass(frozen=True)
class RobustnessCheck:
    """The shares of every claim under one change of the sample: `points` that were examined, `shares` by
    claim."""

    name: str
    points: int
    shares: Mapping[str, Shares]


def check_robustness(
    evaluation: Evaluation, *, threads: int = 0, progress: Progress | None = None
) -> tuple[RobustnessCheck, ...]:
    """The verdicts again with the ranges halved and doubled around the baseline (in logarithms where the
    scale is logarithmic, clipped to the domain), and on the points that the case's history filter keeps, if
    it has one.

    A point is kept where the filter can hold: what happened was then an equilibrium.
    """
    checks = [_with_ranges(evaluation, name, factor, threads, progress) for name, factor in FACTORS.items()]
    if evaluation.case.history_filter is not None:
        checks.append(_with_history(evaluation))
    return tuple(checks)


def _with_ranges(evaluation: Evaluation, name: str, factor: float, threads, progress) -> RobustnessCheck:
    case = evaluation.case
    sample = draw_sample(case.parameters.values(), evaluation.design, factor)
    games = frozenset().union(*(claim.games for claim in case.claims))
    solved = solve_sample(case, sample, games, threads=threads, progress=progress)
    shares = {
        claim.id: count_shares(judge(solved, claim.expression, claim.moot_if), sample.scramble)
        for claim in case.claims
    }
    return RobustnessCheck(name, len(sample), shares)


def _with_history(evaluation: Evaluation) -> RobustnessCheck:
    assert evaluation.case.history_filter is not None
    kept = judge(evaluation.solved, evaluation.case.history_filter).can_hold
    scramble = evaluation.sample.scramble
    shares = {verdict.id: count_shares(verdict.points, scramble, kept) for verdict in evaluation.verdicts}
    return RobustnessCheck(HISTORY, int(kept.sum()), shares)


@dataclass(frozen=True)
class ThresholdRoot:
    """A value of the varied parameter at which the claim begins (or ceases) to hold as it rises."""

    value: float
    begins: bool
    distance: float
    """How far the root lies from the baseline: what it costs, in the parameter's unit."""


@dataclass(frozen=True)
class ThresholdResult:
    """Where a claim holds along one parameter, all others at their baseline.

    No root: it holds everywhere in the range (`holds_at_low`) or nowhere.
    """

    claim: str
    vary: str
    range: tuple[float, float]
    holds_at_low: bool
    holds_at_high: bool
    roots: tuple[ThresholdRoot, ...]


def find_threshold(
    case: CaseRecord, claim_id: str, vary: str | None = None, ends: tuple[float, float] | None = None
) -> ThresholdResult:
    """Finds every value of a parameter at which a claim's verdict "holds in all equilibria" changes, to about
    nine digits of the range; two changes within 1/256 of the range can escape.

    Without `vary` and `ends` those that the claim declares; without `ends` the parameter's range.
    """
    claim = case.claim(claim_id)
    if vary is None:
        if claim.threshold is None:
            raise InvalidArgument(
                f"vary: found nothing and claim '{claim_id}' declares no threshold, expected a name"
            )
        vary, ends = claim.threshold.vary, claim.threshold.range
    parameter = case.parameters.get(vary)
    if parameter is None:
        raise InvalidArgument(f"vary: found '{vary}', expected a parameter of the case")
    ends = ends or parameter.range
    if ends is None:
        raise InvalidArgument(f"ends: found nothing and '{vary}' has no range, expected two numbers")
    base = baseline_sample(case.parameters.values())

    def holds(values: np.ndarray) -> np.ndarray:
        line = base.repeat(len(values)).replace({vary: values})
        return judge(solve_sample(case, line, claim.games), claim.expression, claim.moot_if).holds

    grid = np.linspace(*ends, 257)
    found = holds(grid)
    roots = []
    for i in np.flatnonzero(found[1:] != found[:-1]):
        low, high = grid[i], grid[i + 1]
        while high - low > 1e-9 * max(ends[1] - ends[0], abs(low)):
            inner = np.linspace(low, high, 34)
            change = np.flatnonzero((verdicts := holds(inner))[1:] != verdicts[:-1])
            low, high = inner[change[0]], inner[change[0] + 1]
        value = float(low + high) / 2
        roots.append(ThresholdRoot(value, bool(found[i + 1]), value - parameter.value))
    return ThresholdResult(claim_id, vary, ends, bool(found[0]), bool(found[-1]), tuple(roots))
