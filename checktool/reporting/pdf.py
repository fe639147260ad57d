"""The report on A4 pages: laid out by Qt, as PDF by QPdfWriter or onto any device that has pages.

Of the reports only this module and ``breaking.py`` need Qt (PySide6-Essentials); without it a PDF is refused.
"""

import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from checktool.errors import UsageError
from checktool.model.report import CheckReport
from checktool.reporting.html_report import Parts, body
from checktool.reporting.listing import handling, head
from checktool.reporting.masking import Mask, ReportOptions, mask_for
from checktool.wording import Wording

os.environ["QT_HASH_SEED"] = "0"  # Qt writes the fonts of a PDF in the order of its hash tables
try:
    from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUuid
    from PySide6.QtGui import (
        QAbstractTextDocumentLayout,
        QColor,
        QFont,
        QGuiApplication,
        QPagedPaintDevice,
        QPageLayout,
        QPageSize,
        QPainter,
        QPalette,
        QPdfWriter,
        QPicture,
        QTextDocument,
        QTextOption,
    )

    from checktool.reporting.breaking import EDGE, Sheet, sheets
except ImportError:
    raise UsageError("A003", name="pdf") from None

FAMILIES = ["Yu Gothic UI", "Meiryo", "BIZ UDGothic", "Noto Sans CJK JP"]
STYLE = """
body { color: #000000; } h1 { font-size: 15pt; } h2 { font-size: 12pt; } h3 { font-size: 10pt; }
table { border-collapse: collapse; border: 1px solid #888888; width: 100%; }
td, th { border: 1px solid #888888; padding: 3px; } th { background-color: #eeeeee; text-align: left; }
td.number { text-align: right; }
td.form, td.state, td.number { white-space: nowrap; }
p.note, li { font-size: 8pt; }
"""
POINTS, SMALL_POINTS = 9, 7
MARGIN_MM = 15
DPI = 96
A4_WIDTH, A4_HEIGHT = 210, 297
MM_PER_INCH = 25.4
FOOT_LINES = 3
MOST_DOCUMENTS = 5_000
"""More documents than this are not laid out: the paper says how many are left."""
_CLOCK = re.compile(rb"D:\d{14}(?:[+-]\d\d'\d\d'|Z)|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d|Z)")


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the foot of every page, beside its number."""

    notice: str
    pack: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A report on pages that are recorded, each with its foot.

    Fonts belong to the thread that lays out; a record (the data of a QPicture) does not, so a paper may be
    made in one thread or process and drawn in another.
    """

    pages: tuple[bytes, ...]
    width: float
    height: float

    def paint(self, device: QPagedPaintDevice, wanted: Iterable[int] = ()) -> None:
        """Draw pages (numbers from 1, none named: all) onto a device whose page is set."""
        painter = QPainter(device)
        scale = min(device.width() / self.width, device.height() / self.height)
        picture = QPicture()
        scale *= picture.logicalDpiX() / device.logicalDpiX()  # a picture scales itself by these
        painter.scale(scale, scale)
        for place, number in enumerate(list(wanted) or range(1, len(self.pages) + 1)):
            if place:
                device.newPage()
            picture.setData(self.pages[number - 1])
            painter.drawPicture(0, 0, picture)
        painter.end()


def paper(report: CheckReport, mask: Mask, parts: Parts) -> Paper:
    """A report laid out on A4. Takes a while for thousands of documents; needs a QGuiApplication."""
    width, height = ((mm - 2 * MARGIN_MM) * DPI / MM_PER_INCH for mm in (A4_WIDTH, A4_HEIGHT))
    foot_height = _line_height() * (FOOT_LINES + 1)
    document = QTextDocument()
    document.setDefaultFont(_font(POINTS))
    document.setDefaultStyleSheet(STYLE)
    document.setDocumentMargin(0)
    anywhere = document.defaultTextOption()
    anywhere.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(anywhere)
    document.setHtml(f"<body>{''.join(body(report, mask, parts))}</body>")
    document.setTextWidth(width)
    room = QSizeF(width, height - foot_height)
    cut = sheets(document, room.height())
    foot = Foot(f"{handling(mask)}\n{mask.wording.say('report.disclaimer')}", head(report, mask.wording)[0])
    numbers = (
        mask.wording.say("report.page", number=number, total=len(cut)) for number in range(1, len(cut) + 1)
    )
    pages = [_page(document, sheet, room, foot, number) for sheet, number in zip(cut, numbers, strict=True)]
    return Paper(tuple(pages), width, height)


