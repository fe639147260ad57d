"""The pretend delivery, imported once, and the command as a test calls it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from checktool.cli.main import main

from .pretend import deliver

ON = "2026-11-22"


@dataclass(frozen=True)
class Run:
    """What a command answered."""

    status: int
    out: str
    err: str


class Importer:
    """Runs ``pack import`` with a fixed day."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Take what captures the streams."""
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> Run:
        """``pack import`` with these arguments."""
        return self.run("pack", "import", "--on", ON, *arguments)

    def run(self, *arguments: str | Path) -> Run:
        """Any command."""
        self._capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        caught = self._capsys.readouterr()
        assert "Traceback" not in caught.err
        return Run(status, caught.out, caught.err)


@pytest.fixture
def importer(capsys: pytest.CaptureFixture[str]) -> Importer:
    """The command."""
    return Importer(capsys)


@pytest.fixture(scope="session")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first edition of the pretend delivery."""
    return deliver(tmp_path_factory.mktemp("delivery") / "配布資料_2025-04")


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second edition."""
    return deliver(tmp_path_factory.mktemp("delivery") / "配布資料_2025-10", 2)
