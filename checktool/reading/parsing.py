"""The hardened parser, and the diagnosis of what it refuses.

No entity is expanded, no DTD loaded, nothing fetched; libxml2 bounds depth and sizes. What it cannot
read is read again by expat, whose positions are exact, to name the fault.
"""

import re
from functools import cache
from xml.parsers import expat

from lxml import etree

from checktool.model.definition import Limits
from checktool.reading.faults import ReadFault
from checktool.reading.malformed import kind_in

PLACEHOLDERS = re.compile("[\ufdd0-\ufdef\U0002fffe\U0002ffff\U0003fffe\U0004fffe]")
_PADDING = "\U0004fffe"
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}));")
_DEEPEST = 256
_SHALLOW = 16
_LONGEST_NAME = 50_000  # of libxml2, in bytes


def parse(data: bytes, limits: Limits) -> etree._Element:
    """The root of a document given in UTF-8. Raises ReadFault F007, F009, X101."""
    if b"!" in data and b"<!DOCTYPE" in data:
        _refuse_doctype(data.decode("utf-8", "replace"))
    if len(data) > limits.elements and data.count(b"<") - data.count(b"</") > limits.elements:
        raise ReadFault("F009", limit="elements")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise diagnosed(data, limits, fault.position) from None
    _refuse_excess(root, data, limits)
    return root


def _refuse_doctype(text: str) -> None:
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    if text.startswith("<!DOCTYPE", start):
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        raise ReadFault("F007", line=line, column=column)


def _refuse_excess(root: etree._Element, data: bytes, limits: Limits) -> None:
    if (
        len(data) > limits.attributes
        and data.count(b"=") > limits.attributes
        and any(len(node.attrib) > limits.attributes for node in root.iter(etree.Element))
    ):
        raise ReadFault("F009", limit="attributes")
    if len(data) > limits.text_bytes and any(
        len(str(text).encode("utf-8")) > limits.text_bytes for text in root.itertext()
    ):
        raise ReadFault("F009", limit="text")
    if (
        limits.depth < _DEEPEST
        and _is_deeper(min(limits.depth, _SHALLOW))(root)
        and root.xpath(f"//*[count(ancestor-or-self::*) > {limits.depth}]")
    ):
        raise ReadFault("F009", limit="depth")


@cache
def _is_deeper(most: int) -> etree.XPath:
    """Whether a document is deeper than so many elements: quickly said of most by a small number."""
    return etree.XPath(f"boolean({'/*' * (most + 1)})")


class _Diagnosis:
    """One expat pass that stops at the first limit passed."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.depth = 0
        self.opened = False
        self.text = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.CommentHandler = self.remark
        self.parser.ProcessingInstructionHandler = self.instruction

    def doctype(self, *_: object) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        raise ReadFault("F007", line=line, column=column)

    def names(self, *names: str) -> None:
        if max(len(name.encode("utf-8")) for name in names) > _LONGEST_NAME:
            raise ReadFault("F009", limit="name")

    def remark(self, text: str) -> None:
        if len(text.encode("utf-8")) > self.limits.text_bytes:
            raise ReadFault("F009", limit="text")

    def instruction(self, target: str, text: str) -> None:
        self.names(target)
        self.remark(text)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.opened = True
        self.text = 0
        self.names(name, *attributes)
        if self.depth > min(self.limits.depth, _DEEPEST):
            raise ReadFault("F009", limit="depth")
        if len(attributes) > self.limits.attributes or any(
            len(value.encode("utf-8")) > self.limits.text_bytes for value in attributes.values()
        ):
            raise ReadFault("F009", limit="attributes")

    def end(self, _: str) -> None:
        self.depth -= 1
        self.text = 0

    def characters(self, text: str) -> None:
        self.text += len(text.encode("utf-8"))
        if self.text > self.limits.text_bytes:
            raise ReadFault("F009", limit="text")


def diagnosed(data: bytes, limits: Limits, position: tuple[int, int]) -> ReadFault:
    """Why a document cannot be parsed; ``position`` is where libxml2 gave up (line, column)."""
    passing = _Diagnosis(limits)
    try:
        passing.parser.Parse(data, True)
    except ReadFault as fault:
        return fault
    except expat.ExpatError as fault:
        at, depth = passing.parser.ErrorByteIndex, passing.depth
        cause = kind_in(fault, data, at, passing.opened, depth > 0)
        return ReadFault("X101", line=fault.lineno, column=fault.offset + 1, cause=cause)
    except UnicodeDecodeError:
        return ReadFault("X101", line=position[0], column=1, cause="")
    return ReadFault("X101", line=position[0], column=max(position[1], 1), cause="")


def mended(text: str) -> str:
    """The text with each character that XML forbids replaced by a placeholder of its own.

    Placeholders are noncharacters that XML allows, so that the document can be read and the text
    layer can say where a forbidden character stands, and which. Positions stay what they were.
    """
    text = _ILLEGAL.sub(lambda found: _placeholder(ord(found.group())), text)
    return _REFERENCE.sub(_mended_reference, text)


def original(char: str) -> str:
    """The forbidden character for which a placeholder stands (U+D800 for any surrogate).

    A reference such as ``&#x1;`` is replaced by its placeholder and padding, which stands for nothing.
    """
    number = ord(char)
    if char == _PADDING:
        return ""
    if 0xFDD0 <= number <= 0xFDEF:
        return chr(number - 0xFDD0)
    return {0x2FFFE: "\ufffe", 0x2FFFF: "\uffff", 0x3FFFE: "\ud800"}.get(number, char)


def _placeholder(number: int) -> str:
    if number < 0x20:
        return chr(0xFDD0 + number)
    return {0xFFFE: "\U0002fffe", 0xFFFF: "\U0002ffff"}.get(number, "\U0003fffe")


def _mended_reference(found: re.Match[str]) -> str:
    number = int(found.group(1), 16) if found.group(1) else int(found.group(2))
    if number > 0x10FFFF or not _ILLEGAL.match(chr(number)):
        return found.group()
    return _placeholder(number).ljust(len(found.group()), _PADDING)
