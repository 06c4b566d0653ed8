"""Refinements of signalling outcomes by their definitions, without linear programs and without floats.

Shares nothing with the library. Mixed replies and beliefs are infinite sets, but the definitions look
only at signs: which actions are best against a belief, which types a reply pays more than, as much as, or
less than the equilibrium. The hyperplanes where a sign changes cut a simplex into relatively open cells.
Each cell of dimension d contains the sum of some d + 1 vertices of the arrangement, so that the sums of
at most n vertices in an n-simplex visit every cell. All vectors are integers, up to a positive factor.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import chain, combinations, product
from math import gcd, lcm


def integers(row):
    """The row times a positive number that makes it integer."""
    scale = lcm(*(Fraction(x).denominator for x in row))
    values = [int(Fraction(x) * scale) for x in row]
    divisor = gcd(*values) or 1
    return tuple(v // divisor for v in values)


def sign(x):
    return (x > 0) - (x < 0)


def null_vector(rows, n):
    """The solution of rows . x = 0 in n unknowns if it is unique up to a factor, else None."""
    rows, pivots = [list(map(Fraction, r)) for r in rows], []
    for column in range(n):
        at = len(pivots)
        chosen = next((i for i in range(at, len(rows)) if rows[i][column] != 0), None)
        if chosen is None:
            continue
        rows[at], rows[chosen] = rows[chosen], rows[at]
        rows[at] = [x / rows[at][column] for x in rows[at]]
        for i in range(len(rows)):
            if i != at and rows[i][column] != 0:
                rows[i] = [x - rows[i][column] * y for x, y in zip(rows[i], rows[at], strict=True)]
        pivots.append(column)
    if len(pivots) != n - 1:
        return None
    free = next(c for c in range(n) if c not in pivots)
    x = [Fraction(0)] * n
    x[free] = Fraction(1)
    for row, column in zip(rows, pivots, strict=False):
        x[column] = -row[free]
    return integers(x)


@lru_cache(maxsize=4096)
def points_of_all_cells(forms, n):
    """Points of the n-simplex, at least one in every cell between its faces and the zero sets of the forms."""
    walls = [*forms, *(tuple(int(i == j) for j in range(n)) for i in range(n))]
    vertices = set()
    for chosen in combinations(walls, n - 1):
        x = null_vector(chosen, n)
        if x is not None and (min(x) >= 0 or max(x) <= 0):
            vertices.add(tuple(map(abs, x)))
    sums = chain.from_iterable(combinations(sorted(vertices), k) for k in range(1, n + 1))
    return [tuple(map(sum, zip(*some, strict=True))) for some in sums]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True))


@lru_cache(maxsize=4096)
def best_reply_sets(payoffs):
    """The sets of actions that are exactly the best replies for some weights on columns of payoffs[a][k]."""
    n = len(payoffs[0])
    ties = tuple(integers([x - y for x, y in zip(p, q, strict=True)]) for p, q in combinations(payoffs, 2))
    found = set()
    for weights in points_of_all_cells(ties, n):
        values = [dot(p, weights) for p in payoffs]
        found.add(frozenset(a for a, v in enumerate(values) if v == max(values)))
    return found


@lru_cache(maxsize=4096)
def sign_patterns(gains):
    """The signs of gains[t] . y over all y in the simplex."""
    n = len(gains[0])
    return {tuple(sign(dot(g, y)) for g in gains) for y in points_of_all_cells(gains, n)}


def nonempty(items):
    items = sorted(items)
    return [frozenset(s) for k in range(1, len(items) + 1) for s in combinations(items, k)]


class Outcome:
    """An equilibrium outcome: prior, payoffs sender[t][m][a] and receiver[t][m][a], probabilities[t][m][a]."""

    def __init__(self, prior, sender, receiver, probabilities):
        self.prior, self.sender, self.receiver = prior, sender, receiver
        self.T, self.M, self.A = len(prior), len(sender[0]), len(sender[0][0])
        self.types = frozenset(range(self.T))
        self.play = probabilities
        self.v = [
            sum(probabilities[t][m][a] * sender[t][m][a] for m in range(self.M) for a in range(self.A))
            / prior[t]
            for t in range(self.T)
        ]
        self.unsent = [
            m
            for m in range(self.M)
            if not any(probabilities[t][m][a] for t in range(self.T) for a in range(self.A))
        ]

    # Belief sets are hulls of the prior restricted to groups of types.

    def replies(self, m, groups):
        """The sign patterns of U_t(m, y) - v_t over the mixed best replies y to the hull of the groups."""
        return set().union(*(self.patterns(m, actions) for actions in self.best(m, groups)))

    def best(self, m, groups):
        found = set()
        # Every point of a hull lies in the hull of as many of its points as there are types (Caratheodory).
        for some in combinations(sorted(groups, key=sorted), min(self.T, len(groups))):
            payoffs = tuple(
                tuple(sum(self.prior[t] * self.receiver[t][m][a] for t in group) for group in some)
                for a in range(self.A)
            )
            found |= best_reply_sets(payoffs)
        return found

    def patterns(self, m, actions):
        return sign_patterns(
            tuple(
                integers([self.sender[t][m][a] - self.v[t] for a in sorted(actions)]) for t in range(self.T)
            )
        )

    def deters(self, m, groups):
        return any(max(p) <= 0 for p in self.replies(m, groups))

    def singles(self, types):
        return [frozenset([t]) for t in types]

    # The criteria, one unsent message at a time.

    def dominated(self, m, alive):
        patterns = self.replies(m, self.singles(alive))
        return {t for t in alive if all(p[t] < 0 for p in patterns)}

    def passes_intuitive(self, m, iterated=False):
        alive = self.types
        while True:
            gone = self.dominated(m, alive)
            if not gone or gone == alive:
                break
            alive -= gone
            if not iterated:
                break
        patterns = self.replies(m, self.singles(alive))
        return not any(all(p[t] > 0 for p in patterns) for t in alive)

    def passes_equilibrium_dominance(self, m):
        alive = self.types - self.dominated(m, self.types)
        return self.deters(m, self.singles(alive or self.types))

    def passes_exclusion(self, m, excluded, iterated=False):
        alive = self.types
        while True:
            patterns = self.replies(m, self.singles(alive))
            gone = {t for t in alive if excluded(t, patterns)}
            if not gone or gone == alive:
                break
            alive -= gone
            if not iterated or not self.deters(m, self.singles(alive)):
                break
        return self.deters(m, self.singles(alive))

    def d1(self, t, patterns):
        return any(all(p[q] > 0 for p in patterns if p[t] >= 0) for q in self.types - {t})

    def d2(self, t, patterns):
        return all(any(p[q] > 0 for q in self.types - {t}) for p in patterns if p[t] >= 0)

    def nwbr(self, t, patterns):
        return all(any(p[q] > 0 for q in self.types - {t}) for p in patterns if p[t] == 0)

    def credible(self, pattern):
        """The extreme points of the beliefs that a reply with this pattern makes credible."""
        gain = frozenset(t for t in self.types if pattern[t] > 0)
        maybe = [t for t in self.types if pattern[t] == 0]
        return [gain | more for more in [frozenset(), *nonempty(maybe)] if gain | more]

    def passes_divinity(self, m):
        groups = self.singles(self.types)
        while True:
            credible = {g for p in self.replies(m, groups) for g in self.credible(p)}
            if not credible:
                break
            before, after = self.replies(m, groups), self.replies(m, credible)
            groups = list(credible)
            if before == after:
                break
        return self.deters(m, groups)

    def perfect_sequential(self, m):
        """True, False, or None where a deviation confirms itself but another credible belief deters."""
        patterns = self.replies(m, self.singles(self.types))
        confirmed = [p for p in patterns if max(p) >= 0 and p in self.replies(m, self.credible(p))]
        if not any(max(p) > 0 for p in confirmed):
            return True
        return None if any(max(p) == 0 for p in confirmed) else False

    def verdict(self, criterion):
        """True, False or None (not applicable)."""
        tests = {
            "intuitive": lambda m: self.passes_intuitive(m),
            "intuitive_iterated": lambda m: self.passes_intuitive(m, iterated=True),
            "equilibrium_dominance": self.passes_equilibrium_dominance,
            "d1": lambda m: self.passes_exclusion(m, self.d1),
            "d2": lambda m: self.passes_exclusion(m, self.d2),
            "nwbr": lambda m: self.passes_exclusion(m, self.nwbr),
            "d1_iterated": lambda m: self.passes_exclusion(m, self.d1, iterated=True),
            "universal_divinity": lambda m: self.passes_exclusion(m, self.d2, iterated=True),
            "nwbr_iterated": lambda m: self.passes_exclusion(m, self.nwbr, iterated=True),
            "divinity": self.passes_divinity,
            "perfect_sequential": self.perfect_sequential,
        }
        answers = [tests[criterion](m) for m in self.unsent]
        return False if False in answers else None if None in answers else True

    def neologism_proof(self):
        for claim in nonempty(self.types):
            values = [sum(self.prior[t] * self.receiver[t][0][a] for t in claim) for a in range(self.A)]
            for a in range(self.A):
                if values[a] == max(values) and claim == {
                    t for t in self.types if self.sender[t][0][a] > self.v[t]
                }:
                    return False
        return True

    # Undefeated: pure equilibria by the definition.

    def is_best_for_some_belief(self, m, a):
        return any(a in actions for actions in self.best(m, self.singles(self.types)))

    def pure_equilibria(self):
        """(messages, payoffs) of all equilibria in pure strategies, replies off the path included."""
        found = set()
        for sent in product(range(self.M), repeat=self.T):
            for reply in product(range(self.A), repeat=self.M):
                pays = [self.sender[t][sent[t]][reply[sent[t]]] for t in range(self.T)]
                if any(self.sender[t][m][reply[m]] > pays[t] for t in range(self.T) for m in range(self.M)):
                    continue
                for m in range(self.M):
                    senders = [t for t in range(self.T) if sent[t] == m]
                    if senders:
                        values = [
                            sum(self.prior[t] * self.receiver[t][m][a] for t in senders)
                            for a in range(self.A)
                        ]
                        if values[reply[m]] < max(values):
                            break
                    elif not self.is_best_for_some_belief(m, reply[m]):
                        break
                else:
                    found.add((sent, tuple(pays)))
        return found

    def undefeated(self):
        """True, False, or None for outcomes that are not pure or that no pure reply off the path supports."""
        if any(p not in (0, self.prior[t]) for t in range(self.T) for row in self.play[t] for p in row):
            return None
        rivals = self.pure_equilibria()
        answers = []
        for m in self.unsent:
            deterrents = [
                a
                for a in range(self.A)
                if self.is_best_for_some_belief(m, a)
                and all(self.sender[t][m][a] <= self.v[t] for t in range(self.T))
            ]
            if not deterrents:
                return None
            answers.append(self.has_belief_for_all(m, deterrents, rivals))
        return all(answers)

    def has_belief_for_all(self, m, deterrents, rivals):
        asked = []
        for sent, pays in rivals:
            senders = [t for t in range(self.T) if sent[t] == m]
            if (
                senders
                and all(pays[t] >= self.v[t] for t in senders)
                and any(pays[t] > self.v[t] for t in senders)
            ):
                asked.append(({t for t in senders if pays[t] > self.v[t]}, set(senders)))

        def fits(belief):
            for better, senders in asked:
                if any(belief[t] for t in self.types - senders):
                    return False
                # belief[t] / prior[t] is the same for all who get more, and not larger for the others.
                for s, t in product(better, senders):
                    ratio = belief[t] * self.prior[s] - belief[s] * self.prior[t]
                    if ratio > 0 or (t in better and ratio != 0):
                        return False
            return True

        payoffs = [[self.receiver[t][m][a] for t in range(self.T)] for a in range(self.A)]
        walls = {integers([x - y for x, y in zip(p, q, strict=True)]) for p, q in combinations(payoffs, 2)}
        for s, t in combinations(range(self.T), 2):
            row = [Fraction(0)] * self.T
            row[t], row[s] = self.prior[s], -self.prior[t]
            walls.add(integers(row))
        for belief in points_of_all_cells(tuple(sorted(walls)), self.T):
            values = [dot(p, belief) for p in payoffs]
            if fits(belief) and any(values[a] == max(values) for a in deterrents):
                return True
        return False
