"""The report on A4 pages: laid out by Qt, as PDF by QPdfWriter or onto any device that has pages.

Only this module of the reports needs Qt (PySide6-Essentials); without it a PDF is refused.
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
from checktool.reporting.listing import handling
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
    )
except ImportError:
    raise UsageError("A003", name="pdf") from None

FAMILIES = ["Yu Gothic UI", "Meiryo", "BIZ UDGothic", "Noto Sans CJK JP"]
STYLE = """
body { color: #000000; } h1 { font-size: 15pt; } h2 { font-size: 12pt; } h3 { font-size: 10pt; }
table { border-collapse: collapse; border: 1px solid #888888; width: 100%; }
td, th { border: 1px solid #888888; padding: 3px; } th { background-color: #eeeeee; text-align: left; }
td.number { text-align: right; } p.note, li { font-size: 8pt; }
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
    document.setPageSize(QSizeF(width, height - foot_height))
    document.setHtml(f"<body>{''.join(body(report, mask, parts))}</body>")
    total = document.pageCount()
    foot = f"{handling(mask)}\n{mask.wording.say('report.disclaimer')}"
    numbers = (mask.wording.say("report.page", number=number, total=total) for number in range(1, total + 1))
    pages = [_page(document, place, foot, number) for place, number in enumerate(numbers)]
    return Paper(tuple(pages), width, height)


def _page(document: QTextDocument, place: int, foot: str, number: str) -> bytes:
    size, line = document.pageSize(), _line_height()
    shown = QRectF(0, place * size.height(), size.width(), size.height())
    picture = QPicture()
    painter = QPainter(picture)
    painter.save()
    painter.translate(0, -shown.top())
    painter.setClipRect(shown)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = shown
    context.palette.setColor(QPalette.ColorRole.Text, QColor(Qt.GlobalColor.black))
    document.documentLayout().draw(painter, context)
    painter.restore()
    painter.setFont(_font(SMALL_POINTS))
    place_of_foot = QRectF(0, size.height() + line / 2, size.width(), line * FOOT_LINES)
    align = Qt.AlignmentFlag
    top = Qt.TextFlag.TextWordWrap | align.AlignTop | align.AlignLeft
    painter.drawText(place_of_foot, int(top), foot)
    painter.drawText(place_of_foot, int(align.AlignBottom | align.AlignRight), number)
    painter.end()
    data: Any = picture.data()
    return bytes(data)


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
