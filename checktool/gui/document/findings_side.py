"""The left side of the page ③: what changed, the list of findings, one of them in full."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from checktool.gui.document.cards import Card
from checktool.gui.document.finding_detail import FindingDetail
from checktool.gui.document.finding_list import FindingList
from checktool.gui.frame import EmptyState
from checktool.gui.pages.page import RESULTS, WRITE
from checktool.gui.rows import AnyFinding, Row
from checktool.gui.session import Session
from checktool.gui.tables.shown import mask, verdict_text
from checktool.model.report import Verdict


class FindingsSide(QWidget):
    """Shows the cards of a document.

    ``chosen`` tells the finding that is current, ``entered`` that its place is wanted, ``go`` a page.
    """

    chosen = Signal(object)
    entered = Signal(object)
    go = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row: Row | None = None
        self.changes = QLabel(wordWrap=True)
        self.list = FindingList(session)
        self.detail = FindingDetail(session)
        self.empty = EmptyState()
        both = QSplitter(Qt.Orientation.Vertical)
        both.addWidget(self.list)
        both.addWidget(self.detail)
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 1)
        both.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.changes)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.list)
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self.entered)
        self.detail.marked.connect(self.list.cards.renew)

    def show_cards(self, row: Row | None, cards: Sequence[Card], finding: AnyFinding | None) -> None:
        """Show the findings of a document, one of them chosen, or why there are none."""
        self._row = row
        self.list.show_cards(row, cards)
        self.detail.show_card(None, None)
        if finding is not None:
            self.list.select(finding)
        self._stack.setCurrentIndex(0 if cards else 1)
        if not cards:
            self._explain_absence()
        self.show_changes()

    def show_changes(self) -> None:
        """Say what became of the findings of the check before, or that the check is under way."""
        text = _changes(self._session)
        self.changes.setText(text)
        self.changes.setVisible(bool(text))

    def renew_values(self) -> None:
        """Values are hidden or shown again."""
        self.list.cards.renew()
        self.detail.show_card(self._row, self.list.card())

    def _choose(self, finding: AnyFinding) -> None:
        self.detail.show_card(self._row, self.list.card())
        self.chosen.emit(finding)

    def _explain_absence(self) -> None:
        say, row = self._session.wording.say, self._row
        if row is None and self._session.state.busy:
            self.empty.offer(say("gui.correct.checking"))
        elif row is None:
            key = "gone" if self._session.current else "nothing_open"
            self.empty.offer(
                say(f"gui.correct.{key}"), say("gui.correct.to_results"), lambda: self.go.emit(RESULTS)
            )
        elif row.verdict is Verdict.CLEAN:
            text = "\n".join(
                (say("gui.correct.clean"), say("report.in_full.clean"), say("gui.correct.clean_next"))
            )
            self.empty.offer(text, say("gui.correct.to_write"), lambda: self.go.emit(WRITE))
        else:
            words = verdict_text(self._session.wording, row.verdict)
            said = (words, say(f"report.in_full.{row.verdict.value}"), mask(self._session).note(row.note))
            self.empty.offer("\n".join(text for text in said if text))


def _changes(session: Session) -> str:
    say = session.wording.say
    if session.state.busy:
        return say("gui.correct.checking")
    change = session.changes.files.get(session.current) if session.changes else None
    if change is None:
        return ""
    counts = {name: len(getattr(change, name)) for name in ("mended", "left", "new", "unsure")}
    text = say("gui.correct.changes", **counts)
    return text + (say("gui.correct.changes_unsure", **counts) if change.unsure else "")
