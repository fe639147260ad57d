"""The tables of the page ②: the documents, and the findings by how common they are."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, Qt, Signal
from PySide6.QtGui import QFontInfo, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from checktool.gui.rows import AnyFinding
from checktool.gui.session import Session
from checktool.gui.tables.findings_model import FindingsModel, TalliesModel
from checktool.gui.tables.index import EVERY_STATE
from checktool.wording import Wording

LEAST_LINES = 3
OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Table(QTableView):
    """A table to read and to choose a row in: whole rows, no tab stops within, Enter opens."""

    opened = Signal(int)
    """A row is to be opened: double click or Enter."""

    def __init__(self, model: QAbstractTableModel, widths: Sequence[int], name: str) -> None:
        """``widths`` are those of the first columns, in characters; the last column takes the rest."""
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self._widths = widths
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setMinimumHeight(self.fontMetrics().height() * LEAST_LINES)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens the row."""
        if event.key() in OPENING and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another text size: rows and columns follow."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def select(self, row: int) -> None:
        """Make a row the current one, -1 for none."""
        if 0 <= row < self.model().rowCount():
            self.selectRow(row)
            self.setCurrentIndex(self.model().index(row, 0))

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(round(metrics.height() * 1.6))
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, QFontInfo(self.font()).pixelSize() * width)


class CommonFindings(QWidget):
    """よくある指摘順: codes by frequency above, the findings of the chosen one below."""

    opened = Signal(str, object)
    """A document and the finding of it to begin at."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tallies_model = TalliesModel(wording, self)
        self.findings_model = FindingsModel(session, wording, self)
        name = wording.say("gui.results.tallies_name")
        self.tallies = Table(self.tallies_model, (7, 5, 22, 5, 5), name)
        self.findings = Table(self.findings_model, (7, 12, 14, 30), wording.say("gui.results.findings_name"))
        self.findings.horizontalHeader().setStretchLastSection(False)
        self.findings.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.findings.horizontalHeader().resizeSection(4, self.fontMetrics().horizontalAdvance("00000") * 2)
        self.findings.setSortingEnabled(True)
        self.findings.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.tallies.selectionModel().currentRowChanged.connect(lambda: self._show_code())
        self.tallies.opened.connect(lambda _: self.findings.setFocus())
        self.findings.opened.connect(self._open)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.tallies)
        splitter.addWidget(self.findings)
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)
        self.setFocusProxy(self.tallies)
        self._states = EVERY_STATE
        self._needle = ""

    def narrow(self, states: frozenset[int], needle: str) -> None:
        """Show findings of these states in which the text is found."""
        self._states, self._needle = states, needle
        self.refresh()

    def refresh(self) -> None:
        """Count anew, keep the chosen code, show its findings."""
        chosen = self._code()
        index = self.findings_model.index_of_findings
        self.tallies_model.show_tallies(index.count_by_code(self._states, self._needle))
        codes = [tally.code for tally in self.tallies_model.tallies]
        self.tallies.select(codes.index(chosen) if chosen in codes else 0)
        self._show_code()

    def chosen_finding(self) -> tuple[str, AnyFinding] | None:
        """The source and finding of the current row below."""
        place = self.findings.currentIndex().row()
        if not 0 <= place < self.findings_model.rowCount():
            return None
        row, finding = self.findings_model.finding_at(place)
        return row.report.source, finding

    def _code(self) -> str:
        place = self.tallies.currentIndex().row()
        tallies = self.tallies_model.tallies
        return tallies[place].code if 0 <= place < len(tallies) else ""

    def _show_code(self) -> None:
        code = self._code()
        states = self._states if code else frozenset()
        self.findings_model.narrow(states, "", code)
        self.findings.select(0)

    def _open(self, place: int) -> None:
        row, finding = self.findings_model.finding_at(place)
        self.opened.emit(row.report.source, finding)
