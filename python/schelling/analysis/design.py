"""The design of the sample: scrambled Sobol points over the ranges of a case's uncertain parameters.

A share is a share of the examined range under independent draws. Its numerical error comes from independent
scrambles of the sequence: points of one scramble are not independent of each other, so binomial intervals
would be wrong (Owen 1995; L'Ecuyer and Lemieux 2002, section on randomised quasi-Monte Carlo).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from .._core import InvalidOptions
from ..extras import extra

if TYPE_CHECKING:
    from .case_records import Parameter

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Design:
    """How many points are drawn: `scrambles` independent randomisations of `points` Sobol points each.

    `points` is a power of two (the sequence is balanced only there); `seed` starts the first scramble and
    every further scramble adds one to it.
    """

    scrambles: int = 16
    points: int = 256
    seed: int = 20230706

    @classmethod
    def quick(cls, seed: int = 20230706) -> Design:
        """A smaller design for a first look; its intervals are wider and say so."""
        return cls(points=128, seed=seed)

    def __post_init__(self):
        if self.scrambles < 2:
            raise InvalidOptions(
                f"scrambles: expected at least 2 (one gives no interval), found {self.scrambles}"
            )
        if self.points < 1 or self.points & (self.points - 1):
            raise InvalidOptions(f"points: expected a power of two, found {self.points}")

    @property
    def seeds(self) -> tuple[int, ...]:
        return tuple(self.seed + i for i in range(self.scrambles))

    def unit_points(self, dimension: int) -> np.ndarray:
        """Points of the unit cube, shape [scrambles * points, dimension], one scramble after the other."""
        if dimension == 0:
            return np.empty((self.scrambles * self.points, 0))
        with extra():
            from scipy.stats import qmc

        return np.concatenate(
            [
                qmc.Sobol(dimension, scramble=True, seed=np.random.default_rng(seed)).random(self.points)
                for seed in self.seeds
            ]
        )


@dataclass(frozen=True)
class Sample:
    """Values of every parameter of a case at N points.

    `names` are the parameters that vary and `points[N, P]` their values; `fixed` holds the others.
    `scramble[N]` says which randomisation a point belongs to; `factor` is that of the ranges around the
    baseline.
    """

    names: tuple[str, ...]
    points: np.ndarray
    scramble: np.ndarray
    fixed: Mapping[str, float]
    design: Design | None = None
    factor: float = 1.0

    def __len__(self) -> int:
        return len(self.points)

    @property
    def seeds(self) -> tuple[int, ...]:
        return self.design.seeds if self.design else ()

    @cached_property
    def columns(self) -> dict[str, np.ndarray]:
        """Every parameter's values, shape [N] each."""
        varied = {name: np.ascontiguousarray(self.points[:, i]) for i, name in enumerate(self.names)}
        return varied | {name: np.full(len(self), value) for name, value in self.fixed.items()}

    def repeat(self, times: int) -> Sample:
        """Every point that many times; for lines through one point."""
        return dataclasses.replace(
            self, points=np.repeat(self.points, times, axis=0), scramble=np.repeat(self.scramble, times)
        )

    def replace(self, columns: Mapping[str, np.ndarray | float]) -> Sample:
        """The same points with some parameters set to other values, a number or an array of shape [N]."""
        points, fixed = self.points.copy(), dict(self.fixed)
        extra = {}
        for name, value in columns.items():
            if name in self.names:
                points[:, self.names.index(name)] = value
            elif np.ndim(value) == 0:
                fixed[name] = float(value)
            else:
                extra[name] = value
                del fixed[name]
        points = np.column_stack([points, *extra.values()]) if extra else points
        return Sample(self.names + tuple(extra), points, self.scramble, fixed, self.design, self.factor)


def draw_sample(parameters: Collection[Parameter], design: Design, factor: float = 1.0) -> Sample:
    """Draws every parameter that has a range, independently, as its draw says; `factor` scales the ranges
    around the baseline (in logarithms where the scale is logarithmic) and the parameter's domain clips them.
    """
    varied = [parameter for parameter in parameters if parameter.range is not None]
    unit = design.unit_points(len(varied))
    columns = [_quantile(p, scaled_range(p, factor), unit[:, i]) for i, p in enumerate(varied)]
    points = np.column_stack(columns) if columns else np.empty((len(unit), 0))
    return Sample(
        tuple(p.name for p in varied),
        points,
        np.repeat(np.arange(design.scrambles), design.points),
        {p.name: p.value for p in parameters if p.range is None},
        design,
        factor,
    )


def baseline_sample(parameters: Collection[Parameter]) -> Sample:
    """The single point at which every parameter has its baseline value."""
    varied = [parameter for parameter in parameters if parameter.range is not None]
    return Sample(
        tuple(p.name for p in varied),
        np.array([[p.value for p in varied]]),
        np.zeros(1, int),
        {p.name: p.value for p in parameters if p.range is None},
    )


def scaled_range(parameter: Parameter, factor: float) -> tuple[float, float]:
    """The range with its distances from the baseline multiplied by the factor, within the domain."""
    assert parameter.range is not None
    if factor == 1:
        return parameter.range
    to, back = (np.log, np.exp) if parameter.scale == "log" else (np.asarray, np.asarray)
    low, high = (
        float(back(to(parameter.value) + factor * (to(end) - to(parameter.value)))) for end in parameter.range
    )
    return max(low, parameter.domain.lower), min(high, parameter.domain.upper)


def _quantile(parameter: Parameter, ends: tuple[float, float], unit: np.ndarray) -> np.ndarray:
    low, high = np.log(ends) if parameter.scale == "log" else ends
    if high == low:
        drawn = np.full(len(unit), low)
    elif parameter.draw == "triangular":
        with extra():
            from scipy import stats

        mode = np.log(parameter.value) if parameter.scale == "log" else parameter.value
        drawn = stats.triang.ppf(unit, (mode - low) / (high - low), loc=low, scale=high - low)
    else:
        drawn = low + unit * (high - low)
    # exp(log(x)) may leave the range by a rounding error.
    return np.clip(np.exp(drawn), *ends) if parameter.scale == "log" else drawn


@dataclass(frozen=True)
class Share:
    """A mean over the sample and the half-width of its interval over the scrambles: numerical error, not
    uncertainty about the world. The half-width is NaN where fewer than two scrambles have a point."""

    value: float
    half_width: float


def mean_over_scrambles(values: np.ndarray, scramble: np.ndarray, kept: np.ndarray | None = None) -> Share:
    """Mean of `values[N]` over the kept points, with the t-interval that the scrambles' own means give."""
    kept = np.ones(len(values), bool) if kept is None else kept
    count = np.bincount(scramble[kept])
    total = np.bincount(scramble[kept], weights=np.asarray(values, float)[kept])
    if not count.sum():
        return Share(np.nan, np.nan)
    means = total[count > 0] / count[count > 0]
    if len(means) < 2:
        return Share(float(total.sum() / count.sum()), np.nan)
    with extra():
        from scipy import stats

    t = stats.t.ppf(0.5 + CONFIDENCE / 2, len(means) - 1)
    return Share(float(total.sum() / count.sum()), float(t * means.std(ddof=1) / np.sqrt(len(means))))
