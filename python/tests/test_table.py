"""Results as data frames: one row for each equilibrium, and never the product of points and equilibria."""

import numpy as np
import pytest
import xarray as xr
from toy_model import toy_case

import schelling as sg

MODEL = sg.models.ExtendedDeterrence()
BEER = ([[1, 3], [0, 2]], [[0, 2], [1, 3]]), ([[0, 1], [0, 1]], [[1, 0], [1, 0]])


def swept(count: int = 200) -> xr.Dataset:
    rng = np.random.default_rng(3)
    columns = {
        "arms": rng.uniform(0.5, 0.9, count),
        "tied_hands": rng.uniform(0, 2.5, count),
        "catastrophe_cost_defender": rng.uniform(4, 40, count),
        "escalation_catastrophe_probability": 0.3,
        "alignment": 1.0,
    }
    return sg.sweep(MODEL, columns, progress=False)


def test_a_sweep_has_a_row_for_each_equilibrium():
    data = swept()
    frame = sg.table(data)
    assert len(frame) == data.sizes["equilibrium"]
    np.testing.assert_array_equal(frame["attack"], data["attack"])
    np.testing.assert_array_equal(frame["arms"], data["arms"].to_numpy()[data["equilibrium_point"]])
    assert (frame["alignment"] == 1).all()
    assert frame.attrs["units"]["arms"] == "share"
    assert frame.attrs["units"]["attack"] == "probability"
    assert frame.attrs["model"] == data.attrs["model"]
    assert set(frame) >= {p.name for p in MODEL.parameters} | {o.name for o in MODEL.outcomes}


def test_the_data_set_gives_the_same_and_asks_for_little_memory():
    data = sg.sweep(MODEL, {"arms": np.linspace(0, 1, 100_000)}, progress=False)
    frame = data.to_dataframe()
    assert len(frame) == data.sizes["equilibrium"] >= 100_000
    assert frame.memory_usage(deep=True).sum() < 200e6
    part = data[["attack", "equilibria", "equilibrium_point"]].isel(point=slice(None))
    assert len(part.to_dataframe()) == len(frame)
    with pytest.raises(sg.InvalidArgument, match="says where each equilibrium"):
        data[["attack", "status"]].to_dataframe()
    assert len(data["attack"].to_dataframe()) == len(frame)
    assert len(data[["status"]].to_dataframe()) == 100_000


def test_a_data_set_from_a_file_gives_the_same_table(tmp_path):
    data = swept(50)
    data.to_netcdf(tmp_path / "sweep.nc", engine="h5netcdf")
    with xr.open_dataset(tmp_path / "sweep.nc", engine="h5netcdf") as read:
        frame = sg.table(read)
    assert frame.equals(sg.table(data))


def test_points_without_equilibria_are_counted():
    data = sg.sweep(MODEL, {"arms": [0.2, 0.4]}, time_limit=0, progress=False)
    frame = sg.table(data)
    assert len(frame) == 0
    assert (frame.attrs["points"], frame.attrs["points_without"]) == (2, 2)
    assert "attack" in frame


def test_a_solution_is_the_row_of_its_point():
    frame = sg.table(sg.models.ExtendedDeterrence(arms=0.3).solve())
    row = sg.table(sg.sweep(MODEL, {"arms": 0.3}, progress=False))
    for name in row:
        np.testing.assert_array_equal(frame[name], row[name])
    assert frame.attrs["units"] == {n: u for n, u in row.attrs["units"].items() if n in frame.attrs["units"]}
    assert frame.attrs["units"]["attack"] == "probability"


def test_a_batch_has_a_row_for_each_equilibrium():
    strong = np.linspace(0.05, 0.95, 10)
    sender, receiver = (np.broadcast_to(payoffs, (10, 2, 2, 2)) for payoffs in BEER)
    batch = sg.solve_pbe_batch(np.stack([strong, 1 - strong], axis=1), sender, receiver)
    for frame in (sg.table(batch), batch.to_xarray().to_dataframe()):
        assert len(frame) == batch.offsets[-1]
        np.testing.assert_array_equal(frame["game"], np.repeat(np.arange(10), np.diff(batch.offsets)))
        np.testing.assert_array_equal(frame["sender[1,0]"], batch.sender[:, 1, 0])
        assert set(frame["kind"]) <= {"pooling", "separating", "semi_separating", "partially_pooling"}


def test_policies_of_a_case_need_no_join(tmp_path):
    evaluation = toy_case(tmp_path).evaluate(sg.analysis.Design(points=16, scrambles=2), threads=1)
    model = next(iter(evaluation.case.models))
    windowed = next(p.id for p in evaluation.case.policies if p.window)
    frame = sg.table(evaluation, model=model)
    assert set(frame["policy"]) >= {windowed}
    for policy, rows in frame.groupby("policy"):
        values = evaluation.outcome(model, policy, "attack")
        np.testing.assert_array_equal(rows["attack"], values.values)
        np.testing.assert_array_equal(rows["point"], np.repeat(np.arange(32), np.diff(values.offsets)))
    end = sg.table(evaluation, model=model, policy=windowed, phase="end")
    np.testing.assert_array_equal(end["attack"], evaluation.outcome(model, windowed, "attack", "end").values)
    name = next(iter(evaluation.case.uncertain))
    np.testing.assert_array_equal(end[name], evaluation.sample.columns[name][end["point"]])

    phases = sg.table(evaluation.to_dataset(), model=model)
    chosen = phases[(phases["policy"] == windowed) & (phases["phase"] == "end")]
    np.testing.assert_array_equal(chosen["attack"], end["attack"])
    both = phases[phases["policy"] == windowed].groupby("phase")["weight"].first()
    assert both.sum() == pytest.approx(1)


@pytest.mark.parametrize("wrong", [3, "sweep", None, xr.Dataset(), xr.Dataset({"a": ("x", [1.0])})])
def test_what_is_no_result_is_one_sentence(wrong):
    with pytest.raises(sg.InvalidArgument, match="expected"):
        sg.table(wrong)
    with pytest.raises(sg.InvalidArgument, match="policy: expected None"):
        sg.table(swept(3), policy="a")
