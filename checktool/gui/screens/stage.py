"""Where the pictures are taken: windows over sessions with sample documents, and waiting until they rest.

All that a picture depends on is given: the folder of the user, the day, sizes, colours, text size.
"""

import time
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from checktool.checking.engine import CheckOptions, run
from checktool.definitions.pack import load
from checktool.gui import theme
from checktool.gui.comparison import compare
from checktool.gui.preferences import Preferences
from checktool.gui.rows import row_of, rows_judged_anew
from checktool.gui.screens.documents import words
from checktool.gui.session import Session
from checktool.gui.view import TEXT_SIZE, THEME, View
from checktool.gui.window import MainWindow
from checktool.gui.worker import Worker
from checktool.model.definition import DefinitionPack
from checktool.model.report import CheckReport
from checktool.reading.sources import list_sources

PATIENCE = 20.0

Write = Callable[[Path], Path]


class Stage:
    """Makes what one picture shows, in a folder of its own that holds the user's settings too."""

    checked: ClassVar[dict[str, CheckReport]] = {}
    """The reports of documents that another picture shows too, by their folder."""

    def __init__(self, app: QApplication, folder: Path, size: tuple[int, int]) -> None:
        self.app = app
        self.folder = folder
        self.size = size
        self.look = ("light", theme.SIZE)

    def session(self, write: Write | None = None, again: Write | None = None) -> Session:
        """A session; its check of the documents that ``write`` makes is finished, then that of ``again``."""
        session = Session(definitions())
        session.today, session.operator = words()["on"], words()["operator"]
        if again is not None and write is not None:
            for each in (write, again):
                self.check(session, each(self.folder / "documents"))
        elif write is not None:
            self.check(session, self.documents(write))
        return session

    def documents(self, write: Write) -> Path:
        """The folder of documents that no picture changes, written once."""
        folder = self.folder.parent / write.__name__
        return folder if folder.is_dir() else write(folder)

    def check(self, session: Session, folder: Path, until: int | None = None) -> None:
        """Check a folder as the worker of the window would; ``until`` leaves the run under way."""
        path = str(folder)
        session.start([path], words()["on"])
        session.listed(list_sources([path], session.pack.limits))
        report = self.checked.get(path)
        if report is None:
            report = run([path], session.pack, CheckOptions(on=session.on, jobs=1))
            if self.folder not in folder.parents:
                self.checked[path] = report
        session.add([row_of(file) for file in report.files[:until]])
        if until is None:
            before = session.previous
            changes = compare(before, report) if before else None
            session.finish(report, rows_judged_anew(report), changes)

    def window(self, session: Session, page: str = "choose") -> MainWindow:
        """The window over a session, shown at a page."""
        preferences = Preferences()
        name, points = self.look
        preferences.keep(THEME, name)
        preferences.keep(TEXT_SIZE, points)
        view = View(self.app, preferences)
        window = MainWindow(session, preferences, view)
        view.setParent(window)
        window.resize(*self.size)
        window.show()
        window.activateWindow()
        window.show_page(page)
        self.settle(window)
        return window

    def dress(self) -> None:
        """Colours and text size for a dialog without a window."""
        name, points = self.look
        theme.set_text_size(self.app, points)
        theme.apply(self.app, name)

    def dialog(self, over: QWidget) -> QDialog:
        """The dialog that a window has opened."""
        self.settle(over)
        shown = (each for each in self.app.topLevelWidgets() if isinstance(each, QDialog))
        return next(each for each in shown if each.isVisible())

    def settle(self, widget: QWidget) -> None:
        """Wait until no job is under way and no short timer is about to ring."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for _ in range(5):
                self.app.processEvents()
            busy = any(worker.busy for worker in widget.findChildren(Worker))
            ringing = any(timer.isSingleShot() and timer.isActive() for timer in widget.findChildren(QTimer))
            if not busy and not ringing:
                return
            time.sleep(0.005)
        raise RuntimeError("the window does not come to rest")


@cache
def definitions() -> DefinitionPack:
    """The definitions that the pictures show."""
    return load()


def moment(day: date, clock: str) -> str:
    """A time of a day as the records of past runs have it."""
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}").isoformat(timespec="seconds")
