"""Published games that come with the package: a file for each, whose path is the citation, and what is known of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .._core import InvalidArgument
from ..arguments import TEXT, checked, shown
from .assessments import ExtensiveAssessment
from .extensive_game import ExtensiveGame
from .normal_form_game import NormalFormGame
from .profiles import Profile

CATALOG = Path(__file__).parent.parent / "catalog"


@dataclass(frozen=True)
class KnownEquilibrium:
    """A published equilibrium and what is published of it."""

    concept: str  #: the strongest concept that it satisfies
    payoff: tuple[str, ...]  #: exact, in the players' order
    assessment: ExtensiveAssessment | Profile
    fails: tuple[str, ...] = ()  #: concepts that it is known to violate
    note: str = ""


@dataclass(frozen=True)
class PublishedGame:
    """A game of the catalogue with its source.

    `known` holds what is known of all equilibria together, some of: `pure_nash` and `extreme_nash` (how many in the reduced
    normal form), `nash_components`, `value` (to the first player, where payoffs sum to a constant), and
    `subgame_perfect_payoffs`, `sequential_payoffs`, `nash_payoffs` (all that are possible; of subgame-perfect equilibria in
    pure strategies).
    """

    name: str
    title: str
    citation: str
    bibtex: str  #: key of the source in references.bib
    where: str  #: place in the source
    note: str
    known: Mapping[str, Any]
    path: Path
    _equilibria: tuple[Mapping[str, Any], ...]

    @classmethod
    @checked(name=TEXT)
    def load(cls, name: str) -> PublishedGame:
        """Load a game by its name in `schelling.catalog`.

        Raises
        ------
        InvalidArgument
            If there is none of this name.
        """
        path = CATALOG / f"{name}.toml"
        if name not in catalog():
            from ..analysis.claims.check import closest

            raise InvalidArgument(
                f"game: expected a name of the catalog, found {shown(name)}; {closest(name, catalog())}"
            )
        with path.open("rb") as file:
            entry = tomllib.load(file)
        game_file = next(p for suffix in (".efg", ".nfg") if (p := path.with_suffix(suffix)).exists())
        return cls(
            name=name,
            title=entry["title"],
            citation=entry["citation"],
            bibtex=entry["bibtex"],
            where=entry.get("where", ""),
            note=entry.get("note", ""),
            known=entry.get("known", {}),
            path=game_file,
            _equilibria=tuple(entry.get("equilibria", ())),
        )

    @cached_property
    def game(self) -> ExtensiveGame | NormalFormGame:
        if self.path.suffix == ".efg":
            return ExtensiveGame.read_efg(self.path)
        return NormalFormGame.read_nfg(self.path)

    @cached_property
    def equilibria(self) -> list[KnownEquilibrium]:
        """Equilibria stated in the source, or derived there for other numbers; not always all."""
        return [
            KnownEquilibrium(
                entry["concept"],
                tuple(map(str, entry["payoff"])),
                self.game.assessment(entry["strategy"], beliefs=entry.get("beliefs"))
                if isinstance(self.game, ExtensiveGame)
                else self.game.profile(entry["strategy"]),
                tuple(entry.get("fails", ())),
                entry.get("note", ""),
            )
            for entry in self._equilibria
        ]

    def __repr__(self) -> str:
        where = f", {self.where}" if self.where else ""
        return f"PublishedGame({self.name}: {self.title}. {self.citation}{where})"


def catalog() -> list[str]:
    """Names of the published games that come with schelling, such as "signalling/cho-kreps-1987-beer-quiche"; load one with
    ``PublishedGame.load(name)``."""
    return sorted(p.relative_to(CATALOG).with_suffix("").as_posix() for p in CATALOG.rglob("*.toml"))
