"""The texts of rules: values in their places, names, several wordings, foreign rules."""

import pytest

from checktool.definitions.registry import rules_of
from checktool.wording import Wording
from tests.tiny_pack import TinyPack, codes, note


def explained(tiny_pack: TinyPack, document: str) -> list[tuple[str, str, str]]:
    """(title, message, fix) of every finding, worded as a report does."""
    pack = tiny_pack.load()
    wording = Wording(rules_of(pack))
    shown = [wording.explain(finding) for finding in tiny_pack.check(document).files[0].findings]
    return [(one.title, one.message, one.fix) for one in shown]


def test_values_stand_where_they_are_written(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        '<pattern><rule context="/n:Note"><assert id="R1" test="false()" diagnostics="R1-title R1-fix">'
        '一 <value-of select="n:A"/> 二 <emph>三 <value-of select="n:B"/></emph> {四} '
        '<name path="name(n:A)"/><name/>'
        "</assert></rule></pattern><diagnostics>"
        '<diagnostic id="R1-title">題 <value-of select="n:B"/></diagnostic>'
        '<diagnostic id="R1-fix">次 <value-of select="count(n:A)"/></diagnostic></diagnostics>'
    )
    said = ("題 い", "一 あ 二 三 い {四} ANote", "次 1")
    assert explained(tiny_pack, note("<A>あ</A><B>い</B>")) == [said]


def test_one_code_in_several_wordings(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        '<pattern><rule context="n:A"><assert id="R1" test=". = 1" diagnostics="R1-title R1-fix">'
        'A は <value-of select="."/>、B は <value-of select="../n:B"/></assert></rule></pattern>'
        '<pattern><rule context="n:B"><assert id="R1" test=". = 1" diagnostics="R1-title R1-fix">'
        'B は <value-of select="."/></assert></rule></pattern><diagnostics>'
        '<diagnostic id="R1-title">題</diagnostic>'
        '<diagnostic id="R1-fix"><value-of select="/n:Note/n:C"/> へ</diagnostic></diagnostics>'
    )
    assert explained(tiny_pack, note("<A>2</A><B>3</B><C>4</C>")) == [
        ("題", "A は 2、B は 3", "4 へ"), ("題", "B は 3", "4 へ"),
    ]  # fmt: skip


def test_a_foreign_rule_has_a_code_by_its_place_and_its_test_as_text(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        '<pattern><rule context="n:A"><assert test=". = 1"/></rule></pattern>'
        '<pattern id="p"><rule context="n:B"><assert test="true()">x</assert>'
        "<report test=\"'{' = .\">y</report>"
        "</rule></pattern>",
        "their.sch",
    )
    assert codes(tiny_pack.check(note("<A>2</A><B>{</B>"))) == ["their-1.1.1", "their-p.1.2"]
    rules = {rule.code: rule.message for rule in rules_of(tiny_pack.load())}
    assert rules == {"their-1.1.1": ". = 1", "their-p.1.1": "x", "their-p.1.2": "y"}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("n:A", "1.50"), ("n:A * 2", "3"), ("1 div 3", "0.333333333333333"), ("1 div 0", "Infinity"),
        ("number('x')", "NaN"), ("n:A = 1.5", "true"), ("n:None", ""), ("n:A | n:B", "1.50"),
        ("-0.5", "-0.5"),
        ("n:G", "34"), ("1000000 * 1000000", "1000000000000"), ("'{1}'", "{1}"), ("@k", "v"),
    ],
)  # fmt: skip
def test_values_are_written_as_xpath_writes_them(tiny_pack: TinyPack, expression: str, expected: str) -> None:
    tiny_pack.rule("/n:Note", f'<assert id="R1" test="false()"><value-of select="{expression}"/></assert>')
    document = note("<A>1.50</A><B>2</B><G><H>3</H><H>4</H></G>", 'k="v"')
    assert explained(tiny_pack, document)[0][1] == expected


def test_every_wording_of_a_code_is_one_rule(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        '<pattern><rule context="n:A"><assert id="R1" test="false()">一</assert></rule></pattern>'
        '<pattern><rule context="n:B"><assert id="R1" test="false()">二</assert></rule></pattern>'
        '<pattern><rule context="n:C"><assert id="R1" test="false()">一</assert></rule></pattern>'
    )
    (rule,) = rules_of(tiny_pack.load())
    assert (rule.message, rule.others, rule.xpath) == ("一", ("二",), "n:A | n:B | n:C")
