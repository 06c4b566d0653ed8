"""Verdicts: a claim over all combinations of equilibria at a point, and its shares over the sample."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from .claims import Expression, evaluate, outermost_quantifier
from .design import Share, mean_over_scrambles
from .solution import SolvedSample

if TYPE_CHECKING:
    from .case_records import Claim

# Of the points at which the majority verdict stands, the share that loses it without the assumption.
ENCODED_FROM = 0.5
LEANS_FROM = 0.05


@dataclass(frozen=True)
class PointVerdicts:
    """A claim at every point of a sample; boolean arrays of shape [N].

    `holds`: true in every combination of equilibria; `can_hold`: true in some. `undefined`: some combination
    is undefined, a game is unresolved, or there are too many combinations (those also in `too_many`). `moot`:
    the claim's condition of mootness is true in every combination. `tie`: the strict and the weak reading
    differ in some combination. `fails` is the rest. Combinations that are moot are left out of a point's
    verdict.

    `members` are those over which the claim's outermost quantifier runs, and `member_against[member, N]` says
    where a member makes an `all` false (or an `any` true) in some combination: the witnesses.
    """

    holds: np.ndarray
    can_hold: np.ndarray
    undefined: np.ndarray
    too_many: np.ndarray
    moot: np.ndarray
    tie: np.ndarray
    members: tuple[str, ...] = ()
    member_against: np.ndarray | None = None

    @property
    def defined(self) -> np.ndarray:
        return ~self.undefined & ~self.moot

    @property
    def fails(self) -> np.ndarray:
        return self.defined & ~self.can_hold

    def word(self, point: int) -> str:
        """The verdict at one point: holds, can hold, fails, undefined or moot."""
        for word in ("moot", "undefined", "holds", "can_hold"):
            if getattr(self, word)[point]:
                return word.replace("_", " ")
        return "fails"


def judge(solved: SolvedSample, claim: Expression, moot_if: Expression | None = None) -> PointVerdicts:
    """Evaluates a claim over every combination of equilibria of the games that it reads, at every point."""
    games = sorted(claim.reads | (moot_if.reads if moot_if else frozenset()))
    n = len(solved.sample)
    holds, can_hold, moot, tie = (np.zeros(n, bool) for _ in range(4))
    undefined = np.ones(n, bool)
    members: tuple[str, ...] = ()
    against: np.ndarray | None = None
    for rows in solved.rows(games):
        values = evaluate(claim, rows)
        true, defined = values.value.astype(bool), values.defined
        counted = np.ones(rows.size, bool)
        if moot_if is not None:
            condition = evaluate(moot_if, rows)
            defined = defined & condition.defined
            counted = ~condition.value.astype(bool)
        p, starts = rows.points, rows.starts
        moot[p] = ~_some(counted, starts) & _every(defined | ~counted, starts)
        undefined[p] = ~_every(defined | ~counted, starts)
        holds[p] = _every(true | ~counted, starts)
        can_hold[p] = _some(true & counted, starts)
        tie[p] = _some(values.tie & counted, starts)
        if values.member_value is not None:
            if against is None:
                members, against = values.members, np.zeros((len(values.members), n), bool)
            wrong = values.member_value if _is_any(claim) else ~values.member_value
            for i, member in enumerate(wrong):
                against[i, p] = _some(member & counted, starts)
    usable = ~undefined & ~moot
    too_many = solved.too_many(games)
    return PointVerdicts(
        holds & usable,
        can_hold & usable,
        undefined,
        too_many,
        moot,
        tie & usable,
        members,
        None if against is None else against & usable,
    )


def _every(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    return np.logical_and.reduceat(values, starts)


def _some(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    return np.logical_or.reduceat(values, starts)


def _is_any(claim: Expression) -> bool:
    outermost = outermost_quantifier(claim.tree)
    return outermost is not None and outermost.kind == "any"


@dataclass(frozen=True)
class Shares:
    """Shares of the examined points (those that are not moot); they add to 1 but for `can_hold`, which
    contains `holds`.

    The bounds say where `holds` and `can_hold` would lie if the undefined points went against or for the
    claim.
    """

    points: int
    holds: Share
    can_hold: Share
    fails: Share
    undefined: Share
    ties: Share
    moot: int
    too_many: int

    @property
    def holds_bounds(self) -> tuple[float, float]:
        return self.holds.value, self.holds.value + self.undefined.value

    @property
    def can_hold_bounds(self) -> tuple[float, float]:
        return self.can_hold.value, self.can_hold.value + self.undefined.value

    @property
    def constancy(self) -> float:
        """The largest share of the defined points that have one and the same verdict."""
        defined = 1 - self.undefined.value
        return (
            max(self.holds.value, self.can_hold.value - self.holds.value, self.fails.value) / defined
            if defined
            else np.nan
        )


def count_shares(verdicts: PointVerdicts, scramble: np.ndarray, kept: np.ndarray | None = None) -> Shares:
    """The shares over the sample's points, or over the kept ones, with their numerical error."""
    kept = np.ones(len(scramble), bool) if kept is None else kept
    examined = kept & ~verdicts.moot

    def share(values):
        return mean_over_scrambles(values, scramble, examined)

    return Shares(
        int(examined.sum()),
        share(verdicts.holds),
        share(verdicts.can_hold),
        share(verdicts.fails),
        share(verdicts.undefined),
        share(verdicts.tie),
        int((kept & verdicts.moot).sum()),
        int((kept & verdicts.too_many).sum()),
    )


