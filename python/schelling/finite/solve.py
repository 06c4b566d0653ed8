"""Solving a game by whichever solver fits and finds what is asked for: what the command line does with a file."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .._core import InvalidGame, InvalidOptions, ParseError, SchellingError
from ..numbers import exact
from ..signaling import SignalingGame, solve_pbe
from .backward_induction import in_arithmetic
from .catalog import PublishedGame, catalog
from .extensive_game import ExtensiveGame
from .normal_form_game import NormalFormGame

Game = ExtensiveGame | NormalFormGame | SignalingGame

#: For each concept the solvers that may return it, first choice first; None where no concept is asked for.
ORDER: Mapping[str | None, tuple[str, ...]] = {
    None: ("pbe", "backward_induction", "nash_all", "zero_sum", "nash", "pure", "agent_qre"),
    "nash": ("pbe", "nash_all", "zero_sum", "nash", "pure", "agent_qre"),
    "subgame_perfect": ("pbe", "backward_induction", "nash_all", "quasi_perfect", "pure", "agent_qre"),
    "weak_pbe": ("pbe", "backward_induction", "nash_all", "quasi_perfect", "pure", "agent_qre"),
    "sequential": ("pbe", "backward_induction", "nash_all", "quasi_perfect", "pure", "agent_qre"),
    "quasi_perfect": ("quasi_perfect",),
}
CONCEPTS = tuple(name for name in ORDER if name is not None)

PATIENCE = 60.0  #: seconds for a solver that others may follow, where the caller sets no limit
_FOR_EVER = 1e9  #: seconds; a longer limit is none


@dataclass(frozen=True)
class Attempt:
    """A solver that was tried and did not give what was asked for, and why."""

    solver: str
    reason: str
    result: Any = None  #: None where the solver refused the game


@dataclass(frozen=True)
class Answer:
    """What a solver found of what was asked for, and which were tried before."""

    game: Any
    solver: str
    concept: str | None
    result: Any
    selection: Any  #: what of the result has the concept: `selection.Selection`
    attempts: tuple[Attempt, ...]


def solvers() -> dict[str, Callable[..., Any]]:
    """The library's solvers of finite games by name, such as "backward_induction"; "pbe" is that of signalling games."""
    import schelling.finite as package

    found = {
        name.removeprefix("solve_"): getattr(package, name)
        for name in package.__all__
        if name.startswith("solve_")
    }
    return {"pbe": solve_pbe} | found


def read_game(source: str) -> Game:
    """Read a file, or a game of the catalogue by its name.

    The endings .efg and .nfg, in any case, say what the file is. Any other file is told by its first word: EFG, NFG, or
    "signaling" for the text format of signalling games (`SignalingGame.read`).

    Raises
    ------
    ParseError
        For another file, and whatever the file has wrong.
    OSError
        If the file cannot be read.
    """
    path = Path(source)
    if not path.exists() and source in catalog():
        return PublishedGame.load(source).game
    kind = path.suffix.lower().removeprefix(".")
    if kind not in ("efg", "nfg"):
        kind = _first_word(path).lower() if path.is_file() else ""
    if kind == "efg":
        return ExtensiveGame.read_efg(path)
    if kind == "nfg":
        return NormalFormGame.read_nfg(path)
    if kind == "signaling":
        try:
            return SignalingGame.read(path)
        except UnicodeDecodeError:
            raise ParseError(f"{source}: expected UTF-8, found another encoding") from None
        except (ParseError, InvalidGame) as error:
            raise type(error)(f"{source}: {error}") from None
    raise ParseError(
        f"{source}: expected a file that ends in .efg or .nfg, one that begins with 'signaling game', or a name of "
        "the catalog"
    )


