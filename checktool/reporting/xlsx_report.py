"""The report as an Excel workbook: what was checked, the documents, one finding a row."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from checktool.model.finding import Finding, Layer
from checktool.model.report import CheckReport, verdict_of_run
from checktool.reporting.clockless import clockless
from checktool.reporting.evidence import checked_lines
from checktool.reporting.listing import (
    COLUMNS,
    AnyFinding,
    cells,
    form_text,
    handling,
    head,
    in_full,
    lines,
    severity_text,
    summary,
    verdict_text,
)
from checktool.reporting.masking import Mask, ReportOptions, mask_for
from checktool.wording import Wording

FINDING_COLUMNS = (
    "source", "form", "verdict", "code", "severity", "layer", "item", "value", "title", "message", "fix",
    "who", "line", "column", "xpath",
)  # fmt: skip
LIST_WIDTHS = (12, 36, 28, 8, 8, 70)
FINDING_WIDTHS = (30, 24, 12, 10, 12, 10, 20, 20, 28, 60, 60, 14, 8, 8, 50)
A4_PAPER = 9
MOST_ROWS = 1_000_000
LONGEST_CELL = 32_000
FORMULA_STARTS = ("=", "#")


def xlsx_report(report: CheckReport, wording: Wording, options: ReportOptions) -> bytes:
    """The workbook; the same report gives the same bytes. Nothing in it is a formula."""
    from openpyxl import Workbook

    mask = mask_for(report, wording, options)
    book = Workbook(write_only=True)
    _about(book, report, mask)
    shown = ([*cells(line, mask)] for line in lines(report))
    _sheet(book, mask, "files", _said("list_column", COLUMNS, wording), shown, LIST_WIDTHS)
    titles = _said("column", FINDING_COLUMNS, wording)
    _sheet(book, mask, "findings", titles, _findings(report, mask), FINDING_WIDTHS)
    return clockless(book)


def _said(table: str, names: Sequence[str], wording: Wording) -> list[str]:
    return [wording.say(f"report.{table}.{name}") for name in names]


def _about(book: Any, report: CheckReport, mask: Mask) -> None:
    wording = mask.wording
    verdict = verdict_of_run(report)
    told = [
        wording.say("report.title"),
        handling(mask),
        *head(report, wording),
        summary(report, wording),
        wording.say("report.verdict_line", result=verdict_text(verdict, wording)),
        *in_full(report, wording),
        *([] if report.completed else [wording.say("report.not_completed")]),
        "",
        *checked_lines(report, mask, "  "),
        "",
        wording.say("report.disclaimer"),
    ]
    sheet = book.create_sheet(wording.say("report.sheet.about"))
    sheet.column_dimensions["A"].width = 120
    for text in told:
        sheet.append([_cell(sheet, text, wrap=True)])


def _sheet(
    book: Any,
    mask: Mask,
    name: str,
    titles: Sequence[str],
    rows: Iterable[Sequence[str | int]],
    widths: Sequence[int],
) -> None:
    """A table with its heading fixed, a filter, and on paper the heading and the notice on every page."""
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(mask.wording.say(f"report.sheet.{name}"))
    last = get_column_letter(len(widths))
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4_PAPER
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = handling(mask)
    sheet.oddFooter.right.text = "&P / &N"
    sheet.append([_cell(sheet, text, bold=True) for text in titles])
    remaining = iter(rows)
    count = 1
    for row in islice(remaining, MOST_ROWS):
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    left = sum(1 for _ in remaining)
    if left:
        sheet.append([_cell(sheet, mask.wording.say("report.rows_left", count=left))])
    sheet.auto_filter.ref = f"A1:{last}{count}"
    sheet.append([_cell(sheet, mask.wording.say("report.disclaimer"))])


def _cell(sheet: Any, value: str | int, bold: bool = False, wrap: bool = False) -> Any:
    """A number as it is, or a text that is never taken for a formula."""
    if isinstance(value, int):
        return value
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    text = "".join(
        char for char in value if char in "\t\n" or (char >= " " and not 0xD800 <= ord(char) < 0xE000)
    )
    if not (bold or wrap or text.startswith(FORMULA_STARTS)):
        return text[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, text[:LONGEST_CELL])
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _findings(report: CheckReport, mask: Mask) -> Iterator[list[str | int]]:
    for line in lines(report):
        file = line.file
        layers = {id(found): result.layer for result in file.layers for found in result.findings}
        for found in line.findings:
            yield [
                mask.name(file.source),
                form_text(file, mask.wording),
                verdict_text(line.verdict, mask.wording),
                found.code,
                severity_text(found, mask.wording),
                mask.wording.say(f"report.layer.{layers.get(id(found), Layer.BATCH).value}"),
                *_told(found, mask),
            ]


def _told(found: AnyFinding, mask: Mask) -> list[str | int]:
    said = mask.explain(found)
    words = [mask.value(found), said.title, said.message, said.fix, mask.who(found.code)]
    if not isinstance(found, Finding):
        return [found.item, *words, "", "", ""]
    place = found.location
    return [place.item, *words, place.line or "", place.column or "", place.xpath]
