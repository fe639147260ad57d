"""The list of the findings of one document, by section and item."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from checktool.gui.document.cards import MENDED, Card, Words, words_of
from checktool.gui.rows import AnyFinding, Row
from checktool.gui.session import Session
from checktool.gui.tables.shown import mask, tooltip
from checktool.gui.theme import current
from checktool.model.report import Verdict

Place = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
CARD_ROLE, WORDS_ROLE = Role.UserRole, Role.UserRole + 1
STATES = (Verdict.UNCHECKED, Verdict.CONFIRM, Verdict.CORRECT, Verdict.UNCHECKED)
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class FindingCards(QAbstractListModel):
    """Sections and cards; a section is a row with a string in place of a ``Card``."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row: Row | None = None
        self.lines: list[str | Card] = []

    def show_cards(self, row: Row | None, cards: Sequence[Card]) -> None:
        """Show the findings of a document."""
        self.beginResetModel()
        self._row, self.lines = row, []
        for section, found in groupby(cards, key=lambda card: card.section):
            self.lines += [section, *found]
        self.endResetModel()

    def renew(self) -> None:
        """Values are hidden or shown again, or someone else mends a finding."""
        if self.lines:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))

    def card_at(self, row: int) -> Card | None:
        """The card of a row, None for a section."""
        line = self.lines[row] if 0 <= row < len(self.lines) else ""
        return line if isinstance(line, Card) else None

    def row_of(self, finding: AnyFinding) -> int:
        """The row of a finding, -1 when it is not there."""
        rows = (
            row for row, line in enumerate(self.lines) if isinstance(line, Card) and line.finding is finding
        )
        return next(rows, -1)

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Place) -> Qt.ItemFlag:
        """Sections are no stops for the keyboard."""
        chosen = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return chosen if self.card_at(index.row()) else Qt.ItemFlag.NoItemFlags

    def data(self, index: Place, role: int = Role.DisplayRole) -> Any:
        """A row: its card, its words, all of them as one text."""
        if not index.isValid() or self._row is None:
            return None
        line = self.lines[index.row()]
        if isinstance(line, str):
            return line if role in (Role.DisplayRole, Role.AccessibleTextRole) else None
        if role == CARD_ROLE:
            return line
        if role == WORDS_ROLE:
            return words_of(self._session, self._row, line)
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            words = words_of(self._session, self._row, line)
            said = (words.state, words.change, words.item, words.title, line.finding.code, words.who)
            return "　".join(part for part in said if part)
        return (
            tooltip(mask(self._session).explain(line.finding), line.finding)
            if role == Role.ToolTipRole
            else None
        )


