"""One fault gives one finding: which of several layers' findings of one place stays."""

import pytest

from checktool.model.report import LayerStatus, Note
from tests.tiny_pack import TinyPack, codes, item, layer, note


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


def test_a_schema_whose_refusal_is_told_elsewhere_does_not_look_content(tiny_pack: TinyPack) -> None:
    tiny_pack.children(DIGITS)
    tiny_pack.record(item("V", "digits"))
    structure = layer(tiny_pack.check(note("<V>１</V>")), "structure")
    assert structure.status is LayerStatus.PASSED
    assert structure.note == Note("told_elsewhere", (("count", 1),))
    assert layer(tiny_pack.check(note("<V>1</V>")), "structure").note is None
