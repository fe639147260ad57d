"""The documents of a run and what becomes of each in the hand-over, as a table."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from checktool.gui.handover import Fate
from checktool.gui.rows import Row
from checktool.gui.session import Session
from checktool.gui.tables.folding import folded
from checktool.gui.tables.shown import bold, hidden, verdict_text
from checktool.gui.theme import current
from checktool.model.report import Verdict
from checktool.reporting.listing import form_text
from checktool.wording import Wording

Place = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
TEXTS = (Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole)


class Column(IntEnum):
    """The columns, from left to right."""

    FATE = 0
    VERDICT = 1
    SOURCE = 2
    FORM = 3
    DISEASE = 4
    REASON = 5


class OutgoingModel(QAbstractTableModel):
    """A table over ``session.rows`` and their fates, those of them in which a text is found."""

    def __init__(self, session: Session, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wording = wording
        self._fates: Sequence[Fate] = ()
        self._visible: list[int] = []
        self._needle = ""

    def show(self, fates: Sequence[Fate]) -> None:
        """Take over the fates of the rows of the session; the rows may be others than before."""
        same = len(fates) == len(self._fates) and not self._needle and len(self._visible) == len(fates)
        self._fates = fates
        if same:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._visible) - 1, Column.REASON))
        else:
            self._choose()

    def narrow(self, needle: str) -> None:
        """Show only documents in which a text is found."""
        self._needle = folded(needle.strip())
        self._choose()

    def _choose(self) -> None:
        self.beginResetModel()
        rows = self._session.rows
        self._visible = [
            place for place in range(len(self._fates)) if not self._needle or self._needle in rows[place].text
        ]
        self.endResetModel()

    def row_at(self, place: int) -> Row:
        """The document at a visible place."""
        return self._session.rows[self._visible[place]]

    def fate_at(self, place: int) -> Fate:
        """What becomes of the document at a visible place."""
        return self._fates[self._visible[place]]

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many documents are visible."""
        return 0 if parent.isValid() else len(self._visible)

    def columnCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if (
            orientation is Qt.Orientation.Horizontal
            and role == Role.DisplayRole
            and 0 <= section < len(Column)
        ):
            return self._wording.say(f"gui.write.column.{Column(section).name.lower()}")
        return None

    def data(self, index: Place, role: int = Role.DisplayRole) -> Any:
        """A cell: its text, its colour, bold for what goes."""
        if not index.isValid() or not 0 <= index.row() < len(self._visible):
            return None
        row, fate, column = self.row_at(index.row()), self.fate_at(index.row()), Column(index.column())
        if role in TEXTS:
            return self._text(row, fate, column)
        if role == Role.ForegroundRole and column is Column.VERDICT:
            return current().verdict(row.verdict)
        if role == Role.ForegroundRole and column is Column.FATE:
            return current().verdict(Verdict.CLEAN if fate is Fate.GOES else Verdict.UNCHECKED)
        if role == Role.FontRole and column is Column.FATE and fate is Fate.GOES:
            return bold()
        return None

    def _text(self, row: Row, fate: Fate, column: Column) -> str:
        session, report = self._session, row.report
        if column is Column.FATE:
            return self._wording.say(f"gui.write.fate.{fate.value}")
        if column is Column.VERDICT:
            return verdict_text(self._wording, row.verdict)
        if column is Column.SOURCE:
            return hidden(session, report.source)
        if column is Column.FORM:
            return form_text(report, self._wording)
        if column is Column.DISEASE:
            return hidden(session, report.disease)
        left = session.left_out.get(report.source, "")
        return left or self._wording.say(f"gui.write.why.{fate.value}")
