"""The contract of models, as one test that every model of the library passes."""

from __future__ import annotations

import json
import math
import pickle
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from .._core import InvalidArgument, SchellingError, certificate_tolerance
from .protocol import contains, point_of_model, sweep_points, table_of

MOST_POINTS = 24


def check_model(model: Any) -> tuple[str, ...]:
    """Hold a model to what all models promise; a user's own as well as the library's.

    Checked are: the schema (names, units and meanings of parameters and outcomes, defaults inside the domains, the
    same outcomes in every equilibrium), the edges of the domains, unknown names, certificates, the number of threads,
    points together against points alone, saving as JSON if the model or its solution has `to_json`, and pickling.

    Parameters
    ----------
    model : model or its class
        At parameters that it can solve; of a class the defaults.

    Returns
    -------
    tuple of str
        What was checked and holds.

    Raises
    ------
    InvalidArgument
        Naming everything that does not hold, with what was expected and what was found.

    Examples
    --------
    >>> import schelling as sg
    >>> sg.check_model(sg.models.BeerQuiche)
    ('schema', 'domain edges', 'unknown names', 'certificates', 'threads', 'batch = single', 'JSON', 'pickling')
    """
    if isinstance(model, type):
        model = model()
    table_of(model)
    checks: dict[str, Callable[[Any], Iterator[str]]] = {
        "schema": _schema,
        "domain edges": _edges,
        "unknown names": _unknown_names,
        "certificates": _certificates,
        "threads": _threads,
        "batch = single": _batch,
        "JSON": _json,
        "pickling": _pickling,
    }
    found = []
    for name, check in checks.items():
        try:
            found += [f"{name}: {violation}" for violation in check(model)]
        except Exception as error:
            found.append(f"{name}: expected an answer, found {type(error).__name__}: {error}")
    if found:
        raise InvalidArgument(f"model {type(model).__name__}: " + "; ".join(found))
    return tuple(checks)


def _at(model: Any, **values: float) -> Any:
    if hasattr(model, "replace"):
        return model.replace(**values)
    names = [info.name for info in table_of(model).parameters]
    return type(model)(**{**dict(zip(names, point_of_model(model).tolist(), strict=True)), **values})


def _records(model: Any) -> tuple[str, list[Mapping[str, float]]]:
    """Status and equilibria by `outcomes()`, or by `solve()` where the outcomes are a plain list."""
    answer = model.outcomes() if callable(model.outcomes) else model.solve()
    if isinstance(answer, Mapping):
        return answer.get("status", "solved"), list(answer["equilibria"])
    return getattr(answer, "status", "solved"), list(answer)


def _schema(model: Any) -> Iterator[str]:
    parameters = list(table_of(model).parameters)
    for what, rows in (("parameters", parameters), ("outcomes", list(model.outcomes))):
        names = [row.name for row in rows]
        if not rows:
            yield f"{what}: expected at least one, found none"
        if len(set(names)) < len(names):
            yield f"{what}: expected different names, found {', '.join(names)}"
        for row in rows:
            if not (row.name.isidentifier() and row.name.isascii()):
                yield f"{what}: expected a name of ASCII letters, digits and _, found {row.name!r}"
            if not isinstance(getattr(row, "unit", None), str):
                yield f"{row.name}: expected a unit, or '' where it has none, found no text"
            if not getattr(row, "meaning", ""):
                yield f"{row.name}: expected a meaning, found none"
    for info in parameters:
        if not hasattr(info, "default_value"):
            yield f"{info.name}: expected default_value, found none"
        elif not contains(info, info.default_value):
            yield f"{info.name}: expected a default in its domain, found {info.default_value}"
    shared = {i.name for i in parameters} & {i.name for i in model.outcomes}
    if shared:
        yield f"outcomes: expected other names than the parameters', found {', '.join(sorted(shared))}"
    values = getattr(model, "values", None)
    if not isinstance(values, Mapping) or list(values) != [info.name for info in parameters]:
        yield "values: expected the parameters' values by name, found " + repr(values)
    expected = [info.name for info in model.outcomes]
    for record in _records(model)[1]:
        if sorted(record) != sorted(expected):
            yield f"equilibria: expected the outcomes {', '.join(expected)}, found {', '.join(record)}"
        for name, value in record.items():
            if not isinstance(value, int | float | np.number):
                yield f"equilibria: expected a number as {name}, found {value!r}"


def _refusal(model: Any, name: str, value: float) -> str | None:
    """The sentence with which a model refuses a value, None if it takes it."""
    try:
        _at(model, **{name: value})
    except SchellingError as error:
        return str(error)
    return None


