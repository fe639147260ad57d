"""The page of a rule, written or made."""

from pathlib import Path

from checktool.definitions.pack import load
from checktool.definitions.registry import rules_of
from checktool.reporting.rule_pages import markdown_page, written_page
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