def _page(document: QTextDocument, sheet: Sheet, room: QSizeF, foot: Foot, number: str) -> bytes:
    picture = QPicture()
    painter = QPainter(picture)
    below = 0.0
    for top, bottom in (*([sheet.head] if sheet.head else []), (sheet.top, sheet.bottom)):
        _draw(painter, document, QRectF(0, top, room.width(), bottom - top), below)
        below += bottom - top
    line = _line_height()
    painter.setFont(_font(SMALL_POINTS))
    place_of_foot = QRectF(0, room.height() + line / 2, room.width(), line * FOOT_LINES)
    align = Qt.AlignmentFlag
    top = Qt.TextFlag.TextWordWrap | align.AlignTop | align.AlignLeft
    painter.drawText(place_of_foot, int(top), foot.notice)
    painter.drawText(place_of_foot, int(align.AlignBottom | align.AlignLeft), foot.pack)
    painter.drawText(place_of_foot, int(align.AlignBottom | align.AlignRight), number)
    painter.end()
    data: Any = picture.data()
    return bytes(data)


def _draw(painter: QPainter, document: QTextDocument, part: QRectF, below: float) -> None:
    """Draw a part of a document so far below the top of a page."""
    painter.save()
    painter.translate(0, below - part.top())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = part.adjusted(0, -EDGE, 0, EDGE)
    painter.setClipRect(context.clip)
    context.palette.setColor(QPalette.ColorRole.Text, QColor(Qt.GlobalColor.black))
    document.documentLayout().draw(painter, context)
    painter.restore()


def a4() -> QPageLayout:
    """An A4 page with the margins that papers are laid out for."""
    margins = QMarginsF(*[MARGIN_MM] * 4)
    size = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def pdf_of(sheet: Paper, title: str) -> bytes:
    """A paper as PDF; the same paper gives the same bytes."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(a4())
    writer.setTitle(title)
    writer.setCreator("checktool")
    if hasattr(writer, "setDocumentId"):
        writer.setDocumentId(QUuid())
    sheet.paint(writer)
    del writer
    return _CLOCK.sub(_no_clock, bytes(buffer.data().data()))


def _no_clock(found: re.Match[bytes]) -> bytes:
    """The same time for every PDF, in as many bytes, so that the places in the file still hold."""
    time = b"D:20000101000000" if found[0].startswith(b"D:") else b"2000-01-01T00:00:00"
    zone = found[0][len(time) :]
    return time + (zone if zone == b"Z" else b"+00" + zone[3:4] + b"00" + zone[6:])


def pdf_report(report: CheckReport, wording: Wording, options: ReportOptions) -> bytes:
    """The whole report as PDF, with a QGuiApplication of its own where there is none."""
    kept = application()
    sheet = paper(report, mask_for(report, wording, options), Parts(most=MOST_DOCUMENTS))
    data = pdf_of(sheet, wording.say("report.title"))
    del sheet, kept
    return data


def application() -> Any:
    """The QGuiApplication of this process, a new one where there is none; fonts need it while it is held."""
    found = QGuiApplication.instance()
    if found is not None:
        return found
    screen = sys.platform != "linux" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return QGuiApplication(["checktool"] if screen else ["checktool", "-platform", "offscreen"])


def _font(points: float) -> QFont:
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(round(points * DPI / 72))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _line_height() -> float:
    return SMALL_POINTS * DPI / 72 * 1.5