def _first_word(path: Path) -> str:
    """The first word of a file that is no remark."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for _ in range(1000):
            line = file.readline(4096)
            words = line.partition("#")[0].split(maxsplit=1)
            if words or not line:
                return words[0] if words else ""
    return ""


def has_perfect_information(game: Any) -> bool:
    return isinstance(game, ExtensiveGame) and all(len(nodes) == 1 for nodes in game._structure.nodes)


def fits(solver: str, game: Any) -> bool:
    """Whether a solver takes this kind of game; what its size or its numbers forbid, the solver itself says."""
    if isinstance(game, SignalingGame) or solver == "pbe":
        return isinstance(game, SignalingGame) and solver == "pbe"
    if solver == "backward_induction":
        return has_perfect_information(game)
    if solver in ("nash", "nash_all", "zero_sum"):
        return len(game.players) == 2
    if solver == "quasi_perfect":
        return isinstance(game, ExtensiveGame) and len(game.players) == 2
    return True


def fitting_solvers(game: Any, concept: str | None) -> list[str]:
    """The solvers for a game, first choice first: backward induction where it is possible, all Nash equilibria of two
    players, then what finds one or only pure ones. With a concept, only solvers that may return it.

    Raises
    ------
    InvalidOptions
        If no solver returns the concept for such a game.
    """
    if concept not in ORDER:
        raise InvalidOptions(f"concept: expected one of {', '.join(CONCEPTS)}, found {concept!r}")
    wanted = ORDER[concept]
    if isinstance(game, NormalFormGame) and concept in ("subgame_perfect", "weak_pbe", "sequential"):
        wanted = ORDER["nash"]  # where all move at once, nothing is off the path
    available = solvers()
    fitting = [name for name in wanted if name in available and fits(name, game)]
    if not fitting:
        raise InvalidOptions(
            f"concept: there is no solver for {concept or 'equilibria'} of {game!r}; "
            f"solvers: {', '.join(sorted(available))}"
        )
    return fitting


def solve(
    game: Any,
    *,
    solver: str | None = None,
    concept: str | None = None,
    arithmetic: str = "auto",
    time_limit: float | None = None,
    **options: Any,
) -> Answer:
    """Solve a game by the named solver, or by the first that fits and finds an equilibrium with the concept.

    A solver that refuses the game, or finds nothing with the concept, is followed by the next. With a time limit each
    takes at most half of what is left, the last all of it; without one a solver that others follow has `PATIENCE`.

    Raises
    ------
    InvalidOptions
        For an unknown solver or concept, an option out of its range, and one that the named solver does not have.
    InvalidGame
        If all solvers refuse, with what each said; a named solver's own exception.
    """
    from .selection import select

    available = solvers()
    if solver is not None and solver not in available:
        raise InvalidOptions(f"solver: expected one of {', '.join(sorted(available))}, found {solver!r}")
    if concept is not None and concept not in CONCEPTS:
        raise InvalidOptions(f"concept: expected one of {', '.join(CONCEPTS)}, found {concept!r}")
    if time_limit is not None and not time_limit > 0:
        raise InvalidOptions(f"time_limit: expected a positive number of seconds, found {time_limit:g}")
    if options.get("limit") is not None and options["limit"] < 1:
        raise InvalidOptions(f"limit: expected at least 1, found {options['limit']}")
    given = {key: value for key, value in options.items() if value is not None}
    if solver is not None:
        if isinstance(game, SignalingGame) != (solver == "pbe"):
            expected = "signalling game" if solver == "pbe" else "tree or a table"
            raise InvalidGame(f"solver: {solver} expected a {expected}, found {game!r}")
        known = inspect.signature(available[solver]).parameters
        for key in given:
            if key not in known:
                raise InvalidOptions(f"{key}: the solver {solver} has no such option")
    names = [solver] if solver else fitting_solvers(game, concept)
    game = in_arithmetic(game, arithmetic)
    deadline = None if time_limit is None or time_limit > _FOR_EVER else time.monotonic() + time_limit

    attempts: list[Attempt] = []
    nothing: Answer | None = None
    for name in names:
        last = name == names[-1]
        call = available[name]
        known = inspect.signature(call).parameters
        chosen = {key: value for key, value in given.items() if key in known}
        if name == "pure" and concept == "subgame_perfect" and isinstance(game, ExtensiveGame):
            chosen["concept"] = concept
        seconds = None if last else PATIENCE
        if deadline is not None:
            left = max(deadline - time.monotonic(), 0.01)
            seconds = left if last else left / 2
        if seconds is not None and "time_limit" in known:
            chosen["time_limit"] = seconds
        if name == "agent_qre" and arithmetic == "exact" and solver is None:
            attempts.append(Attempt(name, "works in double arithmetic only"))
            continue
        try:
            taken = exact(game) if name == "quasi_perfect" and arithmetic == "auto" else game
            result = call(taken, **chosen)
            selection = select(result, concept, time_limit=seconds)
        except (SchellingError, MemoryError) as error:
            if solver is not None:
                raise
            attempts.append(Attempt(name, " ".join(str(error).split()) or type(error).__name__))
            continue
        answer = Answer(game, name, concept, result, selection, tuple(attempts))
        if selection.entries:
            return answer
        if nothing is None or not equilibria_of(nothing.result):
            nothing = answer
        attempts.append(Attempt(name, _why_not(result, selection, concept), result))
    if nothing is None:
        said = "; ".join(f"{attempt.solver}: {attempt.reason}" for attempt in attempts)
        raise InvalidGame(f"game: every solver that fits refused it: {said}")
    others = tuple(attempt for attempt in attempts if attempt.result is not nothing.result)
    return Answer(game, nothing.solver, concept, nothing.result, nothing.selection, others)


def _why_not(result: Any, selection: Any, concept: str | None) -> str:
    found = len(equilibria_of(result))
    if found:
        undecided = f", {selection.undecided} undecided" if selection.undecided else ""
        return f"of {found} found none is known to be {concept}{undecided}"
    message = f": {result.message}" if result.message else ""
    return f"found none ({result.status}{message})"


def equilibria_of(result: Any) -> list[Any]:
    """What a result found; a branch of quantal response equilibria, where it leads."""
    if hasattr(result, "limit"):
        return [] if result.limit is None else [result.limit]
    return list(result) if isinstance(result, Sequence) else [result]
