"""What the code of quick rules calls: XPath 1.0 on Python's strings and numbers.

Where it is not plain that libxml2 would answer the same, ``UnsureError`` leaves the document to it.
"""

import math
import re
from collections.abc import Iterable

from checktool.checking.permitted import as_day

BLANKS = " \t\r\n"
_RUN = re.compile(f"[{BLANKS}]+")
_PLAIN = re.compile(rf"[{BLANKS}]*(-?)([0-9]{{1,15}})(?:\.([0-9]{{0,15}}))?[{BLANKS}]*")
_STRANGE = re.compile(rf"[{BLANKS}]*-?[0-9]*\.?[0-9]*(?:[eE][+\-]?[0-9]*)?[{BLANKS}]*")
_WRITTEN_OUT = 1_000_000_000


class UnsureError(Exception):
    """A value that is left to libxml2."""


def number(text: str) -> float:
    """A string as a number (XPath 1.0, 4.4), worked out digit by digit as libxml2 does."""
    if not text:
        return math.nan
    if text.isdigit() and text.isascii() and len(text) < 16:
        return float(text)
    found = _PLAIN.fullmatch(text)
    if found is None:
        if text.strip(BLANKS) and _STRANGE.fullmatch(text):
            raise UnsureError
        return math.nan
    sign, whole, fraction = found.groups()
    value = float(whole) + (int(fraction) / 10.0 ** len(fraction) if fraction else 0.0)
    return -value if sign else value


def written(value: float) -> str:
    """A number as a string."""
    if value != value:
        return "NaN"
    if abs(value) > _WRITTEN_OUT or value != int(value):
        raise UnsureError
    return str(int(value))


def total(numbers: Iterable[float]) -> float:
    """``sum``, added up one by one as libxml2 does."""
    value = 0.0
    for one in numbers:
        value += one
    return value


def truth(value: float) -> bool:
    """A number as a boolean."""
    return value == value and value != 0


def sure(attribute: str) -> bool:
    """Whether an attribute of a row stands; an empty one may be a missing one."""
    if not attribute:
        raise UnsureError
    return True


def substring(text: str, start: float, length: float = _WRITTEN_OUT) -> str:
    """``substring`` with whole numbers."""
    if not (abs(start) <= _WRITTEN_OUT and abs(length) <= _WRITTEN_OUT):
        raise UnsureError
    first, count = int(start), int(length)
    if first != start or count != length:
        raise UnsureError
    return text[max(first - 1, 0) : max(first + count - 1, 0)]


def before(text: str, mark: str) -> str:
    """``substring-before``."""
    return text.partition(mark)[0] if mark in text else ""


def after(text: str, mark: str) -> str:
    """``substring-after``."""
    return text.partition(mark)[2]


def normalized(text: str) -> str:
    """``normalize-space``."""
    stripped = text.strip(BLANKS)
    return stripped if " " not in stripped and stripped.isprintable() else _RUN.sub(" ", stripped)


def table(chars: str, others: str) -> dict[int, str | None]:
    """What ``translate`` does to each character."""
    found: dict[int, str | None] = {}
    for place, char in enumerate(chars):
        found.setdefault(ord(char), others[place] if place < len(others) else None)
    return found


def divided(value: float, by: float) -> float:
    """``div``."""
    if by == 0:
        raise UnsureError
    return value / by


def remainder(value: float, by: float) -> float:
    """``mod``."""
    if not (math.isfinite(value) and math.isfinite(by) and by):
        raise UnsureError
    return math.fmod(value, by)


def day(text: str) -> str:
    """``date:date`` of a day of the calendar, which is the day itself."""
    if as_day(text) is None:
        raise UnsureError
    return text
