"""Published signalling games, each with named parameters and its equilibria in closed form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np

from .._core import Certificate, InvalidArgument
from .._core import signaling as _core
from ..arguments import shown
from ..numbers import exact
from ..signaling import SignalingAssessment, SignalingEquilibria, SignalingGame, solve_pbe
from .model import Equilibrium, OutcomeSchema
from .protocol import Outcome, Protocol, SweptPoints, sweep_one_by_one

_models = _core.signaling_models()
_KINDS = ("pooling", "partially_pooling", "separating", "semi_separating")


def _ascii(name: str) -> str:
    return name.replace(" ", "_")


class SignalingModel(Protocol):
    """Base of the published signalling games.

    Parameters are given by name as numbers or texts ("9/10") and are read exactly, floats by their shortest decimal;
    `parameters` describes them. What is left out has its default.

    Raises
    ------
    InvalidArgument
        For a name that does not exist and a value outside its domain.
    """

    def __init__(self, **parameters: Any) -> None:
        self._core = _models[type(self).__name__]
        rows = {row.name: row for row in self._core.parameters}
        values = {name: exact(row.default_value) for name, row in rows.items()}
        for name, value in parameters.items():
            if name not in values:
                raise InvalidArgument(
                    f"{name}: expected a parameter among {', '.join(values)}, found an unknown name"
                )
            try:
                values[name] = exact(value)
                if not isinstance(values[name], Fraction):
                    raise TypeError
            except (InvalidArgument, TypeError, ValueError, OverflowError):
                raise InvalidArgument(
                    f"parameter {name}: expected {rows[name].domain}, found {shown(value)}"
                ) from None
        self._values = values
        self._game = SignalingGame._from_native(self._core.game(list(values.values())))

    @property
    def info(self) -> Any:
        """Title, citation, BibTeX entry, assumptions, what the model is not for, and how it is solved."""
        return self._core.info

    @property
    def parameters(self) -> tuple:
        """Descriptions of the parameters: name, symbol, unit, domain, default, meaning, source."""
        return self._core.parameters

    @property
    def values(self) -> Mapping[str, Any]:
        """This instance's parameters by name, in fractions."""
        return MappingProxyType(self._values)

    def game(self) -> SignalingGame:
        """The game, exact."""
        return self._game

    def solve(self, **options: Any) -> SignalingEquilibria:
        """All perfect Bayesian equilibria, by `solve_pbe`."""
        return solve_pbe(self._game, **options)

    def known_equilibria(self) -> list[tuple[str, SignalingAssessment]]:
        """The equilibria that the literature states for these parameters, with their names; vertices where there is a
        continuum."""
        known = self._core.known_equilibria(list(self._values.values()))
        return [(name, SignalingAssessment(assessment, self._game)) for name, assessment in known]

    @property
    def outcomes(self) -> OutcomeSchema:
        """Descriptions of the outcomes; `outcomes()` gives their values, one record for each component of
        equilibria, at its representative: payoffs and probabilities, and 1 or 0 for each kind that it has."""
        return OutcomeSchema(self, self._rows())

    def _labels(self) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
        """Types, messages and actions by the names that outcomes have, the same over a sweep."""
        return self._game.types, self._game.messages, self._game.actions

    def _rows(self) -> tuple[Outcome, ...]:
        types, messages, actions = self._labels()
        rows = [
            Outcome(kind, "1", f"1 if the equilibria are {kind.replace('_', ' ')}, else 0", "none")
            for kind in _KINDS
        ]
        rows += [
            Outcome("dimension", "1", "dimension of the component of equilibria", "none"),
            Outcome(
                "unique_outcome", "1", "1 if all equilibria of the component have one outcome, else 0", "none"
            ),
        ]
        payoffs = [(t, f"expected payoff of the type {t}") for t in types]
        payoffs.append(("receiver", "expected payoff of the receiver"))
        rows += [Outcome(_ascii(f"payoff_{who}"), "payoff", meaning) for who, meaning in payoffs]
        chances = [(f"{m}_if_{t}", f"the type {t} sends {m}") for t in types for m in messages]
        for m in messages:
            chances += [(f"{a}_after_{m}", f"the receiver chooses {a} after {m}") for a in actions]
            chances += [(f"{t}_after_{m}", f"the type is {t}, as believed after {m}") for t in types]
        return (
            *rows,
            *(Outcome(_ascii(n), "probability", f"probability that {m}", "none") for n, m in chances),
        )

    def _records(self) -> dict[str, Any]:
        status, found = self._answer()
        names = [info.name for info in self._rows()]
        return {"status": status, "equilibria": [dict(zip(names, row, strict=True)) for row, _ in found]}

    def _answer(self) -> tuple[str, list[tuple[list[float], tuple[float, float]]]]:
        """Status, and outcomes and certificate of each component at its representative."""
        equilibria = self.solve()
        rows = []
        for component in equilibria:
            r = component.representative
            row = [float(kind in component.kinds) for kind in _KINDS]
            row += [float(component.dimension), float(component.has_unique_outcome)]
            row += [*map(float, r.sender_payoff), float(r.receiver_payoff), *r.sender.ravel().tolist()]
            for replies, beliefs in zip(r.receiver.tolist(), r.beliefs.tolist(), strict=True):
                row += [*replies, *beliefs]
            judged = r.certify()
            rows.append((row, (judged.max_regret, judged.bayes_gap)))
        return equilibria.status, rows

    def sweep(
        self,
        points: np.ndarray,
        *,
        threads: int = 0,
        time_limit: float | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> SweptPoints:
        """Solves the model at many points [points, parameters], each exactly, one after another.

        Floats are read by their shortest decimal. Raises InvalidArgument naming the first point and parameter
        outside its domain, or a point whose game has other numbers of types, messages and actions.
        """
        names, outcomes = list(self._values), [info.name for info in self._rows()]
        size = tuple(map(len, self._labels()))

        def solve(point: np.ndarray) -> dict[str, Any]:
            model = type(self)(**dict(zip(names, point.tolist(), strict=True)))
            found = tuple(map(len, model._labels()))
            if found != size:
                raise InvalidArgument(
                    f"points: expected games of {size} types, messages and actions as in {self!r}, found {found} in"
                    f" {model!r}; sweep them apart"
                )
            status, rows = model._answer()
            return {
                "status": status,
                "equilibria": [
                    Equilibrium(dict(zip(outcomes, row, strict=True)), Certificate(max_regret=r, bayes_gap=g))
                    for row, (r, g) in rows
                ],
            }

        return sweep_one_by_one(self, points, solve, time_limit=time_limit, progress=progress)

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({', '.join(f'{name}={value}' for name, value in self._values.items())})"
        )


class BeerQuiche(SignalingModel):
    """Beer and quiche: a strong or weak sender has breakfast before a possible duel (Cho and Kreps 1987)."""


class JobMarketSignaling(SignalingModel):
    """Education as a signal of productivity, two types, on a grid (Spence 1973).

    Outcomes name education and wages by their step on the grid: `education_2_if_high`.
    """

    def _labels(self) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
        levels = [f"education {k}" for k in range(len(self._game.messages))]
        return self._game.types, levels, [f"wage {k}" for k in range(len(self._game.actions))]


class ChainStoreStage(SignalingModel):
    """Reputation of a monopolist at the last but one stage of the chain-store game (Kreps and Wilson 1982)."""


class AllianceSignalingStylised(SignalingModel):
    """Alliances as costly signals, a stylised game in the spirit of Morrow (1994)."""
