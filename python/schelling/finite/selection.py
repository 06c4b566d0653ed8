"""What of a solver's result has a concept."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .._core import InvalidArgument
from .assessments import ExtensiveAssessment
from .enumeration import NashComponent

MOST_VERTICES = (
    20  #: of one component, that are looked at for a concept; beyond, one equilibrium stands for it
)
SECONDS = 10.0  #: for each question about a component, before it is left undecided


@dataclass(frozen=True)
class Entry:
    """An equilibrium that is printed; of a component that was asked for a concept, the equilibria in it that have it."""

    number: int  #: in the result, from 1
    found: Any
    members: tuple[Any, ...] | None = None

    @property
    def looked_at(self) -> int:
        """How many of the component's extreme equilibria were looked at for the concept."""
        return min(len(self.found), MOST_VERTICES)


@dataclass(frozen=True)
class Selection:
    """The equilibria of a result with a concept, how many are known to be without it, and how many are undecided."""

    entries: Sequence[Entry]
    without: int = 0
    undecided: int = 0
    reason: str = ""  #: why the first is undecided


class _Every(Sequence):
    """All of a result, made when asked for."""

    def __init__(self, found: Sequence[Any]) -> None:
        self._found = found

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, k):
        return Entry(range(1, len(self) + 1)[k], self._found[k])


def select(result: Any, concept: str | None, *, time_limit: float | None = None) -> Selection:
    """Keep what has the concept by its certificate; all where none is asked for, or all have it."""
    if hasattr(result, "limit"):
        found: Sequence[Any] = [] if result.limit is None else [result.limit]
    else:
        found = result if isinstance(result, Sequence) else [result]
    kinds = (ExtensiveAssessment, NashComponent)
    if concept in (None, "nash", "quasi_perfect") or not found or not isinstance(found[0], kinds):
        return Selection(_Every(found))
    if isinstance(found[0], NashComponent) and not isinstance(found[0].representative, ExtensiveAssessment):
        return Selection(_Every(found))
    deadline = None if time_limit is None else time.monotonic() + time_limit
    entries: list[Entry] = []
    without = undecided = 0
    reason = ""
    for number, one in enumerate(found, start=1):
        seconds = SECONDS if deadline is None else min(SECONDS, max(deadline - time.monotonic(), 0.05))
        if isinstance(one, NashComponent):
            members, why = _members(one, concept, seconds)
            if members:
                entries.append(Entry(number, one, members))
        else:
            verdict = one.certify()[concept]
            why = verdict.reason if verdict.holds is None else None
            if verdict.holds:
                entries.append(Entry(number, one))
                continue
            members = ()
        if not members and why is not None:
            undecided += 1
            reason = reason or why
        elif not members:
            without += 1
    return Selection(entries, without, undecided, reason)


def _extension(component: NashComponent, concept: str, seconds: float, vertex: int | None) -> Any:
    """The completion of a component, or of one of its vertices, to the concept. What is sequential is weakly perfect
    Bayesian, which is asked for where the weaker question cannot be."""
    try:
        return component.extends_to(concept, vertex=vertex, time_limit=seconds), True
    except InvalidArgument:
        if concept != "weak_pbe":
            raise
        return component.extends_to("sequential", vertex=vertex, time_limit=seconds), False


def _members(component: NashComponent, concept: str, seconds: float) -> tuple[tuple[Any, ...], str | None]:
    """Equilibria of a component with the concept; where there is none, why that is not known, or None if it is."""
    deadline = time.monotonic() + seconds
    members: list[Any] = []
    count = min(len(component), MOST_VERTICES)
    for k, vertex in enumerate(islice(component.vertices(limit=len(component)), count)):
        verdict = vertex.certify()[concept]
        if verdict.holds:
            members.append(vertex)
            continue
        left = deadline - time.monotonic()
        if left <= 0:
            break
        answer, _ = _extension(component, concept, left, k)
        if answer.witness is not None and answer.witness not in members:
            members.append(answer.witness)
    if members:
        return tuple(members), None
    answer, decides = _extension(component, concept, max(deadline - time.monotonic(), 0.05), None)
    if answer.witness is not None:
        return (answer.witness,), None
    if answer.status == "undecided":
        return (), answer.reason
    return (), None if decides else f"none is sequential; whether one is {concept} was not decided"
