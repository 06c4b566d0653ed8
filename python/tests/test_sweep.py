"""Sweeps: labelled, ragged and padded, the same for any number of threads, interruptible."""

import signal
import threading

import numpy as np
import pytest
import xarray as xr

import schelling as sg

MODEL = sg.models.ExtendedDeterrence()


def several() -> dict:
    """Columns among whose points some have three equilibria."""
    rng = np.random.default_rng(3)
    return {
        "arms": rng.uniform(0.5, 0.9, 3000),
        "tied_hands": rng.uniform(0, 2.5, 3000),
        "catastrophe_cost_defender": rng.uniform(4, 40, 3000),
        "median_cost_defender": rng.uniform(0.5, 1, 3000),
        "escalation_catastrophe_probability": 0.3,
        "alignment": 1.0,
    }


def test_a_sweep_equals_solving_point_by_point():
    columns = several()
    data = sg.sweep(MODEL, columns, progress=False)
    counts = data["equilibria"].to_numpy()
    assert counts.max() == 3
    ends = np.cumsum(counts)
    picked = [*np.flatnonzero(counts > 1)[:5], 0, 1, 2]
    for i in picked:
        point = {name: np.broadcast_to(column, (3000,))[i] for name, column in columns.items()}
        solution = MODEL.replace(**point).solve()
        rows = data.isel(equilibrium=slice(ends[i] - counts[i], ends[i]))
        assert (rows["equilibrium_point"] == i).all()
        for k, equilibrium in enumerate(solution):
            for name, value in equilibrium.items():
                np.testing.assert_array_equal(rows[name].to_numpy()[k], value)


def test_any_number_of_threads_gives_the_same_bits():
    one, three = (sg.sweep(MODEL, several(), threads=threads, progress=False) for threads in (1, 3))
    xr.testing.assert_identical(one, three)


def test_variables_and_coordinates_say_what_they_are():
    data = sg.sweep(MODEL, {"arms": [0.2, 0.4]}, progress=False)
    assert data["arms"].dims == ("point",)
    assert data["arms"].attrs["units"] == "share"
    assert data["tied_hands"].dims == ()
    for info in MODEL.outcomes:
        assert data[info.name].attrs["units"] == info.unit
        assert data[info.name].attrs["long_name"] == info.meaning
    assert data.attrs["library_version"] == sg.__version__
    assert data.attrs["option_timing"] == "failing"
    assert float(data["max_regret"].max()) <= sg.certificate_tolerance


def test_padding_keeps_every_row():
    data = sg.sweep(MODEL, several(), progress=False)
    dense = sg.padded(data)
    assert dense["attack"].dims == ("point", "branch")
    np.testing.assert_array_equal(dense["attack"].count("branch"), data["equilibria"])
    inside = ~np.isnan(dense["attack"].to_numpy())
    np.testing.assert_array_equal(dense["attack"].to_numpy()[inside], data["attack"])
    with pytest.raises(sg.InvalidArgument, match="expected a sweep"):
        sg.padded(dense)


def test_a_grid_covers_all_combinations():
    columns = sg.grid(arms=[0.2, 0.4, 0.6], tied_hands=[0.1, 0.9])
    assert list(columns["arms"]) == [0.2, 0.2, 0.4, 0.4, 0.6, 0.6]
    assert list(columns["tied_hands"]) == [0.1, 0.9] * 3
    assert sg.sweep(MODEL, columns, progress=False).sizes["point"] == 6


def test_a_policy_with_a_window_is_swept_as_pairs():
    model = sg.models.ExtendedDeterrence(lag=2, window_arms=0.3)
    data = sg.sweep(model, {"arms": [0.5, 0.7]}, progress=False)
    assert data["window_arms"] == 0.3
    expected = [model.replace(arms=arms).solve()[0].attack for arms in (0.5, 0.7)]
    np.testing.assert_array_equal(data["attack"], expected)


@pytest.mark.parametrize(
    ("samples", "sentence"),
    [
        ({"arm": [0.1]}, "unknown parameter 'arm': did you mean 'arms'?"),
        ({"arms": [0.1, 1.5]}, "point 1, parameter arms: expected a number in [0, 1], found 1.5"),
        (
            {"arms": [0.1, 0.2], "upkeep": [0, 0, 0]},
            "columns: expected numbers or arrays of one length, found arms(2,)",
        ),
        (np.zeros((4, 7)), "points: expected an array of shape [points, 43], found shape (4, 7)"),
    ],
)
def test_a_wrong_sample_is_one_sentence(samples, sentence):
    with pytest.raises(sg.InvalidArgument) as caught:
        sg.sweep(MODEL, samples, progress=False)
    assert str(caught.value).startswith(sentence)


def test_progress_is_told_and_a_time_limit_keeps_what_was_solved():
    seen = []
    sg.sweep(MODEL, several(), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3000, 3000)
    data = sg.sweep(MODEL, several(), time_limit=0, progress=False)
    assert (data["status"] == "time_limit").all()
    assert data.sizes["equilibrium"] == 0
    assert sg.padded(data).sizes["point"] == 3000


def test_an_interrupt_carries_what_was_solved():
    columns = {"arms": np.random.default_rng(1).uniform(0, 1, 400_000)}
    timer = threading.Timer(0.15, signal.raise_signal, (signal.SIGINT,))

    def start(_done, _total):
        if not timer.ident:
            timer.start()

    with pytest.raises(KeyboardInterrupt) as caught:
        sg.sweep(MODEL, columns, threads=1, progress=start)
    partial = caught.value.partial
    solved = int((partial["status"] == "solved").sum())
    assert 0 < solved < 400_000
    assert int((partial["status"] == "cancelled").sum()) == 400_000 - solved
    assert partial.sizes["equilibrium"] >= solved


def test_an_exception_of_the_progress_callable_is_raised():
    def fail(_done, _total):
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        sg.sweep(MODEL, several(), progress=fail)
