"""`pip install .` as a user runs it, less the downloads: a wheel built from the sources, in an environment of its own."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# The flags of the test build, so that ccache answers where the compiler has answered before.
FLAGS = [
    "cmake.build-type=RelWithDebInfo",
    "cmake.define.CMAKE_CXX_COMPILER=c++",
    "cmake.define.CMAKE_CXX_FLAGS_RELWITHDEBINFO=-O2 -g1",
    f"cmake.define.SCHELLING_WERROR={'ON' if os.environ.get('CI') else 'OFF'}",
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    settings = [word for flag in FLAGS for word in ("--config-settings", flag)]
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        *settings,
        "-w",
        str(out),
        str(ROOT),
    )
    (built,) = out.glob("*.whl")
    return built


def run(*command: str, **options) -> str:
    done = subprocess.run(command, capture_output=True, text=True, env=clean_environment(), **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def clean_environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "VIRTUAL_ENV", "PIP_TARGET"))
    }


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    cores = [name for name in names if name.startswith("schelling/_core.")]
    assert cores == [f"schelling/_core{sysconfig.get_config_var('EXT_SUFFIX')}"]
    assert {"schelling/__init__.py", "schelling/_core/__init__.pyi", "schelling/py.typed"} <= set(names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"schelling"}
    sources = {str(path.relative_to(ROOT / "python")) for path in (ROOT / "python/schelling").rglob("*.py")}
    assert sources <= set(names)


def test_the_wheel_works_in_an_environment_of_its_own(wheel: Path, tmp_path: Path):
    run(sys.executable, "-m", "venv", "--without-pip", str(tmp_path))
    python = str(tmp_path / "bin" / "python")
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('platlib'))").strip())
    # Its dependencies are looked up where this test's are; the editable install there is not, being a .pth itself.
    (site / "dependencies.pth").write_text(sysconfig.get_path("platlib") + "\n")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", str(wheel))
    shown = run(
        python, "-c", "import schelling; print(schelling.__file__, schelling.__version__)", cwd=tmp_path
    )
    where, version = shown.split()
    assert Path(where).is_relative_to(tmp_path)
    assert (
        run(python, "-c", "import importlib.metadata as m; print(m.version('schelling'))").strip() == version
    )
