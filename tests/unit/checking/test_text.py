"""T201 to T215: the fault, its nearest neighbour that is none, and the exact character."""

import pytest

from checktool.model.finding import Severity
from checktool.model.report import LayerStatus
from tests.tiny_pack import HEAD, SPACE, TinyPack, codes, found, item, layer, note

ITEMS = {
    "name": item("V", "name"), "kana": item("V", "name", charset="hiragana"),
    "reading": item("V", charset="hiragana"), "string": item("V"),
    "wide": item("V", charset="fullwidth"), "narrow": item("V", charset="halfwidth"),
    "official": item("V", charset="official"), "free": item("V", "freetext"),
    "bounded": item("V", "freetext:3", max_len="5"), "number": item("V", "digits"), "date": item("V", "date"),
    "code": item("V", "code"),
}  # fmt: skip
FAULTS = [
    ("string", "あ\x85い", "T201", 2, "\x85"), ("string", "あ\x7f", "T201", 2, "\x7f"),
    ("name", "山\ue000", "T202", 2, "\ue000"), ("free", "\U000f0001", "T202", 1, "\U000f0001"),
    ("name", "吉田𠮷", "T203", 3, "𠮷"), ("name", "髙田", "T203", 1, "髙"), ("name", "あ﨑", "T203", 2, "﨑"),
    ("name", "葛\U000e0100", "T204", 2, "\U000e0100"), ("string", "神\ufe00", "T204", 2, "\ufe00"),
    ("string", "第Ⅴ因子", "T205", 2, "Ⅴ"), ("string", "①", "T205", 1, "①"), ("free", "５㎝", "T205", 2, "㎝"),
    ("string", "あｱ", "T206", 2, "ｱ"), ("name", "ﾔﾏﾀﾞ", "T206", 1, "ﾔ"), ("wide", "ｱ", "T206", 1, "ｱ"),
    ("number", "12３", "T207", 3, "３"), ("code", "Ａ1", "T207", 1, "Ａ"), ("narrow", "aｂ", "T207", 2, "ｂ"),
    ("string", " あ", "T208", 1, ""), ("string", "あ　", "T208", 2, ""), ("name", "あ\u00a0", "T208", 2, ""),
    ("number", "1\u200b2", "T208", 2, ""), ("string", "　", "T208", 1, ""),
    ("string", "あ\tい", "T208", 2, ""),
    ("string", "あ\nい", "T208", 2, ""),
    ("kana", "やまダ", "T209", 3, "ダ"), ("kana", "山だ", "T209", 1, "山"), ("kana", "やま1", "T209", 3, "1"),
    ("name", "山●", "T210", 2, "●"), ("name", "〓田", "T210", 1, "〓"), ("name", "山??", "T210", 2, "??"),
    ("string", "あ\ufffd", "T210", 2, "\ufffd"),
    ("number", "03−1234", "T213", 3, "−"), ("number", "1O2", "T213", 2, "O"),
    ("date", "2026ー01", "T213", 5, "ー"),
    ("string", "1‐2", "T213", 2, "‐"),
    ("kana", "か\u3099", "T214", 1, ""), ("string", "あか\u3099", "T214", 2, ""),
    ("name", "山本 花子", "T215", 0, ""), ("name", "山本　花子", "T215", 0, ""),
]  # fmt: skip
NEAR_MISSES = [
    ("string", "あ漢"), ("string", "〜～－∥￠￡￢—‖"), ("name", "山崎"),
    ("name", "葛"), ("string", "V型"), ("string", "アａ"), ("wide", "アイウ"), ("number", "0120-33"),
    ("narrow", "ab-1"),
    ("string", "あ　い"), ("string", "あ い"), ("kana", "やまだー・ゝゞ"), ("reading", "やま だ　こ"),
    ("name", "山？"),
    ("name", "山?"), ("string", "●は■"), ("string", "何??"), ("string", "データー1"), ("string", "1-2"),
    ("code", "OIl"),
    ("kana", "がぎぐ"), ("name", "John Smith"), ("free", "一行\n二行"), ("free", "●??"), ("official", "①髙"),
    ("bounded", "一\n二\n三"), ("bounded", "一二三四五\n"),
]  # fmt: skip


def value(inner: str) -> str:
    return note(f"<V>{inner}</V>")


