"""Names and places of nodes: XPaths with local names and positions, item paths, values."""

import re
from collections import Counter
from collections.abc import Callable
from typing import cast

from lxml import etree

_SIMPLE = re.compile(r"(?:/?(?:[^\W\d][\w.\-]*|\.\.?))?(?:/(?:[^\W\d][\w.\-]*))*/?(?:@[^\W\d][\w.\-]*)?")
_TEXTS = etree.XPath(".//text()", smart_strings=False)


def local(name: str) -> str:
    """The local part of a name in Clark notation or with a prefix."""
    return name.rpartition("}")[2].rpartition(":")[2]


class Paths:
    """XPaths of nodes of one document: local names with positions, each resolves to one node."""

    def __init__(self, prefix: str) -> None:
        """``prefix`` is the XPath of the root."""
        self._prefix = prefix
        self._places: dict[etree._Element, dict[etree._Element, int]] = {}

    def xpath(self, node: etree._Element, attribute: str = "") -> str:
        """The XPath of an element, or of one of its attributes."""
        steps: list[str] = []
        while (parent := node.getparent()) is not None:
            steps.append(f"/{local(str(node.tag))}[{self._among(parent)[node]}]")
            node = parent
        path = "".join([self._prefix, *reversed(steps)])
        return f"{path}/@{local(attribute)}" if attribute else path

    def _among(self, parent: etree._Element) -> dict[etree._Element, int]:
        """The position of each child among those of its name, counted once a parent."""
        places = self._places.get(parent)
        if places is None:
            seen: Counter[str] = Counter()
            places = self._places[parent] = {}
            for child in parent.iterchildren(etree.Element):
                seen[name := local(str(child.tag))] += 1
                places[child] = seen[name]
        return places


def item_path(node: etree._Element, attribute: str = "") -> str:
    """The path of an element or attribute below the root, as record definitions write it."""
    steps = [f"@{local(attribute)}"] if attribute else []
    while (parent := node.getparent()) is not None:
        steps.append(local(str(node.tag)))
        node = parent
    return "/".join(reversed(steps))


def is_plain(path: str) -> bool:
    """Whether a path of the pack goes by local names, as record definitions write it."""
    return _SIMPLE.fullmatch(path) is not None


def selector(path: str) -> Callable[[etree._Element], list[str]]:
    """A function from a form's root to the values at a path of the pack.

    A plain path (``Author/WrittenOn``, ``@kind``, ``Disease/@code``) goes by local names, anything
    else is XPath 1.0 with the root as context. Raises etree.XPathError for what is neither.
    """
    if is_plain(path):
        path = "/".join(_named(step) for step in path.split("/"))
    compiled = etree.XPath(path)

    def values(root: etree._Element) -> list[str]:
        found = compiled(root)
        return [_string(hit) for hit in found] if isinstance(found, list) else [str(found)]

    return values


def _named(step: str) -> str:
    if step in ("", ".", ".."):
        return step
    if step.startswith("@"):
        return f"@*[local-name()='{step[1:]}']"
    return f"*[local-name()='{step}']"


def _string(hit: object) -> str:
    return string_value(hit) if isinstance(hit, etree._Element) else str(hit)


def string_value(node: etree._Element) -> str:
    """The string-value of an element: its character data without comments and instructions."""
    if not len(node):
        return node.text or ""
    return "".join(cast(list[str], _TEXTS(node)))
