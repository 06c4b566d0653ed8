"""From a case to the content of its report: every number on the page is computed here or in the analysis layer."""

from __future__ import annotations

import dataclasses
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

import numpy as np

from .. import __version__
from ..analysis.case import Case, Claim
from ..analysis.claims import Game
from ..analysis.claims.tree import Name, Node
from ..analysis.design import Design as SampleDesign
from ..analysis.design import draw_sample, mean_over_scrambles
from ..analysis.evaluation import Evaluation, evaluate
from ..analysis.sensitivity import sensitivity
from ..analysis.solution import Progress, SolvedSample, instance_columns, solve_sample
from ..analysis.verdicts import ClaimVerdict, Shares, count_shares, judge
from . import content as page
from .formats import percent, words

QUANTILES = (0.1, 0.5, 0.9)
KEPT_DRIVERS = 8
SCREENED = 14
FACTORS = {"half": 0.5, "double": 2.0}
LIBRARIES = ("numpy", "scipy", "xarray", "SALib")


@dataclass(frozen=True)
class Robustness:
    """Shares of every claim, by claim id, under one check; `kept` is the part of the sample that it uses."""

    shares: dict[str, Shares]
    kept: page.Share


def check_robustness(evaluation: Evaluation, *, threads: int, progress: Progress | None) -> dict[str, Robustness]:
    """Every claim again with the ranges halved and doubled, and on the points that pass the history filter."""
    case, scramble = evaluation.case, evaluation.sample.scramble
    checks = {}
    for name, factor in FACTORS.items():
        sample = draw_sample(case.parameters.values(), evaluation.design, factor)
        solved = solve_sample(case, sample, _claim_games(case), threads=threads, progress=progress)
        shares = {
            claim.id: count_shares(judge(solved, claim.expression, claim.moot_if), scramble) for claim in case.claims
        }
        checks[name] = Robustness(shares, page.Share(1.0, 0.0))
    if case.history_filter is not None:
        kept = judge(evaluation.solved, case.history_filter).can_hold
        shares = {v.id: count_shares(v.points, scramble, kept) for v in evaluation.verdicts}
        checks["filtered"] = Robustness(shares, _share(mean_over_scrambles(kept, scramble)))
    return checks


def _claim_games(case: Case) -> set[Game]:
    return {game for claim in case.claims for game in claim.games}


def _share(found) -> page.Share:
    return page.Share(found.value, found.half_width)


def _verdict(shares: Shares) -> page.Verdict:
    return page.Verdict(
        holds=_share(shares.holds),
        selection=page.Share(shares.can_hold.value - shares.holds.value),
        fails=_share(shares.fails),
        undefined=_share(shares.undefined),
        ties=_share(shares.ties),
        points=shares.points,
    )


def _drivers(verdict: ClaimVerdict, evaluation: Evaluation, seed: int) -> tuple[list[page.Driver], float]:
    sample = evaluation.sample
    defined = verdict.points.defined
    held = np.where(defined, verdict.holds, np.nan)
    if not defined.any() or np.ptp(held[defined]) == 0:
        return [], 0.0
    shift = sensitivity(
        sample.points, held, parameters=sample.names, blocks=sample.scramble, keep=SCREENED, seed=seed
    )
    alone = sensitivity(
        sample.points, held, parameters=sample.names, blocks=sample.scramble, method="rbd_fast", resamples=2, seed=seed
    )
    drivers = [
        page.Driver(
            parameter=str(name),
            shift=float(shift["index"].sel(parameter=name)),
            lower=float(shift["lower"].sel(parameter=name)),
            upper=float(shift["upper"].sel(parameter=name)),
            first_order=float(alone["index"].sel(parameter=name)),
            sign=int(shift["sign"].sel(parameter=name)),
            profile=tuple(float(v) for v in shift["profile"].sel(parameter=name)),
        )
        for name in shift["parameter"].values[:KEPT_DRIVERS]
    ]
    return drivers, float(shift["noise"])


def _label(verdict: ClaimVerdict) -> tuple[str, str]:
    label = "invariant in range" if verdict.label == "invariant" else verdict.label
    if verdict.neutral is None:
        return label, ""
    neutral = ", ".join(
        f"{words(name)} = {words(value.text)}" for name, value in verdict.claim.encodes.items()
    )
    return label, (
        f"holds in {percent(verdict.neutral.holds.value, 1)} with the declared neutral values ({neutral}), "
        f"one verdict at {percent(verdict.neutral.constancy, 1)} of the points"
    )


