"""Code tables: known or not, on the day of the document, and which code says so."""

from datetime import date

import pytest

from checktool.errors import PackError
from checktool.model.finding import Severity
from checktool.model.report import LayerStatus
from tests.tiny_pack import TinyPack, codes, found, item, layer, note, places

FRUIT = ("1,林檎,,", "2,梨,2020-04-01,2024-03-31", "2,洋梨,2025-04-01,", "3,柿,2026-01-01,")


def coded(value: str, written: str = "2026-06-01") -> str:
    return note(f"\n<V>{value}</V><Written>{written}</Written>")


@pytest.fixture
def fruit(tiny_pack: TinyPack) -> TinyPack:
    tiny_pack.table("fruit", *FRUIT)
    tiny_pack.record(item("V", "code", code_table="fruit"))
    return tiny_pack


@pytest.mark.parametrize("value", ["1", "2", "3", ""])
def test_a_known_code_or_none_is_no_fault(fruit: TinyPack, value: str) -> None:
    report = fruit.check(coded(value))
    assert (found(report), layer(report, "codes").status) == ([], LayerStatus.PASSED)


def test_an_unknown_code(fruit: TinyPack) -> None:
    report = fruit.check(coded("4"))
    assert found(report) == [("C407", "/Note[1]/V[1]")]
    assert places(report) == [("C407", 3, 1)]
    finding = report.files[0].findings[0]
    assert dict(finding.params) == {
        "table": "fruit", "valid_from": "", "valid_to": "", "edition": "1", "value": "4",
    }  # fmt: skip
    assert (finding.severity, layer(report, "codes").status) == (Severity.ERROR, LayerStatus.FAILED)


@pytest.mark.parametrize(
    ("written", "expected", "start", "end"),
    [
        ("2020-03-31", ["C408"], "2020-04-01", ""), ("2020-04-01", [], "", ""), ("2024-03-31", [], "", ""),
        ("2024-04-01", ["C408"], "2025-04-01", "2024-03-31"), ("2025-03-31", ["C408"],
        "2025-04-01", "2024-03-31"),
        ("2025-04-01", [], "", ""),
    ],
)  # fmt: skip
def test_a_code_counts_on_the_day_of_the_document(
    fruit: TinyPack, written: str, expected: list[str], start: str, end: str
) -> None:
    report = fruit.check(coded("2", written))
    assert codes(report) == expected
    for finding in report.files[0].findings:
        assert (finding.param("valid_from"), finding.param("valid_to")) == (start, end)
        assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(("on", "expected"), [(date(2025, 12, 31), ["C408"]), (date(2026, 1, 1), [])])
@pytest.mark.parametrize("written", ["", "<Written/>", "<Written>2026-2-3</Written>"])
def test_without_a_readable_date_the_day_of_the_run_decides(
    fruit: TinyPack, on: date, expected: list[str], written: str
) -> None:
    report = fruit.check(note(f"<V>3</V>{written}"), on=on)
    assert codes(report) == expected
    assert layer(report, "form").note is not None


@pytest.mark.parametrize("code", ["C401", "C403", "C404", "C406"])
def test_an_item_may_have_a_code_of_its_own(tiny_pack: TinyPack, code: str) -> None:
    tiny_pack.table("fruit", *FRUIT)
    tiny_pack.record(item("V", "code", code_table="fruit", code=code))
    assert codes(tiny_pack.check(coded("4"), coded("2", "2024-12-01"))) == [code, code]


@pytest.mark.parametrize(
    ("code", "written", "severity"),
    [
        ("C404", "2026-03-31", Severity.ERROR), ("C404", "2026-04-01", Severity.WARNING),
        ("C401", "2026-04-01", Severity.WARNING), ("C406", "2026-04-01", Severity.ERROR),
    ],
)  # fmt: skip
def test_what_the_table_cannot_know_yet_is_to_be_confirmed(
    tiny_pack: TinyPack, code: str, written: str, severity: Severity
) -> None:
    tiny_pack.table("fruit", *FRUIT)
    tiny_pack.top["tables"] = {"fruit": {"known_until": date(2026, 3, 31)}}
    tiny_pack.record(item("V", "code", code_table="fruit", code=code))
    findings = tiny_pack.check(coded("4", written)).files[0].findings
    assert [(one.code, one.severity) for one in findings] == [(code, severity)]


@pytest.fixture
def grouped(tiny_pack: TinyPack) -> TinyPack:
    tiny_pack.table("group", "01,甲,,", "02,乙,,")
    tiny_pack.table("disease", "01-1,甲の一,,", "02-1,乙の一,,", "02-2,乙の二,,")
    tiny_pack.record(
        item("D/@group", "code", code_table="group", code="C403"),
        item("D/@code", "code", code_table="disease:D/@group", code="C404"),
    )
    return tiny_pack


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('group="02" code="2"', []), ('group="01" code="2"', [("C404", "/Note[1]/D[1]/@code")]),
        ('group="99" code="2"', [("C403", "/Note[1]/D[1]/@group")]),
        ('code="2" group="99"', [("C403", "/Note[1]/D[1]/@group")]),
        ('group="" code="7"', []), ('code="7"', []),
        ('group="02" code="9"', [("C404", "/Note[1]/D[1]/@code")]),
    ],
)  # fmt: skip
def test_a_code_within_its_group(grouped: TinyPack, attributes: str, expected: list[tuple[str, str]]) -> None:
    assert found(grouped.check(note(f"<D {attributes}/>"))) == expected


def test_an_item_that_the_rules_judge_is_left_to_them(tiny_pack: TinyPack) -> None:
    tiny_pack.table("fruit", *FRUIT)
    tiny_pack.record(item("V", "code", code_table="fruit", code="R519"))
    assert codes(tiny_pack.check(coded("4"))) == ["C407"]
    tiny_pack.rule("/n:Note/n:V", '<assert id="R519" test=". != 4">x</assert>')
    assert codes(tiny_pack.check(coded("4"), coded("5"))) == ["R519"]


@pytest.mark.parametrize(("on", "expected"), [(date(2025, 4, 11), []), (date(2025, 4, 12), ["C410"])])
def test_definitions_grow_old(tiny_pack: TinyPack, on: date, expected: list[str]) -> None:
    tiny_pack.record(item("V"))
    tiny_pack.top |= {"published_on": date(2025, 4, 1), "limits": {"max_age_days": 10}}
    report = tiny_pack.check(note("<V/>"), on=on)
    assert codes(report) == expected
    for finding in report.files[0].findings:
        assert (finding.severity, finding.param("date"), finding.param("days")) == (
            Severity.INFO,
            "2025-04-01",
            10,
        )


def test_without_a_record_definition_the_layer_is_absent(tiny_pack: TinyPack) -> None:
    assert layer(tiny_pack.check(note()), "codes").status is LayerStatus.ABSENT


def test_a_table_that_is_missing_is_a_fault_of_the_pack(tiny_pack: TinyPack) -> None:
    tiny_pack.record(item("V", "code", code_table="nowhere"))
    with pytest.raises(PackError) as caught:
        tiny_pack.check(note())
    assert (caught.value.code, caught.value.params["file"]) == ("P006", "nowhere.csv")
