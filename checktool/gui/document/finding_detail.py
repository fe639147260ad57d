"""One finding in full: value, reason, what to do, who mends it, source of the rule, code, place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checktool.gui.assignments import PEOPLE
from checktool.gui.document.cards import Card, notes_of, parts_of
from checktool.gui.rows import Row
from checktool.gui.session import Session

FOCUS = """
FindingDetail { border: 2px solid transparent; }
FindingDetail:focus { border: 2px solid palette(highlight); }
"""
KEYS = ("value", "message", "fix", "place", "files", "who", "rule_source", "code", "notes")


class FindingDetail(QScrollArea):
    """Shows a card; ``marked`` comes when someone was chosen who mends it."""

    marked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row: Row | None = None
        self._card: Card | None = None
        say = session.wording.say
        self.setWidgetResizable(True)
        self.setStyleSheet(FOCUS)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(say("gui.correct.detail_name"))
        inner = QWidget()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self.labels: dict[str, QLabel] = {}
        self.texts: dict[str, QLabel] = {}
        for row, key in enumerate(KEYS):
            self._add(2 * row, key)
        self._grid.addLayout(self._people(), 2 * KEYS.index("who") + 1, 1)
        column = QVBoxLayout(inner)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidget(inner)
        self.show_card(None, None)

    def show_card(self, row: Row | None, card: Card | None) -> None:
        """Show a card of a document, or nothing."""
        self._row, self._card = row, card
        parts = dict(parts_of(self._session, row, card.finding, card.section)) if row and card else {}
        who, marked = self._who()
        if marked:
            parts["who"] = ""
        parts["notes"] = "\n".join(notes_of(self._session, row)) if row else ""
        for key in KEYS:
            text = parts.get(key, "")
            self.texts[key].setText(text)
            self.texts[key].setAccessibleName(f"{self.labels[key].text()} {text}")
            self.texts[key].setToolTip(text if key == "value" else "")
            self.labels[key].setVisible(bool(text) or (marked and key == "who"))
            self.texts[key].setVisible(bool(text))
        self._group.setExclusive(False)
        for name, button in self.buttons.items():
            button.setChecked(name == who)
            button.setVisible(card is not None and not card.past)
        self._group.setExclusive(True)

    def _who(self) -> tuple[str, bool]:
        """Who mends the finding, and whether a button says it."""
        row, card = self._row, self._card
        if row is None or card is None:
            return "", False
        who = self._session.assignments.who(self._session.wording, row.report, card.finding)
        return who, who in self.buttons and not card.past

    def _add(self, row: int, key: str) -> None:
        label = QLabel(self._session.wording.say(f"gui.correct.{key}"))
        label.setProperty("role", "muted")
        text = QLabel(wordWrap=True)
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setBuddy(text)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(label, row, 0, 2 if key == "who" else 1, 1, top)
        self._grid.addWidget(text, row, 1, top)
        self.labels[key], self.texts[key] = label, text

    def _people(self) -> QHBoxLayout:
        say = self._session.wording.say
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        line = self._line = QHBoxLayout()
        for name in PEOPLE:
            button = QPushButton(say(f"gui.correct.mark.{name}"))
            button.setCheckable(True)
            button.setAccessibleName(say("gui.correct.who_name", name=say(f"report.who.{name}")))
            button.setToolTip(button.accessibleName())
            button.clicked.connect(lambda _=False, name=name: self._mark(name))
            self._group.addButton(button)
            self.buttons[name] = button
            line.addWidget(button)
        line.addStretch(1)
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the buttons below each other where they do not fit side by side."""
        super().resizeEvent(event)
        beside = max(label.sizeHint().width() for label in self.labels.values())
        wanted = sum(button.sizeHint().width() + self._line.spacing() for button in self.buttons.values())
        narrow = beside + wanted + 4 * self._line.spacing() > self.viewport().width()
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def _mark(self, who: str) -> None:
        if self._row is not None and self._card is not None:
            self._session.assignments.mark(self._row.report, self._card.finding, who)
            self.show_card(self._row, self._card)
            self.marked.emit()
