"""The picture of a phase diagram over two parameters: an outcome as colour, numbers of equilibria as outlined regions."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from ..pictures import Labels, log_ticks

if TYPE_CHECKING:
    import xarray as xr

COLOURS = "YlGnBu"  # ColorBrewer; safe for the common forms of colour blindness, and readable in grey
MARK, INK = "#d98b1f", "#1b1f24"


def sides(diagram: xr.Dataset) -> list[tuple[str, str]]:
    """The panels: one, or the lowest and the highest equilibrium where some point has several."""
    if diagram["equilibria"].to_numpy().max() > 1:
        return [("low", "lowest equilibrium"), ("high", "highest equilibrium")]
    return [("low", "")]


def _words(name: str) -> str:
    return name.replace("_", " ")


def _axis_title(coordinate: xr.DataArray) -> str:
    unit = coordinate.attrs.get("units", "1")
    title = f"{_words(coordinate.attrs['parameter'])} ({'no unit' if unit in ('1', '') else unit})"
    meaning = coordinate.attrs.get("long_name", "")
    return f"{title}\n{textwrap.fill(meaning, 46)}" if meaning else title


def _label_regions(axis: Any, diagram: xr.Dataset) -> None:
    """Names each number of equilibria once, where its region has most room; the baseline's dot stays free."""
    from scipy.ndimage import distance_transform_edt

    x, y, counts = (diagram[name].to_numpy() for name in ("x", "y", "equilibria"))
    baseline = _baseline(diagram)
    labels = Labels(axis, [baseline] if baseline else [])
    for count in np.unique(counts):
        room = distance_transform_edt(np.pad(counts == count, 1))[1:-1, 1:-1] / len(x)
        if room.max() < 0.015:
            continue
        best = np.argsort(-room, axis=None)
        best = best[room.ravel()[best] >= max(0.015, 0.3 * room.max())]
        best = best[:: max(1, len(best) // 200)]
        j, i = np.unravel_index(best, room.shape)
        name = "1 equilibrium" if count == 1 else f"{count} equilibria"
        texts = [name, str(count)] if room.max() >= 0.15 else [str(count)]
        labels.place(
            texts, zip(x[i], y[j], strict=True), ha="center", va="center", fontsize=10, color=INK,
            bbox={"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 1.5},
        )  # fmt: skip


def _baseline(diagram: xr.Dataset) -> tuple[float, float] | None:
    if "baseline_x" in diagram.attrs and "baseline_y" in diagram.attrs:
        return diagram.attrs["baseline_x"], diagram.attrs["baseline_y"]
    return None


def draw_phase_diagram(diagram: xr.Dataset, panels: list[Any], title: str | None) -> None:
    """Draws on one panel (the lowest equilibrium) or two; see `PhaseDiagram.plot`."""
    shown = sides(diagram)[: len(panels)]
    several = len(sides(diagram)) > 1
    counts = diagram["equilibria"].to_numpy()
    x, y = diagram["x"].to_numpy(), diagram["y"].to_numpy()
    both = np.concatenate([diagram[side].to_numpy().ravel() for side in ("low", "high")])
    known = both[np.isfinite(both)]
    low, high = (known.min(), known.max()) if known.size else (0.0, 1.0)
    unit = diagram["low"].attrs.get("units", "1")
    probability = unit == "probability"
    if probability:
        low = 0.0
    high = high if high > low else low + 1e-9
    baseline = _baseline(diagram)
    for axis, (name, label) in zip(panels, shown, strict=True):
        mesh = axis.pcolormesh(
            x,
            y,
            diagram[name].to_numpy(),
            shading="gouraud",
            cmap=COLOURS,
            vmin=low,
            vmax=high,
            rasterized=True,
        )
        if several:
            axis.contour(x, y, counts, levels=np.unique(counts)[1:] - 0.5, colors=INK, linewidths=1.4)
        if baseline:
            axis.plot(*baseline, "o", color=MARK, markeredgecolor="white", markersize=9, label="baseline")
        axis.set_xscale(diagram["x"].attrs.get("scale", "linear"))
        axis.set_yscale(diagram["y"].attrs.get("scale", "linear"))
        axis.set_xlim(x[0], x[-1])
        axis.set_ylim(y[0], y[-1])
        axis.set_xlabel(_axis_title(diagram["x"]))
        if label:
            axis.set_title(f"{label}; figures: how many", fontsize=11)
    panels[0].set_ylabel(_axis_title(diagram["y"]))
    figure = panels[0].figure
    bar = figure.colorbar(mesh, ax=panels, pad=0.02)
    bar.set_label(_words(diagram.attrs["outcome"]) + ("" if unit in ("1", "") else f" ({unit})"))
    if probability:
        digits = 0 if high > 0.05 else 2
        bar.ax.yaxis.set_major_formatter(
            lambda value, _: f"{100 * value:.{digits}f}\u202f%".replace("-", "\u2212")
        )
    if title and len(panels) > 1:
        figure.suptitle(title)
    elif title:
        panels[0].set_title(title)
    for axis in panels:
        for side, scale in ((axis.xaxis, axis.get_xscale()), (axis.yaxis, axis.get_yscale())):
            if scale == "log":
                log_ticks(side)
    if several:
        for axis in panels:
            _label_regions(axis, diagram)
