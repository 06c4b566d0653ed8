"""Small inline charts, drawn as SVG text: no fonts, scripts or files of their own.

Every chart is one `<svg>` with a title for readers who cannot see it; its colours are classes of the style
sheet, so that screen, print and forced colours stay in step.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup, escape

from .content import Driver, Outcome, PolicyRow, Verdict
from .formats import amount, percent, tick, upper_first, words

CHARACTER = 7.7  # width of a character in the widest of the usual sans-serif fonts, DejaVu
PARTS = (
    ("holds", "holds in every equilibrium"),
    ("selection", "depends on which equilibrium is played"),
    ("fails", "fails"),
    ("undefined", "undefined"),
)


def _svg(width: float, height: float, title: str, body: Sequence[str], kind: str) -> Markup:
    return Markup(
        '<svg class="chart {}" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}"><title>{}</title>{}</svg>'
    ).format(kind, width, height, title, title, Markup("".join(body)))


def _text(x: float, y: float, content: str, anchor: str = "start", kind: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">{escape(content)}</text>'


def verdict_bar(verdict: Verdict) -> Markup:
    """The four shares of a verdict as one bar."""
    width, height, left, body, words_ = 200.0, 12.0, 0.0, [], []
    for name, meaning in PARTS:
        part = getattr(verdict, name).value
        if part <= 0:
            continue
        body.append(
            f'<rect class="{name}" x="{left * width:.2f}" y="0" width="{part * width:.2f}" '
            f'height="{height:g}"/>'
        )
        words_.append(f"{percent(part, 1)} {meaning}")
        left += part
    return _svg(width, height, "; ".join(words_), body, "verdict-bar")


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Round numbers that cover [low, high]."""
    if not high > low:
        return [low]
    raw = (high - low) / count
    size = 10 ** math.floor(math.log10(raw))
    step = next(size * m for m in (1, 2, 2.5, 5, 10) if size * m >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [k * step for k in range(first, last + 1)]


def intervals(policies: Sequence[PolicyRow], outcome: Outcome) -> Markup:
    """One outcome for every option: the examined range as a bar, its medians, the baseline as dots."""
    rows = [(p.name, p.cells[outcome.name]) for p in policies if outcome.name in p.cells]
    finite = [v for _, c in rows for v in (c.lower_low, c.upper_high, *c.baseline) if math.isfinite(v)]
    low, high = (min(0.0, *finite), max(finite)) if finite else (0.0, 1.0)
    marks = ticks(low, high if high > low else low + 1, 4)
    low, high = marks[0], marks[-1]
    label = 14 + CHARACTER * max((len(name) for name, _ in rows), default=0)
    width, step, top = label + 260.0, 24.0, 6.0
    bottom = top + step * len(rows)

    def at(value: float) -> float:
        return label + (width - label - 30) * (value - low) / (high - low)

    body = []
    for mark in marks:
        body.append(
            f'<line class="grid" x1="{at(mark):.1f}" x2="{at(mark):.1f}" y1="{top}" y2="{bottom:g}"/>'
        )
        body.append(
            _text(at(mark), bottom + 15, tick(mark, marks[1] - marks[0], outcome.unit), "middle", "tick")
        )
    for k, (name, cell) in enumerate(rows):
        y = top + step * (k + 0.5)
        body.append(_text(label - 10, y + 4, upper_first(name), "end", "label"))
        if not all(map(math.isfinite, (cell.lower_low, cell.upper_high))):
            body.append(_text(label + 4, y + 4, "undefined", "start", "tick"))
            continue
        tip = (
            f"{name}: 10 to 90 % of the examined range {amount(cell.lower_low, outcome.unit)} to "
            f"{amount(cell.upper_high, outcome.unit)}"
        )
        body.append(
            f"<g><title>{escape(tip)}</title>"
            f'<rect class="range" x="{at(cell.lower_low):.1f}" y="{y - 5:.1f}" '
            f'width="{max(1.0, at(cell.upper_high) - at(cell.lower_low)):.1f}" height="10" rx="2"/></g>'
        )
        for median in sorted({round(at(cell.median_low), 1), round(at(cell.median_high), 1)}):
            body.append(
                f'<line class="median" x1="{median}" x2="{median}" y1="{y - 7:.1f}" y2="{y + 7:.1f}"/>'
            )
        for value in cell.baseline:
            if math.isfinite(value):
                body.append(f'<circle class="baseline" cx="{at(value):.1f}" cy="{y:.1f}" r="4.5"/>')
    title = f"{outcome.title} ({outcome.unit})"
    middle = min((label + width) / 2, width - CHARACTER * len(title) / 2)
    body.append(_text(middle, bottom + 34, title, "middle", "axis"))
    return _svg(width, bottom + 42, f"{outcome.title} by option", body, "intervals")


def profile_line(values: Sequence[float], parameter: str) -> Markup:
    """Share that holds from the bottom to the top tenth of a parameter's range."""
    width, height, pad = 96.0, 26.0, 3.0
    step = (width - 2 * pad) / max(1, len(values) - 1)
    path = " ".join(
        f"{pad + k * step:.1f},{height - pad - (height - 2 * pad) * v:.1f}" for k, v in enumerate(values)
    )
    title = (
        f"{words(parameter)}: holds in {percent(values[0])} at the bottom of its range, "
        f"{percent(values[-1])} at the top"
    )
    body = [
        f'<rect class="frame" x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1:g}"/>',
        f'<line class="grid" x1="0" x2="{width:g}" y1="{height / 2:g}" y2="{height / 2:g}"/>',
        f'<polyline class="profile" points="{path}"/>',
    ]
    return _svg(width, height, title, body, "profile-line")


def shift_bar(driver: Driver, noise: float, scale: float) -> Markup:
    """A parameter's PAWN index, its interval and the level of noise; `scale` is the value at full width."""
    width, height = 180.0, 18.0

    def at(value: float) -> float:
        return min(width - 1, width * value / scale)

    direction = {1: "plus", -1: "minus"}.get(driver.sign, "neither")
    body = [
        f'<rect class="shift {direction}" x="0" y="3" width="{at(driver.shift):.1f}" height="12"/>',
        f'<line class="whisker" x1="{at(driver.lower):.1f}" x2="{at(driver.upper):.1f}" y1="9" y2="9"/>',
    ]
    for end in (driver.lower, driver.upper):
        body.append(f'<line class="whisker" x1="{at(end):.1f}" x2="{at(end):.1f}" y1="6" y2="12"/>')
    if math.isfinite(noise):
        body.append(f'<line class="noise" x1="{at(noise):.1f}" x2="{at(noise):.1f}" y1="0" y2="18"/>')
    title = (
        f"{words(driver.parameter)}: {percent(driver.shift, 1)}, interval {percent(driver.lower, 1)} to "
        f"{percent(driver.upper, 1)}"
    )
    return _svg(width, height, title, body, "shift-bar")
