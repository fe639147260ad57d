"""What libxml2 says of a document that does not fit its schema: error types, and the nodes they mean."""

import re
from itertools import islice

from lxml import etree

from checktool.reading.nodes import local

Error = tuple[str, etree._Element, str]
MOST = 1000
CONTENT = "SCHEMAV_ELEMENT_CONTENT"
_QUOTED = re.compile(r"'([^']+)'")


class InternalError(Exception):
    """libxml2 gave up on a document (an XSD pattern may do that)."""


def located(schema: etree.XMLSchema, root: etree._Element) -> list[Error]:
    """The (type, element, sentence) of the first ``MOST`` errors of a validation. Raises InternalError."""
    tree, prefixes = root.getroottree(), _prefixes(root)
    found = []
    for entry in islice(schema.error_log, MOST):  # type: ignore[call-overload]
        if entry.type_name == "SCHEMAV_INTERNAL":
            raise InternalError
        hits = tree.xpath(entry.path, namespaces=prefixes) if entry.path else _on_line(root, entry)
        node = hits[0] if isinstance(hits, list) and hits else root
        found.append((entry.type_name, node if isinstance(node, etree._Element) else root, entry.message))
    return found


def _on_line(root: etree._Element, entry: etree._LogEntry) -> list[etree._Element]:
    """The element of a reference to a key, of which libxml2 gives the name and the line but no path."""
    named = _QUOTED.search(entry.message)
    found = root.iter(named[1]) if named else ()
    return [node for node in found if node.sourceline == entry.line] or [root]


def _prefixes(root: etree._Element) -> dict[str, str]:
    return {prefix: uri for node in root.iter(etree.Element) for prefix, uri in node.nsmap.items() if prefix}


def named_attribute(node: etree._Element, sentence: str) -> str:
    """The attribute of the element that a sentence quotes before anything else."""
    names = {local(str(name)): str(name) for name in node.attrib}
    quoted = [word.rpartition("}")[2] for word in _QUOTED.findall(sentence)[1:2]]
    return next((names[word] for word in quoted if word in names and "attribute '" in sentence), "")
