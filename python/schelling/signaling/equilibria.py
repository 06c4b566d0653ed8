"""The equilibria of a signalling game: components, products, assessments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product as combinations
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from .._core import Certificate, InvalidArgument, certify
from .._core import refinements as _refinements
from .._core import signaling as _core
from ..arguments import shown
from ..extras import extra
from ..solver_result import SolverResult
from .game import SignalingGame
from .verdict import Verdict

if TYPE_CHECKING:
    import pandas as pd


class _Values:
    """What a result holds in numbers: float64 by attribute, fractions by `exact`."""

    def __init__(self, native: Any, game: SignalingGame) -> None:
        self._native = native
        self.game = game

    @cached_property
    def _double(self) -> dict[str, Any]:
        return self._native.values(False)

    @cached_property
    def exact(self) -> SimpleNamespace | None:
        """The same arrays in fractions; None in double arithmetic."""
        return SimpleNamespace(**self._native.values(True)) if self.game.arithmetic == "exact" else None


class SignalingAssessment(_Values):
    """One perfect Bayesian (= sequential) equilibrium: strategies, beliefs and payoffs."""

    @property
    def sender(self) -> np.ndarray:
        """[T, M] probability with which each type sends each message."""
        return self._double["sender"]

    @property
    def receiver(self) -> np.ndarray:
        """[M, A] probability of each action after each message."""
        return self._double["receiver"]

    @property
    def beliefs(self) -> np.ndarray:
        """[M, T] the receiver's probability of each type after each message."""
        return self._double["beliefs"]

    @property
    def sender_payoff(self) -> np.ndarray:
        """[T] expected payoff of each type."""
        return self._double["sender_payoff"]

    @property
    def receiver_payoff(self) -> float:
        """Expected before the type is drawn."""
        return self._double["receiver_payoff"]

    @property
    def outcome(self) -> np.ndarray:
        """[T, M, A] probability of each path of play."""
        return self.game.prior[:, None, None] * self.sender[:, :, None] * self.receiver[None, :, :]

    def certify(self) -> Certificate:
        """Check the assessment by the definition."""
        return certify(self.game._native, self._native)

    def __repr__(self) -> str:
        numbers = self._double if self.exact is None else vars(self.exact)
        lines = []
        for title, rows, columns, key in (
            ("sends", self.game.types, self.game.messages, "sender"),
            ("is answered by", self.game.messages, self.game.actions, "receiver"),
            ("suggests", self.game.messages, self.game.types, "beliefs"),
        ):
            for row, label in zip(numbers[key], rows, strict=True):
                lines.append(f"  {label} {title} {_mixture(row, columns)}")
        return "SignalingAssessment(\n" + "\n".join(lines) + "\n)"


def _number(x: Any) -> str:
    return str(x) if not isinstance(x, float) else f"{x:.6g}"


def _mixture(row: Sequence, labels: Sequence[str]) -> str:
    parts = [(label, p) for label, p in zip(labels, row, strict=True) if p != 0]
    if len(parts) == 1:
        return parts[0][0]
    return " or ".join(f"{label} ({_number(p)})" for label, p in parts)


@dataclass(frozen=True)
class SignalingOutcome:
    """What is observed when an equilibrium is played."""

    probabilities: np.ndarray  #: [T, M, A] probability of each path of play
    sender_payoff: np.ndarray  #: [T]
    receiver_payoff: float
    exact: SimpleNamespace | None  #: the same in fractions; None in double arithmetic

    def dominates(self, other: SignalingOutcome) -> bool:
        """Whether nobody, no type and not the receiver, gets less than in `other`, and somebody more."""
        mine, theirs = (o if o.exact is None else o.exact for o in (self, other))
        a, b = ([*o.sender_payoff, o.receiver_payoff] for o in (mine, theirs))
        return all(x >= y for x, y in zip(a, b, strict=True)) and any(
            x > y for x, y in zip(a, b, strict=True)
        )


@dataclass(frozen=True)
class Facet:
    """Replies to a message off the path together with the beliefs that support them: every belief in the hull of
    `beliefs` with every reply in the hull of `replies`."""

    actions: list[str]  #: best replies common to the beliefs
    beliefs: np.ndarray  #: [k, T] vertices
    replies: np.ndarray  #: [k, A] vertices


