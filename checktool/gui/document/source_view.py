"""The source view (原文): a file as it is, with line numbers, the places of findings marked. Read-only."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from checktool.gui.document.form_delegate import VERDICTS
from checktool.gui.document.line_numbers import LineNumbers
from checktool.gui.document.markup import Kind, Shown, extent
from checktool.gui.document.opening import Opened
from checktool.gui.rows import AnyFinding
from checktool.gui.theme import FAMILIES, FIXED, current
from checktool.model.finding import Finding, Severity
from checktool.wording import Wording

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Colours(QSyntaxHighlighter):
    """Colours the pieces of a shown text."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._shown: Shown | None = None
        self.renew()

    def use(self, shown: Shown) -> None:
        """Take the pieces of the text that is put into the document next."""
        self._shown = shown

    def renew(self) -> None:
        """Take the colours of the theme."""
        theme = current()
        self._formats = {kind: QTextCharFormat() for kind in Kind}
        for kind in (Kind.TAG, Kind.ATTRIBUTE, Kind.VALUE, Kind.COMMENT, Kind.CONTROL):
            self._formats[kind].setForeground(QColor(getattr(theme, kind.value)))
        self._formats[Kind.CONTROL].setBackground(QColor(theme.correct_ground))
        self._formats[Kind.CONTROL].setFontWeight(QFont.Weight.Bold)

    def highlightBlock(self, _text: str) -> None:  # noqa: N802
        """Colour one line."""
        number = self.currentBlock().blockNumber()
        if self._shown is None or number >= len(self._shown.lines):
            return
        for piece in self._shown.lines[number]:
            if piece.kind is not Kind.TEXT:
                self.setFormat(piece.start, piece.end - piece.start, self._formats[piece.kind])


