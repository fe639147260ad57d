"""Known points at which a job beside the window is held, so that a stop always comes while it runs."""

import threading
from collections.abc import Callable, Iterator

import pytest

from checktool.checking import engine

LONG = 60.0
"""Seconds after which a held job goes on by itself, so that a fault of a test cannot hang it."""


class Gate:
    """Holds whoever comes to it until it is released."""

    def __init__(self) -> None:
        self._entered, self._released = threading.Event(), threading.Event()

    @property
    def reached(self) -> bool:
        """Whether somebody came to it."""
        return self._entered.is_set()

    def pass_through(self) -> None:
        """Wait to be let on."""
        self._entered.set()
        self._released.wait(LONG)

    def release(self) -> None:
        """Let everybody pass."""
        self._released.set()


Reports = Iterator[object]


def hold_check(
    monkeypatch: pytest.MonkeyPatch, after: int, until: Callable[[threading.Event], object]
) -> None:
    """Let every check stand still after so many documents, until what is given has waited.

    ``until`` gets the event by which the check is asked to stop.
    """
    real = engine.check

    def check(sources: object, pack: object, options: object, stop: threading.Event) -> Reports:
        for number, item in enumerate(real(sources, pack, options, stop), 1):  # type: ignore[arg-type]
            yield item
            if number == after:
                until(stop)

    monkeypatch.setattr(engine, "check", check)


def until_stopped(stop: threading.Event) -> None:
    """Stand still until the check is asked to stop."""
    stop.wait(LONG)
