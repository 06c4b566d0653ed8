"""The models: parameters and errors from the table, published points, certificates."""

import inspect
import json
import math
from pathlib import Path

import numpy as np
import pytest

import schelling as sg
from schelling.models import CrisisBargainingUniform, ExtendedDeterrence

DATA = Path(__file__).resolve().parents[2] / "tests/data"
VALUES = json.loads((DATA / "extended_deterrence_values.json").read_text())
CRISES = json.loads((DATA / "crisis_bargaining_uniform_values.json").read_text())
# Ten significant digits are printed.
PRINTED = 6e-10

SYMBOLS = {info.symbol: info.name for info in ExtendedDeterrence().parameters}
# What the values call the outcomes.
OUTCOMES = {
    "x_C": "attack_cutoff",
    "y_I": "intervene_cutoff",
    "y_A": "aid_cutoff",
    "z_P": "resist_cutoff",
    "attack": "attack",
    "resist_given_attack": "resist_given_attack",
    "concede": "concede",
    "abandon": "abandon",
    "aid": "aid",
    "intervene": "intervene",
    "qI": "escalator_belief_intervention",
    "qA": "escalator_belief_aid",
    "escalate": "escalate",
    "catastrophe": "catastrophe",
    "u_C": "payoff_challenger",
    "u_D": "payoff_defender",
    "u_P": "payoff_protege",
    "share_P": "burden_share_protege",
}


def model_at(point) -> ExtendedDeterrence:
    given = {**point["parameters"], **point["attributes"]}
    return ExtendedDeterrence(timing=point["timing"], **{SYMBOLS[s]: v for s, v in given.items()})


@pytest.mark.parametrize("point", VALUES["points"], ids=lambda p: p["name"].split()[0])
def test_all_equilibria_of_the_test_points(point):
    solution = model_at(point).solve()
    assert solution.status == "solved"
    assert solution.certificate.passes(sg.certificate_tolerance)
    assert len(solution) == len(point["equilibria"])
    for found, known in zip(solution, point["equilibria"], strict=True):
        for name, outcome in OUTCOMES.items():
            assert found[outcome] == pytest.approx(known[name], rel=PRINTED, abs=1e-12), (name, point["name"])
        w = point["attributes"]["w"]
        chosen = {
            "choose_I": (found.fight_given_resist - w) / (1 - w),
            "choose_A": found.aid_given_resist / (1 - w),
            "choose_0": found.abandon_given_resist / (1 - w),
        }
        for name, value in chosen.items():
            assert value == pytest.approx(known[name], rel=PRINTED, abs=1e-12), (name, point["name"])
        assert found.escalate_cutoff_intervention == pytest.approx(point["xE"]["I"], rel=1e-13)
        assert found.escalate_cutoff_aid == pytest.approx(point["xE"]["A"], rel=1e-13)


def baseline_policies() -> dict[str, ExtendedDeterrence]:
    """The seven options at the baseline: attributes of the end state and, with a lag, of the window."""

    def attributes(arms, hands, discharges, tripwire, upkeep, alignment, prefix=""):
        names = ("arms", "tied_hands", "aid_discharges", "tripwire", "upkeep", "alignment")
        row = (arms, hands, discharges, tripwire, upkeep, alignment)
        return {prefix + name: value for name, value in zip(names, row, strict=True)}

    def window(lag, felt, before, end_hands, end_discharges, arms, alignment):
        hands = before + felt * max(end_hands - before, 0)
        row = attributes(arms, hands, 1 - felt * (1 - end_discharges), 0, 0.03, alignment, "window_")
        return {"lag": lag, **row}

    member = attributes(0.7, 1.2, 0.1, 0, 0.03, 1)
    diluted = 1.2 * (1 - 0.3)
    ratified = window(0.7, 0.5, 0.2, 1.2, 0.1, 0.7, 1)
    rows = {
        "grey": attributes(0.35, 0.03, 1, 0, 0.01, 0.3),
        "framework": attributes(0.7, 0.2, 1, 0, 0.03, 0.5),
        "staged": member | window(6, 0.05, 0.03, 1.2, 0.1, 0.5, 0.65),
        "timetable": member | window(2.5, 0.25, 0.03, 1.2, 0.1, 0.5, 0.65),
        "immediate": member | ratified,
        "readdown": attributes(0.7, diluted, 0.9, 0, 0.03, 1) | window(0.7, 0.5, 0.2, diluted, 0.9, 0.7, 1),
        "forward": attributes(0.7, 1.2, 0.1, 0.6, 0.08, 1) | ratified,
    }
    return {name: ExtendedDeterrence(**row) for name, row in rows.items()}


