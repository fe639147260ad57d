"""Code tables: ``codetables/<pack>/<table>.csv`` with ``code,name,valid_from,valid_to`` and more."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checktool.errors import PackError
from checktool.model.definition import FIRST_DAY, LAST_DAY, CodeEntry, CodeTable

if TYPE_CHECKING:
    from _csv import Reader

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
LEADING = ("code", "name", "valid_from", "valid_to")


class RowFault(ValueError):  # noqa: N818 - it tells of data, not of the tool
    """A row that is not as its columns ask; the message is a word key of the error's wording."""

    def __init__(self, reason: str, line: int = 0) -> None:
        """``line`` is where the row ends, when it is known here."""
        super().__init__(reason)
        self.line = line


def reason_of(fault: Exception) -> str:
    """The word key that says why a CSV file could not be read."""
    return str(fault) if isinstance(fault, RowFault) else type(fault).__name__


def rows_of(path: Path, header: Callable[[list[str]], bool]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file (UTF-8, BOM allowed), the header first, blank rows left out.

    Yields (line number, cells). Raises ValueError, among them RowFault, or csv.Error where the file
    cannot be decoded or ``header`` refuses its first row.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        first = next(reader, [])
        if not header(first):
            raise RowFault("header")
        yield 1, first
        while (row := _next(reader)) is not None:
            if any(row):
                if len(row) != len(first):
                    raise RowFault("cells", reader.line_num)
                yield reader.line_num, row


def _next(reader: "Reader") -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error:
        raise RowFault("Error", reader.line_num) from None


def _day(text: str, default: date) -> date:
    if text and not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text) if text else default


class Facts(NamedTuple):
    """What a cover sheet says of a code table."""

    known_until: date = LAST_DAY
    title: str = ""


UNKNOWN = Facts()


def read(path: Path, facts: Facts = UNKNOWN) -> CodeTable:
    """The code table in a CSV file; its id is the file's stem. Raises PackError P006."""
    line = 0
    entries: dict[str, tuple[CodeEntry, ...]] = {}
    columns: tuple[str, ...] = ()
    try:
        rows = rows_of(path, lambda first: tuple(first[:4]) == LEADING)
        columns = tuple(next(rows)[1][4:])
        for number, (code, name, start, end, *values) in rows:
            line = number
            entry = CodeEntry(name, _day(start, FIRST_DAY), _day(end, LAST_DAY), tuple(values))
            before = entries.get(code, ())
            if not code or any(_overlap(entry, other) for other in before):
                raise RowFault("code")
            if entry.valid_from > entry.valid_to:
                raise RowFault("dates")
            entries[code] = (*before, entry)
    except (OSError, ValueError, csv.Error, StopIteration) as fault:
        line = getattr(fault, "line", 0) or line
        raise PackError("P006", file=path.name, line=line, reason=reason_of(fault)) from None
    return CodeTable(path.stem, entries, columns, *facts)


def _overlap(one: CodeEntry, other: CodeEntry) -> bool:
    return one.valid_from <= other.valid_to and other.valid_from <= one.valid_to


class Tables(dict[str, CodeTable]):
    """The code tables of a folder by id, each read when it is first asked for."""

    def __init__(self, folder: Path, facts: Mapping[str, Facts]) -> None:
        super().__init__()
        self._files = {path.stem: path for path in sorted(folder.glob("*.csv"))}
        self._facts = facts

    def __missing__(self, table: str) -> CodeTable:
        path = self._files.get(table)
        if path is None:
            raise PackError("P006", file=f"{table}.csv", line=0, reason="missing")
        self[table] = read(path, self._facts.get(table, UNKNOWN))
        return self[table]

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled as it is at a moment: a thread beside may read another table in meanwhile."""
        return _restored, (self._files, self._facts, dict(self))

    def __contains__(self, table: object) -> bool:
        return super().__contains__(table) or table in self._files

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all tables, read or not, sorted."""
        return tuple(sorted({*self._files, *self}))


def _restored(files: dict[str, Path], facts: Mapping[str, Facts], read: dict[str, CodeTable]) -> Tables:
    tables = Tables.__new__(Tables)
    tables._files, tables._facts = files, facts
    tables.update(read)
    return tables
