"""Pictures of ④ 書き出し. Packages go into the folder of the picture; the places shown are samples."""

import threading
from dataclasses import replace
from pathlib import Path

from checktool.errors import HandoffError
from checktool.gui.handoffjob import Place, handoff_job
from checktool.gui.handoffjob import Stage as Stretch
from checktool.gui.handover import request_of
from checktool.gui.pages.page import WRITE
from checktool.gui.pages.write import DESTINATION, RESULT, WRITING, WritePage
from checktool.gui.pages.writing.volumes import Volume
from checktool.gui.screens import documents
from checktool.gui.screens.documents import words
from checktool.gui.screens.stage import Stage
from checktool.gui.session import Session
from checktool.gui.window import MainWindow
from checktool.handoff.writer import HandoffResult

NEEDED, FREE, SCARCE = 812_000, 7_623_566_950, 300_000


def contents(stage: Stage) -> MainWindow:
    """What goes out and what does not."""
    session = stage.session(documents.mixed)
    session.left_out["KJN_0003.xml"] = session.wording.say("gui.write.leaving.no_consent")
    window, page = _window(stage, session)
    line = page.contents.group_line("T203")
    line.choose("doctor")
    stage.settle(window)
    return window


def destination(stage: Stage) -> MainWindow:
    """Where to, nothing chosen yet."""
    return _at_destination(stage)[0]


def ready(stage: Stage) -> MainWindow:
    """Everything that is asked is there."""
    window, page = _at_destination(stage, words()["destination"], FREE)
    page.destination.dest.setText(words()["dest"])
    page.destination.consent.box.setChecked(True)
    return window


def full(stage: Stage) -> MainWindow:
    """A medium without room."""
    return _at_destination(stage, words()["destination"], SCARCE)[0]


def in_progress(stage: Stage) -> MainWindow:
    """Reading back."""
    window, page = _window(stage, stage.session(documents.mixed))
    page.show_step(WRITING)
    page.progress.begin()
    page.progress.show_stage(Stretch("reading_back", 17, 31))
    return window


def result(stage: Stage) -> MainWindow:
    """A verified package."""
    session = stage.session(documents.mixed)
    window, page = _window(stage, session)
    request = request_of(session, stage.folder / "packages")
    made = handoff_job(session, request)(lambda _news: None, threading.Event())
    assert isinstance(made, HandoffResult)
    place = "\\".join((words()["destination"], made.name))
    page.result.show_result(replace(made, package=Path(place)), words()["dest"])
    page.show_step(RESULT)
    return window


def refused(stage: Stage) -> MainWindow:
    """The destination did not take it."""
    window, page = _window(stage, stage.session(documents.mixed))
    page.result.show_fault(HandoffError("H002", path=words()["destination"], reason="PermissionError"))
    page.show_step(RESULT)
    return window


def stopped(stage: Stage) -> MainWindow:
    """Stopped while it was written."""
    window, page = _window(stage, stage.session(documents.mixed))
    page.result.show_stopped()
    page.show_step(RESULT)
    return window


def nothing(stage: Stage) -> MainWindow:
    """Documents, but none that may go out yet."""
    return _window(stage, stage.session(documents.confirmable))[0]


def _window(stage: Stage, session: Session) -> tuple[MainWindow, WritePage]:
    window = stage.window(session, WRITE)
    page = window.pages[WRITE]
    assert isinstance(page, WritePage)
    return window, page


def _at_destination(stage: Stage, folder: str = "", free: int = 0) -> tuple[MainWindow, WritePage]:
    window, page = _window(stage, stage.session(documents.mixed))
    page.show_step(DESTINATION)
    panel = page.destination
    panel.field.setText(folder)
    stage.settle(window)
    medium, share = words()["medium"], words()["share"]
    panel.show_places([Volume("E:\\", *medium), Volume(*share)])
    if folder:
        panel.show_place(Place(Path(folder), there=True, usable=True, free=free, needed=NEEDED))
    return window, page
