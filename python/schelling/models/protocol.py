"""What a model is, whoever wrote it: parameters and outcomes that describe themselves, and `solve`."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

import numpy as np

from .._core import InvalidArgument
from ..arguments import shown

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a model written in Python: the row that everything about it is made from.

    Raises InvalidArgument for a name that is no ASCII identifier and a default outside the domain.
    """

    name: str
    default_value: float
    lower: float = -math.inf
    upper: float = math.inf
    unit: str = "1"
    meaning: str = ""
    symbol: str = ""
    source: str = ""
    lower_open: bool = False
    upper_open: bool = False

    def __post_init__(self) -> None:
        _check_name("parameter", self.name)
        if not self.contains(self.default_value):
            raise InvalidArgument(
                f"parameter {self.name}: expected a default that is {self.domain}, found {self.default_value!r}"
            )

    @property
    def domain(self) -> str:
        """The domain in words."""
        if self.lower == -math.inf and self.upper == math.inf:
            return "a finite number"
        left = "(" if self.lower_open or self.lower == -math.inf else "["
        right = ")" if self.upper_open or self.upper == math.inf else "]"
        return f"a number in {left}{self.lower:g}, {self.upper:g}{right}"

    def contains(self, value: float) -> bool:
        """Whether the value is finite and lies in the domain."""
        above = value > self.lower if self.lower_open else value >= self.lower
        below = value < self.upper if self.upper_open else value <= self.upper
        return bool(math.isfinite(value) and above and below)


@dataclass(frozen=True)
class Outcome:
    """One outcome of a model written in Python. `mixing` says how a policy's outcome is formed from its phases:
    average, conditional (on the event whose probability is `weight_or_numerator`), ratio (of it and
    `denominator`) or none."""

    name: str
    unit: str = "1"
    meaning: str = ""
    mixing: str = "average"
    weight_or_numerator: str = ""
    denominator: str = ""

    def __post_init__(self) -> None:
        _check_name("outcome", self.name)
        if self.mixing not in ("average", "conditional", "ratio", "none"):
            raise InvalidArgument(
                f"outcome {self.name}: expected mixing average, conditional, ratio or none, found {self.mixing!r}"
            )


@dataclass(frozen=True)
class Phase:
    """One phase of a policy at N points: its probability [N] and the points [N, parameters] of its game."""

    name: str
    weight: np.ndarray
    points: np.ndarray


@dataclass(frozen=True)
class SweptPoints:
    """A sweep as ragged rows, as the core's SweepResult: the equilibria of point i are the rows offsets[i] to
    offsets[i + 1] of `values` [equilibria, outcomes], `max_regret` and `bayes_gap`."""

    offsets: np.ndarray
    values: np.ndarray
    max_regret: np.ndarray
    bayes_gap: np.ndarray
    status: np.ndarray


class ParameterTable:
    """The parameters of a model as the core's models hold them: looked up by name, and checked."""

    def __init__(self, parameters: Iterable[Any]):
        self.parameters = tuple(parameters)
        self._numbers = {info.name: number for number, info in enumerate(self.parameters)}

    def parameter_index(self, name: str) -> int:
        """Raises InvalidArgument for an unknown name, with the closest one."""
        if name in self._numbers:
            return self._numbers[name]
        close = get_close_matches(str(name), self._numbers, n=1, cutoff=0.0)
        hint = f"did you mean '{close[0]}'? " if close else ""
        raise InvalidArgument(f"unknown parameter '{name}': {hint}The model has {', '.join(self._numbers)}")

    def check(self, point: np.ndarray) -> None:
        """Raises InvalidArgument for the first value outside its domain."""
        for info, value in zip(self.parameters, point, strict=True):
            if not contains(info, float(value)):
                raise InvalidArgument(f"parameter {info.name}: expected {_domain(info)}, found {value:g}")


def contains(info: Any, value: float) -> bool:
    """Whether a value lies in the domain of a parameter, however much its row says about it."""
    if hasattr(info, "contains"):
        return bool(info.contains(value))
    lower, upper = getattr(info, "lower", -math.inf), getattr(info, "upper", math.inf)
    above = value > lower if getattr(info, "lower_open", False) else value >= lower
    below = value < upper if getattr(info, "upper_open", False) else value <= upper
    return bool(math.isfinite(value) and above and below)


def _domain(info: Any) -> str:
    if hasattr(info, "domain"):
        return str(info.domain)
    return f"a number from {getattr(info, 'lower', -math.inf):g} to {getattr(info, 'upper', math.inf):g}"


def _check_name(what: str, name: Any) -> None:
    if not (isinstance(name, str) and name.isidentifier() and name.isascii()):
        raise InvalidArgument(f"{what}: expected a name of ASCII letters, digits and _, found {name!r}")


def table_of(model: Any) -> Any:
    """The table of the parameters over which a model is swept.

    Raises InvalidArgument for what is no model.
    """
    missing = [name for name in ("parameters", "outcomes") if not hasattr(model, name)]
    # One that only sweeps, as a case's models do, needs no more.
    missing += [] if hasattr(model, "solve") or hasattr(model, "sweep") else ["solve"]
    if missing or isinstance(model, type):
        found = f"the class {model.__name__}; call it" if isinstance(model, type) else f"no {missing[0]}"
        raise InvalidArgument(
            f"model: expected parameters, outcomes and solve, found {found} in {shown(model)}"
        )
    core = getattr(model, "_core", None)
    return core if hasattr(core, "parameter_index") else ParameterTable(model.parameters)


