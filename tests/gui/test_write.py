"""The page ④: what goes, where to, written and read back, stopped, refused."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from checktool.errors import HandoffError
from checktool.gui import handoffjob
from checktool.gui.handover import Contents, Fate
from checktool.gui.pages.write import CONTENTS, DESTINATION, EMPTY, RESULT, WRITING, WritePage
from checktool.gui.past_runs import HANDOFF, past_runs
from checktool.gui.session import Session
from checktool.handoff.verifier import verify

from .conftest import MakeSamples, session_over

LONG = 30_000


@pytest.fixture
def page(qtbot: QtBot, checked: Session) -> Iterator[WritePage]:
    """The page over the practice documents: ○ four, △ one, × two."""
    made = WritePage(checked, checked.wording)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.shown()
    yield made
    made._worker.let_go()


def fates(page: WritePage) -> dict[str, Fate]:
    model = page.contents.model
    return {model.row_at(row).report.source: model.fate_at(row) for row in range(model.rowCount())}


def choose_reason(page: WritePage, code: str, place: int) -> None:
    line = page.contents._lines[code]
    line.box.setCurrentIndex(place)
    line.box.activated.emit(place)


def aim(qtbot: QtBot, page: WritePage, folder: Path) -> None:
    """Go to the destination, name a folder, tick."""
    page.proceed()
    page.destination.field.setText(str(folder))
    qtbot.waitUntil(lambda: page.destination._place is not None, timeout=LONG)
    page.destination.consent.box.setChecked(True)


def write_to(qtbot: QtBot, page: WritePage, folder: Path) -> None:
    aim(qtbot, page, folder)
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == RESULT, timeout=LONG)


def test_clean_documents_are_chosen_and_others_are_not(page: WritePage) -> None:
    found = fates(page)
    assert list(found.values()).count(Fate.GOES) == 4
    assert found["opinion-3.xml"] is Fate.TO_CONFIRM
    assert found["opinion-4.xml"] is Fate.TO_CORRECT
    assert "4 件を書き出します。" in page.contents.summary.label.text()
    assert "× 2 件は含まれません。" in page.contents.summary.label.text()


def test_a_group_is_confirmed_and_taken_back(page: WritePage, checked: Session) -> None:
    choose_reason(page, "T203", 1)
    assert checked.confirmed == {"T203": "医師に確認済み"}
    assert fates(page)["opinion-3.xml"] is Fate.GOES
    choose_reason(page, "T203", 0)
    assert checked.confirmed == {}
    assert fates(page)["opinion-3.xml"] is Fate.TO_CONFIRM


def test_another_reason_asks_for_words_without_names(page: WritePage, checked: Session) -> None:
    choose_reason(page, "T203", 4)
    line = page.contents._lines["T203"]
    assert line.words.isVisibleTo(page)
    assert line.words.placeholderText() == "患者さんの氏名・IDは書かないでください。"
    line.words.setText("電話で確認")
    line.words.editingFinished.emit()
    assert checked.confirmed == {"T203": "電話で確認"}


def test_single_documents_are_left_out_with_a_reason_and_taken_back(
    page: WritePage, checked: Session
) -> None:
    page.contents.table.select(0)
    page.contents.leave.menu().actions()[0].trigger()
    assert checked.left_out == {"opinion-1.xml": "DB登録に同意なし（紙で交付）"}
    assert fates(page)["opinion-1.xml"] is Fate.LEFT_OUT
    page.contents.table.select(0)
    page.contents.take_back.click()
    assert (checked.left_out, fates(page)["opinion-1.xml"]) == ({}, Fate.GOES)


def test_what_must_be_corrected_cannot_be_left_out_or_taken(page: WritePage) -> None:
    model = page.contents.model
    row = next(row for row in range(model.rowCount()) if model.row_at(row).report.source == "opinion-4.xml")
    page.contents.table.select(row)
    assert (page.contents.leave.isEnabled(), page.contents.take_back.isEnabled()) == (False, False)


def test_documents_are_searched(page: WritePage) -> None:
    page.contents.search.setText("SURVEY")
    assert set(fates(page)) == {"survey-1.xml", "survey-2.xml", "survey-3.xml"}


def test_it_writes_only_with_a_folder_and_the_tick(qtbot: QtBot, page: WritePage, tmp_path: Path) -> None:
    page.proceed()
    assert page.stack.currentIndex() == DESTINATION
    assert not page.next.isEnabled()
    assert "4 件すべての患者さんに" in page.destination.consent.label.text()
    page.destination.field.setText("relative")
    page.destination.consent.box.setChecked(True)
    qtbot.wait(500)
    assert not page.next.isEnabled()
    page.destination.field.setText(str(tmp_path / "out"))
    qtbot.waitUntil(page.next.isEnabled, timeout=LONG)
    page.destination.consent.box.setChecked(False)
    assert not page.next.isEnabled()


def test_a_file_is_no_destination(qtbot: QtBot, page: WritePage, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    aim(qtbot, page, tmp_path / "file")
    assert not page.next.isEnabled()
    assert "この場所には書き出せません。" in page.destination.state.label.text()


def test_too_little_room_is_told(
    qtbot: QtBot, page: WritePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 10})()
    monkeypatch.setattr("checktool.gui.handoffjob.shutil.disk_usage", lambda _: usage)
    aim(qtbot, page, tmp_path)
    assert "足りません。別の媒体を使うか、件数を分けてください。" in page.destination.state.label.text()
    assert not page.next.isEnabled()


def test_a_package_is_written_read_back_and_shown(
    qtbot: QtBot, page: WritePage, checked: Session, tmp_path: Path
) -> None:
    checked.operator = "職員1"
    choose_reason(page, "T203", 1)
    page.contents.table.select(0)
    page.contents.leave.menu().actions()[1].trigger()
    write_to(qtbot, page, tmp_path / "out")
    (package,) = (tmp_path / "out").iterdir()
    assert package.name.startswith("RENSHU-")
    assert verify(package).faults == ()
    assert page.result.banner.label.text().startswith("書込み ✔ 4　読み戻し照合 ✔ 4")
    assert package.name in page.result.facts.text()
    assert "O0002.xml\t△ 要確認\topinion-3.xml" in page.result.model.text()
    record = json.loads((package / "check-record.json").read_text(encoding="utf-8"))
    reasons = [each["confirmed"] for each in record["files"] if each["confirmed"]]
    assert reasons == [[{"code": "T203", "reason": "医師に確認済み"}]]
    assert (past_runs()[0].kind, past_runs()[0].handed) == (HANDOFF, 4)


def test_a_changed_document_is_refused_and_nothing_is_left(
    qtbot: QtBot, page: WritePage, demo: Path, tmp_path: Path
) -> None:
    path = demo / "survey-1.xml"
    path.write_bytes(path.read_bytes() + b"\n")
    write_to(qtbot, page, tmp_path / "out")
    assert "（H005）" in page.result.banner.label.text()
    assert "何も残していません" in page.result.facts.text()
    assert not (tmp_path / "out").exists()


def test_stop_leaves_nothing(
    qtbot: QtBot, page: WritePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold_writing(monkeypatch)
    aim(qtbot, page, tmp_path / "out")
    page.proceed()
    assert page.stack.currentIndex() == WRITING
    assert list(page.commands()) == ["stop"]
    assert "媒体を取り外さないでください。" in page.progress.label.text()
    page.commands()["stop"]()
    held.set()
    qtbot.waitUntil(lambda: page.stack.currentIndex() == RESULT, timeout=LONG)
    assert page.result.banner.label.text() == "中止しました。"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("button", "closes"), [("write.busy_stop", True), ("write.busy_keep", False)])
def test_closing_while_it_writes_asks(
    qtbot: QtBot,
    page: WritePage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    button: str,
    closes: bool,
) -> None:
    held = hold_writing(monkeypatch)
    aim(qtbot, page, tmp_path / "out")
    page.proceed()

    def answer(box: QMessageBox) -> int:
        found = next(each for each in box.findChildren(QPushButton) if each.text() == page.say(button))
        monkeypatch.setattr(box, "clickedButton", lambda: found)
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    assert page.closing() is closes
    held.set()


def test_nothing_goes_when_nothing_may(qtbot: QtBot, make_samples: MakeSamples) -> None:
    session = session_over(make_samples("opinion", broken="D609"))
    page = WritePage(session, session.wording)
    qtbot.addWidget(page)
    page.shown()
    assert page.stack.currentIndex() == CONTENTS
    assert not page.next.isEnabled()
    assert page.contents.summary.label.text().startswith("書き出せる書類はまだありません。")


def test_without_results_there_is_a_next_step(qtbot: QtBot, session: Session) -> None:
    page = WritePage(session, session.wording)
    qtbot.addWidget(page)
    page.shown()
    assert page.stack.currentIndex() == EMPTY
    with qtbot.waitSignal(page.go):
        page.empty.button.click()


def test_the_fates_follow_the_hand_over(checked: Session) -> None:
    contents = Contents(checked)
    assert [(group.code, group.documents) for group in contents.groups] == [("T203", 1)]
    assert contents.going == 4


def hold_writing(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let the writing wait until the event is set."""
    event, real = threading.Event(), handoffjob.write

    def waiting(*args: object) -> object:
        event.wait(20)
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(handoffjob, "write", waiting)
    return event


def test_a_memo_for_the_slip_of_the_hospital_is_copied(
    qtbot: QtBot, page: WritePage, checked: Session, tmp_path: Path
) -> None:
    checked.operator = "20417"
    page.destination.dest.setText("東京都")
    write_to(qtbot, page, tmp_path / "out")
    page.result.copy_memo.click()
    memo = QGuiApplication.clipboard().text().splitlines()
    assert memo[:3] == ["書き出した日: 2025-11-20", "担当: 20417", "渡し先: 東京都"]
    assert "書き出した書類: 4 件　書き出さなかった書類: 3 件" in memo
    assert not any("opinion-" in line or "survey-" in line for line in memo)
    assert page.result.said.text() == "控えをコピーしました。"


def test_after_a_refusal_another_place_can_be_chosen(page: WritePage) -> None:
    page.result.show_fault(HandoffError("H002", path="x", reason="PermissionError"))
    page.show_step(RESULT)
    assert not page.result.copy_memo.isVisible()
    page.next.click()
    assert page.stack.currentIndex() == DESTINATION
