"""Agent quantal response equilibria in Python: against SciPy, their pictures and data, and how they stop."""

import math
import os
import signal
import threading
import time
import warnings
from itertools import combinations

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pytest
from scipy.optimize import brentq, root
from scipy.special import expit, softmax

import schelling as sg


def pennies(x=9.0):
    """The row player likes to match, on heads x times as much."""
    return sg.NormalFormGame([[[x, 0], [0, 1]], [[0, 1], [1, 0]]], players=["row", "column"])


def random_table(shape, seed):
    random = np.random.default_rng(seed)
    return sg.NormalFormGame(random.uniform(size=(len(shape), *shape)).tolist())


def beer_quiche():
    b = sg.ExtensiveGameBuilder(["sender", "receiver"])
    types = b.chance(b.root, {"strong": 0.9, "weak": 0.1})
    for kind, place in types.items():
        sent = b.decision(place, "sender", ["beer", "quiche"], information_set=kind)
        for message, after in sent.items():
            reply = b.decision(after, "receiver", ["duel", "not"], information_set=message)
            likes = (message == "beer") == (kind == "strong")
            for answer, end in reply.items():
                b.terminal(
                    end, [likes + 2.0 * (answer == "not"), float((answer == "duel") == (kind == "weak"))]
                )
    return b.build()


@pytest.mark.parametrize("lambda_", [0.0, 0.5, 3.0, 40.0])
def test_points_solve_the_equations(lambda_):
    qre = sg.agent_qre(pennies(), lambda_)

    def column(p):
        return expit(lambda_ * (1 - 2 * p))

    p = brentq(lambda r: expit(lambda_ * (9 * column(r) - (1 - column(r)))) - r, 0, 1, xtol=1e-15)
    assert qre.status == "solved" and qre.residual < 1e-12
    assert qre.strategy["row"]["1"] == pytest.approx(p, abs=1e-10)
    assert qre.strategy["column"]["1"] == pytest.approx(column(p), abs=1e-10)
    assert math.exp(qre.log_strategy["row"]["2"]) == pytest.approx(1 - p, abs=1e-10)
    assert "lambda=" in repr(qre)


def test_agrees_with_scipy_in_three_player_games():
    for seed in range(5):
        shape = (2, 3, 2)
        game = random_table(shape, seed)
        tables = np.random.default_rng(seed).uniform(size=(3, *shape))
        lambda_ = 2.0

        def excess(flat, tables=tables, lambda_=lambda_):
            p = np.split(flat, [2, 5])
            u = [
                np.einsum("abc,b,c->a", tables[0], p[1], p[2]),
                np.einsum("abc,a,c->b", tables[1], p[0], p[2]),
                np.einsum("abc,a,b->c", tables[2], p[0], p[1]),
            ]
            return flat - np.concatenate([softmax(lambda_ * x) for x in u])

        start = np.concatenate([np.full(n, 1 / n) for n in shape])
        expected = root(excess, start, tol=1e-14).x
        found = np.concatenate([np.asarray(row) for row in sg.agent_qre(game, lambda_).strategy.values()])
        assert found == pytest.approx(expected, abs=1e-11)


def test_branch_of_beer_and_quiche():
    branch = sg.solve_agent_qre(beer_quiche())
    assert branch.status == "solved" and branch.is_usable
    assert len(branch) == len(branch.lambdas) == len(branch.arclength) == len(branch.residual)
    assert branch.lambdas[0] == 0 and np.all(np.diff(branch.arclength) > 0)
    assert branch.residual.max() < 1e-9
    assert branch.strategy["strong"]["beer"].shape == (len(branch),)
    assert np.exp(branch.log_strategy["weak"]["beer"]) == pytest.approx(branch.strategy["weak"]["beer"])
    limit = branch.limit
    assert limit.concept == "sequential" and limit.certificate.passes(1e-9)
    assert sg.certify(limit.game, limit)["sequential"].holds
    assert branch.strategy["strong"]["beer"][-1] == pytest.approx(limit.strategy["strong"]["beer"], abs=0.05)
    assert "limit:" in repr(branch)


def test_lambda_max_is_met():
    branch = sg.solve_agent_qre(beer_quiche(), lambda_max=2.5)
    assert branch.lambdas[-1] == 2.5 and branch.limit is None
    at_end = sg.agent_qre(beer_quiche(), 2.5)
    assert branch.strategy["weak"]["beer"][-1] == pytest.approx(at_end.strategy["weak"]["beer"], abs=1e-12)


def test_exact_games_are_rounded():
    exact = sg.NormalFormGame([[[9, 0], [0, 1]], [[0, 1], [1, 0]]])
    inexact = sg.NormalFormGame([[[9.0, 0], [0, 1]], [[0, 1], [1, 0]]])
    a, b = (sg.agent_qre(game, 1.5) for game in (exact, inexact))
    assert np.array_equal(np.asarray(a.strategy[0]), np.asarray(b.strategy[0]))


