"""Documents of a run compared: each comparison, its near miss, and what switches it off."""

import pytest

from checktool.model.finding import Severity
from checktool.model.report import BatchResult, LayerStatus, Note, verdicts
from tests.tiny_pack import TinyPack, item, note

KEYS = {
    "patient": ["Kana", "Born"], "disease": "Disease", "written": "Written", "kind": "@kind", "sex": "Sex",
    "number": ["Payer", "Number"], "doctor": "Doctor", "birth": "Born", "name": "Name",
}  # fmt: skip
USUAL = {
    "Name": "<Family>山本</Family><Given>花子</Given>", "Kana": "やまもとはなこ", "Born": "1980-04-01",
    "Sex": "2",
    "Payer": "54136015", "Number": "1234567", "Disease": "6", "Doctor": "1", "Story": "経過は良い。",
    "Written": "2026-06-01",
}  # fmt: skip


def document(kind: str = "new", **changed: str) -> str:
    values = USUAL | changed
    return note("".join(f"<{name}>{value}</{name}>" for name, value in values.items()), f'kind="{kind}"')


@pytest.fixture
def pack(tiny_pack: TinyPack) -> TinyPack:
    tiny_pack.form["batch"] = dict(KEYS)
    tiny_pack.record(item("Name/Family", "name"), item("Name/Given", "name"), item("Story", "freetext"),
                     item("Number", "digits"), item("Kana", "name"))  # fmt: skip
    return tiny_pack


def compared(pack: TinyPack, *documents: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.code, one.sources) for one in batch(pack, *documents).findings]


def batch(pack: TinyPack, *documents: str) -> BatchResult:
    return pack.check(*documents).batch


TWO = ("1.xml", "2.xml")
OTHER = {"Kana": "べつのひと", "Name": "別", "Number": "7654321", "Doctor": "2", "Story": "別。"}


