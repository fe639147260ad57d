"""About and manual: offline, in Japanese, one at a time."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from checktool.gui.actions import ACTIONS
from checktool.gui.dialogs.about import AboutDialog
from checktool.gui.dialogs.manual import ManualDialog, title_of, topics
from checktool.gui.window import MainWindow
from checktool.wording import Wording


def test_the_manual_shows_each_topic(qtbot: QtBot) -> None:
    dialog = ManualDialog(Wording())
    qtbot.addWidget(dialog)
    assert dialog.list.count() == len(topics()) > 5
    for row, path in enumerate(topics()):
        dialog.list.setCurrentRow(row)
        assert title_of(path.read_text(encoding="utf-8")) in dialog.text.toPlainText()


def test_the_manual_names_every_key_of_the_contract() -> None:
    keys = next(path for path in topics() if path.stem.endswith("keys")).read_text(encoding="utf-8")
    shown = keys.replace("Alt+↓", "Alt+Down").replace("Alt+↑", "Alt+Up").replace("Ctrl+1 ～ Ctrl+4", "Ctrl+1")
    known = {"Ctrl+Q", "Ctrl+=", "Ctrl+Shift+C", "Ctrl+2", "Ctrl+3", "Ctrl+4", "F6"}
    missing = [key for action in ACTIONS for key in action.keys if key not in shown and key not in known]
    assert missing == []


def test_both_open_from_the_window(qtbot: QtBot, window: MainWindow) -> None:
    window.trigger("manual")
    window.trigger("manual")
    assert len(window.findChildren(ManualDialog)) == 1
    window.trigger("about")
    about = window.findChild(AboutDialog)
    assert about is not None
    text = "".join(label.text() for label in about.findChildren(QLabel))
    assert "本ツールは厚生労働省が配布・承認したものではありません。" in text
    about.close()
