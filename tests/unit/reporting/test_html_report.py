"""The page to read and print: everything escaped, nothing from outside, who may read it."""

import re

import pytest

from checktool.model.report import CheckReport
from checktool.reporting.html_report import Parts, body, html_report
from checktool.reporting.masking import Mask, ReportOptions
from checktool.reporting.part import part_of
from checktool.wording import Wording

PERSONAL = "個人情報を含みます。院外持出し禁止。使用後は院内の規程により廃棄してください。"
DISCLAIMER = "本ツールは厚生労働省が配布・承認したものではありません。"


def page(report: CheckReport, redact: bool = False) -> str:
    return "".join(html_report(report, Wording(), ReportOptions(redact)))


def test_it_shows_every_document_and_finding_and_the_disclaimer(report: CheckReport) -> None:
    text = page(report)
    assert text.count("<h3>") == sum(bool(file.findings) for file in report.files) + 1
    for word in ("× 要修正", "△ 要確認", "－ 検査未完了", "○ 指摘なし", "C406", "T203", DISCLAIMER):
        assert word in text


@pytest.mark.parametrize("redact", [False, True])
def test_it_says_who_may_read_it(report: CheckReport, redact: bool) -> None:
    text = page(report, redact)
    assert (PERSONAL in text, "𠮷田" in text) == (not redact, not redact)
    assert ("B001.xml" in text) is not redact


def test_it_is_whole_in_itself_and_escaped(report: CheckReport) -> None:
    text = page(report)
    assert "default-src 'none'" in text
    assert not re.search(r"<script|<img|<link|src=|href=|url\(", text)
    hostile = "".join(body(report, Mask(Wording(), names={report.files[0].source: "<b>&"})))
    assert "&lt;b&gt;&amp;" in hostile


def test_one_document_and_a_bounded_number(report: CheckReport) -> None:
    first = report.files[0].source
    one = "".join(body(part_of(report, first), Mask(Wording()), Parts(listed=False)))
    assert (one.count("<h3>"), report.files[-1].source in re.sub(r"対象: [^<]*", "", one)) == (1, False)
    cut = "".join(body(report, Mask(Wording()), Parts(most=1)))
    assert f"残り {len(report.files) - 1} 件" in cut
