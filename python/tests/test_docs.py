"""The Python of the pages in docs runs, from top to bottom, and prints what the page shows."""

from __future__ import annotations

import contextlib
import io
import re
import sys
import types
from pathlib import Path

import pytest

PAGES = sorted(
    page
    for page in (Path(__file__).parents[2] / "docs").glob("*.md")
    if "```python" in page.read_text(encoding="utf-8")
)


def test_there_is_a_page():
    assert PAGES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_prints_what_it_shows(page, monkeypatch):
    # A module of its own, so that its classes can be pickled as those of a notebook.
    module = types.ModuleType(f"page_{page.stem.replace('-', '_')}")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    names = module.__dict__
    examples = re.findall(
        r"```python\n(.*?)```\n(?:```text\n(.*?)```)?", page.read_text(encoding="utf-8"), re.DOTALL
    )
    for code, expected in examples:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(code, names)
        assert printed.getvalue() == expected, code
