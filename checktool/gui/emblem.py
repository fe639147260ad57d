"""A drawing in the colours of the theme: sheets that are put into a tray."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from checktool.gui.theme import current

UNITS = 24.0
LINES = 4


class Emblem(QWidget):
    """As high as some lines of text; says nothing that the words beside it do not say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A square of some lines."""
        side = self.fontMetrics().height() * LINES
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the sheet, its lines, an arrow down, and the tray."""
        side, theme = min(self.width(), self.height()), current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate((self.width() - side) / 2, (self.height() - side) / 2)
        painter.scale(side / UNITS, side / UNITS)
        pen = QPen(QColor(theme.accent), 1.2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(QColor(theme.alternate))
        painter.drawRoundedRect(QRectF(6, 1, 12, 14), 1.2, 1.2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawLine(QPointF(12, 4), QPointF(12, 11))
        painter.drawPolyline(QPolygonF([QPointF(9, 8.3), QPointF(12, 11.3), QPointF(15, 8.3)]))
        tray = [(2, 14), (2, 21), (22, 21), (22, 14)]
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in tray]))
        painter.end()
