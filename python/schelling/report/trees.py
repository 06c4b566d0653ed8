"""The game tree of an option with equilibrium play drawn on it."""

from __future__ import annotations

import re

from ..analysis.evaluation import Evaluation
from ..analysis.solution import instance_columns
from . import content as page
from .formats import number, percent, upper_first

CHARACTER = 7.2  # width of a character of the drawing's text, a little generously
MARGIN = 20.0


def tree_figures(evaluation: Evaluation) -> list[page.Figure]:
    """The tree that the case asks for, at the baseline: one drawing for each equilibrium of the end state."""
    case = evaluation.case
    if case.tree is None:
        return []
    policy = case.policy(case.tree)
    figures = []
    for name, instance in case.models.items():
        if not (instance.per and hasattr(instance.model, "assessment")):
            continue
        columns = instance_columns(case, instance, policy, evaluation.baseline.sample)
        model = instance.model.replace(
            **{parameter: float(column[0]) for parameter, column in columns.items()}
        )
        # Pairs of phases repeat the equilibria of the end state; equal outcomes are one equilibrium.
        ends = [getattr(equilibrium, "end", equilibrium) for equilibrium in model.solve()]
        ends = list({tuple(end.values()): end for end in ends}.values())
        for k, end in enumerate(ends, start=1):
            which = f", equilibrium {k} of {len(ends)}" if len(ends) > 1 else ""
            phase = ", once in force" if policy.window else ""
            title = f"{upper_first(policy.name)}{phase}{which}"
            figures.append(_figure(f"tree-{name}-{k}", title, model.assessment(end)))
    return figures


def _figure(identifier: str, title: str, assessment) -> page.Figure:
    game = assessment.game
    players = game.tree.players
    rows = [
        (
            upper_first(terminal),
            percent(assessment.outcome[terminal]),
            *(_payoff(*game.payoff(terminal, player)) for player in players),
        )
        for terminal in game.tree.terminals
    ]
    return page.Figure(
        id=identifier,
        title=title,
        caption="Time runs from left to right. The figure on a line is the probability of the move, which also sets "
        "its weight; dashed moves are never reached. A cutoff is the private cost at which a player's choice changes.",
        svg=_without_payoffs(assessment.to_svg(title=title)),
        notes=tuple(_in_words(line) for line in assessment.to_text().strip().splitlines()[1:]),
        header=("Course of events", "Probability", *(f"Payoff of the {player}" for player in players)),
        rows=rows,
    )


def _in_words(line: str) -> str:
    """A line of the assessment's text, such as "A at 'start': wait up to 0.25; go above", for a reader of prose."""
    line = re.sub(r" at '(.*?)': ", r", at the move “\1”: ", line.strip())
    return re.sub(r"-?\d+\.?\d*(?:e-?\d+)?", lambda found: number(float(found.group())), line)


def _payoff(intercept: float, slope: float) -> str:
    if slope == 0:
        return number(intercept)
    sign = "+" if slope > 0 else "\N{MINUS SIGN}"
    return f"{number(intercept)} {sign} {'' if abs(slope) == 1 else number(abs(slope)) + ' '}c"


def _without_payoffs(svg: str) -> str:
    """The drawing with probabilities alone at its ends (payoffs stand in the table), and as narrow as that allows."""
    svg = re.sub(r">[^<>;]*; (probability [^<]*)<", r">\1<", svg)
    texts = re.findall(r'<text x="([\d.]+)"(?![^>]*text-anchor="end")[^>]*>([^<]*)<', svg)
    width = max(float(x) + CHARACTER * len(text) for x, text in texts) + MARGIN
    svg = re.sub(r'viewBox="0 0 [\d.]+ ', f'viewBox="0 0 {width:.0f} ', svg, count=1)
    return re.sub(r' width="[\d.]+" height=', f' width="{width:.0f}" height=', svg, count=1)
