"""The case file: what a case is, and that whatever is wrong in one is refused with a sentence that says where."""

import datetime
import random
import re

import pytest
from toy_model import CASE, Toy, toy_case

import schelling as sg
from schelling.analysis import Case, Design, cases
from schelling.analysis.case_reader import _cycle
from schelling.analysis.case_records import Domain

# (what is changed in the toy case, into what, what the refusal must say)
REFUSED = [
    ("schema = 1", "schema = 2", "case.toml:1: schema: found 2, expected 1"),
    ("schema = 1", "schema = ", "case.toml: found a text that is not TOML"),
    ("schema = 1", "schema = 1\nmodel = 3", "case.toml:2: model: found an unknown key, closest is 'models'"),
    ('title = "A toy"', 'titel = "A toy"', "[case] title: found nothing but 'titel', expected a text"),
    ('title = "A toy"', 'title = "A toy"\nauthor = "x"', "[case] author: found an unknown key"),
    ("as_of = 2023-07-06", 'as_of = "July"', "[case] as_of: found 'July', expected a date"),
    ("range = [0.1, 0.9]", "range = [0.9, 0.1]", "[parameters.strength_soft] range: found low 0.9 > high 0.1"),
    ("range = [0.1, 0.9]", "range = [0.1]", "expected two numbers [low, high]"),
    ("range = [0.1, 0.9]", "range = [0.1, inf]", "expected two finite numbers"),
    ("range = [0.1, 0.9]", "range = [0.1, 1.2]", "[parameters.strength_soft] range: found 1.2, expected a number in [0, 1]"),
    ("value = 0.8", "value = 0.05", "[parameters.strength_soft] value: found 0.05 outside the range, expected a number in [0.1, 0.9]"),
    ("value = 0.8", "value = nan", "[parameters.strength_soft] value: found nan, expected a finite number"),
    ("value = 0.8", 'value = "high"', "[parameters.strength_soft] value: found 'high', expected a number"),
    ("value = 0.5, unit", "value = 0.5, rang = [0, 1], unit", "[parameters.years] rang: found an unknown key, closest is 'range'"),
    ("value = 0.5, unit", 'value = 0.5, scale = "log", unit', "[parameters.years] scale: found 'log' without a range"),
    ("range = [0.1, 0.4], scale", "range = [0, 0.4], scale", "[parameters.cost] range: found the low end 0 on a log scale"),
    ('scale = "log"', 'scale = "cubic"', "[parameters.cost] scale: found 'cubic', expected one of linear, log"),
    ('draw = "triangular"', 'draw = "normal"', "[parameters.strength_hard] draw: found 'normal'"),
    ('meaning = "cost of an attack", evidence = ["E1"]', 'meaning = "cost of an attack", evidence = ["E9"]',
     "[parameters.cost] evidence: found the unknown evidence 'E9'"),
    ('meaning = "cost of an attack", evidence = ["E1"]', 'meaning = "cost of an attack"',
     "[parameters.cost] evidence: found no evidence"),
    ('unit = "1", meaning = "cost of an attack"', 'meaning = "cost of an attack"', "[parameters.cost] unit: found nothing"),
    ("years = {", 'spare = { value = 1, unit = "1", meaning = "x", evidence = ["E1"] }\nyears = {',
     "[parameters.spare]: found a parameter that nothing uses"),
    ("context = true", "", "[evidence.E2]: found evidence that nothing uses"),
    ('status = "verify"', 'status = "hearsay"', "[evidence.E1] status: found 'hearsay', expected one of read, verify, analyst"),
    ('id = "hard"', 'id = "soft"', "id: found 'soft' twice"),
    ('name = "the hard option"', "", "[[policies]] hard name: found nothing"),
    ('base = "hard"', 'base = "hart"', "[[policies]] hardest base: found the unknown policy 'hart', closest is 'hard'"),
    ('id = "hard"\n', 'id = "hard"\nbase = "hardest"\n', "base: found the cycle hard -> hardest -> hard"),
    ('lag = "years", ', "", "[[policies]] hard window: found no 'lag'"),
    ("count = 2 }", "cuont = 2 }", "[[policies]] hard attributes: found the unknown attribute 'cuont', closest is 'count'"),
    ('window = { lag = "years", strength', 'window = { lag = "years", stength',
     "[[policies]] hard window: found the unknown attribute 'stength', closest is 'strength'"),
    ("count = 2 }", "count = inf }", "[[policies]] hard attributes count: found inf, expected a finite number"),
    ("count = 2 }", "count = -2 }", "[[policies]] hard attributes count: found -2 at the baseline, expected a number in [0, 500]"),
    ('"0.5 * strength_soft"', '"5 * strength_soft"',
     "[[policies]] hard window strength: found 4 at the baseline, expected a number in [0, 1]"),
    ('"0.5 * strength_soft"', '"0.5 / (strength_soft - 0.8)"', "found no defined value at the baseline"),
    ('"0.5 * strength_soft"', '"0.5 * strength_sofd"',
     "[[policies]] hard window strength: position 7: found the unknown name 'strength_sofd', closest is 'strength_soft'"),
    ('"0.5 * strength_soft"', '"0.5 < strength_soft"', "found a truth value, expected a number"),
    ('use = "Toy"', 'use = "Tory"', "[models.toy] use: found the unknown model 'Tory', closest is 'Toy'"),
    ('per = "policies"', 'per = "actors"', "[models.toy] per: found 'actors', expected one of policies"),
    ("{ scale = 1.0 }", "{ scle = 1.0 }", "[models.toy] options"),
    ('options = {', 'bind = { price = "cost" }\noptions = {', "bind: found the unknown parameter of Toy 'price'"),
    ('both = ["soft", "hard"]', 'both = ["soft", "hart"]', "[sets] both: found the unknown policy 'hart', closest is 'hard'"),
    ('both = ["soft", "hard"]', 'both = ["soft", "hard"]\npolicies = ["soft"]', "[sets] policies: found a set of that name"),
    ('id = "C2"', 'id = "C1"', "id: found 'C1' twice"),
    ('companion_of = "C1"', 'companion_of = "C9"', "[[claims]] C2 companion_of: found the unknown claim 'C9'"),
    ("toy.attack['soft'] > toy.attack['hard']", "toy.attack['soft'] > toy.atack['hard']",
     "[[claims]] C1 expr: position 22: found the unknown outcome 'atack' of toy, closest is 'attack'"),
    ("all k in both:", "all k in bot:", "[[claims]] C2 expr: position 10: found the unknown set 'bot', closest is 'both'"),
    ('moot_if = "cost > 0.2"', 'moot_if = "cost"', "[[claims]] C3 moot_if: position 1: found a number"),
    ('moot_if = "cost > 0.2"', 'mootif = "cost > 0.2"', "[[claims]] C3 mootif: found an unknown key, closest is 'moot_if'"),
    ("strength_hard = 0.3, strength_soft", "strength_hart = 0.3, strength_soft",
     "[[claims]] C2 encodes: found the unknown parameter 'strength_hart'"),
    ('vary = "strength_hard"', 'vary = "strength"', "[[claims]] C3 threshold vary: found the unknown parameter 'strength'"),
    ('vary = "strength_hard", range = [0, 1]', 'vary = "strength_hard", range = [0, 2]',
     "threshold range: found 2, expected a number in [0, 1]"),
    ("toy.end.attack['soft'] <= 0.05", "toy.end.attack['sofd'] <= 0.05", "[case] history_filter: position 16: found the unknown key 'sofd'"),
    ('outcome = "attack"', 'outcome = "atack"', "outcome: found the unknown outcome 'toy.atack', closest is 'toy.attack'"),
    ('x = "strength_hard"', 'x = "years"', "x: found the fixed parameter 'years'"),
    ('tree = "soft"', 'tree = "sofd"', "[report] tree: found the unknown policy 'sofd'"),
    ('tree = "soft"', 'trees = "soft"', "[report] trees: found an unknown key, closest is 'tree'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), REFUSED, ids=[says[:60] for _, _, says in REFUSED])
def test_refused_with_one_sentence_naming_file_table_and_key(tmp_path, old, new, says):
    with pytest.raises(sg.ParseError) as refusal:
        toy_case(tmp_path, (old, new))
    sentence = str(refusal.value)
    assert sentence.startswith("case.toml")
    assert says in sentence
    assert "\n" not in sentence


SLIPS = [
    ('title = "A toy"', 'titel = "A toy"', "[case] title: found nothing but 'titel'"),
    ('status = "verify"', 'status = "hearsay"', "[evidence.E1] status: found 'hearsay'"),
    ("range = [0.1, 0.9]", "range = [0.9, 0.1]", "[parameters.strength_soft] range: found low 0.9"),
    ('draw = "triangular"', 'draw = "normal"', "[parameters.strength_hard] draw: found 'normal'"),
    ("count = 2 }", "cuont = 2 }", "[[policies]] hard attributes: found the unknown attribute 'cuont'"),
    ('"0.5 * strength_soft"', '"0.5 * strength_sofd"', "[[policies]] hard window strength: position 7"),
    ('both = ["soft", "hard"]', 'both = ["soft", "hart"]', "[sets] both: found the unknown policy 'hart'"),
    ("toy.attack['soft'] > toy.attack['hard']", "toy.attack['soft'] > toy.atack['hard']",
     "[[claims]] C1 expr: position 22: found the unknown outcome 'atack'"),
    ('companion_of = "C1"', 'companion_of = "C9"', "[[claims]] C2 companion_of: found the unknown claim 'C9'"),
    ('moot_if = "cost > 0.2"', 'moot_if = "cost"', "[[claims]] C3 moot_if: position 1"),
    ('vary = "strength_hard", range = [0, 1]', 'vary = "strength_hrd", range = [0, 1]', "[[claims]] C3 threshold vary"),
    ('tree = "soft"', 'tree = "sofd"', "[report] tree: found the unknown policy 'sofd'"),
]  # fmt: skip


def test_all_slips_of_a_file_are_told_at_once_each_once_and_with_its_line(tmp_path):
    with pytest.raises(sg.ParseError) as refusal:
        toy_case(tmp_path, *((old, new) for old, new, _ in SLIPS))
    told = str(refusal.value).split("\n")
    lines = (tmp_path / "case.toml").read_text(encoding="utf-8").split("\n")
    places = [
        next(line for line in told if says in line) for _, _, says in SLIPS if any(says in t for t in told)
    ]
    assert len(places) == len(SLIPS) == len(told)
    numbers = [int(line.split(":")[1]) for line in told]
    assert numbers == sorted(numbers)
    for (_, new, _), place in zip(SLIPS, places, strict=True):
        assert new.split("\n")[0] in lines[int(place.split(":")[1]) - 1], place


def test_what_builds_on_a_refused_row_is_no_further_error(tmp_path):
    for old, new in (
        ("value = 0.8", 'value = "high"'),
        ('name = "the hard option"', ""),
        ('use = "Toy"', 'use = "Tory"'),
        ('id = "hard"', 'id = "soft"'),
        ('finding = "', 'findings = "'),
    ):
        with pytest.raises(sg.ParseError) as refusal:
            case = (tmp_path / "case.toml", CASE.read_text(encoding="utf-8"))
            case[0].write_text(case[1].replace(old, new, 1), encoding="utf-8")
            Case.load(tmp_path, models={"Toy": Toy})
        assert "\n" not in str(refusal.value), old


def test_a_misspelt_parameter_gets_its_nearest_name(tmp_path):
    with pytest.raises(
        sg.ParseError, match=r"\[parameters.csot\].*nothing uses.*closest is 'cost' of a model"
    ):
        toy_case(
            tmp_path,
            ("cost = {", "csot = {"),
            ('moot_if = "cost > 0.2"', ""),
            ('y = "cost"', 'y = "strength_soft"'),
        )


@pytest.mark.parametrize("name", sg.models.__all__)
@pytest.mark.parametrize("per", [True, False])
def test_every_model_of_the_library_can_be_used_or_says_why_not(tmp_path, name, per):
    model = getattr(sg.models, name)()
    first, second, *_ = model.parameters
    text = f'''
schema = 1
[case]
id = "x"
title = "x"
as_of = 2020-01-01
[evidence.analyst]
finding = "f"
citation = "c"
status = "analyst"
[parameters]
{first.name} = {{ value = {float(first.default_value)}, unit = "1", meaning = "m", evidence = ["analyst"] }}
[[policies]]
id = "a"
name = "a"
attributes = {{ {second.name} = {float(second.default_value)} }}
[models.m]
use = "{name}"
{'per = "policies"' if per else ""}
[[claims]]
id = "C1"
says = "s"
source = "s"
expr = "abs(m.{model.outcomes[0].name}{"['a']" if per else ""}) >= 0"
'''
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    if per:
        verdict = Case.load(tmp_path).evaluate(Design(scrambles=2, points=2)).verdict("C1")
        assert verdict.baseline == "holds" and verdict.share_holds == 1
        return
    with pytest.raises(
        sg.ParseError, match="no model is solved per policy, expected one with per"
    ) as refusal:
        Case.load(tmp_path)
    assert "\n" not in str(refusal.value)


def test_a_link_is_checked_and_a_cycle_refused(tmp_path):
    models = '[models.toy]\nuse = "Toy"\nper = "policies"\n\n[models.other]\nuse = "Toy"\nper = "policies"\n'
    links = '\n[[links]]\nto = "other.strength"\nfrom = "1 - toy.attack"\n'
    twice = ('[models.toy]\nuse = "Toy"\nper = "policies"\n', models)
    linked = toy_case(
        tmp_path, twice, ("[report]", links + "[report]"), ('outcome = "attack"', 'outcome = "toy.attack"')
    )
    assert linked.links[0].to == ("other", "strength")
    back = links + '[[links]]\nto = "toy.strength"\nfrom = "other.attack"\n'
    with pytest.raises(sg.ParseError, match="cycle other -> toy -> other"):
        toy_case(
            tmp_path, twice, ("[report]", back + "[report]"), ('outcome = "attack"', 'outcome = "toy.attack"')
        )
    assert _cycle({"a": {"b", "c"}, "b": {"c"}}) == []


def test_what_a_case_says(tmp_path):
    case = toy_case(tmp_path)
    assert case.visible_policies == ("soft", "hard")
    assert case.sets["policies"] == ("soft", "hard")
    assert case.uncertain == ("cost", "strength_soft", "strength_hard", "multiplicity")
    assert case.policy("hardest").window == case.policy("hard").window
    assert case.policy("hardest").attributes == {"strength": "0.05", "count": "2"}
    assert case.parameters["cost"].as_of == datetime.date(2023, 7, 6)
    assert case.parameters["strength_soft"].analyst
    assert not case.parameters["cost"].analyst
    assert case.claim("C2").companion_of == "C1"
    assert case.claim("C3").threshold.vary == "strength_hard"
    with pytest.raises(sg.InvalidArgument, match="closest is 'C1'"):
        case.claim("C11")


def test_unbound_model_parameters_are_listed(tmp_path):
    assert toy_case(tmp_path).models["toy"].unbound == ()
    fewer = toy_case(
        tmp_path, ("cost = {", "price = {"), ("cost > 0.2", "price > 0.2"), ('y = "cost"', 'y = "price"')
    )
    assert fewer.models["toy"].unbound == ("cost",)
    bound = toy_case(
        tmp_path, ("cost = {", "price = {"), ("cost > 0.2", "price > 0.2"), ('y = "cost"', 'y = "price"'),
        ("options = {", 'bind = { cost = "2 * price" }\noptions = {'),
    )  # fmt: skip
    assert bound.models["toy"].unbound == ()


def test_a_case_is_found_by_name_folder_and_file(tmp_path):
    assert "ukraine_nato_2023" in cases()
    (tmp_path / "case.toml").write_text(CASE.read_text(encoding="utf-8"), encoding="utf-8")
    assert Case.load(tmp_path, models={"Toy": Toy}).id == "toy"
    assert Case.load(str(CASE), models={"Toy": Toy}).id == "toy"
    with pytest.raises(sg.InvalidArgument, match="expected the path of a case or one of ukraine_nato_2023"):
        Case.load("ukraine")


def test_domains():
    half_open = Domain(0, 1, True, False)
    assert half_open.contains([0, 1e-9, 1, 1.1, float("nan")]).tolist() == [False, True, True, False, False]
    assert str(half_open) == "a number in (0, 1]"
    assert str(Domain()) == "a finite number"
    assert half_open.intersect(Domain(0, 2, False, False)) == half_open


def test_the_case_of_ukraine_and_nato():
    case = Case.load("ukraine_nato_2023")
    assert len(case.parameters) == 61 == len(case.uncertain)
    assert all(parameter.analyst for parameter in case.parameters.values())
    assert [claim.id for claim in case.claims if claim.companion_of is None] == [
        "C01",
        "C04",
        "C05",
        "C08",
        "C10",
        "C11",
        "C12",
    ]
    assert set(case.evidence) == {"analyst", *(f"E{i}" for i in range(1, 30))}
    assert case.models["m1"].unbound == ()
    assert not case.warnings
    assert len(case.visible_policies) == 7


def test_baselines_are_the_models_documented_defaults():
    """Both tables are written down once each; a difference would be a slip of the pen in one of them."""
    case = Case.load("ukraine_nato_2023")
    for info in case.models["m1"].model.parameters:
        if info.name in case.parameters:
            assert case.parameters[info.name].value == info.default_value
            assert case.parameters[info.name].symbol == info.symbol


DOCUMENTATION = CASE.parents[3] / "docs" / "case-format.md"


@pytest.mark.parametrize(
    "place",
    ['as_of = 2023-07-06\n', 'status = "read"\n', 'id = "hard"\n', 'use = "Toy"\n', 'id = "C3"\n', 'tree = "soft"\n'],
)  # fmt: skip
def test_every_key_that_is_read_is_documented(tmp_path, place):
    with pytest.raises(sg.ParseError) as refusal:
        toy_case(tmp_path, (place, place + "zzz = 1\n"))
    keys = re.search(r"there are ([\w, ]+)$", str(refusal.value))[1].split(", ")
    text = DOCUMENTATION.read_text(encoding="utf-8")
    assert len(keys) > 1
    assert [key for key in keys if f"`{key}`" not in text and f"`{key} = true`" not in text] == []


JUNK = [
    "1", "-1", '"x"', "true", "[]", "[1, 2]", '["a"]', "{}", "{ a = 1 }", "nan", "inf", "2020-01-01", '""', '"cost"',
    '"1 / 0"', "\"toy.attack['soft']\"", "[[1]]", "1e400", '"' + "(" * 100 + '"', '"all k in both: 1 > 0"', "12:00:00",
]  # fmt: skip


def test_a_damaged_file_is_read_or_refused_and_nothing_else(tmp_path):
    whole, draw = CASE.read_text(encoding="utf-8"), random.Random(20230706)
    values = list(re.finditer(r'= *("[^"]*"|\[[^\[\]]*\]|[\d.]+|\{[^{}]*\})', whole))
    refused = 0
    for i in range(200):
        if i % 4 == 0:
            lines = whole.split("\n")
            del lines[draw.randrange(len(lines))]
            text = "\n".join(lines)
        else:
            value = draw.choice(values)
            text = whole[: value.start(1)] + draw.choice(JUNK) + whole[value.end(1) :]
        (tmp_path / "case.toml").write_text(text, encoding="utf-8")
        try:
            Case.load(tmp_path, models={"Toy": Toy})
        except sg.ParseError as refusal:
            # A damaged row may leave others without what they need; each gets a sentence of its own.
            assert all(line.startswith("case.toml:") for line in str(refusal).split("\n"))
            refused += 1
    assert refused > 100