@pytest.mark.parametrize("known", VALUES["policies_at_baseline"]["policies"], ids=lambda p: p["policy"])
def test_policies_at_baseline(known):
    model = baseline_policies()[known["policy"]]
    (found,) = model.solve()
    weights = {phase.name: phase.weight[0] for phase in model.phases({})}
    assert weights.get("window", 0.0) == pytest.approx(known["window_weight"], rel=PRINTED)
    names = {"loss_P": "loss_protege", "loss_D": "loss_defender", "share_P": "burden_share_protege"}
    for name in ("attack", "catastrophe", *names):
        assert found[names.get(name, name)] == pytest.approx(known[name], rel=PRINTED), name


def test_a_pair_holds_its_phases():
    (pair,) = baseline_policies()["staged"].solve()
    weight = 1 - math.exp(-6 / 3)
    assert pair.attack == pytest.approx(
        weight * pair.window.attack + (1 - weight) * pair.end.attack, rel=1e-14
    )
    attacked = weight * pair.window.attack, (1 - weight) * pair.end.attack
    mean = np.average([pair.window.hold_given_attack, pair.end.hold_given_attack], weights=attacked)
    assert pair.hold_given_attack == pytest.approx(mean, rel=1e-14)
    assert pair.burden_share_protege == pytest.approx(pair.loss_protege / pair.total_loss, rel=1e-14)
    assert math.isnan(pair.attack_cutoff)
    assert pair.window.attack_cutoff > 0


def test_the_window_has_the_attributes_of_the_end_state_unless_told_otherwise():
    model = ExtendedDeterrence(arms=0.8, lag=2, window_upkeep=0.5)
    assert model.values["window_arms"] == 0.8
    assert model.values["window_upkeep"] == 0.5
    columns = ExtendedDeterrence().phases({"arms": [0.8], "lag": 2, "window_upkeep": 0.5})
    for one, other in zip(model.phases({}), columns, strict=True):
        assert one.name == other.name
        np.testing.assert_array_equal(one.points, other.points)
        np.testing.assert_array_equal(one.weight, other.weight)


def test_the_signature_comes_from_the_table():
    signature = inspect.signature(ExtendedDeterrence)
    table = ExtendedDeterrence().parameters
    for info in table:
        parameter = signature.parameters[info.name]
        assert parameter.kind is inspect.Parameter.KEYWORD_ONLY
        assert parameter.default == info.default_value
        assert f"{info.name} : float, {info.unit}" in ExtendedDeterrence.__doc__
    assert signature.parameters["timing"].default == "failing"
    assert ExtendedDeterrence().values == {info.name: info.default_value for info in table}


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        (
            {"tied_hand": 1},
            sg.InvalidArgument,
            "unknown parameter 'tied_hand': did you mean 'tied_hands'? The model has ",
        ),
        ({"arms": 1.5}, sg.InvalidArgument, "parameter arms: expected a number in [0, 1], found 1.5"),
        ({"arms": math.nan}, sg.InvalidArgument, "parameter arms: expected a number in [0, 1], found nan"),
        ({"arms": "high"}, sg.InvalidArgument, "parameter arms: expected a number in [0, 1], found 'high'"),
        (
            {"upkeep": math.inf},
            sg.InvalidArgument,
            "parameter upkeep: expected a finite number of at least 0, found inf",
        ),
        (
            {"window_arms": 0.4},
            sg.InvalidArgument,
            "lag: expected years, since window_arms is given, found none",
        ),
        ({"timing": "late"}, sg.InvalidOptions, "timing: expected 'failing' or 'onset', found 'late'"),
    ],
)
def test_a_wrong_argument_is_one_sentence(given, error, sentence):
    with pytest.raises(error) as caught:
        ExtendedDeterrence(**given)
    assert str(caught.value).startswith(sentence)


def test_records_are_immutable_and_name_what_exists():
    (equilibrium,) = ExtendedDeterrence().solve()
    with pytest.raises(AttributeError, match="immutable"):
        equilibrium.attack = 0
    with pytest.raises(AttributeError, match="the model has attack, concede"):
        _ = equilibrium.attacks
    assert equilibrium["attack"] == equilibrium.attack == dict(equilibrium)["attack"]


def test_outcomes_have_one_schema():
    for model in (ExtendedDeterrence(), baseline_policies()["staged"], model_at(VALUES["points"][3])):
        answer = model.outcomes()
        assert answer["status"] == "solved"
        for record in answer["equilibria"]:
            assert list(record) == [info.name for info in model.outcomes]


def test_info_says_what_the_model_is_not_for():
    info = ExtendedDeterrence().info
    assert info.assumptions and info.not_for
    assert info.bibtex.startswith("@")