@pytest.mark.parametrize(("kind", "given", "code", "pos", "ch"), FAULTS)
def test_a_fault_is_told_with_its_character(
    tiny_pack: TinyPack, kind: str, given: str, code: str, pos: int, ch: str
) -> None:
    tiny_pack.record(ITEMS[kind], item("W", "name"))
    tiny_pack.top["encoding"] = {"repertoire": "jisx0208"}
    report = tiny_pack.check(value(given))
    assert found(report) == [(code, "/Note[1]/V[1]")]
    finding = report.files[0].findings[0]
    assert finding.param("value") == given
    assert finding.location.item == "項目V"
    assert (finding.param("pos") or 0, finding.param("ch")) == (pos, ch)


@pytest.mark.parametrize(("kind", "given"), NEAR_MISSES)
def test_its_neighbour_is_no_fault(tiny_pack: TinyPack, kind: str, given: str) -> None:
    tiny_pack.record(ITEMS[kind])
    tiny_pack.top["encoding"] = {"repertoire": "jisx0208"}
    assert found(tiny_pack.check(value(given))) == []


@pytest.mark.parametrize(
    ("repertoire", "given", "expected"),
    [
        ("jisx0208", "髙﨑𠮟𠮷", 1), ("jisx0213", "髙﨑𠮟𠮷", 1), ("jisx0213", "﨑𠮟德𠮷", 4),
        ("cp932", "髙﨑𠮟", 3),
        ("cp932", "髙﨑德", 0), ("unicode", "髙﨑𠮟𠮷", 0), ("jisx0213", "﨑𠮟德", 0),
    ],
)  # fmt: skip
def test_the_repertoire_decides(tiny_pack: TinyPack, repertoire: str, given: str, expected: int) -> None:
    tiny_pack.record(ITEMS["name"])
    tiny_pack.top["encoding"] = {"repertoire": repertoire}
    findings = tiny_pack.check(value(given)).files[0].findings
    assert [(one.code, one.param("pos"), one.param("repertoire")) for one in findings] == (
        [("T203", expected, repertoire)] if expected else []
    )


@pytest.mark.parametrize(
    ("repertoire", "severity"),
    [("jisx0208", Severity.WARNING), ("jisx0213", Severity.INFO), ("unicode", Severity.INFO)],
)
def test_dependent_characters_weigh_more_where_they_cannot_be_written(
    tiny_pack: TinyPack, repertoire: str, severity: Severity
) -> None:
    tiny_pack.record(ITEMS["string"])
    tiny_pack.top["encoding"] = {"repertoire": repertoire}
    findings = tiny_pack.check(value("㈱")).files[0].findings
    assert [(one.code, one.severity) for one in findings] == [("T205", severity)]


def test_half_width_kana_is_an_error_only_where_full_width_is_asked(tiny_pack: TinyPack) -> None:
    tiny_pack.record(item("A"), item("B", charset="fullwidth"))
    findings = tiny_pack.check(note("<A>ｱ</A><B>ｱ</B>")).files[0].findings
    assert [one.severity for one in findings] == [Severity.WARNING, Severity.ERROR]


@pytest.mark.parametrize(
    ("given", "expected"), [("一二三四五六", 6), ("一二三\n四五六", 6), ("𠮷𠮷𠮷𠮷𠮷𠮷", 6)]
)
def test_a_free_text_too_long_counts_characters(tiny_pack: TinyPack, given: str, expected: int) -> None:
    tiny_pack.record(ITEMS["bounded"])
    (finding,) = tiny_pack.check(value(given)).files[0].findings
    assert (finding.code, finding.param("max"), finding.param("n")) == ("T211", 5, expected)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_free_text_of_too_many_lines(tiny_pack: TinyPack, line_end: str) -> None:
    tiny_pack.record(ITEMS["bounded"])
    (finding,) = tiny_pack.check(value(line_end.join("一二三四"))).files[0].findings
    assert (finding.code, finding.param("max"), finding.param("n")) == ("T212", 3, 4)


@pytest.mark.parametrize(
    ("forbidden", "expected"),
    [
        ("\x01", "\x01"), ("&#x1;", "\x01"), ("&#11;", "\x0b"), ("\ufffe", "\ufffe"), ("&#xFFFF;", "\uffff"),
        ("\x00", "\x00"),
    ],
)  # fmt: skip
def test_what_xml_forbids_is_told_as_the_character_that_it_is(
    tiny_pack: TinyPack, forbidden: str, expected: str
) -> None:
    tiny_pack.record(ITEMS["string"])
    report = tiny_pack.check(value(f"あい{forbidden}う"))
    assert found(report) == [("T201", "/Note[1]/V[1]")]
    finding = report.files[0].findings[0]
    assert (finding.param("pos"), finding.param("ch")) == (3, expected)
    assert finding.param("value") == f"あい{expected}う"


