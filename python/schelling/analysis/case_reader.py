"""Reading and checking a case file; every refusal is one sentence that names file, table, key, found and expected."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from .._core import ParseError, SchellingError
from .case import (
    Case,
    Cell,
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
from .claims import BOOLEAN, NUMBER, ClaimError, Expression, ModelSchema, Schema, check
from .claims.check import closest
from .claims.tree import Group, Name, Node
from .toml_table import Table, quoted

SCHEMA = 1
SETS_OF_POLICIES = "policies"


def read_case(path: Path, models: Mapping[str, type]) -> Case:
    """Reads the case at a path; `models` are model classes beside the library's."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParseError(f"{path.name}: found a text that is not TOML: {error}") from None
    return _Reader(path, content, models).read()


class _Reader:
    def __init__(self, path: Path, content: dict[str, Any], models: Mapping[str, type]):
        self.path = path
        self.top = Table(content, path.name, "")
        self.classes = library_models() | dict(models)
        self.used_parameters: set[str] = set()
        self.used_evidence: set[str] = set()
        self.warnings: list[str] = []

    def read(self) -> Case:
        schema = self.top.integer("schema")
        if schema != SCHEMA:
            self.top.fail("schema", f"found {schema}, expected {SCHEMA}")
        head = self.top.table("case")
        facts = {"id": head.text("id"), "title": head.text("title"), "as_of": head.date("as_of"),
                 "source": head.text("source", ""), "about": head.text("about", "")}  # fmt: skip
        actors = self._actors()
        self.evidence = self._evidence()
        self.parameters = self._parameters(facts["as_of"])
        self.policies = self._policies()
        self.sets = self._sets()
        self.models = self._models()
        self.bound = self._bind()
        self._check_parameters()
        self.schema = Schema(frozenset(self.parameters), self._model_schemas(), self.sets)
        links = self._links(actors)
        claims = self._claims()
        history = head.text("history_filter", None)
        history_filter = history and self.expression(history, head, "history_filter", BOOLEAN)
        head.finish()
        diagrams, tree = self._report()
        self.top.finish()
        self._refuse_unused()
        return Case(path=self.path, **facts, actors=actors, sets=self.sets, evidence=self.evidence,
                    parameters=self.parameters, policies=tuple(self.policies.values()), models=self.models, links=links,
                    claims=claims, history_filter=history_filter, phase_diagrams=diagrams, tree=tree,
                    warnings=tuple(self.warnings), bound=self.bound)  # fmt: skip

    def expression(
        self, text: str, table: Table, key: str, kind: str, schema: Schema | None = None
    ) -> Expression:
        """A checked expression; the parameters that it names count as used."""
        try:
            found = check(text, schema or self.schema, kind)
        except ClaimError as error:
            table.fail(key, f"position {error.position}: {error}")
        self.used_parameters |= found.parameters
        self.warnings += [f"{table.file}: {table.name} {key}: {warning}" for warning in found.warnings]
        return found

    def one_of(self, name: str, existing: Iterable[str], table: Table, key: str, what: str) -> str:
        if name not in existing:
            table.fail(key, f"found the unknown {what} '{name}', {closest(name, existing)}")
        return name

    # --- the nouns of the file, in its order ---

    def _actors(self) -> dict[str, str]:
        table = self.top.table("actors", required=False)
        return {name: table.text(name) for name in table.content}

    def _evidence(self) -> dict[str, Evidence]:
        found = {}
        for name, table in self.top.named_tables("evidence").items():
            found[name] = Evidence(name, table.text("finding"), table.text("citation"),
                                   table.choice("status", ("read", "verify", "analyst")), table.text("suggests", ""),
                                   table.text("caution", ""), table.boolean("context", False))  # fmt: skip
            table.finish()
        return found

    def _evidence_ids(self, table: Table, default: Any) -> tuple[str, ...]:
        ids = table.texts("evidence", default)
        for name in ids:
            self.one_of(name, self.evidence, table, "evidence", "evidence")
        self.used_evidence |= set(ids)
        return ids

    def _parameters(self, as_of) -> dict[str, Parameter]:
        found = {}
        for name, table in self.top.named_tables("parameters").items():
            if not name.isidentifier() or not name.isascii():
                table.fail("", f"found the name '{name}', expected letters, digits and underscores")
            unit = table.text("unit")
            ends = table.interval("domain", None)
            domain = Domain(*ends, False, False) if ends else Domain()
            if unit == "probability":
                domain = domain.intersect(Domain(0, 1, False, False))
            ids = self._evidence_ids(table, ())
            if not ids:
                table.fail(
                    "evidence", "found no evidence, expected at least one id (a judgement is 'analyst')"
                )
            found[name] = Parameter(name, table.number("value"), unit, table.text("meaning"), ids,
                                    table.interval("range", None), table.choice("scale", ("linear", "log"), "linear"),
                                    table.choice("draw", ("uniform", "triangular"), "uniform"), table.text("symbol", ""),
                                    table.text("note", ""), table.date("as_of", as_of), domain)  # fmt: skip
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
            attributes = {**(base.attributes if base else {}), **table.cells("attributes")}
            window = {**((base.window if base else None) or {}), **table.cells("window")}
            if not attributes:
                table.fail("attributes", "found nothing, expected the policy's attributes")
            if window and "lag" not in window:
                table.fail("window", "found no 'lag', expected the years until accession")
            table.finish()
            found[name] = Policy(name, label, attributes, window or None, hidden)
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

    # --- what gives a model's parameters their values ---

    def _bind(self) -> dict[tuple[str, str], dict[str, Cell]]:
        self._refuse_unknown_attributes()
        bound = {}
        names = Schema(frozenset(self.parameters))
        for name, instance in self.models.items():
            domains = model_domains(instance.model)
            table = Table({}, self.path.name, f"[models.{name}]")
            cells = {p: Cell(self.expression(p, table, p, NUMBER, names), domains[p], f"{self.path.name}: [parameters.{p}]")
                     for p in domains if p in self.parameters and p not in instance.bind}  # fmt: skip
            for parameter, text in instance.bind.items():
                self.one_of(parameter, domains, table, "bind", f"parameter of {instance.use}")
                cells[parameter] = self._cell(text, table, f"bind {parameter}", domains[parameter], names)
            own = {info.name for info in instance.model.parameters}
            unbound = set()
            for policy in self.policies.values() if instance.per else (None,):
                given = {**cells, **(self._policy_cells(policy, domains, names) if policy else {})}
                # Without a lag there is no window, and nothing that only a window asks for.
                wanted = set(domains) if "lag" in given else own
                bound[name, policy.id if policy else ""] = {key: given[key] for key in given if key in wanted}
                unbound |= wanted - set(given)
            in_order = tuple(parameter for parameter in domains if parameter in unbound)
            self.models[name] = replace(instance, unbound=in_order)
        return bound

    def _policy_cells(self, policy: Policy, domains: Mapping[str, Domain], names: Schema) -> dict[str, Cell]:
        table = Table({}, self.path.name, f"[[policies]] {policy.id}")
        texts = {key: (f"attributes {key}", text) for key, text in policy.attributes.items()}
        if policy.window:
            # What the window does not say it has from the end phase.
            before = {**policy.attributes, **policy.window}
            texts |= {window_name(key): (f"window {key}", text) for key, text in before.items()}
        return {parameter: self._cell(text, table, where, domains[parameter], names)
                for parameter, (where, text) in texts.items() if parameter in domains}  # fmt: skip

    def _cell(self, text: str, table: Table, where: str, domain: Domain, names: Schema) -> Cell:
        return Cell(
            self.expression(text, table, where, NUMBER, names), domain, f"{table.file}: {table.name} {where}"
        )

    def _refuse_unknown_attributes(self) -> None:
        known = {
            name
            for instance in self.models.values()
            if instance.per
            for name in model_domains(instance.model)
        }
        for policy in self.policies.values():
            table = Table({}, self.path.name, f"[[policies]] {policy.id}")
            for key in policy.attributes:
                self.one_of(key, {name for name in known if not name.startswith("window_")}, table, "attributes",
                            "attribute")  # fmt: skip
            for key in policy.window or {}:
                if window_name(key) not in known:
                    existing = {
                        name.removeprefix("window_") for name in known if name.startswith("window_")
                    } | {"lag"}
                    table.fail("window", f"found the unknown attribute '{key}', {closest(key, existing)}")

    def _check_parameters(self) -> None:
        for name, parameter in self.parameters.items():
            table = Table({}, self.path.name, f"[parameters.{name}]")
            domain = parameter.domain
            for cells in self.bound.values():
                for cell in cells.values():
                    if _bare_name(cell.expression.tree) == name:
                        domain = domain.intersect(cell.domain)
            self.parameters[name] = replace(parameter, domain=domain)
            ends = {"value": [parameter.value], "range": list(parameter.range or ())}
            for key, values in ends.items():
                for value in values:
                    if not domain.contains(value):
                        table.fail(key, f"found {value:g}, expected {domain}")
            self._check_range(parameter, table)
        self._check_cells()

    def _check_range(self, parameter: Parameter, table: Table) -> None:
        if parameter.range is None:
            for key, value, default in (
                ("scale", parameter.scale, "linear"),
                ("draw", parameter.draw, "uniform"),
            ):
                if value != default:
                    table.fail(key, f"found '{value}' without a range, expected a range")
            return
        low, high = parameter.range
        if not low <= parameter.value <= high:
            table.fail(
                "value",
                f"found {parameter.value:g} outside the range, expected a number in [{low:g}, {high:g}]",
            )
        if parameter.scale == "log" and low <= 0:
            table.fail("range", f"found the low end {low:g} on a log scale, expected a positive number")

    def _check_cells(self) -> None:
        from .design import baseline_sample
        from .solution import parameter_values

        columns = baseline_sample(self.parameters.values()).columns
        for cells in self.bound.values():
            for cell in cells.values():
                value = float(parameter_values(cell.expression, columns).flat[0])
                if not cell.domain.contains(value):
                    found = "no defined value" if value != value else f"{value:g}"
                    raise ParseError(f"{cell.where}: found {found} at the baseline, expected {cell.domain}")

    def _model_schemas(self) -> dict[str, ModelSchema]:
        schemas = {}
        for name, instance in self.models.items():
            keys = tuple(self.policies) if instance.per else None
            windows = frozenset(
                key for (model, key), cells in self.bound.items() if model == name and "lag" in cells
            )
            outcomes = instance.model.outcomes
            schemas[name] = ModelSchema(
                frozenset(info.name for info in outcomes),
                frozenset(info.name for info in outcomes if info.mixing == "none"),
                keys,
                windows,
            )
        return schemas

    # --- what is asked of the models ---

    def _links(self, actors: Mapping[str, str]) -> tuple[Link, ...]:
        links, edges = [], {}
        for table in self.top.listed_tables("links", None):
            model, _, parameter = table.text("to").partition(".")
            self.one_of(model, self.models, table, "to", "model")
            self.one_of(
                parameter, model_domains(self.models[model].model), table, "to", f"parameter of {model}"
            )
            unindexed = Schema(self.schema.parameters, {name: replace(each, keys=None, windows=frozenset())
                                                        for name, each in self.schema.models.items()})  # fmt: skip
            source = self.expression(table.text("from"), table, "from", NUMBER, unindexed)
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
            claims.append(Claim(
                name, table.text("says"), table.text("source"), self.expression(table.text("expr"), table, "expr", BOOLEAN),
                companion, condition and self.expression(condition, table, "moot_if", BOOLEAN),
                self._evidence_ids(table, ()), self._encodes(table), self._threshold(table),
            ))  # fmt: skip
            table.finish()
        return tuple(claims)

    def _encodes(self, table: Table) -> dict[str, Expression]:
        names = Schema(frozenset(self.parameters))
        found = {}
        for name, text in table.cells("encodes").items():
            self.one_of(name, self.parameters, table, "encodes", "parameter")
            found[name] = self.expression(text, table, f"encodes {name}", NUMBER, names)
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
        known = {f"{model}.{outcome}": (model, outcome) for model, schema in self.schema.models.items()
                 for outcome in schema.outcomes}  # fmt: skip
        if len(self.models) == 1 and "." not in name:
            name = f"{next(iter(self.models))}.{name}"
        model, outcome = known[self.one_of(name, known, table, "outcome", "outcome")]
        table.finish()
        return PhaseDiagram(table.text("x"), table.text("y"), policy, model, outcome)

    def _refuse_unused(self) -> None:
        for name in self.parameters:
            if name not in self.used_parameters:
                raise ParseError(f"{self.path.name}: [parameters.{name}]: found a parameter that nothing uses, expected"
                                 " a model, cell or claim that reads it")  # fmt: skip
        for name, row in self.evidence.items():
            if name not in self.used_evidence and not row.context:
                raise ParseError(f"{self.path.name}: [evidence.{name}]: found evidence that nothing uses, expected a"
                                 " parameter or claim that cites it, or context = true")  # fmt: skip


def library_models() -> dict[str, type]:
    """The library's model classes by name."""
    from .. import models

    return {name: getattr(models, name) for name in models.__all__}


def model_domains(model: Any) -> dict[str, Domain]:
    """Everything that a case may give a value to, by name: the model's parameters and those of its phases."""
    infos = (*model.parameters, *getattr(model, "phase_parameters", ()))
    return {info.name: Domain(info.lower, info.upper, info.lower_open, info.upper_open) for info in infos}


def window_name(key: str) -> str:
    """The model's name of a window's attribute."""
    return key if key == "lag" else f"window_{key}"


def _bare_name(tree: Node) -> str | None:
    while isinstance(tree, Group):
        tree = tree.body
    return tree.parts[0] if isinstance(tree, Name) else None


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
