"""Assessments of extensive games and their certificates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import numpy as np

from .._core import Certificate, InvalidArgument
from .._core import finite as _core
from ..arguments import shown
from ..labelled import ByLabel
from .extensive_game import ExtensiveGame
from .scalars import all_exact, mixture, row_of, text_of, to_scalars

#: The concepts that certificates decide, the strongest first.
CONCEPTS = ("sequential", "subgame_perfect", "weak_pbe", "nash")


@dataclass(frozen=True)
class ConceptVerdict:
    """Whether an assessment satisfies a concept; None where that is not known."""

    concept: str
    holds: bool | None
    reason: str  #: the violation, or what is missing; empty where it holds

    def __bool__(self) -> bool:
        if self.holds is None:
            raise InvalidArgument(f"{self.concept}: undecided: {self.reason}")
        return self.holds

    def __str__(self) -> str:
        answer = {True: "yes", False: "no", None: "undecided"}[self.holds]
        return f"{self.concept}: {answer}" + (f"; {self.reason}" if self.reason else "")


class AssessmentCertificate:
    """What is known of an assessment of an extensive game, found without any solver.

    Gains are relative to the range of the player's payoffs over the terminals. Subgame perfection says nothing about
    beliefs, weak perfect Bayesian equilibrium nothing about subgames off the path; each is decided by itself.
    """

    def __init__(self, native: Any, game: ExtensiveGame) -> None:
        self._native = native
        self.game = game

    @cached_property
    def concepts(self) -> dict[str, ConceptVerdict]:
        """A verdict for each of "nash", "subgame_perfect", "weak_pbe" and "sequential"."""
        return {name: ConceptVerdict(name, *answer) for name, answer in self._native.concepts.items()}

    def __getitem__(self, concept: str) -> ConceptVerdict:
        if concept not in self.concepts:
            names = ", ".join(self.concepts)
            raise InvalidArgument(f"concept: expected one of {names}, found {shown(concept)}")
        return self.concepts[concept]

    @property
    def concept(self) -> str | None:
        """The strongest concept that holds, "sequential" before "subgame_perfect" before "weak_pbe" before "nash"."""
        return next((name for name in CONCEPTS if self.concepts[name].holds), None)

    @property
    def max_regret(self) -> float:
        """The largest gain from another action at an information set that states beliefs or needs none."""
        return self._native.summary.max_regret

    @property
    def bayes_gap(self) -> float:
        """The largest distance of a stated belief from Bayes' rule on the path of play."""
        return self._native.summary.bayes_gap

    @property
    def consistency(self) -> str:
        """ "consistent", "inconsistent" or "undecided", in the sense of Kreps and Wilson (1982)."""
        return self._native.consistency

    @property
    def consistency_reason(self) -> str:
        """Why beliefs are not consistent, or what is missing; empty where they are."""
        return self._native.reason

    @property
    def summary(self) -> Certificate:
        return self._native.summary

    def passes(self, tolerance: float) -> bool:
        """Whether regret and Bayes gap are finite and within the tolerance."""
        return self._native.summary.passes(tolerance)

    def _gains(self, exactly: bool) -> dict[str, ByLabel]:
        values = self._native.values(exactly)
        return {
            "one_shot_gain": ByLabel("information set", self.game.information_sets, values["one_shot_gain"]),
            "ex_ante_gain": ByLabel("player", self.game.players, values["ex_ante_gain"].tolist()),
        }

    @property
    def one_shot_gain(self) -> ByLabel:
        """[information set] largest gain from another action there; None where beliefs are missing."""
        return self._gains(False)["one_shot_gain"]

    @property
    def ex_ante_gain(self) -> ByLabel:
        """[player] largest gain from another strategy in the whole game."""
        return self._gains(False)["ex_ante_gain"]

    @property
    def exact(self) -> SimpleNamespace | None:
        """The gains in fractions; None in double arithmetic."""
        return SimpleNamespace(**self._gains(True)) if self.game.arithmetic == "exact" else None

    @cached_property
    def trembles(self) -> ByLabel | None:
        """[information set][action] (k, log c) of trembles c ε^k whose limit are the beliefs, the witness of their
        consistency; None unless consistent. Actions that are played have (0, 0)."""
        if self.consistency != "consistent":
            return None
        orders = self._native.values(False)["tremble_orders"].tolist()
        pairs = list(zip(orders, self._native.tremble_log_coefficients, strict=True))
        return _by_action(self.game, pairs)

    def __repr__(self) -> str:
        lines = [
            f"AssessmentCertificate({self.concept or 'no equilibrium'}; max_regret={self.max_regret:g}, "
            f"bayes_gap={self.bayes_gap:g})"
        ]
        return "\n".join(lines + [f"  {verdict}" for verdict in self.concepts.values()])


