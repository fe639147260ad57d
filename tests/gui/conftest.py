"""What tests of the window share: no screen, sample documents, a window over a fresh session."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from checktool.checking.engine import CheckOptions, run
from checktool.definitions.pack import load
from checktool.gui import window as window_module
from checktool.gui.app import make_application, open_window
from checktool.gui.rows import row_of, rows_judged_anew
from checktool.gui.session import Session
from checktool.gui.window import MainWindow
from checktool.gui.worker import end_all
from checktool.reading.sources import list_sources
from checktool.samples.make import Request, samples
from checktool.samples.trial import shipped
from checktool.samples.writer import write
from tests.gui.gates import Gate

ON = date(2026, 11, 22)

MakeSamples = Callable[..., Path]
Answers = list[bool]
Press = Callable[[str], None]


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it."""
    return make_application()


@pytest.fixture(autouse=True)
def no_job_is_left() -> Iterator[None]:
    """Every test ends without a job that still runs."""
    yield
    assert end_all(10)


@pytest.fixture
def make_samples(tmp_path: Path) -> MakeSamples:
    """Writes sample documents into a folder: ``make_samples("opinion", count=3, broken="D609")``."""

    def make(form: str, folder: str = "documents", **wishes: object) -> Path:
        request = Request(form, ON, **wishes)  # type: ignore[arg-type]
        write(samples(load(), request), tmp_path / folder)
        return tmp_path / folder

    return make


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The practice documents in a folder: seven, ○ four, △ one, × two."""
    folder = tmp_path / "demo"
    shipped().copy_to(folder)
    return folder


@pytest.fixture
def session() -> Session:
    """A session with the sample pack, without documents; checks run in one process."""
    fresh = Session(load())
    fresh.jobs, fresh.today = 1, ON
    return fresh


@pytest.fixture
def checked(demo: Path) -> Session:
    """A session with the practice documents checked."""
    return session_over(demo, shipped().on)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The window, shown; it is closed in the end."""
    opened = open_window()
    opened.session.jobs = 1
    qtbot.addWidget(opened)
    opened.show()
    yield opened
    opened.running.let_go()


@pytest.fixture
def gate() -> Iterator[Gate]:
    """A gate that is open at the end, whatever came."""
    made = Gate()
    yield made
    made.release()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    """Answers to questions whether a run may be stopped, and none that is left over."""
    given: Answers = []
    monkeypatch.setattr(window_module, "ask_to_stop", lambda *_arguments: given.pop(0))
    yield given
    assert given == []


@pytest.fixture
def press(qapp: QApplication) -> Iterator[Press]:
    """``press(text)``: the next question that comes up is answered by the button with this text."""
    waiting: list[str] = []
    timer = QTimer(interval=20)

    def answer() -> None:
        for box in qapp.topLevelWidgets():
            if waiting and isinstance(box, QMessageBox) and box.isVisible():
                wanted = waiting.pop(0)
                next(each for each in box.findChildren(QPushButton) if each.text() == wanted).click()

    timer.timeout.connect(answer)
    timer.start()
    yield waiting.append
    assert waiting == []


def session_over(folder: Path, on: date = ON) -> Session:
    """A session whose check of a folder is finished."""
    fresh = Session(load())
    fresh.jobs = 1
    fresh.start([str(folder)], on)
    fresh.listed(list_sources([str(folder)], fresh.pack.limits))
    report = run([str(folder)], fresh.pack, CheckOptions(on=on))
    fresh.add([row_of(file) for file in report.files])
    fresh.finish(report, rows_judged_anew(report))
    return fresh
