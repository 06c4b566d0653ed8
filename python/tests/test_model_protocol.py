"""One protocol for models: the library's, the user's own in Python, and those of other packages."""

import pickle
import sys
from types import SimpleNamespace

import numpy as np
import pytest

import schelling as sg
from schelling.models import Outcome, Parameter, PythonModel

SHIPPED = [getattr(sg.models, name) for name in sg.models.__all__]


class Entry(PythonModel):
    """An entrant who fears a fight."""

    parameters = (
        Parameter("fight", 0.3, 0, 1, unit="probability", meaning="chance of a fight"),
        Parameter("cost", 2.0, 0, unit="profit", meaning="loss in a fight", lower_open=True),
    )
    outcomes = (
        Outcome("enter", unit="probability", meaning="whether there is entry"),
        Outcome("profit", unit="profit", meaning="expected profit"),
    )

    def solve(self):
        enters = self.fight * self.cost < 1
        rows = [{"enter": 1.0, "profit": 1 - self.fight * self.cost}] if enters else []
        rows += [{"enter": 0.0, "profit": 0.0}] if self.fight * self.cost > 0.5 else []
        return self.solution(rows, max_regret=0, bayes_gap=0, coverage="all", proven=True)


class Bare:
    """The protocol without any base class."""

    parameters = (SimpleNamespace(name="x", default_value=0.5), SimpleNamespace(name="y", default_value=1.0))
    outcomes = (SimpleNamespace(name="product"), SimpleNamespace(name="total"))

    def __init__(self, x=0.5, y=1.0):
        self.x, self.y = x, y

    def solve(self):
        return [{"product": self.x * self.y, "total": self.x + self.y}]


@pytest.mark.parametrize("model", [*SHIPPED, Entry], ids=lambda m: m.__name__)
def test_every_model_keeps_the_contract(model):
    assert "batch = single" in sg.check_model(model)


def test_other_variants_keep_it_too():
    for model in (
        sg.models.ExtendedDeterrence(timing="onset", lag=2, window_arms=0.3),
        sg.models.CrisisBargainingUniform(belief="d1"),
        sg.models.BeerQuiche(p_strong="3/10"),
        Entry(cost=3),
    ):
        sg.check_model(model)


def breaking(**changes):
    return type("Broken", (Entry,), {"__module__": __name__, **changes})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"solve": lambda self: [{"enter": 1.0}]}, "expected the outcomes enter, profit, found enter"),
        (
            {"solve": lambda self: [{"enter": 1.0, "profit": 0.0}]},
            "max_regret: expected at most 1e-09, found nan",
        ),
        (
            {"solve": lambda self: self.solution([{"enter": 1, "profit": 0}], max_regret=0.1, bayes_gap=0)},
            "max_regret: expected at most 1e-09, found 0.1",
        ),
        ({"outcomes": (Outcome("enter"), Outcome("profit"))}, "enter: expected a meaning, found none"),
        ({"__reduce__": lambda self: (Entry, ())}, "pickling"),
        ({"replace": lambda self, **changes: self}, "fight: expected nan to be refused, found it accepted"),
        (
            {
                "sweep": lambda self, points, threads=0, **o: sg.models.BeerQuiche().sweep(
                    points[:, [0, 0, 1]]
                )
            },
            "batch = single",
        ),
    ],
)
def test_what_is_broken_is_named(changes, sentence):
    with pytest.raises(sg.InvalidArgument) as caught:
        sg.check_model(breaking(**changes)())
    assert sentence in str(caught.value)


@pytest.mark.parametrize("wrong", [3, None, "BeerQuiche", object()])
def test_what_is_no_model_is_one_sentence(wrong):
    for call in (sg.check_model, lambda m: sg.sweep(m, {"a": [1.0]})):
        with pytest.raises(sg.InvalidArgument, match="model: expected parameters, outcomes and solve"):
            call(wrong)


def test_beer_and_quiche_is_swept():
    strong = np.linspace(0.1, 0.9, 9)
    data = sg.sweep(sg.models.BeerQuiche(), {"p_strong": strong}, progress=False)
    # Below one half one semi-separating equilibrium, from it on two pooling components (Cho and Kreps 1987).
    np.testing.assert_array_equal(data["equilibria"], np.where(strong >= 0.5, 2, 1))
    frame = sg.table(data)
    assert frame.attrs["units"]["beer_if_strong"] == "probability"
    assert (frame[frame["p_strong"] < 0.5]["semi_separating"] == 1).all()
    assert (frame[frame["p_strong"] >= 0.5]["pooling"] == 1).all()
    assert (data["max_regret"] == 0).all()


