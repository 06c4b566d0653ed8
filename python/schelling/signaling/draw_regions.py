"""Pictures of exact phase diagrams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..extras import extra
from ..pictures import Labels, label_above, panels
from .polygons import area, centre

if TYPE_CHECKING:
    from .plane import PhasePlane
    from .regions import PhaseLine, SignalingSupport

COLOURS = {
    "pooling": "#3b6fb6",
    "partially_pooling": "#2a9d8f",
    "separating": "#c8553d",
    "semi_separating": "#8a5fa8",
}
INK, FAINT = "#1b1f24", "#b9c0c8"
# ColorBrewer's Pastel1 and Set3: light enough for dark text on them.
FILLS = (
    "#cfe3f1", "#fde3c4", "#d5ecd0", "#e6dcef", "#fbd5d5", "#fff7c9", "#dcefec", "#efe3d3", "#f6d9ea", "#e2e2e2",
)  # fmt: skip


def draw_line(diagram: PhaseLine, title: str | None, axes: Any = None) -> Any:
    """One row for each support over the parameter; see `PhaseLine.plot`."""
    supports = diagram.supports
    low, high = (float(x) for x in diagram.family.ranges[diagram.parameter])
    (axis,), result = panels(axes, 1, figsize=(7.2, 1.3 + 0.52 * max(len(supports), 1)))
    rows = sorted(range(len(supports)), key=lambda k: (list(COLOURS).index(supports[k].kind), k))
    points = [float(p) for p in diagram._points]
    for row, k in enumerate(rows):
        colour = COLOURS[supports[k].kind]
        for first, closed_below, last, closed_above in diagram._pieces(supports[k]):
            axis.plot(
                [points[first], points[last]], [row, row], color=colour, linewidth=3, solid_capstyle="butt"
            )
            for i, closed in ((first, closed_below), (last, closed_above)):
                axis.plot(
                    points[i], row, "o", color=colour, markerfacecolor=colour if closed else "white",
                    markersize=6, clip_on=False, zorder=3,
                )  # fmt: skip
        # The name stands above its line, at the side where the line is.
        begin = min(points[first] for first, *_ in diagram._pieces(supports[k]))
        right = begin > (low + high) / 2
        axis.annotate(
            str(supports[k]), (high if right else begin, row), (0, 5), textcoords="offset points",
            ha="right" if right else "left", va="bottom", fontsize=8.5, color=colour,
        )  # fmt: skip
    for breakpoint_ in diagram.breakpoints:
        axis.axvline(float(breakpoint_), color=FAINT, linewidth=0.8, zorder=0)
    axis.set_xlim(low, high)
    axis.set_ylim(-0.5, max(len(supports), 1) - 0.2)
    axis.invert_yaxis()
    axis.set_ylim(max(len(supports), 1) - 0.6, -0.9)
    axis.set_yticks([])
    for side in ("left", "right", "top"):
        axis.spines[side].set_visible(False)
    axis.set_xlabel(diagram.parameter)
    height = label_above(
        axis,
        [float(b) for b in diagram.breakpoints],
        [
            f"${b.value.format(latex=True)}$" if _is_short(b.value) else f"{float(b):.4g}"
            for b in diagram.breakpoints
        ],
        color=INK,
        fontsize=9,
    )
    if axes is None:
        axis.figure.set_figheight(axis.figure.get_figheight() + height / 72)
    if title:
        axis.set_title(title, pad=6 + height)
    return result


def _is_short(value) -> bool:
    return (value.exact is not None and value.exact.denominator < 1000) or value.polynomial.degree == 2


def _short(support: SignalingSupport) -> str:
    if support.kind == "pooling" and len(support.senders) == 1:
        (message,) = support.senders
        return f"pooling on {message}"
    return support.kind.replace("_", "-")


def _name(supports: tuple[SignalingSupport, ...]) -> str:
    """The kinds of a region's equilibria, each with how often it occurs."""
    names = [_short(s) for s in supports]
    counted = [f"{n} ({names.count(n)})" if names.count(n) > 1 else n for n in dict.fromkeys(names)]
    return "\n".join(counted) or "no equilibrium"


