"""The window rehearsed: it opens, finds a Japanese font, checks the practice documents, shows every page.

It works in a user's folder of its own, so that nothing of the person at work is read or changed.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QFontInfo, QGuiApplication, QImage

from checktool.gui import theme
from checktool.gui.app import has_screen, make_application, open_window
from checktool.gui.window import MainWindow
from checktool.handoff.rehearsal import Step, UnexpectedResultError, carried_out
from checktool.samples.trial import shipped
from checktool.wording import Wording

WINDOW_STEPS = ("screen", "font", "practice", "pages", "closing")
PATIENCE_MS = 120_000
GRID = 8
NOTES = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
NOT_SUPPORTED = "This plugin does not support "
FEWEST_COLOURS = 3
"""A page that is drawn has a ground, a text and something between them."""


def rehearse_window(wording: Wording) -> Iterator[Step]:
    """Every step in its order; those behind a failed one are skipped."""
    with (
        tempfile.TemporaryDirectory(prefix="checktool-selftest-") as folder,
        _user_folder(folder),
        _calm_platform(),
    ):
        steps = _Steps(wording)
        try:
            yield from carried_out(WINDOW_STEPS, steps)
        finally:
            steps.end()


def platform_arguments() -> list[str]:
    """What Qt is told where there is no screen: it draws into memory then."""
    return [] if has_screen() else ["-platform", "offscreen"]


class _Steps:
    """The steps in their order; each gives a short fact, or raises what is wrong."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.opened: MainWindow | None = None

    @property
    def window(self) -> MainWindow:
        assert self.opened is not None
        return self.opened

    def screen(self) -> str:
        self.app = make_application(platform_arguments())
        self.opened = open_window()
        self.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.window.show()
        return f"Qt {qVersion()} {QGuiApplication.platformName()}"

    def font(self) -> str:
        if not theme.has_japanese_font():
            raise UnexpectedResultError
        return QFontInfo(self.app.font()).family()

    def practice(self) -> str:
        loop = QEventLoop()
        self.window.running.ended.connect(loop.quit)
        QTimer.singleShot(PATIENCE_MS, loop.quit)
        QTimer.singleShot(0, self.window.try_practice)
        loop.exec()
        report = self.window.session.report
        if report is None or not shipped().met_by(report):
            raise UnexpectedResultError
        return self.wording.say("cli.selftest.documents", count=len(report.files))

    def pages(self) -> str:
        session = self.window.session
        session.open(session.rows[0].report.source)
        for name in self.window.pages:
            self.window.show_page(name)
            self.app.processEvents()
            if self.window.page != name or _colours(self.window.grab().toImage()) < FEWEST_COLOURS:
                raise UnexpectedResultError
        return self.wording.say("cli.selftest.pages_shown", count=len(self.window.pages))

    def closing(self) -> str:
        calm: list[bool] = []
        self.window.closed.connect(calm.append)
        if not self.window.close() or calm != [True]:
            raise UnexpectedResultError
        return ""

    def end(self) -> None:
        """Let go of the window, closed or not."""
        if self.opened is not None:
            self.opened.running.let_go()
            self.opened.deleteLater()
            self.opened = None


def _colours(picture: QImage) -> int:
    """How many colours a picture has at the points of a grid."""
    places = ((x, y) for x in range(0, picture.width(), GRID) for y in range(0, picture.height(), GRID))
    return len({picture.pixel(x, y) for x, y in places})


@contextmanager
def _calm_platform() -> Iterator[None]:
    """While it lasts, Qt's own notes on what a platform cannot do are not shown; all else is."""

    def tell(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        noise = kind in NOTES or (kind is QtMsgType.QtWarningMsg and text.startswith(NOT_SUPPORTED))
        if not noise:
            print(text, file=sys.stderr)

    before = qInstallMessageHandler(tell)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


@contextmanager
def _user_folder(folder: str) -> Iterator[None]:
    """Another folder for what a user keeps, for as long as it lasts."""
    before = os.environ.get("CHECKTOOL_USER")
    os.environ["CHECKTOOL_USER"] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ["CHECKTOOL_USER"]
        else:
            os.environ["CHECKTOOL_USER"] = before