class SignalingProduct(_Values):
    """A maximal convex piece of the set of equilibria: all pairs of a sender strategy and a reply rule from two
    polytopes."""

    @property
    def kind(self) -> str:
        """pooling, partially_pooling, separating or semi_separating, on the relative interior."""
        return self._native.kind

    @property
    def support(self) -> np.ndarray:
        """[T, M] whether the type sends the message somewhere in the product."""
        result = np.zeros(self.game.shape[:2], dtype=bool)
        for m, senders in enumerate(self._native.senders):
            result[senders, m] = True
        return result

    @property
    def replies(self) -> np.ndarray:
        """[M, A] whether the action answers the message somewhere in the product."""
        result = np.zeros(self.game.shape[1:], dtype=bool)
        for m, actions in enumerate(self._native.replies):
            result[m, actions] = True
        return result

    @property
    def dimension(self) -> int:
        """Of sender strategies and reply rules together."""
        return self.sender_dimension + self.receiver_dimension

    @property
    def sender_dimension(self) -> int:
        return self._native.sender_dimension

    @property
    def receiver_dimension(self) -> int:
        return self._native.receiver_dimension

    @property
    def sender_vertices(self) -> np.ndarray:
        """[k, T, M] vertices of the polytope of sender strategies."""
        return self._double["sender_vertices"]

    @cached_property
    def receiver_vertices(self) -> np.ndarray:
        """[k, M, A] vertices of the reply rules; the replies to messages off the path are multiplied out.

        Raises
        ------
        InvalidArgument
            If there are more than 10,000; `off_path` states them message by message.
        """
        rules = self._double["on_path_vertices"]
        if not self.payoff_is_constant:
            return rules
        messages = list(self.off_path)
        replies = [np.unique(np.vstack([f.replies for f in self.off_path[m]]), axis=0) for m in messages]
        count = len(rules) * np.prod([float(len(r)) for r in replies])
        if count > 10_000:
            raise InvalidArgument(
                f"receiver_vertices: expected at most 10000, found {count:.0f}; use off_path"
            )
        result = []
        for rule in rules:
            for choice in combinations(*replies):
                complete = rule.copy()
                for m, reply in zip(messages, choice, strict=True):
                    complete[m] = reply
                result.append(complete)
        return np.array(result)

    @cached_property
    def off_path(self) -> dict[int, list[Facet]]:
        """For each message (by index) that no type sends: all replies that keep every type from it, with the beliefs
        that support them. If the payoffs are constant each message is free of the others."""
        return self._facets(self._double["off_path"])

    def _facets(self, entries: dict[int, list]) -> dict[int, list[Facet]]:
        return {
            m: [
                Facet([self.game.actions[a] for a in actions], beliefs, replies)
                for actions, beliefs, replies in facets
            ]
            for m, facets in entries.items()
        }

    @property
    def payoff_is_constant(self) -> bool:
        """Whether each type gets the same everywhere in the product."""
        return self._native.factored

    @property
    def payoff(self) -> np.ndarray:
        """[T] payoffs of the types if they are constant; else [k, T], at the receiver's vertices and affine between."""
        payoffs = self._double["sender_payoffs"]
        return payoffs[0] if self.payoff_is_constant else payoffs

    @property
    def receiver_payoff(self) -> np.ndarray:
        """[k] the receiver's payoff at the sender's vertices, affine between."""
        return self._double["receiver_payoffs"]

    def vertices(self, *, limit: int = 1000) -> Iterator[SignalingAssessment]:
        """The assessments at all pairs of vertices, each with one belief that supports the replies off the path.

        Raises
        ------
        InvalidArgument
            If there are more than `limit`.
        """
        return iter(
            [
                SignalingAssessment(v, self.game)
                for v in _core.vertices(self.game._native, self._native, limit)
            ]
        )

    def __repr__(self) -> str:
        return f"SignalingProduct({self.kind}, dimension {self.dimension})"


