"""Regions of a two-parameter plane by equilibrium signature, refined where they meet.

The signature of a point is the number of its equilibria. A grid over the plane is solved first; a cell is
cut into four where its corners differ in signature or, by more than the tolerance, in the outcome. Cells that
are not cut are filled by bilinear interpolation, and the result says which points were solved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .._core import InvalidArgument
from ..arguments import FLAG, MAPPING, NUMBER, TEXT, WHOLE, checked, instance_of, optional, shown
from ..extras import extra
from ..models.protocol import point_of_model, sweep_points, table_of
from ..signaling.family import SignalingFamily
from ..signaling.plane import PhasePlane, solve_plane
from ..signaling.regions import PhaseLine, solve_line

if TYPE_CHECKING:
    import xarray as xr

PlaneSolver = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray, np.ndarray]]
"""From x[N] and y[N] to the number of equilibria and the outcome's lowest and highest value, [N] each."""


@dataclass(frozen=True)
class Axis:
    """One side of the plane: a parameter from `low` to `high`, linear or `scale="log"`."""

    name: str
    low: float
    high: float
    unit: str = "1"
    scale: str = "linear"
    baseline: float | None = None
    meaning: str = ""

    def __post_init__(self) -> None:
        for name, rule in (
            ("name", TEXT),
            ("low", NUMBER),
            ("high", NUMBER),
            ("unit", TEXT),
            ("scale", TEXT),
            ("meaning", TEXT),
        ):
            rule.check(name, getattr(self, name))
        optional(NUMBER).check("baseline", self.baseline)
        if not (np.isfinite([self.low, self.high]).all() and self.low < self.high):
            raise InvalidArgument(f"axis {self.name}: expected low < high, got {self.low} and {self.high}")
        if self.scale not in ("linear", "log"):
            raise InvalidArgument(f"axis {self.name}: expected scale linear or log, got {shown(self.scale)}")
        if self.scale == "log" and self.low <= 0:
            raise InvalidArgument(f"axis {self.name}: expected low > 0 on a log scale, got {self.low}")

    @property
    def attributes(self) -> dict[str, str]:
        """What the coordinate of a data set says about itself."""
        return {"parameter": self.name, "units": self.unit, "scale": self.scale, "long_name": self.meaning}

    def values(self, count: int) -> np.ndarray:
        """`count` values from low to high, evenly spaced on the axis's scale."""
        spaced = np.geomspace if self.scale == "log" else np.linspace
        return spaced(self.low, self.high, count)


def refine_plane(
    solve: PlaneSolver,
    x: Axis,
    y: Axis,
    *,
    outcome: str,
    unit: str = "1",
    resolution: int = 24,
    depth: int = 3,
    tolerance: float = 0.05,
    progress: Callable[[int], None] | None = None,
) -> xr.Dataset:
    """Solve a plane with adaptive refinement of the boundaries between regions.

    Parameters
    ----------
    solve : callable
        From x[N], y[N] to (count[N], low[N], high[N]).
    x, y : Axis
        The sides of the plane.
    outcome, unit : str
        What `low` and `high` are; recorded in the result.
    resolution : int
        Cells a side before refinement.
    depth : int
        How often a cell may be cut: the finest grid has `resolution * 2**depth` cells a side.
    tolerance : float
        Cut a cell if the outcome differs between its corners by more than this part of its range so far.
    progress : callable, optional
        Called with the number of points after every batch.

    Returns
    -------
    xarray.Dataset
        Over (y, x) on the finest grid: `equilibria` (count), `low`, `high`, `solved` (else interpolated). Its
        `plot()` draws it, with names and units.
    """
    with extra():
        pass

    if resolution < 1 or depth < 0:
        raise InvalidArgument(f"expected resolution >= 1 and depth >= 0, got {resolution} and {depth}")
    cells = resolution * 2**depth
    columns, rows = x.values(cells + 1), y.values(cells + 1)
    shape = (cells + 1, cells + 1)
    count, low, high = np.zeros(shape, dtype=int), np.full(shape, np.nan), np.full(shape, np.nan)
    solved = np.zeros(shape, dtype=bool)

    def solve_points(wanted: np.ndarray) -> None:
        j, i = np.nonzero(wanted & ~solved)
        if len(i):
            count[j, i], low[j, i], high[j, i] = solve(columns[i], rows[j])
            solved[j, i] = True
        if progress:
            progress(len(i))

    step = 2**depth
    corner = np.zeros(shape, dtype=bool)
    corner[::step, ::step] = True
    solve_points(corner)
    j, i = (
        a.ravel() for a in np.meshgrid(np.arange(0, cells, step), np.arange(0, cells, step), indexing="ij")
    )
    leaves = []
    while True:
        cut = _differs(count, low, high, j, i, step, tolerance) if step > 1 else np.zeros(len(j), dtype=bool)
        leaves.append((j[~cut], i[~cut], step))
        if not cut.any():
            break
        j, i, step = j[cut], i[cut], step // 2
        wanted = np.zeros(shape, dtype=bool)
        for dj in range(3):
            for di in range(3):
                wanted[j + dj * step, i + di * step] = True
        solve_points(wanted)
        j, i = (
            np.concatenate([a + d * step for d in offsets])
            for a, offsets in ((j, (0, 0, 1, 1)), (i, (0, 1, 0, 1)))
        )
    for leaf_j, leaf_i, size in leaves:
        _fill(count, low, high, solved, leaf_j, leaf_i, size)
    from .phase_diagram_data import PhaseDiagram

    return PhaseDiagram(
        {
            "equilibria": (("y", "x"), count),
            "low": (("y", "x"), low, {"units": unit}),
            "high": (("y", "x"), high, {"units": unit}),
            "solved": (("y", "x"), solved),
        },
        coords={
            "x": ("x", columns, x.attributes),
            "y": ("y", rows, y.attributes),
        },
        attrs={
            "outcome": outcome,
            "resolution": resolution,
            "depth": depth,
            **{
                f"baseline_{side}": axis.baseline
                for side, axis in (("x", x), ("y", y))
                if axis.baseline is not None
            },
        },
    )


