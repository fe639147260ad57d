"""Places, item names, and which params of a finding quote what a redacted report hides."""

import pytest

from checktool.model.report import LayerStatus, Verdict, verdict_of_file
from tests.tiny_pack import HEAD, SPACE, TinyPack, codes, found, item, note, places

ITEMS = (
    item("Name/Family", "name", personal="yes"), item("Name/Given", "name", personal="yes"),
    item("Code", "code", code_table="fruit"), item("Story", "freetext"), item("Plain"),
)  # fmt: skip
DOCUMENT = note(
    "<Name><Family>山</Family><Given>花</Given></Name><Code>1</Code><Story>話</Story><Plain>x</Plain>"
)


def personal(tiny_pack: TinyPack, select: str, before: str = "", own: str = "") -> tuple[str, ...]:
    """The params marked personal of a rule at the root whose message quotes a value."""
    tiny_pack.record(*ITEMS)
    tiny_pack.table("fruit", "1,林檎,,")
    tiny_pack.rules(
        f'{before}<pattern><rule context="/n:Note">{own}<assert id="R1" test="false()">'
        f'a <value-of select="{select}"/></assert></rule></pattern>'
    )
    (finding,) = tiny_pack.check(DOCUMENT).files[0].findings
    return finding.personal


@pytest.mark.parametrize(
    "select",
    ["n:Name/n:Family", "n:Name", "n:Story", ".", "/", "string(.)", "//n:Given",
     "concat(n:Plain, n:Name/*)", "*[1]",
     "n:Unknown", "substring(n:Story, 1, 1)", "//text()", "n:Plain/preceding-sibling::*", "n:Code/../n:Name"],
)  # fmt: skip
def test_a_message_that_quotes_a_personal_value_is_marked(tiny_pack: TinyPack, select: str) -> None:
    assert personal(tiny_pack, select) == ("1",)


@pytest.mark.parametrize(
    "select", ["n:Plain", "n:Code", "f:today()", "'text'", "1 + 1", "f:code-name('fruit', n:Code)"]
)
def test_a_message_that_quotes_none_is_not_marked(tiny_pack: TinyPack, select: str) -> None:
    assert personal(tiny_pack, select) == ()


@pytest.mark.parametrize(
    ("value", "select", "marked"),
    [
        ("/n:Note/n:Name/n:Family", "$v", True), ("/n:Note", "$v/n:Name/n:Family", True),
        ("/n:Note/n:Plain", "$v", False),
        ("/n:Note/n:Name", "concat('a', $w)", True), ("/n:Note/n:Plain", "concat('a', $w)", False),
    ],
)  # fmt: skip
def test_a_variable_does_not_hide_what_it_quotes(
    tiny_pack: TinyPack, value: str, select: str, marked: bool
) -> None:
    lets = f'<let name="v" value="{value}"/><let name="w" value="$v"/>'
    assert personal(tiny_pack, select, before=lets) == (("1",) if marked else ())


def test_a_variable_of_the_rule_does_not_either(tiny_pack: TinyPack) -> None:
    assert personal(tiny_pack, "$v", own='<let name="v" value="n:Story"/>') == ("1",)


@pytest.mark.parametrize(
    ("inner", "code", "expected"),
    [
        ("<Name><Family>山\ue000</Family></Name>", "T202", ("value", "ch")),
        ("<Plain>山\ue000</Plain>", "T202", ()),
        ("<Story>山\ue000</Story>", "T202", ("value", "ch")), ("<Code>9</Code>", "C407", ()),
        ("<Unknown>\x01</Unknown>", "T201", ("value", "ch")),
        ("<Name><Family> 山</Family></Name>", "T208", ("value",)),
    ],
)  # fmt: skip
def test_values_of_personal_items_and_free_texts_are_marked(
    tiny_pack: TinyPack, inner: str, code: str, expected: tuple[str, ...]
) -> None:
    tiny_pack.record(*ITEMS)
    tiny_pack.table("fruit", "1,林檎,,")
    (finding,) = tiny_pack.check(note(inner)).files[0].findings
    assert (finding.code, finding.personal) == (code, expected)


