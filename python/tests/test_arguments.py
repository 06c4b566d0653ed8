"""Wrong arguments get one sentence that names them, whichever public function is called and whichever argument is wrong.

The functions are found by looking at the package, so that what is added to it is held to the same; a function without an
example of a right call below fails the test.
"""

import importlib
import inspect
import warnings
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import schelling as sg

# Words of the machinery that say nothing to a caller.
BANNED = ("pybind", "incompatible function arguments", "_native", "Unable to cast", "object has no attribute")

MASKED = np.ma.masked_array([1.0, 2.0], mask=[True, False])
WRONG = {
    "nothing": None,
    "an object": object(),
    "a number": 3,
    "a negative number": -1,
    "half": 1.5,
    "a huge integer": 10**5000,
    "a text": "no such thing",
    "a surrogate": "\ud800",
    "bytes": b"x",
    "a list": [],
    "a pair": (1, "x"),
    "a mapping": {"z": 1},
    "a masked array": MASKED,
    "a class": int,
    "an array": np.zeros((2, 0, 3)),
}

BEER = sg.SignalingGame(
    ["9/10", "1/10"],
    [[[1, 3], [0, 2]], [[0, 2], [1, 3]]],
    [[[0, 1], [0, 1]], [[1, 0], [1, 0]]],
    types=["surly", "weak"],
    messages=["beer", "quiche"],
    actions=["duel", "not"],
)
PENNIES = sg.NormalFormGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], strategies=[["heads", "tails"]] * 2)


def entry(arithmetic=1):
    b = sg.ExtensiveGameBuilder(["entrant", "incumbent"])
    start = b.decision(b.root, "entrant", ["out", "in"])
    b.terminal(start["out"], [0, 2])
    reply = b.decision(start["in"], "incumbent", ["fight", "yield"])
    b.terminal(reply["fight"], [-1, -1])
    b.terminal(reply["yield"], [1, arithmetic])
    return b.build()


ENTRY = entry()
LAW = sg.uniform(0, 1)


def private(law):
    b = sg.PrivateTypeGameBuilder({"buyer": law, "seller": sg.atom(0.0)})
    start = b.decision(b.root, "buyer", ["no", "yes"], information_set="buyer")
    b.terminal(start["no"], {"buyer": 0.0, "seller": 0.0})
    b.terminal(start["yes"], {"buyer": (-0.5, 1.0), "seller": 0.5})
    return b.build()


PRIVATE, ATOMS = private(LAW), private(sg.atom(0.3))
COMPONENT = sg.solve_pbe(BEER)[0]
FAMILY = sg.SignalingFamily.from_function(
    lambda p: sg.SignalingGame([p, 1 - p], BEER.exact.sender, BEER.exact.receiver), p=(0, 1)
)
UNIFORM_BATCH = {
    "prior": np.full((3, 2), 0.5),
    "sender": np.random.default_rng(0).normal(size=(3, 2, 2, 2)),
    "receiver": np.random.default_rng(1).normal(size=(3, 2, 2, 2)),
}
PUBLISHED = "signalling/cho-kreps-1987-beer-quiche"
FRAME = pd.DataFrame(
    [
        {"type": t, "message": m, "action": a, "sender": 1, "receiver": 2}
        for t in "xy"
        for m in "uv"
        for a in "ab"
    ]
)

