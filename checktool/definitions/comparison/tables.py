"""Code tables: tables that come and go, and of each table its codes, names and validity."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from checktool.definitions.codetable import Tables
from checktool.definitions.comparison.change import Change, Kind, Section, parted
from checktool.model.definition import FIRST_DAY, LAST_DAY, CodeEntry, CodeTable, DefinitionPack
from checktool.model.finding import Param

Rows = Sequence[CodeEntry]


def tables(one: DefinitionPack, other: DefinitionPack) -> Iterator[Change]:
    """Every difference of the code tables, told by their titles. Raises PackError P006."""
    old, new = _tables(one), _tables(other)
    titles = {name: table.title for name, table in (old | new).items() if table.title}
    for change in _changes(old, new):
        params = tuple((key, titles.get(str(value), value) if key == "table" else value)
                       for key, value in change.params)  # fmt: skip
        yield replace(change, params=params)


def _changes(old: dict[str, CodeTable], new: dict[str, CodeTable]) -> Iterator[Change]:
    added, removed, both = parted(old, new)
    for kind, names, known in ((Kind.ADDED, added, new), (Kind.REMOVED, removed, old)):
        for name in names:
            params = (("table", name), ("count", len(known[name].entries)))
            yield Change(Section.CODES, kind, name, f"table_{kind}", params)
    for name, before, after in both:
        if before.title and after.title and before.title != after.title:
            yield _change(Kind.CHANGED, name, "", "title", before=before.title, after=after.title)
        if before.columns != after.columns:
            texts = ("、".join(before.columns), "、".join(after.columns))
            yield _change(Kind.CHANGED, name, "", "columns", before=texts[0], after=texts[1])
        if before.known_until != after.known_until:
            texts = (_end(before.known_until), _end(after.known_until))
            yield _change(Kind.CHANGED, name, "", "known_until", before=texts[0], after=texts[1])
        yield from _codes(name, before, after)


def _tables(pack: DefinitionPack) -> dict[str, CodeTable]:
    ids = pack.tables.ids if isinstance(pack.tables, Tables) else tuple(sorted(pack.tables))
    return {table: pack.tables[table] for table in ids}


def _change(kind: Kind, table: str, code: str, key: str, **params: str) -> Change:
    given: tuple[Param, ...] = (("table", table), ("code", code), *params.items())
    return Change(Section.CODES, kind, f"{table} {code}".strip(), key, given)


def _codes(table: str, before: CodeTable, after: CodeTable) -> Iterator[Change]:
    added, removed, both = parted(before.entries, after.entries)
    for code in added:
        rows = after.entries[code]
        yield _change(Kind.ADDED, table, code, "added", name=rows[-1].name, period=_period(rows))
    for code in removed:
        rows = before.entries[code]
        yield _change(Kind.REMOVED, table, code, "removed", name=rows[-1].name, period=_period(rows))
    for code, old, new in both:
        if old != new:
            yield from _code(table, code, (before, old), (after, new))


def _code(
    table: str, code: str, one: tuple[CodeTable, Rows], other: tuple[CodeTable, Rows]
) -> Iterator[Change]:
    """A code that both tables have, with rows that differ."""
    old, new = one[1], other[1]
    name = new[-1].name
    found = []
    if old[-1].name != name:
        start = "" if new[-1].valid_from == FIRST_DAY else new[-1].valid_from.isoformat()
        found.append(("renamed", {"before": old[-1].name, "after": name, "start": start}))
    if _period(old) != _period(new):
        found.append(("period", {"before": _period(old), "after": _period(new), "name": name}))
    for column in one[0].columns:
        before, after = (holder.field(rows[-1], column) for holder, rows in (one, other))
        if column in other[0].columns and before != after:
            found.append(("field", {"column": column, "before": before, "after": after, "name": name}))
    if not found and [row[:3] for row in old] != [row[:3] for row in new]:
        found.append(("rows", {"name": name}))
    for key, params in found:
        yield _change(Kind.CHANGED, table, code, key, **params)


def _period(rows: Rows) -> str:
    """From when to when a code can be used, gaps left aside; empty without bounds."""
    first, last = min(row.valid_from for row in rows), max(row.valid_to for row in rows)
    start = "" if first == FIRST_DAY else first.isoformat()
    return f"{start}～{_end(last)}" if start or _end(last) else ""


def _end(day: object) -> str:
    return "" if day == LAST_DAY else str(day)
