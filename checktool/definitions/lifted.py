"""Long enumerations of an XSD as sets: where in a document they apply, and what they allow."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from lxml import etree

from checktool.definitions.contentmodel import ContentModel, SimpleType, leaves
from checktool.definitions.xsdfiles import SchemaFiles, is_long
from checktool.definitions.xsdlinks import XS

_DEEPEST = 64
_MOST = 50_000
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_WILD = (f"{XS}any", f"{XS}anyAttribute")
_BLANK = re.compile("[\t\r\n]")
_BLANKS = re.compile("[ \t\r\n]+")
_SPACES = {"string": "preserve", "normalizedString": "replace"}
_NUMBERS = {
    "decimal", "integer", "long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort",
    "unsignedByte", "positiveInteger", "negativeInteger", "nonPositiveInteger", "nonNegativeInteger",
}  # fmt: skip
_TEXTS = {"string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "anyURI"}
_KNOWN = _NUMBERS | _TEXTS

Canonical = Callable[[str], str]
_Allowed = tuple[Canonical, frozenset[str], bool]
Value = tuple[str, etree._Element, str, str]


class LiftedValues:
    """The lifted enumerations of one form by item path; ``exact`` unless libxml2 has to see them itself.

    It has to where an item path does not tell the type of a value: wildcards, substitution, recursion, one
    path with two types, and where a value is not simply one of the list: unions, lists, types whose
    equality is more than that of texts and numbers.
    """

    def __init__(self, files: SchemaFiles, model: ContentModel, root: str) -> None:
        """Find every item below the root whose type has a lifted enumeration."""
        self._allowed: dict[str, _Allowed] = {}
        self._types: dict[str, tuple[str, ...]] = {}
        nodes = [node for part in files.roots.values() for node in part.iter(etree.Element)]
        lifted = [node for node in nodes if node.tag == f"{XS}restriction" and is_long(node)]
        self.exact = not lifted or not _is_open(nodes, lifted)
        declaration = model.declaration(root) if lifted and self.exact else None
        if declaration is not None:
            self._walk(model, declaration, "", ())
        if not self.exact:
            self._allowed = {}

    def __bool__(self) -> bool:
        return bool(self._allowed)

    def _walk(
        self, model: ContentModel, declaration: etree._Element, path: str, above: tuple[etree._Element, ...]
    ) -> None:
        if declaration in above or len(above) > _DEEPEST or len(self._types) > _MOST:
            self.exact = False
        if not self.exact:
            return
        found = model.type_of(declaration)
        if found.simple is not None:
            self._note(path, found.simple, declaration)
        for name, (_, attribute) in found.attributes.items():
            step = f"@{name.rpartition('}')[2]}"
            self._note(f"{path}/{step}" if path else step, model.simple_of(attribute), attribute)
        for leaf in leaves(found.content):
            if leaf.node is not None:
                step = leaf.name.rpartition("}")[2]
                declared = model.declared(leaf)
                self._walk(model, declared, f"{path}/{step}" if path else step, (*above, declaration))

    def _note(self, path: str, simple: SimpleType, node: etree._Element) -> None:
        choices = simple.choices if simple.lifted else ()
        if self._types.setdefault(path, choices) != choices or (choices and simple.base not in _KNOWN):
            self.exact = False
        elif choices:
            canonical = _canonical(simple)
            bare = node.get("default") is not None or node.get("fixed") is not None
            self._allowed[path] = canonical, frozenset(map(canonical, choices)), bare

    def faults(self, values: Iterable[Value]) -> Iterator[Value]:
        """Of (item path, element, attribute, value) those whose enumeration lacks the value."""
        if self._allowed:
            for leaf in values:
                known = self._allowed.get(leaf[0])
                if (
                    known is not None
                    and known[0](leaf[3]) not in known[1]
                    and not _is_left_out(leaf, known[2])
                ):
                    yield leaf


def _is_left_out(leaf: Value, bare: bool) -> bool:
    """Whether an element holds nothing because it is nil or its declaration has a value for it."""
    return not leaf[2] and not leaf[3] and (bare or leaf[1].get(_NIL, "").strip() in ("true", "1"))


def _is_open(nodes: Iterable[etree._Element], lifted: Iterable[etree._Element]) -> bool:
    """Whether values of a lifted enumeration may stand elsewhere than item paths say."""
    parted: set[str] = set()
    bases: dict[str, str] = {}
    for node in nodes:
        loose = node.tag in _WILD and node.get("processContents") != "skip"
        if loose or node.get("substitutionGroup") is not None or node.tag == f"{XS}redefine":
            return True
        parted.update(map(_local, f"{node.get('memberTypes', '')} {node.get('itemType', '')}".split()))
        if node.tag == f"{XS}restriction":
            base, holder = _local(str(node.get("base"))), node.getparent()
            if _is_inside(node):
                parted.add(base)
            elif holder is not None and holder.get("name"):
                bases[str(holder.get("name"))] = base
    while more := {bases[name] for name in parted & bases.keys()} - parted:
        parted |= more
    return any(_is_parted(node, parted) for node in lifted)


def _is_inside(node: etree._Element) -> bool:
    """Whether a restriction is part of a union or list."""
    return next(node.iterancestors(f"{XS}union", f"{XS}list"), None) is not None


def _is_parted(restriction: etree._Element, parted: set[str]) -> bool:
    holder = restriction.getparent()
    if holder is None or holder.tag != f"{XS}simpleType" or holder.get("name") in parted:
        return True
    return _is_inside(restriction)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


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
