"""The definition packs of this PC as a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from checktool.definitions.trust.inventory import Installed
from checktool.gui.session import Session
from checktool.gui.tables.shown import bold, plain_tip
from checktool.wording import Wording

Place = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
COLUMNS = ("use", "title", "edition", "status", "validity", "signature", "period")


class PacksModel(QAbstractTableModel):
    """A table over packs; the one that judges now is marked in words and in bold."""

    def __init__(self, session: Session, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wording = wording
        self._packs: Sequence[Installed] = ()

    def show(self, packs: Sequence[Installed]) -> None:
        """Show other packs."""
        self.beginResetModel()
        self._packs = packs
        self.endResetModel()

    def pack_at(self, place: int) -> Installed | None:
        """The pack of a row."""
        return self._packs[place] if 0 <= place < len(self._packs) else None

    def in_use(self, pack: Installed) -> bool:
        """Whether a pack is the one that judges now."""
        info = self._session.pack.info
        return (pack.id, pack.edition, pack.sha256) == (info.id, info.edition, info.sha256)

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many packs there are."""
        return 0 if parent.isValid() else len(self._packs)

    def columnCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """The names of the columns."""
        shown = orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole
        if shown and 0 <= section < len(COLUMNS):
            return self._wording.say(f"gui.manage.column.{COLUMNS[section]}")
        return None

    def data(self, index: Place, role: int = Role.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid():
            return None
        pack = self._packs[index.row()]
        if role == Role.ToolTipRole:
            return plain_tip(self._text(pack, COLUMNS[index.column()]))
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self._text(pack, COLUMNS[index.column()])
        if role == Role.FontRole and self.in_use(pack):
            return bold()
        return None

    def _text(self, pack: Installed, name: str) -> str:
        say = self._wording.say
        if name == "use":
            return say("gui.manage.in_use") if self.in_use(pack) else ""
        if name == "title":
            return pack.title or pack.id
        if name == "edition":
            return pack.edition
        if pack.error is not None:
            return self._wording.error(pack.error).message if name == "validity" else ""
        if name == "period":
            if not (pack.first or pack.last):
                return say("pack_window.manage.no_period")
            return say("gui.manage.period", first=pack.first, last=pack.last)
        if name == "status":
            return say(f"report.status.{pack.status}")
        return say(f"gui.manage.{name}.{pack.validity if name == 'validity' else pack.signature}")
