"""The first file of a case of the user's own: small, complete, and ready to report on."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from .._core import InvalidArgument
from .case import CASES

TEMPLATE = CASES / "template.toml"


def new_case(name: str, folder: str | Path = ".", as_of: datetime.date | None = None) -> Path:
    """Writes `folder/name/case.toml`, a case that can be read and reported on as it stands.

    `as_of` is today without a date. Raises InvalidArgument for a name that is no identifier or a folder that exists.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise InvalidArgument(
            f"name: expected lower-case letters, digits and underscores, a letter first, found '{name}'"
        )
    target = Path(folder) / name
    if target.exists():
        raise InvalidArgument(f"name: found '{target}' there already, expected a name that is free")
    text = TEMPLATE.read_text(encoding="utf-8")
    title = name.replace("_", " ")
    date = (as_of or datetime.date.today()).isoformat()
    for mark, value in (("CASE_ID", name), ("TITLE", title[:1].upper() + title[1:]), ("AS_OF", date)):
        text = text.replace(mark, value)
    target.mkdir(parents=True)
    (target / "case.toml").write_text(text, encoding="utf-8")
    return target / "case.toml"
