"""Everything behind an evaluation as one labelled data set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .._core import __version__
from .claims import Game
from .claims.check import PHASES

if TYPE_CHECKING:
    import xarray as xr

    from .evaluation import Evaluation

SCHEMA = "schelling/evaluation"
SCHEMA_VERSION = 1


def to_dataset(evaluation: Evaluation) -> xr.Dataset:
    """The sample, every equilibrium of every distinct game with its certificate, and the verdicts.

    Equilibria are rows: those of model m have the dimension `m_equilibrium` with the point and the distinct
    game they belong to; `m_game_of[m_policy, m_phase]` says which game a policy's phase is (-1: it has none,
    or nobody asked).
    """
    from .ragged import RaggedDataset

    sample = evaluation.sample
    data = RaggedDataset(coords={"point": np.arange(len(sample))}, attrs=_provenance(evaluation))
    data["scramble"] = ("point", sample.scramble, {"long_name": "randomisation of the sequence"})
    for name, parameter in evaluation.case.parameters.items():
        facts = {
            "units": parameter.unit,
            "long_name": parameter.meaning,
            "baseline": parameter.value,
            "evidence": ", ".join(parameter.evidence),
        }
        if parameter.range is not None:
            facts |= {"range": list(parameter.range), "scale": parameter.scale, "draw": parameter.draw}
        data[name] = ("point", sample.columns[name], facts)
    for name in evaluation.case.models:
        _add_model(data, evaluation, name)
    _add_claims(data, evaluation)
    return data


def _provenance(evaluation: Evaluation) -> dict[str, object]:
    case, design, certificates = evaluation.case, evaluation.design, evaluation.certificates
    return {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "schelling_version": __version__,
        "case": case.id,
        "title": case.title,
        "as_of": case.as_of.isoformat(),
        "design": f"{design.scrambles} scrambles of {design.points} Sobol points",
        "seeds": list(design.seeds),
        "measure": "independent draws over the ranges; equilibria selected independently by policy",
        "max_regret": certificates.max_regret,
        "bayes_gap": certificates.bayes_gap,
        "unresolved": certificates.unresolved,
    }


def _add_model(data: xr.Dataset, evaluation: Evaluation, name: str) -> None:
    solved, instance = evaluation.solved, evaluation.case.models[name]
    games = {game: solution for game, solution in solved.games.items() if game.model == name}
    distinct = list({id(solution): solution for solution in games.values()}.values())
    number = {id(solution): i for i, solution in enumerate(distinct)}
    policies = [key for model, key in solved.weights if model == name]

    data[f"{name}_policy"] = (f"{name}_policy", policies)
    data[f"{name}_phase"] = (f"{name}_phase", list(PHASES))
    game_of = np.full((len(policies), len(PHASES)), -1)
    weight = np.zeros((len(policies), len(PHASES), len(evaluation.sample)))
    for i, policy in enumerate(policies):
        for j, phase in enumerate(PHASES):
            game = Game(name, policy, phase)
            if game in games:
                game_of[i, j] = number[id(games[game])]
            weight[i, j] = solved.weights[name, policy].get(phase, 0)
    dims = (f"{name}_policy", f"{name}_phase")
    data[f"{name}_game_of"] = (dims, game_of, {"long_name": "distinct game of a policy's phase"})
    data[f"{name}_weight"] = (
        (*dims, "point"),
        weight,
        {"units": "probability", "long_name": "probability of the phase"},
    )
    data[f"{name}_resolved"] = (
        (f"{name}_game", "point"),
        np.array([solution.resolved for solution in distinct]),
        {"long_name": "the game has a certified answer at the point"},
    )
    rows = f"{name}_equilibrium"
    points = np.arange(len(evaluation.sample))
    data[f"{name}_equilibrium_game"] = (
        rows,
        np.repeat(np.arange(len(distinct)), [len(s.values) for s in distinct]),
    )
    data[f"{name}_equilibrium_point"] = (
        rows,
        np.concatenate([np.repeat(points, s.counts) for s in distinct]),
    )
    for label in ("max_regret", "bayes_gap"):
        data[f"{name}_{label}"] = (rows, np.concatenate([getattr(s, label) for s in distinct]))
    values = np.concatenate([solution.values for solution in distinct])
    for k, info in enumerate(instance.model.outcomes):
        data[f"{name}_{info.name}"] = (rows, values[:, k], {"units": info.unit, "long_name": info.meaning})


def _add_claims(data: xr.Dataset, evaluation: Evaluation) -> None:
    verdicts = evaluation.verdicts
    if not verdicts:
        return
    data["claim"] = ("claim", [verdict.id for verdict in verdicts])
    data["claim_says"] = ("claim", [verdict.says for verdict in verdicts])
    data["claim_expression"] = ("claim", [verdict.claim.expression.text for verdict in verdicts])
    data["claim_label"] = ("claim", [verdict.label for verdict in verdicts])
    data["claim_assumption"] = (
        "claim",
        [verdict.assumption for verdict in verdicts],
        {"long_name": "verdict with and without what the claim declares in encodes; empty: nothing declared"},
    )
    without = [verdict.without for verdict in verdicts]
    data["share_lost_without_assumption"] = (
        "claim",
        [np.nan if each is None else each.lost for each in without],
        {"units": "share of the compared points at which the majority verdict stands"},
    )
    data["share_holds_without_assumption"] = (
        "claim",
        [np.nan if each is None else each.shares.holds.value for each in without],
        {"units": "share of examined points"},
    )
    data["claim_baseline"] = ("claim", [verdict.baseline for verdict in verdicts])
    for word in ("holds", "can_hold", "fails", "undefined", "ties"):
        shares = [getattr(verdict.shares, word) for verdict in verdicts]
        data[f"share_{word}"] = (
            "claim",
            [share.value for share in shares],
            {"units": "share of examined points"},
        )
        data[f"share_{word}_error"] = (
            "claim",
            [share.half_width for share in shares],
            {"long_name": "half-width over the scrambles: numerical error"},
        )
    for word in ("holds", "can_hold", "undefined", "moot", "tie"):
        data[word] = (("claim", "point"), np.array([getattr(verdict.points, word) for verdict in verdicts]))
