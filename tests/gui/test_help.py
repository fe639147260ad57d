"""About and manual: offline, in Japanese, one at a time."""

import re

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

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


def test_the_manual_shows_its_pictures(qtbot: QtBot) -> None:
    dialog = ManualDialog(Wording())
    qtbot.addWidget(dialog)
    texts = [path.read_text(encoding="utf-8") for path in topics()]
    named = re.findall(r"!\[[^]]+\]\((\S+)\)", "".join(texts))
    assert sorted(named) == sorted(path.name for path in topics()[0].parent.glob("*.png"))
    for name in named:
        data = dialog.text.loadResource(QTextDocument.ResourceType.ImageResource, QUrl(name))
        assert not QImage.fromData(data).isNull()


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
