"""The sheets of a delivery and what was read on each, as a table."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from checktool.definitions.importing.mapping import ImportMap
from checktool.gui.making import Proposal
from checktool.gui.tables.shown import plain_tip
from checktool.wording import Wording

Place = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
COLUMNS = ("file", "sheet", "read_as")


class SheetsModel(QAbstractTableModel):
    """A table over sheets."""

    def __init__(
        self, proposal: Proposal, mapping: ImportMap, wording: Wording, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._wording, self._map = wording, mapping
        self._sheets = list(proposal.made.draft.sheets)

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many sheets there are."""
        return 0 if parent.isValid() else len(self._sheets)

    def columnCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._wording.say(f"pack_window.column.{COLUMNS[section]}")
        return None

    def data(self, index: Place, role: int = Role.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid() or role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return None
        sheet = self._sheets[index.row()]
        text = sheet[index.column()] if index.column() < len(sheet) else self._read_as(sheet)
        return plain_tip(text) if role == Role.ToolTipRole else text

    def _read_as(self, sheet: tuple[str, str]) -> str:
        counts = {
            kind: sum(
                (entry.get("file"), entry.get("sheet", "")) == sheet for entry in getattr(self._map, kind)
            )
            for kind in ("table", "record")
        }
        said = [
            self._wording.say(f"pack_window.read_as.{kind}", count=count)
            for kind, count in counts.items()
            if count
        ]
        return "、".join(said) or self._wording.say("pack_window.read_as.nothing")
