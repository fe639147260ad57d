"""What libxml2 finds at fault in a document, behind the first child that does not fit, too.

It stops judging the children of an element at the first that is missing or out of place. So that people can
repair everything in one round, a copy of the document is mended there and judged again: children too many
are left out, missing ones put in, those at another place moved. In the copy, dates also go without the
white space around them, which libxml2 rejects though XML Schema 1.0 part 2 (section 4.3.6) collapses it.
"""

import copy
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from checktool.checking.content import reading
from checktool.checking.xsderrors import CONTENT, MOST, Error, located, named_attribute
from checktool.definitions.contentmodel import ContentModel, SimpleType

DATATYPE = re.compile(r"SCHEMAV_CVC_DATATYPE_VALID_1_2_\d")
_DATES = {"date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"}
IDENTITY = "SCHEMAV_CVC_IDC"
_ROUNDS = 8

Value = tuple[etree._Element, str]
"""An element and the name of its attribute, empty for its text."""


class Validation:
    """The judgement of one schema, with what its content models say to it."""

    def __init__(self, schema: etree.XMLSchema, model: ContentModel) -> None:
        self._schema = schema
        self._model = model

    def errors(self, root: etree._Element) -> tuple[list[Error], int]:
        """The errors of a document, each once, and how many more were only counted.

        Raises InternalError, etree.XMLSchemaValidateError where libxml2 gives up.
        """
        if self._schema.validate(root):
            return [], 0
        cut = max(0, len(self._schema.error_log) - MOST)  # type: ignore[arg-type]
        current, found = located(self._schema, root), dict[Error, None]()
        twin, mended, trimmed = None, set[etree._Element](), set[Value]()
        for _ in range(_ROUNDS):
            padded = set(self._padded_dates(current)) - trimmed
            found |= dict.fromkeys(error for error in current if _value_of(error) not in padded)
            broken = [] if cut else [node for node in _holders(current) if node not in mended]
            if not padded and not broken:
                break
            twin = twin or _Twin(root)
            twin.trim(padded)
            for node in broken:
                self._mend(twin, node)
            mended.update(broken)
            trimmed |= padded
            current = [error for error in twin.judged(self._schema) if not error[0].startswith(IDENTITY)]
        return _in_order(found, root) if twin else list(found), cut

    def _mend(self, twin: "_Twin", node: etree._Element) -> None:
        declaration = self._model.of_document(node)
        read = None if declaration is None else reading(self._model.type_of(declaration).content, node)
        if read is not None and read.faults:
            twin.arrange(node, read.mended)

    def _padded_dates(self, errors: Iterable[Error]) -> Iterator[Value]:
        for error in errors:
            node, name = _value_of(error)
            if DATATYPE.match(error[0]) and _is_padded(node, name) and self.simple(node, name).base in _DATES:
                yield node, name

    def simple(self, node: etree._Element, attribute: str) -> SimpleType:
        """The simple type of an element's text or of an attribute."""
        declaration = self._model.of_document(node)
        if declaration is None:
            return SimpleType()
        found = self._model.type_of(declaration)
        if attribute:
            known = found.attributes.get(attribute)
            return self._model.simple_of(known[1]) if known else SimpleType()
        return found.simple or SimpleType()


class _Twin:
    """A copy of a document that may be mended; what is said of it is said of the original."""

    def __init__(self, root: etree._Element) -> None:
        self.root = copy.deepcopy(root)
        self._twins = dict(zip(root.iter(), self.root.iter(), strict=True))
        self._originals = {twin: node for node, twin in self._twins.items()}

    def trim(self, dates: Iterable[Value]) -> None:
        """Take the white space around dates off."""
        for node, name in dates:
            twin = self._twins[node]
            if name:
                twin.set(name, str(twin.get(name)).strip())
            else:
                twin.text = (twin.text or "").strip()

    def arrange(self, node: etree._Element, children: Iterable[etree._Element | str]) -> None:
        """Let an element have these children alone, in this order; a name is a child made up."""
        twin = self._twins[node]
        for child in list(twin.iterchildren(etree.Element)):
            twin.remove(child)
        for part in children:
            twin.append(etree.Element(part) if isinstance(part, str) else self._twins[part])

    def judged(self, schema: etree.XMLSchema) -> list[Error]:
        """The errors of the copy at nodes that the document has."""
        if schema.validate(self.root):
            return []
        found = located(schema, self.root)
        return [(kind, self._originals[node], said) for kind, node, said in found if node in self._originals]


def _holders(errors: Iterable[Error]) -> Iterator[etree._Element]:
    """The elements whose content may be at fault: libxml2 names the child too much, or the parent."""
    for kind, node, _ in errors:
        if kind == CONTENT:
            parent = node.getparent()
            yield from (node,) if parent is None else (parent, node)


def _in_order(errors: Iterable[Error], root: etree._Element) -> list[Error]:
    places = {node: place for place, node in enumerate(root.iter())}
    return sorted(errors, key=lambda error: places[error[1]])


def _value_of(error: Error) -> Value:
    _, node, sentence = error
    return node, named_attribute(node, sentence)


def _is_padded(node: etree._Element, attribute: str) -> bool:
    value = str(node.get(attribute)) if attribute else node.text or ""
    return value != value.strip()
