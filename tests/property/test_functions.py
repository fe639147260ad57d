"""Check digits, ages and months against oracles written in another way."""

import math
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from checktool.checking import functions

DIGITS = st.text("0123456789", min_size=1, max_size=18)
DAYS = st.dates(date(1890, 1, 1), date(2120, 12, 31))
TABLE = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
"""Twice a digit, the digits of the product added."""


@given(DIGITS)
def test_exactly_one_digit_completes_a_luhn_number(payload: str) -> None:
    valid = [digit for digit in "0123456789" if functions.luhn(payload + digit)]
    total = sum(
        TABLE[int(digit)] if place % 2 == 0 else int(digit) for place, digit in enumerate(reversed(payload))
    )
    assert valid == [str(-total % 10)]


@given(DIGITS.filter(lambda text: len(text) > 1), st.data())
def test_luhn_notices_one_wrong_digit_and_leading_zeros_do_not_matter(
    number: str, data: st.DataObject
) -> None:
    valid = next(number[:-1] + digit for digit in "0123456789" if functions.luhn(number[:-1] + digit))
    place = data.draw(st.integers(0, len(valid) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != valid[place]]))
    assert not functions.luhn(valid[:place] + other + valid[place + 1 :])
    assert functions.luhn("0" + valid)


@given(st.integers(0, 99999))
def test_exactly_one_digit_completes_a_municipality_code(number: int) -> None:
    payload = f"{number:05}"
    valid = [digit for digit in "0123456789" if functions.municipality_check(payload + digit)]
    weighted = sum((6 - place) * int(digit) for place, digit in enumerate(payload))
    rest = weighted % 11
    assert valid == [{0: "1", 1: "0"}.get(rest, str(11 - rest))]


@given(st.text(max_size=8))
def test_what_is_no_digit_string_has_no_check_digit(text: str) -> None:
    if not (text.isascii() and text.isdigit()):
        assert not functions.luhn(text)
        assert not functions.municipality_check(text)


def _months_by_stepping(first: date, last: date) -> int:
    """How often a month can be added to the first day without passing the last one."""
    months, year, month = 0, first.year, first.month
    while True:
        month += 1
        if month > 12:
            year, month = year + 1, 1
        reached = (
            date(year, month, first.day) if _exists(year, month, first.day) else _next_month(year, month)
        )
        if reached > last:
            return months
        months += 1


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _next_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


@given(DAYS, st.integers(0, 3000))
def test_months_are_full_when_their_day_is_reached(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    months = functions.months_between(first.isoformat(), last.isoformat())
    assert months == _months_by_stepping(first, last)
    assert functions.months_between(last.isoformat(), first.isoformat()) == -months


@given(DAYS, st.integers(0, 40000))
def test_an_age_grows_on_the_birthday(birth: date, days: int) -> None:
    on = birth + timedelta(days=days)
    birthdays = 0
    while True:
        year = birth.year + birthdays + 1
        day = birth.replace(year=year) if _exists(year, birth.month, birth.day) else date(year, 3, 1)
        if day > on:
            break
        birthdays += 1
    assert functions.age_years(birth.isoformat(), on.isoformat()) == birthdays


@given(DAYS, DAYS)
def test_days_between(first: date, last: date) -> None:
    assert functions.days_between(first.isoformat(), last.isoformat()) == (last - first).days
    if last < first:
        assert math.isnan(functions.age_months(first.isoformat(), last.isoformat()))


@given(st.text("0123456789-/ ０１年", max_size=12))
def test_only_days_of_the_calendar_are_dates(text: str) -> None:
    parts = text.split("-")
    shape = [len(part) for part in parts] == [4, 2, 2] and all(
        part.isascii() and part.isdigit() for part in parts
    )
    expected = shape and int(parts[0]) > 0 and _exists(*map(int, parts))
    assert functions.is_date(text) is expected
    assert math.isnan(functions.days_between(text, "2026-01-01")) is not expected


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = functions.fold(text)
    assert functions.fold(once) == once
    assert functions.fold(f" {text}　\n") == once
