"""A desktop for each test, samples to check, and what the program remembers, read from outside."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journey import desktop as desktops
from tests.journey.desktop import Desktop

Samples = Callable[..., list[Path]]
Runs = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    """A desktop; where its programs are missing the test fails, saying how to install them."""
    if sys.platform != "linux":
        pytest.skip("the desktop is one of X11")
    if missing := desktops.missing():
        pytest.fail(f"missing: {', '.join(missing)}. Please run: {desktops.APT}")
    made = Desktop(tmp_path)
    yield made
    made.close()
    said = made.everything_said()
    assert "Traceback" not in said
    assert "checktool " not in said, said


@pytest.fixture
def samples() -> Samples:
    """``samples(folder, "--form", "opinion", …)`` writes fictitious documents and answers their paths."""

    def make(folder: Path, *wishes: str) -> list[Path]:
        command = [sys.executable, "-m", "checktool", "sample", *wishes, "-o", str(folder)]
        subprocess.run(command, check=True, capture_output=True)
        return sorted(folder.iterdir())

    return make


@pytest.fixture
def runs(desktop: Desktop) -> Runs:
    """The runs that the window has kept so far, oldest first."""

    def read() -> list[dict[str, Any]]:
        kept = desktop.user / "runs.jsonl"
        lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
        return [json.loads(line) for line in lines]

    return read
