"""The report for machines: one JSON document, or one JSON line a file."""

import json
from collections.abc import Iterator

from checktool.model.report import CheckReport
from checktool.reporting.masking import ReportOptions, mask_for
from checktool.reporting.tree import file_trees, report_tree
from checktool.wording import Wording


def json_report(report: CheckReport, wording: Wording, options: ReportOptions) -> Iterator[str]:
    """The whole report as one indented JSON document."""
    tree = report_tree(report, mask_for(report, wording, options))
    yield json.dumps(tree, ensure_ascii=False, indent=1)
    yield "\n"


def jsonl_report(report: CheckReport, wording: Wording, options: ReportOptions) -> Iterator[str]:
    """One line a file: exactly the entries of ``files``; what concerns the run stands in ``json`` only."""
    for tree in file_trees(report, mask_for(report, wording, options)):
        yield json.dumps(tree, ensure_ascii=False) + "\n"
