"""One rule for the exact copy of a game whose probabilities are decimals."""

import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import schelling as sg

THIRD = Fraction(1, 3)
SMALL = "nearest fractions of small denominator"
SUM = "divided by their sum"


def game(prior):
    rng = np.random.default_rng(1)
    shape = (len(prior), 2, 2)
    return sg.SignalingGame(prior, rng.integers(-3, 4, shape), rng.integers(-3, 4, shape))


def tree(events):
    b = sg.ExtensiveGameBuilder(["row", "column"])
    for k, place in enumerate(b.chance(b.root, events).values()):
        for j, after in enumerate(b.decision(place, "row", ["a", "b"], information_set="own").values()):
            for i, end in enumerate(
                b.decision(after, "column", ["c", "d"], information_set="other").values()
            ):
                b.terminal(end, [(k + 1) * (i == j), i - k * j])
    return b.build()


def test_thirds_are_thirds_in_a_signalling_game():
    thirds = game([1 / 3] * 3)
    assert thirds.arithmetic == "double"
    with pytest.warns(UserWarning, match=f"prior: .* {SMALL}"):
        copy = sg.exact(thirds)
    assert list(copy.exact.prior) == [THIRD] * 3
    with pytest.warns(UserWarning, match=SMALL):
        assert sg.solve_pbe(thirds, arithmetic="exact").complete
    with pytest.warns(UserWarning, match=SMALL):
        text = thirds.write()
    assert sg.SignalingGame.read(text) == copy
    # Thirds that the caller states among a profile are within the tolerance too.
    uniform = [[1 / 3, 2 / 3]] * 3
    assert isinstance(sg.why_not(thirds, uniform) or "", str)


def test_thirds_are_thirds_in_a_tree():
    thirds = tree({"x": 1 / 3, "y": 1 / 3, "z": 1 / 3})
    with pytest.warns(UserWarning, match=f"chance probabilities after .* {SMALL}"):
        copy = sg.exact(thirds)
    assert list(copy.exact.chance[:3]) == [THIRD] * 3
    with pytest.warns(UserWarning, match=SMALL):
        assert sg.ExtensiveGame.read_efg(thirds.write_efg()) == copy
    assert len(sg.solve_quasi_perfect(copy)) == 1
    for solve in (sg.solve_nash, sg.solve_nash_all):
        with pytest.warns(UserWarning, match=SMALL):
            assert len(solve(thirds, arithmetic="exact")) >= 1
    assert SMALL in sg.solve_nash_all(thirds).message
    assert sg.ExtensiveGame.from_json(thirds.to_json()) == thirds


def test_what_is_no_small_fraction_is_divided_by_its_sum():
    prior = [0.1234567891, 0.2345678912, 1 - 0.1234567891 - 0.2345678912 + 2e-10]
    with pytest.warns(UserWarning, match=SUM):
        copy = sg.exact(game(prior))
    total = sum(Fraction(repr(p)) for p in prior)
    assert list(copy.exact.prior) == [Fraction(repr(p)) / total for p in prior]


def test_decimals_of_sum_one_are_read_as_they_are_and_without_a_word():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        copy = sg.exact(game([0.1, 0.2, 0.7]))
    assert list(copy.exact.prior) == [Fraction(1, 10), Fraction(1, 5), Fraction(7, 10)]


def test_texts_and_fractions_stay_strict():
    for prior in (["0.3333333333"] * 3, [Fraction(3333333333, 10**10)] * 3):
        with pytest.raises(sg.InvalidGame, match="sum"):
            game(prior)
        with pytest.raises(sg.InvalidGame, match="sum"):
            tree(dict(zip("xyz", prior, strict=True)))
    with pytest.raises(sg.InvalidGame, match="sum"):
        game([0.3, 0.3, 0.3])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(1e-12, 1), min_size=1, max_size=8))
def test_every_accepted_prior_has_an_exact_copy_close_to_it(weights):
    prior = (np.array(weights) / np.sum(weights)).tolist()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        double = game(prior)
        copy = sg.exact(double)
        assert sum(copy.exact.prior) == 1
        assert all(p > 0 for p in copy.exact.prior)
        assert np.max(np.abs(copy.prior - prior)) <= 2e-9
        assert sg.SignalingGame.read(double.write()) == copy


LABEL = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)


@settings(deadline=None, max_examples=150)
@given(st.lists(LABEL, min_size=6, max_size=6, unique=True))
def test_every_accepted_label_survives_the_text(tmp_path_factory, labels):
    try:
        stated = sg.SignalingGame(
            ["1/3", "2/3"],
            np.arange(8).reshape(2, 2, 2),
            np.arange(8).reshape(2, 2, 2),
            types=labels[:2],
            messages=labels[2:4],
            actions=labels[4:],
        )
    except sg.InvalidGame:
        return
    assert sg.SignalingGame.read(stated.write()) == stated
    path = tmp_path_factory.mktemp("labels") / "game.txt"
    path.write_text(stated.write(), encoding="utf-8")
    assert sg.SignalingGame.read(path) == stated


@pytest.mark.parametrize(
    "label", ["two\nlines", "a\r\nb", "\r", "a\\nb", 'quo"te', "#", " x ", "a,b:c", "\x00", "\u2028", "\x85"]
)
def test_labels_with_breaks_and_signs_survive_the_text(label):
    stated = sg.SignalingGame(
        [1], [[[0], [1]]], [[[0], [1]]], types=[label], messages=[label, "other"], actions=[label]
    )
    assert sg.SignalingGame.read(stated.write()) == stated
