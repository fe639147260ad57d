"""Whether sequences are deep-equal (XPath functions 2.0, 15.3.1): texts to the letter, no comments."""

import math
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from elementpath.datatypes import UntypedAtomic
from elementpath.xpath_nodes import AttributeNode, DocumentNode, ElementNode, TextNode, XPathNode

_NOTHING = object()
_NUMBERS = (int, float, Decimal)


def deep_equal(ones: list[Any], others: list[Any]) -> bool:
    """Whether two sequences have equal items in the same order."""
    return all(_equal(one, other) for one, other in zip_longest(ones, others, fillvalue=_NOTHING))


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, XPathNode) and isinstance(other, XPathNode):
        return _same_nodes(one, other)
    if isinstance(one, XPathNode) or isinstance(other, XPathNode):
        return False
    return _same_atoms(one, other)


def _same_nodes(one: XPathNode, other: XPathNode) -> bool:
    if isinstance(one, DocumentNode) and isinstance(other, DocumentNode):
        return deep_equal(list(_content(one)), list(_content(other)))
    if type(one) is not type(other) or one.name != other.name:
        return False
    if isinstance(one, ElementNode) and isinstance(other, ElementNode):
        attributes = _attributes(one) == _attributes(other)
        return attributes and deep_equal(list(_content(one)), list(_content(other)))
    return one.string_value == other.string_value


def _attributes(element: ElementNode) -> set[tuple[object, str]]:
    return {(one.name, one.string_value) for one in element.attributes if isinstance(one, AttributeNode)}


def _content(holder: Any) -> Iterator[XPathNode]:
    return (child for child in holder if isinstance(child, (ElementNode, TextNode)))


def _same_atoms(one: Any, other: Any) -> bool:
    one, other = (item.value if isinstance(item, UntypedAtomic) else item for item in (one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    if isinstance(one, _NUMBERS) != isinstance(other, _NUMBERS):
        return False
    try:
        return bool(one == other)
    except TypeError:
        return False
