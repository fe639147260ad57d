"""What a rule misses: the items that it names and that have no value in the document."""

from collections.abc import Iterable
from functools import cache
from typing import cast

from lxml import etree

from checktool.reading.nodes import item_path, string_value

BLANKS = " \t\r\n\u3000"
"""What may stand around a value without being part of it."""


def is_blank(value: str) -> bool:
    """Whether a value is empty or consists of blanks."""
    return not value.strip(BLANKS)


def blank_below(root: etree._Element, holder: etree._Element, named: Iterable[str]) -> tuple[str, ...]:
    """Those of some item paths that lie below an element and have no value in the document."""
    start = item_path(holder)
    below = [path for path in named if not start or path.startswith(f"{start}/")]
    return tuple(path for path in below if all(map(is_blank, _values(root, path))))


def place_of(root: etree._Element, path: str) -> tuple[etree._Element, str] | None:
    """The first element, or element and attribute, at an item path; None where there is none."""
    outer, attribute = _parts(path)
    for node in _elements(outer)(root):
        if not attribute or node.get(attribute) is not None:
            return node, attribute
    return None


def _values(root: etree._Element, path: str) -> list[str]:
    outer, attribute = _parts(path)
    found = _elements(outer)(root)
    return [str(node.get(attribute, "")) if attribute else string_value(node) for node in found]


def _parts(path: str) -> tuple[str, str]:
    outer, _, attribute = path.rpartition("@")
    return (outer.rstrip("/"), attribute) if "@" in path else (path, "")


class _Elements:
    """The elements at a path of local names."""

    def __init__(self, path: str) -> None:
        steps = [f"*[local-name()='{step}']" for step in path.split("/") if step]
        self._call = etree.XPath("/".join(steps) or ".")

    def __call__(self, root: etree._Element) -> list[etree._Element]:
        return cast(list[etree._Element], self._call(root))


@cache
def _elements(path: str) -> _Elements:
    return _Elements(path)
