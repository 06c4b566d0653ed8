"""What a solver looked for, what it did not, and which solver does: the coverage of a result in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .extensive_game import ExtensiveGame


@dataclass(frozen=True)
class Search:
    """What a solver looks for: many, one of them, and what it leaves out."""

    many: str
    one: str
    left_out: str  #: empty if nothing is
    then: tuple[str, ...]  #: solvers that look for what is left out, where they fit
    methods: tuple[str, ...]  #: what the solver's results call their method


#: By the solver's name; a solver without an entry fails a test.
SEARCHES: dict[str, Search] = {
    "pbe": Search("perfect Bayesian (= sequential) equilibria", "perfect Bayesian equilibrium", "", (), ()),
    "backward_induction": Search(
        "subgame-perfect equilibria in pure strategies",
        "subgame-perfect equilibrium in pure strategies",
        "mixed ones, and Nash equilibria that are not subgame perfect, were not looked for",
        ("nash_all", "pure"),
        ("backward induction",),
    ),
    "nash_all": Search(
        "Nash equilibria, pure and mixed, as components",
        "Nash equilibrium",
        "",
        (),
        ("vertices of the best-reply polyhedra",),
    ),
    "pure": Search(
        "equilibria among the pure profiles",
        "equilibrium in pure strategies",
        "mixed ones were not looked for",
        ("nash_all", "agent_qre"),
        ("all pure profiles", "pure profiles of the subgames"),
    ),
    "nash": Search(
        "Nash equilibria",
        "Nash equilibrium",
        "others were not looked for",
        ("nash_all", "pure"),
        ("Lemke's algorithm on the sequence form", "the algorithm of Lemke and Howson"),
    ),
    "zero_sum": Search(
        "pairs of optimal strategies",
        "pair of optimal strategies, whose payoffs are those of every equilibrium",
        "others were not looked for",
        ("nash_all",),
        ("a linear program on the sequence form", "a linear program"),
    ),
    "quasi_perfect": Search(
        "quasi-perfect equilibria",
        "quasi-perfect, hence sequential, equilibrium",
        "others were not looked for",
        ("nash_all", "pure"),
        ("Lemke's algorithm on the sequence form with symbolic trembles",),
    ),
    "agent_qre": Search(
        "limits of quantal response equilibria",
        "equilibrium, the limit of the principal branch of quantal response equilibria",
        "others were not looked for",
        ("nash_all", "pure"),
        ("predictor and corrector along the principal branch",),
    ),
    "correlated": Search(
        "correlated equilibria, the best for all, the best and the worst for each player",
        "correlated equilibrium",
        "others were not looked for",
        ("nash_all", "pure"),
        ("linear programs over the profiles",),
    ),
}


def coverage_in_words(solver: str, game: Any, result: Any, *, prefix: str = "--solver ") -> str:
    """For example "all equilibria among the pure profiles, proven; mixed ones were not looked for; try --solver
    agent_qre"."""
    from .solve import fits

    search = SEARCHES[solver]
    many = search.many
    if (
        solver == "pure"
        and isinstance(game, ExtensiveGame)
        and result.options.get("concept") == "subgame_perfect"
    ):
        many = "subgame-perfect " + many
    if result.coverage == "all":
        known = f"all {many}" + (", proven" if result.proven else ", not proven")
    elif result.coverage == "one":
        known = f"one {search.one}; there may be more"
    else:
        known = f"some {many}; there may be more"
    then = [name for name in search.then if name != solver and fits(name, game)]
    left = f"; {search.left_out}" if search.left_out else ""
    more = f"; try {prefix}{then[0]}" if then and left else ""
    return known + left + more


def coverage_line(result: Any) -> str:
    """The line of a printed result: its solver is known by the method."""
    for solver, search in SEARCHES.items():
        if result.method in search.methods:
            return "coverage: " + coverage_in_words(solver, result.game, result, prefix="solve_")
    return f"coverage: {result.coverage}" + (", proven" if result.proven else "")
