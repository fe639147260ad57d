"""What a rule file may not hold is refused when the pack is loaded, with its file and line."""

import pytest

from checktool.checking.check import CheckOptions
from checktool.checking.judge import Judge
from checktool.errors import PackError
from tests.tiny_pack import ON, TinyPack

PLAIN = '<assert test="true()">x</assert>'
XSL = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'


def refused(tiny_pack: TinyPack) -> tuple[str, str, int | str, str]:
    """(code, file, line, element) of the error that building the checks of a pack ends in."""
    with pytest.raises(PackError) as caught:
        Judge(tiny_pack.load(), CheckOptions(on=ON))
    params = caught.value.params
    return caught.value.code, str(params["file"]), params.get("line", 0), str(params.get("element", ""))


@pytest.mark.parametrize(
    ("body", "line", "element"),
    [
        (f'<xsl:key {XSL} name="k" match="*"/>', 2, "key"),
        (f'<xsl:variable {XSL} name="k" select="1"/>', 2, "variable"),
        (f'<xsl:function {XSL} name="f"/>', 2, "function"),
        (f'<pattern><rule context="*"><assert test="1">\n<xsl:copy-of {XSL}/></assert></rule></pattern>',
         3, "copy-of"),
        (f"<pattern>\n<when>{PLAIN}</when></pattern>", 3, "when"),
        ('<pattern><rule context="*"><assert test="1">\n<b>x</b></assert></rule></pattern>', 3, "b"),
        ('<let name="x"/>', 2, "let"),
        (f"<pattern>\n\n<rule>{PLAIN}</rule></pattern>", 4, "rule"),
        (f'<pattern><rule context="n:A | ">{PLAIN}</rule></pattern>', 2, "rule"),
        ('<pattern><rule context="*">\n<assert test=" ">x</assert></rule></pattern>', 3, "assert"),
        ('<pattern>\n<rule context="*"><extends rule="none"/></rule></pattern>', 3, "extends"),
        ('\n<pattern is-a="none"/>', 3, "pattern"),
        ('<pattern><rule context="*">\n<assert test="1" diagnostics="d"/></rule></pattern>', 3, "assert"),
        (f'\n<pattern documents="nosuch()"><rule context="*">{PLAIN}</rule></pattern>', 3, "pattern"),
        ('<w xmlns="urn:w">\n<s:pattern xmlns:s="http://purl.oclc.org/dsdl/schematron"/></w>', 3, "pattern"),
    ],
)  # fmt: skip
def test_markup(tiny_pack: TinyPack, body: str, line: int, element: str) -> None:
    tiny_pack.rules(body)
    assert refused(tiny_pack) == ("P007", "note.sch", line, element)


