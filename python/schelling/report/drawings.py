"""What a report draws: phase diagrams and the game tree as played."""

from __future__ import annotations

import numpy as np

from ..analysis.case_records import PhaseDiagram
from ..analysis.design import Sample
from ..analysis.evaluation import Evaluation
from ..analysis.phase_diagram import Axis, refine_plane
from ..analysis.solution import solve_sample
from . import content as page
from .figures import inline_svg, plot_phase_diagram
from .formats import percent, upper_first, words
from .policies import solved_bounds


def axis_of(evaluation: Evaluation, name: str) -> Axis:
    """A parameter's examined range as a side of a plane."""
    parameter = evaluation.case.parameters[name]
    assert parameter.range is not None
    low, high = parameter.range
    return Axis(name, low, high, parameter.unit, parameter.scale, parameter.value, parameter.meaning)


def case_phase_diagram(evaluation: Evaluation, diagram: PhaseDiagram, **options):
    """One outcome of one option over two parameters of the case, all others at the baseline."""
    case = evaluation.case
    fixed = {p.name: p.value for p in case.parameters.values() if p.name not in (diagram.x, diagram.y)}
    games = [g for g in case.games() if (g.model, g.key) == (diagram.model, diagram.policy)]

    def solve(x: np.ndarray, y: np.ndarray):
        sample = Sample((diagram.x, diagram.y), np.column_stack([x, y]), np.zeros(len(x), dtype=int), fixed)
        return solved_bounds(
            solve_sample(case, sample, games), diagram.model, diagram.policy, diagram.outcome
        )

    unit = case.models[diagram.model].outcome_info(diagram.outcome).unit
    return refine_plane(
        solve,
        axis_of(evaluation, diagram.x),
        axis_of(evaluation, diagram.y),
        outcome=diagram.outcome,
        unit=unit,
        **options,
    )


def phase_figures(evaluation: Evaluation) -> list[page.Figure]:
    """The phase diagrams that the case asks for."""
    case = evaluation.case
    figures = []
    for k, diagram in enumerate(case.phase_diagrams, start=1):
        table = case_phase_diagram(evaluation, diagram)
        policy = case.policy(diagram.policy).name
        title = f"{words(diagram.outcome)} under {policy}".capitalize()
        x, y = (case.parameters[name] for name in (diagram.x, diagram.y))
        counts, sizes = np.unique(table["equilibria"].values, return_counts=True)
        parts = ", ".join(
            f"{count} in {percent(size / sizes.sum())} of the plane"
            for count, size in zip(counts, sizes, strict=True)
        )
        pairs = (
            " (one for the transition with one for the end state)"
            if case.policy(diagram.policy).window
            else ""
        )
        caption = (
            f"{upper_first(x.meaning)} (across) and {y.meaning} (up), over their examined ranges. The dot is "
            f"the baseline. Number of equilibria of the option{pairs}: {parts}."
        )
        figures.append(
            page.Figure(
                f"phase-{k}", title, caption, inline_svg(plot_phase_diagram(table), f"phase-{k}", title)
            )
        )
    return figures
