"""Which document of the run before is which of this one."""

from checktool.gui.comparison import compare
from checktool.model.finding import Finding, Layer, Location, Severity
from checktool.model.report import (
    BatchResult,
    CheckReport,
    FileReport,
    LayerResult,
    LayerStatus,
    PackInfo,
)


def report(*files: tuple[str, str, str]) -> CheckReport:
    """A run over documents of (name, key, code of their one finding)."""
    made = []
    for name, key, code in files:
        found = (Finding(code, Severity.ERROR, Location(name, "/Note[1]/One[1]", "一つ目")),)
        layers = (LayerResult(Layer.RULES, LayerStatus.FAILED, found),)
        made.append(FileReport(name, "", "note", "", layers, key))
    pack = PackInfo("tiny", "1", "", "sample", "")
    return CheckReport(pack, None, (), "2026-11-22", tuple(made), BatchResult(LayerStatus.PASSED), True)


def left(before: CheckReport, now: CheckReport) -> dict[str, int]:
    """How many findings are left in each document that the run before had too."""
    return {source: len(change.left) for source, change in compare(before, now).files.items()}


def test_of_two_documents_with_one_key_each_is_its_own_by_name() -> None:
    """A corrected birth date may give a document the key of another of the same patient."""
    before = report(("a.xml", "wrong", "D601"), ("b.xml", "k", "N301"))
    now = report(("a.xml", "k", "D601"), ("b.xml", "k", "N301"))
    assert left(before, now) == {"a.xml": 1, "b.xml": 1}


def test_a_key_goes_before_a_name() -> None:
    before = report(("a.xml", "one", "D601"), ("b.xml", "two", "N301"))
    now = report(("a.xml", "two", "N301"), ("b.xml", "one", "D601"))
    assert left(before, now) == {"a.xml": 1, "b.xml": 1}


def test_documents_without_a_key_are_known_by_their_name() -> None:
    assert left(report(("a.xml", "", "D601")), report(("a.xml", "", "D601"), ("b.xml", "", "D601"))) == {
        "a.xml": 1
    }


def test_a_document_is_matched_once() -> None:
    before, now = report(("a.xml", "k", "D601")), report(("b.xml", "k", "D601"), ("c.xml", "k", "D601"))
    changes = compare(before, now)
    assert (set(changes.files), changes.added, changes.gone) == ({"b.xml"}, ("c.xml",), ())
