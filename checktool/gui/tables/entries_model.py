"""The entries of a MAP.toml as a table in which guesses are corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from checktool.definitions.importing.mapping import Entry
from checktool.gui.tables.shown import plain_tip
from checktool.wording import Wording

Place = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Flag = Qt.ItemFlag

USE, LAST, TEXT, WORDS, SHOWN, PLACE = "use", "last", "text", "words", "shown", "place"


@dataclass(frozen=True, slots=True)
class Column:
    """A key of the entries, and what it is: a tick, a text or words that can be changed, or only to see."""

    key: str
    kind: str


FORM = (Column("use", USE), Column("id", TEXT), Column("name", TEXT), Column("date", TEXT),
        Column("version", TEXT), Column("versions", WORDS), Column("root", SHOWN),
        Column("xsd", SHOWN))  # fmt: skip
TABLE = (Column("use", USE), Column("id", TEXT), Column("title", TEXT), Column("duplicates", LAST),
         Column("columns", SHOWN), Column("place", PLACE))  # fmt: skip
RECORD = (Column("use", USE), Column("heading", SHOWN), Column("forms", WORDS), Column("columns", SHOWN),
          Column("place", PLACE))  # fmt: skip


class EntriesModel(QAbstractTableModel):
    """A table over the entries of one kind; what is changed is changed in the entries themselves."""

    edited = Signal()

    def __init__(
        self, entries: list[Entry], columns: Sequence[Column], wording: Wording, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._entries, self._columns, self._wording = entries, columns, wording

    def entry(self, row: int) -> Entry | None:
        """The entry of a row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many entries there are."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._wording.say(f"pack_window.column.{self._columns[section].key}")
        return None

    def flags(self, index: Place) -> Flag:
        """Ticks can be set, texts changed."""
        flags, kind = super().flags(index), self._columns[index.column()].kind
        if kind in (USE, LAST):
            return flags | Flag.ItemIsUserCheckable
        return flags | Flag.ItemIsEditable if kind in (TEXT, WORDS) else flags

    def data(self, index: Place, role: int = Role.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid():
            return None
        entry, column = self._entries[index.row()], self._columns[index.column()]
        if column.kind in (USE, LAST):
            ticked = entry.get("use", True) is True if column.kind == USE else entry.get(column.key) == LAST
            if role == Role.CheckStateRole:
                return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            if role == Role.AccessibleTextRole:
                return self._wording.say(f"pack_window.tick.{'on' if ticked else 'off'}")
            return None
        if role == Role.ToolTipRole:
            return plain_tip(self._text(entry, column))
        if role in (Role.DisplayRole, Role.EditRole, Role.AccessibleTextRole):
            return self._text(entry, column)
        return None

    def setData(self, index: Place, value: Any, role: int = Role.EditRole) -> bool:  # noqa: N802
        """Change an entry."""
        entry, column = self._entries[index.row()], self._columns[index.column()]
        if role == Role.CheckStateRole and column.kind in (USE, LAST):
            ticked = Qt.CheckState(value) is Qt.CheckState.Checked
            changed: Any = ticked if column.kind == USE else (LAST if ticked else "first")
        elif role == Role.EditRole and column.kind in (TEXT, WORDS):
            text = str(value).strip()
            changed = text.replace("、", " ").replace(",", " ").split() if column.kind == WORDS else text
        else:
            return False
        if entry.get(column.key) != changed:
            entry[column.key] = changed
            self.dataChanged.emit(index, index)
            self.edited.emit()
        return True

    def _text(self, entry: Entry, column: Column) -> str:
        if column.kind == PLACE:
            facts = {key: entry.get(key, "") for key in ("file", "sheet", "row")}
            return self._wording.say(f"pack_window.{'place' if facts['sheet'] else 'place_in_file'}", **facts)
        value = entry.get(column.key, "")
        if isinstance(value, dict):
            return "  ".join(f"{letter}={self._meaning(name)}" for name, letter in value.items())
        return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

    def _meaning(self, name: str) -> str:
        return self._wording.say(f"pack_window.meaning.{name}")