class SourceView(QPlainTextEdit):
    """Shows an ``Opened``. ``finding_wanted`` comes for a line with a finding that is clicked or entered."""

    finding_wanted = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self.setAccessibleName(wording.say("gui.correct.source.name"))
        self.setAccessibleDescription(wording.say("gui.correct.source.description"))
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        keyboard, mouse = (
            Qt.TextInteractionFlag.TextSelectableByKeyboard,
            Qt.TextInteractionFlag.TextSelectableByMouse,
        )
        self.setTextInteractionFlags(keyboard | mouse)
        families = ", ".join(f'"{name}"' for name in (*FIXED, *FAMILIES))
        self.setStyleSheet(f"SourceView, SourceView > QWidget {{ font-family: {families}; }}")
        self.first_line = 1
        self._opened: Opened | None = None
        self._shown: Shown | None = None
        self._findings: dict[int, list[Finding]] = {}
        self._current: Finding | None = None
        self._marks: list[QTextEdit.ExtraSelection] = []
        self._colours = Colours(self.document())
        self.numbers = LineNumbers(self, self)
        self.numbers.line_clicked.connect(self._want)
        self.updateRequest.connect(lambda _rect, _dy: self.numbers.update())
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self._make_room()

    def show_opened(self, opened: Opened | None, findings: Sequence[AnyFinding], hide: bool) -> None:
        """Show the text of a document, or nothing, with or without its values."""
        self._opened = opened
        self._shown = None if opened is None else opened.hidden if hide else opened.plain
        self.first_line = opened.excerpt.line if opened else 1
        self._findings = {}
        for finding in findings:
            if isinstance(finding, Finding) and finding.location.line:
                self._findings.setdefault(finding.location.line, []).append(finding)
        if self._shown is not None:
            self._colours.use(self._shown)
        self.setPlainText(self._shown.text if self._shown else "")
        self._prepare_marks()
        self._mark()

    def holds(self, finding: Finding) -> bool:
        """Whether the place of a finding is in the part that is shown."""
        place = finding.location
        opened = self._opened
        return opened is not None and (
            not place.line or opened.offset(place.line, max(place.column, 1)) is not None
        )

    def go_to(self, finding: AnyFinding) -> None:
        """Bring the place of a finding into view and mark it."""
        self._current = finding if isinstance(finding, Finding) else None
        self._mark()
        cursor = self._cursor(self._current) if self._current else None
        if cursor is not None:
            cursor.setPosition(cursor.selectionStart())
            self.setTextCursor(cursor)
            self.centerCursor()

    def renew(self) -> None:
        """Take the colours of the theme."""
        self._colours.renew()
        self._colours.rehighlight()
        self._prepare_marks()
        self._mark()
        self._make_room()

    def margin_width(self) -> int:
        """Room for the largest line number and a glyph."""
        digits = max(3, len(str(self.first_line + self.blockCount())))
        return self.fontMetrics().horizontalAdvance("0") * (digits + 1) + self.fontMetrics().height() * 5 // 4

    def blocks_in_view(self) -> list[tuple[QTextBlock, int, int]]:
        """The blocks in view with top and bottom in pixels."""
        found = []
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= self.viewport().height():
            bottom = top + self.blockBoundingRect(block).height()
            found.append((block, round(top), round(bottom)))
            block, top = block.next(), bottom
        return found

    def mark_at(self, line: int) -> tuple[Severity, str] | None:
        """The gravest finding of a line of the file, by severity and glyph."""
        found = self._findings.get(line)
        if not found:
            return None
        worst = max(finding.severity for finding in found)
        return worst, self._wording.say(f"report.mark.{worst.word}")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the margin at the left edge."""
        super().resizeEvent(event)
        inner = self.contentsRect()
        self.numbers.setGeometry(QRect(inner.left(), inner.top(), self.margin_width(), inner.height()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow another theme or text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "numbers"):
            self.renew()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes to the finding of the line."""
        if event.key() in ENTER:
            self._want(self.first_line + self.textCursor().blockNumber())
            return
        super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """What is copied are the characters of the file, not the signs that stand for some of them."""
        data, cursor = QMimeData(), self.textCursor()
        if self._shown is not None:
            first, last = map(self._shown.characters, (cursor.selectionStart(), cursor.selectionEnd()))
            data.setText(self._shown.source[first:last])
        return data

    def _want(self, line: int) -> None:
        found = self._findings.get(line)
        if found:
            following = found.index(self._current) + 1 if self._current in found else 0
            self.finding_wanted.emit(found[following % len(found)])

    def _cursor(self, finding: Finding) -> QTextCursor | None:
        """The extent of a finding as a selection."""
        place, opened, shown = finding.location, self._opened, self._shown
        if opened is None or shown is None or not place.line:
            return None
        begin = opened.offset(place.line, max(place.column, 1))
        if begin is None:
            return None
        end = extent(opened.excerpt.text, begin)
        cursor = QTextCursor(self.document())
        cursor.setPosition(shown.units(shown.place(begin)))
        cursor.setPosition(shown.units(shown.place(end)), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _mark(self) -> None:
        """Mark the current place before all others, which are prepared once a text."""
        marks = list(self._marks)
        cursor = self._cursor(self._current) if self._current else None
        if cursor is not None:
            mark = _selection(cursor, QColor(current().place))
            mark.format.setFontUnderline(True)
            marks.append(mark)
        self.setExtraSelections(marks)
        self.numbers.update()

    def _prepare_marks(self) -> None:
        self._marks = [
            _selection(cursor, current().ground(VERDICTS[finding.severity]))
            for found in self._findings.values()
            for finding in found
            if (cursor := self._cursor(finding)) is not None
        ]

    def _make_room(self) -> None:
        self.setViewportMargins(self.margin_width(), 0, 0, 0)
        inner = self.contentsRect()
        self.numbers.setGeometry(QRect(inner.left(), inner.top(), self.margin_width(), inner.height()))


def _selection(cursor: QTextCursor, ground: QColor) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    selection.cursor = cursor
    selection.format.setBackground(ground)
    return selection
