"""Results as data frames: one row for each equilibrium."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .._core import InvalidArgument
from ..arguments import TEXT, checked, optional
from ..extras import extra
from ..models.model import ModelSolution
from ..signaling.batch import KINDS, SignalingEquilibriaBatch
from ..signaling.equilibria import SignalingEquilibria
from .evaluation import Evaluation
from .solution import SolvedSample

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

RESULTS = (
    "the data set of a sweep, of a batch or of an evaluation, a solution of a model, a batch,"
    " equilibria of a signalling game or an evaluation of a case"
)
# Which column says where each equilibrium belongs, and the dimension that it counts.
_OWNERS = {"equilibrium_point": "point", "equilibrium_game": "game"}


@checked(model=optional(TEXT), policy=optional(TEXT), phase=optional(TEXT))
def table(
    source: Any, *, model: str | None = None, policy: str | None = None, phase: str | None = None
) -> pd.DataFrame:
    """A result as a data frame: one row for each equilibrium, parameters and outcomes as columns.

    Parameters
    ----------
    source : result
        The data set of `sweep` or of `SignalingEquilibriaBatch.to_xarray`, also as read from a file; a
        solution of a model; a batch; the equilibria of a signalling game; an evaluation of a case or its data
        set.
    model : str, optional
        Of a case with several models: which one.
    policy : str, optional
        Of a case: one of its policies (an id); all whose phases were solved, unless given.
    phase : {"end", "window"}, optional
        Of a case: the equilibria of this phase. Unless given, those of whole policies: where a policy has a
        window, each equilibrium of the window is paired with each of the end state and the outcomes are
        mixed as the model says; outcomes that belong to one phase are NaN there.

    Returns
    -------
    pandas.DataFrame
        Columns `point` (or `game`) say where a row belongs; a point without equilibria has no row. `attrs`
        holds `units` and `long_name` by column, `points` (how many were examined), `points_without` (how many
        have no row) and what the data set says of itself. Of the data set of an evaluation the rows are the
        equilibria of each policy's phases, with the columns `policy`, `phase` and `weight`, the phase's
        probability.

    Raises
    ------
    InvalidArgument
        For anything that is no such result, and for a model, policy or phase that it does not have.

    Examples
    --------
    >>> import schelling as sg
    >>> data = sg.sweep(sg.models.ExtendedDeterrence(), {"arms": [0.2, 0.4]}, progress=False)
    >>> frame = sg.table(data)
    >>> frame[["point", "arms", "attack"]].round(3)
       point  arms  attack
    0      0   0.2   0.933
    1      1   0.4   0.693
    >>> frame.attrs["units"]["attack"]
    'probability'
    """
    if isinstance(source, Evaluation):
        source = source.solved
    if isinstance(source, SolvedSample):
        return _policies(source, model, policy, phase)
    data = _as_dataset(source)
    if data is not None and data.attrs.get("schema") == "schelling/evaluation":
        return _phases(data, model, policy, phase)
    for name, value in (("model", model), ("policy", policy), ("phase", phase)):
        if value is not None:
            raise InvalidArgument(f"{name}: expected None for what is no case, found {value!r}")
    if isinstance(source, ModelSolution):
        return _solution(source)
    if isinstance(source, SignalingEquilibria):
        return source.to_dataframe()
    if isinstance(source, SignalingEquilibriaBatch):
        data = source.to_xarray()
    if data is None:
        raise InvalidArgument(f"source: expected {RESULTS}, found {type(source).__name__}")
    return _rows(data)


def _as_dataset(source: Any) -> xr.Dataset | None:
    with extra():
        import xarray as xr

    return source if isinstance(source, xr.Dataset) else None


def _frame(columns: dict[str, Any], facts: dict[str, dict[str, Any]], **attributes: Any) -> pd.DataFrame:
    with extra():
        import pandas as pd

    frame = pd.DataFrame(columns)
    frame.attrs = {
        **{word: {n: f[word] for n, f in facts.items() if f.get(word)} for word in ("units", "long_name")},
        **attributes,
    }
    return frame


def _rows(data: xr.Dataset) -> pd.DataFrame:
    """The equilibria of a ragged data set with what belongs to their points."""
    owner = next((name for name in _OWNERS if name in data.variables), None)
    if owner is None or data[owner].dims != ("equilibrium",):
        raise InvalidArgument(
            f"data set: expected a variable {' or '.join(map(repr, _OWNERS))} that says where each equilibrium"
            f" belongs, found {', '.join(map(repr, map(str, data.variables))) or 'no variable'}"
        )
    of = data[owner].to_numpy().astype(np.int64)
    dimension = _OWNERS[owner]
    columns: dict[str, Any] = {dimension: data[dimension].to_numpy()[of] if dimension in data.coords else of}
    facts: dict[str, dict[str, Any]] = {}
    last = [name for name in ("max_regret", "bayes_gap") if name in data.variables]
    order = [*data.coords, *(name for name in data.data_vars if name not in last), *last]
    for name in order:
        variable = data.variables[name]
        if name in (owner, dimension, "status", "equilibria", "flags", "bound"):
            continue
        if variable.dims == (dimension,):
            values = variable.to_numpy()[of]
        elif variable.dims == ():
            values = np.full(len(of), variable.to_numpy()[()])
        elif variable.dims[:1] == ("equilibrium",):
            values = variable.to_numpy()
        else:
            continue
        if name == "kind" and data.attrs.get("schema") == "schelling/signaling_batch":
            values = np.array(KINDS)[values]
        for label, column in _flat(str(name), values, variable.dims[1:]):
            columns[label] = column
            facts[label] = dict(variable.attrs)
    size = data.sizes.get(dimension, 0)
    examined = {"points": size, "points_without": int(size - len(np.unique(of)))}
    return _frame(columns, facts, **examined, **data.attrs)


def _flat(name: str, values: np.ndarray, dimensions: tuple) -> list[tuple[str, np.ndarray]]:
    """An array [rows, ...] as columns "name[i,j]"."""
    if not dimensions:
        return [(name, values)]
    return [
        (f"{name}[{','.join(map(str, index))}]", values[(slice(None), *index)])
        for index in np.ndindex(values.shape[1:])
    ]


def _solution(solution: ModelSolution) -> pd.DataFrame:
    count = len(solution)
    columns: dict[str, Any] = {"point": np.zeros(count, dtype=np.int64)}
    columns |= {name: np.full(count, value) for name, value in solution.parameters.items()}
    columns |= {name: np.array([e[name] for e in solution]) for name in (solution[0] if count else ())}
    for word in ("max_regret", "bayes_gap"):
        columns[word] = np.array([getattr(e.certificate, word) for e in solution])
    units = solution.units
    return _frame(
        columns,
        {name: {"units": units[name]} for name in columns if name in units},
        points=1,
        points_without=int(count == 0),
        status=solution.status,
        method=solution.method,
        library_version=solution.version,
        **{f"option_{name}": value for name, value in solution.options.items()},
    )


def _chosen(what: str, found: str | None, names: list[str]) -> list[str]:
    if found is not None and found not in names:
        raise InvalidArgument(f"{what}: expected one of {', '.join(names)}, found {found!r}")
    return names if found is None else [found]


def _one_model(model: str | None, names: list[str]) -> str:
    chosen = _chosen("model", model, names)
    if len(chosen) != 1:
        raise InvalidArgument(f"model: expected one of {', '.join(names)}, found none given")
    return chosen[0]


def _policies(solved: SolvedSample, model: str | None, policy: str | None, phase: str | None) -> pd.DataFrame:
    """The equilibria of a case's policies, over their phases or in one."""
    name = _one_model(model, list(solved.case.models))
    instance, sample = solved.case.models[name], solved.sample
    keys = [key for key in (p.id for p in solved.case.policies) if (name, key) in solved.weights]
    if (name, "") in solved.weights:
        keys.append("")
    keys = _chosen("policy", policy, keys)
    if phase is not None:
        known = sorted({each for key in keys for each in solved.weights[name, key]})
        _chosen("phase", phase, known)
    # Of what only a claim asks for, some phases may not be solved.
    keys = [
        key
        for key in keys
        if policy is not None
        or (
            all(game in solved.games for game in solved.phases(name, key) if phase in (None, game.phase))
            and (phase is None or phase in solved.weights[name, key])
        )
    ]
    outcomes = [info.name for info in instance.model.outcomes]
    parts: dict[str, list[np.ndarray]] = {"policy": [], "point": [], **{o: [] for o in outcomes}}
    without = 0
    for key in keys:
        values = {o: solved.outcome(name, key, o, phase) for o in outcomes}
        counts = np.diff(next(iter(values.values())).offsets)
        without += int((counts == 0).sum())
        parts["point"].append(np.repeat(np.arange(len(sample)), counts))
        parts["policy"].append(np.full(int(counts.sum()), key, dtype=object))
        for o in outcomes:
            parts[o].append(values[o].values)
    joined = {o: np.concatenate(p) if p else np.zeros(0) for o, p in parts.items()}
    point = joined["point"].astype(np.int64)
    columns = {"policy": joined["policy"].astype(str), "point": point}
    facts: dict[str, dict[str, Any]] = {}
    for parameter in solved.case.parameters.values():
        columns[parameter.name] = sample.columns[parameter.name][point]
        facts[parameter.name] = {"units": parameter.unit, "long_name": parameter.meaning}
    for info in instance.model.outcomes:
        label = _free(info.name, columns)
        columns[label] = joined[info.name]
        facts[label] = {"units": info.unit, "long_name": info.meaning}
    return _frame(
        columns, facts, case=solved.case.id, model=name, phase=phase or "whole policy",
        points=len(sample), points_without=without,
    )  # fmt: skip


