"""The page 履歴 and what is kept of runs: times and counts, no name."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from checktool.gui.pages.history import HistoryPage
from checktool.gui.past_runs import CHECK, FILE, MOST, keep, keep_check, past_runs, run_of
from checktool.gui.preferences import Preferences
from checktool.gui.session import Session
from checktool.model.report import Verdict
from checktool.paths import user_folder


@pytest.fixture
def page(qtbot: QtBot, checked: Session) -> HistoryPage:
    """The page over a finished check."""
    made = HistoryPage(checked, checked.wording)
    qtbot.addWidget(made)
    return made


def test_it_is_empty_at_first_and_offers_a_step(qtbot: QtBot, page: HistoryPage) -> None:
    page.shown()
    assert page.stack.currentWidget() is page.empty
    assert not page.delete.isEnabled()
    with qtbot.waitSignal(page.go):
        page.empty.button.click()


def test_runs_are_listed_newest_first(
    qtbot: QtBot, qtmodeltester: ModelTester, page: HistoryPage, checked: Session
) -> None:
    keep_check(checked, Preferences())
    keep(run_of(checked, "handoff", 4))
    page.shown()
    texts = [[page.model.index(row, column).data() for column in range(9)] for row in range(2)]
    assert [row[2] for row in texts] == ["書き出し", "検査"]
    assert texts[1][3:6] == ["× 要修正", "7", "○4 △1 ×2 －0"]
    assert {row[1] for row in texts} == {"今回"}
    qtmodeltester.check(page.model)


def test_nothing_of_a_patient_or_a_file_is_kept(checked: Session) -> None:
    keep_check(checked, Preferences())
    text = (user_folder() / FILE).read_text(encoding="utf-8")
    for row in checked.rows:
        assert row.report.source.partition(".")[0] not in text
        assert not row.report.disease or row.report.disease not in text


def test_practice_runs_do_not_count_as_the_last_one(checked: Session) -> None:
    checked.practice = True
    keep_check(checked, Preferences())
    assert past_runs()[0].practice
    assert Preferences().last_run() is None


def test_a_stopped_run_is_unchecked(checked: Session) -> None:
    checked.report = None
    assert run_of(checked, CHECK).verdict is Verdict.UNCHECKED


def test_damaged_lines_are_passed_over_and_old_ones_go(checked: Session) -> None:
    run = run_of(checked, CHECK)
    for _ in range(2):
        keep(run)
    path = user_folder() / FILE
    path.write_text('{"when": 1}\nnothing\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert past_runs() == [run, run]
    path.write_text(path.read_text(encoding="utf-8").splitlines()[-1] + "\n", encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8") * (MOST + 5), encoding="utf-8")
    keep(run)
    assert len(past_runs()) == MOST


def test_a_folder_that_takes_nothing_stops_nothing(
    checked: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("CHECKTOOL_USER", str(tmp_path / "file"))
    keep(run_of(checked, CHECK))
    assert past_runs() == []


def test_it_can_be_deleted_after_asking(qtbot: QtBot, page: HistoryPage, checked: Session) -> None:
    keep(run_of(checked, CHECK))
    page.shown()
    page.delete.click()
    box = page.findChild(QMessageBox)
    assert box is not None
    qtbot.mouseClick(box.buttons()[0], Qt.MouseButton.LeftButton)
    assert past_runs() == []
    assert page.stack.currentWidget() is page.empty
