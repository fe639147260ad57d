"""Pictures of what is printed: pages of A4, and the preview."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPicture, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from checktool.gui.pages.page import RESULTS
from checktool.gui.screens import documents
from checktool.gui.screens.documents import words
from checktool.gui.screens.stage import Stage
from checktool.reporting.html_report import Parts
from checktool.reporting.masking import ReportOptions, mask_for
from checktool.reporting.part import part_of
from checktool.reporting.pdf import MARGIN_MM, Paper, paper

A4 = QSize(210, 297)
PIXELS_PER_MM = 4


def of_the_list(stage: Stage) -> QWidget:
    """The list of the documents."""
    return _first_page(_laid_out(stage, ""))


def of_one_document(stage: Stage) -> QWidget:
    """The findings of one document."""
    return _first_page(_laid_out(stage, words()["many"]["name"]))


def preview(stage: Stage) -> QWidget:
    """The preview before printing."""
    window = stage.window(stage.session(documents.mixed), RESULTS)
    window.trigger("print_preview")
    return stage.dialog(window)


def _laid_out(stage: Stage, source: str) -> Paper:
    session = stage.session(documents.mixed)
    report = session.report
    assert report is not None
    mask = mask_for(report, session.wording, ReportOptions())
    shown = part_of(report, source) if source else report
    return paper(shown, mask, Parts(listed=not source, findings=bool(source)))


def _first_page(sheet: Paper) -> QWidget:
    image = QImage(A4 * PIXELS_PER_MM, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.translate(MARGIN_MM * PIXELS_PER_MM, MARGIN_MM * PIXELS_PER_MM)
    scale = (A4.width() - 2 * MARGIN_MM) * PIXELS_PER_MM / sheet.width
    painter.scale(scale, scale)
    picture = QPicture()
    picture.setData(sheet.pages[0])
    painter.drawPicture(0, 0, picture)
    painter.end()
    label = QLabel()
    label.setPixmap(QPixmap.fromImage(image))
    label.show()
    return label
