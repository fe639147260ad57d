"""The page 履歴: the checks and hand-overs so far, by times and counts."""

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checktool.gui.frame import EmptyState
from checktool.gui.pages.page import CHOOSE, RESULTS, Page
from checktool.gui.pages.results_tables import Table
from checktool.gui.past_runs import forget, past_runs
from checktool.gui.session import Session
from checktool.gui.tables.runs_model import RunsModel
from checktool.wording import Wording

WIDTHS = (11, 4, 8, 8, 4, 13, 5, 17)
FIRM = range(7)


class HistoryPage(Page):
    """A list, what is not in it, and a way to delete it."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(session, wording, parent)
        self.model = RunsModel(wording, self)
        self.table = Table(self.model, WIDTHS, self.say("history.table_name"), FIRM)
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        hint = QLabel(self.say("history.hint"), wordWrap=True)
        hint.setProperty("role", "muted")
        self.open_last = QPushButton(self.say("history.open_last"))
        self.open_last.clicked.connect(lambda: self.go.emit(RESULTS))
        self.delete = QPushButton(self.say("history.delete"))
        self.delete.clicked.connect(self._ask_to_delete)
        row = QHBoxLayout()
        row.addWidget(self.open_last)
        row.addStretch(1)
        row.addWidget(self.delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(hint)
        column.addWidget(self.stack, 1)
        column.addLayout(row)
        self.setFocusProxy(self.table)

    def shown(self) -> None:
        """Read what is kept anew."""
        runs = past_runs()
        self.model.show(runs)
        self.table.select(0)
        self.open_last.setEnabled(bool(self.session.rows))
        self.delete.setEnabled(bool(runs))
        if not runs:
            self.empty.offer(
                self.say("history.empty"), self.say("history.to_choose"), lambda: self.go.emit(CHOOSE)
            )
        self.stack.setCurrentWidget(self.table if runs else self.empty)

    def _ask_to_delete(self) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Question, self.say("history.delete_title"), self.say("history.ask"), parent=self
        )
        delete = box.addButton(self.say("history.delete_all"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(self.say("history.keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        delete.clicked.connect(self._delete)
        box.finished.connect(box.deleteLater)
        box.open()

    def _delete(self) -> None:
        forget()
        self.shown()
