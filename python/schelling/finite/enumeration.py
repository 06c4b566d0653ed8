"""All equilibria: the Nash components of two-player games and what of them is perfect, and all pure equilibria."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from .._core import Certificate, InvalidArgument, ParseError
from .._core import finite as _core
from ..arguments import TEXT, checked, shown
from ..labelled import ByLabel
from .active_players import Reduction, reduce_players
from .assessments import ExtensiveAssessment
from .backward_induction import in_arithmetic
from .equilibria import ExtensiveEquilibria
from .extensive_game import ExtensiveGame
from .normal_form_game import NormalFormGame
from .profiles import Profile, Profiles
from .results import Found
from .scalars import text_of

Game = ExtensiveGame | NormalFormGame


@dataclass(frozen=True)
class NashProduct:
    """A maximal Nash subset: every convex combination of the first player's vertices is an equilibrium with every one of
    the second's.

    Vertices are numbers in `NashEquilibria.strategies`.
    """

    vertices: tuple[tuple[int, ...], tuple[int, ...]]
    dimensions: tuple[int, int]

    @property
    def dimension(self) -> int:
        return sum(self.dimensions)


class ExtensionVerdict:
    """Whether an equilibrium can be completed off its path to one of a finer concept."""

    def __init__(self, native: Any, game: ExtensiveGame) -> None:
        self._native = native
        self.game = game

    @property
    def status(self) -> str:
        """ "yes", "no" or "undecided"."""
        return self._native.answer

    @property
    def concept(self) -> str:
        return self._native.concept

    @property
    def reason(self) -> str:
        """No: what stands in the way; undecided: what is missing."""
        return self._native.reason

    @property
    def refuted(self) -> int:
        """Partial supports off the path that were refuted by linear programs, each with a verified certificate."""
        return self._native.refuted

    @cached_property
    def witness(self) -> ExtensiveAssessment | None:
        """Yes: the assessment, certified at the concept."""
        found = self._native.witness
        if found is None:
            return None
        native, concept, certificate = found
        return ExtensiveAssessment(native, self.game, concept=concept, certificate=certificate)

    def __bool__(self) -> bool:
        if self.status == "undecided":
            raise InvalidArgument(f"{self.concept}: undecided: {self.reason}")
        return self.status == "yes"

    def __repr__(self) -> str:
        reason = f": {self.reason}" if self.reason else ""
        return f"ExtensionVerdict({self.concept}: {self.status}{reason})"


class NashComponent:
    """A connected component of the set of Nash equilibria."""

    def __init__(self, equilibria: NashEquilibria, number: int) -> None:
        self._equilibria = equilibria
        self._number = number
        self._values = equilibria._native.component(number, False)

    @property
    def products(self) -> tuple[NashProduct, ...]:
        """The maximal Nash subsets, whose union the component is."""
        return tuple(
            NashProduct((tuple(rows), tuple(columns)), (first, second))
            for rows, columns, first, second in self._values["products"]
        )

    @property
    def dimension(self) -> int:
        """The largest of the products'."""
        return self._values["dimension"]

    @property
    def extreme(self) -> tuple[tuple[int, int], ...]:
        """The extreme equilibria: a strategy of each player, by number in `NashEquilibria.strategies`."""
        return tuple(tuple(pair) for pair in self._values["extreme"])

    def __len__(self) -> int:
        return len(self._values["extreme"])

    @checked()
    def vertices(self, limit: int = 1000) -> Iterator[Any]:
        """The extreme equilibria: profiles of a table, assessments of a tree with beliefs on the path.

        Raises
        ------
        InvalidArgument
            If there are more than `limit`.
        """
        if len(self) > limit:
            raise InvalidArgument(f"vertices: expected at most {limit} (limit), found {len(self)}")
        return (self._equilibria._equilibrium(pair) for pair in self._values["extreme"])

    @cached_property
    def representative(self) -> Any:
        """The first extreme equilibrium."""
        return self._equilibria._equilibrium(self._values["extreme"][0])

    @property
    def has_unique_payoff(self) -> bool:
        exactly = self._equilibria._native.component(self._number, True)["payoff"]
        return all(low == high for low, high in exactly)

    @property
    def payoff_range(self) -> ByLabel:
        """[player] least and greatest payoff in the component."""
        return self._ranges(False)

    def _ranges(self, exactly: bool) -> ByLabel:
        if self._equilibria._reduction is not None:
            # The others' payoffs are linear in each strategy, so that their bounds too are at extreme equilibria.
            exactly = exactly and self._equilibria.arithmetic == "exact"
            points = [self._equilibria._equilibrium(pair) for pair in self._values["extreme"]]
            rows = [list((p.exact if exactly else p).payoff.values()) for p in points]
            return ByLabel(
                "player",
                self._equilibria.game.players,
                [(min(own), max(own)) for own in zip(*rows, strict=True)],
            )
        values = self._equilibria._native.component(self._number, exactly)["payoff"]
        return ByLabel("player", self._equilibria.game.players, [tuple(row) for row in values.tolist()])

    @property
    def payoff(self) -> ByLabel | None:
        """[player] payoff; None unless it is the same everywhere in the component."""
        if not self.has_unique_payoff:
            return None
        rows = [low for low, _ in self.payoff_range.values()]
        return ByLabel("player", self._equilibria.game.players, rows)

    @cached_property
    def exact(self) -> SimpleNamespace | None:
        """The payoffs in fractions; None in double arithmetic."""
        if self._equilibria.arithmetic != "exact":
            return None
        ranges = self._ranges(True)
        unique = [low for low, _ in ranges.values()] if self.has_unique_payoff else None
        payoff = None if unique is None else ByLabel("player", self._equilibria.game.players, unique)
        return SimpleNamespace(payoff_range=ranges, payoff=payoff)

    @checked()
    def extends_to(
        self,
        concept: str,
        *,
        vertex: int | None = None,
        support_limit: int = _core.extension_support_limit,
        time_limit: float | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> ExtensionVerdict:
        """Decide whether an equilibrium of the component extends to one of a finer concept, exactly.

        In a two-player tree with perfect recall the beliefs of a player depend on the other's trembles alone. These are a
        list of plans, each infinitely more likely than the next (Blume, Brandenburger and Dekel 1991), found by linear
        programs for each choice of supports off the path.

        Parameters
        ----------
        concept : {"subgame_perfect", "sequential"}
        vertex : int, optional
            Ask for this extreme equilibrium alone: for its number in `vertices()`.
        support_limit : int
            Most partial supports that are tried for one equilibrium before it stays undecided.
        time_limit : float, seconds
        progress : callable (done, total)

        Raises
        ------
        InvalidArgument
            For a table, which has nothing off the path, an unknown concept, and a vertex that there is not.
        """
        game = self._equilibria._solved
        if not isinstance(game, ExtensiveGame):
            raise InvalidArgument("extends_to: expected equilibria of a tree, found those of a table")
        if vertex is not None and not 0 <= vertex < len(self):
            raise InvalidArgument(f"vertex: expected a number below {len(self)}, found {vertex}")
        native = self._equilibria._native.extends_to(
            self._number,
            vertex,
            concept,
            support_limit=support_limit,
            time_limit=time_limit,
            progress=progress,
        )
        return ExtensionVerdict(native, game)

    def __repr__(self) -> str:
        ranges = self._ranges(self._equilibria.arithmetic == "exact")
        payoffs = ", ".join(
            f"{player} {text_of(low)}" if low == high else f"{player} {text_of(low)} to {text_of(high)}"
            for player, (low, high) in ranges.items()
        )
        count = f"{len(self)} extreme equilibri" + ("um" if len(self) == 1 else "a")
        return f"NashComponent(dimension {self.dimension}, {count}; payoffs: {payoffs})"


class NashEquilibria(Found[NashComponent]):
    """The Nash equilibria of a two-player game: a sequence of connected components."""

    def __init__(
        self, native: Any, game: Game, options: dict[str, Any], reduction: Reduction | None = None
    ) -> None:
        super().__init__(native, game, options)
        self._reduction = reduction

    @property
    def _solved(self) -> Game:
        """The game of two players that was solved: without those who have no choice."""
        return self.game if self._reduction is None else self._reduction.game

    def _at(self, number: int) -> NashComponent:
        return NashComponent(self, number)

    def _equilibrium(self, pair: Any) -> Any:
        found = self._native.equilibrium(tuple(pair))
        game = self._solved
        if isinstance(game, NormalFormGame):
            own: Any = Profile(found, game)
        else:
            native, concept, certificate = found
            own = ExtensiveAssessment(native, game, concept=concept, certificate=certificate)
        return own if self._reduction is None else self._reduction.equilibrium(own)

    @property
    def certificate(self) -> Certificate:
        """The worst over the extreme equilibria."""
        return self._native.certificate

    @property
    def strategies(self) -> ByLabel:
        """[player] the strategies that extreme equilibria consist of, as arrays: of a table over the own strategies; of a
        tree over all actions, the products of the probabilities of own actions up to each (realisation plans)."""
        return ByLabel("player", self._solved.players, list(self._native.strategies(False)))

    @property
    def exact(self) -> SimpleNamespace | None:
        """The same in fractions; None in double arithmetic."""
        if self.arithmetic != "exact":
            return None
        rows = list(self._native.strategies(True))
        return SimpleNamespace(strategies=ByLabel("player", self._solved.players, rows))

    def to_json(self) -> str:
        """The result with its game and options: strategies, and components by the numbers of these."""
        exactly = self.arithmetic == "exact"
        entry = str if exactly else float
        document = {
            "schema": "schelling/result",
            "schema_version": 1,
            "kind": "nash_equilibria",
            "library_version": self.version,
            "status": self.status,
            "message": self.message,
            "method": self.method,
            "arithmetic": self.arithmetic,
            "coverage": self.coverage,
            "proven": self.proven,
            "options": self.options,
            "table": isinstance(self.game, NormalFormGame),
            "game": json.loads(self.game.to_json()),
            "strategies": [
                [[entry(x) for x in strategy] for strategy in own] for own in self._native.strategies(exactly)
            ],
            "components": [
                {
                    "dimension": component.dimension,
                    "products": [product.vertices for product in component.products],
                    "extreme": component.extreme,
                    "payoff": [[entry(x) for x in row] for row in component._ranges(exactly).values()],
                }
                for component in self
            ],
        }
        return json.dumps(document)

    @classmethod
    @checked(text=TEXT)
    def from_json(cls, text: str) -> NashEquilibria:
        """Read what `to_json` wrote; the components are found again from the game and the options.

        Raises
        ------
        ParseError
            If it is no such document.
        """
        try:
            document = json.loads(text)
            if document["kind"] != "nash_equilibria":
                raise ParseError(f"kind: expected nash_equilibria, found {document['kind']}")
            kind = NormalFormGame if document["table"] else ExtensiveGame
            return solve_nash_all(kind.from_json(json.dumps(document["game"])), **document["options"])
        except (ValueError, KeyError, TypeError) as error:
            raise ParseError(f"Nash equilibria: expected what to_json writes, found {shown(error)}") from None

    @classmethod
    def _read(cls, text: str) -> tuple[Any, Any]:
        found = cls.from_json(text)
        return found._native, found.game


@checked(game=(ExtensiveGame, NormalFormGame))
def solve_nash_all(
    game: Game,
    *,
    arithmetic: str = "auto",
    limit: int = _core.nash_all_limit,
    time_limit: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> NashEquilibria:
    """Find all Nash equilibria of a two-player game: connected components with their extreme equilibria and maximal Nash
    subsets (Avis, Rosenberg, Savani and von Stengel 2010).

    Parameters
    ----------
    game : ExtensiveGame or NormalFormGame
        Of two players.
    arithmetic : {"auto", "exact", "double"}
        "auto" is the game's own. Floats are solved as the fractions that their shortest decimals stand for, and the
        equilibria are rounded.
    limit : int
        Most extreme equilibria kept; with more the status is "truncated".
    time_limit : float, seconds
        What was found until then is kept, with status "time_limit".
    progress : callable (done, total)

    Raises
    ------
    InvalidGame
        If more than two players ever have a choice, or these two have more than 256 actions together. Those who have no
        choice are left out by the solver; equilibria and payoffs state them too, `strategies` and `products` the two.

    Examples
    --------
    >>> import schelling as sg
    >>> game = sg.NormalFormGame({"row": [[2, 0], [0, 1]], "column": [[1, 0], [0, 2]]})
    >>> [component.exact.payoff["row"] for component in sg.solve_nash_all(game)]
    [Fraction(2, 1), Fraction(2, 3), Fraction(1, 1)]
    """
    game = in_arithmetic(game, arithmetic)
    reduction = reduce_players(game)
    solved = game if reduction is None else reduction.game
    native = _core.solve_nash_all(solved._native, limit=limit, time_limit=time_limit, progress=progress)
    options = {"arithmetic": arithmetic, "limit": limit, "time_limit": time_limit}
    return NashEquilibria(native, game, options, reduction)


@checked(game=(ExtensiveGame, NormalFormGame))
def solve_pure(
    game: Game,
    *,
    concept: str = "nash",
    arithmetic: str = "auto",
    limit: int = _core.pure_limit,
    work_limit: float = _core.pure_work_limit,
    time_limit: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ExtensiveEquilibria | Profiles:
    """Find all equilibria in pure strategies of a game with any number of players.

    Strategies of a tree that differ only where own earlier moves exclude the information set are stated once. Subgame-
    perfect equilibria are put together from the last subgames to the whole (Selten 1965).

    Parameters
    ----------
    game : ExtensiveGame or NormalFormGame
    concept : {"nash", "subgame_perfect"}
        The second for trees only.
    arithmetic : {"auto", "exact", "double"}
        "auto" is the game's own.
    limit : int
        Most equilibria kept; with more the status is "truncated".
    work_limit : float
        Most pure profiles looked at; a game that needs more has the status "incomplete" and says how many.
    time_limit : float, seconds
    progress : callable (done, total)

    Examples
    --------
    >>> import schelling as sg
    >>> game = sg.NormalFormGame({"row": [[2, 0], [0, 1]], "column": [[1, 0], [0, 2]]})
    >>> [dict(profile.payoff) for profile in sg.solve_pure(game)]
    [{'row': 2.0, 'column': 1.0}, {'row': 1.0, 'column': 2.0}]
    """
    game = in_arithmetic(game, arithmetic)
    native = _core.solve_pure(
        game._native,
        concept=concept,
        limit=limit,
        work_limit=work_limit,
        time_limit=time_limit,
        progress=progress,
    )
    options = {
        "concept": concept,
        "arithmetic": arithmetic,
        "limit": limit,
        "work_limit": work_limit,
        "time_limit": time_limit,
    }
    kind = ExtensiveEquilibria if isinstance(game, ExtensiveGame) else Profiles
    return kind(native, game, options)
