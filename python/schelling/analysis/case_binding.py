"""What gives a model's parameters their values: the case's parameters, `bind`, and the cells of a policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from .._core import ParseError
from .case_records import Cell, Domain, ModelInstance, Parameter, Policy
from .claims import BOOLEAN, NUMBER, ClaimError, Expression, ModelSchema, Schema, check
from .claims.check import closest
from .claims.tree import Group, Name, Node
from .design import baseline_sample
from .solution import parameter_values
from .toml_table import Table

Bound = dict[tuple[str, str], dict[str, Cell]]


class BuiltOnBroken(ParseError):
    """What refers to a row that was refused is not judged, and is no error of its own."""


class Names:
    """The names that exist while a file is read, and what of it has been used so far."""

    def __init__(self, file: str):
        self.file = file
        self.errors: list[str] = []
        self.refusals = 0
        self.broken: set[str] = set()
        self.broken_models: set[str] = set()
        self.lost = False
        """Whether a whole part of the file could not be read, so that nobody knows which names exist."""
        self.written: dict[tuple[str, str, str], str] = {}
        """The policy in which a cell (policy, attributes or window, key) is written: it may be a base."""
        self.schema = Schema(frozenset())
        self.used_parameters: set[str] = set()
        self.used_evidence: set[str] = set()
        self.warnings: list[str] = []

    @contextmanager
    def guard(self, name: str | None = None) -> Iterator[None]:
        """Notes a refusal and goes on; `name` is then known to be broken, and what builds on it is not judged."""
        try:
            yield
        except ParseError as error:
            self.refusals += 1
            if not isinstance(error, BuiltOnBroken):
                self.errors.append(str(error))
            if name is not None:
                self.broken.add(name)

    def condition(self, text: str, table: Table, key: str) -> Expression:
        """A checked statement over parameters and outcomes."""
        return self._expression(text, table, key, BOOLEAN, self.schema)

    def number(self, text: str, table: Table, key: str, schema: Schema | None = None) -> Expression:
        """A checked number; over parameters alone, unless a schema says what else there is."""
        return self._expression(text, table, key, NUMBER, schema or Schema(self.schema.parameters))

    def _expression(self, text: str, table: Table, key: str, kind: str, schema: Schema) -> Expression:
        try:
            found = check(text, schema, kind)
        except ClaimError as error:
            if self.lost or self.broken_models & set(re.findall(r"\w+", text)):
                raise BuiltOnBroken(text) from None
            table.fail(key, f"position {error.position}: {error}")
        self.used_parameters |= found.parameters
        self.warnings += [f"{table.file}: {table.name} {key}: {warning}" for warning in found.warnings]
        return found

    def policy_table(self, policy: Policy, part: str, key: str) -> Table:
        """What errors call the row in which a policy's cell is written."""
        row = self.written.get((policy.id, part, key), policy.id)
        return Table({}, self.file, f"[[policies]] {row}")

    def one_of(self, name: str, existing: Iterable[str], table: Table, key: str, what: str) -> str:
        """The name, if it exists."""
        if name not in existing:
            if self.lost or name in self.broken:
                raise BuiltOnBroken(name)
            table.fail(key, f"found the unknown {what} '{name}', {closest(name, existing)}")
        return name


def model_domains(model: Any) -> dict[str, Domain]:
    """Everything that a case may give a value to, by name: the model's parameters and those of its phases."""
    infos = (*model.parameters, *model.phase_parameters)
    return {info.name: Domain(info.lower, info.upper, info.lower_open, info.upper_open) for info in infos}


def window_name(key: str) -> str:
    """The model's name of a window's attribute."""
    return key if key == "lag" else f"window_{key}"


def bind_instance(
    names: Names, instance: ModelInstance, policies: Iterable[Policy], parameters: Mapping[str, Parameter]
) -> tuple[dict[tuple[str, str], dict[str, Cell]], ModelInstance]:
    """The cells of one instance for each of its policies, and the instance with what remains unbound."""
    domains = model_domains(instance.model)
    table = Table({}, names.file, f"[models.{instance.name}]")
    cells = {}
    for parameter in domains:
        if parameter in parameters and parameter not in instance.bind:
            own = Table({}, names.file, f"[parameters.{parameter}]")
            with names.guard():
                cells[parameter] = _cell(names, parameter, own, "", domains[parameter])
    for parameter, text in instance.bind.items():
        with names.guard():
            names.one_of(parameter, domains, table, "bind", f"parameter of {instance.use}")
            cells[parameter] = _cell(names, text, table, f"bind {parameter}", domains[parameter])
    without_window = {info.name for info in instance.model.parameters}
    bound: Bound = {}
    unbound: set[str] = set()
    for policy in policies if instance.per else (None,):
        given = {**cells, **(_policy_cells(names, policy, domains) if policy else {})}
        if "lag" in given:
            # What the window does not say it has from the end phase.
            shared = {window_name(key): cell for key, cell in given.items() if window_name(key) in domains}
            given = {**shared, **given}
        # Without a lag there is no window, and nothing that only a window asks for.
        wanted = set(domains) if "lag" in given else without_window
        bound[instance.name, policy.id if policy else ""] = {
            key: given[key] for key in given if key in wanted
        }
        unbound |= wanted - set(given)
    return bound, replace(instance, unbound=tuple(parameter for parameter in domains if parameter in unbound))


