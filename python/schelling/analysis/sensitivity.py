"""Which parameters decide: given-data sensitivity measures on the one sample of a sweep.

The measures are SALib's: PAWN (Pianosi and Wagener 2018) and the first-order index by RBD-FAST (Tarantola,
Gatelli and Mara 2006). This module adds what a report needs around them: an interval that respects the design,
a sign, a level of noise, the profile of the output over each parameter's range, and a convergence table.

A low-discrepancy sample is not independent within a scramble, so resampling draws whole scrambles (blocks).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .._core import InvalidArgument
from ..arguments import ROWS, TEXT, WHOLE, Rule, array, checked, optional
from ..extras import extra
from .phase_diagram import bounds

if TYPE_CHECKING:
    import xarray as xr

METHODS = ("pawn", "rbd_fast")
DUMMIES = 20
DEFAULT_BLOCKS = 16


def _problem(names: Sequence[str], columns: np.ndarray) -> dict:
    bounds = [[float(low), float(high)] for low, high in zip(columns.min(0), columns.max(0), strict=True)]
    return {"num_vars": len(names), "names": list(names), "bounds": bounds}


def _index(method: str, columns: np.ndarray, outputs: np.ndarray, slices: int) -> np.ndarray:
    """The library's measure of every column, [D]."""
    # SALib brings pandas and Matplotlib along: seconds that only those who measure should pay.
    with extra():
        from SALib.analyze import pawn, rbd_fast

    problem = _problem([f"x{i}" for i in range(columns.shape[1])], columns)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        if method == "pawn":
            return np.asarray(pawn.analyze(problem, columns, outputs, S=slices)["mean"])
        return np.asarray(rbd_fast.analyze(problem, columns, outputs, num_resamples=1, seed=1)["S1"])


def _slice_of(columns: np.ndarray, slices: int) -> np.ndarray:
    """The slice of equal count that each point falls in, by column: [N, D] of integers in [0, slices)."""
    order = columns.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    return (order * slices) // len(columns)


def profile(columns: np.ndarray, outputs: np.ndarray, *, slices: int = 10) -> np.ndarray:
    """Mean output in each of `slices` parts of equal count of every parameter's range, [D, slices]."""
    member = _slice_of(columns, slices)
    count = np.stack([np.bincount(member[:, d], minlength=slices) for d in range(columns.shape[1])])
    total = np.stack(
        [np.bincount(member[:, d], weights=outputs, minlength=slices) for d in range(columns.shape[1])]
    )
    return total / np.maximum(count, 1)


def _resampled_shares(
    columns: np.ndarray, outputs: np.ndarray, blocks: np.ndarray, draws: np.ndarray, slices: int
) -> np.ndarray:
    """PAWN of a 0/1 output for every draw of blocks, [B, D].

    For a 0/1 output the Kolmogorov-Smirnov distance between a slice and the whole is the difference of their
    shares, so a replicate needs counts by block and slice only.
    """
    block_count = int(blocks.max()) + 1
    weights = np.stack([np.bincount(draw, minlength=block_count) for draw in draws]).astype(float)  # [B, R]
    overall = (weights @ np.bincount(blocks, weights=outputs, minlength=block_count)) / (
        weights @ np.bincount(blocks, minlength=block_count)
    )
    member = _slice_of(columns, slices)
    result = np.empty((len(draws), columns.shape[1]))
    for d in range(columns.shape[1]):
        cell = blocks * slices + member[:, d]
        size = block_count * slices
        count = np.bincount(cell, minlength=size).reshape(block_count, slices)
        total = np.bincount(cell, weights=outputs, minlength=size).reshape(block_count, slices)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = (weights @ total) / (weights @ count)
        result[:, d] = np.nanmean(np.abs(share - overall[:, None]), axis=1)
    return result


