"""One fault gives one finding: which of several layers' findings of one place stays."""

import pytest

from tests.tiny_pack import TinyPack, codes, item, note


def typed(facets: str, low: int = 1, base: str = "xs:string") -> str:
    return (
        f'<xs:element name="V" minOccurs="{low}"><xs:simpleType><xs:restriction base="{base}">{facets}'
        "</xs:restriction></xs:simpleType></xs:element>"
    )


CHOICE = typed('<xs:enumeration value="1"/><xs:enumeration value="2"/>')
DIGITS = typed('<xs:pattern value="[0-9]*"/>')
SHORT = typed('<xs:maxLength value="3"/>')
RULE = '<assert id="R1" test=". = 1">x</assert>'


@pytest.mark.parametrize(
    ("schema", "row", "value", "expected"),
    [
        (CHOICE, item("V", "code", code_table="fruit"), "9", ["C407"]),
        (CHOICE, item("V", "code", code_table="fruit"), "2", ["R1"]),
        (CHOICE, item("V", "code"), "9", ["X111"]),
        (DIGITS, item("V", "digits"), "１２", ["T207"]),
        (DIGITS, item("V", "digits"), "1２x", ["T207"]),
        (DIGITS, item("V", "digits"), "1x", ["X110"]),
        (DIGITS, item("V", "digits"), "12", ["R1"]),
        (DIGITS, item("V", "digits"), "1−2", ["X110"]),
        (typed("", 0), item("V", "digits"), "１", ["T207"]),
        (typed("", 0), item("V", "string"), "１", ["R1"]),
        (SHORT, item("V", "freetext", max_len="3"), "あいうえ", ["X110"]),
        (typed("", 0), item("V", "freetext", max_len="3"), "あいうえ", ["T211", "R1"]),
        (typed("", 0, "xs:integer"), item("V", "integer"), "", ["X109"]),
        (typed("", 0), item("V", "string"), "", ["R1"]),
        (DIGITS, item("V", "digits"), " 1", ["X110"]),
        (CHOICE, item("V", "code", code_table="fruit"), "１", ["T207"]),
        (typed("", 0), item("V", "code", code_table="fruit"), " 1", ["T208"]),
        (typed("", 0), item("V", "code", code_table="fruit"), " ", ["R1"]),
        (typed("", 0), item("V", "date", charset="halfwidth"), "２０２６－０１－０１", ["T207"]),
        (DIGITS, item("V", "digits"), " ", ["X110"]),
    ],
)  # fmt: skip
def test_the_most_telling_finding_stays(
    tiny_pack: TinyPack, schema: str, row: dict[str, str], value: str, expected: list[str]
) -> None:
    tiny_pack.children(schema)
    tiny_pack.table("fruit", "1,林檎,,", "2,梨,,")
    tiny_pack.record(row)
    tiny_pack.rule("n:V", RULE)
    assert sorted(codes(tiny_pack.check(note(f"<V>{value}</V>")))) == sorted(expected)


def test_findings_of_other_places_stay(tiny_pack: TinyPack) -> None:
    tiny_pack.record(item("V", "digits"), item("W", "digits"))
    tiny_pack.rule("n:W", RULE)
    assert codes(tiny_pack.check(note("<V>１</V><W>2</W>"))) == ["T207", "R1"]


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
