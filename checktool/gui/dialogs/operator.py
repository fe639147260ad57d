"""Who is at work (担当者): asked once a start, because Windows accounts are shared."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from checktool.gui.session import Session

LONGEST = 40


class OperatorDialog(QDialog):
    """A name or staff number in one field; it may stay empty."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        say = session.wording.say
        self.setWindowTitle(say("gui.operator.title"))
        label = QLabel(say("gui.operator.label"))
        self.field = QLineEdit(session.operator, maxLength=LONGEST)
        self.field.setAccessibleName(say("gui.operator.name"))
        label.setBuddy(self.field)
        hint = QLabel(say("gui.operator.hint"), wordWrap=True)
        hint.setProperty("role", "muted")
        buttons = QDialogButtonBox()
        accept = buttons.addButton(say("gui.operator.accept"), QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setProperty("role", "main")
        accept.setDefault(True)
        buttons.addButton(say("gui.operator.skip"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (label, self.field, hint, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)

    def accept(self) -> None:
        """Take the name over."""
        self._session.operator = self.field.text().strip()
        super().accept()


def ask_operator(parent: QWidget, session: Session, done: Callable[[], None]) -> None:
    """Ask without holding anything up; ``done`` is called when a name was given."""
    dialog = OperatorDialog(session, parent)
    dialog.accepted.connect(done)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