def test_a_lone_surrogate_is_told(tiny_pack: TinyPack) -> None:
    tiny_pack.record(ITEMS["string"])
    report = tiny_pack.check(value("あ\ud842い").encode("utf-8", "surrogatepass"))
    assert [(one.code, one.param("pos")) for one in report.files[0].findings] == [("T201", 2)]


@pytest.mark.parametrize("known", [True, False])
def test_forbidden_characters_are_told_of_items_without_a_definition(
    tiny_pack: TinyPack, known: bool
) -> None:
    if known:
        tiny_pack.record(item("Other"))
    report = tiny_pack.check(f'{HEAD}<Note xmlns="{SPACE}" a="\x02"/>')
    assert found(report) == [("T201", "/Note[1]/@a")]
    assert layer(report, "text").status is LayerStatus.FAILED


def test_without_a_record_definition_the_layer_is_absent(tiny_pack: TinyPack) -> None:
    assert layer(tiny_pack.check(value("\ue000")), "text").status is LayerStatus.ABSENT


def test_a_kana_of_a_larger_repertoire_is_hiragana_all_the_same(tiny_pack: TinyPack) -> None:
    tiny_pack.record(ITEMS["kana"])
    assert codes(tiny_pack.check(value("ゔ"))) == []
    tiny_pack.top["encoding"] = {"repertoire": "jisx0208"}
    assert codes(tiny_pack.check(value("ゔ"))) == []
    tiny_pack.record(ITEMS["string"])
    assert codes(tiny_pack.check(value("ゔ"))) == ["T203"]


def test_a_name_in_one_item_may_have_a_blank(tiny_pack: TinyPack) -> None:
    tiny_pack.record(ITEMS["name"])
    assert codes(tiny_pack.check(value("山本　花子"))) == []


def test_faults_of_different_kinds_stand_together(tiny_pack: TinyPack) -> None:
    tiny_pack.record(ITEMS["string"])
    tiny_pack.top["encoding"] = {"repertoire": "jisx0208"}
    assert sorted(codes(tiny_pack.check(value(" \ue000①髙ｱ")))) == ["T202", "T203", "T205", "T206", "T208"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Sato Taro", []), ("山田", [("T207", 1)]), ("Sato　Taro", [("T207", 5)]),
        ("Sato－Taro", [("T207", 5)]), ("a（b", [("T207", 2)]), ("03−12", [("T213", 3)]),
        ("03ー12ー34", [("T213", 3)]), ("Sato　", [("T208", 5)]), ("髙", [("T203", 1)]),
        ("㎝", [("T205", 1)]), ("ｻ", [("T206", 1)]), ("か\u3099", [("T207", 1), ("T214", 1)]),
    ],
)  # fmt: skip
def test_a_half_width_item_takes_no_full_width_character(
    tiny_pack: TinyPack, value: str, expected: list[tuple[str, int]]
) -> None:
    tiny_pack.record(item("V", "string", charset="halfwidth"))
    tiny_pack.top["encoding"] = {"repertoire": "jisx0208"}
    (file,) = tiny_pack.check(note(f"<V>{value}</V>")).files
    assert [(one.code, one.param("pos")) for one in file.findings] == expected


def test_a_full_width_character_is_told_once(tiny_pack: TinyPack) -> None:
    tiny_pack.record(item("V", "string", charset="halfwidth"))
    tiny_pack.rule("n:V", '<assert id="R1" test="false()">x</assert>')
    assert codes(tiny_pack.check(note("<V>電話</V>"))) == ["T207"]
    assert codes(tiny_pack.check(note("<V>12</V>"))) == ["R1"]


@pytest.mark.parametrize(
    ("text", "where"),
    [(" あ", "start"), ("あ　", "end"), ("　", "only"), ("あ\u200bい", "inside"), (" あ ", "start")],
)
def test_a_blank_says_where_it_is(tiny_pack: TinyPack, text: str, where: str) -> None:
    tiny_pack.record(item("A"))
    (finding,) = tiny_pack.check(note(f"<A>{text}</A>")).files[0].findings
    assert (finding.code, finding.param("where")) == ("T208", where)
