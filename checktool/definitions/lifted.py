"""Long enumerations of an XSD as sets: where in a document they apply, and what they allow."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from lxml import etree

from checktool.definitions.contentmodel import ContentModel, SimpleType, leaves
from checktool.definitions.xsdfiles import XS, SchemaFiles, is_long

_DEEPEST = 64
_BLANK = re.compile("[\t\r\n]")
_BLANKS = re.compile("[ \t\r\n]+")
_SPACES = {"string": "preserve", "normalizedString": "replace"}
_NUMBERS = {
    "decimal", "integer", "long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort",
    "unsignedByte", "positiveInteger", "negativeInteger", "nonPositiveInteger", "nonNegativeInteger",
}  # fmt: skip

Canonical = Callable[[str], str]
Value = tuple[str, etree._Element, str, str]


class LiftedValues:
    """The lifted enumerations of one form by item path."""

    def __init__(self, files: SchemaFiles, model: ContentModel, root: str) -> None:
        """Find every item below the root whose type has a lifted enumeration."""
        self._allowed: dict[str, tuple[Canonical, frozenset[str]]] = {}
        lifted = any(is_long(node) for part in files.roots.values() for node in part.iter(f"{XS}restriction"))
        declaration = model.declaration(root) if lifted else None
        if declaration is not None:
            self._walk(model, declaration, "", ())

    def _walk(
        self, model: ContentModel, declaration: etree._Element, path: str, above: tuple[etree._Element, ...]
    ) -> None:
        if declaration in above or len(above) > _DEEPEST:
            return
        found = model.type_of(declaration)
        if found.simple is not None:
            self._note(path, found.simple)
        for name, (_, attribute) in found.attributes.items():
            step = f"@{name.rpartition('}')[2]}"
            self._note(f"{path}/{step}" if path else step, model.simple_of(attribute))
        for leaf in leaves(found.content):
            if leaf.node is not None:
                step = leaf.name.rpartition("}")[2]
                self._walk(model, leaf.node, f"{path}/{step}" if path else step, (*above, declaration))

    def _note(self, path: str, simple: SimpleType) -> None:
        if simple.lifted:
            canonical = _canonical(simple)
            self._allowed[path] = canonical, frozenset(map(canonical, simple.choices))

    def faults(self, values: Iterable[Value]) -> Iterator[Value]:
        """Of (item path, element, attribute, value) those whose enumeration lacks the value."""
        if self._allowed:
            for leaf in values:
                known = self._allowed.get(leaf[0])
                if known is not None and known[0](leaf[3]) not in known[1]:
                    yield leaf


def _canonical(simple: SimpleType) -> Canonical:
    """A function from a value to what is the same for equal values of a type."""
    if simple.base in _NUMBERS:
        return _number
    space = simple.bounds.get("whiteSpace", _SPACES.get(simple.base, "collapse"))
    known: dict[str, Canonical] = {"preserve": str, "replace": _replaced, "collapse": _collapsed}
    return known[space]


def _replaced(value: str) -> str:
    return _BLANK.sub(" ", value)


def _collapsed(value: str) -> str:
    return _BLANKS.sub(" ", value).strip(" ")


def _number(value: str) -> str:
    try:
        return str(Decimal(value.strip(" \t\r\n")).normalize())
    except ArithmeticError:
        return value
