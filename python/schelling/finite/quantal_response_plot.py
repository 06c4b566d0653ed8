"""The picture of a branch of quantal response equilibria."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .._core import InvalidArgument
from ..pictures import log_ticks, panels

if TYPE_CHECKING:
    from .quantal_response import AgentQreBranch

#: Told apart with every common deficiency of colour vision (Okabe and Ito 2008).
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MOST_PANELS = 16
LABEL_GAP = 0.085  # of a panel's height, between labels at its right side


def _panels(branch: AgentQreBranch, chosen: Sequence[str | int] | None) -> list[int]:
    names = branch.game.information_sets
    if chosen is None:
        numbers = list(range(len(names)))
    else:
        numbers = []
        for key in chosen:
            known = key in names if isinstance(key, str) else 0 <= key < len(names)
            if not known:
                shown = ", ".join(map(repr, names[:20]))
                raise InvalidArgument(f"information_sets: expected some of {shown}, found {key!r}")
            numbers.append(names.index(key) if isinstance(key, str) else key)
    if not 1 <= len(numbers) <= MOST_PANELS:
        raise InvalidArgument(
            f"information_sets: expected 1 to {MOST_PANELS} panels, found {len(numbers)}; name the ones to draw"
        )
    return numbers


def _apart(heights: Sequence[float], gap: float) -> list[float]:
    """Heights in [0, 1] moved as little as needed to be `gap` apart, in their order."""
    order = np.argsort(heights, kind="stable")
    placed = np.asarray(heights, dtype=float)[order]
    for k in range(1, len(placed)):
        placed[k] = max(placed[k], placed[k - 1] + gap)
    if placed[-1] > 1:
        placed[-1] = 1
        for k in reversed(range(len(placed) - 1)):
            placed[k] = min(placed[k], placed[k + 1] - gap)
    result = np.empty(len(placed))
    result[order] = placed
    return result.tolist()


def _draw(panel: Any, branch: AgentQreBranch, number: int, x: np.ndarray, with_limit: bool) -> None:
    row = branch.strategy[number]
    limit = branch.limit.strategy[number] if with_limit and branch.limit is not None else None
    turns = branch.turning_points
    ends = []
    for k, (action, p) in enumerate(row.items()):
        style = {"color": COLOURS[k % len(COLOURS)], "clip_on": False, "zorder": 3}
        xs, ys = (x, p) if limit is None else (np.append(x, 1.0), np.append(p, limit[action]))
        panel.plot(xs, ys, linestyle="-" if k < len(COLOURS) else "--", linewidth=1.8, label=action, **style)
        if len(turns):  # an unclipped line without points would stretch the panel to the figure's corner
            panel.plot(x[turns], p[turns], "o", markersize=4, markerfacecolor="white", **style)
        if limit is not None:
            panel.plot([1.0], [limit[action]], "o", markersize=5, **style)
        ends.append(float(ys[-1]))
    for k, (action, height) in enumerate(zip(row, _apart(ends, LABEL_GAP), strict=True)):
        panel.annotate(
            action,
            (1.0, height),
            xycoords=("axes fraction", "data"),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            color=COLOURS[k % len(COLOURS)],
            annotation_clip=False,
        )


def plot_branch(branch: AgentQreBranch, chosen: Sequence[str | int] | None, scale: str, axes: Any) -> Any:
    """See `AgentQreBranch.plot`."""
    if scale not in ("ratio", "log"):
        raise InvalidArgument(f"scale: expected 'ratio' or 'log', found {scale!r}")
    numbers = _panels(branch, chosen)
    game = branch.game
    lambdas = branch.lambdas
    payoffs = game._native.values(False)["payoffs"]
    half = 1 / (float(np.ptp(payoffs, axis=0).max()) or 1.0)

    columns = min(len(numbers), 4 if len(numbers) > 6 else 3)
    rows = -(-len(numbers) // columns)
    found, result = panels(axes, len(numbers), rows, columns, figsize=(4.2 * columns, 2.9 * rows))

    x = lambdas / (half + lambdas) if scale == "ratio" else np.where(lambdas > 0, lambdas, np.nan)
    for panel, number in zip(found, numbers, strict=True):
        _draw(panel, branch, number, x, scale == "ratio")
        player, name = game.player(number), game.information_sets[number]
        panel.set_title(player if name == player else f"{player} at {name}", fontsize="medium", loc="left")
        panel.set_ylim(0, 1)
        panel.set_ylabel("probability")
        panel.set_xlabel(r"precision of choice $\lambda$ (1 / payoff)")
        panel.spines[["top", "right"]].set_visible(False)
        panel.grid(axis="y", alpha=0.3)
        if scale == "ratio":
            ticks = [0, *(half * m for m in (0.3, 1, 3, 10))]
            panel.set_xlim(0, 1)
            panel.set_xticks(
                [*(t / (half + t) for t in ticks), 1], [*(f"{t:.2g}" for t in ticks), "$\\infty$"]
            )
        else:
            panel.set_xscale("log")
            log_ticks(panel.xaxis)
    return result
