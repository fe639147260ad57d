"""Definitions that run away or break on a document: it stays unchecked, its neighbours are checked."""

from pathlib import Path

import pytest

from .conftest import Answer, Check
from .documents import UNCHECKED

COVER = """
id = "runaway"
edition = "1"
title = "見本"
status = "sample"
[[form]]
id = "form"
name = "様式"
root = "r"
xsd = "form.xsd"
rules = ["form.sch"]
[limits]
seconds_per_file = 3
"""
SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:element name="r"><xs:complexType><xs:sequence>
<xs:element name="a" maxOccurs="unbounded"><xs:simpleType><xs:restriction base="xs:string">
<xs:pattern value="{pattern}"/></xs:restriction></xs:simpleType></xs:element>
</xs:sequence></xs:complexType></xs:element></xs:schema>"""
RULES = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xpath">
<ns prefix="f" uri="urn:checktool:functions"/>
<pattern><rule context="/r/a"><assert id="N999" role="error" test="{test}" diagnostics="N999-title N999-fix"
>値が合いません。</assert></rule></pattern>
<diagnostics><diagnostic id="N999-title">値</diagnostic>
<diagnostic id="N999-fix">確かめてください。</diagnostic></diagnostics></schema>"""
BLOW_UP = "f:matches(., '(a|aa)+')"
JOIN = "count(preceding::a[. = following::a]) &lt; 0"


def pack(folder: Path, test: str = "true()", pattern: str = ".*") -> Path:
    for name, text in (
        ("rules/runaway/pack.toml", COVER),
        ("rules/runaway/form.sch", RULES.format(test=test)),
        ("xsd/runaway/form.xsd", SCHEMA.format(pattern=pattern)),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "codetables" / "runaway").mkdir(parents=True)
    return folder


def ask(check: Check, folder: Path, definition: Path, value: str, *options: str) -> Answer:
    documents = folder / "in"
    documents.mkdir()
    for name, text in (("a", "good"), ("b", value), ("c", "good")):
        inner = text if text.startswith("<") else f"<a>{text}</a>"
        (documents / f"{name}.xml").write_text(f"<r>{inner}</r>", encoding="utf-8")
    return check(documents, "--pack", definition, *options)


def assert_only_b_is_unchecked(answer: Answer) -> None:
    assert answer.status == UNCHECKED
    assert answer.files["b.xml"]["verdict"] == "unchecked"
    assert set(answer.layers("b.xml").values()) & {"broken", "skipped", "failed"}
    assert [answer.files[name]["verdict"] for name in ("a.xml", "c.xml")] == ["clean", "clean"]


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_regular_expression_that_runs_away(check: Check, tmp_path: Path, jobs: str) -> None:
    definition = pack(tmp_path / "pack", f"{BLOW_UP} or . = 'good'")
    answer = ask(check, tmp_path, definition, "a" * 200 + "!", "--jobs", jobs)
    assert_only_b_is_unchecked(answer)


@pytest.mark.slow
def test_a_rule_that_compares_everything_with_everything(check: Check, tmp_path: Path) -> None:
    definition = pack(tmp_path / "pack", f". = 'good' or {JOIN}")
    answer = ask(check, tmp_path, definition, "".join(f"<a>{n}</a>" for n in range(6_000)))
    assert_only_b_is_unchecked(answer)


@pytest.mark.parametrize("pattern", ["(a|aa|aaa)*b|good", "(x+x+)+y|good"])
def test_a_schema_that_cannot_decide(check: Check, tmp_path: Path, pattern: str) -> None:
    definition = pack(tmp_path / "pack", pattern=pattern)
    answer = ask(check, tmp_path, definition, pattern[1] * 60)
    assert_only_b_is_unchecked(answer)
    assert answer.layers("b.xml")["structure"] == "broken"