def test_replace_and_repr_round_trip():
    model = ExtendedDeterrence(arms=0.5, timing="onset").replace(tied_hands=1.5)
    assert repr(model) == "ExtendedDeterrence(arms=0.5, tied_hands=1.5, timing='onset')"
    assert eval(repr(model), {"ExtendedDeterrence": ExtendedDeterrence}).values == model.values


@pytest.mark.parametrize("policy", ["grey", "staged"])
def test_derivatives_are_those_of_the_solver(policy):
    model = baseline_policies()[policy]
    exact = model.derivatives()
    assert list(exact["status"].to_numpy()) == ["solved"]
    for parameter in ("tied_hands", "arms", "median_cost_defender"):
        h = 1e-5
        value = model.values[parameter]
        up, down = (model.replace(**{parameter: value + step}).solve()[0] for step in (h, -h))
        for outcome in ("attack", "catastrophe", "burden_share_protege", "hold_given_attack"):
            found = exact["derivative"].sel(outcome=outcome, parameter=parameter).item()
            assert found == pytest.approx((up[outcome] - down[outcome]) / (2 * h), rel=1e-5, abs=1e-7)


def test_derivatives_at_three_equilibria_name_the_unstable_one():
    model = model_at(VALUES["points"][3])
    exact = model.derivatives().sel(outcome="attack_cutoff", parameter="alignment_loss_challenger")
    slopes = np.array([equilibrium.attack_gain_slope for equilibrium in model.solve()])
    # More to gain by an attack: more attack in the stable equilibria, fewer in the unstable one between.
    assert list(np.sign(exact["derivative"])) == list(-np.sign(slopes)) == [1, -1, 1]


@pytest.mark.parametrize("point", CRISES["points"], ids=lambda p: p["name"])
def test_crisis_bargaining_finds_its_closed_form(point):
    symbols = {info.symbol: info.name for info in CrisisBargainingUniform().parameters}
    model = CrisisBargainingUniform(**{symbols[s]: v for s, v in point["params"].items()})
    known = model.known_equilibria()
    assert known[0].regime == point["expected"]["case"].replace("-", " ")
    solution = model.solve()
    assert solution.certificate.passes(sg.certificate_tolerance)
    assert len(solution) == len(known)
    for exact in known:
        assert any(dict(e) == pytest.approx(dict(exact.outcomes), abs=1e-10, nan_ok=True) for e in solution)
    names = {"p_challenge": "challenge", "p_war": "war", "p_bluff": "bluff", "cutoff_war": "fight_cutoff"}
    for name, outcome in names.items():
        assert known[0].outcomes[outcome] == pytest.approx(point["expected"][name], abs=1e-11)


def test_d1_leaves_the_bluff_alone():
    model = CrisisBargainingUniform(war_value_highest_challenger=0)
    assert [known.regime for known in model.known_equilibria()] == ["bluff", "nobody challenges"]
    (equilibrium,) = model.replace(belief="d1").solve()
    assert equilibrium.challenge == pytest.approx(
        model.known_equilibria()[0].outcomes["challenge"], abs=1e-10
    )


def test_bounds_must_be_in_order():
    with pytest.raises(
        sg.InvalidArgument, match="expected a number above war_value_lowest_challenger = -2, found -3"
    ):
        CrisisBargainingUniform(war_value_highest_challenger=-3)


@pytest.mark.parametrize("point", VALUES["points"], ids=lambda p: p["name"].split()[0])
def test_the_generic_engine_finds_the_same_equilibria(point):
    model = model_at(point)
    game = model.game()
    generic = sorted(sg.solve_cutoff(game, belief="d1"), key=lambda e: e.probabilities["attack"]["attack"])
    solution = model.solve()
    assert len(generic) == len(solution)
    for one, other in zip(generic, solution, strict=True):
        assert one.payoff["challenger"] == pytest.approx(other.payoff_challenger, abs=1e-10)
        assert one.payoff["defender"] == pytest.approx(other.payoff_defender, rel=1e-10)
        assert one.payoff["protege"] == pytest.approx(other.payoff_protege, abs=1e-10)
        assert model.assessment(other).certificate.passes(sg.certificate_tolerance)


def test_each_phase_has_its_game():
    staged = baseline_policies()["staged"]
    (pair,) = staged.solve()
    for phase, equilibrium in {"window": pair.window, "end": pair.end}.items():
        assert staged.assessment(equilibrium, phase).certificate.passes(sg.certificate_tolerance)
    with pytest.raises(sg.InvalidArgument, match="phase: expected 'end' or 'window', found 'middle'"):
        staged.game("middle")
