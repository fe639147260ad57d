"""A fault of the tool itself: told calmly, with a record that holds no patient data.

The record names types, modules, functions and lines; never a message of an exception, an argument or a
value, since these may quote a document.
"""

import platform
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPlainTextEdit, QPushButton

from checktool import __version__
from checktool.gui.theme import fixed_font
from checktool.wording import Wording

FILE = "checktool-record.txt"


def record_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What may be told of a fault: versions, its type, and where it came up."""
    versions = f"checktool {__version__}  Python {platform.python_version()}  {platform.system()}"
    places = traceback.extract_tb(trace)
    lines = [f"  {Path(place.filename).name}:{place.lineno} {place.name}" for place in places]
    return "\n".join([versions, kind.__name__, *lines, ""])


class CrashReporter(QObject):
    """The hook for unexpected faults of every thread; shows one dialog at a time."""

    happened = Signal(str)

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._box: QMessageBox | None = None
        self.happened.connect(self.show_record, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take every fault that nothing else takes."""
        sys.excepthook = self.take

    def take(self, kind: type[BaseException], _fault: BaseException, trace: TracebackType | None) -> None:
        """Tell of a fault, from whatever thread; a wish of the user to end is none."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.happened.emit(record_of(kind, trace))

    def show_record(self, record: str) -> None:
        """The dialog; while one is open further faults are passed over."""
        if self._box is not None:
            return
        say = self._wording.say
        box = QMessageBox(QMessageBox.Icon.Warning, say("gui.crash.title"), say("gui.crash.message"))
        box.setInformativeText(say("gui.crash.hint"))
        box.setDetailedText(record)
        for view in box.findChildren(QPlainTextEdit):
            view.setFont(fixed_font())
        save = QPushButton(say("gui.crash.save"), box)  # else it is gone with this function
        box.addButton(save, QMessageBox.ButtonRole.ActionRole)
        save.clicked.disconnect()  # a message box closes on every button that it is given
        save.clicked.connect(lambda: self._save(record))
        close = box.addButton(say("gui.dialog.close"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(close)
        box.setEscapeButton(close)
        box.finished.connect(self._closed)
        self._box = box
        box.open()

    def _save(self, record: str) -> None:
        path, _ = QFileDialog.getSaveFileName(self._box, self._wording.say("gui.crash.save_title"), FILE)
        if path:
            try:
                Path(path).write_text(record, encoding="utf-8")
            except OSError:
                QMessageBox.warning(self._box, "", self._wording.say("gui.crash.not_saved"))

    def _closed(self) -> None:
        if self._box is not None:
            self._box.deleteLater()
            self._box = None
