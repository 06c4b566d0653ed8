"""Reading a table of a case file: every value is asked for by name and type, and what nobody asked for is
refused. Within a `guard` a refusal of one entry does not keep the others from being read."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NoReturn

from .._core import ParseError
from .claims.check import closest

_REQUIRED: Any = object()
Guard = Callable[..., AbstractContextManager[None]]


def quoted(value: object) -> str:
    """A found value as an error message shows it."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"'{value}'"
        case dict():
            return "a table"
        case list():
            return "[" + ", ".join(quoted(each) for each in value) + "]"
        case float():
            return f"{value:g}"
    return str(value)


class Table:
    """One table of a TOML file. `name` is how errors call it, e.g. "[parameters.arms_low]"."""

    def __init__(self, content: dict[str, Any], file: str, name: str, guard: Guard = nullcontext):
        self.content, self.file, self.name, self.guard = content, file, name, guard
        self._asked: list[str] = []
        self.missing: list[str] = []
        self.nameless = False
        """Whether an entry of an array of tables has no name of its own."""

    def fail(self, key: str, message: str) -> NoReturn:
        """Refuses the table: one sentence that names file, table and key."""
        where = " ".join(part for part in (self.name, key) if part)
        raise ParseError(f"{self.file}: {where}: {message}")

    def finish(self) -> None:
        """Refuses the first key that was never asked for."""
        for key in self.unknown():
            self.refuse(key)

    def unknown(self) -> list[str]:
        """The keys that were never asked for."""
        return [key for key in self.content if key not in self._asked]

    def refuse(self, key: str) -> NoReturn:
        """Refuses a key that is not known."""
        self.fail(key, f"found an unknown key, {closest(key, set(self._asked))}")

    def __contains__(self, key: str) -> bool:
        return key in self.content

    def _get(self, key: str, default: Any, kinds: tuple[type, ...], expected: str) -> Any:
        self._asked.append(key)
        if key not in self.content:
            if default is _REQUIRED:
                self.missing.append(key)
                self.fail(key, f"found nothing, expected {expected}")
            return default
        value = self.content[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            self.fail(key, f"found {quoted(value)}, expected {expected}")
        return value

    def text(self, key: str, default: Any = _REQUIRED) -> Any:
        value = self._get(key, default, (str,), "a text")
        if value == "" and key in self.content:
            self.fail(key, "found an empty text, expected some words")
        return value

    def boolean(self, key: str, default: bool) -> bool:
        return self._get(key, default, (bool,), "true or false")

    def integer(self, key: str, default: Any = _REQUIRED) -> Any:
        return self._get(key, default, (int,), "a whole number")

    def number(self, key: str, default: Any = _REQUIRED) -> Any:
        value = self._get(key, default, (int, float), "a number")
        if value is not default and not math.isfinite(value):
            self.fail(key, f"found {value}, expected a finite number")
        return value if value is None else float(value)

    def date(self, key: str, default: Any = _REQUIRED) -> Any:
        return self._get(key, default, (datetime.date,), "a date")

    def choice(self, key: str, choices: Iterable[str], default: Any = _REQUIRED) -> Any:
        value = self.text(key, default)
        if value is not default and value not in choices:
            self.fail(key, f"found '{value}', expected one of {', '.join(choices)}")
        return value

    def interval(self, key: str, default: Any = _REQUIRED) -> Any:
        value = self._get(key, default, (list,), "two numbers [low, high]")
        if value is default:
            return value
        if len(value) != 2 or any(isinstance(end, bool) or not isinstance(end, int | float) for end in value):
            self.fail(key, f"found {quoted(value)}, expected two numbers [low, high]")
        if not all(math.isfinite(end) for end in value):
            self.fail(key, f"found {quoted(value)}, expected two finite numbers")
        if value[0] > value[1]:
            self.fail(key, f"found low {value[0]:g} > high {value[1]:g}, expected low <= high")
        return float(value[0]), float(value[1])

    def texts(self, key: str, default: Any = _REQUIRED) -> tuple[str, ...]:
        value = self._get(key, default, (list,), "a list of texts")
        if any(not isinstance(each, str) for each in value):
            self.fail(key, f"found {quoted(value)}, expected a list of texts")
        if len(set(value)) < len(value):
            self.fail(key, f"found {quoted(value)}, expected no entry twice")
        return tuple(value)

    def table(self, key: str, required: bool = True) -> Table:
        """The table under a key; empty if there is none and none is required."""
        value = self._get(key, _REQUIRED if required else {}, (dict,), "a table")
        return Table(value, self.file, f"{self.name} {key}" if self.name else f"[{key}]", self.guard)

    def named_tables(self, key: str, required: bool = True) -> dict[str, Table]:
        """The tables [key.name], by name."""
        found = self._get(key, _REQUIRED if required else {}, (dict,), f"tables [{key}.<name>]")
        tables = {}
        for name, content in found.items():
            with self.guard(name):
                if not isinstance(content, dict):
                    self.fail(f"[{key}] {name}", f"found {quoted(content)}, expected a table")
                tables[name] = Table(content, self.file, f"[{key}.{name}]", self.guard)
        return tables

    def listed_tables(self, key: str, identifier: str | None, required: bool = False) -> list[Table]:
        """The tables of an array [[key]]; `identifier` is the key that names them, different in each."""
        found = self._get(key, _REQUIRED if required else [], (list,), f"an array of tables [[{key}]]")
        tables, seen = [], set()
        for i, content in enumerate(found):
            named, self.nameless = self.nameless, True
            with self.guard():
                if not isinstance(content, dict):
                    self.fail(key, f"found {quoted(content)}, expected a table")
                place = f"[[{key}]] number {i + 1}" if not self.name else f"{self.name} {key} {i + 1}"
                table = Table(content, self.file, place, self.guard)
                if identifier is not None:
                    name = table.text(identifier)
                    if name in seen:
                        table.fail(identifier, f"found '{name}' twice, expected an {identifier} of its own")
                    seen.add(name)
                    table.name = f"[[{key}]] {name}"
                tables.append(table)
                self.nameless = named
        return tables

    def cell(self, key: str) -> str:
        """A number or an expression, as the text of an expression."""
        value = self._get(key, _REQUIRED, (int, float, str), "a number or an expression")
        if isinstance(value, str):
            return value
        if not math.isfinite(value):
            self.fail(key, f"found {value}, expected a finite number")
        return repr(value) if value >= 0 else f"-{-value!r}"

    def cells(self, key: str) -> dict[str, str]:
        """A table of cells, by key."""
        table = self.table(key, required=False)
        cells = {}
        for each in table.content:
            with self.guard():
                cells[each] = table.cell(each)
        return cells
