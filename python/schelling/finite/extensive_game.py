"""The finite game in extensive form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from .._core import GameTree, InvalidGame, PrivateTypeGame
from .._core import finite as _core
from ..arguments import (
    MAPPING,
    PATH,
    TEXT,
    WHOLE,
    checked,
    instance_of,
    labels,
    optional,
    refuse_masked,
    shown,
)
from ..arguments import label as one_label
from ..labelled import ByLabel
from ..numbers import exact_copy
from .files import read_text_or_path, write_text
from .scalars import all_exact, to_scalars

if TYPE_CHECKING:
    from ..signaling import SignalingGame
    from .assessments import ExtensiveAssessment
    from .normal_form_game import NormalFormGame

Strategy = Mapping[Any, Any]


class ExtensiveGame:
    """A finite game in extensive form with perfect recall: a tree, chance probabilities and payoffs.

    Parameters
    ----------
    tree : GameTree
    chance : [moves]
        Probability of each move of a chance node, in the tree's numbering; entries of decision nodes are not read.
    payoffs : [terminals, players]
    title : str

    Usually made move by move by `ExtensiveGameBuilder`, or read by `read_efg`. The game is exact if every number is an int,
    a Fraction or a text ("1/3", "0.25"); with one float among them it is in double arithmetic, and `schelling.exact` turns
    it into an exact one. Players, information sets, actions and terminals are looked up by name or number.

    Raises
    ------
    InvalidGame
        For arrays that do not fit the tree, probabilities that are no distribution, payoffs that are not finite.
    """

    @checked(tree=GameTree)
    def __init__(self, tree: GameTree, chance: Sequence, payoffs: Sequence, title: str = "") -> None:
        refuse_masked("chance", chance)
        refuse_masked("payoffs", payoffs)
        weights = list(np.asarray(chance, dtype=object).ravel())
        numbers = list(np.asarray(payoffs, dtype=object).ravel())
        exactly = all_exact(weights, numbers)
        make = _core.ExtensiveGameExact if exactly else _core.ExtensiveGameDouble
        self._native: Any = make(
            tree,
            to_scalars("chance", weights, exactly),
            to_scalars("payoffs", numbers, exactly),
            one_label("title", title),
        )

    @classmethod
    def _from_native(cls, native: Any) -> ExtensiveGame:
        game = cls.__new__(cls)
        game._native = native
        return game

    @classmethod
    @checked(source=PATH)
    def read_efg(cls, source: str | Path) -> ExtensiveGame:
        """Read a file in Gambit's extensive form (.efg), or its text. Numbers are exact.

        Raises
        ------
        ParseError
            Naming file, line, what was expected there and what was found.
        """
        return cls._from_native(read_text_or_path(source, "EFG", _core.read_efg))

    @checked(path=optional(PATH))
    def write_efg(self, path: str | Path | None = None) -> str:
        """The game in Gambit's extensive form, also saved if there is a path. Floats are written as their shortest
        decimals."""
        return write_text(_core.write_efg(self._to_exact()._native), path)

    @classmethod
    def from_signaling_game(cls, game: SignalingGame) -> ExtensiveGame:
        """The tree of a signalling game: chance draws the type, the sender sees it and sends a message, the receiver sees
        the message alone. Information sets are named after types ("type: strong") and messages ("message: beer")."""
        from ..signaling import SignalingGame

        instance_of(SignalingGame).check("game", game)
        return cls._from_native(_core.to_extensive(game._native))

    @classmethod
    @checked(game=PrivateTypeGame)
    def from_private_type_game(cls, game: PrivateTypeGame) -> ExtensiveGame:
        """The tree of a game of private types whose laws are all atoms: chance draws each player's type in turn.

        Raises
        ------
        InvalidGame
            Naming a player whose law is not made of atoms.
        """
        return cls._from_native(_core.to_extensive(game))

    @checked()
    def to_normal_form(self, *, limit: int = 1_000_000) -> NormalFormGame:
        """The reduced normal form: a strategy chooses an action at every information set that its own earlier choices
        allow, and is labelled by these actions.

        Raises
        ------
        InvalidArgument
            If there are more than `limit` pure profiles.
        """
        from .normal_form_game import NormalFormGame

        exactly = self.arithmetic == "exact"
        make = _core.ReducedNormalFormExact if exactly else _core.ReducedNormalFormDouble
        return NormalFormGame._from_native(make(self._native, limit).game)

    @property
    def tree(self) -> GameTree:
        """Structure and labels."""
        return self._native.tree

    @property
    def title(self) -> str:
        return self._native.title

    @property
    def arithmetic(self) -> str:
        """ "exact" or "double"."""
        return "exact" if isinstance(self._native, _core.ExtensiveGameExact) else "double"

    @property
    def players(self) -> tuple[str, ...]:
        return self.tree.players

    @cached_property
    def information_sets(self) -> tuple[str, ...]:
        """Names of the information sets: their own, or the path of the first node."""
        return self.tree.information_sets

    @cached_property
    def terminals(self) -> tuple[str, ...]:
        """Names of the terminals: their own where no other has it, the path otherwise."""
        return self.tree.terminals

    def actions(self, information_set: str | int) -> tuple[str, ...]:
        return self.tree.actions(information_set)

    def player(self, information_set: str | int) -> str:
        """Who moves at an information set."""
        return self.tree.player(information_set)

    @cached_property
    def payoffs(self) -> ByLabel:
        """[terminal][player] payoffs."""
        return self._by_terminal(self._native.values(False)["payoffs"].tolist())

    @cached_property
    def chance(self) -> np.ndarray:
        """[moves] probability of each move of a chance node, in the tree's numbering; zero at decision nodes."""
        return self._native.values(False)["chance"]

    @cached_property
    def exact(self) -> SimpleNamespace | None:
        """`chance` and `payoffs` in fractions; None in double arithmetic."""
        if self.arithmetic == "double":
            return None
        values = self._native.values(True)
        return SimpleNamespace(chance=values["chance"], payoffs=self._by_terminal(values["payoffs"].tolist()))

    def _by_terminal(self, rows: list) -> ByLabel:
        return ByLabel("terminal", self.terminals, [ByLabel("player", self.players, row) for row in rows])

    @cached_property
    def _structure(self) -> SimpleNamespace:
        return SimpleNamespace(**_core.structure(self.tree))

    @checked(strategy=MAPPING, beliefs=optional(MAPPING))
    def assessment(self, strategy: Strategy, *, beliefs: Strategy | None = None) -> ExtensiveAssessment:
        """A behaviour strategy of every player, with beliefs.

        Parameters
        ----------
        strategy : information set -> choice
            A choice is an action, a mapping from actions to probabilities, or probabilities in the actions' order.
        beliefs : information set -> probabilities of its nodes, optional
            Given as a list in the nodes' order, or a mapping from the nodes' paths ("strong, beer"). What is not given
            follows from Bayes' rule where play reaches the information set, and is unknown elsewhere.

        Raises
        ------
        InvalidArgument
            For unknown or missing information sets and actions, and numbers that are no distribution.
        """
        from .assessments import ExtensiveAssessment

        return ExtensiveAssessment._of(self, strategy, beliefs)

    def to_svg(self) -> str:
        """The tree as a stand-alone SVG document: information sets, chance probabilities, payoffs."""
        return _core.tree_svg(self._native)

    def to_latex(self) -> str:
        """The tree as a stand-alone LaTeX document drawn by TikZ, whose `tikzpicture` can be copied into a paper."""
        return _core.tree_latex(self._native)

    def _repr_svg_(self) -> str:
        return self.to_svg()

    def to_json(self) -> str:
        return self._native.to_json()

    @classmethod
    @checked(text=TEXT)
    def from_json(cls, text: str) -> ExtensiveGame:
        """Read what `to_json` wrote. Raises ParseError."""
        return cls._from_native(_core.extensive_game_from_json(text))

    def _to_exact(self) -> ExtensiveGame:
        return (
            self if self.arithmetic == "exact" else self._from_native(exact_copy(_core.exact, self._native))
        )

    def _to_double(self) -> ExtensiveGame:
        return self if self.arithmetic == "double" else self._from_native(_core.to_double(self._native))

    def _certify(self, assessment: Any, tolerance: float | None = None) -> Any:
        from .assessments import certify_assessment

        return certify_assessment(self, assessment, tolerance)

    def __getstate__(self) -> dict[str, Any]:
        return {"_native": self._native}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ExtensiveGame):
            return NotImplemented
        return self._native == other._native

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        title = f"{self.title!r}; " if self.title else ""
        return (
            f"ExtensiveGame({title}{', '.join(self.players)}; {len(self._structure.player)} information sets, "
            f"{sum(t >= 0 for t in self._structure.terminal)} terminals; {self.arithmetic})"
        )