@dataclass(frozen=True)
class WithoutAssumption:
    """A claim at the same points with and without what its author declared in `encodes`.

    `shares` are those with the neutral values. `verdict` is the claim's majority verdict over the examined
    range ("holds", "can hold" or "fails"); of the points at which it stands, `lost` is the share that does
    not have it with the neutral values. Points that are undefined or moot with the neutral values are not
    compared: `compared` is the number of the others, and `lost` is NaN if there is none.
    """

    shares: Shares
    verdict: str
    lost: float
    compared: int

    @property
    def label(self) -> str:
        """ "encoded" (at least half of the points lose the verdict), "leans on it" (from 5 % to half), "free
        of it" (below 5 %), or "undecided" (no point can be compared)."""
        if not self.compared:
            return "undecided"
        if self.lost >= ENCODED_FROM:
            return "encoded"
        return "leans on it" if self.lost >= LEANS_FROM else "free of it"


def compare_without(found: PointVerdicts, neutral: PointVerdicts, scramble: np.ndarray) -> WithoutAssumption:
    """Compares a claim's verdicts with those that it has at the same points with the neutral values."""
    readings = {
        "holds": (found.holds, neutral.holds),
        "can hold": (found.can_hold & ~found.holds, neutral.can_hold & ~neutral.holds),
        "fails": (found.fails, neutral.fails),
    }
    verdict = max(readings, key=lambda word: int(readings[word][0].sum()))
    stands, still = readings[verdict]
    compared = stands & neutral.defined
    n = int(compared.sum())
    lost = float((compared & ~still).sum() / n) if n else float("nan")
    return WithoutAssumption(count_shares(neutral, scramble), verdict, lost, n)


@dataclass(frozen=True)
class ClaimVerdict:
    """What the sample says about one claim.

    `label` is "invariant" (the verdict never changes over the examined range) or "contingent"; `assumption`
    compares it with the verdict without what the claim declares in `encodes`. `baseline` is the verdict at
    the baseline.
    """

    claim: Claim
    shares: Shares
    baseline: str
    label: str
    points: PointVerdicts = field(repr=False)
    without: WithoutAssumption | None = None

    @property
    def assumption(self) -> str:
        """Whether the declared assumption builds the verdict in: "encoded", "leans on it", "free of it",
        "undecided", or "" where the claim declares none."""
        return "" if self.without is None else self.without.label

    def __repr__(self) -> str:
        shares = ", ".join(
            f"{word} {getattr(self.shares, word).value:.1%}" for word in ("holds", "can_hold", "fails")
        )
        return f"ClaimVerdict({self.id}: {self.label}; {shares.replace('_', ' ')}; baseline: {self.baseline})"

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def says(self) -> str:
        return self.claim.says

    @property
    def source(self) -> str:
        return self.claim.source

    @property
    def share_holds(self) -> float:
        return self.shares.holds.value

    @property
    def share_can_hold(self) -> float:
        return self.shares.can_hold.value

    @property
    def share_fails(self) -> float:
        return self.shares.fails.value

    @property
    def share_undefined(self) -> float:
        return self.shares.undefined.value

    @property
    def ties(self) -> float:
        return self.shares.ties.value

    @property
    def holds(self) -> np.ndarray:
        """Where the claim holds, shape [N]."""
        return self.points.holds

    @property
    def can_hold(self) -> np.ndarray:
        """Where the claim can hold, shape [N]."""
        return self.points.can_hold

    @property
    def witnesses(self) -> dict[str, int]:
        """Number of points at which each member of the outermost set decides against an `all`, or for an
        `any`."""
        if self.points.member_against is None:
            return {}
        return dict(zip(self.points.members, self.points.member_against.sum(axis=1).tolist(), strict=True))


def label_of(shares: Shares) -> str:
    """The label of a verdict over the examined range."""
    return "invariant" if shares.constancy == 1 else "contingent"
