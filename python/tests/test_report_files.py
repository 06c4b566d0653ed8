"""A report on disk: whole or not at all, the same for the same seed, and following its case."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
import xarray as xr
from toy_case import small_sample, write_case
from toy_model import Toy

from schelling import InvalidArgument, SchellingError
from schelling.analysis.case import Case
from schelling.report import write_report
from schelling.report.findings import findings


def load(folder, **changes) -> Case:
    return Case.load(write_case(folder / "case", **changes), models={"Toy": Toy})


@pytest.fixture(scope="module", autouse=True)
def quick_means_quick():
    with small_sample():
        yield


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    return write_report(load(folder), folder / "out", quick=True, progress=False)


def test_the_page_and_the_data_and_nothing_else(written):
    assert sorted(file.name for file in written.page.parent.iterdir()) == ["pasture.nc", "report.html"]
    assert sorted(file.name for file in written.page.parent.parent.iterdir()) == ["case", "out"]
    text = written.page.read_text(encoding="utf-8")
    assert "Fences and neighbours on the upper pasture" in text and 'href="pasture.nc"' in text


def test_the_data_hold_what_the_page_says(written):
    with xr.open_dataset(written.data, engine="h5netcdf") as data:
        shares = dict(zip(data["claim"].values, data["share_holds"].values, strict=True))
        assert {c.id: c.verdicts["examined"].holds.value for c in written.content.claims} == pytest.approx(
            shares
        )
        checked = data["check_share_holds"].sel(claim="C01").values.tolist()
        assert checked == pytest.approx([v.holds.value for v in written.content.claims[0].verdicts.values()])
        assert set(data["driver_parameter"].values) >= {"strength_open", "strength_fenced"}
        assert data["price"].attrs["units"] == "herd"
        assert data.attrs["case"] == "pasture" and data.sizes["point"] == len(data["scramble"])


def test_every_part_of_the_page_is_filled_from_the_case(written):
    c = written.content
    assert [p.id for p in c.policies] == ["open", "fence", "fence_later"]
    assert [o.name for o in c.outcomes if o.headline] == ["attack", "loss"]
    assert c.policies[0].cells["attack"].baseline == pytest.approx([0.06])
    assert c.policies[2].window["lag"] == "0.5" and c.policies[0].window == {}
    assert sum(p.analyst for p in c.parameters) == 3
    assert {e.id: e.parameters for e in c.evidence} == {
        "E1": ("strength_fenced",), "E2": ("strength_fenced",), "E3": (),
    }  # fmt: skip
    assert set(c.claims[0].verdicts) == {"examined", "half", "double", "filtered"}
    assert c.claims[1].companion_of == "C01"
    assert [f.id for f in c.phase_diagrams] == ["phase-1"] and "2 equilibria" in c.phase_diagrams[0].svg
    assert c.certificates.equilibria > c.design.scrambles * c.design.points_per_scramble


def test_shares_add_up_and_deciding_parameters_are_those_of_the_claim(written):
    for claim in written.content.claims:
        for v in claim.verdicts.values():
            assert v.holds.value + v.selection.value + v.fails.value + v.undefined.value == pytest.approx(1)
    first = {d.parameter: d.sign for d in written.content.claims[0].deciding}
    assert first["strength_open"] == 1 and first["strength_fenced"] == -1 and "price" not in first
    assert written.content.claims[3].drivers == []  # a raid always costs something


def test_a_range_that_is_moved_moves_the_verdict(written, tmp_path):
    moved = write_report(
        load(tmp_path, value=0.95, examined="[0.92, 1.0]"), tmp_path / "out", quick=True, progress=False
    )
    before, after = (r.content.claims[0].verdicts["examined"].holds.value for r in (written, moved))
    assert before > 0.6 and after == 0
    assert moved.content.claims[0].baseline == "fails"
    sentence = "raids are likelier on an open border than behind a fence"
    assert any(sentence in f.text and "fail" in f.text for f in findings(moved.content))
    assert any(sentence in f.text and "hold" in f.text for f in findings(written.content))


def test_the_same_seed_writes_the_same_page(written, tmp_path):
    again = write_report(load(tmp_path), tmp_path / "out", quick=True, threads=1, progress=False)
    assert again.page.read_bytes() == written.page.read_bytes()
    other = write_report(load(tmp_path), tmp_path / "other", quick=True, seed=5, progress=False)
    assert other.content.design.seed == 5 and other.page.read_bytes() != written.page.read_bytes()


def test_an_interrupt_leaves_nothing_behind_and_an_earlier_report_alone(tmp_path):
    out = tmp_path / "out"
    case = load(tmp_path)

    def interrupt(stage, done, total):
        if stage == "measuring sensitivity":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_report(case, out, quick=True, progress=interrupt)
    assert [file.name for file in tmp_path.iterdir()] == ["case"]
    out.mkdir()
    (out / "report.html").write_text("earlier")
    (out / "notes.txt").write_text("mine")
    with pytest.raises(KeyboardInterrupt):
        write_report(case, out, quick=True, progress=interrupt)
    assert {file.name: file.read_text() for file in out.iterdir()} == {
        "report.html": "earlier",
        "notes.txt": "mine",
    }


def test_a_page_that_cannot_be_written_leaves_nothing_half_written(tmp_path, monkeypatch):
    monkeypatch.setattr("schelling.report.report.render", lambda content: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_report(load(tmp_path), tmp_path / "out", quick=True, progress=False)
    assert [file.name for file in tmp_path.iterdir()] == ["case"]


@pytest.mark.parametrize("file", ["pasture.nc", "report.html"])
@pytest.mark.parametrize("earlier", [False, True])
def test_a_full_disk_gets_a_sentence_and_leaves_nothing_behind(tmp_path, monkeypatch, file, earlier):
    case = load(tmp_path)
    if earlier:
        page = write_report(case, tmp_path / "out", quick=True, progress=False).page.read_bytes()

    def write(whole):
        def full(path, content, **options):
            if path.name != file:
                return whole(path, content, **options)
            whole(path, content[: len(content) // 2], **options)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        return full

    monkeypatch.setattr(Path, "write_bytes", write(Path.write_bytes))
    monkeypatch.setattr(Path, "write_text", write(Path.write_text))
    with pytest.raises(SchellingError) as refusal:
        write_report(case, tmp_path / "out", quick=True, progress=False)
    text = str(refusal.value)
    assert text.startswith(f"out: expected to write the report to '{tmp_path / 'out'}', found")
    assert "No space left" in text and "\n" not in text
    assert sorted(f.name for f in tmp_path.iterdir()) == (["case", "out"] if earlier else ["case"])
    if earlier:
        assert (tmp_path / "out" / "report.html").read_bytes() == page


SMALL_DISK = """
import resource, signal, sys, types
from pathlib import Path
import schelling as sg
from toy_case import small_sample
from toy_model import Toy
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
case = sg.Case.load(sys.argv[1], models={"Toy": Toy})
with small_sample():
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    try:
        case.report(sys.argv[2], quick=True, progress=False)
    except sg.SchellingError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as Linux does")
