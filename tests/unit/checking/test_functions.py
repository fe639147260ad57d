"""The rule functions by themselves; docs/rules.md gives their meaning."""

import math
from datetime import date

import pytest
from lxml import etree

from checktool.checking.functions import Functions, fold, matches, text
from checktool.errors import PackError
from checktool.model.definition import CodeEntry, CodeTable
from checktool.settings import Hospital
from tests.tiny_pack import ON, TinyPack, note

NODE = etree.fromstring("<a>x<b>y</b></a>")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", "a"), (True, "true"), (False, "false"), (1.0, "1"), (-0.0, "0"), (1.5, "1.5"),
        (math.nan, "NaN"),
        (math.inf, "Infinity"), (-math.inf, "-Infinity"), (1e15, "1000000000000000"), (0.00001, "0.00001"),
        (123456789.123, "123456789.123"), ([], ""), ([NODE], "xy"), ([NODE[0], NODE], "y"), (["s", "t"], "s"),
        (NODE, "xy"),
    ],
)  # fmt: skip
def test_a_value_as_text(value: object, expected: str) -> None:
    assert text(value) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＨＴＲＡ１　関連", "htra1関連"), ("グルコース Ⅴ型", "グルコースv型"),
        ("ﾊﾟｰｷﾝｿﾝ病", "パーキンソン病"), ("α１", "α1"),
        ("１００－０００１", "100-0001"), (" a\n\t b　", "ab"), ("ﾔﾏﾀﾞ", "ヤマダ"), ("Ａ", "a"),
        ("㈱", "(株)"),
    ],
)  # fmt: skip
def test_fold(one: str, other: str) -> None:
    assert fold(one) == fold(other) == other


def test_matches_takes_the_whole_string() -> None:
    assert matches("123-4567", "[0-9]{3}-?[0-9]{4}")
    assert not matches("1234567x", "[0-9]{7}")
    assert not matches("1234567\n", "[0-9]{7}")
    assert matches("", "|[0-9]+")


@pytest.fixture
def functions() -> Functions:
    rows = (
        CodeEntry("赤", date(2015, 1, 1), date(2024, 3, 31), ("01",)),
        CodeEntry("紅", date(2024, 4, 1), values=("02",)),
    )
    table = CodeTable("colour", {"1": rows}, ("group",))
    return Functions({"colour": table}, ON)


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("1", None, "紅"), ("1", "2024-03-31", "赤"), ("1", "2024-04-01", "紅"), ("1", "2014-12-31", ""),
        ("1", "", ""),
        ("1", "2024-02-30", ""), ("2", None, ""), (" 1", None, ""), ([], None, ""),
    ],
)  # fmt: skip
def test_names_of_codes(functions: Functions, code: object, on: object, name: str) -> None:
    assert functions.code_name("colour", code, on) == name
    assert functions.code_exists("colour", code, on) is bool(name)


def test_fields_of_codes(functions: Functions) -> None:
    assert [functions.code_field("colour", "1", field) for field in ("group", "none")] == ["02", ""]
    assert functions.code_field("colour", "9", "group") == ""


def test_a_table_that_is_not_there_is_a_fault_of_the_rule(tiny_pack: TinyPack) -> None:
    with pytest.raises(PackError, match="P006"):
        Functions(tiny_pack.load().tables, ON).code_exists("none", "1")


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("f:today() = '2026-11-22'", True),
        ("f:code-name('hospital', 'institution_code') = '0110113719'", True),
        ("f:code-name('hospital', 'doctor_list') = 'doctors.csv'", True),
        ("f:code-exists('hospital-doctors', '77', '2026-01-01')", True),
        ("f:code-exists('hospital-doctors', '77', '2020-01-01')", False),
    ],
)  # fmt: skip
def test_what_rules_know_of_the_run(tiny_pack: TinyPack, test: str, expected: bool) -> None:
    from checktool.checking.engine import CheckOptions, run

    doctors = tiny_pack.file("doctors.csv", "code,name,valid_from,valid_to\n77,医師,2025-01-01,\n")
    tiny_pack.rule("/n:Note", f'<assert id="R1" test="{test}">x</assert>')
    options = CheckOptions(on=ON, hospital=Hospital("0110113719", doctors))
    report = run([str(tiny_pack.documents(note()))], tiny_pack.load(), options)
    assert [one.code for one in report.files[0].findings] == ([] if expected else ["R1"])


@pytest.mark.parametrize("name", ["institution_code", "doctor_list"])
def test_without_settings_nothing_is_known_of_the_hospital(tiny_pack: TinyPack, name: str) -> None:
    tiny_pack.rule("/n:Note", f"<assert id=\"R1\" test=\"f:code-name('hospital', '{name}') = ''\">x</assert>")
    assert tiny_pack.check(note()).files[0].findings == ()
