"""Which texts of a window cannot be read whole: what a widget needs, compared with what it has."""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QTabBar,
    QWidget,
)

from checktool.gui.fitting import ElidedLabel
from checktool.gui.pages.results_tables import Table

SLACK = 1
CELL_ROOM = 12
ROWS = 40


def cut_texts(top: QWidget, room: QSize | None = None, short: bool = False) -> list[str]:
    """What cannot be read whole in a window, and the window itself if it does not fit into its room.

    With ``short`` names and values are longer than any room, so that labels and cells may be shortened.
    """
    found = list(_too_large(top, room))
    for widget in top.findChildren(QWidget):
        if widget.isVisible() and widget.window() is top and not isinstance(top, QPrintPreviewDialog):
            found += _of_widget(widget, short)
    return found


def _too_large(top: QWidget, room: QSize | None) -> Iterator[str]:
    if room is not None and (top.width() > room.width() or top.height() > room.height()):
        yield f"{top.width()} x {top.height()} in {room.width()} x {room.height()}"


def _of_widget(widget: QWidget, short: bool) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _of_label(widget, short)
    elif isinstance(widget, QAbstractButton) and widget.text():
        yield from _of_size(widget, widget.text())
    elif isinstance(widget, QComboBox):
        yield from _of_size(widget, widget.currentText())
    elif isinstance(widget, QLineEdit):
        yield from _of_field(widget)
    elif isinstance(widget, QTabBar):
        yield from _of_tabs(widget)
    elif isinstance(widget, QMenuBar):
        yield from _of_menus(widget)
    elif isinstance(widget, QHeaderView):
        yield from _of_header(widget)
    elif isinstance(widget, Table):
        yield from _of_table(widget)


def _of_label(label: QLabel, short: bool) -> Iterator[str]:
    if isinstance(label, ElidedLabel):
        if label.text() not in ("", label.whole) and not short:
            yield label.whole
    elif label.text() and label.wordWrap():
        if label.heightForWidth(label.width()) > label.height() + SLACK or _outside(label):
            yield label.text()
    elif label.text():
        yield from _of_size(label, label.text())


def _of_size(widget: QWidget, text: str) -> Iterator[str]:
    hint = widget.sizeHint()
    small = hint.width() > widget.width() + SLACK or hint.height() > widget.height() + SLACK
    if small or _outside(widget):
        yield text


def _outside(widget: QWidget) -> bool:
    """Whether a part lies outside of what holds it and cannot be scrolled to."""
    rect, parent = QRect(QPoint(0, 0), widget.size()), widget.parentWidget()
    while parent is not None and not isinstance(parent.parentWidget(), QAbstractScrollArea):
        shown = QRect(widget.mapTo(parent, rect.topLeft()), rect.size())
        if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(shown):
            return True
        if parent.isWindow():
            return False
        parent = parent.parentWidget()
    return False


def _of_field(field: QLineEdit) -> Iterator[str]:
    text = field.text() or field.placeholderText()
    room = field.width() - (2 * CELL_ROOM if field.isClearButtonEnabled() and field.text() else CELL_ROOM)
    if (
        field.fontMetrics().horizontalAdvance(text) > room
        or field.sizeHint().height() > field.height() + 2 * SLACK
    ):
        yield text


def _of_tabs(bar: QTabBar) -> Iterator[str]:
    for place in range(bar.count()):
        needed = bar.fontMetrics().horizontalAdvance(bar.tabText(place).replace("&", ""))
        if needed > bar.tabRect(place).width() or not bar.rect().contains(bar.tabRect(place)):
            yield bar.tabText(place)


def _of_menus(bar: QMenuBar) -> Iterator[str]:
    for action in bar.actions():
        shown = bar.actionGeometry(action)
        if shown.isEmpty() or not bar.rect().contains(shown):
            yield action.text()


def _of_header(header: QHeaderView) -> Iterator[str]:
    if header.orientation() is Qt.Orientation.Horizontal:
        model = header.model()
        for section in range(header.count()):
            text = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
            if header.fontMetrics().horizontalAdvance(text) + CELL_ROOM > header.sectionSize(section) + SLACK:
                yield text


def _of_table(table: Table) -> Iterator[str]:
    """Cells of soft columns may be shortened: their tool tip is whole."""
    model = table.model()
    for row in range(min(ROWS, model.rowCount())):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            needed = _metrics(table, index).horizontalAdvance(str(index.data() or "")) + CELL_ROOM
            cut = needed > table.columnWidth(column) + SLACK
            if cut and (column in table.firm or not index.data(Qt.ItemDataRole.ToolTipRole)):
                yield str(index.data())


def _metrics(table: Table, index: QModelIndex) -> QFontMetrics:
    font = table.font()
    chosen = index.data(Qt.ItemDataRole.FontRole)
    return QFontMetrics(chosen.resolve(font) if chosen is not None else font)
