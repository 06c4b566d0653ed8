"""Solving a finite game by whichever solver fits: what the command line does with a file."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .._core import InvalidOptions, ParseError
from .catalog import PublishedGame, catalog
from .extensive_game import ExtensiveGame
from .normal_form_game import NormalFormGame

Game = ExtensiveGame | NormalFormGame

#: For each concept the solvers that return it, first choice first.
CONCEPTS: dict[str, tuple[str, ...]] = {
    "nash": ("nash_all", "nash", "pure", "agent_qre"),
    "subgame_perfect": ("backward_induction", "nash_all", "pure"),
    "sequential": ("backward_induction", "quasi_perfect", "agent_qre"),
}


def solvers() -> dict[str, Callable[..., Any]]:
    """The library's solvers of finite games by name, such as "backward_induction"."""
    import schelling.finite as package

    return {
        name.removeprefix("solve_"): getattr(package, name)
        for name in package.__all__
        if name.startswith("solve_")
    }


def read_game(source: str) -> Game:
    """Read a file by its ending, or a game of the catalog by its name.

    Raises
    ------
    ParseError
        For an ending that is neither .efg nor .nfg, and whatever the file has wrong.
    """
    path = Path(source)
    if not path.exists() and source in catalog():
        return PublishedGame.load(source).game
    if path.suffix == ".efg":
        return ExtensiveGame.read_efg(path)
    if path.suffix == ".nfg":
        return NormalFormGame.read_nfg(path)
    raise ParseError(f"{source}: expected a file that ends in .efg or .nfg, or a name of the catalog")


def has_perfect_information(game: Game) -> bool:
    return isinstance(game, ExtensiveGame) and all(len(nodes) == 1 for nodes in game._structure.nodes)


def fits(solver: str, game: Game) -> bool:
    """Whether a solver takes this kind of game."""
    if solver == "backward_induction":
        return has_perfect_information(game)
    if solver in ("nash", "nash_all", "zero_sum"):
        return len(game.players) == 2
    if solver == "quasi_perfect":
        return isinstance(game, ExtensiveGame) and len(game.players) == 2
    return True


def fitting_solvers(game: Game, concept: str | None) -> list[str]:
    """The solvers for a game, first choice first: backward induction where it is possible, all Nash equilibria of two
    players, else the pure equilibria; then those that find one. With a concept, only solvers that return it.

    Raises
    ------
    InvalidOptions
        If no solver returns the concept for such a game.
    """
    if concept is not None and concept not in CONCEPTS:
        raise InvalidOptions(f"concept: expected one of {', '.join(CONCEPTS)}, found {concept!r}")
    wanted = CONCEPTS[concept] if concept else ("backward_induction", "nash_all", "nash", "pure", "agent_qre")
    available = solvers()
    fitting = [name for name in wanted if name in available and fits(name, game)]
    if not fitting:
        raise InvalidOptions(
            f"concept: there is no solver for {concept or 'equilibria'} of {game!r}; "
            f"solvers: {', '.join(sorted(available))}"
        )
    return fitting


def solve(
    game: Game, *, solver: str | None = None, concept: str | None = None, **options: Any
) -> tuple[Any, list[Any]]:
    """Solve a finite game by the named solver, or by the first that fits and finds an equilibrium.

    Returns
    -------
    (result, earlier)
        Earlier are the results of solvers that found nothing: the game was too large for them, or has no such equilibrium.

    Raises
    ------
    InvalidOptions
        For an unknown solver or concept, and an option that the solver does not have.
    """
    available = solvers()
    if solver is not None and solver not in available:
        raise InvalidOptions(f"solver: expected one of {', '.join(sorted(available))}, found {solver!r}")
    names = [solver] if solver else fitting_solvers(game, concept)
    given = {key: value for key, value in options.items() if value is not None}
    earlier: list[Any] = []
    for name in names:
        known = inspect.signature(available[name]).parameters
        for key in given:
            if key not in known and not earlier:
                raise InvalidOptions(f"{key}: the solver {name} has no such option")
        result = available[name](game, **{key: value for key, value in given.items() if key in known})
        if name == names[-1] or equilibria_of(result):
            break
        earlier.append(result)
    return result, earlier


def equilibria_of(result: Any) -> list[Any]:
    """What a result found; a branch of quantal response equilibria, where it leads."""
    if hasattr(result, "limit"):
        return [] if result.limit is None else [result.limit]
    return list(result) if isinstance(result, Sequence) else [result]
