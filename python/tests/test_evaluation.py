"""Samples, combinations of equilibria, and the outcomes of policies: against brute force on a toy."""

import itertools
import math

import numpy as np
import pytest
from scipy import stats
from toy_model import Toy, toy_case

import schelling as sg
from schelling.analysis import Case, Design, evaluate
from schelling.analysis import solution as solution_module
from schelling.analysis.claims import Game
from schelling.analysis.design import baseline_sample, draw_sample, mean_over_scrambles, scaled_range
from schelling.analysis.solution import solve_sample
from schelling.analysis.verdicts import judge

SMALL = Design(scrambles=2, points=16)


# --- the design ---


def test_the_design_is_reproducible_and_stays_in_the_ranges(tmp_path):
    parameters = toy_case(tmp_path).parameters.values()
    sample, again = draw_sample(parameters, Design()), draw_sample(parameters, Design())
    assert np.array_equal(sample.points, again.points)
    assert not np.array_equal(sample.points, draw_sample(parameters, Design(seed=1)).points)
    assert sample.points.shape == (16 * 256, 4)
    assert np.bincount(sample.scramble).tolist() == [256] * 16
    assert len(set(sample.seeds)) == 16
    for parameter in parameters:
        values = sample.columns[parameter.name]
        low, high = parameter.range or (parameter.value, parameter.value)
        assert low <= values.min() and values.max() <= high


def test_draws_have_their_distribution(tmp_path):
    columns = draw_sample(toy_case(tmp_path).parameters.values(), Design()).columns
    # A balanced sequence: empirical distributions within 1/256 of the exact ones.
    uniform = stats.kstest(columns["strength_soft"], stats.uniform(0.1, 0.8).cdf).statistic
    logarithmic = stats.kstest(columns["cost"], stats.loguniform(0.1, 0.4).cdf).statistic
    triangular = stats.kstest(columns["strength_hard"], stats.triang(2 / 3, 0.1, 0.3).cdf).statistic
    assert max(uniform, logarithmic, triangular) < 1 / 256


def test_ranges_scale_around_the_baseline_and_stop_at_the_domain(tmp_path):
    parameters = toy_case(tmp_path).parameters
    assert scaled_range(parameters["cost"], 0.5) == pytest.approx((0.2 / math.sqrt(2), 0.2 * math.sqrt(2)))
    assert scaled_range(parameters["strength_hard"], 2) == pytest.approx((0.0, 0.5))
    assert scaled_range(parameters["strength_soft"], 2) == (0.0, 1.0)


def test_the_interval_is_that_of_the_scrambles_means():
    values, scramble = np.array([0, 1, 1, 1, 0, 0.0]), np.array([0, 0, 1, 1, 2, 2])
    share = mean_over_scrambles(values, scramble)
    means = [0.5, 1, 0]
    interval = stats.t.interval(0.95, 2, loc=0.5, scale=stats.sem(means))
    assert share.value == 0.5
    assert share.half_width == pytest.approx((interval[1] - interval[0]) / 2)
    assert math.isnan(mean_over_scrambles(values, scramble, scramble == 0).half_width)
    assert math.isnan(mean_over_scrambles(values, scramble, scramble == 3).value)


@pytest.mark.parametrize("options", [{"scrambles": 1}, {"points": 100}, {"points": 0}])
def test_a_design_that_cannot_be_is_refused(options):
    with pytest.raises(sg.InvalidOptions, match=f"{next(iter(options))}: expected"):
        Design(**options)


# --- combinations of equilibria ---


def equilibria(strength, count):
    return [strength * (j + 1) / 10 for j in range(int(count))]


