"""What every test may ask for. Fixtures of one room stand in the conftest of its own folder."""

import os
from pathlib import Path

import pytest

from tests.tiny_pack import TinyPack

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything draws, a PDF included
ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """One flag that writes the golden reports anew."""
    parser.addoption("--refresh-golden", action="store_true", help="write the golden reports anew")


@pytest.fixture(scope="session")
def root() -> Path:
    """The source tree."""
    return ROOT


@pytest.fixture(autouse=True)
def no_settings_of_this_pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings and packs of the PC that runs the tests out of them."""
    monkeypatch.setenv("CHECKTOOL_MACHINE", str(tmp_path / "no-machine-settings"))
    monkeypatch.setenv("CHECKTOOL_USER", str(tmp_path / "no-user-settings"))


@pytest.fixture
def tiny_pack(tmp_path: Path) -> TinyPack:
    """A definition pack of a few lines that a test fills with what it needs."""
    return TinyPack(tmp_path)
