"""What every model of the library is in Python: named parameters in, certified equilibria with named outcomes
out.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from .._core import Certificate, InvalidArgument, SweepResult, __version__
from .._core import sweep as core_sweep
from ..arguments import array, shown
from .protocol import Protocol


class Equilibrium(Mapping):
    """One equilibrium: its outcomes by name, as items or as attributes, and its `certificate`. Immutable."""

    __slots__ = ("_outcomes", "certificate")
    _outcomes: Mapping[str, float]
    certificate: Certificate

    def __init__(self, outcomes: Mapping[str, float], certificate: Certificate):
        object.__setattr__(self, "_outcomes", MappingProxyType(dict(outcomes)))
        object.__setattr__(self, "certificate", certificate)

    def __getitem__(self, name: str) -> float:
        return self._outcomes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._outcomes)

    def __len__(self) -> int:
        return len(self._outcomes)

    def __getattr__(self, name: str) -> float:
        try:
            return object.__getattribute__(self, "_outcomes")[name]
        except KeyError:
            raise AttributeError(
                f"unknown outcome '{name}': the model has {', '.join(self._outcomes)}"
            ) from None

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("an equilibrium is immutable")

    def __dir__(self):
        return [*super().__dir__(), *self._outcomes]

    def __reduce__(self):
        judged = {word: getattr(self.certificate, word) for word in ("max_regret", "bayes_gap")}
        more = tuple(getattr(self, name) for name in ("window", "end") if name in type(self).__slots__)
        return _restore_equilibrium, (type(self), dict(self._outcomes), judged, more)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value:.6g}" for name, value in self.items())
        return f"{type(self).__name__}({shown}, {self.certificate!r})"


def _restore_equilibrium(cls: type, outcomes: dict, judged: dict, more: tuple) -> Equilibrium:
    return cls(outcomes, Certificate(**judged), *more)


@dataclass(frozen=True)
class KnownEquilibrium:
    """An equilibrium in closed form: the regime of parameters it belongs to, and its outcomes by name."""

    regime: str
    outcomes: Mapping[str, float]


@dataclass(frozen=True)
class ModelSolution:
    """All equilibria that a model's method found at one parameter vector, and what is known of them.

    A status other than "solved" says why there are none; every equilibrium shown has passed its certificate.
    """

    status: str
    message: str
    equilibria: tuple[Equilibrium, ...]
    parameters: Mapping[str, float]
    options: Mapping[str, Any]
    method: str
    coverage: str
    arithmetic: str = "double"
    proven: bool = False
    seed: int = 0
    version: str = __version__
    units: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Of the parameters and outcomes, by name."""

    @property
    def complete(self) -> bool:
        """Whether these are proven to be all equilibria."""
        return self.coverage == "all" and self.proven

    @property
    def certificate(self) -> Certificate:
        """The worst numbers over the equilibria."""
        return Certificate(
            max_regret=max((e.certificate.max_regret for e in self.equilibria), default=float("nan")),
            bayes_gap=max((e.certificate.bayes_gap for e in self.equilibria), default=float("nan")),
        )

    def __getstate__(self) -> dict[str, Any]:
        return {
            name: dict(value) if isinstance(value, MappingProxyType) else value
            for name, value in vars(self).items()
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, MappingProxyType(value) if isinstance(value, dict) else value)

    def __len__(self) -> int:
        return len(self.equilibria)

    def __iter__(self) -> Iterator[Equilibrium]:
        return iter(self.equilibria)

    def __getitem__(self, index: int) -> Equilibrium:
        return self.equilibria[index]


class OutcomeSchema(tuple):
    """Descriptions of a model's outcomes, in the order of its rows; called, it solves the model and gives
    their values.

    The values have one shape for every point of a model: {"status": str, "equilibria": [{outcome: value},
    ...]}.
    """

    model: Any

    def __new__(cls, model: Any, rows: Iterable[Any]):
        schema = super().__new__(cls, rows)
        schema.model = model
        return schema

    def __call__(self) -> dict[str, Any]:
        if hasattr(self.model, "_records"):
            return self.model._records()
        solution = self.model.solve()
        return {"status": getattr(solution, "status", "solved"), "equilibria": [dict(e) for e in solution]}


