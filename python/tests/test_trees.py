"""The tree of a report: the equilibrium that it shows is the one of the policy table."""

from __future__ import annotations

import re

import pytest

import schelling as sg
from schelling.analysis.design import Design
from schelling.report.trees import tree_figures


@pytest.fixture(scope="module")
def evaluation():
    return sg.Case.load("ukraine_nato_2023").evaluate(Design(scrambles=2, points=1))


def test_one_tree_with_the_baseline_play_of_the_option(evaluation):
    (figure,) = tree_figures(evaluation)
    assert figure.title == "Immediate membership, once in force"
    attack = evaluation.baseline_outcome("m1", "immediate", "attack", "end").values[0]
    assert f">attack  {attack:.3f}<" in figure.svg
    assert figure.rows[0][0] == "Peace"
    assert figure.header == (
        "Course of events",
        "Probability",
        *(f"Payoff of the {player}" for player in ("challenger", "defender", "protege")),
    )
    assert any(
        note.startswith("defender, at the move “defender's choice”: intervene up to 1.36;")
        for note in figure.notes
    )


def test_the_drawing_has_room_for_its_words_and_no_more(evaluation):
    (figure,) = tree_figures(evaluation)
    width = float(re.search(r'viewBox="0 0 (\d+) ', figure.svg).group(1))
    ends = [float(x) for x in re.findall(r'<text x="([\d.]+)"', figure.svg)]
    assert max(ends) + 60 < width < max(ends) + 260
    assert "; probability" not in figure.svg and ">probability " in figure.svg


def test_a_case_without_a_tree_has_none(evaluation):
    from dataclasses import replace

    assert tree_figures(replace(evaluation, case=replace(evaluation.case, tree=None))) == []
