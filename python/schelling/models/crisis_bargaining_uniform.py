"""Crisis bargaining with an audience cost and uniform values of war."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from .._core import CrisisBargainingUniform as Core
from .model import KnownEquilibrium, Model, described, point_of

_core = Core(belief="any")


@described(
    _core.parameters,
    options=(
        inspect.Parameter("belief", inspect.Parameter.KEYWORD_ONLY, default=_core.belief, annotation=str),
    ),
)
class CrisisBargainingUniform(Model):
    """A crisis in which the challenger pays an audience cost for backing down; values of war are private
    and uniform.

    The challenger stays out or challenges; the defender concedes the prize or resists; the challenger then
    backs down or fights. `belief` says which beliefs are admitted after a challenge that no type makes:
    "any", "passive" or "d1". `solve()` asks the generic engine; `known_equilibria()` is the closed form for
    beliefs of any kind.

    The tree is that of Schultz (1999), International Organization 53(2): 233-266; uniform types and the
    closed form are derived in this library.

    Raises InvalidArgument for an unknown name, a value outside its domain or bounds that are not in order,
    InvalidOptions for another belief.
    """

    def __init__(self, *, belief: str = _core.belief, **parameters: float):
        self._core = Core(belief=belief)
        self._values = point_of(self._core, parameters)
        # The bounds' order is no matter of one parameter: the closed form looks at it.
        self._core.known_equilibria(self._values)

    @property
    def options(self) -> Mapping[str, Any]:
        """`belief`: what may be believed after a challenge that no type makes."""
        return MappingProxyType({"belief": self._core.belief})

    def known_equilibria(self) -> tuple[KnownEquilibrium, ...]:
        """The equilibria in closed form: one with challenges if there is one, and "nobody challenges" where no
        type would gain against the most resistance that a belief can justify. What would follow a challenge
        that nobody makes is NaN.
        """
        names = [info.name for info in self.outcomes]
        return tuple(
            KnownEquilibrium(regime, MappingProxyType(dict(zip(names, row.tolist(), strict=True))))
            for regime, row in self._core.known_equilibria(self._values)
        )
