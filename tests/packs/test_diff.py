"""``pack diff``: each kind of change in words, flips on documents, and the forms of the report."""

import io
import json
import re
import shutil
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from checktool.definitions.comparison import covers, items
from checktool.definitions.comparison.run import compare
from checktool.definitions.pack import load
from checktool.model.definition import Limits, RecordItem
from checktool.reporting.pack_diff.content import sentence
from checktool.wording import Wording
from tests.sound_pack import DIAGNOSTICS, NAMED, SEX, WRITTEN, check, make_sound, rule
from tests.tiny_pack import TinyPack, item, note

Run = Callable[..., Any]
Edit = Callable[[TinyPack], object]


@pytest.fixture
def other(tmp_path: Path) -> TinyPack:
    """A second pack, equal to ``sound`` until it is changed."""
    (tmp_path / "other").mkdir()
    return make_sound(TinyPack(tmp_path / "other"))


def told(sound: TinyPack, other: TinyPack) -> list[str]:
    """The changes in words."""
    wording = Wording()
    return [sentence(change, wording) for change in compare(sound.load(), other.load())]


def more_rules(pack: TinyPack) -> None:
    words = DIAGNOSTICS.replace("R901", "R902")
    pack.rules(rule("/n:Note", check("n:Sex", "R902", NAMED.replace("R901", "R902"))) + words, "more.sch")


def with_rule(test: str = "n:Sex != ''", named: str = NAMED, text: str = "文。") -> Edit:
    return lambda pack: pack.rules(rule("/n:Note", check(test, "R901", named, text)) + DIAGNOSTICS)


def profile(pack: TinyPack) -> None:
    pack.file("rules/tiny/profiles/tokyo.toml", '[R901]\nseverity = "info"\nreason = "取扱い"\n')


CHANGES: list[tuple[Edit, list[str]]] = [
    (lambda pack: pack.top.update(edition="2"), ["版: 1 → 2"]),
    (lambda pack: pack.top.update(status="official"), ["区分: 見本 → 確定版"]),
    (lambda pack: pack.top.update(valid_to=date(2027, 3, 31)), ["有効期間の終わり: （なし） → 2027-03-31"]),
    (lambda pack: pack.top.update(off=["R901"]), [
        "コード R901 が、既定では働かなくなります。", "R901「題」の重大さ: 要修正 → 働かない"]),
    (lambda pack: pack.form.update(name="控え"), ["様式 note（控え）の名称: 覚え書き → 控え"]),
    (lambda pack: pack.form.update(versions=["2"]), ["様式 note（覚え書き）の版: （なし） → 2"]),
    (lambda pack: pack.forms.append({"id": "more", "name": "別紙", "root": "More"}), [
        "様式 more（別紙）が加わります。"]),
    (lambda pack: pack.children(SEX + WRITTEN + '<xs:element name="Age" type="xs:int"/>'), [
        "「Age」（note Age）が加わります。"]),
    (lambda pack: pack.children(SEX.replace("0", "1") + WRITTEN), [
        "「項目Sex」（note Sex）の最少の回数: 0 → 1"]),
    (lambda pack: pack.children(SEX + WRITTEN, '<xs:attribute name="kind" use="required"/>'), [
        "「@kind」（note @kind）が加わります。"]),
    (lambda pack: pack.record(item("Sex", "code", code_table="sex")), [
        "「項目Written」（note Written、年月日）がなくなります。"]),
    (lambda pack: pack.record(item("Sex", "digits", max_len="2", required="always"),
                              item("Written", "date")), [
        "「項目Sex」（note Sex）の種類: コード → 番号", "「項目Sex」（note Sex）の最大の文字数: （なし） → 2",
        "「項目Sex」（note Sex）のコード表: sex → （なし）",
        "「項目Sex」（note Sex）の記入: 任意 → 必ず記入"]),
    (lambda pack: pack.table("age", "1,若い,,", "2,老い,,"), ["コード表 age が加わります（2 コード）。"]),
    (lambda pack: pack.table("sex", "1,男性,,,M", "3,不明,2026-01-01,,X", columns=",short"), [
        "コード表 sex に 3 不明 が加わります（使える期間 2026-01-01～）。",
        "コード表 sex から 2 女 がなくなります。",
        "コード表 sex の 1 の名称: 男 → 男性"]),
    (lambda pack: pack.table("sex", "1,男,,2026-03-31,M", "2,女,,,W", columns=",short"), [
        "コード表 sex の 1 男 の使える期間: （なし） → ～2026-03-31",
        "コード表 sex の 2 女 の列 short: F → W"]),
    (lambda pack: pack.table("sex", "1,男,,2026-03-31,M", "1,男,2026-04-01,,M", "2,女,,,F",
                             columns=",short"), [
        "コード表 sex の 1 男 の、期間ごとの行が変わります。"]),
    (more_rules, ["様式 note（覚え書き）の規則のファイル: note.sch → note.sch、more.sch",
                  "R902「題」（要修正）が加わります。"]),
    (with_rule(named=NAMED.replace("error", "warning")), ["R901「題」の重大さ: 要修正 → 要確認"]),
    (with_rule(text="新しい文。"), ["R901「題」の文: 文。 → 新しい文。"]),
    (with_rule("n:Sex"), ["R901「題」の条件: /n:Note assert n:Sex != '' → /n:Note assert n:Sex"]),
    (profile, ["プロファイル tokyo が加わります。"]),
    (lambda pack: pack.top.update(limits={"depth": 5}), ["要素の深さ: 256 → 5"]),
    (lambda pack: pack.top.update(encoding={"repertoire": "cp932"}), ["使える字の範囲: unicode → cp932"]),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), CHANGES, ids=[expected[0] for _, expected in CHANGES])
