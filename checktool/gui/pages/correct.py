"""The page ③: one document, its findings, and the document itself as form or source."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from checktool.gui.comparison import Identity, identity
from checktool.gui.dialogs.explain import ExplainDialog
from checktool.gui.document.cards import Card, cards_of, text_of
from checktool.gui.document.findings_side import FindingsSide
from checktool.gui.document.heading import Heading
from checktool.gui.document.placing import Guide
from checktool.gui.document.views import DocumentViews
from checktool.gui.pages.page import Command, Page
from checktool.gui.preferences import Preferences
from checktool.gui.rows import AnyFinding, Row
from checktool.gui.session import Session
from checktool.wording import Wording

SIDES = "correct/sides"


class CorrectPage(Page):
    """Findings on the left, what they are about on the right."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(session, wording, parent)
        self._guide = Guide(session.pack)
        self._row: Row | None = None
        self._cards: list[Card] = []
        self._seen: object = None
        self._hidden = session.hide_values
        self._chosen: tuple[str, Identity] | None = None
        self.heading = Heading(session)
        self.side = FindingsSide(session)
        self.views = DocumentViews(session)
        self.copy, self.explain, self.again = (
            QPushButton(self.say(f"correct.{name}")) for name in ("copy", "explain", "again")
        )
        self.copy.setToolTip(self.say("correct.copy_hint"))
        self.said = QLabel()
        self.said.setProperty("role", "muted")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        sides = self.sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self.side)
        sides.addWidget(self.views)
        sides.setStretchFactor(0, 2)
        sides.setStretchFactor(1, 3)
        sides.setChildrenCollapsible(False)
        sides.setSizes([400, 600])
        sides.restoreState(Preferences().state(SIDES))
        self.buttons = QHBoxLayout()
        self.buttons.addWidget(self.said, 1)
        for button in (self.copy, self.explain, self.again):
            self.buttons.addWidget(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.heading)
        page.addWidget(sides, 1)
        page.addLayout(self.buttons)
        self.setFocusProxy(self.side)

    def _connect(self) -> None:
        self.heading.step_wanted.connect(self._step)
        self.side.chosen.connect(self._choose)
        self.side.entered.connect(self._enter)
        self.side.go.connect(self.go)
        self.views.finding_wanted.connect(self._return_to)
        self.views.hide_toggled.connect(self._hide)
        self.views.recheck_wanted.connect(self.recheck_requested)
        self.copy.clicked.connect(self.copy_text)
        self.explain.clicked.connect(self.explain_finding)
        self.again.clicked.connect(self.recheck_requested)

    def shown(self) -> None:
        """Show the opened document; what has not changed since the last time stays as it is."""
        session = self.session
        if not session.current and session.rows:
            session.open(session.rows[session.order[0] if session.order else 0].report.source)
        self._follow()
        row, seen = session.current_row(), (session.state, session.changes)
        waiting = row is None and session.state.busy and self._is_current(self._row)
        if row is not self._row and not waiting:
            self._show_row(row)
        elif seen != self._seen:
            self._cards = cards_of(session, self._row, self._guide) if self._row else []
            self.side.show_cards(self._row, self._cards, self._chosen_now() or self._first())
        elif session.finding is not None:
            self.side.list.select(session.finding)
        if session.hide_values != self._hidden:
            self._renew_values()
        self._seen = seen
        session.finding = None
        self.heading.show_row(self._row)
        self.again.setEnabled(not session.state.busy and bool(session.paths))

    def commands(self) -> Mapping[str, Command]:
        """Moving between documents and findings, and what can be done with them."""
        usable: dict[str, Command] = {"switch_view": self.views.switch}
        for name, step in (("next", 1), ("previous", -1)):
            if self.session.neighbour(step):
                usable[f"{name}_file"] = lambda step=step: self._step(step)  # type: ignore[misc]
            if self.side.list.neighbour(step) is not None:
                usable[f"{name}_finding"] = lambda step=step: self._finding_step(step)  # type: ignore[misc]
        if self._row is not None:
            usable["copy_text"] = self.copy_text
        if self.side.list.finding() is not None:
            usable["explain"] = self.explain_finding
        return usable

    def closing(self) -> bool:
        """Nothing here keeps the window open; how wide the sides are is remembered."""
        self.views.close_document()
        Preferences().keep(SIDES, self.sides.saveState())
        return True

    def copy_text(self) -> None:
        """Put the findings of the document onto the clipboard as text."""
        if self._row is not None:
            QGuiApplication.clipboard().setText(text_of(self.session, self._row, self._cards))
            self.said.setText(
                self.say("correct.copied_hidden" if self.session.hide_values else "correct.copied")
            )

    def explain_finding(self) -> None:
        """Explain the current finding."""
        finding = self.side.list.finding()
        if finding is not None:
            dialog = ExplainDialog(self.session, finding, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _show_row(self, row: Row | None) -> None:
        """Another document, or the same one checked again: the finding at hand stays chosen."""
        self._row = row
        self.said.clear()
        self._cards = cards_of(self.session, row, self._guide) if row else []
        finding = self.session.finding or self._chosen_now() or self._first()
        self.views.open(row, row.findings if row else (), finding)
        self.side.show_cards(row, self._cards, finding)
        self.copy.setEnabled(row is not None)
        self.explain.setEnabled(bool(self._cards))

    def _follow(self) -> None:
        """The opened document came back under another name: go on with it there."""
        session, before = self.session, self._row
        if before is None or session.state.busy or session.current_row() or not before.report.key:
            return
        same = (row.report.source for row in session.rows if row.report.key == before.report.key)
        session.current = next(same, session.current)
        if self._chosen is not None:
            self._chosen = (session.current, self._chosen[1])

    def _is_current(self, row: Row | None) -> bool:
        return row is not None and row.report.source == self.session.current

    def _chosen_now(self) -> AnyFinding | None:
        """The finding that was chosen in this document before it was checked again."""
        source = self.session.current
        if self._chosen is None or self._chosen[0] != source:
            return None
        wanted = self._chosen[1]
        return next((one for one in self._present() if identity(one, source) == wanted), None)

    def _first(self) -> AnyFinding | None:
        return next(self._present(), None) or next((card.finding for card in self._cards), None)

    def _present(self) -> Iterator[AnyFinding]:
        return (card.finding for card in self._cards if not card.past)

    def _choose(self, finding: AnyFinding) -> None:
        self._chosen = (self.session.current, identity(finding, self.session.current))
        self.said.clear()
        self.views.go_to(finding)
        self.changed.emit()

    def _enter(self, finding: AnyFinding) -> None:
        """Enter in the list: to the place in the document."""
        self.views.go_to(finding)
        self.views.view().setFocus()

    def _return_to(self, finding: AnyFinding) -> None:
        """Enter or a click at a finding in the document: to the list."""
        self.side.list.select(finding)
        self.side.list.setFocus()

    def _step(self, step: int) -> None:
        source = self.session.neighbour(step)
        if source:
            self.session.open(source)
            self.shown()
            self.changed.emit()

    def _finding_step(self, step: int) -> None:
        finding = self.side.list.neighbour(step)
        if finding is not None:
            self.side.list.select(finding)

    def _hide(self, hide: bool) -> None:
        self.session.hide_values = hide
        self._renew_values()
        self.changed.emit()

    def _renew_values(self) -> None:
        self._hidden = self.session.hide_values
        self.said.clear()
        self.side.renew_values()
        self.views.renew_values()
