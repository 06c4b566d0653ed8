"""The README's Python runs and prints what the README shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"
EXAMPLES = re.findall(
    r"```python\n(.*?)```\n```text\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL
)


def test_there_is_a_quick_start_of_about_ten_lines():
    assert EXAMPLES
    assert len(EXAMPLES[0][0].strip().splitlines()) <= 10


@pytest.mark.parametrize(("code", "printed"), EXAMPLES)
def test_the_example_prints_what_the_readme_shows(code, printed):
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300
    )
    assert found.stdout == printed


def test_every_link_to_a_file_leads_somewhere():
    for target in re.findall(r"\]\((?!https?://|#)([^)]+)\)", README.read_text(encoding="utf-8")):
        assert (README.parent / target).exists(), target
