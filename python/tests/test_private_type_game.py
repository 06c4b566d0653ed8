import doctest
import math
import pickle
import signal
import threading

import numpy as np
import pytest

import schelling as sg


def crisis(types_a=None, types_b=None, a=0.5):
    """Challenge, resist, fight: types are the values of war, backing down costs a."""
    b = sg.PrivateTypeGameBuilder({"A": types_a or sg.uniform(-2, 0), "B": types_b or sg.uniform(-2, 0.2)})
    start = b.decision(b.root, "A", ["stay out", "challenge"], information_set="start")
    b.terminal(start["stay out"], {"A": 0, "B": 1}, label="status quo")
    reply = b.decision(start["challenge"], "B", ["concede", "resist"], information_set="reply")
    b.terminal(reply["concede"], {"A": 1, "B": 0}, label="concession")
    last = b.decision(reply["resist"], "A", ["back down", "fight"], information_set="last")
    b.terminal(last["back down"], {"A": -a, "B": 1}, label="retreat")
    b.terminal(last["fight"], {"A": (0, 1), "B": (0, 1)}, label="war")
    return b.build()


def test_the_builder_tells_the_story():
    game = crisis()
    assert game.tree.players == ("A", "B")
    assert game.tree.information_sets == ("start", "reply", "last")
    assert game.tree.actions("reply") == ("concede", "resist")
    assert game.tree.player("last") == "A"
    assert game.payoff("war", "A") == (0, 1)
    assert game.payoff("retreat", 0) == (-0.5, 0)
    assert game.players["A"] == sg.uniform(-2, 0)
    assert game.to_svg(title="crisis").startswith("<svg")
    finder = doctest.DocTestFinder(recurse=False)
    for test in finder.find(sg.PrivateTypeGameBuilder, "PrivateTypeGameBuilder", globs={}):
        assert doctest.DocTestRunner().run(test).failed == 0


def test_solving_finds_the_bluff():
    result = sg.solve_cutoff(crisis(), belief="d1")
    assert result.status == "solved" and result.coverage == "some" and not result.complete
    assert result.options["belief"] == "d1"
    (e,) = result
    assert e.certificate.passes(1e-12)
    assert e.kind == "cutoff"
    # Closed form: B's marginal resister, the credibility of a challenge, the bluffers that make it so.
    fight = 1 / (1 - (0.2 - 2.2 / 1.5))
    assert e.probabilities["start"]["challenge"] == pytest.approx(0.25 / fight, abs=1e-10)
    assert e.probabilities["reply"]["resist"] == pytest.approx(1 / 1.5, abs=1e-10)
    assert e.probabilities["last"][1] == pytest.approx(fight, abs=1e-10)
    assert e.outcome["war"] == pytest.approx(1 / 6, abs=1e-10)
    assert np.asarray(e.outcome).sum() == pytest.approx(1, abs=1e-14)
    stay, go = e.strategy["start"]
    assert (stay.action, go.action) == ("stay out", "challenge")
    assert stay.lower == -2 and stay.upper == go.lower and go.upper == 0
    assert e.beliefs["last"].mean == pytest.approx(go.lower / 2, abs=1e-12)
    assert e.beliefs["start"] == sg.uniform(-2, 0)
    assert e.belief_after("reply", "concede").support[1] == pytest.approx(0.2 - 2.2 / 1.5)
    # The ex-ante payoff is the average of the types' payoffs.
    types = np.linspace(-2, 0, 20001)
    assert e.payoff["A"] == pytest.approx(e.interim_payoff("A", types).mean(), abs=1e-4)
    assert "challenge" in e._repr_html_() and "stay out up to" in repr(e)
    assert e.to_svg().startswith("<svg")


def test_off_path_beliefs_decide_what_else_is_an_equilibrium():
    quiet = [e for e in sg.solve_cutoff(crisis()) if e.probabilities["start"]["stay out"] == 1]
    assert len(quiet) == 1 and quiet[0].kind == "pooling"
    assert quiet[0].certificate.passes(1e-12)
    with pytest.raises(sg.InvalidOptions, match="'intuitive', which solve_cutoff does not offer"):
        sg.solve_cutoff(crisis(), belief="intuitive")


