"""Convex polygons with exact vertices."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from .algebra import Polynomial

Point = tuple[Fraction, Fraction]
Polygon = tuple[Point, ...]


def sign(value: Fraction | int) -> int:
    return (value > 0) - (value < 0)


def area(vertices: Sequence[Point]) -> Fraction:
    """Of a polygon in counterclockwise order."""
    pairs = zip(vertices, [*vertices[1:], vertices[0]], strict=True)
    return sum((a[0] * b[1] - b[0] * a[1] for a, b in pairs), Fraction(0)) / 2


def centre(vertices: Sequence[Point]) -> Point:
    """The mean of the vertices, which lies inside."""
    return sum((v[0] for v in vertices), Fraction(0)) / len(vertices), sum(
        (v[1] for v in vertices), Fraction(0)
    ) / len(vertices)


def crosses(line: Polynomial, vertices: Sequence[Point]) -> bool:
    """Whether a polynomial of degree one takes both signs."""
    signs = {sign(line(*v)) for v in vertices}
    return {-1, 1} <= signs


def cut(vertices: Polygon, line: Polynomial) -> tuple[Polygon, Polygon]:
    """The parts where a polynomial of degree one that crosses the polygon is positive, and negative."""
    values = [line(*v) for v in vertices]
    parts = []
    for side in (1, -1):
        part: list[Point] = []
        for i, (a, here) in enumerate(zip(vertices, values, strict=True)):
            b, there = vertices[(i + 1) % len(vertices)], values[(i + 1) % len(vertices)]
            if here * side >= 0:
                part.append(a)
            if here * there < 0:
                share = here / (here - there)
                part.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
        parts.append(tuple(part))
    return parts[0], parts[1]


def sign_inside(polynomial: Polynomial, vertices: Sequence[Point]) -> int:
    """The strict sign of a polynomial inside a polygon if it is known to have one, else 0: by the vertices if its degree is
    one, else by its Bernstein coefficients on the bounding box."""
    if polynomial.degree <= 1:
        signs = {sign(polynomial(*v)) for v in vertices} - {0}
        return signs.pop() if len(signs) == 1 else 0
    xs, ys = [v[0] for v in vertices], [v[1] for v in vertices]
    table = np.array([[Fraction(c) for c in row] for row in polynomial.coefficients], dtype=object)
    table = _bernstein(table, min(xs), max(xs))
    table = _bernstein(table.T, min(ys), max(ys))
    signs = {sign(c) for c in table.ravel()} - {0}
    return signs.pop() if len(signs) == 1 else 0


def _bernstein(table: np.ndarray, low: Fraction, high: Fraction) -> np.ndarray:
    """Bernstein coefficients along the first axis from those of powers."""
    c = table.copy()
    n = len(c) - 1
    for k in range(n):
        for i in range(n - 1, k - 1, -1):
            c[i] = c[i] + low * c[i + 1]
    binomial, power = 1, Fraction(1)
    for i in range(n + 1):
        c[i] = c[i] * (power / binomial)
        binomial = binomial * (n - i) // (i + 1) if i < n else 1
        power *= high - low
    for k in range(1, n + 1):
        for i in range(n, k - 1, -1):
            c[i] = c[i] + c[i - 1]
    return c


def share_above(vertices: Sequence[Point], polynomial: Polynomial, steps: int = 60) -> float:
    """About which share of a polygon has a positive value, by a grid."""
    corners = np.array([[float(x), float(y)] for x, y in vertices])
    (left, bottom), (right, top) = corners.min(axis=0), corners.max(axis=0)
    offsets = (np.arange(steps) + 0.5) / steps
    x, y = np.meshgrid(left + (right - left) * offsets, bottom + (top - bottom) * offsets)
    inside = np.ones_like(x, dtype=bool)
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        inside &= (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) >= 0
    if not inside.any():
        return float(polynomial(*map(float, centre(vertices))) > 0)
    return float((polynomial(x[inside], y[inside]) > 0).mean())
