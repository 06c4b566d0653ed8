"""Comparative statics of a case: the implicit function theorem against solving the case again nearby."""

from __future__ import annotations

import numpy as np
import pytest

import schelling as sg
from schelling.analysis.claims import Game
from schelling.analysis.design import Sample
from schelling.analysis.solution import solve_sample
from schelling.report.policies import option_outcomes
from schelling.report.slopes import slopes

PARAMETERS = (
    "tied_hands_member",
    "arms_high",
    "lag_ratification",
    "median_cost_challenger",
    "mean_attack_time",
)
POLICIES = ("framework", "immediate", "read_down")
# Half the step of the difference quotient, as a part of the examined range; its error is of the second order.
STEP = 1e-4
AGREEMENT = 1e-5


@pytest.fixture(scope="module")
def case():
    return sg.Case.load("ukraine_nato_2023")


@pytest.fixture(scope="module")
def found(case):
    wanted = {pair: o for pair, o in option_outcomes(case).items() if o.name in ("attack", "catastrophe")}
    return {(s.policy, s.parameter, s.outcome): s for s in slopes(case, wanted)}


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_slopes_are_those_of_the_solver(case, found, parameter):
    row = case.parameters[parameter]
    step = STEP * (row.range[1] - row.range[0])
    values = np.array([row.value - step, row.value + step])
    fixed = {p.name: p.value for p in case.parameters.values() if p.name != parameter}
    sample = Sample((parameter,), values[:, None], np.zeros(2, dtype=int), fixed)
    games = [game for game in case.games() if isinstance(game, Game) and game.key in POLICIES]
    solved = solve_sample(case, sample, games)
    for policy in POLICIES:
        for outcome in ("attack", "catastrophe"):
            moved = solved.outcome("m1", policy, outcome)
            assert list(np.diff(moved.offsets)) == [1, 1]
            quotient = (moved.low[1] - moved.low[0]) / (2 * step)
            if (policy, parameter, outcome) not in found:
                assert quotient == 0
                continue
            slope = found[policy, parameter, outcome].values
            assert slope == pytest.approx([quotient], rel=AGREEMENT, abs=AGREEMENT * abs(moved.low[0]))


def test_an_option_that_does_not_depend_on_a_parameter_has_no_slope(found):
    assert ("framework", "tied_hands_member", "attack") not in found
    assert ("immediate", "tied_hands_member", "attack") in found


def test_steps_are_a_tenth_of_the_range_on_its_scale(case, found):
    linear, log = case.parameters["tied_hands_member"], case.parameters["median_cost_challenger"]
    assert (linear.scale, log.scale) == ("linear", "log")
    slope = found["immediate", "tied_hands_member", "attack"]
    assert slope.steps[0] == pytest.approx(slope.values[0] * (linear.range[1] - linear.range[0]) / 10)
    slope = found["immediate", "median_cost_challenger", "attack"]
    tenth = log.value * np.log(log.range[1] / log.range[0]) / 10
    assert slope.steps[0] == pytest.approx(slope.values[0] * tenth)


def test_tied_hands_deter(found):
    assert found["immediate", "tied_hands_member", "attack"].values[0] < 0
