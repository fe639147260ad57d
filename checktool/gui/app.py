"""The start of the window: application, fonts, texts of Qt, one instance, the session, the window."""

import gc
import os
import sys
from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from checktool.definitions.trust.state import load
from checktool.errors import CheckToolError
from checktool.gui import theme
from checktool.gui.crash import CrashReporter
from checktool.gui.dialogs.fonts import FontsMissing
from checktool.gui.dialogs.messages import tell_error
from checktool.gui.instance import SingleInstance
from checktool.gui.preferences import Preferences
from checktool.gui.session import Session
from checktool.gui.view import View
from checktool.gui.window import MainWindow
from checktool.wording import Wording

SWEEP_MS = 1_000
TURN = 0.0001
PACK_FAULT = 4
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def has_screen() -> bool:
    """Whether Qt has something to show a window on; only Linux may have none."""
    return not sys.platform.startswith("linux") or any(name in os.environ for name in DISPLAYS)


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """The one QApplication, in Fusion style, Japanese, with the fonts of the tool."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(["checktool", *arguments])
    app.setApplicationName("checktool")
    app.setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.Japanese, QLocale.Country.Japan))
    translator = QTranslator(app)
    if translator.load("qtbase_ja", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


def open_window(pack: str | None = None, profile: str | None = None) -> MainWindow:
    """A window over a fresh session. Raises PackError, SettingsError. Needs ``make_application`` first."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    preferences = Preferences()
    view = View(app, preferences)
    window = MainWindow(Session(load(pack, profile)), preferences, view)
    view.setParent(window)
    return window


def run(paths: Sequence[str] = ()) -> int:
    """Open the window, or hand the paths to the one that is open; ends when it is closed."""
    app = make_application()
    instance = SingleInstance()
    if not instance.claim():
        instance.hand_over(paths)
        return 0
    if not theme.has_japanese_font() and not FontsMissing(Wording()).exec():
        instance.release()
        return 0
    crash = CrashReporter(Wording(), app)
    crash.install()
    try:
        window = open_window()
    except CheckToolError as error:
        return _tell_and_end(app, error)
    stay_responsive(app)
    ended = [True]
    window.closed.connect(lambda calm: ended.__setitem__(0, calm))
    instance.called.connect(lambda more: _call(window, more))
    window.show()
    QTimer.singleShot(0, lambda: _begin(window, paths))
    code = app.exec()
    instance.release()
    if not ended[0]:
        os._exit(code)
    return code


def _begin(window: MainWindow, paths: Sequence[str]) -> None:
    window.ask_operator()
    if paths:
        window.check(paths)


def _call(window: MainWindow, paths: Sequence[str]) -> None:
    """Another start named paths: come to the front and check them."""
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()
    window.check(paths)


def _tell_and_end(app: QApplication, error: CheckToolError) -> int:
    box = tell_error(None, Wording(), error)
    box.finished.connect(app.quit)
    app.exec()
    return PACK_FAULT


def stay_responsive(app: QApplication) -> None:
    """Let the thread of the window have its turn at once, whatever a job does beside it.

    Every call of Qt lets a job's thread in, which by default keeps its turn for 5 ms. Garbage is collected
    by the window alone and never everything at once: a full collection over the findings of 20,000
    documents would hold it up for a second.
    """
    sys.setswitchinterval(TURN)
    gc.collect()
    gc.freeze()
    gc.disable()
    timer = QTimer(app, interval=SWEEP_MS)
    timer.timeout.connect(lambda: gc.collect(1))
    timer.start()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
