"""Schematron as ISO/IEC 19757-3 says it: which rule applies, where it fires, what it says."""

import pytest

from checktool.definitions.registry import rules_of
from checktool.model.finding import Severity
from checktool.model.report import LayerStatus
from tests.tiny_pack import TinyPack, codes, found, layer, note, places


def check(code: str, test: str, text: str = "x", more: str = "", kind: str = "assert") -> str:
    return f'<{kind} id="{code}" test="{test}" {more}>{text}</{kind}>'


def said(tiny_pack: TinyPack, document: str) -> list[str]:
    """The messages of the pack's rules, their values filled in."""
    rules = {rule.code: rule for rule in rules_of(tiny_pack.load())}
    told = []
    for finding in tiny_pack.check(document).files[0].findings:
        rule = rules[finding.code]
        messages = (rule.message, *rule.others)
        values = {key: value for key, value in finding.params if key.isdigit()}
        text = messages[int(finding.param("wording") or 0)]
        for key, value in values.items():
            text = text.replace(f"{{{key}}}", str(value))
        told.append(text)
    return told


def test_without_rules_the_layer_is_absent(tiny_pack: TinyPack) -> None:
    assert layer(tiny_pack.check(note()), "rules").status is LayerStatus.ABSENT


def test_an_assert_that_fails_and_a_report_that_holds(tiny_pack: TinyPack) -> None:
    tiny_pack.rule("/n:Note/n:A", check("R1", ". > 1"), check("R2", ". > 1", kind="report"))
    report = tiny_pack.check(note("\n<A>1</A>\n <A>2</A>"))
    assert found(report) == [("R1", "/Note[1]/A[1]"), ("R2", "/Note[1]/A[2]")]
    assert places(report) == [("R1", 3, 1), ("R2", 4, 2)]
    assert [one.param("value") for one in report.files[0].findings] == ["1", "2"]


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ('role="error"', Severity.ERROR), ('role="fatal"', Severity.ERROR),
        ('role="warning"', Severity.WARNING),
        ('role="warn"', Severity.WARNING), ('role="info"', Severity.INFO),
        ('role="information"', Severity.INFO),
        ('flag="warning"', Severity.WARNING), ('role="info" flag="warning"', Severity.INFO),
        ("", Severity.ERROR),
        ('role="WARNING"', Severity.WARNING), ('role="other"', Severity.ERROR),
    ],
)  # fmt: skip
def test_role_before_flag_before_error(tiny_pack: TinyPack, words: str, severity: Severity) -> None:
    tiny_pack.rule("/n:Note", check("R1", "false()", more=words))
    report = tiny_pack.check(note())
    assert [one.severity for one in report.files[0].findings] == [severity]
    failed = severity is Severity.ERROR
    assert layer(report, "rules").status is (LayerStatus.FAILED if failed else LayerStatus.PASSED)


def test_the_first_rule_of_a_pattern_takes_a_node(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        "<pattern>"
        f'<rule context="n:A[. = 1]">{check("R1", "false()")}</rule>'
        f'<rule context="n:A">{check("R2", "false()")}</rule>'
        f'<rule context="*">{check("R3", "false()")}</rule></pattern>'
        f'<pattern><rule context="n:A">{check("R4", "false()")}</rule></pattern>'
    )
    report = tiny_pack.check(note("<A>1</A><A>2</A><B/>"))
    assert sorted(found(report)) == [
        ("R1", "/Note[1]/A[1]"), ("R2", "/Note[1]/A[2]"), ("R3", "/Note[1]"), ("R3", "/Note[1]/B[1]"),
        ("R4", "/Note[1]/A[1]"), ("R4", "/Note[1]/A[2]"),
    ]  # fmt: skip


def test_a_rule_that_is_off_still_takes_its_nodes(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        f'<pattern><rule context="n:A[. = 1]">{check("R1", "false()")}</rule>'
        f'<rule context="n:A">{check("R2", "false()")}</rule></pattern>'
    )
    tiny_pack.top["off"] = ["R1"]
    assert found(tiny_pack.check(note("<A>1</A><A>2</A>"))) == [("R2", "/Note[1]/A[2]")]


