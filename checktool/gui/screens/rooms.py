"""Pictures of 履歴, 管理, and the dialogs."""

import os
from dataclasses import replace
from unittest.mock import patch

from PySide6.QtWidgets import QWidget

from checktool.gui.crash import CrashReporter
from checktool.gui.dialogs.fonts import FontsMissing
from checktool.gui.pages.manage import ManagePage
from checktool.gui.pages.page import HISTORY, MANAGE
from checktool.gui.past_runs import CHECK, HANDOFF, keep, run_of
from checktool.gui.screens import documents
from checktool.gui.screens.documents import words
from checktool.gui.screens.stage import Stage, moment
from checktool.gui.window import MainWindow
from checktool.wording import Wording

TIMES = ("09:12", "09:40", "13:05", "13:31", "13:48", "14:02", "14:10")
RECORD = """checktool 0.1  Python 3.11  Windows
ValueError
  window.py:118 check
  running.py:41 start
  session.py:97 start
"""


def operator(stage: Stage) -> QWidget:
    """Who is at work."""
    session = stage.session()
    session.operator = ""
    window = stage.window(session)
    window.ask_operator()
    return stage.dialog(window)


def history(stage: Stage) -> QWidget:
    """Runs of a day."""
    session = stage.session(documents.mixed)
    for number, clock in enumerate(TIMES):
        kind, handed = (HANDOFF, 31) if number in (3, 6) else (CHECK, 0)
        run = run_of(session, kind, handed)
        keep(replace(run, when=moment(words()["on"], clock), practice=number < 2, completed=number != 4))
    return stage.window(session, HISTORY)


def history_empty(stage: Stage) -> QWidget:
    """Nothing yet."""
    return stage.window(stage.session(), HISTORY)


def packs(stage: Stage) -> QWidget:
    """The definition packs."""
    return managed(stage, 0)[0]


def policy(stage: Stage) -> QWidget:
    """What the IT staff has set."""
    window, page = managed(stage, 1)
    places = {"CHECKTOOL_MACHINE": words()["machine_folder"], "CHECKTOOL_USER": words()["user_folder"]}
    with patch.dict(os.environ, places):
        page.policy.show_session()
    return window


def selftest(stage: Stage) -> QWidget:
    """The self-test, passed."""
    window, page = managed(stage, 2)
    page.selftest.start()
    stage.settle(window)
    return window


def manual(stage: Stage) -> QWidget:
    """The manual."""
    window = stage.window(stage.session())
    window.trigger("manual")
    return stage.dialog(window)


def about(stage: Stage) -> QWidget:
    """About this program."""
    window = stage.window(stage.session())
    window.trigger("about")
    return stage.dialog(window)


def crash(stage: Stage) -> QWidget:
    """An unexpected fault."""
    window = stage.window(stage.session())
    reporter = CrashReporter(window.session.wording, window)
    reporter.show_record(RECORD)
    return stage.dialog(window)


def fonts_missing(stage: Stage) -> QWidget:
    """A PC without a Japanese font."""
    stage.dress()
    dialog = FontsMissing(Wording())
    dialog.show()
    return dialog


def managed(stage: Stage, tab: int) -> tuple[MainWindow, ManagePage]:
    """The window at one tab of the page 管理, and that page."""
    window = stage.window(stage.session(), MANAGE)
    page = window.pages[MANAGE]
    assert isinstance(page, ManagePage)
    page.tabs.setCurrentIndex(tab)
    stage.settle(window)
    return window, page