@pytest.mark.parametrize("size", [1_000, 40_000])
def test_files_that_the_system_cuts_off_get_a_sentence_too(tmp_path, size):
    folder = write_case(tmp_path / "case")
    script = [sys.executable, "-B", "-c", SMALL_DISK, str(folder), str(tmp_path / "out"), str(size)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    done = subprocess.run(script, capture_output=True, text=True, env=environment, timeout=300)
    assert done.stdout.startswith("out: expected to write the report to"), done.stderr
    assert done.returncode == 0
    assert [f.name for f in tmp_path.iterdir()] == ["case"]


def test_a_report_replaces_an_earlier_one_and_keeps_other_files(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.html").write_text("earlier")
    (out / "notes.txt").write_text("mine")
    report = write_report(load(tmp_path), out, quick=True, progress=False)
    assert report.page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (out / "notes.txt").read_text() == "mine"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["case", "out"]


def test_the_target_must_be_a_folder(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidArgument, match="out: expected a folder"):
        write_report(load(tmp_path), tmp_path / "file", quick=True, progress=False)


def test_the_terminal_summary_has_every_claim_and_the_caveat(written):
    text = written.summary()
    for claim in written.content.claims:
        assert claim.id in text
    assert "not a probability" in text and "3 of 4 rest on an analyst's range" in text
    assert max(map(len, text.splitlines())) < 1000


def test_progress_names_every_stage(tmp_path):
    stages = []
    write_report(
        load(tmp_path), tmp_path / "out", quick=True, progress=lambda stage, *_: stages.append(stage)
    )
    assert list(dict.fromkeys(stages)) == ["solving games", "measuring sensitivity"]
