"""Verdicts, labels and robustness; and that none of the case's verdicts is written down anywhere."""

import json
from pathlib import Path

import numpy as np
import pytest
from toy_model import toy_case

import schelling as sg
from schelling.analysis import Case, Design, evaluate
from schelling.analysis.design import Share
from schelling.analysis.robustness import check_robustness, find_threshold
from schelling.analysis.verdicts import PointVerdicts, Shares, compare_without, count_shares, label_of

SMALL = Design(scrambles=4, points=32)


def shares(holds=0.0, can_hold=0.0, fails=0.0, undefined=0.0):
    return Shares(100, *(Share(x, 0.0) for x in (holds, can_hold, fails, undefined, 0.0)), 0, 0)


@pytest.mark.parametrize(
    ("found", "label"),
    [
        (shares(holds=1, can_hold=1), "invariant"),
        (shares(holds=0.5, can_hold=0.5, undefined=0.5), "invariant"),
        (shares(fails=1), "invariant"),
        (shares(can_hold=1), "invariant"),
        (shares(holds=0.9, can_hold=1), "contingent"),
        (shares(holds=0.9, can_hold=0.9, fails=0.1), "contingent"),
        (shares(undefined=1), "contingent"),
    ],
)
def test_labels_over_the_range(found, label):
    assert label_of(found) == label


def points(words):
    """Verdicts by letter: h(olds), c(an hold), f(ails), u(ndefined), m(oot)."""
    letters = np.array(list(words))
    none = np.zeros(len(letters), bool)
    holds = letters == "h"
    return PointVerdicts(holds, holds | (letters == "c"), letters == "u", none, letters == "m", none)


@pytest.mark.parametrize(
    ("found", "neutral", "verdict", "lost", "label"),
    [
        # What holds nearly everywhere with and without the assumption does not come from it.
        ("h" * 977 + "f" * 23, "h" * 974 + "f" * 26, "holds", 3 / 977, "free of it"),
        ("h" * 100, "h" * 100, "holds", 0, "free of it"),
        ("h" * 100, "f" * 100, "holds", 1, "encoded"),
        ("h" * 100, "h" * 50 + "f" * 50, "holds", 0.5, "encoded"),
        ("h" * 100, "h" * 51 + "f" * 49, "holds", 0.49, "leans on it"),
        ("h" * 100, "h" * 95 + "f" * 5, "holds", 0.05, "leans on it"),
        ("h" * 100, "h" * 96 + "f" * 4, "holds", 0.04, "free of it"),
        # The same shares at other points are not the same verdict.
        ("h" * 60 + "f" * 40, "f" * 40 + "h" * 60, "holds", 40 / 60, "encoded"),
        # To hold in some equilibria only is to lose "holds in all".
        ("h" * 100, "c" * 100, "holds", 1, "encoded"),
        ("c" * 100, "c" * 100, "can hold", 0, "free of it"),
        # A claim that fails can be built in too.
        ("f" * 90 + "h" * 10, "h" * 100, "fails", 1, "encoded"),
        ("f" * 90 + "h" * 10, "f" * 100, "fails", 0, "free of it"),
        # Points without a verdict on either side are not compared.
        ("h" * 80 + "u" * 20, "h" * 40 + "u" * 40 + "f" * 20, "holds", 0, "free of it"),
        ("h" * 80 + "m" * 20, "h" * 20 + "m" * 40 + "f" * 40, "holds", 0.5, "encoded"),
        ("h" * 100, "u" * 100, "holds", None, "undecided"),
        ("u" * 100, "h" * 100, "holds", None, "undecided"),
    ],
)
def test_labels_against_the_assumption(found, neutral, verdict, lost, label):
    without = compare_without(points(found), points(neutral), np.arange(len(found)) % 4)
    assert without.verdict == verdict
    assert without.lost == (pytest.approx(lost) if lost is not None else pytest.approx(np.nan, nan_ok=True))
    assert without.label == label


