"""The values of a document with their places, for people to look at: plain data, no tree."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from checktool.reading.document import Document
from checktool.reading.nodes import Paths, local, string_value
from checktool.reading.parsing import original
from checktool.reading.positions import locate

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(frozen=True, slots=True)
class Value:
    """An attribute, or an element without children: its item path, XPath, value, line and column."""

    path: str
    xpath: str
    value: str
    line: int = 0
    column: int = 0


def values_of(document: Document, most: int) -> tuple[list[Value], int]:
    """The first ``most`` values in document order, and how many there are in all."""
    paths = Paths(document.prefix)
    found: list[tuple[str, str, str]] = []
    count = 0
    for path, node, attribute, value in _leaves(document.root, ""):
        count += 1
        if count <= most:
            found.append((path, paths.xpath(node, attribute), _characters(document, value)))
    wanted = {xpath for _, xpath, _ in found}
    places = locate(document.text, wanted, document.line, document.column, document.prefix)
    return [Value(*each, *places.get(each[1], (0, 0))) for each in found], count


def _leaves(node: etree._Element, path: str) -> Iterator[tuple[str, etree._Element, str, str]]:
    for key, value in node.attrib.items():
        if not str(key).startswith(_XSI):
            name = local(str(key))
            yield f"{path}/@{name}".lstrip("/"), node, name, str(value)
    children = list(node.iterchildren(etree.Element))
    for child in children:
        yield from _leaves(child, f"{path}/{local(str(child.tag))}".lstrip("/"))
    if not children:
        yield path, node, "", string_value(node)


def _characters(document: Document, value: str) -> str:
    return "".join(map(original, value)) if document.mended else value