#: A right call of every public function and constructor that takes arguments.
CALLS = {
    "ExtensiveGame": {"tree": ENTRY.tree, "chance": [0] * 4, "payoffs": [[0, 2], [-1, -1], [1, 1]]},
    "ExtensiveGameBuilder": {"players": ["a", "b"]},
    "NormalFormGame": {"payoffs": [[[1, 0]], [[0, 1]]], "players": ["a", "b"], "strategies": [["x"], ["y", "z"]]},
    "PrivateTypeGameBuilder": {"players": {"buyer": LAW}},
    "SignalingFamily": {"base": BEER, "slopes": {"e": {"sender": BEER.exact.sender}}, "ranges": {"e": (0, 1)}},
    "SignalingGame": {"prior": [1], "sender": [[[0]]], "receiver": [[[0]]], "types": ["t"], "messages": ["m"], "actions": ["a"]},
    "agent_qre": {"game": PENNIES, "lambda_": 1.0},
    "assess": {"game": PRIVATE, "strategy": sg.solve_cutoff(PRIVATE)[0].strategy},
    "Cell": {"lower": 0.0, "upper": 1.0, "probabilities": {"a": 1.0}},
    "Certificate": {"max_regret": 0.0, "bayes_gap": 0.0},
    "atom": {"value": 1.0},
    "beta": {"alpha": 2.0, "beta": 2.0},
    "certify": {"game": ENTRY, "assessment": sg.solve_backward_induction(ENTRY)[0]},
    "eliminate_dominated": {"game": PENNIES},
    "estimate_agent_qre": {"game": PENNIES, "counts": [3, 4, 5, 6]},
    "exact": {"value": 0.5},
    "lognormal": {"median": 1.0, "log_sd": 1.0},
    "mixture": {"components": [(0.5, LAW), (0.5, LAW)]},
    "normal": {"mean": 0.0, "sd": 1.0},
    "solve_agent_qre": {"game": PENNIES},
    "solve_backward_induction": {"game": ENTRY},
    "solve_correlated": {"game": PENNIES},
    "solve_cutoff": {"game": PRIVATE},
    "solve_nash": {"game": PENNIES},
    "solve_nash_all": {"game": PENNIES},
    "solve_pbe": {"game": BEER},
    "solve_pbe_batch": UNIFORM_BATCH,
    "solve_pure": {"game": PENNIES},
    "solve_quasi_perfect": {"game": ENTRY},
    "solve_zero_sum": {"game": PENNIES},
    "survives": {"game": BEER, "assessment": COMPONENT.representative, "refinement": "d1"},
    "triangular": {"lower": 0.0, "mode": 0.5, "upper": 1.0},
    "uniform": {"lower": 0.0, "upper": 1.0},
    "why_not": {"game": BEER, "sender": {"surly": "beer", "weak": "beer"}},
}  # fmt: skip

MODEL = sg.models.CrisisBargainingUniform()
SWEPT = sg.sweep(MODEL, {"audience_cost": [0.1, 0.2]}, progress=False)
CALLS |= {
    "Axis": {"name": "audience_cost", "low": 0.1, "high": 0.2},
    "padded": {"dataset": SWEPT},
    "phase_diagram": {
        "model": MODEL, "x": sg.Axis("audience_cost", 0.1, 0.2), "y": sg.Axis("prize_challenger", 1, 2),
        "outcome": MODEL.outcomes[0].name, "resolution": 2, "depth": 0,
    },
    "sensitivity": {
        "samples": np.random.default_rng(2).random((64, 2)), "outputs": np.arange(64.0), "parameters": ["a", "b"],
        "resamples": 0,
    },
    "sweep": {"model": MODEL, "samples": {"audience_cost": [0.1]}, "progress": False},
    "table": {"source": SWEPT},
}  # fmt: skip
for _name in importlib.import_module("schelling.models").__all__:
    _kind = getattr(sg.models, _name)
    if hasattr(_kind, "sweep") or hasattr(_kind, "known_equilibria"):
        try:
            CALLS[_name] = {row.name: row.default_value for row in _kind().parameters[:3]}
        except TypeError:  # a base class without parameters of its own
            continue

