"""Sheets as the import sees them: sparse rows of texts, whatever file they came from."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Cell(NamedTuple):
    """One cell: its text, what it was (``text number date bare``) and whether a merge copied it.

    ``bare`` is a date whose format shows no year: what Excel makes of ``1-2``. ``spread`` is ``down``
    or ``right`` for cells that a merged range covers; the first cell of the range has none.
    """

    text: str
    kind: str = "text"
    spread: str = ""


EMPTY = Cell("")


@dataclass(slots=True)
class Grid:
    """One sheet: row number → column number → cell, both from 1; blank cells are left out."""

    file: str
    sheet: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """File and sheet for people."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Set a cell; one without text is passed over."""
        if cell.text:
            self.rows.setdefault(row, {})[column] = cell

    def at(self, row: int, column: int) -> Cell:
        """A cell, ``EMPTY`` where there is none."""
        return self.rows.get(row, {}).get(column, EMPTY)

    def numbers(self) -> list[int]:
        """The numbers of the rows that hold anything, ascending."""
        return sorted(self.rows)


def letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """The number of a column by its name; 0 for what is no name."""
    if not name.isascii() or not name.isalpha() or len(name) > 3:
        return 0
    number = 0
    for char in name.upper():
        number = number * 26 + ord(char) - 64
    return number
