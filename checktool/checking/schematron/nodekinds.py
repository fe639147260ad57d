"""Nodes of every kind as lxml gives them, told apart, addressed and compared.

Elements, comments and instructions are elements of lxml; attributes and texts are strings that know their
parent; the document stands as its element tree.
"""

from collections.abc import Callable, Hashable
from html import escape
from typing import Any, NamedTuple

from lxml import etree

from checktool.reading.nodes import string_value


class Place(NamedTuple):
    """What a node stands for in a document: an element or one of its attributes, and the value there."""

    element: etree._Element
    attribute: str
    value: str


def is_element(node: object) -> bool:
    """Whether a node is an element, comment or instruction."""
    return isinstance(node, etree._Element)


def is_attribute(node: object) -> bool:
    """Whether a node is an attribute."""
    return bool(getattr(node, "is_attribute", False))


def anchored(node: Any) -> tuple[etree._Element, str]:
    """The element by which a node is reached, and the path from there."""
    if isinstance(node, etree._ElementTree):
        return node.getroot(), "/self::node()"
    if isinstance(node, etree._Element):
        parent = node.getparent()
        comment = isinstance(node, etree._Comment)
        alike = etree.Comment if comment else etree.ProcessingInstruction
        place = sum(1 for _ in node.itersiblings(alike, preceding=True)) + 1
        path = f"{'comment()' if comment else 'processing-instruction()'}[{place}]"
        return (node.getroottree().getroot(), f"/{path}") if parent is None else (parent, path)
    owner = node.getparent()
    if isinstance(owner.tag, str):
        return owner, step_to(node)
    return owner.getparent(), f"text()[{_text_place(node)}]"


def step_to(node: Any) -> str:
    """The step from the owner of an attribute or text to it."""
    if is_attribute(node):
        name = etree.QName(node.attrname)
        return f"@*[local-name()='{name.localname}' and namespace-uri()='{name.namespace or ''}']"
    return "following-sibling::node()[1]" if node.is_tail else "node()[1]"


def paths_to(name: str, nodes: list[Any]) -> tuple[str, dict[str, Any]]:
    """A union of paths for the nodes of a variable, and the elements from which they go."""
    groups: dict[str, list[etree._Element]] = {}
    for node in nodes:
        if isinstance(node, etree._ElementTree):
            groups.setdefault("/..", []).append(node.getroot())
        elif is_element(node):
            groups.setdefault("", []).append(node)
        elif is_attribute(node) or node.getparent() is not None:
            groups.setdefault("/" + step_to(node), []).append(node.getparent())
    paths, elements = [], dict[str, Any]()
    for number, (step, owners) in enumerate(groups.items()):
        elements[f"{name}.{number}"] = owners
        paths.append(f"${name}.{number}{step}")
    return f"({' | '.join(paths) or '/..'})", elements


def identity(node: Any) -> Hashable:
    """What two results for the same node have in common, while the elements concerned are held."""
    if isinstance(node, etree._ElementTree):
        return "document"
    if isinstance(node, etree._Element):
        return id(node)
    return id(node.getparent()), node.attrname if is_attribute(node) else node.is_tail


def ordered(tree: etree._ElementTree) -> Callable[[Any], tuple[int, ...]]:
    """A key that sorts nodes of a tree in document order."""
    root = tree.getroot()
    before = reversed(list(root.itersiblings(preceding=True)))
    places = {node: place for place, node in enumerate((*before, *root.iter(), *root.itersiblings()))}

    def key(node: Any) -> tuple[int, ...]:
        if isinstance(node, etree._ElementTree):
            return (-1,)
        if isinstance(node, etree._Element):
            return (places[node],)
        owner = node.getparent()
        if is_attribute(node):
            return places[owner], 1, owner.attrib.keys().index(node.attrname)
        if not node.is_tail:
            return places[owner], 2
        last = places[owner] + sum(1 for _ in owner.iterdescendants())
        return last, 3, -sum(1 for _ in owner.iterancestors())

    return key


