"""The node tree of one document, as elementpath has it, and its elements by name."""

from datetime import datetime
from typing import Any

from elementpath import XPathContext
from elementpath.tree_builders import get_node_tree
from elementpath.xpath_nodes import ElementNode, XPathNode
from lxml import etree


class Tree:
    """The node tree of one document, what is evaluated in it, and its elements by name."""

    def __init__(self, root: etree._Element, now: datetime | None) -> None:
        self.document: Any = get_node_tree(root.getroottree())
        self.context = XPathContext(self.document, current_dt=now)
        self.keys: dict[str, dict[object, list[XPathNode]]] = {}
        self._names: dict[str, list[ElementNode]] = {}
        for node in self.document.iter_descendants():
            if isinstance(node, ElementNode):
                self._names.setdefault(str(node.name), []).append(node)

    def parents(self, name: str) -> list[Any]:
        """The nodes that have children of a name, in document order."""
        return list(dict.fromkeys(node.parent for node in self._names.get(name, ())))

    def named(self, names: list[str]) -> list[ElementNode]:
        """The elements whose names and parents' names end in these, in document order."""
        found = self._names.get(names[-1], [])
        return [node for node in found if _within(node, names[-2::-1])] if len(names) > 1 else found


def _within(node: Any, names: list[str]) -> bool:
    for name in names:
        node = node.parent
        if not isinstance(node, ElementNode) or node.name != name:
            return False
    return True
