"""Exact numbers and polynomials as results state them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import Any


@dataclass(frozen=True)
class Polynomial:
    """A polynomial in one or two variables with integer coefficients: `coefficients[i][j]` of x^i y^j."""

    coefficients: tuple[tuple[int, ...], ...]

    @classmethod
    def _from_native(cls, table: list[list[str]]) -> Polynomial:
        return cls(tuple(tuple(int(c) for c in row) for row in table))

    @property
    def degree(self) -> int:
        """The largest i + j; -1 for zero."""
        return max(
            (i + j for i, row in enumerate(self.coefficients) for j, c in enumerate(row) if c), default=-1
        )

    def __call__(self, x: Any, y: Any = 0) -> Any:
        return sum(c * x**i * y**j for i, row in enumerate(self.coefficients) for j, c in enumerate(row) if c)

    def format(self, variables: list[str], *, latex: bool = False) -> str:
        """In the form 2*x^2*y - x + 3, or in LaTeX."""
        text = ""
        terms = [(i, j, c) for i, row in enumerate(self.coefficients) for j, c in enumerate(row) if c]
        for i, j, c in sorted(terms, key=lambda term: (-term[0] - term[1], -term[0])):
            powers = [
                name if power == 1 else name + (f"^{{{power}}}" if latex else f"^{power}")
                for name, power in zip(variables, (i, j), strict=False)
                if power
            ]
            factors = ([] if abs(c) == 1 and powers else [str(abs(c))]) + powers
            sign = ("-" if c < 0 else "") if not text else (" - " if c < 0 else " + ")
            text += sign + (" " if latex else "*").join(factors)
        return text or "0"

    def relation(self, variables: list[str], relation: str, *, latex: bool = False) -> str:
        """The polynomial compared with zero ("=", ">", "<", ">=" or "<="), with positive terms on both sides, or solved for
        the variable where it is the only one and of degree one."""
        flipped = {"=": "=", ">": "<", "<": ">", ">=": "<=", "<=": ">="}
        symbols = {">=": r"\ge", "<=": r"\le"} if latex else {}
        terms = [(i, j, c) for i, row in enumerate(self.coefficients) for j, c in enumerate(row) if c]
        powers = [(i, j) for i, j, _ in terms if i or j]
        if powers in ([(1, 0)], [(0, 1)]):
            name = variables[powers[0].index(1)]
            slope = next(c for i, j, c in terms if i or j)
            value = AlgebraicNumber.rational(Fraction(-self(0, 0), slope)).format(latex=latex)
            sign = relation if slope > 0 else flipped[relation]
            return f"{name} {symbols.get(sign, sign)} {value}"

        def side(positive: bool) -> Polynomial:
            return Polynomial(
                tuple(tuple(abs(c) if (c > 0) == positive else 0 for c in row) for row in self.coefficients)
            )

        left, right = (side(positive).format(variables, latex=latex) for positive in (True, False))
        if left == "0":
            left, right, relation = right, left, flipped[relation]
        return f"{left} {symbols.get(relation, relation)} {right}"


@dataclass(frozen=True)
class AlgebraicNumber:
    """A real root of a polynomial in x with integer coefficients, the only one between `lower` and `upper`."""

    approximation: float
    polynomial: Polynomial
    lower: Fraction
    upper: Fraction

    @classmethod
    def _from_native(cls, native: dict[str, Any]) -> AlgebraicNumber:
        return cls(
            native["value"],
            Polynomial._from_native(native["polynomial"]),
            Fraction(native["lower"]),
            Fraction(native["upper"]),
        )

    @classmethod
    def rational(cls, value: Fraction) -> AlgebraicNumber:
        """A fraction as such a number."""
        line = Polynomial(((-value.numerator,), (value.denominator,)))
        return cls(float(value), line, value, value)

    @property
    def exact(self) -> Fraction | None:
        """The number as a fraction; None if it is irrational."""
        return self.lower if self.lower == self.upper else None

    def compare(self, value: Fraction) -> int:
        """-1, 0 or 1: whether the number is below, at or above a rational one."""
        if value >= self.upper:
            return 0 if value == self.exact else -1
        if value <= self.lower:
            return 1
        # Inside the interval the polynomial's sign changes only at the number, which is not rational.
        return -1 if (self.polynomial(value) > 0) == (self.polynomial(self.upper) > 0) else 1

    def __float__(self) -> float:
        return self.approximation

    def format(self, *, latex: bool = False) -> str:
        """A fraction, a quadratic root by radicals, or else the polynomial with the number to six digits."""
        if self.exact is not None:
            n, d = self.exact.numerator, self.exact.denominator
            if not latex or d == 1:
                return str(self.exact)
            return f"{'-' if n < 0 else ''}\\frac{{{abs(n)}}}{{{d}}}"
        if self.polynomial.degree == 2:
            return self._radical(latex)
        name = "x"
        text = self.polynomial.format([name], latex=latex)
        if latex:
            return f"{self.approximation:.6g}\\ldots\\,[{text} = 0]"
        return f"{self.approximation:.6g} (root of {text})"

    def _radical(self, latex: bool) -> str:
        (c,), (b,), (a,) = self.polynomial.coefficients
        # root = factor^2 * rest; small squares are taken out of what is under the radical.
        factor, rest, k = 1, b * b - 4 * a * c, 2
        while k * k <= min(rest, 10**6):
            while rest % (k * k) == 0:
                rest //= k * k
                factor *= k
            k += 1
        common = gcd(b, factor, 2 * a)
        first, second, down = -b // common, factor // common, 2 * a // common
        radical = f"\\sqrt{{{rest}}}" if latex else f"sqrt({rest})"
        if second != 1:
            radical = f"{second}{' ' if latex else '*'}{radical}"
        positive = self.approximation > -b / (2 * a)
        text = (
            f"{first} {'+' if positive else '-'} {radical}" if first else ("" if positive else "-") + radical
        )
        if down == 1:
            return text
        if latex:
            return f"\\frac{{{text}}}{{{down}}}"
        return f"({text})/{down}" if first else f"{text}/{down}"
