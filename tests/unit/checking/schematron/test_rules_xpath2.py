"""Rules of XPath 2 in a pack: the functions of the checks, what is left out, what breaks, what is hidden."""

from datetime import date

import pytest

from checktool.checking.engine import CheckOptions, run
from checktool.model.report import LayerStatus, Note, Verdict, verdict_of_file
from tests.tiny_pack import SCH, TinyPack, codes, found, item, layer, note

XPATH2 = 'queryBinding="xslt2"'


def rules(tiny_pack: TinyPack, body: str) -> None:
    tiny_pack.rules(body, attributes=XPATH2)


def assertion(test: str, text: str = "x", code: str = "R1") -> str:
    return f'<assert id="{code}" test="{test}">{text}</assert>'


@pytest.mark.parametrize(
    ("test", "holds"),
    [
        ("f:luhn('0110113719')", True), ("f:is-date(n:On)", True), ("f:is-date(n:None)", False),
        ("f:days-between(n:On, '2026-01-03') = 2", True), ("f:today() = '2026-11-22'", True),
        ("string(current-date()) = '2026-11-22'", True), ("f:code-exists('kinds', n:Kind)", True),
        ("f:code-name('kinds', (n:Kind, 'x')[1]) = '一'", True), ("f:code-exists('kinds', '9')", False),
        ("f:fold('Ａ') = 'a'", True), ("f:matches(n:On, '[0-9-]+')", True),
        ("every $k in n:Kind satisfies f:code-exists('kinds', $k, n:On)", True),
        ("f:out-of-range('sizes', n:Size)", True), ("f:out-of-range('sizes', (n:Size[1], n:Kind))", False),
        ("f:out-of-range('sizes', n:None)", False),
    ],
)  # fmt: skip
def test_the_functions_of_the_checks(tiny_pack: TinyPack, test: str, holds: bool) -> None:
    tiny_pack.table("kinds", "1,一,,")
    tiny_pack.table("sizes", "S,小,,,1,9", columns=",min,max")
    rules(tiny_pack, f'<pattern><rule context="n:Note">{assertion(test)}</rule></pattern>')
    document = note('<On>2026-01-01</On><Kind>1</Kind><Size code="S">9</Size><Size code="S">10</Size>')
    assert codes(tiny_pack.check(document)) == ([] if holds else ["R1"])


def test_today_is_the_day_of_the_run(tiny_pack: TinyPack) -> None:
    test = "xs:date(n:On) le current-date()"
    rules(tiny_pack, f'<pattern><rule context="n:Note">{assertion(test)}</rule></pattern>')
    document = note("<On>2026-01-01</On>")
    assert codes(tiny_pack.check(document, on=date(2026, 1, 1))) == []
    assert codes(tiny_pack.check(document, on=date(2025, 12, 31))) == ["R1"]


def test_what_cannot_be_judged_is_no_pass(tiny_pack: TinyPack) -> None:
    body = assertion("n:Size = 1", code="R1") + assertion("xs:date(n:On) = xs:date(n:On)", code="R2")
    rules(tiny_pack, f'<pattern><rule context="n:Note">{body}</rule></pattern>')
    report = tiny_pack.check(note("<Size>2</Size><On>soon</On>"), note("<Size>1</Size><On>2026-01-01</On>"))
    broken = layer(report, "rules")
    assert (broken.status, broken.note) == (LayerStatus.BROKEN, Note("rule_broken", (("rule", "R2"),)))
    assert [verdict_of_file(file) for file in report.files] == [Verdict.UNCHECKED, Verdict.CLEAN]
    assert found(report) == [("R1", "/Note[1]")]


def test_a_rule_that_reads_a_faulty_item_is_left_out(tiny_pack: TinyPack) -> None:
    tiny_pack.children('<xs:element name="Size" type="xs:integer"/><xs:element name="On" type="xs:string"/>')
    body = assertion("n:Size eq '1'", code="R1") + assertion("n:On = ''", code="R2")
    rules(tiny_pack, f'<pattern><rule context="n:Note">{body}</rule></pattern>')
    report = tiny_pack.check(note("<Size>x</Size><On>y</On>"))
    assert (codes(report), layer(report, "rules").note) == (
        ["X109", "R2"],
        Note("rules_left_out", (("count", 1),)),
    )


def test_values_are_hidden_as_personal(tiny_pack: TinyPack) -> None:
    tiny_pack.record(item("Name", "name", personal="yes"), item("Size", "integer"))
    text = 'a <value-of select="n:Name"/> <value-of select="1 + 1"/>'
    rules(tiny_pack, f'<pattern><rule context="n:Note">{assertion("false()", text)}</rule></pattern>')
    (finding,) = tiny_pack.check(note("<Name>山田</Name><Size>1</Size>")).files[0].findings
    assert dict(finding.params)["1"] == "山田"
    assert "1" in finding.personal
    assert "2" not in finding.personal


def test_includes_and_documents_of_the_pack(tiny_pack: TinyPack) -> None:
    tiny_pack.file("rules/tiny/lists/kinds.xml", '<kinds><kind code="1"/></kinds>')
    tiny_pack.file("rules/tiny/sub/one.sch", f'<pattern xmlns="{SCH}"><include href="../two.sch"/></pattern>')
    inner = "n:Kind = document('lists/kinds.xml')//@code"
    tiny_pack.file("rules/tiny/two.sch", f'<rule xmlns="{SCH}" context="n:Note">{assertion(inner)}</rule>')
    rules(tiny_pack, '<include href="sub/one.sch"/>')
    report = tiny_pack.check(note("<Kind>1</Kind>"), note("<Kind>2</Kind>"))
    assert [codes(file) for file in report.files] == [[], ["R1"]]


def test_findings_in_other_documents_stand_at_the_root(tiny_pack: TinyPack) -> None:
    tiny_pack.file("rules/tiny/other.xml", "<list><a/><b/></list>")
    rules(
        tiny_pack,
        f'<pattern documents="\'other.xml\'"><rule context="b">{assertion("false()")}</rule></pattern>',
    )
    assert found(tiny_pack.check(note("<A/>"))) == [("R1", "/Note[1]")]


def test_worker_processes_judge_the_same(tiny_pack: TinyPack) -> None:
    function = (
        '<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="n:twice" as="xs:integer">'
        '<xsl:param name="n" as="xs:integer"/><xsl:sequence select="$n * 2"/></xsl:function>'
    )
    test = assertion("n:twice(n:Size) lt 5")
    rules(tiny_pack, f'{function}<pattern><rule context="n:Note">{test}</rule></pattern>')
    folder = str(tiny_pack.documents(*[note(f"<Size>{size}</Size>") for size in range(5)]))
    pack = tiny_pack.load()
    alone, many = (run([folder], pack, CheckOptions(on=date(2026, 11, 22), jobs=jobs)) for jobs in (0, 2))
    assert alone == many
    assert codes(alone) == ["R1", "R1"]
