"""From tree to expression: types, names and sets are checked before any model is solved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from .tree import (
    BOOLEAN,
    NUMBER,
    Call,
    Chain,
    ClaimError,
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

MAX_EXPANSIONS = 10**6
PHASES = ("end", "window")


@dataclass(frozen=True)
class ModelSchema:
    """What an expression may read of one model instance.

    `keys` are the members over which the instance is solved (None: it is solved once and takes no index);
    `windows` those members that have a window phase beside the end phase.
    """

    outcomes: frozenset[str]
    unmixed: frozenset[str] = frozenset()
    keys: tuple[str, ...] | None = None
    windows: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Schema:
    """The names that exist for an expression."""

    parameters: frozenset[str]
    models: Mapping[str, ModelSchema] = field(default_factory=dict)
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class Game:
    """One game that is solved at every point: a model instance, its key ("" without index) and its phase."""

    model: str
    key: str
    phase: str


@dataclass(frozen=True)
class Expression:
    """A checked expression: `kind` is BOOLEAN or NUMBER, `reads` the games and `parameters` the names it
    depends on."""

    text: str
    kind: str
    tree: Node
    reads: frozenset[Game]
    parameters: frozenset[str]
    sets: Mapping[str, tuple[str, ...]]
    warnings: tuple[str, ...]


def closest(name: str, existing: Iterable[str]) -> str:
    """What exists, for an error message: the closest match first, and the list itself where it is short."""
    existing = sorted(existing)
    if not existing:
        return "none exists"
    match = get_close_matches(name, existing, n=1, cutoff=0.5)
    listed = (
        ", ".join(existing)
        if len(existing) <= 12
        else f"{', '.join(existing[:12])} and {len(existing) - 12} more"
    )
    return (f"closest is '{match[0]}'; " if match else "") + f"there are {listed}"


class _Checker:
    def __init__(self, schema: Schema):
        self.schema = schema
        self.reads: set[Game] = set()
        self.parameters: set[str] = set()
        self.warnings: list[str] = []

    def kind(self, node: Node, bound: dict[str, str], expansions: int = 1) -> str:
        """The type of a node, given the set of every bound variable; collects what the node reads."""
        match node:
            case Number():
                return NUMBER
            case Name():
                self._name(node, bound)
                return NUMBER
            case Group(body=body):
                return self.kind(body, bound, expansions)
            case Negative(body=body):
                return self._require(NUMBER, "-", [body], bound, expansions)
            case Chain(operators=operators, terms=terms):
                return self._require(NUMBER, operators[-1], terms, bound, expansions)
            case Call(function=("lowest" | "highest") as function, arguments=arguments):
                outside, self.reads = self.reads, set()
                kind = self._require(NUMBER, function, arguments, bound, expansions)
                if not self.reads:
                    raise ClaimError(
                        f"found '{function}' of a number that reads no outcome, expected an outcome: it ranges"
                        " over equilibria (min and max compare numbers, min_over and max_over members of a set)",
                        node.position,
                    )
                self.reads |= outside
                return kind
            case Call(function=function, arguments=arguments):
                return self._require(NUMBER, function, arguments, bound, expansions)
            case Comparison(operator=operator, left=left, right=right):
                self._require(NUMBER, operator, (left, right), bound, expansions)
                if operator in ("==", "!="):
                    self._equality(node)
                return BOOLEAN
            case Not(body=body):
                return self._require(BOOLEAN, "not", [body], bound, expansions)
            case Logical(operator=operator, terms=terms):
                return self._require(BOOLEAN, operator, terms, bound, expansions)
            case Quantifier():
                return self._quantifier(node, bound, expansions)
        raise AssertionError(type(node))

    def _require(self, kind: str, operator: str, operands, bound, expansions) -> str:
        for operand in operands:
            found = self.kind(operand, bound, expansions)
            if found != kind:
                raise ClaimError(
                    f"found {found} as operand of '{operator}', expected {kind}", operand.position
                )
        return kind

    def _equality(self, node: Comparison) -> None:
        sides = [
            side for side in (node.left, node.right) if isinstance(side, Number) and side.value in (0.0, 1.0)
        ]
        if not sides:
            instead = "<=" if node.operator == "==" else ">"
            raise ClaimError(
                f"found '{node.operator}' between two reals, expected one side to be 0 or 1; write abs(left -"
                f" right) {instead} 0.001, with the largest difference that does not matter to you",
                node.position,
            )
        self.warnings.append(
            f"position {node.position}: '{node.operator}' compares a real with {sides[0].value:g} exactly"
        )

    def _quantifier(self, node: Quantifier, bound, expansions) -> str:
        if node.set_name not in self.schema.sets:
            raise ClaimError(
                f"found the unknown set '{node.set_name}', {closest(node.set_name, self.schema.sets)}",
                node.set_position,
            )
        if node.variable in bound:
            raise ClaimError(f"found '{node.variable}' bound twice, expected a new name", node.position)
        if node.variable in self.schema.parameters or node.variable in self.schema.models:
            raise ClaimError(
                f"found the bound variable '{node.variable}', which is also a parameter or a model,"
                " expected a new name",
                node.position,
            )
        members = self.schema.sets[node.set_name]
        if not members and node.kind in ("min_over", "max_over"):
            raise ClaimError(
                f"found '{node.kind}' over the empty set '{node.set_name}', expected a member", node.position
            )
        expansions *= max(len(members), 1)
        if expansions > MAX_EXPANSIONS:
            raise ClaimError(
                f"found {expansions} combinations of set members, expected at most {MAX_EXPANSIONS}",
                node.position,
            )
        kind = BOOLEAN if node.kind in ("all", "any") else NUMBER
        found = self.kind(node.body, {**bound, node.variable: node.set_name}, expansions)
        if found != kind:
            raise ClaimError(
                f"found {found} as the body of '{node.kind}', expected {kind}", node.body.position
            )
        return kind

    def _name(self, node: Name, bound: Mapping[str, str]) -> None:
        name = ".".join(node.parts)
        if len(node.parts) == 1:
            self._parameter(node, name, bound)
            return
        models = self.schema.models
        if node.parts[0] not in models:
            raise ClaimError(
                f"found '{name}', but '{node.parts[0]}' is no model, {closest(node.parts[0], models)}",
                node.position,
            )
        model = models[node.parts[0]]
        if len(node.parts) > 3:
            raise ClaimError(f"found '{name}', expected model.outcome or model.phase.outcome", node.position)
        outcome, phase = node.parts[-1], node.parts[1] if len(node.parts) == 3 else None
        if phase is not None and phase not in PHASES:
            raise ClaimError(f"found the unknown phase '{phase}', {closest(phase, PHASES)}", node.position)
        if outcome not in model.outcomes:
            raise ClaimError(
                f"found the unknown outcome '{outcome}' of {node.parts[0]},"
                f" {closest(outcome, model.outcomes)}",
                node.position,
            )
        if phase is None and outcome in model.unmixed and model.windows:
            raise ClaimError(
                f"found '{name}', which belongs to one phase only, expected"
                f" {node.parts[0]}.end.{outcome} or {node.parts[0]}.window.{outcome}",
                node.position,
            )
        for key in self._keys(node, model, bound):
            phases = {"end"} if key not in model.windows else set(PHASES)
            wanted = phases if phase is None else phases & {phase}
            self.reads.update(Game(node.parts[0], key, each) for each in wanted)

    def _parameter(self, node: Name, name: str, bound: Mapping[str, str]) -> None:
        if name in bound:
            raise ClaimError(
                f"found the bound variable '{name}' as a number, expected it in an index", node.position
            )
        if name not in self.schema.parameters:
            raise ClaimError(
                f"found the unknown name '{name}', {closest(name, self.schema.parameters)}", node.position
            )
        if node.keys:
            raise ClaimError(f"found an index on the parameter '{name}', expected none", node.position)
        self.parameters.add(name)

    def _keys(self, node: Name, model: ModelSchema, bound: Mapping[str, str]) -> tuple[str, ...]:
        name, expected = ".".join(node.parts), 0 if model.keys is None else 1
        if len(node.keys) != expected:
            raise ClaimError(f"found {len(node.keys)} keys of '{name}', expected {expected}", node.position)
        if model.keys is None:
            return ("",)
        key: Key = node.keys[0]
        if key.quoted:
            if key.text not in model.keys:
                raise ClaimError(
                    f"found the unknown key '{key.text}' of '{name}', {closest(key.text, model.keys)}",
                    key.position,
                )
            return (key.text,)
        if key.text not in bound:
            raise ClaimError(
                f"found '{key.text}' in the index of '{name}', expected a quoted member or a bound"
                f" variable, {closest(key.text, bound)}",
                key.position,
            )
        members = self.schema.sets[bound[key.text]]
        stranger = next((member for member in members if member not in model.keys), None)
        if stranger is not None:
            raise ClaimError(
                f"found '{key.text}' over the set '{bound[key.text]}', whose member '{stranger}' is no key"
                f" of '{name}', {closest(stranger, model.keys)}",
                key.position,
            )
        return members


def check(text: str, schema: Schema, kind: str = BOOLEAN) -> Expression:
    """Parses a text and checks it against the schema; `kind` is the type that it must have.

    Raises ClaimError with the position for whatever is not of the language, not of that type or does not
    exist.
    """
    from .grammar import parse  # with its parser generator, for those who read claims

    tree = parse(text)
    checker = _Checker(schema)
    found = checker.kind(tree, {})
    if found != kind:
        raise ClaimError(f"found {found}, expected {kind}", tree.position)
    return Expression(
        text,
        kind,
        tree,
        frozenset(checker.reads),
        frozenset(checker.parameters),
        schema.sets,
        tuple(checker.warnings),
    )
