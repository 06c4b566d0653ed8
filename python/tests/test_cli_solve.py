"""`schelling solve` gives what was asked: concepts, the next solver after a refusal, coverage, and no floods."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import schelling as sg
from schelling.cli import main
from schelling.finite.coverage import SEARCHES, coverage_in_words
from schelling.finite.report import report
from schelling.finite.solve import CONCEPTS, fits, read_game, solve, solvers

GAMES = Path(__file__).parent / "data" / "games"
BEER_QUICHE = """\
# a remark comes first
signaling game
types strong 9/10, weak 1/10
messages beer, quiche
actions duel, not
strong beer:   1 0, 3 1
strong quiche: 0 0, 2 1
weak beer:     0 1, 2 0
weak quiche:   1 1, 3 0
"""


def run(capsys, *arguments) -> str:
    assert main(["solve", *map(str, arguments)]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


@pytest.mark.parametrize("players", ["two", "three"])
@pytest.mark.parametrize("concept", ["subgame_perfect", "weak_pbe", "sequential"])
def test_only_equilibria_with_the_concept_are_printed(capsys, players, concept):
    printed = run(capsys, GAMES / f"one_subgame_perfect_{players}_players.efg", "--concept", concept)
    assert f"{concept}: yes" in printed and f"{concept}: no" not in printed
    assert printed.count("ExtensiveAssessment(") == 1
    assert "at 'One in theta': b" in printed or "at 'Ann in theta': b" in printed
    assert "One 2, Two 6" in printed


def test_without_a_concept_the_completion_is_pointed_to(capsys):
    printed = run(capsys, GAMES / "one_subgame_perfect_two_players.efg")
    assert "extends to subgame_perfect: yes; --concept subgame_perfect prints it" in printed


def test_a_refusal_is_followed_by_the_next_solver(capsys):
    printed = run(capsys, GAMES / "chance_of_probability_zero.efg", "--concept", "sequential")
    assert "tried nash_all: " in printed and "undecided" in printed
    assert "tried quasi_perfect: " in printed and "chance events of probability zero" in printed
    assert "sequential: yes" in printed and "coverage: one " in printed


def poker(cards: int) -> sg.ExtensiveGame:
    """Kuhn's poker with more cards: with 40, 320 actions, more than the solver of all equilibria takes."""
    b = sg.ExtensiveGameBuilder(["first", "second"])
    deals = [(i, j) for i in range(cards) for j in range(cards) if i != j]
    dealt = b.chance(b.root, {f"{i} {j}": sg.exact(f"1/{len(deals)}") for i, j in deals})
    for i, j in deals:
        won = 1 if i > j else -1

        def ends(at, stake):
            b.terminal(at, [stake, -stake])

        opened = b.decision(dealt[f"{i} {j}"], "first", ["check", "bet"], information_set=f"first {i}")
        after = b.decision(opened["check"], "second", ["check", "bet"], information_set=f"after check {j}")
        ends(after["check"], won)
        reply = b.decision(after["bet"], "first", ["fold", "call"], information_set=f"raised {i}")
        ends(reply["fold"], -1)
        ends(reply["call"], 2 * won)
        last = b.decision(opened["bet"], "second", ["fold", "call"], information_set=f"after bet {j}")
        ends(last["fold"], 1)
        ends(last["call"], 2 * won)
    return b.build()


def test_a_game_too_large_for_one_solver_is_solved_by_another(tmp_path, capsys):
    path = tmp_path / "poker.EFG"
    poker(33).write_efg(path)
    printed = run(capsys, path, "--arithmetic", "double", "--time-limit", 60)
    assert "tried nash_all: " in printed and "256" in printed
    assert "nash: yes" in printed and "coverage: one " in printed


def test_when_all_refuse_the_sentence_names_each(capsys):
    assert main(["solve", str(GAMES / "chance_of_probability_zero.efg"), "--concept", "quasi_perfect"]) == 2
    error = capsys.readouterr().err
    assert "quasi_perfect: " in error and "probability zero" in error and len(error.splitlines()) == 1


def test_every_solver_states_its_coverage():
    assert set(SEARCHES) == set(solvers())
    signalling = sg.SignalingGame.read(BEER_QUICHE)
    table = sg.NormalFormGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    tree = read_game(str(GAMES / "one_subgame_perfect_two_players.efg"))
    perfect = sg.PublishedGame.load("reputation/selten-1978-chain-store").game
    seen = set()
    for game in (signalling, table, tree, perfect):
        for solver in solvers():
            if not fits(solver, game) or (game is perfect and solver != "backward_induction"):
                continue
            try:
                answer = solve(game, solver=solver, time_limit=20)
            except sg.SchellingError:
                continue
            seen.add(solver)
            lines = list(report(answer))
            (stated,) = [line for line in lines if line.startswith("coverage: ")]
            words = stated.removeprefix("coverage: ")
            assert words == coverage_in_words(solver, answer.game, answer.result)
            assert words.startswith(answer.result.coverage + " ")
            if solver != "pbe":  # the result itself, printed, says the same
                assert f"coverage: {words.replace('--solver ', 'solve_')}\n" in f"{answer.result!r}\n"
            if answer.result.coverage != "all":
                assert "there may be more" in words
            elif answer.result.proven:
                assert ", proven" in words
    assert seen == set(SEARCHES)


def test_all_pure_profiles_are_not_all_equilibria(capsys):
    printed = run(capsys, GAMES / "continuum_three_players.nfg")
    assert (
        "all equilibria among the pure profiles, proven; mixed ones were not looked for; try --solver"
        in printed
    )


