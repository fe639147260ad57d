"""CSV and TSV files as grids of texts, in the encodings that they come in."""

import csv
import io
from contextlib import suppress
from pathlib import Path

from checktool.definitions.importing.cells import Cell, Grid
from checktool.definitions.importing.understood import Understood
from checktool.definitions.importing.workbook import MOST_COLUMNS, MOST_FILE_BYTES
from checktool.errors import PackError

_ENCODINGS = ("utf-8-sig", "cp932")


def read_csv(path: Path, name: str, notes: Understood) -> list[Grid]:
    """A CSV or TSV file (UTF-8, UTF-16 with BOM, Shift_JIS) as one grid; what is none is named."""
    if path.stat().st_size > MOST_FILE_BYTES:
        raise PackError("P023", file=name, reason="size", limit=MOST_FILE_BYTES // 1_000_000)
    data = path.read_bytes()
    text = _decoded(data)
    if text is None:
        notes.unused("encoding", file=name)
        return []
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) and _is_legacy(data):
        notes.understood("shift_jis", file=name)
    grid = Grid(name, "")
    separator = _separator(text)
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
            for column, value in enumerate(cells[:MOST_COLUMNS], 1):
                grid.put(row, column, Cell(value.replace("\u3000", " ").strip()))
    except csv.Error:
        notes.unused("csv", file=name)
        return []
    if not grid.rows:
        notes.unused("empty_file", file=name)
    return [grid] if grid.rows else []


def _separator(text: str) -> str:
    """What parts the cells: of comma, tab and semicolon the one that the first rows have most of."""
    first = "\n".join(text.lstrip("\r\n").splitlines()[:5])
    return max(",\t;", key=first.count)


def _is_legacy(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _decoded(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        with suppress(UnicodeDecodeError):
            return data.decode("utf-16")
        return None
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return None