def test_a_corrupted_equilibrium_is_rejected():
    game = crisis()
    (e,) = sg.solve_cutoff(game, belief="d1")
    assert sg.assess(game, e.strategy).certificate.passes(1e-12)
    for name in game.tree.information_sets:
        low, high = e.strategy[name]
        moved = low.upper * 1.01
        strategy = {
            **e.strategy,
            name: [
                sg.Cell(low.lower, moved, low.probabilities),
                sg.Cell(moved, high.upper, high.probabilities),
            ],
        }
        assert sg.assess(game, strategy).certificate.max_regret > 1e-4
    everyone_out = {**e.strategy, "start": [sg.Cell(-2, 0, {"stay out": 1})]}
    with pytest.raises(sg.InvalidArgument, match="belief after the unreached action 'challenge'"):
        sg.assess(game, everyone_out)
    believed = {("start", "challenge"): sg.atom(-0.1)}
    assert sg.assess(game, everyone_out, off_path_beliefs=believed).certificate.max_regret > 0.1
    with pytest.raises(sg.InvalidArgument, match="one that ends at 0, found -1"):
        sg.assess(game, {**e.strategy, "start": [sg.Cell(-2, -1, {"stay out": 1})]})


def test_results_survive_saving_and_pickling(tmp_path):
    result = sg.solve_cutoff(crisis(sg.lognormal(1, 0.5), sg.normal(0, 1)), seed=7)
    assert len(result) > 0
    result.save(tmp_path / "result.json")
    for copy in (sg.CutoffResult.load(tmp_path / "result.json"), pickle.loads(pickle.dumps(result))):
        assert copy.to_json() == result.to_json()
        assert copy.options == result.options and copy.seed == 7
        assert copy.game == result.game
        assert copy[0].to_text(full=True) == result[0].to_text(full=True)
    for thing in (result.game, result.game.tree, result.game.players["A"]):
        assert pickle.loads(pickle.dumps(thing)) == thing
    assert pickle.loads(pickle.dumps(result[0])).payoff["A"] == result[0].payoff["A"]
    with pytest.raises(sg.ParseError, match="line 1"):
        sg.CutoffResult.from_json("{")


def test_distributions_take_arrays_and_refuse_nonsense():
    stats = pytest.importorskip("scipy.stats")
    x = np.array([0.01, 0.5, 3, 40])
    law, reference = sg.lognormal(1.5, 0.8), stats.lognorm(0.8, scale=1.5)
    np.testing.assert_allclose(law.cdf(x), reference.cdf(x), rtol=1e-12)
    np.testing.assert_allclose(law.complement(x), reference.sf(x), rtol=1e-12)
    np.testing.assert_allclose(law.quantile([0.1, 0.9]), reference.ppf([0.1, 0.9]), rtol=1e-12)
    assert law.partial_mean(0, math.inf) == pytest.approx(law.mean)
    mixed = sg.mixture([(0.25, sg.atom(1)), (0.75, sg.beta(2, 3).truncated(0.1, 0.5))])
    assert mixed.cdf(1) == 1 and mixed.cdf(0.999) == pytest.approx(0.75) and mixed.support == (0.1, 1)
    assert mixed.atoms == [(1, 0.25)]
    assert eval(repr(mixed), vars(sg)) == mixed
    with pytest.raises(
        sg.InvalidArgument, match=r"uniform\.upper: expected a finite number above lower = 1, found 1"
    ):
        sg.uniform(1, 1)


def test_mistakes_are_named():
    b = sg.PrivateTypeGameBuilder({"A": sg.uniform(0, 1), "B": sg.atom(0)})
    start = b.decision(b.root, "A", ["left", "right"])
    with pytest.raises(sg.InvalidGame, match="none for 'B'"):
        b.terminal(start["left"], {"A": 0})
    with pytest.raises(sg.InvalidGame, match="intercept and slope"):
        b.terminal(start["left"], {"A": (0, 1, 2), "B": 0})
    with pytest.raises(sg.InvalidGame, match="after 'left'"):
        b.build()
    (e,) = sg.solve_cutoff(crisis(), belief="d1")
    with pytest.raises(
        sg.InvalidArgument, match="information set: expected one of 'start', 'reply', 'last', found 'end'"
    ):
        e.strategy["end"]
    with pytest.raises(sg.InvalidArgument):
        e.interim_payoff("A", 3.0)


def test_progress_and_interruption():
    game = crisis()
    calls = []
    sg.solve_cutoff(game, resolution=3000, progress=lambda done, total: calls.append((done, total)))
    assert calls
    assert sg.solve_cutoff(game, resolution=1_000_000, time_limit=0.05).status == "time_limit"

    timer = threading.Timer(0.2, signal.raise_signal, [signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        sg.solve_cutoff(game, resolution=1_000_000)
    timer.join()
