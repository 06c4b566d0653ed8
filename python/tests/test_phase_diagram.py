"""Phase diagrams: exact regions, fewer points than the full grid, any model."""

from __future__ import annotations

import numpy as np
import pytest
from toy_model import Toy

from schelling import InvalidArgument
from schelling.analysis.phase_diagram import Axis, phase_diagram, refine_plane
from schelling.report.figures import inline_svg, plot_phase_diagram

# Bilinear interpolation inside a cell whose corners differ by at most the tolerance.
INTERPOLATION = 2e-3
X = Axis("cost", 0.0, 1.0, "stake", baseline=0.5, meaning="what it costs")
Y = Axis("resolve", 0.01, 1.0, "1", scale="log", baseline=0.1)


def disc(x, y):
    """Three equilibria inside a disc, one outside; the highest differs inside only."""
    inside = (x - 0.5) ** 2 + (y - 0.4) ** 2 < 0.06
    low = x * y
    return np.where(inside, 3, 1), low, np.where(inside, low + 0.3, low)


def test_regions_and_values_are_those_of_the_full_grid_at_a_fraction_of_the_points():
    asked = []

    def counted(x, y):
        asked.append(len(x))
        return disc(x, y)

    plane = refine_plane(counted, X, Y, outcome="attack", unit="probability", resolution=16, depth=3)
    x, y = np.meshgrid(plane["x"].values, plane["y"].values)
    count, low, high = disc(x.ravel(), y.ravel())
    assert (plane["equilibria"].values.ravel() == count).all()
    assert plane["low"].values.ravel() == pytest.approx(low, abs=INTERPOLATION)
    assert plane["high"].values.ravel() == pytest.approx(high, abs=INTERPOLATION)
    assert sum(asked) == int(plane["solved"].sum()) < 0.3 * plane["solved"].size
    assert plane.attrs["baseline_x"] == 0.5


def test_more_depth_brings_the_boundary_closer():
    edge = {}
    for depth in (0, 3):
        plane = refine_plane(disc, X, Y, outcome="attack", resolution=16, depth=depth)
        row = plane["equilibria"].sel(y=0.4, method="nearest")
        edge[depth] = float(row["x"][row == 3].min())
    exact = 0.5 - np.sqrt(0.06)
    assert abs(edge[3] - exact) < 0.01 < abs(edge[0] - exact)


def test_points_without_an_answer_stay_undefined():
    def broken(x, y):
        count = np.where(x > 0.5, 0, 1)
        return count, np.where(count, y, np.nan), np.where(count, y, np.nan)

    plane = refine_plane(broken, X, Y, outcome="attack", resolution=8, depth=2)
    right = plane["low"].sel(x=slice(0.51, None))
    assert np.isnan(right).all() and np.isfinite(plane["low"].sel(x=slice(None, 0.49))).all()


def test_any_model():
    plane = phase_diagram(
        Toy(),
        x=Axis("strength", 0.1, 1.0),
        y=Axis("count", 1.0, 3.9),
        outcome="attack",
        resolution=8,
        depth=2,
    )
    counts = plane["equilibria"].values
    assert set(np.unique(counts)) == {1, 2, 3}
    assert (counts == np.floor(plane["y"].values)[:, None]).all()
    assert plane["high"].values == pytest.approx(plane["x"].values[None, :] * counts / 10)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": Axis("strenght", 0, 1)}, "parameter: found 'strenght', expected one of strength"),
        ({"outcome": "peace"}, "outcome: found 'peace', expected one of attack"),
        ({"fixed": {"price": 1.0}}, "parameter: found 'price'"),
        ({"resolution": 0}, "resolution >= 1"),
    ],
)
def test_mistakes_are_named(change, message):
    arguments = {"x": Axis("strength", 0.1, 1), "y": Axis("count", 1, 3), "outcome": "attack"} | change
    with pytest.raises(InvalidArgument, match=message):
        phase_diagram(Toy(), **arguments)


@pytest.mark.parametrize(
    ("low", "high", "scale"), [(1, 0, "linear"), (0, np.inf, "linear"), (0, 1, "log"), (1, 2, "cubic")]
)
def test_an_axis_must_be_an_interval_on_its_scale(low, high, scale):
    with pytest.raises(InvalidArgument, match="axis cost"):
        Axis("cost", low, high, scale=scale)


def test_the_drawing_names_axes_units_regions_and_keeps_its_ids_to_itself():
    plane = refine_plane(disc, X, Y, outcome="attack", unit="probability", resolution=8, depth=2)
    svg = inline_svg(plot_phase_diagram(plane), "phase-7", "Attack <&> more")
    for text in (
        "cost (stake)",
        "what it costs",
        "resolve (no unit)",
        "attack (probability)",
        "1 equilibrium",
        "3 equilibria",
        "lowest equilibrium; figures: how many",
    ):
        assert f">{text}<" in svg
    assert 'aria-label="Attack &lt;&amp;&gt; more"' in svg
    ids = [part.split('"')[0] for part in svg.split(' id="')[1:]]
    assert ids and all(i.startswith("phase-7-") for i in ids)
    assert '<style type="text/css">*{' not in svg