def _corners(table: np.ndarray, j: np.ndarray, i: np.ndarray, step: int) -> np.ndarray:
    return np.stack([table[j, i], table[j, i + step], table[j + step, i], table[j + step, i + step]])


def _differs(
    count: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    j: np.ndarray,
    i: np.ndarray,
    step: int,
    tolerance: float,
) -> np.ndarray:
    different = np.ptp(_corners(count, j, i, step), axis=0) > 0
    for values in (low, high):
        known = values[np.isfinite(values)]
        spread = np.ptp(_corners(values, j, i, step), axis=0)
        different |= spread > tolerance * (np.ptp(known) if known.size else 0.0)
    return different


def _fill(count, low, high, solved, j: np.ndarray, i: np.ndarray, step: int) -> None:
    """Interpolate inside cells that were not cut; points that were solved keep their values."""
    for dj in range(step + 1):
        for di in range(step + 1):
            at = (j + dj, i + di)
            open_ = ~solved[at]
            if not open_.any():
                continue
            at = (at[0][open_], at[1][open_])
            v, u = dj / step, di / step
            weight = np.array([(1 - v) * (1 - u), (1 - v) * u, v * (1 - u), v * u])
            count[at] = count[j, i][open_]
            for values in (low, high):
                values[at] = weight @ _corners(values, j, i, step)[:, open_]


