"""Players who never have a choice are no obstacle to the solvers of two players."""

from fractions import Fraction

import pytest

import schelling as sg


def table_with_dummy(half="1/2", where=1):
    """Matching pennies between two; a third watches and gets what the first plays."""
    shape = [2, 2]
    shape.insert(where, 1)
    import numpy as np

    one = np.array([[1, -1], [-1, 1]]).reshape(shape).tolist()
    two = np.array([[-1, 1], [1, -1]]).reshape(shape).tolist()
    watcher = np.array([[half, half], [0, 0]], dtype=object).reshape(shape).tolist()
    names, tables = ["row", "column"], [one, two]
    names.insert(where, "watcher")
    tables.insert(where, watcher)
    strategies = [["heads", "tails"], ["heads", "tails"]]
    strategies.insert(where, ["watch"])
    return sg.NormalFormGame(tables, players=names, strategies=strategies)


def tree(dummy_moves, value=1):
    """Entry deterrence; a third player only passes the news on, or never moves."""
    b = sg.ExtensiveGameBuilder(["entrant", "herald", "incumbent"])
    start = b.decision(b.root, "entrant", ["out", "in"])
    b.terminal(start["out"], [0, 5, 2])
    place = start["in"]
    if dummy_moves:
        place = b.decision(place, "herald", ["tell"])["tell"]
    reply = b.decision(place, "incumbent", ["fight", "yield"])
    b.terminal(reply["fight"], [-1, 6, -1])
    b.terminal(reply["yield"], [value, 7, 1])
    return b.build()


@pytest.mark.parametrize("where", [0, 1, 2])
@pytest.mark.parametrize("half", ["1/2", 0.5])
def test_a_watcher_of_a_table(where, half):
    game = table_with_dummy(half, where)
    for solve in (sg.solve_nash, sg.solve_zero_sum):
        result = solve(game)
        assert result.game == game and result.proven
        found = result[0]
        rounding = 0 if half == "1/2" else 1e-12
        expected = {"row": 0.0, "column": 0.0, "watcher": 0.25}
        assert dict(found.payoff) == pytest.approx(expected, rel=0, abs=rounding)
        assert dict(found.strategies["watcher"]) == {"watch": 1.0}
        assert sg.certify(game, found).max_regret <= rounding
        assert type(result).from_json(result.to_json())[0].payoff == found.payoff
    everything = sg.solve_nash_all(game)
    assert everything.complete and len(everything) == 1
    assert dict(everything[0].payoff_range)["watcher"] == (0.25, 0.25)
    assert everything[0].representative.payoff["watcher"] == 0.25
    assert sg.NashEquilibria.from_json(everything.to_json())[0].payoff["watcher"] == 0.25
    assert "watcher" in repr(everything[0])
    if half == "1/2":
        assert everything[0].exact.payoff["watcher"] == Fraction(1, 4)


@pytest.mark.parametrize("dummy_moves", [True, False])
@pytest.mark.parametrize("value", [1, 1.0])
def test_a_herald_of_a_tree(dummy_moves, value):
    game = tree(dummy_moves, value)
    found = sg.solve_nash(game)[0]
    assert found.game == game and set(found.payoff) == {"entrant", "herald", "incumbent"}
    assert found.certify()["nash"].holds
    components = sg.solve_nash_all(game)
    pure = {tuple(p.payoff.values()) for p in sg.solve_pure(game)}
    extreme = {tuple(p.payoff.values()) for c in components for p in c.vertices()}
    assert pure == extreme == {(0.0, 5.0, 2.0), (1.0, 7.0, 1.0)}
    perfect = [bool(c.extends_to("subgame_perfect")) for c in components]
    payoffs = [c.payoff["herald"] for c in components]
    assert dict(zip(payoffs, perfect, strict=True)) == {5.0: False, 7.0: True}


def hidden(arithmetic):
    """Chance, then a herald with one action at an information set of two nodes, then two who play without seeing it."""
    b = sg.ExtensiveGameBuilder(["herald", "row", "watcher", "column"])
    weather = b.chance(b.root, {"sun": arithmetic("1/4"), "rain": arithmetic("3/4")})
    for sky, place in weather.items():
        told = b.decision(place, "herald", ["tell"], information_set="herald")["tell"]
        for own, after in b.decision(told, "row", ["a", "b"], information_set=f"row {sky}").items():
            for other, end in b.decision(after, "column", ["a", "b"], information_set="column").items():
                win = 1 if (own == other) == (sky == "sun") else -1
                b.terminal(end, [7, win, win + (10 if sky == "sun" else 3), -win])
    return b.build()


@pytest.mark.parametrize("arithmetic", [str, lambda text: float(Fraction(text))], ids=["exact", "double"])
def test_chance_and_an_information_set_of_several_nodes(arithmetic):
    game = hidden(arithmetic)
    for solve in (sg.solve_nash, sg.solve_zero_sum):
        result = solve(game)
        found = result[0]
        assert result.game == game and found.certify()["nash"].holds
        # Column sees neither weather nor move and has to mix evenly: each wins half the time under either sky, and the
        # watcher gets 10/4 + 3 * 3/4.
        expected = {"herald": 7, "row": 0, "watcher": 4.75, "column": 0}
        assert dict(found.payoff) == pytest.approx(expected, abs=1e-12)
        assert dict(found.strategy["herald"]) == {"tell": 1.0}
    for component in sg.solve_nash_all(game):
        for vertex in component.vertices():
            assert vertex.certify()["nash"].holds
            assert vertex.payoff["herald"] == 7
            assert vertex.payoff["watcher"] == pytest.approx(4.75)


def test_one_player_alone():
    game = sg.NormalFormGame([[3, 1, 3]], players=["alone"])
    assert sg.solve_nash(game)[0].payoff["alone"] == 3.0
    assert sg.solve_nash_all(game)[0].dimension == 1
    b = sg.ExtensiveGameBuilder(["alone"])
    ends = b.decision(b.root, "alone", ["a", "b"])
    b.terminal(ends["a"], [1])
    b.terminal(ends["b"], [2])
    assert sg.solve_nash(b.build())[0].payoff["alone"] == 2.0


def test_three_who_choose_are_refused():
    table = [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]
    with pytest.raises(sg.InvalidGame, match="two players"):
        sg.solve_nash(sg.NormalFormGame([table] * 3))
