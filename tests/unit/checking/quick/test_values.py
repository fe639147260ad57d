"""XPath 1.0 on Python's values: as libxml2 answers, or not at all."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from checktool.checking.quick import values
from checktool.checking.quick.values import UnsureError

NONE = etree.Element("none")
NUMERALS = st.one_of(
    st.text("0123456789.-+eE \n", max_size=8),
    st.floats(allow_nan=False, allow_infinity=False).map(str),
    st.decimals(-(10**6), 10**6, places=3).map(str),
    st.text(max_size=4),
)


def asked(expression: str, **variables: object) -> object:
    """What libxml2 answers."""
    return etree.XPath(expression)(NONE, **variables)


def same(mine: Callable[[], object], theirs: object) -> bool:
    """Whether the answers are the same, or mine is none."""
    try:
        found = mine()
    except UnsureError:
        return True
    return found == theirs or (found != found and theirs != theirs)


@given(NUMERALS.filter(lambda text: text.isprintable() or "\n" in text))
def test_a_number_is_what_libxml2_takes_it_for(text: str) -> None:
    try:
        theirs = asked("number($text)", text=text)
    except ValueError:
        return
    assert same(lambda: values.number(text), theirs)


@pytest.mark.parametrize("text", ["0", "12", "-3", "0.05", "36.60", " 7 ", "007", "20251001", "1."])
def test_plain_numbers_are_taken(text: str) -> None:
    assert values.number(text) == float(text)


@pytest.mark.parametrize("text", ["", " ", "a", "1a", "2025-10-01", "１", "1_0", "+1", "1 2", "1.2.3"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert math.isnan(values.number(text))


@pytest.mark.parametrize("text", ["1e3", ".5", "-", ".", "1" * 16, "0." + "1" * 16])
def test_strange_numbers_are_left_to_libxml2(text: str) -> None:
    with pytest.raises(UnsureError):
        values.number(text)


@given(st.one_of(st.floats(), st.integers(-(10**10), 10**10).map(float)))
def test_a_number_is_written_as_libxml2_writes_it(value: float) -> None:
    assert same(lambda: values.written(value), asked("string($value)", value=value))


@given(st.text("aあ𠮷b", max_size=6), st.floats(-4, 9), st.floats(-4, 9))
def test_a_substring_counts_characters(text: str, start: float, length: float) -> None:
    for first, count in ((start, length), (round(start), round(length))):
        theirs = asked("substring($text, $first, $count)", text=text, first=float(first), count=float(count))
        assert same(lambda a=first, b=count: values.substring(text, a, b), theirs)  # type: ignore[misc]


@given(st.text(" \n\t\r\u3000\u00a0aあ", max_size=8))
def test_blanks_are_those_of_xml(text: str) -> None:
    assert values.normalized(text) == asked("normalize-space($text)", text=text)


@given(st.text("ab-", max_size=5), st.text("ab-", min_size=1, max_size=2))
def test_parts_before_and_after(text: str, mark: str) -> None:
    assert values.before(text, mark) == asked("substring-before($text, $mark)", text=text, mark=mark)
    assert values.after(text, mark) == asked("substring-after($text, $mark)", text=text, mark=mark)


@given(st.text("abcあ", max_size=5), st.text("abcaあ", min_size=1, max_size=4), st.text("xyz", max_size=3))
def test_characters_are_translated(text: str, chars: str, others: str) -> None:
    theirs = asked("translate($text, $chars, $others)", text=text, chars=chars, others=others)
    assert text.translate(values.table(chars, others)) == theirs


@given(st.floats(-9, 9), st.floats(-9, 9))
def test_quotients_and_remainders(value: float, by: float) -> None:
    assert same(lambda: values.divided(value, by), asked("$a div $b", a=value, b=by))
    assert same(lambda: values.remainder(value, by), asked("$a mod $b", a=value, b=by))


@pytest.mark.parametrize("text", ["2025-10-01", "2024-02-29"])
def test_a_day_is_itself(text: str) -> None:
    spaces = {"date": "http://exslt.org/dates-and-times"}
    assert values.day(text) == etree.XPath("date:date($text)", namespaces=spaces)(NONE, text=text)


@pytest.mark.parametrize("text", ["2025-02-29", "2025-1-1", "", "2025-10-01T00:00:00", "２０２５-10-01"])
def test_any_other_day_is_left_to_libxml2(text: str) -> None:
    with pytest.raises(UnsureError):
        values.day(text)
