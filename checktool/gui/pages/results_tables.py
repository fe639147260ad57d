"""The tables of the page ②: the documents, and the findings by how common they are."""

from collections.abc import Container, Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, Qt, Signal
from PySide6.QtGui import QFontInfo, QGuiApplication, QKeyEvent, QResizeEvent
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
LEAST_REST, LEAST_LAST, LEAST_SHARE = 16, 8, 0.7
OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Table(QTableView):
    """A table to read and to choose a row in: whole rows, no tab stops within, Enter opens."""

    opened = Signal(int)
    """A row is to be opened: double click or Enter."""

    def __init__(
        self, model: QAbstractTableModel, widths: Sequence[float], name: str, firm: Container[int] = (0,)
    ) -> None:
        """``widths`` are those of the first columns, in characters; the last column takes the rest.

        Where the rest is too little, all columns give some of their width but the ``firm`` ones.
        """
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self._widths, self.firm = widths, firm
        self._sharing = self._arranged = False
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
        header.sectionResized.connect(lambda: self._note_wish())
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

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the new width out."""
        super().resizeEvent(event)
        self._share()

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
        self._arranged = False
        self._share()

    def _share(self) -> None:
        """Give the columns their widths, unless the person at work has given them others."""
        if self._arranged:
            return
        self._sharing, header = True, self.horizontalHeader()
        em = QFontInfo(self.font()).pixelSize()
        wanted = sum(self._widths)
        lacking = max(0.0, wanted + LEAST_REST - self.viewport().width() / em)
        soft = sum(width for column, width in enumerate(self._widths) if column not in self.firm)
        factor = max(LEAST_SHARE, 1 - lacking / soft) if soft else 1
        for column, width in enumerate(self._widths):
            share = em * width * (1 if column in self.firm else factor)
            self.setColumnWidth(column, max(round(share), header.sectionSizeHint(column)))
        rest = self.viewport().width() - sum(map(self.columnWidth, range(len(self._widths))))
        header.setStretchLastSection(rest >= em * LEAST_LAST)
        if rest < em * LEAST_LAST:
            self.setColumnWidth(len(self._widths), round(em * LEAST_LAST))
        self._sharing = False

    def _note_wish(self) -> None:
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        self._arranged = self._arranged or (pressed and not self._sharing)


class CommonFindings(QWidget):
    """よくある指摘順: codes by frequency above, the findings of the chosen one below."""

    opened = Signal(str, object)
    """A document and the finding of it to begin at."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tallies_model = TalliesModel(wording, self)
        self.findings_model = FindingsModel(session, wording, self)
        name = wording.say("gui.results.tallies_name")
        self.tallies = Table(self.tallies_model, (7, 5, 22, 6, 6), name, firm=(0, 1, 3, 4))
        self.findings = Table(
            self.findings_model, (7, 13, 14, 5), wording.say("gui.results.findings_name"), (0, 3)
        )
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
