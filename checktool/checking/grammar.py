"""The plain spelling of a form's documents as one regular expression, with the values that are wanted.

It is made of the content model of the XSD, the record definition and the code tables. What it takes is
a document spelled without comments inside, CDATA, character references, apostrophes for quotation marks
or declarations of namespaces below the root, every value of which is ordinary and every optional element
of which holds something. Values that a small code table lists stand in it themselves.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml import etree

from checktool.checking import elements, ordinary
from checktool.checking.elements import BLANK, END, FREE, PROLOG, filled, repeated
from checktool.checking.ordinary import ATTRIBUTE, ELEMENT, Spelling, several
from checktool.checking.quick.needs import NOTHING, Needs
from checktool.definitions.contentmodel import ComplexType, ContentModel, Particle, SimpleType, leaves
from checktool.model.definition import FIRST_DAY, LAST_DAY, CodeTable, RecordItem

PREFIX = "\0"
"""Stands for the prefix of the form's namespace, and its colon, until the document is known."""

_SMALL = 200
_MOST = 5_000
_DEEPEST = 32


class UnfitError(Exception):
    """A form whose documents cannot be described so."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value to take out of a document: its item path, and the group that holds it.

    Where the item may repeat, the group holds a stretch of the document, and ``among`` is the pattern
    of the values in it. ``coded``: the pattern does not say which codes there are.
    """

    path: str
    group: str
    among: str
    coded: bool


class Column(NamedTuple):
    """A value of a repeated element: its item path, its attribute or "", and the ordinary values of it."""

    path: str
    name: str
    value: str
    spelling: Spelling
    coded: bool


class Rows(NamedTuple):
    """A repeated element without elements in it: the group of the stretch that holds them all.

    ``columns`` are its attributes in the order of their declaration, and its text; ``must``: nothing is
    said of an empty one.
    """

    path: str
    group: str
    name: str
    columns: tuple[Column, ...]
    must: bool