#: Objects whose public methods are called, and right values of their parameters by name.
OBJECTS = {
    "ExtensiveGame": ENTRY,
    "NormalFormGame": PENNIES,
    "SignalingGame": BEER,
    "NashComponent": sg.solve_nash_all(ENTRY)[0],
    "Distribution": LAW,
    "GameTree": ENTRY.tree,
    "PublishedGame": sg.PublishedGame.load(PUBLISHED),
    "ExtensiveGameBuilder": None,  # made anew for each call
}
VALUES = {
    "PublishedGame.load": {"name": PUBLISHED},
    "SignalingGame.from_function": {
        "payoffs": lambda t, m, a: (1, 2), "prior": [1], "types": 1, "messages": ["u", "v"], "actions": 2,
    },
    "SignalingGame.from_dataframe": {"frame": FRAME, "prior": ["1/2", "1/2"]},
    "SignalingGame.read": {"text_or_path": BEER.write()},
    "ExtensiveGame.assessment": {"strategy": {0: "in", 1: "yield"}},
    "ExtensiveGame.read_efg": {"source": ENTRY.write_efg()},
    "ExtensiveGame.from_json": {"text": ENTRY.to_json()},
    "ExtensiveGame.from_private_type_game": {"game": ATOMS},
    "ExtensiveGame.from_signaling_game": {"game": BEER},
    "ExtensiveGame.actions": {"information_set": 0},
    "ExtensiveGame.player": {"information_set": 0},
    "NormalFormGame.read_nfg": {"source": PENNIES.write_nfg()},
    "NormalFormGame.from_json": {"text": PENNIES.to_json()},
    "NormalFormGame.payoff": {"profile": ["heads", "tails"]},
    "NormalFormGame.profile": {"strategies": ["heads", "tails"]},
    "NashComponent.extends_to": {"concept": "sequential"},
    "ExtensiveGameBuilder.decision": {"place": 0, "player": "a", "actions": ["x", "y"]},
    "ExtensiveGameBuilder.chance": {"place": 0, "events": {"x": 1}},
    "ExtensiveGameBuilder.terminal": {"place": 0, "payoffs": [1, 2]},
    "Distribution.cdf": {"x": 0.5}, "Distribution.complement": {"x": 0.5}, "Distribution.pdf": {"x": 0.5},
    "Distribution.quantile": {"p": 0.5}, "Distribution.mass": {"lower": 0.1, "upper": 0.2},
    "Distribution.partial_mean": {"lower": 0.1, "upper": 0.2}, "Distribution.truncated": {"lower": 0.1, "upper": 0.2},
    "Distribution.from_json": {"text": LAW.to_json()},
    "GameTree.actions": {"information_set": 0}, "GameTree.player": {"information_set": 0},
    "GameTree.from_json": {"text": ENTRY.tree.to_json()},
}  # fmt: skip

#: Words by which a message may name an argument that has parts.
SYNONYMS = {
    "value": {"number"},
    "assessment": {"strategy"},
    "components": {"weights"},
    "profile": {"strategy", "strategies"},
    "strategies": {"strategy"},
    "frame": {"data frame"},
    "receiver": {"replies"},
    "prior": {"types"},
    "samples": {"unknown parameter", "points"},
    "payoffs": {"payoff"},
}

PACKAGES = ("schelling", "schelling.finite", "schelling.signaling", "schelling.models")
#: What the analysis of data and cases calls is tested beside it.
ANALYSIS = {"cases", "catalog", "check_model", "grid"}


def public_functions():
    found = {}
    for package in PACKAGES:
        module = importlib.import_module(package)
        for name in module.__all__:
            member = getattr(module, name)
            if callable(member) and not (isinstance(member, type) and issubclass(member, Exception)):
                found[name] = member
    return found


def is_result(kind):
    """Whether a class is made by the library alone: from what the compiled core found, or field by field."""
    if not isinstance(kind, type):
        return False
    try:
        parameters = list(inspect.signature(kind).parameters)
    except ValueError:
        return True
    if kind.__name__ == "CorrelatedEquilibrium":
        return True
    made = {"native", "equilibria", "kind", "_", "product", "distribution", "welfare"}
    return (
        bool(made & set(parameters[:3])) or hasattr(kind, "__dataclass_fields__") or "args" in parameters[:1]
    )


def parameters_of(function, right):
    try:
        known = inspect.signature(function).parameters
    except ValueError:
        return list(right)
    names = [
        n for n, p in known.items() if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) and n != "self"
    ]
    return names or list(right)


def cases():
    for name, function in sorted(public_functions().items()):
        if name in CALLS:
            yield name, function, CALLS[name]
    for kind, thing in OBJECTS.items():
        owner = getattr(sg, kind)
        for name, member in inspect.getmembers(owner, callable):
            if name.startswith("_"):
                continue
            right = VALUES.get(f"{kind}.{name}", {})
            if kind == "ExtensiveGameBuilder":

                def call(_name=name, **given):
                    return getattr(sg.ExtensiveGameBuilder(["a", "b"]), _name)(**given)

                call.__signature__ = inspect.Signature(
                    [p for p in inspect.signature(member).parameters.values() if p.name != "self"]
                )
                yield f"{kind}.{name}", call, right
            else:
                yield f"{kind}.{name}", getattr(thing, name), right


def call(function, given):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(**given)


