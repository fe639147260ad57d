"""Where the window stands: as it was left, at first as large as is useful and fits the screen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from checktool.gui.preferences import Preferences

GEOMETRY = "window/geometry"
COLUMNS, LINES = 168, 50
ROOM = 0.92
"""The part of the screen that a window takes at most at first, so that its frame is seen."""


def place(window: QWidget, preferences: Preferences) -> None:
    """Put a window where it was the last time."""
    metrics = window.fontMetrics()
    wanted = QSize(metrics.averageCharWidth() * COLUMNS, metrics.height() * LINES)
    window.resize(wanted.boundedTo(window.screen().availableSize() * ROOM))
    window.restoreGeometry(preferences.state(GEOMETRY))


def remember(window: QWidget, preferences: Preferences) -> None:
    """Keep where a window is for the next time."""
    preferences.keep(GEOMETRY, window.saveGeometry())
