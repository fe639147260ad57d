"""The documents of a run as a table: verdict, names, counts, the gravest finding."""

import re
from collections.abc import Callable, Container
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from checktool.gui.rows import Row
from checktool.gui.session import Session
from checktool.gui.tables.folding import folded
from checktool.gui.tables.index import Index
from checktool.gui.tables.shown import bold, first_words, hidden, mask, result_text, tooltip
from checktool.gui.theme import current
from checktool.reporting.listing import form_text
from checktool.wording import Wording

Place = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
SOURCE_ROLE = Role.UserRole
_NUMBERS = re.compile(r"(\d+)")


class Column(IntEnum):
    """The columns, from left to right."""

    VERDICT = 0
    SOURCE = 1
    FORM = 2
    DISEASE = 3
    DOCTOR = 4
    ERRORS = 5
    WARNINGS = 6
    FIRST = 7


COLUMNS = tuple(Column)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ALIGNMENTS = tuple(RIGHT if column in (Column.ERRORS, Column.WARNINGS) else LEFT for column in COLUMNS)
ALIGNMENT = int(Role.TextAlignmentRole)
TEXTS = frozenset(map(int, (Role.DisplayRole, Role.AccessibleTextRole)))
LOOKS = frozenset(map(int, (Role.ForegroundRole, Role.BackgroundRole, Role.FontRole)))
ROLES = TEXTS | LOOKS | {ALIGNMENT, int(Role.ToolTipRole), int(SOURCE_ROLE)}
"""Only these are answered, and a view asks for many more with each cell it draws."""


class FilesModel(QAbstractTableModel):
    """A table over ``session.rows``; ``sync`` takes in what is new there. ``SOURCE_ROLE`` is the source."""

    def __init__(self, session: Session, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wording = wording
        self._rows: list[Row] = []
        self._finished = False
        self._index = Index()
        self._sorting: tuple[Column, bool] | None = None
        self._bold = bold()
        self._headers = [wording.say(f"gui.results.column.{column.name.lower()}") for column in Column]

    def sync(self) -> None:
        """Show what the session has: a new run from its start, more rows at the end, rows judged anew."""
        rows = self._session.rows
        if rows is not self._rows:
            self.beginResetModel()
            self._rows, self._index, self._finished = rows, self._index.emptied(), False
            self._index.adding([(row.state, row.text) for row in rows])
            self._index.renew()
            self.endResetModel()
        else:
            self._append()
        if not (self._session.state.busy or self._finished):
            self._finish()
        self._session.order = self._index.visible

    def narrow(self, states: Container[int], needle: str) -> None:
        """Show only documents of these states (0 ○ 1 △ 2 × 3 －) in which the text is found."""
        self.beginResetModel()
        self._index.narrow(states, folded(needle))
        self.endResetModel()
        self._session.order = self._index.visible

    def place_of(self, source: str) -> int:
        """The visible place of a document, -1 when it is not visible."""
        row = self._session.place(source)
        if row is None or row not in self._index.visible:
            return -1
        return self._index.visible.index(row)

    def row_at(self, place: int) -> Row:
        """The document at a visible place."""
        return self._rows[self._index.visible[place]]

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many documents are visible."""
        return 0 if parent.isValid() else len(self._index.visible)

    def columnCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(Column):
            if role == Role.DisplayRole:
                return self._headers[section]
            if role == Role.TextAlignmentRole:
                return ALIGNMENTS[section]
        return None

    def data(self, index: Place, role: int = Role.DisplayRole) -> Any:
        """A cell: its text, colour, tool tip, the words for people who listen."""
        if role not in ROLES or not index.isValid():
            return None
        place, column = index.row(), COLUMNS[index.column()]
        if role == ALIGNMENT:
            return ALIGNMENTS[column]
        if place >= len(self._index.visible) or (role in LOOKS and column is not Column.VERDICT):
            return None
        row = self._rows[self._index.visible[place]]
        if role in TEXTS:
            return self._text(row, column)
        if role in LOOKS:
            return self._look(row, role)
        return row.report.source if role == SOURCE_ROLE else self._tooltip(row, column)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1 gives the order of the input back."""
        self._sorting = None if column < 0 else (Column(column), order is Qt.SortOrder.DescendingOrder)
        self._relayout()

    def _append(self) -> None:
        rows = self._rows[len(self._index) :]
        if not rows:
            return
        shown = self._index.adding([(row.state, row.text) for row in rows])
        if shown:
            first = len(self._index.visible)
            self.beginInsertRows(QModelIndex(), first, first + len(shown) - 1)
            self._index.visible.extend(shown)
            self.endInsertRows()

    def _finish(self) -> None:
        """The run is over: verdicts may have changed, and the order may hold now."""
        self._finished = True
        revised = self._session.revised
        if revised:
            self.beginResetModel()
            rows = {place: self._rows[place] for place in revised}
            self._index.change({place: (row.state, row.text) for place, row in rows.items()})
            self._order()
            self.endResetModel()
        elif self._sorting:
            self._relayout()

    def _relayout(self) -> None:
        """Put the same rows into their order; what is selected stays selected."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = {index.row() for index in before}
        numbers = {row: self._index.visible[row] for row in rows}
        self._order()
        places = {row: self._index.visible.index(number) for row, number in numbers.items()}
        after = [self.index(places[index.row()], index.column()) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
        self._session.order = self._index.visible

    def _order(self) -> None:
        if self._sorting is None:
            self._index.sort(None)
            return
        column, descending = self._sorting
        key = self._key(column)
        self._index.sort([key(row) for row in self._rows[: len(self._index)]], descending)

    def _key(self, column: Column) -> Callable[[Row], Any]:
        keys: dict[Column, Callable[[Row], Any]] = {
            Column.VERDICT: lambda row: row.state,
            Column.SOURCE: lambda row: natural(row.report.source),
            Column.FORM: lambda row: row.report.form_name,
            Column.DISEASE: lambda row: row.report.disease,
            Column.DOCTOR: lambda row: row.report.doctor,
            Column.ERRORS: lambda row: row.errors,
            Column.WARNINGS: lambda row: row.warnings,
            Column.FIRST: lambda row: row.first.code if row.first else "",
        }
        return keys[column]

    def _look(self, row: Row, role: int) -> QFont | QColor:
        if role == Role.FontRole:
            return self._bold
        return (
            current().verdict(row.verdict) if role == Role.ForegroundRole else current().ground(row.verdict)
        )

    def _text(self, row: Row, column: Column) -> str:
        session, report = self._session, row.report
        if column is Column.VERDICT:
            return result_text(session, row.verdict)
        if column is Column.FIRST:
            return first_words(session, row)
        texts = {
            Column.SOURCE: report.source,
            Column.FORM: form_text(report, session.wording),
            Column.DISEASE: hidden(session, report.disease),
            Column.DOCTOR: hidden(session, report.doctor),
            Column.ERRORS: str(row.errors or ""),
            Column.WARNINGS: str(row.warnings or ""),
        }
        return texts[column]

    def _tooltip(self, row: Row, column: Column) -> str:
        if column is Column.VERDICT:
            return self._wording.say(f"report.in_full.{row.verdict.value}")
        if column is Column.FIRST and row.first is not None:
            return tooltip(mask(self._session).explain(row.first), row.first)
        return self._text(row, column)


def natural(name: str) -> tuple[Any, ...]:
    """A key by which ``a2.xml`` comes before ``a10.xml``."""
    return tuple(int(part) if part.isdecimal() else part for part in _NUMBERS.split(folded(name)))
