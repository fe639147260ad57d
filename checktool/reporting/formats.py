"""The report formats that this version has, by the name that ``--format`` takes.

Each is loaded when it is asked for: Qt for a PDF only, no format for another.
"""

from collections.abc import Callable, Iterator

from checktool.model.report import CheckReport
from checktool.reporting.json_report import json_report, jsonl_report
from checktool.reporting.masking import ReportOptions
from checktool.wording import Wording

Reporter = Callable[[CheckReport, Wording, ReportOptions], Iterator[str]]
BinaryReporter = Callable[[CheckReport, Wording, ReportOptions], bytes]


def _csv(report: CheckReport, wording: Wording, options: ReportOptions) -> Iterator[str]:
    from checktool.reporting.csv_report import csv_report

    return csv_report(report, wording, options)


def _html(report: CheckReport, wording: Wording, options: ReportOptions) -> Iterator[str]:
    from checktool.reporting.html_report import html_report

    return html_report(report, wording, options)


def _svrl(report: CheckReport, wording: Wording, options: ReportOptions) -> Iterator[str]:
    from checktool.reporting.svrl_report import svrl_report

    return svrl_report(report, wording, options)


def _text(report: CheckReport, wording: Wording, options: ReportOptions) -> Iterator[str]:
    from checktool.reporting.text_report import text_report

    return text_report(report, wording, options)


def _xlsx(report: CheckReport, wording: Wording, options: ReportOptions) -> bytes:
    from checktool.reporting.xlsx_report import xlsx_report

    return xlsx_report(report, wording, options)


def _pdf(report: CheckReport, wording: Wording, options: ReportOptions) -> bytes:
    from checktool.reporting.pdf import pdf_report

    return pdf_report(report, wording, options)


REPORTERS: dict[str, Reporter] = {
    "text": _text,
    "json": json_report,
    "jsonl": jsonl_report,
    "csv": _csv,
    "svrl": _svrl,
    "html": _html,
}
"""Text, in pieces."""

BINARY_REPORTERS: dict[str, BinaryReporter] = {"xlsx": _xlsx, "pdf": _pdf}
"""Bytes that no terminal can show."""
