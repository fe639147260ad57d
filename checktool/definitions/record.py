"""Record definitions (ファイルレコード定義): ``rules/<pack>/records/<form>.csv``.

The columns are described in docs/record-definition.md.
"""

import csv
from pathlib import Path

from checktool.definitions.codetable import RowFault, reason_of, rows_of
from checktool.errors import PackError
from checktool.model.definition import RecordItem

COLUMNS = (
    "no", "section", "item", "path", "type", "min_len", "max_len", "charset",
    "code_table", "required", "personal", "past", "unit", "code", "note",
)  # fmt: skip
TYPES = {"name", "string", "freetext", "code", "digits", "integer", "decimal", "date", "month"}
CHARSETS = {"", "any", "hiragana", "halfwidth", "digits", "fullwidth", "official"}
REQUIRED = {"always", "new", "renewal", "conditional", "no", ""}


def read(path: Path) -> tuple[RecordItem, ...]:
    """The items of a record definition in their order. Raises PackError P005."""
    line = 0
    items: dict[str, RecordItem] = {}
    try:
        rows = rows_of(path, lambda first: tuple(first) == COLUMNS)
        next(rows)
        for number, cells in rows:
            line = number
            item = _item(dict(zip(COLUMNS, cells, strict=True)))
            if not item.path or not item.item or item.path in items:
                raise RowFault("path")
            items[item.path] = item
    except (OSError, ValueError, csv.Error, StopIteration) as fault:
        line = getattr(fault, "line", 0) or line
        raise PackError("P005", file=path.name, line=line, reason=reason_of(fault)) from None
    return tuple(items.values())


def _item(row: dict[str, str]) -> RecordItem:
    kind, _, lines = row["type"].partition(":")
    table, _, key_path = row["code_table"].partition(":")
    for column, value, allowed in (
        ("type", kind, TYPES),
        ("charset", row["charset"], CHARSETS),
        ("required", row["required"], REQUIRED),
        ("personal", row["personal"], {"", "yes"}),
        ("past", row["past"], {"", "yes"}),
    ):
        if value not in allowed:
            raise RowFault(column)
    for column in ("min_len", "max_len"):
        if row[column] and not row[column].isdecimal():
            raise RowFault(column)
    return RecordItem(
        no=row["no"], section=row["section"], item=row["item"], path=row["path"],
        type=kind, lines=int(lines or 0),
        min_len=int(row["min_len"] or 0), max_len=int(row["max_len"] or 0),
        charset=row["charset"], code_table=table, key_path=key_path,
        required=row["required"] or "no", personal=row["personal"] == "yes",
        past=row["past"] == "yes", unit=row["unit"], code=row["code"], note=row["note"],
    )  # fmt: skip