def test_a_claim_is_evaluated_over_all_combinations_of_the_games_it_reads(tmp_path):
    case = toy_case(tmp_path)
    evaluation = evaluate(case, SMALL)
    columns = evaluation.sample.columns
    weight = 1 - math.exp(-0.5)
    for i in range(len(evaluation.sample)):
        soft, hard, count = (columns[name][i] for name in ("strength_soft", "strength_hard", "multiplicity"))
        truths = [
            one > (1 - weight) * end + weight * window
            for one, end, window in itertools.product(
                equilibria(soft, count), equilibria(hard, 2), equilibria(soft / 2, count)
            )
        ]
        verdict = evaluation.verdict("C1")
        assert verdict.holds[i] == all(truths)
        assert verdict.can_hold[i] == any(truths)
        both = [
            a >= 0.02 and b >= 0.02
            for a, b in itertools.product(equilibria(soft, count), equilibria(hard, 2))
        ]
        assert evaluation.verdict("C2").holds[i] == all(both)
        assert evaluation.verdict("C2").points.fails[i] == (not any(both))


def test_an_outcome_and_its_phase_are_of_one_pair_of_equilibria(tmp_path):
    """mixed = (1 - o) end + o window is an identity only if all three refer to the same pair."""
    case = toy_case(tmp_path, (
        "toy.attack['soft'] > toy.attack['hard']",
        "abs(toy.attack['hard'] - toy.end.attack['hard'] * exp(-years)"
        " - toy.window.attack['hard'] * (1 - exp(-years))) < 1e-12",
    ))  # fmt: skip
    verdict = evaluate(case, SMALL).verdict("C1")
    assert verdict.share_holds == 1
    assert verdict.label == "invariant"


def test_selections_are_independent_between_policies_that_share_a_game(tmp_path):
    same = ('attributes = { strength = "strength_soft", count = "multiplicity" }',
            'attributes = { strength = "strength_hard", count = 2 }')  # fmt: skip
    claim = (
        "toy.attack['soft'] > toy.attack['hard']",
        "toy.end.attack['soft'] - toy.end.attack['hard'] == 0",
    )
    evaluation = evaluate(toy_case(tmp_path, same, claim), SMALL)
    games = evaluation.solved.games
    assert games[Game("toy", "soft", "end")] is games[Game("toy", "hard", "end")]
    verdict = evaluation.verdict("C1")
    assert (verdict.share_holds, verdict.share_can_hold) == (0, 1)


def test_distinct_games_are_solved_once(tmp_path):
    case = toy_case(tmp_path)
    solved = solve_sample(case, draw_sample(case.parameters.values(), SMALL))
    assert case.games() == set(solved.games)
    assert len(solved.games) == 4  # soft end, hard end and window, hardest end
    assert case.models["toy"].model.sweeps == 4


def test_points_with_too_many_combinations_are_undefined_and_counted_apart(tmp_path, monkeypatch):
    case = toy_case(tmp_path)
    solved = solve_sample(case, draw_sample(case.parameters.values(), SMALL))
    claim = case.claim("C1").expression
    free = judge(solved, claim)
    monkeypatch.setattr(solution_module, "MAX_COMBINATIONS", 4)
    bound = judge(solved, claim)
    combinations = 2 * np.floor(solved.sample.columns["multiplicity"]) ** 2
    assert not free.undefined.any()
    assert np.array_equal(bound.undefined, combinations > 4)
    assert np.array_equal(bound.too_many, combinations > 4)
    assert np.array_equal(bound.holds[combinations <= 4], free.holds[combinations <= 4])


def test_chunks_change_nothing(tmp_path, monkeypatch):
    case = toy_case(tmp_path)
    solved = solve_sample(case, draw_sample(case.parameters.values(), SMALL))
    whole = judge(solved, case.claim("C2").expression)
    monkeypatch.setattr(solution_module, "CHUNK_ROWS", 7)
    parts = judge(solved, case.claim("C2").expression)
    for name in ("holds", "can_hold", "undefined", "tie", "member_against"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name))


