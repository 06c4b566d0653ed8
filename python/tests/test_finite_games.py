"""Trees and tables as a user meets them: building, files, assessments, certificates, backward induction."""

from __future__ import annotations

import contextlib
import json
import pickle
from fractions import Fraction

import numpy as np
import pytest

import schelling as sg

WEAK, STRONG = "weak", "strong"


def entry_game(convert=lambda x: x):
    """An incumbent that may be tough: chance, an information set of two nodes, two observed replies."""
    b = sg.ExtensiveGameBuilder(["Entrant", "Incumbent"], title="Entry")
    kind = b.chance(b.root, {WEAK: convert("2/3"), STRONG: convert("1/3")}, label="incumbent")
    for name, fight in {WEAK: -1, STRONG: 2}.items():
        move = b.decision(kind[name], "Entrant", ["out", "in"], information_set="entrant")
        b.terminal(move["out"], {"Entrant": convert(0), "Incumbent": convert(3)}, label=f"out, {name}")
        reply = b.decision(move["in"], "Incumbent", ["yield", "fight"], information_set=name)
        b.terminal(reply["yield"], {"Entrant": convert(2), "Incumbent": convert(1)})
        b.terminal(reply["fight"], {"Entrant": convert(-2), "Incumbent": convert(fight)})
    return b.build()


EQUILIBRIUM = {"entrant": "in", WEAK: "yield", STRONG: "fight"}


def selten_horse():
    """Selten (1975, fig. 1): three players, two components of pure equilibria, one of them sequential."""
    b = sg.ExtensiveGameBuilder(["1", "2", "3"])
    first = b.decision(b.root, "1", ["D", "C"], information_set="one")
    second = b.decision(first["C"], "2", ["d", "c"], information_set="two")
    b.terminal(second["c"], [1, 1, 1])
    for place, left, right in ((first["D"], [3, 3, 2], [0, 0, 0]), (second["d"], [4, 4, 0], [0, 0, 1])):
        third = b.decision(place, "3", ["L", "R"], information_set="three")
        b.terminal(third["L"], left)
        b.terminal(third["R"], right)
    return b.build()


def test_a_game_tells_what_it_is():
    game = entry_game()
    assert game.arithmetic == "exact" and game.players == ("Entrant", "Incumbent")
    assert game.information_sets == ("entrant", WEAK, STRONG)
    assert game.actions("entrant") == ("out", "in") and game.player(STRONG) == "Incumbent"
    assert game.payoffs["out, weak"]["Incumbent"] == 3
    assert game.exact.chance[:2].tolist() == [Fraction(2, 3), Fraction(1, 3)]
    assert game.payoffs["weak, in, fight"][0] == -2
    assert repr(game) == "ExtensiveGame('Entry'; Entrant, Incumbent; 3 information sets, 6 terminals; exact)"


def test_one_float_makes_double_arithmetic():
    exact, double = entry_game(), entry_game(lambda x: float(Fraction(x)))
    assert double.arithmetic == "double" and double.exact is None
    assert exact._to_double() == double and exact != double
    halves = sg.ExtensiveGameBuilder(["A"])
    ends = halves.chance(halves.root, {"heads": 0.5, "tails": 0.5})
    halves.terminal(ends["heads"], [0.1])
    halves.terminal(ends["tails"], [0])
    game = sg.exact(halves.build())
    assert game.arithmetic == "exact" and game.exact.payoffs["heads"][0] == Fraction(1, 10)
    with pytest.warns(UserWarning, match="small denominator"):
        assert sg.exact(double) == exact  # 0.666... and 0.333... as decimals


def test_certified_assessment():
    game = entry_game()
    assessment = game.assessment(EQUILIBRIUM)
    assert assessment.concept == "sequential"
    assert dict(assessment.payoff) == pytest.approx({"Entrant": 2 / 3, "Incumbent": 4 / 3})
    assert assessment.exact.payoff["Entrant"] == Fraction(2, 3)
    assert assessment.outcome["weak, in, yield"] == pytest.approx(2 / 3)
    assert assessment.exact.beliefs["entrant"]["strong"] == Fraction(1, 3)
    assert assessment.strategy[WEAK]["yield"] == 1 and assessment.reach[STRONG] == pytest.approx(1 / 3)
    certificate = sg.certify(game, assessment)
    assert certificate["sequential"] and certificate.max_regret == 0 and certificate.passes(0)
    assert certificate.consistency == "consistent" and certificate.trembles["entrant"]["out"][0] > 0
    assert "Entrant at 'entrant': in; believes 'weak' (2/3) or 'strong' (1/3)" in repr(assessment)


