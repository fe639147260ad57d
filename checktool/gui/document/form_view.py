"""The form-shaped view (様式): a document as its form, findings at their items."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from checktool.gui.document.form_delegate import FormDelegate
from checktool.gui.document.form_model import Column, FormModel, Kind, Line
from checktool.gui.document.sheet import Sheet
from checktool.gui.rows import AnyFinding
from checktool.gui.session import Session

SHARES = {Column.LABEL: 34, Column.VALUE: 42, Column.MEANING: 24}
SETTLED_MS = 30


class FormView(QTableView):
    """Shows a sheet. ``finding_wanted`` comes when a finding is clicked, or its item or itself entered."""

    finding_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say = session.wording.say
        self.setAccessibleName(say("gui.correct.form.name"))
        self.setAccessibleDescription(say("gui.correct.form.description"))
        self.lines = FormModel(session, self)
        self.setModel(self.lines)
        self.setItemDelegate(FormDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._settling = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settling.timeout.connect(self._settle)
        self.clicked.connect(self._clicked)
        self.activated.connect(self._activated)

    def show_sheet(self, sheet: Sheet | None, findings: Sequence[AnyFinding]) -> None:
        """Show a sheet with its findings, or nothing."""
        self.lines.show_sheet(sheet, findings)
        self.clearSpans()
        for row, line in enumerate(self.lines.lines):
            if line.kind is not Kind.ITEM:
                self.setSpan(row, 0, 1, len(Column))
        self._settle()

    def renew(self) -> None:
        """Values are hidden or shown again."""
        self.lines.renew()
        self._settle()

    def go_to(self, finding: AnyFinding) -> None:
        """Bring a finding and its item into view."""
        row = self.lines.row_of(finding)
        if row < 0:
            return
        self.setCurrentIndex(self.lines.index(row, 0))
        self.scrollTo(self.lines.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def current_line(self) -> Line | None:
        """The line that the keyboard stands at."""
        row = self.currentIndex().row()
        return self.lines.lines[row] if 0 <= row < len(self.lines.lines) else None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Give the columns their shares; heights follow when the size has settled."""
        super().resizeEvent(event)
        self._settling.start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Measure anew for another text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_settling"):
            self._settling.start()

    def _settle(self) -> None:
        self._settling.stop()
        width = self.viewport().width()
        for column, share in SHARES.items():
            self.setColumnWidth(column, width * share // 100)
        self.resizeRowsToContents()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _clicked(self, index: QModelIndex) -> None:
        line = self.lines.lines[index.row()]
        if line.kind is Kind.FINDING:
            self.finding_wanted.emit(line.finding)

    def _activated(self, index: QModelIndex) -> None:
        line = self.lines.lines[index.row()]
        following = self.lines.lines[index.row() + 1 : index.row() + 2]
        if line.kind is Kind.ITEM and following and following[0].kind is Kind.FINDING:
            line = following[0]
        if line.finding is not None:
            self.finding_wanted.emit(line.finding)
