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

from lxml import etree

from checktool.checking import ordinary
from checktool.checking.ordinary import ATTRIBUTE, ELEMENT, Spelling, several
from checktool.definitions.contentmodel import ComplexType, ContentModel, Particle, SimpleType, leaves
from checktool.model.definition import FIRST_DAY, LAST_DAY, CodeTable, RecordItem

PREFIX = "\0"
"""Stands for the prefix of the form's namespace, and its colon, until the document is known."""

_S = "[ \t\n]"
_NAME = r"[\w.\-]+"
_PROLOG = rf"(?:<\?xml[^<>?]*+\?>)?{_S}*+(?:<!--[^<>\-]*+(?:-[^<>\-]++)*-->{_S}*+)*"
_FREE = rf'xmlns(?::{_NAME})?="[^"<]*+"|{_NAME}:(?:noNamespaceS|s)chemaLocation="[^"<]*+"'
_ATTRIBUTE = rf'{_S}++{_NAME}="[^"<]*+"'
_ATTRIBUTED = '(?<=[" \t\n])'
_HOLDING = '(?!(?<![" \t\n]>)</)'
_END = "</[^<]*+"
_SMALL = 200
_MOST = 5_000
_DEEPEST = 32
_LONG = 500


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


@dataclass(slots=True)
class Grammar:
    """The regular expression of one form: ``pattern`` with ``PREFIX``, and the values in their order.

    ``lists`` are the values allowed by enumerations that libxml2 does not see.
    """

    root: str
    model: ContentModel
    items: Mapping[str, RecordItem]
    tables: Mapping[str, CodeTable]
    wants: Callable[[str], bool]
    pattern: str = ""
    wanted: list[Wanted] = field(default_factory=list)
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
        attributes = self._attributes(known, "", name, _FREE)
        inner = self._part(known.content, "", (declaration,))
        self.pattern = f"{_PROLOG}<{name}{several(attributes, '?')}>[^<]*+{inner}{_END}"

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
            return _repeated(self._once(part, path, above), times)
        self._stretch, self._names = [], Counter()
        inner = _repeated(self._once(part, path, above), times)
        stretch, self._stretch = self._stretch, None
        if not stretch:
            return inner
        if any(self._names[name] > 1 and self.wants(one.path) for name, one in stretch):
            raise UnfitError
        group = f"s{len(self.wanted)}"
        self.wanted += [replace(one, group=group) for _, one in stretch]
        return f"(?P<{group}>{inner})"

    def _once(self, part: Particle, path: str, above: tuple[etree._Element, ...]) -> str:
        if part.kind == "element":
            return self._element(part, path, above)
        if part.kind == "sequence":
            return "".join(self._part(one, path, above) for one in part.parts)
        one_of = [self._part(replace(one, low=1), path, above) for one in part.parts]
        optional = any(not one.low for one in part.parts)
        times = "*" if part.kind == "all" else "?" if optional else ""
        return _repeated("|".join(filter(None, one_of)), times)

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
        if known.content is not None:
            if path in self.items:
                raise UnfitError
            inner = f">[^<]*+(?!</){self._part(known.content, path, (*above, part.node))}{_END}"
            return f"<{name}{_filled(attributes, inner, must, closed=True)}"
        simple = known.simple or SimpleType()
        among = f"<{name}(?:{_ATTRIBUTE})*+{_S}*+>([^<]++)<"
        inner = f">{self._value(simple, path, ELEMENT, name, among)}{_END}"
        return f"<{name}{_filled(attributes, inner, must, not simple.lifted)}"

    def _attributes(self, known: ComplexType, path: str, name: str, free: str = "") -> str:
        """The attributes of an element in any order, at least one."""
        found = [free] if free else []
        for attribute, (_, node) in known.attributes.items():
            if attribute.startswith("{"):
                continue
            own = f"{path}/@{attribute}" if path else f"@{attribute}"
            spelled = re.escape(attribute)
            among = f'<{name}(?:{_ATTRIBUTE})*?{_S}++{spelled}="([^"<]++)"'
            value = self._value(self.model.simple_of(node), own, ATTRIBUTE, name, among)
            found.append(f'{spelled}="{value}"')
        return several(f"{_S}++(?:{'|'.join(found)})", "+") + f"{_S}*+" if found else ""

    def _value(self, simple: SimpleType, path: str, spelling: Spelling, name: str, among: str) -> str:
        item, table = self.items.get(path), self.tables.get(path)
        if simple.lifted:
            self.lists[path] = frozenset(simple.choices)
        if table is not None and item is not None and not item.key_path and _is_small(table):
            own = re.compile(ordinary.of_item(item, spelling) + spelling.end)
            inner = ordinary.of_codes(code for code in table.entries if own.fullmatch(code + spelling.end))
            table = None
        else:
            inner = ordinary.of_item(item, spelling) if item else ordinary.of_any(spelling)
        if simple.lifted:
            inner = f"(?!{spelling.end}){inner}"
        if table is None and not simple.lifted and not self.wants(path):
            return inner
        if self._stretch is not None:
            self._stretch.append((name, Wanted(path, "", among, table is not None)))
            return inner
        group = f"v{len(self.wanted)}"
        self.wanted.append(Wanted(path, group, "", table is not None))
        return f"(?P<{group}>{inner})"


def _repeated(inner: str, times: str) -> str:
    if not inner or not times:
        return inner if "|" not in inner else f"(?:{inner})"
    return several(inner, times)


def _filled(attributes: str, inner: str, must: bool, closed: bool) -> str:
    """The rest of an element: attributes, then what it holds, or (``closed``) nothing at all.

    One that may be left out holds nothing only if it has attributes (X112). What is long, or has groups,
    stands once, behind a look back for attributes.
    """
    empty = "/>[^<]*+"
    bare = inner if must else f">(?!</){inner[1:]}"
    if not attributes:
        return f"(?:{bare}|{empty})" if closed and must else bare
    if "(?P<" in attributes + inner or len(inner) > _LONG:
        held = inner if must else f">{_HOLDING}{inner[1:]}"
        either = f"(?:{held}|{'' if must else _ATTRIBUTED}{empty})" if closed else held
        return f"{several(attributes, '?')}{either}"
    filled = f"(?:{inner}|{empty})" if closed else inner
    return f"(?:{attributes}{filled}|{f'(?:{bare}|{empty})' if closed and must else bare})"


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
