"""The report formats that this version has, by the name that ``--format`` takes."""

from collections.abc import Callable, Iterator

from checktool.model.report import CheckReport
from checktool.reporting.csv_report import csv_report
from checktool.reporting.html_report import html_report
from checktool.reporting.json_report import json_report, jsonl_report
from checktool.reporting.masking import ReportOptions
from checktool.reporting.svrl_report import svrl_report
from checktool.reporting.text_report import text_report
from checktool.reporting.xlsx_report import xlsx_report
from checktool.wording import Wording

Reporter = Callable[[CheckReport, Wording, ReportOptions], Iterator[str]]
BinaryReporter = Callable[[CheckReport, Wording, ReportOptions], bytes]


def _pdf(report: CheckReport, wording: Wording, options: ReportOptions) -> bytes:
    from checktool.reporting.pdf import pdf_report  # Qt is loaded for a PDF only

    return pdf_report(report, wording, options)


REPORTERS: dict[str, Reporter] = {
    "text": text_report,
    "json": json_report,
    "jsonl": jsonl_report,
    "csv": csv_report,
    "svrl": svrl_report,
    "html": html_report,
}
"""Text, in pieces."""

BINARY_REPORTERS: dict[str, BinaryReporter] = {"xlsx": xlsx_report, "pdf": _pdf}
"""Bytes that no terminal can show."""
