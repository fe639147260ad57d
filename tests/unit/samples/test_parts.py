"""The parts of samples: numbers, dates, names, recipes, documents, folders."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checktool.checking.functions import luhn
from checktool.definitions.pack import load
from checktool.errors import HandoffError, PackError
from checktool.samples import recipe
from checktool.samples.dates import age, moved, shifted, wareki
from checktool.samples.digits import spread, with_luhn
from checktool.samples.make import SampleFile
from checktool.samples.stock import Stock
from checktool.samples.story import serial_of
from checktool.samples.writer import write

DAYS = st.dates(date(1920, 1, 1), date(2060, 12, 31))


@given(st.from_regex(r"[0-9]{1,12}", fullmatch=True))
def test_check_digits_are_those_that_the_rules_accept(body: str) -> None:
    assert luhn(with_luhn(body))


@pytest.mark.parametrize(
    ("body", "whole"), [("5401602", "54016027"), ("011011371", "0110113719"), ("123456", "1234566")]
)
def test_check_digits_of_published_numbers(body: str, whole: str) -> None:
    assert with_luhn(body) == whole


@given(st.integers(0, 10**12), st.integers(2, 3000))
def test_spreading_is_one_to_one(start: int, size: int) -> None:
    assert len({spread(start + step, size) for step in range(size)}) == size


def test_serials_of_slots_do_not_meet() -> None:
    found = [serial_of(slot, index) for slot in range(20) for index in range(0, 4096, 7)]
    assert len(found) == len(set(found))


@given(DAYS, DAYS)
def test_ages_lead_back_to_the_day(one: date, other: date) -> None:
    birth, day = sorted((one, other))
    years, months, days = age(birth, day)
    assert (day - moved(birth, years * 12 + months)).days == days >= 0
    assert months < 12


@pytest.mark.parametrize(
    ("text", "count", "unit", "result"),
    [
        ("2026-03-31", -1, "m", "2026-02-28"),
        ("2024-02-29", 1, "y", "2025-02-28"),
        ("2026-01", -1, "m", "2025-12"),
        ("2026-12-31", 1, "d", "2027-01-01"),
    ],
)
def test_shifts(text: str, count: int, unit: str, result: str) -> None:
    assert shifted(text, count, unit) == result


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(2019, 5, 1), "令和元年5月1日"),
    ],
)
def test_japanese_calendar(day: date, text: str) -> None:
    assert wareki(day) == text


@pytest.mark.parametrize("names", ["plain", "rare"])
def test_people_differ_until_all_names_are_used(names: str) -> None:
    stock = Stock(load("nanshou-sample"))
    people = [stock.person(serial, names) for serial in range(3000)]
    assert len({person["family_kana"] + " " + person["given_kana"] for person in people}) == 3000
    assert {person["sex"] for person in people} == {"1", "2"}


def test_a_recipe_of_unknown_steps_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "survey.toml").write_text('[items]\n"@kind" = { values = ["new"] }\n', encoding="utf-8")
    with pytest.raises(PackError) as fault:
        recipe.read(tmp_path, "survey")
    assert fault.value.params == {"file": "@kind", "reason": "use"}


def test_full_replaces_and_adds_and_include_adds_a_part(tmp_path: Path) -> None:
    text = '[items]\nA = "1"\n[full]\nA = "2"\n"B/C" = "3"\n"B/D" = "4"\n'
    (tmp_path / "form.toml").write_text(text, encoding="utf-8")
    read = recipe.read(tmp_path, "form")
    assert sorted(read.cut("min").steps) == ["A"]
    assert sorted(read.cut("min", ["B/C"]).steps) == ["A", "B/C"]
    assert sorted(read.cut("min", ["B"]).steps) == ["A", "B/C", "B/D"]
    assert read.cut("full").steps["A"].arguments == {"value": "2"}


def test_writing_never_replaces(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    files = [SampleFile("a.xml", b"1"), SampleFile("b.xml", b"2")]
    assert write(files, folder) == 2
    assert write(files, folder) == 2
    with pytest.raises(HandoffError) as fault:
        write([SampleFile("a.xml", b"other")], folder)
    assert fault.value.code == "A013"
    assert (folder / "a.xml").read_bytes() == b"1"
