"""Expressions of XPath that elementpath works out otherwise than XPath 2.0 (W3C) has it."""

import math
from collections.abc import Iterator
from copy import copy
from decimal import Decimal
from itertools import pairwise
from typing import Any

from elementpath.datatypes import NumericProxy
from elementpath.exceptions import ElementPathError
from elementpath.xpath_nodes import XPathNode

from checktool.checking.schematron.subdocuments import UnavailableError
from checktool.checking.schematron.xpath2_bindings import BINDINGS, given

ERRORS: tuple[type[Exception], ...] = (
    ElementPathError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError, AssertionError,
)  # fmt: skip
"""What elementpath raises where an expression cannot be evaluated."""
REFUSED = frozenset((
    "collection", "uri-collection", "unparsed-text", "unparsed-text-lines", "unparsed-text-available",
    "json-doc", "environment-variable", "available-environment-variables", "transform", "load-xquery-module",
    "random-number-generator",
))  # fmt: skip
"""Functions that reach outside the rule folder, or whose value is another each time."""
_LONGEST = 1_000_000
"""How many whole numbers a range may have."""


class _Path:
    """A path: its nodes come in document order, whatever order its steps find them in (3.2).

    One that starts at the root starts at that of the node at hand, in whatever document it stands.
    """

    __slots__ = ()

    def select(self: Any, context: Any = None) -> Iterator[Any]:
        if len(self) < 2 and context is not None and isinstance(context.item, XPathNode):
            found = self._from_root(context)
        else:
            found = list(super().select(context))  # type: ignore[misc]
        nodes = len(found) > 1 and all(isinstance(item, XPathNode) for item in found)
        if nodes and any(one.position > two.position for one, two in pairwise(found)):
            found.sort(key=lambda node: node.position)
        yield from found

    def _from_root(self: Any, context: Any) -> list[Any]:
        top = root_of(context.item)
        inner = copy(context)
        inner.item = inner.root = inner.document = top
        name = self._name() if self.symbol == "//" else ""
        parents = context.parents(top, name) if name else None
        if parents is None:
            return list(super().select(inner))  # type: ignore[misc]
        return [node for parent in parents for node in self._at(parent, inner)]

    def _name(self: Any) -> str:
        """The name of the elements that ``//name[…]`` asks for; empty where it is not as plain as that."""
        step = self[0]
        while step.symbol == "[":
            step = step[0]
        if step.symbol == ":" and step[0].symbol == step[1].symbol == "(name)":
            return f"{{{self.parser.namespaces[step[0].value]}}}{step[1].value}"
        return str(step.value) if step.symbol == "(name)" else ""

    def _at(self: Any, parent: Any, context: Any) -> Iterator[Any]:
        inner = copy(context)
        inner.item, inner.axis = parent, None
        yield from self[0].select(inner)


class _Root:
    """The root of a node, in whatever document it stands."""

    __slots__ = ()

    def evaluate(self: Any, context: Any = None) -> Any:
        node = self.get_argument(given(self, context), default_to_context=True)
        if node is not None and not isinstance(node, XPathNode):
            raise self.error("XPTY0004")
        return [] if node is None else root_of(node)


def root_of(node: Any) -> Any:
    """The node at the top of a node's tree."""
    while node.parent is not None:
        node = node.parent
    return node


class _Filter:
    """A predicate. In the context of a rule, one that cannot be evaluated is false (XSLT 2.0, 5.5.4)."""

    lenient = False

    def select(self, context: Any = None) -> Iterator[Any]:
        if not self.lenient:
            yield from super().select(context)  # type: ignore[misc]
            return
        for _ in self[0].select_with_focus(context):  # type: ignore[index]
            if self._holds(self[1], context):  # type: ignore[index]
                yield context.item

    def _holds(self, condition: Any, context: Any) -> bool:
        try:
            value = list(condition.select(copy(context)))
            if len(value) == 1 and isinstance(value[0], NumericProxy):
                return bool(value[0] == context.position)
            return bool(self.boolean_value(value))  # type: ignore[attr-defined]
        except UnavailableError:
            raise
        except ERRORS:
            return False


class _Comma:
    """A sequence, of which each part has the focus of the whole."""

    __slots__ = ()

    def evaluate(self: Any, context: Any = None) -> Any:
        return list(self.select(context))


class _Modulo:
    """The remainder, which has the sign of the dividend (functions, 6.2.6)."""

    __slots__ = ()

    def evaluate(self: Any, context: Any = None) -> Any:
        one, two = self.get_operands(given(self, context), cls=NumericProxy)
        if one is None or two is None:
            return []
        if isinstance(one, float) or isinstance(two, float):
            return math.nan if two == 0 or math.isinf(one) else math.fmod(one, two)
        if two == 0:
            raise self.error("FOAR0001")
        if isinstance(one, Decimal) or isinstance(two, Decimal):
            return Decimal(one) % Decimal(two)
        return int(math.copysign(1, one)) * (abs(one) % abs(two))


class _IntegerDivision:
    """Division of whole numbers; of nothing it is nothing."""

    __slots__ = ()

    def evaluate(self: Any, context: Any = None) -> Any:
        if None in self.get_operands(given(self, context)):
            return []
        return super().evaluate(context)  # type: ignore[misc]


class _Range:
    """A range of whole numbers, not longer than memory bears."""

    __slots__ = ()

    def evaluate(self: Any, context: Any = None) -> Any:
        first, last = self.get_operands(context, cls=int)
        if first is not None and last is not None and last - first >= _LONGEST:
            raise self.error("FOAR0002")
        return super().evaluate(context)  # type: ignore[misc]


class _Refused:
    """A function that reaches outside, or whose value is another each time."""

    __slots__ = ()

    def evaluate(self: Any, _: Any = None) -> Any:
        raise self.error("FODC0002", self.symbol)

    select = evaluate


EXPRESSIONS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("/", "//"), (_Path,)),
    **BINDINGS,
    **dict.fromkeys(REFUSED, (_Refused,)),
    ",": (_Comma,), "root": (_Root,), "[": (_Filter,), "mod": (_Modulo,), "idiv": (_IntegerDivision,),
    "to": (_Range,),
}  # fmt: skip
"""What is put before elementpath's own class, by the symbol that it stands for."""
