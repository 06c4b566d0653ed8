"""Exact phase diagrams: breakpoints by hand, supports that exist at single points, mistakes."""

from __future__ import annotations

import doctest
from fractions import Fraction

import numpy as np
import pytest
from matplotlib.text import Text

import schelling as sg
from schelling.analysis import phase_diagram as module
from schelling.signaling import family as family_module
from schelling.signaling.conditions import _contains

TYPES, MESSAGES, ACTIONS = ["strong", "weak"], ["beer", "quiche"], ["duel", "not"]


def beer_quiche(p="9/10", b=1, d=2):
    """Beer and quiche (Cho and Kreps 1987): b for the breakfast one likes, d for being spared."""
    p = Fraction(p)
    return sg.SignalingGame(
        [p, 1 - p],
        [[[b, b + d], [0, d]], [[0, d], [b, b + d]]],
        [[[0, 1], [0, 1]], [[1, 0], [1, 0]]],
        TYPES,
        MESSAGES,
        ACTIONS,
    )


def diagram(make, **ranges):
    result = sg.phase_diagram(sg.SignalingFamily.from_function(make, **ranges), exact=True)
    assert result.complete and result.status == "solved"
    return result


def where(result):
    return {str(support): result.conditions(support).text for support in result.supports}


@pytest.mark.parametrize("documented", [module, family_module])
def test_the_examples_of_the_documentation(documented):
    for test in doctest.DocTestFinder().find(documented):
        assert doctest.DocTestRunner().run(test).failed == 0


def test_beer_quiche_along_the_prior():
    result = diagram(lambda p: beer_quiche(p), p=(0, 1))
    assert [(b.value.exact, len(b.supports)) for b in result.breakpoints] == [(Fraction(1, 2), 4)]
    assert where(result) == {
        "semi-separating (strong, weak: beer; weak: quiche | beer: duel or not; quiche: duel)": "p < 1/2",
        "pooling (strong, weak: beer | beer: not)": "p >= 1/2",
        "pooling (strong, weak: quiche | quiche: not)": "p >= 1/2",
        "pooling (strong, weak: beer | beer: duel or not)": "p = 1/2",
        "pooling (strong, weak: quiche | quiche: duel or not)": "p = 1/2",
    }
    assert {s.kind for s in result.at("9/10")} == {"pooling"}
    with pytest.raises(sg.InvalidArgument, match="where all priors are positive"):
        result.at(1)


def test_beer_quiche_along_the_taste_for_breakfast():
    """By hand, for p > 1/2: whoever gives up breakfast b gains at most d, so pooling needs b <= d and separating b >= d.
    At b = d the weak type may also mix: after beer the strong ones are still more than half."""
    result = diagram(lambda b: beer_quiche(b=b), b=("1/2", 4))
    assert [b.value.exact for b in result.breakpoints] == [2]
    assert where(result) == {
        "pooling (strong, weak: beer | beer: not)": "b <= 2",
        "pooling (strong, weak: quiche | quiche: not)": "b <= 2",
        "separating (strong: beer; weak: quiche | beer: not; quiche: duel)": "b >= 2",
        "semi-separating (strong, weak: beer; weak: quiche | beer: not; quiche: duel)": "b = 2",
    }


def test_two_straight_boundaries():
    """Pooling needs p >= 1/2 and b <= d; the semi-separating equilibrium, in which a duel after beer has the probability
    1 - b / d, needs p < 1/2 and b < d; separating needs b >= d."""
    result = diagram(lambda p, b: beer_quiche(p, b=b), p=(0, 1), b=("1/4", 4))
    assert where(result) == {
        "pooling (strong, weak: beer | beer: not)": "p >= 1/2 and b <= 2",
        "pooling (strong, weak: quiche | quiche: not)": "p >= 1/2 and b <= 2",
        "separating (strong: beer; weak: quiche | beer: not; quiche: duel)": "b >= 2",
        "semi-separating (strong, weak: beer; weak: quiche | beer: duel or not; quiche: duel)": "p < 1/2 and b < 2",
    }
    assert {b.text for b in result.boundaries} == {"p = 1/2", "b = 2"}
    total = Fraction(1) * Fraction(15, 4)
    shares = {len(supports): share for supports, share in result.regions.items()}
    assert shares[2] == pytest.approx(float(Fraction(1, 2) * Fraction(7, 4) / total))
    assert sum(result.regions.values()) == pytest.approx(1)
    for piece in result.pieces:
        assert all(isinstance(c, Fraction) for vertex in piece.vertices for c in vertex)
    # On both boundaries at once everything meets.
    assert len(result.at(p="1/2", b=2)) > len(result.at(p="2/3", b=1)) == 2
    with pytest.raises(sg.InvalidArgument, match="p: expected a value from 0 to 1"):
        result.at(p=2, b=1)


