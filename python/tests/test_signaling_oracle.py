"""Completeness of `solve_pbe`: against the naive enumeration of all supports, and against lrsnash."""

from __future__ import annotations

import time

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
