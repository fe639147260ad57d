"""How a line of the form is drawn: heads across, items as label and field, findings on a calm ground."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from checktool.gui.document.form_model import LINE_ROLE, Column, Kind, Line
from checktool.gui.theme import current
from checktool.model.finding import Severity
from checktool.model.report import Verdict

Place = QModelIndex | QPersistentModelIndex
MOST_LINES = 8
WIDEST = "\u3000"
VERDICTS = {
    Severity.ERROR: Verdict.CORRECT,
    Severity.WARNING: Verdict.CONFIRM,
    Severity.INFO: Verdict.UNCHECKED,
}
WRAPPED = Qt.TextFlag.TextWordWrap
ANYWHERE = Qt.TextFlag.TextWrapAnywhere
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class FormDelegate(QStyledItemDelegate):
    """Draws and measures the cells of a form view, in the colours of the theme and the size of its font."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Place) -> QSize:  # noqa: N802
        """The height that the text of a cell needs in its width, some lines at most."""
        line: Line = index.data(LINE_ROLE)
        metrics = QFontMetrics(self._view.font())
        unit = metrics.height()
        if line.kind is not Kind.ITEM and index.column() != Column.LABEL:
            return QSize(0, 0)
        width = self._view.columnWidth(index.column())
        if line.kind is not Kind.ITEM:
            width = self._view.viewport().width()
        margins = 2 * self._padding() + (
            self._padding() * 2 + self._indent(line) if line.kind is Kind.FINDING else 4
        )
        room = QRect(0, 0, max(unit, width - margins), unit * MOST_LINES)
        text = str(index.data() or "")
        fits = len(text) * metrics.horizontalAdvance(WIDEST) <= room.width() and "\n" not in text
        needed = 0 if fits else metrics.boundingRect(room, _flags(line, index.column()), text).height()
        above = unit // 2 if line.kind is Kind.HEAD else 0
        return QSize(width, min(max(needed, unit), room.height()) + unit * 3 // 4 + above)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Place) -> None:
        """Draw a cell."""
        line: Line = index.data(LINE_ROLE)
        painter.save()
        painter.setFont(self._view.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, state = QRect(option.rect), option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, QColor(current().alternate))
        text = str(index.data() or "")
        if line.kind is Kind.HEAD:
            self._head(painter, rect, text)
        elif line.kind is Kind.FINDING:
            self._finding(painter, rect, text, line)
        elif index.column() == Column.VALUE:
            self._field(painter, rect, text, line)
        else:
            self._plain(painter, rect, text, index.column())
        if selected:
            self._frame(painter, rect, line, index.column())
        painter.restore()

    def _padding(self) -> int:
        return max(4, self._view.fontMetrics().averageCharWidth())

    def _indent(self, line: Line) -> int:
        return self._view.fontMetrics().averageCharWidth() * 3 if line.kind is Kind.FINDING else 0

    def _head(self, painter: QPainter, rect: QRect, text: str) -> None:
        font = QFont(self._view.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(current().accent))
        inner = rect.adjusted(self._padding(), 0, -self._padding(), -3)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)
        painter.setPen(QPen(QColor(current().border), 1))
        painter.drawLine(inner.left(), rect.bottom(), inner.right(), rect.bottom())

    def _finding(self, painter: QPainter, rect: QRect, text: str, line: Line) -> None:
        verdict = VERDICTS[line.grave or Severity.INFO]
        box = rect.adjusted(self._padding() + self._indent(line), 2, -self._padding(), -2)
        painter.setPen(QPen(current().verdict(verdict), 1))
        painter.setBrush(current().ground(verdict))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(current().verdict(verdict))
        painter.drawText(box.adjusted(self._padding(), 1, -self._padding(), -1), LEFT | WRAPPED, text)

    def _field(self, painter: QPainter, rect: QRect, text: str, line: Line) -> None:
        theme, entry = current(), line.entry
        box = rect.adjusted(2, 2, -2, -2)
        pen, ground = QPen(QColor(theme.border), 1), QColor(theme.base)
        if line.grave is not None:
            verdict = VERDICTS[line.grave]
            pen, ground = QPen(theme.verdict(verdict), 2), theme.ground(verdict)
        if entry is not None and entry.value is None:
            pen.setStyle(Qt.PenStyle.DashLine)
            ground = QColor(theme.window) if line.grave is None else ground
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QColor(theme.text if entry is not None and entry.value else theme.muted))
        inner = box.adjusted(self._padding(), 1, -self._padding(), -1)
        painter.setClipRect(inner)
        painter.drawText(inner, LEFT | _flags(line, Column.VALUE), text)

    def _plain(self, painter: QPainter, rect: QRect, text: str, column: int) -> None:
        theme = current()
        painter.setPen(QColor(theme.text if column == Column.LABEL else theme.muted))
        inner = rect.adjusted(self._padding(), 1, -self._padding(), -1)
        painter.drawText(inner, LEFT | WRAPPED, text)

    def _frame(self, painter: QPainter, rect: QRect, line: Line, column: int) -> None:
        """The frame of the current line, across all its cells."""
        painter.setClipping(False)
        width = 2
        painter.setPen(QPen(QColor(current().accent), width))
        top, bottom = rect.top() + 1, rect.bottom()
        painter.drawLine(rect.left(), top, rect.right(), top)
        painter.drawLine(rect.left(), bottom, rect.right(), bottom)
        across = line.kind is not Kind.ITEM
        if across or column == Column.LABEL:
            painter.drawLine(rect.left() + 1, top, rect.left() + 1, bottom)
        if across or column == Column.MEANING:
            painter.drawLine(rect.right(), top, rect.right(), bottom)


def _flags(line: Line, column: int) -> int:
    value = line.kind is Kind.ITEM and column == Column.VALUE
    return int(ANYWHERE if value else WRAPPED)