def test_an_unresolved_game_makes_the_point_undefined_and_never_false(tmp_path):
    case = toy_case(tmp_path, ("value = 1.5, range = [1, 3.999]", "value = 1.5, range = [0, 3.999]"))
    evaluation = evaluate(case, SMALL)
    unresolved = evaluation.sample.columns["multiplicity"] < 1
    verdict = evaluation.verdict("C1")
    assert np.array_equal(verdict.points.undefined, unresolved)
    assert not verdict.points.fails[unresolved].any()
    assert verdict.share_holds + verdict.share_undefined == verdict.shares.holds_bounds[1]
    # The soft option's game and the window game of the hard one, at each such point.
    assert evaluation.certificates.unresolved == 2 * unresolved.sum()
    assert evaluation.equilibrium_counts("toy", "soft")[0] == unresolved.sum()


def test_a_window_of_a_policy_without_one_is_undefined(tmp_path):
    case = toy_case(tmp_path, ("toy.attack['soft'] > toy.attack['hard']", "toy.window.attack['soft'] > 0"))
    verdict = evaluate(case, SMALL).verdict("C1")
    assert verdict.share_undefined == 1
    assert verdict.baseline == "undefined"


# --- outcomes of policies ---


def test_outcomes_mix_over_phases_as_the_model_says(tmp_path):
    evaluation = evaluate(toy_case(tmp_path), SMALL)
    columns, weight = evaluation.sample.columns, 1 - math.exp(-0.5)
    for name in ("attack", "loss", "war_given_attack", "loss_per_attack"):
        found = evaluation.outcome("toy", "hard", name)
        for i in range(len(evaluation.sample)):
            hard, soft, cost = (columns[c][i] for c in ("strength_hard", "strength_soft", "cost"))
            expected = []
            for e, w in itertools.product(range(2), range(int(columns["multiplicity"][i]))):
                attack = (1 - weight) * hard * (e + 1) / 10, weight * soft / 2 * (w + 1) / 10
                loss = (1 - weight) * cost * (e + 1) + weight * cost * (w + 1)
                war = attack[0] * (e + 1) / 100 + attack[1] * (w + 1) / 100
                expected.append({"attack": sum(attack), "loss": loss, "war_given_attack": war / sum(attack),
                                 "loss_per_attack": loss / sum(attack)}[name])  # fmt: skip
            rows = found.values[found.offsets[i] : found.offsets[i + 1]]
            assert sorted(rows) == pytest.approx(sorted(expected), rel=1e-12)
            assert (found.low[i], found.high[i]) == pytest.approx((min(expected), max(expected)), rel=1e-12)


def test_a_conditional_outcome_whose_event_never_comes_is_undefined_over_two_phases(tmp_path):
    evaluation = evaluate(toy_case(tmp_path, ("scale = 1.0", "scale = 0.0")), SMALL)
    assert np.isnan(evaluation.outcome("toy", "hard", "war_given_attack").low).all()
    # With one phase it is the model's own, which a belief off the path defines.
    assert np.isfinite(evaluation.outcome("toy", "soft", "war_given_attack").low).all()


def test_asking_for_what_is_not_there_is_refused(tmp_path):
    evaluation = evaluate(toy_case(tmp_path), SMALL)
    with pytest.raises(sg.InvalidArgument, match="policy: found 'softer'"):
        evaluation.outcome("toy", "softer", "attack")
    with pytest.raises(sg.InvalidArgument, match="outcome: found 'atack'"):
        evaluation.outcome("toy", "soft", "atack")
    with pytest.raises(sg.InvalidArgument, match="phase: found 'window'"):
        evaluation.outcome("toy", "soft", "attack", "window")
    with pytest.raises(sg.InvalidArgument, match="claim: found 'C9'"):
        evaluation.verdict("C9")


def test_a_cell_that_leaves_the_models_domain_in_the_sample_is_refused_by_name(tmp_path):
    case = toy_case(tmp_path, ('"0.5 * strength_soft"', '"1.2 * strength_soft"'))
    with pytest.raises(
        sg.InvalidArgument, match=r"\[\[policies\]\] hard window strength: found 1\.\d+ at point"
    ):
        evaluate(case, SMALL)


