"""What wants to break the tool, dropped on the window: calm words, no dialog, and every document opens."""

import os
import shutil
import sys
import threading
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from checktool.gui import checkjob
from checktool.gui.crash import CrashReporter
from checktool.gui.pages.correct import CorrectPage
from checktool.gui.pages.page import CHOOSE, CORRECT, RESULTS
from checktool.gui.pages.results import ResultsPage
from checktool.gui.session import RunState
from checktool.gui.window import MainWindow
from checktool.gui.worker import Tell, Worker
from checktool.model.report import Verdict
from checktool.reading import sources
from tests.gui.conftest import MakeSamples
from tests.hostile.documents import LARGE, SMALL, Case, opinion

SAFE = 120_000
XML = opinion("").encode()
ONLY_POSIX = pytest.mark.skipif(os.name == "nt", reason="names of other systems")
MANY = 50_000
KINDS = ("attribute", "namespaces", "faulty-siblings", "one-document-of-80-mb")
OF_A_KIND = [case for case in LARGE if case.name in KINDS]
"""One of each kind of large document: the window shows the others alike."""


@pytest.fixture(autouse=True)
def no_dialog(qapp: QApplication) -> Iterator[None]:
    """No dialog came up by itself."""
    yield
    assert [box for box in qapp.topLevelWidgets() if isinstance(box, QDialog) and box.isVisible()] == []


