"""The claim language: what is refused, and evaluation against an evaluator that shares nothing with it."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schelling.analysis.claims import BOOLEAN, NUMBER, ClaimError, Game, ModelSchema, Schema, check, evaluate
from schelling.analysis.claims.grammar import MAX_DEPTH, MAX_LENGTH

POLICIES = ("grey", "framework", "immediate")
SCHEMA = Schema(
    parameters=frozenset({"materiality", "arms_high"}),
    models={
        "m1": ModelSchema(
            frozenset({"attack", "war", "cutoff"}), frozenset({"cutoff"}), POLICIES, frozenset({"immediate"})
        ),
        "council": ModelSchema(frozenset({"offer"})),
    },
    sets={
        "policies": POLICIES,
        "nobody": (),
        "leaders": ("biden",),
        "many": tuple(f"p{i}" for i in range(101)),
    },
)

REFUSED = {
    "": "found the end",
    "m1.atack['grey'] > 0": "unknown outcome 'atack' of m1, closest is 'attack'",
    "m1.attack['gray'] > 0": "unknown key 'gray' of 'm1.attack', closest is 'grey'",
    "m2.attack['grey'] > 0": "'m2' is no model, closest is 'm1'",
    "m1.start.attack['grey'] > 0": "unknown phase 'start'",
    "m1.end.now.attack['grey'] > 0": "expected model.outcome or model.phase.outcome",
    "m1.attack > 0": "found 0 keys of 'm1.attack', expected 1",
    "m1.attack['grey', 'framework'] > 0": "found 2 keys of 'm1.attack', expected 1",
    "council.offer['grey'] > 0": "found 1 keys of 'council.offer', expected 0",
    "m1.attack[k] > 0": "expected a quoted member or a bound variable",
    "m1.cutoff['immediate'] > 0": "belongs to one phase only",
    "materialty > 0": "unknown name 'materialty', closest is 'materiality'",
    "materiality['grey'] > 0": "index on the parameter",
    "1 < 2 < 3": "second comparison '<' in a chain",
    "(1 < 2) < 3": "found a truth value as operand of '<'",
    '__import__("os")': "found '('",
    ".__class__": "found '.'",
    "m1.__class__ > 0": "unknown outcome '__class__'",
    "materiality.__class__ > 0": "'materiality' is no model",
    "m1": "unknown name 'm1'",
    "1": "found a number, expected a truth value",
    "m1.attack['grey']": "found a number, expected a truth value",
    "(" * 80 + "1 < 2" + ")" * 80: f"more than {MAX_DEPTH} levels",
    "-" * 80 + "1 < 2": f"more than {MAX_DEPTH} levels",
    "1 < 2" + " " * MAX_LENGTH: f"found {MAX_LENGTH + 5} characters",
    "all k in policies: m1.war[k]": "found a number as the body of 'all'",
    "sum k in policies: m1.war[k] > 0": "found a truth value as the body of 'sum'",
    "all k in policy: m1.war[k] > 0": "unknown set 'policy', closest is 'policies'",
    "all k in leaders: m1.war[k] > 0": "whose member 'biden' is no key of 'm1.war'",
    "all k in policies: k > 0": "bound variable 'k' as a number",
    "all k in policies: all k in policies: m1.war[k] > 0": "'k' bound twice",
    "all m1 in policies: 1 > 0": "also a parameter or a model",
    "(min_over k in nobody: m1.war[k]) > 0": "over the empty set",
    "all a in many: all b in many: all c in many: 1 > 0": "combinations of set members",
    "materiality == 0.5": "'==' between two reals",
    "m1.war['grey'] != m1.attack['grey']": "'!=' between two reals",
    "not 1": "found a number as operand of 'not'",
    "not not 1 < 2": "found 'not'",
    "1 < 2 and 3": "found a number as operand of 'and'",
    "1 + (1 < 2) < 2": "found a truth value as operand of '+'",
    "abs(1, 2) < 3": "found 2 arguments of abs, expected 1",
    "min() < 3": "found ')'",
    "sin(1) < 3": "found '('",
    "1e999 < 3": "expected a finite number",
    "1 < 2 # comment": "found '#'",
    "x = 3": "found '='",
    "2 ** 3 < 9": "found '*'",
    "lambda: 1": "found ':'",
    "[1] < 2": "found '['",
    "'grey' < 2": "found \"'grey'\"",
    "True": "unknown name 'True'",
    "m1.attack[0] > 0": "found '0'",
    "1 if 2 else 3": "found 'if'",
    "1; 2": "found ';'",
    "+1 < 2": "found '+'",
    "1 < 2 and": "found the end",
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused_with_one_sentence_and_a_position(text):
    with pytest.raises(ClaimError) as refusal:
        check(text, SCHEMA)
    assert REFUSED[text] in str(refusal.value)
    assert 1 <= refusal.value.position <= len(text) + 1
    assert "\n" not in str(refusal.value)


def test_a_deep_text_costs_no_recursion():
    with pytest.raises(ClaimError):
        check("(" * 2000 + "1" + ")" * 2000, SCHEMA)
    assert check(" + ".join(["materiality"] * 250) + " > 0", SCHEMA).kind == BOOLEAN


def test_reads_are_the_games_and_only_those():
    expression = check("m1.attack['immediate'] > m1.end.war['grey'] + m1.window.war['grey']", SCHEMA)
    assert expression.reads == {
        Game("m1", "immediate", "end"), Game("m1", "immediate", "window"), Game("m1", "grey", "end")
    }  # fmt: skip
    over_all = check("all k in policies: m1.end.attack[k] >= 0", SCHEMA)
    assert over_all.reads == {Game("m1", policy, "end") for policy in POLICIES}
    assert check("council.offer > arms_high", SCHEMA).reads == {Game("council", "", "end")}
    assert check("council.offer > arms_high", SCHEMA).parameters == {"arms_high"}


def test_equality_with_zero_or_one_is_allowed_and_warns():
    expression = check("m1.attack['grey'] == 0 or 1 != materiality", SCHEMA)
    assert len(expression.warnings) == 2
    assert "position 19" in expression.warnings[0]


class Numbers:
    """One row per entry of the arrays given by name."""

    def __init__(self, **columns):
        self.columns = {name: np.asarray(values, float) for name, values in columns.items()}
        self.size = len(next(iter(self.columns.values())))

    def parameter(self, name):
        return self.columns[name]

    def outcome(self, model, key, phase, name):
        return self.columns[f"{name}_{key}"]

    def over_equilibria(self, join, values):
        """All rows are equilibria of one point."""
        return np.full(self.size, join.reduce(values))


def values_of(text, kind=BOOLEAN, **columns):
    names = frozenset(columns)
    schema = Schema(names | SCHEMA.parameters, SCHEMA.models, SCHEMA.sets)
    return evaluate(check(text, schema, kind), Numbers(**columns))


def test_the_body_of_a_quantifier_reaches_as_far_right_as_it_can():
    found = values_of("1 + sum k in policies: x * 2 + 3", NUMBER, x=[1.0])
    assert found.value[0] == 1 + 3 * (2 + 3)


def test_precedence():
    assert values_of("1 - 2 - 3 + 8 / 2 / 2 - -1", NUMBER, x=[0.0]).value[0] == -1
    assert values_of("x > 0 or x > 1 and x > 2", x=[0.5]).value[0]
    assert not values_of("(x > 0 or x > 1) and x > 2", x=[0.5]).value[0]
    assert values_of("not x > 0 or x > 0", x=[0.5]).value[0]


@pytest.mark.parametrize(
    "text",
    [
        "1 / x > 0",
        "log(x) > 0",
        "log(-1) < 0 or x == 0",
        "x == 0 or 1 / x > 0",
        "exp(1000 + x) > 0",
        "y > 0 or x == 0",
    ],
)
def test_undefined_is_strict(text):
    found = values_of(text, x=[0.0], y=[np.nan])
    assert not found.defined[0]


def test_ties_are_rows_where_strict_and_weak_readings_differ():
    found = values_of("x > y", x=[1.0, 1.0, 2.0], y=[1.0, 0.0, 2.0])
    assert found.tie.tolist() == [True, False, True]
    assert found.value.tolist() == [False, True, False]
    # Equal sides that do not decide are no tie.
    assert not values_of("x > y or x >= 0", x=[1.0], y=[1.0]).tie[0]
    assert values_of("not x < y", x=[1.0], y=[1.0]).tie[0]


ATTACKS = {"attack_grey": [1, 2, 3], "attack_framework": [2, 2, 2], "attack_immediate": [4, 4, 4]}


@pytest.mark.parametrize(
    ("text", "value", "tie"),
    [
        # A policy meets itself: no tie. It meets an equal of its own: a tie.
        ("all k in policies: m1.attack['grey'] <= m1.attack[k]", [1, 1, 0], [0, 1, 0]),
        ("all k in policies: m1.attack[k] >= m1.attack['grey']", [1, 1, 0], [0, 1, 0]),
        ("all k in policies: m1.attack['grey'] - m1.attack[k] <= 0", [1, 1, 0], [0, 1, 0]),
        ("all k in policies: 0 <= m1.attack[k] - m1.attack['grey']", [1, 1, 0], [0, 1, 0]),
        ("all k in policies: 2 * m1.attack['grey'] <= (2 * m1.attack[k])", [1, 1, 0], [0, 1, 0]),
        ("not (any k in policies: m1.attack['grey'] > m1.attack[k])", [1, 1, 0], [0, 1, 0]),
        ("m1.attack['grey'] <= min_over k in policies: m1.attack[k]", [1, 1, 0], [0, 1, 0]),
        ("(min_over k in policies: m1.attack[k]) >= m1.attack['grey']", [1, 1, 0], [0, 1, 0]),
        ("m1.attack['grey'] <= min(m1.attack['grey'], m1.attack['framework'])", [1, 1, 0], [0, 1, 0]),
        ("m1.attack['immediate'] >= max_over k in policies: m1.attack[k]", [1, 1, 1], [0, 0, 0]),
        ("all i in policies: all k in policies: m1.attack[i] <= m1.attack[k] + 9", [1, 1, 1], [0, 0, 0]),
        # The strict reading is false of every number and itself: that is what was written, and no tie.
        ("all k in policies: m1.attack['grey'] < m1.attack[k]", [0, 0, 0], [0, 0, 0]),
        ("m1.attack['grey'] <= m1.attack['framework']", [1, 1, 0], [0, 1, 0]),
        ("m1.attack['grey'] <= 2", [1, 1, 0], [0, 1, 0]),
    ],
)
def test_a_number_that_meets_itself_is_no_tie(text, value, tie):
    found = values_of(text, **ATTACKS)
    assert found.value.tolist() == list(map(bool, value))
    assert found.tie.tolist() == list(map(bool, tie))


def test_lowest_and_highest_range_over_equilibria():
    low = values_of("lowest(m1.attack['grey'])", NUMBER, **ATTACKS)
    assert low.value.tolist() == [1, 1, 1]
    assert values_of("highest(2 * m1.attack['grey']) - 1", NUMBER, **ATTACKS).value.tolist() == [5, 5, 5]
    assert not values_of("highest(m1.attack['grey']) < lowest(m1.attack['framework'])", **ATTACKS).value.any()
    with pytest.raises(ClaimError, match="'lowest' of a number that reads no outcome"):
        values_of("lowest(x) > 0", x=[1.0])
    with pytest.raises(ClaimError, match="found 2 arguments of highest, expected 1"):
        values_of("highest(x, x) > 0", x=[1.0])


def test_a_banned_equality_says_what_to_write():
    with pytest.raises(ClaimError, match=r"write abs\(left - right\) <= 0\.001"):
        values_of("x == y", x=[1.0], y=[1.0])
    with pytest.raises(ClaimError, match=r"write abs\(left - right\) > 0\.001"):
        values_of("x != y", x=[1.0], y=[1.0])


def test_members_of_the_outermost_quantifier_are_kept():
    found = values_of(
        "all k in policies: m1.attack[k] > x",
        x=[0.5, 0.5], attack_grey=[1, 1], attack_framework=[0, 1], attack_immediate=[0, 1],
    )  # fmt: skip
    assert found.members == POLICIES
    assert found.member_value.tolist() == [[True, True], [False, True], [False, True]]
    assert found.value.tolist() == [False, True]


def test_empty_sets():
    assert values_of("all k in nobody: x > 1", x=[0.0]).value[0]
    assert not values_of("any k in nobody: x < 1", x=[0.0]).value[0]
    assert values_of("sum k in nobody: x", NUMBER, x=[3.0]).value[0] == 0


# --- a generator of well-typed expressions, each with a plain Python function that says what it is worth ---


class Undefined(Exception):
    pass


def finite(value):
    if not math.isfinite(value):
        raise Undefined
    return value


def _divide(a, b):
    if b == 0:
        raise Undefined
    return finite(a / b)


def _exp(a):
    try:
        return math.exp(a)
    except OverflowError:
        raise Undefined from None


def _log(a):
    if a <= 0:
        raise Undefined
    return math.log(a)


BINARY = {
    "+": lambda a, b: finite(a + b),
    "-": lambda a, b: finite(a - b),
    "*": lambda a, b: finite(a * b),
    "/": _divide,
}
COMPARE = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
UNARY = {"abs": abs, "exp": _exp, "log": _log}
COLUMNS = {"x": [0.0, 1.0, -2.0, 0.5], "y": [1.0, 0.0, 0.5, np.nan], "materiality": [0.1] * 4}


leaves = st.one_of(
    st.sampled_from(["0", "1", "0.5", "2", "3e0"]).map(
        lambda text: (text, lambda row, text=text: float(text))
    ),
    st.sampled_from(["x", "y", "materiality"]).map(
        lambda name: (name, lambda row, name=name: finite(row[name]))
    ),
)


def numbers(children):
    return st.one_of(
        st.tuples(st.sampled_from(sorted(BINARY)), children, children).map(
            lambda t: (
                f"({t[1][0]} {t[0]} {t[2][0]})",
                lambda row, t=t: BINARY[t[0]](t[1][1](row), t[2][1](row)),
            )
        ),
        st.tuples(st.sampled_from(sorted(UNARY)), children).map(
            lambda t: (f"{t[0]}({t[1][0]})", lambda row, t=t: finite(UNARY[t[0]](t[1][1](row))))
        ),
        st.tuples(st.sampled_from(["min", "max"]), st.lists(children, min_size=1, max_size=3)).map(
            lambda t: (
                f"{t[0]}({', '.join(child[0] for child in t[1])})",
                lambda row, t=t: {"min": min, "max": max}[t[0]]([child[1](row) for child in t[1]]),
            )
        ),
        children.map(lambda child: (f"(-{child[0]})", lambda row: -child[1](row))),
        children.map(
            lambda child: (
                f"(sum k in policies: {child[0]})",
                lambda row: finite(sum(child[1](row) for _ in POLICIES)),
            )
        ),
    )


number = st.recursive(leaves, numbers, max_leaves=8)
comparison = st.tuples(number, st.sampled_from(sorted(COMPARE)), number).map(
    lambda t: (f"{t[0][0]} {t[1]} {t[2][0]}", lambda row, t=t: COMPARE[t[1]](t[0][1](row), t[2][1](row)))
)


def truths(children):
    return st.one_of(
        st.tuples(st.sampled_from(["and", "or"]), st.lists(children, min_size=2, max_size=3)).map(
            lambda t: (
                "(" + f" {t[0]} ".join(child[0] for child in t[1]) + ")",
                # Every operand is looked at before they are joined: nothing saves an undefined one.
                lambda row, t=t: {"and": all, "or": any}[t[0]]([child[1](row) for child in t[1]]),
            )
        ),
        children.map(lambda child: (f"(not ({child[0]}) and 0 < 1)", lambda row: not child[1](row))),
        children.map(lambda child: (f"(any k in policies: {child[0]})", lambda row: child[1](row))),
    )


truth = st.recursive(comparison, truths, max_leaves=6)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(truth)
def test_evaluation_agrees_with_plain_python(generated):
    text, meaning = generated
    try:
        found = values_of(text, **COLUMNS)
    except ClaimError as refusal:
        assert "levels of nesting" in str(refusal) or "bound twice" in str(refusal)
        return
    for i in range(4):
        try:
            expected = meaning({name: values[i] for name, values in COLUMNS.items()})
        except Undefined:
            assert not found.defined[i], text
            continue
        assert found.defined[i], text
        assert bool(found.value[i]) == expected, text


PIECES = [
    "m1", ".", "attack", "end", "[", "'grey'", "]", "k", "all", "in", "policies", ":", "(", ")", "<", "==",
    "+", "-", "*", "/", "1", "0.5", "and", "or", "not", "min", ",", "x", " ", '"', "__", "\n", "é", "\x00",
]  # fmt: skip


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join), st.text(max_size=40)))
def test_any_text_is_an_expression_or_a_claim_error(text):
    try:
        expression = check(text, SCHEMA)
    except ClaimError as refusal:
        assert 1 <= refusal.position <= len(text) + 1
    else:
        assert expression.kind == BOOLEAN
