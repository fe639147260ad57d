"""The markup of rule files: names, places, refusals."""

from collections.abc import Iterator

from lxml import etree

from checktool.errors import PackError

NAMESPACE = "http://purl.oclc.org/dsdl/schematron"
XSLT = "http://www.w3.org/1999/XSL/Transform"
INHERITED = "{urn:checktool:inherited}"


def tag(name: str) -> str:
    """The qualified name of a Schematron element."""
    return f"{{{NAMESPACE}}}{name}"


def line_of(node: etree._Element) -> int:
    """The line on which an element stands, 0 where it is not known."""
    return node.sourceline if isinstance(node.sourceline, int) else 0


def file_of(node: etree._Element) -> str:
    """The name of the file in which an element was written."""
    return (node.base or "").replace("\\", "/").rpartition("/")[2]


def refused(node: etree._Element, reason: str) -> PackError:
    """The error for something in a rule file that this tool does not take."""
    return PackError(
        "P007",
        file=file_of(node),
        line=line_of(node),
        element=etree.QName(node).localname,
        reason=reason,
    )


def children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The Schematron child elements of a name."""
    return parent.iterchildren(tag(name))


def has_text(node: etree._Element) -> bool:
    """Whether an assertion says anything: text, or a value from the document."""
    return any(str(text).strip() for text in node.itertext()) or len(node) > 0


def language_of(node: etree._Element) -> str:
    """The ``xml:lang`` that holds for an element, empty without one."""
    for one in (node, *node.iterancestors()):
        if language := one.get("{http://www.w3.org/XML/1998/namespace}lang"):
            return str(language)
    return ""
