"""Code tables: whether a coded item has a value of its table on the day of the document."""

from collections.abc import Mapping
from datetime import date

from checktool.checking.blanks import BLANKS
from checktool.checking.check import Hit, Outcome, Subject
from checktool.checking.leaves import Leaf
from checktool.model.builtin import BUILTIN
from checktool.model.definition import (
    FIRST_DAY,
    LAST_DAY,
    CodeEntry,
    CodeTable,
    DefinitionPack,
    Form,
    RecordItem,
)  # fmt: skip
from checktool.model.finding import Layer, Param, Severity
from checktool.model.report import LayerStatus, Note
from checktool.reading.nodes import selector

_OURS = {known.code for known in BUILTIN}
_DATED = {"C401", "C404"}


class Codes:
    """The code layer of one form.

    A code with a table of its own kind (column ``code`` of the record definition) replaces C407; one
    that the pack's rules emit themselves is left to them.
    """

    layer = Layer.CODES

    def __init__(self, form: Form, pack: DefinitionPack, on: date, of_rules: frozenset[str]) -> None:
        """Take the items that name a table; each table is read now. Raises PackError P006."""
        self._pack = pack
        self._on = on
        self._absent = form.record is None
        self._items: Mapping[str, tuple[RecordItem, CodeTable]] = {
            item.path: (item, pack.tables[item.code_table])
            for item in form.record or ()
            if item.code_table and item.code not in of_rules - _OURS
        }
        self._keys = {item.path: selector(item.key_path) for item, _ in self._items.values() if item.key_path}

    @property
    def items(self) -> Mapping[str, tuple[RecordItem, CodeTable]]:
        """The items that are looked up, by path, each with its table."""
        return self._items

    def check(self, subject: Subject) -> Outcome:
        """Look up every coded value of one document."""
        hits = self._age(subject)
        if self._absent:
            return Outcome(hits, LayerStatus.ABSENT, Note("absent"))
        wrong: set[str] = set()
        items = self._items
        coded = [Leaf(*raw) for raw in subject.leaves if raw[3] and raw[0] in items]
        for leaf in sorted(coded, key=lambda leaf: leaf.path in self._keys):
            item, table = items[leaf.path]
            if item.key_path in wrong:
                continue
            hit = self._judge(leaf, item, table, subject)
            if hit is not None:
                wrong.add(leaf.path)
                hits.append(hit)
        return Outcome(hits)

    def _judge(self, leaf: Leaf, item: RecordItem, table: CodeTable, subject: Subject) -> Hit | None:
        code = leaf.value.strip(BLANKS)
        if not code:
            return None
        if item.key_path:
            qualifier = "".join(self._keys[item.path](subject.document.root)[:1]).strip(BLANKS)
            if not qualifier:
                return None
            code = f"{qualifier}-{code}"
        if table.on(code, subject.day) is not None:
            return None
        rows = table.entries.get(code, ())
        name = item.code or ("C408" if rows else "C407")
        later = name in _DATED and subject.day > table.known_until
        return Hit(
            name if name in _OURS else "C407",
            leaf.node,
            leaf.attribute,
            (
                ("table", table.title or table.id),
                *_validity(rows, subject.day),
                ("edition", self._pack.info.edition),
            ),
            severity=Severity.WARNING if later else None,
            value=leaf.value,
        )

    def _age(self, subject: Subject) -> list[Hit]:
        """C410: the definitions are older than the pack itself says they should be."""
        most, published = self._pack.limits.max_age_days, self._pack.published_on
        if not most or published is None or (self._on - published).days <= most:
            return []
        params: tuple[Param, ...] = (("date", published.isoformat()), ("days", most))
        return [Hit("C410", subject.document.root, "", params, item_path="")]


def _validity(rows: tuple[CodeEntry, ...], day: date) -> tuple[Param, Param]:
    """From when to when the nearest row of a code applied; empty where it is open or unknown."""
    before = [row for row in rows if row.valid_to < day]
    after = [row for row in rows if row.valid_from > day]
    end = before[-1].valid_to if before else LAST_DAY
    start = after[0].valid_from if after else FIRST_DAY
    return (
        ("valid_from", start.isoformat() if start != FIRST_DAY else ""),
        ("valid_to", end.isoformat() if end != LAST_DAY else ""),
    )