def test_the_policy_table(tmp_path):
    evaluation = evaluate(toy_case(tmp_path), SMALL)
    table = {(cell.policy, cell.outcome): cell for cell in evaluation.policy_table("toy")}
    assert {policy for policy, _ in table} == {"soft", "hard"}
    assert ("soft", "cutoff") not in table
    cell, found = table["soft", "attack"], evaluation.outcome("toy", "soft", "attack")
    assert cell.baseline == pytest.approx((0.08, 0.08))
    assert cell.mean_low.value == pytest.approx(found.low.mean())
    assert cell.quantiles[1] == pytest.approx(np.median((found.low + found.high) / 2))


LINKED = """
[models.other]
use = "Toy"
per = "policies"

[[links]]
to = "other.strength"
from = "toy.attack"
"""


def test_links_are_not_evaluated_yet_and_say_so(tmp_path):
    case = toy_case(
        tmp_path, ("[report]", LINKED + "[report]"), ('outcome = "attack"', 'outcome = "toy.attack"')
    )
    with pytest.raises(sg.InvalidArgument, match=r"links: found 'other\.strength'"):
        evaluate(case, SMALL)


# --- progress and interruption ---


def test_progress_is_reported_and_an_interrupt_passes_through(tmp_path, monkeypatch):
    case = toy_case(tmp_path)
    seen = []
    evaluate(case, SMALL, progress=lambda stage, done, total: seen.append((stage, done, total)))
    assert seen[0] == ("solving games", 32, 4 * 32)
    assert all(done <= total for _, done, total in seen)

    def interrupted(self, points, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(Toy, "sweep", interrupted)
    with pytest.raises(KeyboardInterrupt):
        evaluate(case, SMALL)


# --- the data set ---


def test_the_data_set_carries_everything_and_survives_the_disk(tmp_path):
    xr = pytest.importorskip("xarray")
    evaluation = evaluate(toy_case(tmp_path), SMALL)
    path = tmp_path / "toy.nc"
    evaluation.to_dataset().to_netcdf(path, engine="h5netcdf")
    with xr.open_dataset(path, engine="h5netcdf") as data:
        assert data.attrs["schema"] == "schelling/evaluation"
        assert list(data.attrs["seeds"]) == list(evaluation.design.seeds)
        assert np.array_equal(data["cost"], evaluation.sample.columns["cost"])
        assert data["cost"].attrs["baseline"] == 0.2
        assert np.array_equal(data["holds"].sel(claim="C1"), evaluation.verdict("C1").holds)
        game = int(data["toy_game_of"].sel(toy_policy="soft", toy_phase="end"))
        mine = data["toy_equilibrium_game"] == game
        solution = evaluation.solved.games[Game("toy", "soft", "end")]
        assert np.array_equal(data["toy_attack"][mine], solution.values[:, 0])
        assert np.array_equal(np.bincount(data["toy_equilibrium_point"][mine]), solution.counts)
        assert int(data["toy_game_of"].sel(toy_policy="soft", toy_phase="window")) == -1


# --- the real case ---


def test_nine_distinct_games_stand_behind_the_seven_policies():
    """End games: grey, framework, member, read down, forward. Windows: staged, timetable, ratification, read
    down."""
    case = Case.load("ukraine_nato_2023")
    visible = {game for game in case.games() if game.key in case.visible_policies}
    solved = solve_sample(case, draw_sample(case.parameters.values(), Design(scrambles=2, points=4)), visible)
    assert len(solved.games) == 12
    assert len(solved.distinct_games) == 9


def test_sample_of_one_point_is_the_baseline():
    case = Case.load("ukraine_nato_2023")
    columns = baseline_sample(case.parameters.values()).columns
    assert {name: column.tolist() for name, column in columns.items()} == {
        name: [parameter.value] for name, parameter in case.parameters.items()
    }