def _policy_cells(names: Names, policy: Policy, domains: Mapping[str, Domain]) -> dict[str, Cell]:
    texts = {key: (f"attributes {key}", text) for key, text in policy.attributes.items()}
    texts |= {window_name(key): (f"window {key}", text) for key, text in (policy.window or {}).items()}
    cells = {}
    for parameter, (where, text) in texts.items():
        if parameter in domains:
            table = names.policy_table(policy, *where.split())
            with names.guard():
                cells[parameter] = _cell(names, text, table, where, domains[parameter])
    return cells


def _cell(names: Names, text: str, table: Table, key: str, domain: Domain) -> Cell:
    where = " ".join(part for part in (table.name, key) if part)
    return Cell(names.number(text, table, key), domain, f"{table.file}: {where}")


def refuse_unknown_attributes(
    names: Names, policies: Iterable[Policy], instances: Iterable[ModelInstance]
) -> None:
    """Refuses a policy's attribute that no model solved per policy has."""
    models = [instance.model for instance in instances if instance.per]
    known = {info.name for model in models for info in model.parameters}
    phases = {info.name for model in models for info in model.phase_parameters}
    in_window = {key for key in (*known, "lag") if window_name(key) in phases}
    for policy in policies:
        for where, keys, attributes in (
            ("attributes", policy.attributes, known),
            ("window", policy.window or {}, in_window),
        ):
            for key in keys:
                table = names.policy_table(policy, where, key)
                with names.guard():
                    if not models and key not in known:
                        table.fail(
                            where,
                            f"found the attribute '{key}', but no model is solved per policy, expected one with"
                            ' per = "policies"',
                        )
                    names.one_of(key, attributes, table, where, "attribute")


def with_domains(names: Names, parameters: Mapping[str, Parameter], bound: Bound) -> dict[str, Parameter]:
    """The parameters with the domains of what they are bound to; refuses values that leave them."""
    found = {}
    for name, parameter in parameters.items():
        table = Table({}, names.file, f"[parameters.{name}]")
        domain = parameter.domain
        for cells in bound.values():
            for cell in cells.values():
                if _bare_name(cell.expression.tree) == name:
                    domain = domain.intersect(cell.domain)
        for key, values in {"value": (parameter.value,), "range": parameter.range or ()}.items():
            for value in values:
                with names.guard():
                    if domain.contains(value):
                        continue
                    table.fail(key, f"found {value:g}, expected {domain}")
        found[name] = replace(parameter, domain=domain)
    return found


def check_cells(names: Names, parameters: Mapping[str, Parameter], bound: Bound) -> None:
    """Refuses a cell whose value at the baseline is undefined or outside the model's domain."""
    columns = baseline_sample(parameters.values()).columns
    for cells in bound.values():
        for cell in cells.values():
            if not cell.expression.parameters <= set(parameters):
                continue
            value = float(parameter_values(cell.expression, columns).flat[0])
            if not cell.domain.contains(value):
                found = "no defined value" if value != value else f"{value:g}"
                with names.guard():
                    raise ParseError(f"{cell.where}: found {found} at the baseline, expected {cell.domain}")


def model_schema(instance: ModelInstance, policies: Iterable[str], bound: Bound) -> ModelSchema:
    """What claims may read of an instance."""
    outcomes = instance.model.outcomes
    return ModelSchema(
        frozenset(info.name for info in outcomes),
        frozenset(info.name for info in outcomes if info.mixing == "none"),
        tuple(policies) if instance.per else None,
        frozenset(key for (model, key), cells in bound.items() if model == instance.name and "lag" in cells),
    )


def _bare_name(tree: Node) -> str | None:
    while isinstance(tree, Group):
        tree = tree.body
    return tree.parts[0] if isinstance(tree, Name) else None
