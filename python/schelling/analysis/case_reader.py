"""Reading a case file; a refusal is one sentence that names file, table, key, found and expected."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from .._core import ParseError, SchellingError
from .case_binding import (
    Bound,
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
from .toml_table import Table, quoted

SCHEMA = 1
SETS_OF_POLICIES = "policies"

AnyCase = TypeVar("AnyCase", bound=CaseRecord)


def read_case(path: Path, models: Mapping[str, type], kind: type[AnyCase]) -> AnyCase:
    """Reads the case at a path, as an instance of that class; `models` are model classes beside the library's."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParseError(f"{path.name}: found a text that is not TOML: {error}") from None
    return kind(**_Reader(path, content, models).read())


class _Reader:
    def __init__(self, path: Path, content: dict[str, Any], models: Mapping[str, type]):
        self.path = path
        self.top = Table(content, path.name, "")
        self.classes = library_models() | dict(models)
        self.names = Names(path.name)
        self.one_of = self.names.one_of

    def read(self) -> dict[str, Any]:
        """The fields of a `CaseRecord`."""
        schema = self.top.integer("schema")
        if schema != SCHEMA:
            self.top.fail("schema", f"found {schema}, expected {SCHEMA}")
        head = self.top.table("case")
        facts = {
            "id": head.text("id"),
            "title": head.text("title"),
            "as_of": head.date("as_of"),
            "source": head.text("source", ""),
            "about": head.text("about", ""),
        }
        actors = self._actors()
        self.evidence = self._evidence()
        self.parameters = self._parameters(facts["as_of"])
        self.policies = self._policies()
        self.sets = self._sets()
        self.models = self._models()
        self._bind()
        links = self._links(actors)
        claims = self._claims()
        history = head.text("history_filter", None)
        history_says = head.text("history_says", "")
        history_filter = history and self.names.condition(history, head, "history_filter")
        head.finish()
        diagrams, tree = self._report()
        self.top.finish()
        self._refuse_unused()
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

    # --- the nouns of the file, in its order ---

    def _actors(self) -> dict[str, str]:
        table = self.top.table("actors", required=False)
        return {name: table.text(name) for name in table.content}

    def _evidence(self) -> dict[str, Evidence]:
        found = {}
        for name, table in self.top.named_tables("evidence").items():
            found[name] = Evidence(
                name,
                table.text("finding"),
                table.text("citation"),
                table.choice("status", ("read", "verify", "analyst")),
                table.text("suggests", ""),
                table.text("caution", ""),
                table.boolean("context", False),
            )
            table.finish()
        return found

    def _evidence_ids(self, table: Table, default: Any) -> tuple[str, ...]:
        ids = table.texts("evidence", default)
        for name in ids:
            self.one_of(name, self.evidence, table, "evidence", "evidence")
        self.names.used_evidence |= set(ids)
        return ids

    def _parameters(self, as_of) -> dict[str, Parameter]:
        found = {}
        for name, table in self.top.named_tables("parameters").items():
            if not name.isidentifier() or not name.isascii():
                table.fail("", f"found the name '{name}', expected letters, digits and underscores")
            unit = table.text("unit")
            ends = table.interval("domain", None)
            domain = Domain(ends[0], ends[1], False, False) if ends else Domain()
            if unit == "probability":
                domain = domain.intersect(Domain(0, 1, False, False))
            ids = self._evidence_ids(table, ())
            if not ids:
                table.fail(
                    "evidence", "found no evidence, expected at least one id (a judgement is 'analyst')"
                )
            found[name] = Parameter(
                name,
                table.number("value"),
                unit,
                table.text("meaning"),
                ids,
                table.interval("range", None),
                table.choice("scale", ("linear", "log"), "linear"),
                table.choice("draw", ("uniform", "triangular"), "uniform"),
                table.text("symbol", ""),
                table.date("as_of", as_of),
                domain,
            )
            _check_range(found[name], table)
            if found[name].as_of > as_of:
                table.fail("as_of", f"found {found[name].as_of}, expected no date after the case's {as_of}")
            table.finish()
        return found

    def _policies(self) -> dict[str, Policy]:
        rows = {table.text("id"): table for table in self.top.listed_tables("policies", "id", required=True)}
        found: dict[str, Policy] = {}

        def build(name: str, above: tuple[str, ...]) -> Policy:
            if name in found:
                return found[name]
            table = rows[name]
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
            table.finish()
            found[name] = Policy(name, label, attributes, window or None, hidden, meaning)
            return found[name]

        for name in rows:
            build(name, ())
        return {name: found[name] for name in rows}

    def _sets(self) -> dict[str, tuple[str, ...]]:
        sets = {SETS_OF_POLICIES: tuple(p.id for p in self.policies.values() if not p.hidden)}
        table = self.top.table("sets", required=False)
        for name in table.content:
            if name == SETS_OF_POLICIES:
                table.fail(name, "found a set of that name, which is built from the visible policies")
            sets[name] = table.texts(name)
            for member in sets[name]:
                self.one_of(member, self.policies, table, name, "policy")
        return sets

    def _models(self) -> dict[str, ModelInstance]:
        found = {}
        for name, table in self.top.named_tables("models").items():
            if name in self.parameters:
                table.fail(
                    "", f"found the name '{name}', which is also a parameter, expected a name of its own"
                )
            use = self.one_of(table.text("use"), self.classes, table, "use", "model")
            per = table.choice("per", (SETS_OF_POLICIES,), None)
            options = table.table("options", required=False).content
            try:
                model = self.classes[use](**options)
            except (SchellingError, TypeError) as error:
                table.fail("options", f"found {quoted(options)}, but {use} refuses it: {error}")
            found[name] = ModelInstance(name, use, model, per is not None, table.cells("bind"), options)
            table.finish()
        return found

    def _bind(self) -> None:
        policies = list(self.policies.values())
        self.names.schema = Schema(frozenset(self.parameters))
        refuse_unknown_attributes(self.names, policies, self.models.values())
        self.bound: Bound = {}
        for name, instance in self.models.items():
            cells, self.models[name] = bind_instance(self.names, instance, policies, self.parameters)
            self.bound |= cells
        self.parameters = with_domains(self.names, self.parameters, self.bound)
        check_cells(self.parameters, self.bound)
        schemas = {
            name: model_schema(instance, policies, self.bound) for name, instance in self.models.items()
        }
        self.names.schema = Schema(frozenset(self.parameters), schemas, self.sets)

    # --- what is asked of the models ---

    def _links(self, actors: Mapping[str, str]) -> tuple[Link, ...]:
        links: list[Link] = []
        edges: dict[str, set[str]] = {}
        for table in self.top.listed_tables("links", None):
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
            companion = table.text("companion_of", None)
            if companion is not None:
                self.one_of(companion, tables, table, "companion_of", "claim")
            condition = table.text("moot_if", None)
            claims.append(
                Claim(
                    name,
                    table.text("says"),
                    table.text("source"),
                    self.names.condition(table.text("expr"), table, "expr"),
                    companion,
                    condition and self.names.condition(condition, table, "moot_if"),
                    self._evidence_ids(table, ()),
                    self._encodes(table),
                    self._threshold(table),
                )
            )
            table.finish()
        return tuple(claims)

    def _encodes(self, table: Table) -> dict[str, Expression]:
        found = {}
        for name, text in table.cells("encodes").items():
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
        diagrams = [self._phase_diagram(each) for each in table.listed_tables("phase_diagram", None)]
        tree = table.text("tree", None)
        if tree is not None:
            self.one_of(tree, self.policies, table, "tree", "policy")
        table.finish()
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
        model, outcome = known[self.one_of(name, known, table, "outcome", "outcome")]
        table.finish()
        return PhaseDiagram(table.text("x"), table.text("y"), policy, model, outcome)

    def _refuse_unused(self) -> None:
        for name in self.parameters:
            if name not in self.names.used_parameters:
                raise ParseError(
                    f"{self.path.name}: [parameters.{name}]: found a parameter that nothing uses, expected"
                    " a model, cell or claim that reads it"
                )
        for name, row in self.evidence.items():
            if name not in self.names.used_evidence and not row.context:
                raise ParseError(
                    f"{self.path.name}: [evidence.{name}]: found evidence that nothing uses, expected a"
                    " parameter or claim that cites it, or context = true"
                )


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
