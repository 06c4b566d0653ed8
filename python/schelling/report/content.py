"""What a report says, as plain data: the only thing the page is made from.

Shares are fractions of the examined range in [0, 1]; errors are half-widths of 95 % intervals over the
independent scrambles of the design, in the same unit. Nothing here computes: `collect` fills it from an
evaluation, `render` turns it into a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Share:
    """A share of the examined range with its numerical error."""

    value: float
    error: float = float("nan")


@dataclass(frozen=True)
class Verdict:
    """How one claim fares over one design: the four shares add up to one."""

    holds: Share
    selection: Share  # true in some equilibria, false in others
    fails: Share
    undefined: Share
    ties: Share
    points: int


@dataclass(frozen=True)
class Driver:
    """One parameter's hold over a claim."""

    parameter: str
    shift: float  # PAWN: mean distance between the share in a slice of the parameter's range and overall
    lower: float
    upper: float
    first_order: float  # share of the verdict's variance explained by this parameter alone
    sign: int  # +1 raises the share, -1 lowers it, 0 neither way for sure
    profile: Sequence[float]  # share that holds in each slice of the parameter's range


@dataclass(frozen=True)
class ClaimRow:
    """One claim with everything that is reported about it."""

    id: str
    says: str
    source: str
    expression: str
    verdicts: Mapping[str, Verdict]  # by design: "examined", "half", "double", "filtered"
    baseline: str  # "holds" | "can hold" | "fails" | "undefined"
    label: str  # over the range: "invariant in range" | "contingent"
    assumption: str  # against it: "encoded" | "leans on it" | "free of it" | "undecided" | "" (none declared)
    assumption_detail: str
    companion_of: str | None = None
    drivers: Sequence[Driver] = ()
    noise: float = float("nan")  # the shift that a parameter without any influence would show
    notes: Sequence[str] = ()
    evidence: Sequence[str] = ()

    @property
    def deciding(self) -> list[Driver]:
        """The parameters whose hold on the claim stands out of the noise, strongest first."""
        return [driver for driver in self.drivers if driver.shift > self.noise]

    @property
    def shown(self) -> Sequence[Driver]:
        """The deciding parameters, or the strongest three if none stands out."""
        return self.deciding or self.drivers[:3]


@dataclass(frozen=True)
class Cell:
    """One outcome of one option.

    `baseline` lists every equilibrium in ascending order of the outcome; the quantiles are taken over the
    examined range of the lowest (`*_low`) and the highest (`*_high`) equilibrium at each point.
    """

    baseline: Sequence[float]
    lower_low: float
    median_low: float
    median_high: float
    upper_high: float
    lowest: Share  # how often no other option has a lower value, whichever equilibria are played
    highest: Share


@dataclass(frozen=True)
class Outcome:
    """An outcome of a model: a column of the policy table."""

    name: str
    title: str
    unit: str
    meaning: str
    headline: bool  # a claim reads it
    unconditional: bool = True  # an expectation over everything that can happen


@dataclass(frozen=True)
class Attribute:
    """What options commit to: a column of the table of attributes."""

    name: str
    unit: str


@dataclass(frozen=True)
class PolicyRow:
    """One option with its attributes and outcomes."""

    id: str
    name: str
    says: str
    attributes: Mapping[str, str]
    window: Mapping[str, str]
    cells: Mapping[str, Cell]
    several: Share  # how often the option has more than one equilibrium


@dataclass(frozen=True)
class ParameterRow:
    """One line of the evidence ledger."""

    name: str
    symbol: str
    value: float
    low: float | None
    high: float | None
    scale: str
    unit: str
    meaning: str
    evidence: Sequence[str]
    analyst: bool  # the range is an analyst's, not a published one
    lever: bool = False  # an option sets it; the others are facts about the world


@dataclass(frozen=True)
class EvidenceRow:
    """One piece of evidence and how far it was checked."""

    id: str
    finding: str
    citation: str
    status: str  # "read" | "verify" | "analyst"
    parameters: Sequence[str]


@dataclass(frozen=True)
class ModelRow:
    """A model of the case: what it assumes, what it is not for, and what the case left at its default."""

    name: str
    title: str
    citation: str
    summary: str
    refinements: Sequence[str]  # which equilibria are kept, in sentences
    assumptions: Sequence[str]
    not_for: Sequence[str]
    engine: str  # how equilibria are found, what is known of their number, how they are verified
    options: Mapping[str, str]
    defaults: Sequence[tuple[str, float, str]]  # unbound parameter, value, meaning


@dataclass(frozen=True)
class Slope:
    """Derivatives of an outcome with respect to a parameter, at each equilibrium of the baseline; NaN at a kink."""

    policy: str
    parameter: str
    outcome: str
    values: Sequence[float]  # outcome unit per parameter unit
    steps: Sequence[float]  # change of the outcome for a tenth of the parameter's examined range


@dataclass(frozen=True)
class Figure:
    """A drawn figure: inline SVG with its words and, perhaps, a table that belongs to it."""

    id: str
    title: str
    caption: str
    svg: str
    notes: Sequence[str] = ()
    header: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class Certificates:
    """What was proved about the equilibria behind the report."""

    equilibria: int
    max_regret: float
    bayes_gap: float
    unsolved: int
    games: int


@dataclass(frozen=True)
class Design:
    """The sample and its measure."""

    scrambles: int
    points_per_scramble: int
    varied: int
    fixed: int
    seed: int
    filtered_share: float
    history_filter: str
    history_says: str


@dataclass(frozen=True)
class Content:
    """A whole report."""

    case_id: str
    title: str
    question: str
    as_of: str
    source: str
    actors: Mapping[str, str]
    attributes: Sequence[Attribute]
    policies: Sequence[PolicyRow]
    outcomes: Sequence[Outcome]
    claims: Sequence[ClaimRow]
    parameters: Sequence[ParameterRow]
    evidence: Sequence[EvidenceRow]
    models: Sequence[ModelRow]
    slopes: Sequence[Slope]
    phase_diagrams: Sequence[Figure]
    trees: Sequence[Figure]
    certificates: Certificates
    design: Design
    versions: Mapping[str, str]
    quick: bool
    data_file: str
    notes: Sequence[str] = field(default_factory=tuple)

    def parameter(self, name: str) -> ParameterRow:
        """The ledger line of `name`; KeyError if there is none."""
        for row in self.parameters:
            if row.name == name:
                return row
        raise KeyError(name)
