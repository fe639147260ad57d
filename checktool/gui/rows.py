"""One line of the list of results, worked out where the check runs, so that the window only shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from checktool.gui.tables.folding import folded
from checktool.model.finding import BatchFinding, Finding, Severity
from checktool.model.report import CheckReport, FileReport, LayerStatus, Note, Verdict, verdict_of_file

AnyFinding = Finding | BatchFinding

STATES = {verdict: state for state, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True)
class Row:
    """One document: its report, verdict, counts by severity, its gravest finding.

    ``shared`` are the findings of the comparison of files that name it; ``note`` says why a document is
    unchecked where no finding says it. ``text`` is what a search looks in, ``state`` the verdict as the
    number by which lists filter and sort: 0 ○, 1 △, 2 ×, 3 －.
    """

    report: FileReport
    verdict: Verdict
    errors: int = 0
    warnings: int = 0
    first: AnyFinding | None = None
    shared: tuple[BatchFinding, ...] = ()
    note: Note | None = None
    text: str = ""

    @property
    def state(self) -> int:
        """The verdict as a number."""
        return STATES[self.verdict]

    @property
    def refused(self) -> bool:
        """Whether the document could not be read, or is none of the forms."""
        return any(layer.status is LayerStatus.FAILED for layer in self.report.layers[:2])

    @property
    def findings(self) -> tuple[AnyFinding, ...]:
        """Every finding of the document, shared ones last."""
        return (*self.report.findings, *self.shared)


def row_of(report: FileReport, shared: Sequence[BatchFinding] = ()) -> Row:
    """The row of a document, with the findings of the whole run that name it."""
    found: tuple[AnyFinding, ...] = (*report.findings, *shared)
    verdict = verdict_of_file(report, shared)
    return Row(
        report,
        verdict,
        errors=sum(each.severity is Severity.ERROR for each in found),
        warnings=sum(each.severity is Severity.WARNING for each in found),
        first=max(found, key=lambda each: each.severity, default=None),
        shared=tuple(shared),
        note=_note(report) if verdict is Verdict.UNCHECKED else None,
        text=_text(report, found),
    )


def rows_judged_anew(report: CheckReport) -> dict[int, Row]:
    """The rows, by place, that the findings of the comparison of files change."""
    places = {file.source: place for place, file in enumerate(report.files)}
    shared: dict[int, list[BatchFinding]] = {}
    for finding in report.batch.findings:
        for source in finding.sources:
            shared.setdefault(places[source], []).append(finding)
    return {place: row_of(report.files[place], found) for place, found in shared.items()}


def item_of(finding: AnyFinding) -> str:
    """The item that a finding is about, empty when there is none."""
    return finding.location.item if isinstance(finding, Finding) else finding.item


def _text(report: FileReport, found: Sequence[AnyFinding]) -> str:
    said = {finding.code for finding in found} | {item_of(finding) for finding in found}
    return folded("\n".join((report.source, report.form_name, report.disease, report.doctor, *sorted(said))))


def _note(report: FileReport) -> Note | None:
    stopped = (LayerStatus.SKIPPED, LayerStatus.BROKEN)
    return next((layer.note for layer in report.layers if layer.status in stopped), None)
