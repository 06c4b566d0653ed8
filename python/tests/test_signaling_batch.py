"""Batches of signalling games: shapes, flags, dense and labelled forms, and agreement with single games."""

from fractions import Fraction

import numpy as np
import pytest

import schelling as sg

KINDS = ["pooling", "separating", "semi_separating", "partially_pooling"]
# Mixing probabilities of well-conditioned systems.
TOLERANCE = 1e-9


def generic(n, t, m, a, seed=0):
    random = np.random.default_rng(seed)
    prior = random.uniform(0.05, 1, (n, t))
    return prior / prior.sum(axis=1, keepdims=True), *random.uniform(-1, 1, (2, n, t, m, a))


def beer_quiche(n=1):
    prior = np.tile([0.9, 0.1], (n, 1))
    sender = np.tile([[[1.0, 3], [0, 2]], [[0, 2], [1, 3]]], (n, 1, 1, 1))
    receiver = np.tile([[[0.0, 1], [0, 1]], [[1, 0], [1, 0]]], (n, 1, 1, 1))
    return prior, sender, receiver


def test_shapes_and_types_of_a_full_result():
    batch = sg.solve_pbe_batch(*generic(500, 3, 2, 2))
    e = batch.offsets[-1]
    assert len(batch) == 500 and batch.offsets.shape == (501,) and batch.offsets.dtype == np.int64
    assert (
        batch.sender.shape == (e, 3, 2)
        and batch.receiver.shape == (e, 2, 2)
        and batch.beliefs.shape == (e, 2, 3)
    )
    assert batch.sender_payoff.shape == (e, 3) and batch.receiver_payoff.shape == (e,)
    assert batch.off_path_bounds.shape == (e, 2, 2) and batch.off_path_facet.shape == (e, 2)
    assert (
        batch.kind_counts.sum() == e
        and np.bincount(batch.kind, minlength=4).tolist() == batch.kind_counts.sum(axis=0).tolist()
    )
    assert batch.status == "solved" and batch.complete and "500 games" in repr(batch)
    assert not batch.sender.flags.writeable
    np.testing.assert_allclose(batch.sender.sum(axis=2), 1, atol=TOLERANCE)
    regret, gap = batch.certify()
    assert regret.max() < TOLERANCE and gap.max() < TOLERANCE


def test_a_row_is_an_equilibrium_of_the_single_game():
    prior, sender, receiver = generic(40, 2, 3, 3, seed=4)
    batch = sg.solve_pbe_batch(prior, sender, receiver)
    for n in range(40):
        # Rounded probabilities do not sum to one exactly: the first takes the rest.
        first = 1 - sum(map(Fraction, prior[n][1:]))
        game = sg.SignalingGame(
            [first, *map(Fraction, prior[n][1:])],
            *(
                [[[Fraction(u) for u in row] for row in rows] for rows in payoffs[n]]
                for payoffs in (sender, receiver)
            ),
        )
        single = sg.solve_pbe(game)
        assert single.complete
        outcomes = {
            tuple(np.round(outcome.sender_payoff, 8))
            for component in single
            for outcome in component.outcomes
        }
        rows = slice(batch.offsets[n], batch.offsets[n + 1])
        assert {tuple(row) for row in np.round(batch.sender_payoff[rows], 8)} == outcomes


def test_kinds_have_the_names_of_single_games():
    batch = sg.solve_pbe_batch(*beer_quiche())
    assert batch.kind_counts.tolist() == [[2, 0, 0, 0]]
    single = sg.solve_pbe(sg.SignalingGame(*(array[0] for array in beer_quiche())))
    assert {KINDS[kind] for kind in batch.kind} == set().union(*(component.kinds for component in single))


def test_memory_layout_does_not_matter():
    arrays = generic(700, 2, 2, 2, seed=1)
    expected = sg.solve_pbe_batch(*arrays)
    games_last = [np.moveaxis(np.ascontiguousarray(np.moveaxis(array, 0, -1)), -1, 0) for array in arrays]
    strided = [np.repeat(array, 2, axis=0)[::2] for array in arrays]
    for other in (games_last, strided, [array.astype(np.float64, order="F") for array in arrays]):
        batch = sg.solve_pbe_batch(*other)
        np.testing.assert_array_equal(batch.sender, expected.sender)
        np.testing.assert_array_equal(batch.off_path_bounds, expected.off_path_bounds)
        np.testing.assert_array_equal(batch.certify()[0], expected.certify()[0])


def test_speed_options_change_no_bit():
    arrays = generic(1000, 3, 3, 2, seed=2)
    expected = sg.solve_pbe_batch(*arrays, threads=1)
    for options in ({"threads": 3}, {"block": 64}, {"instructions": "portable"}):
        batch = sg.solve_pbe_batch(*arrays, **options)
        np.testing.assert_array_equal(batch.beliefs, expected.beliefs)
        np.testing.assert_array_equal(batch.offsets, expected.offsets)


