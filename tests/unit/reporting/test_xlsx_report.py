"""The workbook: three sheets, no formula, the same bytes each time."""

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from checktool.model.report import CheckReport
from checktool.reporting.masking import ReportOptions
from checktool.reporting.xlsx_report import xlsx_report
from checktool.wording import Wording


def book(report: CheckReport, redact: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx_report(report, Wording(), ReportOptions(redact))))


def texts(sheet: Any) -> list[str]:
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def test_the_sheets_hold_the_run_its_documents_and_its_findings(report: CheckReport) -> None:
    made = book(report)
    assert made.sheetnames == ["検査の概要", "書類の一覧", "指摘"]
    assert len(list(made["書類の一覧"].iter_rows())) == len(report.files) + 2
    shared = sum(len(found.sources) for found in report.batch.findings)
    own = sum(len(file.findings) for file in report.files)
    assert len(list(made["指摘"].iter_rows())) == own + shared + 2
    for sheet in made:
        assert any("厚生労働省が配布・承認したものではありません" in text for text in texts(sheet))
    assert made["指摘"].freeze_panes == "A2"


@pytest.mark.parametrize("redact", [False, True])
def test_values_are_there_or_hidden_and_it_says_so(report: CheckReport, redact: bool) -> None:
    made = book(report, redact)
    said = texts(made["検査の概要"])
    assert any("個人情報を含みます。" in text for text in said) is not redact
    assert any("𠮷田" in text for text in texts(made["指摘"])) is not redact


def test_nothing_is_a_formula(report: CheckReport) -> None:
    named = replace(report.files[-1], source="=HYPERLINK(1)\x01.xml")
    made = book(replace(report, files=(named,)))
    cell = made["書類の一覧"].cell(2, 2)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1).xml", "s")


def test_the_same_report_gives_the_same_bytes(report: CheckReport) -> None:
    one, two = (xlsx_report(report, Wording(), ReportOptions()) for _ in range(2))
    assert one == two