class SignalingComponent:
    """A connected component of the set of equilibria."""

    def __init__(self, native: Any, equilibria: SignalingEquilibria) -> None:
        self._native = native
        self.equilibria = equilibria
        self.game = equilibria.game

    @cached_property
    def products(self) -> list[SignalingProduct]:
        return [SignalingProduct(p, self.game) for p in self._native.products]

    @cached_property
    def outcomes(self) -> list[SignalingOutcome]:
        """The distinct outcomes at the vertices; the component has a unique outcome if there is one."""
        double = self._native.outcomes(self.game._native, False)
        if self.game.arithmetic == "double":
            return [SignalingOutcome(**values, exact=None) for values in double]
        fractions = self._native.outcomes(self.game._native, True)
        return [
            SignalingOutcome(**values, exact=SimpleNamespace(**e))
            for values, e in zip(double, fractions, strict=True)
        ]

    @property
    def has_unique_outcome(self) -> bool:
        return len(self.outcomes) == 1

    @property
    def kinds(self) -> set[str]:
        """Kinds of its products."""
        return set(self._native.kinds)

    @property
    def dimension(self) -> int:
        """The largest dimension of its products."""
        return self._native.dimension

    @cached_property
    def representative(self) -> SignalingAssessment:
        """One assessment of the component, at a vertex."""
        return SignalingAssessment(self._native.representative, self.game)

    def vertices(self, *, limit: int = 1000) -> Iterator[SignalingAssessment]:
        """The assessments at all pairs of vertices of its products.

        Raises
        ------
        InvalidArgument
            If there are more than `limit`.
        """
        found = [v for p in self.products for v in p.vertices(limit=limit)]
        if len(found) > limit:
            raise InvalidArgument(
                f"limit: expected at least as many as there are vertices, {len(found)}, found {limit}"
            )
        return iter(found)

    def survives(
        self,
        refinement: str,
        *,
        work_limit: float = _refinements.work_limit,
        cell_limit: int = _refinements.cell_limit,
    ) -> Verdict:
        """Decide how much of the component survives a refinement; see `schelling.survives` for the names.

        Parameters
        ----------
        refinement : str
        work_limit : float
            Most linear programs for one message where their number grows exponentially with the types.
        cell_limit : int
            Most cells into which the payoffs of one product are cut where they vary.

        Returns
        -------
        Verdict
            Its `part` says which outcomes survive if only some do.
        """
        native = _refinements.survives_component(
            self.equilibria._native,
            self.equilibria.index(self),
            refinement,
            work_limit=work_limit,
            cell_limit=cell_limit,
        )
        return Verdict._from_native(native, self.game)

    def explain(self) -> str:
        """In plain language: who sends what, how it is answered and why, what everybody gets, and which deviation
        comes closest to paying."""
        return _core.explain(self.game._native, self._native)

    def __repr__(self) -> str:
        outcome = "one outcome" if self.has_unique_outcome else "a continuum of outcomes"
        return f"SignalingComponent({', '.join(sorted(self.kinds))}; dimension {self.dimension}; {outcome})"


