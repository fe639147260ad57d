"""Pictures of ③ 修正."""

from PySide6.QtWidgets import QWidget

from checktool.gui.pages.page import CORRECT
from checktool.gui.screens import documents
from checktool.gui.screens.documents import words
from checktool.gui.screens.stage import Stage, Write
from checktool.gui.session import Session
from checktool.gui.window import MainWindow
from checktool.model.report import Verdict


def form(stage: Stage) -> QWidget:
    """A document as its form, its findings beside it."""
    return _many(stage)


def source(stage: Stage) -> QWidget:
    """The document as the file is."""
    window = _many(stage)
    window.trigger("next_finding")
    window.trigger("switch_view")
    stage.settle(window)
    return window


def hidden(stage: Stage) -> QWidget:
    """Values hidden."""
    window = _many(stage)
    window.trigger("next_finding")
    window.trigger("hide_values")
    stage.settle(window)
    return window


def again(stage: Stage) -> QWidget:
    """After a check again: mended, left, new."""
    return _opened(stage, stage.session(documents.mixed, documents.mended), words()["many"]["name"])


def clean(stage: Stage) -> QWidget:
    """A document without a finding."""
    return _first(stage, documents.clean)


def unreadable(stage: Stage) -> QWidget:
    """A document that could not be read to its end."""
    session = stage.session(documents.unreadable)
    return _opened(stage, session, "IKN_0002.xml")


def long_texts(stage: Stage) -> QWidget:
    """Long and rare names and values."""
    session = stage.session(documents.long_texts)
    return _opened(stage, session, words()["long"]["names"][0])


def huge(stage: Stage) -> QWidget:
    """A part of a large file."""
    window = _first(stage, documents.huge)
    window.trigger("switch_view")
    stage.settle(window)
    return window


def explain(stage: Stage) -> QWidget:
    """F1: the finding explained."""
    window = _many(stage)
    window.trigger("explain")
    return stage.dialog(window)


def _many(stage: Stage) -> MainWindow:
    return _opened(stage, stage.session(documents.mixed), words()["many"]["name"])


def _first(stage: Stage, write: Write) -> MainWindow:
    session = stage.session(write)
    return _opened(stage, session, session.rows[0].report.source)


def _opened(stage: Stage, session: Session, source: str) -> MainWindow:
    session.order = [place for place, row in enumerate(session.rows) if row.verdict is not Verdict.CLEAN]
    session.open(source)
    return stage.window(session, CORRECT)