@pytest.mark.parametrize(
    ("changed", "kind", "expected"),
    [
        (OTHER, "new", []),
        ({"Written": "2026-06-01"}, "new", [("B901", TWO)]),
        ({"Disease": "7", "Story": "x"}, "new", []),
        ({"Written": "2026-07-01", "Story": "x"}, "new", []),
        ({"Kana": "ﾔﾏﾓﾄﾊﾅｺ", "Story": "x"}, "new", []),
        ({"Kana": "やまもと　はなこ"}, "new", [("B901", TWO)]),
        ({"Disease": "7", "Story": "x"}, "renewal", [("B902", TWO)]),
        ({"Disease": "7", "Story": "x"}, "", []),
        (OTHER | {"Number": "1234567"}, "new", [("B903", TWO)]),
        (OTHER | {"Number": "1234567", "Payer": "54011111"}, "new", []),
        (OTHER | {"Number": "", "Payer": ""}, "new", []),
        ({"Number": "1234567", "Name": "", "Disease": "7", "Story": "x"}, "new", []),
        ({"Kana": "", "Born": "", "Disease": "7", "Story": "x"}, "new", []),
        ({"Name": "<Family>山 本</Family><Given>花子</Given>", "Disease": "7", "Story": "x"}, "new", []),
        ({"Sex": "1", "Disease": "7", "Story": "x"}, "new", [("B904", TWO)]),
        ({"Sex": "", "Disease": "7", "Story": "x"}, "new", []),
        ({"Written": "2026-07-01"}, "new", [("B908", TWO)]),
        ({"Written": "2026-07-01", "Disease": "7"}, "new", []),
        ({"Written": "2026-07-01", "Story": "経過は良い"}, "new", []),
        ({"Written": "2026-07-01", "Story": ""}, "new", []), ({"Written": ""}, "new", []),
    ],
)  # fmt: skip
def test_two_documents(
    pack: TinyPack, changed: dict[str, str], kind: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert compared(pack, document(), document(kind, **changed)) == expected


def test_documents_without_free_text_repeat_nothing(pack: TinyPack) -> None:
    older, newer = document(Story=""), document(Story="", Written="2026-07-01")
    assert compared(pack, older, newer) == []


def test_a_group_stands_once_with_all_its_sources(pack: TinyPack) -> None:
    (finding,) = batch(pack, document(), document(), document(**OTHER), document()).findings
    assert (finding.code, finding.sources, finding.params) == (
        "B901",
        ("1.xml", "2.xml", "4.xml"),
        (("n", 3),),
    )


def test_a_number_of_two_people_is_personal(pack: TinyPack) -> None:
    (finding,) = batch(pack, document(), document(**OTHER | {"Number": "1234567"})).findings
    assert (finding.params, finding.personal) == ((("number", "1234567"),), ("number",))


def test_both_forms_of_one_patient(pack: TinyPack) -> None:
    pack.forms.append({"id": "other", "name": "別の様式", "root": "{urn:tiny}Other", "batch": dict(KEYS)})
    other = document(Story="x").replace("<Note", "<Other").replace("</Note", "</Other")
    (finding,) = batch(pack, document(), other).findings
    assert (finding.code, finding.severity, finding.sources) == ("B905", Severity.INFO, TWO)


@pytest.mark.parametrize(("most", "expected"), [(0, []), (1, ["B906"]), (2, [])])
def test_many_documents_of_one_doctor_and_day(pack: TinyPack, most: int, expected: list[str]) -> None:
    pack.top["limits"] = {"forms_per_doctor_day": most}
    found = batch(pack, document(), document(**OTHER | {"Doctor": "1"})).findings
    assert [one.code for one in found] == expected


@pytest.mark.parametrize(
    ("changed", "item_name", "value"),
    [
        ({"Name": "<Family>テスト</Family><Given>花子</Given>"}, "項目Family", "テスト"),
        ({"Name": "<Family>花子</Family><Given>ﾃｽﾄ二</Given>"}, "項目Given", "ﾃｽﾄ二"),
        ({"Name": "<Family>山田</Family><Given>太郎</Given>"}, "項目Family", "山田太郎"),
        ({"Name": "<Family>山田太郎</Family><Given/>"}, "項目Family", "山田太郎"),
        ({"Kana": "てすとたろう"}, "項目Kana", "てすとたろう"),
        ({"Number": "9999123"}, "項目Number", "9999123"),
    ],
)  # fmt: skip
def test_a_patient_for_tests(pack: TinyPack, changed: dict[str, str], item_name: str, value: str) -> None:
    pack.top["batch"] = {"placeholders": ["テスト", "てすと", "山田太郎"]}
    (finding,) = batch(pack, document(**changed)).findings
    assert (finding.code, finding.sources, finding.item) == ("B907", ("1.xml",), item_name)
    assert (finding.params, finding.personal) == ((("value", value),), ("value",))


@pytest.mark.parametrize(
    "changed",
    [{"Name": "<Family>山田</Family><Given>次郎</Given>"}, {"Number": "1999912"}, {"Payer": "99991234"},
                {"Story": "テスト"}])  # fmt: skip
def test_a_patient_like_any_other(pack: TinyPack, changed: dict[str, str]) -> None:
    pack.top["batch"] = {"placeholders": ["テスト", "山田太郎"]}
    assert compared(pack, document(**changed)) == []


@pytest.mark.parametrize(
    ("missing", "off"),
    [
        ("patient", "B901、B902、B904、B905、B908"), ("disease", "B901、B908"),
        ("written", "B901、B906、B908"),
        ("kind", "B902"), ("sex", "B904"), ("number", "B903"), ("doctor", "B906"), ("name", "B903、B907"),
    ],
)  # fmt: skip
def test_a_missing_key_switches_its_rules_off_and_says_so(pack: TinyPack, missing: str, off: str) -> None:
    del pack.form["batch"][missing]
    result = batch(pack, document(), document())
    assert result.notes == (Note("batch_keys_missing", (("codes", off),)),)
    assert ("B901" in {one.code for one in result.findings}) is ("B901" not in off)


def test_without_keys_the_layer_is_absent(tiny_pack: TinyPack) -> None:
    assert batch(tiny_pack, document(), document()).status is LayerStatus.ABSENT


def test_a_key_may_be_an_xpath(pack: TinyPack) -> None:
    pack.form["batch"]["disease"] = "concat(*[local-name()='Disease'], '-', @kind)"
    assert compared(pack, document(Story="a"), document(Story="b")) == [("B901", TWO)]
    assert compared(pack, document(Story="a"), document("renewal", Story="b")) == [("B902", TWO)]


def test_what_failed_in_reading_or_form_takes_no_part(pack: TinyPack) -> None:
    pack.form.update({"version": "@version", "versions": ["1"]})
    known, unknown = (document().replace("<Note", f'<Note version="{n}"') for n in "12")
    assert compared(pack, known, unknown, known.removesuffix(">")) == []


def test_a_finding_counts_for_each_of_its_files(pack: TinyPack) -> None:
    assert verdicts(pack.check(document(), document(**OTHER), document())) == ["confirm", "clean", "confirm"]


@pytest.mark.parametrize(
    ("sex", "kind", "expected"),
    [
        ("1", "new", ["B904"]), ("9", "new", []), ("2", "renewal", ["B902"]), ("2", "other", []),
    ],
)  # fmt: skip
def test_a_code_that_is_none_is_no_contradiction(
    pack: TinyPack, sex: str, kind: str, expected: list[str]
) -> None:
    pack.table("sex", "1,男,,", "2,女,,")
    pack.table("kind", "new,新規,,", "renewal,更新,,")
    pack.record(item("Sex", "code", code_table="sex"), item("@kind", "code", code_table="kind"))
    other = {"Disease": "7", "Story": "別。"}
    assert [code for code, _ in compared(pack, document(), document(kind, Sex=sex, **other))] == expected


def test_an_attribute_of_a_key_is_not_part_of_it(pack: TinyPack) -> None:
    beside = document(Story="別。").replace("<Born>", '<Born wareki="昭和55年4月1日">')
    assert compared(pack, document(), beside) == [("B901", TWO)]
