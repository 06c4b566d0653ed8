"""A case over the toy model, small enough for the tests of reports and of the command line."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

import pytest

from schelling.analysis.design import Design

TOML = """
schema = 1
[case]
id = "pasture"
title = "Fences and neighbours on the upper pasture"
as_of = 1911-05-01
source = "minutes of the herding council"
about = "Which arrangement keeps the upper pasture quiet, and what would have to be true for that to be so?"
history_filter = "toy.attack['open'] >= 0.02"
[actors]
H = "the herders"
R = "the neighbours, who may raid"
[evidence.analyst]
finding = "no published anchor"
citation = "judgement"
status = "analyst"
[evidence.E1]
finding = "two raids in three were resisted"
citation = "Parish register 1850-1910"
status = "read"
[evidence.E2]
finding = "fences above a metre were never climbed"
citation = "Notebook of the schoolmaster"
status = "verify"
[evidence.E3]
finding = "wolves prefer the lower pasture"
citation = "Hearsay"
status = "read"
context = true
[parameters]
strength_open = { symbol = "s_o", value = 0.6, range = [0.2, 0.9], unit = "1", meaning = "temptation of the open border", evidence = ["analyst"] }
strength_fenced = { symbol = "s_f", value = VALUE_FENCED, range = RANGE_FENCED, unit = "1", meaning = "temptation behind a fence", evidence = ["E1", "E2"] }
crowding = { value = 1.4, range = [1, 2.5], unit = "1", meaning = "how many stories can come true", evidence = ["analyst"] }
price = { symbol = "c", value = 0.5, range = [0.1, 5], scale = "log", unit = "herd", meaning = "what a raid costs", evidence = ["analyst"] }
[[policies]]
id = "open"
name = "open border"
attributes = { strength = "strength_open" }
[[policies]]
id = "fence"
name = "fence"
attributes = { strength = "strength_fenced" }
[[policies]]
id = "fence_later"
name = "fence after talks"
attributes = { strength = "strength_fenced" }
window = { lag = 0.5, strength = "strength_open" }
[models.toy]
use = "Toy"
per = "policies"
bind = { count = "crowding", cost = "price" }
[[claims]]
id = "C01"
says = "raids are likelier on an open border than behind a fence"
source = "council, second day"
expr = "toy.attack['open'] > toy.attack['fence']"
evidence = ["E2"]
[[claims]]
id = "C01r"
says = "the same, by five points"
source = "council, second day"
companion_of = "C01"
expr = "toy.attack['open'] >= toy.attack['fence'] + 0.05"
[[claims]]
id = "C02"
says = "a fence after talks is no worse than a fence"
source = "council, third day"
expr = "toy.attack['fence_later'] <= toy.attack['fence']"
encodes = { strength_open = "strength_fenced" }
[[claims]]
id = "C03"
says = "a raid costs something"
source = "council, third day"
expr = "toy.loss['open'] > 0"
[report]
phase_diagram = [{ x = "strength_open", y = "crowding", policy = "open", outcome = "attack" }]
"""


def write_case(folder: Path, value: float = 0.3, examined: str = "[0.05, 0.5]") -> Path:
    """The case's folder, with the fence's baseline and examined range as given."""
    folder.mkdir(parents=True, exist_ok=True)
    text = TOML.replace("VALUE_FENCED", str(value)).replace("RANGE_FENCED", examined)
    (folder / "case.toml").write_text(text, encoding="utf-8")
    return folder


@contextmanager
def small_sample(scrambles: int = 4, points: int = 64):
    """A quick design that is quicker still: what the tests look at does not need precise shares."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Design, "quick", classmethod(lambda cls, **seed: cls(scrambles=scrambles, points=points, **seed))
        )
        yield
