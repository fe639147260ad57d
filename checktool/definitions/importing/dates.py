"""Days as Japanese tables write them: western, Japanese eras, digits only, Excel's day numbers."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from checktool.definitions.importing.vocabulary import fold, words

_EXCEL_ORIGIN = date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
_YEAR_ALONE = 9000


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    marks = words()["dates"]
    eras = "|".join(re.escape(name) for entry in marks["eras"] for name in entry[:-1])
    year, month, day, first = (marks[key] for key in ("year", "month", "day", "first_year"))
    rest = rf"[{year}./\-]([0-9]{{1,2}})(?:[{month}./\-]?(?:([0-9]{{1,2}})(?:{day}|t.*)?)?)?"
    western = re.compile(rf"([0-9]{{4}}){rest}")
    japanese = re.compile(rf"({eras})\.?([0-9]{{1,2}}|{first}){rest}")
    return western, japanese


def is_open(text: str) -> bool:
    """Whether a text stands for no bound: a dash, "none", 9999-12-31."""
    folded = fold(text)
    return not folded or folded in {fold(word) for word in words()["dates"]["open"]}


def day_of(text: str, last: bool = False) -> date | None:
    """The day that a text names, or None; a month alone is its first day, with ``last`` its last one."""
    folded = unicodedata.normalize("NFKC", fold(text)).removesuffix("00:00:00")
    if found := _DIGITS.fullmatch(folded):
        return _made(int(found[1]), int(found[2]), int(found[3] or 0), last)
    alone = _year_alone(folded)
    if alone is not None:
        return _of_year(*alone, last)
    western, japanese = _patterns()
    if found := western.fullmatch(folded):
        return _made(int(found[1]), int(found[2]), int(found[3] or 0), last)
    if found := japanese.fullmatch(folded):
        year = 1 if not found[2].isdigit() else int(found[2])
        return _made(_era_start(found[1]) + year, int(found[3]), int(found[4] or 0), last)
    if folded.isascii() and folded.isdigit() and int(folded) in _EXCEL_DAYS:
        return _EXCEL_ORIGIN + timedelta(days=int(folded))
    return None


def end_of_month(day: date) -> date:
    """The last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _year_alone(folded: str) -> tuple[int, bool] | None:
    """The year of a text that names nothing else, and whether it is a fiscal one."""
    marks = words()["dates"]
    fiscal = folded.endswith(marks["fiscal"])
    bare = folded.removesuffix(marks["fiscal"] if fiscal else marks["year"])
    if bare == folded:
        return None
    if bare.isascii() and bare.isdigit():
        return (int(bare), fiscal) if len(bare) == 4 else None
    for entry in marks["eras"]:
        for name in entry[:-1]:
            number = bare.removeprefix(name)
            if number != bare and (number == marks["first_year"] or number.isdigit()):
                return int(entry[-1]) + (int(number) if number.isdigit() else 1), fiscal
    return None


def _of_year(year: int, fiscal: bool, last: bool) -> date | None:
    """The first or last day of a year; a fiscal one begins in the month of the word list."""
    if not 1 <= year < _YEAR_ALONE:
        return None
    first = date(year, int(words()["dates"]["fiscal_month"]) if fiscal else 1, 1)
    return first.replace(year=year + 1) - timedelta(days=1) if last else first


def _era_start(name: str) -> int:
    return next(int(entry[-1]) for entry in words()["dates"]["eras"] if name in entry[:-1])


def _made(year: int, month: int, day: int, last: bool) -> date | None:
    if not 1 <= month <= 12 or not 1 <= year < _YEAR_ALONE:
        return None
    day = day or (monthrange(year, month)[1] if last else 1)
    return date(year, month, day) if day <= monthrange(year, month)[1] else None