class Model(Protocol):
    """Base of the models. A subclass has a `_core` model, whose table of parameters is the only description
    of them.
    """

    _core: Any
    _values: np.ndarray

    @property
    def parameters(self) -> tuple:
        """Descriptions of the parameters: name, symbol, unit, domain, default, meaning, source."""
        return self._core.parameters

    @property
    def outcomes(self) -> OutcomeSchema:
        """Descriptions of the outcomes; `outcomes()` gives their values."""
        return OutcomeSchema(self, self._core.outcomes)

    @property
    def info(self):
        """Title, citation, BibTeX, assumptions, what the model is not for, and how it is solved."""
        return self._core.info

    @property
    def values(self) -> Mapping[str, float]:
        """This instance's parameter values by name."""
        names = (info.name for info in self.parameters)
        return MappingProxyType(dict(zip(names, self._values.tolist(), strict=True)))

    def solve(self) -> ModelSolution:
        """Every equilibrium that the model's method finds, each certified."""
        status, equilibria = equilibria_of(self._core, self._values)
        message = "" if status == "solved" else "the equilibria could not be separated or certified"
        return ModelSolution(
            status, message, equilibria, self.values, self.options, method=self.info.engine, coverage="some",
            units=MappingProxyType({i.name: i.unit for i in (*self._core.parameters, *self._core.outcomes)}),
        )  # fmt: skip

    def game(self):
        """The game that the model stands for, for the general solvers."""
        return self._core.game(self._values)

    def known_equilibria(self) -> tuple[KnownEquilibrium, ...]:
        """The equilibria in closed form; none where no closed form is known."""
        return ()

    def sweep(
        self, points: np.ndarray, *, threads: int = 0, time_limit: float | None = None, progress=None
    ) -> SweepResult:
        """Solves the model at many points [points, parameters], in parallel; the answer does not depend on
        `threads`.

        The result is ragged: the equilibria of point i are the rows offsets[i] to offsets[i + 1] of
        `values` [equilibria, outcomes], `max_regret` and `bayes_gap`; `status` [points] says "solved" or
        why a point has none. `progress(done, total)` is called about twenty times a second. An interrupt is
        raised with what was solved so far as its attribute `partial`. Raises InvalidArgument naming the
        first point and parameter outside its domain.
        """
        return core_sweep(self._core, points, threads=threads, time_limit=time_limit, progress=progress)

    def __repr__(self) -> str:
        defaults = inspect.signature(type(self)).parameters
        changed = [
            f"{name}={value!r}"
            for name, value in self._given().items()
            if name not in defaults or defaults[name].default != value
        ]
        return f"{type(self).__name__}({', '.join(changed)})"


def point_of(core: Any, values: Mapping[str, Any]) -> np.ndarray:
    """The model's defaults with values replaced by name, checked.

    Raises InvalidArgument naming the parameter, what was expected and what was found.
    """
    point = np.array([info.default_value for info in core.parameters])
    for name, value in values.items():
        index = core.parameter_index(name)
        try:
            point[index] = value
        except (TypeError, ValueError, OverflowError):
            domain = core.parameters[index].domain
            raise InvalidArgument(f"parameter {name}: expected {domain}, found {shown(value)}") from None
    core.check(point)
    return point


def columns_to_points(core: Any, base: np.ndarray, columns: Mapping[str, Any]) -> np.ndarray:
    """Points [N, parameters] from columns by name (numbers or arrays of one length N); the others are those
    of `base`.
    """
    arrays = {name: array(name, column) for name, column in columns.items()}
    try:
        shape = np.broadcast_shapes(*(column.shape for column in arrays.values()), (1,))
    except ValueError:
        shapes = ", ".join(f"{name}{column.shape}" for name, column in arrays.items() if column.ndim)
        raise InvalidArgument(f"columns: expected numbers or arrays of one length, found {shapes}") from None
    if len(shape) != 1:
        raise InvalidArgument(f"columns: expected arrays of one dimension, found shape {shape}")
    points = np.tile(base, (shape[0], 1))
    for name, column in arrays.items():
        points[:, core.parameter_index(name)] = column
    return points


def equilibria_of(core: Any, point: np.ndarray) -> tuple[str, tuple[Equilibrium, ...]]:
    """Status and certified equilibria of a core model at one point."""
    status, rows, max_regret, bayes_gap = core.solve(point)
    if status != "solved":
        return status, ()
    names = [info.name for info in core.outcomes]
    return status, tuple(
        Equilibrium(
            dict(zip(names, row.tolist(), strict=True)),
            Certificate(max_regret=float(regret), bayes_gap=float(gap)),
        )
        for row, regret, gap in zip(rows, max_regret, bayes_gap, strict=True)
    )


def described(infos: tuple, *, optional: tuple = (), options: tuple[inspect.Parameter, ...] = ()):
    """A class decorator: the constructor's signature and the class's list of parameters, made from the table.

    `infos` have their defaults; `optional` ones default to None.
    """
    keyword = inspect.Parameter.KEYWORD_ONLY

    def describe(cls):
        cls.__signature__ = inspect.Signature(
            [
                *(
                    inspect.Parameter(i.name, keyword, default=i.default_value, annotation=float)
                    for i in infos
                ),
                *(
                    inspect.Parameter(i.name, keyword, default=None, annotation=float | None)
                    for i in optional
                ),
                *options,
            ]
        )
        entries = (
            f"{i.name} : float, {i.unit}\n    {i.meaning[0].upper()}{i.meaning[1:]} ({i.symbol}); {i.domain}."
            for i in (*infos, *optional)
        )
        cls.__doc__ = "\n".join([inspect.cleandoc(cls.__doc__), "", "Parameters", "----------", *entries])
        return cls

    return describe
