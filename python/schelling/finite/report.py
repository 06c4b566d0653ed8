"""An answer in words: how it was found, what it covers, and each equilibrium with its certificate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from .assessments import ExtensiveAssessment
from .coverage import coverage_in_words
from .extensive_game import ExtensiveGame
from .scalars import text_of
from .solve import Answer

MOST_EQUILIBRIA = 10  #: that are printed unless all are asked for; of a component as many extreme ones
MOST_LINES = 100  #: after which no further equilibrium is begun
EXTENSION_SECONDS = 10.0  #: for each concept and component, before it is left undecided


def report(answer: Answer, *, everything: bool = False) -> Iterator[str]:
    """The lines, one by one: nothing is held that was printed."""
    yield repr(answer.game)
    for attempt in answer.attempts:
        yield f"tried {attempt.solver}: {attempt.reason}"
    result, selection = answer.result, answer.selection
    how = [str(getattr(result, key)) for key in ("method", "arithmetic", "status")]
    if result.complete:
        how.append("all that the method looks for, proven")
    yield "; ".join(how)
    if result.message:
        yield result.message
    yield f"coverage: {coverage_in_words(answer.solver, answer.game, result)}"
    yield from _selected(answer)
    if not selection.entries:
        yield "no equilibrium was found" + (f" that is {answer.concept}" if answer.concept else "")
        return
    printed = lines = 0
    for entry in selection.entries:
        if not everything and (printed == MOST_EQUILIBRIA or (printed and lines >= MOST_LINES)):
            break
        printed += 1
        for line in _entry(answer, entry, everything):
            lines += line.count("\n") + 1
            yield line
    total = len(selection.entries)
    if printed < total:
        yield ""
        limit = "; --limit N keeps more" if result.status == "truncated" else ""
        yield f"... {printed} of {total} equilibria found are printed; --all prints all of these{limit}"


def _selected(answer: Answer) -> Iterator[str]:
    """Which of the equilibria found are printed."""
    concept, selection = answer.concept, answer.selection
    if concept is None or concept == "nash":
        return
    shown = len(selection.entries)
    if not isinstance(answer.game, ExtensiveGame):
        if shown:
            where = "a signalling game" if answer.solver == "pbe" else "a table, where all move at once,"
            every = "perfect Bayesian" if answer.solver == "pbe" else "Nash"
            yield f"in {where} every {every} equilibrium is {concept}"
        return
    components = any(entry.members is not None for entry in selection.entries)
    if components:
        parts = [f"{shown} component{'s hold' if shown != 1 else ' holds'} a {concept} equilibrium"]
    else:
        parts = [f"{shown or 'none'} {'are' if shown > 1 else 'is'} {concept}"]
    if selection.without:
        parts.append(f"{selection.without} not")
    if selection.undecided:
        parts.append(f"{selection.undecided} undecided ({selection.reason})")
    yield f"of those found {', '.join(parts)}"
    if components:
        yield "of each component some of its equilibria with the concept are printed; there may be more between them"


def _entry(answer: Answer, entry: Any, everything: bool) -> Iterator[str]:
    number, found = entry.number, entry.found
    yield ""
    if hasattr(found, "explain"):
        yield f"[{number}] {found!r}"
        yield found.explain().rstrip()
        return
    if not hasattr(found, "vertices"):
        yield from _told(f"[{number}]", found)
        return
    yield f"[{number}] {found!r}"
    if entry.members is not None:
        yield f"    holds equilibria that are {answer.concept}:"
        total, members = len(entry.members), iter(entry.members)
        if entry.looked_at < len(found):
            yield f"    ({entry.looked_at} of its {len(found)} extreme equilibria were looked at)"
    else:
        if isinstance(answer.game, ExtensiveGame):
            for concept in ("subgame_perfect", "sequential"):
                verdict = found.extends_to(concept, time_limit=EXTENSION_SECONDS)
                reason = f"; {verdict.reason}" if verdict.reason else ""
                hint = f"; --concept {concept} prints it" if verdict.witness is not None else ""
                yield f"    extends to {concept}: {verdict.status}{reason}{hint}"
        total, members = len(found), found.vertices(limit=len(found))
    shown = total if everything else min(total, MOST_EQUILIBRIA)
    for k, vertex in enumerate(islice(members, shown), start=1):
        yield from _told(f"[{number}.{k}]", vertex)
    if shown < total:
        kind = "extreme equilibria of this component" if entry.members is None else "of these"
        yield f"    ... {shown} of {total} {kind} are printed; --all prints all of them"


def _told(number: str, equilibrium: Any) -> Iterator[str]:
    yield f"{number} {equilibrium!r}"
    if isinstance(equilibrium, ExtensiveAssessment):
        certificate = equilibrium.certify()
        yield (
            f"  certificate: largest gain {text_of(certificate.max_regret)}, "
            f"distance from Bayes' rule {text_of(certificate.bayes_gap)}"
        )
        for verdict in certificate.concepts.values():
            yield f"    {verdict}"
    elif hasattr(equilibrium, "certificate"):
        yield f"  certificate: largest gain {text_of(equilibrium.certificate.max_regret)}"
