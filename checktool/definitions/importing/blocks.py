"""Finding the tables on a sheet: header rows anywhere, several tables below or beside each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from checktool.definitions.importing import titles
from checktool.definitions.importing.beside import TABLE, is_pair, stem, tables_beside
from checktool.definitions.importing.cells import Grid, letters
from checktool.definitions.importing.legend import legend_of
from checktool.definitions.importing.vocabulary import Vocabulary, fold, heading, is_level

TITLE_ROWS = 8
RECORD = "record"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A head that a MAP.toml states: its kind, header row and columns by field."""

    kind: str
    row: int
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a sheet: where it stands, which column is what, which rows are its body.

    ``columns`` are fields of words.toml, ``levels`` the columns of a nested list of items, ``others``
    the remaining columns with their headings.
    """

    kind: str
    grid: Grid
    row: int
    columns: Mapping[str, int]
    title: str = ""
    levels: tuple[int, ...] = ()
    others: Mapping[int, str] = field(default_factory=dict)
    body: tuple[int, ...] = ()
    title_row: int = 0
    alone: bool = True
    legend: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """File, sheet and header row for people."""
        return f"{self.grid.place} {letters(min(self.columns.values()))}{self.row}"

    def text(self, row: int, name: str) -> str:
        """The text of a field in a row, empty when the table has no such column."""
        column = self.columns.get(name)
        return self.grid.at(row, column).text if column else ""


def find_blocks(grid: Grid, vocabulary: Vocabulary, fixed: Sequence[Fixed] = ()) -> list[Block]:
    """The tables of a sheet, top to bottom and left to right, each with title and body.

    ``fixed`` heads stand in place of those that are found in their rows.
    """
    heads: list[Block] = []
    skip = 0
    for row in grid.numbers():
        if row <= skip:
            continue
        found = list(_heads(grid, row, vocabulary))
        heads += found
        skip = max((block.row for block in found), default=skip)
    rows = {head.row for head in fixed}
    heads = [head for head in heads if head.row not in rows]
    heads += [_fixed(grid, head) for head in fixed]
    return list(_with_bodies(grid, sorted(heads, key=lambda head: (head.row, _first(head)))))


def _fixed(grid: Grid, head: Fixed) -> Block:
    headings = _headings(grid, head.row)
    levels = tuple(column for column, text in headings.items() if head.kind == RECORD and is_level(text))
    used = {*head.columns.values(), *levels}
    others = {column: text for column, text in headings.items() if column not in used}
    return Block(head.kind, grid, head.row, head.columns, levels=levels,
                 others=others if head.kind == TABLE else {})  # fmt: skip


def _heads(grid: Grid, row: int, vocabulary: Vocabulary) -> Iterator[Block]:
    """The header rows that begin at a row: one row, or two where the second refines the first."""
    one = _headings(grid, row)
    if not vocabulary.may_head(one.values()):
        return
    two = _two_rows(grid, row, one, vocabulary)
    blocks = [list(_parts(grid, row, one, vocabulary))]
    if two is not None:
        blocks.append(list(_parts(grid, row + 1, two, vocabulary)))
    yield from max(blocks, key=lambda found: sum(len(block.columns) + len(block.levels) for block in found))


def _headings(grid: Grid, row: int) -> dict[int, str]:
    cells = grid.rows.get(row, {})
    return {
        column: heading(cell.text) for column, cell in sorted(cells.items())
        if cell.spread != "right" and len(cell.text) <= 40
    }  # fmt: skip


def _two_rows(grid: Grid, row: int, upper: dict[int, str], vocabulary: Vocabulary) -> dict[int, str] | None:
    lower = grid.rows.get(row + 1, {})
    own = {column: heading(cell.text) for column, cell in lower.items() if cell.spread != "right"}
    fresh = {column: text for column, text in own.items() if lower[column].spread != "down"}
    if not fresh or len(upper) < 2:
        return None
    above = {column: heading(grid.at(row, column).text) for column in fresh}
    joined = {column: _refined(above[column], text, vocabulary) for column, text in fresh.items()}
    if not all(joined.values()):
        return None
    return dict(sorted({**upper, **own, **joined}.items()))


def _refined(above: str, text: str, vocabulary: Vocabulary) -> str:
    """A heading below another as one that is known, or empty."""
    for candidate in (above + text, text):
        if any(vocabulary.knows(kind, candidate) for kind in (TABLE, RECORD)):
            return candidate
    return ""


def _parts(grid: Grid, row: int, headings: dict[int, str], vocabulary: Vocabulary) -> Iterator[Block]:
    record = _record(grid, row, headings, vocabulary)
    if record is not None:
        yield record
        return
    for part in tables_beside(headings, vocabulary):
        fields = vocabulary.fields(TABLE, part)
        if is_pair(part, vocabulary):
            others = {column: text for column, text in part.items() if column not in fields.values()}
            yield Block(TABLE, grid, row, fields, others=others)


def _record(grid: Grid, row: int, headings: dict[int, str], vocabulary: Vocabulary) -> Block | None:
    levels = tuple(column for column, text in headings.items() if is_level(text))
    rest = {column: text for column, text in headings.items() if column not in levels}
    fields = vocabulary.fields(RECORD, rest)
    named = "item" in fields or len(levels) > 1
    placed = "tag" in fields or "path" in fields or bool(levels)
    described = sum(name in fields for name in ("type", "max_len", "bytes", "required"))
    if named and len(fields) >= 3 and ((placed and described) or ("item" in fields and described >= 2)):
        return Block(RECORD, grid, row, fields, levels=levels)
    return None


def _with_bodies(grid: Grid, heads: list[Block]) -> Iterator[Block]:
    """Give each head its rows: down to the next head in its columns, and what stands above that."""
    known: list[Block] = []
    for block in heads:
        before = [other.row for other in known if _overlap(other, block)]
        left = [other for other in heads if other.row == block.row and _first(other) < _first(block)]
        title, row = _title(grid, block, max(before, default=0), _first(block) if left else 1)
        if left and not title:
            title = stem(grid.at(block.row, block.columns.get("code", 0)).text)
        joined = next((other for other in known if _continues(other, block, title)), None)
        if joined is None:
            known.append(replace(block, title=title, title_row=row))
    alone = len(known) == 1
    for block in known:
        below = [(other.title_row or _top(other)) for other in known
                 if other.row > block.row and _overlap(other, block)]  # fmt: skip
        end = min(below, default=1 << 30)
        body = tuple(row for row in grid.numbers() if block.row < row < end and not _repeats(block, row))
        legend = legend_of(grid) if block.kind == RECORD else {}
        yield replace(block, body=body, alone=alone, legend=legend)


def _top(block: Block) -> int:
    """The first of the header rows of a block."""
    above = block.grid.rows.get(block.row - 1, {})
    cells = (block.grid.at(block.row, column) for column in block.columns.values())
    return block.row - 1 if above and any(cell.spread == "down" for cell in cells) else block.row


def _first(block: Block) -> int:
    return min([*block.columns.values(), *block.levels])


def _overlap(one: Block, other: Block) -> bool:
    first, second = one.columns.values(), other.columns.values()
    return min(first) <= max(second) and min(second) <= max(first)


def _continues(one: Block, other: Block, title: str) -> bool:
    """Whether a head repeats one above it, as printed pages do: same columns, no title between."""
    return not title and one.columns == other.columns and one.kind == other.kind


def _repeats(block: Block, row: int) -> bool:
    head = {column: block.grid.at(block.row, column).text for column in block.columns.values()}
    return all(fold(block.grid.at(row, column).text) == fold(text) for column, text in head.items())


def _title(grid: Grid, block: Block, floor: int, low: int) -> tuple[str, int]:
    """The text that names a table, searched upward from its head, and its row (0 = none)."""
    high = max([*block.columns.values(), *block.levels, *block.others])
    for row in range(_top(block) - 1, max(floor, block.row - TITLE_ROWS), -1):
        cells = grid.rows.get(row, {})
        own = [cells[column].text for column in sorted(cells)
               if low <= column <= high and not cells[column].spread]  # fmt: skip
        text = titles.title_in(own)
        if not text and floor and len(own) > 1:
            return "", 0
        if text and not titles.is_note(text):
            return text, row
    return "", 0
