"""Print, preview, Excel, PDF, text: of the list and of one document."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from checktool.gui.paperjob import FEW, laid_out
from checktool.gui.papers import Papers, paint
from checktool.gui.session import Session
from checktool.reporting.html_report import Parts
from checktool.reporting.masking import ReportOptions, mask_for
from checktool.reporting.pdf import paper

PERSONAL = "個人情報を含みます。"


@pytest.fixture
def papers(qtbot: QtBot, checked: Session) -> Papers:
    """The papers of a session whose check is finished."""
    over = QWidget()
    qtbot.addWidget(over)
    return Papers(checked, over)


def carry_out(qtbot: QtBot, papers: Papers, name: str, source: str = "") -> list[str]:
    said: list[str] = []
    papers.told.connect(said.append)
    papers.commands(source)[name]()
    qtbot.waitUntil(lambda: not papers._worker.busy, timeout=20_000)
    qtbot.wait(50)
    return said


@pytest.mark.parametrize(("name", "start"), [("excel", b"PK"), ("pdf", b"%PDF")])
def test_results_are_saved(
    qtbot: QtBot, papers: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, start: bytes
) -> None:
    target = tmp_path / "結果"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    said = carry_out(qtbot, papers, name)
    saved = next(tmp_path.glob("結果.*"))
    assert saved.read_bytes().startswith(start)
    assert saved.name in said[-1]


def test_hidden_values_stay_out_of_the_workbook(
    qtbot: QtBot, papers: Papers, checked: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked.hide_values = True
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.xlsx"), ""))
    carry_out(qtbot, papers, "excel", "opinion-3.xml")
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes()))
    texts = "".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "濵" not in texts
    assert PERSONAL not in texts


def test_a_folder_that_takes_no_file_is_told(
    qtbot: QtBot, papers: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("checktool.gui.papers.tell_error", lambda _o, _w, error: told.append(error.code))
    target = str(tmp_path / "gone" / "a.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (target, ""))
    carry_out(qtbot, papers, "pdf")
    assert told == ["A007"]


@pytest.mark.parametrize("source", ["", "opinion-4.xml"])
def test_the_preview_paints_pages(qtbot: QtBot, papers: Papers, source: str) -> None:
    carry_out(qtbot, papers, "print_preview", source)
    dialog = papers._over.findChild(QPrintPreviewDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    dialog.close()


def test_pages_go_to_the_printer_as_asked(
    qtbot: QtBot, papers: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "paper.pdf"

    def accept(dialog: QPrintDialog) -> QPrintDialog.DialogCode:
        dialog.printer().setOutputFileName(str(target))
        return QPrintDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    carry_out(qtbot, papers, "print")
    assert target.read_bytes().startswith(b"%PDF")


def test_a_page_range_is_kept(qtbot: QtBot, papers: Papers, tmp_path: Path) -> None:
    report = papers._session.report
    assert report is not None
    sheet = papers._paper_maker("")(report)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "one.pdf"))
    printer.setFromTo(1, 1)
    paint(sheet, printer)
    assert (tmp_path / "one.pdf").read_bytes().count(b"/Type /Page\n") == 1


def test_text_goes_to_the_clipboard(qtbot: QtBot, papers: Papers) -> None:
    carry_out(qtbot, papers, "copy_text")
    assert "opinion-4.xml" in QGuiApplication.clipboard().text()


def test_many_documents_are_laid_out_in_a_process_of_their_own(checked: Session) -> None:
    report = checked.report
    assert report is not None
    many = replace(report, files=report.files * (FEW // len(report.files) + 1))
    mask = mask_for(many, checked.wording, ReportOptions())
    sheet = laid_out(many, mask, Parts(findings=False))
    assert sheet == paper(many, mask, Parts(findings=False))
    assert len(sheet.pages) > 1


def test_nothing_can_be_printed_without_results(qtbot: QtBot, session: Session) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    assert Papers(session, over).commands() == {}
