"""Step 2: reading, with what was understood so far."""

from collections import deque

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checktool.definitions.importing.understood import Remark, remark_text
from checktool.gui.frame import Banner
from checktool.wording import Wording

MOST = 200


class ReadingPanel(QWidget):
    """A bar without an end, the last remarks, a button to stop; after a stop or a fault, why."""

    stop_clicked = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording, self._count = wording, 0
        self.label = QLabel(wordWrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self._say("reading"))
        self.list = QListWidget()
        self.list.setAccessibleName(self._say("reading_name"))
        self.stop = QPushButton(self._say("stop"))
        self.stop.clicked.connect(self.stop_clicked)
        self.banner = Banner("", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.label, self.bar, self.banner):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.stop)
        row.addStretch(1)
        column.addLayout(row)
        self.setFocusProxy(self.stop)

    def _say(self, key: str, **params: str | int) -> str:
        return self._wording.say(f"pack_window.making.{key}", **params)

    def begin(self) -> None:
        """A new reading."""
        self._count = 0
        self.list.clear()
        self.banner.show_text("")
        self.label.setText(self._say("reading"))
        self._show(True)

    def hear(self, news: list[object]) -> None:
        """More was understood; the last remarks stay in the list."""
        remarks = [one for one in news if isinstance(one, Remark)]
        self._count += len(remarks)
        for remark in deque(remarks, MOST):
            self.list.addItem(remark_text(remark, self._wording))
        while self.list.count() > MOST:
            self.list.takeItem(0)
        self.list.scrollToBottom()
        self.label.setText(self._say("read_so_far", count=self._count))

    def end(self, text: str, role: str) -> None:
        """It ended without a pack: say why."""
        self.label.setText("")
        self.banner.show_text(text, role)
        self._show(False)

    def _show(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        self.label.setVisible(busy)
