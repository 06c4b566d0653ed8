"""Drawn figures of a report: Matplotlib's SVG with real text, ready to stand inside a page."""

from __future__ import annotations

import io
import re

import xarray as xr
from markupsafe import escape

from ..analysis.draw_phase_diagram import draw_phase_diagram, sides


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


def plot_phase_diagram(diagram: xr.Dataset, *, title: str | None = None):
    """A phase diagram as a figure of its own, apart from pyplot; see `PhaseDiagram.plot`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    count = len(sides(diagram))
    figure = Figure(
        figsize=(9.2, 4.5) if count > 1 else (6.4, 4.5), layout=ConstrainedLayoutEngine(wspace=0.06)
    )
    draw_phase_diagram(diagram, list(figure.subplots(1, count, sharey=True, squeeze=False).flat), title)
    return figure
