"""What may go out: a record only with its file, and what is to confirm of the file for all its records."""

import pytest

from checktool.handoff.selection import handed_over
from checktool.model.finding import FILE_LAYERS, Finding, Layer, Location, Severity
from checktool.model.report import (
    BatchResult,
    CheckReport,
    FileReport,
    LayerResult,
    LayerStatus,
    PackInfo,
)


def file(source: str, code: str = "", layer: Layer = Layer.READING) -> FileReport:
    found = (Finding(code, Severity.WARNING, Location(source)),) if code else ()
    layers = tuple(
        LayerResult(each, LayerStatus.PASSED, found if each is layer else ()) for each in FILE_LAYERS
    )
    return FileReport(source, "0" * 64, "opinion", "意見書", layers)


def run(*files: FileReport) -> CheckReport:
    pack = PackInfo("tiny", "1", "小さな定義", "sample", "0" * 64)
    return CheckReport(pack, None, (), "2026-11-22", files, BatchResult(LayerStatus.PASSED), completed=True)


@pytest.mark.parametrize(
    ("confirmed", "left_out", "expected"),
    [
        ((), (), ["other.xml", "other.xml#9.xml"]),
        (("X104",), (), ["big.xml#1", "big.xml#2", "other.xml", "other.xml#9.xml"]),
        ((), ("big.xml#1",), ["other.xml", "other.xml#9.xml"]),
        (("X104",), ("big.xml#1",), ["big.xml#2", "other.xml", "other.xml#9.xml"]),
    ],
)
def test_what_is_to_confirm_of_a_file_holds_for_all_its_records(
    confirmed: tuple[str, ...], left_out: tuple[str, ...], expected: list[str]
) -> None:
    report = run(file("big.xml#1", "X104"), file("big.xml#2"), file("other.xml"), file("other.xml#9.xml"))
    assert handed_over(report, confirmed, left_out) == expected


def test_what_is_to_confirm_of_a_record_is_its_own() -> None:
    report = run(file("big.xml#1", "T203", Layer.TEXT), file("big.xml#2"))
    assert handed_over(report, (), ()) == ["big.xml#2"]