def test_job_market_names_its_grid_by_steps():
    model = sg.models.JobMarketSignaling(education_steps=2, wage_steps=1)
    data = sg.sweep(model, {"high": [2.0, 3.0]}, progress=False)
    assert "education_2_if_high" in data and "wage_1_after_education_0" in data
    with pytest.raises(
        sg.InvalidArgument, match="expected games of \\(2, 3, 2\\) types, messages and actions"
    ):
        sg.sweep(model, {"education_steps": [2.0, 3.0]}, progress=False)
    with pytest.raises(
        sg.InvalidArgument, match="point 1, parameter p_high: expected a number in \\(0, 1\\)"
    ):
        sg.sweep(model, {"p_high": [0.5, 1.0]}, progress=False)


@pytest.mark.parametrize(
    ("model", "x", "y", "outcome"),
    [
        (sg.models.BeerQuiche(), sg.Axis("p_strong", 0.1, 0.9), sg.Axis("peace", 1, 3), "duel_after_beer"),
        (Entry(), sg.Axis("fight", 0, 1), sg.Axis("cost", 0.5, 4), "enter"),
        (Bare(), sg.Axis("x", 0, 1), sg.Axis("y", 1, 2), "product"),
    ],
    ids=["BeerQuiche", "Entry", "Bare"],
)
def test_all_models_have_phase_diagrams_and_sensitivities(model, x, y, outcome):
    diagram = sg.phase_diagram(model, x=x, y=y, outcome=outcome, resolution=4, depth=1)
    i = {"x": 3, "y": 5}
    if diagram["solved"].isel(i):
        point = {x.name: float(diagram["x"][3]), y.name: float(diagram["y"][5])}
        data = sg.sweep(model, point, progress=False)
        assert diagram["low"].isel(i) == data[outcome].min()
        assert diagram["equilibria"].isel(i) == data["equilibria"][0]
    rng = np.random.default_rng(1)
    data = sg.sweep(model, {a.name: rng.uniform(a.low, a.high, 200) for a in (x, y)}, progress=False)
    result = sg.sensitivity(data, outcome, resamples=20)
    assert set(result["parameter"].to_numpy()) == {x.name, y.name}
    assert (result["index"] >= 0).all()
    with pytest.raises(sg.InvalidArgument, match="outputs: expected one of the sweep's outcomes"):
        sg.sensitivity(data, "weather")


def test_a_model_in_python_is_interrupted_and_limited_like_the_others():
    class Stopping(Entry):
        def solve(self):
            if self.fight > 0.5:
                raise KeyboardInterrupt
            return super().solve()

    with pytest.raises(KeyboardInterrupt) as caught:
        sg.sweep(Stopping(), {"fight": [0.1, 0.2, 0.9, 0.3]}, progress=False)
    assert list(caught.value.partial["status"].to_numpy()) == ["solved", "solved", "cancelled", "cancelled"]
    data = sg.sweep(Entry(), {"fight": np.linspace(0, 1, 10)}, time_limit=0, progress=False)
    assert (data["status"] == "time_limit").all()
    seen = []
    sg.sweep(Entry(), {"fight": [0.1, 0.2]}, progress=lambda *at: seen.append(at))
    assert seen[-1] == (2, 2)


def test_solutions_pickle():
    for model in (sg.models.ExtendedDeterrence(lag=2), sg.models.CrisisBargainingUniform(), Entry(fight=0.4)):
        solution = model.solve()
        restored = pickle.loads(pickle.dumps(solution))
        assert repr(restored) == repr(solution)
        assert restored.units == solution.units
    assert sg.table(restored).equals(sg.table(solution))


def test_other_packages_add_models(tmp_path, monkeypatch):
    (tmp_path / "their_models.py").write_text(
        "import schelling as sg\n"
        "class Theirs(sg.models.PythonModel):\n"
        "    'A model of another package.'\n"
        "    parameters = (sg.models.Parameter('x', 1.0, unit='1', meaning='a number'),)\n"
        "    outcomes = (sg.models.Outcome('twice', meaning='two times x'),)\n"
        "    def solve(self):\n"
        "        return self.solution([{'twice': 2 * self.x}], max_regret=0, bayes_gap=0)\n",
        encoding="utf-8",
    )
    folder = tmp_path / "their_models-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: their-models\nVersion: 1.0\n", encoding="utf-8"
    )
    (folder / "entry_points.txt").write_text(
        "[schelling.models]\nTheirs = their_models:Theirs\nGone = their_models:Gone\nBeerQuiche = their_models:Theirs\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    try:
        with pytest.warns(UserWarning, match="Gone of their_models:Gone: cannot be loaded"):
            theirs = sg.models.Theirs
        assert sg.check_model(theirs)
        assert sg.sweep(theirs(), {"x": [3.0]}, progress=False)["twice"] == 6
        with pytest.warns(UserWarning, match="the library has a model of this name"):
            assert sg.models.available()["BeerQuiche"] is sg.models.BeerQuiche
    finally:
        sys.modules.pop("their_models", None)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'; models: AllianceSignalingStylised"):
        _ = sg.models.Nothing
