"""The page ②: the documents with their verdicts, while the check runs and after it."""

import time
from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from checktool.gui.frame import Banner, EmptyState
from checktool.gui.pages.outcome import changes_text, outcome
from checktool.gui.pages.page import CHOOSE, CORRECT, WRITE, Command, Page
from checktool.gui.pages.results_bar import FilterBar, ProgressLine
from checktool.gui.pages.results_tables import CommonFindings, Table
from checktool.gui.rows import AnyFinding
from checktool.gui.session import Session
from checktool.gui.tables.files_model import Column, FilesModel
from checktool.model.report import Verdict
from checktool.wording import Wording

WIDTHS = (14.5, 11, 15, 9.5, 6, 3.5, 3.5)
FIRM = (Column.VERDICT, Column.ERRORS, Column.WARNINGS)
PAUSE = 1.0
ORDERS: Mapping[str, tuple[int, Qt.SortOrder]] = {
    "gravity": (Column.VERDICT, Qt.SortOrder.DescendingOrder),
    "input": (-1, Qt.SortOrder.AscendingOrder),
    "source": (Column.SOURCE, Qt.SortOrder.AscendingOrder),
    "form": (Column.FORM, Qt.SortOrder.AscendingOrder),
    "disease": (Column.DISEASE, Qt.SortOrder.AscendingOrder),
    "doctor": (Column.DOCTOR, Qt.SortOrder.AscendingOrder),
    "errors": (Column.ERRORS, Qt.SortOrder.DescendingOrder),
}


class ResultsPage(Page):
    """Progress, filter, the list, and what the verdicts mean for the next step."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(session, wording, parent)
        self.progress = ProgressLine(session, wording)
        self.outcome = Banner()
        self.outcome.hide()
        self.changes = QLabel(wordWrap=True)
        orders = {name: self.say(f"results.orders.{name}") for name in ORDERS}
        self.bar = FilterBar(wording, orders)
        self.model = FilesModel(session, wording, self)
        self.table = Table(self.model, WIDTHS, self.say("results.table_name"), FIRM)
        self.table.setSortingEnabled(True)
        self.common = CommonFindings(session, wording)
        self.empty = EmptyState()
        self.open_button = QPushButton(self.say("results.open"))
        self.again = QPushButton(self.say("results.again"))
        self.write = QPushButton(self.say("results.write"))
        self.write.setProperty("role", "main")
        self._counted = 0.0
        self._taking = QTimer(self, singleShot=True, interval=0)
        self._taking.timeout.connect(self._take_findings)
        self._order_by("gravity")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._lists = QStackedLayout()
        for widget in (self.table, self.common, self.empty):
            self._lists.addWidget(widget)
        below = QHBoxLayout()
        below.addWidget(self.changes, 1)
        for button in (self.open_button, self.again, self.write):
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.progress)
        column.addWidget(self.outcome)
        column.addWidget(self.bar)
        column.addLayout(self._lists, 1)
        column.addLayout(below)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.progress.stop_clicked.connect(self.stop_requested)
        self.bar.changed.connect(self._narrow)
        self.bar.common_toggled.connect(self._show_common)
        self.bar.order_chosen.connect(self._order_by)
        self.table.opened.connect(lambda place: self._open(self.model.row_at(place).report.source))
        self.table.selectionModel().currentRowChanged.connect(lambda: self._show_buttons())
        self.common.opened.connect(self._open)
        self.open_button.clicked.connect(self._open_chosen)
        self.again.clicked.connect(self.recheck_requested)
        self.write.clicked.connect(lambda: self.go.emit(WRITE))

    def shown(self) -> None:
        """Take in what the run brought since the last time."""
        session = self.session
        chosen = self._chosen()
        self.model.sync()
        if not self.common.findings_model.sync():
            self._taking.start()
        if self.bar.common.isChecked() and self._common_due():
            self.common.refresh()
        self.progress.show_state()
        self.bar.show_counts(session.counts(), len(session.rows))
        said = outcome(session)
        self.outcome.show_text(said.text, said.role)
        changes = changes_text(session)
        practice = self.say("results.practice", on=session.on.isoformat()) if session.practice else ""
        self.changes.setText("  ".join(part for part in (changes, practice) if part))
        if not session.state.busy:
            self._select(chosen or session.current)
        self._show_list()
        self._show_buttons()

    def _take_findings(self) -> None:
        """The findings that one call of ``shown`` leaves."""
        if not self.common.findings_model.sync():
            self._taking.start()
        elif self.bar.common.isChecked():
            self.common.refresh()

    def _common_due(self) -> bool:
        """Whether the findings are to be counted anew: at the end, and now and then while a run goes on."""
        now = time.monotonic()
        if self.session.state.busy and now - self._counted < PAUSE:
            return False
        self._counted = now
        return True

    def commands(self) -> Mapping[str, Command]:
        """Filter, search and grouping; opening what is chosen."""
        filters = {f"filter_{verdict.value}": self._filter(verdict) for verdict in Verdict}
        return {
            **filters,
            "filter_all": self.bar.clear,
            "find": self._find,
            "common_findings": self.bar.common.toggle,
        }

    def _filter(self, verdict: Verdict) -> Command:
        return lambda: self.bar.choose(verdict)

    def _find(self) -> None:
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def _narrow(self) -> None:
        chosen = self._chosen()
        states = frozenset(state for state in range(4) if state in self.bar.states)
        self.model.narrow(states, self.bar.search.text())
        self.common.narrow(states, self.bar.search.text())
        self._select(chosen)
        self._show_list()
        self._show_buttons()

    def _order_by(self, name: str) -> None:
        column, order = ORDERS[name]
        self.table.horizontalHeader().setSortIndicator(column, order)
        self.table.sortByColumn(column, order)

    def _show_common(self, wanted: bool) -> None:
        self.common.refresh()
        self._show_list()
        (self.common if wanted else self.table).setFocus()

    def _show_list(self) -> None:
        """The list that is wanted, or why there is nothing in it."""
        common = self.bar.common.isChecked()
        count = self.common.tallies_model.rowCount() if common else self.model.rowCount()
        self.bar.order.setEnabled(not common)
        if count or self.session.state.busy:
            self._lists.setCurrentWidget(self.common if common else self.table)
            return
        if not self.session.rows:
            self.empty.offer(self.say("results.choose_again"), self.say("results.to_choose"), self._to_choose)
        elif self.bar.narrowed:
            self.empty.offer(
                self.say("results.nothing_matches"), self.say("results.show_all"), self.bar.clear
            )
        else:
            self.empty.offer(self.say("results.no_finding"))
        self._lists.setCurrentWidget(self.empty)

    def _to_choose(self) -> None:
        self.go.emit(CHOOSE)

    def _show_buttons(self) -> None:
        session = self.session
        self.open_button.setEnabled(bool(self._chosen()))
        self.again.setEnabled(not session.state.busy and bool(session.paths))
        self.write.setEnabled(session.writable)

    def _chosen(self) -> str:
        place = self.table.currentIndex().row()
        return self.model.row_at(place).report.source if 0 <= place < self.model.rowCount() else ""

    def _select(self, source: str) -> None:
        self.table.select(max(0, self.model.place_of(source)))

    def _open_chosen(self) -> None:
        found = self.common.chosen_finding() if self.bar.common.isChecked() else None
        if found is not None:
            self._open(*found)
        elif self._chosen():
            self._open(self._chosen())

    def _open(self, source: str, finding: AnyFinding | None = None) -> None:
        self.session.open(source, finding)
        self.go.emit(CORRECT)
