"""The values of a document, taken in one pass: elements without children, and attributes."""

from dataclasses import dataclass, field
from typing import NamedTuple, cast

from lxml import etree

from checktool.reading.nodes import local, string_value

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_MOST = 5_000

RawLeaf = tuple[str, etree._Element, str, str]


class Leaf(NamedTuple):
    """A value of a document with its item path; ``attribute`` is empty for an element's own text.

    Passes over a whole document hold plain tuples (``RawLeaf``), which cost a tenth to make.
    """

    path: str
    node: etree._Element
    attribute: str
    value: str


@dataclass(slots=True)
class _Step:
    """A place in the form: its path, made once, and the places below it by name."""

    path: str
    children: dict[str, "_Step"] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)


class LeafFinder:
    """Takes the leaves of the documents of one form; remembers the paths that it has seen."""

    def __init__(self) -> None:
        """Begin with no path known."""
        self._top = _Step("")
        self._known = 0

    def leaves(self, root: etree._Element) -> list[RawLeaf]:
        """Every value in document order; comments and instructions are passed over."""
        if self._known > _MOST:
            self._top, self._known = _Step(""), 0
        found: list[RawLeaf] = []
        self._collect(root, self._top, found)
        return found

    def _collect(self, node: etree._Element, step: _Step, found: list[RawLeaf]) -> None:
        for key, value in cast(list[tuple[str, str]], node.items()):
            if not key.startswith(_XSI):
                found.append((step.attributes.get(key) or self._attribute(step, key), node, key, value))
        inside = False
        if len(node):
            children = step.children
            for child in node:
                tag = child.tag
                if isinstance(tag, str):
                    inside = True
                    self._collect(child, children.get(tag) or self._child(step, tag), found)
        if not inside:
            found.append((step.path, node, "", string_value(node)))

    def _child(self, step: _Step, tag: str) -> _Step:
        self._known += 1
        made = step.children[tag] = _Step(f"{step.path}/{local(tag)}" if step.path else local(tag))
        return made

    def _attribute(self, step: _Step, key: str) -> str:
        self._known += 1
        name = f"@{local(key)}"
        made = step.attributes[key] = f"{step.path}/{name}" if step.path else name
        return made