class ExtensiveGameBuilder:
    """Builds an ExtensiveGame move by move, as one tells the story.

    >>> import schelling as sg
    >>> b = sg.ExtensiveGameBuilder(["Challenger", "Defender"], title="Deterrence")
    >>> resolve = b.chance(b.root, {"weak": "1/3", "strong": "2/3"}, label="resolve")
    >>> for type_, war in {"weak": -2, "strong": 1}.items():
    ...     start = b.decision(resolve[type_], "Challenger", ["refrain", "attack"], information_set="challenger")
    ...     b.terminal(start["refrain"], {"Challenger": 0, "Defender": 2}, label=f"peace, {type_}")
    ...     reply = b.decision(start["attack"], "Defender", ["concede", "resist"], information_set=type_)
    ...     b.terminal(reply["concede"], {"Challenger": 2, "Defender": 0})
    ...     b.terminal(reply["resist"], {"Challenger": -1, "Defender": war})
    >>> b.build()
    ExtensiveGame('Deterrence'; Challenger, Defender; 3 information sets, 6 terminals; exact)

    Nodes that name the same information set belong to it; without a name a node is a set of its own. Players who move at
    the same time are decisions one after the other, the later ones naming an information set.

    Raises
    ------
    InvalidGame
        For no player, an empty or a repeated name.
    """

    def __init__(self, players: Sequence[str], *, title: str = "") -> None:
        self.players = tuple(labels("players", players, "names"))
        self.title = title
        self._builder = _core.GameTreeBuilder(list(self.players))
        self._events: dict[int, list] = {}
        self._payoffs: dict[int, list] = {}

    @property
    def root(self) -> int:
        """The place at which the game starts."""
        return 0

    @checked(place=WHOLE, player=TEXT, information_set=TEXT)
    def decision(
        self, place: int, player: str, actions: Sequence[str], *, information_set: str = ""
    ) -> dict[str, int]:
        """Let a player choose; returns the open place after each action, by its name.

        Raises
        ------
        InvalidGame
            If the place is taken, the player unknown, an action empty or repeated, or if the information set has another
            player or other actions elsewhere.
        """
        actions = labels("actions", actions, "names")
        places = self._builder.decision(
            place, one_label("player", player), actions, one_label("information_set", information_set)
        )
        return dict(zip(actions, places, strict=True))

    @checked(place=WHOLE, events=MAPPING, label=TEXT)
    def chance(self, place: int, events: Mapping[str, Any], *, label: str = "") -> dict[str, int]:
        """Let chance move: events with their probabilities; returns the open place after each event, by its name."""
        places = self._builder.chance(place, labels("events", events, "names"), one_label("label", label))
        self._events[place] = list(events.values())
        return dict(zip(events, places, strict=True))

    @checked(place=WHOLE, label=TEXT)
    def terminal(self, place: int, payoffs: Mapping[str, Any] | Sequence, *, label: str = "") -> None:
        """End the game: a payoff for each player, by name or in the players' order."""
        if isinstance(payoffs, Mapping):
            if set(payoffs) != set(self.players):
                raise InvalidGame(
                    f"payoffs: expected one for each of {', '.join(self.players)}, found {', '.join(map(str, payoffs))}"
                )
            payoffs = [payoffs[player] for player in self.players]
        elif isinstance(payoffs, str) or not isinstance(payoffs, Sequence | np.ndarray):
            raise InvalidGame(f"payoffs: expected one for each player, found {shown(payoffs)}")
        elif len(payoffs) != len(self.players):
            raise InvalidGame(
                f"payoffs: expected {len(self.players)}, one for each player, found {len(payoffs)}"
            )
        refuse_masked("payoffs", payoffs)
        self._builder.terminal(place, one_label("label", label))
        self._payoffs[place] = list(payoffs)

    def build(self) -> ExtensiveGame:
        """The game.

        Raises
        ------
        InvalidGame
            For a place that is still open, a player who would have to forget an own move, probabilities that do not sum to
            one, and payoffs that are no numbers; the message names the place.
        """
        tree = self._builder.build()
        number = self._builder.numbering()
        chance: list[Any] = []
        payoffs: list[Any] = []
        moves = _core.structure(tree)["moves"]
        events = {number[place]: given for place, given in self._events.items()}
        ends = {number[place]: given for place, given in self._payoffs.items()}
        for node, count in enumerate(moves):
            chance += events.get(node, [0] * count)
            payoffs += ends.get(node, [])
        return ExtensiveGame(tree, chance, payoffs, self.title)
