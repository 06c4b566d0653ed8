"""Evaluation of checked expressions over rows of numbers.

A row is one point of the sample with one choice of an equilibrium in every game that the expression reads.
Undefined is strict: as no operator can save an undefined operand, one mask for the whole expression says
which rows are defined.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Protocol

import numpy as np

from .check import Expression
from .tree import (
    BOOLEAN,
    Call,
    Chain,
    Comparison,
    Group,
    Key,
    Logical,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Quantifier,
)

_AS_WRITTEN = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
_STRICT = {**_AS_WRITTEN, "<=": np.less, ">=": np.greater}
_WEAK = {**_AS_WRITTEN, "<": np.less_equal, ">": np.greater_equal}


# A minimum of more terms is compared as one number.
MOST_TERMS = 64


class Rows(Protocol):
    """Where an expression's names get their numbers; NaN means undefined."""

    size: int

    def parameter(self, name: str) -> np.ndarray | float: ...

    def outcome(self, model: str, key: str, phase: str | None, name: str) -> np.ndarray: ...

    def over_equilibria(self, join: np.ufunc, values: np.ndarray) -> np.ndarray: ...


@dataclass
class Values:
    """`value[row]`, meaningful where `defined[row]`; `tie[row]`: the strict and the weak reading differ.

    `members` are those of the outermost quantifier and `member_value[member, row]` its body, if there is one
    and it is `all` or `any`.
    """

    value: np.ndarray
    defined: np.ndarray
    tie: np.ndarray
    members: tuple[str, ...] = ()
    member_value: np.ndarray | None = None


@dataclass
class _Pass:
    rows: Rows
    expression: Expression
    comparisons: dict
    defined: np.ndarray
    equal: np.ndarray | None = None
    member_value: np.ndarray | None = None
    cache: dict = field(default_factory=dict)

    def real(self, value) -> np.ndarray:
        self.defined &= np.isfinite(value)
        return value

    def value(self, node: Node, bound: dict[str, str]):
        match node:
            case Number(value=value):
                return value
            case Name():
                return self._name(node, bound)
            case Group(body=body):
                return self.value(body, bound)
            case Negative(body=body):
                return -self.value(body, bound)
            case Chain(operators=operators, terms=terms):
                return self.real(self._chain(operators, [self.value(term, bound) for term in terms]))
            case Call(function=("lowest" | "highest") as function, arguments=arguments):
                values = np.broadcast_to(self.value(arguments[0], bound), (self.rows.size,))
                return self.rows.over_equilibria(np.fmin if function == "lowest" else np.fmax, values)
            case Call(function=function, arguments=arguments):
                return self.real(_call(function, [self.value(argument, bound) for argument in arguments]))
            case Comparison(operator=operator, left=left, right=right):
                return self._comparison(operator, (left, bound), (right, bound))
            case Not(body=body):
                return np.logical_not(self.value(body, bound))
            case Logical(operator=operator, terms=terms):
                join = np.logical_and if operator == "and" else np.logical_or
                result = self.value(terms[0], bound)
                for term in terms[1:]:
                    result = join(result, self.value(term, bound))
                return result
            case Quantifier():
                return self._quantifier(node, bound)
        raise AssertionError(type(node))

    def _comparison(self, operator: str, left: tuple, right: tuple):
        """One comparison; a minimum or maximum is compared term by term, so that a number that is one of the
        terms meets itself, and a number that meets itself is no tie."""
        for side, other, flipped in ((right, left, False), (left, right, True)):
            kind, terms = self._terms(*side)
            if (
                0 < len(terms) <= MOST_TERMS
                and not _has_quantifier(other[0])
                and operator in ("<", "<=", ">", ">=")
            ):
                below = (operator in ("<", "<=")) != flipped
                join = np.logical_and if below == (kind == "min") else np.logical_or
                return join.reduce(
                    np.broadcast_arrays(
                        *(
                            self._comparison(operator, *((term, other) if flipped else (other, term)))
                            for term in terms
                        )
                    )
                )
        a, b = self.value(*left), self.value(*right)
        if _cancels(left, right):
            return _AS_WRITTEN[operator](a, b)
        if self.equal is not None:
            self.equal |= np.equal(a, b)
        return self.comparisons[operator](a, b)

    def _terms(self, node: Node, bound: dict[str, str]) -> tuple[str, list]:
        """The terms of a minimum or maximum, each with its bound variables; none for any other number."""
        match node:
            case Group(body=body):
                return self._terms(body, bound)
            case Call(function=("min" | "max") as kind, arguments=arguments):
                return kind, [(argument, bound) for argument in arguments]
            case Quantifier(kind=("min_over" | "max_over") as kind, variable=variable, body=body):
                members = self.expression.sets[node.set_name]
                return kind.removesuffix("_over"), [(body, {**bound, variable: m}) for m in members]
        return "", []

    def _name(self, node: Name, bound: dict[str, str]):
        key = "" if not node.keys else node.keys[0].text if node.keys[0].quoted else bound[node.keys[0].text]
        if (node.parts, key) not in self.cache:
            if len(node.parts) == 1:
                found = self.rows.parameter(node.parts[0])
            else:
                phase = node.parts[1] if len(node.parts) == 3 else None
                found = self.rows.outcome(node.parts[0], key, phase, node.parts[-1])
            self.cache[node.parts, key] = found
        return self.real(self.cache[node.parts, key])

    @staticmethod
    def _chain(operators, terms):
        result = terms[0]
        for operator, term in zip(operators[1:], terms[1:], strict=True):
            match operator:
                case "+":
                    result = result + term
                case "-":
                    result = result - term
                case "*":
                    result = result * term
                case "/":
                    result = np.divide(result, term)
        return result

    def _quantifier(self, node: Quantifier, bound: dict[str, str]):
        outermost = not bound and outermost_quantifier(self.expression.tree) is node
        members = self.expression.sets[node.set_name]
        result = {"all": True, "any": False, "sum": 0.0, "min_over": np.inf, "max_over": -np.inf}[node.kind]
        join = {
            "all": np.logical_and,
            "any": np.logical_or,
            "sum": np.add,
            "min_over": np.minimum,
            "max_over": np.maximum,
        }[node.kind]
        for i, member in enumerate(members):
            body = self.value(node.body, {**bound, node.variable: member})
            if outermost and self.member_value is not None:
                self.member_value[i] = body
            result = join(result, body)
        return result if node.kind in ("all", "any") else self.real(result)


