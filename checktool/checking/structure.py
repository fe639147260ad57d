"""XSD: libxml2 decides, the content model explains, item by item, in codes X107 to X112.

Messages of libxml2 differ between its versions, so only its error types are read, never its
sentences; the one thing taken from a sentence is which of the document's own names it means.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from lxml import etree

from checktool.checking.check import Hit, Outcome, Subject
from checktool.checking.content import Missing, Unexpected, allowed, reading
from checktool.checking.findings import Namer
from checktool.checking.validation import DATATYPE, IDENTITY, Validation
from checktool.checking.xsderrors import CONTENT, Error, InternalError, named_attribute
from checktool.definitions.contentmodel import ContentModel
from checktool.definitions.lifted import LiftedValues
from checktool.definitions.xsdfiles import SchemaFiles
from checktool.model.definition import Form
from checktool.model.finding import Layer, Param
from checktool.model.report import LayerStatus, Note
from checktool.reading.nodes import item_path, local, string_value

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_FACETS = {
    "LENGTH": ("length", "length"), "MINLENGTH": ("minLength", "min_length"),
    "MAXLENGTH": ("maxLength", "max_length"), "PATTERN": ("pattern", "pattern"),
    "MININCLUSIVE": ("minInclusive", "min"), "MAXINCLUSIVE": ("maxInclusive", "max"),
    "MINEXCLUSIVE": ("minExclusive", "min_exclusive"), "MAXEXCLUSIVE": ("maxExclusive", "max_exclusive"),
    "TOTALDIGITS": ("totalDigits", "digits"), "FRACTIONDIGITS": ("fractionDigits", "fraction"),
}  # fmt: skip
_FACET = re.compile(r"SCHEMAV_CVC_(" + "|".join(_FACETS) + ")_VALID")
_LOOSE_TEXT = {"SCHEMAV_CVC_COMPLEX_TYPE_2_1", "SCHEMAV_CVC_COMPLEX_TYPE_2_3"}
_NO_CHILDREN = {"SCHEMAV_CVC_COMPLEX_TYPE_2_1", "SCHEMAV_CVC_COMPLEX_TYPE_2_2", "SCHEMAV_CVC_TYPE_3_1_2"}
_TELLING = ("X111", "X110", "X109")


class Structure:
    """The structure layer of one form."""

    layer = Layer.STRUCTURE

    def __init__(self, form: Form, files: SchemaFiles | None) -> None:
        """Build the schema; without files the layer is ABSENT. Raises PackError P004, P008."""
        self._namer = Namer(form)
        self._absent = files is None
        if files is None:
            return
        self._files = files
        schema = files.build(whole=False)  # first of all: it finds the files of the set
        self._model = ContentModel(files)
        self._lifted = LiftedValues(files, self._model, form.root)
        self._validation = Validation(schema if self._lifted.exact else files.build(), self._model)

    def check(self, subject: Subject) -> Outcome:
        """Validate one document; the item paths found at fault go into ``subject.faulty``."""
        if self._absent:
            return Outcome(status=LayerStatus.ABSENT, note=Note("absent"))
        root = subject.document.root
        lifted = bool(self._lifted) and not _typed(root)
        try:
            validation = self._validation if lifted or not self._lifted else self._whole
            errors, cut = validation.errors(root)
        except (etree.XMLSchemaValidateError, InternalError):
            subject.taken = None
            return Outcome(status=LayerStatus.BROKEN, note=Note("schema_broken"))
        hits = list(self._explained(errors))
        if lifted:
            hits += [_choice_hit(node, name, ()) for _, node, name, _ in self._lifted.faults(subject.leaves)]
        for hit in hits:
            subject.faulty.add(hit.item_path or item_path(hit.node, hit.attribute))
        told = {hit.node for hit in hits}
        return Outcome(hits + [hit for hit in self._empties(subject) if hit.node not in told], cut=cut)

    @cached_property
    def _whole(self) -> Validation:
        """The judgement with every enumeration, for documents that choose types themselves (xsi:type)."""
        return Validation(self._files.build(), self._model)

    def _explained(self, errors: Iterable[Error]) -> Iterator[Hit]:
        values: dict[tuple[etree._Element, str], Hit] = {}
        parents: list[etree._Element] = []
        misplaced: set[tuple[str, etree._Element]] = set()
        for kind, node, sentence in errors:
            attribute = named_attribute(node, sentence)
            hit = self._value_hit(kind, node, attribute)
            if hit is not None:
                known = values.get((node, attribute))
                if known is None or _rank(hit) < _rank(known):
                    values[node, attribute] = hit
            elif kind == CONTENT:
                parents.append(node)
            elif (kind, node) not in misplaced:
                misplaced.add((kind, node))
                yield from self._misplaced(kind, node)
        yield from values.values()
        yield from self._contents(parents)

    def _contents(self, errors: list[etree._Element]) -> Iterator[Hit]:
        """Content errors explained: each stands at a child too much or at a parent that lacks one."""
        told: set[etree._Element] = set()
        for node in errors:
            holders = [holder for holder in (node, node.getparent()) if holder is not None]
            found = [hit for holder in holders if holder not in told for hit in self._content_hits(holder)]
            if not found and told.isdisjoint(holders):
                found = [self._strange(node)]
            told.update(holders)
            yield from found

    def _value_hit(self, kind: str, node: etree._Element, attribute: str) -> Hit | None:
        value = str(node.get(attribute, "")) if attribute else string_value(node)
        facet = _FACET.match(kind)
        if facet:
            name, word = _FACETS[facet.group(1)]
            limit = self._validation.simple(node, attribute).bounds.get(name, "")
            return Hit("X110", node, attribute,
                       (("rule", word), ("limit", limit), ("n", len(value))), value=value)  # fmt: skip
        if kind == "SCHEMAV_CVC_ENUMERATION_VALID":
            return _choice_hit(node, attribute, self._validation.simple(node, attribute).choices)
        if DATATYPE.match(kind):
            base = self._validation.simple(node, attribute).base
            return Hit("X109", node, attribute, (("type", base),), value=value)
        return None

    def _misplaced(self, kind: str, node: etree._Element) -> Iterator[Hit]:
        """Attributes that are missing or not allowed, and content where none may be."""
        declaration = self._model.of_document(node)
        known = self._model.type_of(declaration).attributes if declaration is not None else {}
        if kind == "SCHEMAV_CVC_COMPLEX_TYPE_4":
            for name, (required, _) in known.items():
                if required and node.get(name) is None:
                    yield self._missing(node, f"@{local(name)}")
            return
        strange = [name for name in map(str, node.attrib) if name not in known and not name.startswith(XSI)]
        if kind.startswith("SCHEMAV_CVC_COMPLEX_TYPE_3_2") or kind == "SCHEMAV_CVC_TYPE_3_1_1":
            for name in strange:
                yield self._strange(node, name)
        elif kind in _NO_CHILDREN and len(node):
            yield from map(self._strange, node.iterchildren(etree.Element))
        elif kind in _LOOSE_TEXT:
            yield Hit("X108", node, "", (("name", ""), ("expected", "")))
        elif kind.startswith(IDENTITY):
            yield Hit("X110", node, "", (("rule", "identity"), ("identity", local(str(node.tag)))))
        else:
            yield self._strange(node)

    def _content_hits(self, holder: etree._Element) -> Iterator[Hit]:
        declaration = self._model.of_document(holder)
        if declaration is None:
            return
        content = self._model.type_of(declaration).content
        read = reading(content, holder)
        path = item_path(holder)
        times = Counter(child.tag for child in holder.iterchildren(etree.Element))
        most = {name: allowed(content, str(name)) for name in times} if read and read.faults else {}
        for fault in read.faults if read else ():
            if isinstance(fault, Missing):
                yield self._missing(holder, local(fault.name))
            elif isinstance(fault, Unexpected):
                names = [self._namer.name(_joined(path, local(name))) for name in fault.expected]
                tag = fault.node.tag
                doubled = 0 < most[tag] < times[tag]
                more: list[Param] = [("n", times[tag]), ("max", most[tag])] if doubled else []
                yield self._strange(fault.node, "", "" if doubled else "、".join(names), more)

    def _strange(
        self, node: etree._Element, attribute: str = "", expected: str = "", more: Iterable[Param] = ()
    ) -> Hit:
        """X108 of an element or attribute, with its name in the XML where people know it by another."""
        name, path = local(attribute or str(node.tag)), item_path(node, attribute)
        known = self._namer.name(path) if path else ""
        params: list[Param] = [("name", name), ("expected", expected), *more]
        if attribute and known == f"@{name}":
            params.append(("attribute", name))
        elif known not in ("", name):
            params.append(("xml", name))
        return Hit("X108", node, attribute, tuple(params))

    def _missing(self, holder: etree._Element, name: str) -> Hit:
        return Hit("X107", holder, "", (("parent", ""),), _joined(item_path(holder), name))

    def _empties(self, subject: Subject) -> Iterator[Hit]:
        """X112: an element that may be left out stands there without a value, or is xsi:nil."""
        for path, node, attribute, value in subject.leaves:
            if value or attribute or node is subject.document.root:
                continue
            nil = node.get(f"{XSI}nil") in ("true", "1")
            bare = not node.attrib and path not in subject.faulty
            if nil or (bare and self._optional(node)):
                yield Hit("X112", node)

    def _optional(self, node: etree._Element) -> bool:
        declaration = self._model.of_document(node)
        return declaration is not None and declaration.get("minOccurs") == "0"


def _joined(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _typed(root: etree._Element) -> bool:
    return any(f"{XSI}type" in node.attrib for node in root.iter(etree.Element))


def _choice_hit(node: etree._Element, attribute: str, choices: Iterable[str]) -> Hit:
    value = str(node.get(attribute, "")) if attribute else string_value(node)
    return Hit("X111", node, attribute, (("choices", "、".join(choices)),), value=value)


def _rank(hit: Hit) -> int:
    pattern = ("rule", "pattern") in hit.params
    return _TELLING.index(hit.code) * 2 + pattern
