"""One Nash equilibrium, zero-sum games, quasi-perfect and correlated equilibria, elimination: as a user meets them."""

from __future__ import annotations

import itertools
import pickle
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

import schelling as sg

TWO_PLAYERS = [name for name in sg.catalog() if len(sg.PublishedGame.load(name).game.players) == 2]


def chicken(convert=lambda x: x):
    tables = [[[0, 7], [2, 6]], [[0, 2], [7, 6]]]
    return sg.NormalFormGame(
        [[[convert(x) for x in row] for row in table] for table in tables],
        players=["row", "column"],
        strategies=[["dare", "yield"]] * 2,
    )


def random_table(rng, shape, exactly):
    tables = rng.integers(-9, 10, (len(shape), *shape))
    return sg.NormalFormGame(tables.tolist() if exactly else tables.astype(float))


@pytest.mark.parametrize("name", TWO_PLAYERS)
def test_published_games_are_solved_in_both_arithmetics(name):
    game = sg.PublishedGame.load(name).game
    exact = sg.solve_nash(game)
    assert (exact.status, exact.coverage, exact.proven, exact.arithmetic) == ("solved", "one", True, "exact")
    assert exact[0].certificate.max_regret == 0
    double = sg.solve_nash(game, arithmetic="double")
    assert double.status == "solved" and double.arithmetic == "double"
    assert double[0].certificate.passes(sg.certificate_tolerance)
    if isinstance(game, sg.ExtensiveGame):
        assert sg.certify(game, exact[0])["nash"]
        careful = sg.solve_quasi_perfect(game)[0]
        assert careful.concept == "sequential" and sg.certify(game, careful)["sequential"]


def test_value_of_kuhn_poker():
    game = sg.PublishedGame.load("classics/kuhn-1950-poker").game
    solution = sg.solve_zero_sum(game)
    assert list(solution[0].exact.payoff) and solution[0].exact.payoff["1"] == Fraction(-1, 18)
    assert sg.solve_zero_sum(game, arithmetic="double")[0].payoff["1"] == pytest.approx(-1 / 18, abs=1e-12)
    assert sg.solve_nash(game)[0].exact.payoff["1"] == Fraction(-1, 18)


def test_values_of_random_tables_agree_with_highs():
    rng = np.random.default_rng(1)
    for _ in range(20):
        payoffs = rng.integers(-9, 10, (4, 5))
        game = sg.NormalFormGame([payoffs.tolist(), (-payoffs).tolist()])
        rows = np.hstack([-payoffs.T, np.ones((5, 1))])
        oracle = linprog(
            [0] * 4 + [-1],
            A_ub=rows,
            b_ub=np.zeros(5),
            A_eq=[[1] * 4 + [0]],
            b_eq=[1],
            bounds=[(0, None)] * 4 + [(None, None)],
        )
        assert sg.solve_zero_sum(game)[0].payoff[0] == pytest.approx(-oracle.fun, abs=1e-9)


def test_games_that_are_not_zero_sum_are_refused_by_name():
    with pytest.raises(sg.InvalidGame, match=r"0 at \(dare, dare\) and 9 at \(dare, yield\)"):
        sg.solve_zero_sum(chicken())


def test_starts_reach_other_equilibria():
    found = {tuple(sg.solve_nash(chicken(), start=start)[0].exact.payoff.values()) for start in range(4)}
    assert found == {(2, 7), (7, 2)}


def test_results_say_what_they_are_and_survive_pickling():
    result = sg.solve_nash(chicken(), start=1)
    assert result.options == {"arithmetic": "auto", "start": 1, "time_limit": None}
    assert repr(result).startswith(
        "Profiles(1 by the algorithm of Lemke and Howson; solved, one, proven; exact)"
    )
    assert pickle.loads(pickle.dumps(result))[0] == result[0]
    assert (
        sg.ExtensiveEquilibria.from_json(
            sg.solve_quasi_perfect(
                sg.PublishedGame.load("signalling/cho-kreps-1987-beer-quiche").game
            ).to_json()
        )[0].concept
        == "sequential"
    )


