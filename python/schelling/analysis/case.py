"""A case and what is done with it: it is read from one TOML file that contains no code, evaluated, and reported on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .._core import InvalidArgument
from ..arguments import MAPPING, PATH, checked, optional
from .case_reader import read_case
from .case_records import CaseRecord

if TYPE_CHECKING:
    from ..report.report import Report
    from .design import Design
    from .evaluation import Evaluation

CASES = Path(__file__).parent.parent / "cases"


class Case(CaseRecord):
    """A case as read from its file, and what can be done with it."""

    @classmethod
    @checked(name_or_path=PATH, models=optional(MAPPING))
    def load(cls, name_or_path: str | Path, models: Mapping[str, type] | None = None) -> Case:
        """Reads and checks a case: one of `schelling.cases()` by name, or the path of a folder or of its TOML
        file.

        `models` adds model classes of the caller's own to the library's, by the name that `use` refers to.
        Raises ParseError with everything that is wrong in the file, each a line with one sentence naming file,
        line, table and key, and InvalidArgument if there is no such case.
        """
        return read_case(find_case(name_or_path), models or {}, cls)

    def __repr__(self) -> str:
        return (
            f"Case({self.id!r}: {self.title}; {len(self.policies)} policies, {len(self.parameters)} parameters,"
            f" {len(self.models)} model{'' if len(self.models) == 1 else 's'}, {len(self.claims)} claims)"
        )

    def evaluate(self, design: Design | None = None, **options: Any) -> Evaluation:
        """Solves the case over a sample and judges its claims, as `schelling.analysis.evaluate` does."""
        from .evaluation import evaluate

        return evaluate(self, design, **options)

    def report(self, out: str | Path, *, quick: bool = False, **options: Any) -> Report:
        """Evaluates the case and writes its report into a folder; see `schelling.report.write_report`."""
        from ..report import write_report

        return write_report(self, out, quick=quick, **options)


def cases() -> list[str]:
    """Names of the cases that come with the package."""
    return sorted(folder.name for folder in CASES.glob("*") if (folder / "case.toml").is_file())


def find_case(name_or_path: str | Path) -> Path:
    """The TOML file of a case that is given by name, by folder or by file."""
    if str(name_or_path) in cases():
        return CASES / str(name_or_path) / "case.toml"
    path = Path(name_or_path)
    if path.is_dir():
        path = path / "case.toml"
    if not path.is_file():
        raise InvalidArgument(
            f"case: found '{name_or_path}', expected the path of a case or one of {', '.join(cases())}"
        )
    return path