def test_shares_add_up_and_bounds_count_the_undefined_both_ways():
    flags = np.array(
        [[1, 0, 0, 0, 0], [1, 1, 0, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1], [0, 1, 0, 0, 0]], bool
    )
    holds, can_hold, undefined, moot, tie = flags
    points = PointVerdicts(holds, can_hold, undefined, np.zeros(5, bool), moot, tie)
    found = count_shares(points, np.array([0, 0, 1, 1, 1]))
    assert found.points == 4
    assert found.moot == 1
    assert (found.holds.value, found.can_hold.value, found.fails.value, found.undefined.value) == (
        0.25,
        0.5,
        0.25,
        0.25,
    )
    assert found.holds_bounds == (0.25, 0.5)
    assert found.can_hold_bounds == (0.5, 0.75)
    assert [points.word(i) for i in range(5)] == ["holds", "can hold", "fails", "undefined", "moot"]


def test_a_claim_with_a_condition_leaves_its_moot_points_out(tmp_path):
    evaluation = evaluate(toy_case(tmp_path), SMALL)
    moot = evaluation.sample.columns["cost"] > 0.2
    verdict = evaluation.verdict("C3")
    assert np.array_equal(verdict.points.moot, moot)
    assert verdict.shares.points == (~moot).sum()
    assert not verdict.holds[moot].any()


def test_lowest_and_highest_over_the_equilibria_of_a_point(tmp_path):
    """Attack is strength (j + 1) / 10 in equilibrium j: with two of them the highest is twice the lowest."""
    case = toy_case(
        tmp_path,
        (
            "toy.attack['soft'] > toy.attack['hard']",
            "abs(highest(toy.end.attack['hard']) - 2 * lowest(toy.end.attack['hard'])) <= 1e-12",
        ),
    )
    assert evaluate(case, SMALL).verdict("C1").share_holds == 1


def test_witnesses_say_which_member_decides(tmp_path):
    evaluation = evaluate(toy_case(tmp_path), SMALL)
    columns = evaluation.sample.columns
    verdict = evaluation.verdict("C2")
    assert verdict.witnesses == {
        "soft": int((columns["strength_soft"] / 10 < 0.02).sum()),
        "hard": int((columns["strength_hard"] / 10 < 0.02).sum()),
    }


def test_neutral_values_are_set_all_together(tmp_path):
    """With both strengths above 0.25 every option is attacked at 0.025 or more, everywhere: the claim holds
    without what it declares, wherever it held with it."""
    verdict = evaluate(toy_case(tmp_path), SMALL).verdict("C2")
    assert 0.5 < verdict.share_holds < 0.95
    assert verdict.without.shares.holds.value == 1
    assert (verdict.label, verdict.assumption, verdict.without.lost) == ("contingent", "free of it", 0)
    partly = evaluate(
        toy_case(tmp_path, ("strength_hard = 0.3, strength_soft", "strength_soft")), SMALL
    ).verdict("C2")
    assert partly.without.shares.holds.value < 1
    against = toy_case(tmp_path, ("strength_hard = 0.3", "strength_hard = 0.1"))
    encoded = evaluate(against, SMALL).verdict("C2")
    assert (encoded.assumption, encoded.without.lost) == ("encoded", 1)
    assert encoded.without.shares.holds.value == 0
    assert evaluate(against, SMALL).verdict("C1").assumption == ""


def test_the_data_tell_both_parts_of_the_label(tmp_path):
    data = evaluate(toy_case(tmp_path), SMALL).to_dataset().set_index(claim="claim")
    row = data.sel(claim="C2")
    assert (row["claim_label"].item(), row["claim_assumption"].item()) == ("contingent", "free of it")
    assert row["share_lost_without_assumption"].item() == 0
    assert row["share_holds_without_assumption"].item() == 1
    assert data.sel(claim="C1")["claim_assumption"].item() == ""
    assert np.isnan(data.sel(claim="C1")["share_lost_without_assumption"].item())


def test_a_parameters_range_decides_a_verdict(tmp_path):
    weak = toy_case(tmp_path, ("value = 0.8, range = [0.1, 0.9]", "value = 0.02, range = [0.01, 0.05]"))
    strong = toy_case(tmp_path, ("value = 0.8, range = [0.1, 0.9]", "value = 0.95, range = [0.94, 0.96]"))
    assert evaluate(weak, SMALL).verdict("C1").share_can_hold < 0.05
    assert evaluate(strong, SMALL).verdict("C1").share_holds > 0.9
    assert evaluate(weak, SMALL).verdict("C1").baseline == "fails"


