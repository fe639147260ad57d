"""Step 3 of the page ④: writing and reading back, with calm words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from checktool.gui.handoffjob import Stage
from checktool.wording import Wording


class ProgressPanel(QWidget):
    """The stage in words, a bar, and the button that stops."""

    stop_clicked = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self.label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(wording.say("gui.write.progress"))
        self.count = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton(wording.say("gui.write.stop"))
        self.button.clicked.connect(self.stop_clicked)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        row.addStretch(1)
        line, column = QHBoxLayout(self), QVBoxLayout()
        line.addStretch(1)
        line.addLayout(column, 4)
        line.addStretch(1)
        column.addStretch(2)
        for widget in (self.label, self.bar, self.count):
            column.addWidget(widget)
        column.addLayout(row)
        column.addStretch(3)
        self.setFocusProxy(self.button)

    def begin(self) -> None:
        """Nothing is told yet."""
        self.button.setEnabled(True)
        self.show_stage(Stage("writing", 0, 0))

    def show_stage(self, stage: Stage) -> None:
        """Show how far a stage is."""
        self.label.setText(self._wording.say(f"gui.write.stage.{stage.name}"))
        self.bar.setRange(0, stage.total)
        self.bar.setValue(stage.done)
        self.count.setText(
            self._wording.say("gui.write.done", done=stage.done, total=stage.total) if stage.total else ""
        )

    def stopping(self) -> None:
        """The wish to stop was heard."""
        self.button.setEnabled(False)
        self.label.setText(self._wording.say("gui.write.stopping"))
