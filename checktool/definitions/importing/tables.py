"""Code tables of a delivery: from blocks of cells to rows of ``code,name,valid_from,valid_to,…``."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from checktool.definitions.importing import codevalues, titles
from checktool.definitions.importing.blocks import Block
from checktool.definitions.importing.codevalues import is_code
from checktool.definitions.importing.dates import day_of, end_of_month, is_open
from checktool.definitions.importing.understood import Sure, Understood
from checktool.definitions.importing.vocabulary import fold, heading, line, words
from checktool.model.definition import FIRST_DAY, LAST_DAY

_TOKEN = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,8}[-_]?[0-9]{1,5})(?![A-Za-z0-9])")
_NOT_ASCII_NAME = re.compile(r"[^a-z0-9]+")
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a code table; ``at`` is its row on the sheet."""

    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    values: tuple[str, ...]
    at: int

    @property
    def facts(self) -> tuple[object, ...]:
        """What makes two rows the same."""
        return self.code, self.name, self.valid_from, self.valid_to, self.values

    def overlaps(self, other: "Row") -> bool:
        """Whether both rows apply on some day."""
        ends = (self.valid_to or LAST_DAY, other.valid_to or LAST_DAY)
        starts = (self.valid_from or FIRST_DAY, other.valid_from or FIRST_DAY)
        return starts[0] <= ends[1] and starts[1] <= ends[0]


