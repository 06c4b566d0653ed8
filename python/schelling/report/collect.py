"""From a case to the content of its report: every number is computed here or in the analysis layer."""

from __future__ import annotations

import inspect
import platform
from collections.abc import Iterator
from importlib import metadata

import numpy as np

from .._core import __version__
from ..analysis.case_records import CaseRecord
from ..analysis.design import Design as SampleDesign
from ..analysis.evaluation import Evaluation, evaluate
from ..analysis.robustness import RobustnessCheck, check_robustness, find_threshold
from ..analysis.sensitivity import sensitivity
from ..analysis.solution import Progress
from ..analysis.verdicts import ClaimVerdict, Shares
from . import content as page
from .drawings import phase_figures
from .formats import number, percent, sentence_list, signed, words
from .policies import attributes, option_outcomes, policy_rows, share_of
from .slopes import slopes
from .trees import tree_figures

# Names of the checks in the analysis layer and on the page.
CHECKS = {"ranges halved": "half", "ranges doubled": "double", "history filter": "filtered"}
# What a model's assumption means for the equilibria that are kept, for a reader who does not know its name.
REFINEMENTS = {
    "D1": "A move that nobody was expected to make is attributed to the type that would gain from it under the "
    "widest set of replies (criterion D1: Banks and Sobel 1987; Cho and Kreps 1987).",
}
KEPT_DRIVERS = 8
DIFFERENTIATED = 3  # outcomes in the comparative statics
SCREENED = 14
LIBRARIES = ("numpy", "scipy", "xarray", "SALib")


def _verdict(shares: Shares) -> page.Verdict:
    return page.Verdict(
        holds=share_of(shares.holds),
        selection=page.Share(shares.can_hold.value - shares.holds.value),
        fails=share_of(shares.fails),
        undefined=share_of(shares.undefined),
        ties=share_of(shares.ties),
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
        sample.points,
        held,
        parameters=sample.names,
        blocks=sample.scramble,
        method="rbd_fast",
        resamples=0,
        seed=seed,
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


def _assumption(verdict: ClaimVerdict) -> str:
    without = verdict.without
    if without is None:
        return ""
    neutral = ", ".join(
        f"{words(name)} = {words(value.text)}" for name, value in verdict.claim.encodes.items()
    )
    shares = (
        f"holds in {percent(verdict.shares.holds.value, 1)} with the declared assumption and in "
        f"{percent(without.shares.holds.value, 1)} without it ({neutral})"
    )
    if not without.compared:
        return f"{shares}; no point has a verdict both ways"
    return (
        f"{shares}; of the points at which it {without.verdict}, {percent(without.lost, 1)} lose that verdict"
    )


def _threshold(case: CaseRecord, claim: str) -> str:
    found = find_threshold(case, claim)
    where = f"along {words(found.vary)} from {number(found.range[0])} to {number(found.range[1])}, all else at the baseline"
    if not found.roots:
        return f"{where}, it {'holds' if found.holds_at_low else 'fails'} everywhere"
    turns = [
        f"{'begins' if root.begins else 'ceases'} to hold at {number(root.value)} "
        f"({signed(root.distance)} from the baseline)"
        for root in found.roots
    ]
    return f"{where}, it {sentence_list(turns)}"


def _notes(verdict: ClaimVerdict, evaluation: Evaluation) -> Iterator[str]:
    shares = verdict.shares
    if verdict.claim.threshold is not None:
        yield _threshold(evaluation.case, verdict.id)
    if shares.undefined.value > 0:
        low, high = shares.holds_bounds
        yield f"between {percent(low, 1)} and {percent(high, 1)} if undefined points are counted either way"
    if shares.ties.value > 0:
        yield f"strict and weak reading differ at {percent(shares.ties.value, 1)} of the points"
    if shares.moot:
        yield f"moot at {shares.moot:,} points, which are left out"
    against = {name: n for name, n in verdict.witnesses.items() if n}
    if against and len(against) > 1:
        worst = sorted(against, key=lambda name: -against[name])[:2]
        total = len(evaluation.sample)
        yield "most often decided by " + " and ".join(
            f"{words(w)} ({percent(against[w] / total)})" for w in worst
        )


def _claims(
    evaluation: Evaluation, checks: dict[str, RobustnessCheck], progress: Progress | None
) -> list[page.ClaimRow]:
    rows = []
    for k, verdict in enumerate(evaluation.verdicts):
        if progress:
            progress("measuring sensitivity", k, len(evaluation.verdicts))
        drivers, noise = _drivers(verdict, evaluation, evaluation.design.seed)
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
                label="invariant in range" if verdict.label == "invariant" else verdict.label,
                assumption=verdict.assumption,
                assumption_detail=_assumption(verdict),
                companion_of=claim.companion_of,
                drivers=drivers,
                noise=noise,
                notes=tuple(_notes(verdict, evaluation)),
                evidence=claim.evidence,
            )
        )
    return rows


