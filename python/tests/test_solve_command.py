"""`schelling solve` and `schelling catalog`: what they print, and one sentence with exit code 2 for a mistake."""

from __future__ import annotations

import json

import pytest

import schelling as sg
from schelling.cli import main
from schelling.finite.solve import equilibria_of, fitting_solvers, solve, solvers


def test_the_catalog_is_listed_with_citations(capsys):
    assert main(["catalog"]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in sg.catalog())
    assert "Cho, I.-K., and D. M. Kreps (1987)" in printed
    assert main(["catalog", "reputation"]) == 0
    fewer = capsys.readouterr().out
    assert "selten-1978-chain-store" in fewer and "beer-quiche" not in fewer


def test_a_game_of_perfect_information_is_solved_by_backward_induction(capsys):
    assert main(["solve", "reputation/selten-1978-chain-store"]) == 0
    printed = capsys.readouterr().out
    assert "backward induction; exact; solved; all that the method looks for, proven" in printed
    assert "payoffs: Chain store 6, Entrant 1 2" in printed
    assert "certificate: largest gain 0, distance from Bayes' rule 0" in printed
    assert "subgame_perfect: yes" in printed


def test_files_and_options(tmp_path, capsys):
    game = sg.PublishedGame.load("bargaining/guth-schmittberger-schwarze-1982-ultimatum").game
    path = tmp_path / "ultimatum.efg"
    game.write_efg(path)
    assert main(["solve", str(path)]) == 0
    assert "[2]" in capsys.readouterr().out
    assert main(["solve", str(path), "--limit", "1", "--concept", "subgame_perfect"]) == 0
    printed = capsys.readouterr().out
    assert "truncated" in printed and "[2]" not in printed
    assert main(["solve", str(path), "--solver", "backward_induction", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["status"] == "solved" and len(document["equilibria"]) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("EFG 2 R", "title"),
        ('EFG 2 R "x" { "A" }\np "" 1 1 "" { "l" "r" } 0\nt "" 1 "" { 1 }\n', "line 4"),
        (
            'EFG 2 R "x" { "A" }\nc "" 1 "" { "l" 1/2 "r" 1/3 } 0\nt "" 1 "" { 1 }\nt "" 2 "" { 1 }\n',
            "line 2",
        ),
        ("NFG 1 R", "first word: expected EFG"),
    ],
)
def test_a_malformed_file_is_one_sentence_with_file_and_line(tmp_path, capsys, content, said):
    path = tmp_path / "broken.efg"
    path.write_text(content, encoding="utf-8")
    assert main(["solve", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and len(printed.err.strip().splitlines()) == 1
    assert printed.err.startswith("schelling: ") and "broken.efg" in printed.err and said in printed.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["solve", "no-such-file.efg"], "no-such-file.efg"),
        (["solve", "game.txt"], "expected a file that ends in .efg or .nfg"),
        (["solve", "classics/kuhn-1950-poker", "--solver", "magic"], "solver: expected one of"),
        (["solve", "classics/kuhn-1950-poker", "--concept", "magic"], "concept: expected one of"),
        (
            ["solve", "classics/kuhn-1950-poker", "--solver", "backward_induction"],
            "expected perfect information",
        ),
        (["catalog", "cookery"], "field: expected one of"),
    ],
)
def test_a_mistake_is_one_sentence(arguments, said, capsys):
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert said in printed.err and len(printed.err.strip().splitlines()) == 1


def test_every_game_of_the_catalogue_has_a_solver_once_there_is_one():
    available = solvers()
    assert "backward_induction" in available
    for name in sg.catalog():
        game = sg.PublishedGame.load(name).game
        if "subgame_perfect_payoffs" in sg.PublishedGame.load(name).known:
            assert fitting_solvers(game, None)[0] == "backward_induction"
        elif len(game.players) == 2 and "nash_all" in available:
            assert fitting_solvers(game, None)[0] == "nash_all"


def test_where_no_pure_equilibrium_exists_a_mixed_one_is_found(tmp_path, capsys):
    heads, tails = [[[1], [-1]], [[-1], [1]]], [[[-1], [1]], [[1], [-1]]]
    game = sg.NormalFormGame([heads, tails, [[[0], [0]], [[0], [0]]]])
    answer = solve(game)
    assert [(a.solver, len(a.result), a.result.status) for a in answer.attempts] == [
        ("pure", 0, "none_exists")
    ]
    (mixed,) = equilibria_of(answer.result)
    assert mixed.certify().max_regret <= 1e-9
    path = tmp_path / "pennies.nfg"
    game.write_nfg(path)
    main(["solve", str(path)])
    printed = capsys.readouterr().out
    assert "none_exists" in printed and "no equilibrium was found" not in printed
