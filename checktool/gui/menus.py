"""The table of actions as a menu bar: every QAction of the window is made here."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from checktool.gui.actions import ACTIONS, MENUS, THEME_CHOICES, VIEW
from checktool.wording import Wording


def make_actions(
    window: QMainWindow, wording: Wording, triggered: Callable[[str], None]
) -> dict[str, QAction]:
    """Fill the menu bar of a window; ``triggered`` is told the name of what is chosen."""
    actions: dict[str, QAction] = {}
    for menu_name in MENUS:
        menu = window.menuBar().addMenu(wording.say(f"gui.menu.{menu_name}"))
        menu.setObjectName(menu_name)
        for entry in (each for each in ACTIONS if each.menu == menu_name):
            action = QAction(wording.say(f"gui.actions.{entry.name}"), window)
            action.setShortcuts([QKeySequence(key) for key in entry.keys])
            action.setCheckable(entry.checkable)
            action.triggered.connect(lambda _=False, name=entry.name: triggered(name))
            if entry.separated:
                menu.addSeparator()
            menu.addAction(action)
            window.addAction(action)
            actions[entry.name] = action
        if menu_name == VIEW:
            _add_themes(menu, wording, triggered, actions)
    return actions


def _add_themes(
    view: QMenu, wording: Wording, triggered: Callable[[str], None], actions: dict[str, QAction]
) -> None:
    menu = view.addMenu(wording.say("gui.menu.theme"))
    group = QActionGroup(view)
    for name in THEME_CHOICES:
        action = QAction(wording.say(f"gui.menu.{name}"), view, checkable=True)
        action.triggered.connect(lambda _=False, name=name: triggered(f"theme_{name}"))
        group.addAction(action)
        menu.addAction(action)
        actions[f"theme_{name}"] = action
