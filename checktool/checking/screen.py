"""The quick look at a document: most are spelled plainly and nothing in them can be the matter.

What the layers of structure, text and codes say item by item needs every value with its node. Whether
they could say anything at all follows from the characters of the document: one regular expression, made
once for the form, takes only documents whose every value is ordinary (``grammar``, ``ordinary``). What it
does not take is looked at closely; so a document that is passed over costs time, never a finding.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from checktool.checking import repertoire
from checktool.checking.grammar import PREFIX, Grammar, UnfitError
from checktool.checking.quick.needs import NOTHING, Needs, Slots, Taken
from checktool.checking.respelling import respelled
from checktool.checking.rows import Columns, RowReader
from checktool.checking.text import OFFICIAL, spoken_of
from checktool.checking.validcodes import ValidCodes
from checktool.definitions.contentmodel import ContentModel
from checktool.definitions.xsdfiles import SchemaFiles
from checktool.model.definition import CodeTable, Form, RecordItem
from checktool.reading.document import Document

Value = tuple[str, str]
"""An item path and a value that stands there."""

Groups = Sequence[str | None]
Coded = Mapping[str, tuple[RecordItem, CodeTable]]
_PLAIN_BYTES = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_LARGEST = 1_000_000
_PREFIXES = 8
_GROUP = re.compile(r"\(\?P<(\w+)>")
_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


@dataclass(frozen=True, slots=True, eq=False)
class _Taken:
    """A value by the number of its group, or those among the stretch of text that the group holds.

    ``column``: those in a column of the rows with that number. ``codes`` or ``listed`` say what it may be,
    ``key`` is the group of the value that goes before a code.
    """

    path: str
    group: int
    among: re.Pattern[str] | None
    codes: ValidCodes | None
    listed: frozenset[str] | None
    key: int | None
    column: int | None = None

    def is_single(self) -> bool:
        """Whether it stands once at most."""
        return self.among is None and self.column is None

    def values(self, groups: Groups, rows: Sequence[Columns]) -> Sequence[str]:
        """What a document has there."""
        if self.column is not None:
            return [value for value in rows[self.group][self.column] if value]
        text = groups[self.group]
        if text is None:
            return ()
        return [text] if self.among is None else self.among.findall(text)

    def is_known(self, groups: Groups, rows: Sequence[Columns], day: date) -> bool:
        """Whether every value may stand there on a day; empty ones are for others to judge."""
        values = [value for value in self.values(groups, rows) if value]
        if self.listed is not None and not self.listed.issuperset(values):
            return False
        if self.codes is None:
            return True
        if self.key is not None:
            before = groups[self.key]
            values = [f"{before}-{value}" for value in values] if before else []
        return self.codes.on(day).issuperset(values)


class Seen(NamedTuple):
    """What the quick look takes out of a document: values that are asked for, and what quick rules need."""

    values: list[Value]
    taken: Taken


@dataclass(frozen=True, slots=True, eq=False)
class _Reader:
    """The grammar of a form for documents that use one prefix."""

    pattern: re.Pattern[str]
    rows: tuple[tuple[int, RowReader], ...]
    single: tuple[tuple[str, int], ...]
    repeated: tuple[_Taken, ...]
    judged: tuple[_Taken, ...]
    official: tuple[int, ...]


class Screen:
    """The quick look at the documents of one form."""

    def __init__(
        self, form: Form, files: SchemaFiles | None, coded: Coded, wants: Callable[[str], bool],
        needs: Needs = NOTHING,
    ) -> None:  # fmt: skip
        """``coded`` are the items whose codes are checked, ``wants`` tells the paths whose values are asked,
        ``needs`` what quick rules have to know.

        A form without XSD or record definition, or whose documents no regular expression can describe,
        has no quick look.
        """
        self._items = {item.path: item for item in form.record or ()}
        self._coded = coded
        self._wants = wants
        self._needs = needs
        self._codes = {path: ValidCodes(table) for path, (_, table) in coded.items()}
        self._readers: dict[str, _Reader] = {}
        self._grammar = self._described(form, files) if files and form.record is not None else None

    def _described(self, form: Form, files: SchemaFiles) -> Grammar | None:
        keys = {item.key_path for item, _ in self._coded.values() if item.key_path}
        official = {path for path, item in self._items.items() if item.charset == OFFICIAL}
        tables = {path: table for path, (_, table) in self._coded.items()}
        try:
            grammar = Grammar(form.root, ContentModel(files), self._items, tables,
                              lambda path: path in keys or path in official or path in self._needs.values
                              or self._wants(path), self._needs)  # fmt: skip
        except UnfitError:
            return None
        single = [wanted.path for wanted in grammar.wanted if not wanted.among]
        return grammar if all(single.count(key) == 1 for key in keys) else None

    def slots(self) -> Slots | None:
        """Where what quick rules need will stand; None where the form has no quick look."""
        if self._grammar is None:
            return None
        order = {name: place for place, name in enumerate(_GROUP.findall(self._grammar.pattern))}
        single = {one.path: order[one.group] for one in self._grammar.wanted if not one.among}
        marks = {path: order[group] for path, group in self._grammar.marks.items()}
        return Slots(single, marks, {one.path: place for place, one in enumerate(self._grammar.rows)})

    def look(self, document: Document, day: date) -> Seen | None:
        """The values that are asked for, or None where a document has to be looked at closely."""
        data = document.data
        if self._grammar is None or document.mended or len(data) > _LARGEST:
            return None
        text = data.decode("utf-8")
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        reader = self._reader(document.root.prefix or "", self._grammar)
        match = reader.pattern.fullmatch(text)
        if match is None and (plain := respelled(text)) != text:
            match = reader.pattern.fullmatch(plain)
        if match is None or not _is_ordinary(data, match, reader):
            return None
        groups = match.groups()
        rows = [columns for group, row in reader.rows if (columns := row.columns(groups[group])) is not None]
        if len(rows) < len(reader.rows):
            return None
        if not all(taken.is_known(groups, rows, day) for taken in reader.judged):
            return None
        found = [(path, value) for path, group in reader.single if (value := groups[group]) is not None]
        found += [(taken.path, value) for taken in reader.repeated for value in taken.values(groups, rows)]
        if "&" in text:
            found = [(path, _unescaped(value)) for path, value in found]
            groups = tuple(group and _unescaped(group) for group in groups)
            rows = [[tuple(map(_unescaped, column)) for column in columns] for columns in rows]
        return Seen(found, Taken(groups, rows))

    def _reader(self, prefix: str, grammar: Grammar) -> _Reader:
        known = self._readers.get(prefix)
        if known is not None:
            return known
        if len(self._readers) >= _PREFIXES:
            self._readers.clear()
        spelled = re.escape(f"{prefix}:" if prefix else "")
        pattern = re.compile(grammar.pattern.replace(PREFIX, spelled))
        taken = (*self._taken(pattern, grammar, spelled), *self._in_rows(pattern, grammar))
        made = self._readers[prefix] = _Reader(
            pattern,
            tuple((pattern.groupindex[one.group] - 1, RowReader(one, spelled)) for one in grammar.rows),
            tuple((one.path, one.group) for one in taken if self._wants(one.path) and one.is_single()),
            tuple(one for one in taken if self._wants(one.path) and not one.is_single()),
            tuple(one for one in taken if one.codes or one.listed),
            tuple(one.group for one in taken if one.is_single() and self._is_official(one.path)),
        )
        return made

    def _taken(self, pattern: re.Pattern[str], grammar: Grammar, spelled: str) -> Iterator[_Taken]:
        single = {one.path: pattern.groupindex[one.group] - 1 for one in grammar.wanted if not one.among}
        for one in grammar.wanted:
            among = re.compile(one.among.replace(PREFIX, spelled)) if one.among else None
            key_path = self._coded[one.path][0].key_path if one.coded else ""
            key = single[key_path] if key_path else None
            codes = self._codes[one.path] if one.coded else None
            group = pattern.groupindex[one.group] - 1
            yield _Taken(one.path, group, among, codes, grammar.lists.get(one.path), key)

    def _in_rows(self, pattern: re.Pattern[str], grammar: Grammar) -> Iterator[_Taken]:
        for place, rows in enumerate(grammar.rows):
            for number, one in enumerate(rows.columns):
                key_path = self._coded[one.path][0].key_path if one.coded else ""
                groups = [pattern.groupindex[own.group] - 1 for own in grammar.wanted if own.path == key_path]
                codes = self._codes[one.path] if one.coded else None
                listed = grammar.lists.get(one.path)
                yield _Taken(one.path, place, None, codes, listed, groups[0] if groups else None, number)

    def _is_official(self, path: str) -> bool:
        return path in self._items and self._items[path].charset == OFFICIAL


@cache
def _strange() -> re.Pattern[str]:
    """A character that is not ordinary."""
    return re.compile(f"[^\t\n{re.escape(''.join(sorted(repertoire.ordinary())))}]")


def _is_ordinary(data: bytes, match: re.Match[str], reader: _Reader) -> bool:
    """Whether all characters are ordinary; in official names rare ones are, too."""
    strange = _strange().findall(data.translate(None, _PLAIN_BYTES).decode("utf-8"))
    if not strange:
        return True
    if not reader.official or any(map(spoken_of, strange)):
        return False
    rest, end = [], 0
    for start, stop in sorted(match.span(group + 1) for group in reader.official):
        if start >= 0:
            rest.append(match.string[end:start])
            end = stop
    return _strange().search("".join([*rest, match.string[end:]])) is None


def _unescaped(value: str) -> str:
    if "&" in value:
        for written, meant in _ESCAPED:
            value = value.replace(written, meant)
    return value