def test_a_group_has_the_name_of_its_section(tiny_pack: TinyPack) -> None:
    tiny_pack.record(*ITEMS)
    tiny_pack.table("fruit")
    subjects = ("n:Name", "n:Name/n:Family", "n:Other", ".")
    tiny_pack.rules("".join(
        f'<pattern><rule context="/n:Note"><assert id="R{n}" test="0" subject="{subject}"/></rule></pattern>'
        for n, subject in enumerate(subjects)))  # fmt: skip
    findings = tiny_pack.check(note("<Name><Family/></Name><Other/>")).files[0].findings
    assert {one.code: one.location.item for one in findings} == {
        "R0": "見出し", "R1": "項目Family", "R2": "Other", "R3": "",
    }  # fmt: skip


def test_findings_stand_in_the_order_of_the_document(tiny_pack: TinyPack) -> None:
    tiny_pack.record(item("A"), item("@k"))
    tiny_pack.rules(
        '<pattern><rule context="n:A[2]"><assert id="R1" test="0">x</assert></rule></pattern>'
        '<pattern><rule context="n:A[1] | /n:Note/@k"><assert id="R2" test="0">x</assert></rule></pattern>'
        '<pattern><rule context="n:A"><assert id="R3" test="0">x</assert></rule></pattern>'
    )
    report = tiny_pack.check(note("<A/>\n<A/>", 'k="1"'))
    assert places(report) == [("R2", 2, 24), ("R2", 2, 30), ("R3", 2, 30), ("R1", 3, 1), ("R3", 3, 1)]


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "Shift_JIS", "EUC-JP"])
def test_columns_count_characters_in_every_encoding(tiny_pack: TinyPack, encoding: str) -> None:
    tiny_pack.rule("n:A", '<assert id="R1" test="0">x</assert>')
    tiny_pack.top["encoding"] = {"accepted": ["UTF-8", "UTF-16", "Shift_JIS", "EUC-JP"]}
    head = f'<?xml version="1.0" encoding="{encoding}"?>\r\n'
    text = f'{head}<Note xmlns="{SPACE}"><B>漢字ｶﾅ</B><A/>\r\n漢<A/></Note>'
    report = tiny_pack.check(text.encode(encoding))
    assert places(report) == [("R1", 2, 35), ("R1", 3, 2)]


def test_lines_beyond_what_libxml2_counts(tiny_pack: TinyPack) -> None:
    tiny_pack.children('<xs:element name="A" type="xs:integer" maxOccurs="unbounded"/>')
    lines = "<A>1</A>\n" * 70_000
    report = tiny_pack.check(f'{HEAD}<Note xmlns="{SPACE}">\n{lines}  <A>x</A></Note>')
    assert found(report) == [("X109", "/Note[1]/A[70001]")]
    assert places(report) == [("X109", 70_003, 3)]


@pytest.mark.parametrize(("most", "listed", "cut"), [(5, 5, 3), (8, 8, 0), (3, 3, 5)])
def test_beyond_the_cap_findings_are_counted(tiny_pack: TinyPack, most: int, listed: int, cut: int) -> None:
    tiny_pack.rule("n:A", '<assert id="R1" role="warning" test="0">x</assert>')
    tiny_pack.rules(
        '<pattern><rule context="n:B"><assert id="R2" test="0">x</assert></rule></pattern>', "b.sch"
    )
    report = tiny_pack.check(note("<A/>" * 6 + "<B/>" * 2), most=most)
    file = report.files[0]
    capped = [one for one in file.findings if one.code == "F011"]
    assert len(file.findings) - len(capped) == listed
    assert [one.param("n") for one in capped] == ([cut] if cut else [])
    assert codes(report).count("R2") == 2
    assert verdict_of_file(file) is Verdict.CORRECT
    assert file.layers[2].status is LayerStatus.ABSENT


def test_many_faults_of_one_flat_list_stay_cheap(tiny_pack: TinyPack) -> None:
    tiny_pack.children('<xs:element name="A" type="xs:integer" maxOccurs="unbounded"/>')
    report = tiny_pack.check(note("<A>1</A>" * 40_000 + "<A>x</A>" * 3_000))
    file = report.files[0]
    assert codes(report).count("X109") == 1000
    assert [one.param("n") for one in file.findings if one.code == "F011"] == [2000]


def test_text_where_none_belongs_is_not_quoted_in_a_redacted_report(tiny_pack: TinyPack) -> None:
    tiny_pack.record(*ITEMS[:2])
    (finding,) = tiny_pack.check(note("<Name>山田\u0086</Name>")).files[0].findings
    assert (finding.code, finding.param("value"), finding.personal) == ("T201", "山田\u0086", ("value", "ch"))
