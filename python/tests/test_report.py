"""The page of a report, from made-up content."""

from __future__ import annotations

import dataclasses
import math
import re
from html.parser import HTMLParser

import pytest
from report_content import claim, content, verdict

from schelling.report import render
from schelling.report.content import Share
from schelling.report.findings import findings, fragile_designs, reading
from schelling.report.formats import number, percent, points, share, tick


@pytest.fixture(scope="module")
def html():
    return render(content())


class Elements(HTMLParser):
    """Ids, internal links, and whatever would reach for the network."""

    def __init__(self, text: str):
        super().__init__()
        self.ids, self.links, self.outside, self.open = [], set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if "id" in values:
            self.ids.append(values["id"])
        link = values.get("href", "")
        if link.startswith("#"):
            self.links.add(link[1:])
        for key in ("src", "href", "data", "xlink:href", "action"):
            if re.match(r"(https?:)?//", values.get(key) or ""):
                self.outside.append((tag, values[key]))
        if tag in ("script", "iframe", "object", "embed", "img"):
            self.outside.append((tag, ""))


def test_the_page_needs_nothing_but_itself(html):
    found = Elements(html)
    assert found.outside == []
    assert "@import" not in html and not re.search(r"url\((?!#|data:)", html)


def test_every_link_has_its_anchor_and_every_anchor_is_one(html):
    found = Elements(html)
    assert len(found.ids) == len(set(found.ids))
    assert found.links <= set(found.ids)


def test_page_one_says_what_the_shares_rest_on(html):
    one = html[html.index('id="summary"') : html.index('id="options"')]
    for phrase in (
        "not a probability",
        "3 of 5 parameters rest on an analyst",
        "criterion D1",
        "combined independently across options",
        "halved and doubled",
        "0.2 &lt;= raids.resist_given_raid",
        "Which arrangement keeps the upper pasture quiet",
        "wolves",
    ):
        assert phrase in one, phrase
    for row in content().claims:
        assert row.says in one
        for check in row.verdicts.values():
            assert percent(check.holds.value) in one


def test_unverified_evidence_says_so(html):
    row = html[html.index('id="evidence-E2"') :]
    assert "unverified" in row[: row.index("</tr>")]
    row = html[html.index('id="evidence-E1"') :]
    assert "unverified" not in row[: row.index("</tr>")]


def test_text_of_a_case_cannot_become_markup():
    changed = dataclasses.replace(content(), title="<script>alert(1)</script>", question="a < b & c")
    text = render(changed)
    assert "<script" not in text and "a &lt; b &amp; c" in text


def test_findings_follow_the_verdicts():
    made = content()
    text = " ".join(f.text for f in findings(made))
    assert "“raids are likelier on an open border than behind a fence” (98" in text
    assert "C04 (ranges doubled, history filter)" in text
    flipped = [
        dataclasses.replace(c, verdicts={k: verdict(0.03) for k in c.verdicts}) if c.id == "C01" else c
        for c in made.claims
    ]
    text = " ".join(f.text for f in findings(dataclasses.replace(made, claims=flipped)))
    assert "“raids are likelier on an open border than behind a fence” (3.0" in text
    assert "Two of the main statements fail almost throughout" in text


@pytest.mark.parametrize(
    ("held", "undefined", "expected"),
    [(0.95, 0, 0), (0.7, 0, 1), (0.5, 0, 2), (0.2, 0, 3), (0.05, 0, 4), (0.5, 0.5, 0)],
)
def test_readings_count_the_defined_points(held, undefined, expected):
    assert reading(verdict(held, undefined=undefined)) == expected


@pytest.mark.parametrize(
    ("assumption", "sentence"),
    [
        ("encoded", "C12 is encoded: without the declared assumption at least half"),
        ("leans on it", "C12 leans on its declared assumption: without it between 5 % and half"),
        ("free of it", "C12 is free of its declared assumption: without it fewer than 5 %"),
    ],
)
def test_the_assumption_behind_a_verdict_is_told(assumption, sentence):
    made = content()
    changed = [dataclasses.replace(c, assumption=assumption if c.id == "C12" else "") for c in made.claims]
    text = " ".join(f.text for f in findings(dataclasses.replace(made, claims=changed)))
    assert sentence in text
    assert ("encoded" in text) == (assumption == "encoded")
    assert "build" not in text


def test_a_check_turns_a_verdict_only_if_the_majority_changes():
    assert fragile_designs(claim("X", "x", (0.55, 0.62, 0.48, 0.51))) == ["double"]
    undefined = dataclasses.replace(claim("X", "x", (0.55, 0.6, 0.6, 0.6)))
    undefined.verdicts["filtered"] = verdict(0.0, undefined=1.0)
    assert fragile_designs(undefined) == []


def test_numbers_as_printed():
    narrow = "\N{NARROW NO-BREAK SPACE}"
    assert [number(v) for v in (0, 1, 0.5, 1234.5, 2.10e-13, -0.25, math.inf, math.nan)] == [
        "0", "1", "0.5", "1234", "2.1e−13", "−0.25", "∞", "–",
    ]  # fmt: skip
    assert [percent(v).replace(narrow, " ") for v in (0, 1, 0.982, 0.0123, 0.0003, 1e-6, math.nan)] == [
        "0 %", "100 %", "98 %", "1.2 %", "0.03 %", "< 0.01 %", "–",
    ]  # fmt: skip
    assert [points(v) for v in (0.0123, -0.00012, 1e-9, 0, math.nan)] == ["+1.2", "−0.012", "+1e−7", "0", "–"]
    assert share(Share(0.5, 0.0123)).replace(narrow, " ") == "50.0 ± 1.2 %"
    assert [tick(v, 0.005, "probability").replace(narrow, " ") for v in (0.0, 0.005, 0.01)] == [
        "0.0 %",
        "0.5 %",
        "1.0 %",
    ]
    assert [tick(v, 0.25, "herd") for v in (0.0, 0.25, 1.0)] == ["0.00", "0.25", "1.00"]
