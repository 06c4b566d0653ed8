"""The result of a solver in words, each equilibrium with its certificate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .assessments import ExtensiveAssessment
from .extensive_game import ExtensiveGame
from .scalars import text_of
from .solve import equilibria_of

MOST_VERTICES = 1000
EXTENSION_SECONDS = 10.0  #: for each concept and component, before it is left undecided


def report(game: Any, result: Any, earlier: Sequence[Any] = ()) -> str:
    """What was solved and how, the equilibria, and for each the concepts that its certificate decides. Of a component of
    equilibria the extreme ones are told. Of earlier results, which found nothing, how they ended."""
    lines = [repr(game)]
    for attempt in (*earlier, result):
        keys = ("method", "arithmetic", "status")
        how = [str(getattr(attempt, key)) for key in keys if getattr(attempt, key, None)]
        if getattr(attempt, "complete", False):
            how.append("all that the method looks for, proven")
        lines.append("; ".join(how))
        if getattr(attempt, "message", ""):
            lines.append(attempt.message)
    equilibria = equilibria_of(result)
    if not equilibria:
        return "\n".join([*lines, "no equilibrium was found"])
    for number, found in enumerate(equilibria, start=1):
        if not hasattr(found, "vertices"):
            lines += ["", *_told(f"[{number}]", found)]
            continue
        lines += ["", f"[{number}] {found!r}"]
        if isinstance(game, ExtensiveGame):
            for concept in ("subgame_perfect", "sequential"):
                verdict = found.extends_to(concept, time_limit=EXTENSION_SECONDS)
                reason = f"; {verdict.reason}" if verdict.reason else ""
                lines.append(f"    extends to {concept}: {verdict.status}{reason}")
        for k, vertex in enumerate(found.vertices(limit=MOST_VERTICES), start=1):
            lines += _told(f"[{number}.{k}]", vertex)
    return "\n".join(lines)


def _told(number: str, equilibrium: Any) -> list[str]:
    lines = [f"{number} {equilibrium!r}"]
    if isinstance(equilibrium, ExtensiveAssessment):
        certificate = equilibrium.certify()
        lines.append(
            f"  certificate: largest gain {text_of(certificate.max_regret)}, "
            f"distance from Bayes' rule {text_of(certificate.bayes_gap)}"
        )
        lines += [f"    {verdict}" for verdict in certificate.concepts.values()]
    elif hasattr(equilibrium, "certificate"):
        lines.append(f"  certificate: largest gain {text_of(equilibrium.certificate.max_regret)}")
    return lines
