"""The document itself, as its form or as its source: read beside the window, shown when it is there."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checktool.errors import CheckToolError
from checktool.gui.document.form_view import FormView
from checktool.gui.document.opening import Opened, open_job
from checktool.gui.document.source_view import SourceView
from checktool.gui.frame import EmptyState
from checktool.gui.rows import AnyFinding, Row
from checktool.gui.session import Session
from checktool.gui.worker import Worker
from checktool.model.finding import Finding

CHANGED = "F010"


class DocumentViews(QWidget):
    """The two views of one document. ``finding_wanted`` comes from both; ``hide_toggled`` from the box."""

    finding_wanted = Signal(object)
    hide_toggled = Signal(bool)
    recheck_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row: Row | None = None
        self._findings: Sequence[AnyFinding] = ()
        self._finding: AnyFinding | None = None
        self.opened: Opened | None = None
        self._worker = Worker(self)
        self._worker.finished.connect(self._finished)
        self._worker.failed.connect(self._failed)
        self.form, self.source = FormView(session), SourceView(session.wording)
        self.form_empty, self.source_empty = EmptyState(), EmptyState()
        self.note = QLabel(wordWrap=True)
        self.note.setProperty("role", "muted")
        self._stack = QStackedWidget()
        for widget in (self.form, self.source, self.form_empty, self.source_empty):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._bar())
        column.addWidget(self._stack, 1)
        column.addWidget(self.note)
        for view in (self.form, self.source):
            view.finding_wanted.connect(self.finding_wanted)

    def _bar(self) -> QHBoxLayout:
        say = self._session.wording.say
        self.by_form = QPushButton(say("gui.correct.by_form"))
        self.by_source = QPushButton(say("gui.correct.by_source"))
        self.hide_box = QCheckBox(say("gui.correct.hide"))
        self.hide_box.setToolTip(say("gui.correct.hide_hint"))
        self.hide_box.toggled.connect(self.hide_toggled)
        self._choice = QButtonGroup(self)
        line = QHBoxLayout()
        line.setSpacing(2)
        for button in (self.by_form, self.by_source):
            button.setCheckable(True)
            button.setToolTip(say("gui.correct.switch_hint"))
            self._choice.addButton(button)
            line.addWidget(button)
        self.by_form.setChecked(True)
        line.addStretch(1)
        line.addWidget(self.hide_box)
        self._choice.buttonClicked.connect(lambda _button: self._arrange())
        return line

    def open(self, row: Row | None, findings: Sequence[AnyFinding], finding: AnyFinding | None) -> None:
        """Show a document with its findings, at one of them."""
        self._row, self._findings, self._finding = row, findings, finding
        self.opened = None
        self._show_opened()
        self._worker.let_go()
        if row is not None:
            self._worker.start(open_job(self._session, row, _place(finding)))

    def show_findings(self, findings: Sequence[AnyFinding]) -> None:
        """The findings of the document have changed, the document has not."""
        self._findings = findings
        self._show_opened()

    def go_to(self, finding: AnyFinding) -> None:
        """Bring a finding into view; of a large file the part around it is read."""
        self._finding = finding
        self.form.go_to(finding)
        here = not isinstance(finding, Finding) or self.opened is None or self.source.holds(finding)
        known = self._row is not None and self._session.source_of(self._row.report.source) is not None
        if not here and known and self._row is not None and not self._worker.busy:
            self._worker.start(open_job(self._session, self._row, _place(finding)))
        self.source.go_to(finding)

    def renew_values(self) -> None:
        """Values are hidden or shown again."""
        self.hide_box.blockSignals(True)
        self.hide_box.setChecked(self._session.hide_values)
        self.hide_box.blockSignals(False)
        self.form.renew()
        self.source.show_opened(self.opened, self._findings, self._session.hide_values)
        if self._finding is not None:
            self.source.go_to(self._finding)

    def switch(self) -> None:
        """From the form to the source or back; the keyboard goes with it."""
        held = self._stack.isAncestorOf(self.focusWidget() or self)
        (self.by_form if self.by_source.isChecked() else self.by_source).setChecked(True)
        self._arrange()
        if held:
            self.view().setFocus()

    def view(self) -> QWidget:
        """The view that is in front."""
        return self._stack.currentWidget() or self

    def close_document(self) -> None:
        """Read nothing more."""
        self._worker.let_go()

    def _finished(self, result: object) -> None:
        if isinstance(result, Opened):
            self.opened = result
            self._show_opened()

    def _failed(self, error: CheckToolError) -> None:
        said = self._session.wording.error(error)
        for empty in (self.form_empty, self.source_empty):
            empty.offer(f"{said.message}{said.fix}（{error.code}）")
        self._stack.setCurrentWidget(self.form_empty)

    def _show_opened(self) -> None:
        opened = self.opened
        self.form.show_sheet(opened.sheet if opened else None, self._findings)
        self.source.show_opened(opened, self._findings, self._session.hide_values)
        self._explain_absence()
        if self._finding is not None:
            self.form.go_to(self._finding)
            self.source.go_to(self._finding)
        self._arrange()

    def _arrange(self) -> None:
        """Bring what is wanted to the front, or why it is not there, and say what part of it is shown."""
        opened = self.opened
        if self.by_form.isChecked():
            self._stack.setCurrentWidget(self.form if opened and opened.sheet else self.form_empty)
        else:
            self._stack.setCurrentWidget(self.source if opened and opened.excerpt.text else self.source_empty)
        self.note.setText(self._note())
        self.note.setVisible(bool(self.note.text()))

    def _explain_absence(self) -> None:
        say, opened = self._session.wording.say, self.opened
        if opened is None:
            for empty in (self.form_empty, self.source_empty):
                empty.offer(say("gui.correct.source.reading") if self._row else "")
            return
        if opened.trouble is not None and opened.trouble.code == CHANGED:
            for empty in (self.form_empty, self.source_empty):
                empty.offer(
                    say("gui.correct.source.changed"), say("gui.correct.again"), self.recheck_wanted.emit
                )
            return
        reason = say("gui.correct.form.none")
        known = {finding.code for finding in self._findings}
        if opened.trouble is not None and opened.trouble.code not in known:
            said = self._session.wording.explain(opened.trouble)
            reason += f"\n{said.message}\n{said.fix}"
        elif self._row is not None:
            key = "large" if self._row.report.form else "unread" if opened.trouble else "unknown_form"
            reason += "\n" + say(f"gui.correct.form.{key}")
        self.form_empty.offer(reason, say("gui.correct.by_source"), self.switch)
        self.source_empty.offer(say("gui.correct.source.none"))

    def _note(self) -> str:
        say, opened = self._session.wording.say, self.opened
        if opened is None:
            return ""
        if self.by_form.isChecked():
            cut = opened.sheet.left_out if opened.sheet else 0
            return say("gui.correct.form.cut", count=cut) if cut else ""
        part = opened.excerpt
        record = self._session.source_of(opened.source)
        key = (
            "part"
            if part.more_before or part.more_after
            else "record"
            if record and record.name != opened.source
            else ""
        )
        last = part.line + part.text.count("\n")
        return say(f"gui.correct.source.{key}", first=part.line, last=last) if key else ""


def _place(finding: AnyFinding | None) -> tuple[int, int]:
    place = finding.location if isinstance(finding, Finding) else None
    return (max(place.line, 1), max(place.column, 1)) if place else (1, 1)