def _free(name: str, columns: dict[str, Any]) -> str:
    """The name of an outcome's column; a parameter of the same name keeps its own."""
    return f"outcome {name}" if name in columns else name


def _phases(data: xr.Dataset, model: str | None, policy: str | None, phase: str | None) -> pd.DataFrame:
    """The equilibria of each policy's phases, from the data set of an evaluation."""
    suffix = "_equilibrium_point"
    name = _one_model(model, [str(v)[: -len(suffix)] for v in data.variables if str(v).endswith(suffix)])
    policies = [str(p) for p in data[f"{name}_policy"].to_numpy()]
    phases = [str(p) for p in data[f"{name}_phase"].to_numpy()]
    game, point = (data[f"{name}_equilibrium_{of}"].to_numpy() for of in ("game", "point"))
    game_of, weight = (data[f"{name}_{of}"].to_numpy() for of in ("game_of", "weight"))
    chosen: list[tuple[int, int, np.ndarray]] = [
        (
            policies.index(p),
            phases.index(f),
            np.flatnonzero(game == game_of[policies.index(p), phases.index(f)]),
        )
        for p in _chosen("policy", policy, policies)
        for f in _chosen("phase", phase, phases)
        if game_of[policies.index(p), phases.index(f)] >= 0
    ]
    sizes = [len(rows) for *_, rows in chosen]
    rows = np.concatenate([rows for *_, rows in chosen] or [np.zeros(0, dtype=np.int64)])
    at = point[rows].astype(np.int64)
    columns: dict[str, Any] = {
        "policy": np.repeat([policies[i] for i, *_ in chosen], sizes) if chosen else np.zeros(0, dtype=str),
        "phase": np.repeat([phases[j] for _, j, _ in chosen], sizes) if chosen else np.zeros(0, dtype=str),
        "weight": np.concatenate([weight[i, j][point[r]] for i, j, r in chosen] or [np.zeros(0)]),
        "point": at,
    }
    facts: dict[str, dict[str, Any]] = {"weight": {"units": "probability"}}
    for variable, values in data.variables.items():
        if values.dims == ("point",) and variable != "point" and "units" in values.attrs:
            columns[str(variable)] = values.to_numpy()[at]
            facts[str(variable)] = dict(values.attrs)
    for variable, values in data.variables.items():
        if values.dims == (f"{name}_equilibrium",) and f"{name}_equilibrium_" not in str(variable):
            label = _free(str(variable).removeprefix(f"{name}_"), columns)
            columns[label] = values.to_numpy()[rows]
            facts[label] = dict(values.attrs)
    kept = {key: value for key, value in data.attrs.items() if not isinstance(value, np.ndarray)}
    return _frame(columns, facts, points=data.sizes["point"], **kept)