def test_of_two_perfect_bayesian_equilibria_both_are_printed(capsys):
    game = "signalling/cho-kreps-1987-beer-quiche"
    printed = run(capsys, game, "--concept", "sequential")
    assert "2 components hold a sequential equilibrium" in printed
    assert "29/10" in printed and "21/10" in printed
    one = run(capsys, game, "--solver", "quasi_perfect")
    assert "coverage: one quasi-perfect" in one and "there may be more" in one and "try --solver" in one


@pytest.mark.parametrize("name", ["all_ties_depth_ten.efg", "nothing_at_stake.efg"])
@pytest.mark.parametrize("concept", [None, "subgame_perfect", "sequential"])
def test_ties_print_a_few_and_say_how_to_get_the_rest(name, concept):
    arguments = ["solve", str(GAMES / name), *(["--concept", concept] if concept else [])]
    code = (
        "import re; from pathlib import Path; from schelling.cli import main; "
        f"assert main({arguments!r}) == 0; status = Path('/proc/self/status'); "
        "print(re.search(r'VmHWM:\\s+(\\d+)', status.read_text())[1] if status.exists() else 0)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    *lines, kilobytes = found.stdout.splitlines()  # the peak; 0 where the system does not say
    assert len(lines) < 400 and int(kilobytes) < 400_000
    assert " are printed; --all prints all of the" in found.stdout
    assert "more than 100" in found.stdout or "4096 extreme equilibria" in found.stdout


def test_a_table_of_zeros_is_printed(tmp_path, capsys):
    path = tmp_path / "zeros.nfg"
    sg.NormalFormGame([np.zeros((32, 32), int).tolist()] * 2).write_nfg(path)
    printed = run(capsys, path)
    assert (
        "1024 extreme equilibria" in printed and "10 of 1024" in printed and printed.count("Profile(") == 10
    )
    everything = run(capsys, path, "--all")
    assert everything.count("Profile(") == 1024 and "--all" not in everything


def test_endings_in_capitals_and_games_told_by_their_content(tmp_path, capsys):
    tree = (GAMES / "one_subgame_perfect_two_players.efg").read_text(encoding="utf-8")
    table = (GAMES / "continuum_three_players.nfg").read_text(encoding="utf-8")
    for name, content in (
        ("GAME.EFG", tree),
        ("GAME.NFG", table),
        ("tree.txt", tree),
        ("table", table),
        ("beer.sig", BEER_QUICHE),
        ("byte_order_mark.txt", BEER_QUICHE.removeprefix("# a remark comes first\n")),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert "coverage: all" in run(capsys, tmp_path / name)


def test_a_signalling_game_is_told_in_words(tmp_path, capsys):
    path = tmp_path / "beer.txt"
    path.write_text(BEER_QUICHE, encoding="utf-8")
    for concept in ([], ["--concept", "sequential"]):
        printed = run(capsys, path, *concept)
        assert "coverage: all perfect Bayesian (= sequential) equilibria, proven" in printed
        assert "strong and weak send beer" in printed
    assert "; double; " in run(capsys, path, "--arithmetic", "double")
    path.write_text(BEER_QUICHE.replace("9/10", "8/10"), encoding="utf-8")
    assert main(["solve", str(path)]) == 2
    error = capsys.readouterr().err
    assert "beer.txt" in error and "line 3" in error


def test_json_is_the_whole_result_or_says_why_not(capsys):
    path = GAMES / "one_subgame_perfect_three_players.efg"
    document = json.loads(run(capsys, path, "--json", "--concept", "subgame_perfect"))
    assert document["status"] == "solved" and len(document["equilibria"]) == 1
    assert main(["solve", str(path), "--json", "--solver", "pure", "--concept", "subgame_perfect"]) == 0


@pytest.mark.parametrize("seconds", ["inf", "1e300"])
def test_a_limit_without_end_is_none(capsys, seconds):
    printed = run(capsys, GAMES / "nothing_at_stake.efg", "--concept", "weak_pbe", "--time-limit", seconds)
    assert "; exact; solved" in printed and "tried" not in printed


def test_arithmetic(capsys):
    path = GAMES / "one_subgame_perfect_two_players.efg"
    assert "; exact; solved" in run(capsys, path, "--arithmetic", "exact")
    assert "; double; solved" in run(capsys, path, "--arithmetic", "double")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--limit", "0"], "limit: expected at least 1"),
        (["--time-limit", "-1"], "time_limit: expected a positive number"),
        (["--time-limit", "nan"], "time_limit: expected a positive number"),
        (["--concept", "perfect"], f"concept: expected one of {', '.join(CONCEPTS)}"),
        (["--solver", "pbe"], "expected a signalling game"),
        (["--solver", "quasi_perfect", "--limit", "3"], "limit: the solver quasi_perfect has no such option"),
        (["--concept", "sequential", "--solver", "correlated", "--json"], "json: "),
    ],
)
def test_a_mistake_is_one_sentence(capsys, arguments, said):
    assert main(["solve", str(GAMES / "one_subgame_perfect_two_players.efg"), *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and said in printed.err and len(printed.err.splitlines()) == 1


@pytest.mark.parametrize("name", sg.models.__all__)
def test_a_model_lists_its_parameters_and_outcomes(capsys, name):
    assert main(["models", name]) == 0
    printed = capsys.readouterr().out
    model = getattr(sg.models, name)()
    for row in model.parameters:
        assert f"  {row.name} = {row.default_value:.12g}    [" in printed
        assert row.meaning in printed and str(row.domain) in printed and row.unit in printed
    (first, *_) = model.outcomes()["equilibria"]
    assert all(f"  {key}    [" in printed for key in first)


def test_a_misspelt_model_gets_its_nearest_name(capsys):
    assert main(["models", "BeerQuich"]) == 2
    assert "the nearest is BeerQuiche" in capsys.readouterr().err
