"""Models that users write in Python."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from .._core import Certificate
from .model import Equilibrium, ModelSolution, OutcomeSchema, point_of
from .protocol import ParameterTable, Protocol


@dataclass(frozen=True)
class Info:
    """What a reader must know before using a model written in Python."""

    name: str
    title: str
    citation: str = ""
    bibtex: str = ""
    assumptions: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    engine: str = "written in Python"


class PythonModel(Protocol):
    """Base of models written in Python: a subclass lists `parameters` and `outcomes` and defines `solve`.

    Parameters are given by name, are checked against the list and read as attributes. `info` may be given as an
    `Info`; else the docstring's first line is the title. Such a model works in `sweep`, `phase_diagram` and
    cases as the library's do; its points are solved one after another. `schelling.check_model` says what it
    still lacks. A package offers its models to all by the entry-point group `schelling.models`.

    Examples
    --------
    >>> import schelling as sg
    >>> class Entry(sg.models.PythonModel):
    ...     "An entrant who fears a fight."
    ...     parameters = (
    ...         sg.models.Parameter("fight", 0.3, 0, 1, unit="probability", meaning="chance of a fight"),
    ...         sg.models.Parameter("cost", 2.0, 0, unit="profit", meaning="loss in a fight"),
    ...     )
    ...     outcomes = (sg.models.Outcome("enter", unit="probability", meaning="whether there is entry"),)
    ...     def solve(self):
    ...         return self.solution([{"enter": float(self.fight * self.cost < 1)}], max_regret=0, bayes_gap=0)
    >>> data = sg.sweep(Entry(), {"cost": [1.0, 5.0]}, progress=False)
    >>> data["enter"].to_numpy()
    array([1., 0.])
    """

    parameters: tuple = ()
    info: Any = None
    _rows: tuple = ()

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        given = cls.__dict__.get("outcomes")
        if isinstance(given, tuple | list):
            cls._rows = tuple(given)
            cls.outcomes = PythonModel.outcomes  # type: ignore[method-assign]
        if "info" not in cls.__dict__:
            lines = (cls.__doc__ or cls.__name__).strip().splitlines()
            cls.info = Info(cls.__name__, lines[0])

    def __init__(self, **parameters: float) -> None:
        self._values = point_of(ParameterTable(self.parameters), parameters)

    def __getattr__(self, name: str) -> float:
        if not name.startswith("_"):
            for info, value in zip(self.parameters, self._values, strict=True):
                if info.name == name:
                    return float(value)
        raise AttributeError(f"{type(self).__name__} has no parameter or attribute '{name}'")

    @property
    def values(self) -> Mapping[str, float]:
        """This instance's parameter values by name."""
        names = (info.name for info in self.parameters)
        return MappingProxyType(dict(zip(names, self._values.tolist(), strict=True)))

    @property
    def outcomes(self) -> OutcomeSchema:
        """Descriptions of the outcomes; `outcomes()` gives their values."""
        return OutcomeSchema(self, self._rows)

    def solve(self) -> Any:
        """The equilibria: what `solution` makes of them."""
        raise NotImplementedError(f"{type(self).__name__}: expected a method solve, found none")

    def solution(
        self,
        equilibria: Iterable[Mapping[str, float]],
        *,
        max_regret: float | Iterable[float] = math.nan,
        bayes_gap: float | Iterable[float] = math.nan,
        status: str = "solved",
        message: str = "",
        coverage: str = "some",
        proven: bool = False,
    ) -> ModelSolution:
        """Equilibria, each a mapping from outcomes to numbers, as a solution.

        `max_regret` and `bayes_gap`, one number or one for each, are the largest gain by a deviation, relative to
        the player's payoff range, and the largest error of a probability; NaN where nobody looked.
        """
        found = list(equilibria)
        regret, gap = (np.broadcast_to(np.asarray(x, float), (len(found),)) for x in (max_regret, bayes_gap))
        certified = tuple(
            Equilibrium(e, Certificate(max_regret=float(r), bayes_gap=float(g)))
            for e, r, g in zip(found, regret, gap, strict=True)
        )
        units = {i.name: getattr(i, "unit", "") or "1" for i in (*self.parameters, *self._rows)}
        return ModelSolution(
            status, message, certified, self.values, self.options, method=self.info.engine, coverage=coverage,
            proven=proven, units=MappingProxyType(units),
        )  # fmt: skip

    def __repr__(self) -> str:
        changed = [
            f"{info.name}={value!r}"
            for info, value in zip(self.parameters, self._values.tolist(), strict=True)
            if value != info.default_value
        ]
        return f"{type(self).__name__}({', '.join(changed)})"
