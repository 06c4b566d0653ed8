"""Reading a case file; all refusals at once, each one sentence that names file, line, table, key, found and expected."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from .._core import ParseError, SchellingError
from .case_binding import (
    Bound,
    BuiltOnBroken,
    Names,
    bind_instance,
    check_cells,
    model_domains,
    model_schema,
    refuse_unknown_attributes,
    with_domains,
)
from .case_records import (
    CaseRecord,
    Claim,
    Domain,
    Evidence,
    Link,
    ModelInstance,
    Parameter,
    PhaseDiagram,
    Policy,
    Threshold,
)
from .claims import Expression, Schema
from .toml_lines import line_of
from .toml_table import Table, quoted

SCHEMA = 1
SETS_OF_POLICIES = "policies"

AnyCase = TypeVar("AnyCase", bound=CaseRecord)


def read_case(path: Path, models: Mapping[str, type], kind: type[AnyCase]) -> AnyCase:
    """Reads the case at a path, as an instance of that class; `models` are model classes beside the library's."""
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParseError(f"{path.name}: found a text that is not TOML: {error}") from None
    return kind(**_Reader(path, text, content, models).read())


class _Reader:
    def __init__(self, path: Path, text: str, content: dict[str, Any], models: Mapping[str, type]):
        self.path, self.text = path, text
        self.classes = library_models() | dict(models)
        self.names = Names(path.name)
        self.one_of, self.guard = self.names.one_of, self.names.guard
        self.top = Table(content, path.name, "", self.guard)

    def read(self) -> dict[str, Any]:
        """The fields of a `CaseRecord`; raises ParseError with every refusal."""
        schema = self._each(lambda: self.top.integer("schema"))[0]
        if schema is not None and schema != SCHEMA:
            with self.guard():
                self.top.fail("schema", f"found {schema}, expected {SCHEMA}")
        head = None
        with self.guard():
            head = self.top.table("case")
        keys = ("id", "title", "as_of", "source", "about")
        facts = dict.fromkeys(keys)
        if head is not None:
            values = self._each(
                partial(head.text, "id"),
                partial(head.text, "title"),
                partial(head.date, "as_of"),
                partial(head.text, "source", ""),
                partial(head.text, "about", ""),
            )
            facts = dict(zip(keys, values, strict=True))
        actors = self._part(self._actors, {})
        self.evidence = self._part(self._evidence, {})
        self.parameters = self._part(lambda: self._parameters(facts["as_of"] or datetime.date.max), {})
        self.policies = self._part(self._policies, {})
        self.sets = self._part(self._sets, {})
        self.models = self._part(self._models, {})
        self._bind()
        links = self._part(lambda: self._links(actors), ())
        claims = self._part(self._claims, ())
        history_filter, history_says = None, ""
        if head is not None:
            history_filter, history_says = self._each(
                lambda: self._condition(head, "history_filter", None), partial(head.text, "history_says", "")
            )
            self._finish(head)
        diagrams, tree = self._part(self._report, ((), None))
        self._finish(self.top)
        self._refuse_unused()
        if self.names.errors:
            raise ParseError(self._refusal())
        return dict(
            path=self.path,
            **facts,
            actors=actors,
            sets=self.sets,
            evidence=self.evidence,
            parameters=self.parameters,
            policies=tuple(self.policies.values()),
            models=self.models,
            links=links,
            claims=claims,
            history_filter=history_filter,
            history_says=history_says,
            phase_diagrams=diagrams,
            tree=tree,
            warnings=tuple(self.names.warnings),
            bound=self.bound,
        )

    def _refusal(self) -> str:
        """All refusals, one on a line, in the order of the file."""
        placed = []
        for error in dict.fromkeys(self.names.errors):
            where = error.removeprefix(f"{self.path.name}: ").split(": ")[0]
            misspelt = re.search(r": found nothing but '([^']+)'", error)
            if misspelt:
                where = " ".join([*where.split()[:-1], misspelt[1]])
            line = line_of(self.text, where)
            at = f"{self.path.name}:{line}:" if line else f"{self.path.name}:"
            placed.append((line or 0, at + error.removeprefix(f"{self.path.name}:")))
        return "\n".join(error for _, error in sorted(placed, key=lambda each: each[0]))

    def _each(self, *reads: Callable[[], Any]) -> list[Any]:
        """What each of them reads; None where it was refused."""
        found = [None] * len(reads)
        for i, read in enumerate(reads):
            with self.guard():
                found[i] = read()
        return found

    def _row(self, table: Table, *reads: Callable[[], Any]) -> list[Any]:
        """As `_each`, with what nobody asked for refused too; a row with a refusal is not built."""
        before = self.names.refusals
        found = self._each(*reads)
        self._finish(table)
        if self.names.refusals > before:
            raise BuiltOnBroken
        return found

    def _finish(self, table: Table) -> None:
        for key in table.unknown():
            close = get_close_matches(key, table.missing, n=1)
            if close:
                # One slip of the pen is one error: what is missing was written, but misspelt.
                missing = f"{table.file}: {' '.join(filter(None, (table.name, close[0])))}: found nothing"
                self.names.errors = [
                    error.replace("found nothing", f"found nothing but '{key}'")
                    if error.startswith(missing)
                    else error
                    for error in self.names.errors
                ]
                continue
            with self.guard():
                table.refuse(key)

    def _part(self, read: Callable[[], Any], otherwise: Any) -> Any:
        """A whole part of the file; if that cannot be read, nobody knows which names exist."""
        with self.guard():
            return read()
        self.names.lost = True
        return otherwise

    def _condition(self, table: Table, key: str, *default: None) -> Expression | None:
        text = table.text(key, *default)
        return text and self.names.condition(text, table, key)

    # --- the nouns of the file, in its order ---

    def _actors(self) -> dict[str, str]:
        table = self.top.table("actors", required=False)
        found = {}
        for name in table.content:
            with self.guard(name):
                found[name] = table.text(name)
        return found

    def _evidence(self) -> dict[str, Evidence]:
        found = {}
        for name, table in self.top.named_tables("evidence").items():
            with self.guard(name):
                found[name] = Evidence(
                    name,
                    *self._row(
                        table,
                        partial(table.text, "finding"),
                        partial(table.text, "citation"),
                        partial(table.choice, "status", ("read", "verify", "analyst")),
                        partial(table.text, "suggests", ""),
                        partial(table.text, "caution", ""),
                        partial(table.boolean, "context", False),
                    ),
                )
        return found

    def _evidence_ids(self, table: Table, default: Any) -> tuple[str, ...]:
        ids = table.texts("evidence", default)
        for name in ids:
            if name not in self.names.broken and not self.names.lost:
                self.one_of(name, self.evidence, table, "evidence", "evidence")
        self.names.used_evidence |= set(ids)
        return ids

    def _parameters(self, as_of) -> dict[str, Parameter]:
        found = {}
        for name, table in self.top.named_tables("parameters").items():
            with self.guard(name):
                found[name] = self._parameter(name, table, as_of)
        return found

    def _parameter(self, name: str, table: Table, as_of: datetime.date) -> Parameter:
        if not name.isidentifier() or not name.isascii():
            table.fail("", f"found the name '{name}', expected letters, digits and underscores")

        def cited() -> tuple[str, ...]:
            if ids := self._evidence_ids(table, ()):
                return ids
            table.fail("evidence", "found no evidence, expected at least one id (a judgement is 'analyst')")

        value, unit, meaning, ids, examined, scale, draw, symbol, date, ends = self._row(
            table,
            lambda: table.number("value"),
            lambda: table.text("unit"),
            lambda: table.text("meaning"),
            cited,
            lambda: table.interval("range", None),
            lambda: table.choice("scale", ("linear", "log"), "linear"),
            lambda: table.choice("draw", ("uniform", "triangular"), "uniform"),
            lambda: table.text("symbol", ""),
            lambda: table.date("as_of", as_of),
            lambda: table.interval("domain", None),
        )
        domain = Domain(ends[0], ends[1], False, False) if ends else Domain()
        if unit == "probability":
            domain = domain.intersect(Domain(0, 1, False, False))
        found = Parameter(name, value, unit, meaning, ids, examined, scale, draw, symbol, date, domain)
        _check_range(found, table)
        if date > as_of:
            table.fail("as_of", f"found {date}, expected no date after the case's {as_of}")
        return found

    def _policies(self) -> dict[str, Policy]:
        rows = {table.text("id"): table for table in self.top.listed_tables("policies", "id", required=True)}
        self.names.lost |= self.top.nameless
        self.rows = set(rows)
        found: dict[str, Policy] = {}

        def build(name: str, above: tuple[str, ...]) -> Policy:
            if name in found:
                return found[name]
            before = self.names.refusals
            table = rows[name]
            if name in self.names.broken:
                raise BuiltOnBroken(name)
            if name in above:
                table.fail("base", f"found the cycle {' -> '.join([*above, name])}, expected rows that end")
            base = None
            if "base" in table:
                base = build(self.one_of(table.text("base"), rows, table, "base", "policy"), (*above, name))
            hidden = table.boolean("hidden", False)
            label = table.text("name", name) if hidden else table.text("name")
            meaning = table.text("meaning", "")
            attributes = {**(base.attributes if base else {}), **table.cells("attributes")}
            window = {**((base.window if base else None) or {}), **table.cells("window")}
            if not attributes:
                table.fail("attributes", "found nothing, expected the policy's attributes")
            if window and "lag" not in window:
                table.fail("window", "found no 'lag', expected the years until accession")
            self._finish(table)
            if self.names.refusals > before:
                raise BuiltOnBroken(name)
            for part, own, inherited in (
                ("attributes", table.content.get("attributes", {}), attributes),
                ("window", table.content.get("window", {}), window),
            ):
                for key in inherited:
                    if base is not None and key not in own:
                        above = (base.id, part, key)
                        self.names.written[name, part, key] = self.names.written.get(above, base.id)
            found[name] = Policy(name, label, attributes, window or None, hidden, meaning)
            return found[name]

        for name in rows:
            with self.guard(name):
                build(name, ())
        return {name: found[name] for name in rows if name in found}

    def _sets(self) -> dict[str, tuple[str, ...]]:
        sets = {SETS_OF_POLICIES: tuple(p.id for p in self.policies.values() if not p.hidden)}
        table = self.top.table("sets", required=False)
        for name in table.content:
            with self.guard(None if name == SETS_OF_POLICIES else name):
                if name == SETS_OF_POLICIES:
                    table.fail(name, "found a set of that name, which is built from the visible policies")
                members = table.texts(name)
                sets[name] = tuple(member for member in members if member in self.policies)
                for member in members:
                    with self.guard():
                        self.one_of(member, self.policies, table, name, "policy")
        return sets

    def _models(self) -> dict[str, ModelInstance]:
        found = {}
        for name, table in self.top.named_tables("models").items():
            self.names.broken_models.add(name)
            with self.guard(name):
                if name in self.parameters:
                    table.fail(
                        "", f"found the name '{name}', which is also a parameter, expected a name of its own"
                    )
                use = self.one_of(table.text("use"), self.classes, table, "use", "model")
                per = table.choice("per", (SETS_OF_POLICIES,), None)
                options = table.table("options", required=False).content
                try:
                    model = self.classes[use](**options)
                except (SchellingError, TypeError, ValueError) as error:
                    table.fail("options", f"found {quoted(options)}, but {use} refuses it: {error}")
                found[name] = ModelInstance(name, use, model, per is not None, table.cells("bind"), options)
                self._finish(table)
                self.names.broken_models.discard(name)
        return found

    def _bind(self) -> None:
        policies = list(self.policies.values())
        self.names.schema = Schema(frozenset(self.top.content.get("parameters", ())))
        if not (self.names.broken_models or self.names.lost):
            refuse_unknown_attributes(self.names, policies, self.models.values())
        self.bound: Bound = {}
        for name, instance in self.models.items():
            cells, self.models[name] = bind_instance(self.names, instance, policies, self.parameters)
            self.bound |= cells
        self.parameters = with_domains(self.names, self.parameters, self.bound)
        check_cells(self.names, self.parameters, self.bound)
        # A policy that was refused exists all the same.
        keys = [*self.policies, *sorted(self.names.broken & self.rows - set(self.policies))]
        schemas = {name: model_schema(instance, keys, self.bound) for name, instance in self.models.items()}
        self.names.schema = Schema(self.names.schema.parameters, schemas, self.sets)

    # --- what is asked of the models ---

    def _links(self, actors: Mapping[str, str]) -> tuple[Link, ...]:
        links: list[Link] = []
        edges: dict[str, set[str]] = {}
        for table in self.top.listed_tables("links", None):
            with self.guard():
                model, _, parameter = table.text("to").partition(".")
                self.one_of(model, self.models, table, "to", "model")
                self.one_of(
                    parameter, model_domains(self.models[model].model), table, "to", f"parameter of {model}"
                )
                unindexed = Schema(
                    self.names.schema.parameters,
                    {
                        name: replace(each, keys=None, windows=frozenset())
                        for name, each in self.names.schema.models.items()
                    },
                )
                source = self.names.number(table.text("from"), table, "from", unindexed)
                selection = table.choice("selection", ("best", "worst"), None)
                actor = None
                if selection:
                    actor = self.one_of(table.text("actor"), actors, table, "actor", "actor")
                table.finish()
                edges.setdefault(model, set()).update(game.model for game in source.reads)
                cycle = _cycle(edges)
                if cycle:
                    table.fail("to", f"found the cycle {' -> '.join(cycle)}, expected links that end")
                links.append(Link((model, parameter), source, selection, actor))
        return tuple(links)

    def _claims(self) -> tuple[Claim, ...]:
        tables = {table.text("id"): table for table in self.top.listed_tables("claims", "id")}
        claims = []
        for name, table in tables.items():
            with self.guard(name):
                claims.append(Claim(name, *self._row(table, *self._claim(table, tables))))
        return tuple(claims)

    def _claim(self, table: Table, tables: Mapping[str, Table]) -> tuple[Callable[[], Any], ...]:
        """What is read of a claim, in the order of its fields."""

        def companion() -> str | None:
            name = table.text("companion_of", None)
            if name is not None and name not in tables:
                self.one_of(name, tables, table, "companion_of", "claim")
            return name

        return (
            lambda: table.text("says"),
            lambda: table.text("source"),
            lambda: self._condition(table, "expr"),
            companion,
            lambda: self._condition(table, "moot_if", None),
            lambda: self._evidence_ids(table, ()),
            lambda: self._encodes(table),
            lambda: self._threshold(table),
        )

    def _encodes(self, table: Table) -> dict[str, Expression]:
        found = {}
        for name, text in table.cells("encodes").items():
            with self.guard():
                self.one_of(name, self.parameters, table, "encodes", "parameter")
                found[name] = self.names.number(text, table, f"encodes {name}")
        return found

    def _threshold(self, table: Table) -> Threshold | None:
        if "threshold" not in table:
            return None
        inner = table.table("threshold")
        vary = self.one_of(inner.text("vary"), self.parameters, inner, "vary", "parameter")
        ends = inner.interval("range")
        for end in ends:
            if not self.parameters[vary].domain.contains(end):
                inner.fail("range", f"found {end:g}, expected {self.parameters[vary].domain}")
        inner.finish()
        return Threshold(vary, ends)

    def _report(self) -> tuple[tuple[PhaseDiagram, ...], str | None]:
        if "report" not in self.top:
            return (), None
        table = self.top.table("report")
        diagrams = []
        for each in table.listed_tables("phase_diagram", None):
            with self.guard():
                diagrams.append(self._phase_diagram(each))
        tree = None
        with self.guard():
            tree = table.text("tree", None)
            if tree is not None:
                self.one_of(tree, self.policies, table, "tree", "policy")
        self._finish(table)
        return tuple(diagrams), tree

    def _phase_diagram(self, table: Table) -> PhaseDiagram:
        for axis in ("x", "y"):
            name = self.one_of(table.text(axis), self.parameters, table, axis, "parameter")
            if self.parameters[name].range is None:
                table.fail(axis, f"found the fixed parameter '{name}', expected one with a range")
        policy = self.one_of(table.text("policy"), self.policies, table, "policy", "policy")
        name = table.text("outcome")
        known = {
            f"{model}.{outcome}": (model, outcome)
            for model, schema in self.names.schema.models.items()
            for outcome in schema.outcomes
        }
        if len(self.models) == 1 and "." not in name:
            name = f"{next(iter(self.models))}.{name}"
        if name not in known and self.names.broken_models:
            raise BuiltOnBroken(name)
        model, outcome = known[self.one_of(name, known, table, "outcome", "outcome")]
        table.finish()
        return PhaseDiagram(table.text("x"), table.text("y"), policy, model, outcome)

    def _refuse_unused(self) -> None:
        def unread(name: str) -> bool:
            # Beside other refusals, what would have read it may be among what was not looked at.
            return not self.names.errors or len(re.findall(rf"\b{re.escape(name)}\b", self.text)) == 1

        free = sorted({name for instance in self.models.values() for name in instance.unbound})
        unused = [
            f"[parameters.{name}]: found a parameter that nothing uses, expected a model, cell or claim that reads it"
            + (
                f"; closest is '{close[0]}' of a model"
                if (close := get_close_matches(name, free, n=1))
                else ""
            )
            for name in self.parameters
            if name not in self.names.used_parameters and unread(name)
        ]
        unused += [
            f"[evidence.{name}]: found evidence that nothing uses, expected a parameter or claim that cites it, or"
            " context = true"
            for name, row in self.evidence.items()
            if name not in self.names.used_evidence and not row.context and unread(name)
        ]
        self.names.errors += [f"{self.path.name}: {error}" for error in unused]


def library_models() -> dict[str, type]:
    """The model classes of the library and of installed packages by name."""
    from ..models import available

    return available()


def _check_range(parameter: Parameter, table: Table) -> None:
    if parameter.range is None:
        for key, found, default in (
            ("scale", parameter.scale, "linear"),
            ("draw", parameter.draw, "uniform"),
        ):
            if found != default:
                table.fail(key, f"found '{found}' without a range, expected a range")
        return
    low, high = parameter.range
    if not low <= parameter.value <= high:
        expected = f"expected a number in [{low:g}, {high:g}]"
        table.fail("value", f"found {parameter.value:g} outside the range, {expected}")
    if parameter.scale == "log" and low <= 0:
        table.fail("range", f"found the low end {low:g} on a log scale, expected a positive number")


def _cycle(edges: Mapping[str, set[str]]) -> list[str]:
    """A cycle of the directed graph, or nothing."""

    def search(node: str, above: list[str]) -> list[str]:
        if node in above:
            return [*above[above.index(node) :], node]
        for target in sorted(edges.get(node, ())):
            found = search(target, [*above, node])
            if found:
                return found
        return []

    return next((found for node in sorted(edges) if (found := search(node, []))), [])
