"""Runs the program in a process of its own, bounded in time and memory, and looks at what it answers."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

SECONDS = 120
MEMORY = 1_500_000_000
ON = "2026-11-22"


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


def limit_memory() -> None:
    """Bound the memory of a child process; systems without such bounds have the time alone."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def bounded(command: Sequence[str], folder: Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a program of this tool; it must end in time, within its memory and without a traceback."""
    environment = {**os.environ, "CHECKTOOL_DEBUG": "1", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        timeout=SECONDS,
        preexec_fn=None if sys.platform == "win32" else limit_memory,
        check=False,
    )
    said = done.stderr.decode("utf-8")
    assert "Traceback" not in said, said[-3000:]
    assert done.returncode in (0, 1, 2, 3, 4, 5), (done.returncode, said[-3000:])
    return done


@pytest.fixture(scope="session")
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """``check(path, …, option, …, given=b"")`` runs ``checktool check --format json``."""

    def run(*arguments: str | Path, given: bytes = b"") -> Answer:
        command = ["/tmp/h/ct.py", "check", *map(str, arguments), "--format", "json", "--on", ON]
        done = bounded(command, tmp_path_factory.mktemp("cwd"), given)
        report = json.loads(done.stdout) if done.stdout else {}
        files = {file["source"]: file for file in report.get("files", ())}
        return Answer(done.returncode, report, done.stderr.decode("utf-8"), files)

    return run
