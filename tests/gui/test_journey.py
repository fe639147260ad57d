"""The window as a whole: the way of a clerk, hostile input, closing, keys, what is remembered."""

import os
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from checktool.gui.pages.page import CHOOSE, CORRECT, RESULTS, WRITE
from checktool.gui.session import RunState
from checktool.gui.window import MainWindow
from checktool.model.report import Verdict
from tests.gui.conftest import Answers, MakeSamples

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def check(window: MainWindow, qtbot: QtBot, *paths: Path) -> None:
    """Check paths and wait for the end."""
    window.check([str(path) for path in paths])
    qtbot.waitUntil(lambda: not window.session.state.busy, timeout=60_000)


def test_from_choosing_to_writing_and_back(
    window: MainWindow, qtbot: QtBot, make_samples: MakeSamples
) -> None:
    folder = make_samples("survey", count=2)
    make_samples("opinion", broken="D609")
    window.session.today = None
    check(window, qtbot, folder)
    assert window.page == RESULTS
    assert len(window.session.rows) == 3
    source = next(row.report.source for row in window.session.rows if row.report.form == "opinion")
    window.session.open(source)
    window.show_page(CORRECT)
    assert window.page == CORRECT
    (folder / source).write_bytes(next(folder.glob("survey*1.xml")).read_bytes() + b"\n")
    window.recheck()
    qtbot.waitUntil(lambda: not window.session.state.busy, timeout=30_000)
    assert window.session.changes is not None
    window.trigger("write")
    assert window.page == WRITE
    window.trigger("go_choose")
    assert window.page == CHOOSE


def test_a_second_check_asks_first(
    window: MainWindow, qtbot: QtBot, make_samples: MakeSamples, demo: Path, answers: Answers
) -> None:
    window.check([str(make_samples("survey", count=40))])
    answers.append(False)
    window.check([str(demo)])
    assert window.session.paths != (str(demo),)
    answers.append(True)
    check(window, qtbot, demo)
    assert len(window.session.rows) == 7


def hostile(folder: Path) -> Path:
    """Input that is broken in many ways."""
    folder.mkdir()
    (folder / "empty.xml").write_bytes(b"")
    (folder / "text.xml").write_bytes("患者 太郎".encode())
    (folder / "bomb.xml").write_bytes(b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>')
    (folder / "deep.xml").write_bytes(b"<a>" * 5_000)
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 not a zip")
    (folder / "other.xml").write_bytes(b"<other/>")
    (folder / "\u202eexe.xml").write_bytes(b"<a/>")
    with zipfile.ZipFile(folder / "inner.zip", "w") as archive:
        archive.writestr("../outside.xml", "<a/>")
        archive.writestr("program.exe", "MZ")
    with (folder / "large.xml").open("wb") as large:
        large.write(b"<a>")
        large.truncate(100_000_000)
    return folder


def test_hostile_input_gets_calm_words(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    check(window, qtbot, hostile(tmp_path / "hostile"))
    session = window.session
    assert session.state is RunState.DONE
    assert {row.verdict for row in session.rows} == {Verdict.UNCHECKED}
    assert all(row.first is not None for row in session.rows)
    assert not any(isinstance(box, QDialog) and box.isVisible() for box in QApplication.topLevelWidgets())
    page = window.pages[RESULTS]
    assert "検査できたファイルはありませんでした。" in page.outcome.label.text()  # type: ignore[attr-defined]
    assert not page.write.isEnabled()  # type: ignore[attr-defined]


def test_a_folder_that_vanishes(window: MainWindow, qtbot: QtBot, make_samples: MakeSamples) -> None:
    folder = make_samples("survey", count=3)
    check(window, qtbot, folder)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    window.recheck()
    qtbot.waitUntil(lambda: not window.session.state.busy, timeout=10_000)
    assert window.session.state is RunState.FAILED
    page = window.pages[RESULTS]
    assert "が見つかりません。" in page.outcome.label.text()  # type: ignore[attr-defined]


@pytest.mark.skipif(os.name == "nt", reason="a name of bytes")
def test_a_name_that_is_no_text(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "names"
    folder.mkdir()
    (folder / os.fsdecode(b"\x83e\x83X.xml")).write_bytes(b"<a/>")
    check(window, qtbot, folder)
    assert len(window.session.rows) == 1
