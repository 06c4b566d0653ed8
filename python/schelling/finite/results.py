"""What the results of all solvers of finite games have in common."""

from __future__ import annotations

import html
import json
from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from ..solver_result import SolverResult
from .coverage import coverage_line
from .files import write_text

T = TypeVar("T")


class Found(SolverResult, Sequence[T]):
    """A sequence of equilibria with what the solver says of them."""

    def __init__(self, native: Any, game: Any, options: dict[str, Any]) -> None:
        self._native = native
        self.game = game
        self.options = options

    @abstractmethod
    def _at(self, number: int) -> T: ...

    def __getitem__(self, number):
        if isinstance(number, slice):
            return [self[k] for k in range(*number.indices(len(self)))]
        if number < 0:
            number += len(self)
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self._at(number)

    def __len__(self) -> int:
        return len(self._native)

    def to_json(self) -> str:
        """The result with its game and options."""
        document = json.loads(self._native.to_json())
        document["options"] = self.options
        return json.dumps(document)

    @classmethod
    def from_json(cls, text: str) -> Any:
        """Read what `to_json` wrote. Raises ParseError."""
        native, game = cls._read(text)
        return cls(native, game, json.loads(text).get("options", {}))

    @classmethod
    @abstractmethod
    def _read(cls, text: str) -> tuple[Any, Any]: ...

    def save(self, path: str | Path) -> None:
        """Write the result as JSON."""
        write_text(self.to_json(), path)

    @classmethod
    def load(cls, path: str | Path) -> Any:
        """Read what `save` wrote. Raises ParseError."""
        return cls.from_json(Path(path).read_text(encoding="utf-8"))

    def __reduce__(self):
        return type(self).from_json, (self.to_json(),)

    def __repr__(self) -> str:
        known = f"{self.status}, {self.coverage}" + (", proven" if self.proven else "")
        lines = [
            f"{type(self).__name__}({len(self)} by {self.method}; {known}; {self.arithmetic})"
            + (f": {self.message}" if self.message else ""),
            coverage_line(self),
        ]
        for number, equilibrium in enumerate(self):
            if number == 10:
                lines.append(f"... {len(self) - number} more")
                break
            lines.append(f"[{number}] {equilibrium!r}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(repr(self))}</pre>"
