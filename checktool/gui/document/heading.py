"""The line above a document: its name, verdict and form, where it stands in the list, on to the next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from checktool.gui.frame import Banner
from checktool.gui.rows import Row
from checktool.gui.session import Session
from checktool.gui.tables.shown import verdict_text
from checktool.reporting.listing import form_text


class ElidedLabel(QLabel):
    """A label that shortens its text in the middle; the whole text is its tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show a text as far as there is room."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the text into the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width()))


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
        self.form, self.number = ElidedLabel(), QLabel()
        self.form.setProperty("role", "muted")
        self.number.setProperty("role", "muted")
        self.previous = QPushButton(say("gui.correct.previous"))
        self.previous.setToolTip(say("gui.correct.previous_hint"))
        self.next = QPushButton(say("gui.correct.next"))
        self.next.setToolTip(say("gui.correct.next_hint"))
        self.previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.next.clicked.connect(lambda: self.step_wanted.emit(1))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.verdict)
        line.addWidget(self.name, 3)
        line.addWidget(self.form, 2)
        for widget in (self.number, self.previous, self.next):
            line.addWidget(widget)

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
