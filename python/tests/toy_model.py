"""A model small enough to be solved in one's head, and a case around it, for tests of the analysis layer.

The game has `count` equilibria (rounded down), j = 0, 1, ...: attack = scale * strength * (j + 1) / 10,
loss = cost * (j + 1). At count below 1 it has no certified answer.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np

from schelling.analysis import Case

CASE = Path(__file__).parent / "data" / "toy_case.toml"


def _parameter(name, default, upper):
    return SimpleNamespace(
        name=name, symbol=name[0], unit="1", lower=0.0, upper=upper, lower_open=False, upper_open=False,
        default_value=default, meaning=f"the toy's {name}", source="invented",
    )  # fmt: skip


def _outcome(name, mixing="average", weight_or_numerator="", denominator=""):
    return SimpleNamespace(
        name=name, unit="1", meaning=f"the toy's {name}", mixing=mixing,
        weight_or_numerator=weight_or_numerator, denominator=denominator,
    )  # fmt: skip


class Toy:
    parameters = (
        _parameter("strength", 0.5, 1.0),
        _parameter("count", 1.0, 500),
        _parameter("cost", 0.1, 10),
    )
    phase_parameters = (
        _parameter("window_strength", 0.5, 1.0),
        _parameter("window_count", 1.0, 500),
        _parameter("lag", 1.0, 50),
    )
    outcomes = (
        _outcome("attack"),
        _outcome("loss"),
        _outcome("war_given_attack", "conditional", "attack"),
        _outcome("loss_per_attack", "ratio", "loss", "attack"),
        _outcome("cutoff", "none"),
    )

    def __init__(self, scale: float = 1.0):
        self.scale = scale
        self.sweeps = 0

    def phases(self, columns):
        n = len(next(iter(columns.values()))) if columns else 1
        full = {info.name: np.full(n, info.default_value) for info in self.parameters} | dict(columns)
        end = np.column_stack([full["strength"], full["count"], full["cost"]])
        if "lag" not in columns:
            return [SimpleNamespace(name="end", weight=np.ones(n), points=end)]
        window = np.column_stack([full["window_strength"], full["window_count"], full["cost"]])
        weight = 1 - np.exp(-full["lag"])
        return [
            SimpleNamespace(name="end", weight=1 - weight, points=end),
            SimpleNamespace(name="window", weight=weight, points=window),
        ]

    def sweep(self, points, *, threads=0, progress=None):
        self.sweeps += 1
        rows, offsets = [], [0]
        for strength, count, cost in points:
            for j in range(int(count)):
                attack, loss = self.scale * strength * (j + 1) / 10, cost * (j + 1)
                rows.append([attack, loss, (j + 1) / 100, loss / attack if attack else np.nan, j])
            offsets.append(len(rows))
        if progress is not None:
            progress(len(points), len(points))
        values = np.array(rows, float).reshape(-1, len(self.outcomes))
        zeros = np.zeros(len(values))
        status = np.where(points[:, 1] >= 1, "solved", "not_finite")
        return SimpleNamespace(
            offsets=np.array(offsets), values=values, max_regret=zeros, bayes_gap=zeros, status=status
        )


def toy_case(folder: Path, *changes: tuple[str, str]) -> Case:
    """The toy case with some of its text replaced, written to a folder and loaded from there."""
    text = CASE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"the toy case does not contain {old!r}"
        text = text.replace(old, new)
    path = folder / "case.toml"
    path.write_text(text, encoding="utf-8")
    return Case.load(path, models={"Toy": Toy})