def point_of_model(model: Any) -> np.ndarray:
    """The parameters' values that the model was made with; the defaults where it does not say."""
    values = getattr(model, "values", {})
    values = values if isinstance(values, Mapping) else {}
    table = table_of(model)
    return np.array(
        [float(values.get(i.name, getattr(i, "default_value", np.nan))) for i in table.parameters]
    )


def sweep_points(
    model: Any,
    points: np.ndarray,
    *,
    threads: int = 0,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Any:
    """A model solved at points [points, parameters]: by its own `sweep` if it has one, else one by one.

    The result has `offsets`, `values`, `max_regret`, `bayes_gap` and `status`, see `SweptPoints`.
    """
    if hasattr(model, "sweep"):
        options = {} if time_limit is None else {"time_limit": time_limit}
        return model.sweep(points, threads=threads, progress=progress, **options)
    names = [info.name for info in table_of(model).parameters]

    def solve(point: np.ndarray) -> Any:
        values = dict(zip(names, point.tolist(), strict=True))
        return (model.replace(**values) if hasattr(model, "replace") else type(model)(**values)).solve()

    return sweep_one_by_one(model, points, solve, time_limit=time_limit, progress=progress)


def sweep_one_by_one(
    model: Any,
    points: np.ndarray,
    solve: Callable[[np.ndarray], Any],
    *,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> SweptPoints:
    """Solves point by point; `solve` gives what a model's `solve` does. An interrupt carries `partial`."""
    table, outcomes = table_of(model), [info.name for info in model.outcomes]
    points = np.asarray(points, float)
    if points.ndim != 2 or points.shape[1] != len(table.parameters):
        raise InvalidArgument(
            f"points: expected an array of shape [points, {len(table.parameters)}], found shape {points.shape}"
        )
    for number, point in enumerate(points):
        try:
            table.check(point)
        except InvalidArgument as error:
            raise InvalidArgument(f"point {number}, {error}") from None
    if time_limit is not None and not time_limit >= 0:
        raise InvalidArgument(f"time_limit: expected seconds of at least 0, found {time_limit}")
    status = np.full(len(points), "cancelled", dtype=object)
    counts = np.zeros(len(points), dtype=np.int64)
    rows: list[list[float]] = []
    certificates: list[tuple[float, float]] = []

    def result() -> SweptPoints:
        regret, gap = np.array(certificates, float).reshape(-1, 2).T
        values = np.array(rows, float).reshape(-1, len(outcomes))
        return SweptPoints(np.concatenate([[0], np.cumsum(counts)]), values, regret, gap, status.astype(str))

    begin = shown = time.monotonic()
    try:
        for number, point in enumerate(points):
            now = time.monotonic()
            if time_limit is not None and now - begin >= time_limit:
                status[number:] = "time_limit"
                break
            if progress is not None and now - shown > 0.05:
                shown = now
                progress(number, len(points))
            word, found = _answer(solve(point), outcomes)
            for row, certificate in found:
                rows.append(row)
                certificates.append(certificate)
            counts[number] = len(found)
            status[number] = word
        if progress is not None:
            progress(len(points), len(points))
    except BaseException as error:
        del rows[counts.sum() :], certificates[counts.sum() :]
        error.partial = result()  # type: ignore[attr-defined]
        raise
    return result()


def _answer(
    solution: Any, outcomes: Sequence[str]
) -> tuple[str, list[tuple[list[float], tuple[float, float]]]]:
    """Status and rows (outcomes, certificate) of what a model's `solve` gave: a solution with `status`, or the
    equilibria themselves, each a mapping from outcomes to numbers."""
    if isinstance(solution, Mapping):
        word, equilibria = solution.get("status", "solved"), solution.get("equilibria")
    else:
        word, equilibria = getattr(solution, "status", "solved"), solution
    if not isinstance(equilibria, Iterable):
        raise InvalidArgument(f"solve: expected equilibria, found {solution!r}")
    rows = []
    for equilibrium in equilibria:
        if not isinstance(equilibrium, Mapping):
            raise InvalidArgument(
                f"solve: expected a mapping from outcomes to numbers, found {equilibrium!r}"
            )
        if set(equilibrium) != set(outcomes):
            raise InvalidArgument(
                f"solve: expected the outcomes {', '.join(outcomes)}, found {', '.join(map(str, equilibrium))}"
            )
        certificate = getattr(equilibrium, "certificate", None)
        judged = (getattr(certificate, "max_regret", math.nan), getattr(certificate, "bayes_gap", math.nan))
        rows.append(([float(equilibrium[name]) for name in outcomes], judged))
    return str(word), rows


def restore(cls: type, given: dict[str, Any]) -> Any:
    """A model made again from what it was made with: what pickling stores."""
    return cls(**given)


class Protocol:
    """What all models do alike, from `parameters`, `values` and `options`."""

    @property
    def options(self) -> Mapping[str, Any]:
        """What is not a number: variants of the model."""
        return MappingProxyType({})

    @property
    def phase_parameters(self) -> tuple:
        """Descriptions of the parameters that only a window before the end state has."""
        return ()

    def phases(self, columns: Mapping[str, Any]) -> list[Phase]:
        """The games of N points given as columns by name: one phase, "end"."""
        from .model import columns_to_points

        points = columns_to_points(table_of(self), point_of_model(self), columns)
        return [Phase("end", np.ones(len(points)), points)]

    def replace(self, **changes: Any) -> Any:
        """The same model with some parameters or options changed."""
        return type(self)(**{**self._given(), **changes})

    def _given(self) -> dict[str, Any]:
        return {**self.values, **self.options}  # type: ignore[attr-defined]

    def __reduce__(self):
        return restore, (type(self), self._given())
