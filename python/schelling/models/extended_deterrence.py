"""Extended deterrence of an attack on a protege, with aid, escalation and a lag before accession."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from .._core import Certificate, InvalidArgument
from .._core import ExtendedDeterrence as PhaseCore
from .._core import ExtendedDeterrencePolicy as PolicyCore
from ..extras import extra
from .model import Equilibrium, Model, ModelSolution, columns_to_points, described, equilibria_of, point_of
from .protocol import Phase

if TYPE_CHECKING:
    import xarray as xr

_phase = PhaseCore(timing="failing")
_policy = PolicyCore(timing="failing")
_window_rows = _policy.parameters[len(_phase.parameters) :]
_window_names = tuple(info.name for info in _window_rows)
_default_window = {info.name: info.default_value for info in _window_rows}
# The window's own attributes; what it does not say it shares with the end state.
_attributes = tuple(name for name in _window_names if name.startswith("window_"))


class PolicyEquilibrium(Equilibrium):
    """One equilibrium of the window paired with one of the end state; the outcomes are those of the whole
    policy.
    """

    __slots__ = ("end", "window")

    def __init__(
        self, outcomes: Mapping[str, float], certificate: Certificate, window: Equilibrium, end: Equilibrium
    ):
        super().__init__(outcomes, certificate)
        object.__setattr__(self, "window", window)
        object.__setattr__(self, "end", end)


@described(
    _phase.parameters,
    optional=_window_rows,
    options=(
        inspect.Parameter("timing", inspect.Parameter.KEYWORD_ONLY, default=_phase.timing, annotation=str),
    ),
)
class ExtendedDeterrence(Model):
    """Deterrence of an attack on a protege whom a defender may aid or fight for; all three costs of war are
    private.

    The challenger attacks or refrains; the protege concedes or resists; forward presence may engage the
    defender, who otherwise intervenes, aids or abandons; the challenger may escalate, when its campaign
    fails or (`timing="onset"`) as soon as the defender is engaged. With a `lag` the policy has two phases:
    a window before it is effective, with attributes of its own (`window_...`; what is not given is as in
    the end state), and the end state.

    The model is the library's own; its defaults are those of a grey zone. `solve()` returns every
    equilibrium under D1 that the search finds, each certified from the terminal payoffs of the game.

    Raises InvalidArgument for an unknown name or a value outside its domain, InvalidOptions for another
    timing.
    """

    def __init__(self, *, timing: str = _phase.timing, **parameters: float):
        self._phase_core = PhaseCore(timing=timing)
        self._policy_core = PolicyCore(timing=timing)
        given = {
            name: value
            for name, value in parameters.items()
            if value is not None or name not in _window_names
        }
        window = {name: given[name] for name in _window_names if name in given}
        if not window:
            self._core = self._phase_core
            self._values = point_of(self._core, given)
            return
        if "lag" not in window:
            raise InvalidArgument(f"lag: expected years, since {next(iter(window))} is given, found none")
        self._core = self._policy_core
        for name in _attributes:
            end = name.removeprefix("window_")
            if name not in given and end in given:
                given[name] = given[end]
        self._values = point_of(self._core, given)

    @property
    def parameters(self) -> tuple:
        """Descriptions of one phase's parameters: name, symbol, unit, domain, default, meaning, source."""
        return self._phase_core.parameters

    @property
    def phase_parameters(self) -> tuple:
        """Descriptions of the parameters that a window before the end state has besides."""
        return _window_rows

    @property
    def options(self) -> Mapping[str, Any]:
        """`timing`: when the challenger can escalate."""
        return MappingProxyType({"timing": self._core.timing})

    @property
    def has_window(self) -> bool:
        """Whether the policy is effective only after a lag."""
        return self._core is self._policy_core

    @property
    def values(self) -> Mapping[str, float]:
        """This instance's parameter values by name."""
        names = (info.name for info in self._core.parameters)
        return MappingProxyType(dict(zip(names, self._values.tolist(), strict=True)))

    def solve(self) -> ModelSolution:
        """All equilibria; with a window all pairs (window, end state), window by window.

        The outcomes of a pair are those of the policy: expectations averaged with the phases'
        probabilities, conditional ones weighted by the event as well, the burden share formed from averaged
        losses; cutoffs, which belong to a phase, are NaN in a pair and found in its `window` and `end`.
        """
        solution = super().solve()
        if not self.has_window:
            return solution
        games = reversed(self.phases({}))
        window, end = (equilibria_of(self._phase_core, phase.points[0])[1] for phase in games)
        pairs = [(before, after) for before in window for after in end]
        return replace(
            solution,
            equilibria=tuple(
                PolicyEquilibrium(mixed, mixed.certificate, *pair)
                for mixed, pair in zip(solution, pairs[: len(solution)], strict=True)
            ),
        )

    def game(self, phase: str = "end"):
        """The game of a phase, "end" or "window", for the general solvers (with `belief="d1"`)."""
        return self._phase_core.game(self._point(phase))

    def assessment(self, equilibrium: Equilibrium, phase: str = "end"):
        """An equilibrium of a phase as an assessment of `game(phase)`: strategies, beliefs, outcome,
        certificate.
        """
        return self._phase_core.assessment(self._point(phase), list(equilibrium.values()))

    def _point(self, phase: str) -> np.ndarray:
        points = {each.name: each.points[0] for each in self.phases({})}
        if phase not in points:
            raise InvalidArgument(f"phase: expected {' or '.join(map(repr, points))}, found {phase!r}")
        return points[phase]

    def derivatives(self) -> xr.Dataset:
        """Comparative statics at every equilibrium: derivatives of the outcomes in the parameters.

        They follow the equilibrium by the implicit function theorem and are exact up to rounding. `left`
        and `right` [equilibrium, outcome, parameter] are one-sided and differ only at a kink; `derivative`
        is their common value, NaN where they differ. At a fold, where two equilibria meet, `status`
        [equilibrium] is "singular" and all are NaN; so are the outcomes that a pair of phases has not, and
        `attack_gain_slope`, a derivative itself.
        """
        with extra():
            import xarray as xr

        solution = self.solve()
        phases = [(e.window, e.end) if self.has_window else (e,) for e in solution]
        rows = [[list(phase.values()) for phase in one] for one in phases]  # type: ignore[union-attr]
        answers = [self._core.derivatives(self._values, *row) for row in rows]
        shape = (len(answers), len(self._core.outcomes), len(self._core.parameters))
        left = np.array([left for _, left, _ in answers]).reshape(shape)
        right = np.array([right for _, _, right in answers]).reshape(shape)
        dims = ("equilibrium", "outcome", "parameter")
        variables = {
            "derivative": (dims, np.where(left == right, right, np.nan)),
            "left": (dims, left),
            "right": (dims, right),
            "status": (
                "equilibrium",
                np.array(["singular" if s else "solved" for s, _, _ in answers], dtype="U8"),
            ),
        }
        coordinates = {
            "outcome": [info.name for info in self._core.outcomes],
            "parameter": [info.name for info in self._core.parameters],
            "outcome_unit": ("outcome", [info.unit for info in self._core.outcomes]),
            "parameter_unit": ("parameter", [info.unit for info in self._core.parameters]),
        }
        return xr.Dataset(variables, coordinates)

    def phases(self, columns: Mapping[str, Any]) -> list[Phase]:
        """The phase games of N points given as columns by name; what the columns leave out is as in this
        instance.

        One phase "end"; a second, "window", if a lag is given. Its alignment is what letting an opportunity
        pass means living with: that of window and end state, discounted over the lag. Raises
        InvalidArgument for an unknown name.
        """
        columns = dict(columns)
        if not (self.has_window or "lag" in columns):
            stray = next((name for name in columns if name in _window_names), None)
            if stray is not None:
                raise InvalidArgument(f"lag: expected years, since {stray} is given, found none")
            points = columns_to_points(self._phase_core, self._values, columns)
            return [Phase("end", np.ones(len(points)), points)]
        if not self.has_window:
            for name in _attributes:
                end = name.removeprefix("window_")
                columns.setdefault(name, columns.get(end, self.values[end]))
        base = self._values if self.has_window else np.append(self._values, list(_default_window.values()))
        points = columns_to_points(self._policy_core, base, columns)
        weight, window, end = self._policy_core.phases(points)
        return [Phase("end", 1 - weight, end), Phase("window", weight, window)]