def draw_plane(diagram: PhasePlane, title: str | None, axes: Any = None) -> Any:
    """Regions filled and named, boundaries as equations; see `PhasePlane.plot`."""
    with extra():
        from matplotlib.patches import Polygon as Patch

    (left, right), (bottom, top) = ([float(v) for v in limits] for limits in diagram.family.ranges.values())
    (axis,), result = panels(axes, 1, figsize=(7.4, 5.2))
    axis.set_xlim(left, right)
    axis.set_ylim(bottom, top)
    colours = {supports: FILLS[k % len(FILLS)] for k, supports in enumerate(diagram.regions)}
    letters = {supports: _letter(k) for k, supports in enumerate(colours)}
    for piece in diagram.pieces:
        corners = np.array([[float(x), float(y)] for x, y in piece.vertices])
        if piece.undecided:
            axis.add_patch(Patch(corners, facecolor=FAINT, edgecolor=FAINT, linewidth=0.4))
            continue
        if piece.curve is None:
            fill = colours[piece.supports]
            axis.add_patch(Patch(corners, facecolor=fill, edgecolor=fill, linewidth=0.6))
            continue
        # Both sides of the curve, clipped to the piece.
        (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
        x, y = np.meshgrid(np.linspace(x0, x1, 80), np.linspace(y0, y1, 80))
        values = np.broadcast_to(diagram.boundaries[piece.curve].polynomial(x, y), x.shape)
        clip = Patch(corners, transform=axis.transData)
        fills = [colours.get(piece.below, "white"), colours.get(piece.supports, "white")]
        limit = float(np.abs(values).max()) + 1
        filled = axis.contourf(x, y, values, levels=[-limit, 0, limit], colors=fills)
        filled.set_clip_path(clip)
        drawn = axis.contour(x, y, values, levels=[0], colors=INK, linewidths=1.3)
        drawn.set_clip_path(clip)
    for boundary in diagram.boundaries:
        for begin, end in boundary.segments:
            axis.plot(
                [float(begin[0]), float(end[0])], [float(begin[1]), float(end[1])],
                color=INK, linewidth=1.3, solid_capstyle="round",
            )  # fmt: skip
    axis.set_xlabel(diagram.parameters[0])
    axis.set_ylabel(diagram.parameters[1])
    key = [f"{letter}:  " + "\n      ".join(map(str, supports)) for supports, letter in letters.items()]
    if any(piece.undecided for piece in diagram.pieces):
        key.append("grey: undecided, where curves meet")
    lines = "\n".join(key)
    if axes is None:
        axis.figure.set_figheight(5.0 + 0.16 * (lines.count("\n") + 1))
    axis.annotate(
        lines, (0, 0), (0, -44), xycoords="axes fraction", textcoords="offset points",
        ha="left", va="top", fontsize=8, color=INK, annotation_clip=False,
    )  # fmt: skip
    if title:
        axis.set_title(title)
    labels = Labels(axis)
    for supports, letter in letters.items():
        room = diagram.regions[supports]
        named = [f"{letter}: {_name(supports)}"] if room > 0.05 and len(supports) < 6 else []
        labels.place(
            [*named, letter], _places(diagram, supports), ha="center", va="center", fontsize=9, color=INK
        )
    for k in range(len(diagram.boundaries)):
        _write_equation(labels, diagram, k, (right - left, top - bottom))
    return result


def _letter(k: int) -> str:
    return chr(ord("A") + k % 26) + (str(k // 26) if k >= 26 else "")


def _places(diagram: PhasePlane, supports: tuple[SignalingSupport, ...]) -> list[tuple[float, float]]:
    """Where a region may be named, best first: the middles of its pieces, the largest first, and on the right side of a
    curve as far as possible from it; then other points of the pieces."""
    low, high = (np.array(ends, dtype=float) for ends in zip(*diagram.family.ranges.values(), strict=True))
    found: list[tuple[float, tuple[float, float]]] = []
    others: list[tuple[float, float]] = []
    for piece in diagram.pieces:
        if piece.undecided or supports not in (piece.supports, piece.below):
            continue
        if piece.curve is None and supports != piece.supports:
            continue
        size = float(area(piece.vertices))
        corners = np.array([[float(x), float(y)] for x, y in piece.vertices])
        points = np.random.default_rng(1).dirichlet(np.ones(len(corners)), 200) @ corners
        if piece.curve is None:
            x, y = centre(piece.vertices)
            found.append((size, (float(x), float(y))))
            others += map(tuple, points[::4].tolist())
            continue
        polynomial, wanted = diagram.boundaries[piece.curve].polynomial, piece.supports == supports
        right = (polynomial(points[:, 0], points[:, 1]) > 0) == wanted
        own, beyond = points[right], points[~right]
        if not len(own):
            continue
        span = (high - low) * (2.5, 1)  # names are wider than high
        room = (np.minimum(own - low, high - own) / span).min(axis=1)
        if len(beyond):
            room = np.minimum(room, np.linalg.norm((own[:, None] - beyond) / span, axis=2).min(axis=1))
        ranked = own[np.argsort(-room, kind="stable")]
        found.append((size * len(own) / len(points), tuple(ranked[0].tolist())))
        others += map(tuple, ranked[1:60].tolist())
    return [place for _, place in sorted(found, key=lambda each: -each[0])] + others


def _write_equation(labels: Labels, diagram: PhasePlane, k: int, size: tuple[float, float]) -> None:
    """The equation of a boundary beside its longest straight part, or beside the curve."""
    boundary = diagram.boundaries[k]
    if len(boundary.latex) > 60:
        return
    if boundary.segments:
        begin, end = max(
            boundary.segments,
            key=lambda s: (
                (float(s[1][0] - s[0][0]) / size[0]) ** 2 + (float(s[1][1] - s[0][1]) / size[1]) ** 2
            ),
        )
        shares = [0.3 + 0.4 * ((k + i) % 3) / 2 for i in range(3)] + np.linspace(0.05, 0.95, 19).tolist()
        points = [
            tuple(float(a) + share * float(b - a) for a, b in zip(begin, end, strict=True))
            for share in shares
        ]
    else:
        piece = next((each for each in diagram.pieces if each.curve == k), None)
        if piece is None:
            return
        corners = np.array([[float(x), float(y)] for x, y in piece.vertices])
        inside = np.random.default_rng(k).dirichlet(np.ones(len(corners)), 400) @ corners
        values = np.abs(boundary.polynomial(inside[:, 0], inside[:, 1]))
        points = list(map(tuple, inside[np.argsort(values)[:20]].tolist()))
    beside = [(x + 0.01 * size[0], y + 0.012 * size[1]) for x, y in points]
    labels.place(
        [f"${boundary.latex}$"], beside, ha="left", va="bottom", fontsize=8.5, color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1},
    )  # fmt: skip