def test_a_violation_is_named():
    game = entry_game()
    certificate = sg.certify(game, {**EQUILIBRIUM, WEAK: "fight"})
    assert certificate.concept is None
    assert not certificate["nash"] and "'Entrant' gains" in certificate["nash"].reason
    assert certificate.one_shot_gain[WEAK] == 0.5 and certificate.exact.one_shot_gain[WEAK] == Fraction(1, 2)
    # Out, held up by an empty threat: Nash, not subgame-perfect (here every subgame is one of the replies).
    bluff = sg.certify(game, {"entrant": "out", WEAK: "fight", STRONG: "fight"})
    assert bluff["nash"] and not bluff["subgame_perfect"] and bluff.concept == "nash"
    assert bluff["subgame_perfect"].reason.startswith("in the subgame after 'weak, in' 'Incumbent' gains")


def test_beliefs_off_the_path():
    game = selten_horse()
    strategy = {"one": "C", "two": "c", "three": {"R": 1}}
    unknown = sg.certify(game, strategy)
    assert unknown["nash"] and unknown["sequential"].holds is None
    with pytest.raises(sg.InvalidArgument, match="undecided: no beliefs are stated at 'three'"):
        bool(unknown["sequential"])
    believing = game.assessment(strategy, beliefs={"three": {"D": "1/3", "C, d": "2/3"}})
    assert believing.concept == "sequential" and believing.exact.beliefs["three"]["D"] == Fraction(1, 3)
    doubting = game.assessment(strategy, beliefs={"three": [1, 0]})
    assert sg.certify(game, doubting)["sequential"].holds is False
    other = game.assessment({"one": "D", "two": "c", "three": "L"})
    assert sg.certify(game, other).concept in ("subgame_perfect", "weak_pbe")
    assert not sg.certify(game, other)["sequential"]


def test_backward_induction_keeps_ties():
    b = sg.ExtensiveGameBuilder(["A", "B"])
    start = b.decision(b.root, "A", ["left", "right"])
    for name in ("left", "right"):
        reply = b.decision(start[name], "B", ["give", "take"])
        b.terminal(reply["give"], [1, 0])
        b.terminal(reply["take"], [0, 0])
    game = b.build()
    found = sg.solve_backward_induction(game)
    assert len(found) == 6 and found.complete and found.status == "solved"
    assert {e.concept for e in found} == {"subgame_perfect"}
    assert all(sg.certify(game, e)["subgame_perfect"] and e.certificate.max_regret == 0 for e in found)
    few = sg.solve_backward_induction(game, limit=1)
    assert len(few) == 1 and few.status == "truncated" and few.coverage == "one" and not few.complete
    assert few.to_svg() == few[0].to_svg() and found.to_latex(2) == found[2].to_latex()
    assert few.options["limit"] == 1 and found[-1] == found[5] and len(found[1:3]) == 2
    with pytest.raises(sg.InvalidGame, match="information set 'three' of 2 nodes"):
        sg.solve_backward_induction(selten_horse())
    with pytest.raises(sg.InvalidOptions, match="limit"):
        sg.solve_backward_induction(game, limit=0)
    with pytest.raises(sg.InvalidOptions, match="arithmetic"):
        sg.solve_backward_induction(game, arithmetic="float")