def test_a_boundary_in_both_parameters():
    result = diagram(lambda b, d: beer_quiche(b=b, d=d), b=("1/2", 4), d=(1, 3))
    assert where(result)["pooling (strong, weak: beer | beer: not)"] == "b <= d"
    assert where(result)["separating (strong: beer; weak: quiche | beer: not; quiche: duel)"] == "b >= d"


def curved(p, r):
    """A duel with the weak is worth r: the receiver spares a pool if p >= (1 - p) r."""
    game = beer_quiche(p)
    receiver = game.exact.receiver.copy()
    receiver[1, :, 0] = r
    return sg.SignalingGame(game.exact.prior, game.exact.sender, receiver, TYPES, MESSAGES, ACTIONS)


def test_a_curved_boundary():
    result = diagram(curved, p=(0, 1), r=("1/4", 4))
    (boundary,) = result.boundaries
    assert boundary.text == "p*r + p = r" and boundary.latex == "p r + p = r"
    assert boundary.polynomial.coefficients == ((0, -1), (1, 1))
    assert where(result) == {
        "pooling (strong, weak: beer | beer: not)": "p*r + p >= r",
        "pooling (strong, weak: quiche | quiche: not)": "p*r + p >= r",
        "semi-separating (strong, weak: beer; weak: quiche | beer: duel or not; quiche: duel)": "p*r + p < r",
    }


@pytest.mark.parametrize("make", [lambda p, b: beer_quiche(p, b=b), lambda p, b: curved(p, b)])
def test_planes_agree_with_their_lines(make):
    plane = diagram(make, p=(0, 1), b=("1/4", 4))
    for k in range(1, 8):
        line = sg.phase_diagram(plane.family, fixed={"p": Fraction(k, 8) + Fraction(1, 100)}, exact=True)
        for interval in line.intervals:
            point = (Fraction(k, 8) + Fraction(1, 100), interval.sample)
            for piece in plane.pieces:
                if _contains(piece.vertices, point):
                    above = piece.curve is None or plane.boundaries[piece.curve].polynomial(*point) > 0
                    assert set(piece.supports if above else piece.below) == set(interval.supports)


def indifferent(x, gain, cost, outside):
    """Both types mix between m0, answered a0 or a1 by turns, and m1. Type 0 is indifferent where a0 has the probability
    outside[0] / gain[0], type 1 where it has outside[1] / gain[1]."""
    return sg.SignalingGame(
        ["1/2", "1/2"],
        [[[gain[0], 0], [outside[0], cost]], [[gain[1], 0], [outside[1], cost]]],
        [[[1, 0], [1, 0]], [[0, 1], [1, 0]]],
    )


def both_mix(result):
    return [
        s
        for s in result.supports
        if all(len(types) == 2 for types in s.senders.values()) and len(s.senders) == 2
    ]


def test_a_support_at_one_irrational_point():
    """1 / x = x / 2 at the square root of 2 alone."""
    result = diagram(lambda x: indifferent(x, (x, 2), -5, (1, x)), x=(1, 2))
    (support,) = both_mix(result)
    assert result.conditions(support) == sg.signaling.regions.Conditions("x = sqrt(2)", r"x = \sqrt{2}")
    (point,) = [b for b in result.breakpoints if b.value.exact is None]
    assert support in point.supports
    assert float(point) == pytest.approx(2**0.5, abs=1e-15)
    assert point.value.polynomial.coefficients == ((-2,), (0,), (1,))
    below, above = (i for i in result.intervals if point.value in (i.lower, i.upper))
    assert support not in below.supports + above.supports


def test_a_support_where_two_curves_touch():
    """1 / (2 x) and (2 - x) / 2 touch at 1: the polynomial has a double root and changes no sign."""
    result = diagram(lambda x: indifferent(x, (x, -2), -5, (Fraction(1, 2), x - 2)), x=("3/4", "3/2"))
    (support,) = both_mix(result)
    assert result.conditions(support).text == "x = 1"


def test_a_support_at_one_rational_point():
    result = diagram(lambda p: beer_quiche(p), p=("1/4", "3/4"))
    assert where(result)["pooling (strong, weak: beer | beer: duel or not)"] == "p = 1/2"


def test_a_parameter_that_changes_nothing():
    result = diagram(
        lambda x: sg.SignalingGame(["1/2", "1/2"], [[[x, x]], [[x, x]]], [[[1, 0]], [[1, 0]]]), x=(-1, 1)
    )
    assert not result.breakpoints
    assert list(where(result).values()) == ["always"]


def test_everything_ties_at_one_point():
    """All payoffs of sender and receiver vanish at 0: every support exists there."""

    def make(x):
        payoffs = [[[x * k for k in row] for row in rows] for rows in ([[1, 3], [0, 2]], [[0, 2], [1, 3]])]
        return sg.SignalingGame(["1/3", "2/3"], payoffs, [[[0, x], [0, x]], [[x, 0], [x, 0]]])

    result = diagram(make, x=(-1, 1))
    (point,) = result.breakpoints
    # Each type sends one of three sets of messages; each message that is sent is answered in three ways.
    assert len(point.supports) == 2 * 3 + 7 * 9
    assert len(result.intervals[0].supports) < 9


