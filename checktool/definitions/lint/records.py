"""Record definitions against the XSDs and the code tables."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from checktool.definitions.codetable import Tables, rows_of
from checktool.definitions.lint.opened import Opened
from checktool.definitions.lint.paths import find, nearest
from checktool.definitions.lint.remark import Remark, passed_on, remark
from checktool.definitions.lint.texts import RuleTexts
from checktool.definitions.places import Place, root_of
from checktool.errors import PackError
from checktool.model.builtin import BUILTIN
from checktool.model.definition import Form, RecordItem

MOST_LEAVES = 5_000
MOST_TOLD = 50
_BUILTIN = frozenset(known.code for known in BUILTIN)


def remarks(pack: Opened, texts: RuleTexts) -> Iterator[Remark]:
    """What there is to say of code tables and record definitions."""
    tables = pack.tables
    for table in tables.ids:
        try:
            tables[table]
        except PackError as fault:
            yield passed_on(fault)
    codes = texts.codes | _BUILTIN
    for form, entry in zip(pack.forms, pack.entries, strict=True):
        if form.record is not None:
            yield from _Definition(pack, form, entry["record"], tables, codes).remarks()
    if pack.forms and all(
        form.record is not None or "record" not in entry
        for form, entry in zip(pack.forms, pack.entries, strict=True)
    ):
        yield from _unlinked(pack)


def _unlinked(pack: Opened) -> Iterator[Remark]:
    """Code tables that no item and no rule file names."""
    linked = {item.code_table for form in pack.forms for item in form.record or ()}
    rest = [table for table in pack.tables.ids if table not in linked]
    texts = [path.read_bytes() for path in pack.rules_folder.rglob("*.sch")] if rest else []
    for table in rest:
        quoted = [f"{mark}{table}{mark}".encode() for mark in ("'", '"', "&quot;", "&apos;")]
        if not any(name in text for text in texts for name in quoted):
            file = f"codetables/{pack.rules_folder.name}/{table}.csv"
            yield remark("K208", file, 0, table=table)


class _Definition:
    """One record definition, as a form uses it."""

    def __init__(self, pack: Opened, form: Form, name: str, tables: Tables, codes: set[str]) -> None:
        path = pack.rules_folder / name
        world = pack.world(form)
        self.file, self.lines = pack.name(path), _lines(path)
        self.root = root_of(form, world) if world is not None else None
        self.items = {item.path: item for item in form.record or ()}
        self.tables, self.codes = tables, codes

    def remarks(self) -> Iterator[Remark]:
        """What there is to say of it."""
        names: dict[str, RecordItem] = {}
        for item in self.items.values():
            other = names.setdefault(item.item, item)
            if other is not item:
                yield self._remark("K206", item, path=item.path, other=other.path)
            if self.root is not None and find(self.root, item.path) is None:
                yield self._remark("K201", item, path=item.path, near=nearest(self.root, item.path))
            if item.code_table and item.code_table not in self.tables:
                yield self._remark("K203", item, table=item.code_table)
            if item.key_path and not self._has(item.key_path):
                yield self._remark("K204", item, path=item.key_path)
            if item.code and item.code not in self.codes:
                yield self._remark("K205", item, code=item.code)
        if self.root is not None:
            yield from self._without_item(self.root)

    def _remark(self, code: str, item: RecordItem, /, **params: str) -> Remark:
        return remark(code, self.file, self.lines.get(item.path, 0), item=item.item, **params)

    def _has(self, path: str) -> bool:
        return path in self.items or (self.root is not None and find(self.root, path) is not None)

    def _without_item(self, root: Place) -> Iterator[Remark]:
        """Values that the XSD has and the record definition does not name."""
        places = [root, *islice(root.below(), MOST_LEAVES)]
        values = [one for place in places for one in (*place.attributes, *([place] if place.is_leaf else []))]
        paths = dict.fromkeys(one.path.removeprefix(root.path).lstrip("/") for one in values)
        missing = [path for path in paths if path and path not in self.items]
        for path in missing[:MOST_TOLD]:
            yield remark("K202", self.file, 0, path=path)
        if len(missing) > MOST_TOLD:
            yield remark("K207", self.file, 0, count=len(missing) - MOST_TOLD)


def _lines(path: Path) -> dict[str, int]:
    """The line of each item's path; the file has been read before."""
    rows = rows_of(path, bool)
    place = next(rows)[1].index("path")
    return {cells[place]: line for line, cells in rows}
