"""A checked document is opened again to be looked at, whatever became of it."""

import threading
from pathlib import Path

import pytest

from checktool.model.definition import DefinitionPack
from checktool.reading import reopen
from checktool.reading.outline import values_of
from checktool.reading.reopen import Reopened, reopened
from checktool.reading.sources import Source, list_sources
from tests.tiny_pack import ROOT, SPACE, TinyPack, note

CONTAINER = f"{{{SPACE}}}Notes"
BODY = """<?xml version="1.0" encoding="UTF-8"?>
<Notes xmlns="urn:tiny">
  <Note kind="a"><One>1</One></Note>
  <Note><Two>2</Two><Two/></Note></Notes>"""


@pytest.fixture
def pack(tiny_pack: TinyPack) -> DefinitionPack:
    """A pack with a container of records."""
    tiny_pack.top["container"] = {"root": CONTAINER}
    return tiny_pack.load()


def written(folder: Path, data: str | bytes) -> Source:
    """A file as a source."""
    path = folder / "one.xml"
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    found = list_sources([str(path)], TinyPack(folder / "x").load().limits)[0]
    assert isinstance(found, Source)
    return found


def look(source: Source, pack: DefinitionPack, number: int = 0, line: int = 1) -> Reopened:
    """Open it at a line."""
    return reopened(source, number, (line, 1), pack, threading.Event())


def test_a_document_has_its_text_and_its_values(tmp_path: Path, pack: DefinitionPack) -> None:
    found = look(written(tmp_path, note("<One>&lt;1</One><Two/>", 'kind="a"')), pack)
    assert found.document is not None
    assert found.document.root.tag == ROOT
    values, count = values_of(found.document, 2)
    assert [(one.path, one.xpath, one.value, one.line) for one in values] == [
        ("@kind", "/Note[1]/@kind", "a", 2),
        ("One", "/Note[1]/One[1]", "<1", 2),
    ]
    assert count == 3
    assert found.excerpt.text.startswith("<?xml")


def test_a_record_is_shown_as_its_part_of_the_file(tmp_path: Path, pack: DefinitionPack) -> None:
    found = look(written(tmp_path, BODY), pack, number=2, line=4)
    assert found.excerpt.text == "<Note><Two>2</Two><Two/></Note>"
    assert (found.excerpt.line, found.excerpt.column) == (4, 3)
    assert found.document is not None
    values, _ = values_of(found.document, 100)
    assert [(one.xpath, one.line, one.column) for one in values] == [
        ("/Notes[1]/Note[2]/Two[1]", 4, 9),
        ("/Notes[1]/Note[2]/Two[2]", 4, 21),
    ]


def test_what_cannot_be_parsed_is_shown_with_the_reason(tmp_path: Path, pack: DefinitionPack) -> None:
    found = look(written(tmp_path, "<Note><One></Note>"), pack)
    assert (found.code, found.document, found.excerpt.text) == ("X101", None, "<Note><One></Note>")


def test_a_file_that_changed_or_vanished_is_not_shown(tmp_path: Path, pack: DefinitionPack) -> None:
    source = written(tmp_path, note())
    Path(source.path).write_text("<Other/>", encoding="utf-8")
    assert look(source, pack) == Reopened(code="F010")
    Path(source.path).unlink()
    assert look(source, pack, number=1) == Reopened(code="F010")


def test_a_record_that_is_not_there_is_not_shown(tmp_path: Path, pack: DefinitionPack) -> None:
    assert look(written(tmp_path, BODY), pack, number=9) == Reopened(code="F010")


def test_a_large_document_is_shown_without_its_values(
    tmp_path: Path, pack: DefinitionPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reopen, "IN_MEMORY", 50)
    found = look(written(tmp_path, note("<One>1</One>")), pack)
    assert (found.document, found.code) == (None, "")
    assert "<One>1</One>" in found.excerpt.text


def test_a_stop_ends_the_reading(tmp_path: Path, pack: DefinitionPack) -> None:
    stop = threading.Event()
    stop.set()
    source = written(tmp_path, BODY)
    assert reopened(source, 0, (1, 1), pack, stop).document is None
    assert reopened(source, 1, (1, 1), pack, stop) == Reopened()
