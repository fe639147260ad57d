"""The margin of the source view: line numbers of the file, and a glyph where a finding stands."""

from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QWidget

from checktool.gui.document.form_delegate import VERDICTS
from checktool.gui.theme import current
from checktool.model.finding import Severity


class Numbered(Protocol):
    """What the margin asks of the view that it belongs to."""

    first_line: int

    def margin_width(self) -> int:
        """How wide the margin is."""
        ...

    def blocks_in_view(self) -> list[tuple[QTextBlock, int, int]]:
        """The blocks in view with top and bottom in pixels."""
        ...

    def mark_at(self, line: int) -> tuple[Severity, str] | None:
        """The gravest finding of a line of the file, by severity and glyph."""
        ...


class LineNumbers(QWidget):
    """Paints the numbers; ``line_clicked`` tells the line of the file that was clicked."""

    line_clicked = Signal(int)

    def __init__(self, view: QWidget, numbered: Numbered) -> None:
        super().__init__(view)
        self._numbered = numbered

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as the view says."""
        return QSize(self._numbered.margin_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the numbers of the blocks in view."""
        theme, painter = current(), QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.window))
        painter.setFont(self.font())
        height = self.fontMetrics().height()
        pad = self.fontMetrics().horizontalAdvance("0") // 2
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        for block, top, _bottom in self._numbered.blocks_in_view():
            line = self._numbered.first_line + block.blockNumber()
            mark = self._numbered.mark_at(line)
            painter.setPen(QColor(theme.muted))
            if mark is not None:
                verdict = VERDICTS[mark[0]]
                painter.fillRect(0, top, self.width(), height, theme.ground(verdict))
                painter.setPen(theme.verdict(verdict))
                painter.drawText(pad, top, self.width(), height, left, mark[1])
            painter.drawText(0, top, self.width() - pad, height, right, str(line))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tell which line was clicked."""
        y = event.position().y()
        for block, top, bottom in self._numbered.blocks_in_view():
            if top <= y < bottom:
                self.line_clicked.emit(self._numbered.first_line + block.blockNumber())
                return
