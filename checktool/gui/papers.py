"""What leaves the window on paper or as a file: print, preview, Excel, PDF, text in the clipboard.

Everything is made beside the window by the reports that the command line writes; with values hidden it is
the redacted report.
"""

import secrets
import threading
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QFileDialog, QWidget

from checktool.errors import CheckToolError, HandoffError
from checktool.gui.dialogs.messages import tell_error
from checktool.gui.pages.page import Command
from checktool.gui.paperjob import laid_out
from checktool.gui.session import Session
from checktool.gui.worker import Tell, Worker
from checktool.model.report import CheckReport
from checktool.reporting.html_report import Parts
from checktool.reporting.masking import ReportOptions, mask_for
from checktool.reporting.part import part_of
from checktool.reporting.pdf import MOST_DOCUMENTS, Paper, a4, pdf_of
from checktool.reporting.text_report import text_report
from checktool.reporting.xlsx_report import xlsx_report

Make = Callable[[CheckReport], object]
MakeBytes = Callable[[CheckReport], bytes]


class Papers(QObject):
    """The commands for the results at hand: of the whole list, or of the one document that is opened.

    ``told`` has a sentence about what is done or ready.
    """

    told = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._over = parent
        self._worker = Worker(self)
        self._worker.finished.connect(self._made)
        self._worker.failed.connect(self._not_made)
        self._previewed: QPrinter | None = None
        self._then: Callable[[object], None] = lambda _: None

    def commands(self, source: str = "") -> Mapping[str, Command]:
        """What can be done now with the list, or with the document of this source."""
        if self._session.report is None or self._session.state.busy:
            return {}
        return {
            "print": lambda: self._on_paper(source, self._print),
            "print_preview": lambda: self._on_paper(source, self._preview),
            "excel": lambda: self._save("excel", "xlsx", source, self._workbook),
            "pdf": lambda: self._save("pdf", "pdf", source, self._pdf(source)),
            "copy_text": lambda: self._make(source, self._text, self._copied),
        }

    def _say(self, key: str, **params: str | int) -> str:
        return self._session.wording.say(f"gui.papers.{key}", **params)

    def _options(self) -> ReportOptions:
        return ReportOptions(redact=self._session.hide_values)

    def _make(self, source: str, make: Make, then: Callable[[object], None]) -> None:
        """Make something of the report beside the window, then go on with it."""
        report = self._session.report
        if report is None:
            return
        shown = part_of(report, source) if source else report

        def job(_tell: Tell, _stop: threading.Event) -> object:
            return make(shown)

        self._then = then
        self.told.emit(self._say("making"))
        self._worker.start(job)

    def _made(self, result: object) -> None:
        self.told.emit("")
        self._then(result)

    def _not_made(self, error: CheckToolError) -> None:
        self.told.emit("")
        tell_error(self._over, self._session.wording, error)

    def _paper_maker(self, source: str) -> Callable[[CheckReport], Paper]:
        whole, wording = self._session.report, self._session.wording
        assert whole is not None
        mask = mask_for(whole, wording, self._options())
        marks = self._session.assignments
        who = (lambda *found: marks.who(wording, *found)) if source else None
        parts = Parts(listed=not source, findings=bool(source), most=MOST_DOCUMENTS, who=who)
        return lambda report: laid_out(report, mask, parts)

    def _on_paper(self, source: str, show: Callable[[Paper], None]) -> None:
        self._make(
            source, self._paper_maker(source), lambda made: show(made) if isinstance(made, Paper) else None
        )

    def _print(self, sheet: Paper) -> None:
        printer = self._printer()
        dialog = QPrintDialog(printer, self._over)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(sheet.pages))
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self._make("", lambda _: paint(sheet, printer), lambda _: self.told.emit(self._say("printed")))
        dialog.deleteLater()

    def _preview(self, sheet: Paper) -> None:
        printer = self._previewed = self._printer()  # the dialog does not keep it alive
        dialog = QPrintPreviewDialog(printer, self._over)
        dialog.setWindowTitle(self._say("preview"))
        dialog.paintRequested.connect(lambda target: paint(sheet, target))
        dialog.finished.connect(dialog.deleteLater)
        dialog.resize(self._over.window().size())
        dialog.open()

    def _printer(self) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(a4())
        printer.setDocName(self._session.wording.say("report.title"))
        return printer

    def _save(self, kind: str, ending: str, source: str, make: MakeBytes) -> None:
        name = self._say("file", day=f"{date.today():%Y%m%d}", ending=ending)
        path, _ = QFileDialog.getSaveFileName(
            self._over, self._say(f"{kind}_title"), name, self._say(f"{kind}_kind")
        )
        if not path:
            return
        target = Path(path if Path(path).suffix else f"{path}.{ending}")

        def write(report: CheckReport) -> Path:
            data = make(report)
            draft = target.with_name(f".{secrets.token_hex(8)}.tmp")
            try:
                draft.write_bytes(data)
                draft.replace(target)
            except OSError as fault:
                draft.unlink(missing_ok=True)
                raise HandoffError("A007", path=target.name, reason=type(fault).__name__) from None
            return target

        self._make(source, write, lambda _: self.told.emit(self._say("saved", name=target.name)))

    def _workbook(self, report: CheckReport) -> bytes:
        return xlsx_report(report, self._session.wording, self._options())

    def _pdf(self, source: str) -> MakeBytes:
        title = self._session.wording.say("report.title")
        return lambda report: pdf_of(self._paper_maker(source)(report), title)

    def _text(self, report: CheckReport) -> str:
        return "".join(text_report(report, self._session.wording, self._options()))

    def _copied(self, text: object) -> None:
        QGuiApplication.clipboard().setText(str(text))
        self.told.emit(self._say("copied"))


def paint(sheet: Paper, printer: QPrinter) -> None:
    """Draw the pages that a printer asks for."""
    first, last = printer.fromPage(), printer.toPage()
    sheet.paint(printer, range(first, min(last or first, len(sheet.pages)) + 1) if first else ())
