"""Pictures of finite games: no two texts on top of each other, nothing beyond the edge, LaTeX that is well formed."""

from __future__ import annotations

import html
import random
import re
import shutil
import subprocess

import pytest
from browser import CROWDED, open_page

import schelling as sg

TEXT = re.compile(r'<text x="([-\d.]+)" y="([-\d.]+)"([^>]*)>([^<]*)</text>')
TREES = [name for name in sg.catalog() if isinstance(sg.PublishedGame.load(name).game, sg.ExtensiveGame)]


def boxes(svg: str) -> list[tuple[float, float, float, float, str]]:
    """Left, top, right and bottom of every text, by an average width of characters."""
    found = []
    for x, y, attributes, words in TEXT.findall(svg):
        size = 11 if 'font-size="11' in attributes else 13
        width = 0.55 * size * len(html.unescape(words))
        left = float(x) - width if "text-anchor" in attributes else float(x)
        found.append((left, float(y) - 0.75 * size, left + width, float(y) + 0.15 * size, words))
    return found


def overlaps(svg: str) -> list[str]:
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
    texts = sorted(boxes(svg), key=lambda box: box[1])
    bad = [t[4] for t in texts if t[0] < 0 or t[1] < 0 or t[2] > width or t[3] > height]
    for i, a in enumerate(texts):
        for b in texts[i + 1 :]:
            if b[1] >= a[3]:
                break
            if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1:
                bad.append(f"{a[4]} / {b[4]}")
    return bad


def random_game(seed: int, terminals: int) -> sg.ExtensiveGame:
    """A tree of many shapes: chance, hidden moves, long labels, single actions."""
    rng = random.Random(seed)
    b = sg.ExtensiveGameBuilder(["A", "A player with a long name", "C"])
    places = [(b.root, 0)]
    left, sets = terminals, 0
    while places:
        place, depth = places.pop(rng.randrange(len(places)))
        count = rng.randint(1, 4)
        if left <= 0 or depth > 7:
            b.terminal(
                place, [rng.randint(-99, 99) for _ in range(3)], label=rng.choice(["", "war", "a long peace"])
            )
            continue
        left -= count
        labels = [f"{rng.choice(['go', 'stay where you are', 'x'])} {k}" for k in range(count)]
        if rng.random() < 0.3:
            below = b.chance(
                place, {label: f"1/{count}" for label in labels}, label=rng.choice(["", "weather"])
            )
        else:
            sets += 1
            below = b.decision(place, rng.choice(b.players), labels)
        places += [(p, depth + 1) for p in below.values()]
    return b.build()


def uniform_play(game: sg.ExtensiveGame) -> sg.ExtensiveAssessment:
    return game.assessment(
        {k: [f"1/{len(game.actions(k))}"] * len(game.actions(k)) for k in range(len(game.information_sets))}
    )


@pytest.mark.parametrize("name", TREES)
def test_no_text_covers_another_in_the_catalogue(name):
    published = sg.PublishedGame.load(name)
    assert overlaps(published.game.to_svg()) == []
    for known in published.equilibria:
        assert overlaps(known.assessment.to_svg()) == []


@pytest.mark.parametrize("seed", range(6))
def test_no_text_covers_another_up_to_some_hundred_nodes(seed):
    game = random_game(seed, 150)
    assert len(game._structure.parent) > 150
    assert overlaps(game.to_svg()) == []
    assert overlaps(uniform_play(game).to_svg()) == []


@pytest.mark.parametrize(
    "name",
    [
        "classics/kuhn-1950-poker",
        "signalling/cho-kreps-1987-beer-quiche",
        "deterrence/powell-1987-brinkmanship",
    ],
)
def test_in_a_browser(name, tmp_path):
    published = sg.PublishedGame.load(name)
    page = tmp_path / "page.html"
    tables = sg.PublishedGame.load("classics/aumann-1974-chicken").game.to_html()
    page.write_text(
        f"<!doctype html><meta charset=utf-8><title>x</title><main>{published.equilibria[0].assessment.to_svg()}{tables}</main>",
        encoding="utf-8",
    )
    with open_page(page, 1200) as (opened, complaints):
        assert complaints == []
        assert opened.evaluate(CROWDED) == []


@pytest.mark.parametrize("name", ["classics/selten-1975-horse", "signalling/spence-1973-job-market"])
def test_latex_is_well_formed(name, tmp_path):
    published = sg.PublishedGame.load(name)
    for document in (published.game.to_latex(), published.equilibria[0].assessment.to_latex()):
        assert document.startswith("\\documentclass") and document.rstrip().endswith("\\end{document}")
        assert len(re.findall(r"(?<!\\){", document)) == len(re.findall(r"(?<!\\)}", document))
        assert document.count("\\begin{") == document.count("\\end{")
        if shutil.which("pdflatex"):
            (tmp_path / "tree.tex").write_text(document, encoding="utf-8")
            subprocess.run(
                ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "tree.tex"],
                cwd=tmp_path,
                check=True,
                capture_output=True,
            )
            assert (tmp_path / "tree.pdf").is_file()
