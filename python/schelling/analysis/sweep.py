"""Sweeps: a model solved at many points, as a labelled data set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from .._core import InvalidArgument, SweepResult, __version__, certificate_tolerance
from ..arguments import MAPPING, OPTIONS, ROWS, Rule, array, checked, expectation
from ..extras import extra
from ..models.model import columns_to_points
from ..models.protocol import SweptPoints, point_of_model, sweep_points, table_of

if TYPE_CHECKING:
    import xarray as xr

Progress = Callable[[int, int], object]


def grid(**axes: Any) -> dict[str, np.ndarray]:
    """Columns of all combinations of the axes' values, the last axis moving fastest: points for `sweep`."""
    mesh = np.meshgrid(*(np.atleast_1d(array(name, values)) for name, values in axes.items()), indexing="ij")
    return {name: column.ravel() for name, column in zip(axes, mesh, strict=True)}


@checked(
    samples=ROWS,
    progress=Rule(
        "True, False or a function of (done, total)",
        lambda p: isinstance(p, bool) or OPTIONS["progress"].accepts(p),
    ),
)
def sweep(
    model: Any,
    samples: Mapping[str, Any] | np.ndarray,
    *,
    threads: int = 0,
    time_limit: float | None = None,
    progress: bool | Progress = True,
) -> xr.Dataset:
    """Solves a model at many points; the compiled models in parallel.

    `model` is one of the library or the user's own: an object with `parameters`, `outcomes` and `solve`, see
    `schelling.models.PythonModel`.
    `samples` are columns by parameter name (numbers, or arrays of one length N; a mapping, a data frame or
    a data set of one dimension), the other parameters being those of `model`; or an array [N, parameters]
    in the model's order. `threads` changes the speed and nothing else. `progress` is a bar that shows after
    a second, a callable (done, total), or False; `time_limit` is in seconds.

    The data set is ragged in the sense of the CF conventions (contiguous ragged array, section 9.3.3):
    outcomes, `max_regret` and `bayes_gap` along the dimension `equilibrium`, where those of one point
    follow each other; along `point` the parameters as coordinates with unit and meaning, the number of
    `equilibria`, and `status`, which says "solved" or why a point has none. `equilibrium_point` is the
    point of each equilibrium. `padded` gives the dense form, `table` and the data set's own `to_dataframe` a
    data frame with one row for each equilibrium.

    Raises InvalidArgument for an unknown parameter or a point outside the domain. An interrupt is raised
    with the data set of what was solved so far as its attribute `partial`.
    """
    from . import ragged  # noqa: F401 - a missing package is told before the work, not after it

    core = table_of(model)
    if not isinstance(samples, np.ndarray):
        MAPPING.check("samples", samples)
    if isinstance(samples, np.ndarray):
        points = np.atleast_2d(samples)
    else:
        points = columns_to_points(
            core, point_of_model(model), {str(name): samples[name] for name in samples}
        )
    shown, close = _shown(progress, len(points))
    try:
        result = sweep_points(model, points, threads=threads, time_limit=time_limit, progress=shown)
    except BaseException as error:
        partial = getattr(error, "partial", None)
        if isinstance(partial, SweepResult | SweptPoints):
            error.partial = _dataset(model, points, partial)  # type: ignore[attr-defined]
        raise
    finally:
        close()
    return _dataset(model, points, result)


def padded(dataset: xr.Dataset) -> xr.Dataset:
    """A sweep with its outcomes as arrays [point, branch], NaN where a point has fewer equilibria than
    `branch` + 1.
    """
    with extra():
        import xarray as xr

    if not isinstance(dataset, xr.Dataset):
        raise InvalidArgument(expectation("dataset", "a sweep", dataset))
    if "equilibrium_point" not in dataset:
        raise InvalidArgument("dataset: expected a sweep, found no variable 'equilibrium_point'")
    counts = dataset["equilibria"].to_numpy()
    points = dataset["equilibrium_point"].to_numpy()
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    branches = np.arange(len(points)) - starts[points] if len(points) else points
    kept = dataset.drop_dims("equilibrium")
    dense = xr.Dataset(dict(kept.data_vars), kept.coords, kept.attrs)
    for name, variable in dataset.data_vars.items():
        if variable.dims == ("equilibrium",) and name != "equilibrium_point":
            values = np.full((len(counts), int(counts.max(initial=0))), np.nan)
            values[points, branches] = variable.to_numpy()
            dense[name] = (("point", "branch"), values, variable.attrs)
    dense["equilibria"].attrs.pop("sample_dimension", None)
    return dense


def _dataset(model: Any, points: np.ndarray, result: SweepResult | SweptPoints) -> xr.Dataset:
    core = table_of(model)
    counts = np.diff(result.offsets)
    coordinates = {}
    for info, column in zip(core.parameters, points.T, strict=True):
        attributes = {
            "units": getattr(info, "unit", "") or "1",
            "long_name": getattr(info, "meaning", ""),
            "symbol": getattr(info, "symbol", ""),
            "domain": str(getattr(info, "domain", "")),
        }
        fixed = len(column) > 0 and (column == column[0]).all()
        coordinates[info.name] = ((), column[0], attributes) if fixed else ("point", column, attributes)
    variables: dict[str, Any] = {
        "equilibria": (
            "point",
            counts,
            {"long_name": "number of equilibria", "sample_dimension": "equilibrium"},
        ),
        "status": ("point", result.status, {"long_name": "why the point has the equilibria that it has"}),
        "equilibrium_point": (
            "equilibrium",
            np.repeat(np.arange(len(points)), counts),
            {"long_name": "point that the equilibrium belongs to"},
        ),
        "max_regret": (
            "equilibrium",
            result.max_regret,
            {"units": "1", "long_name": "largest gain by a deviation"},
        ),
        "bayes_gap": (
            "equilibrium",
            result.bayes_gap,
            {"units": "1", "long_name": "largest error of a probability"},
        ),
    }
    for k, info in enumerate(model.outcomes):
        attributes = {
            "units": getattr(info, "unit", "") or "1",
            "long_name": getattr(info, "meaning", ""),
            "mixing": getattr(info, "mixing", "none"),
        }
        variables[info.name] = ("equilibrium", result.values[:, k], attributes)
    info, name = getattr(model, "info", None), type(model).__name__
    attributes = {
        "Conventions": "CF-1.11",
        "schema": "schelling/sweep",
        "schema_version": 1,
        "title": getattr(info, "title", "") or name,
        "model": getattr(info, "name", "") or name,
        "engine": getattr(info, "engine", ""),
        "citation": getattr(info, "citation", ""),
        "library_version": __version__,
        "certificate_tolerance": certificate_tolerance,
        **{f"option_{name}": value for name, value in getattr(model, "options", {}).items()},
    }
    from .ragged import RaggedDataset

    return RaggedDataset(variables, coordinates, attributes)


def _shown(progress: bool | Progress, total: int) -> tuple[Progress | None, Callable[[], object]]:
    """The core's progress callable, and how to end the showing."""
    if callable(progress):
        return progress, lambda: None
    if not progress:
        return None, lambda: None
    with extra():
        from tqdm.auto import tqdm

    bar = tqdm(total=total, unit="points", delay=1, leave=False)
    return lambda done, _total: bar.update(done - bar.n), bar.close