@pytest.mark.parametrize("convert", [lambda x: x, lambda x: float(Fraction(x))], ids=["exact", "double"])
def test_everything_survives_pickle_and_json(convert, tmp_path):
    game = entry_game(convert)
    assert pickle.loads(pickle.dumps(game)) == game == sg.ExtensiveGame.from_json(game.to_json())
    assessment = game.assessment(EQUILIBRIUM)
    again = pickle.loads(pickle.dumps(assessment))
    assert again == assessment and again.concept == "sequential"
    b = sg.ExtensiveGameBuilder(["A"])
    ends = b.decision(b.root, "A", ["x", "y"])
    b.terminal(ends["x"], [convert("1/3")])
    b.terminal(ends["y"], [convert(0)])
    found = sg.solve_backward_induction(b.build(), limit=7)
    found.save(tmp_path / "found.json")
    for copy in (pickle.loads(pickle.dumps(found)), sg.ExtensiveEquilibria.load(tmp_path / "found.json")):
        assert copy[0] == found[0] and copy.options == found.options and copy.game == found.game
        assert (copy.status, copy.complete, copy.version) == ("solved", True, sg.__version__)
        assert copy[0].certificate.max_regret == 0
    document = json.loads(found.to_json())
    assert document["schema"] == "schelling/result" and document["options"]["limit"] == 7
    table = sg.NormalFormGame([[[convert(1), convert("1/3")]], [[convert(2), convert(0)]]])
    assert pickle.loads(pickle.dumps(table)) == table == sg.NormalFormGame.from_json(table.to_json())


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda d: d["game"].pop("tree"), "game.tree: expected a value, found nothing"),
        (lambda d: d["game"]["chance"].append("1"), "game.chance: expected 2 numbers"),
        (lambda d: d["game"].update(arithmetic="decimal"), "'exact' or 'double'"),
        (lambda d: d["game"]["payoffs"].__setitem__(0, "two"), "payoffs\\[0\\]: expected an integer"),
        (lambda d: d["game"]["payoffs"].pop(), "payoffs: expected 12 entries"),
        (lambda d: d["game"].update(kind="normal_form_game"), "game.kind: expected 'extensive_game'"),
    ],
)
def test_damaged_documents_are_refused(damage, said):
    document = json.loads(entry_game().to_json())
    damage(document)
    with pytest.raises((sg.ParseError, sg.InvalidGame), match=said):
        sg.ExtensiveGame.from_json(json.dumps(document))


def test_files(tmp_path):
    game = entry_game()
    path = tmp_path / "entry.efg"
    text = game.write_efg(path)
    assert sg.ExtensiveGame.read_efg(path) == sg.ExtensiveGame.read_efg(text) == game
    assert sg.ExtensiveGame.read_efg(str(path)).title == "Entry"
    (tmp_path / "EFG.efg").write_text(text, encoding="utf-8")
    with contextlib.chdir(tmp_path):
        assert sg.ExtensiveGame.read_efg("EFG.efg") == game
    with pytest.raises(sg.ParseError, match="line 1: title"):
        sg.ExtensiveGame.read_efg("EFG 2 R")
    table = sg.NormalFormGame([[["1/3", 0], [2, 1]], [[3, 4], [5, "0.25"]]], title="T")
    table.write_nfg(tmp_path / "t.nfg")
    assert sg.NormalFormGame.read_nfg(tmp_path / "t.nfg") == table
    path.write_text(text.replace('"Incumbent"', '"Entrant"').replace(" 2/3 ", " 0.6 "), encoding="utf-8")
    with pytest.raises(sg.ParseError, match=r"entry\.efg: line 4: .*expected the sum 1, found 14/15"):
        sg.ExtensiveGame.read_efg(path)
    path.write_bytes(text.encode().replace(b"Entry", b"Entr\xe9"))
    with pytest.raises(sg.ParseError, match=r"entry\.efg: line 1: expected UTF-8"):
        sg.ExtensiveGame.read_efg(path)
    with pytest.raises(FileNotFoundError):
        sg.ExtensiveGame.read_efg(tmp_path / "none.efg")


def test_a_signalling_game_as_a_tree():
    game = sg.SignalingGame(
        ["1/10", "9/10"],
        [[[0, 2], [1, 3]], [[1, 3], [0, 2]]],
        [[[1, 0], [1, 0]], [[0, 1], [0, 1]]],
        ["weak", "surly"],
        ["beer", "quiche"],
        ["duel", "not"],
    )
    tree = sg.ExtensiveGame.from_signaling_game(game)
    assert set(tree.information_sets) == {"type: weak", "type: surly", "message: beer", "message: quiche"}
    for component in sg.solve_pbe(game):
        for vertex in component.vertices():
            strategy = {f"type: {t}": vertex.exact.sender[k] for k, t in enumerate(game.types)}
            strategy |= {f"message: {m}": vertex.exact.receiver[k] for k, m in enumerate(game.messages)}
            beliefs = {f"message: {m}": vertex.exact.beliefs[k] for k, m in enumerate(game.messages)}
            certificate = sg.certify(tree, tree.assessment(strategy, beliefs=beliefs))
            assert certificate["sequential"]
            assert sg.certify(game, vertex).max_regret == 0


