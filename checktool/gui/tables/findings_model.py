"""All findings of a run in two tables: how often each code was found, and the findings themselves."""

from collections.abc import Callable, Container
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from checktool.gui.rows import AnyFinding, Row
from checktool.gui.session import Session
from checktool.gui.tables.finding_index import FindingIndex, Kind, Tally
from checktool.gui.tables.folding import folded
from checktool.gui.tables.shown import (
    STATE_VERDICTS,
    bold,
    finding_state_text,
    mask,
    title_of,
    tooltip,
)
from checktool.gui.theme import current
from checktool.model.finding import Finding
from checktool.model.report import Verdict
from checktool.wording import Wording

Place = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
AT_ONCE = 1_000
WHO = ("doctor", "clerk", "vendor", "it")
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TallyColumn(IntEnum):
    """The columns of the table of codes."""

    STATE = 0
    CODE = 1
    TITLE = 2
    FINDINGS = 3
    FILES = 4
    WHO = 5


class FindingColumn(IntEnum):
    """The columns of the table of findings."""

    STATE = 0
    ITEM = 1
    SOURCE = 2
    LINE = 3
    MESSAGE = 4


class _Table(QAbstractTableModel):
    """A read-only table with a header from the wording and a coloured first column."""

    columns: type[IntEnum]
    numbers: Container[int] = ()

    def __init__(self, wording: Wording, table: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._headers = [wording.say(f"gui.results.{table}.{each.name.lower()}") for each in self.columns]

    def columnCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._headers):
            return None
        if role == Role.TextAlignmentRole and section in self.numbers:
            return RIGHT
        return self._headers[section] if role == Role.DisplayRole else None

    def _state_cell(self, state: int, role: int) -> Any:
        verdict = STATE_VERDICTS[state]
        if role in (Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole):
            return finding_state_text(self._wording, state)
        if role == Role.ForegroundRole:
            return current().verdict(verdict) if state else None
        if role == Role.BackgroundRole and verdict is not Verdict.CLEAN:
            return current().ground(verdict)
        return bold() if role == Role.FontRole else None


class FindingsModel(_Table):
    """The findings of ``session.rows`` that were taken in by ``sync`` and pass ``narrow``."""

    columns = FindingColumn
    numbers = (FindingColumn.LINE,)

    def __init__(self, session: Session, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(wording, "finding_column", parent)
        self._session = session
        self._rows: list[Row] = []
        self._taken = 0
        self._revised = 0
        self.index_of_findings = FindingIndex(self._kind_text)

    def sync(self) -> bool:
        """Take in what the session has that is new, some of it at a time; whether that was all.

        ``renew`` then shows it.
        """
        session = self._session
        if session.rows is not self._rows:
            self.beginResetModel()
            self._rows, self._taken, self._revised = session.rows, 0, 0
            self.index_of_findings = self.index_of_findings.emptied()
            self.endResetModel()
        end = min(len(self._rows), self._taken + AT_ONCE)
        for place in range(self._taken, end):
            row = self._rows[place]
            own = row.report.findings
            self.index_of_findings.add(place, folded(row.report.source), own, row.refused)
        self._taken = end
        if end < len(self._rows):
            return False
        revised = session.revised if session.report is not None else ()
        for place in revised[self._revised : self._revised + AT_ONCE]:
            row = self._rows[place]
            base = len(row.report.findings)
            self.index_of_findings.add(place, folded(row.report.source), row.shared, False, base)
        self._revised = min(len(revised), self._revised + AT_ONCE)
        return self._revised == len(revised)

    def renew(self) -> None:
        """Show what was taken in since the last time."""
        self.beginResetModel()
        self.index_of_findings.renew()
        self.endResetModel()

    def narrow(self, states: Container[int], needle: str, code: str) -> None:
        """Show only findings of these states (0 ・ 1 △ 2 × 3 －), with the text, of one code ("" = any)."""
        self.beginResetModel()
        self.index_of_findings.narrow(states, folded(needle), code)
        self.endResetModel()

    def finding_at(self, place: int) -> tuple[Row, AnyFinding]:
        """The document and the finding at a visible place."""
        row, offset = self.index_of_findings.place(self.index_of_findings.visible[place])
        return self._rows[row], self._rows[row].findings[offset]

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many findings are visible."""
        return 0 if parent.isValid() else len(self.index_of_findings.visible)

    def data(self, index: Place, role: int = Role.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        if index.column() == FindingColumn.STATE:
            number = self.index_of_findings.visible[index.row()]
            return self._state_cell(self.index_of_findings.kind(number).state, role)
        if role == Role.TextAlignmentRole:
            return RIGHT if index.column() in self.numbers else None
        if role not in (Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole):
            return None
        row, finding = self.finding_at(index.row())
        return self._text(row, finding, FindingColumn(index.column()), role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; by the document where one has no order of its own; -1 as they came."""
        index, descending = self.index_of_findings, order is Qt.SortOrder.DescendingOrder
        keys: dict[int, Callable[[Kind], Any]] = {
            FindingColumn.STATE: lambda kind: (kind.state, kind.code),
            FindingColumn.ITEM: lambda kind: (kind.item, kind.code),
            FindingColumn.MESSAGE: lambda kind: (kind.code, kind.item),
        }
        self.beginResetModel()
        if column < 0:
            index.sort_by_input()
        elif column in keys:
            index.sort_by_kind(keys[column], descending)
        else:
            index.sort_by_document(descending)
        self.endResetModel()

    def _text(self, row: Row, finding: AnyFinding, column: FindingColumn, role: int) -> str:
        if column is FindingColumn.MESSAGE:
            said = mask(self._session).explain(finding)
            return tooltip(said, finding) if role == Role.ToolTipRole else said.message
        if column is FindingColumn.SOURCE:
            return row.report.source
        if not isinstance(finding, Finding):
            return finding.item if column is FindingColumn.ITEM else ""
        if column is FindingColumn.ITEM:
            return finding.location.item
        return str(finding.location.line or "")

    def _kind_text(self, kind: Kind) -> str:
        return folded("\n".join((kind.code, kind.item, title_of(self._wording, kind.code))))


class TalliesModel(_Table):
    """How often each code was found, most frequent first (よくある指摘順)."""

    columns = TallyColumn
    numbers = (TallyColumn.FINDINGS, TallyColumn.FILES)

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(wording, "tally_column", parent)
        self.tallies: list[Tally] = []

    def show_tallies(self, tallies: list[Tally]) -> None:
        """Show these, as they are now."""
        self.beginResetModel()
        self.tallies = tallies
        self.endResetModel()

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many codes there are."""
        return 0 if parent.isValid() else len(self.tallies)

    def data(self, index: Place, role: int = Role.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid() or index.row() >= len(self.tallies):
            return None
        tally, column = self.tallies[index.row()], TallyColumn(index.column())
        if column is TallyColumn.STATE:
            return self._state_cell(tally.state, role)
        if role == Role.TextAlignmentRole:
            return RIGHT if column in self.numbers else None
        if role not in (Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole):
            return None
        who = self._wording.rule(tally.code).who
        texts = {
            TallyColumn.CODE: tally.code,
            TallyColumn.TITLE: title_of(self._wording, tally.code),
            TallyColumn.FINDINGS: f"{tally.findings:,}",
            TallyColumn.FILES: f"{tally.files:,}",
            TallyColumn.WHO: self._wording.say(f"report.who.{who}") if who in WHO else who,
        }
        return texts[column]
