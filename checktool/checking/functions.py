"""The XPath functions of namespace ``urn:checktool:functions``, specified in docs/rules.md.

Arguments come as XPath 1.0 values: node sets (their first node counts), strings, numbers, booleans.
What is no date makes a number NaN and a test false, so that it never fires a comparison by itself.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache, wraps
from itertools import starmap

from lxml import etree

from checktool.checking.permitted import as_day, permits_of
from checktool.definitions.regex import translated
from checktool.model.definition import CodeEntry, CodeTable
from checktool.reading.nodes import string_value

NAMESPACE = "urn:checktool:functions"
_DIGITS = re.compile("[0-9]+")
_WEIGHTS = (6, 5, 4, 3, 2)
_DOUBLED = str.maketrans("0123456789", "0246813579")
_REMEMBERED = 8192

RESULTS: Mapping[str, type] = {
    "luhn": bool, "municipality-check": bool, "is-date": bool, "matches": bool, "code-exists": bool,
    "days-between": float, "months-between": float, "age-years": float, "age-months": float,
    "fold": str, "today": str, "code-name": str, "code-field": str,
}  # fmt: skip
"""What each function answers whose arguments are strings: a node set may come as that of its first node."""

OF_NODES = frozenset(["out-of-range"])
"""Functions of a table and a node set, which may come as a set of codes and texts: they answer for any."""


def text(value: object) -> str:
    """An XPath 1.0 value as a string (XPath 1.0 section 4.2)."""
    if type(value) is str:
        return value
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, etree._Element):
        return string_value(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    return str(value)


def number_text(value: float) -> str:
    """A number as XPath 1.0 writes it."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    return format(value, ".15g") if 1e-4 <= abs(value) < 1e15 else format(value, "f").rstrip("0")


def day(value: object) -> date | None:
    """The date in a string ``YYYY-MM-DD``, or None."""
    return as_day(text(value))


def luhn(value: object) -> bool:
    """Whether a digit string ends in its check digit (modulus 10, weights 2 and 1 from the right)."""
    written = text(value)
    if not _DIGITS.fullmatch(written) or len(written) < 2:
        return False
    return (sum(map(int, written[::-2])) + sum(map(int, written[-2::-2].translate(_DOUBLED)))) % 10 == 0


def municipality_check(value: object) -> bool:
    """Whether a six-digit 全国地方公共団体コード ends in its check digit (modulus 11)."""
    written = text(value)
    if len(written) != 6 or not _DIGITS.fullmatch(written):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, written, strict=False))
    return (11 - total % 11) % 10 == int(written[5])


def is_date(value: object) -> bool:
    """Whether a string is a day of the calendar, written YYYY-MM-DD."""
    return day(value) is not None


def days_between(start: object, end: object) -> float:
    """Days from one date to the other, negative when the second is earlier."""
    first, last = day(start), day(end)
    return math.nan if first is None or last is None else float((last - first).days)


def months_between(start: object, end: object) -> float:
    """Full months from one date to the other; negative when the second is earlier."""
    first, last = day(start), day(end)
    if first is None or last is None:
        return math.nan
    return float(_months(first, last) if first <= last else -_months(last, first))


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def age_years(birth: object, on: object) -> float:
    """The age in years; who is born on 29 February reaches it on 1 March of a common year."""
    months = age_months(birth, on)
    return months if math.isnan(months) else float(months // 12)


def age_months(birth: object, on: object) -> float:
    """The age in full months; NaN before birth."""
    months = months_between(birth, on)
    return math.nan if math.isnan(months) or days_between(birth, on) < 0 else months


@lru_cache(maxsize=4096)
def fold(value: str) -> str:
    """A text for comparison: width, Roman numerals and case made one, blanks left out."""
    folded = "".join(unicodedata.normalize("NFKC", value).casefold().split())
    return folded if folded.isascii() else unicodedata.normalize("NFKC", folded)


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(translated(expression))


def matches(value: object, expression: object) -> bool:
    """Whether the whole string matches an XSD regular expression."""
    return _pattern(text(expression)).fullmatch(text(value)) is not None


class Functions:
    """The functions of one run: they know the tables of the pack and what day it is."""

    def __init__(self, tables: Mapping[str, CodeTable], on: date) -> None:
        self._tables = tables
        self._on = on.isoformat()
        self._entry = lru_cache(maxsize=_REMEMBERED)(self._find_entry)
        self._permits = cache(self._find_permits)
        self._field = lru_cache(maxsize=_REMEMBERED)(self._find_field)

    def extensions(self) -> dict[tuple[str, str], Callable[..., object]]:
        """The functions as lxml takes them; the first argument, the context, is passed over."""
        plain: dict[str, Callable[..., object]] = {
            "luhn": luhn, "municipality-check": municipality_check, "is-date": is_date,
            "days-between": days_between, "months-between": months_between,
            "age-years": age_years, "age-months": age_months, "matches": matches,
            "fold": lambda value: fold(text(value)), "today": lambda: self._on,
            "code-exists": self.code_exists, "code-name": self.code_name, "code-field": self.code_field,
            "out-of-range": self.out_of_range,
        }  # fmt: skip
        return {(NAMESPACE, name): _without_context(function) for name, function in plain.items()}

    def _find_entry(self, table: str, code: str, on: str | None) -> CodeEntry | None:
        at = day(on) if on is not None else None
        if on is not None and at is None:
            return None
        return self._tables[table].on(code, at)

    def _find_field(self, table: str, code: str, column: str) -> str:
        entry = self._entry(table, code, None)
        return self._tables[table].field(entry, column) if entry else ""

    def code_exists(self, table: object, code: object, on: object = None) -> bool:
        """Whether a table has a code, on a date or (without one) at any time."""
        return self._entry(text(table), text(code), None if on is None else text(on)) is not None

    def code_name(self, table: object, code: object, on: object = None) -> str:
        """The name of a code, on a date or the latest; empty where there is none."""
        entry = self._entry(text(table), text(code), None if on is None else text(on))
        return entry.name if entry else ""

    def code_field(self, table: object, code: object, column: object) -> str:
        """A further column of a code's latest row; empty where there is none."""
        return self._field(text(table), text(code), text(column))

    def _find_permits(self, table: str) -> Callable[[str, str], bool]:
        permits = permits_of(self._tables[table])

        def permitted(code: str, written: str) -> bool:
            permit = permits.get(code) if code else None
            return permit is None or not (value := written.strip()) or permit(value)

        return lru_cache(maxsize=_REMEMBERED)(permitted)

    def out_of_range(self, table: object, items: object) -> bool:
        """Whether the value of any of some elements is not permitted by the row of its ``@code``.

        Asked once for all of them, since a call costs more than what it works out. They may come as a set
        of codes and values.
        """
        permitted = self._permits(text(table))
        if isinstance(items, list):
            items = {
                (one.get("code", ""), string_value(one)) for one in items if isinstance(one, etree._Element)
            }
        return isinstance(items, set) and not all(starmap(permitted, items))


def _without_context(function: Callable[..., object]) -> Callable[..., object]:
    @wraps(function)
    def called(_: object, *arguments: object) -> object:
        return function(*arguments)

    return called