def _edges(model: Any) -> Iterator[str]:
    for info in table_of(model).parameters:
        outside = [math.nan, math.inf, -math.inf]
        for edge, is_open, beyond in (
            (getattr(info, "lower", -math.inf), getattr(info, "lower_open", False), -math.inf),
            (getattr(info, "upper", math.inf), getattr(info, "upper_open", False), math.inf),
        ):
            if not math.isfinite(edge):
                continue
            outside.append(math.nextafter(edge, beyond))
            if is_open:
                outside.append(edge)
                continue
            # What does not fit to the other parameters may be refused, but not as outside the domain.
            said = _refusal(model, info.name, edge)
            if said is not None and said.startswith(f"parameter {info.name}: expected"):
                yield f"{info.name}: expected {edge:g}, which is in its domain, to be taken, found: {said}"
        for value in outside:
            said = _refusal(model, info.name, value)
            if said is None:
                yield f"{info.name}: expected {value} to be refused, found it accepted"
            elif info.name not in said:
                yield f"{info.name}: expected a refusal of {value} that names the parameter, found: {said}"


def _unknown_names(model: Any) -> Iterator[str]:
    said = _refusal(model, "no_such_parameter", 1.0)
    if said is None:
        yield "expected InvalidArgument for no_such_parameter, found it accepted"
    elif "no_such_parameter" not in said:
        yield f"expected a sentence that names no_such_parameter, found: {said}"


def _points(model: Any) -> np.ndarray:
    """The model's own point, and each parameter moved a little where the model takes that."""
    base = point_of_model(model)
    points = [base]
    for k, info in enumerate(table_of(model).parameters):
        for value in (base[k] * 1.05 + 0.01, base[k] * 0.95 - 0.01):
            if len(points) < MOST_POINTS and contains(info, value) and _takes(model, info.name, value):
                points.append(base.copy())
                points[-1][k] = value
    return np.array(points)


def _takes(model: Any, name: str, value: float) -> bool:
    try:
        return _refusal(model, name, value) is None
    except (TypeError, ValueError):
        return False


def _certificates(model: Any) -> Iterator[str]:
    answer = sweep_points(model, point_of_model(model)[None], threads=1)
    if str(answer.status[0]) != "solved":
        yield f"expected a solution at the model's own point, found the status {answer.status[0]!r}"
    for word in ("max_regret", "bayes_gap"):
        for value in getattr(answer, word):
            if not value <= certificate_tolerance:
                yield f"{word}: expected at most {certificate_tolerance:g}, found {value}"


_PARTS = ("offsets", "values", "max_regret", "bayes_gap", "status")


def _threads(model: Any) -> Iterator[str]:
    points = _points(model)
    one, three = (sweep_points(model, points, threads=threads) for threads in (1, 3))
    for part in _PARTS:
        if not _same(getattr(one, part), getattr(three, part)):
            yield f"{part}: expected the same with 1 and 3 threads, found a difference"


def _same(one: Any, other: Any) -> bool:
    one, other = np.asarray(one), np.asarray(other)
    floats = one.dtype.kind == "f" and other.dtype.kind == "f"
    return np.array_equal(one, other, equal_nan=floats)


def _batch(model: Any) -> Iterator[str]:
    points, names = _points(model), [info.name for info in table_of(model).parameters]
    outcomes = [info.name for info in model.outcomes]
    together = sweep_points(model, points, threads=0)
    for n, point in enumerate(points):
        status, records = _records(_at(model, **dict(zip(names, point.tolist(), strict=True))))
        rows = together.values[together.offsets[n] : together.offsets[n + 1]]
        alone = np.array([[record[o] for o in outcomes] for record in records], float).reshape(
            -1, len(outcomes)
        )
        if status != str(together.status[n]):
            yield f"point {n}: expected the status {status!r} as alone, found {together.status[n]!r}"
        if not _same(rows, alone):
            yield f"point {n}: expected the equilibria that it has alone, found others"


def _json(model: Any) -> Iterator[str]:
    for thing in (model, model.solve()):
        if hasattr(thing, "to_json"):
            text = thing.to_json()
            json.loads(text)
            if hasattr(type(thing), "from_json") and type(thing).from_json(text).to_json() != text:
                yield f"{type(thing).__name__}: expected from_json to restore what to_json wrote, found another"


def _pickling(model: Any) -> Iterator[str]:
    restored = pickle.loads(pickle.dumps(model))
    if type(restored) is not type(model) or not _same(point_of_model(restored), point_of_model(model)):
        yield "expected the model with its values, found another"
    elif repr(_records(restored)) != repr(_records(model)):
        yield "expected the same equilibria of the restored model, found others"