POLICY = """
[[policies]]
id = "softer"
name = "a softer option"
attributes = { strength = "extra", count = 1 }
"""
PARAMETER = """
extra = { value = 0.95, range = [0.91, 1], unit = "1", meaning = "x", evidence = ["E1"] }
"""
CLAIM = """
[[claims]]
id = "C9"
says = "the softer option is worse"
source = "page 9"
expr = "toy.attack['softer'] > toy.end.attack['soft'] / 3.99"
"""


def test_a_policy_a_parameter_and_a_claim_are_added_without_code(tmp_path):
    case = toy_case(
        tmp_path,
        ("[models.toy]", POLICY + "[models.toy]"),
        ("[parameters]", "[parameters]" + PARAMETER),
        ("[report]", CLAIM + "[report]"),
    )
    evaluation = evaluate(case, SMALL)
    assert evaluation.verdict("C9").share_holds > 0.5
    assert "softer" in {cell.policy for cell in evaluation.policy_table("toy")}


def test_robustness_checks_are_new_samples_and_a_filter(tmp_path):
    evaluation = evaluate(toy_case(tmp_path), SMALL)
    halved, doubled, history = check_robustness(evaluation)
    assert (halved.name, doubled.name, history.name) == ("ranges halved", "ranges doubled", "history filter")
    assert (
        halved.shares["C2"].holds.value
        > evaluation.verdict("C2").share_holds
        > doubled.shares["C2"].holds.value
    )
    kept = evaluation.outcome("toy", "soft", "attack").low <= 0.05
    assert history.points == kept.sum()
    assert history.shares["C1"].holds.value == evaluation.verdict("C1").holds[kept].mean()


def test_a_threshold_is_found_with_its_distance_from_the_baseline(tmp_path):
    result = find_threshold(toy_case(tmp_path), "C3")
    # strength 0.05 has attack 0.005 or 0.01, the hard option strength / 10 at least.
    (root,) = result.roots
    assert root.value == pytest.approx(0.1, abs=1e-8)
    assert root.begins
    assert root.distance == pytest.approx(-0.2, abs=1e-8)
    assert (result.holds_at_low, result.holds_at_high) == (False, True)
    with pytest.raises(sg.InvalidArgument, match="declares no threshold"):
        find_threshold(toy_case(tmp_path), "C1")
    with pytest.raises(sg.InvalidArgument, match="vary: found 'strength'"):
        find_threshold(toy_case(tmp_path), "C1", "strength")


# --- the case of Ukraine and NATO over its full design ---

# Shares "holds in all" and "can hold" that two independent programs found on other samples of the same
# ranges.
EXPECTED = {
    "C01": (0.982, 0.994), "C01r": (0.890, 0.913), "C01s": (0.912, 0.942), "C01f": (0.791, 0.826),
    "C04": (0.550, 0.583), "C04o": (0.382, 0.413), "C05": (0.572, 0.572), "C05o": (0.392, 0.392),
    "C08": (0.652, 0.702), "C08c": (0.878, 0.906), "C08g": (0.564, 0.616),
    "C10": (0.959, 0.968), "C10L": (0.767, 0.804), "C11": (0.258, 0.297), "C11f": (0.235, 0.271),
    "C12": (0.762, 0.781), "C12r": (0.528, 0.550),
}  # fmt: skip
AT_BASELINE = {
    "C01": "holds", "C01r": "holds", "C01s": "holds", "C01f": "holds", "C04": "holds", "C04o": "fails",
    "C05": "fails", "C05o": "fails", "C08": "holds", "C08c": "holds", "C08g": "fails", "C10": "holds",
    "C10L": "holds", "C11": "fails", "C11f": "fails", "C12": "holds", "C12r": "holds",
}  # fmt: skip


@pytest.fixture(scope="module")
def evaluation():
    return evaluate(Case.load("ukraine_nato_2023"))


def test_every_equilibrium_behind_the_case_is_certified(evaluation):
    certificates = evaluation.certificates
    assert certificates.max_regret <= 1e-9
    assert certificates.bayes_gap <= 1e-9
    assert certificates.unresolved == 0
    assert certificates.games == 13


@pytest.mark.parametrize("claim", EXPECTED)
def test_shares_agree_with_two_other_programs(evaluation, claim):
    verdict, (holds, can_hold) = evaluation.verdict(claim), EXPECTED[claim]
    # Both sides carry numerical error (a half-width of at most .015 there); a few hundredths in all.
    assert verdict.share_holds == pytest.approx(holds, abs=0.03)
    assert verdict.share_can_hold == pytest.approx(can_hold, abs=0.03)
    assert verdict.baseline == AT_BASELINE[claim]
    assert verdict.shares.holds.half_width < 0.02


