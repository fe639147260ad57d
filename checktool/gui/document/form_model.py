"""The form of one document as a table: sections, items with their values, findings at their items."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from checktool.gui.document.markup import visible
from checktool.gui.document.placing import WHOLE, Places
from checktool.gui.document.sheet import Entry, Sheet
from checktool.gui.rows import AnyFinding
from checktool.gui.session import Session
from checktool.gui.tables.shown import finding_state_text, hidden, mask, tooltip
from checktool.model.finding import Severity

Place = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
LINE_ROLE = Role.UserRole


class Kind(Enum):
    """What a line of the form is."""

    HEAD = "head"
    ITEM = "item"
    FINDING = "finding"


class Column(IntEnum):
    """The columns of an item; heads and findings take all of them."""

    LABEL = 0
    VALUE = 1
    MEANING = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``grave`` is that of the finding, or of the gravest one at the item."""

    kind: Kind
    text: str = ""
    entry: Entry | None = None
    finding: AnyFinding | None = None
    grave: Severity | None = None


class FormModel(QAbstractTableModel):
    """The lines of a sheet with its findings. ``LINE_ROLE`` gives the ``Line`` of any cell."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.lines: list[Line] = []

    def show_sheet(self, sheet: Sheet | None, findings: Sequence[AnyFinding]) -> None:
        """Show a sheet, or nothing."""
        self.beginResetModel()
        self.lines = list(self._lines(sheet, findings)) if sheet else []
        self.endResetModel()

    def renew(self) -> None:
        """Values are hidden or shown again."""
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(Column) - 1))

    def row_of(self, finding: AnyFinding) -> int:
        """The line of a finding, -1 when it is not there."""
        return next((row for row, line in enumerate(self.lines) if line.finding is finding), -1)

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Place) -> Qt.ItemFlag:
        """Heads are no stops for the keyboard."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.lines[index.row()].kind is Kind.HEAD:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Place, role: int = Role.DisplayRole) -> Any:
        """A cell: its text, tool tip, words for people who listen."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line, column = self.lines[index.row()], Column(index.column())
        if role == LINE_ROLE:
            return line
        if role == Role.DisplayRole:
            return self._text(line, column)
        if role == Role.AccessibleTextRole:
            cells = (self._text(line, each) for each in Column)
            return "　".join(text for text in cells if text)
        return self._tooltip(line, column) if role == Role.ToolTipRole else None

    def _lines(self, sheet: Sheet, findings: Sequence[AnyFinding]) -> Iterator[Line]:
        say = self._session.wording.say
        placed: dict[int, list[AnyFinding]] = {}
        places = Places(sheet)
        for finding in findings:
            placed.setdefault(places.of(finding), []).append(finding)
        if WHOLE in placed:
            yield Line(Kind.HEAD, say("gui.correct.whole"))
            yield from (_finding(finding) for finding in placed[WHOLE])
        numbered = enumerate(sheet.entries)
        for (section, known), entries in groupby(numbered, key=lambda pair: (pair[1].section, pair[1].known)):
            yield Line(Kind.HEAD, section if known else say("gui.correct.form.unknown"))
            for number, entry in entries:
                found = placed.get(number, [])
                grave = max((finding.severity for finding in found), default=None)
                yield Line(Kind.ITEM, entry=entry, grave=grave)
                yield from (_finding(finding) for finding in found)

    def _text(self, line: Line, column: Column) -> str:
        if line.kind is not Kind.ITEM or line.entry is None:
            return self._across(line) if column is Column.LABEL else ""
        entry = line.entry
        if column is Column.LABEL:
            return self._label(entry)
        if column is Column.MEANING:
            return hidden(self._session, entry.meaning) or entry.unit
        if entry.value:
            return hidden(self._session, visible(entry.value))
        return self._session.wording.say(f"gui.correct.form.{'absent' if entry.value is None else 'empty'}")

    def _across(self, line: Line) -> str:
        if line.finding is None:
            return line.text
        words = finding_state_text(self._session.wording, int(line.finding.severity))
        return f"{words}　{mask(self._session).explain(line.finding).message}"

    def _label(self, entry: Entry) -> str:
        if not entry.number:
            return entry.label
        topic = hidden(self._session, entry.topic)
        key = "gui.correct.form.repeated_topic" if topic else "gui.correct.form.repeated"
        return self._session.wording.say(key, label=entry.label, number=entry.number, topic=topic)

    def _tooltip(self, line: Line, column: Column) -> str:
        if line.finding is not None:
            return tooltip(mask(self._session).explain(line.finding), line.finding)
        return self._text(line, column)


def _finding(finding: AnyFinding) -> Line:
    return Line(Kind.FINDING, finding=finding, grave=finding.severity)
