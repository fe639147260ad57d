"""Parts of rule files that are written once and used in several places: abstract, included, in phases."""

import pytest

from tests.tiny_pack import SCH, TinyPack, codes, found, note


def test_an_abstract_pattern_is_filled_in(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        '<pattern abstract="true" id="less"><param name="most" value="5"/><rule context="$item">'
        '<assert id="$code" test=". &lt; $most and . != $mostly">x</assert></rule></pattern>'
        '<pattern is-a="less"><param name="item" value="n:A"/><param name="code" value="R1"/>'
        '<param name="mostly" value="1"/></pattern>'
        '<pattern is-a="less"><param name="item" value="n:B"/><param name="code" value="R2"/>'
        '<param name="most" value="3"/><param name="mostly" value="2"/></pattern>'
    )
    report = tiny_pack.check(note("<A>1</A><A>4</A><A>5</A><B>1</B><B>2</B><B>4</B>"))
    assert found(report) == [
        ("R1", "/Note[1]/A[1]"), ("R1", "/Note[1]/A[3]"), ("R2", "/Note[1]/B[2]"), ("R2", "/Note[1]/B[3]"),
    ]  # fmt: skip


def test_an_abstract_rule_lends_its_assertions_and_lets(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        '<pattern><rule abstract="true" id="base"><let name="most" value="3"/>'
        '<assert id="R1" test=". &lt; $most">x</assert></rule>'
        '<rule abstract="true" id="more"><extends rule="base"/>'
        '<assert id="R2" test=". &gt; 0">x</assert></rule>'
        '<rule context="n:A"><extends rule="more"/>'
        '<assert id="R3" test="$most = 3">x</assert></rule></pattern>'
    )
    assert found(tiny_pack.check(note("<A>5</A><A>0</A><A>1</A>"))) == [
        ("R1", "/Note[1]/A[1]"), ("R2", "/Note[1]/A[2]"),
    ]  # fmt: skip


def test_rules_that_extend_each_other_for_ever_are_refused(tiny_pack: TinyPack) -> None:
    from checktool.errors import PackError

    tiny_pack.rules(
        '<pattern><rule abstract="true" id="a"><extends rule="b"/></rule>'
        '<rule abstract="true" id="b"><extends rule="a"/></rule>'
        '<rule context="n:A"><extends rule="a"/></rule></pattern>'
    )
    with pytest.raises(PackError, match="P007"):
        tiny_pack.check(note())


@pytest.mark.parametrize(
    ("included", "main"),
    [
        ('<pattern xmlns="{}"><rule context="n:A">{}</rule></pattern>', "{}"),
        ('<rule xmlns="{}" context="n:A">{}</rule>', "<pattern>{}</pattern>"),
        ('<rules xmlns="{}"><rule id="it" context="n:A">{}</rule></rules>', "<pattern>{}</pattern>"),
    ],
    ids=["pattern", "rule", "part"],
)  # fmt: skip
def test_includes_at_every_level(tiny_pack: TinyPack, included: str, main: str) -> None:
    check = '<assert id="R1" test=". = 1">x</assert>'
    tiny_pack.file("rules/tiny/parts/inner.sch", included.format(SCH, check))
    anchor = "#it" if "rules" in included else ""
    tiny_pack.rules(main.format(f'<include href="parts/inner.sch{anchor}"/>'))
    assert found(tiny_pack.check(note("<A>2</A>"))) == [("R1", "/Note[1]/A[1]")]


def test_an_included_file_includes_from_its_own_folder(tiny_pack: TinyPack) -> None:
    tiny_pack.file("rules/tiny/a/one.sch", f'<pattern xmlns="{SCH}"><include href="b/two.sch"/></pattern>')
    tiny_pack.file(
        "rules/tiny/a/b/two.sch",
        f'<rule xmlns="{SCH}" context="n:A"><assert id="R1" test="0">x</assert></rule>',
    )
    tiny_pack.rules('<include href="a/one.sch"/>')
    assert codes(tiny_pack.check(note("<A/>"))) == ["R1"]


def test_extends_may_take_what_a_file_holds(tiny_pack: TinyPack) -> None:
    tiny_pack.file("rules/tiny/more.sch", f'<rule xmlns="{SCH}"><assert id="R1" test="0">x</assert></rule>')
    tiny_pack.rules('<pattern><rule context="n:A"><extends href="more.sch"/></rule></pattern>')
    assert codes(tiny_pack.check(note("<A/>"))) == ["R1"]


@pytest.fixture
def phased(tiny_pack: TinyPack) -> TinyPack:
    patterns = "".join(
        f'<pattern id="{name}"><rule context="*"><assert id="{name}" test="0">x</assert></rule></pattern>'
        for name in ("R1", "R2", "R3")
    )
    phases = (
        '<phase id="first"><active pattern="R1"/></phase>'
        '<phase id="rest"><active pattern="R2"/><active pattern="R3"/></phase>'
    )
    tiny_pack.rules(phases + patterns)
    return tiny_pack


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        ("", ["R1", "R2", "R3"]), ("#ALL", ["R1", "R2", "R3"]), ("first", ["R1"]), ("rest", ["R2", "R3"]),
        ("#DEFAULT", ["R1", "R2", "R3"]),
    ],
)  # fmt: skip
def test_a_phase_chooses_patterns(phased: TinyPack, phase: str, expected: list[str]) -> None:
    phased.form["phase"] = phase
    assert codes(phased.check(note())) == expected


@pytest.mark.parametrize(
    ("phase", "expected"),
    [("", ["R1"]), ("#DEFAULT", ["R1"]), ("rest", ["R2", "R3"]), ("#ALL", ["R1", "R2", "R3"])],
)
def test_a_file_may_have_a_phase_of_its_own(phased: TinyPack, phase: str, expected: list[str]) -> None:
    path = phased.folder / "rules" / "tiny" / "note.sch"
    text = path.read_text(encoding="utf-8").replace("<schema ", '<schema defaultPhase="first" ', 1)
    path.write_text(text, encoding="utf-8")
    phased.form["phase"] = phase
    assert codes(phased.check(note())) == expected