def test_data_set():
    branch = sg.solve_agent_qre(beer_quiche())
    data = branch.to_xarray()
    assert dict(data.sizes) == {"point": len(branch), "choice": 8}
    total = data.probability.groupby("information_set").sum()
    assert np.allclose(total, 1)
    weak = data.probability.where((data.information_set == "weak") & (data.action == "beer"), drop=True)
    assert np.array_equal(weak.values.ravel(), branch.strategy["weak"]["beer"])
    assert data["limit"].values.sum() == pytest.approx(4)
    assert data.attrs["status"] == "solved"


def test_estimate_recovers_lambda():
    game = beer_quiche()
    truth = sg.agent_qre(game, 2.0)
    random = np.random.default_rng(4)
    types = random.multinomial(3000, [0.9, 0.1])
    counts, sent = {}, np.zeros(2)
    for kind, n in zip(("strong", "weak"), types, strict=True):
        drawn = random.multinomial(n, np.asarray(truth.strategy[kind]))
        counts[kind] = dict(zip(("beer", "quiche"), drawn, strict=True))
        sent += drawn
    for message, n in zip(("beer", "quiche"), sent, strict=True):
        counts[message] = random.multinomial(int(n), np.asarray(truth.strategy[message]))
    found = sg.estimate_agent_qre(game, counts)
    assert found.status == "solved" and found.observations == 6000
    assert abs(found.lambda_ - 2.0) < 4 * found.standard_error
    low, high = found.interval
    assert low < found.lambda_ < high
    assert found.log_likelihood_uniform <= found.log_likelihood <= found.log_likelihood_frequencies
    assert found.profile.shape == (len(found.branch),) and found.profile.max() <= found.log_likelihood + 1e-9
    assert found.fit.log_likelihood in [fit.log_likelihood for fit in found.local_maxima]
    assert found.fit.residual < 1e-11
    assert "standard error" in repr(found)


def test_mistakes_are_named():
    game = pennies()
    with pytest.raises(sg.InvalidArgument, match="expected an ExtensiveGame"):
        sg.solve_agent_qre("pennies")
    with pytest.raises(sg.InvalidOptions, match="lambda_max"):
        sg.solve_agent_qre(game, lambda_max=-1)
    with pytest.raises(sg.InvalidArgument, match="lambda"):
        sg.agent_qre(game, -1)
    with pytest.raises(sg.InvalidArgument, match="found 'nobody'"):
        sg.estimate_agent_qre(game, {"nobody": [1, 2]})
    with pytest.raises(sg.InvalidArgument, match="expected 2 numbers"):
        sg.estimate_agent_qre(game, {"row": [1, 2, 3]})
    with pytest.raises(sg.InvalidArgument, match="counts"):
        sg.estimate_agent_qre(game, [0, 0, 0, 0])
    with pytest.raises(sg.InvalidOptions, match="confidence"):
        sg.estimate_agent_qre(game, [1, 1, 1, 1], confidence=1.5)


def test_plot_labels_every_action():
    branch = sg.solve_agent_qre(beer_quiche())
    for scale in ("ratio", "log"):
        figure = branch.plot(scale=scale)[0].figure
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            figure.canvas.draw()
        panels = [axes for axes in figure.axes if axes.get_visible()]
        places = [axes.get_tightbbox() for axes in panels]
        assert not any(one.overlaps(other) for one, other in combinations(places, 2))
        assert [axes.get_title(loc="left") for axes in panels] == [
            f"{branch.game.player(k)} at {name}" for k, name in enumerate(branch.game.information_sets)
        ]
        for number, axes in enumerate(panels):
            assert "lambda" in axes.get_xlabel() and axes.get_ylabel() == "probability"
            boxes = [text.get_window_extent() for text in axes.texts]
            assert [text.get_text() for text in axes.texts] == list(branch.game.actions(number))
            assert not boxes[0].overlaps(boxes[1])
        plt.close(figure)
    with pytest.raises(sg.InvalidArgument, match="scale"):
        branch.plot(scale="linear")
    with pytest.raises(sg.InvalidArgument, match="found 'third'"):
        branch.plot(["third"])
    figure, axes = plt.subplots()
    assert branch.plot(["weak"], axes=axes) is axes
    plt.close(figure)


def large_game():
    """One table of many strategies: each step takes a while."""
    return random_table((150, 150), 1)


def test_time_limit_and_progress():
    seen = []
    start = time.perf_counter()
    branch = sg.solve_agent_qre(large_game(), time_limit=0.3, progress=lambda done, total: seen.append(done))
    assert time.perf_counter() - start < 3
    assert branch.status == "time_limit" and len(branch) >= 1 and seen
    assert branch.residual.max() < 1e-9


def test_control_c_stops_at_once():
    game = large_game()
    sent = []

    def interrupt():
        sent.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.3, interrupt)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        sg.solve_agent_qre(game)
    assert time.perf_counter() - sent[0] < 1.0  # 0.2 s on an idle machine