def _cancels(left: tuple, right: tuple) -> bool:
    """Whether both sides differ by constants only, whatever the outcomes and parameters are."""
    total: Counter = Counter()
    _add_terms(total, left[0], left[1], 1)
    _add_terms(total, right[0], right[1], -1)
    return not any(total.values())


def _has_quantifier(node: object) -> bool:
    if isinstance(node, tuple):
        return any(map(_has_quantifier, node))
    if not isinstance(node, Node):
        return False
    return isinstance(node, Quantifier) or any(_has_quantifier(getattr(node, f.name)) for f in fields(node))


def _add_terms(total: Counter, node: Node, bound: dict[str, str], sign: int) -> None:
    match node:
        case Number():
            return
        case Group(body=body):
            _add_terms(total, body, bound, sign)
        case Negative(body=body):
            _add_terms(total, body, bound, -sign)
        case Chain(operators=operators, terms=terms) if operators[0] == "+":
            for operator, term in zip(operators, terms, strict=True):
                _add_terms(total, term, bound, -sign if operator == "-" else sign)
        case _:
            total[_meaning(node, bound)] += sign


def _meaning(value: object, bound: dict[str, str]):
    """What a part of a tree says, wherever it stands: equal for two parts that are the same number."""
    match value:
        case Group(body=body):
            return _meaning(body, bound)
        case Key(text=text, quoted=quoted):
            return text if quoted else bound.get(text, text)
        case Quantifier():
            inner = {name: member for name, member in bound.items() if name != value.variable}
            return (value.kind, value.variable, value.set_name, _meaning(value.body, inner))
        case Node():
            rest = [getattr(value, f.name) for f in fields(value) if f.name not in ("position", "depth")]
            return (type(value).__name__, *(_meaning(each, bound) for each in rest))
        case tuple():
            return tuple(_meaning(each, bound) for each in value)
    return value


def _call(function: str, arguments: list):
    match function:
        case "min" | "max":
            join = np.minimum if function == "min" else np.maximum
            result = arguments[0]
            for argument in arguments[1:]:
                result = join(result, argument)
            return result
        case "abs":
            return np.abs(arguments[0])
        case "exp":
            return np.exp(arguments[0])
        case "log":
            return np.log(arguments[0])
    raise AssertionError(function)


def outermost_quantifier(tree: Node) -> Quantifier | None:
    """The quantifier that is the whole claim, brackets and negation apart: its members are the witnesses."""
    while isinstance(tree, Group | Not):
        tree = tree.body
    return tree if isinstance(tree, Quantifier) and tree.kind in ("all", "any") else None


def evaluate(expression: Expression, rows: Rows) -> Values:
    """The value of the expression in every row, with the rows where it is undefined or a tie."""
    size = rows.size
    outermost = outermost_quantifier(expression.tree)
    members = expression.sets[outermost.set_name] if outermost else ()
    run = _Pass(
        rows,
        expression,
        _AS_WRITTEN,
        np.ones(size, bool),
        np.zeros(size, bool),
        np.zeros((len(members), size), bool) if outermost else None,
    )
    with np.errstate(all="ignore"):
        value = np.broadcast_to(run.value(expression.tree, {}), (size,))
        tie = np.zeros(size, bool)
        if expression.kind == BOOLEAN and run.equal is not None and run.equal.any():
            readings = [
                _Pass(rows, expression, comparisons, run.defined, cache=run.cache).value(expression.tree, {})
                for comparisons in (_STRICT, _WEAK)
            ]
            tie = np.broadcast_to(readings[0] != readings[1], (size,)) & run.defined
    return Values(value, run.defined, tie, members, run.member_value)
