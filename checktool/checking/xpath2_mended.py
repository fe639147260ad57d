"""elementpath mended where it departs from XPath 2.0 (W3C): each mending says what it mends.

The symbols of a parser are given these methods, so that elementpath itself stays as it is.
"""

import math
import re
from collections.abc import Iterator
from copy import copy
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, product
from typing import Any

from elementpath import XPath2Parser
from elementpath.datatypes import AnyURI, NumericProxy, UntypedAtomic
from elementpath.exceptions import ElementPathError
from elementpath.xpath3 import XPath31Parser
from elementpath.xpath_nodes import XPathNode

from checktool.checking.subdocuments import UnavailableError

ERRORS: tuple[type[Exception], ...] = (
    ElementPathError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError, AssertionError,
)  # fmt: skip
"""What elementpath raises where an expression cannot be evaluated."""
_NUMBER = re.compile(r"[ \t\r\n]*(?:[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN)[ \t\r\n]*")
_NUMERIC = (
    "decimal double float integer long int short byte nonNegativeInteger positiveInteger nonPositiveInteger"
    " negativeInteger unsignedLong unsignedInt unsignedShort unsignedByte"
).split()
_BRANCHING = {"/", "//", "|", "union", "intersect", "except", "(", ","}


def is_number(text: str) -> bool:
    """Whether a text is a number as XML Schema writes it; Python also takes 「１２」 and ``1_000``."""
    return _NUMBER.fullmatch(text) is not None


def number_text(value: float) -> str:
    """A double as text (XPath functions, 17.1.2): with an exponent from a million on."""
    if value == 0 or not math.isfinite(value) or 1e-6 <= abs(value) < 1e6:
        plain = format(Decimal(repr(value)), "f")
        special = {"Infinity": "INF", "-Infinity": "-INF"}.get(plain, plain)
        return special.rstrip("0").rstrip(".") if "." in plain else special
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    rest = "".join(map(str, digits[1:])) or "0"
    return f"{'-' * sign}{digits[0]}.{rest}E{int(exponent) + len(digits) - 1}"


class _Token:
    """What every symbol does with texts and numbers."""

    __slots__ = ()

    def string_value(self, item: Any) -> str:
        return number_text(item) if isinstance(item, float) else super().string_value(item)  # type: ignore[misc, no-any-return]

    def number_value(self, item: Any) -> float:
        text = _text(item)
        if isinstance(text, str) and not is_number(text):
            return math.nan
        return super().number_value(item)  # type: ignore[misc, no-any-return]

    def cast_to_double(self, value: Any) -> float:
        text = _text(value)
        if isinstance(text, str) and not is_number(text):
            raise self.error("FORG0001", text)  # type: ignore[attr-defined]
        return super().cast_to_double(text)  # type: ignore[misc, no-any-return]

    def validated_value(self, item: Any, cls: Any, *given: Any, **named: Any) -> Any:
        if cls is NumericProxy and isinstance(item, (XPathNode, UntypedAtomic)):
            return self.cast_to_double(item)
        return super().validated_value(item, cls, *given, **named)  # type: ignore[misc]


def _text(item: Any) -> Any:
    """What a node or an untyped value holds; any other item itself."""
    if isinstance(item, XPathNode):
        return item.string_value
    return item.value if isinstance(item, UntypedAtomic) else item


class _Arithmetic:
    """A function of numbers: what is untyped is a double, and an error where it is none (3.1.5)."""

    __slots__ = ()

    def get_argument(self, *given: Any, **named: Any) -> Any:
        item = super().get_argument(*given, **named)  # type: ignore[misc]
        return self.cast_to_double(item) if isinstance(item, (XPathNode, UntypedAtomic)) else item  # type: ignore[attr-defined]

    def string_value(self, item: Any) -> str:
        self.cast_to_double(item)  # type: ignore[attr-defined]
        return super().string_value(item)  # type: ignore[misc, no-any-return]


class _Numeric:
    """A constructor of a numeric type."""

    __slots__ = ()

    def cast(self, value: Any) -> Any:
        text = _text(value)
        if isinstance(text, str) and not is_number(text):
            raise self.error("FORG0001", text)  # type: ignore[attr-defined]
        return super().cast(value)  # type: ignore[misc]


class _Comparison:
    """General comparison: two untyped values are compared as strings (XPath 2.0, 3.5.2)."""

    __slots__ = ()

    def iter_comparison_data(self, context: Any) -> Iterator[tuple[Any, Any]]:
        left, right = (list(operand.atomization(context)) for operand in self)  # type: ignore[attr-defined]
        for one, other in product(left, right):
            yield _comparable(one, other)


def _comparable(one: Any, other: Any) -> tuple[Any, Any]:
    if isinstance(one, UntypedAtomic):
        one = one.value if isinstance(other, UntypedAtomic) else _cast(one, other)
    if isinstance(other, UntypedAtomic):
        other = _cast(other, one)
    if isinstance(one, float) and isinstance(other, Decimal):
        other = float(other)
    elif isinstance(one, Decimal) and isinstance(other, float):
        one = float(one)
    if _kind(one) != _kind(other):
        raise TypeError(f"cannot compare {type(one)} and {type(other)}")
    return one, other


