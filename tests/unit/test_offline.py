"""The engine needs no network and loads no more than it uses. Each case runs in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

REFUSE_SOCKETS = '''"""Refuse every socket, in this process and in those it starts."""
import sys

def refuse(event, _arguments):
    if event.startswith("socket."):
        raise RuntimeError("a socket was asked for: " + event)

sys.addaudithook(refuse)
'''


def python(
    *arguments: str, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run this interpreter on the source tree, somewhere else."""
    given = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **(environment or {})}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=given, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize(
    "room", ["checktool.checking.engine", "checktool.cli.main", "checktool.handoff.writer"]
)
def test_start_loads_neither_the_window_nor_slow_libraries(room: str, tmp_path: Path) -> None:
    code = f"import sys, {room}; print(*sorted({{n.split('.')[0] for n in sys.modules}}))"
    done = python("-c", code, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {"PySide6", "xmlschema", "elementpath", "openpyxl"} & set(done.stdout.split()) == set()


@pytest.fixture
def without_network(tmp_path: Path) -> Mapping[str, str]:
    """An environment in which Python processes refuse sockets from their first moment."""
    guard = tmp_path / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(REFUSE_SOCKETS, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(guard), str(ROOT)])}


def test_the_guard_refuses_a_socket(without_network: Mapping[str, str], tmp_path: Path) -> None:
    done = python("-c", "import socket; socket.socket()", cwd=tmp_path, environment=without_network)
    assert "a socket was asked for" in done.stderr


def test_check_and_hand_over_work_without_any_socket(
    without_network: Mapping[str, str], tmp_path: Path
) -> None:
    steps = [
        ["sample", "--form", "opinion", "--count", "3", "--seed", "1", "-o", "samples"],
        ["check", "samples", "--jobs", "2", "-o", "report.txt"],
        ["handoff", "samples", "--to", "out"],
        ["verify", "out"],
    ]
    for step in steps:
        if step[0] == "verify":
            step[1] = str(next((tmp_path / "out").iterdir()))
        done = python("-m", "checktool", *step, cwd=tmp_path, environment=without_network)
        assert done.returncode == 0, f"{step[0]}: {done.stdout}{done.stderr}"
