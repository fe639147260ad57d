"""A document as its form: every item of the record definition in order, with its value. No Qt.

Items that the document does not have are there too, as are values that the record definition does not know.
A repeated element shows its items once an occurrence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from checktool.model.definition import CodeTable, Form, RecordItem
from checktool.reading.outline import Value

_POSITION = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as the form shows it.

    ``value`` is None where the document does not have the item; ``meaning`` is the name of its code.
    ``within`` is the XPath of the element in which it stands or would stand. ``number`` counts the
    occurrences of a repeated item from 1, 0 when it is not repeated; ``topic`` names what the occurrence
    is about, where one of its items is a code that says so. ``known`` is False for a value without a place
    in the record definition: its ``label`` is its path.
    """

    section: str
    label: str
    path: str
    within: str
    xpath: str = ""
    value: str | None = None
    meaning: str = ""
    unit: str = ""
    personal: bool = True
    known: bool = True
    number: int = 0
    topic: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form of one document; ``root`` is its XPath, ``left_out`` how many values are not shown."""

    name: str
    root: str
    entries: tuple[Entry, ...]
    left_out: int = 0


def sheet_of(
    form: Form, root: str, values: Sequence[Value], tables: Mapping[str, CodeTable], day: date | None,
    left_out: int = 0,
) -> Sheet:  # fmt: skip
    """The sheet of a document of a form. Raises PackError P006 for a code table that cannot be read."""
    reader = _Reader(root, values, tables, day)
    entries = [entry for items in reader.groups(form.record or ()) for entry in reader.entries(items)]
    entries += _unknown(form.record or (), values)
    return Sheet(form.name, root, tuple(entries), left_out)


def _unknown(items: Sequence[RecordItem], values: Iterable[Value]) -> Iterator[Entry]:
    """The values without a place in the record definition; an empty group is none."""
    known = {item.path for item in items}
    steps = [path.split("/") for path in known]
    groups = {"", *("/".join(path[:end]) for path in steps for end in range(1, len(path)))}
    for value in values:
        if value.path not in known and (value.value.strip() or value.path not in groups):
            yield Entry("", value.path, value.path, _parent(value.xpath), value.xpath, value.value,
                        known=False, line=value.line, column=value.column)  # fmt: skip


def _parent(xpath: str) -> str:
    return xpath.rpartition("/")[0]


class _Reader:
    """Finds the values of record items in one document."""

    def __init__(
        self, root: str, values: Sequence[Value], tables: Mapping[str, CodeTable], day: date | None
    ) -> None:
        self._root, self._tables, self._day = root, tables, day
        self._values: dict[str, list[Value]] = {}
        self._elements: dict[str, list[str]] = {}
        seen: set[str] = set()
        for value in values:
            self._values.setdefault(value.path, []).append(value)
            for path, xpath in _elements(root, value.xpath):
                if xpath not in seen:
                    seen.add(xpath)
                    self._elements.setdefault(path, []).append(xpath)
        self._paths = tuple(self._values)

    def groups(self, items: Iterable[RecordItem]) -> Iterator[list[RecordItem]]:
        """Items that follow each other within the same repeated element, each other item alone."""
        for repeated, found in groupby(items, key=self._repeated):
            if repeated:
                yield list(found)
            else:
                yield from ([item] for item in found)

    def entries(self, items: Sequence[RecordItem]) -> Iterator[Entry]:
        """The entries of items of one group, occurrence after occurrence."""
        repeated = self._repeated(items[0])
        if not repeated:
            yield from self._single(items[0])
            return
        for number, element in enumerate(self._elements[repeated], start=1):
            topic = self._topic(items, element)
            for item in items:
                inside = [value for value in self._values.get(item.path, ())
                          if value.xpath == element or value.xpath.startswith(f"{element}/")]  # fmt: skip
                if not inside:
                    yield replace(self._absent(item, element, number), topic=topic)
                for value in inside:
                    yield replace(self._present(item, value, number), topic=topic)

    def _topic(self, items: Sequence[RecordItem], element: str) -> str:
        """The name of the code that an occurrence bears as an attribute."""
        coded = (item for item in items if item.code_table and "@" in item.path)
        values = ((item, value) for item in coded for value in self._values.get(item.path, ()))
        here = (self._meaning(item, value.value) for item, value in values if _parent(value.xpath) == element)
        return next(here, "")

    def _single(self, item: RecordItem) -> Iterator[Entry]:
        values = self._values.get(item.path, ())
        if not values:
            yield self._absent(item, self._nearest(item.path), 0)
        for number, value in enumerate(values, start=1):
            yield self._present(item, value, number if len(values) > 1 else 0)

    def _repeated(self, item: RecordItem) -> str:
        """The path of the outermost repeated element that holds the item, or is it; empty without one."""
        steps = [step for step in item.path.split("/") if not step.startswith("@")]
        paths = ("/".join(steps[:end]) for end in range(1, len(steps) + 1))
        return next((path for path in paths if len(self._elements.get(path, ())) > 1), "")

    def _nearest(self, path: str) -> str:
        """The XPath of the innermost element above an item that is there."""
        steps = path.split("/")[:-1]
        while steps:
            found = self._elements.get("/".join(steps))
            if found:
                return found[0]
            steps.pop()
        return self._root

    def _absent(self, item: RecordItem, within: str, number: int) -> Entry:
        return Entry(
            item.section, item.item, item.path, within, unit=item.unit, personal=item.personal, number=number
        )

    def _present(self, item: RecordItem, value: Value, number: int) -> Entry:
        return replace(
            self._absent(item, _parent(value.xpath), number),
            xpath=value.xpath,
            value=value.value,
            meaning=self._meaning(item, value.value),
            line=value.line,
            column=value.column,
        )

    def _meaning(self, item: RecordItem, code: str) -> str:
        """The name of a code on the day of the document, else the last name it had."""
        if not item.code_table or not code:
            return ""
        if item.key_path:
            keys = self._values.get(item.key_path, ())
            code = f"{keys[0].value}-{code}" if keys else ""
        table = self._tables[item.code_table]
        entry = table.on(code, self._day) or table.on(code, None)
        return entry.name if entry else ""


def _elements(root: str, xpath: str) -> Iterator[tuple[str, str]]:
    """Path and XPath of every element below the root on the way to a value, itself if it is one."""
    at = root
    names: list[str] = []
    for step in xpath.removeprefix(root).split("/")[1:]:
        if step.startswith("@"):
            return
        at = f"{at}/{step}"
        names.append(_POSITION.sub("", step))
        yield "/".join(names), at