@checked(
    x=optional(instance_of(Axis)),
    y=optional(instance_of(Axis)),
    outcome=optional(TEXT),
    fixed=optional(MAPPING),
    exact=FLAG,
    resolution=WHOLE,
    depth=WHOLE,
    tolerance=NUMBER,
)
def phase_diagram(
    model,
    *,
    x: Axis | None = None,
    y: Axis | None = None,
    outcome: str | None = None,
    fixed: Mapping[str, Any] | None = None,
    exact: bool = False,
    resolution: int = 24,
    depth: int = 3,
    tolerance: float = 0.05,
    threads: int = 0,
    time_limit: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> xr.Dataset | PhaseLine | PhasePlane:
    """Phase diagram of a model: number of equilibria and one outcome over two of its parameters; or, with `exact`, of a
    family of signalling games: where each support of an equilibrium exists.

    Parameters
    ----------
    model : model, or SignalingFamily with `exact`
        Any model, of the library or the user's own (see `sweep`).
    x, y : Axis
        Two of the model's parameters and how far they go. A family has ranges of its own.
    outcome : str
        One of the model's outcomes. Not for a family.
    fixed : mapping, optional
        Other parameters by name; those that are missing are as in `model`.
    exact : bool
        Breakpoints as exact numbers, boundaries as polynomials, instead of a grid.
    resolution, depth, tolerance
        As in `refine_plane`.
    threads : int
        0 takes every core.
    time_limit : float, seconds
        For exact diagrams.
    progress : callable (done, total)
        For exact diagrams.

    Returns
    -------
    xarray.Dataset
        As `refine_plane`.
    PhaseLine, PhasePlane
        With `exact`, of a family with one parameter, with two.

    Raises
    ------
    InvalidArgument
        A parameter or an outcome that the model does not have, an axis that is missing, `exact` for what is no family,
        a family whose priors are not positive inside its ranges.
    InvalidOptions
        A family too large, with the estimate.

    Examples
    --------
    >>> import schelling as sg
    >>> def beer_quiche(p):
    ...     return sg.SignalingGame(
    ...         [p, 1 - p],
    ...         [[[1, 3], [0, 2]], [[0, 2], [1, 3]]],
    ...         [[[0, 1], [0, 1]], [[1, 0], [1, 0]]],
    ...         types=["strong", "weak"], messages=["beer", "quiche"], actions=["duel", "not"],
    ...     )
    >>> sg.phase_diagram(sg.SignalingFamily.from_function(beer_quiche, p=(0, 1)), exact=True)
    PhaseLine(p from 0 to 1; 5 supports; 1 breakpoint)
      pooling (strong, weak: quiche | quiche: duel or not): p = 1/2
      pooling (strong, weak: quiche | quiche: not): p >= 1/2
      pooling (strong, weak: beer | beer: duel or not): p = 1/2
      pooling (strong, weak: beer | beer: not): p >= 1/2
      semi-separating (strong, weak: beer; weak: quiche | beer: duel or not; quiche: duel): p < 1/2
    """
    if isinstance(model, SignalingFamily) != exact:
        raise InvalidArgument(
            f"exact: expected True for a SignalingFamily and for nothing else, found {exact} for {shown(model)}"
        )
    if isinstance(model, SignalingFamily):
        if x is not None or y is not None or outcome is not None:
            raise InvalidArgument(
                "x, y, outcome: expected none of them for a family, whose `restrict` and `fix` set the ranges"
            )
        family = model.fix(**fixed) if fixed else model
        if len(family.parameters) == 1:
            return solve_line(family, time_limit=time_limit, progress=progress)
        return solve_plane(family, time_limit=time_limit, progress=progress)
    if x is None or y is None or outcome is None:
        raise InvalidArgument("x, y, outcome: expected all three for a model, found one missing")
    infos = {p.name: p for p in table_of(model).parameters}
    outcomes = {o.name: k for k, o in enumerate(model.outcomes)}
    values = dict(zip(infos, point_of_model(model).tolist(), strict=True)) | dict(fixed or {})
    for name in (x.name, y.name, *(fixed or {})):
        if name not in infos:
            raise InvalidArgument(f"parameter: found {name!r}, expected one of {', '.join(infos)}")
    if outcome not in outcomes:
        raise InvalidArgument(f"outcome: found {outcome!r}, expected one of {', '.join(outcomes)}")

    first, second = x.name, y.name

    def solve(xs: np.ndarray, ys: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        columns = {name: np.full(len(xs), value) for name, value in values.items()} | {first: xs, second: ys}
        answer = sweep_points(model, np.column_stack([columns[name] for name in infos]), threads=threads)
        return bounds(answer.offsets, answer.values[:, outcomes[outcome]])

    x, y = (_described(a, infos[a.name], values[a.name]) for a in (x, y))
    return refine_plane(
        solve, x, y, outcome=outcome, unit=getattr(model.outcomes[outcomes[outcome]], "unit", "") or "1",
        resolution=resolution, depth=depth, tolerance=tolerance,
    )  # fmt: skip


def _described(axis: Axis, info: Any, value: float) -> Axis:
    """The axis with what the model says of its parameter where the axis does not."""
    return replace(
        axis,
        baseline=value if axis.baseline is None else axis.baseline,
        unit=axis.unit if axis.unit != "1" else getattr(info, "unit", "") or "1",
        meaning=axis.meaning or getattr(info, "meaning", ""),
    )


def bounds(offsets: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Count, lowest and highest value of every point of ragged rows: [N] each, NaN where there is no row."""
    count = np.diff(offsets)
    low, high = np.full(len(count), np.nan), np.full(len(count), np.nan)
    some = count > 0
    if some.any():
        low[some] = np.fmin.reduceat(values, offsets[:-1][some])
        high[some] = np.fmax.reduceat(values, offsets[:-1][some])
    return count, low, high
