"""The SVRL report: what rules did, what could not be judged, nothing personal when redacted."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import etree

from checktool.checking.engine import CheckOptions, run
from checktool.checking.schematron.run import RuleFile
from checktool.definitions.registry import rules_of
from checktool.model.report import CheckReport
from checktool.reporting.formats import REPORTERS
from checktool.reporting.masking import ReportOptions
from checktool.reporting.svrl_report import svrl_of
from checktool.wording import Wording
from tests.tiny_pack import ON, SPACE, TinyPack, item, note

SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}
RULES = """
<title>覚え書きの規則</title>
<pattern id="names"><title>名前</title>
  <rule id="of-name" context="n:Name" role="warning">
   <assert id="R1" test="string-length(.) &lt; 4" see="https://example.jp/r1"
     diagnostics="R1-title R1-more" properties="P1">名前 <value-of select="."/> は長すぎます。</assert></rule>
  <rule context="/n:Note/n:Size">
   <report id="R2" flag="info" test=". &gt; 9">大きさは <value-of select="."/> です。</report></rule>
</pattern>
<pattern id="rest"><rule context="n:None"><assert id="R3" test="false()">x</assert></rule></pattern>
<diagnostics><diagnostic id="R1-title">長い名前</diagnostic>
  <diagnostic id="R1-more" xml:lang="ja">次は <value-of select="../n:Size"/></diagnostic></diagnostics>
<properties><property id="P1" scheme="urn:x" role="copy">
  <xsl:copy-of xmlns:xsl="http://www.w3.org/1999/XSL/Transform" select="."/></property></properties>
"""
LONG = note("<Size>12</Size><Name>山田太郎左衛門</Name>")


def checked(tiny_pack: TinyPack, *documents: str) -> tuple[CheckReport, Wording]:
    """A traced run over documents by a pack of two items."""
    tiny_pack.record(item("Name", "name", personal="yes"), item("Size", "integer"))
    tiny_pack.rules(RULES)
    pack = tiny_pack.load()
    options = CheckOptions(on=ON, traced=True)
    return run([str(tiny_pack.documents(*documents))], pack, options), Wording(rules_of(pack))


def svrl(report: CheckReport, wording: Wording, redact: bool = False) -> etree._Element:
    """The report as a tree."""
    written = "".join(REPORTERS["svrl"](report, wording, ReportOptions(redact=redact)))
    return etree.fromstring(written.encode("utf-8"))


def found(root: etree._Element, path: str) -> Sequence[str]:
    """Values at an XPath of the report."""
    hits = root.xpath(path, namespaces=SVRL)
    return [hit if isinstance(hit, str) else "".join(hit.itertext()) for hit in hits]  # type: ignore[union-attr]


def test_rules_and_outcomes_in_document_order(tiny_pack: TinyPack) -> None:
    root = svrl(*checked(tiny_pack, LONG))
    assert [etree.QName(node).localname for node in root][4:] == [
        "active-pattern", "fired-rule", "successful-report", "fired-rule", "failed-assert", "active-pattern",
    ]  # fmt: skip
    assert (root.get("title"), root.get("phase")) == ("覚え書きの規則", "#ALL")
    assert found(root, "svrl:active-pattern/@name | svrl:active-pattern/@documents") == [
        "名前",
        "1.xml",
        "1.xml",
    ]
    assert found(root, "svrl:fired-rule/@context") == ["/n:Note/n:Size", "n:Name"]
    assert found(root, "svrl:fired-rule/@id | svrl:fired-rule/@role") == ["of-name", "warning"]


def test_an_outcome_tells_everything(tiny_pack: TinyPack) -> None:
    root = svrl(*checked(tiny_pack, LONG))
    failed = root.find("svrl:failed-assert", SVRL)
    assert failed is not None
    assert dict(failed.attrib) == {
        "id": "R1", "see": "https://example.jp/r1", "test": "string-length(.) < 4",
        "location": "/*:Note[namespace-uri()='urn:tiny'][1]/*:Name[namespace-uri()='urn:tiny'][1]",
    }  # fmt: skip
    assert found(failed, "svrl:text") == ["名前 山田太郎左衛門 は長すぎます。"]
    assert found(failed, "svrl:diagnostic-reference/@diagnostic") == ["R1-title", "R1-more"]
    assert found(failed, "svrl:diagnostic-reference/svrl:text") == ["長い名前", "次は 12"]
    assert found(failed, "svrl:diagnostic-reference/@xml:lang") == ["ja"]
    assert found(failed, "svrl:property-reference/@*") == ["P1", "copy", "urn:x"]
    assert found(failed, "svrl:property-reference/svrl:text/*[local-name() = 'Name']") == ["山田太郎左衛門"]
    assert found(root, "svrl:successful-report/@flag | svrl:successful-report/svrl:text") == [
        "info",
        "大きさは 12 です。",
    ]


def test_redaction_hides_personal_values_and_names(tiny_pack: TinyPack) -> None:
    root = svrl(*checked(tiny_pack, LONG), redact=True)
    assert found(root, "svrl:failed-assert/svrl:text") == ["名前 ＊ は長すぎます。"]
    assert found(root, "svrl:successful-report/svrl:text") == ["大きさは 12 です。"]
    assert found(root, "svrl:active-pattern/@documents") == ["#1", "#1"]
    assert "山田" not in etree.tostring(root, encoding="unicode")


def test_what_was_not_judged_is_said(tiny_pack: TinyPack) -> None:
    root = svrl(*checked(tiny_pack, "<broken", note("<Size>1</Size>")))
    texts = found(root, "svrl:text")
    assert "本ツールは厚生労働省が配布・承認したものではありません。" in texts[0]
    assert texts[2] == "1.xml: 実施せず ファイルを読み取れなかったため、実行していません。"
    assert set(found(root, "svrl:active-pattern/@documents")) == {"2.xml"}


@pytest.mark.parametrize("jobs", [0, 2])
def test_worker_processes_bring_the_same(tiny_pack: TinyPack, jobs: int, tmp_path: Path) -> None:
    tiny_pack.rules(RULES)
    pack = tiny_pack.load()
    folder = str(tiny_pack.documents(*[LONG] * 3))
    report = run([folder], pack, CheckOptions(on=ON, jobs=jobs, traced=True))
    root = svrl(report, Wording(rules_of(pack)))
    assert found(root, "svrl:failed-assert/@id") == ["R1"] * 3


MARKED = """<p>覚え書きについて</p>
<pattern role="warning"><rule context="/n:Note">
  <report id="R1" test="true()" properties="P1">大きさ <emph>&lt;<value-of select="n:Name"/>&gt;</emph>
    <span class="c">と {x}</span> <dir value="rtl">右</dir></report></rule></pattern>