def test_a_change(sound: TinyPack, other: TinyPack, edit: Edit, expected: list[str]) -> None:
    edit(other)
    assert told(sound, other) == expected


def test_a_change_the_other_way_round(sound: TinyPack, other: TinyPack) -> None:
    more_rules(other)
    profile(other)
    other.table("age", "1,若い,,")
    other.top["off"] = ["R902"]
    assert told(other, sound) == [
        "コード R902 が、既定で働くようになります。",
        "様式 note（覚え書き）の規則のファイル: note.sch、more.sch → note.sch",
        "コード表 age がなくなります（1 コード）。",
        "R902「題」（働かない）がなくなります。",
        "プロファイル tokyo がなくなります。",
    ]


def test_profiles_that_both_have(sound: TinyPack, other: TinyPack) -> None:
    for pack, severity, reason in ((sound, "info", "甲"), (other, "off", "乙")):
        entries = (("R901", severity, "甲"), ("C407", "info", reason))
        text = "".join(f'[{code}]\nseverity = "{word}"\nreason = "{why}"\n' for code, word, why in entries)
        pack.file("rules/tiny/profiles/tokyo.toml", text)
    assert told(sound, other) == [
        "プロファイル tokyo の C407 の理由: 甲 → 乙",
        "プロファイル tokyo の R901 の重大さ: お知らせ → 働かない",
    ]


def test_equal_packs_answer_0(checktool: Run, sound: TinyPack, other: TinyPack) -> None:
    sound.load()
    other.load()
    ran = checktool("pack", "diff", sound.folder, other.folder)
    assert ran.status == 0
    assert "定義の違いはありません。\n" in ran.out


def test_the_sample_pack_is_equal_to_a_copy(checktool: Run, root: Path, tmp_path: Path) -> None:
    for top in ("rules", "xsd", "codetables"):
        shutil.copytree(root / top / "nanshou-sample", tmp_path / top / "nanshou-sample")
    assert checktool("pack", "diff", "nanshou-sample", tmp_path).status == 0


@pytest.fixture
def changed(sound: TinyPack, other: TinyPack) -> tuple[TinyPack, TinyPack]:
    """Two packs whose rule differs in severity, and one of which knows a code less."""
    with_rule(named=NAMED.replace("error", "warning"), text="&lt;b>&amp;=文。")(other)
    other.table("sex", "1,男,,,M", columns=",short")
    sound.load()
    other.load()
    return sound, other


def flips(checktool: Run, packs: tuple[TinyPack, TinyPack], form: str, *more: object) -> Any:
    """Run ``pack diff`` on three documents."""
    one, other = packs
    documents = one.documents(note("<Sex>1</Sex>"), note("<Sex>2</Sex>"), note())
    return checktool(
        "pack", "diff", one.folder, other.folder, "--on", documents, "--date", "2026-11-22",
        "--format", form, "--jobs", "1", *more,
    )  # fmt: skip


def test_flips_in_words(checktool: Run, changed: tuple[TinyPack, TinyPack]) -> None:
    ran = flips(checktool, changed, "text")
    assert ran.status == 1
    assert "■ 判定の変わる文書: 3 件のうち 2 件（基準日 2026-11-22）\n" in ran.out
    assert "  ○ 指摘なし（見本の定義） → × 要修正（見本の定義）  2.xml\n" in ran.out
    assert re.search("      新しく見つかる指摘: C407 .+\n", ran.out)
    assert (
        "  × 要修正（見本の定義） → △ 要確認（見本の定義）  3.xml\n      重大さの変わる指摘: R901 題\n"
        in ran.out
    )


