"""How large a dialog opens: as its text needs it, and never larger than the screen."""

from PySide6.QtWidgets import QWidget

ROOM = 0.92


def resize_within(widget: QWidget, columns: int, lines: int) -> None:
    """Give a widget the room of some columns and lines of text, at most most of the screen."""
    metrics, screen = widget.fontMetrics(), widget.screen().availableSize()
    width, height = metrics.averageCharWidth() * columns, metrics.height() * lines
    widget.resize(min(width, int(screen.width() * ROOM)), min(height, int(screen.height() * ROOM)))