<properties><property id="P1">値
  <xsl:copy-of xmlns:xsl="http://www.w3.org/1999/XSL/Transform" select="@*"/></property></properties>
"""
NAMED = f"""<n:Note xmlns:n="{SPACE}" a="1 &lt; &quot;2&quot;" xml:lang="ja" n:b="3">
<n:Name>&amp;x</n:Name></n:Note>"""


def test_markup_roles_and_copied_attributes_are_kept(tmp_path: Path) -> None:
    rules = tmp_path / "marked.sch"
    head = f'<schema xmlns="http://purl.oclc.org/dsdl/schematron"><ns prefix="n" uri="{SPACE}"/>'
    rules.write_text(f"{head}{MARKED}</schema>", encoding="utf-8")
    root = etree.fromstring(svrl_of(RuleFile(rules).run(NAMED.encode("utf-8"))).encode("utf-8"))
    assert found(root, "svrl:text") == ["覚え書きについて"]
    assert found(root, "svrl:active-pattern/@role") == ["warning"]
    assert found(root, "svrl:successful-report/svrl:text") == ["大きさ <&x> と {x} 右"]
    assert found(root, "//svrl:emph | //svrl:span[@class='c'] | //svrl:dir[@dir='rtl']") == [
        "<&x>",
        "と {x}",
        "右",
    ]
    text = root.find(".//svrl:property-reference/svrl:text", SVRL)
    assert text is not None
    assert dict(text.attrib) == {"a": '1 < "2"', "{http://www.w3.org/XML/1998/namespace}lang": "ja"}
    assert text.text == "値 3"


def test_a_document_puts_no_attributes_into_the_report(tmp_path: Path) -> None:
    rules = tmp_path / "copied.sch"
    rules.write_text(
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern><rule context="/*">'
        '<report test="true()" properties="p">x</report></rule></pattern><properties><property id="p">'
        '<xsl:copy-of xmlns:xsl="http://www.w3.org/1999/XSL/Transform" select="node()"/></property>'
        "</properties></schema>",
        encoding="utf-8",
    )
    document = b'<a><?attribute b c="1"?><?attribute z:y="1"?><?attribute x="&"?></a>'
    root = etree.fromstring(svrl_of(RuleFile(rules).run(document)).encode("utf-8"))
    assert found(root, "//svrl:property-reference/svrl:text/@*") == []
