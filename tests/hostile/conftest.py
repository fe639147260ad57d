"""Runs the program in a process of its own, bounded in time and memory, and looks at what it answers."""

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

SECONDS = 120
MEMORY = 1_500_000_000
ON = "2026-11-22"
PR_CAPBSET_DROP = 24
DAC_OVERRIDE, DAC_READ_SEARCH = 1, 2


@dataclass(frozen=True)
class Answer:
    """What a run left: its exit status, its report (empty without one) and what it said."""

    status: int
    report: dict[str, Any]
    said: str
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def codes(self, source: str) -> set[str]:
        """The codes found in one source."""
        return {finding["code"] for finding in self.files[source]["findings"]}

    def reasons(self, source: str) -> str:
        """The messages about one source."""
        return "".join(finding["message"] for finding in self.files[source]["findings"])

    def layers(self, source: str) -> dict[str, str]:
        """The status of each layer of one source."""
        return {layer["layer"]: layer["status"] for layer in self.files[source]["layers"]}


Check = Callable[..., Answer]


def bound() -> None:
    """Bound the memory of a child process, and take from it the right to read what is closed to it.

    Systems without such bounds have the time alone.
    """
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if sys.platform == "linux":
        for capability in DAC_OVERRIDE, DAC_READ_SEARCH:
            ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def child(command: Sequence[str], folder: Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run Python in a bounded process."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "CHECKTOOL_DEBUG": "1", "PYTHONPATH": str(Path(__file__).parents[2])},
        input=given,
        capture_output=True,
        timeout=SECONDS,
        preexec_fn=None if sys.platform == "win32" else bound,
        check=False,
    )


def bounded(command: Sequence[str], folder: Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a program of this tool; it must end in time, within its memory and without a traceback."""
    done = child(command, folder, given)
    said = done.stderr.decode("utf-8")
    assert "Traceback" not in said, said[-3000:]
    assert done.returncode in (0, 1, 2, 3, 4, 5), (done.returncode, said[-3000:])
    return done


@pytest.fixture
def close(tmp_path: Path) -> Iterator[Callable[[Path], None]]:
    """``close(path)`` takes all rights on a file or folder, until the end of the test."""
    closed: list[Path] = []

    def run(path: Path) -> None:
        closed.append(path)
        path.chmod(0)
        program = "import os, sys; (os.listdir if os.path.isdir(sys.argv[1]) else open)(sys.argv[1])"
        if child(["-W", "ignore", "-c", program, str(path)], tmp_path).returncode == 0:
            pytest.skip("nothing can be closed to this user")

    yield run
    for path in closed:
        path.chmod(0o700)


@pytest.fixture(scope="session")
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """``check(path, …, option, …, given=b"")`` runs ``checktool check --format json``."""

    def run(*arguments: str | Path, given: bytes = b"") -> Answer:
        command = ["-m", "checktool", "check", *map(str, arguments), "--format", "json", "--on", ON]
        done = bounded(command, tmp_path_factory.mktemp("cwd"), given)
        report = json.loads(done.stdout) if done.stdout else {}
        files = {file["source"]: file for file in report.get("files", ())}
        return Answer(done.returncode, report, done.stderr.decode("utf-8"), files)

    return run
