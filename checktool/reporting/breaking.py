"""Where a laid-out report is cut into pages: between paragraphs and rows, the head of a table on every page.

Qt itself cuts a table wherever a page ends. Only ``pdf.py`` needs this module, and with it Qt.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtGui import QTextBlock, QTextDocument, QTextTable, QTextTableCell

EDGE = 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """What stays together: from top to bottom, with the head (top, bottom) of the table that it is a row of.

    ``joined`` pieces stand on the page of the next one; ``lines`` are where one too high may be cut.
    """

    top: float
    bottom: float
    joined: bool = False
    head: tuple[float, float] | None = None
    lines: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: a part of the text, below the head of a table when it goes on with one."""

    top: float
    bottom: float
    head: tuple[float, float] | None = None


def sheets(document: QTextDocument, height: float) -> list[Sheet]:
    """The pages of a document that is laid out without pages."""
    return list(_filled(list(_pieces(document)), height))


def _filled(pieces: list[Piece], height: float) -> Iterator[Sheet]:
    start, first = 0, 0.0
    head: tuple[float, float] | None = None
    for place, piece in enumerate(pieces):
        if place == start and not first:
            first = piece.top
        room = height - (head[1] - head[0] if head else 0)
        if piece.bottom - first > room and place > start:
            begin = place
            while begin > start + 1 and pieces[begin - 1].joined:
                begin -= 1
            yield Sheet(first, pieces[begin].top, head)
            start, first, head = begin, pieces[begin].top, pieces[begin].head
            room = height - (head[1] - head[0] if head else 0)
        while piece.bottom - first > room:
            cut = max((line for line in piece.lines if first < line <= first + room), default=first + room)
            yield Sheet(first, cut, head)
            start, first, head = place, cut, piece.head
            room = height - (head[1] - head[0] if head else 0)
    if pieces:
        yield Sheet(first, pieces[-1].bottom, head)


def _pieces(document: QTextDocument) -> Iterator[Piece]:
    place = document.rootFrame().begin()
    while not place.atEnd():
        frame, block = place.currentFrame(), place.currentBlock()
        if isinstance(frame, QTextTable):
            yield from _rows(document, frame)
        elif block.isValid():
            rect = document.documentLayout().blockBoundingRect(block)
            joined = block.blockFormat().headingLevel() > 0
            yield Piece(rect.top(), rect.bottom(), joined, lines=tuple(_lines(document, block)))
        place += 1


def _rows(document: QTextDocument, table: QTextTable) -> Iterator[Piece]:
    whole = document.documentLayout().frameBoundingRect(table)
    cells = [[table.cellAt(row, column) for column in range(table.columns())] for row in range(table.rows())]
    spans = [[_span(document, cell) for cell in row] for row in cells]
    between = (
        (max(bottom for _, bottom in above) + min(top for top, _ in below)) / 2
        for above, below in pairwise(spans)
    )
    tops = [whole.top(), *between, whole.bottom()]
    heads = table.format().toTableFormat().headerRowCount()
    head = (tops[0], tops[heads]) if heads else None
    for row, (top, bottom) in enumerate(pairwise(tops)):
        blocks = (cell.firstCursorPosition().block() for cell in cells[row])
        lines = max((tuple(_lines(document, block)) for block in blocks), key=len)
        yield Piece(top, bottom, row < heads, None if row < heads else head, lines)


def _span(document: QTextDocument, cell: QTextTableCell) -> tuple[float, float]:
    """The top and bottom of what stands in a cell."""
    layout = document.documentLayout()
    first, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    return layout.blockBoundingRect(first).top(), layout.blockBoundingRect(last).bottom()


def _lines(document: QTextDocument, block: QTextBlock) -> Iterator[float]:
    """The tops of the lines of a paragraph."""
    top = document.documentLayout().blockBoundingRect(block).top()
    lines = block.layout()
    for number in range(lines.lineCount()):
        yield top + lines.lineAt(number).y()
