"""A model small enough to be solved in one's head, for tests of the analysis layer.

The game with strength s and cost c has the equilibria attack = s * (j + 1) / 10, j = 0, 1, ..., k - 1, where k, the
number of equilibria, is the parameter `count` rounded down; at count below 1 it has no certified answer.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def parameter(name, default, lower=0.0, upper=1.0, lower_open=False, upper_open=False):
    return SimpleNamespace(
        name=name,
        symbol=name[0],
        unit="1",
        lower=lower,
        upper=upper,
        lower_open=lower_open,
        upper_open=upper_open,
        default_value=default,
        meaning=f"the toy's {name}",
        source="invented",
    )


def outcome(name, mixing="average", weight_or_numerator="", denominator=""):
    return SimpleNamespace(
        name=name,
        unit="1",
        meaning=f"the toy's {name}",
        mixing=mixing,
        weight_or_numerator=weight_or_numerator,
        denominator=denominator,
    )


class Toy:
    parameters = (parameter("strength", 0.5), parameter("count", 1.0, 0, 500), parameter("cost", 0.1, 0, 10))
    phase_parameters = (
        parameter("window_strength", 0.5),
        parameter("window_count", 1.0, 0, 500),
        parameter("lag", 1.0, 0, 50),
    )
    outcomes = (
        outcome("attack"),
        outcome("loss"),
        outcome("war_given_attack", "conditional", "attack"),
        outcome("loss_per_attack", "ratio", "loss", "attack"),
        outcome("cutoff", "none"),
    )

    def __init__(self, scale: float = 1.0):
        self.scale = scale
        self.solved_points = 0

    def phases(self, columns):
        n = len(next(iter(columns.values()))) if columns else 1
        full = {info.name: np.full(n, info.default_value) for info in self.parameters} | dict(columns)
        end = np.column_stack([full[info.name] for info in self.parameters])
        if "lag" not in columns:
            return [SimpleNamespace(name="end", weight=np.ones(n), points=end)]
        window = np.column_stack(
            [full["window_strength"], full.get("window_count", full["count"]), full["cost"]]
        )
        weight = 1 - np.exp(-full["lag"])
        return [
            SimpleNamespace(name="end", weight=1 - weight, points=end),
            SimpleNamespace(name="window", weight=weight, points=window),
        ]

    def sweep(self, points, *, threads=0, progress=None):
        self.solved_points += len(points)
        rows, offsets, status = [], [0], []
        for strength, count, cost in points:
            for j in range(int(count)):
                attack = self.scale * strength * (j + 1) / 10
                loss = cost * (j + 1)
                rows.append([attack, loss, (j + 1) / 100, loss / attack if attack else np.nan, j])
            offsets.append(len(rows))
            status.append("solved" if count >= 1 else "not_finite")
        if progress is not None:
            progress(len(points), len(points))
        values = np.array(rows, float).reshape(-1, 5)
        return SimpleNamespace(
            offsets=np.array(offsets),
            values=values,
            max_regret=np.zeros(len(values)),
            bayes_gap=np.zeros(len(values)),
            status=np.array(status),
        )
