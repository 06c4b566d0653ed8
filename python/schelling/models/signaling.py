"""Published signalling games, each with named parameters and its equilibria in closed form."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from .._core import InvalidArgument
from .._core import signaling as _core
from ..numbers import exact
from ..signaling import SignalingAssessment, SignalingEquilibria, SignalingGame, solve_pbe

_models = _core.signaling_models()


class SignalingModel:
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
        values = {row.name: exact(row.default_value) for row in self._core.parameters}
        for name, value in parameters.items():
            if name not in values:
                raise InvalidArgument(
                    f"{name}: expected a parameter among {', '.join(values)}, found an unknown name"
                )
            values[name] = exact(value)
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

    def outcomes(self) -> dict[str, Any]:
        """One record for each component, at its representative: kind, dimension, whether the outcome is unique,
        payoffs, and all probabilities as "<message> if <type>", "<action> after <message>", "<type> after <message>"."""
        game, equilibria = self._game, self.solve()
        records = []
        for component in equilibria:
            r = component.representative
            record: dict[str, Any] = {
                "kind": sorted(component.kinds)[0] if len(component.kinds) == 1 else "mixed",
                "dimension": component.dimension,
                "unique_outcome": component.has_unique_outcome,
            }
            record |= {f"payoff {t}": float(v) for t, v in zip(game.types, r.sender_payoff, strict=True)}
            record["payoff receiver"] = r.receiver_payoff
            for i, t in enumerate(game.types):
                record |= {f"{m} if {t}": float(r.sender[i, j]) for j, m in enumerate(game.messages)}
            for j, m in enumerate(game.messages):
                record |= {f"{a} after {m}": float(r.receiver[j, k]) for k, a in enumerate(game.actions)}
                record |= {f"{t} after {m}": float(r.beliefs[j, i]) for i, t in enumerate(game.types)}
            records.append(record)
        return {"status": equilibria.status, "equilibria": records}

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({', '.join(f'{name}={value}' for name, value in self._values.items())})"
        )


class BeerQuiche(SignalingModel):
    """Beer and quiche: a strong or weak sender has breakfast before a possible duel (Cho and Kreps 1987)."""


class JobMarketSignaling(SignalingModel):
    """Education as a signal of productivity, two types, on a grid (Spence 1973)."""


class ChainStoreStage(SignalingModel):
    """Reputation of a monopolist at the last but one stage of the chain-store game (Kreps and Wilson 1982)."""


class AllianceSignalingStylised(SignalingModel):
    """Alliances as costly signals, a stylised game in the spirit of Morrow (1994)."""