def held_over(window: MainWindow, data: QMimeData) -> bool:
    """Hold something over the window; whether it would be taken."""
    where, action = QPointF(50, 50), Qt.DropAction.CopyAction
    held = QDragEnterEvent(
        where.toPoint(), action, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    held.setAccepted(False)
    QApplication.sendEvent(window, held)
    return held.isAccepted()


def drop_data(window: MainWindow, data: QMimeData) -> None:
    """Let go of something over the window."""
    where, action = QPointF(50, 50), Qt.DropAction.CopyAction
    drop = QDropEvent(where, action, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, drop)


def of_urls(*urls: QUrl) -> QMimeData:
    """What is dragged: addresses."""
    data = QMimeData()
    data.setUrls(urls)
    return data


def drop(window: MainWindow, qtbot: QtBot, *paths: Path) -> None:
    """Drop files and wait for the end of the check."""
    data = of_urls(*(QUrl.fromLocalFile(str(path)) for path in paths))
    assert held_over(window, data)
    drop_data(window, data)
    qtbot.waitUntil(lambda: not window.session.state.busy, timeout=SAFE)


def sentence(window: MainWindow) -> str:
    """What the page ② says of the run."""
    page = window.pages[RESULTS]
    assert isinstance(page, ResultsPage)
    return page.outcome.label.text()


def look_at_every_document(window: MainWindow, qtbot: QtBot) -> None:
    """Open each document, in both views, with values shown and hidden, and copy what is said."""
    page = window.pages[CORRECT]
    assert isinstance(page, CorrectPage)
    for row in list(window.session.rows):
        window.session.open(row.report.source)
        window.show_page(CORRECT)
        for _ in range(2):
            qtbot.waitUntil(lambda: not page.views._worker.busy, timeout=SAFE)
            window.trigger("switch_view")
            window.trigger("next_finding")
            window.trigger("hide_values")
        window.trigger("copy_text")
        copied = QGuiApplication.clipboard().text()
        assert copied.startswith(row.report.source)
        assert "Error" not in copied.replace(row.report.source, "")
        window.show_page(RESULTS)


def write(folder: Path, cases: Sequence[Case]) -> Path:
    """The cases as files in a folder."""
    folder.mkdir()
    for each in cases:
        (folder / each.file_name).write_bytes(each.make())
    return folder


def test_hostile_documents_are_shown_like_any_other(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    drop(window, qtbot, write(tmp_path / "in", SMALL))
    assert window.session.state is RunState.DONE
    assert len(window.session.rows) >= len(SMALL)
    assert {row.verdict for row in window.session.rows} <= {Verdict.UNCHECKED, Verdict.CORRECT}
    assert all(row.first is not None for row in window.session.rows)
    look_at_every_document(window, qtbot)


@pytest.mark.slow
@pytest.mark.parametrize("case", OF_A_KIND, ids=lambda case: case.name)
def test_large_documents_are_shown_in_part(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, case: Case
) -> None:
    drop(window, qtbot, write(tmp_path / "in", [case]))
    assert {row.verdict for row in window.session.rows} <= {Verdict.UNCHECKED, Verdict.CORRECT}
    look_at_every_document(window, qtbot)


def test_archives_that_lie(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 not a zip")
    (tmp_path / "text.zip").write_bytes(XML)
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as archive:
        archive.writestr("../outside.xml", XML)
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as archive:
        archive.writestr("program.exe", b"MZ")
        archive.writestr("other.zip", b"PK")
        archive.writestr("a.xml", XML)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b" " * 50_000_000)
    drop(window, qtbot, *sorted(tmp_path.glob("*.zip")))
    assert window.session.state is RunState.DONE
    assert window.session.counts()[Verdict.UNCHECKED] == 6
    look_at_every_document(window, qtbot)


def test_a_file_larger_than_anything_asked_for(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    with (tmp_path / "large.xml").open("wb") as large:
        large.write(b"<a>")
        large.truncate(300_000_000)
    drop(window, qtbot, tmp_path / "large.xml")
    assert sentence(window).startswith("検査できたファイルはありませんでした。")
    look_at_every_document(window, qtbot)


@pytest.mark.slow
def test_more_files_than_anybody_exports(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"{number:05}.xml").write_bytes(b"")
    window.check([str(folder)])
    qtbot.waitUntil(lambda: len(window.session.rows) > 0, timeout=SAFE)
    window.trigger("stop")
    qtbot.waitUntil(lambda: not window.session.state.busy, timeout=SAFE)
    assert len(window.session.rows) == len(window.session.sources) == MANY


NAMES = (
    unicodedata.normalize("NFC", "がぎぐ.xml"),
    unicodedata.normalize("NFD", "がぎぐ.xml"),
    "🌸👩‍⚕️.xml",
    "\u202egnp.xml",
    "a\nb\tc.xml",
    "難" * 80 + ".xml",
    "%41&amp;<b>x.xml",
    " blank .xml",
    "-.xml",
)


@ONLY_POSIX
def test_names_of_every_kind(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "名前"
    folder.mkdir()
    names = [*dict.fromkeys(NAMES), os.fsdecode(b"\x83e\x83X.xml")]
    for number, name in enumerate(names):
        (folder / name).write_bytes(XML + b"<!-- %d -->" % number)
    drop(window, qtbot, folder)
    assert len(window.session.rows) == len(names)
    assert window.session.counts()[Verdict.UNCHECKED] == 0
    assert not any(
        "\udc83" in row.report.source or "\u202e" in row.report.source for row in window.session.rows
    )
    look_at_every_document(window, qtbot)


@ONLY_POSIX
@pytest.mark.parametrize("name", ["x" * 5_000, "a\0b", os.fsdecode(b"\x83e.xml"), ""])
def test_a_path_that_cannot_be(window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    window.check([str(tmp_path / "in" / name) if name else ""])
    qtbot.waitUntil(lambda: not window.session.state.busy, timeout=SAFE)
    assert window.session.state is RunState.FAILED
    assert "が見つかりません。" in sentence(window)


def test_a_file_dropped_with_its_folder_is_taken_once_and_a_copy_is_named(
    window: MainWindow, qtbot: QtBot, make_samples: MakeSamples
) -> None:
    path = next(make_samples("survey").iterdir())
    drop(window, qtbot, path, path.parent)
    assert len(window.session.rows) == 1
    path.with_name("copy.xml").write_bytes(path.read_bytes())
    drop(window, qtbot, path.parent)
    codes = [finding.code for row in window.session.rows for finding in row.findings]
    assert len(window.session.rows) == 2
    assert "F008" in codes


@pytest.mark.parametrize("address", ["https://example.jp/a.xml", "mailto:a@example.jp", "about:blank"])
def test_an_address_that_is_no_file_is_not_taken(window: MainWindow, address: str) -> None:
    data = of_urls(QUrl(address))
    assert not held_over(window, data)
    drop_data(window, data)
    assert (window.page, window.session.state) == (CHOOSE, RunState.EMPTY)


def test_a_text_is_not_taken(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("/etc/passwd")
    assert not held_over(window, data)
    drop_data(window, data)
    assert (window.page, window.session.state) == (CHOOSE, RunState.EMPTY)


def test_a_folder_that_vanishes_before_it_is_read(
    window: MainWindow, qtbot: QtBot, make_samples: MakeSamples, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_samples("survey", count=5)
    listed = sources.list_sources

    def list_and_lose(*given: object) -> object:
        found = listed(*given)  # type: ignore[arg-type]
        shutil.rmtree(folder)
        return found

    monkeypatch.setattr(checkjob, "list_sources", list_and_lose)
    drop(window, qtbot, folder)
    assert window.session.state is RunState.DONE
    assert [row.first.code for row in window.session.rows if row.first] == ["F010"] * 5
    assert sentence(window).startswith("検査できたファイルはありませんでした。")
    look_at_every_document(window, qtbot)


def test_a_folder_that_vanishes_after_the_check(
    window: MainWindow, qtbot: QtBot, make_samples: MakeSamples
) -> None:
    folder = make_samples("survey", count=3)
    drop(window, qtbot, folder)
    shutil.rmtree(folder)
    look_at_every_document(window, qtbot)
    window.recheck()
    qtbot.waitUntil(lambda: not window.session.state.busy, timeout=SAFE)
    assert window.session.state is RunState.FAILED
    assert "が見つかりません。" in sentence(window)


def visible_boxes() -> list[QMessageBox]:
    """The message boxes that are shown."""
    boxes = (box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox))
    return [box for box in boxes if box.isVisible()]


def test_a_fault_of_a_job_is_told_once_and_quotes_no_value(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    reporter = CrashReporter(window.session.wording, window)
    monkeypatch.setattr(sys, "excepthook", reporter.take)

    def job(_tell: Tell, _stop: threading.Event) -> None:
        raise ValueError("難病 花子", {"BirthDate": "2023-09-31"})

    worker = Worker()
    for _ in range(3):
        with qtbot.waitSignal(worker.failed, timeout=SAFE):
            worker.start(job)
    qtbot.waitUntil(lambda: bool(visible_boxes()), timeout=SAFE)
    (box,) = visible_boxes()
    said = capsys.readouterr().err + box.text() + box.informativeText() + box.detailedText()
    assert "ValueError" in said
    assert "花子" not in said
    assert "2023-09-31" not in said
    box.close()
    with qtbot.waitSignal(worker.failed, timeout=SAFE):
        worker.start(job)
    QApplication.processEvents()
    assert visible_boxes() == []
