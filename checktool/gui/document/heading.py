"""The line above a document: its name, verdict and form, where it stands in the list, on to the next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from checktool.gui.fitting import ElidedLabel, Pair
from checktool.gui.frame import Banner
from checktool.gui.rows import Row
from checktool.gui.session import Session
from checktool.gui.tables.shown import verdict_text
from checktool.reporting.listing import form_text

LEAST_NAME, LEAST_FORM = 14, 28


class Heading(QWidget):
    """What document is open; ``step_wanted`` asks for the next (1) or previous (-1) one."""

    step_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        say = session.wording.say
        self.verdict = Banner()
        self.verdict.label.setWordWrap(False)
        self.name = ElidedLabel()
        self.name.setProperty("role", "name")
        self.form, self.number = ElidedLabel(), QLabel()
        self.form.setProperty("role", "muted")
        self.number.setProperty("role", "muted")
        self.previous = QPushButton(say("gui.correct.previous"))
        self.previous.setToolTip(say("gui.correct.previous_hint"))
        self.next = QPushButton(say("gui.correct.next"))
        self.next.setToolTip(say("gui.correct.next_hint"))
        self.previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.next.clicked.connect(lambda: self.step_wanted.emit(1))
        what, where, both = QWidget(), QWidget(), QVBoxLayout(self)
        line, steps = QHBoxLayout(what), QHBoxLayout(where)
        line.addWidget(self.verdict)
        for name in (self.name, self.form):
            line.addWidget(name, 1)
        steps.addStretch(1)
        for widget in (self.number, self.previous, self.next):
            steps.addWidget(widget)
        both.addWidget(Pair(what, where))
        for layout in (line, steps, both):
            layout.setContentsMargins(0, 0, 0, 0)
        self.name.setMinimumWidth(self.fontMetrics().averageCharWidth() * LEAST_NAME)
        self.form.setMinimumWidth(self.fontMetrics().averageCharWidth() * LEAST_FORM)

    def show_row(self, row: Row | None) -> None:
        """Show a document, or nothing."""
        session, source = self._session, session_source(self._session, row)
        self.name.show_text(source)
        self.form.show_text(form_text(row.report, session.wording) if row else "")
        self.verdict.setVisible(row is not None)
        if row is not None:
            sample = session.pack.info.status == "sample"
            mark = session.wording.say("report.sample_mark") if sample else ""
            self.verdict.show_text(verdict_text(session.wording, row.verdict) + mark, row.verdict.value)
        order = session.order if session.order else range(len(session.rows))
        place = session.place(source) if source else None
        there = row is not None and place is not None and place in order
        params = (
            {"number": order.index(place) + 1, "total": len(order)} if there and place is not None else {}
        )
        self.number.setText(session.wording.say("gui.correct.of", **params) if params else "")
        self.previous.setEnabled(there and bool(session.neighbour(-1)))
        self.next.setEnabled(there and bool(session.neighbour(1)))


def session_source(session: Session, row: Row | None) -> str:
    """The name of the opened document, also while it is checked again."""
    return row.report.source if row else session.current
