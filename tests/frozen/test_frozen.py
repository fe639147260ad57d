"""The frozen program: built once, then run from a copy that nothing may write to."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).resolve().parents[2]
PROGRAM, WINDOW = (
    ("checktool.exe", "checktool-gui.exe") if os.name == "nt" else ("checktool", "checktool-gui")
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("frozen")]

State = dict[str, tuple[int, int]]


def state(folder: Path) -> State:
    """Size and time of every file of a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the program, read-only."""
    work = tmp_path_factory.mktemp("frozen")
    places = ["--distpath", str(work / "dist"), "--workpath", str(work / "build")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places]
    built = subprocess.run(
        [*command, str(ROOT / "build_installer.spec")],
        cwd=work,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    folder = work / "read-only"
    shutil.move(work / "dist" / "checktool", folder)
    dev.protect(folder, writable=False)
    yield folder
    dev.protect(folder, writable=True)


@pytest.fixture
def clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither this interpreter's paths nor a display: the program has to stand alone."""
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def answer(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What the program answers."""
    return subprocess.run(
        [str(program / PROGRAM), *arguments], capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.usefixtures("clean_environment")
@pytest.mark.parametrize("command", ["selftest", "selftest --gui", "demo"])
def test_it_runs_from_a_read_only_folder(program: Path, command: str) -> None:
    before = state(program)
    done = answer(program, *command.split())
    assert done.returncode == 0, done.stdout + done.stderr
    assert state(program) == before


@pytest.mark.usefixtures("clean_environment")
def test_it_checks_with_several_processes(program: Path) -> None:
    made = answer(program, "sample", "--form", "survey", "--count", "4", "--seed", "1", "-o", "samples")
    assert made.returncode == 0, made.stderr
    one = answer(program, "check", "samples", "--format", "json", "--jobs", "1")
    two = answer(program, "check", "samples", "--format", "json", "--jobs", "2")
    assert (one.returncode, one.stdout) == (two.returncode, two.stdout) == (0, one.stdout)


def test_it_carries_data_licences_and_both_starters_and_no_network(program: Path) -> None:
    inside = program / "_internal"
    assert all((inside / folder).is_dir() for folder in ("rules", "xsd", "codetables", "resources"))
    licences = inside / "licences"
    assert {"LICENSE", "THIRD-PARTY-LICENSES.md"} <= {path.name for path in licences.iterdir()}
    assert all(any((licences / name).iterdir()) for name in ("lxml", "python"))
    assert (program / WINDOW).is_file()
    assert not [path.name for path in inside.rglob("*Network*")]
