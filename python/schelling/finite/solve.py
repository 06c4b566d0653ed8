"""Solving a finite game by whichever solver fits: what the command line does with a file."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .._core import InvalidOptions, ParseError
from .catalog import PublishedGame, catalog
from .extensive_game import ExtensiveGame
from .normal_form_game import NormalFormGame

Game = ExtensiveGame | NormalFormGame

#: For each concept the solvers that return it, the first that fits a game is taken.
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
    if solver == "agent_qre":
        return isinstance(game, ExtensiveGame)
    return True


def choose_solver(game: Game, concept: str | None) -> str:
    """The solver for a game: backward induction where it is possible, all Nash equilibria of two players, else the pure
    equilibria; with a concept, the first solver that returns it.

    Raises
    ------
    InvalidOptions
        If no solver returns the concept for such a game.
    """
    if concept is not None and concept not in CONCEPTS:
        raise InvalidOptions(f"concept: expected one of {', '.join(CONCEPTS)}, found {concept!r}")
    wanted = CONCEPTS[concept] if concept else ("backward_induction", "nash_all", "nash", "pure", "agent_qre")
    available = solvers()
    for name in wanted:
        if name in available and fits(name, game):
            return name
    raise InvalidOptions(
        f"concept: there is no solver for {concept or 'equilibria'} of {game!r}; solvers: {', '.join(sorted(available))}"
    )


def solve(game: Game, *, solver: str | None = None, concept: str | None = None, **options: Any) -> Any:
    """Solve a finite game by the named solver, or by the one that fits.

    Raises
    ------
    InvalidOptions
        For an unknown solver or concept, and an option that the solver does not have.
    """
    available = solvers()
    name = solver or choose_solver(game, concept)
    if name not in available:
        raise InvalidOptions(f"solver: expected one of {', '.join(sorted(available))}, found {name!r}")
    given = {key: value for key, value in options.items() if value is not None}
    known = inspect.signature(available[name]).parameters
    for key in given:
        if key not in known:
            raise InvalidOptions(f"{key}: the solver {name} has no such option")
    return available[name](game, **given)
