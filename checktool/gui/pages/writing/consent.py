"""A tick with a sentence that may take several lines."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget


class Consent(QFrame):
    """A check box beside a sentence; a click on the sentence counts too."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.box = QCheckBox()
        self.box.toggled.connect(lambda _: self.changed.emit())
        self.label = QLabel(wordWrap=True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        self.setFocusProxy(self.box)

    @property
    def given(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def ask(self, text: str) -> None:
        """Ask something; another sentence than before takes the tick back."""
        if text != self.label.text():
            self.label.setText(text)
            self.box.setAccessibleName(text)
            self.box.setChecked(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click beside the box is a click on it."""
        self.box.click()
        event.accept()