def test_every_public_function_has_an_example():
    known = set(CALLS) | ANALYSIS | set(importlib.import_module("schelling.models").__all__)
    missing = [
        n
        for n, f in public_functions().items()
        if n not in known and not is_result(f) and parameters_of(f, {})
    ]
    assert not missing, f"add a right call of {missing} to CALLS"


CASES = list(cases())


@pytest.mark.parametrize("name, function, right", CASES, ids=[case[0] for case in CASES])
def test_right_arguments_are_taken(name, function, right):
    if (right or not parameters_of(function, right)) and name != "ExtensiveGameBuilder.build":
        call(function, dict(right))


def refusals(function, right, parameter):
    for what, value in WRONG.items():
        if parameter == "path" and isinstance(value, str):
            continue
        if parameter == "limit" and isinstance(value, int) and value == 3:
            continue
        try:
            call(function, {**right, parameter: value})
        except Exception as error:
            yield what, error


@pytest.mark.parametrize("name, function, right", CASES, ids=[case[0] for case in CASES])
def test_wrong_arguments_are_named(name, function, right):
    for parameter in parameters_of(function, right):
        for what, error in refusals(function, right, parameter):
            where = f"{name}({parameter}={what}): {type(error).__name__}: {str(error)[:300]}"
            if isinstance(error, OSError):
                assert str(error), where
                continue
            assert isinstance(error, (sg.SchellingError, TypeError, ValueError)), where
            assert not any(word in str(error) for word in BANNED), where
            assert len(str(error)) < 1000, where
            if isinstance(error, sg.ParseError):  # names the line of the text
                continue
            words = {parameter, parameter.rstrip("_"), parameter.replace("_", " "), parameter.rstrip("s")}
            if "expected" in str(error):  # of two arguments that do not fit each other either may be named
                words |= set(parameters_of(function, right))
            assert any(word in str(error) for word in words | SYNONYMS.get(parameter, set())), where


@pytest.mark.parametrize("name", sorted(n for n in CALLS if not isinstance(public_functions().get(n), type)))
def test_help_begins_with_what_a_function_does(name):
    text = inspect.getdoc(public_functions()[name])
    assert text and not text.startswith(f"{name}("), text
    assert "pybind11" not in text


def test_limits_are_whole_and_times_are_numbers():
    for limit in (-1, 1.5, "1", True, 2**70):
        with pytest.raises(sg.InvalidOptions, match=r"limit: expected a whole number that is not negative"):
            sg.solve_pbe(BEER, limit=limit)
    with pytest.raises(
        sg.InvalidOptions, match=r"time_limit: expected a number of seconds, or None, found '1'"
    ):
        sg.solve_nash(ENTRY, time_limit="1")
    assert len(sg.solve_nash(ENTRY, time_limit=np.float64(9))) == 1
    assert len(sg.solve_pbe(BEER, limit=np.int64(9))) == 2


def test_numbers_too_long_or_too_large_are_told():
    with pytest.raises(sg.SchellingError, match="at most 4300 digits"):
        sg.NormalFormGame([[[10**5000]], [[1]]])
    with pytest.raises(sg.SchellingError, match="beside a float"):
        sg.NormalFormGame([[[10**400]], [[0.5]]])
    game = sg.NormalFormGame([[[10**4000]], [[Fraction(1, 3)]]])
    assert game.exact.payoffs[0][0, 0] == 10**4000


def test_labels_are_texts_that_can_be_written():
    for make in (
        lambda: sg.NormalFormGame([[[1]], [[1]]], players=["a", "\ud800"]),
        lambda: sg.NormalFormGame([[[1]], [[1]]], title="\udfff"),
        lambda: sg.SignalingGame([1], [[[0]]], [[[0]]], types=["\ud800"]),
        lambda: sg.ExtensiveGameBuilder(["\ud800"]),
    ):
        with pytest.raises(sg.InvalidGame, match="surrogate"):
            make()


def test_missing_entries_are_not_numbers():
    table = np.ma.masked_array([[[1.0, 2.0]], [[3.0, 4.0]]], mask=[[[True, False]], [[False, False]]])
    with pytest.raises(sg.InvalidGame, match="masked"):
        sg.SignalingGame([0.5, 0.5], table, table)
    with pytest.raises(sg.SchellingError, match="masked"):
        sg.exact(table)
