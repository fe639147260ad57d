"""The window around the pages: title, keys, colours, who is at work, packs, and the dialog after a crash."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from checktool.definitions.pack import load
from checktool.definitions.profiles import profiles_of
from checktool.gui import theme
from checktool.gui import window as window_module
from checktool.gui.actions import ACTIONS
from checktool.gui.app import open_window
from checktool.gui.crash import CrashReporter, record_of
from checktool.gui.pages.correct import CorrectPage
from checktool.gui.pages.page import CHOOSE, CORRECT, RESULTS, WRITE
from checktool.gui.session import RunState
from checktool.gui.window import MainWindow
from checktool.model.report import Verdict
from checktool.samples.trial import shipped

Key = Qt.Key


def check(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    """Check the practice documents and wait for the end."""
    window.running.start([str(folder)], shipped().on)
    window.show_page(RESULTS)
    qtbot.waitUntil(lambda: window.session.state is RunState.DONE, timeout=30_000)


def test_pages_without_content_cannot_be_reached(window: MainWindow) -> None:
    for name in (RESULTS, CORRECT, WRITE):
        window.show_page(name)
        assert window.page == CHOOSE
        assert not window.centre.steps.buttons[name].isEnabled()
        assert not window.actions_by_name[f"go_{name}"].isEnabled()


def test_no_key_is_given_twice_and_every_action_is_worded(window: MainWindow) -> None:
    keys = [QKeySequence(key).toString() for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))
    for action in ACTIONS:
        assert window.actions_by_name[action.name].text()


@pytest.mark.parametrize(
    ("key", "count"), [(Key.Key_1, 4), (Key.Key_2, 1), (Key.Key_3, 2), (Key.Key_4, 0), (Key.Key_0, 7)]
)
def test_number_keys_filter(window: MainWindow, qtbot: QtBot, demo: Path, key: Qt.Key, count: int) -> None:
    check(window, qtbot, demo)
    window.activateWindow()
    page = window.pages[RESULTS]
    qtbot.keyClick(page, key)
    assert page.model.rowCount() == count  # type: ignore[attr-defined]


def test_the_title_tells_pack_and_status(window: MainWindow) -> None:
    assert window.windowTitle() == "提出前チェック － 難病・小慢 見本定義 2025-04（見本）"
    assert window.centre.banner.label.text().startswith("見本の定義で検査しています。")


def test_who_is_at_work_is_asked_and_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.ask_operator()
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    qtbot.keyClicks(dialog.field, "A123")  # type: ignore[attr-defined]
    qtbot.keyClick(dialog, Key.Key_Return)
    assert window.session.operator == "A123"
    assert window.operator_label.text() == "担当 A123"


def test_values_are_hidden_by_one_key(window: MainWindow, qtbot: QtBot, demo: Path) -> None:
    check(window, qtbot, demo)
    window.trigger("hide_values")
    assert window.session.hide_values
    assert window.actions_by_name["hide_values"].isChecked()


def test_another_pack_puts_the_results_away(
    window: MainWindow, qtbot: QtBot, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(window, qtbot, demo)
    told: list[str] = []
    monkeypatch.setattr(window_module, "tell_error", lambda _parent, _wording, error: told.append(error.code))
    window.use_pack("no-such-pack", None)
    assert told == ["P001"]
    assert len(window.session.rows) == 7
    window.use_pack("nanshou-sample", None)
    assert window.session.rows == []
    assert window.page == CHOOSE
    assert "提出先" in window.statusBar().currentMessage()


def test_profiles_are_offered_by_their_titles(tmp_path: Path, window: MainWindow) -> None:
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "tokyo.toml").write_text('title = "東京都"\n', encoding="utf-8")
    (folder / "broken.toml").write_text("title = ", encoding="utf-8")
    found = profiles_of(replace(load(), rules_folder=tmp_path))
    assert found == {"broken": "broken", "tokyo": "東京都"}
    window.centre.profile.offer(found, "tokyo")
    box = window.centre.profile.box
    assert [box.itemText(place) for place in range(box.count())] == ["指定なし", "broken", "東京都"]
    assert box.currentText() == "東京都"


def test_the_widths_of_the_sides_are_remembered(window: MainWindow, qtbot: QtBot, demo: Path) -> None:
    check(window, qtbot, demo)
    window.show_page(CORRECT)
    page = window.pages[CORRECT]
    assert isinstance(page, CorrectPage)
    page.sides.setSizes([700, 300])
    page.closing()
    again = CorrectPage(window.session, window.session.wording)
    qtbot.addWidget(again)
    again.resize(page.size())
    again.show()
    assert again.sides.sizes() == pytest.approx(page.sides.sizes(), abs=4)
    assert again.sides.sizes()[0] > again.sides.sizes()[1]


def test_text_size_and_colours_are_remembered(window: MainWindow, qapp: QApplication) -> None:
    size = qapp.font().pointSizeF()
    window.trigger("larger")
    window.trigger("theme_dark")
    assert qapp.font().pointSizeF() == size + 1
    assert theme.current() is theme.DARK
    again = open_window()
    assert (qapp.font().pointSizeF(), theme.current()) == (size + 1, theme.DARK)
    window.trigger("normal_size")
    window.trigger("theme_light")
    assert (qapp.font().pointSizeF(), theme.current()) == (size, theme.LIGHT)
    again.close()


def luminance(colour: str) -> float:
    """The relative luminance of a colour by WCAG 2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", list(theme.THEMES))
def test_every_text_can_be_read(name: str) -> None:
    chosen = theme.THEMES[name]
    pairs = [(chosen.on_accent, chosen.accent), (chosen.on_banner, chosen.banner)]
    pairs.append((chosen.text, chosen.place))
    source = (chosen.tag, chosen.attribute, chosen.value, chosen.comment, chosen.control)
    for ground in (chosen.window, chosen.base, chosen.alternate):
        pairs += [(text, ground) for text in (chosen.text, chosen.muted, chosen.accent)]
        pairs += [(getattr(chosen, verdict.value), ground) for verdict in Verdict]
        pairs += [(part, ground) for part in source]
    pairs += [(getattr(chosen, each.value), getattr(chosen, f"{each.value}_ground")) for each in Verdict]
    least = 7.0 if name == "contrast" else 4.5
    for text, ground in pairs:
        light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= least, (text, ground)


def test_a_crash_tells_no_value(qtbot: QtBot, window: MainWindow) -> None:
    try:
        raise ValueError("難病 太郎")
    except ValueError:
        kind, _, trace = sys.exc_info()
    assert kind is not None
    record = record_of(kind, trace)
    assert "ValueError" in record
    assert "test_window.py" in record
    assert "太郎" not in record
    reporter = CrashReporter(window.session.wording, window)
    reporter.show_record(record)
    reporter.show_record(record)
    boxes = [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox)]
    boxes = [box for box in boxes if box.isVisible()]
    assert len(boxes) == 1
    assert "患者情報を含まない記録" in boxes[0].informativeText()
    boxes[0].close()
    qtbot.waitUntil(lambda: not boxes[0].isVisible())


def test_the_record_of_a_crash_can_be_saved(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = CrashReporter(window.session.wording, window)
    reporter.show_record("ValueError\n  window.py:1 check\n")
    (box,) = (
        each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()
    )
    wanted = window.session.wording.say("gui.crash.save")
    (save,) = (each for each in box.findChildren(QPushButton) if each.text() == wanted)
    assert save.isVisible()
    target = tmp_path / "record.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    save.click()
    assert target.read_text(encoding="utf-8").startswith("ValueError")
    assert box.isVisible()
    box.close()