class FindingList(QListView):
    """The list. ``chosen`` tells the finding that is current now, ``entered`` that its place is wanted."""

    chosen = Signal(object)
    entered = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(session.wording.say("gui.correct.findings_name"))
        self.setAccessibleDescription(session.wording.say("gui.correct.findings_description"))
        self.cards = FindingCards(session, self)
        self.setModel(self.cards)
        self.setItemDelegate(_Delegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMinimumHeight(self.fontMetrics().height() * 5)
        self.activated.connect(lambda index: self._tell(self.entered, index.row()))

    def show_cards(self, row: Row | None, cards: Sequence[Card]) -> None:
        """Show the findings of a document."""
        self.cards.show_cards(row, cards)

    def finding(self) -> AnyFinding | None:
        """The current finding."""
        card = self.card()
        return card.finding if card else None

    def card(self) -> Card | None:
        """The current card."""
        return self.cards.card_at(self.currentIndex().row())

    def select(self, finding: AnyFinding) -> None:
        """Make a finding current."""
        row = self.cards.row_of(finding)
        if row >= 0:
            self.setCurrentIndex(self.cards.index(row))
            self.scrollTo(self.cards.index(max(0, row - 1)))
            self.scrollTo(self.cards.index(row))

    def neighbour(self, step: int) -> AnyFinding | None:
        """The next (1) or previous (-1) finding that stands in the document, None at the end."""
        row = self.currentIndex().row() + step
        while 0 <= row < len(self.cards.lines):
            card = self.cards.card_at(row)
            if card is not None and not card.past:
                return card.finding
            row += step
        return None

    def currentChanged(self, index: Place, before: Place) -> None:  # noqa: N802
        """Tell which finding is current."""
        super().currentChanged(index, before)
        self._tell(self.chosen, index.row())

    def _tell(self, signal: Any, row: int) -> None:
        card = self.cards.card_at(row)
        if card is not None:
            signal.emit(card.finding)


class _Delegate(QStyledItemDelegate):
    """Two lines a finding: state and item, title and who mends it; a section is a small heading."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Place) -> QSize:  # noqa: N802
        """Room for one or two lines."""
        unit = QFontMetrics(self._view.font()).height()
        return QSize(unit * 8, unit * 5 // 3 if index.data(CARD_ROLE) is None else unit * 17 // 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Place) -> None:
        """Draw a row."""
        painter.save()
        rect = QRect(option.rect)
        card: Card | None = index.data(CARD_ROLE)
        if card is None:
            self._section(painter, rect, str(index.data()))
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            self._card(painter, rect, card, index.data(WORDS_ROLE), selected)
        painter.restore()

    def _section(self, painter: QPainter, rect: QRect, text: str) -> None:
        painter.setFont(self._bold())
        painter.setPen(QColor(current().accent))
        pad = self._pad()
        inner = rect.adjusted(pad, 0, -pad, -2)
        painter.drawText(
            inner, LEFT | Qt.AlignmentFlag.AlignBottom, self._cut(text, inner.width(), bold=True)
        )

    def _card(self, painter: QPainter, rect: QRect, card: Card, words: Words, selected: bool) -> None:
        theme, pad = current(), self._pad()
        verdict = Verdict.CLEAN if card.change == MENDED else STATES[card.state]
        if selected:
            painter.fillRect(rect, QColor(theme.alternate))
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.fillRect(
            rect.left(), rect.top() + 2, max(3, pad // 3), rect.height() - 4, theme.verdict(verdict)
        )
        inner = rect.adjusted(pad * 2, pad // 2, -pad, -pad // 2)
        upper = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        lower = upper.translated(0, upper.height())
        room = self._right(painter, upper, words.change, theme.accent)
        bold = QFontMetrics(self._bold())
        painter.setFont(self._bold())
        painter.setPen(theme.verdict(verdict))
        painter.drawText(upper, LEFT | MIDDLE, words.state)
        used = bold.horizontalAdvance(words.state) + pad
        painter.setPen(QColor(theme.text))
        item = upper.adjusted(used, 0, -room, 0)
        painter.drawText(item, LEFT | MIDDLE, self._cut(words.item or words.title, item.width(), bold=True))
        painter.setFont(self._view.font())
        room = self._right(painter, lower, words.who, theme.muted)
        painter.setPen(QColor(theme.muted))
        text = f"{card.finding.code}　{words.title}" if words.item else card.finding.code
        painter.drawText(lower.adjusted(0, 0, -room, 0), LEFT | MIDDLE, self._cut(text, lower.width() - room))

    def _right(self, painter: QPainter, rect: QRect, text: str, colour: str) -> int:
        """Draw a short text at the right edge; the room that it takes."""
        if not text:
            return 0
        painter.setFont(self._view.font())
        painter.setPen(QColor(colour))
        text = self._cut(text, rect.width() // 2)
        painter.drawText(rect, RIGHT | MIDDLE, text)
        return QFontMetrics(self._view.font()).horizontalAdvance(text) + self._pad()

    def _cut(self, text: str, width: int, bold: bool = False) -> str:
        metrics = QFontMetrics(self._bold() if bold else self._view.font())
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))

    def _bold(self) -> QFont:
        font = QFont(self._view.font())
        font.setBold(True)
        return font

    def _pad(self) -> int:
        return max(5, self._view.fontMetrics().averageCharWidth())