def test_fixing_and_restricting():
    family = sg.SignalingFamily.from_function(lambda b, d: beer_quiche(b=b, d=d), b=("1/2", 4), d=(1, 3))
    assert family.parameters == ["b", "d"]
    assert family.at(b=1, d=2) == beer_quiche()
    line = sg.phase_diagram(family, fixed={"d": "5/2"}, exact=True)
    assert [b.value.exact for b in line.breakpoints] == [Fraction(5, 2)]
    assert not sg.phase_diagram(family.fix(d=3).restrict(b=(1, 2)), exact=True).breakpoints


def test_a_family_from_tables_is_the_family_from_a_function():
    slope = {"prior": [1, -1]}
    family = sg.SignalingFamily(beer_quiche("1/2"), {"p": slope}, {"p": (0, 1)}, prior=[0, 1])
    assert family.at(p="9/10") == beer_quiche()
    assert where(sg.phase_diagram(family, exact=True)) == where(diagram(lambda p: beer_quiche(p), p=(0, 1)))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda x: beer_quiche(b=x * x), r"sender\[0, 0, 0\]: expected a number affine in x, .* found"),
        (lambda x: beer_quiche(b=abs(x - 1)), "affine"),
        (lambda x: beer_quiche(p=1 / (1 + x)), "prior"),
        (lambda x: beer_quiche(b=float(x)), "exact numbers"),
    ],
)
def test_what_is_not_affine_or_exact_is_refused(make, message):
    with pytest.raises(sg.InvalidArgument, match=message):
        sg.SignalingFamily.from_function(make, x=("1/2", 2))


def test_a_product_of_the_parameters_is_not_affine():
    with pytest.raises(sg.InvalidArgument, match="affine in b and d"):
        sg.SignalingFamily.from_function(lambda b, d: beer_quiche(b=b * d), b=(0, 1), d=(0, 1))


def test_mistakes_are_named():
    family = sg.SignalingFamily.from_function(lambda p: beer_quiche(p), p=(0, 1))
    with pytest.raises(sg.InvalidArgument, match="exact: expected True"):
        sg.phase_diagram(family)
    with pytest.raises(sg.InvalidArgument, match="exact: expected True"):
        sg.phase_diagram(beer_quiche(), exact=True)
    with pytest.raises(sg.InvalidArgument, match="positive priors of all types"):
        sg.phase_diagram(family.restrict(p=(0, 2)), exact=True)
    with pytest.raises(sg.InvalidArgument, match="lower < upper"):
        family.restrict(p=(1, 0))
    with pytest.raises(sg.InvalidArgument, match="parameter: expected one of"):
        family.fix(q=1)
    with pytest.raises(sg.InvalidGame, match="sum"):
        sg.SignalingFamily(beer_quiche(), {"p": {"prior": [1, 1]}}, {"p": (0, 1)})
    with pytest.raises(sg.InvalidArgument, match="slopes of p"):
        sg.SignalingFamily(beer_quiche(), {"p": {"priors": [1, -1]}}, {"p": (0, 1)})


def test_a_large_family_is_refused_with_its_estimate():
    zeros = [[[0] * 4 for _ in range(4)] for _ in range(4)]
    family = sg.SignalingFamily.from_function(
        lambda x: sg.SignalingGame(["1/4"] * 4, [[[x, *row[1:]] for row in t] for t in zeros], zeros),
        x=(0, 1),
    )
    with pytest.raises(sg.InvalidOptions, match="work_limit: expected at least the estimate"):
        sg.phase_diagram(family, exact=True)


def test_a_time_limit_is_honest():
    family = sg.SignalingFamily.from_function(lambda p: beer_quiche(p), p=(0, 1))
    result = sg.phase_diagram(family, exact=True, time_limit=0)
    assert result.status == "time_limit" and not result.complete


def test_table_and_picture():
    result = diagram(lambda p: beer_quiche(p), p=(0, 1))
    frame = result.to_dataframe()
    assert list(frame.columns) == ["kind", "senders", "replies", "where"] and len(frame) == 5
    texts = [t.get_text() for t in result.plot(title="Beer and quiche").findobj(Text)]
    assert "Beer and quiche" in texts and "p" in texts
    assert {str(s) for s in result.supports} <= set(texts)


def test_a_picture_of_the_plane():
    result = diagram(curved, p=(0, 1), r=("1/4", 4))
    figure = result.plot(title="Beer and quiche")
    texts = [t.get_text() for t in figure.findobj(Text)]
    assert {"p", "r", "Beer and quiche", "$p r + p = r$"} <= set(texts)
    for kind in ("semi-separating", "pooling on beer"):
        assert any(kind in text for text in texts)


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
            assert {s.kind for s in diagram.at(x)} == kinds
