"""Rules that miss a value: the item they name, and what is not told besides."""

import pytest

from tests.tiny_pack import TinyPack, codes, item, note

PART = '<xs:element name="{}" type="xs:string" minOccurs="0"/>'
GROUP = (
    '<xs:element name="Group"><xs:complexType><xs:sequence>'
    + PART.format("V")
    + PART.format("W")
    + "</xs:sequence></xs:complexType></xs:element>"
)
BOTH = """<assert id="R1" test="normalize-space(n:Group/n:V) != '' and normalize-space(n:Group/n:W) != ''"
 subject="n:Group">x</assert>"""


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("<V>1</V>", ("R1", "/Note[1]/Group[1]", "項目W")),
        ("<V>1</V><W/>", ("R1", "/Note[1]/Group[1]/W[1]", "項目W")),
        ("<V> </V><W>1</W>", ("R1", "/Note[1]/Group[1]/V[1]", "項目V")),
        ("<V/><W/>", ("R1", "/Note[1]/Group[1]", "見出し")),
        ("", ("R1", "/Note[1]/Group[1]", "見出し")),
        ("<V>1</V><U>1</U>", ("X108", "/Note[1]/Group[1]/U[1]", "U")),
    ],
)
def test_a_rule_names_the_item_that_it_misses(
    tiny_pack: TinyPack, group: str, expected: tuple[str, str, str]
) -> None:
    tiny_pack.children(GROUP)
    tiny_pack.record(item("Group/V"), item("Group/W"))
    tiny_pack.rule("n:Note", BOTH)
    (file,) = tiny_pack.check(note(f"<Group>{group}</Group>")).files
    assert [(one.code, one.location.xpath, one.location.item) for one in file.findings] == [expected]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<U>1</U>", ["X108"]),
        ("<Group/><U>1</U>", ["R1", "X108"]),
        ("<U>1</U><U>2</U>", ["X107", "X108", "X108"]),
    ],
)
def test_an_item_under_another_name_is_told_once(
    tiny_pack: TinyPack, inner: str, expected: list[str]
) -> None:
    tiny_pack.children(GROUP)
    tiny_pack.record(item("Group/V"), item("Group/W"))
    tiny_pack.rule("n:Note", BOTH)
    assert sorted(codes(tiny_pack.check(note(inner)))) == expected
