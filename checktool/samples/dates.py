"""Dates for samples: shifts by days, months or years, ages, and the Japanese calendar."""

from calendar import monthrange
from datetime import date, timedelta

ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
)


def moved(day: date, months: int) -> date:
    """The same day of another month, the last one where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shifted(text: str, count: int, unit: str) -> str:
    """A date or month (YYYY-MM) moved by days ``d``, months ``m`` or years ``y``."""
    day = date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    if unit == "d":
        return (day + timedelta(days=count)).isoformat()[: len(text)]
    return moved(day, count * (12 if unit == "y" else 1)).isoformat()[: len(text)]


def age(birth: date, day: date) -> tuple[int, int, int]:
    """Full years, months and days since birth."""
    months = (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)
    return months // 12, months % 12, (day - moved(birth, months)).days


def wareki(day: date) -> str:
    """A date in the Japanese calendar, from Taisho on: ``昭和50年4月1日``."""
    start, era = next(entry for entry in ERAS if day >= entry[0])
    year = day.year - start.year + 1
    return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"
