"""A report as plain data: the JSON of interfaces.md section 2, schema in resources/."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from checktool import __version__
from checktool.model.finding import BatchFinding, Finding, Layer
from checktool.model.period import Validity
from checktool.model.report import (
    BatchResult,
    CheckReport,
    FileReport,
    LayerResult,
    PackInfo,
    Verdict,
    count_by_code,
    verdict_of_run,
    verdicts,
)
from checktool.reporting.masking import Mask

SCHEMA = 1

Tree = dict[str, Any]


def report_tree(report: CheckReport, mask: Mask, with_files: bool = True) -> Tree:
    """The whole report; the same report and mask give the same tree, order included.

    Without ``files`` they are left to ``file_trees``, which makes them one by one.
    """
    found = verdicts(report)
    return {
        "schema": SCHEMA,
        "tool": {"name": "checktool", "version": __version__},
        "pack": {**pack_tree(report.pack), **_validity(report)},
        "profile": report.profile,
        "overrides": [
            {"code": change.code, "severity": change.severity, "reason": change.reason}
            for change in report.overrides
        ],
        "on": report.on,
        "verdict": verdict_of_run(report).value,
        "completed": report.completed,
        "summary": _summary(report, found),
        "files": list(file_trees(report, mask)) if with_files else [],
        "batch": _batch(report.batch, mask),
        "disclaimer": mask.wording.say("report.disclaimer"),
    }


def pack_tree(pack: PackInfo) -> Tree:
    """The edition that judged."""
    return {"id": pack.id, "edition": pack.edition, "status": pack.status, "sha256": pack.sha256}


def _validity(report: CheckReport) -> Tree:
    return {} if report.validity == Validity.VALID else {"validity": str(report.validity)}


def file_trees(report: CheckReport, mask: Mask) -> Iterator[Tree]:
    """The entries of ``files``, in the order of the run."""
    for file, verdict in zip(report.files, verdicts(report), strict=True):
        yield _file(file, verdict, mask)


def _summary(report: CheckReport, found: Sequence[Verdict]) -> Tree:
    count = Counter(found)
    return {
        "files": len(report.files),
        **{verdict.value: count[verdict] for verdict in Verdict},
        "by_code": count_by_code(report),
    }


def _file(file: FileReport, verdict: Verdict, mask: Mask) -> Tree:
    return {
        "source": mask.name(file.source),
        "sha256": file.sha256,
        "form": file.form,
        "form_name": file.form_name,
        **({"pack": pack_tree(file.pack)} if file.pack else {}),
        "verdict": verdict.value,
        "layers": [_layer(result, mask) for result in file.layers],
        "findings": [
            _finding(found, result.layer, mask) for result in file.layers for found in result.findings
        ],
    }


def _layer(result: LayerResult, mask: Mask) -> Tree:
    return {"layer": result.layer.value, "status": result.status.value, "note": mask.note(result.note)}


def _finding(found: Finding, layer: Layer, mask: Mask) -> Tree:
    place = found.location
    return {
        "code": found.code,
        "severity": found.severity.word,
        "layer": layer.value,
        "item": place.item,
        "value": mask.value(found),
        **_words(found, mask),
        "xpath": place.xpath,
        "line": place.line,
        "column": place.column,
    }


def _batch(batch: BatchResult, mask: Mask) -> Tree:
    return {
        "status": batch.status.value,
        "note": "".join(mask.note(note) for note in batch.notes),
        "findings": [_batch_finding(found, mask) for found in batch.findings],
    }


def _batch_finding(found: BatchFinding, mask: Mask) -> Tree:
    return {
        "code": found.code,
        "severity": found.severity.word,
        "layer": Layer.BATCH.value,
        "sources": [mask.name(source) for source in found.sources],
        "item": found.item,
        "value": mask.value(found),
        **_words(found, mask),
    }


def _words(found: Finding | BatchFinding, mask: Mask) -> Tree:
    said = mask.explain(found)
    return {"title": said.title, "message": said.message, "fix": said.fix}
