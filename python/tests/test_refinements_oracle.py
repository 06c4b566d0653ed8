"""Every verdict against an oracle that evaluates the definitions on the arrangement of all indifferences."""

import random
from collections import Counter
from fractions import Fraction

import pytest
from refinement_oracle import Outcome

import schelling as sg

CRITERIA = [
    "intuitive",
    "intuitive_iterated",
    "equilibrium_dominance",
    "d1",
    "d2",
    "nwbr",
    "d1_iterated",
    "universal_divinity",
    "nwbr_iterated",
    "divinity",
    "perfect_sequential",
]
SIZES = [(2, 2, 2), (2, 3, 2), (2, 2, 3), (3, 2, 2), (3, 2, 3)]
RANGES = [99, 9, 2]


def random_game(rng, size, bound, cheap_talk=False):
    T, M, A = size

    def table():
        rows = [[[rng.randint(-bound, bound) for _ in range(A)] for _ in range(M)] for _ in range(T)]
        return [[row[0]] * M for row in rows] if cheap_talk else rows

    weights = [rng.randint(1, 5) for _ in range(T)]
    return sg.SignalingGame([Fraction(w, sum(weights)) for w in weights], table(), table())


def compare(games, seed):
    rng = random.Random(seed)
    seen = Counter()
    for number in range(games):
        size, bound = SIZES[number % len(SIZES)], RANGES[number // len(SIZES) % len(RANGES)]
        game = random_game(rng, size, bound, cheap_talk=number % 10 == 9)
        exact = game.exact
        data = exact.prior.tolist(), exact.sender.tolist(), exact.receiver.tolist()
        equilibria = sg.solve_pbe(game, certify=False)
        for outcome in (o for component in equilibria for o in component.outcomes):
            oracle = Outcome(*data, outcome.exact.probabilities.tolist())
            expected = {name: oracle.verdict(name) for name in CRITERIA}
            expected["undefeated"] = oracle.undefeated()
            if number % 10 == 9:
                expected["neologism_proof"] = oracle.neologism_proof()
            for name, answer in expected.items():
                verdict = sg.survives(game, outcome, name, equilibria=equilibria)
                status = {True: "all", False: "none", None: "not_applicable"}[answer]
                assert verdict.status == status, (number, name, answer, verdict.reason, game.exact)
                seen[name, status] += 1
    return seen


def test_every_verdict():
    seen = compare(180, seed=5)
    for name in CRITERIA:
        assert seen[name, "all"] > 50 and seen[name, "none"] > 20, name
    assert min(seen["undefeated", status] for status in ("all", "none", "not_applicable")) > 10
    assert min(seen["neologism_proof", status] for status in ("all", "none")) > 2


@pytest.mark.long
def test_every_verdict_of_many_games():
    compare(3000, seed=6)
