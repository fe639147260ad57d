"""The few questions and faults that are told in a dialog of their own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from checktool.errors import CheckToolError
from checktool.wording import Wording


def tell_error(parent: QWidget | None, wording: Wording, error: CheckToolError) -> QMessageBox:
    """Say a fault: what, why, the next step, its code. Without a parent the caller keeps the box."""
    said = wording.error(error)
    box = QMessageBox(QMessageBox.Icon.Warning, f"{said.title}（{error.code}）", said.message, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(said.fix)
    box.addButton(wording.say("gui.dialog.close"), QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box


def ask_to_stop(parent: QWidget, wording: Wording, purpose: str) -> bool:
    """Ask whether the check under way may be stopped; ``purpose`` is ``close`` or ``check``."""
    box = QMessageBox(
        QMessageBox.Icon.Question,
        wording.say("gui.dialog.running_title"),
        wording.say(f"gui.dialog.running_{purpose}"),
        parent=parent,
    )
    stop = box.addButton(wording.say(f"gui.dialog.stop_and_{purpose}"), QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton(wording.say("gui.dialog.keep_running"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.exec()
    return box.clickedButton() is stop
