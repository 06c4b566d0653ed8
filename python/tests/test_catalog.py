"""Every published game of the catalogue: its file, its citation, and all that is known of its equilibria."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from catalog_generators import GENERATED
from nash_oracle import extreme_equilibria
from scipy.optimize import linprog

import schelling as sg

NAMES = sg.catalog()
GAMES = {name: sg.PublishedGame.load(name) for name in NAMES}
REFERENCES = (Path(__file__).parents[2] / "references.bib").read_text(encoding="utf-8")
KEYS = {
    "pure_nash",
    "extreme_nash",
    "nash_components",
    "value",
    "best_correlated_sum",
    "subgame_perfect_payoffs",
    "sequential_payoffs",
    "nash_payoffs",
}


def knowing(key: str) -> list[str]:
    return [name for name in NAMES if key in GAMES[name].known]


def normal_form(game) -> sg.NormalFormGame:
    return game if isinstance(game, sg.NormalFormGame) else game.to_normal_form()


def pure_equilibria(game: sg.NormalFormGame) -> list[tuple[int, ...]]:
    """By the definition: no player gains from another strategy."""
    tables = list(game.exact.payoffs.values())
    best = [table == table.max(axis=i, keepdims=True) for i, table in enumerate(tables)]
    return [tuple(p) for p in np.argwhere(np.logical_and.reduce(best)).tolist()]


def fractions(values) -> tuple[Fraction, ...]:
    return tuple(Fraction(str(x)) for x in values)


def test_there_are_at_least_forty_from_every_field():
    assert len(NAMES) >= 40
    assert {name.split("/")[0] for name in NAMES} == {
        "bargaining",
        "classics",
        "deterrence",
        "reputation",
        "signalling",
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_path_is_the_citation(name):
    published = GAMES[name]
    assert re.fullmatch(r"[a-z]+/[a-z0-9-]+", name)
    (year,) = set(re.findall(r"(?<=-)(?:19|20)\d\d(?=-)", name))
    assert f"({year})" in published.citation
    author = re.split(r"[,.]", published.citation)[0].split()[-1]
    assert re.sub(r"[^a-z]", "", author.lower()) in re.sub(r"[^a-z]", "", name.split("/")[1])
    assert f"{{{published.bibtex}," in REFERENCES
    assert published.game.title == published.title and published.known.keys() <= KEYS
    assert published.known or published.equilibria


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_written_as_it_is_read(name):
    published = GAMES[name]
    text = published.path.read_text(encoding="utf-8")
    game = published.game
    assert (game.write_efg() if isinstance(game, sg.ExtensiveGame) else game.write_nfg()) == text
    assert published.path.with_suffix(".toml").exists()


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_larger_games_follow_from_their_rules(name):
    assert GENERATED[name]() == GAMES[name].game


@pytest.mark.parametrize("name", [name for name in NAMES if GAMES[name].equilibria])
def test_published_equilibria_are_certified(name):
    published = GAMES[name]
    for known in published.equilibria:
        assert fractions(known.assessment.exact.payoff.values()) == fractions(known.payoff)
        certificate = sg.certify(published.game, known.assessment)
        assert certificate.max_regret == 0 or known.fails
        if isinstance(published.game, sg.NormalFormGame):
            assert known.concept == "nash"
            continue
        assert certificate.concept == known.concept, certificate
        assert certificate["nash"] and certificate.bayes_gap == 0
        assert all(certificate[concept].holds is False for concept in known.fails)


@pytest.mark.parametrize("name", knowing("pure_nash"))
def test_pure_equilibria(name):
    assert len(pure_equilibria(normal_form(GAMES[name].game))) == GAMES[name].known["pure_nash"]


LARGE = {"classics/von-stengel-1999-six-by-six"}  # 924 systems of equations for each player
ENUMERATED = [
    pytest.param(name, marks=pytest.mark.long) if name in LARGE else name
    for name in NAMES
    if {"extreme_nash", "nash_components", "nash_payoffs"} & GAMES[name].known.keys()
]


@pytest.mark.parametrize("name", ENUMERATED)
def test_extreme_equilibria(name):
    known = GAMES[name].known
    a, b = normal_form(GAMES[name].game).exact.payoffs.values()
    pairs, components = extreme_equilibria(a, b)
    assert len(pairs) == known.get("extreme_nash", len(pairs))
    assert components == known.get("nash_components", components)
    if "nash_payoffs" in known:
        payoffs = {tuple(np.array(x) @ table @ np.array(y) for table in (a, b)) for x, y in pairs}
        assert payoffs == {fractions(p) for p in known["nash_payoffs"]}


@pytest.mark.parametrize("name", knowing("subgame_perfect_payoffs"))
def test_subgame_perfect_equilibria(name):
    found = sg.solve_backward_induction(GAMES[name].game, limit=100_000)
    assert found.complete and found.arithmetic == "exact"
    payoffs = {fractions(e.exact.payoff.values()) for e in found}
    assert payoffs == {fractions(p) for p in GAMES[name].known["subgame_perfect_payoffs"]}


@pytest.mark.parametrize("name", knowing("value"))
def test_a_published_value_is_that_of_an_equilibrium(name):
    """Payoffs sum to a constant, so that one equilibrium shows the value (von Neumann 1928)."""
    published = GAMES[name]
    tables = list(normal_form(published.game).exact.payoffs.values())
    assert len(tables) == 2 and len(set((tables[0] + tables[1]).ravel().tolist())) == 1
    assert published.equilibria
    for known in published.equilibria:
        assert Fraction(known.payoff[0]) == Fraction(str(published.known["value"]))


def signalling_game(game: sg.ExtensiveGame) -> sg.SignalingGame:
    """The signalling game whose tree this is: chance, then a message, then a reply."""
    structure = game._structure
    shape = tuple(structure.moves[node] for node in (0, 1, 2))
    payoffs = np.array([list(row.values()) for row in game.exact.payoffs.values()], dtype=object)
    sender, receiver = (payoffs[:, i].reshape(shape) for i in (0, 1))
    return sg.SignalingGame(game.exact.chance[: shape[0]].tolist(), sender.tolist(), receiver.tolist())


SIGNALLING = [name for name in NAMES if name.startswith("signalling/")]


@pytest.mark.parametrize("name", SIGNALLING)
def test_signalling_games_by_the_solver_of_signalling_games(name):
    """Each published equilibrium is an outcome that `solve_pbe` finds; where all payoffs are known there are no others."""
    published = GAMES[name]
    game = signalling_game(published.game)
    found = sg.solve_pbe(game)
    assert found.complete

    def payoffs(assessment):
        sender = sum(p * u for p, u in zip(game.exact.prior, assessment.exact.sender_payoff, strict=True))
        return sender, assessment.exact.receiver_payoff

    vertices = [v for component in found for v in component.vertices()]
    outcomes = {payoffs(v) for v in vertices}
    if "sequential_payoffs" in published.known:
        assert outcomes == {fractions(p) for p in published.known["sequential_payoffs"]}
    for known in published.equilibria:
        assert fractions(known.payoff) in outcomes


def test_least_cost_separation_alone_survives_d1():
    published = GAMES["signalling/spence-1973-job-market"]
    game = signalling_game(published.game)
    kept = sg.solve_pbe(game).refine("d1", keep="part")
    least_cost = fractions(published.equilibria[0].payoff)[0]
    prior = game.exact.prior
    sent = {
        sum(prior * v.exact.sender_payoff)
        for c in kept
        for v in c.vertices()
        if c.survives("d1").status == "all"
    }
    assert sent == {least_cost}


def test_outcomes_of_brinkmanship():
    """The chance of disaster and the second state's mixture, as computed from the paper's formulas (Powell 1987)."""
    expected = {
        "brinkmanship": (0.0694150243902, 0.319058823529),
        "brinkmanship-larger-steps": (0.0419, 0.211851851852),
    }
    for variant, (disaster, mixture) in expected.items():
        published = GAMES[f"deterrence/powell-1987-{variant}"]
        (known,) = published.equilibria
        ends = [p for end, p in known.assessment.outcome.items() if end.endswith("disaster")]
        assert sum(ends) == pytest.approx(disaster, abs=1e-10)
        assert known.assessment.strategy["irresolute at 1"]["escalate"] == pytest.approx(mixture, abs=1e-10)


def test_both_components_of_the_horse_and_nothing_between():
    """Selten (1975): (D; c at least 1/3; L) and (C; c; L at most 1/4); beyond these bounds there is a gain."""
    game = GAMES["classics/selten-1975-horse"].game
    for c, left, first, holds in product(("0", "1/3", "1"), ("0", "1/4", "1/2", "1"), ("C", "D"), (True,)):
        strategy = {
            "one": first,
            "two": ["1", "0"] if c == "0" else [1 - Fraction(c), c],
            "three": [left, 1 - Fraction(left)],
        }
        expected = (first == "D" and Fraction(c) >= Fraction(1, 3) and left == "1") or (
            first == "C" and c == "1" and Fraction(left) <= Fraction(1, 4)
        )
        assert sg.certify(game, strategy)["nash"].holds is (expected and holds)


def test_an_unknown_name_is_refused():
    with pytest.raises(sg.InvalidArgument, match="beer-quiche"):
        sg.PublishedGame.load("signalling/cho-kreps-1987-beer-quich")


def test_reputation_with_three_entrants():
    """Kreps and Wilson (1982): entrant n is deterred while the belief exceeds b^n, total probability of a fight is
    p / b^(n - 1), and the weak monopolist is worth a for each entrant that is deterred for sure."""
    (known,) = GAMES["reputation/kreps-wilson-1982-chain-store"].equilibria
    play = known.assessment.exact
    assert play.strategy["Entrant 3"]["out"] == 1 and play.strategy["Entrant 2 | out"]["in"] == 1
    assert play.strategy["Entrant 1 | out, fight"]["out"] == Fraction(1, 2)
    beliefs = list(play.beliefs["Entrant 1 | out, fight"].values())
    assert beliefs == [Fraction(1, 2), Fraction(1, 2)]
    fights = sum(p for end, p in play.outcome.items() if end.split(", ")[2:4] == ["in", "fight"])
    assert fights == Fraction(1, 5) / Fraction(1, 2)
    assert known.payoff[0] == "11/5"  # 4/5 of the weak one's 2 and 1/5 of the tough one's 3


@pytest.mark.parametrize("name", knowing("best_correlated_sum"))
def test_best_correlated_equilibrium(name):
    """By a linear program over distributions of profiles (Aumann 1974), in other code than the library's."""
    game = GAMES[name].game
    a, b = (table.astype(float) for table in game.payoffs.values())
    m, n = a.shape
    rows = []
    for i, other in product(range(m), repeat=2):
        row = np.zeros((m, n))
        row[i] = a[other] - a[i]
        rows.append(row.ravel())
    for j, other in product(range(n), repeat=2):
        row = np.zeros((m, n))
        row[:, j] = b[:, other] - b[:, j]
        rows.append(row.ravel())
    best = linprog(-(a + b).ravel(), A_ub=rows, b_ub=np.zeros(len(rows)), A_eq=np.ones((1, m * n)), b_eq=[1])
    assert -best.fun == pytest.approx(float(Fraction(GAMES[name].known["best_correlated_sum"])), abs=1e-9)
