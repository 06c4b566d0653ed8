"""Headline findings, computed from verdicts and outcomes by fixed rules.

The bounds behind the words stand beside them on the page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .content import ClaimRow, Content, Outcome, Verdict
from .formats import amount, count_word, percent, sentence_list, upper_first

# Names for how much of the examined range a statement holds in; the bounds are printed on the page.
READINGS = (
    (0.90, "holds almost throughout"),
    (2 / 3, "holds over most of the range"),
    (1 / 3, "turns on the assumptions"),
    (0.10, "fails over most of the range"),
    (0.0, "fails almost throughout"),
)
DESIGNS = {"half": "ranges halved", "double": "ranges doubled", "filtered": "history filter"}


@dataclass(frozen=True)
class Finding:
    """One sentence of the summary, with the claims it rests on."""

    text: str
    claims: Sequence[str] = ()


def reading(verdict: Verdict) -> int:
    """Index into READINGS; the share is taken among the points where the claim is defined."""
    defined = 1 - verdict.undefined.value
    held = verdict.holds.value / defined if defined > 0 else math.nan
    for k, (bound, _) in enumerate(READINGS):
        if held >= bound:
            return k
    return len(READINGS) - 1


def fragile_designs(claim: ClaimRow) -> list[str]:
    """Keys of the checks under which the majority of the defined range turns against the verdict."""
    side = _majority(claim.verdicts["examined"])
    return [
        key for key in DESIGNS if key in claim.verdicts and _majority(claim.verdicts[key]) not in (side, None)
    ]


def _majority(verdict: Verdict) -> bool | None:
    defined = 1 - verdict.undefined.value
    return None if defined <= 0 else verdict.holds.value / defined > 0.5


def _named(claim: ClaimRow) -> str:
    says = claim.says.rstrip(".")
    return f"“{says}” ({percent(claim.verdicts['examined'].holds.value)})"


def _by_reading(content: Content) -> list[Finding]:
    found = []
    heads = [c for c in content.claims if c.companion_of is None]
    for k, (_, phrase) in enumerate(READINGS):
        members = [c for c in heads if reading(c.verdicts["examined"]) == k]
        if not members:
            continue
        what = f"{upper_first(count_word(len(members)))} of the main statements"
        verb = phrase if len(members) == 1 else _plural(phrase)
        found.append(
            Finding(f"{what} {verb}: {sentence_list([_named(c) for c in members])}.", [c.id for c in members])
        )
    return found


def _plural(phrase: str) -> str:
    first, rest = phrase.split(" ", 1)
    return f"{first.removesuffix('s')} {rest}"


def _options(content: Content) -> list[Finding]:
    found = []
    for outcome in [o for o in content.outcomes if o.headline and o.unconditional][:3]:
        rows = [
            (p, p.cells[outcome.name])
            for p in content.policies
            if outcome.name in p.cells and all(map(math.isfinite, p.cells[outcome.name].baseline))
        ]
        if len(rows) < 2 or len({row[1].baseline for row in rows}) < 2:
            continue
        low = min(rows, key=lambda row: max(row[1].baseline))
        high = max(rows, key=lambda row: min(row[1].baseline))
        found.append(
            Finding(
                f"{outcome.title} ({outcome.unit}), at the baseline: lowest under {low[0].name} "
                f"({_span(low[1].baseline, outcome)}), highest under {high[0].name} "
                f"({_span(high[1].baseline, outcome)}). Over the examined range, {low[0].name} is lowest of "
                f"all options in {percent(low[1].lowest.value)}, {high[0].name} highest in "
                f"{percent(high[1].highest.value)}."
            )
        )
    return found


def _span(values: Sequence[float], outcome: Outcome) -> str:
    low, high = amount(min(values), outcome.unit), amount(max(values), outcome.unit)
    return low if low == high else f"{low} to {high}, by equilibrium"


def _robustness(content: Content) -> Finding:
    turned = [(c, [DESIGNS[key] for key in fragile_designs(c)]) for c in content.claims]
    turned = [(c, checks) for c, checks in turned if checks]
    total = len(content.claims)
    if not turned:
        return Finding(f"None of the {total} verdicts changes sides in any of the robustness checks.")
    named = [f"{c.id} ({', '.join(checks)})" for c, checks in turned]
    verb = "changes" if len(turned) == 1 else "change"
    return Finding(
        f"{upper_first(count_word(len(turned)))} of the {total} verdicts {verb} sides in a robustness check: "
        f"{sentence_list(named)}.",
        [c.id for c, _ in turned],
    )


# What is said of a verdict that was compared with the one without its declared assumption.
ASSUMPTIONS = {
    "encoded": (
        "is encoded",
        "are encoded",
        "without the declared assumption at least half of the points lose the verdict, "
        "so it is no evidence for the statement",
    ),
    "leans on it": (
        "leans on its declared assumption",
        "lean on their declared assumptions",
        "without it between 5 % and half of the points lose the verdict",
    ),
    "free of it": (
        "is free of its declared assumption",
        "are free of their declared assumptions",
        "without it fewer than 5 % of the points lose the verdict",
    ),
}


def _labels(content: Content) -> list[Finding]:
    found = []
    for assumption, (one, several, meaning) in ASSUMPTIONS.items():
        named = [c.id for c in content.claims if c.assumption == assumption]
        if named:
            verb = one if len(named) == 1 else several
            found.append(Finding(f"{sentence_list(named)} {verb}: {meaning}.", named))
    invariant = [c.id for c in content.claims if c.label.startswith("invariant")]
    if invariant:
        found.append(
            Finding(
                f"{sentence_list(invariant)} never {'changes' if len(invariant) == 1 else 'change'} over the "
                "examined range: either a theorem of the model or a range that is too narrow.",
                invariant,
            )
        )
    return found


def findings(content: Content) -> list[Finding]:
    """The summary's sentences, strongest statements first."""
    several = max((p.several.value for p in content.policies), default=0.0)
    found = [*_by_reading(content), *_options(content), _robustness(content), *_labels(content)]
    if several > 0:
        found.append(
            Finding(
                f"Up to {percent(several)} of the examined range leaves an option with several equilibria; there "
                "a statement counts as holding only if it is true in all of them."
            )
        )
    return found