@dataclass(slots=True)
class Grammar:
    """The regular expression of one form: ``pattern`` with ``PREFIX``, and the values in their order.

    ``marks`` are the groups that match, with nothing in them, where an element stands; ``lists`` are the
    values allowed by enumerations that libxml2 does not see.
    """

    root: str
    model: ContentModel
    items: Mapping[str, RecordItem]
    tables: Mapping[str, CodeTable]
    wants: Callable[[str], bool]
    needs: Needs = NOTHING
    pattern: str = ""
    wanted: list[Wanted] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    rows: list[Rows] = field(default_factory=list)
    lists: dict[str, frozenset[str]] = field(default_factory=dict)
    _stretch: list[tuple[str, Wanted]] | None = None
    _names: Counter[str] = field(default_factory=Counter)
    _elements: int = 0

    def __post_init__(self) -> None:
        """Make it. Raises UnfitError."""
        declaration = self.model.declaration(self.root)
        known = self.model.type_of(declaration) if declaration is not None else ComplexType()
        if declaration is None or known.content is None or self._name(self.root) is None:
            raise UnfitError
        name = str(self._name(self.root))
        attributes = self._attributes(known, "", name, FREE)
        inner = self._part(known.content, "", (declaration,))
        self.pattern = f"{PROLOG}<{name}{several(attributes, '?')}>[^<]*+{inner}{END}"

    def _name(self, clark: str) -> str | None:
        """A name as it is spelled; None for one of another namespace."""
        namespace, _, name = clark.rpartition("}")
        if not namespace:
            return re.escape(name)
        return PREFIX + re.escape(name) if namespace == self.root.rpartition("}")[0] else None

    def _part(self, part: Particle, path: str, above: tuple[etree._Element, ...]) -> str:
        """A part of a content model, as often as it may stand."""
        times = "*" if part.high > 1 else "" if part.low else "?"
        if part.high == 1 or self._stretch is not None:
            return repeated(self._once(part, path, above), times)
        if part.node is not None and self.model.type_of(part.node).content is None:
            return self._rows(part, path, above, part.node)
        self._stretch, self._names = [], Counter()
        inner = repeated(self._once(part, path, above), times)
        stretch, self._stretch = self._stretch, None
        if not stretch:
            return inner
        if any(self._names[name] > 1 and self.wants(one.path) for name, one in stretch):
            raise UnfitError
        group = f"s{len(self.wanted)}"
        self.wanted += [replace(one, group=group) for _, one in stretch]
        return f"(?P<{group}>{inner})"

    def _rows(
        self, part: Particle, path: str, above: tuple[etree._Element, ...], node: etree._Element
    ) -> str:
        """A stretch of a repeated element; what stands in it is looked at column by column."""
        name = self._name(part.name)
        if name is None:
            return ""
        local = part.name.rpartition("}")[2]
        path = f"{path}/{local}" if path else local
        known = self.model.type_of(node)
        names = [attribute for attribute in known.attributes if not attribute.startswith("{")]
        types = [self.model.simple_of(known.attributes[one][1]) for one in names]
        columns = [self._column(simple, f"{path}/@{one}", one, ATTRIBUTE)
                   for one, simple in zip(names, types, strict=True)]  # fmt: skip
        columns.append(self._column(known.simple or SimpleType(), path, "", ELEMENT))
        group = f"r{len(self.rows)}"
        self.rows.append(Rows(path, group, name, tuple(columns), _must_stand(part, above[-1], self.model)))
        return f"(?P<{group}>{elements.rows(name)})"

    def _column(self, simple: SimpleType, path: str, name: str, spelling: Spelling) -> Column:
        value, coded = self._inner(simple, path, spelling)
        return Column(path, name, value, spelling, coded)

    def _once(self, part: Particle, path: str, above: tuple[etree._Element, ...]) -> str:
        if part.kind == "element":
            return self._element(part, path, above)
        if part.kind == "sequence":
            return "".join(self._part(one, path, above) for one in part.parts)
        one_of = [self._part(replace(one, low=1), path, above) for one in part.parts]
        optional = any(not one.low for one in part.parts)
        times = "*" if part.kind == "all" else "?" if optional else ""
        return repeated("|".join(filter(None, one_of)), times)

    def _element(self, part: Particle, path: str, above: tuple[etree._Element, ...]) -> str:
        name = self._name(part.name)
        if name is None or part.node is None or part.node in above:
            return ""
        self._elements += 1
        self._names[name] += 1
        if self._elements > _MOST or len(above) > _DEEPEST:
            raise UnfitError
        local = part.name.rpartition("}")[2]
        path = f"{path}/{local}" if path else local
        known = self.model.type_of(part.node)
        attributes = self._attributes(known, path, name)
        must = _must_stand(part, above[-1], self.model)
        head = f"<{name}{self._mark(path)}"
        if known.content is not None:
            if path in self.items:
                raise UnfitError
            inner = f">[^<]*+(?!</){self._part(known.content, path, (*above, part.node))}{END}"
            return f"{head}{filled(attributes, inner, must, closed=True)}"
        simple = known.simple or SimpleType()
        among = f"<{name}(?:{elements.ATTRIBUTE})*+{BLANK}*+>([^<]++)<"
        inner = f">{self._value(simple, path, ELEMENT, name, among)}{END}"
        return f"{head}{filled(attributes, inner, must, not simple.lifted)}"

    def _mark(self, path: str) -> str:
        if path not in self.needs.marks or self._stretch is not None:
            return ""
        self.marks[path] = f"e{len(self.marks)}"
        return f"(?P<{self.marks[path]}>)"

    def _attributes(self, known: ComplexType, path: str, name: str, free: str = "") -> str:
        """The attributes of an element in any order, at least one."""
        found = [free] if free else []
        for attribute, (_, node) in known.attributes.items():
            if attribute.startswith("{"):
                continue
            own = f"{path}/@{attribute}" if path else f"@{attribute}"
            spelled = re.escape(attribute)
            among = f'<{name}(?:{elements.ATTRIBUTE})*?{BLANK}++{spelled}="([^"<]++)"'
            value = self._value(self.model.simple_of(node), own, ATTRIBUTE, name, among)
            found.append(f'{spelled}="{value}"')
        return several(f"{BLANK}++(?:{'|'.join(found)})", "+") + f"{BLANK}*+" if found else ""

    def _inner(self, simple: SimpleType, path: str, spelling: Spelling) -> tuple[str, bool]:
        """The ordinary values of an item as a pattern, and whether it leaves open which codes there are."""
        item, table = self.items.get(path), self.tables.get(path)
        if simple.lifted:
            self.lists[path] = frozenset(simple.choices)
        if table is not None and item is not None and not item.key_path and _is_small(table):
            own = re.compile(ordinary.of_item(item, spelling) + spelling.end)
            inner = ordinary.of_codes(code for code in table.entries if own.fullmatch(code + spelling.end))
            table = None
        else:
            inner = ordinary.of_item(item, spelling) if item else ordinary.of_any(spelling)
        return f"(?!{spelling.end}){inner}" if simple.lifted else inner, table is not None

    def _value(self, simple: SimpleType, path: str, spelling: Spelling, name: str, among: str) -> str:
        inner, coded = self._inner(simple, path, spelling)
        if not coded and not simple.lifted and not self.wants(path):
            return inner
        if self._stretch is not None:
            self._stretch.append((name, Wanted(path, "", among, coded)))
            return inner
        group = f"v{len(self.wanted)}"
        self.wanted.append(Wanted(path, group, "", coded))
        return f"(?P<{group}>{inner})"


def _must_stand(part: Particle, holder: etree._Element, model: ContentModel) -> bool:
    """Whether an element must be there, so that nothing is said of an empty one."""
    alike = [leaf for leaf in leaves(model.type_of(holder).content) if leaf.name == part.name]
    return all(leaf.node is not None and leaf.node.get("minOccurs") != "0" for leaf in alike)


def _is_small(table: CodeTable) -> bool:
    """Whether a table is so small that its codes may stand in a pattern; they apply on every day then."""
    always = (FIRST_DAY, LAST_DAY)
    return len(table.entries) <= _SMALL and all(
        any((row.valid_from, row.valid_to) == always for row in rows) for rows in table.entries.values()
    )
