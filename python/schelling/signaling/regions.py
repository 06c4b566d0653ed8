"""Where the supports of equilibria exist along one parameter: breakpoints as exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .._core import InvalidArgument
from .._core import signaling_regions as _core
from ..extras import extra
from ..numbers import exact
from .algebra import AlgebraicNumber
from .family import SignalingFamily

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Conditions:
    """Where a support exists, in terms of the parameters: `text` and `latex`. Bounds of the parameters themselves are
    not repeated."""

    text: str
    latex: str

    def __str__(self) -> str:
        return self.text

    def _repr_latex_(self) -> str:
        return f"${self.latex}$"


@dataclass(frozen=True)
class SignalingSupport:
    """What is played with positive probability on the path of an equilibrium."""

    kind: str  #: pooling, partially_pooling, separating or semi_separating
    senders: dict[str, tuple[str, ...]]  #: for each message that is sent, the types that send it
    replies: dict[str, tuple[str, ...]]  #: for each message that is sent, the actions that answer it

    def __str__(self) -> str:
        said = "; ".join(f"{', '.join(types)}: {message}" for message, types in self.senders.items())
        heard = "; ".join(f"{message}: {' or '.join(a)}" for message, a in self.replies.items())
        return f"{self.kind.replace('_', '-')} ({said} | {heard})"

    def __hash__(self) -> int:
        return hash((self.kind, *self.senders.items(), *self.replies.items()))


@dataclass(frozen=True)
class Breakpoint:
    """A value of the parameter at which the set of supports changes."""

    value: AlgebraicNumber
    supports: tuple[SignalingSupport, ...]  #: of all equilibria at the value

    def __float__(self) -> float:
        return float(self.value)


@dataclass(frozen=True)
class ParameterInterval:
    """An open interval of the parameter on which the set of supports does not change."""

    lower: AlgebraicNumber
    upper: AlgebraicNumber
    sample: Fraction  #: a point inside, at which `solve_pbe` confirmed the supports
    supports: tuple[SignalingSupport, ...]


class ExactPhaseDiagram:
    """What exact phase diagrams of one and of two parameters have in common."""

    _native: dict[str, Any]
    supports: Sequence[SignalingSupport]  #: of all equilibria somewhere in the diagram

    def _named(self, numbers: Sequence[int]) -> tuple[SignalingSupport, ...]:
        return tuple(self.supports[k] for k in numbers)

    @property
    def status(self) -> str:
        """Why the solver stopped; "solved" if it came to its end."""
        return self._native["status"]

    @property
    def message(self) -> str:
        return self._native["message"]

    @property
    def method(self) -> str:
        return self._native["method"]

    @property
    def version(self) -> str:
        return self._native["version"]

    @property
    def complete(self) -> bool:
        """True only if every support of an equilibrium and every boundary is proven to be there."""
        return self._native["complete"]


class PhaseLine(ExactPhaseDiagram):
    """The supports of all perfect Bayesian equilibria of a family of signalling games along one parameter.

    Made by `schelling.phase_diagram`. Breakpoints are exact, and none is missing: linear programs that decide whether a
    support exists are proved, with coefficients that are polynomials in the parameter, for whole intervals between
    neighbouring breakpoints.
    """

    def __init__(self, family: SignalingFamily, native: dict[str, Any]) -> None:
        self.family = family
        self._native = native
        (self.parameter,) = family.parameters
        self.supports = read_supports(family, native)
        self._points = [AlgebraicNumber._from_native(p) for p in native["points"]]

    @property
    def breakpoints(self) -> list[Breakpoint]:
        """In increasing order, without the ends of the range."""
        inner = zip(self._points, self._native["at"], strict=True)
        return [Breakpoint(point, self._named(at)) for point, at in list(inner)[1:-1]]

    @property
    def intervals(self) -> list[ParameterInterval]:
        """In increasing order, one more than there are breakpoints."""
        return [
            ParameterInterval(lower, upper, Fraction(sample), self._named(between))
            for lower, upper, sample, between in zip(
                self._points, self._points[1:], self._native["samples"], self._native["between"], strict=False
            )
        ]

    def at(self, value: Any) -> tuple[SignalingSupport, ...]:
        """The supports of all equilibria at one value of the parameter.

        Raises
        ------
        InvalidArgument
            Outside the range, or at an end where the prior of some type is zero.
        """
        number = exact(value)
        for i, point in enumerate(self._points):
            order = point.compare(number)
            if order == 0 and self._native["inside"][i]:
                return self._named(self._native["at"][i])
            if order > 0 and i > 0:
                return self._named(self._native["between"][i - 1])
            if order >= 0:
                break
        low, high = self.family.ranges[self.parameter]
        raise InvalidArgument(
            f"{self.parameter}: expected a value from {low} to {high} where all priors are positive, found {value}"
        )

    def _pieces(self, support: SignalingSupport) -> Iterator[tuple[int, bool, int, bool]]:
        """Maximal runs of points and intervals with the support: first point, whether it belongs, last, whether."""
        if support not in self.supports:
            raise InvalidArgument(f"support: expected one of the diagram's supports, found {support}")
        k = self.supports.index(support)
        at = [k in numbers for numbers in self._native["at"]]
        between = [k in numbers for numbers in self._native["between"]]
        begin: tuple[int, bool] | None = None
        for i, here in enumerate(at):
            before, after = i > 0 and between[i - 1], i < len(between) and between[i]
            if before and not (here and after):
                assert begin is not None
                yield (*begin, i, here)
                begin = None
            if here and not before and not after:
                yield (i, True, i, True)
            if after and not (here and before):
                begin = (i, here)

    def conditions(self, support: SignalingSupport) -> Conditions:
        """Where a support exists, as inequalities; bounds of the parameter itself are not repeated.

        Raises
        ------
        InvalidArgument
            For a support that exists nowhere in the diagram.
        """
        last = len(self._points) - 1
        texts: list[str] = []
        formulas: list[str] = []
        for first, closed_below, end, closed_above in self._pieces(support):
            for latex, parts in ((False, texts), (True, formulas)):
                name = self.parameter
                lower, upper = (self._points[i].format(latex=latex) for i in (first, end))
                below, above = (
                    (r" \le " if latex else " <= ") if closed else " < "
                    for closed in (closed_below, closed_above)
                )
                # An end of the range is a bound of the support only if the support leaves it out.
                free_below = first == 0 and (closed_below or not self._native["inside"][0])
                free_above = end == last and (closed_above or not self._native["inside"][last])
                if first == end:
                    parts.append(f"{name} = {lower}")
                elif free_below and free_above:
                    parts.append(r"\text{always}" if latex else "always")
                elif free_below:
                    parts.append(f"{name}{above}{upper}")
                elif free_above:
                    parts.append(f"{name}{below.replace('<', '>').replace('le', 'ge')}{lower}")
                else:
                    parts.append(f"{lower}{below}{name}{above}{upper}")
        return Conditions(" or ".join(texts), r" \;\lor\; ".join(formulas))

    def to_dataframe(self) -> pd.DataFrame:
        """One row for each support: its kind, who sends what and how it is answered, and where it exists."""
        with extra():
            import pandas as pd

        return pd.DataFrame(
            [
                {
                    "kind": support.kind,
                    "senders": "; ".join(f"{', '.join(t)}: {m}" for m, t in support.senders.items()),
                    "replies": "; ".join(f"{m}: {' or '.join(a)}" for m, a in support.replies.items()),
                    "where": self.conditions(support).text,
                }
                for support in self.supports
            ]
        )

    def plot(self, axes: Any = None, *, title: str | None = None) -> Any:
        """Draw where each support exists: a line for each, closed and open ends, breakpoints by their values.

        Parameters
        ----------
        axes : matplotlib axes, optional
            Where to draw; a new figure is made without it.
        title : str, optional

        Returns
        -------
        matplotlib axes
            What was given, or the new one.

        Raises
        ------
        InvalidArgument
            For what are no axes.
        """
        from .draw_regions import draw_line

        return draw_line(self, title, axes)

    def __repr__(self) -> str:
        count = len(self._points) - 2
        known = "" if self.complete else f"; {self.status}: {self.message}"
        low, high = self.family.ranges[self.parameter]
        lines = [
            f"PhaseLine({self.parameter} from {low} to {high}; {len(self.supports)} supports; "
            f"{count} breakpoint{'' if count == 1 else 's'}{known})"
        ]
        return "\n".join(lines + [f"  {s}: {self.conditions(s)}" for s in self.supports])


def read_supports(family: SignalingFamily, native: dict[str, Any]) -> list[SignalingSupport]:
    """The supports of a result of the core, with the labels of the family."""
    return [
        SignalingSupport(
            kind,
            {family.messages[m]: tuple(family.types[t] for t in ts) for m, ts in enumerate(senders) if ts},
            {
                family.messages[m]: tuple(family.actions[a] for a in acts)
                for m, acts in enumerate(replies)
                if acts
            },
        )
        for kind, senders, replies in native["supports"]
    ]


def solve_line(
    family: SignalingFamily,
    *,
    certify: bool = True,
    work_limit: float = _core.work_limit,
    time_limit: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> PhaseLine:
    """The exact phase diagram of a family with one parameter; see `schelling.phase_diagram`."""
    ((low, high),) = family.ranges.values()
    native = _core.solve_pbe_intervals(
        family._native,
        str(low),
        str(high),
        certify=certify,
        work_limit=work_limit,
        time_limit=time_limit,
        progress=progress,
    )
    return PhaseLine(family, native)
