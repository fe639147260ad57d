"""Names in a package and the hospital's own names of the documents, as a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from checktool.gui.session import Session
from checktool.gui.tables.shown import hidden, verdict_text
from checktool.handoff.writer import Handed
from checktool.wording import Wording

Place = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
COLUMNS = ("output", "verdict", "input")


class MappingModel(QAbstractTableModel):
    """A table over what was handed over."""

    def __init__(self, session: Session, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wording = wording
        self._handed: Sequence[Handed] = ()

    def show(self, handed: Sequence[Handed]) -> None:
        """Show another hand-over."""
        self.beginResetModel()
        self._handed = handed
        self.endResetModel()

    def text(self) -> str:
        """The whole table for the clipboard, columns parted by tabs."""
        lines = [self._wording.say(f"gui.write.mapping_column.{name}") for name in COLUMNS]
        rows = ["\t".join(self._cells(handed)) for handed in self._handed]
        return "\n".join(["\t".join(lines), *rows, ""])

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many documents there are."""
        return 0 if parent.isValid() else len(self._handed)

    def columnCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if (
            orientation is Qt.Orientation.Horizontal
            and role == Role.DisplayRole
            and 0 <= section < len(COLUMNS)
        ):
            return self._wording.say(f"gui.write.mapping_column.{COLUMNS[section]}")
        return None

    def data(self, index: Place, role: int = Role.DisplayRole) -> Any:
        """A cell."""
        if index.isValid() and role in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return self._cells(self._handed[index.row()])[index.column()]
        return None

    def _cells(self, handed: Handed) -> tuple[str, str, str]:
        source = hidden(self._session, handed.input)
        return handed.output, verdict_text(self._wording, handed.verdict), source
