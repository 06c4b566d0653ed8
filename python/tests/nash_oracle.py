"""All extreme Nash equilibria of a small bimatrix game by the vertices of the best-reply polytopes, in fractions.

A pair of vertices is an equilibrium if every pure strategy is unplayed or a best reply (von Stengel 2002, Handbook of Game
Theory 3, ch. 45); equilibria that share a vertex are connected (Avis, Rosenberg, Savani and von Stengel 2010). Every set of
constraints is tried, so that nothing is shared with the library's solvers.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np


def _solution(rows: list[list[Fraction]], right: list[Fraction]) -> list[Fraction] | None:
    """The one solution of a square system, None if there is not exactly one (Gauss)."""
    size = len(rows)
    table = [[*row, value] for row, value in zip(rows, right, strict=True)]
    for k in range(size):
        pivot = next((i for i in range(k, size) if table[i][k] != 0), None)
        if pivot is None:
            return None
        table[k], table[pivot] = table[pivot], table[k]
        scale = table[k][k]
        table[k] = [x / scale for x in table[k]]
        for i in range(size):
            if i != k and table[i][k] != 0:
                factor = table[i][k]
                table[i] = [x - factor * y for x, y in zip(table[i], table[k], strict=True)]
    return [row[-1] for row in table]


def _vertices(payoffs: list[list[Fraction]]) -> dict[tuple[Fraction, ...], frozenset[int]]:
    """Vertices of {x >= 0, payoffs x <= 1} other than 0, each with the constraints that hold with equality: k for x_k = 0,
    n + j for row j."""
    n = len(payoffs[0])
    rows = [[Fraction(int(i == k)) for i in range(n)] for k in range(n)] + payoffs
    right = [Fraction(0)] * n + [Fraction(1)] * len(payoffs)
    found: dict[tuple[Fraction, ...], frozenset[int]] = {}
    for tight in combinations(range(len(rows)), n):
        x = _solution([rows[k] for k in tight], [right[k] for k in tight])
        if x is None or tuple(x) in found or min(x) < 0 or not any(x):
            continue
        values = [sum(a * b for a, b in zip(row, x, strict=True)) for row in payoffs]
        if max(values) <= 1:
            found[tuple(x)] = frozenset(
                [k for k in range(n) if x[k] == 0] + [n + j for j, v in enumerate(values) if v == 1]
            )
    return found


def extreme_equilibria(a: np.ndarray, b: np.ndarray) -> tuple[list[tuple], int]:
    """Pairs of mixed strategies, and how many connected components they form. Payoffs are arrays of fractions."""
    m, n = a.shape
    first = _vertices([[Fraction(b[i, j]) - b.min() + 1 for i in range(m)] for j in range(n)])
    second = _vertices([[Fraction(a[i, j]) - a.min() + 1 for j in range(n)] for i in range(m)])
    pairs = [
        (x, y)
        for x, at_x in first.items()
        for y, at_y in second.items()
        if all(i in at_x or n + i in at_y for i in range(m))
        and all(m + j in at_x or j in at_y for j in range(n))
    ]
    group = {vertex: {vertex} for pair in pairs for vertex in ((0, pair[0]), (1, pair[1]))}
    for x, y in pairs:
        joined = group[0, x] | group[1, y]
        for vertex in joined:
            group[vertex] = joined
    normal = [(tuple(p / sum(x) for p in x), tuple(q / sum(y) for q in y)) for x, y in pairs]
    return normal, len({id(members) for members in group.values()})
