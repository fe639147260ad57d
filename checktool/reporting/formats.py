"""The report formats that this version has, by the name that ``--format`` takes."""

from collections.abc import Callable, Iterator

from checktool.model.report import CheckReport
from checktool.reporting.csv_report import csv_report
from checktool.reporting.json_report import json_report, jsonl_report
from checktool.reporting.masking import ReportOptions
from checktool.reporting.svrl_report import svrl_report
from checktool.reporting.text_report import text_report
from checktool.wording import Wording

Reporter = Callable[[CheckReport, Wording, ReportOptions], Iterator[str]]

REPORTERS: dict[str, Reporter] = {
    "text": text_report,
    "json": json_report,
    "jsonl": jsonl_report,
    "csv": csv_report,
    "svrl": svrl_report,
}