class SignalingEquilibria(SolverResult, Sequence[SignalingComponent]):
    """The equilibria of a signalling game, as a sequence of connected components."""

    def __init__(self, native: Any, game: SignalingGame, options: dict[str, Any]) -> None:
        self._native = native
        self.game = game
        self.options = options
        self._components = [SignalingComponent(c, self) for c in native.components]

    def __getitem__(self, i):
        return self._components[i]

    def __len__(self) -> int:
        return len(self._components)

    @property
    def certificate(self) -> Certificate:
        """The worst over the vertices of all components."""
        return self._native.certificate

    def refine(
        self,
        refinement: str,
        *,
        keep: str = "all",
        work_limit: float = _refinements.work_limit,
        cell_limit: int = _refinements.cell_limit,
        time_limit: float | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> SignalingEquilibria:
        """Keep the components that survive a refinement; see `schelling.survives` for the names.

        Unless all components survive the result is no longer complete; refine by "undefeated", which compares
        equilibria, first. Components on which the refinement does not say are left out and counted in the
        message.

        Parameters
        ----------
        refinement : str
        keep : {"all", "part"}
            Components all of whose outcomes survive, or also those of which only part survives.
        work_limit, cell_limit
            As for `SignalingComponent.survives`.
        time_limit : float, seconds
        progress : callable (done, total)

        Raises
        ------
        InvalidArgument
            For an unknown name.
        """
        if keep not in ("all", "part"):
            raise InvalidArgument(f"keep: expected 'all' or 'part', found {shown(keep)}")
        native = _refinements.refine(
            self._native,
            refinement,
            keep_part=keep == "part",
            work_limit=work_limit,
            cell_limit=cell_limit,
            time_limit=time_limit,
            progress=progress,
        )
        return SignalingEquilibria(native, self.game, self.options)

    def explain(self) -> str:
        """All components in plain language."""
        return "\n".join(component.explain() for component in self)

    def why_not(self, sender: Any, receiver: Any = None) -> str | None:
        """Name the inequality that excludes a profile from the equilibria; see `schelling.why_not`."""
        from .solve import why_not

        return why_not(self.game, sender, receiver)

    def _outcomes_at(
        self, places: list[tuple[int, int]]
    ) -> list[tuple[SignalingComponent, SignalingOutcome]]:
        return [(self[c], self[c].outcomes[o]) for c, o in places]

    def sender_optimal(self) -> list[tuple[SignalingComponent, SignalingOutcome]]:
        """The outcomes with the largest payoff of the sender before the type is drawn, with their components."""
        return self._outcomes_at(self._native.sender_optimal())

    def receiver_optimal(self) -> list[tuple[SignalingComponent, SignalingOutcome]]:
        """The outcomes with the largest payoff of the receiver, with their components."""
        return self._outcomes_at(self._native.receiver_optimal())

    def to_dataframe(self) -> pd.DataFrame:
        """One row for each product: component, kind, dimension, whether its component has one outcome, payoffs, and
        the strategies of its first vertex in words."""
        with extra():
            import pandas as pd

        rows = []
        for number, component in enumerate(self):
            for product in component.products:
                first = product.sender_vertices[0], product._double["on_path_vertices"][0]
                row: dict[str, Any] = {
                    "component": number,
                    "kind": product.kind,
                    "dimension": product.dimension,
                    "unique_outcome": component.has_unique_outcome,
                }
                payoffs = np.atleast_2d(product.payoff)[0]
                row |= {f"payoff {t}": v for t, v in zip(self.game.types, payoffs, strict=True)}
                row["payoff receiver"] = product.receiver_payoff[0]
                for t, strategy in zip(self.game.types, first[0], strict=True):
                    row[f"{t} sends"] = _mixture(strategy.tolist(), self.game.messages)
                for m, (label, reply) in enumerate(zip(self.game.messages, first[1], strict=True)):
                    off = [f for f in product.off_path.get(m, [])]
                    row[f"reply to {label}"] = (
                        "; ".join(" or ".join(f.actions) for f in off)
                        if off
                        else _mixture(reply.tolist(), self.game.actions)
                    )
                rows.append(row)
        return pd.DataFrame(rows)

    def to_latex(self) -> str:
        """A table (booktabs) with one row for each component: kind, dimension, strategies and payoffs of its
        representative."""

        def cell(text: str) -> str:
            for character in "&%$#_{}":
                text = text.replace(character, "\\" + character)
            return text

        types, messages = self.game.types, self.game.messages
        columns = [*types, *(f"after {m}" for m in messages), *(f"$v$({t})" for t in types), "$v$(receiver)"]
        head = " & ".join(["kind", "dim.", *(c if c.startswith("$") else cell(c) for c in columns)])
        lines = [f"\\begin{{tabular}}{{{'l' * (2 + len(columns))}}}", "\\toprule", head + r" \\", "\\midrule"]
        for component in self:
            r = component.representative
            numbers = vars(r.exact) if r.exact is not None else r._double
            row = [", ".join(sorted(component.kinds)), str(component.dimension)]
            row += [_mixture(x, messages) for x in numbers["sender"]]
            row += [_mixture(x, self.game.actions) for x in numbers["receiver"]]
            row += [_number(x) for x in [*numbers["sender_payoff"], numbers["receiver_payoff"]]]
            lines.append(" & ".join(cell(x) for x in row) + r" \\")
        return "\n".join([*lines, "\\bottomrule", "\\end{tabular}"])

    def __repr__(self) -> str:
        known = "all equilibria, proven" if self.complete else f"{self.status}: {self.message}"
        lines = [
            f"SignalingEquilibria({len(self)} component{'' if len(self) == 1 else 's'}; {known}; {self.arithmetic})"
        ]
        return "\n".join(lines + [f"  {component!r}" for component in self])
