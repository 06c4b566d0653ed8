"""The page in a real browser: legible at two widths, nothing overlapping, nothing fetched."""

from __future__ import annotations

import pytest
from browser import check_page, open_page
from report_content import content
from toy_case import small_sample

import schelling as sg
from schelling.report import render


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render(content()), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 800])
def test_the_page_is_legible(page_file, width):
    made = content()
    with open_page(page_file, width) as (page, complaints):
        check_page(page, complaints)
        assert page.locator("#verdicts tbody tr").count() == len(made.claims)
        assert page.locator("svg.intervals").count() == sum(o.headline for o in made.outcomes)
        assert page.locator("table.drivers").count() == sum(bool(c.drivers) for c in made.claims)
        assert page.locator("svg.drawn").count() == 2
        assert page.locator("#ledger tbody tr").count() == len(made.parameters) + len(made.evidence)
        page.locator("nav a[href='#certificates']").click()
        assert page.url.endswith("#certificates")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report of the case that comes with the package, over a small sample."""
    with small_sample():
        return sg.Case.load("ukraine_nato_2023").report(
            tmp_path_factory.mktemp("case") / "report", quick=True, progress=False
        )


@pytest.mark.parametrize("width", [1280, 800])
def test_the_report_of_the_case_is_legible(report, width):
    with open_page(report.page, width) as (page, complaints):
        check_page(page, complaints)
        assert page.locator("#verdicts tbody tr").count() == len(report.content.claims)
        assert page.locator("svg.drawn").count() == len(report.content.phase_diagrams)
        assert page.locator("#slopes table").count() > 0
        assert page.locator("#tree .tree svg").count() == len(report.content.trees) > 0
        first = page.locator("#summary").inner_text()
        for policy in report.content.policies:
            assert policy.name in first and policy.says in first


def test_the_checks_see_what_they_look_for(tmp_path):
    """A page with each fault, so that the checks above cannot pass blindly."""
    path = tmp_path / "bad.html"
    path.write_text(
        "<!doctype html><title>bad</title><main><div style='width:3000px'>wide</div>"
        "<table style='table-layout:fixed;width:60px'><tr><td>unbreakablelongword</td></tr></table>"
        "<svg width='200' height='50'><text x='5' y='20'>one text</text><text x='8' y='22'>another</text></svg>"
        "</main>"
        "<script>console.error('no')</script>",
        encoding="utf-8",
    )
    from browser import CROWDED, SPILLED, WIDE

    with open_page(path, 800) as (page, complaints):
        assert "no" in complaints
        assert page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert any("wide" in e for e in page.evaluate(WIDE))
        assert page.evaluate(SPILLED) == ["unbreakablelongword"]
        assert page.evaluate(CROWDED) == ["overlap: one text / another"]