def test_tables():
    rng = np.random.default_rng(3)
    tables = rng.integers(-5, 6, (3, 2, 3, 4))
    game = sg.NormalFormGame(tables, players=["A", "B", "C"])
    assert game.shape == (2, 3, 4) and game.arithmetic == "exact"
    np.testing.assert_array_equal(np.asarray(game), tables)
    np.testing.assert_array_equal(game.payoffs["B"], tables[1])
    assert game.strategies["B"] == ("1", "2", "3")
    assert game.payoff([1, "3", 0])["C"] == tables[2, 1, 2, 0]
    assert sg.NormalFormGame.read_nfg(game.write_nfg()) == game
    double = sg.NormalFormGame({"A": [[0.5, 1]], "B": [[1, 2]]})
    assert double.players == ("A", "B") and double.arithmetic == "double" and double.exact is None
    assert sg.exact(double).exact.payoffs["A"][0, 0] == Fraction(1, 2)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            lambda: sg.NormalFormGame([[[1, 2], [3]], [[1, 2], [3, 4]]]),
            r"payoffs of 'player 1'\[1\]: expected 2",
        ),
        (lambda: sg.NormalFormGame([[[1, 2]], [[1, 2], [3, 4]]]), "payoffs of 'player 2': expected 1"),
        (lambda: sg.NormalFormGame([[1]], players=["A", "B"]), "players: expected 1 names"),
        (lambda: sg.NormalFormGame([[1, 2]], strategies=[["x", "x"]]), "expected distinct labels"),
        (lambda: sg.NormalFormGame([[1, 2]], strategies=[["x"]]), "strategies: expected"),
        (lambda: sg.NormalFormGame([[1, float("nan")]]), "expected a finite number, found nan"),
        (lambda: sg.NormalFormGame([]), "players: expected at least one"),
        (lambda: sg.ExtensiveGameBuilder([]), "players: expected at least one"),
        (lambda: sg.ExtensiveGameBuilder("AB"), "expected a list of names"),
        (lambda: sg.ExtensiveGameBuilder(["A"]).build(), "after the start: expected a decision"),
        (lambda: sg.ExtensiveGameBuilder(["A"]).terminal(0, {"B": 1}), "payoffs: expected one for each of A"),
        (
            lambda: sg.ExtensiveGameBuilder(["A"]).terminal(0, [1, 2]),
            "expected 1, one for each player, found 2",
        ),
        (lambda: sg.ExtensiveGameBuilder(["A"]).decision(0, "B", ["x"]), "expected one of 'A', found 'B'"),
        (lambda: sg.ExtensiveGameBuilder(["A"]).decision(0, "A", "xy"), "expected a list of names"),
    ],
)
def test_mistakes_in_games_are_named(make, said):
    with pytest.raises(sg.InvalidGame, match=said):
        make()


@pytest.mark.parametrize(
    ("strategy", "beliefs", "said"),
    [
        ({"entrant": "in", WEAK: "yield"}, None, "expected a choice at 'strong'"),
        ({**EQUILIBRIUM, "nobody": "in"}, None, "found 'nobody'"),
        ({**EQUILIBRIUM, WEAK: "shout"}, None, "strategy at 'weak': expected actions among 'yield', 'fight'"),
        ({**EQUILIBRIUM, WEAK: {"yield": "1/2"}}, None, "strategy at 'weak': expected the sum 1"),
        ({**EQUILIBRIUM, WEAK: [1, 0, 0]}, None, "expected 2 numbers, one for each action, found 3"),
        ({**EQUILIBRIUM, WEAK: [0.5, 0.5]}, None, "expected exact numbers"),
        (EQUILIBRIUM, {"entrant": ["1/2", "1/3"]}, "beliefs at 'entrant': expected the sum 1"),
        (EQUILIBRIUM, {"entrant": {"middling": 1}}, "expected nodes among 'weak', 'strong'"),
        ("in", None, "expected a mapping"),
    ],
)
def test_mistakes_in_assessments_are_named(strategy, beliefs, said):
    with pytest.raises(sg.InvalidArgument, match=said):
        entry_game().assessment(strategy, beliefs=beliefs)


