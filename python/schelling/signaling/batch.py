"""Many signalling games of one size at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from .._core import InvalidArgument, __version__
from .._core import signaling as _core
from ..arguments import checked, refuse_masked, shown

if TYPE_CHECKING:
    import xarray as xr

KINDS = ("pooling", "separating", "semi_separating", "partially_pooling")
"""Names of the values of `kind`, and of the columns of `kind_counts`."""

# Dimensions of the arrays that have one entry for each equilibrium, after that of the equilibria.
_DIMENSIONS: dict[str, tuple[str, ...]] = {
    "kind": (),
    "sender_payoff": ("type",),
    "receiver_payoff": (),
    "sender": ("type", "message"),
    "receiver": ("message", "action"),
    "beliefs": ("message", "type"),
    "off_path_facet": ("message",),
    "off_path_bounds": ("message", "bound"),
}
_MEANINGS = {
    "kind": "what the messages tell",
    "sender_payoff": "expected payoff of each type",
    "receiver_payoff": "expected payoff of the receiver before the type is drawn",
    "sender": "probability with which a type sends a message",
    "receiver": "probability of an action after a message",
    "beliefs": "receiver's probability of a type after a message",
    "off_path_facet": "bits of the actions that are optimal together with the reply to a message not sent",
    "off_path_bounds": "range of the probability of action 1 that keeps every type from a message not sent",
}


class SignalingEquilibriaBatch:
    """Equilibria of a batch of signalling games as ragged arrays: those of game n are the rows
    ``offsets[n]`` to ``offsets[n + 1]``.

    A row is one equilibrium outcome, or one equilibrium of a component with a continuum of outcomes. Arrays
    that `outputs` leaves out are None.

    Attributes
    ----------
    offsets : int64 [n + 1]
    kind_counts : uint16 [n, 4]
        Equilibria by kind, in the order of `KINDS`.
    flags : uint8 [n]
        Bits; see `flag`.
    kind : uint8 [e]
        Index into `KINDS`.
    sender : float64 [e, t, m]
        Probability with which type t sends message m.
    receiver : float64 [e, m, a]
        Probability of action a after message m; off the path one reply that keeps all types from it.
    beliefs : float64 [e, m, t]
        Probability of type t after message m; off the path one belief that makes the reply optimal.
    sender_payoff : float64 [e, t]
    receiver_payoff : float64 [e]
    off_path_facet : uint32 [e, m]
        Bit a is set if action a is optimal together with the reply to a message that is not sent; 0 if it is.
    off_path_bounds : float64 [e, m, 2]
        With two actions: the range of the probability of action 1 over all replies that keep the types from
        a message that is not sent; NaN if it is sent.
    status, message, method, complete
        As for a single game; `complete` says that the rows are all equilibria of all valid games.
    """

    def __init__(
        self, native: Any, arrays: tuple[np.ndarray, ...], games_last: bool, options: dict[str, Any]
    ):
        self._native = native
        self._arrays = arrays
        self._games_last = games_last
        self.options = options
        self.status: str = native.status
        self.message: str = native.message
        self.method: str = native.method
        self.complete: bool = native.complete
        self.flags: np.ndarray = native.flags
        self.kind_counts: np.ndarray = native.kind_counts
        self.offsets: np.ndarray | None = native.offsets
        for name in _DIMENSIONS:
            setattr(self, name, getattr(native, name) if self.offsets is not None else None)

    def __len__(self) -> int:
        """Number of games."""
        return len(self.flags)

    def __repr__(self) -> str:
        count = int(self.kind_counts.sum(dtype=np.int64))
        return f"SignalingEquilibriaBatch({len(self)} games, {count} equilibria, {self.status})"

    def flag(self, name: str) -> np.ndarray:
        """Whether each game is marked with a word: `exact_path` (solved in exact arithmetic), `degenerate` (a
        margin that decides is within rounding error of zero: undecided unless solved exactly), `truncated`
        (more equilibria than the limit), `invalid_input` (not a game: nothing is listed), `continuum` (a
        component has several outcomes), `unsolved` (stopped before, too large, or not decided in double).
        """
        if name not in _core.batch_flags:
            raise InvalidArgument(
                f"flag: expected one of {', '.join(_core.batch_flags)}, found {shown(name)}"
            )
        return (self.flags & _core.batch_flags[name]) != 0

    def certify(self) -> tuple[np.ndarray, np.ndarray]:
        """Regret and Bayes gap of every row, computed from the definition: the largest gain of a type from
        another message, or of the receiver from another reply at the row's belief, relative to the player's
        payoff range; and the largest distance of a belief after a sent message from Bayes' rule. Needs full
        outputs.
        """
        prior, sender, receiver = self._arrays
        return _core.certify_batch(
            prior, sender, receiver, games_last=self._games_last, equilibria=self._native
        )

    def padded(self, max_equilibria: int | None = None) -> dict[str, np.ndarray]:
        """Dense arrays ``[n, max_equilibria, ...]`` by name, and ``count[n]``; places without an equilibrium
        hold NaN, in `kind` and `off_path_facet` zero. Without `max_equilibria` there is room for the largest
        number; a smaller room than that is refused.
        """
        offsets = self._rows()
        counts = np.diff(offsets)
        needed = int(counts.max(initial=0))
        room = needed if max_equilibria is None else max_equilibria
        if room < needed:
            raise InvalidArgument(f"max_equilibria: expected at least {needed}, found {room}")
        game = np.repeat(np.arange(len(counts)), counts)
        place = np.arange(len(game)) - offsets[game]
        dense: dict[str, np.ndarray] = {"count": counts}
        for name in _DIMENSIONS:
            values = getattr(self, name)
            if values is None:
                continue
            blank = np.nan if values.dtype.kind == "f" else 0
            array = np.full((len(counts), room, *values.shape[1:]), blank, values.dtype)
            array[game, place] = values
            dense[name] = array
        return dense

    def to_xarray(self) -> xr.Dataset:
        """The arrays as a ragged data set (contiguous ragged array of the CF conventions): along `game` the
        number of `equilibria` and the flags, along `equilibrium` everything else, and the `equilibrium_game`
        of each. `schelling.table` makes a data frame of it.
        """
        from ..analysis.ragged import RaggedDataset

        counts = np.diff(self._rows())
        variables: dict[str, Any] = {
            "equilibria": (
                "game",
                counts,
                {"long_name": "number of equilibria", "sample_dimension": "equilibrium"},
            ),
            "equilibrium_game": (
                "equilibrium",
                np.repeat(np.arange(len(counts)), counts),
                {"long_name": "game that the equilibrium belongs to"},
            ),
            "flags": (
                "game",
                self.flags,
                {
                    "long_name": "what is to be known of the game",
                    "flag_masks": np.array(list(_core.batch_flags.values()), np.uint8),
                    "flag_meanings": " ".join(_core.batch_flags),
                },
            ),
        }
        for name, dimensions in _DIMENSIONS.items():
            values = getattr(self, name)
            if values is not None:
                attributes: dict[str, Any] = {"long_name": _MEANINGS[name]}
                if name == "kind":
                    attributes["flag_values"] = np.arange(len(KINDS), dtype=np.uint8)
                    attributes["flag_meanings"] = " ".join(KINDS)
                variables[name] = (("equilibrium", *dimensions), values, attributes)
        return RaggedDataset(
            variables,
            {"bound": ["least", "greatest"]} if "off_path_bounds" in variables else {},
            {
                "Conventions": "CF-1.11",
                "schema": "schelling/signaling_batch",
                "schema_version": 1,
                "library_version": __version__,
                "status": self.status,
                "method": self.method,
                **{f"option_{name}": value for name, value in self.options.items()},
            },
        )

    def _rows(self) -> np.ndarray:
        if self.offsets is None:
            raise InvalidArgument('outputs: expected "summary" or "full", found "counts"')
        return self.offsets


@checked()
def solve_pbe_batch(
    prior: Any,
    sender: Any,
    receiver: Any,
    *,
    outputs: str = "full",
    arithmetic: str = "auto",
    limit: int = _core.batch_limit,
    threads: int = 0,
    time_limit: float | None = None,
    progress: Callable[[int, int], object] | None = None,
    block: int = _core.batch_block,
    instructions: str = "automatic",
) -> SignalingEquilibriaBatch:
    """Find every perfect Bayesian (= sequential) equilibrium of many finite signalling games of one size.

    Generic games with two or three types, messages and actions are decided in double arithmetic, many at a
    time; a game in which a margin that decides is within rounding error of zero, on the scale of its own
    payoffs, is solved in exact arithmetic (as the binary fractions that its floats are, the prior divided by
    its sum), and so are games of other sizes. `SignalingEquilibriaBatch.flag` says which. Payoffs that are
    round numbers tie often, and exact games take a thousand times longer: generic payoffs are fast, tables of
    small integers are not.

    Parameters
    ----------
    prior : array [n, t]
    sender, receiver : arrays [n, t, m, a]
        Row-major arrays are read as they are; so are arrays that have the index n last in memory, which is
        fastest.
    outputs : {"full", "summary", "counts"}
        Everything; kinds and payoffs; or only the numbers of equilibria by kind.
    arithmetic : {"auto", "double", "exact"}
        "double" leaves games that it cannot decide `degenerate`, without rows; "exact" solves all games
        exactly.
    limit : int
        Most equilibria listed for one game.
    threads : int
        0 means all there are. Neither it nor `block` nor `instructions` changes a bit of the result.
    time_limit : float, seconds
        Games that are left then are `unsolved`.
    progress : callable (done, total)
    block : int
        Games that a kernel handles at once, a multiple of 64 up to 512.
    instructions : {"automatic", "portable", "avx2", "avx512"}
        Machine instructions of the kernels.

    Raises
    ------
    InvalidArgument
        For arrays that are not numbers or whose shapes do not agree. A single game that is not one is
        flagged.
    InvalidOptions
        For an option outside its range.

    Examples
    --------
    >>> import numpy as np, schelling as sg
    >>> strong = np.linspace(0.05, 0.95, 10)
    >>> prior = np.stack([strong, 1 - strong], axis=1)
    >>> sender = np.broadcast_to([[[1, 3], [0, 2]], [[0, 2], [1, 3]]], (10, 2, 2, 2))
    >>> receiver = np.broadcast_to([[[0, 1], [0, 1]], [[1, 0], [1, 0]]], (10, 2, 2, 2))
    >>> batch = sg.solve_pbe_batch(prior, sender, receiver)
    >>> batch.kind_counts[:, 0]
    array([0, 0, 0, 0, 0, 2, 2, 2, 2, 2], dtype=uint16)
    """
    arrays = [_numbers("prior", prior, 2), _numbers("sender", sender, 4), _numbers("receiver", receiver, 4)]
    shape = arrays[1].shape
    for name, array, expected in (("prior", arrays[0], shape[:2]), ("receiver", arrays[2], shape)):
        if array.shape != expected:
            raise InvalidArgument(f"{name}: expected shape {expected} as sender has, found {array.shape}")
    if 0 in shape[1:]:
        raise InvalidArgument(f"sender: expected at least one type, message and action, found shape {shape}")
    turned = [np.moveaxis(array, 0, -1) for array in arrays]
    games_last = all(array.flags.c_contiguous for array in turned) and not all(
        a.flags.c_contiguous for a in arrays
    )
    ready = tuple(turned if games_last else (np.ascontiguousarray(array) for array in arrays))
    options: dict[str, Any] = {"outputs": outputs, "arithmetic": arithmetic, "limit": limit}
    native = _core.solve_pbe_batch(
        ready[0],
        ready[1],
        ready[2],
        games_last=games_last,
        threads=threads,
        time_limit=time_limit,
        progress=progress,
        block=block,
        instructions=instructions,
        **options,
    )
    return SignalingEquilibriaBatch(native, ready, games_last, options)


def _numbers(name: str, values: Any, dimensions: int) -> np.ndarray:
    refuse_masked(name, values)
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise InvalidArgument(f"{name}: expected a rectangular array, found ragged rows") from error
    if array.dtype.kind not in "iuf":
        raise InvalidArgument(f"{name}: expected real numbers, found an array of {array.dtype}")
    if array.ndim != dimensions:
        raise InvalidArgument(f"{name}: expected {dimensions} dimensions, found shape {array.shape}")
    return array if array.dtype == np.float64 else array.astype(np.float64)