def test_flags_say_what_happened():
    prior, sender, receiver = beer_quiche(4)
    prior[1] = [0.5, 0.6]
    sender[2] = receiver[2] = 0  # everything ties
    sender[3, 0, 0, 0] = np.nan
    batch = sg.solve_pbe_batch(prior, sender, receiver)
    assert batch.flag("invalid_input").tolist() == [False, True, False, True]
    assert batch.flag("exact_path").tolist() == [False, False, True, False]
    assert batch.flag("degenerate").tolist() == [False, False, True, False]
    assert batch.flag("continuum").tolist() == [False, False, True, False]
    assert np.diff(batch.offsets)[[0, 1, 3]].tolist() == [2, 0, 0]
    in_double = sg.solve_pbe_batch(prior, sender, receiver, arithmetic="double")
    assert in_double.status == "degenerate" and not in_double.complete
    cut = sg.solve_pbe_batch(*beer_quiche(), limit=1)
    assert cut.flag("truncated").all() and cut.offsets[-1] == 1
    with pytest.raises(sg.InvalidArgument, match="flag"):
        batch.flag("wrong")


def test_counts_and_summary_hold_less():
    arrays = generic(100, 2, 2, 3)
    full, counts, summary = (
        sg.solve_pbe_batch(*arrays, outputs=outputs) for outputs in ("full", "counts", "summary")
    )
    np.testing.assert_array_equal(counts.kind_counts, full.kind_counts)
    assert counts.offsets is None and counts.sender is None
    np.testing.assert_array_equal(summary.sender_payoff, full.sender_payoff)
    assert summary.sender is None and summary.off_path_facet is None and full.off_path_bounds is None
    with pytest.raises(sg.InvalidArgument, match="counts"):
        counts.padded()


def test_padded_has_one_place_for_each_equilibrium():
    batch = sg.solve_pbe_batch(*generic(200, 2, 3, 2, seed=5))
    dense = batch.padded()
    room = int(dense["count"].max())
    assert dense["sender"].shape == (200, room, 2, 3)
    for n in range(200):
        rows = slice(batch.offsets[n], batch.offsets[n + 1])
        np.testing.assert_array_equal(dense["sender"][n, : dense["count"][n]], batch.sender[rows])
        assert np.isnan(dense["receiver_payoff"][n, dense["count"][n] :]).all()
    assert batch.padded(room + 2)["kind"].shape == (200, room + 2)
    with pytest.raises(sg.InvalidArgument, match="max_equilibria"):
        batch.padded(room - 1)


def test_data_set_is_ragged_and_can_be_saved(tmp_path):
    batch = sg.solve_pbe_batch(*generic(50, 2, 2, 2, seed=6))
    dataset = batch.to_xarray()
    assert dataset["sender"].dims == ("equilibrium", "type", "message")
    assert dataset["equilibria"].sum() == dataset.sizes["equilibrium"]
    np.testing.assert_array_equal(
        dataset["equilibrium_game"], np.repeat(np.arange(50), np.diff(batch.offsets))
    )
    assert dataset["kind"].attrs["flag_meanings"].split() == KINDS
    import xarray as xr

    dataset.to_netcdf(tmp_path / "batch.nc", engine="h5netcdf")
    with xr.open_dataset(tmp_path / "batch.nc", engine="h5netcdf") as read:
        np.testing.assert_array_equal(read["beliefs"], dataset["beliefs"])


def test_wrong_arguments_are_named():
    prior, sender, receiver = generic(5, 2, 2, 2)
    cases = [
        ((prior[:4], sender, receiver), {}, sg.InvalidArgument, "prior: expected shape"),
        ((prior, sender, receiver[:, :, :1]), {}, sg.InvalidArgument, "receiver: expected shape"),
        ((prior, sender[0], receiver), {}, sg.InvalidArgument, "sender: expected 4 dimensions"),
        ((prior, sender[:, :, :0], receiver[:, :, :0]), {}, sg.InvalidArgument, "at least one"),
        (
            (prior, [[[[1, 2]], [[1]]]], receiver),
            {},
            sg.InvalidArgument,
            "sender: expected a rectangular array",
        ),
        ((prior, sender.astype(str), receiver), {}, sg.InvalidArgument, "sender: expected real numbers"),
        (
            (prior, sender, receiver),
            {"outputs": "all"},
            sg.InvalidOptions,
            "outputs: expected counts, summary, full",
        ),
        ((prior, sender, receiver), {"arithmetic": "float"}, sg.InvalidOptions, "arithmetic"),
        ((prior, sender, receiver), {"block": 100}, sg.InvalidOptions, "block"),
        ((prior, sender, receiver), {"limit": 0}, sg.InvalidOptions, "limit"),
        ((prior, sender, receiver), {"instructions": "neon"}, sg.InvalidOptions, "instructions"),
    ]
    for arrays, options, error, message in cases:
        with pytest.raises(error, match=message):
            sg.solve_pbe_batch(*arrays, **options)


def test_progress_can_stop_and_empty_batches_are_solved():
    seen = []
    sg.solve_pbe_batch(
        *generic(9000, 2, 2, 2), threads=1, progress=lambda done, total: seen.append((done, total))
    )
    assert seen[-1] == (9000, 9000)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sg.solve_pbe_batch(*generic(9000, 2, 2, 2), progress=stop)
    empty = sg.solve_pbe_batch(*generic(0, 2, 2, 2))
    assert len(empty) == 0 and empty.offsets.tolist() == [0] and empty.sender.shape == (0, 2, 2)