def test_an_assessment_of_another_game_is_refused():
    assessment = entry_game().assessment(EQUILIBRIUM)
    with pytest.raises(sg.InvalidArgument, match="expected one of the same tree"):
        sg.certify(selten_horse(), assessment)
    with pytest.raises(sg.InvalidArgument, match="in double arithmetic"):
        sg.certify(entry_game(lambda x: float(Fraction(x))), assessment)


def test_pictures_show_play_and_beliefs():
    game = entry_game()
    assert "2/3" in game.to_svg() and "-2, 2" in game.to_svg() and "Entry" in game.to_svg()
    shown = game.assessment(EQUILIBRIUM)._repr_svg_()
    assert "belief 2/3" in shown and "probability 1/3" in shown and 'stroke-dasharray="4 3"' in shown


def battle():
    return sg.NormalFormGame(
        [[[2, 0], [0, 1]], [[1, 0], [0, 2]]],
        players=["man", "woman"],
        strategies=[["fight", "ballet"]] * 2,
        title="Battle",
    )


def test_profiles_of_tables():
    game = battle()
    mixed = game.profile({"man": {"fight": "2/3", "ballet": "1/3"}, "woman": ["1/3", "2/3"]})
    assert mixed.exact.payoff["man"] == Fraction(2, 3) and mixed.certificate.max_regret == 0
    assert mixed.support["man"] == ("fight", "ballet") and not mixed.is_pure
    assert sg.certify(game, mixed).max_regret == 0 == sg.certify(game, ["fight", "fight"]).max_regret
    assert sg.certify(game, ["fight", "ballet"]).max_regret == 1 / 2
    assert repr(game.profile(["ballet", "ballet"])) == "Profile(man: ballet, gets 1; woman: ballet, gets 2)"
    assert pickle.loads(pickle.dumps(mixed)) == mixed != game.profile([["1/2", "1/2"], ["1/3", "2/3"]])
    html = mixed.to_html()
    assert html.count("pure Nash equilibrium") == 2 and "fight  2/3" in html and "<u>2</u>" in game.to_html()
    assert "\\begin{tabular}" in mixed.to_latex()


def test_profiles_as_documents():
    game = battle()
    document = json.loads(game.to_json())
    document |= {
        "schema": "schelling/result",
        "seed": 0,
        "solved_by_version": "0.1",
        "arithmetic": "exact",
        "status": "solved",
        "message": "",
        "method": "by hand",
        "coverage": "some",
        "proven": False,
        "options": {"limit": 3},
        "equilibria": [
            {"strategies": [["1", "0"], ["1", "0"]]},
            {"strategies": [["2/3", "1/3"], ["1/3", "2/3"]]},
        ],
    }
    found = sg.Profiles.from_json(json.dumps(document))
    assert len(found) == 2 and found.game == game and found.options == {"limit": 3}
    assert found[1].exact.payoff["man"] == Fraction(2, 3) and found[0].is_pure
    again = pickle.loads(pickle.dumps(found))
    assert [p.exact.payoff["man"] for p in again] == [2, Fraction(2, 3)] and again.method == "by hand"
    document["equilibria"][0]["strategies"][0] = ["1", "1"]
    with pytest.raises(sg.InvalidArgument, match="'man'"):
        sg.Profiles.from_json(json.dumps(document))


@pytest.mark.parametrize(
    ("strategies", "said"),
    [
        (["fight"], "strategies: expected 2"),
        ({"man": "fight"}, "expected one of 'woman', found none"),
        (["fight", "opera"], "strategy of 'woman': expected .*found 'opera'"),
        ([[1, 1], [1, 0]], "'man'"),
        ([[0.5, 0.5], [1, 0]], "expected exact numbers"),
    ],
)
def test_mistakes_in_profiles_are_named(strategies, said):
    with pytest.raises(sg.InvalidArgument, match=said):
        battle().profile(strategies)
