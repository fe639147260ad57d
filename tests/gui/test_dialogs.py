"""Dialogs that come seldom: a fault of the tool, a PC without a Japanese font."""

import gc
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from checktool.gui import app
from checktool.gui.crash import CrashReporter
from checktool.gui.dialogs.fonts import FontsMissing
from checktool.wording import Wording


def test_the_record_of_a_crash_can_be_saved(
    qtbot: QtBot, qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "record.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    reporter = CrashReporter(Wording())
    reporter.show_record("ValueError\n")
    gc.collect()
    box = reporter._box
    assert isinstance(box, QMessageBox)
    qtbot.addWidget(box)
    save = next(each for each in box.findChildren(QPushButton) if each.text().startswith("記録を保存する"))
    assert save.isVisible()
    save.click()
    assert target.read_text(encoding="utf-8") == "ValueError\n"
    assert box.isVisible()
    box.reject()


def test_without_a_japanese_font_it_says_so_in_english_first(
    qtbot: QtBot, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def read(dialog: FontsMissing) -> int:
        shown.extend(label.text() for label in dialog.findChildren(QLabel))
        shown.extend(button.text() for button in dialog.findChildren(QPushButton) if button.isDefault())
        return 0

    monkeypatch.setattr(app.theme, "has_japanese_font", lambda: False)
    monkeypatch.setattr(FontsMissing, "exec", read)
    assert app.run() == 0
    assert "This PC has no font that can show Japanese letters." in shown
    assert shown[-1] == "&Close"
    assert "".join(shown).isascii()
