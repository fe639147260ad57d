"""A hand-made run: ○, △, ×, － and a batch finding, with a personal value and a free text."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from checktool.model.finding import FILE_LAYERS, BatchFinding, Finding, Layer, Location, Severity
from checktool.model.report import (
    BatchResult,
    CheckReport,
    FileReport,
    LayerResult,
    LayerStatus,
    Note,
    Override,
    PackInfo,
)
from checktool.wording import Wording

SHA = "0123456789abcdef" * 4


def layers(
    found: dict[Layer, tuple[Finding, ...]], **status: tuple[LayerStatus, Note | None]
) -> tuple[LayerResult, ...]:
    """Six layers: FAILED where an error was found, else PASSED, or as told."""
    made = []
    for layer in FILE_LAYERS:
        findings = found.get(layer, ())
        grave = any(finding.severity is Severity.ERROR for finding in findings)
        given, note = status.get(layer.value, (LayerStatus.FAILED if grave else LayerStatus.PASSED, None))
        made.append(LayerResult(layer, given, findings, note))
    return tuple(made)


def file(source: str, *results: LayerResult) -> FileReport:
    """A file of the form ``opinion``."""
    return FileReport(source, SHA, "opinion", "小児慢性特定疾病 医療意見書", results)


def finding(
    code: str, severity: Severity, item: str, *params: tuple[str, str | int], **more: object
) -> Finding:
    """A finding in the first file."""
    place = Location("a.zip!B001.xml", f"/MedicalOpinion[1]/Patient[1]/{code}[1]", item, 41, 3)
    return replace(Finding(code, severity, place, params), **more)  # type: ignore[arg-type]


@pytest.fixture
def report() -> CheckReport:
    """Four files, one finding about two of them, a profile that switches a rule off."""
    sex = finding(
        "C406", Severity.ERROR, "性別", ("value", "9"), ("table", "sex"), ("valid_from", ""), ("valid_to", "")
    )
    name = finding(
        "T203", Severity.WARNING, "氏名（姓）", ("value", "𠮷田"), ("pos", 1), ("ch", "𠮷"),
        ("repertoire", "jisx0208"), personal=("value", "ch"),
    )  # fmt: skip
    copy = finding("F008", Severity.INFO, "", ("other", "B001.xml"))
    broken = finding("F001", Severity.ERROR, "", ("reason", "empty"))
    skipped = (LayerStatus.SKIPPED, Note("reading_failed"))
    files = (
        file("a.zip!B001.xml", *layers({Layer.TEXT: (name,), Layer.CODES: (sex,)})),
        file("B001.xml", *layers({}, rules=(LayerStatus.PASSED, Note("rules_left_out", (("count", 2),))))),
        file("copy.xml", *layers({Layer.READING: (copy,)}, structure=(LayerStatus.ABSENT, Note("absent")))),
        FileReport(
            "=empty.xml", "", "", "",
            layers({Layer.READING: (broken,)}, form=skipped, structure=skipped, text=skipped, codes=skipped,
                   rules=skipped),
        ),
    )  # fmt: skip
    same = BatchFinding("B901", Severity.WARNING, ("B001.xml", "copy.xml"), "", (("n", 2),))
    return CheckReport(
        pack=PackInfo("nanshou-sample", "2025-04", "難病・小慢 見本定義", "sample", SHA),
        profile="tokyo",
        overrides=(Override("N319", "off", "この提出先では使いません。"),),
        on="2026-11-22",
        files=files,
        batch=BatchResult(LayerStatus.PASSED, (same,), (Note("batch_keys_missing", (("codes", "B903"),)),)),
        completed=True,
    )


@pytest.fixture
def many_alike(report: CheckReport) -> Callable[[int], CheckReport]:
    """The run with one file that has the same finding many times."""

    def make(times: int) -> CheckReport:
        first = report.files[0].layers[4].findings[0]
        crowded = file("a.xml", *layers({Layer.CODES: (first,) * times}))
        return replace(report, files=(crowded,), batch=BatchResult(LayerStatus.PASSED))

    return make


@pytest.fixture(scope="session")
def wording() -> Wording:
    """The wording of the built-in codes."""
    return Wording()
