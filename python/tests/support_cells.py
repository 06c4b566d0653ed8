"""Naive enumeration of the supports of all equilibria of a signalling game, by the definition, with HiGHS.

Shares nothing with the library: every combination of the messages that each type sends and the actions that answer each
message is tested by two linear programs, one for the sender's strategy and one for the replies.
"""

from __future__ import annotations

from itertools import product

import highspy
import numpy as np

# The programs maximise the smallest probability of a support. With payoffs below 10 and three types it is far above.
POSITIVE = 1e-7


def subsets(n: int) -> list[tuple[int, ...]]:
    return [tuple(i for i in range(n) if mask >> i & 1) for mask in range(1, 1 << n)]


class Programs:
    """Maximise the last variable (at most 1) over nonnegative ones, subject to rows low <= a.x <= high."""

    def __init__(self) -> None:
        self.highs = highspy.Highs()
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("presolve", "off")
        self.count = 0

    def largest(self, rows: np.ndarray, low: np.ndarray, high: np.ndarray, free: int = 0) -> float:
        """`free` leading variables have no sign. Returns -1 where there is no solution."""
        self.count += 1
        n = rows.shape[1]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = n, rows.shape[0]
        lp.col_cost_ = np.r_[np.zeros(n - 1), 1.0]
        lower, upper = np.zeros(n), np.full(n, highspy.kHighsInf)
        lower[:free] = -highspy.kHighsInf
        upper[-1] = 1
        lp.col_lower_, lp.col_upper_ = lower, upper
        lp.row_lower_, lp.row_upper_ = low, high
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = n, rows.shape[0]
        lp.a_matrix_.start_ = np.arange(rows.shape[0] + 1) * n
        lp.a_matrix_.index_ = np.tile(np.arange(n), rows.shape[0])
        lp.a_matrix_.value_ = rows.ravel()
        self.highs.passModel(lp)
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return -1.0
        return self.highs.getInfo().objective_function_value


