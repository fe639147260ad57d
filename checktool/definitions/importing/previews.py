"""What a person sees of a sheet to say what its columns mean: the rows at its beginning and at its tables."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from checktool.definitions.importing.cells import Grid, letters
from checktool.definitions.importing.vocabulary import line

SheetName = tuple[str, str]
"""File and sheet; the sheet of a CSV file is empty."""

FIRST_ROWS = 30
ROWS_BELOW = 3
MOST_COLUMNS = 60
LONGEST = 60


class Row(NamedTuple):
    """One row: its number, and what stands in its columns by their letters."""

    number: int
    cells: Mapping[str, str]


def preview(grid: Grid, heads: Iterable[int]) -> tuple[Row, ...]:
    """The first rows of a sheet, and those of each header row with some below."""
    numbers = grid.numbers()
    shown = set(numbers[:FIRST_ROWS])
    for head in heads:
        shown.update([number for number in numbers if number >= head][: ROWS_BELOW + 1])
    return tuple(Row(number, _cells(grid, number)) for number in sorted(shown))


def _cells(grid: Grid, number: int) -> dict[str, str]:
    columns = sorted(grid.rows.get(number, {}))[:MOST_COLUMNS]
    return {letters(column): line(grid.at(number, column).text)[:LONGEST] for column in columns}