def _notes(verdict: ClaimVerdict, evaluation: Evaluation) -> Iterator[str]:
    shares = verdict.shares
    if shares.undefined.value > 0:
        low, high = shares.holds_bounds
        yield f"between {percent(low, 1)} and {percent(high, 1)} if the undefined points are counted either way"
    if shares.ties.value > 0:
        yield f"strict and weak reading differ at {percent(shares.ties.value, 1)} of the points"
    if shares.moot:
        yield f"moot at {shares.moot:,} points, which are left out"
    against = {name: n for name, n in verdict.witnesses.items() if n}
    if against and len(against) > 1:
        worst = sorted(against, key=lambda name: -against[name])[:2]
        total = len(evaluation.sample)
        yield "most often decided by " + " and ".join(f"{words(w)} ({percent(against[w] / total)})" for w in worst)


def _claims(evaluation: Evaluation, checks: dict[str, Robustness], progress: Progress | None) -> list[page.ClaimRow]:
    rows = []
    for k, verdict in enumerate(evaluation.verdicts):
        if progress:
            progress("measuring sensitivity", k, len(evaluation.verdicts))
        drivers, noise = _drivers(verdict, evaluation, evaluation.design.seed)
        label, detail = _label(verdict)
        claim = verdict.claim
        rows.append(
            page.ClaimRow(
                id=claim.id,
                says=claim.says,
                source=claim.source,
                expression=claim.expression.text,
                verdicts={"examined": _verdict(verdict.shares)}
                | {name: _verdict(check.shares[claim.id]) for name, check in checks.items()},
                baseline=verdict.baseline,
                label=label,
                label_detail=detail,
                companion_of=claim.companion_of,
                drivers=drivers,
                noise=noise,
                notes=tuple(_notes(verdict, evaluation)),
                evidence=claim.evidence,
            )
        )
    return rows


def outcomes_read(case: Case) -> list[tuple[str, str]]:
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


def _title(name: str, unit: str) -> str:
    text = words(name)
    if unit == "probability":
        event, _, condition = text.partition(" given ")
        return f"Probability: {event}" + (f", given {condition}" if condition else "")
    return text[:1].upper() + text[1:]


def _outcomes(case: Case) -> dict[tuple[str, str], page.Outcome]:
    """Outcomes that belong to an option as a whole, in the order of the page."""
    read = outcomes_read(case)
    several = len(case.models) > 1
    found = {}
    for model, instance in case.models.items():
        for info in instance.model.outcomes:
            if instance.per and info.mixing != "none":
                name = f"{model}.{info.name}" if several else info.name
                found[model, info.name] = page.Outcome(
                    name, _title(info.name, info.unit), info.unit, info.meaning, (model, info.name) in read
                )
    order = {pair: k for k, pair in enumerate(read)}
    return dict(sorted(found.items(), key=lambda item: order.get(item[0], len(order))))


def _extreme(mine: np.ndarray, others: np.ndarray, scramble: np.ndarray) -> page.Share:
    """Share of points where `mine` is at most the least of `others` [K, N], among those where all are defined."""
    known = np.isfinite(mine) & np.isfinite(others).all(axis=0)
    best = mine <= others.min(axis=0) if len(others) else np.ones(len(mine), dtype=bool)
    return _share(mean_over_scrambles(best, scramble, known))


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
            baseline=tuple(sorted(float(v) for v in evaluation.baseline_outcome(model, policy, outcome).values)),
            lower_low=lower,
            median_low=middle_low,
            median_high=middle_high,
            upper_high=upper,
            lowest=_extreme(values.high, np.array([o.low for o in others]).reshape(-1, shape[1]), scramble),
            highest=_extreme(-values.low, -np.array([o.high for o in others]).reshape(-1, shape[1]), scramble),
        )
    return cells


def _policies(evaluation: Evaluation, outcomes: dict[tuple[str, str], page.Outcome]) -> list[page.PolicyRow]:
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
                name=policy.name[:1].upper() + policy.name[1:],
                says="",
                attributes={name: _setting(baseline.get(name)) for name in policy.attributes},
                window={
                    name: _setting(baseline.get(name if name == "lag" else f"window_{name}"))
                    for name in policy.window or {}
                },
                cells={name: column[identifier] for name, column in cells.items()},
                several=_share(mean_over_scrambles(several, evaluation.sample.scramble)),
            )
        )
    return rows


def _setting(value: float | None) -> str:
    from .formats import number

    return number(value)


