"""Regions of the plane as inequalities between polynomials."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from .algebra import Polynomial
from .polygons import Polygon, crosses, cut, sign_inside
from .regions import Conditions, SignalingSupport, solve_line

if TYPE_CHECKING:
    from .plane import PhasePlane

Signs = tuple[int, ...]


def describe_region(diagram: PhasePlane, support: SignalingSupport) -> Conditions:
    """A shortest found union of intersections of inequalities for the region of a support.

    The boundaries of the region cut the plane into cells of constant signs; each cell of the region is widened by dropping
    inequalities as long as it covers no cell outside; widened cells that others cover are dropped. A region that the signs
    of its boundaries do not tell from its complement is described by its number of pieces.
    """
    relevant = _boundaries(diagram, support)
    if not relevant:
        return Conditions("always", r"\text{always}")
    polynomials = [diagram.boundaries[k].polynomial for k in relevant]
    inside: set[Signs] = set()
    outside: set[Signs] = set()
    for vertices, curve, side, supports in _cells(diagram, polynomials):
        known = [
            side if curve == k else sign_inside(p, vertices)
            for k, p in zip(relevant, polynomials, strict=True)
        ]
        # Where a curve may run through a piece without dividing it, the piece lies on both sides.
        signs = product(*((s,) if s else (-1, 1) for s in known))
        (inside if support in supports else outside).update(signs)
    if inside & outside:
        count = sum(support in piece.supports + piece.below for piece in diagram.pieces)
        return Conditions(f"in {count} pieces", rf"\text{{in {count} pieces}}")
    implicants: list[Signs] = []
    for cell in sorted(inside, reverse=True):
        if any(_covers(known, cell) for known in implicants):
            continue
        widened = cell
        for k in range(len(relevant)):
            wider = (*widened[:k], 0, *widened[k + 1 :])
            if not any(_covers(wider, other) for other in outside):
                widened = wider
        implicants = [i for i in implicants if not _covers(widened, i)] + [widened]
    texts: list[str] = []
    formulas: list[str] = []
    closed = [_is_closed(diagram, k, support) for k in relevant]
    for implicant in implicants:
        for latex, parts in ((False, texts), (True, formulas)):
            conditions = [
                p.relation(diagram.parameters, (">" if s > 0 else "<") + ("=" if shut else ""), latex=latex)
                for p, s, shut in zip(polynomials, implicant, closed, strict=True)
                if s
            ]
            parts.append((r" \;\land\; " if latex else " and ").join(conditions))
    if len(implicants) > 1:
        texts = [f"({t})" if " and " in t else t for t in texts]
        formulas = [f"({f})" if r"\land" in f else f for f in formulas]
    return Conditions(" or ".join(texts), r" \;\lor\; ".join(formulas))


def _covers(implicant: Signs, cell: Signs) -> bool:
    """Whether a cell satisfies the inequalities of an implicant, where 0 stands for none."""
    return all(w in (0, c) for w, c in zip(implicant, cell, strict=True))


def _boundaries(diagram: PhasePlane, support: SignalingSupport) -> list[int]:
    """The boundaries on one side of which the support exists, and on the other not."""
    found = set()
    for piece in diagram.pieces:
        if piece.curve is not None and (support in piece.supports) != (support in piece.below):
            found.add(piece.curve)
    for k, boundary in enumerate(diagram.boundaries):
        for begin, end in boundary.segments:
            middle = (begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2
            if len({support in supports for supports in _beside(diagram, boundary.polynomial, middle)}) > 1:
                found.add(k)
                break

    def simplest_first(k: int) -> tuple[int, bool, bool, int]:
        rows = diagram.boundaries[k].polynomial.coefficients
        in_first, in_second = len(rows) > 1, any(c for row in rows for c in row[1:])
        return diagram.boundaries[k].polynomial.degree, in_second, in_first, k

    return sorted(found, key=simplest_first)


def _beside(diagram: PhasePlane, line: Polynomial, point: tuple) -> list[tuple]:
    """The supports of the pieces on whose border the point lies, and which the line does not cross."""
    result = []
    for piece in diagram.pieces:
        if crosses(line, piece.vertices) or not _contains(piece.vertices, point):
            continue
        above = piece.curve is None or diagram.boundaries[piece.curve].polynomial(*point) > 0
        result.append(piece.supports if above else piece.below)
    return result


def _contains(vertices: Polygon, point: tuple) -> bool:
    x, y = point
    return all(
        (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) >= 0
        for a, b in zip(vertices, [*vertices[1:], vertices[0]], strict=True)
    )


def _cells(diagram: PhasePlane, polynomials: list[Polynomial]):
    """(polygon, number of its curve or None, side of it, supports), cut along those polynomials that are lines."""
    lines = [p for p in polynomials if p.degree == 1]
    for piece in diagram.pieces:
        parts = [piece.vertices]
        for line in lines:
            parts = [half for part in parts for half in (cut(part, line) if crosses(line, part) else (part,))]
        for part in parts:
            if piece.curve is None:
                yield part, None, 0, piece.supports
                continue
            known = sign_inside(diagram.boundaries[piece.curve].polynomial, part)
            for side, supports in ((1, piece.supports), (-1, piece.below)):
                if known in (0, side):
                    yield part, piece.curve, side, supports


def _is_closed(diagram: PhasePlane, boundary: int, support: SignalingSupport) -> bool:
    """Whether the support exists on a boundary too, at one point in the middle of it where it bounds the region."""
    first, second = diagram.parameters
    polynomial = diagram.boundaries[boundary].polynomial
    for begin, end in diagram.boundaries[boundary].segments:
        middle = (begin[0] * 5 + end[0] * 6) / 11, (begin[1] * 5 + end[1] * 6) / 11
        if len({support in s for s in _beside(diagram, polynomial, middle)}) > 1:
            return support in diagram.at(**{first: middle[0], second: middle[1]})
    for piece in diagram.pieces:
        if piece.curve != boundary or (support in piece.supports) == (support in piece.below):
            continue
        # A line across the piece in either direction meets the curve, if any does, at a breakpoint.
        (left, right), (bottom, top) = ((min(c), max(c)) for c in zip(*piece.vertices, strict=True))
        for k in range(1, 12):
            for name, fixed, low, high in (
                (first, left + (right - left) * k / 12, bottom, top),
                (second, bottom + (top - bottom) * k / 12, left, right),
            ):
                line = solve_line(diagram.family.fix(**{name: fixed}), certify=False)
                for point in line.breakpoints:
                    value = float(point)
                    at = (float(fixed), value) if name == first else (value, float(fixed))
                    if float(low) < value < float(high) and _is_near_zero(polynomial, at):
                        return support in point.supports
    return False


def _is_near_zero(polynomial: Polynomial, at: tuple[float, float]) -> bool:
    terms = [
        abs(c * at[0] ** i * at[1] ** j)
        for i, row in enumerate(polynomial.coefficients)
        for j, c in enumerate(row)
    ]
    return abs(polynomial(*at)) <= 1e-9 * sum(terms)
