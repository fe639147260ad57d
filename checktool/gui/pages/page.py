"""What every page of the window is: a widget over the session that may ask the window to act."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from checktool.gui.session import Session
from checktool.wording import Wording

CHOOSE, RESULTS, CORRECT, WRITE = "choose", "results", "correct", "write"
HISTORY, MANAGE = "history", "manage"

Command = Callable[[], None]


class Page(QWidget):
    """A page. It reads the session and leaves running, going and asking to the window.

    The window builds all pages anew when another pack is chosen, so a page may keep ``wording``.
    """

    go = Signal(str)
    """Show another page: one of the names above."""
    check_requested = Signal(list)
    """Check these paths (strings)."""
    recheck_requested = Signal()
    """Check the same paths again."""
    stop_requested = Signal()
    """End the run that is under way."""
    practice_requested = Signal()
    """Check a fresh copy of the practice documents."""
    pack_requested = Signal(object, object)
    """Judge by another pack (id or path, None = the first) and profile (name or None)."""
    changed = Signal()
    """Something of the session changed that the window's frame shows, or a command became (un)usable."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.wording = wording

    def say(self, key: str, **params: str | int) -> str:
        """A text of the window: ``say("choose.drop")`` is ``[choose] drop`` of gui.ja.toml."""
        return self.wording.say(f"gui.{key}", **params)

    def shown(self) -> None:
        """The page became visible, or the session changed while it is: show what holds now."""

    def commands(self) -> Mapping[str, Command]:
        """The actions (``gui/actions.py``) that work on this page now, by name."""
        return {}

    def closing(self) -> bool:
        """Whether the window may close as far as this page is concerned."""
        return True
