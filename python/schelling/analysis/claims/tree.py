"""The typed tree of the claim language: what a parsed claim consists of."""

from __future__ import annotations

from dataclasses import dataclass

from ..._core import ParseError

BOOLEAN = "a truth value"
NUMBER = "a number"


class ClaimError(ParseError):
    """A text that is no claim, or names what does not exist; `position` counts characters from 1."""

    def __init__(self, message: str, position: int):
        super().__init__(message)
        self.position = position


@dataclass(frozen=True)
class Node:
    """One node; `position` counts characters of the text from 1, `depth` the nesting under it."""

    position: int
    depth: int


@dataclass(frozen=True)
class Number(Node):
    value: float


@dataclass(frozen=True)
class Key:
    """One entry of an index: a quoted member of a set, or a bound variable."""

    position: int
    text: str
    quoted: bool


@dataclass(frozen=True)
class Name(Node):
    parts: tuple[str, ...]
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Call(Node):
    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Group(Node):
    """A bracketed expression; kept as a node because brackets count towards the depth."""

    body: Node


@dataclass(frozen=True)
class Negative(Node):
    body: Node


@dataclass(frozen=True)
class Chain(Node):
    """Sums (+ -) and products (* /) from left to right; the first operator is + or *."""

    operators: tuple[str, ...]
    terms: tuple[Node, ...]


@dataclass(frozen=True)
class Comparison(Node):
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Not(Node):
    body: Node


@dataclass(frozen=True)
class Logical(Node):
    """A chain of `and` or of `or`."""

    operator: str
    terms: tuple[Node, ...]


@dataclass(frozen=True)
class Quantifier(Node):
    """`all`, `any`, `sum`, `min_over` or `max_over` of the body over the members of a set."""

    kind: str
    variable: str
    set_name: str
    set_position: int
    body: Node