def _kind(value: Any) -> object:
    if isinstance(value, bool):
        return bool
    if isinstance(value, (int, float, Decimal)):
        return float
    return str if isinstance(value, (str, AnyURI)) else object


def _cast(value: UntypedAtomic, other: Any) -> Any:
    if isinstance(other, str):
        return value.value
    word = value.value.strip(" \t\r\n")
    if isinstance(other, bool):
        if word not in ("true", "false", "0", "1"):
            raise ValueError(word)
        return word in ("true", "1")
    if isinstance(other, (int, float, Decimal)):
        if not is_number(word):
            raise ValueError(word)
        return float(word)
    kind = type(other)
    return kind.make(value.value) if hasattr(kind, "make") else kind(value.value)


class _Path:
    """A path: its nodes come in document order, whatever order its steps find them in (3.2)."""

    __slots__ = ()

    def select(self, context: Any = None) -> Iterator[Any]:
        found = list(super().select(context))  # type: ignore[misc]
        if len(found) > 1 and all(isinstance(item, XPathNode) for item in found):
            if any(one.position > two.position for one, two in pairwise(found)):
                found.sort(key=lambda node: node.position)
        yield from found


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


class _Binding:
    """An expression with range variables, each in the focus of the whole expression (3.7, 3.9)."""

    __slots__ = ()
    _word = "return"

    def nud(self: Any) -> Any:
        del self[:]
        if self.parser.next_token.symbol != "$":
            return self.as_name()
        while True:
            self.parser.next_token.expected("$")
            self.append(self.parser.expression(5))
            self.parser.advance("in")
            self.append(self.parser.expression(5))
            if self.parser.next_token.symbol != ",":
                break
            self.parser.advance()
        self.parser.advance(self._word)
        self.append(self.parser.expression(5))
        return self

    def _bound(self: Any, context: Any, at: int = 0) -> Iterator[Any]:
        """A context for each choice of values."""
        if at == len(self) - 1:
            yield context
            return
        for item in self[at + 1].select(copy(context)):
            inner = copy(context)
            inner.variables = context.variables.copy()
            inner.variables[self[at][0].value] = item
            yield from self._bound(inner, at + 2)


class _For(_Binding):
    __slots__ = ()

    def select(self: Any, context: Any = None) -> Iterator[Any]:
        for inner in self._bound(_given(self, context)):
            yield from self[-1].select(inner)


class _Quantified(_Binding):
    __slots__ = ()
    _word = "satisfies"

    def evaluate(self: Any, context: Any = None) -> bool:
        found = (self.boolean_value(self[-1].select(inner)) for inner in self._bound(_given(self, context)))
        return any(found) if self.symbol == "some" else all(found)


class _Modulo:
    """The remainder, which has the sign of the dividend (functions, 6.2.6)."""

    __slots__ = ()

    def evaluate(self: Any, context: Any = None) -> Any:
        one, two = self.get_operands(_given(self, context), cls=NumericProxy)
        if one is None or two is None:
            return []
        if isinstance(one, float) or isinstance(two, float):
            return math.nan if two == 0 or math.isinf(one) else math.fmod(one, two)
        if two == 0:
            raise self.error("FOAR0001")
        if isinstance(one, Decimal) or isinstance(two, Decimal):
            return Decimal(one) % Decimal(two)
        return int(math.copysign(1, one)) * (abs(one) % abs(two))


def _given(token: Any, context: Any) -> Any:
    if context is None:
        raise token.missing_context()
    return context


_MENDINGS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), (_Comparison,)),
    **dict.fromkeys(("/", "//"), (_Path,)),
    **dict.fromkeys(("some", "every"), (_Quantified,)),
    **dict.fromkeys(_NUMERIC, (_Numeric,)),
    **dict.fromkeys(("sum", "abs", "round", "floor", "ceiling", "round-half-to-even"), (_Arithmetic,)),
    "for": (_For,), "[": (_Filter,), "mod": (_Modulo,),
}  # fmt: skip


@lru_cache(maxsize=2)
def symbols(version: str) -> dict[str, Any]:
    """The symbols of a version of XPath, mended; with the functions of XSLT 2.0 that write dates."""
    table = dict((XPath31Parser if version == "3.1" else XPath2Parser).symbol_table)
    for name in ("format-date", "format-dateTime", "format-time"):
        table[name] = XPath31Parser.symbol_table[name]
    return {
        symbol: type(kind)(kind.__name__, (*_MENDINGS.get(symbol, ()), _Token, kind), {})
        for symbol, kind in table.items()
    }


def lenient(token: Any) -> None:
    """Let the predicates of a context that cannot be evaluated be false; those inside them stay."""
    if token.symbol == "[":
        token.lenient = True
        lenient(token[0])
    elif token.symbol in _BRANCHING:
        for part in token:
            lenient(part)