def _trend(columns: np.ndarray, outputs: np.ndarray, blocks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rank correlation of every parameter with the output, and its 95 % half-width over blocks, [D] each."""
    with extra():
        from scipy import stats

    by_block = []
    for block in range(int(blocks.max()) + 1):
        chosen = blocks == block
        if chosen.sum() < 3 or np.ptp(outputs[chosen]) == 0:
            continue
        ranks = stats.rankdata(np.column_stack([columns[chosen], outputs[chosen]]), axis=0)
        ranks -= ranks.mean(axis=0)
        scale = np.sqrt((ranks**2).sum(axis=0))
        with np.errstate(invalid="ignore", divide="ignore"):
            by_block.append((ranks[:, :-1] * ranks[:, -1:]).sum(axis=0) / (scale[:-1] * scale[-1]))
    if len(by_block) < 2:
        return np.zeros(columns.shape[1]), np.full(columns.shape[1], np.inf)
    table = np.nan_to_num(np.array(by_block))
    half = stats.t.ppf(0.975, len(table) - 1) * table.std(axis=0, ddof=1) / np.sqrt(len(table))
    return table.mean(axis=0), half


def _clean(
    samples: np.ndarray, outputs: np.ndarray, parameters: Sequence[str], blocks: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    columns, values = array("samples", samples), array("outputs", outputs)
    if columns.ndim != 2 or columns.shape[1] != len(parameters):
        raise InvalidArgument(
            f"samples: expected [N, {len(parameters)}], one column a parameter, got {list(columns.shape)}"
        )
    if values.shape != (len(columns),):
        raise InvalidArgument(f"outputs: expected [{len(columns)}], got {list(values.shape)}")
    if not np.isfinite(columns).all():
        raise InvalidArgument("samples: expected finite numbers, found NaN or infinity")
    group = (
        np.arange(len(columns)) % DEFAULT_BLOCKS if blocks is None else array("blocks", blocks).astype(int)
    )
    if group.shape != values.shape:
        raise InvalidArgument(f"blocks: expected [{len(columns)}], got {list(group.shape)}")
    kept = np.isfinite(values)
    group = np.unique(group[kept], return_inverse=True)[1]
    return columns[kept], values[kept], group


def _of_sweep(
    data: xr.Dataset, outcome: str, parameters: Sequence[str] | None
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Varied parameters [N, D], an outcome in the middle between its lowest and highest equilibrium [N], names."""
    outcomes = [
        str(n) for n, v in data.data_vars.items() if v.dims == ("equilibrium",) and n != "equilibrium_point"
    ]
    if "equilibrium_point" not in data or outcome not in outcomes:
        found = "no sweep" if "equilibrium_point" not in data else repr(outcome)
        raise InvalidArgument(
            f"outputs: expected one of the sweep's outcomes {', '.join(outcomes)}, found {found}"
        )
    varied = [
        str(name) for name, column in data.coords.items() if column.dims == ("point",) and name != "point"
    ]
    names = varied if parameters is None else list(parameters)
    for name in names:
        if name not in varied:
            raise InvalidArgument(f"parameters: expected some of {', '.join(varied)}, found {name!r}")
    if not names:
        raise InvalidArgument("samples: expected a sweep over at least one parameter, found all fixed")
    offsets = np.concatenate([[0], np.cumsum(data["equilibria"].to_numpy())])
    _, low, high = bounds(offsets, data[outcome].to_numpy())
    return np.column_stack([data[name].to_numpy() for name in names]), (low + high) / 2, names


@checked(
    samples=ROWS,
    outputs=Rule("an array, or the name of an outcome", lambda x: TEXT.accepts(x) or ROWS.accepts(x)),
    parameters=optional(ROWS),
    blocks=optional(ROWS),
    keep=optional(WHOLE),
    slices=WHOLE,
    resamples=WHOLE,
    seed=WHOLE,
)
def sensitivity(
    samples: np.ndarray | xr.Dataset,
    outputs: np.ndarray | str,
    *,
    parameters: Sequence[str] | None = None,
    method: str = "pawn",
    blocks: np.ndarray | None = None,
    keep: int | None = None,
    slices: int = 10,
    resamples: int = 200,
    seed: int = 0,
) -> xr.Dataset:
    """Sensitivity of one output to every parameter, from a given sample.

    Parameters
    ----------
    samples : array [N, D], or the data set of a sweep
        Parameter values, one column a parameter.
    outputs : array [N], or of a sweep the name of an outcome
        The output; booleans count as 0 and 1, NaN points are left out. Of several equilibria at a point the middle
        between the lowest and the highest outcome counts.
    parameters : sequence of str
        Column names, [D]; of a sweep all that vary, unless given.
    method : {"pawn", "rbd_fast"}
        PAWN (mean over slices: the median would miss an effect at one end of the range) sees any change of
        the output's distribution; RBD-FAST is the share of its variance that the parameter explains alone.
    blocks : array [N] of int, optional
        Independent parts of the design (scrambles); resampling draws whole blocks.
    keep : int, optional
        Hand only this many parameters to the library: those whose profile varies most.
    slices : int
        Parts of equal count that a parameter's range is cut into (PAWN, profile and screening).
    resamples : int
        Bootstrap replicates behind the intervals; 0 leaves intervals and noise out (NaN).
    seed : int
        Seeds the bootstrap and the dummy parameters.

    Returns
    -------
    xarray.Dataset
        Over `parameter`, largest index first: `index`, `lower`, `upper` (95 %), `trend` (rank correlation),
        `sign` (0 where the interval of the trend contains 0) and `profile` [parameter, slice]; scalar `noise`,
        the largest index among dummy parameters that have no influence. An output that never varies has index 0
        everywhere.

    Raises
    ------
    InvalidArgument
        A wrong shape, an unknown method, fewer points than slices.
    """
    with extra():
        import xarray as xr
        from scipy import stats

    if method not in METHODS:
        raise InvalidArgument(f"method: expected one of {', '.join(METHODS)}, got {method!r}")
    if isinstance(outputs, str):
        if not hasattr(samples, "data_vars"):
            raise InvalidArgument(f"outputs: expected an array for an array of samples, found {outputs!r}")
        samples, outputs, parameters = _of_sweep(samples, outputs, parameters)  # type: ignore[arg-type]
    if parameters is None:
        raise InvalidArgument("parameters: expected the names of the columns of samples, found none")
    columns, values, group = _clean(samples, outputs, parameters, blocks)  # type: ignore[arg-type]
    if len(values) < 2 * slices:
        raise InvalidArgument(f"samples: expected at least {2 * slices} defined points, got {len(values)}")
    shape = profile(columns, values, slices=slices)
    spread = np.mean(np.abs(shape - values.mean()), axis=1)
    chosen = np.argsort(-spread, kind="stable")[: keep or len(parameters)]
    columns, shape = columns[:, chosen], shape[chosen]
    trend, half = _trend(columns, values, group)
    index, noise, deviation = np.zeros(len(chosen)), 0.0, np.zeros(len(chosen))
    if np.ptp(values) > 0:
        index = _index(method, columns, values, slices)
    if resamples == 0:
        noise, deviation = np.nan, np.full(len(chosen), np.nan)
    elif np.ptp(values) > 0:
        generator = np.random.default_rng(seed)
        dummies = np.column_stack([generator.permutation(len(values)) for _ in range(DUMMIES)]).astype(float)
        noise = float(_index(method, dummies, values, slices).max())
        block_count = int(group.max()) + 1
        draws = generator.integers(block_count, size=(resamples, block_count))
        if method == "pawn" and np.isin(values, (0.0, 1.0)).all():
            replicates = _resampled_shares(columns, values, group, draws, slices)
        else:
            members = [np.flatnonzero(group == block) for block in range(block_count)]
            rows = [np.concatenate([members[block] for block in draw]) for draw in draws]
            replicates = np.array([_index(method, columns[r], values[r], slices) for r in rows])
        deviation = replicates.std(axis=0, ddof=1)
    reach = stats.norm.ppf(0.975) * deviation
    order = np.argsort(-index, kind="stable")
    sign = np.where(np.abs(trend) > half, np.sign(trend), 0).astype(int)
    return xr.Dataset(
        {
            "index": ("parameter", index[order]),
            "lower": ("parameter", np.maximum(index - reach, 0.0)[order]),
            "upper": ("parameter", (index + reach)[order]),
            "trend": ("parameter", trend[order]),
            "sign": ("parameter", sign[order]),
            "profile": (("parameter", "slice"), shape[order]),
            "noise": noise,
        },
        coords={
            "parameter": np.asarray(parameters, dtype=object)[chosen][order].astype(str),
            "slice": (np.arange(slices) + 0.5) / slices,
        },
        attrs={"method": method, "points": len(values), "resamples": resamples, "seed": seed},
    )


def convergence(
    samples: np.ndarray,
    outputs: np.ndarray,
    *,
    parameters: Sequence[str],
    blocks: np.ndarray | None = None,
    method: str = "pawn",
    slices: int = 10,
) -> xr.DataArray:
    """The index on the first 1, 2, 4, ... blocks of the sample: has it settled?

    Arguments as in `sensitivity`. Returns an array over `points` (sample size) and `parameter`.
    """
    with extra():
        import xarray as xr

    if method not in METHODS:
        raise InvalidArgument(f"method: expected one of {', '.join(METHODS)}, got {method!r}")
    columns, values, group = _clean(samples, outputs, parameters, blocks)
    block_count = int(group.max()) + 1
    sizes = sorted({*(2**k for k in range(block_count.bit_length()) if 2**k <= block_count), block_count})
    rows, points = [], []
    for size in sizes:
        part = group < size
        if part.sum() < 2 * slices:
            continue
        varies = np.ptp(values[part]) > 0
        rows.append(
            _index(method, columns[part], values[part], slices) if varies else np.zeros(len(parameters))
        )
        points.append(int(part.sum()))
    return xr.DataArray(
        np.array(rows).reshape(len(points), len(parameters)),
        dims=("points", "parameter"),
        coords={"points": points, "parameter": list(parameters)},
        attrs={"method": method},
    )
