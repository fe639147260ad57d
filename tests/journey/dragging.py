"""A stand-in for the file manager: a window that lets its files be dragged with the mouse.

python dragging.py X Y PATH…
"""

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

TITLE = "files to drag"
SIZE = 120


class Files(QLabel):
    """A square; the drag begins when the mouse moves over it with its button down."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__(TITLE)
        self.setWindowTitle(TITLE)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self._paths = paths

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """Begin the drag."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(Path(path).absolute())) for path in self._paths])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


if __name__ == "__main__":
    app = QApplication([])
    files = Files(sys.argv[3:])
    files.setGeometry(int(sys.argv[1]), int(sys.argv[2]), SIZE, SIZE)
    files.show()
    sys.exit(app.exec())
