"""Which form a document is, and by which day it is judged."""

from datetime import date
from typing import Any

import pytest
from lxml import etree

from checktool.reading.faults import ReadFault
from checktool.reading.identify import Identified, Identifier
from tests.tiny_pack import ON, SPACE, TinyPack


def identified(pack: TinyPack, document: str) -> Identified:
    return Identifier(pack.load(), ON).identify(etree.fromstring(document))


def fault(pack: TinyPack, document: str) -> dict[str, Any]:
    with pytest.raises(ReadFault) as caught:
        identified(pack, document)
    return {"code": caught.value.code, **dict(caught.value.params)}


def note(inner: str = "", attributes: str = "") -> str:
    return f'<Note xmlns="{SPACE}" {attributes}>{inner}</Note>'


@pytest.fixture
def editions(tiny_pack: TinyPack) -> TinyPack:
    """Two editions of one form."""
    tiny_pack.form.update({"version": "@version", "versions": ["2023-10", "2024-04"]})
    tiny_pack.forms.append(tiny_pack.form | {"versions": ["2025-04"], "name": "覚え書き（新）"})
    return tiny_pack


@pytest.mark.parametrize(
    ("version", "name"), [("2023-10", "覚え書き"), ("2024-04", "覚え書き"), ("2025-04", "覚え書き（新）")]
)
def test_the_version_chooses_among_editions(editions: TinyPack, version: str, name: str) -> None:
    assert identified(editions, note(attributes=f'version="{version}"')).form.name == name


@pytest.mark.parametrize("attributes", ['version="2022-04"', 'version=""', ""])
def test_an_edition_that_is_not_there_names_those_that_are(editions: TinyPack, attributes: str) -> None:
    version = attributes[9:-1]
    assert fault(editions, note(attributes=attributes)) == {
        "code": "X106", "version": version, "available": "2023-10、2024-04、2025-04",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("document", "root", "namespace", "near"),
    [
        ("<Note/>", "Note", "", "覚え書き"), ("<note xmlns='urn:other'/>", "note", "urn:other", "覚え書き"),
        ("<Other/>", "Other", "", ""), (f"<Notes xmlns='{SPACE}'/>", "Notes", SPACE, ""),
    ],
)  # fmt: skip
def test_an_unknown_root_names_a_near_miss(
    tiny_pack: TinyPack, document: str, root: str, namespace: str, near: str
) -> None:
    expected = {"code": "X105", "root": root, "namespace": namespace, "near": near}
    assert fault(tiny_pack, document) == {**expected, "wrapper": ""}


def test_a_root_that_holds_documents_names_the_one_it_should_be(tiny_pack: TinyPack) -> None:
    tiny_pack.top["container"] = {"root": f"{{{SPACE}}}Notes"}
    inner = f"<Note xmlns='{SPACE}'/>"
    assert fault(tiny_pack, f"<notes>{inner}{inner}</notes>")["wrapper"] == "Notes"


def test_a_container_without_documents_says_so(tiny_pack: TinyPack) -> None:
    tiny_pack.top["container"] = {"root": f"{{{SPACE}}}Notes"}
    assert fault(tiny_pack, f"<Notes xmlns='{SPACE}'/>") == {"code": "X105", "container": "Notes"}


def test_two_forms_that_fit_are_a_fault(tiny_pack: TinyPack) -> None:
    tiny_pack.forms.append(tiny_pack.form | {"id": "twin", "name": "双子"})
    assert fault(tiny_pack, note()) == {"code": "X105", "fitting": "覚え書き、双子"}


def test_a_form_may_be_known_by_an_xpath(tiny_pack: TinyPack) -> None:
    tiny_pack.form.update({"match": "/*[local-name() = 'Note'][@kind = 'a']"})
    del tiny_pack.form["root"]
    tiny_pack.forms.append(tiny_pack.form | {"match": "/*[@kind = 'b']", "name": "別"})
    assert identified(tiny_pack, "<Note kind='a'/>").form.name == "覚え書き"
    assert identified(tiny_pack, "<Any kind='b'/>").form.name == "別"
    assert fault(tiny_pack, "<Note kind='c'/>")["code"] == "X105"


@pytest.mark.parametrize(
    ("inner", "day", "dated"),
    [
        ("<Written>2026-02-28</Written>", date(2026, 2, 28), True),
        ("<Written> 2026-02-28\n</Written>", date(2026, 2, 28), True),
        ("<Written>2026-02-28T10:00:00</Written>", date(2026, 2, 28), True), ("", ON, False),
        ("<Written/>", ON, False),
        ("<Written>2026-02-30</Written>", ON, False), ("<Written>2026-2-3</Written>", ON, False),
        ("<Written>２０２６-０２-０３</Written>", ON, False), ("<Written>令和8年</Written>", ON, False),
        ("<Written>2026-W09-6</Written>", ON, False), ("<Written>20260228</Written>", ON, False),
    ],
)  # fmt: skip
def test_the_day_is_that_of_the_document_or_of_the_run(
    tiny_pack: TinyPack, inner: str, day: date, dated: bool
) -> None:
    found = identified(tiny_pack, note(inner))
    assert (found.day, found.dated) == (day, dated)


@pytest.mark.parametrize(
    ("written", "fits"),
    [("2024-03-31", False), ("2024-04-01", True), ("2026-03-31", True), ("2026-04-01", False), ("", False)],
)
def test_a_pack_has_its_time(tiny_pack: TinyPack, written: str, fits: bool) -> None:
    tiny_pack.top |= {"valid_from": date(2024, 4, 1), "valid_to": date(2026, 3, 31)}
    document = note(f"<Written>{written}</Written>")
    if fits:
        assert identified(tiny_pack, document).dated
    else:
        assert fault(tiny_pack, document) == {
            "code": "X106", "day": written or ON.isoformat(), "period": "2024-04-01～2026-03-31",
        }  # fmt: skip


@pytest.mark.parametrize(("written", "fits"), [("2026-06-30", True), ("2026-07-01", False)])
def test_an_old_edition_is_taken_within_its_grace(tiny_pack: TinyPack, written: str, fits: bool) -> None:
    tiny_pack.top |= {"valid_to": date(2026, 3, 31), "grace_until": date(2026, 6, 30)}
    document = note(f"<Written>{written}</Written>")
    assert (
        identified(tiny_pack, document).dated if fits else fault(tiny_pack, document)["code"] != "X106"
    ) is fits
