"""Completeness of `solve_pbe`: against the naive enumeration of all supports, and against lrsnash."""

from __future__ import annotations

import shutil
import subprocess
import time
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from support_cells import Oracle, cells_of

import schelling as sg

# Few distinct payoffs make most of the games degenerate: repeated messages and actions, ties, continua.
SIZES = [((2, 2, 2), 110), ((3, 2, 2), 60), ((2, 3, 2), 16), ((2, 2, 3), 12), ((3, 3, 2), 2)]
LONG_SIZES = [
    ((2, 2, 2), 900),
    ((3, 2, 2), 500),
    ((2, 3, 2), 250),
    ((2, 2, 3), 200),
    ((3, 3, 2), 50),
    ((3, 3, 3), 100),
]


def random_game(rng: np.random.Generator, shape: tuple[int, int, int], largest: int):
    prior = rng.integers(1, 5, shape[0])
    tables = rng.integers(-largest, largest + 1, (2, *shape))
    if rng.random() < 0.2:
        tables[0] = tables[0][:, :1, :]  # cheap talk for the sender
    if rng.random() < 0.2:
        tables[1] = tables[1][:, :1, :]
    return prior, tables[0], tables[1]


def compare(shape: tuple[int, int, int], count: int, seed: int) -> None:
    rng = np.random.default_rng([seed, *shape])
    for number in range(count):
        largest = int(rng.choice([1, 2, 5]))
        prior, sender, receiver = random_game(rng, shape, largest)
        game = sg.SignalingGame([f"{p}/{prior.sum()}" for p in prior], sender, receiver)
        found = sg.solve_pbe(game)
        assert found.complete
        assert found.certificate.passes(0)
        expected = Oracle(prior.astype(float), sender.astype(float), receiver.astype(float)).cells()
        cells = cells_of(found)
        assert cells == expected, (
            f"game {number} of {shape}, seed {seed}: {prior=} {sender=} {receiver=}: "
            f"missed {sorted(expected - cells)[:3]}, spurious {sorted(cells - expected)[:3]}"
        )


@pytest.mark.parametrize(("shape", "count"), SIZES)
def test_finds_exactly_the_supports_of_the_naive_enumeration(shape, count):
    compare(shape, count, seed=20)


@pytest.mark.long
@pytest.mark.parametrize(("shape", "count"), LONG_SIZES)
def test_finds_exactly_the_supports_of_many_more_games(shape, count):
    start = time.monotonic()
    compare(shape, count, seed=21)
    print(f"{count} games of {shape} in {time.monotonic() - start:.0f} s")


def extreme_nash(game: sg.SignalingGame, path) -> list[tuple[np.ndarray, np.ndarray]]:
    """Behaviour strategies of all extreme Nash equilibria of the normal form, by lrsnash (Avis et al. 2010)."""
    types, messages, actions = game.shape
    plans = list(product(range(messages), repeat=types))
    rules = list(product(range(actions), repeat=messages))
    tables = []
    for payoffs in (game.exact.sender, game.exact.receiver):
        rows = [
            " ".join(
                str(sum(game.exact.prior[t] * payoffs[t, m, rule[m]] for t, m in enumerate(plan)))
                for rule in rules
            )
            for plan in plans
        ]
        tables.append("\n".join(rows))
    path.write_text(f"{len(plans)} {len(rules)}\n\n{tables[0]}\n\n{tables[1]}\n")
    output = subprocess.run(["lrsnash", str(path)], capture_output=True, text=True, check=True).stdout
    # After each equilibrium strategy of player 1 come those of player 2 that go with it, or the other way round.
    found, blocks = [], {1: [], 2: []}

    def flush() -> None:
        for x in blocks[1]:
            for y in blocks[2]:
                sender, receiver = np.zeros((types, messages)), np.zeros((messages, actions))
                for plan, p in zip(plans, x, strict=True):
                    for t, m in enumerate(plan):
                        sender[t, m] += p
                for rule, p in zip(rules, y, strict=True):
                    for m, a in enumerate(rule):
                        receiver[m, a] += p
                found.append((sender, receiver))
        blocks[1], blocks[2] = [], []

    for line in output.splitlines():
        words = line.split()
        if words and words[0] in ("1", "2") and len(words) == (len(plans), len(rules))[int(words[0]) - 1] + 2:
            blocks[int(words[0])].append([float(Fraction(w)) for w in words[1:-1]])
        else:
            flush()
    flush()
    return found


@pytest.mark.skipif(shutil.which("lrsnash") is None, reason="lrslib is not installed")
@pytest.mark.parametrize(
    ("shape", "count"), [((2, 2, 2), 25), ((3, 2, 2), 10), ((2, 2, 3), 6), ((2, 3, 2), 4)]
)
def test_finds_every_extreme_nash_equilibrium_that_beliefs_support(shape, count, tmp_path):
    rng = np.random.default_rng([22, *shape])
    sequential = 0
    for _ in range(count):
        prior, sender, receiver = random_game(rng, shape, int(rng.choice([2, 9])))
        game = sg.SignalingGame([f"{p}/{prior.sum()}" for p in prior], sender, receiver)
        oracle = Oracle(prior.astype(float), sender.astype(float), receiver.astype(float))
        cells = cells_of(sg.solve_pbe(game))
        nash = extreme_nash(game, tmp_path / "game")
        assert nash
        for strategy, rule in nash:
            replies = tuple(tuple(np.flatnonzero(row > 1e-12).tolist()) for row in rule)
            sent = tuple(tuple(np.flatnonzero(row > 1e-12).tolist()) for row in strategy)
            unsent = [m for m in range(shape[1]) if not any(m in s for s in sent)]
            if all(oracle.has_belief(m, replies[m], None) for m in unsent):
                sequential += 1
                assert (sent, replies) in cells
    assert sequential > count
