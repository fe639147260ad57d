"""Excel workbooks (ECMA-376, .xlsx and .xlsm) as grids of texts.

A workbook is measured before it is opened: bytes, members, ratio, cells. Macros are never read. Of a
formula the value that Excel stored counts. Codes keep the zeros that a number format shows.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from checktool.definitions.importing.cells import Cell, Grid, column_of
from checktool.definitions.importing.understood import Sure, Understood
from checktool.errors import PackError

MOST_FILE_BYTES = 80_000_000
MOST_BYTES = 400_000_000
MOST_MEMBERS = 5_000
MOST_RATIO = 200
HARMLESS_BYTES = 1_000_000
MOST_CELLS = 1_500_000
MOST_COLUMNS = 512
MOST_MERGED = 20_000
CHUNK = 1 << 20

_ZEROS = re.compile(r"(?:\[[^\]]*\])?(0{2,})(?:[_;@ ].*)?")
_MERGED = re.compile(rb'<mergeCell ref="([A-Za-z0-9$]+:[A-Za-z0-9$]+)"')
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_OLE = b"\xd0\xcf\x11\xe0"


def read_workbook(path: Path, name: str, notes: Understood) -> list[Grid]:
    """The sheets of a workbook. Raises PackError P023 when it cannot or must not be opened."""
    formulas = _measured(path, name)
    values = _open(path, name, data_only=True)
    plain = _open(path, name, data_only=False) if formulas else None
    grids = []
    for sheet in values.worksheets:
        grid = Grid(name, sheet.title)
        _take(sheet, grid)
        if plain is not None:
            _tell_formulas(plain[sheet.title], grid, notes)
        _spread(sheet, grid)
        if grid.rows:
            grids.append(grid)
            if sheet.sheet_state != "visible":
                notes.guessed("hidden", Sure.LIKELY, file=name, sheet=sheet.title)
        else:
            notes.unused("empty_sheet", file=name, sheet=sheet.title)
    return grids


def _measured(path: Path, name: str) -> bool:
    """Refuse what is too large or no workbook; whether any cell is a formula."""
    if path.stat().st_size > MOST_FILE_BYTES:
        raise PackError("P023", file=name, reason="size", limit=MOST_FILE_BYTES // 1_000_000)
    try:
        with path.open("rb") as stream:
            if stream.read(4) == _OLE:
                raise PackError("P023", file=name, reason="encrypted")
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive, name)
            return _counted(archive, name)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise PackError("P023", file=name, reason="broken") from None


def _refuse_bomb(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    expanded = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or expanded > MOST_BYTES:
        raise PackError("P023", file=name, reason="bomb")
    for member in members:
        ratio = member.file_size / max(member.compress_size, 1)
        if member.file_size > HARMLESS_BYTES and ratio > MOST_RATIO:
            raise PackError("P023", file=name, reason="bomb")


def _counted(archive: zipfile.ZipFile, name: str) -> bool:
    """Count the cells of all sheets without building anything; whether formulas are among them.

    openpyxl makes a cell for every place that a merged range covers, so these count too.
    """
    cells, formulas = 0, False
    for member in archive.infolist():
        if not member.filename.endswith(".xml"):
            continue
        sheet = "/worksheets/" in member.filename
        for data in _whole_tags(archive, member):
            if b"<!DOCTYPE" in data:
                raise PackError("P023", file=name, reason="broken")
            if sheet:
                cells += data.count(b"<c ") + data.count(b"<c>")
                cells += sum(_area(found.decode("ascii")) for found in _MERGED.findall(data))
                formulas = formulas or b"<f>" in data or b"<f " in data
            if cells > MOST_CELLS:
                raise PackError("P023", file=name, reason="cells", limit=MOST_CELLS)
    return formulas


def _whole_tags(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member piece by piece, each ending where a tag ends."""
    rest = b""
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            data = rest + chunk
            end = data.rfind(b">") + 1
            yield data[:end]
            rest = data[end:]
    yield rest


def _area(reference: str) -> int:
    """How many cells a range such as ``B2:D10`` covers."""
    first, _, last = reference.replace("$", "").partition(":")
    corners = [
        (column_of(place.rstrip("0123456789")), int(place.lstrip(_LETTERS) or 0)) for place in (first, last)
    ]
    (left, top), (right, bottom) = corners
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


def _open(path: Path, name: str, data_only: bool) -> Any:
    import openpyxl  # slow to import, and only an import needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(path, data_only=data_only, keep_vba=False, keep_links=False)
    except Exception as fault:  # whatever openpyxl meets in a broken workbook
        raise PackError("P023", file=name, reason="broken") from fault


def _take(sheet: Any, grid: Grid) -> None:
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is not None and column <= MOST_COLUMNS:
            grid.put(row, column, _cell(cell))


def _cell(cell: Any) -> Cell:
    value, shown = cell.value, str(cell.number_format or "")
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE")
    if isinstance(value, datetime | date):
        return _date_cell(value, shown)
    if isinstance(value, time):
        return Cell(value.isoformat())
    if isinstance(value, int | float):
        return Cell(_number(value, shown), "number")
    text = str(value).replace("\u3000", " ").replace("_x000D_", "").strip()
    return Cell("" if cell.data_type == "e" else text)


def _date_cell(value: date, shown: str) -> Cell:
    if not re.search("[yYeEgG]", re.sub(r"\[[^\]]*\]|\"[^\"]*\"", "", shown)):
        return Cell(f"{value.month}-{value.day}", "bare")
    return Cell(value.strftime("%Y-%m-%d"), "date")


def _number(value: float, shown: str) -> str:
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.15g}"
    text = str(int(value))
    zeros = _ZEROS.fullmatch(shown.replace("\\", "").replace('"', ""))
    return text.zfill(len(zeros.group(1))) if zeros and value >= 0 else text


def _tell_formulas(sheet: Any, grid: Grid, notes: Understood) -> None:
    """Say where a formula has no stored value, and that the others are taken by theirs."""
    cells = [cell for cell in sheet._cells.values() if cell.data_type == "f"]
    bare = [cell.coordinate for cell in cells if not grid.at(cell.row, cell.column).text]
    if bare:
        notes.decide("formula_without_value", file=grid.file, sheet=grid.sheet, cells=_some(bare))
    if len(cells) > len(bare):
        count = len(cells) - len(bare)
        notes.guessed("formulas", Sure.ALMOST, file=grid.file, sheet=grid.sheet, count=count)


def _some(names: list[str]) -> str:
    return " ".join(names[:5]) + (" …" if len(names) > 5 else "")


def _spread(sheet: Any, grid: Grid) -> None:
    """Copy the text of a merged range to the cells that it covers, marked as copies."""
    for area in sheet.merged_cells.ranges:
        text, kind, _ = grid.at(area.min_row, area.min_col)
        size = (area.max_row - area.min_row + 1) * (area.max_col - area.min_col + 1)
        if not text or size > MOST_MERGED:
            continue
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1):
                if (row, column) != (area.min_row, area.min_col):
                    grid.put(row, column, Cell(text, kind, "right" if column > area.min_col else "down"))
