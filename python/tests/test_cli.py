"""The command line: what it prints, and one sentence with exit code 2 for a mistake."""

from __future__ import annotations

import subprocess
import sys

import pytest
from toy_case import small_sample, write_case
from toy_model import Toy

import schelling
from schelling.cli import main


@pytest.fixture
def toy_in_the_library(monkeypatch):
    monkeypatch.setattr("schelling.analysis.case_reader.library_models", lambda: {"Toy": Toy})


@pytest.fixture(autouse=True)
def quick_means_quick():
    with small_sample():
        yield


def test_report(toy_in_the_library, tmp_path, capsys):
    assert (
        main(["report", str(write_case(tmp_path / "case")), "--out", str(tmp_path / "out"), "--quick"]) == 0
    )
    printed = capsys.readouterr()
    assert "Fences and neighbours" in printed.out and "C01r" in printed.out
    assert printed.out.strip().splitlines()[-2:] == [
        str(tmp_path / "out" / f) for f in ("report.html", "pasture.nc")
    ]
    assert (tmp_path / "out" / "report.html").is_file()


def test_models(toy_in_the_library, capsys):
    assert main(["models"]) == 0
    assert capsys.readouterr().out.startswith("Toy ")


def test_cases(capsys):
    assert main(["cases"]) == 0
    assert "ukraine_nato_2023" in capsys.readouterr().out


def test_a_new_case_can_be_reported_on_as_it_stands(tmp_path, capsys):
    assert main(["new-case", "my_crisis", "--path", str(tmp_path)]) == 0
    assert str(tmp_path / "my_crisis" / "case.toml") in capsys.readouterr().out
    assert main(["report", str(tmp_path / "my_crisis"), "--out", str(tmp_path / "out"), "--quick"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("My crisis\n") and "A1m" in printed
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "none was left at a default" not in page and "reinforcement delay" in page


def test_check_prints_every_error_of_a_case_with_its_line(tmp_path, capsys):
    assert main(["new-case", "my_crisis", "--path", str(tmp_path)]) == 0
    path = tmp_path / "my_crisis" / "case.toml"
    capsys.readouterr()
    assert main(["check", str(path.parent)]) == 0
    assert "no errors" in capsys.readouterr().out
    lines = path.read_text(encoding="utf-8").split("\n")
    title, claim = (
        next(i for i, line in enumerate(lines) if line.startswith(key)) for key in ("title", "says")
    )
    lines[title], lines[claim] = 'titel = "x"', "says = 3"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert main(["check", str(path)]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith(f"schelling: case.toml:{title + 1}: [case] title: found nothing but 'titel'")
    assert second.startswith(f"schelling: case.toml:{claim + 1}: [[claims]]") and "expected a text" in second


@pytest.mark.parametrize(
    ("name", "said"), [("My Case", "lower-case letters"), ("taken", "expected a name that is free")]
)
def test_a_new_case_overwrites_nothing(tmp_path, capsys, name, said):
    (tmp_path / "taken").mkdir()
    assert main(["new-case", name, "--path", str(tmp_path)]) == 2
    assert said in capsys.readouterr().err
    assert [f.name for f in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "no_such_case", "--out", "x"], "no_such_case"),
        (["report", "CASE", "--out", "FILE"], "expected a folder"),
    ],
)
def test_a_mistake_is_one_sentence(toy_in_the_library, tmp_path, capsys, arguments, said):
    (tmp_path / "file").write_text("")
    known = {"CASE": str(write_case(tmp_path / "case")), "FILE": str(tmp_path / "file")}
    assert main([known.get(a, a) for a in arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and said in printed.err
    assert len(printed.err.strip().splitlines()) == 1 and printed.err.startswith("schelling: ")


def test_a_broken_case_names_file_table_and_key(toy_in_the_library, tmp_path, capsys):
    folder = write_case(tmp_path / "case", value=0.9)
    assert main(["report", str(folder), "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert "case.toml" in error and "strength_fenced" in error and "0.9" in error
    assert not (tmp_path / "out").exists()


def test_an_interrupt_exits_with_130(toy_in_the_library, tmp_path, capsys, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("schelling.report.report.collect", interrupt)
    assert main(["report", str(write_case(tmp_path / "case")), "--out", str(tmp_path / "out")]) == 130
    assert "interrupted" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("arguments", [[], ["reprot"], ["report"], ["report", "x"]])
def test_usage_errors_exit_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: schelling" in capsys.readouterr().err


def test_as_a_module():
    found = subprocess.run(
        [sys.executable, "-m", "schelling", "--version"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert found.stdout.strip() == f"schelling {schelling.__version__}"