def _by_action(game: ExtensiveGame, flat: Sequence) -> ByLabel:
    """Values over all actions, by information set and action."""
    rows = []
    for number, first in enumerate(game._structure.first_action):
        actions = game.actions(number)
        rows.append(ByLabel("action", actions, flat[first : first + len(actions)]))
    return ByLabel("information set", game.information_sets, rows)


class ExtensiveAssessment:
    """A behaviour strategy for every player, with beliefs: an assessment of an extensive game (Kreps and Wilson 1982)."""

    def __init__(
        self,
        native: Any,
        game: ExtensiveGame,
        *,
        concept: str | None = None,
        certificate: Certificate | None = None,
    ) -> None:
        self._native = native
        self.game = game
        self._concept = concept
        self._certificate = certificate

    @classmethod
    def _of(
        cls, game: ExtensiveGame, strategy: Mapping[Any, Any], beliefs: Mapping[Any, Any] | None
    ) -> ExtensiveAssessment:
        choices = _per_set(game, "strategy", strategy)
        missing = [
            label for label, choice in zip(game.information_sets, choices, strict=True) if choice is None
        ]
        if missing:
            raise InvalidArgument(f"strategy: expected a choice at {missing[0]!r}, found none")
        rows = [
            row_of(f"strategy at {label!r}", "action", game.actions(number), choice)
            for number, (label, choice) in enumerate(zip(game.information_sets, choices, strict=True))
        ]
        exactly = game.arithmetic == "exact"
        stated = _per_set(game, "beliefs", beliefs or {})
        belief_rows = {
            number: row_of(
                f"beliefs at {game.information_sets[number]!r}",
                "node",
                [_core.node_path(game.tree, node) for node in game._structure.nodes[number]],
                choice,
            )
            for number, choice in enumerate(stated)
            if choice is not None
        }
        if exactly and not all_exact(*rows, *belief_rows.values()):
            raise InvalidArgument(
                "assessment: expected exact numbers, since the game is exact, found floats; use fractions, "
                "schelling.exact, or the game in floats"
            )
        native = game._native.with_bayes_beliefs(
            to_scalars("strategy", [x for row in rows for x in row], exactly)
        )
        if belief_rows:
            values = native.values(exactly)["beliefs"].tolist()
            has_beliefs = native.has_beliefs
            for number, row in belief_rows.items():
                has_beliefs[number] = True
                for node, p in zip(
                    game._structure.nodes[number], to_scalars("beliefs", row, exactly), strict=True
                ):
                    values[node] = p
            native = game._native.assessment(native.values(exactly)["strategy"], values, has_beliefs)
        return cls(native, game)

    @property
    def concept(self) -> str | None:
        """The concept that the assessment is certified to satisfy: what its solver proved, otherwise the strongest that
        its certificate shows; None if it is no equilibrium."""
        if self._concept is None:
            self._concept = self.certify().concept
        return self._concept

    @property
    def certificate(self) -> Certificate:
        """Largest one-shot gain and distance from Bayes' rule."""
        if self._certificate is None:
            self._certificate = self.certify().summary
        return self._certificate

    def certify(self, *, tolerance: float | None = None) -> AssessmentCertificate:
        """Examine the assessment by the definitions; see `schelling.certify`."""
        return certify_assessment(self.game, self, tolerance)

    @cached_property
    def _double(self) -> dict[str, Any]:
        return self._values(False)

    def _values(self, exactly: bool) -> dict[str, Any]:
        game = self.game
        own = self._native.values(exactly)
        follows = game._native.consequences(self._native, exactly)
        nodes = game._structure.nodes
        beliefs = own["beliefs"].tolist()
        stated = [
            [beliefs[node] for node in nodes[number]] if known or len(nodes[number]) == 1 else None
            for number, known in enumerate(self._native.has_beliefs)
        ]
        for number, row in enumerate(stated):
            if row is not None and len(row) == 1:
                stated[number] = [row[0] * 0 + 1]
        return {
            "strategy": _by_action(game, own["strategy"].tolist()),
            "beliefs": ByLabel(
                "information set",
                game.information_sets,
                [
                    None
                    if row is None
                    else ByLabel("node", [_core.node_path(game.tree, n) for n in nodes[k]], row)
                    for k, row in enumerate(stated)
                ],
            ),
            "payoff": ByLabel("player", game.players, follows["payoff"].tolist()),
            "outcome": ByLabel("terminal", game.terminals, follows["outcome"].tolist()),
            "reach": ByLabel("information set", game.information_sets, follows["reach"].tolist()),
        }

    @cached_property
    def exact(self) -> SimpleNamespace | None:
        """The same in fractions; None in double arithmetic."""
        return SimpleNamespace(**self._values(True)) if self.game.arithmetic == "exact" else None

    @property
    def strategy(self) -> ByLabel:
        """[information set][action] probability."""
        return self._double["strategy"]

    @property
    def beliefs(self) -> ByLabel:
        """[information set][node] probability, nodes by path or number; None where no belief is stated."""
        return self._double["beliefs"]

    @property
    def payoff(self) -> ByLabel:
        """[player] expected payoff."""
        return self._double["payoff"]

    @property
    def outcome(self) -> ByLabel:
        """[terminal] probability."""
        return self._double["outcome"]

    @property
    def reach(self) -> ByLabel:
        """[information set] probability that play reaches it."""
        return self._double["reach"]

    def to_svg(self) -> str:
        """The tree with this play as a stand-alone SVG document: probabilities of moves, beliefs, and how it ends."""
        return _core.tree_svg(self.game._native, self._native)

    def to_latex(self) -> str:
        """The tree with this play as a stand-alone LaTeX document drawn by TikZ."""
        return _core.tree_latex(self.game._native, self._native)

    def _repr_svg_(self) -> str:
        return self.to_svg()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ExtensiveAssessment):
            return NotImplemented
        return self.game == other.game and self._native == other._native

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self):
        exactly = self.game.arithmetic == "exact"
        values = self._native.values(exactly)
        arguments = (values["strategy"], values["beliefs"], self._native.has_beliefs)
        certificate = self._certificate and (
            self._certificate.max_regret,
            self._certificate.bayes_gap,
            self._certificate.consistency,
        )
        return _restored, (self.game, arguments, self._concept, certificate)

    def __repr__(self) -> str:
        numbers = self._double if self.exact is None else vars(self.exact)
        payoffs = ", ".join(f"{player} {text_of(x)}" for player, x in numbers["payoff"].items())
        lines = [f"ExtensiveAssessment({self.concept or 'no equilibrium'}; payoffs: {payoffs})"]
        for number, label in enumerate(self.game.information_sets):
            choice = mixture(numbers["strategy"][number])
            line = f"  {self.game.player(number)} at {label!r}: {choice}"
            beliefs = numbers["beliefs"][number]
            if beliefs is None:
                line += "; no belief stated"
            elif len(beliefs) > 1:
                line += f"; believes {mixture(beliefs, quoted=True)}"
            lines.append(line)
            if len(lines) > 40:
                lines.append(f"  ... {len(self.game.information_sets) - number - 1} more information sets")
                break
        return "\n".join(lines)


