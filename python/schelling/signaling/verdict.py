"""What a refinement says about equilibria of a signalling game."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np

from .._core import InvalidArgument
from .game import SignalingGame

Numbers = tuple[list[float], list[str] | None]


def _array(numbers: Numbers) -> np.ndarray:
    return np.array(numbers[0], dtype=float)


def _fractions(numbers: Numbers) -> np.ndarray:
    result = np.empty(len(numbers[0]), dtype=object)
    result[:] = [Fraction(text) for text in numbers[1] or []]
    return result


@dataclass(frozen=True)
class Exclusion:
    """A type on whom the receiver's belief may not rest."""

    type: str
    by: str | None  #: the type that is tempted whenever this one is, where one type alone is
    round: int


@dataclass(frozen=True)
class Witness:
    """What decides a refinement after one message that no type sends.

    The belief is admissible under the refinement and the reply a best reply to it. Where the refinement
    fails the reply is the least tempting one and `types` are those it still tempts; for
    perfect_sequential, neologism_proof and undefeated they are the types who gain by the message and are
    believed to. Where it passes `types` is empty.
    """

    message: str
    passes: bool
    types: list[str]
    belief: np.ndarray  #: [T], empty if no belief is admissible
    reply: np.ndarray  #: [A], empty if no belief is admissible
    excluded: list[Exclusion]
    explanation: str
    exact: SimpleNamespace | None  #: `belief` and `reply` in fractions; None in double arithmetic


@dataclass(frozen=True)
class PayoffCondition:
    """A restriction on the types' payoffs v: ``coefficients @ v + constant``, compared with 0."""

    coefficients: np.ndarray  #: [T]
    constant: float
    relation: str  #: one of ==, >, >=, <, <=
    exact: SimpleNamespace | None  #: the numbers in fractions
    types: list[str]

    def __str__(self) -> str:
        """For instance "weak - 2 surly <= 1/2", with the types' names for their payoffs."""
        coefficients, constant = (
            (self.coefficients, self.constant)
            if self.exact is None
            else (self.exact.coefficients, self.exact.constant)
        )
        text = ""
        for t, c in zip(self.types, coefficients, strict=True):
            if c == 0:
                continue
            size = "" if abs(c) == 1 else f"{abs(c)} "
            text += (" - " if c < 0 else " + ") * bool(text) + ("-" if c < 0 and not text else "") + size + t
        return f"{text} {self.relation} {-constant}"


@dataclass(frozen=True)
class SurvivingPart:
    """Part of a product that survives: all of its sender strategies, with the reply rules whose payoffs satisfy
    all conditions of one of the `cells`; with all reply rules if there are no cells."""

    product: int  #: index in the component's products
    cells: list[list[PayoffCondition]]


@dataclass(frozen=True)
class Verdict:
    """Whether outcomes survive a refinement, and why. ``bool(verdict)`` is True if all do, False if none
    does, and raises InvalidArgument otherwise."""

    refinement: str
    status: str  #: all, part, none, undecided or not_applicable
    reason: str
    witness: list[Witness]  #: the first message that fails; if all outcomes survive, each unsent message
    part: list[SurvivingPart]  #: what survives if not everything does
    rounds: int  #: the largest number of rounds of exclusion that changed anything

    @classmethod
    def _from_native(cls, native: dict[str, Any], game: SignalingGame) -> Verdict:
        return cls(
            refinement=native["refinement"],
            status=native["status"],
            reason=native["reason"],
            witness=[_witness(w, game) for w in native["witness"]],
            part=[_part(p, game) for p in native["part"]],
            rounds=native["rounds"],
        )

    def __bool__(self) -> bool:
        if self.status not in ("all", "none"):
            raise InvalidArgument(f"verdict: expected all or none, found {self.status}: {self.reason}")
        return self.status == "all"

    def __str__(self) -> str:
        return f"{self.refinement}: {self.status}; {self.reason}"

    def __repr__(self) -> str:
        return f"Verdict({self})"


_relations = {(0, True): "==", (1, True): ">", (1, False): ">=", (-1, True): "<", (-1, False): "<="}


def _witness(native: dict[str, Any], game: SignalingGame) -> Witness:
    def name(t: int | None) -> str | None:
        return None if t is None else game.types[t]

    exact = None
    if game.arithmetic == "exact":
        exact = SimpleNamespace(belief=_fractions(native["belief"]), reply=_fractions(native["reply"]))
    return Witness(
        message=game.messages[native["message"]],
        passes=native["passes"],
        types=[game.types[t] for t in native["types"]],
        belief=_array(native["belief"]),
        reply=_array(native["reply"]),
        excluded=[Exclusion(game.types[t], name(by), round) for t, by, round in native["excluded"]],
        explanation=native["explanation"],
        exact=exact,
    )


def _part(native: dict[str, Any], game: SignalingGame) -> SurvivingPart:
    cells = []
    for conditions, _ in native["cells"]:
        cell = []
        for coefficients, constant, sign, strict in conditions:
            exact = None
            if game.arithmetic == "exact":
                exact = SimpleNamespace(
                    coefficients=_fractions(coefficients), constant=_fractions(constant)[0]
                )
            cell.append(
                PayoffCondition(
                    _array(coefficients),
                    constant[0][0],
                    _relations[sign, strict or sign == 0],
                    exact,
                    game.types,
                )
            )
        cells.append(cell)
    return SurvivingPart(native["product"], cells)
