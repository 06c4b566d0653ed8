"""What a case consists of: actors, evidence, parameters, policies, models and claims, as read from its file.

These records stand below everything that is done with them: nothing here reads, solves, judges or writes.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from .._core import InvalidArgument
from .claims import Expression, Game
from .claims.check import closest


@dataclass(frozen=True)
class Domain:
    """The values that a parameter may take: an interval with open or closed ends."""

    lower: float = -np.inf
    upper: float = np.inf
    lower_open: bool = True
    upper_open: bool = True

    def contains(self, values) -> np.ndarray:
        """Whether each value is finite and inside; NaN is outside."""
        above = np.greater(values, self.lower) if self.lower_open else np.greater_equal(values, self.lower)
        below = np.less(values, self.upper) if self.upper_open else np.less_equal(values, self.upper)
        return above & below

    def intersect(self, other: Domain) -> Domain:
        lower, upper = max(self.lower, other.lower), min(self.upper, other.upper)
        return Domain(
            lower,
            upper,
            any(each.lower_open for each in (self, other) if each.lower == lower),
            any(each.upper_open for each in (self, other) if each.upper == upper),
        )

    def __str__(self) -> str:
        if self.lower == -np.inf and self.upper == np.inf:
            return "a finite number"
        return (
            f"a number in {'(' if self.lower_open else '['}{self.lower:g}, {self.upper:g}"
            f"{')' if self.upper_open else ']'}"
        )


@dataclass(frozen=True)
class Evidence:
    """A finding behind a range. `status`: read (abstract or excerpt was read), verify (quoted from memory,
    unverified) or analyst (a judgement). A row of `context` bears on no parameter or claim of the case."""

    id: str
    finding: str
    citation: str
    status: str
    suggests: str = ""
    caution: str = ""
    context: bool = False


@dataclass(frozen=True)
class Parameter:
    """An uncertain (or, without a range, fixed) number of the case. `domain` is what its models and its unit
    allow."""

    name: str
    value: float
    unit: str
    meaning: str
    evidence: tuple[str, ...]
    range: tuple[float, float] | None = None
    scale: str = "linear"
    draw: str = "uniform"
    symbol: str = ""
    as_of: datetime.date | None = None
    domain: Domain = field(default_factory=Domain)

    @property
    def analyst(self) -> bool:
        """Whether the range rests on an analyst's judgement."""
        return "analyst" in self.evidence


@dataclass(frozen=True)
class Policy:
    """An option: cells of its end phase and, where accession takes time, of its window (with `lag`, in
    years). `meaning` says in a sentence what it is."""

    id: str
    name: str
    attributes: Mapping[str, str]
    window: Mapping[str, str] | None = None
    hidden: bool = False
    meaning: str = ""


@dataclass(frozen=True)
class Cell:
    """The expression that gives a model's parameter its values, the domain they must lie in and where it is
    written."""

    expression: Expression
    domain: Domain
    where: str


@dataclass(frozen=True)
class ModelInstance:
    """A model of the library under a name of the case; `per` policies it is solved once for each of them.

    `model` offers `parameters`, `phase_parameters` (those that only a policy with a window has), `outcomes`,
    `phases(columns)` and `sweep(points, threads=, progress=)`.
    `unbound` are its parameters that the case leaves at their documented default.
    """

    name: str
    use: str
    model: Any
    per: bool
    bind: Mapping[str, str]
    options: Mapping[str, Any]
    unbound: tuple[str, ...] = ()

    def outcome_info(self, name: str):
        """The description of one outcome."""
        return next(info for info in self.model.outcomes if info.name == name)


@dataclass(frozen=True)
class Link:
    """One model's parameter fed by an expression over other models' outcomes."""

    to: tuple[str, str]
    source: Expression
    selection: str | None = None
    actor: str | None = None


@dataclass(frozen=True)
class Threshold:
    """A claim of the kind "beyond some value": the parameter along which it is sought, and where."""

    vary: str
    range: tuple[float, float]


@dataclass(frozen=True)
class Claim:
    """A statement about outcomes of solved models; the documentation of the case format has the fields."""

    id: str
    says: str
    source: str
    expression: Expression
    companion_of: str | None = None
    moot_if: Expression | None = None
    evidence: tuple[str, ...] = ()
    encodes: Mapping[str, Expression] = field(default_factory=dict)
    threshold: Threshold | None = None

    @property
    def games(self) -> frozenset[Game]:
        """The games that the claim reads."""
        return self.expression.reads | (self.moot_if.reads if self.moot_if else frozenset())


@dataclass(frozen=True)
class PhaseDiagram:
    """A diagram that the report draws: an outcome of a policy over two parameters."""

    x: str
    y: str
    policy: str
    model: str
    outcome: str


@dataclass(frozen=True)
class CaseRecord:
    """A case as read from its file; everything that an evaluation or a report needs to know about it. `Case` adds what
    can be done with it."""

    path: Path
    id: str
    title: str
    as_of: datetime.date
    source: str
    about: str
    actors: Mapping[str, str]
    sets: Mapping[str, tuple[str, ...]]
    evidence: Mapping[str, Evidence]
    parameters: Mapping[str, Parameter]
    policies: tuple[Policy, ...]
    models: Mapping[str, ModelInstance]
    links: tuple[Link, ...]
    claims: tuple[Claim, ...]
    history_filter: Expression | None
    history_says: str
    phase_diagrams: tuple[PhaseDiagram, ...]
    tree: str | None
    warnings: tuple[str, ...]
    bound: Mapping[tuple[str, str], Mapping[str, Cell]] = field(repr=False)

    @property
    def visible_policies(self) -> tuple[str, ...]:
        """Ids of the policies that tables show."""
        return tuple(policy.id for policy in self.policies if not policy.hidden)

    @property
    def uncertain(self) -> tuple[str, ...]:
        """Names of the parameters that have a range."""
        return tuple(name for name, parameter in self.parameters.items() if parameter.range is not None)

    def policy(self, policy: str) -> Policy:
        for each in self.policies:
            if each.id == policy:
                return each
        raise InvalidArgument(f"policy: found '{policy}', {closest(policy, [p.id for p in self.policies])}")

    def claim(self, claim: str) -> Claim:
        for each in self.claims:
            if each.id == claim:
                return each
        raise InvalidArgument(f"claim: found '{claim}', {closest(claim, [c.id for c in self.claims])}")

    def cells(self, instance: ModelInstance, policy: Policy | None) -> Mapping[str, Cell]:
        """The cells that give an instance's parameters their values, for one of its policies."""
        return self.bound[instance.name, policy.id if policy else ""]

    def games(self) -> frozenset[Game]:
        """The games that must be solved: all phases of the visible policies, and whatever claims and filter
        read."""
        wanted = set()
        for (model, key), cells in self.bound.items():
            if key == "" or not self.policy(key).hidden:
                wanted |= {
                    Game(model, key, phase) for phase in (("end", "window") if "lag" in cells else ("end",))
                }
        for claim in self.claims:
            wanted |= claim.games
        return frozenset(wanted | (self.history_filter.reads if self.history_filter else set()))