def test_attributes_are_contexts(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        f'<pattern><rule context="@code[. = 1]">{check("R1", "false()")}</rule>'
        f'<rule context="@code | @kind">{check("R2", ". = ../@none")}</rule></pattern>'
    )
    report = tiny_pack.check(note('<A code="1"/><A\n code="2"/>', 'kind="3"'))
    assert found(report) == [
        ("R2", "/Note[1]/@kind"), ("R1", "/Note[1]/A[1]/@code"), ("R2", "/Note[1]/A[2]/@code"),
    ]  # fmt: skip
    assert places(report)[2] == ("R2", 3, 2)
    assert [one.param("value") for one in report.files[0].findings] == ["3", "1", "2"]


@pytest.mark.parametrize("test", ["n:Note", "count(*) = 1", "/n:Note/n:A = 1"])
def test_the_document_is_a_context(tiny_pack: TinyPack, test: str) -> None:
    tiny_pack.rule("/", check("R1", test), check("R2", f"not({test})"))
    assert found(tiny_pack.check(note("<A>1</A>"))) == [("R2", "/Note[1]")]


def test_texts_and_comments_are_contexts(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        f'<pattern><rule context="n:A/text()">{check("R1", ". = 1")}</rule></pattern>'
        f'<pattern><rule context="comment()">{check("R2", "contains(., 1)")}</rule></pattern>'
    )
    assert found(tiny_pack.check(note("<A>1</A><A>2</A><!--1--><B><!--2--></B>"))) == [
        ("R1", "/Note[1]/A[2]"), ("R2", "/Note[1]/B[1]"),
    ]  # fmt: skip


def test_lets_of_every_scope(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        '<let name="schema" value="/n:Note/n:A"/>'
        '<phase id="p"><let name="phase" value="$schema + 1"/><active pattern="one"/></phase>'
        '<pattern id="one"><let name="pattern" value="$phase + 1"/><rule context="n:A">'
        '<let name="rule" value=". + $pattern"/><let name="last" value="$rule + 1"/>'
        + check("R1", "false()", '<value-of select="concat($schema, $phase, $pattern, $rule, $last)"/>')
        + "</rule></pattern>"
    )
    tiny_pack.form["phase"] = "p"
    assert said(tiny_pack, note("<A>1</A>")) == ["12345"[:3] + "45"]


@pytest.mark.parametrize("value", ["n:Note/n:A", "/n:Note/n:A", "*/n:A"])
def test_outer_lets_start_at_the_document(tiny_pack: TinyPack, value: str) -> None:
    tiny_pack.rules(
        f'<let name="outer" value="{value}"/><pattern><let name="inner" value="{value}"/>'
        f'<rule context="n:B">{check("R1", "$outer = . and $inner = .")}</rule></pattern>'
    )
    assert codes(tiny_pack.check(note("<A>1</A><B>1</B>"))) == []


def test_current_is_the_node_of_the_rule(tiny_pack: TinyPack) -> None:
    tiny_pack.rule(
        "n:A", check("R1", "not(../n:B[@of = current()])", '<value-of select="../n:B[@of = current()]/@no"/>')
    )
    document = note('<A>x</A><A>y</A><A>z</A><B of="y" no="7"/>')
    assert found(tiny_pack.check(document)) == [("R1", "/Note[1]/A[2]")]
    assert said(tiny_pack, document) == ["7"]


def test_the_subject_is_the_place(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        f'<pattern><rule context="/n:Note">{check("R1", "n:A = 1", more=_subject("n:A"))}'
        f"{check('R2', 'n:A = 1', more=_subject('n:A/@code'))}"
        f"{check('R3', 'n:A = 1', more=_subject('n:None'))}"
        "</rule></pattern>"
    )
    report = tiny_pack.check(note('<A code="k">2</A>'))
    assert sorted(found(report)) == [
        ("R1", "/Note[1]/A[1]"), ("R2", "/Note[1]/A[1]/@code"), ("R3", "/Note[1]"),
    ]  # fmt: skip
    assert {one.code: one.param("value") for one in report.files[0].findings} == {
        "R1": "2",
        "R2": "k",
        "R3": "",
    }


def _subject(path: str) -> str:
    return f'subject="{path}"'


def test_the_subject_of_a_rule_serves_its_assertions(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        f'<pattern><rule context="/n:Note" subject="n:A">{check("R1", "false()")}'
        f"{check('R2', 'false()', more=_subject('n:B'))}</rule></pattern>"
    )
    assert sorted(found(tiny_pack.check(note("<A/><B/>")))) == [
        ("R1", "/Note[1]/A[1]"),
        ("R2", "/Note[1]/B[1]"),
    ]
