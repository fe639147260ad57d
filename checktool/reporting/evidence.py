"""What a run checked and what it did not: layers, notes of the batch, changed severities."""

from collections import Counter
from collections.abc import Iterator

from checktool.model.finding import FILE_LAYERS, BatchFinding, Finding, Layer, Severity
from checktool.model.report import CheckReport, LayerStatus
from checktool.reporting.masking import Mask


def checked_lines(report: CheckReport, mask: Mask, indent: str) -> Iterator[str]:
    """Lines for people: how many files each layer judged, and what the profile changed."""
    say = mask.wording.say
    yield say("report.checked_heading")
    for layer in FILE_LAYERS if report.files else ():
        yield indent + say(
            "report.layer_note", layer=say(f"report.layer.{layer.value}"), word=_counts(report, mask, layer)
        )
    batch = say(f"report.layer_status.{report.batch.status.value}")
    if report.batch.status is LayerStatus.PASSED:
        batch += _confirm(mask, sum(map(_is_warning, report.batch.findings)))
    yield indent + say("report.layer_note", layer=say("report.layer.batch"), word=batch)
    for note in report.batch.notes:
        yield indent * 2 + mask.note(note)
    editions = Counter(file.pack or report.pack for file in report.files if file.form)
    if set(editions) - {report.pack}:
        counts = [
            say("report.layer_count", word=pack.edition, count=count) for pack, count in editions.items()
        ]
        yield indent + say("report.editions_line", editions="、".join(counts))
    if report.overrides:
        yield say("report.overrides_heading")
    for change in report.overrides:
        word = say(f"report.severity.{change.severity}")
        yield indent + say("report.override", code=change.code, word=word, reason=change.reason)


def _counts(report: CheckReport, mask: Mask, layer: Layer) -> str:
    say = mask.wording.say
    results = [result for file in report.files for result in file.layers if result.layer is layer]
    count = Counter(result.status for result in results)
    passed = [result for result in results if result.status is LayerStatus.PASSED]
    more = {LayerStatus.PASSED: _confirm(mask, sum(any(map(_is_warning, one.findings)) for one in passed))}
    return "、".join(
        say("report.layer_count", word=say(f"report.layer_status.{status.value}"), count=count[status])
        + more.get(status, "")
        for status in LayerStatus
        if count[status]
    )


def _confirm(mask: Mask, count: int) -> str:
    """How many of what is passed still ask for a look."""
    return mask.wording.say("report.layer_confirm", count=count) if count else ""


def _is_warning(finding: Finding | BatchFinding) -> bool:
    return finding.severity is Severity.WARNING