def test_quasi_perfect_needs_an_exact_game():
    b = sg.ExtensiveGameBuilder(["a", "b"])
    ends = b.decision(b.root, "a", ["x", "y"])
    for end in ends.values():
        b.terminal(end, [0.5, 0.5])
    with pytest.raises(sg.InvalidArgument, match=r"use schelling.exact\(game\)"):
        sg.solve_quasi_perfect(b.build())
    assert sg.solve_quasi_perfect(sg.exact(b.build())).status == "solved"


def test_elimination_in_tables_and_trees():
    game = sg.PublishedGame.load("classics/kohlberg-mertens-1986-outside-option").game
    weak = sg.eliminate_dominated(game, dominance="weak")
    assert dict(weak.remaining) == {"1": ("M",), "2": ("L",)}
    assert [str(gone) for gone in weak.eliminations] == [
        "round 1: 1's B, dominated by T",
        "round 2: 2's R, dominated by L",
        "round 3: 1's T, dominated by M",
    ]
    assert weak.reduced.shape == (1, 1) and weak.complete
    assert dict(sg.eliminate_dominated(game).remaining) == {"1": ("T", "M"), "2": ("L", "R")}
    with pytest.raises(sg.InvalidOptions, match="dominance: expected strict or weak"):
        sg.eliminate_dominated(game, dominance="mild")
    assert pickle.loads(pickle.dumps(weak)).remaining["1"] == ("M",)


def test_elimination_of_strict_dominance_keeps_every_equilibrium():
    rng = np.random.default_rng(2)
    for _ in range(20):
        game = random_table(rng, (3, 4), True)
        result = sg.eliminate_dominated(game)
        for start in range(7):
            for player, played in sg.solve_nash(game, start=start)[0].support.items():
                assert set(played) <= set(result.remaining[player])


def test_correlated_equilibria_agree_with_highs():
    rng = np.random.default_rng(3)
    for shape in [(2, 3), (3, 3), (2, 2, 2)]:
        game = random_table(rng, shape, True)
        found = sg.solve_correlated(game)
        tables = [game.payoffs[player] for player in game.players]
        rows = []
        for i, n in enumerate(shape):
            for told, played in itertools.permutations(range(n), 2):
                gain = np.zeros(shape)
                place = (slice(None),) * i
                gain[(*place, told)] = tables[i][(*place, played)] - tables[i][(*place, told)]
                rows.append(gain.ravel())
        for i, player in enumerate(game.players):
            for sign, got in ((-1, found.best[player]), (1, found.worst[player])):
                oracle = linprog(
                    sign * tables[i].ravel(),
                    A_ub=rows,
                    b_ub=np.zeros(len(rows)),
                    A_eq=[np.ones(tables[i].size)],
                    b_eq=[1],
                )
                assert got.payoff[player] == pytest.approx(sign * oracle.fun, abs=1e-8)
                assert got.certificate.max_regret == 0 and got.exact.distribution.sum() == 1


def test_chicken_in_both_arithmetics():
    exact, double = sg.solve_correlated(chicken()), sg.solve_correlated(chicken(float))
    assert exact.welfare_best.exact.payoff["row"] == Fraction(21, 4)
    assert double.welfare_best.distribution == pytest.approx(exact.welfare_best.distribution)
    assert double.welfare_best.exact is None and exact.best["row"].payoff["row"] == 7
    assert "best for all" in repr(exact)


def test_time_limits_and_interruptions_stop_every_solver():
    rng = np.random.default_rng(4)
    game = random_table(rng, (20, 20), True)
    for solve in (sg.solve_nash, sg.eliminate_dominated, sg.solve_correlated):
        assert solve(game, time_limit=0).status == "time_limit"
    payoffs = rng.integers(-9, 10, (30, 30))
    assert sg.solve_zero_sum(
        sg.NormalFormGame([payoffs.tolist(), (-payoffs).tolist()]), time_limit=0
    ).status == ("time_limit")

    def interrupt(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sg.solve_correlated(random_table(rng, (9, 9, 9), True), progress=interrupt)
