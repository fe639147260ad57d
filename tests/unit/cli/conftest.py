"""A folder of documents as a hospital exports them, and the command line called in this process."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from checktool.cli.main import main
from checktool.samples.trial import shipped


@dataclass(frozen=True)
class Ran:
    """What one command line answered."""

    status: int
    out: str
    err: str


Checktool = Callable[..., Ran]


@pytest.fixture
def checktool(capsys: pytest.CaptureFixture[str]) -> Checktool:
    """Run the command line with arguments; gives status and both streams."""

    def run(*line: object) -> Ran:
        status = main([str(part) for part in line])
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return run


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """The shipped practice documents in a folder of their own: ○ △ × of both forms."""
    folder = tmp_path / "documents"
    shipped().copy_to(folder)
    return folder


@pytest.fixture
def on() -> str:
    """The day on which the practice documents are what they should be."""
    return shipped().on.isoformat()
