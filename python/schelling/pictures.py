"""What all pictures by Matplotlib share: whose axes they are, ticks that can be read, and texts that leave each other room.

One rule for every `.plot()`: axes in, axes out. Without axes a new figure of pyplot's is made, which a notebook
shows once at the end of the cell and `plt.savefig` saves; nothing is shown or closed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from ._core import InvalidArgument
from .extras import extra


def panels(
    axes: Any, count: int, rows: int = 1, columns: int | None = None, **figure: Any
) -> tuple[list[Any], Any]:
    """`count` panels to draw on, and what the caller gets back: what was given, or the new axes (an array where there
    are several).

    Raises InvalidArgument for what are no axes, or too few.
    """
    if axes is None:
        with extra():
            import matplotlib.pyplot as plt

        _, grid = plt.subplots(rows, columns or count, squeeze=False, layout="constrained", **figure)
        found = list(grid.flat)
        for spare in found[count:]:
            spare.set_visible(False)
        return found[:count], found[0] if count == 1 else np.array(found[:count], dtype=object)
    given = list(np.ravel(np.array(axes, dtype=object)))
    if not all(hasattr(each, "plot") and hasattr(each, "figure") for each in given):
        raise InvalidArgument(f"axes: expected axes of Matplotlib, found {axes!r}")
    if len(given) < count:
        raise InvalidArgument(f"axes: expected {count}, one for each panel, found {len(given)}")
    return given[:count], axes


def lay_out(axes: Any) -> None:
    """Gives the figure its final places, so that texts can be measured."""
    axes.figure.figure.draw_without_rendering()


def log_ticks(axis: Any, *, characters: float = 0.55) -> None:
    """Labels on a logarithmic axis that do not overlap: plain round numbers, none between them.

    `axis` is an Axes' `xaxis` or `yaxis`; its limits must be final. `characters` is the width of one, in font sizes.
    """
    with extra():
        from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter, NullLocator

    lay_out(axis.axes)
    low, high = sorted(axis.get_view_interval())
    values = _round_numbers(low, high)
    axes, across = axis.axes, axis.axis_name == "x"
    size = axes.get_position()
    inches = axes.figure.figure.get_size_inches()
    points = 72 * (size.width * inches[0] if across else size.height * inches[1])
    font = axis.get_ticklabels()[0].get_fontsize() if axis.get_ticklabels() else 10.0
    kept: list[float] = []
    end = -np.inf
    for value in values:
        place = points * (np.log(value) - np.log(low)) / (np.log(high) - np.log(low))
        half = 0.5 * font * (characters * len(_plain(value)) if across else 1.2)
        if place - half > end:
            kept.append(value)
            end = place + half + 0.5 * font
    axis.set_major_locator(FixedLocator(kept))
    axis.set_major_formatter(FuncFormatter(lambda value, _: _plain(value)))
    axis.set_minor_locator(NullLocator())
    axis.set_minor_formatter(NullFormatter())


def _plain(value: float) -> str:
    if value != 0 and not 1e-4 <= abs(value) < 1e6:
        mantissa, exponent = f"{value:.3e}".split("e")
        factor = mantissa.rstrip("0").rstrip(".")
        return f"$10^{{{int(exponent)}}}$" if factor == "1" else f"${factor}\\times10^{{{int(exponent)}}}$"
    return f"{value:g}"


def _round_numbers(low: float, high: float) -> list[float]:
    """Few round numbers in [low, high]: powers of ten, or with 2 and 5 between them, or steps of a linear scale."""
    decades = np.log10(high / low)
    if decades < 1:
        step = 10.0 ** np.floor(np.log10((high - low) / 3))
        step *= next(m for m in (1, 2, 5, 10) if (high - low) / (step * m) <= 6)
        numbers = step * np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1)
    else:
        powers = range(int(np.floor(np.log10(low) + 1e-9)), int(np.ceil(np.log10(high) - 1e-9)) + 1)
        stride = int(np.ceil(decades / 6))
        factors = (1, 2, 5) if decades <= 2 else (1, 3) if decades <= 3 else (1,)
        numbers = np.array([f * 10.0**p for p in powers if p % stride == 0 for f in factors])
    inside = (numbers >= low * (1 - 1e-9)) & (numbers <= high * (1 + 1e-9))
    return [float(f"{x:.6g}") for x in numbers[inside]]


class Labels:
    """Texts on one Axes, none of which covers another or leaves the axes.

    The figure must be otherwise complete: it is laid out once, and the texts are measured.
    """

    def __init__(self, axes: Any, occupied: Iterable[tuple[float, float]] = ()):
        """`occupied` are points of the data, dots that stay free."""
        lay_out(axes)
        self.axes = axes
        self._boxes = [self._around(*axes.transData.transform(point)) for point in occupied]

    @staticmethod
    def _around(x: float, y: float, reach: float = 8.0) -> tuple[float, float, float, float]:
        return x - reach, y - reach, x + reach, y + reach

    def place(self, texts: Sequence[str], places: Iterable[tuple[float, float]], **style: Any) -> Any:
        """Writes the first of `texts` (longest first) that is free at one of `places` (best first), in data
        coordinates; None if none is."""
        places = list(places)
        frame = self.axes.bbox
        for text in texts:
            written = self.axes.text(0, 0, text, **style)
            for place in places:
                written.set_position(place)
                extent = written.get_window_extent()
                box = (extent.x0 - 3, extent.y0 - 3, extent.x1 + 3, extent.y1 + 3)
                inside = (
                    box[0] >= frame.x0 and box[1] >= frame.y0 and box[2] <= frame.x1 and box[3] <= frame.y1
                )
                if inside and not any(_meet(box, other) for other in self._boxes):
                    self._boxes.append(box)
                    return written
            written.remove()
        return None


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def label_above(axes: Any, positions: Sequence[float], texts: Sequence[str], **style: Any) -> float:
    """Writes texts above the axes at positions of x, in as many lines as they need, none beyond the sides; the height
    of these lines in points."""
    lay_out(axes)
    frame, scale = axes.bbox, 72 / axes.figure.figure.dpi
    written = [
        axes.annotate(
            text, (position, 1), (0, 4), xycoords=axes.get_xaxis_transform(), textcoords="offset points",
            ha="center", va="bottom", annotation_clip=False, **style,
        )
        for position, text in sorted(zip(positions, texts, strict=True))
    ]  # fmt: skip
    boxes = [each.get_window_extent() for each in written]
    height = max((box.height for box in boxes), default=0.0) * scale + 2
    ends: list[float] = []
    for each, box in zip(written, boxes, strict=True):
        shift = max(frame.x0 - box.x0, 0.0) - max(box.x1 - frame.x1, 0.0)
        line = next((k for k, end in enumerate(ends) if end < box.x0 + shift), len(ends))
        ends[line : line + 1] = [box.x1 + shift + 5]
        each.set_position((shift * scale, 4 + line * height))
    return len(ends) * height