@dataclass(slots=True)
class Table:
    """A code table as it will be written; ``title`` is the Japanese name, ``places`` where it was."""

    title: str
    block: Block
    id: str = ""
    use: bool = True
    last: bool = False
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    entry: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What this table is known by when it is looked for."""
        return link_key(self.title)


def link_key(text: str) -> str:
    """A title or a mention of it without decoration, number and words such as "code table"."""
    tidied = titles.tidy(text)
    found = fold(_TOKEN.sub(" ", unicodedata.normalize("NFKC", tidied))) or fold(tidied)
    for suffix in words()["titles"]["suffixes"]:
        short = found.removesuffix(fold(suffix))
        found = short or found
    return found


def token_of(text: str) -> str:
    """The identifier that a text carries (``CD001``), as an id; empty when it has none."""
    found = _TOKEN.search(unicodedata.normalize("NFKC", text))
    return _NOT_ASCII_NAME.sub("-", found.group(1).lower()).strip("-") if found else ""


def safe_id(title: str) -> str:
    """An id of a title: its own identifier (``CD001``) if it has one, else made from its hash.

    It does not depend on the order of the tables, so it stays the same in the next edition.
    """
    folded = unicodedata.normalize("NFKC", title)
    if token := token_of(title):
        return token
    if folded.isascii() and (name := _NOT_ASCII_NAME.sub("-", folded.lower()).strip("-")):
        return name[:40].strip("-")
    return "t" + hashlib.sha256(link_key(title).encode("utf-8")).hexdigest()[:8]


def title_of(block: Block) -> str:
    """The name of a table: the text above it, or that of its sheet or file when there is none."""
    sheet = block.grid.sheet or block.grid.file.rpartition("/")[2].rpartition(".")[0]
    above = titles.tidy(block.title)
    beside = titles.tidy(sheet)
    if above and not titles.is_generic(above):
        return above
    return beside if not titles.is_generic(beside) or not above else above


def tables_of(block: Block, notes: Understood) -> list[Table]:
    """The tables of a block: one, or one for each name in its column of table names."""
    columns = {column: text for column, text in block.others.items() if text}
    if "note" in block.columns:
        columns[block.columns["note"]] = "note"
    names = tuple(columns.values())
    found: dict[tuple[str, str], Table] = {}
    group = ("", "")
    for row in _body(block, notes):
        own = line(block.text(row, "table")), line(block.text(row, "table_id"))
        group = own if any(own) else group
        if group not in found:
            title = group[0] or group[1] or title_of(block)
            found[group] = Table(title, block, safe_id(group[1]) if group[1] else "", columns=names)
        found[group].rows += _rows(block, row, tuple(columns), found[group], notes)
    for table in found.values():
        _tell_lost_zeros(table, notes)
    return list(found.values())


def _body(block: Block, notes: Understood) -> Iterator[int]:
    """The rows that are codes; notes below a table and half-filled rows are told of."""
    plain = [is_code(_code(block, row)) for row in block.body if block.text(row, "name")]
    strict = sum(plain) * 2 >= len(plain)
    lost: list[str] = []
    unnamed: list[str] = []
    for row in block.body:
        code, name = _code(block, row), block.text(row, "name")
        if not code and not name:
            continue
        if code and (name or is_code(code)) and (is_code(code) or not strict) and not _is_note(block, row):
            unnamed += [] if name else [code]
            yield row
        elif name and not code:
            lost.append(f"{row}: {name}")
        else:
            notes.unused("note_row", place=block.place, row=row, text=code or name)
    if lost:
        notes.decide("no_code", place=block.place, rows=some(lost))
    if unnamed:
        notes.decide("no_name", place=block.place, codes=some(unnamed))


def _is_note(block: Block, row: int) -> bool:
    """A sentence that a merged range spreads over both columns, or that begins as a note does."""
    code, name = (block.grid.at(row, block.columns[key]) for key in ("code", "name"))
    spread = name.spread == "right" and name.text == code.text
    return spread or titles.is_note(code.text)


def _code(block: Block, row: int) -> str:
    return codevalues.plain(block.text(row, "code"))


def _rows(block: Block, row: int, columns: tuple[int, ...], table: Table, notes: Understood) -> Iterator[Row]:
    """A row of the sheet as rows of the table: one, or one for each code of a range."""
    made = _row(block, row, columns, table, notes)
    codes = list(codevalues.expanded(made.code))
    if len(codes) > 1:
        notes.guessed("range", Sure.LIKELY, table=table.title, row=row, text=made.code, count=len(codes))
    yield from (replace(made, code=code) for code in codes)


def _row(block: Block, row: int, columns: tuple[int, ...], table: Table, notes: Understood) -> Row:
    code, name = _code(block, row), line(block.text(row, "name"))
    kind = block.grid.at(row, block.columns["code"]).kind
    if kind in ("bare", "date"):
        notes.decide("code_was_date", table=table.title, place=block.place, row=row, code=code)
    start, end = (_day(block, row, key, table, notes) for key in ("valid_from", "valid_to"))
    if start and end and end < start:
        notes.decide("days_reversed", table=table.title, place=block.place, row=row, code=code)
        start = end = None
    values = tuple(line(block.grid.at(row, column).text) for column in columns)
    return Row(code, name, start, end, values, row)


def _day(block: Block, row: int, key: str, table: Table, notes: Understood) -> date | None:
    text = block.text(row, key)
    if is_open(text):
        return None
    found = day_of(text, last=key == "valid_to")
    if found is None:
        notes.decide("day_unread", table=table.title, place=block.place, row=row, text=text)
        return None
    return end_of_month(found) if key == "valid_to" and _of_months(block, key) else found


def _of_months(block: Block, key: str) -> bool:
    """Whether a column of days holds months, which Excel keeps as their first days."""
    title = heading(block.grid.at(block.row, block.columns.get(key, 0)).text)
    return title.endswith(str(words()["dates"]["month_heading"]))


def _tell_lost_zeros(table: Table, notes: Understood) -> None:
    """Numbers among texts of one width get the zeros back that Excel took from them."""
    width = codevalues.lost_width([(row.code, kind_of(table, row)) for row in table.rows])
    if width:
        fill(table, width, notes)


def kind_of(table: Table, row: Row) -> str:
    """What the cell of a code was: text, number, date …"""
    return table.block.grid.at(row.at, table.block.columns.get("code", 0)).kind


def fill(table: Table, width: int, notes: Understood) -> None:
    """Give the numbers among the codes of a table a width, by zeros in front, and say so."""
    short = [row for row in table.rows if kind_of(table, row) == "number" and len(row.code) < width]
    lost = {row.at for row in short}
    table.rows = [replace(row, code=row.code.zfill(width)) if row.at in lost else row for row in table.rows]
    notes.guessed(
        "zeros", Sure.LIKELY, table=table.title, width=width, codes=some([row.code for row in short])
    )


def settle(table: Table, notes: Understood) -> None:
    """Merge rows that are the same and leave out those that contradict one that is kept."""
    kept: list[Row] = []
    of_code: dict[str, list[Row]] = {}
    merged: list[str] = []
    rows: Iterable[Row] = reversed(table.rows) if table.last else table.rows
    for row in rows:
        known = of_code.setdefault(row.code, [])
        if any(row.facts == other.facts for other in known):
            merged.append(row.code)
            continue
        other = next((other for other in known if other.overlaps(row)), None)
        if other is None:
            kept.append(row)
            known.append(row)
        else:
            notes.decide(
                "conflict", table=table.title, code=row.code, kept=other.name, left=row.name,
                kept_row=other.at, row=row.at,
            )  # fmt: skip
    if merged:
        notes.understood("merged", table=table.title, codes=some(merged))
    table.rows = kept[::-1] if table.last else kept


def some(texts: list[str]) -> str:
    """The first few of a list for people."""
    more = len(texts) - SHOWN
    return "、".join(texts[:SHOWN]) + (f" … (+{more})" if more > 0 else "")
