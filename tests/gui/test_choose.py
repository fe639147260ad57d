"""The page ①: choosing, dropping anywhere, practice, the last run; and what is handed in from outside."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from checktool.gui.instance import INBOX, SingleInstance
from checktool.gui.pages.choose import ChoosePage
from checktool.gui.pages.page import CHOOSE, RESULTS
from checktool.gui.preferences import LastRun, Preferences
from checktool.gui.session import RunState
from checktool.gui.window import MainWindow
from checktool.model.report import Verdict
from checktool.paths import user_folder
from checktool.samples.trial import shipped
from tests.tiny_pack import TinyPack, note


def drop(window: MainWindow, paths: Sequence[Path]) -> None:
    """Drag files over the window and let them go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(10, 10), Qt.DropAction.CopyAction, data, left, none)
    window.dragEnterEvent(over)
    assert over.isAccepted()
    window.dropEvent(QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, left, none))


def wait_for_end(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the run is over."""
    qtbot.waitUntil(lambda: not window.session.state.busy, timeout=30_000)


def page_of(window: MainWindow) -> ChoosePage:
    """The page ① of a window."""
    page = window.pages[CHOOSE]
    assert isinstance(page, ChoosePage)
    return page


def test_dropping_a_folder_checks_it(window: MainWindow, qtbot: QtBot, demo: Path) -> None:
    renamed = demo.rename(demo.parent / "医事課 ２０２６年１１月 〜（再）")
    drop(window, [renamed])
    assert window.page == RESULTS
    wait_for_end(window, qtbot)
    assert len(window.session.rows) == 7


def test_dropping_works_from_every_page(window: MainWindow, qtbot: QtBot, demo: Path) -> None:
    window.show_page("manage")
    drop(window, [demo / "survey-1.xml", demo / "survey-2.xml"])
    wait_for_end(window, qtbot)
    assert [row.report.source for row in window.session.rows] == ["survey-1.xml", "survey-2.xml"]


def test_what_is_no_file_is_passed_over(window: MainWindow) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.xml")])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(1, 1), Qt.DropAction.CopyAction, data, left, none))
    assert window.session.state is RunState.EMPTY


def test_a_drag_shows_where_to_let_go(window: MainWindow) -> None:
    page = page_of(window)
    page.show_drag(True)
    assert page._invitation.text() == "ここで離すと検査を始めます"
    page.show_drag(False)
    assert page._invitation.text() == "ここに XML ファイルやフォルダを置いてください"


@pytest.mark.parametrize(
    ("action", "dialog"), [("choose_files", "getOpenFileNames"), ("choose_folder", "getExistingDirectory")]
)
def test_choosing_by_a_dialog(
    window: MainWindow, qtbot: QtBot, demo: Path, monkeypatch: pytest.MonkeyPatch, action: str, dialog: str
) -> None:
    answers = {"getOpenFileNames": ([str(demo / "survey-1.xml")], ""), "getExistingDirectory": str(demo)}
    monkeypatch.setattr(QFileDialog, dialog, lambda *_arguments: answers[dialog])
    window.trigger(action)
    wait_for_end(window, qtbot)
    assert len(window.session.rows) == (1 if action == "choose_files" else 7)


@pytest.mark.parametrize("action", ["choose_files", "choose_folder"])
def test_a_dialog_that_is_left_changes_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_arguments: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: "")
    window.trigger(action)
    assert window.session.state is RunState.EMPTY


def test_practice_data_are_copies_and_end_with_the_window(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(page_of(window).practice, Qt.MouseButton.LeftButton)
    wait_for_end(window, qtbot)
    session = window.session
    assert session.practice
    assert [row.verdict.value for row in session.rows].count("clean") == 4
    folder = Path(session.paths[0])
    assert folder.is_dir()
    window.close()
    assert not folder.exists()
    assert Preferences().last_run() is None


def test_the_last_run_is_told_by_its_counts_alone(window: MainWindow, qtbot: QtBot, demo: Path) -> None:
    drop(window, [demo])
    wait_for_end(window, qtbot)
    window.show_page(CHOOSE)
    page = page_of(window)
    assert page._last.label.text().startswith("前回: ")
    assert "7件（○" in page._last.label.text()
    assert page.open_last.isVisible()
    page.open_last.click()
    assert window.page == RESULTS
    kept = (user_folder() / "window.ini").read_text(encoding="utf-8")
    assert "survey" not in kept
    assert str(demo) not in kept


def test_remembered_counts_that_make_no_sense_are_none(window: MainWindow) -> None:
    preferences = Preferences()
    preferences.keep_run(LastRun("11/20 14:02", 39, 2, 1, 0))
    assert preferences.last_run() == LastRun("11/20 14:02", 39, 2, 1, 0)
    preferences.keep("run/counts", "1 2 x 4")
    assert preferences.last_run() is None
    preferences.keep("view/text_size", "large")
    assert preferences.text_size(10.5) == 10.5


def test_a_second_start_hands_its_paths_over(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim()
    assert not second.claim()
    with qtbot.waitSignal(first.called) as called:
        second.hand_over(["a.xml", "書類"])
    assert called.args == [[str(Path("a.xml").absolute()), str(Path("書類").absolute())]]
    assert list((tmp_path / INBOX).iterdir()) == []
    first.release()
    assert second.claim()


def test_what_an_earlier_start_left_is_thrown_away(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    (tmp_path / INBOX / "old.paths").write_text(json.dumps(["/old"]), encoding="ascii")
    assert first.claim()
    assert list((tmp_path / INBOX).iterdir()) == []
    (tmp_path / INBOX / "broken.paths").write_text("{", encoding="ascii")
    with qtbot.waitSignal(first.called) as called:
        SingleInstance(tmp_path).hand_over([])
    assert called.args == [[]]


def test_practice_is_judged_by_its_own_pack_and_other_documents_by_the_one_in_use(
    window: MainWindow, qtbot: QtBot, tiny_pack: TinyPack
) -> None:
    tiny_pack.load()
    window.use_pack(str(tiny_pack.folder), None)
    session = window.session
    window.try_practice()
    qtbot.waitUntil(lambda: session.state is RunState.DONE, timeout=30_000)
    assert session.report is not None
    assert shipped().met_by(session.report)
    assert session.pack.info.id == "nanshou-sample"
    window.check([str(tiny_pack.documents(note()))])
    qtbot.waitUntil(lambda: session.state is RunState.DONE, timeout=30_000)
    assert session.pack.info.id == "tiny"
    assert "小さな定義" in window.windowTitle()
    assert session.counts()[Verdict.CLEAN] == 1
