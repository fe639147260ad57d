"""One document of a run as a report of its own."""

from dataclasses import replace

from checktool.model.report import CheckReport


def part_of(report: CheckReport, source: str) -> CheckReport:
    """The report with this document alone, and of the comparison of files what names it."""
    shared = tuple(found for found in report.batch.findings if source in found.sources)
    return replace(
        report,
        files=tuple(file for file in report.files if file.source == source),
        batch=replace(report.batch, findings=shared),
    )
