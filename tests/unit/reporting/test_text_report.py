"""The report for people: what stands in it, what is cut, what a colour adds."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from checktool.model.report import BatchResult, CheckReport, LayerStatus
from checktool.reporting.masking import ReportOptions
from checktool.reporting.text_report import text_report
from checktool.wording import Wording


def text(report: CheckReport, wording: Wording, **options: bool) -> str:
    return "".join(text_report(report, wording, ReportOptions(**options)))


def test_it_names_pack_status_profile_and_day(report: CheckReport, wording: Wording) -> None:
    head = text(report, wording).split("\n\n")[0]
    assert "検査定義: 難病・小慢 見本定義 2025-04（見本）" in head
    assert "提出先: tokyo" in head
    assert "基準日: 2026-11-22" in head
    assert wording.say("report.banner") in head


@pytest.mark.parametrize(("status", "word"), [("provisional", "暫定版"), ("official", "確定版")])
def test_only_a_sample_pack_marks_its_verdicts(
    report: CheckReport, wording: Wording, status: str, word: str
) -> None:
    shown = text(replace(report, pack=replace(report.pack, status=status)), wording)
    assert f"2025-04（{word}）" in shown
    assert "見本の定義" not in shown


def test_every_file_has_its_sign_and_word(report: CheckReport, wording: Wording) -> None:
    lines = text(report, wording).splitlines()
    assert "× 要修正（見本の定義）  a.zip!B001.xml  小児慢性特定疾病 医療意見書" in lines
    assert "△ 要確認（見本の定義）  B001.xml  小児慢性特定疾病 医療意見書" in lines
    assert "－ 検査未完了（見本の定義）  =empty.xml" in lines


def test_a_clean_file_of_a_sample_pack(report: CheckReport, wording: Wording) -> None:
    clean = replace(report, files=(report.files[1],), batch=BatchResult(LayerStatus.PASSED))
    assert "○ 指摘なし（見本の定義）  B001.xml" in text(clean, wording)


def test_a_finding_tells_item_value_reason_next_step_and_place(report: CheckReport, wording: Wording) -> None:
    said = wording.explain(report.files[0].layers[4].findings[0])
    shown = text(report, wording)
    assert f"    × 要修正 C406 性別: {said.title}\n" in shown
    for label, part in (("値", "9"), ("内容", said.message), ("対応方法", said.fix)):
        assert any(line.split() == [label, *part.split()] for line in shown.splitlines())
    assert "41 行 3 桁  /MedicalOpinion[1]/Patient[1]/C406[1]" in shown


def test_a_layer_that_did_not_run_says_why(report: CheckReport, wording: Wording) -> None:
    shown = text(report, wording)
    assert (
        "    様式・構造・文字・コード・規則: 実施せず（ファイルを読み取れなかったため、実行していません。）\n"
        in shown
    )
    assert "規則: 検査済み（構造に指摘のある項目を使う規則 2 件は、判定していません。" in shown


def test_a_file_names_the_findings_that_it_shares(report: CheckReport, wording: Wording) -> None:
    title = wording.explain(report.batch.findings[0]).title
    assert text(report, wording).count(f"    ファイルどうしの比較: B901 {title}\n") == 2


def test_it_says_what_was_checked_and_what_not(report: CheckReport, wording: Wording) -> None:
    shown = text(report, wording)
    assert "    文字: 検査済み 3 件（うち要確認 1 件）、実施せず 1 件\n" in shown
    assert "    コード: 検査済み 2 件、指摘あり 1 件、実施せず 1 件\n" in shown
    assert "    ファイルどうしの比較: 検査済み（うち要確認 1 件）\n" in shown
    assert "    構造: 検査済み 2 件、定義なし 1 件、実施せず 1 件\n" in shown
    assert wording.note(report.batch.notes[0]) in shown
    assert "N319 → 検査しない（理由: この提出先では使いません。）" in shown


def test_a_profile_goes_by_its_title(report: CheckReport, wording: Wording) -> None:
    assert "提出先: 東京都（見本）\n" in text(replace(report, profile_title="東京都（見本）"), wording)


def test_what_stayed_unchecked_does_not_deny_the_rest(report: CheckReport, wording: Wording) -> None:
    nothing = wording.say("report.in_full.unchecked")
    shown = text(report, wording)
    assert nothing not in shown
    assert wording.say("report.some_unchecked", count=1) in shown
    assert nothing in text(replace(report, files=report.files[3:]), wording)


def test_alike_findings_are_cut_for_the_eye(
    many_alike: Callable[[int], CheckReport], wording: Wording
) -> None:
    shown = text(many_alike(8), wording)
    assert shown.count("× 要修正 C406") == 5
    assert "同じ内容の指摘が他 3 件あります。" in shown
    assert "他" not in text(many_alike(5), wording).split("集計")[0]


def test_it_ends_with_the_disclaimer(report: CheckReport, wording: Wording) -> None:
    assert text(report, wording).endswith(wording.say("report.disclaimer") + "\n")


def test_no_file_and_a_stopped_run_are_said(report: CheckReport, wording: Wording) -> None:
    empty = replace(report, files=(), batch=BatchResult(LayerStatus.SKIPPED), completed=False)
    shown = text(empty, wording)
    assert wording.say("report.no_file") in shown
    assert wording.say("report.not_completed") in shown
    assert "判定: － 検査未完了" in shown


def test_colour_only_adds(report: CheckReport, wording: Wording) -> None:
    plain, coloured = text(report, wording), text(report, wording, colour=True)
    assert "\x1b" not in plain
    assert coloured != plain
    for code in ("0", "31", "32", "33", "35"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == plain


def test_redaction_leaves_no_name_and_no_personal_value(report: CheckReport, wording: Wording) -> None:
    shown = text(report, wording, redact=True)
    assert [word for word in ("𠮷", "B001", "copy.xml") if word in shown] == []
