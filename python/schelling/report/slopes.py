"""Comparative statics at the baseline, in the parameters of the case.

A model gives the derivatives of its equilibrium outcomes in its own parameters by the implicit function theorem.
A case's parameter enters the model through cells, so its slope is the sum over the model's parameters of that
derivative times the cell's own slope, which is a difference quotient of the cell's expression.
"""

from __future__ import annotations

import numpy as np

from ..analysis.case_records import CaseRecord, Parameter
from ..analysis.design import Sample
from ..analysis.solution import instance_columns
from . import content as page

NUDGE = 1e-6  # of the examined range: the cells are smooth there, and rounding stays below 1e-9 of the slope


def slopes(case: CaseRecord, outcomes: dict[tuple[str, str], page.Outcome]) -> list[page.Slope]:
    """Slopes of (model, outcome) pairs in every examined parameter under every visible option, at each equilibrium.

    Models that offer no derivatives have none.
    """
    found = []
    for name, instance in case.models.items():
        if not hasattr(instance.model, "derivatives"):
            continue
        wanted = {pair[1]: outcome for pair, outcome in outcomes.items() if pair[0] == name}
        for policy in case.visible_policies if instance.per else ():
            cells, rates = _cell_slopes(case, name, policy)
            model = instance.model.replace(**cells)
            derivative = model.derivatives()["derivative"].sel(parameter=list(rates))
            for outcome, described in wanted.items():
                table = derivative.sel(outcome=outcome).to_numpy()  # [equilibrium, parameter]
                for k, parameter in enumerate(_examined(case)):
                    rate = np.array([column[k] for column in rates.values()])
                    if not rate.any():
                        continue
                    values = table[:, rate != 0] @ rate[rate != 0]
                    found.append(
                        page.Slope(
                            policy=policy,
                            parameter=parameter.name,
                            outcome=described.name,
                            values=tuple(float(v) for v in values),
                            steps=tuple(float(v) * _tenth(parameter) for v in values),
                        )
                    )
    return found


def _examined(case: CaseRecord) -> list[Parameter]:
    return [p for p in case.parameters.values() if p.range is not None]


def _cell_slopes(case: CaseRecord, name: str, policy: str) -> tuple[dict[str, float], dict[str, np.ndarray]]:
    """The model's parameters at the baseline, and their slopes in every examined parameter of the case, [P]."""
    examined = _examined(case)
    base = np.array([p.value for p in examined])
    low, high = np.array([p.range for p in examined]).T
    up, down = (np.clip(base + sign * NUDGE * (high - low), low, high) for sign in (1, -1))
    rows = np.tile(base, (2 * len(base) + 1, 1))
    for k in range(len(base)):
        rows[2 * k + 1, k], rows[2 * k + 2, k] = up[k], down[k]
    fixed = {p.name: p.value for p in case.parameters.values() if p.range is None}
    sample = Sample(tuple(p.name for p in examined), rows, np.zeros(len(rows), dtype=int), fixed)
    columns = instance_columns(case, case.models[name], case.policy(policy), sample)
    rates = {
        parameter: (column[1::2] - column[2::2]) / (up - down)
        for parameter, column in columns.items()
        if np.ptp(column) > 0
    }
    return {parameter: float(column[0]) for parameter, column in columns.items()}, rates


def _tenth(parameter: Parameter) -> float:
    """A tenth of the examined range at the baseline, on the parameter's own scale."""
    assert parameter.range is not None
    low, high = parameter.range
    return parameter.value * np.log(high / low) / 10 if parameter.scale == "log" else (high - low) / 10