def test_flips_for_machines(checktool: Run, changed: tuple[TinyPack, TinyPack]) -> None:
    tree = json.loads(flips(checktool, changed, "json").out)
    assert tree["documents"]["count"] == 3
    assert [one["source"] for one in tree["documents"]["differing"]] == ["2.xml", "3.xml"]
    assert tree["documents"]["differing"][0] == {
        "source": "2.xml", "before": "clean", "after": "correct", "flips": True,
        "appeared": ["C407"], "disappeared": [], "regraded": [],
    }  # fmt: skip
    assert tree["changes"][0]["key"] == "removed"
    assert not tree["same"]


def test_a_document_with_the_same_verdict_comes_last(
    checktool: Run, sound: TinyPack, other: TinyPack
) -> None:
    more_rules(other)
    sound.load()
    other.load()
    ran = flips(checktool, (sound, other), "text")
    assert "件のうち 0 件" in ran.out
    assert "  × 要修正（見本の定義）（判定は同じ）  3.xml\n      新しく見つかる指摘: R902 題\n" in ran.out


def test_the_page_is_whole_and_asks_nothing_of_outside(
    checktool: Run, changed: tuple[TinyPack, TinyPack], tmp_path: Path
) -> None:
    assert flips(checktool, changed, "html", "-o", tmp_path / "diff.html").status == 1
    page = (tmp_path / "diff.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;&amp;=文。" in page
    assert not re.search(r"<script|<link|src=|href=|url\(|https?://", page)
    assert page.count("<table>") == page.count("</table>") == 3
    assert "@media print" in page


def test_the_workbook_holds_texts_only(
    checktool: Run, changed: tuple[TinyPack, TinyPack], tmp_path: Path
) -> None:
    with_rule(named=NAMED.replace("error", "warning"), text="=1+1。")(changed[1])
    for name in ("one.xlsx", "two.xlsx"):
        assert flips(checktool, changed, "xlsx", "-o", tmp_path / name).status == 1
    data = (tmp_path / "one.xlsx").read_bytes()
    assert data == (tmp_path / "two.xlsx").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["概要", "違い", "判定の変わる文書"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell.value for cell in book["判定の変わる文書"]["C"]] == ["ファイル", "2.xml", "3.xml"]


def test_long_tables_are_cut_unless_all_is_asked(checktool: Run, sound: TinyPack, other: TinyPack) -> None:
    other.table("sex", *(f"{code},性{code},,,X" for code in range(1, 31)), columns=",short")
    sound.load()
    other.load()
    short = checktool("pack", "diff", sound.folder, other.folder).out
    assert short.count("  追加  ") == 10
    assert "  ほかに 18 件あります（--all ですべて示します）。\n" in short
    whole = checktool("pack", "diff", sound.folder, other.folder, "--all").out
    assert whole.count("  追加  ") == 28


def test_no_document_answers_3(checktool: Run, sound: TinyPack, tmp_path: Path) -> None:
    sound.load()
    (tmp_path / "empty").mkdir()
    assert checktool("pack", "diff", sound.folder, sound.folder, "--on", tmp_path / "empty").status == 3


def test_a_pack_that_cannot_be_used_answers_4(checktool: Run, sound: TinyPack, tmp_path: Path) -> None:
    sound.load()
    assert checktool("pack", "diff", sound.folder, tmp_path / "none").status == 4


def test_every_fact_has_a_name(root: Path) -> None:
    words: Mapping[str, Any] = tomllib.loads(
        (root / "resources/wording/pack_diff.ja.toml").read_text(encoding="utf-8")
    )
    pack = load("nanshou-sample")
    place = items._type(None, "", "")
    record = items._facts(RecordItem("1", "a", "b", "c", "string"))
    assert set(words["fact"]["limits"]) == {entry.name for entry in fields(Limits)}
    assert set(words["fact"]["edition"]) == set(covers._facts(pack))
    assert set(words["fact"]["forms"]) == set(covers._form(pack.forms[0]))
    assert set(words["fact"]["structure"]) == set(place)
    assert set(words["fact"]["items"]) == set(record)


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_documents_outside_the_period_of_one_pack_are_told_apart(
    checktool: Run, sound: TinyPack, other: TinyPack, form: str
) -> None:
    for pack in (sound, other):
        pack.form["date"] = "Written"
    other.top["valid_from"] = date(2026, 1, 1)
    sound.load()
    other.load()
    written = "<Written>{}</Written><Sex>1</Sex>"
    documents = sound.documents(note(written.format("2025-06-01")), note(written.format("2026-06-01")))
    ran = checktool("pack", "diff", sound.folder, other.folder, "--on", documents, "--date", "2026-11-22",
                    "--format", form, "--jobs", "1")  # fmt: skip
    assert ran.status == 1
    if form == "json":
        told = json.loads(ran.out)["documents"]
        assert (told["outside"], told["differing"]) == (["1.xml"], [])
    else:
        assert "2 件のうち 0 件" in ran.out
        assert re.search("有効期間の外の文書: 1 件.+1\\.xml", ran.out)
        assert "X106" not in ran.out