def _models(case: Case) -> list[page.ModelRow]:
    rows = []
    for name, instance in case.models.items():
        info = getattr(instance.model, "info", None)
        described = {p.name: p for p in instance.model.parameters}
        rows.append(
            page.ModelRow(
                name=name,
                title=getattr(info, "title", instance.use),
                citation=getattr(info, "citation", ""),
                summary=getattr(info, "summary", ""),
                refinement=getattr(info, "engine", ""),
                assumptions=tuple(getattr(info, "assumptions", ())),
                not_for=tuple(getattr(info, "not_for", ())),
                defaults=tuple(
                    (parameter, float(described[parameter].default_value), described[parameter].meaning)
                    for parameter in instance.unbound
                    if parameter in described
                ),
            )
        )
    return rows


def _ledger(case: Case) -> tuple[list[page.ParameterRow], list[page.EvidenceRow]]:
    parameters = [
        page.ParameterRow(
            name=p.name,
            symbol=p.symbol,
            value=p.value,
            low=p.range[0] if p.range else None,
            high=p.range[1] if p.range else None,
            scale=("logarithmic" if p.scale == "log" else "linear") + ("" if p.draw == "uniform" else f", {p.draw}"),
            unit=p.unit,
            meaning=p.meaning + (f" ({p.note})" if p.note else ""),
            evidence=p.evidence,
            analyst=p.analyst,
        )
        for p in case.parameters.values()
    ]
    evidence = [
        page.EvidenceRow(
            id=e.id,
            finding=e.finding + (f". {e.caution}" if e.caution else ""),
            citation=e.citation,
            status=e.status,
            parameters=tuple(p.name for p in case.parameters.values() if e.id in p.evidence),
        )
        for e in case.evidence.values()
        if e.id != "analyst"
    ]
    return parameters, evidence


def _certificates(evaluation: Evaluation) -> page.Certificates:
    found = evaluation.certificates
    engines = {getattr(i.model.info, "engine", "") for i in evaluation.case.models.values() if hasattr(i.model, "info")}
    return page.Certificates(
        equilibria=found.equilibria,
        max_regret=found.max_regret,
        bayes_gap=found.bayes_gap,
        coverage=" ".join(sorted(engines - {""})),
        unsolved=found.unresolved,
        points=found.games * len(evaluation.sample),
    )


def versions() -> dict[str, str]:
    """What the numbers depend on."""
    return {"schelling": __version__, "Python": platform.python_version()} | {
        name: metadata.version(name) for name in LIBRARIES
    }


def collect(
    case: Case,
    *,
    design: SampleDesign,
    quick: bool = False,
    threads: int = 0,
    progress: Progress | None = None,
    figures: Callable[[Evaluation], dict] | None = None,
) -> tuple[page.Content, Evaluation, dict[str, Robustness]]:
    """Evaluate a case and gather what its report says."""
    evaluation = evaluate(case, design, threads=threads, progress=progress)
    checks = check_robustness(evaluation, threads=threads, progress=progress)
    outcomes = _outcomes(case)
    parameters, evidence = _ledger(case)
    filtered = checks["filtered"].kept.value if "filtered" in checks else 1.0
    drawn = figures(evaluation) if figures else {}
    content = page.Content(
        case_id=case.id,
        title=case.title,
        question=case.about,
        as_of=f"{case.as_of.day} {case.as_of:%B %Y}",
        source=case.source,
        actors=case.actors,
        policies=_policies(evaluation, outcomes),
        outcomes=list(outcomes.values()),
        claims=_claims(evaluation, checks, progress),
        parameters=parameters,
        evidence=evidence,
        models=_models(case),
        slopes=drawn.get("slopes", ()),
        phase_diagrams=drawn.get("phase_diagrams", ()),
        trees=drawn.get("trees", ()),
        certificates=_certificates(evaluation),
        design=page.Design(
            scrambles=design.scrambles,
            points_per_scramble=design.points,
            varied=len(evaluation.sample.names),
            fixed=len(evaluation.sample.fixed),
            seed=design.seed,
            filtered_share=filtered,
            history_filter=case.history_filter.text if case.history_filter else "",
        ),
        versions=versions(),
        quick=quick,
        data_file=f"{case.id}.nc",
        notes=case.warnings,
    )
    return content, evaluation, checks


def solved_bounds(solved: SolvedSample, model: str, policy: str, outcome: str) -> tuple[np.ndarray, ...]:
    """Number of equilibria (pairs of them where an option has two phases) and bounds of an outcome, [N] each."""
    values = solved.outcome(model, policy, outcome)
    return np.diff(values.offsets), values.low, values.high
