"""Exact phase diagrams of signalling games, in Python: breakpoints, boundaries, conditions, pictures, errors."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from matplotlib.figure import Figure

import schelling as sg


def beer_quiche(p, breakfast=1, peace=2):
    return sg.SignalingGame(
        [p, 1 - p],
        [[[breakfast, breakfast + peace], [0, peace]], [[0, peace], [breakfast, breakfast + peace]]],
        [[[0, 1], [0, 1]], [[1, 0], [1, 0]]],
        types=["strong", "weak"],
        messages=["beer", "quiche"],
        actions=["duel", "peace"],
    )


def named(supports):
    return {(tuple(s.senders.items()), tuple(s.replies.items())) for s in supports}


@pytest.fixture(scope="module")
def line():
    return sg.phase_diagram(sg.SignalingFamily.from_function(beer_quiche, p=(0, 1)), exact=True)


@pytest.fixture(scope="module")
def plane():
    family = sg.SignalingFamily.from_function(
        lambda p, b: beer_quiche(p, breakfast=b), p=(0, 1), b=("1/4", 4)
    )
    return sg.phase_diagram(family, exact=True)


def test_beer_and_quiche_changes_at_one_half_and_nowhere_else(line):
    assert line.complete and line.status == "solved"
    (breakpoint,) = line.breakpoints
    assert float(breakpoint) == 0.5
    below, above = line.intervals
    assert [s.kind for s in below.supports] == ["semi_separating"]
    assert {s.kind for s in above.supports} == {"pooling"} and len(above.supports) == 2
    assert len(breakpoint.supports) == 4
    (mixing,) = below.supports
    assert line.conditions(mixing).text == "p < 1/2"
    assert "frac{1}{2}" in line.conditions(mixing).latex
    assert line.at("1/3") == below.supports and line.at(Fraction(2, 3)) == above.supports
    assert len(line.to_dataframe()) == len(line.supports)


def test_a_quadratic_boundary_is_named_by_its_root():
    # The weak are indifferent at a price that is quadratic in p: a reply that mixes pays p, a prior that is p as well.
    def game(p):
        return sg.SignalingGame(
            [p, 1 - p],
            [[[2 * p, 2], [1, 1]], [[0, 1], [p, p]]],
            [[[p, 0], [0, 0]], [[0, 1], [0, 0]]],
        )

    diagram = sg.phase_diagram(sg.SignalingFamily.from_function(game, p=("1/10", "9/10")), exact=True)
    assert diagram.complete
    roots = [point.value for point in diagram.breakpoints]
    assert roots == sorted(roots, key=float)
    for interval in diagram.intervals:
        low, high = float(interval.lower), float(interval.upper)
        for share in ("1/7", "1/2", "6/7"):
            at = Fraction(low) + Fraction(share) * (Fraction(high) - Fraction(low))
            assert named(interval.supports) == named(diagram.at(at))


def test_a_plane_agrees_with_the_line_and_with_single_games(plane):
    assert plane.complete
    assert sum(plane.regions.values()) == pytest.approx(1, abs=1e-2)
    texts = {boundary.text for boundary in plane.boundaries}
    assert any("1/2" in t or "2 p" in t or "2*p" in t for t in texts), texts
    for p, b in (("1/3", 1), ("2/3", 1), ("1/3", 3), ("2/3", 3), ("1/2", 2)):
        at = plane.at(p=p, b=b)
        cut = sg.phase_diagram(
            sg.SignalingFamily.from_function(lambda x, b=b: beer_quiche(x, breakfast=Fraction(b)), x=(0, 1)),
            exact=True,
        )
        assert named(at) == named(cut.at(p))


def test_pictures_name_axes_and_regions(line, plane):
    for diagram in (line, plane):
        figure = diagram.plot()
        assert isinstance(figure, Figure)
        words = {t.get_text() for t in figure.findobj(lambda o: hasattr(o, "get_text")) if t.get_text()}
        assert any(w == "p" or w.startswith("p") for w in words)


def test_random_families_match_exact_solutions_at_random_points():
    rng = np.random.default_rng(5)
    for _ in range(25):
        tables = [np.array(rng.integers(-4, 5, (2, 2, 2, 2)).tolist(), dtype=object) for _ in range(2)]

        def game(x, tables=tables):
            sender, receiver = (tables[0] + (tables[1] - tables[0]) * x).tolist()
            return sg.SignalingGame(["2/5", "3/5"], sender, receiver)

        diagram = sg.phase_diagram(sg.SignalingFamily.from_function(game, x=(0, 1)), exact=True)
        assert diagram.complete
        for k in rng.integers(1, 997, 6).tolist():
            x = Fraction(k, 997)
            kinds = {p.kind for c in sg.solve_pbe(game(x)) for p in c.products}
            assert {s.kind for s in diagram.at(x)} >= kinds


def test_mistakes_are_named(line):
    with pytest.raises(sg.InvalidArgument, match="affine"):
        sg.SignalingFamily.from_function(lambda p: beer_quiche(p * p), p=(0, 1))
    with pytest.raises(sg.InvalidArgument, match="exact"):
        sg.phase_diagram(sg.SignalingFamily.from_function(beer_quiche, p=(0, 1)))
    with pytest.raises(sg.InvalidArgument, match="p: expected a value from 0 to 1"):
        line.at(2)
