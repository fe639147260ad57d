"""No shortcut changes a report: with and without them every case and every changed sample reads the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from checktool.checking.engine import CheckOptions
from checktool.checking.judge import Judge
from checktool.checking.quick.rules import QuickRules
from checktool.checking.schematron.walking import Walker
from checktool.checking.screen import Screen
from checktool.definitions.pack import load
from checktool.model.report import LayerStatus
from checktool.reading import parsing
from checktool.reading.document import Document, Unreadable, read
from checktool.reading.sources import Refused, list_sources
from checktool.samples.make import Request, samples
from tests.unit.checking.test_screen import changed

HERE = Path(__file__).parent
PACK = load("nanshou-sample")
ON = date(2026, 11, 22)
JUDGE = Judge(PACK, CheckOptions(on=ON))
CASES = sorted(
    path
    for path in (HERE / PACK.info.id).glob("*/*")
    if path.name.startswith(("pass-", "fail-")) and path.suffix != ".toml"
)


@contextmanager
def without(shortcut: type, name: str, answer: object) -> Iterator[None]:
    """A shortcut that always says that it cannot tell."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shortcut, name, lambda *_: answer)
        yield


def said_three_ways(document: Document) -> list[object]:
    """What is said of a document by all shortcuts, without code for rules, and without the quick look."""
    found: list[object] = [JUDGE.document(document)]
    with without(QuickRules, "firing", None):
        found.append(JUDGE.document(document))
    with without(Screen, "look", None):
        found.append(JUDGE.document(document))
    return found


def agreed(document: Document | Unreadable) -> None:
    """Demand that all ways say the same."""
    if isinstance(document, Document):
        quickly, by_libxml2, closely = said_three_ways(document)
        assert quickly == by_libxml2 == closely


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_reads_the_same(case: Path) -> None:
    for source in list_sources([str(case)], PACK.limits):
        if not isinstance(source, Refused):
            for document in read(source, PACK):
                agreed(document)


def of_bytes(data: bytes) -> Document:
    """A document in memory."""
    root = parsing.parse(data, PACK.limits)
    return Document("1.xml", "", root, data, f"/{root.tag.rpartition('}')[2]}[1]")


@settings(max_examples=150, deadline=None)
@given(changed())
def test_a_changed_sample_reads_the_same(case: tuple[str, bytes]) -> None:
    agreed(of_bytes(case[1]))


@pytest.mark.parametrize("form", [form.id for form in PACK.forms])
@pytest.mark.parametrize("variant", ["min", "full"])
def test_clean_samples_need_no_other_look(form: str, variant: str) -> None:
    made = [file.data for file in samples(PACK, Request(form, ON, seed=3, count=8, variant=variant))]
    made += [data.replace(b'"', b"'") for data in made] + [
        data.replace(b"><", b"><!-- ' --><") for data in made
    ]
    made += [
        data.replace(b"\n  <", b"\n  <!-- x -->\n  <").replace(b"<!-- x -->\n  </", b"</") for data in made
    ]
    asked: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Walker, "run", lambda walker: asked.add(walker.at))
        reports = [JUDGE.document(of_bytes(data))[0] for data in made]
    assert asked == set()
    assert {layer.status for report in reports for layer in report.layers} == {LayerStatus.PASSED}
