"""A real browser for the tests of pages: Debian's Chromium through Playwright."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")

# Text of one figure that another text of the same figure covers, and text beyond the edge of its figure.
CROWDED = """
() => [...document.querySelectorAll('svg')].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim())
    .map(t => ({ words: t.textContent.trim(), box: t.getBoundingClientRect() }));
  const bad = texts.filter(t => t.box.left < frame.left - 2 || t.box.right > frame.right + 2
    || t.box.top < frame.top - 2 || t.box.bottom > frame.bottom + 2).map(t => 'outside: ' + t.words);
  for (let i = 0; i < texts.length; i++) for (let j = i + 1; j < texts.length; j++) {
    const a = texts[i].box, b = texts[j].box;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > 3) bad.push('overlap: ' + texts[i].words + ' / ' + texts[j].words);
  }
  return bad;
})"""

# Elements wider than the page that no scrolling container holds.
WIDE = """
() => [...document.querySelectorAll('main *')].filter(e => !e.closest('.scroll') && !e.closest('svg')
  && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.outerHTML.slice(0, 120))"""

# Cells of a table whose content leaves the cell.
SPILLED = """
() => [...document.querySelectorAll('td, th')].filter(c => c.scrollWidth > c.clientWidth + 2)
  .map(c => c.textContent.trim().slice(0, 80))"""


@contextmanager
def open_page(path: Path, width: int):
    """A page opened from disk at a width, and the list of what its console reported."""
    sync_api = pytest.importorskip("playwright.sync_api")
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=executable, args=flags)
        try:
            page = browser.new_page(viewport={"width": width, "height": 1000})
            complaints: list[str] = []
            page.on(
                "console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None
            )
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on(
                "request",
                lambda r: complaints.append(r.url) if not r.url.startswith(("file:", "data:")) else None,
            )
            page.goto(path.as_uri())
            yield page, complaints
        finally:
            browser.close()


def check_page(page, complaints: list[str]) -> None:
    """Fails on console errors, network requests, horizontal overflow, spilled cells and crowded figures."""
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate(WIDE) == []
    assert page.evaluate(SPILLED) == []
    assert page.evaluate(CROWDED) == []
    assert page.evaluate(
        "[...document.querySelectorAll('svg[role=img]')].every(s => s.getAttribute('aria-label'))"
    )
    assert page.evaluate(
        "[...document.querySelectorAll('svg')].every(s => s.getBoundingClientRect().width > 0)"
    )
