"""Where the supports of equilibria exist over two parameters: polygons, and curves named by their polynomials."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from .._core import InvalidArgument
from .._core import signaling_regions as _core
from ..arguments import shown
from ..numbers import exact
from .algebra import Polynomial
from .family import SignalingFamily
from .polygons import Point, area
from .regions import Conditions, ExactPhaseDiagram, SignalingSupport, read_supports, solve_line


@dataclass(frozen=True)
class Boundary:
    """A curve on which the set of supports changes."""

    polynomial: Polynomial  #: zero on the curve
    text: str  #: the curve as an equation
    latex: str
    segments: tuple[
        tuple[Point, Point], ...
    ]  #: of a straight boundary; a curve of higher degree runs through pieces


@dataclass(frozen=True)
class Piece:
    """A convex part of the plane: its vertices in counterclockwise order, and the supports inside, which are the same
    everywhere, or on each side of the curve that divides the piece."""

    vertices: tuple[Point, ...]
    curve: int | None  #: number of the boundary that divides the piece
    supports: tuple[SignalingSupport, ...]  #: where the polynomial of the curve is positive, or everywhere
    below: tuple[SignalingSupport, ...]  #: where it is negative
    undecided: tuple[SignalingSupport, ...]  #: supports that may exist or not, where refinement ended
    sample: Point


class PhasePlane(ExactPhaseDiagram):
    """The supports of all perfect Bayesian equilibria of a family of signalling games over two parameters.

    Made by `schelling.phase_diagram`. Regions with straight boundaries are polygons with exact vertices; other boundaries
    are curves, given by polynomials, that divide pieces which are proven on both sides. What is said of a region holds
    inside it, except perhaps on finitely many curves on which further supports appear or some vanish; `at` decides a
    single point, wherever it lies.
    """

    def __init__(self, family: SignalingFamily, native: dict[str, Any]) -> None:
        self.family = family
        self._native = native
        self.parameters = family.parameters
        self.supports = read_supports(family, native)
        self.pieces = [self._piece(p) for p in native["pieces"]]
        segments: list[list[tuple[Point, Point]]] = [[] for _ in native["curves"]]
        for curve, begin, end in native["segments"]:
            segments[curve].append((_point(begin), _point(end)))
        self.boundaries = []
        for table, straight in zip(native["curves"], segments, strict=True):
            polynomial = Polynomial._from_native(table)
            text, latex = (polynomial.relation(self.parameters, "=", latex=latex) for latex in (False, True))
            self.boundaries.append(Boundary(polynomial, text, latex, tuple(straight)))

    def _piece(self, native: dict[str, Any]) -> Piece:
        return Piece(
            tuple(_point(v) for v in native["vertices"]),
            native["curve"] if native["curve"] >= 0 else None,
            self._named(native["supports"]),
            self._named(native["below"]),
            self._named(native["undecided"]),
            _point(native["sample"]),
        )

    @cached_property
    def regions(self) -> dict[tuple[SignalingSupport, ...], float]:
        """The sets of supports that occur, with the share of the plane that each covers (on both sides of a curve: to
        about one part in a thousand); largest first."""
        from .polygons import share_above

        total = Fraction(1)
        for low, high in self.family.ranges.values():
            total *= high - low
        shares: dict[tuple[SignalingSupport, ...], float] = {}
        for piece in self.pieces:
            if piece.undecided:
                continue
            weight = float(area(piece.vertices) / total)
            above = (
                1.0
                if piece.curve is None
                else share_above(piece.vertices, self.boundaries[piece.curve].polynomial)
            )
            for supports, part in ((piece.supports, above), (piece.below, 1 - above)):
                if part > 0:
                    shares[supports] = shares.get(supports, 0.0) + weight * part
        return dict(sorted(shares.items(), key=lambda item: -item[1]))

    def at(self, **point: Any) -> tuple[SignalingSupport, ...]:
        """The supports of all equilibria at one point, on a boundary or not.

        Raises
        ------
        InvalidArgument
            For parameters that are missing or unknown, and outside the ranges.
        """
        for name in point:
            if name not in self.parameters:
                raise InvalidArgument(f"parameter: expected one of {self.parameters}, found {shown(name)}")
        if len(point) < 2:
            raise InvalidArgument(
                f"point: expected a value for each of {self.parameters}, found {list(point)}"
            )
        first, second = self.parameters
        x, y = exact(point[first]), exact(point[second])
        low, high = self.family.ranges[first]
        if not low <= x <= high:
            raise InvalidArgument(f"{first}: expected a value from {low} to {high}, found {x}")
        # The line through the point is decided exactly, boundaries included.
        return solve_line(self.family.fix(**{first: x}), certify=False).at(y)

    def conditions(self, support: SignalingSupport) -> Conditions:
        """Where a support exists, as inequalities between polynomials; those that others imply inside the ranges, and the
        ranges themselves, are left out.

        Raises
        ------
        InvalidArgument
            For a support that exists nowhere in the diagram, and where pieces are left undecided.
        """
        if support not in self.supports:
            raise InvalidArgument(f"support: expected one of the diagram's supports, found {support}")
        if not self.complete:
            raise InvalidArgument(
                f"conditions: expected a complete diagram, found {self.status}: {self.message}"
            )
        from .conditions import describe_region

        return describe_region(self, support)

    def plot(self, axes: Any = None, *, title: str | None = None) -> Any:
        """Draw the regions, named by their supports, with their boundaries as equations.

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
        from .draw_regions import draw_plane

        return draw_plane(self, title, axes)

    def __repr__(self) -> str:
        ranges = ", ".join(f"{name} from {low} to {high}" for name, (low, high) in self.family.ranges.items())
        known = "" if self.complete else f"; {self.status}: {self.message}"
        lines = [f"PhasePlane({ranges}; {len(self.supports)} supports; {len(self.regions)} regions{known})"]
        if self.complete:
            lines += [f"  {s}: {self.conditions(s)}" for s in self.supports]
        return "\n".join(lines)


def _point(texts: Sequence[str]) -> Point:
    x, y = texts
    return Fraction(x), Fraction(y)


def solve_plane(
    family: SignalingFamily,
    *,
    depth: int = _core.depth,
    certify: bool = True,
    work_limit: float = _core.work_limit,
    time_limit: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> PhasePlane:
    """The exact phase diagram of a family with two parameters; see `schelling.phase_diagram`."""
    (left, right), (bottom, top) = family.ranges.values()
    native = _core.solve_pbe_polygons(
        family._native,
        (str(left), str(bottom)),
        (str(right), str(top)),
        depth=depth,
        certify=certify,
        work_limit=work_limit,
        time_limit=time_limit,
        progress=progress,
    )
    return PhasePlane(family, native)
