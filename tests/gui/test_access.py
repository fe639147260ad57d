"""The window for people who listen to it, use the keyboard only, or need large letters."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenuBar, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from checktool.gui.actions import ACTIONS, MENUS
from checktool.gui.pages.page import HISTORY
from checktool.gui.pages.write import WritePage
from checktool.gui.screens.scenes import PLAIN, ROOM, SCENES
from checktool.gui.screens.stage import Stage
from checktool.gui.window import MainWindow
from checktool.paths import resource
from checktool.wording import Wording

SHOW = {scene.name: scene.show for scene in SCENES}
SCREENS = [
    "choose-recent", "choose-operator", "check-running", "check-mixed", "check-common", "correct-form",
    "correct-clean", "correct-explain", "write-contents", "write-ready", "write-result", "write-refused",
    "history", "manage-packs", "manage-policy", "manual", "crash", "fonts-missing",
]  # fmt: skip
MNEMONIC = re.compile(r"\(?&([^&])\)?")


@pytest.fixture
def stage(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    """A stage whose windows are taken away at the end."""
    folder = tmp_path / "scene"
    folder.mkdir()
    yield Stage(qapp, folder, ROOM[1.0])
    for widget in qapp.topLevelWidgets():
        widget.hide()
        widget.deleteLater()


def seen(top: QWidget) -> list[QWidget]:
    """The visible widgets of a window."""
    return [each for each in top.findChildren(QWidget) if each.isVisible() and each.window() is top]


def named(widget: QWidget, labels: list[QLabel]) -> bool:
    """Whether a screen reader has something to say of a widget."""
    own = isinstance(widget, QAbstractButton) and widget.text()
    return bool(widget.accessibleName() or own or any(label.buddy() is widget for label in labels))


def mnemonics(top: QWidget) -> Iterator[str]:
    """The letters that Alt reaches something by."""
    for widget in seen(top):
        texts: list[str] = []
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy()):
            texts = [widget.text()]
        elif isinstance(widget, QTabBar):
            texts = [widget.tabText(place) for place in range(widget.count())]
        elif isinstance(widget, QMenuBar):
            texts = [action.text() for action in widget.actions()]
        yield from (found[1].upper() for text in texts if (found := MNEMONIC.search(text)))


@pytest.mark.parametrize("name", SCREENS)
def test_everything_has_a_name_and_a_key_of_its_own(stage: Stage, name: str) -> None:
    top = SHOW[name](stage)
    stage.settle(top)
    labels = [each for each in seen(top) if isinstance(each, QLabel)]
    stops = [each for each in seen(top) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [repr(each) for each in stops if not named(each, labels)] == []
    assert [letter for letter, times in Counter(mnemonics(top)).items() if times > 1] == []


def chain(top: QWidget) -> list[QWidget]:
    """Where Tab leads, once around."""
    first = top.focusWidget()
    assert first is not None
    found, widget = [first], first.nextInFocusChain()
    while widget is not first:
        stop = widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if stop and widget.focusProxy() is None:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


@pytest.mark.parametrize("name", ["check-mixed", "correct-form", "write-contents", "write-ready"])
def test_tab_goes_through_the_page_before_it_goes_to_the_frame(stage: Stage, name: str) -> None:
    window = SHOW[name](stage)
    assert isinstance(window, MainWindow)
    page = window.pages[window.page]
    within = [page.isAncestorOf(each) for each in chain(window)]
    turns = sum(one is not other for one, other in zip(within, within[1:] + within[:1], strict=True))
    assert turns == 2


def test_reasons_come_before_the_list_they_belong_to(stage: Stage) -> None:
    window = SHOW["write-contents"](stage)
    assert isinstance(window, MainWindow)
    page = window.pages["write"]
    assert isinstance(page, WritePage)
    order = [each for each in chain(window) if page.isAncestorOf(each)]
    fields = [page.contents.group_line(code).box for code in ("L701", "T203")]
    places = [order.index(each) for each in (*fields, page.contents.search)]
    assert places == list(range(places[0], places[0] + 3))


def plain(text: str) -> str:
    """A text of a menu without its key."""
    return re.sub(r"\(&.\)|…", "", text)


def test_the_manual_lists_every_action_with_its_keys() -> None:
    say = Wording().say
    manual = resource("manual", "6-keys.md").read_text(encoding="utf-8")
    manual = manual.replace("↓", "Down").replace("↑", "Up")
    rows = re.findall(r"^\| (.+) \| (.+) \|$", manual, re.MULTILINE)
    listed = [row for row in rows if row[0] != "はたらき"]
    expected = [
        (plain(say(f"gui.actions.{action.name}")), "、".join(action.keys) or "メニューから")
        for menu in MENUS
        for action in ACTIONS
        if action.menu == menu
    ]
    assert [row for row in listed if row[0] != plain(say("gui.menu.theme"))] == expected


def test_text_size_changes_on_every_page(stage: Stage) -> None:
    window = SHOW["check-mixed"](stage)
    assert isinstance(window, MainWindow)
    for page in window.pages:
        window.show_page(page)
        window.trigger("normal_size")
        before = window.pages[page].fontInfo().pointSizeF()
        window.trigger("larger")
        assert window.pages[page].fontInfo().pointSizeF() > before
        window.trigger("smaller")
        window.trigger("smaller")
        assert window.pages[page].fontInfo().pointSizeF() < before
    assert window.page in (HISTORY, "manage")


def test_every_scene_has_a_name_of_its_own() -> None:
    assert len({scene.name for scene in SCENES}) == len(SCENES) > len(PLAIN)
