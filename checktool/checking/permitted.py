"""What the rows of a code table permit as the values of the items that they describe.

A row with ``choices`` (``code=word|code=word``) permits these codes, one of ``type`` date the days of the
calendar, one with ``min`` or ``max`` the numbers between them, in steps of ``step``. Others permit all.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from checktool.model.definition import CodeTable

NUMBER = re.compile(r"[ \t\r\n]*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[ \t\r\n]*")
"""What libxml2 takes for a number: that of XPath 1.0 (section 4.4), with an exponent or not."""
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COLUMNS = ("choices", "type", "min", "max", "step")
_CLOSE = 1e-9

Permits = Callable[[str], bool]


def permits_of(table: CodeTable) -> Mapping[str, Permits]:
    """For each code of a table whether a value is permitted; codes that permit all are not in it."""
    found: dict[str, Permits] = {}
    for code in table.entries:
        row = table.on(code, None)
        if row is not None:
            made = _permit({name: table.field(row, name) for name in _COLUMNS})
            if made is not None:
                found[code] = made
    return found


@lru_cache(maxsize=4096)
def as_day(written: str) -> date | None:
    """The date in a string ``YYYY-MM-DD``, or None."""
    if not _DAY.fullmatch(written):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _permit(row: Mapping[str, str]) -> Permits | None:
    if row["choices"]:
        return frozenset(choice.partition("=")[0] for choice in row["choices"].split("|")).__contains__
    if row["type"] == "date":
        return lambda value: as_day(value) is not None
    if row["min"] or row["max"]:
        low, high, step = (_number(row[name]) for name in ("min", "max", "step"))
        return lambda value: _within(value, low, high, step)
    return None


def _within(written: str, low: float, high: float, step: float) -> bool:
    if not NUMBER.fullmatch(written):
        return False
    value = float(written)
    if value < low or value > high:
        return False
    steps = (value - (0 if math.isnan(low) else low)) / (step or math.nan)
    return not math.isfinite(steps) or abs(steps - round(steps)) < _CLOSE


def _number(value: str) -> float:
    return float(value) if NUMBER.fullmatch(value) else math.nan
