"""What a check answers: layers, files, the run, and the one function that derives a verdict."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from checktool.model.finding import BatchFinding, Finding, Layer, Param, Severity
from checktool.model.trace import RuleTrace


class LayerStatus(StrEnum):
    """What became of a layer; only PASSED means that it ran and found nothing to correct."""

    PASSED = "passed"
    FAILED = "failed"
    ABSENT = "absent"
    SKIPPED = "skipped"
    BROKEN = "broken"


class Verdict(StrEnum):
    """○ △ × － of a file or of a run."""

    CLEAN = "clean"
    CONFIRM = "confirm"
    CORRECT = "correct"
    UNCHECKED = "unchecked"


_PASSED = LayerStatus.PASSED
_BY_SEVERITY = {
    Severity.ERROR: Verdict.CORRECT,
    Severity.WARNING: Verdict.CONFIRM,
    Severity.INFO: Verdict.CLEAN,
}
GRAVEST_FIRST = (Verdict.UNCHECKED, Verdict.CORRECT, Verdict.CONFIRM, Verdict.CLEAN)


@dataclass(frozen=True, slots=True)
class Note:
    """Why a layer has its status, as a key of the wording and its arguments."""

    key: str
    params: tuple[Param, ...] = ()


@dataclass(frozen=True, slots=True)
class LayerResult:
    """One layer of one file."""

    layer: Layer
    status: LayerStatus
    findings: tuple[Finding, ...] = ()
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """One document: always the six layers of ``FILE_LAYERS``, in order.

    ``sha256`` is that of the raw bytes of the whole file (hex; empty when it could not be read).
    ``form`` is the id of its form, empty when none was identified. ``key`` is a digest by which the
    same document is known again after it was corrected and exported anew; ``disease`` and ``doctor``
    are for the list in the window. These three never enter a report. ``trace`` tells what each rule file
    did, when that was asked for. ``pack`` is the edition that judged it, None for the pack of the run.
    """

    source: str
    sha256: str
    form: str
    form_name: str
    layers: tuple[LayerResult, ...]
    key: str = ""
    disease: str = ""
    doctor: str = ""
    trace: tuple[RuleTrace, ...] = ()
    pack: "PackInfo | None" = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, in the order of the layers."""
        return tuple(finding for layer in self.layers for finding in layer.findings)


@dataclass(frozen=True, slots=True)
class BatchResult:
    """The layer that compares the documents of a run; ``notes`` name rules that could not apply."""

    status: LayerStatus
    findings: tuple[BatchFinding, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class PackInfo:
    """The cover sheet of the definition pack that judged (``sha256`` over the whole pack)."""

    id: str
    edition: str
    title: str
    status: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Override:
    """A severity that a profile changed; ``severity`` is error, warning, info or off."""

    code: str
    severity: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A whole run; ``on`` is the date taken as today (YYYY-MM-DD), ``validity`` what the pack is then.

    ``profile_title`` is how people know the profile, empty where it has no title.
    """

    pack: PackInfo
    profile: str | None
    overrides: tuple[Override, ...]
    on: str
    files: tuple[FileReport, ...]
    batch: BatchResult
    completed: bool
    validity: str = "valid"
    profile_title: str = ""


def verdict_of_file(report: FileReport, batch: Iterable[BatchFinding] = ()) -> Verdict:
    """The verdict of one file; the only place that decides it (interfaces.md section 2).

    ``batch`` may hold the batch findings of the whole run; those of other files are passed over.
    """
    grave = [finding.severity for finding in batch if report.source in finding.sources]
    for layer in report.layers:
        if layer.status is _PASSED and not layer.findings:
            continue
        if layer.status in (LayerStatus.BROKEN, LayerStatus.SKIPPED):
            return Verdict.UNCHECKED
        if layer.status is LayerStatus.FAILED and layer.layer in (Layer.READING, Layer.FORM):
            return Verdict.UNCHECKED
        grave += [finding.severity for finding in layer.findings]
    return _BY_SEVERITY[max(grave, default=Severity.INFO)]


def verdicts(report: CheckReport) -> list[Verdict]:
    """The verdict of each file of a run, in its order."""
    by_source: dict[str, list[BatchFinding]] = {}
    for finding in report.batch.findings:
        for source in finding.sources:
            by_source.setdefault(source, []).append(finding)
    return [verdict_of_file(file, by_source.get(file.source, ())) for file in report.files]


def verdict_of_run(report: CheckReport) -> Verdict:
    """The worst verdict of the run's files; UNCHECKED when it stopped early or saw no file."""
    found = set(verdicts(report))
    if not report.completed or not found or report.batch.status is LayerStatus.BROKEN:
        return Verdict.UNCHECKED
    return next(verdict for verdict in GRAVEST_FIRST if verdict in found)


def all_findings(report: CheckReport) -> Iterator[Finding | BatchFinding]:
    """Every finding of a run, files first, each once."""
    for file in report.files:
        yield from file.findings
    yield from report.batch.findings


def count_by_code(report: CheckReport) -> dict[str, int]:
    """How often each code was found, sorted by code."""
    return dict(sorted(Counter(finding.code for finding in all_findings(report)).items()))
