"""One rule for every plot: axes in, axes out; shown once in a notebook, saved with what it shows; texts that can be read."""

from __future__ import annotations

from itertools import combinations, pairwise

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from toy_model import toy_case

import schelling as sg
from schelling.analysis import Design
from schelling.analysis.phase_diagram import refine_plane
from schelling.pictures import Labels, label_above, log_ticks

SETUP = """
import schelling as sg
def game(p, r=1):
    return sg.SignalingGame([p, 1 - p], [[[1, 2 + r], [0, 1 + r]], [[0, 2], [1, 3]]], [[[0, 1], [0, 1]], [[1, 0], [1, 0]]],
        types=["strong", "weak"], messages=["beer", "quiche"], actions=["duel", "not"])
"""
PLOTS = {
    "line": "sg.phase_diagram(sg.SignalingFamily.from_function(game, p=(0, 1)), exact=True)",
    "plane": "sg.phase_diagram(sg.SignalingFamily.from_function(game, p=(0, 1), r=(0, 2)), exact=True)",
    "branch": "sg.solve_agent_qre(sg.PublishedGame.load(sg.catalog()[0]).game)",
    "swept": "sg.phase_diagram(sg.models.BeerQuiche(), x=sg.Axis('p_strong', 0.1, 0.9),"
    " y=sg.Axis('peace', 1, 3), outcome='beer_if_weak', resolution=4, depth=1)",
}


def drawable(kind):
    names: dict = {}
    exec(SETUP, names)
    return eval(PLOTS[kind], names)


@pytest.fixture(autouse=True)
def closed():
    plt.close("all")
    yield
    plt.close("all")


@pytest.mark.parametrize("kind", PLOTS)
def test_axes_in_axes_out(kind, tmp_path):
    thing = drawable(kind)
    made = np.ravel(np.array(thing.plot(), dtype=object))
    assert all(hasattr(axes, "plot") for axes in made)
    assert len(plt.get_fignums()) == 1  # pyplot knows the figure: neither lost nor closed
    plt.savefig(tmp_path / "plot.png")
    assert np.ptp(plt.imread(tmp_path / "plot.png")[..., :3]) > 0.5
    _, axes = plt.subplots(1, len(made), squeeze=False)
    given = axes[0, 0] if len(made) == 1 else axes[0]
    assert thing.plot(axes=given) is given
    assert len(plt.get_fignums()) == 2 and given is not made[0]
    with pytest.raises(sg.InvalidArgument, match="axes: expected axes of Matplotlib, found 3"):
        thing.plot(axes=3)


@pytest.mark.parametrize("inline", [False, True])
def test_a_notebook_shows_each_plot_once_and_saves_it(inline, tmp_path):
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    cells = ["%matplotlib inline\n" * inline + SETUP]
    cells += [
        f"axes = {text}.plot()\nimport matplotlib.pyplot as plt\nplt.savefig('{kind}.png')"
        for kind, text in PLOTS.items()
    ]
    cells += [f"{text}.plot()" for text in PLOTS.values()]
    cells += ["import numpy\nnumpy.ravel(axes)[0].figure.savefig('later.png')"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MPLBACKEND", raising=False)
        nbclient.NotebookClient(
            notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}
        ).execute()
    for cell in notebook.cells[1:-1]:
        shown = [output for output in cell.outputs if "image/png" in output.get("data", {})]
        assert len(shown) == 1, cell.source
    for kind in (*PLOTS, "later"):
        assert np.ptp(plt.imread(tmp_path / f"{kind}.png")[..., :3]) > 0.5, kind


@pytest.mark.parametrize("width", [2.0, 4.0, 9.0])
@pytest.mark.parametrize(
    ("low", "high"),
    [
        (0.15, 0.45),
        (0.2, 3),
        (0.03, 1),
        (1, 1e3),
        (1e-9, 1e9),
        (2, 2.3),
        (0.05, 0.5),
        (1e-5, 4e-5),
        (7, 130),
        (3e6, 8e7),
    ],
)
def test_log_ticks_do_not_overlap(low, high, width):
    figure, axes = plt.subplots(figsize=(width, 3), layout="constrained")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(low, high)
    axes.set_ylim(low, high)
    for axis in (axes.xaxis, axes.yaxis):
        log_ticks(axis)
    figure.canvas.draw()
    for axis in (axes.xaxis, axes.yaxis):
        labels = [t for t in [*axis.get_ticklabels(), *axis.get_ticklabels(minor=True)] if t.get_text()]
        assert labels
        assert not any(a.get_window_extent().overlaps(b.get_window_extent()) for a, b in pairwise(labels))
        assert len({t.get_text() for t in labels}) == len(labels)


