"""Generators of plain values: fixed texts, choices, dates, numbers, texts. One function per ``use``.

Each takes the story and the arguments of its step; ``of`` and the like are paths of other values.
None keeps the item out of the document.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from checktool.samples.dates import age, wareki
from checktool.samples.digits import spread, with_luhn
from checktool.samples.stock import Row
from checktool.samples.story import Story, Value


def fixed(story: Story, value: str) -> Value:
    """A template filled in."""
    return story.fill(value)


def head(story: Story, value: str, mark: str) -> Value:
    """What stands before a mark in a template filled in."""
    return story.fill(value).partition(mark)[0]


def tail(story: Story, value: str, mark: str) -> Value:
    """What stands behind a mark in a template filled in."""
    return story.fill(value).partition(mark)[2]


def version(story: Story) -> Value:
    """The newest version of the form that the pack knows."""
    return story.frame.form.versions[-1]


def pick(story: Story, values: Sequence[str]) -> Value:
    """One of several templates, drawn."""
    return story.fill(values[story.drawn(len(values))])


def turn(story: Story, values: Sequence[str]) -> Value:
    """One of several templates, in turn from document to document."""
    return story.fill(values[story.index % len(values)])


def mapped(story: Story, of: str, texts: Mapping[str, str]) -> Value:
    """The template that belongs to another value; none for a value that is not listed."""
    text = texts.get(story.text(of))
    return None if text is None else story.fill(text)


def several(story: Story, values: Sequence[str]) -> Value:
    """An element for each of several templates."""
    return [{"": story.fill(value)} for value in values]


def sentences(story: Story, parts: Sequence[Sequence[str]]) -> Value:
    """A free text: one sentence out of each part."""
    return "".join(story.fill(part[story.drawn(len(part))]) for part in parts)


def repeated(story: Story, text: str, length: int) -> Value:
    """A text said again and again until it has so many characters."""
    whole = story.fill(text)
    return (whole * (length // len(whole) + 1))[:length]


def pool(story: Story, name: str) -> Value:
    """A row of ``samples/pools/<name>.csv``, drawn."""
    rows = story.stock.rows(name)
    return rows[story.drawn(len(rows))]


def code(story: Story, table: str, only: Sequence[str] = (), day: str = "Author/WrittenOn") -> Value:
    """A code of a table that is valid on a day, drawn; ``only`` narrows the choice."""
    rows = story.stock.codes(table, story.day(day))
    codes = [row["code"] for row in rows if not only or row["code"] in only]
    return codes[story.drawn(len(codes))]


def entry(
    story: Story,
    table: str,
    only: Sequence[str] = (),
    without: Sequence[str] = (),
    day: str = "Author/WrittenOn",
) -> Value:
    """A row of a code table that is valid on a day, drawn; by ``only`` or ``without`` some of its codes."""
    rows: Sequence[Row] = story.stock.codes(table, story.day(day))
    if only or without:
        rows = [row for row in rows if row["code"] not in without and (not only or row["code"] in only)]
    return rows[story.drawn(len(rows))]


def each(story: Story, table: str, values: Sequence[str], day: str = "Author/WrittenOn") -> Value:
    """An element for every code of a table, with one of the values drawn for each."""
    return [
        {"@code": row["code"], "": values[story.drawn(len(values))]}
        for row in story.stock.codes(table, story.day(day))
    ]


def number(story: Story, low: float, high: float, decimals: int = 0) -> Value:
    """A number between two bounds, drawn."""
    scale = 10**decimals
    low_step, high_step = round(low * scale), round(high * scale)
    return f"{(low_step + story.drawn(high_step - low_step + 1)) / scale:.{decimals}f}"


def serial(story: Story, digits: int) -> Value:
    """Digits that differ from document to document."""
    return f"{spread(story.serial, 10**digits):0{digits}d}"


def luhn(story: Story, body: str) -> Value:
    """A template of digits, filled in and followed by its check digit."""
    return with_luhn(story.fill(body))


def around(
    story: Story,
    days: Sequence[int],
    of: str = "on",
    after: str = "",
    before: str = "",
    first: bool = False,
) -> Value:
    """A date some days from another (``on`` = the date of the check), drawn between two offsets.

    ``after`` and ``before`` are dates that it may reach and not pass; ``first`` keeps it within the
    time for which the pack judges.
    """
    day = story.day(of) + timedelta(days[0] + story.drawn(days[1] - days[0] + 1))
    if first:
        day = max(day, min(story.stock.pack.valid_from, story.on))
    if after:
        day = max(day, story.day(after))
    if before:
        day = min(day, story.day(before))
    return day.isoformat()


def between(story: Story, start: str, end: str) -> Value:
    """A date from one to another, drawn."""
    first, last = story.day(start), story.day(end)
    return (first + timedelta(story.drawn((last - first).days + 1))).isoformat()


def earliest(story: Story, of: Sequence[str]) -> Value:
    """The earliest of several dates."""
    return min(story.text(path) for path in of)


def month(story: Story, of: str) -> Value:
    """The month (YYYY-MM) of a date."""
    return story.text(of)[:7]


def fiscal_year(story: Story, of: str) -> Value:
    """The Japanese fiscal year of a date, which begins in April."""
    day = story.day(of)
    return str(day.year - (day.month < 4))


def age_part(story: Story, of: str, on: str, part: str) -> Value:
    """The age on a day: its ``years``, ``months`` or ``days``."""
    found = age(story.day(of), story.day(on))
    return str(found[("years", "months", "days").index(part)])


def by_age(story: Story, of: str, on: str, bands: Sequence[Sequence[Any]]) -> Value:
    """The text of the last band ``[years, text]`` that the age has reached; none for an empty text."""
    years = age(story.day(of), story.day(on))[0]
    return [text for start, text in bands if start <= years][-1] or None


def japanese(story: Story, of: str) -> Value:
    """A date in the Japanese calendar."""
    return wareki(story.day(of))
