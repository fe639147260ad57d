"""Which rules have code, what is still asked by libxml2, and that a rule that breaks is not passed over."""

import pytest

from checktool.checking.judge import CheckOptions, Judge
from checktool.checking.quick.rules import QuickRules
from checktool.checking.rules import Rules
from checktool.checking.schematron.walking import Walker
from checktool.definitions.pack import load
from checktool.model.report import LayerStatus
from tests.tiny_pack import ON, TinyPack, codes, item, layer, note

PEOPLE = (
    '<xs:element name="A" type="xs:string"/>'
    '<xs:element name="B" minOccurs="0"><xs:complexType><xs:sequence>'
    '<xs:element name="C" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>'
    '<xs:element name="I" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:simpleContent>'
    '<xs:extension base="xs:string"><xs:attribute name="x" type="xs:string"/></xs:extension>'
    "</xs:simpleContent></xs:complexType></xs:element>"
)


@pytest.fixture
def form(tiny_pack: TinyPack) -> TinyPack:
    """A form with a quick look."""
    tiny_pack.children(PEOPLE)
    tiny_pack.record(item("A"), item("B/C"), item("I"), item("I/@x"))
    tiny_pack.table("t", "1,one,,")
    return tiny_pack


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rule files that libxml2 was asked."""
    asked: list[str] = []
    run = Walker.run

    def noted(self: Walker) -> None:
        asked.append(self.at)
        run(self)

    monkeypatch.setattr(Walker, "run", noted)
    return asked


def rule(test: str, context: str = "/n:Note", kind: str = "assert", lets: str = "") -> str:
    checked = f'<{kind} id="R1" test="{test}">x</{kind}>'
    return f'<pattern><rule context="{context}">{lets}{checked}</rule></pattern>'


@pytest.mark.parametrize(
    "body",
    [
        rule("n:A = 'a'"), rule("n:A = 'b'", kind="report"), rule(". = 'a'", "/n:Note/n:A"),
        rule("$a = 'a'", lets="<let name='a' value='string(n:A)'/>"), rule("@x != '9'", "/n:Note/n:I"),
        rule("n:C", "/n:Note/n:B"), rule("f:code-exists('t', @x) or ../n:A = 'a'", "/n:Note/n:I"),
        "<let name='now' value='f:today()'/>" + rule("$now = '2026-11-22'"),
        rule("count(n:I) = 2 and count(set:distinct(n:I/@x)) = 2").replace("<rule", "<rule", 1),
    ],
)  # fmt: skip
def test_rules_on_known_places_are_not_asked_of_libxml2(form: TinyPack, walks: list[str], body: str) -> None:
    form.rules('<ns prefix="set" uri="http://exslt.org/sets"/>' + body)
    assert codes(form.check(note('<A>a</A><B><C>c</C></B><I x="1">i</I><I x="2">j</I>'))) == []
    assert walks == []


@pytest.mark.parametrize(
    "body",
    [
        rule("//n:A"),
        rule("n:A[last()] = 'a'"),
        rule("position() = 1", "/n:Note/n:I"),
        rule("n:B = ''"),
        rule("n:I[2] = 'j'"),
        rule("string-length(n:A/text()) = 1"),
        rule("n:A/following-sibling::n:I"),
        rule(". = 'a'", "//n:A"),
        rule("local-name() = 'Note'"),
        rule("current()/n:A = 'a'"),
    ],
)
def test_other_rules_are(form: TinyPack, walks: list[str], body: str) -> None:
    form.rules(body)
    form.check(note('<A>a</A><B><C>c</C></B><I x="1">i</I><I x="2">j</I>'))
    assert walks == ["note.sch"]


def test_what_fires_is_found_by_libxml2(form: TinyPack, walks: list[str]) -> None:
    form.rules(rule(". = 'a'", "/n:Note/n:A"))
    assert codes(form.check(note("<A>b</A>"))) == ["R1"]
    assert walks == ["note.sch"]


@pytest.mark.parametrize("test", ["f:code-exists('none', n:A)", "n:A = f:code-name('none', 'x')"])
def test_a_rule_that_cannot_be_judged_stays_broken(form: TinyPack, test: str) -> None:
    form.rules(rule(f"{test} or true()"))
    assert layer(form.check(note("<A>a</A>")), "rules").status is LayerStatus.BROKEN


def test_a_rule_that_is_not_asked_does_not_break(form: TinyPack) -> None:
    form.rules(rule("f:code-exists('none', .)", "/n:Note/n:B/n:C"))
    assert layer(form.check(note("<A>a</A>")), "rules").status is LayerStatus.PASSED
    assert layer(form.check(note("<A>a</A><B><C>c</C></B>")), "rules").status is LayerStatus.BROKEN


def test_a_document_with_structure_findings_is_asked_of_libxml2(form: TinyPack, walks: list[str]) -> None:
    form.rules(rule("n:A = 'a'"))
    report = form.check(note("<A>b</A><X/>"))
    assert "R1" in codes(report)
    assert walks == ["note.sch"]


def test_no_text_of_a_rule_becomes_code(form: TinyPack, walks: list[str]) -> None:
    form.rules(
        rule("n:A != '&quot;) or __import__(&quot;os&quot;) or (&quot;' and n:A != 'k0' and n:A != 'r1_0'")
    )
    assert codes(form.check(note("<A>a</A>"))) == []
    assert walks == []


def test_every_rule_of_the_shipped_pack_has_code(monkeypatch: pytest.MonkeyPatch) -> None:
    rests = []
    link = Rules.link

    def linked(self: Rules, slots: object) -> None:
        link(self, slots)  # type: ignore[arg-type]
        quick = self._quick
        assert isinstance(quick, QuickRules)
        rests.append(quick.left(frozenset()))

    monkeypatch.setattr(Rules, "link", linked)
    judge = Judge(load("nanshou-sample"), CheckOptions(ON))
    for desk in (each for bench in judge._benches.values() for each in bench._desks.values()):
        assert desk.screen
    assert rests == [(), ()]
