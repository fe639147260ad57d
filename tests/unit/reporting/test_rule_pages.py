"""The page of a rule, written or made."""

from pathlib import Path

from checktool.definitions.pack import load
from checktool.definitions.registry import rules_of
from checktool.reporting.rule_pages import error_page, markdown_page, plain_page, written_page
from checktool.wording import Wording
from tests.tiny_pack import TinyPack

PACK = load()
WORDING = Wording(rules_of(PACK))


def test_a_written_page_is_taken_as_it_is() -> None:
    rule = WORDING.rule("T203")
    page = written_page(rule, PACK)
    assert page is not None
    assert page.startswith("# T203 ")
    assert markdown_page(rule, PACK, WORDING) == f"{page}\n\n---\n\n{WORDING.say('report.disclaimer')}\n"


def test_the_page_of_the_pack_goes_before_that_of_the_tool(tiny_pack: TinyPack) -> None:
    tiny_pack.file("rules/tiny/pages/T203.md", "# T203 病院の取決め\n")
    assert written_page(WORDING.rule("T203"), tiny_pack.load()) == "# T203 病院の取決め"


def test_a_page_is_made_for_a_rule_without_one(tmp_path: Path) -> None:
    rule = WORDING.rule("D609")
    assert written_page(rule, PACK) is None
    page = markdown_page(rule, PACK, WORDING)
    assert page.startswith("# D609 ")
    for heading in ("内容", "対応方法", "修正の担当", "重要度", "根拠"):
        assert f"\n## {heading}\n" in page
    assert page.index("## 対応方法") < page.index("## 条件")
    assert page.endswith(WORDING.say("report.disclaimer") + "\n")


def test_what_markdown_would_take_for_markup_is_shown_as_it_is(tiny_pack: TinyPack) -> None:
    tiny_pack.rule("/n:Note", '<assert id="Q1" test="n:One &lt; 3 * 2">*強く* [見る](x) &lt;b&gt;</assert>')
    pack = tiny_pack.load()
    wording = Wording(rules_of(pack))
    page = markdown_page(wording.rule("Q1"), pack, wording)
    assert r"\*強く\* \[見る\]\(x\) \<b\>" in page
    assert r"n:One \< 3 \* 2" in page


def test_a_plain_page_has_no_markup(tiny_pack: TinyPack) -> None:
    page = "# X1 題\n\n## 例\n\n- `a*b` と **強い** 文\n- 2\n\n## 次\n\n文\\*。\n\n---\n\n終わり。\n"
    assert plain_page(page, WORDING) == "X1 題\n\n例\n  ・a*b と 強い 文\n  ・2\n\n次\n  文*。\n\n終わり。\n"
    tiny_pack.rule("/n:Note", '<assert id="Q1" test="n:One &lt; 3 * 2">*強く* [見る](x) &lt;b&gt;</assert>')
    pack = tiny_pack.load()
    wording = Wording(rules_of(pack))
    made = plain_page(markdown_page(wording.rule("Q1"), pack, wording), wording)
    assert "  *強く* [見る](x) <b>\n" in made
    assert "  n:One < 3 * 2\n" in made


def test_every_page_in_plain_form_is_free_of_markup() -> None:
    for rule in WORDING.rules():
        lines = plain_page(markdown_page(rule, PACK, WORDING), WORDING).splitlines()
        assert lines[0].startswith(f"{rule.code} ")
        assert [line for line in lines if line.lstrip().startswith(("#", "- ", "```"))] == [], rule.code


def test_forms_are_named_in_japanese() -> None:
    page = markdown_page(WORDING.rule("D609"), PACK, WORDING)
    assert "医療意見書" in page.partition("## 様式")[2].partition("##")[0]


def test_an_error_of_the_tool_has_a_page() -> None:
    page = error_page("P009", WORDING)
    assert page is not None
    assert page.startswith(
        "# P009 検査定義のファイルが変わっている\n\n## 内容\n\n検査定義のファイル 〔ファイル〕 が"
    )
    assert "\n## 対応方法\n" in page
    assert error_page("words", WORDING) is None
    assert error_page("Z999", WORDING) is None
