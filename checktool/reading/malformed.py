"""In which way a text is no XML: the kinds that people can tell apart, by the error types of expat."""

import re
from xml.parsers import expat
from xml.parsers.expat import errors

_KINDS = {
    errors.XML_ERROR_NO_ELEMENTS: "end", errors.XML_ERROR_UNCLOSED_TOKEN: "end",
    errors.XML_ERROR_UNCLOSED_CDATA_SECTION: "end", errors.XML_ERROR_PARTIAL_CHAR: "end",
    errors.XML_ERROR_TAG_MISMATCH: "tags", errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "attribute",
    errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "more", errors.XML_ERROR_UNDEFINED_ENTITY: "entity",
    errors.XML_ERROR_UNBOUND_PREFIX: "prefix",
}  # fmt: skip
_CODES = {errors.codes[said]: kind for said, kind in _KINDS.items()}
_INVALID = errors.codes[errors.XML_ERROR_INVALID_TOKEN]
_REFERENCE = re.compile(rb"&[^;&<>\s]*$")
_LONGEST = 80


def kind_of(fault: expat.ExpatError) -> str:
    """The kind of a fault by its type alone; empty where that does not tell."""
    return _CODES.get(fault.code, "")


def kind_in(fault: expat.ExpatError, data: bytes, at: int, opened: bool, open_now: bool) -> str:
    """The kind of a fault at a byte of a text, in which a root was opened, and may still be open."""
    if not data.lstrip().startswith(b"<"):
        return "none"
    if opened and not open_now:
        return "more"
    if fault.code == _INVALID:
        before = data[max(0, at - _LONGEST) : at]
        if data[at : at + 1] == b"&" or _REFERENCE.search(before):
            return "entity"
        return "less" if data[at : at + 1] == b"<" or before.endswith(b"<") else ""
    return kind_of(fault)
