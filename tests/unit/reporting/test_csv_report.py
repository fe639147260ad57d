"""The CSV report as a spreadsheet takes it."""

import csv
import io
from dataclasses import replace

import pytest

from checktool.model.report import BatchResult, CheckReport, LayerStatus
from checktool.reporting.csv_report import csv_report
from checktool.reporting.masking import ReportOptions
from checktool.wording import Wording


def rows(report: CheckReport, wording: Wording, redact: bool = False) -> list[list[str]]:
    text = "".join(csv_report(report, wording, ReportOptions(redact=redact)))
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_it_begins_with_a_byte_order_mark_and_ends_lines_as_rfc_4180(
    report: CheckReport, wording: Wording
) -> None:
    text = "".join(csv_report(report, wording, ReportOptions()))
    assert text.startswith("\ufeffファイル,")
    assert text.count("\r\n") == text.count("\n") == 6


def test_each_finding_has_one_row(report: CheckReport, wording: Wording) -> None:
    header, *body = rows(report, wording)
    code = header.index("コード")
    assert [row[code] for row in body] == ["T203", "C406", "F008", "F001", "B901"]
    assert {len(row) for row in body} == {len(header)}


def test_the_header_carries_the_disclaimer_even_without_findings(
    report: CheckReport, wording: Wording
) -> None:
    empty = replace(report, files=(), batch=BatchResult(LayerStatus.PASSED))
    (header,) = rows(empty, wording)
    assert header[-1] == wording.say("report.disclaimer")


def test_a_batch_finding_names_its_files(report: CheckReport, wording: Wording) -> None:
    assert rows(report, wording)[-1][0] == "B001.xml; copy.xml"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(report: CheckReport, wording: Wording, start: str) -> None:
    renamed = replace(report, files=(replace(report.files[3], source=f"{start}cmd.xml"),))
    assert rows(renamed, wording)[1][0] == f"'{start}cmd.xml"


def test_redaction_reaches_every_cell(report: CheckReport, wording: Wording) -> None:
    text = "".join(csv_report(report, wording, ReportOptions(redact=True)))
    assert [word for word in ("𠮷", "B001.xml", "copy.xml") if word in text] == []
