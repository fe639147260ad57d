"""A sound tiny pack, and the command line called in this process."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from checktool.cli.main import main
from tests.sound_pack import make_sound
from tests.tiny_pack import TinyPack


@dataclass(frozen=True)
class Ran:
    """What one command line answered."""

    status: int
    out: str
    err: str


@pytest.fixture
def checktool(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command line with arguments; gives status and both streams."""

    def run(*line: object) -> Ran:
        status = main([str(part) for part in line])
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return run


@pytest.fixture
def sound(tiny_pack: TinyPack) -> TinyPack:
    """A tiny pack of which lint has nothing to say."""
    return make_sound(tiny_pack)
