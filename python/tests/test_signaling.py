"""Signalling games in Python: what goes in, what comes out, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import schelling as sg

SENDER = [[[1, 3], [0, 2]], [[0, 2], [1, 3]]]
RECEIVER = [[[0, 1], [0, 1]], [[1, 0], [1, 0]]]
LABELS = (["strong", "weak"], ["beer", "quiche"], ["duel", "not"])


def beer_quiche(strong="9/10"):
    strong = Fraction(strong)
    return sg.SignalingGame([strong, 1 - strong], SENDER, RECEIVER, *LABELS)


def test_exact_input_is_solved_exactly_and_floats_in_double():
    assert beer_quiche().arithmetic == "exact"
    assert sg.SignalingGame(["0.9", "0.1"], np.array(SENDER), RECEIVER).arithmetic == "exact"
    rounded = sg.SignalingGame([0.9, 0.1], SENDER, RECEIVER, *LABELS)
    assert rounded.arithmetic == "double" and rounded.exact is None
    assert sg.exact(rounded) == beer_quiche()
    assert sg.solve_pbe(rounded, arithmetic="exact").arithmetic == "exact"
    found = sg.solve_pbe(rounded)
    assert found.arithmetic == "double" and found.complete and found[0].representative.exact is None
    assert sg.solve_pbe(beer_quiche(), arithmetic="double").arithmetic == "double"


def test_exact_reads_shortest_decimals():
    assert sg.exact(0.1) == Fraction(1, 10)
    assert sg.exact(["1/3", 2, np.float64(0.25)]) == [Fraction(1, 3), 2, Fraction(1, 4)]
    assert sg.exact(np.array([[0.5]]))[0, 0] == Fraction(1, 2)
    for wrong in ("one", float("nan"), float("inf"), None, "1/0"):
        with pytest.raises(sg.InvalidArgument):
            sg.exact(wrong)


def test_results_are_arrays_and_fractions():
    equilibria = sg.solve_pbe(beer_quiche("3/10"))
    assert equilibria.complete and equilibria.status == "solved" and equilibria.certificate.passes(0)
    assert len(equilibria) == 1
    point = equilibria[0].representative
    assert point.sender.dtype == np.float64
    np.testing.assert_allclose(point.sender, [[1, 0], [3 / 7, 4 / 7]])
    assert point.exact.sender[1, 0] == Fraction(3, 7)
    assert point.exact.receiver_payoff == Fraction(7, 10)
    np.testing.assert_allclose(point.beliefs[0], [0.5, 0.5])
    np.testing.assert_allclose(point.outcome.sum(), 1)
    assert point.certify().max_regret == 0
    assert sg.certify(equilibria.game, point).passes(0)
    assert equilibria[0].kinds == {"semi_separating"} and equilibria[0].dimension == 0


def test_products_state_everything_off_the_path():
    component = next(c for c in sg.solve_pbe(beer_quiche()) if c.representative.sender[0, 0] == 1)
    (product,) = component.products
    assert product.kind == "pooling" and product.payoff_is_constant
    np.testing.assert_allclose(product.payoff, [3, 2])
    assert product.support.tolist() == [[True, False], [True, False]]
    assert product.receiver_vertices.shape == (2, 2, 2)
    facets = {tuple(f.actions): f for f in product.off_path[1]}
    assert sorted(facets["duel",].beliefs[:, 1]) == [0.5, 1]
    assert sorted(facets["duel", "not"].replies[:, 0]) == [0.5, 1]
    assert len(list(component.vertices())) == 2
    with pytest.raises(sg.InvalidArgument, match="limit"):
        component.vertices(limit=1)
    assert component.has_unique_outcome and component.outcomes[0].exact.sender_payoff[0] == 3


def test_tables_and_texts():
    equilibria = sg.solve_pbe(beer_quiche())
    frame = equilibria.to_dataframe()
    assert set(frame["strong sends"]) == {"beer", "quiche"} and len(frame) == 2
    latex = equilibria.to_latex()
    assert latex.count(r"\\") == 3 and "toprule" in latex
    text = equilibria.explain()
    assert "strong and weak send beer." in text and "closest to paying" in text
    assert (
        equilibria.why_not({"strong": "beer", "weak": "quiche"})
        == "weak gets at most 1 by quiche but at least 2 by beer."
    )
    assert equilibria.why_not({"strong": "beer", "weak": "beer"}, {"beer": "not"}) is None
    assert "weak gets 2 by beer but 3 by quiche" in sg.why_not(
        beer_quiche(), {"strong": "beer", "weak": {"beer": 1}}, {"beer": "not", "quiche": "not"}
    )
    with pytest.raises(sg.InvalidArgument, match="juice"):
        equilibria.why_not({"strong": "juice", "weak": "beer"})
    (best,) = equilibria.sender_optimal()
    assert best[1].sender_payoff.tolist() == [3, 2]
    assert len(equilibria.receiver_optimal()) == 2
    assert not best[1].dominates(best[1])


def test_other_ways_to_make_a_game():
    def payoffs(t, m, a):
        likes = (t == "strong") == (m == "beer")
        return likes + 2 * (a == "not"), int((a == "duel") == (t == "weak"))

    game = sg.SignalingGame.from_function(payoffs, {"strong": "9/10", "weak": "1/10"}, *LABELS)
    assert game == beer_quiche()
    rows = [(t, m, a, *payoffs(t, m, a)) for t in LABELS[0] for m in LABELS[1] for a in LABELS[2]]
    frame = pd.DataFrame(rows, columns=["type", "message", "action", "sender", "receiver"])
    assert sg.SignalingGame.from_dataframe(frame, {"weak": "1/10", "strong": "9/10"}) == game
    with pytest.raises(sg.InvalidGame, match="found none"):
        sg.SignalingGame.from_dataframe(frame[:-1], ["9/10", "1/10"])
    with pytest.raises(sg.InvalidGame, match="found two"):
        sg.SignalingGame.from_dataframe(pd.concat([frame, frame[:1]]), ["9/10", "1/10"])
    with pytest.raises(sg.InvalidGame, match="column 'action'"):
        sg.SignalingGame.from_dataframe(frame.drop(columns="action"), ["9/10", "1/10"])
    numbered = sg.SignalingGame.from_function(lambda t, m, a: (t + m, a), ["1/2", "1/2"], 2, 3, 2)
    assert numbered.shape == (2, 3, 2) and numbered.messages == ["m0", "m1", "m2"]


def test_the_text_format(tmp_path):
    game = beer_quiche()
    assert sg.SignalingGame.read(game.write()) == game
    path = tmp_path / "beer_quiche.txt"
    path.write_text(game.write(), encoding="utf-8")
    assert sg.SignalingGame.read(path) == game
    with pytest.raises(sg.ParseError, match="line 2"):
        sg.SignalingGame.read("signaling game\ntypes a often\n")


@pytest.mark.parametrize(
    ("prior", "sender", "receiver", "labels", "message"),
    [
        (
            ["1/2", "1/3"],
            SENDER,
            RECEIVER,
            {},
            "prior: expected probabilities that sum to one, found the sum 5/6",
        ),
        ([0.5, 0.4], SENDER, RECEIVER, {}, "found the sum 0.9"),
        (["3/2", "-1/2"], SENDER, RECEIVER, {}, r"prior\[1\]: expected a positive probability"),
        ([1, 0], SENDER, RECEIVER, {}, r"prior\[1\]: expected a positive probability"),
        ([float("nan"), 1], SENDER, RECEIVER, {}, r"prior\[0\].*found nan"),
        (
            ["1/2", "1/2"],
            [[[1, 3], [0, 2]], [[0, 2], [1]]],
            RECEIVER,
            {},
            r"sender\[1\]\[1\]: expected 2 actions, found 1",
        ),
        (["1/2", "1/2"], SENDER, RECEIVER[:1], {}, "receiver: expected 2 types, found 1"),
        (
            [0.5, 0.5],
            SENDER,
            np.full((2, 2, 2), np.nan),
            {},
            r"receiver\[0\]\[0\]\[0\]: expected a finite payoff, found nan",
        ),
        ([], [], [], {}, "types: expected at least one, found 0"),
        ([1], [[]], [[]], {}, "messages: expected at least one, found 0"),
        ([1], [[[]]], [[[]]], {}, "actions: expected at least one, found 0"),
        (["1/2", "1/2"], SENDER, RECEIVER, {"types": ["only"]}, "types: expected 2 labels, found 1"),
        (["1/2", "1/2"], SENDER, RECEIVER, {"actions": ["x", "x"]}, "actions: expected distinct labels"),
        (
            {"a": "1/2", "b": "1/2"},
            SENDER,
            RECEIVER,
            {"types": ["a", "c"]},
            "prior: expected one probability for each",
        ),
        (["1/2", "1/2"], 3, RECEIVER, {}, "sender: expected a list of types, found 3"),
        (["1/2", "half"], SENDER, RECEIVER, {}, "expected a finite number"),
    ],
)
def test_bad_input_gets_one_clear_error(prior, sender, receiver, labels, message):
    with pytest.raises((sg.InvalidGame, sg.InvalidArgument), match=message):
        sg.SignalingGame(prior, sender, receiver, **labels)


def test_bad_options_and_large_games():
    with pytest.raises(sg.InvalidOptions, match="arithmetic"):
        sg.solve_pbe(beer_quiche(), arithmetic="float")
    with pytest.raises(sg.InvalidOptions, match="method"):
        sg.solve_pbe(beer_quiche(), method="magic")
    with pytest.raises(sg.InvalidOptions, match="limit"):
        sg.solve_pbe(beer_quiche(), limit=0)
    rng = np.random.default_rng(1)
    large = sg.SignalingGame(["1/6"] * 6, rng.integers(-50, 50, (6, 6, 6)), rng.integers(-50, 50, (6, 6, 6)))
    with pytest.raises(sg.InvalidOptions, match="work_limit: expected at least the estimate"):
        sg.solve_pbe(large, work_limit=1e4)
    part = sg.solve_pbe(large, work_limit=1e300, time_limit=0.05)
    assert part.status == "time_limit" and not part.complete


def test_degenerate_doubles_say_so():
    tied = sg.solve_pbe(sg.SignalingGame([0.5, 0.5], SENDER, RECEIVER))
    assert tied.status == "degenerate" and not tied.complete and "exact" in tied.message
    assert sg.solve_pbe(tied.game, arithmetic="exact").complete


def test_progress_is_reported_and_may_stop():
    def stop(done, total):
        raise KeyboardInterrupt

    rng = np.random.default_rng(2)
    large = sg.SignalingGame(["1/5"] * 5, rng.integers(-50, 50, (5, 5, 5)), rng.integers(-50, 50, (5, 5, 5)))
    with pytest.raises(KeyboardInterrupt):
        sg.solve_pbe(large, work_limit=1e300, progress=stop)


@pytest.mark.parametrize(
    "model",
    [
        sg.models.BeerQuiche(),
        sg.models.BeerQuiche(p_strong="3/10"),
        sg.models.JobMarketSignaling(),
        sg.models.ChainStoreStage(),
        sg.models.AllianceSignalingStylised(),
    ],
    ids=repr,
)
def test_models_reach_their_known_equilibria(model):
    equilibria = model.solve()
    assert equilibria.complete and equilibria.certificate.passes(0)
    known = model.known_equilibria()
    assert known
    outcomes = [o.probabilities for c in equilibria for o in c.outcomes]
    for name, assessment in known:
        assert assessment.certify().passes(0), name
        assert any(np.allclose(assessment.outcome, o, atol=1e-12) for o in outcomes), name
    answer = model.outcomes()
    assert answer["status"] == "solved" and len(answer["equilibria"]) == len(equilibria)
    assert model.info.title and len(model.parameters) == len(model.values)


def test_model_parameters_are_checked():
    with pytest.raises(sg.InvalidArgument, match="p_strong"):
        sg.models.BeerQuiche(p_strong=1.5)
    with pytest.raises(sg.InvalidArgument, match="p_weak: expected a parameter among p_strong"):
        sg.models.BeerQuiche(p_weak=0.1)
