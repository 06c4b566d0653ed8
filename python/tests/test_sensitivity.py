"""Sensitivity measures: SALib's numbers, intervals over scrambles, signs."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import pawn
from scipy.stats import qmc

from schelling import InvalidArgument
from schelling.analysis.sensitivity import METHODS, _resampled_shares, convergence, profile, sensitivity

NAMES = ("strong", "weak", "against", "idle", "curved")


@pytest.fixture(scope="module")
def sample():
    """Eight scrambles of 128 points; the output depends on four of five parameters."""
    points = np.concatenate([qmc.Sobol(len(NAMES), seed=s).random(128) for s in range(8)])
    blocks = np.repeat(np.arange(8), 128)
    output = points[:, 0] + 0.3 * points[:, 1] - 0.5 * points[:, 2] + 0.8 * (points[:, 4] - 0.5) ** 2
    return points, blocks, output


def test_the_index_of_a_verdict_is_salibs(sample):
    points, blocks, output = sample
    held = output > 0.5
    found = sensitivity(points, held, parameters=NAMES, blocks=blocks)
    problem = {"num_vars": len(NAMES), "names": list(NAMES), "bounds": [[0, 1]] * len(NAMES)}
    expected = dict(zip(NAMES, pawn.analyze(problem, points, held.astype(float), S=10)["mean"], strict=True))
    assert {
        str(n): float(v) for n, v in zip(found.parameter.values, found["index"].values, strict=True)
    } == expected


def test_counting_by_block_gives_the_same_index_as_the_library(sample):
    points, blocks, output = sample
    held = (output > 0.5).astype(float)
    slices = 8  # divides the sample, so that both cut it alike
    counted = _resampled_shares(points, held, blocks, np.arange(8)[None, :], slices)[0]
    found = sensitivity(points, held, parameters=NAMES, blocks=blocks, slices=slices)
    # The library leaves the largest value of each parameter out of its last slice: one point of 128.
    assert counted == pytest.approx([float(found["index"].sel(parameter=n)) for n in NAMES], abs=1 / 256)


@pytest.mark.parametrize("method", METHODS)
def test_order_and_sign(sample, method):
    points, blocks, output = sample
    found = sensitivity(points, output > 0.5, parameters=NAMES, blocks=blocks, method=method, resamples=4)
    assert found.parameter.values[0] == "strong" and found.parameter.values[1] == "against"
    sign = dict(zip(found.parameter.values, found["sign"].values, strict=True))
    assert (sign["strong"], sign["weak"], sign["against"], sign["idle"]) == (1, 1, -1, 0)
    assert (found["lower"] <= found["index"]).all() and (found["index"] <= found["upper"]).all()


def test_a_parameter_without_influence_stays_within_the_noise(sample):
    points, blocks, output = sample
    found = sensitivity(points, output > 0.5, parameters=NAMES, blocks=blocks)
    assert float(found["index"].sel(parameter="idle")) <= 1.5 * float(found["noise"])
    assert float(found["index"].sel(parameter="strong")) > 5 * float(found["noise"])


def test_the_profile_follows_the_parameter(sample):
    points, _, output = sample
    shape = profile(points, output > 0.5)
    assert (np.diff(shape[0]) > -0.05).all() and shape[0, -1] - shape[0, 0] > 0.5
    assert np.ptp(shape[3]) < 0.15


def test_undefined_points_are_left_out_and_a_constant_output_decides_nothing(sample):
    points, blocks, output = sample
    gaps = np.where(points[:, 3] < 0.5, np.nan, output > 0.5)
    assert sensitivity(points, gaps, parameters=NAMES, blocks=blocks).attrs["points"] == 512
    constant = sensitivity(points, np.ones(len(points)), parameters=NAMES, blocks=blocks)
    assert (constant["index"] == 0).all() and float(constant["noise"]) == 0


def test_without_resamples_there_is_the_index_alone(sample):
    points, blocks, output = sample
    fast = sensitivity(points, output > 0.5, parameters=NAMES, blocks=blocks, resamples=0)
    full = sensitivity(points, output > 0.5, parameters=NAMES, blocks=blocks, resamples=5)
    assert fast["index"].equals(full["index"])
    assert np.isnan(fast["lower"]).all() and np.isnan(fast["noise"])


def test_keep_screens_and_the_same_seed_gives_the_same_numbers(sample):
    points, blocks, output = sample
    first = sensitivity(points, output > 0.5, parameters=NAMES, blocks=blocks, keep=2, seed=3)
    assert list(first.parameter.values) == ["strong", "against"]
    assert first.identical(sensitivity(points, output > 0.5, parameters=NAMES, blocks=blocks, keep=2, seed=3))


def test_a_continuous_output(sample):
    points, blocks, output = sample
    found = sensitivity(points, output, parameters=NAMES, blocks=blocks, resamples=3)
    assert list(found.parameter.values[:2]) == ["strong", "against"]
    assert (found["upper"] > found["index"]).all()


def test_the_index_settles_with_the_sample(sample):
    points, blocks, output = sample
    table = convergence(points, output > 0.5, parameters=NAMES, blocks=blocks)
    assert list(table.points.values) == [128, 256, 512, 1024]
    steps = np.abs(np.diff(table.sel(parameter="strong").values))
    assert steps[-1] < 0.03
    # Noise falls with the sample.
    assert table.sel(parameter="idle").values[-1] < table.sel(parameter="idle").values[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"method": "sobol"}, "method: expected one of pawn"),
        ({"parameters": NAMES[:3]}, r"samples: expected \[N, 3\]"),
        ({"outputs": np.ones(7)}, r"outputs: expected \[1024\]"),
        ({"blocks": np.ones(3)}, r"blocks: expected \[1024\]"),
        ({"samples": np.full((1024, 5), np.nan)}, "samples: expected finite"),
        ({"outputs": np.full(1024, np.nan)}, "at least 20 defined points, got 0"),
    ],
)
def test_mistakes_are_named(sample, change, message):
    points, blocks, output = sample
    arguments = {"samples": points, "outputs": output, "parameters": NAMES, "blocks": blocks} | change
    with pytest.raises(InvalidArgument, match=message):
        sensitivity(**arguments)