def _restored(game: ExtensiveGame, arguments: tuple, concept: str | None, certificate: tuple | None):
    found = None
    if certificate is not None:
        regret, gap, consistency = certificate
        found = Certificate(max_regret=regret, bayes_gap=gap, consistency=consistency)
    return ExtensiveAssessment(game._native.assessment(*arguments), game, concept=concept, certificate=found)


def _per_set(game: ExtensiveGame, what: str, given: Mapping[Any, Any] | ByLabel) -> list:
    """The entries by number of the information set."""
    if not isinstance(given, Mapping):
        raise InvalidArgument(f"{what}: expected a mapping from information sets, found {shown(given)}")
    labels = game.information_sets
    number_of = {label: k for k, label in reversed(list(enumerate(labels)))}
    entries: list[Any] = [None] * len(labels)
    for key, value in given.items():
        number = number_of.get(key) if isinstance(key, str) else key
        if not isinstance(number, int | np.integer) or not 0 <= number < len(labels):
            names = ", ".join(map(repr, labels[:20]))
            raise InvalidArgument(f"{what}: expected information sets among {names}, found {shown(key)}")
        entries[number] = value
    return entries


def certify_assessment(
    game: ExtensiveGame, assessment: Any, tolerance: float | None
) -> AssessmentCertificate:
    """Certify an assessment, or a strategy given as a mapping."""
    if isinstance(assessment, Mapping):
        assessment = game.assessment(assessment)
    if not isinstance(assessment, ExtensiveAssessment):
        raise InvalidArgument(f"assessment: expected one of an extensive game, found {shown(assessment)}")
    if assessment.game.tree != game.tree or assessment.game.arithmetic != game.arithmetic:
        raise InvalidArgument(
            f"assessment: expected one of the same tree in {game.arithmetic} arithmetic, "
            f"found one of {assessment.game!r}"
        )
    return AssessmentCertificate(game._native.certify(assessment._native, tolerance), game)