def _models(case: CaseRecord) -> list[page.ModelRow]:
    rows = []
    for name, instance in case.models.items():
        info = getattr(instance.model, "info", None)
        assumptions = tuple(getattr(info, "assumptions", ()))
        described = {p.name: p for p in instance.model.parameters}
        rows.append(
            page.ModelRow(
                name=name,
                title=getattr(info, "title", instance.use),
                citation=getattr(info, "citation", ""),
                summary=" ".join((inspect.getdoc(instance.model) or "").split("\n\n")[0].split()),
                refinements=tuple(
                    meaning
                    for word, meaning in REFINEMENTS.items()
                    if any(word in line for line in assumptions)
                ),
                assumptions=assumptions,
                not_for=tuple(getattr(info, "not_for", ())),
                engine=getattr(info, "engine", ""),
                options={key: str(value) for key, value in instance.options.items()},
                defaults=tuple(
                    (parameter, float(described[parameter].default_value), described[parameter].meaning)
                    for parameter in instance.unbound
                    if parameter in described
                ),
            )
        )
    return rows


def _levers(case: CaseRecord) -> set[str]:
    """Parameters that the attributes of the visible options are made of."""
    return {
        name
        for instance in case.models.values()
        if instance.per
        for policy in map(case.policy, case.visible_policies)
        for key, cell in case.cells(instance, policy).items()
        if key in policy.attributes or key.removeprefix("window_") in (policy.window or {})
        for name in cell.expression.parameters
    }


def _ledger(case: CaseRecord) -> tuple[list[page.ParameterRow], list[page.EvidenceRow]]:
    levers = _levers(case)
    parameters = [
        page.ParameterRow(
            name=p.name,
            symbol=p.symbol,
            value=p.value,
            low=p.range[0] if p.range else None,
            high=p.range[1] if p.range else None,
            scale=("logarithmic" if p.scale == "log" else "linear")
            + ("" if p.draw == "uniform" else f", {p.draw}"),
            unit=p.unit,
            meaning=p.meaning,
            evidence=p.evidence,
            analyst=p.analyst,
            lever=p.name in levers,
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
    return page.Certificates(
        equilibria=found.equilibria,
        max_regret=found.max_regret,
        bayes_gap=found.bayes_gap,
        unsolved=found.unresolved,
        games=found.games * len(evaluation.sample),
    )


def versions() -> dict[str, str]:
    """What the numbers depend on."""
    return {"schelling": __version__, "Python": platform.python_version()} | {
        name: metadata.version(name) for name in LIBRARIES
    }


def collect(
    case: CaseRecord,
    *,
    design: SampleDesign,
    quick: bool = False,
    threads: int = 0,
    progress: Progress | None = None,
) -> tuple[page.Content, Evaluation, dict[str, RobustnessCheck]]:
    """Evaluate a case and gather what its report says."""
    evaluation = evaluate(case, design, threads=threads, progress=progress)
    checks = {CHECKS[c.name]: c for c in check_robustness(evaluation, threads=threads, progress=progress)}
    outcomes = option_outcomes(case)
    described = [pair for pair, o in outcomes.items() if o.headline and o.unconditional][:DIFFERENTIATED]
    parameters, evidence = _ledger(case)
    filtered = checks["filtered"].points / len(evaluation.sample) if "filtered" in checks else 1.0
    content = page.Content(
        case_id=case.id,
        title=case.title,
        question=case.about,
        as_of=f"{case.as_of.day} {case.as_of:%B %Y}",
        source=case.source,
        actors=case.actors,
        attributes=attributes(case),
        policies=policy_rows(evaluation, outcomes),
        outcomes=list(outcomes.values()),
        claims=_claims(evaluation, checks, progress),
        parameters=parameters,
        evidence=evidence,
        models=_models(case),
        slopes=slopes(case, {pair: outcomes[pair] for pair in described}),
        phase_diagrams=phase_figures(evaluation),
        trees=tree_figures(evaluation),
        certificates=_certificates(evaluation),
        design=page.Design(
            scrambles=design.scrambles,
            points_per_scramble=design.points,
            varied=len(evaluation.sample.names),
            fixed=len(evaluation.sample.fixed),
            seed=design.seed,
            filtered_share=filtered,
            history_filter=case.history_filter.text if case.history_filter else "",
            history_says=case.history_says,
        ),
        versions=versions(),
        quick=quick,
        data_file=f"{case.id}.nc",
        notes=case.warnings,
    )
    return content, evaluation, checks