def any_foreign(nodes: list[Any], node: Any) -> bool:
    """Whether any of some nodes stands in another document than a node does."""
    tree = node if isinstance(node, etree._ElementTree) else _owner(node).getroottree()
    root = tree.getroot()
    return any(isinstance(_owner(one).tag, str) and _top(_owner(one)) is not root for one in nodes)


def holder(content: Any) -> etree._Element:
    """The root of the document in which the content of a variable stands."""
    return _top(content[0]) if isinstance(content, list) else etree.Element("none")


def _owner(node: Any) -> Any:
    return node if isinstance(node, etree._Element) else node.getparent()


def _top(element: etree._Element) -> etree._Element:
    while (parent := element.getparent()) is not None:
        element = parent
    return element


def place_of(node: Any) -> Place:
    """The element, attribute and value that a node stands for."""
    if isinstance(node, etree._ElementTree):
        return Place(node.getroot(), "", "")
    if is_attribute(node):
        return Place(node.getparent(), node.attrname, str(node))
    if isinstance(node, etree._Element):
        if isinstance(node.tag, str):
            return Place(node, "", string_value(node) if not len(node) else "")
        parent = node.getparent()
        return Place(parent if parent is not None else node.getroottree().getroot(), "", "")
    owner = node.getparent()
    return Place(owner.getparent() if node.is_tail else owner, "", str(node))


def copy_of(node: Any) -> str:
    """A node as XML; an attribute as ``attribute_copy`` has it."""
    if isinstance(node, etree._ElementTree):
        node = node.getroot()
    if is_attribute(node):
        return attribute_copy(node.attrname, str(node))
    if isinstance(node, etree._Element):
        return etree.tostring(node, encoding="unicode", with_tail=False)
    return escape(str(node), quote=False)


def attribute_copy(name: str, value: str) -> str:
    """An attribute as a processing instruction, by which a report knows it; one with a prefix as text."""
    qualified = etree.QName(name)
    known = {None: "", "http://www.w3.org/XML/1998/namespace": "xml:"}
    if qualified.namespace not in known:
        return escape(value, quote=False)
    written = escape(value).replace("'", "&#39;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'<?attribute {known[qualified.namespace]}{qualified.localname}="{written}"?>'


def location_of(node: Any) -> str:
    """The absolute XPath 2 of a node: ``/*:name[namespace-uri()='…'][n]``, attributes and texts too."""
    if isinstance(node, etree._ElementTree):
        return "/"
    if is_attribute(node):
        name = etree.QName(node.attrname)
        spaced = f"*:{name.localname}[namespace-uri()='{name.namespace}']"
        return f"{location_of(node.getparent())}/@{spaced if name.namespace else name.localname}"
    if isinstance(node, etree._Element):
        parent = node.getparent()
        return f"{location_of(parent) if parent is not None else ''}/{_step(node)}"
    owner = node.getparent()
    if not node.is_tail:
        return f"{location_of(owner)}/text()[1]"
    return f"{location_of(owner.getparent())}/text()[{_text_place(node)}]"


def _text_place(node: Any) -> int:
    """The place of a text behind a node among the texts of its parent."""
    owner = node.getparent()
    before = [bool(owner.getparent().text), *(bool(one.tail) for one in owner.itersiblings(preceding=True))]
    return sum(before) + 1


def _step(node: etree._Element) -> str:
    if not isinstance(node.tag, str):
        comment = isinstance(node, etree._Comment)
        alike = etree.Comment if comment else etree.ProcessingInstruction
        place = sum(1 for _ in node.itersiblings(alike, preceding=True)) + 1
        return f"{'comment' if comment else 'processing-instruction'}()[{place}]"
    name = etree.QName(node)
    place = sum(1 for one in node.itersiblings(node.tag, preceding=True)) + 1
    return f"*:{name.localname}[namespace-uri()='{name.namespace or ''}'][{place}]"
