"""The adapter for any rule file: one document or many, folders, faults, SVRL."""

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from checktool.checking.schematron.run import RuleFile, UnjudgedError, fired, judge
from checktool.errors import PackError
from checktool.reading.faults import ReadFault
from checktool.reporting.svrl_report import svrl_of

HEAD = '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">'
ASSERTION = '<assert id="x" test=". = 1">is <name/></assert>'
RULES = f'{HEAD}<pattern id="p"><rule context="a">{ASSERTION}</rule></pattern></schema>'


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A rule file of one rule, in a folder of its own."""
    path = tmp_path / "set" / "sch" / "x.sch"
    path.parent.mkdir(parents=True)
    path.write_text(RULES, encoding="utf-8")
    return path


def test_a_rule_file_serves_many_documents(rules: Path) -> None:
    made = RuleFile(rules)
    found = [[one.id for one in fired(made.run(f"<a>{number}</a>".encode()))] for number in (1, 2, 1, 3)]
    assert found == [[], ["x"], [], ["x"]]


def test_ten_lines_give_id_kind_and_location(rules: Path, tmp_path: Path) -> None:
    document = tmp_path / "d.xml"
    document.write_text("<b><a>1</a><a>2</a></b>", encoding="utf-8")
    assert [tuple(one) for one in judge(rules, document)] == [
        ("x", "assert", "/*:b[namespace-uri()=''][1]/*:a[namespace-uri()=''][2]")
    ]


def test_includes_may_go_one_folder_up_and_no_further(rules: Path) -> None:
    part = '<pattern xmlns="http://purl.oclc.org/dsdl/schematron"/>'
    (rules.parent.parent / "shared.sch").write_text(part, encoding="utf-8")
    (rules.parent.parent.parent / "far.sch").write_text(part, encoding="utf-8")
    rules.write_text(HEAD + '<include href="../shared.sch"/></schema>', encoding="utf-8")
    RuleFile(rules)
    with pytest.raises(PackError, match="P008"):
        RuleFile(rules, folder=rules.parent)
    rules.write_text(HEAD + '<include href="../../far.sch"/></schema>', encoding="utf-8")
    with pytest.raises(PackError, match="P008"):
        RuleFile(rules)
    RuleFile(rules, folder=rules.parent.parent.parent)


def test_today_can_be_given(rules: Path) -> None:
    rules.write_text(RULES.replace(". = 1", "current-date() = xs:date(.)"), encoding="utf-8")
    made = RuleFile(rules, on=date(2025, 4, 1))
    assert [len(fired(made.run(f"<a>{day}</a>".encode()))) for day in ("2025-04-01", "2025-04-02")] == [0, 1]


def test_documents_beside_the_document_can_be_read(rules: Path, tmp_path: Path) -> None:
    rules.write_text(RULES.replace(". = 1", "document(@with)/b = 1"), encoding="utf-8")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "b.xml").write_text("<b>1</b>", encoding="utf-8")
    (folder / "a.xml").write_text('<a with="b.xml"/>', encoding="utf-8")
    assert judge(rules, folder / "a.xml") == []
    with pytest.raises(UnjudgedError, match="x"):
        RuleFile(rules).run(b'<a with="b.xml"/>')


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../b.xml", "file:b.xml", "b.xml#x", "", "gone.xml", "broken.xml"]
)
@pytest.mark.parametrize("binding", ["xslt", "xslt2"])
def test_no_other_document_can(rules: Path, tmp_path: Path, name: str, binding: str) -> None:
    text = RULES.replace(". = 1", "document(@with)").replace("xslt2", binding)
    rules.write_text(text, encoding="utf-8")
    (tmp_path / "b.xml").write_text("<b/>", encoding="utf-8")
    (rules.parent / "broken.xml").write_text("<b>", encoding="utf-8")
    made = RuleFile(rules, folder=rules.parent)
    with pytest.raises(UnjudgedError, match="x"):
        made.run(f'<a with="{name}"/>'.encode())


def test_a_document_that_cannot_be_read_is_no_verdict(rules: Path) -> None:
    made = RuleFile(rules)
    for data in (b"<a>", b"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", b""):
        with pytest.raises(ReadFault):
            made.run(data)


def test_what_fired_can_be_written_as_svrl(rules: Path) -> None:
    root = etree.fromstring(svrl_of(RuleFile(rules).run(b"<b><a>2</a></b>"), "b.xml").encode())
    assert [etree.QName(node).localname for node in root] == ["active-pattern", "fired-rule", "failed-assert"]
    assert ["".join(map(str, node.itertext())).strip() for node in root] == ["", "", "is a"]
    assert root[0].get("documents") == "b.xml"


def test_a_rule_file_with_a_doctype_is_refused(rules: Path) -> None:
    rules.write_text("<!DOCTYPE schema [<!ENTITY e 'x'>]>" + RULES, encoding="utf-8")
    with pytest.raises(PackError, match="P007"):
        RuleFile(rules)