def test_labels_never_cover_each_other_and_stay_inside():
    _, axes = plt.subplots()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    labels = Labels(axes, [(0.5, 0.5)])
    rng = np.random.default_rng(2)
    written = [
        labels.place(
            ["a region with a long name", str(k)], rng.uniform(0, 1, (50, 2)), ha="center", va="center"
        )
        for k in range(60)
    ]
    boxes = [text.get_window_extent() for text in written if text is not None]
    assert len(boxes) > 20
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    assert all(axes.bbox.x0 <= b.x0 and b.x1 <= axes.bbox.x1 for b in boxes)


def test_labels_above_are_neither_clipped_nor_on_top_of_each_other():
    figure, axes = plt.subplots(figsize=(4, 5), layout="constrained")
    axes.set_xlim(0, 1)
    texts = [rf"$\frac{{{k}}}{{1000000000}} + \sqrt{{2}}$" for k in range(12)]
    height = label_above(axes, [0, *np.linspace(0.3, 0.4, 10), 1], texts, fontsize=9)
    assert height > 30  # several lines
    figure.canvas.draw()
    boxes = [t.get_window_extent() for t in axes.texts]
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    for box in boxes:
        assert figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1


def test_breakpoints_at_the_edge_are_not_clipped():
    names: dict = {}
    exec(SETUP, names)
    for low, high in (("1/1000000", "1/2"), ("499999/1000000", 1), ("1/4", "500001/1000000")):
        line = sg.phase_diagram(sg.SignalingFamily.from_function(names["game"], p=(low, high)), exact=True)
        axes = line.plot(title="Beer and quiche")
        axes.figure.canvas.draw()
        box = axes.figure.bbox
        for text in [*axes.texts[-len(line.breakpoints) :], axes.title] if line.breakpoints else [axes.title]:
            extent = text.get_window_extent()
            assert box.x0 <= extent.x0 and extent.x1 <= box.x1 and extent.y1 <= box.y1, text


def regions(x, y):
    count = np.floor(np.abs(np.sin(9 * x) * np.cos(7 * y)) * 6).astype(int)
    return count, x, x + count


def test_a_swept_diagram_names_everything_and_no_label_covers_another():
    axis = sg.Axis("cost", 0.2, 0.45, unit="stake", scale="log", meaning="what it costs", baseline=0.3)
    other = sg.Axis("resolve", 0.1, 2.0, scale="log", baseline=0.5)
    plane = refine_plane(regions, axis, other, outcome="attack", unit="probability", resolution=24, depth=1)
    panels = plane.plot(title="All of it")
    figure = panels[0].figure
    figure.canvas.draw()
    assert (
        panels[0].get_xlabel() == "cost (stake)\nwhat it costs"
        and panels[0].get_ylabel() == "resolve (no unit)"
    )
    for axes in panels:
        assert len(axes.texts) >= 4
        boxes = [text.get_window_extent() for text in axes.texts]
        assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
        for side in (axes.xaxis, axes.yaxis):
            ticks = [t for t in [*side.get_ticklabels(), *side.get_ticklabels(minor=True)] if t.get_text()]
            assert not any(a.get_window_extent().overlaps(b.get_window_extent()) for a, b in pairwise(ticks))
    assert type(plane.isel(x=slice(2))) is type(plane)


def test_a_model_diagram_has_the_names_and_units_of_the_model():
    diagram = sg.phase_diagram(
        sg.models.ExtendedDeterrence(), x=sg.Axis("arms", 0.1, 0.9), y=sg.Axis("tied_hands", 0.1, 2),
        outcome="attack", resolution=3, depth=0,
    )  # fmt: skip
    axes = np.ravel(diagram.plot())[0]
    info = {p.name: p for p in sg.models.ExtendedDeterrence().parameters}["arms"]
    assert axes.get_xlabel().startswith(f"arms ({info.unit})\n")
    assert any("attack (probability)" in each.get_ylabel() for each in axes.figure.axes)


def test_no_text_covers_another_in_a_plane():
    axes = drawable("plane").plot(title="Beer and quiche")
    axes.figure.canvas.draw()
    boxes = [t.get_window_extent() for t in axes.texts if axes.bbox.overlaps(t.get_window_extent())]
    assert len(boxes) > 2
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))


def test_reprs_are_short(tmp_path):
    case = toy_case(tmp_path)
    evaluation = case.evaluate(Design(points=16, scrambles=2), threads=1)
    assert case.id in repr(case) and "policies" in repr(case)
    assert "32 points" in repr(evaluation)
    for thing in (case, evaluation, evaluation.solved, *evaluation.verdicts):
        assert len(repr(thing)) < 200, repr(thing)
    component = sg.models.BeerQuiche().solve()[0]
    verdict = component.survives("d1")
    assert repr(verdict).startswith("Verdict(d1: ") and len(repr(verdict)) < 300
