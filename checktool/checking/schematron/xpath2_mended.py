"""elementpath mended where it departs from XPath 2.0 (W3C): each mending says what it mends.

The symbols of a parser are given these methods, so that elementpath itself stays as it is.
"""

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any

from elementpath import XPath2Parser
from elementpath.datatypes import AbstractDateTime, AnyURI, Duration, NumericProxy, UntypedAtomic
from elementpath.xpath3 import XPath31Parser
from elementpath.xpath_nodes import XPathNode

from checktool.checking.schematron.xpath2_expressions import EXPRESSIONS
from checktool.checking.schematron.xpath2_regex import REGEX

_NUMBER = re.compile(
    r"[ \t\r\n]*(?:[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN)[ \t\r\n]*"
)
_NUMERIC = (
    "decimal", "double", "float", "integer", "long", "int", "short", "byte", "nonNegativeInteger",
    "positiveInteger", "nonPositiveInteger", "negativeInteger", "unsignedLong", "unsignedInt",
    "unsignedShort", "unsignedByte",
)  # fmt: skip
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
        return number_text(item) if isinstance(item, float) else super().string_value(item)  # type: ignore[misc]

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
        untyped = isinstance(item, (XPathNode, UntypedAtomic))
        if untyped and cls is NumericProxy:
            return self.cast_to_double(item)
        if untyped and isinstance(cls, type) and issubclass(cls, (AbstractDateTime, Duration)):
            return self._cast_to(cls, _text(item))
        return super().validated_value(item, cls, *given, **named)  # type: ignore[misc]

    def _cast_to(self, cls: Any, text: str) -> Any:
        """A date, time or duration of an untyped value (XPath 2.0, 3.1.5)."""
        try:
            return cls.fromstring(text.strip(" \t\r\n"))
        except (ValueError, OverflowError):
            raise self.error("FORG0001", text) from None  # type: ignore[attr-defined]


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
    """General comparison: two untyped values are compared as strings (XPath 2.0, 3.5.2).

    Nothing is compared with nothing, so that a fault on the other side does not matter (2.3.4).
    """

    __slots__ = ()

    def iter_comparison_data(self, context: Any) -> Iterator[tuple[Any, Any]]:
        left, right = self  # type: ignore[misc]
        ones = list(left.atomization(context))  # type: ignore[has-type]
        for one, other in product(ones, right.atomization(context) if ones else ()):  # type: ignore[has-type]
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


_MENDINGS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), (_Comparison,)),
    **dict.fromkeys(_NUMERIC, (_Numeric,)),
    **dict.fromkeys(("sum", "abs", "round", "floor", "ceiling", "round-half-to-even"), (_Arithmetic,)),
    **EXPRESSIONS,
    **REGEX,
}


@lru_cache(maxsize=2)
def symbols(version: str) -> dict[str, Any]:
    """The symbols of a version of XPath, mended; with the functions of XSLT 2.0 that write dates."""
    table: dict[str, Any] = dict((XPath31Parser if version == "3.1" else XPath2Parser).symbol_table)
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
