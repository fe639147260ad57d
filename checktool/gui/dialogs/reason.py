"""A reason in words of one's own, that stays in the hospital."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from checktool.wording import Wording

LONGEST = 100


class ReasonDialog(QDialog):
    """One field; left empty, the general word is the reason."""

    given = Signal(str)

    def __init__(self, wording: Wording, general: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._general = general
        say = wording.say
        self.setWindowTitle(say("gui.write.reason_title"))
        label = QLabel(say("gui.write.reason_label"))
        self.field = QLineEdit(maxLength=LONGEST)
        self.field.setAccessibleName(say("gui.write.reason_name"))
        label.setBuddy(self.field)
        hint = QLabel(say("gui.write.no_names"), wordWrap=True)
        hint.setProperty("role", "muted")
        buttons = QDialogButtonBox()
        accept = buttons.addButton(say("gui.write.reason_accept"), QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setProperty("role", "main")
        accept.setDefault(True)
        buttons.addButton(say("gui.write.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        column = QVBoxLayout(self)
        for widget in (label, self.field, hint, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)

    def accept(self) -> None:
        """Hand the reason over."""
        self.given.emit(self.field.text().strip() or self._general)
        super().accept()
