"""From bytes to documents: notices about the file, records, large files, files that change."""

import hashlib
import os
from pathlib import Path

import pytest

from checktool.model.definition import DefinitionPack
from checktool.reading import document as documents
from checktool.reading.document import Document, Unreadable, read
from checktool.reading.sources import Source, source_of_file
from tests.tiny_pack import HEAD, SPACE, TinyPack, note

FORMS = f'<Notes xmlns="{SPACE}">'


@pytest.fixture
def pack(tiny_pack: TinyPack) -> DefinitionPack:
    tiny_pack.top["container"] = {"root": f"{{{SPACE}}}Notes"}
    return tiny_pack.load()


def of(data: bytes | str, name: str = "a.xml") -> Source:
    return Source(name, name, data=data if isinstance(data, bytes) else data.encode("utf-8"))


def one(data: bytes | str, pack: DefinitionPack, name: str = "a.xml") -> Document:
    (found,) = read(of(data, name), pack)
    assert isinstance(found, Document), found
    return found


def fault(data: bytes | str, pack: DefinitionPack) -> tuple[str, dict[str, object]]:
    (found,) = read(of(data), pack)
    assert isinstance(found, Unreadable)
    return found.code, dict(found.params)


Notices = list[tuple[str, object]]


def noticed(tiny_pack: TinyPack, data: bytes | str, name: str = "a.xml", **limits: object) -> Notices:
    tiny_pack.top["limits"] = limits
    return [(code, dict(params)) for code, params in one(data, tiny_pack.load(), name).noticed]


def test_a_document_keeps_its_characters_and_the_digest_of_its_bytes(pack: DefinitionPack) -> None:
    raw = note("漢").replace("UTF-8", "EUC-JP").encode("euc_jp")
    found = one(raw, pack)
    assert (found.source, found.prefix, found.line, found.column) == ("a.xml", "/Note[1]", 1, 1)
    assert found.text == raw.decode("euc_jp")
    assert found.sha256 == hashlib.sha256(raw).hexdigest()
    assert found.root.text == "漢"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.xml", []), ("a.XML", [("F003", {"pattern": "[a-z]+\\.xml"})]), ("a.txt", [("F002", {})]),
        ("あ.xml", [("F003", {"pattern": "[a-z]+\\.xml"})]), ("a.xml.bak", [("F002", {})]), ("", []),
    ],
)  # fmt: skip
def test_names_of_files(tiny_pack: TinyPack, name: str, expected: Notices) -> None:
    assert noticed(tiny_pack, note(), name, file_name="[a-z]+\\.xml") == expected


def test_a_name_without_pattern_is_any(tiny_pack: TinyPack) -> None:
    assert noticed(tiny_pack, note(), "あ い.xml") == []


@pytest.mark.parametrize(("most", "expected"), [(0, []), (63, [("F004", {"max": 63, "size": 64})]), (64, [])])
def test_the_size_of_a_file(tiny_pack: TinyPack, most: int, expected: Notices) -> None:
    document = f'<Note xmlns="{SPACE}"/>'.ljust(64)
    assert noticed(tiny_pack, document, file_bytes=most) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (note().encode("utf-8-sig"), [("X103", {})]), (note().encode(), []),
        (note().replace("UTF-8", "UTF-16").encode("utf-16"), [("X104", {"encoding": "UTF-16"})]),
        (note().replace("UTF-8", "Shift_JIS").encode("cp932"), [("X104", {"encoding": "Shift_JIS"})]),
        (note().replace("UTF-8", "us-ascii").encode(), []),
    ],
)  # fmt: skip
def test_encodings_that_the_pack_does_not_want(tiny_pack: TinyPack, raw: bytes, expected: Notices) -> None:
    assert noticed(tiny_pack, raw) == expected


@pytest.mark.parametrize("count", [2, 3, 5])
def test_too_many_records_are_told_with_their_number(tiny_pack: TinyPack, count: int) -> None:
    tiny_pack.top |= {"container": {"root": f"{{{SPACE}}}Notes"}, "limits": {"records_per_file": 2}}
    found = list(read(of(FORMS + "<Note/>" * count + "</Notes>"), tiny_pack.load()))
    said = [notice for one in found if isinstance(one, Document) for notice in one.noticed]
    assert said == ([("F005", (("max", 2), ("count", count)))] if count > 2 else [])


def test_notices_of_a_file_stand_at_its_first_record(tiny_pack: TinyPack) -> None:
    tiny_pack.top |= {"container": {"root": f"{{{SPACE}}}Notes"}}
    found = list(read(of((FORMS + "<Note/><Note/></Notes>").encode("utf-8-sig")), tiny_pack.load()))
    assert [one.noticed for one in found if isinstance(one, Document)] == [(("X103", ()),), ()]


