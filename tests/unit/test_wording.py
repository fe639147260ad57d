"""How findings, errors and notes become sentences."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from checktool.errors import HandoffError, PackError, UsageError
from checktool.model.definition import Rule
from checktool.model.finding import BatchFinding, Finding, Layer, Location, Severity
from checktool.model.report import Note
from checktool.wording import CODES, LONGEST_VALUE, Explanation, Wording


def finding(code: str, item: str = "", personal: tuple[str, ...] = (), **params: Any) -> Finding:
    """A finding with what matters to its wording."""
    return Finding(code, Severity.ERROR, Location("a.xml", item=item), tuple(params.items()), personal)


@pytest.fixture(name="wording", scope="module")
def _wording() -> Wording:
    return Wording()


def test_a_version_that_is_missing_names_what_there_is(wording: Wording) -> None:
    """An optional part is said when its parameter is there, and only then."""
    near = wording.explain(finding("X106", version="2023-10", available="2024-04"))
    assert near.message == "様式の版 2023-10 の定義は入っていません。2024-04 ならあります。"
    alone = wording.explain(finding("X106", version="2023-10", available=""))
    assert alone.message == "様式の版 2023-10 の定義は入っていません。"


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"valid_to": "2024-03-31"}, "使えたのは 2024-03-31 までです。"),
        ({"valid_from": "2025-04-01"}, "使えるのは 2025-04-01 からです。"),
        ({"valid_to": "", "valid_from": ""}, "記載年月日の時点では使えません。"),
    ],
)
def test_validity_of_a_code_is_said(wording: Wording, params: dict[str, Any], said: str) -> None:
    """Until when, from when, or nothing."""
    assert wording.explain(finding("C408", item="続柄", value="12", **params)).message.endswith(said)


def test_an_empty_value_is_called_empty(wording: Wording) -> None:
    """No empty brackets."""
    said = wording.explain(finding("X109", item="出生体重", value="", type="integer")).message
    assert said == "「出生体重」の値は空です。整数を入れる項目です。"


def test_word_keys_are_translated_with_their_values(wording: Wording) -> None:
    """A word may use parameters; a key without a word is shown as it is."""
    said = wording.explain(finding("X110", item="姓", value="あ" * 41, rule="max_length", limit=40, n=41))
    assert said.message.endswith("長さは 40 文字（桁）以内です（今は 41 文字）。")
    assert "hexBinary" in wording.explain(finding("X109", item="姓", value="x", type="hexBinary")).message


def test_a_hidden_value_leaves_no_trace(wording: Wording) -> None:
    """Neither the character nor its code point shows."""
    found = finding("T203", "姓", ("ch",), pos=1, ch="𠮷", repertoire="jisx0208")
    assert "『𠮷』（U+20BB7、1 文字目）は、JIS X 0208 の範囲にない" in wording.explain(found).message
    hidden = wording.explain(found, lambda _: "＊").message
    assert "𠮷" not in hidden
    assert "20BB7" not in hidden
    assert "＊" in hidden


def test_a_value_cannot_break_a_sentence(wording: Wording) -> None:
    """Line breaks become blanks, invisible characters are named, long values are cut, braces stay."""
    said = wording.explain(finding("C407", item="続柄", value="a\nb\u202e{item}" + "x" * 500)).message
    assert "a b〔U+202E〕{item}" in said
    assert len(said) < LONGEST_VALUE + 100


def test_a_batch_finding_has_its_item(wording: Wording) -> None:
    """The item of a batch finding is worded like that of a document."""
    found = BatchFinding("B907", Severity.WARNING, ("a.xml",), "患者の姓")
    assert "「患者の姓」" in wording.explain(found).message


def test_a_pack_rule_is_worded_by_its_own_texts() -> None:
    """Its texts are templates with values by number; one code may have several messages."""
    rule = Rule(
        "D609", Layer.RULES, Severity.ERROR, "題", "{1} は {2} より後です。", "{{直します}}。",
        others=("{1} です。",),
    )  # fmt: skip
    params: dict[str, Any] = {"1": "2026-01-02", "2": "{1}"}
    said = Wording([rule]).explain(finding("D609", **params))
    assert said == Explanation("題", "2026-01-02 は {1} より後です。", "{直します}。")
    assert Wording([rule]).explain(finding("D609", **params, wording=1)).message == "2026-01-02 です。"


def test_a_foreign_rule_without_words_gets_some() -> None:
    """A finding always has a title and a next step."""
    said = Wording([Rule("v-1", Layer.RULES, Severity.ERROR, "", "count(a)=1", "")]).explain(finding("v-1"))
    assert "v-1" in said.title
    assert said.message == "count(a)=1"
    assert said.fix.endswith("。")


def test_the_registry_is_sorted_and_knows_its_codes(wording: Wording) -> None:
    """Built-in codes and those of the pack; an unknown code is a usage fault."""
    both = Wording([Rule("N301", Layer.RULES, Severity.ERROR, "題", "文。", "次。")])
    assert [rule.code for rule in both.rules()] == sorted([*CODES, "N301"])
    assert both.rule("X101").refused
    with pytest.raises(UsageError) as fault:
        wording.rule("Z999")
    assert "Z999" in wording.error(fault.value).message


def test_errors_are_worded(wording: Wording) -> None:
    """Line 0 is no line; integers are grouped; a code may translate keys for itself alone."""
    said = wording.error(PackError("P006", file="a.csv", line=0, reason="header")).message
    assert said.startswith("コード表 a.csv を読み取れません（先頭の4列が")
    key = "0123456789abcdef" * 4
    assert key in wording.error(PackError("P041", id="a", key=key)).message
    assert "1,234,567 バイト" in wording.error(HandoffError("H008", need=1234567, free=1)).message


def test_threads_share_one_wording(wording: Wording) -> None:
    """The window words findings while a worker words others."""
    found = finding("X106", version="1", available="2")
    with ThreadPoolExecutor(8) as pool:
        assert len({said.message for said in pool.map(wording.explain, [found] * 200)}) == 1


def test_a_note_is_filled_and_none_says_nothing(wording: Wording) -> None:
    """Notes are texts of their own file."""
    assert wording.note(None) == ""
    assert "3 件" in wording.note(Note("rules_left_out", (("count", 3),)))


def test_a_part_may_stand_in_place_of_the_message(wording: Wording) -> None:
    """A pack that is not valid on the day says so, and until when it was."""
    said = wording.explain(finding("X106", day="2030-01-01", period="2021-11-01～2029-03-31")).message
    assert said.startswith("2030-01-01 の時点の書類に使える検査定義は入っていません。")
    assert said.endswith("2021-11-01～2029-03-31 です。")