# Shares "holds in all" if C escalates at the onset of a war and not when its campaign fails.
AT_ONSET = {
    "C01": 0.985, "C01r": 0.914, "C01s": 0.927, "C01f": 0.824, "C04": 0.539, "C04o": 0.374, "C05": 0.572,
    "C05o": 0.392, "C08": 0.673, "C08c": 0.912, "C08g": 0.528, "C10": 0.959, "C10L": 0.806, "C11": 0.248,
    "C11f": 0.223, "C12": 0.794, "C12r": 0.524,
}  # fmt: skip


def test_shares_agree_for_the_other_moment_of_escalation_too(tmp_path):
    text = Case.load("ukraine_nato_2023").path.read_text(encoding="utf-8")
    (tmp_path / "case.toml").write_text(
        text.replace('timing = "failing"', 'timing = "onset"'), encoding="utf-8"
    )
    onset = evaluate(Case.load(tmp_path))
    found = {verdict.id: verdict.share_holds for verdict in onset.verdicts}
    assert found == pytest.approx(AT_ONSET, abs=0.03)
    assert onset.verdict("C08g").share_holds != pytest.approx(EXPECTED["C08g"][0], abs=0.02)


VALUES = Path(__file__).parents[2] / "tests" / "data" / "extended_deterrence_values.json"
COLUMNS = {
    "attack": "attack",
    "catastrophe": "catastrophe",
    "loss_P": "loss_protege",
    "loss_D": "loss_defender",
    "share_P": "burden_share_protege",
}


def test_the_policies_at_the_baseline(evaluation):
    """The rows of the case, its windows and the mixing of phases, against values with ten digits."""
    rows = json.loads(VALUES.read_text(encoding="utf-8"))["policies_at_baseline"]["policies"]
    names = {"readdown": "read_down"}
    assert {names.get(row["policy"], row["policy"]) for row in rows} == set(evaluation.case.visible_policies)
    for row in rows:
        policy = names.get(row["policy"], row["policy"])
        for column, outcome in COLUMNS.items():
            found = evaluation.baseline_outcome("m1", policy, outcome)
            assert found.values.tolist() == pytest.approx([row[column]], rel=1e-9)
        weight = evaluation.baseline.weights["m1", policy].get("window", np.zeros(1))
        assert weight[0] == pytest.approx(row["window_weight"], rel=1e-9)


def test_no_verdict_is_constant_and_the_labels_follow(evaluation):
    assert {verdict.label for verdict in evaluation.verdicts} == {"contingent"}
    declared = {verdict.id: verdict for verdict in evaluation.verdicts if verdict.assumption}
    assert set(declared) == {"C12", "C12r"}
    for verdict in declared.values():
        # With the obligations alike and nothing lost by the reading, the two options differ in nothing.
        assert verdict.without.shares.holds.value < 0.01
        assert verdict.without.lost > 0.95
        assert verdict.assumption == "encoded"


def test_thresholds_of_the_level_of_denial():
    case = Case.load("ukraine_nato_2023")
    (member,), (alone,) = (find_threshold(case, claim).roots for claim in ("C04o", "C05o"))
    # Other programs found 0.80 on a grid in steps of 0.05.
    assert 0.75 < member.value <= 0.80
    # ln(9 * 3 * 1) / 3.5: where 1 / (1 + T lam0 exp(-k_lam a)) reaches 0.9.
    assert alone.value == pytest.approx(np.log(27) / 3.5, abs=1e-8)


def test_a_range_of_the_case_flips_a_verdict(tmp_path):
    """C05 fails at the baseline and over much of the range because reinforcement takes months; make it take
    days."""
    path = Case.load("ukraine_nato_2023").path
    text = path.read_text(encoding="utf-8")
    old = "value = 3, range = [0.5, 9]"
    assert old in text
    (tmp_path / "case.toml").write_text(
        text.replace(old, "value = 0.1, range = [0.05, 0.2]"), encoding="utf-8"
    )
    quick = evaluate(Case.load(tmp_path), Design.quick())
    assert quick.verdict("C05").baseline == "holds"
    assert quick.verdict("C05").share_holds == 1
