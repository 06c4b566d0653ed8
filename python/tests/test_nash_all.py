"""All Nash equilibria of two-player games, what extends to perfect equilibria, and pure equilibria."""

import pickle
import signal
import threading
import time
from fractions import Fraction

import numpy as np
import pytest

import schelling as sg


def battle_of_the_sexes(**options):
    return sg.NormalFormGame({"row": [[2, 0], [0, 1]], "column": [[1, 0], [0, 2]]}, **options)


def chain_store():
    b = sg.ExtensiveGameBuilder(["entrant", "store"])
    start = b.decision(b.root, "entrant", ["out", "in"], information_set="start")
    b.terminal(start["out"], [1, 5])
    reply = b.decision(start["in"], "store", ["cooperate", "fight"], information_set="reply")
    b.terminal(reply["cooperate"], [2, 2])
    b.terminal(reply["fight"], [0, 0])
    return b.build()


def test_a_table_has_components_with_profiles():
    found = sg.solve_nash_all(battle_of_the_sexes())
    assert found.complete and found.status == "solved" and len(found) == 3
    assert found.certificate.max_regret == 0
    mixed = [c for c in found if c.exact.payoff["row"] == Fraction(2, 3)]
    assert len(mixed) == 1
    (profile,) = mixed[0].vertices()
    assert profile.exact.strategies["row"]["1"] == Fraction(2, 3)
    assert profile.certificate.max_regret == 0
    assert mixed[0].dimension == 0 and mixed[0].payoff["column"] == pytest.approx(2 / 3)
    assert "dimension 0, 1 extreme equilibrium" in repr(found)
    with pytest.raises(sg.InvalidArgument, match="found those of a table"):
        mixed[0].extends_to("sequential")


def test_ties_make_continua():
    found = sg.solve_nash_all(sg.NormalFormGame([np.zeros((2, 3)), np.arange(6).reshape(2, 3) * 0.0]))
    (component,) = found
    assert found.arithmetic == "double" and component.exact is None
    assert component.dimension == 3 and len(component) == 6
    assert component.products[0].vertices == ((0, 1), (0, 1, 2))
    assert found.strategies[0][0].sum() == 1
    with pytest.raises(sg.InvalidArgument, match="at most 5"):
        component.vertices(limit=5)


def test_empty_threats_are_refused_with_a_reason():
    found = sg.solve_nash_all(chain_store())
    verdicts = {dict(c.payoff)["entrant"]: c.extends_to("sequential") for c in found}
    assert len(found) == 2
    assert verdicts[2.0] and not verdicts[1.0]
    witness = verdicts[2.0].witness
    assert witness.concept == "sequential" and witness.certify()["sequential"]
    assert witness.payoff["store"] == 2
    assert "'reply'" in verdicts[1.0].reason and verdicts[1.0].status == "no"
    assert verdicts[1.0].witness is None and verdicts[1.0].refuted > 0
    deterred = next(c for c in found if c.payoff["entrant"] == 1)
    assert len(deterred) == 2
    for vertex, assessment in enumerate(deterred.vertices()):
        assert assessment.concept == "nash" and assessment.certify()["nash"]
        assert deterred.extends_to("subgame_perfect", vertex=vertex).status == "no"
    with pytest.raises(sg.InvalidArgument, match="vertex"):
        deterred.extends_to("sequential", vertex=2)
    with pytest.raises(sg.InvalidArgument, match="concept"):
        deterred.extends_to("perfect")


def test_sequential_outcomes_of_a_signaling_game_are_those_of_solve_pbe():
    rng = np.random.default_rng(5)
    for _ in range(5):
        sender, receiver = rng.integers(-3, 4, size=(2, 2, 2, 2))
        game = sg.SignalingGame(["1/3", "2/3"], sender, receiver)
        expected = set()
        for component in sg.solve_pbe(game):
            for product_vertex in component.vertices():
                expected.add(
                    tuple(
                        Fraction(k + 1, 3)
                        * product_vertex.exact.sender[k, m]
                        * product_vertex.exact.receiver[m, a]
                        for k in range(2)
                        for m in range(2)
                        for a in range(2)
                    )
                )
        found = set()
        nash = sg.solve_nash_all(sg.ExtensiveGame.from_signaling_game(game))
        for component in nash:
            for vertex in range(len(component)):
                verdict = component.extends_to("sequential", vertex=vertex)
                if verdict:
                    found.add(tuple(verdict.witness.exact.outcome.values()))
        assert found == expected


def test_pure_equilibria():
    assert [dict(p.payoff) for p in sg.solve_pure(battle_of_the_sexes())] == [
        {"row": 2.0, "column": 1.0},
        {"row": 1.0, "column": 2.0},
    ]
    game = chain_store()
    assert len(sg.solve_pure(game)) == 2
    perfect = sg.solve_pure(game, concept="subgame_perfect")
    assert perfect.complete and [dict(a.payoff) for a in perfect] == [{"entrant": 2.0, "store": 2.0}]
    assert sg.solve_pure(game, work_limit=3).status == "incomplete"
    with pytest.raises(sg.InvalidOptions, match="concept"):
        sg.solve_pure(game, concept="sequential")


def test_results_travel():
    for game in (battle_of_the_sexes(), chain_store()):
        found = sg.solve_nash_all(game)
        for copy in (pickle.loads(pickle.dumps(found)), sg.finite.NashEquilibria.from_json(found.to_json())):
            assert [c.payoff for c in copy] == [c.payoff for c in found]
            assert copy.game == game and copy.options == found.options
    with pytest.raises(sg.ParseError):
        sg.finite.NashEquilibria.from_json('{"kind": "x"}')


def large_table():
    rng = np.random.default_rng(1)
    return sg.NormalFormGame(rng.integers(-99, 100, size=(2, 22, 22)))


def test_a_time_limit_keeps_what_was_found():
    found = sg.solve_nash_all(large_table(), time_limit=0.1)
    assert found.status == "time_limit" and not found.complete and found.coverage == "some"


def test_an_interrupt_stops_at_once():
    timer = threading.Timer(0.2, signal.raise_signal, [signal.SIGINT])
    game = large_table()
    start = time.monotonic()
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        sg.solve_nash_all(game)
    assert time.monotonic() - start < 5  # far below what the game takes, also on a busy machine
