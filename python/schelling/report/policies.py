"""The options of a case against its outcomes: what the policy table and its charts show."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np

from ..analysis.case_records import CaseRecord, Claim
from ..analysis.claims.tree import Name, Node
from ..analysis.design import Share, mean_over_scrambles
from ..analysis.evaluation import Evaluation
from ..analysis.solution import SolvedSample, instance_columns
from . import content as page
from .formats import number, words

QUANTILES = (0.1, 0.5, 0.9)


def share_of(found: Share) -> page.Share:
    """The analysis layer's share as the page's."""
    return page.Share(found.value, found.half_width)


def outcomes_read(case: CaseRecord) -> list[tuple[str, str]]:
    """(model, outcome) pairs that the claims name, most often named first."""
    found: dict[tuple[str, str], int] = {}
    for claim in case.claims:
        for name in _names(claim):
            if len(name.parts) > 1 and name.parts[0] in case.models:
                pair = (name.parts[0], name.parts[-1])
                found[pair] = found.get(pair, 0) + 1
    return sorted(found, key=lambda pair: -found[pair])


def _names(claim: Claim) -> Iterator[Name]:
    stack: list[object] = [claim.expression.tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Name):
            yield node
        elif isinstance(node, Node):
            stack += [getattr(node, f.name) for f in dataclasses.fields(node)]
        elif isinstance(node, tuple):
            stack += node


def _title(name: str) -> str:
    text = words(name)
    return text[:1].upper() + text[1:]


def option_outcomes(case: CaseRecord) -> dict[tuple[str, str], page.Outcome]:
    """Outcomes that belong to an option as a whole, in the order of the page."""
    read = outcomes_read(case)
    several = len(case.models) > 1
    found = {}
    for model, instance in case.models.items():
        for info in instance.model.outcomes:
            if instance.per and info.mixing != "none":
                name = f"{model}.{info.name}" if several else info.name
                found[model, info.name] = page.Outcome(
                    name,
                    _title(info.name),
                    info.unit,
                    info.meaning,
                    (model, info.name) in read,
                    info.mixing == "average",
                )
    order = {pair: k for k, pair in enumerate(read)}
    return dict(sorted(found.items(), key=lambda item: order.get(item[0], len(order))))


def _extreme(mine: np.ndarray, others: np.ndarray, scramble: np.ndarray) -> page.Share:
    """Share of points where `mine` is at most the least of `others` [K, N], where all are defined."""
    known = np.isfinite(mine) & np.isfinite(others).all(axis=0)
    best = mine <= others.min(axis=0) if len(others) else np.ones(len(mine), dtype=bool)
    return share_of(mean_over_scrambles(best, scramble, known))


def _quantiles(values: np.ndarray) -> tuple[float, float, float]:
    known = values[np.isfinite(values)]
    low, middle, high = np.quantile(known, QUANTILES) if known.size else (np.nan,) * 3
    return float(low), float(middle), float(high)


def _cells(evaluation: Evaluation, model: str, outcome: str) -> dict[str, page.Cell]:
    """One outcome under every visible option."""
    policies, scramble = evaluation.case.visible_policies, evaluation.sample.scramble
    found = {policy: evaluation.outcome(model, policy, outcome) for policy in policies}
    cells = {}
    for policy, values in found.items():
        others = [v for other, v in found.items() if other != policy]
        lower, middle_low, _ = _quantiles(values.low)
        _, middle_high, upper = _quantiles(values.high)
        shape = (0, len(scramble))
        cells[policy] = page.Cell(
            baseline=tuple(
                sorted(float(v) for v in evaluation.baseline_outcome(model, policy, outcome).values)
            ),
            lower_low=lower,
            median_low=middle_low,
            median_high=middle_high,
            upper_high=upper,
            lowest=_extreme(values.high, np.array([o.low for o in others]).reshape(-1, shape[1]), scramble),
            highest=_extreme(
                -values.low, -np.array([o.high for o in others]).reshape(-1, shape[1]), scramble
            ),
        )
    return cells


def attributes(case: CaseRecord) -> list[page.Attribute]:
    """What the visible options commit to, with the units of the model's parameters."""
    policies = [case.policy(identifier) for identifier in case.visible_policies]
    names = dict.fromkeys(name for p in policies for name in (*p.attributes, *(p.window or {})))
    units = {p.name: p.unit for i in case.models.values() if i.per for p in i.model.parameters}
    return [page.Attribute(name, units.get(name, "1")) for name in names]


def policy_rows(
    evaluation: Evaluation, outcomes: dict[tuple[str, str], page.Outcome]
) -> list[page.PolicyRow]:
    case = evaluation.case
    cells = {outcome.name: _cells(evaluation, *pair) for pair, outcome in outcomes.items()}
    model = next((name for name, instance in case.models.items() if instance.per), None)
    rows = []
    for identifier in case.visible_policies:
        policy = case.policy(identifier)
        baseline = {} if model is None else {
            name: float(column[0])
            for name, column in instance_columns(case, case.models[model], policy, evaluation.baseline.sample).items()
        }  # fmt: skip
        several = np.zeros(len(evaluation.sample), dtype=bool)
        if model is not None:
            several = evaluation.solved.combinations(evaluation.solved.phases(model, identifier)) > 1
        rows.append(
            page.PolicyRow(
                id=identifier,
                name=policy.name,
                says=policy.meaning,
                attributes={name: number(baseline.get(name)) for name in policy.attributes},
                window={
                    name: number(baseline.get(name if name == "lag" else f"window_{name}"))
                    for name in policy.window or {}
                },
                cells={name: column[identifier] for name, column in cells.items()},
                several=share_of(mean_over_scrambles(several, evaluation.sample.scramble)),
            )
        )
    return rows


def solved_bounds(solved: SolvedSample, model: str, policy: str, outcome: str) -> tuple[np.ndarray, ...]:
    """Number of equilibria (pairs of them where an option has two phases), bounds of an outcome, [N] each."""
    values = solved.outcome(model, policy, outcome)
    return np.diff(values.offsets), values.low, values.high