def test_records_are_documents_of_their_own(pack: DefinitionPack) -> None:
    head = f'{HEAD}<f:Notes xmlns:f="{SPACE}" xmlns="{SPACE}">\n'
    text = f'{head} <Note>一</Note><f:Note k="2"/>\n<Other xmlns=""/></f:Notes>'
    found = [one for one in read(of(text), pack) if isinstance(one, Document)]
    assert [(one.source, one.prefix, one.line, one.column) for one in found] == [
        ("a.xml#1", "/Notes[1]/Note[1]", 3, 2), ("a.xml#2", "/Notes[1]/Note[2]", 3, 16),
        ("a.xml#3", "/Notes[1]/Other[1]", 4, 1),
    ]  # fmt: skip
    assert [one.root.tag for one in found] == [f"{{{SPACE}}}Note", f"{{{SPACE}}}Note", "Other"]
    assert [one.text for one in found] == ["<Note>一</Note>", '<f:Note k="2"/>', '<Other xmlns=""/>']
    assert [one.root.getparent() for one in found] == [None] * 3
    assert len({one.sha256 for one in found}) == 1


def test_a_record_beyond_the_limits_takes_only_itself_along(
    tiny_pack: TinyPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "IN_MEMORY", 40)
    tiny_pack.top |= {"container": {"root": f"{{{SPACE}}}Notes"}, "limits": {"depth": 5}}
    deep = "<Note>" + "<a>" * 9 + "</a>" * 9 + "</Note>"
    raw = (FORMS + f"{deep}<Note/>{deep}<Note/></Notes>").encode("utf-8-sig")
    found = list(read(of(raw), tiny_pack.load()))
    assert [(one.source, one.code) for one in found if isinstance(one, Unreadable)] == [
        ("a.xml#1", "F009"), ("a.xml#3", "F009"),
    ]  # fmt: skip
    assert [(one.source, one.noticed) for one in found if isinstance(one, Document)] == [
        ("a.xml#2", (("X103", ()),)), ("a.xml#4", ()),
    ]  # fmt: skip


@pytest.fixture
def large(pack: DefinitionPack, monkeypatch: pytest.MonkeyPatch) -> DefinitionPack:
    """A pack, and a bound of bytes in memory that small files pass."""
    monkeypatch.setattr(documents, "IN_MEMORY", 40)
    monkeypatch.setattr(documents, "_CHUNK", 16)
    return pack


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932", "euc_jp"])
def test_a_large_file_gives_what_a_small_one_gives(
    pack: DefinitionPack, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp932": "Shift_JIS", "euc_jp": "EUC-JP"}
    inner = "<Note>漢字</Note>\n<Note/>  <Note k='>'>x</Note>"
    head = f'<?xml version="1.0" encoding="{names.get(encoding, "UTF-16")}"?>\n'
    raw = f"{head}{FORMS}{inner}</Notes>".encode(encoding)
    small = [_facts(one) for one in read(of(raw), pack)]
    monkeypatch.setattr(documents, "IN_MEMORY", 40)
    monkeypatch.setattr(documents, "_CHUNK", 7)
    assert [_facts(one) for one in read(of(raw), pack)] == small
    assert len(small) == 3


def _facts(found: Document | Unreadable) -> tuple[object, ...]:
    if isinstance(found, Unreadable):
        return found.source, found.sha256, found.code
    return found.source, found.sha256, found.text, found.prefix, found.line, found.column, found.noticed


def test_a_large_single_document_is_read_whole(large: DefinitionPack) -> None:
    assert one(note("あ" * 50), large).root.text == "あ" * 50


def test_a_large_file_that_is_broken_far_down(large: DefinitionPack) -> None:
    code, params = fault(FORMS + "<Note/>\n" * 30 + "<Note></Notes>", large)
    assert (code, params["line"]) == ("X101", 31)


@pytest.mark.parametrize("inner", ["<Note/>", ""])
def test_a_large_file_that_changes_between_two_passes(
    large: DefinitionPack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inner: str
) -> None:
    path = tmp_path / "a.xml"
    root = "Notes" if inner else "Note"
    path.write_text(f'<{root} xmlns="{SPACE}">{inner * 20}<!-- {"x" * 60} --></{root}>', encoding="utf-8")
    source = source_of_file(path, "a.xml")
    assert isinstance(source, Source)
    survey = documents.survey

    def meddling(*given: object) -> object:
        answer = survey(*given)  # type: ignore[arg-type]
        state = path.stat()
        path.write_bytes(path.read_bytes().replace(b"x", b"y"))
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
        return answer

    monkeypatch.setattr(documents, "survey", meddling)
    found = list(read(source, large))
    last = found[-1]
    assert isinstance(last, Unreadable)
    assert (last.source, last.code) == ("a.xml", "F010")


def test_a_file_that_vanished_or_changed_since_it_was_listed(pack: DefinitionPack, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(note(), encoding="utf-8")
    source = source_of_file(path, "a.xml")
    assert isinstance(source, Source)
    path.write_text(note("more"), encoding="utf-8")
    assert [found.code for found in read(source, pack) if isinstance(found, Unreadable)] == ["F010"]
    path.unlink()
    assert [found.code for found in read(source, pack) if isinstance(found, Unreadable)] == ["F010"]


def test_an_empty_file(pack: DefinitionPack) -> None:
    assert fault(b"", pack) == ("F001", {"reason": "empty"})
