"""Evaluation of a case: its games solved over the sample, the verdicts on its claims and the table of its
policies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .._core import InvalidArgument
from .claims import Game
from .design import Design, Sample, Share, baseline_sample, draw_sample, mean_over_scrambles
from .solution import OutcomeValues, Progress, SolvedGame, SolvedSample, parameter_values, solve_sample
from .verdicts import ClaimVerdict, PointVerdicts, Shares, compare_without, count_shares, judge, label_of

if TYPE_CHECKING:
    import xarray as xr

    from .case_records import CaseRecord, Claim

__all__ = [
    "Certificates",
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
    "evaluate",
]

QUANTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Certificates:
    """The worst certificate behind an evaluation, and what was not certified."""

    games: int
    equilibria: int
    max_regret: float
    bayes_gap: float
    unresolved: int
    """Number of pairs (game, point) without a certified answer."""


@dataclass(frozen=True)
class PolicyOutcome:
    """One cell of the policy table: an outcome of a policy over the sample and at the baseline.

    Bounds are over the equilibria; `quantiles` and `mean` of the middle of a point's bounds, whose spread
    between the equilibria `mean_low` and `mean_high` show. `baseline` is (low, high).
    """

    model: str
    policy: str
    outcome: str
    unit: str
    baseline: tuple[float, float]
    mean: Share
    mean_low: Share
    mean_high: Share
    quantiles: tuple[float, float, float]
    undefined: int


@dataclass(frozen=True)
class Evaluation:
    """A case's games solved over its sample and at its baseline, with the verdicts on its claims."""

    case: CaseRecord
    solved: SolvedSample
    baseline: SolvedSample
    verdicts: tuple[ClaimVerdict, ...]

    def __repr__(self) -> str:
        labels = [verdict.label for verdict in self.verdicts]
        counted = ", ".join(f"{labels.count(label)} {label}" for label in dict.fromkeys(labels))
        return (
            f"Evaluation({self.case.id!r}; {len(self.sample)} points; {len(labels)} claims"
            f"{': ' + counted if counted else ''})"
        )

    @property
    def sample(self) -> Sample:
        """The points, their scrambles and seeds."""
        return self.solved.sample

    @property
    def design(self) -> Design:
        assert self.sample.design is not None
        return self.sample.design

    def verdict(self, claim: str) -> ClaimVerdict:
        """The verdict on the claim of that id; raises InvalidArgument if there is none."""
        for verdict in self.verdicts:
            if verdict.id == claim:
                return verdict
        raise InvalidArgument(
            f"claim: found '{claim}', expected one of {', '.join(v.id for v in self.verdicts)}"
        )

    def outcome(self, model: str, policy: str, name: str, phase: str | None = None) -> OutcomeValues:
        """Per point bounds of a policy's outcome over the equilibria, and the values themselves (ragged)."""
        return self.solved.outcome(model, policy, name, phase)

    def baseline_outcome(self, model: str, policy: str, name: str, phase: str | None = None) -> OutcomeValues:
        """The same at the baseline, a sample of one point."""
        return self.baseline.outcome(model, policy, name, phase)

    def equilibrium_counts(self, model: str, policy: str, phase: str = "end") -> dict[int, int]:
        """How many points have how many equilibria in one game; 0 counts the unresolved points."""
        found = np.unique(self.solved.games[Game(model, policy, phase)].counts, return_counts=True)
        return {int(k): int(n) for k, n in zip(*found, strict=True)}

    @property
    def certificates(self) -> Certificates:
        """The worst certificate over every game of the sample and of the baseline."""
        games = [*self.solved.distinct_games, *self.baseline.distinct_games]
        return Certificates(
            len(self.solved.distinct_games),
            sum(len(game.values) for game in games),
            max((float(game.max_regret.max(initial=0)) for game in games), default=0.0),
            max((float(game.bayes_gap.max(initial=0)) for game in games), default=0.0),
            sum(int((~game.resolved).sum()) for game in games),
        )

    def policy_table(
        self, model: str, outcomes: tuple[str, ...] | None = None, policies: tuple[str, ...] | None = None
    ) -> list[PolicyOutcome]:
        """The visible policies of a model against its outcomes (default: all that a whole policy has)."""
        instance = self.case.models[model]
        policies = policies or (self.case.visible_policies if instance.per else ("",))
        return [
            self._cell(model, policy, info)
            for policy in policies
            for info in instance.model.outcomes
            if (info.name in outcomes if outcomes else info.mixing != "none")
        ]

    def _cell(self, model: str, policy: str, info) -> PolicyOutcome:
        found, base = self.outcome(model, policy, info.name), self.baseline_outcome(model, policy, info.name)
        middle = (found.low + found.high) / 2
        defined = np.isfinite(middle)
        mean, low, high = (
            mean_over_scrambles(values, self.sample.scramble, defined)
            for values in (middle, found.low, found.high)
        )
        quantiles = np.quantile(middle[defined], QUANTILES) if defined.any() else np.full(3, np.nan)
        return PolicyOutcome(
            model,
            policy,
            info.name,
            info.unit,
            (float(base.low[0]), float(base.high[0])),
            mean,
            low,
            high,
            (float(quantiles[0]), float(quantiles[1]), float(quantiles[2])),
            int((~defined).sum()),
        )

    def to_dataset(self) -> xr.Dataset:
        """Everything behind the evaluation as an xarray.Dataset with units and provenance, ready for
        `to_netcdf`."""
        from .dataset import to_dataset

        return to_dataset(self)


def evaluate(
    case: CaseRecord, design: Design | None = None, *, threads: int = 0, progress: Progress | None = None
) -> Evaluation:
    """Solves a case's games over the design's sample and at the baseline, and judges its claims.

    `progress(stage, done, total)` is called while games are solved; Ctrl-C ends the work. The same design
    gives the same bits for any number of threads.
    """
    design = design or Design()
    sample = draw_sample(case.parameters.values(), design)
    solved = solve_sample(case, sample, threads=threads, progress=progress)
    baseline = solve_sample(case, baseline_sample(case.parameters.values()), threads=threads)
    verdicts = tuple(_verdict(case, claim, solved, baseline, threads, progress) for claim in case.claims)
    return Evaluation(case, solved, baseline, verdicts)


def _verdict(
    case, claim: Claim, solved: SolvedSample, baseline: SolvedSample, threads, progress
) -> ClaimVerdict:
    points = judge(solved, claim.expression, claim.moot_if)
    shares = count_shares(points, solved.sample.scramble)
    without = None
    if claim.encodes:
        neutral_solved = solve_sample(
            case, neutral_sample(claim, solved.sample), claim.games, threads=threads, progress=progress
        )
        neutral = judge(neutral_solved, claim.expression, claim.moot_if)
        without = compare_without(points, neutral, solved.sample.scramble)
    at_baseline = judge(baseline, claim.expression, claim.moot_if).word(0)
    return ClaimVerdict(claim, shares, at_baseline, label_of(shares), points, without)


def neutral_sample(claim: Claim, sample: Sample) -> Sample:
    """The sample with what the claim declares to encode its answer set to neutral, all together."""
    neutral: Mapping[str, np.ndarray] = {
        name: parameter_values(expression, sample.columns) for name, expression in claim.encodes.items()
    }
    return sample.replace(neutral)
