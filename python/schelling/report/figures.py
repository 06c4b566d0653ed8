"""Drawn figures of a report: Matplotlib's SVG with real text, ready to stand inside a page."""

from __future__ import annotations

import io
import re
import textwrap

import numpy as np
import xarray as xr
from markupsafe import escape

from .formats import percent, words

COLOURS = "YlGnBu"  # ColorBrewer; safe for the common forms of colour blindness, and readable in grey
MARK, INK = "#d98b1f", "#1b1f24"


def inline_svg(figure, key: str, title: str) -> str:
    """A Matplotlib figure as an SVG element whose ids are its own on the page."""
    import matplotlib

    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": key}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r'\bid="', f'id="{key}-', svg)
    svg = re.sub(r'href="#', f'href="#{key}-', svg)
    svg = svg.replace("*{stroke", f"#{key}-figure_1 *{{stroke")
    svg = svg.replace("url(#", f"url(#{key}-")
    head = f'<svg class="drawn" role="img" aria-label="{escape(title)}" '
    svg = re.sub(r"<svg (?=[^>]*>)", head, svg, count=1)
    svg = re.sub(r'(<svg [^>]*?)\s(?:width)="[^"]*"', r"\1", svg, count=1)
    return re.sub(r'(<svg [^>]*?)\s(?:height)="[^"]*"', r"\1", svg, count=1)


def _axis_title(coordinate: xr.DataArray) -> str:
    unit = coordinate.attrs.get("units", "1")
    title = f"{words(coordinate.attrs['parameter'])} ({'no unit' if unit in ('1', '') else unit})"
    meaning = coordinate.attrs.get("long_name", "")
    return f"{title}\n{textwrap.fill(meaning, 46)}" if meaning else title


def _label_regions(axis, diagram: xr.Dataset) -> None:
    """Name each number of equilibria once, where its region has most room; the baseline's dot stays free."""
    from scipy.ndimage import distance_transform_edt

    x, y, counts = diagram["x"].values, diagram["y"].values, diagram["equilibria"].values
    free = np.ones(counts.shape, dtype=bool)
    if "baseline_x" in diagram.attrs and "baseline_y" in diagram.attrs:
        free[
            np.abs(y - diagram.attrs["baseline_y"]).argmin(), np.abs(x - diagram.attrs["baseline_x"]).argmin()
        ] = False
    for count in np.unique(counts):
        room = distance_transform_edt(np.pad((counts == count) & free, 1))[1:-1, 1:-1] / len(x)
        if room.max() < 0.015:
            continue
        j, i = np.unravel_index(room.argmax(), room.shape)
        text = str(count) if room.max() < 0.15 else "1 equilibrium" if count == 1 else f"{count} equilibria"
        axis.text(
            x[i], y[j], text, ha="center", va="center", fontsize=10, color=INK,
            bbox={"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 1.5},
        )  # fmt: skip


def plot_phase_diagram(diagram: xr.Dataset, *, title: str | None = None):
    """Draw a phase diagram: the outcome as colour, the number of equilibria as outlined, hatched regions.

    Where some point has several equilibria there are two panels, the lowest and the highest of them.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    counts = diagram["equilibria"].values
    several = counts.max() > 1
    panels = [("low", "lowest equilibrium"), ("high", "highest equilibrium")] if several else [("low", "")]
    figure = Figure(
        figsize=(9.2, 4.5) if several else (6.4, 4.5), layout=ConstrainedLayoutEngine(wspace=0.06)
    )
    axes = np.atleast_1d(figure.subplots(1, len(panels), sharey=True))
    x, y = diagram["x"].values, diagram["y"].values
    both = np.concatenate([diagram["low"].values.ravel(), diagram["high"].values.ravel()])
    known = both[np.isfinite(both)]
    low, high = (known.min(), known.max()) if known.size else (0.0, 1.0)
    probability = diagram["low"].attrs.get("units") == "probability"
    if probability:
        low = 0.0
    high = high if high > low else low + 1e-9
    for axis, (name, label) in zip(axes, panels, strict=True):
        mesh = axis.pcolormesh(
            x, y, diagram[name].values, shading="gouraud", cmap=COLOURS, vmin=low, vmax=high, rasterized=True
        )
        if several:
            axis.contour(x, y, counts, levels=np.unique(counts)[1:] - 0.5, colors=INK, linewidths=1.4)
            _label_regions(axis, diagram)
        if "baseline_x" in diagram.attrs and "baseline_y" in diagram.attrs:
            axis.plot(
                diagram.attrs["baseline_x"], diagram.attrs["baseline_y"], "o",
                color=MARK, markeredgecolor="white", markersize=9, label="baseline",
            )  # fmt: skip
        axis.set_xscale(diagram["x"].attrs.get("scale", "linear"))
        axis.set_yscale(diagram["y"].attrs.get("scale", "linear"))
        axis.set_xlabel(_axis_title(diagram["x"]))
        if label:
            axis.set_title(f"{label}; figures: how many", fontsize=11)
    axes[0].set_ylabel(_axis_title(diagram["y"]))
    bar = figure.colorbar(mesh, ax=list(axes), pad=0.02)
    unit = diagram["low"].attrs.get("units", "1")
    bar.set_label(words(diagram.attrs["outcome"]) + ("" if unit == "1" else f" ({unit})"))
    if probability:
        bar.ax.yaxis.set_major_formatter(lambda value, _: percent(value, 0 if high > 0.05 else 2))
    if title:
        figure.suptitle(title)
    return figure