@pytest.mark.parametrize(
    "expression",
    [
        "key('k', .)", "document('x.xml')", "f:nosuch(.)", "nosuch(.)", "math:nosuch(.)", "exsl:nosuch(.)",
        "z:unknown", "z:unknown(.)", "$undefined = 1", "n:A[", "n:A and", "if (1) then 2 else 3",
        "every $x in n:A",
        "string-join(n:A, ',')", "matches(., 'a')",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["test", "context", "value", "let", "subject"])
def test_expressions(tiny_pack: TinyPack, expression: str, place: str) -> None:
    given = {"context": "n:A", "test": "1", "value": ".", "let": ".", "subject": "."} | {place: expression}
    given["context"] = f"n:A[{expression}]" if place == "context" else given["context"]
    tiny_pack.rules(
        '<ns prefix="math" uri="http://exslt.org/math"/><ns prefix="exsl" uri="http://exslt.org/common"/>'
        f'<pattern><rule context="{given["context"]}"><let name="v" value="{given["let"]}"/>\n'
        f'<assert test="{given["test"]}" subject="{given["subject"]}"><value-of select="{given["value"]}"/>'
        "</assert></rule></pattern>"
    )
    lines = {"context": (2, "rule"), "let": (2, "let")}
    assert refused(tiny_pack) == ("P007", "note.sch", *lines.get(place, (3, "assert")))


@pytest.mark.parametrize(
    ("markup", "element"),
    [
        ('<rule context="n:A[\'x]"/>', "rule"),
        ('<rule context="n:A"><let name="v" value="\'x"/></rule>', "let"),
        ('<rule context="n:A"><assert test="\'x">x</assert></rule>', "assert"),
        ('<rule context="n:A"><assert test="1"><value-of select="#"/></assert></rule>', "value-of"),
    ],
)  # fmt: skip
def test_what_is_no_xpath_at_all_names_its_element(tiny_pack: TinyPack, markup: str, element: str) -> None:
    tiny_pack.rules(f"<pattern>\n{markup}</pattern>")
    assert refused(tiny_pack) == ("P007", "note.sch", 3, element)


@pytest.mark.parametrize("binding", ["xquery", "xquery3", "stx", "xslt4"])
def test_another_language_is_refused(tiny_pack: TinyPack, binding: str) -> None:
    tiny_pack.rules("", attributes=f'queryBinding="{binding}"')
    assert refused(tiny_pack) == ("P007", "note.sch", 1, "schema")


@pytest.mark.parametrize("binding", ["xslt", "XSLT", "xslt1", "xpath", "exslt"])
def test_the_languages_that_are_xpath_1_are_taken(tiny_pack: TinyPack, binding: str) -> None:
    tiny_pack.rules("", attributes=f'queryBinding="{binding}"')
    Judge(tiny_pack.load(), CheckOptions(on=ON))


def test_functions_of_exslt_are_taken(tiny_pack: TinyPack) -> None:
    tiny_pack.rules(
        '<ns prefix="math" uri="http://exslt.org/math"/><ns prefix="set" uri="http://exslt.org/sets"/>'
        '<ns prefix="re" uri="http://exslt.org/regular-expressions"/><pattern><rule context="/n:Note">'
        "<assert id='R1' test=\"math:max(n:A) = 2 and re:test('ab', '^a')\">x</assert>"
        "<assert id='R3' test=\"count(set:distinct(n:A)) = 2\">x</assert>"
        "<assert id='R2' test=\"math:max(n:A) = 3\">x</assert></rule></pattern>"
    )
    report = tiny_pack.check('<Note xmlns="urn:tiny"><A>1</A><A>2</A></Note>')
    assert [one.code for one in report.files[0].findings] == ["R2"]


def test_a_phase_that_is_missing(tiny_pack: TinyPack) -> None:
    tiny_pack.rules("")
    tiny_pack.form["phase"] = "none"
    assert refused(tiny_pack) == ("P007", "note.sch", 1, "schema")


def test_a_fault_in_an_included_file_names_that_file(tiny_pack: TinyPack) -> None:
    sch = "http://purl.oclc.org/dsdl/schematron"
    tiny_pack.rules('<include href="parts/more.sch"/>')
    tiny_pack.file("rules/tiny/parts/more.sch", f'<pattern xmlns="{sch}">\n\n<unknown/></pattern>')
    assert refused(tiny_pack) == ("P007", "more.sch", 3, "unknown")
    tiny_pack.file("rules/tiny/parts/more.sch", f'<pattern xmlns="{sch}">\n<rule context=""/></pattern>')
    assert refused(tiny_pack) == ("P007", "more.sch", 2, "rule")
    rule = '<rule context="n:A">\n<assert test="n:A[">x</assert></rule>'
    tiny_pack.file("rules/tiny/parts/more.sch", f'<pattern xmlns="{sch}">{rule}</pattern>')
    assert refused(tiny_pack) == ("P007", "more.sch", 2, "assert")


@pytest.mark.parametrize(
    "href", ["../../xsd/tiny/x.sch", "/etc/passwd", "http://localhost:9/x.sch", "../x.sch"]
)
def test_an_include_may_not_leave_the_rules_of_the_pack(tiny_pack: TinyPack, href: str) -> None:
    tiny_pack.file("xsd/tiny/x.sch", "<pattern/>")
    tiny_pack.rules(f'<include href="{href}"/>')
    assert refused(tiny_pack)[:2] in {("P008", "note.sch"), ("P008", "x.sch")}


@pytest.mark.parametrize("href", ["note.sch", "gone.sch", "broken.sch"])
def test_an_include_that_cannot_be_resolved(tiny_pack: TinyPack, href: str) -> None:
    tiny_pack.file("rules/tiny/broken.sch", "<pattern")
    tiny_pack.rules(f'<include href="{href}"/>')
    assert refused(tiny_pack)[:2] == ("P007", href)


def test_an_include_of_an_id_that_is_not_there(tiny_pack: TinyPack) -> None:
    tiny_pack.file("rules/tiny/more.sch", '<pattern xmlns="http://purl.oclc.org/dsdl/schematron"/>')
    tiny_pack.rules('<include href="more.sch#none"/>')
    assert refused(tiny_pack) == ("P007", "note.sch", 2, "include")


def test_a_rule_file_with_a_doctype_reads_nothing_else(tiny_pack: TinyPack) -> None:
    secret = tiny_pack.file("secret.txt", "true()")
    path = tiny_pack.file(
        "rules/tiny/note.sch",
        f'<!DOCTYPE schema [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron"><title>&e;</title></schema>',
    )
    tiny_pack.form["rules"] = [path.name]
    assert refused(tiny_pack)[:2] == ("P007", "note.sch")
