"""The Qt binding that is locked is one that can be lived with."""

import sys

from PySide6.QtCore import QObject


def test_a_call_that_returns_nothing_keeps_its_hands_off_none() -> None:
    """PySide6 6.12.0 drops a reference to None a call; before Python 3.12 that ends the process."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 500
