"""The finite signalling game."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from .._core import InvalidGame, ParseError
from .._core import signaling as _core
from ..arguments import CALLABLE, PATH, checked, shown
from ..arguments import labels as label_list
from ..numbers import exact_copy, floats, fractions, is_exact, table

if TYPE_CHECKING:
    import pandas as pd

Labels = Sequence[str] | None


def _is_exact(entries: list) -> bool:
    return all(is_exact(x) for x in entries)


def _labels(name: str, given: Labels) -> list[str]:
    if given is None:
        return []
    return label_list(name, given)


class SignalingGame:
    """A finite signalling game: nature draws a type, the sender sees it and sends a message, the receiver acts on it.

    Parameters
    ----------
    prior : [T]
        Probability of each type, positive and summing to one; or a mapping from type labels to probabilities.
    sender, receiver : [T, M, A]
        Payoffs after each type, message and action.
    types, messages, actions : lists of distinct labels, optional

    The game is exact if every number is an int, a Fraction or a text ("1/3", "0.25"); with one float among them it is in
    double arithmetic, and `exact` turns it into an exact one.

    Raises
    ------
    InvalidGame
        For ragged or empty tables, a prior that is no positive distribution, numbers that are not finite, and labels that
        are repeated or too few. The message names the entry, what was expected and what was found.
    """

    def __init__(
        self,
        prior: Any,
        sender: Any,
        receiver: Any,
        types: Labels = None,
        messages: Labels = None,
        actions: Labels = None,
    ) -> None:
        labels = (_labels("types", types), _labels("messages", messages), _labels("actions", actions))
        if isinstance(prior, Mapping):
            if not labels[0]:
                labels = ([str(t) for t in prior], *labels[1:])
            missing = [t for t in labels[0] if t not in prior]
            if missing or len(prior) != len(labels[0]):
                raise InvalidGame(
                    f"prior: expected one probability for each of {labels[0]}, found {list(prior)}"
                )
            prior = [prior[t] for t in labels[0]]
        weights, (count,) = table("prior", prior, (None,), ("types",))
        axes = ("types", "messages", "actions")
        sent, shape = table("sender", sender, (count, None, None), axes)
        received, _ = table("receiver", receiver, shape, axes)
        sizes = (shape[0], shape[1], shape[2])
        self._native: _core.SignalingGameExact | _core.SignalingGameDouble
        if _is_exact(weights) and _is_exact(sent) and _is_exact(received):
            self._native = _core.signaling_game_exact(
                *sizes,
                fractions("prior", weights),
                fractions("sender", sent),
                fractions("receiver", received),
                labels,
            )
        else:
            self._native = _core.signaling_game_double(
                *sizes,
                floats("prior", weights),
                floats("sender", sent),
                floats("receiver", received),
                labels,
            )

    @classmethod
    @checked(payoffs=CALLABLE)
    def from_function(
        cls,
        payoffs: Callable[[Any, Any, Any], tuple[Any, Any]],
        prior: Any,
        types: Sequence[str] | int,
        messages: Sequence[str] | int,
        actions: Sequence[str] | int,
    ) -> SignalingGame:
        """Make a game from a function (type, message, action) -> (sender's payoff, receiver's payoff).

        Each list may be a number instead; the function is then called with indices, otherwise with labels.
        """

        def axis(name: str, given: Sequence[str] | int) -> tuple[list, Labels]:
            if isinstance(given, int | np.integer) and not isinstance(given, bool):
                if not 0 < given < 2**31:
                    raise InvalidGame(f"{name}: expected at least one, found {shown(given)}")
                return list(range(int(given))), None
            own = label_list(name, given)
            return own, own

        (ts, type_labels), (ms, message_labels), (acts, action_labels) = (
            axis("types", types),
            axis("messages", messages),
            axis("actions", actions),
        )

        def pair(t: Any, m: Any, a: Any) -> Any:
            found = payoffs(t, m, a)
            if isinstance(found, str) or not hasattr(found, "__len__") or len(found) != 2:
                raise InvalidGame(
                    f"payoffs: expected the sender's payoff and the receiver's from ({t}, {m}, {a}), found {shown(found)}"
                )
            return found

        pairs = [[[pair(t, m, a) for a in acts] for m in ms] for t in ts]
        sender = [[[pair[0] for pair in row] for row in block] for block in pairs]
        receiver = [[[pair[1] for pair in row] for row in block] for block in pairs]
        return cls(prior, sender, receiver, type_labels, message_labels, action_labels)

    @classmethod
    def from_dataframe(cls, frame: pd.DataFrame, prior: Any) -> SignalingGame:
        """Make a game from a table with the columns type, message, action, sender and receiver, one row for each
        combination; labels are taken in order of appearance.

        Raises
        ------
        InvalidGame
            If a column or a combination is missing, or a combination stands there twice.
        """
        if not hasattr(frame, "columns"):
            raise InvalidGame(f"frame: expected a data frame, found {shown(frame)}")
        names = ("type", "message", "action")
        for column in (*names, "sender", "receiver"):
            if column not in frame.columns:
                raise InvalidGame(f"data frame: expected a column '{column}', found {list(frame.columns)}")
        axes = [list(dict.fromkeys(frame[column])) for column in names]
        cells: dict[tuple, tuple] = {}
        for row in zip(*(frame[c] for c in (*names, "sender", "receiver")), strict=True):
            if row[:3] in cells:
                raise InvalidGame(
                    f"data frame: expected one row for each combination, found two for {row[:3]}"
                )
            cells[row[:3]] = row[3:]
        for t in axes[0]:
            for m in axes[1]:
                for a in axes[2]:
                    if (t, m, a) not in cells:
                        raise InvalidGame(f"data frame: expected a row for {(t, m, a)}, found none")
        labels = [[str(x) for x in axis] for axis in axes]
        if isinstance(prior, Mapping):
            prior = {str(t): p for t, p in prior.items()}
        tables = [[[[cells[t, m, a][k] for a in axes[2]] for m in axes[1]] for t in axes[0]] for k in (0, 1)]
        return cls(prior, tables[0], tables[1], *labels)

    @classmethod
    @checked(text_or_path=PATH)
    def read(cls, text_or_path: str | Path) -> SignalingGame:
        """Read a game from a text in the library's format, or from the file of that name.

        The format, by example::

            signaling game
            types strong 9/10, weak 1/10
            messages beer, quiche
            actions duel, not
            strong beer:   1 0, 3 1     # for each action: the sender's payoff, the receiver's
            strong quiche: 0 0, 2 1
            weak beer:     0 1, 2 0
            weak quiche:   1 1, 3 0

        Raises
        ------
        ParseError
            With the line, for a text that is not of this form.
        """
        if isinstance(text_or_path, str) and "\n" in text_or_path:
            text = text_or_path
        else:
            try:
                text = Path(text_or_path).read_text(encoding="utf-8")
            except UnicodeDecodeError:
                raise ParseError(f"{text_or_path}: expected UTF-8, found another encoding") from None
        return cls._from_native(_core.read_signaling(text))

    def write(self) -> str:
        """The game in the format that `read` reads. Floats are written as their shortest decimals; a prior whose decimals
        do not sum to one, as in the exact copy of the game, with a warning."""
        if self.arithmetic == "double":
            exact_copy(_core.exact, self._native)
        return _core.write_signaling(self._native)

    @classmethod
    def _from_native(cls, native: Any) -> SignalingGame:
        game = cls.__new__(cls)
        game._native = native
        return game

    @property
    def arithmetic(self) -> str:
        """ "exact" or "double"."""
        return "exact" if isinstance(self._native, _core.SignalingGameExact) else "double"

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of types, messages and actions."""
        return self._native.types, self._native.messages, self._native.actions

    @property
    def types(self) -> list[str]:
        return self._native.labels[0]

    @property
    def messages(self) -> list[str]:
        return self._native.labels[1]

    @property
    def actions(self) -> list[str]:
        return self._native.labels[2]

    @cached_property
    def _values(self) -> dict[str, np.ndarray]:
        return self._native.values(False)

    @property
    def prior(self) -> np.ndarray:
        """[T] probabilities of the types."""
        return self._values["prior"]

    @property
    def sender(self) -> np.ndarray:
        """[T, M, A] payoffs of the sender."""
        return self._values["sender"]

    @property
    def receiver(self) -> np.ndarray:
        """[T, M, A] payoffs of the receiver."""
        return self._values["receiver"]

    @cached_property
    def exact(self) -> SimpleNamespace | None:
        """`prior`, `sender` and `receiver` in fractions; None in double arithmetic."""
        return SimpleNamespace(**self._native.values(True)) if self.arithmetic == "exact" else None

    def _to_exact(self) -> SignalingGame:
        if self.arithmetic == "exact":
            return self
        return self._from_native(exact_copy(_core.exact, self._native))

    def _to_double(self) -> SignalingGame:
        if self.arithmetic == "double":
            return self
        return SignalingGame(self.prior, self.sender, self.receiver, self.types, self.messages, self.actions)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SignalingGame):
            return NotImplemented
        if self.arithmetic != other.arithmetic or self._native.labels != other._native.labels:
            return False
        mine, theirs = (self, other) if self.exact is None else (self.exact, other.exact)
        return all(
            np.array_equal(getattr(mine, k), getattr(theirs, k)) for k in ("prior", "sender", "receiver")
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return (
            f"SignalingGame({', '.join(self.types)}; {', '.join(self.messages)}; {', '.join(self.actions)}; "
            f"{self.arithmetic})"
        )