class Oracle:
    """The supports (messages of each type, actions after each message) of all equilibria of one game."""

    def __init__(self, prior: np.ndarray, sender: np.ndarray, receiver: np.ndarray) -> None:
        self.prior, self.sender, self.receiver = prior / prior.sum(), sender, receiver
        self.T, self.M, self.A = sender.shape
        self.programs = Programs()
        self.known_beliefs: dict = {}
        self.known_replies: dict = {}

    def has_belief(self, m: int, actions: tuple[int, ...], types: tuple[int, ...] | None) -> bool:
        """Whether all of `actions` are optimal after m at one belief; with support exactly `types`, if given."""
        key = m, actions, types
        if key not in self.known_beliefs:
            allowed = range(self.T) if types is None else types
            rows, low, high = (
                [np.r_[np.array([t in allowed for t in range(self.T)], dtype=float), 0.0]],
                [1.0],
                [1.0],
            )
            for a in range(self.A):
                if a == actions[0]:
                    continue
                gain = self.receiver[:, m, actions[0]] - self.receiver[:, m, a]
                rows.append(np.r_[gain * rows[0][:-1], 0.0])
                low.append(0.0)
                high.append(0.0 if a in actions else highspy.kHighsInf)
            for t in types or ():
                row = np.zeros(self.T + 1)
                row[t], row[-1] = 1.0, -1.0
                rows.append(row)
                low.append(0.0)
                high.append(highspy.kHighsInf)
            found = self.programs.largest(np.array(rows), np.array(low), np.array(high))
            self.known_beliefs[key] = found > POSITIVE if types else found >= 0
        return self.known_beliefs[key]

    def has_strategy(self, sent: tuple, replies: tuple) -> bool:
        """Whether strategies with support `sent` make the replies optimal after every message that is sent."""
        n = self.T * self.M + 1
        rows, low, high = [], [], []

        def add(row: np.ndarray, lo: float, hi: float) -> None:
            rows.append(row), low.append(lo), high.append(hi)

        for t in range(self.T):
            row = np.zeros(n)
            for m in range(self.M):
                if m in sent[t]:
                    row[t * self.M + m] = 1
                    positive = np.zeros(n)
                    positive[t * self.M + m], positive[-1] = 1, -1
                    add(positive, 0, highspy.kHighsInf)
                else:
                    zero = np.zeros(n)
                    zero[t * self.M + m] = 1
                    add(zero, 0, 0)
            add(row, self.prior[t], self.prior[t])
        for m in range(self.M):
            if not any(m in s for s in sent):
                continue
            for a in range(self.A):
                row = np.zeros(n)
                for t in range(self.T):
                    row[t * self.M + m] = self.receiver[t, m, replies[m][0]] - self.receiver[t, m, a]
                add(row, 0, 0 if a in replies[m] else highspy.kHighsInf)
        return self.programs.largest(np.array(rows), np.array(low), np.array(high)) > POSITIVE

    def has_replies(self, sent: tuple, replies: tuple) -> bool:
        """Whether replies with exactly these supports make every type want to send exactly such messages."""
        if (sent, replies) in self.known_replies:
            return self.known_replies[sent, replies]
        n = self.T + self.M * self.A + 1
        rows, low, high = [], [], []

        def add(row: np.ndarray, lo: float, hi: float) -> None:
            rows.append(row), low.append(lo), high.append(hi)

        for m in range(self.M):
            total = np.zeros(n)
            for a in range(self.A):
                row = np.zeros(n)
                row[self.T + m * self.A + a] = 1
                if a in replies[m]:
                    total += row
                    row[-1] = -1
                    add(row, 0, highspy.kHighsInf)
                else:
                    add(row, 0, 0)
            add(total, 1, 1)
            for t in range(self.T):
                row = np.zeros(n)
                row[t] = 1
                row[self.T + m * self.A : self.T + (m + 1) * self.A] = -self.sender[t, m]
                add(row, 0, 0 if m in sent[t] else highspy.kHighsInf)
        found = self.programs.largest(np.array(rows), np.array(low), np.array(high), free=self.T) > POSITIVE
        self.known_replies[sent, replies] = found
        return found

    def cells(self) -> set:
        found = set()
        for sent in product(subsets(self.M), repeat=self.T):
            senders = [tuple(t for t in range(self.T) if m in sent[t]) for m in range(self.M)]
            choices = [
                [b for b in subsets(self.A) if self.has_belief(m, b, senders[m] or None)]
                for m in range(self.M)
            ]
            for replies in product(*choices):
                if self.has_strategy(sent, replies) and self.has_replies(sent, replies):
                    found.add((sent, replies))
        return found


def cells_of(equilibria) -> set:
    """The supports of all points of the products that a solver returned."""
    found = set()
    for component in equilibria:
        for piece in component.products:
            senders = _supports(piece.sender_vertices)
            receivers = _supports(piece.receiver_vertices)
            found |= {
                (s, r)
                for s in senders
                for r in receivers
                if not piece.payoff_is_constant or _within(piece, r)
            }
    return found


def _within(piece, replies: tuple) -> bool:
    """Off the path a product is a union of facets, not their hull: the support must fit into one."""
    return all(
        any(set(replies[m]) <= {piece.game.actions.index(a) for a in facet.actions} for facet in facets)
        for m, facets in piece.off_path.items()
    )


def _supports(vertices: np.ndarray) -> set:
    """Supports of the points in the hull of the vertices: unions of supports of sets of vertices.

    Every union is one, since the vertices of a product belong to a face whose supports are those of its points.
    """
    unions = set()
    for vertex in {tuple(map(tuple, v > 0)) for v in vertices}:
        table = np.array(vertex)
        unions |= {tuple(map(tuple, table | np.array(u))) for u in unions} | {vertex}
    return {tuple(tuple(np.flatnonzero(row).tolist()) for row in np.array(u)) for u in unions}
