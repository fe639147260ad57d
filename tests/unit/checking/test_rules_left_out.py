"""A rule that reads an item with a structure finding is left out, and the layer says so."""

import pytest

from checktool.model.report import LayerStatus, Note
from tests.tiny_pack import TinyPack, codes, item, layer, note

PLAIN = [f'<xs:element name="{name}" type="xs:integer" minOccurs="0" maxOccurs="2"/>' for name in "ABC"]
GROUP = (
    '<xs:element name="Group" minOccurs="0"><xs:complexType>'
    '<xs:sequence><xs:element name="D" type="xs:integer"/></xs:sequence>'
    '<xs:attribute name="e" type="xs:integer"/></xs:complexType></xs:element>'
)
MODEL = "".join(PLAIN) + GROUP
FAULTY_A = note("<A>x</A><B>1</B><C>1</C><Group e='1'><D>1</D></Group>")
FINE = note("<A>1</A><B>1</B><C>1</C><Group e='1'><D>1</D></Group>")


def run(tiny_pack: TinyPack, context: str, check: str, document: str, before: str = "") -> list[str]:
    tiny_pack.children(MODEL)
    tiny_pack.rules(f'{before}<pattern><rule context="{context}">{check}</rule></pattern>')
    return codes(tiny_pack.check(document))


@pytest.mark.parametrize(
    ("context", "test"),
    [
        ("/n:Note", "n:A = 9"), ("n:A", ". = 9"), ("/n:Note/n:B", "../n:A = 9"), ("n:B", "//n:A = 9"),
        ("n:B", "preceding-sibling::n:A = 9"), ("n:B", "/n:Note/*[1] = 9"),
        ("/n:Note[n:A != 9]/n:B", "false()"),
        ("n:B", "count(../n:A[. = 9]) = 1"), ("n:B", "current()/../n:A = 9"),
    ],
)  # fmt: skip
def test_what_reads_it_is_left_out(tiny_pack: TinyPack, context: str, test: str) -> None:
    check = f'<assert id="R1" test="{test}">x</assert>'
    assert run(tiny_pack, context, check, FAULTY_A) == ["X109"]
    assert run(tiny_pack, context, check, FINE) == ["R1"]


@pytest.mark.parametrize(
    ("let", "test"),
    [
        ("/n:Note/n:A", "$v = 9"),
        ("/n:Note", "$v/n:A = 9"),
        ("/n:Note/n:A", "$w = 9"),
        ("n:Note/n:A", "$v = 9"),
    ],
)
def test_what_reads_it_by_a_variable_is_left_out(tiny_pack: TinyPack, let: str, test: str) -> None:
    check = f'<assert id="R1" test="{test}">x</assert>'
    lets = f'<let name="v" value="{let}"/><let name="w" value="$v"/>'
    assert run(tiny_pack, "n:B", check, FAULTY_A, lets) == ["X109"]
    assert run(tiny_pack, "n:B", check, FINE, lets) == ["R1"]


@pytest.mark.parametrize("test", ["n:B = 9", "n:Group/n:D = 9", "'n:A' = 'x'", "$unread = 9 or n:B = 9"])
def test_what_does_not_read_it_runs(tiny_pack: TinyPack, test: str) -> None:
    check = f'<assert id="R1" test="{test}">x</assert>'
    let = '<let name="unread" value="/n:Note/n:C"/>'
    assert run(tiny_pack, "/n:Note", check, FAULTY_A, let) == ["X109", "R1"]


@pytest.mark.parametrize(
    ("document", "test", "expected"),
    [
        (note("<Group/>"), "n:Group/n:D = 9", ["X107"]), (note("<Group/>"), "n:Group/@e = 9", ["X107", "R1"]),
        (note("<Group e='x'><D>1</D></Group>"), "n:Group/@e = 9", ["X109"]),
        (note("<Group e='x'><D>1</D></Group>"), "n:Group/n:D = 9", ["X109", "R1"]),
        (note("<Odd><Deep/></Odd>"), "n:Odd/n:Deep = 9", ["X108"]),
    ],
)  # fmt: skip
def test_an_item_may_be_missing_or_inside_what_is_faulty(
    tiny_pack: TinyPack, document: str, test: str, expected: list[str]
) -> None:
    assert run(tiny_pack, "/n:Note", f'<assert id="R1" test="{test}">x</assert>', document) == expected


def test_the_layer_says_how_many_and_keeps_its_status(tiny_pack: TinyPack) -> None:
    tiny_pack.children(MODEL)
    checks = "".join(f'<assert id="R{n}" test="{test}">x</assert>' for n, test in
                     enumerate(("n:A = 9", "n:A = 8", "n:B = 1"), 1))  # fmt: skip
    tiny_pack.rule("/n:Note", checks)
    result = layer(tiny_pack.check(FAULTY_A), "rules")
    assert (result.status, result.note) == (LayerStatus.PASSED, Note("rules_left_out", (("count", 2),)))
    assert layer(tiny_pack.check(FINE), "rules").note is None


def test_a_forbidden_character_keeps_rules_from_its_item(tiny_pack: TinyPack) -> None:
    tiny_pack.record(item("A"), item("B"))
    tiny_pack.rule(
        "/n:Note", '<assert id="R1" test="n:A = 9">x</assert><assert id="R2" test="n:B = 9">x</assert>'
    )
    assert codes(tiny_pack.check(note("<A>\x01</A><B/>"))) == ["T201", "R2"]


def test_a_rule_that_cannot_be_judged_breaks_the_layer(tiny_pack: TinyPack) -> None:
    tiny_pack.rule("/n:Note", '<assert id="R1" test="f:code-exists(\'nowhere\', n:A)">x</assert>')
    report = tiny_pack.check(note("<A/>"))
    assert (layer(report, "rules").status, layer(report, "rules").note) == (
        LayerStatus.BROKEN,
        Note("rule_broken", (("rule", "R1"),)),
    )
