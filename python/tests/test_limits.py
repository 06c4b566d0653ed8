"""Limits are heeded: a time limit and Ctrl-C end the work at once, whatever grows in the game."""

from __future__ import annotations

import math
import os
import signal
import threading
import time
from fractions import Fraction

import numpy as np
import pytest

import schelling as sg

LIMIT = 0.5  # seconds
OVERRUN = 0.2  # seconds, on an idle machine
NOISE = 0.6  # seconds that other work on the machine may take

#: Types, messages, actions, and how many different payoffs there are: 1 makes everything a tie.
SIZES = [
    (16, 2, 2, 10),
    (18, 2, 2, 10),
    (30, 2, 2, 10),
    (2, 30, 2, 10),
    (2, 2, 30, 10),
    (4, 4, 4, 1),
    (10, 3, 3, 3),
    (2, 8, 8, 3),
    (6, 6, 6, 10),
]


def game(types: int, messages: int, actions: int, payoffs: int, exact: bool) -> sg.SignalingGame:
    random = np.random.default_rng(types + 100 * messages + 10_000 * actions)
    sender, receiver = random.integers(0, payoffs, (2, types, messages, actions))
    if not exact:
        return sg.SignalingGame([1 / types] * types, sender.astype(float), receiver.astype(float))
    return sg.SignalingGame([Fraction(1, types)] * types, sender.tolist(), receiver.tolist())


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("size", SIZES)
def test_solve_pbe_heeds_its_time_limit(size, exact):
    asked = game(*size, exact)
    start = time.perf_counter()
    try:
        found = sg.solve_pbe(asked, time_limit=LIMIT)
    except (sg.InvalidGame, sg.InvalidOptions) as refused:
        assert "expected at" in str(refused)
    else:
        assert found.status == "time_limit" or time.perf_counter() - start < LIMIT + NOISE
        assert not (found.status == "time_limit" and found.proven)
    assert time.perf_counter() - start < LIMIT + OVERRUN + NOISE


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("size", SIZES)
def test_solve_pbe_heeds_an_interrupt(size, exact):
    asked = game(*size, exact)
    sent: list[float] = []

    def interrupt():
        sent.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(LIMIT, interrupt)
    try:
        timer.start()
        sg.solve_pbe(asked)
        timer.cancel()
        timer.join()
        assert not sent, "the interrupt did not arrive"
    except KeyboardInterrupt:
        assert time.perf_counter() - sent[0] < OVERRUN + NOISE
    except (sg.InvalidGame, sg.InvalidOptions) as refused:
        assert "expected at" in str(refused)
    finally:
        timer.cancel()
        timer.join()


@pytest.mark.parametrize("limit", [math.inf, 1e300, 1e10, None])
def test_a_limit_that_the_clock_cannot_hold_is_none(limit):
    assert sg.solve_pbe(game(3, 2, 2, 10, True), time_limit=limit).complete


@pytest.mark.parametrize("limit", [-1, -1e-9, -math.inf, math.nan])
def test_a_limit_below_zero_gets_a_sentence(limit):
    with pytest.raises(sg.InvalidOptions, match=r"time_limit: expected .*, found "):
        sg.solve_pbe(game(3, 2, 2, 10, True), time_limit=limit)


def test_no_time_at_all_ends_at_once():
    assert sg.solve_pbe(game(6, 6, 6, 10, True), time_limit=0).status == "time_limit"


@pytest.mark.parametrize("text", ["1e999999999", "1E+999999999", "-2.5e-999999999", "1e4097"])
def test_a_huge_exponent_gets_a_sentence(text):
    with pytest.raises(sg.InvalidArgument, match="power of ten of at most 4096"):
        sg.exact(text)
    with pytest.raises((sg.InvalidArgument, sg.InvalidGame), match="power of ten"):
        sg.SignalingGame([1], [[[text, 1]]], [[[0, 1]]])


def test_exponents_within_the_bound_are_read():
    assert sg.exact("1e0004096") == 10**4096
    assert sg.exact("-25e-1") == Fraction(-5, 2)
