"""Write a case's report: the page and the data behind it, whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .._core import InvalidArgument, SchellingError
from ..analysis.case_records import CaseRecord
from ..analysis.design import Design
from ..analysis.solution import Progress
from ..extras import extra
from .collect import collect
from .content import Content
from .data import report_data
from .findings import findings
from .formats import number, percent
from .render import render

PAGE = "report.html"


@dataclass(frozen=True)
class Report:
    """A report on disk: the page, the data, and what it says."""

    page: Path
    data: Path
    content: Content

    def summary(self) -> str:
        """A few lines for a terminal."""
        c = self.content
        analyst = sum(p.analyst for p in c.parameters)
        points = c.design.scrambles * c.design.points_per_scramble
        lines = [
            c.title,
            f"{len(c.policies)} options, {len(c.claims)} statements, {points:,} draws of {c.design.varied} "
            f"parameters ({analyst} of {len(c.parameters)} rest on an analyst's range)",
            "",
            f"{'':8}{'holds':>8}{'x 1/2':>8}{'x 2':>8}{'filter':>8}  baseline   statement",
        ]
        for claim in c.claims:
            shares = [
                percent(claim.verdicts[key].holds.value) if key in claim.verdicts else "–"
                for key in ("examined", "half", "double", "filtered")
            ]
            lines.append(
                f"{claim.id:8}"
                + "".join(f"{s:>8}" for s in shares)
                + f"  {claim.baseline:9}  {_short(claim.says)}"
            )
        lines += ["", *(f"* {found.text}" for found in findings(c)), ""]
        lines += [
            "A percentage is a share of the examined range under independent draws, not a probability.",
            f"{c.certificates.equilibria:,} equilibria certified, largest regret "
            f"{number(c.certificates.max_regret, 2)}.",
        ]
        return "\n".join(lines)


def _short(text: str, width: int = 78) -> str:
    return text if len(text) <= width else text[: width - 1].rsplit(" ", 1)[0] + " …"


def write_report(
    case: CaseRecord,
    out: str | os.PathLike,
    *,
    quick: bool = False,
    seed: int | None = None,
    threads: int = 0,
    progress: bool | Progress = True,
) -> Report:
    """Evaluate a case and write its report into a folder.

    Parameters
    ----------
    case : Case
    out : path
        The folder; made if it does not exist. A report of an earlier run in it is replaced.
    quick : bool
        A smaller sample for a first look; its numerical errors are wider and say so.
    seed : int, optional
        Of the sample; the design's own without it.
    threads : int
        0 takes every core. The report is the same for any number.
    progress : bool or callable
        True shows a bar, a callable gets (stage, done, total).

    Returns
    -------
    Report
        Paths of the page and of the data (NetCDF), and the content.

    Raises
    ------
    SchellingError
        A file cannot be written, as on a full disk; nothing is left behind.
    InvalidArgument
        The target exists and is no folder, or a cell of the case leaves its model's domain.
    KeyboardInterrupt
        Ctrl-C; nothing is left behind, and an earlier report in the folder is untouched.
    """
    target = Path(out)
    if target.exists() and not target.is_dir():
        raise InvalidArgument(f"out: expected a folder, found the file '{target}'")
    options = {} if seed is None else {"seed": seed}
    design = Design.quick(**options) if quick else Design(**options)
    with progress_bar(progress) as step:
        content, evaluation, _ = collect(case, design=design, quick=quick, threads=threads, progress=step)
        data = report_data(evaluation, content)
        page = render(content)
        # In memory: HDF5, on a full disk, fails a second time wherever its objects happen to be freed.
        netcdf = data.to_netcdf(engine="h5netcdf")
        with _whole(target) as folder:
            (folder / content.data_file).write_bytes(netcdf)
            (folder / PAGE).write_text(page, encoding="utf-8")
    return Report(target / PAGE, target / content.data_file, content)


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A folder beside the target whose files are moved there if the block ends well, the page last."""
    target = target.absolute()
    folder = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        yield folder
        folder.chmod(0o755)
        if not target.exists():
            folder.rename(target)
            return
        for file in sorted(folder.iterdir(), key=lambda file: file.name == PAGE):
            file.replace(target / file.name)
    except OSError as error:
        reason = (error.strerror if error.errno else None) or " ".join(str(error).split())
        raise SchellingError(
            f"out: expected to write the report to '{target}', found that it cannot be written: {reason}"
        ) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def progress_bar(progress: bool | Progress) -> Iterator[Callable[[str, int, int], None] | None]:
    """The callback that a computation reports to: the caller's own, a bar for True, None for False."""
    if callable(progress):
        yield progress
        return
    if not progress:
        yield None
        return
    with extra():
        from tqdm import tqdm

    with tqdm(total=1, leave=False, bar_format="{desc:24} {percentage:3.0f}% |{bar:40}| {elapsed}") as bar:

        def step(stage: str, done: int, total: int) -> None:
            if bar.desc != f"{stage}: ":
                bar.set_description(stage, refresh=False)
            bar.total, bar.n = max(total, 1), min(done, max(total, 1))
            bar.refresh() if done >= total else bar.update(0)

        yield step
