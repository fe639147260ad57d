"""The commands of the help menu: the manual, and about this program."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from checktool.gui.dialogs.about import AboutDialog
from checktool.gui.dialogs.manual import ManualDialog
from checktool.gui.pages.page import Command
from checktool.gui.session import Session


class Help(QObject):
    """Opens one manual and one about dialog at a time."""

    def __init__(self, session: Session, over: QWidget) -> None:
        super().__init__(over)
        self._session = session
        self._over = over
        self._manual: ManualDialog | None = None

    def commands(self) -> Mapping[str, Command]:
        """They work on every page."""
        return {"manual": self.show_manual, "about": self.show_about}

    def show_manual(self) -> None:
        """Open the manual beside the window, or bring it to the front."""
        if self._manual is None:
            self._manual = ManualDialog(self._session.wording, self._over)
        self._manual.show()
        self._manual.raise_()
        self._manual.activateWindow()

    def show_about(self) -> None:
        """Say what this program is and is not."""
        dialog = AboutDialog(self._session, self._over)
        dialog.setModal(True)
        dialog.show()
