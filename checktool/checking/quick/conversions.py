"""Values of expressions turned into strings, numbers and booleans, and compared (XPath 1.0, 3.4 and 4)."""

from typing import NamedTuple

from checktool.checking.quick.nodes import Branch, Finder, Nodes
from checktool.checking.quick.symbols import Symbols, UnclearError, calls

TEXT, NUMBER, TRUTH = "text", "number", "truth"
_SIGNS = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class Code(NamedTuple):
    """Code of a value that is no node set; ``kind`` is text, number or truth."""

    kind: str
    code: str


Value = Code | Nodes


class Conversions:
    """Makes code that converts and compares. Raises UnclearError for what has none."""

    def __init__(self, finder: Finder, symbols: Symbols) -> None:
        self._finder = finder
        self._symbols = symbols

    def text(self, value: Value) -> str:
        """Code of a value as a string."""
        if not isinstance(value, Code):
            return self._finder.first_text(value)
        if value.kind == TRUTH:
            true, false = self._symbols.constant("true"), self._symbols.constant("false")
            return f"({true} if {value.code} else {false})"
        return value.code if value.kind == TEXT else f"written({value.code})"

    def number(self, value: Value) -> str:
        """Code of a value as a number."""
        if isinstance(value, Code) and value.kind == NUMBER:
            return value.code
        if isinstance(value, Code) and value.kind == TRUTH:
            return f"({value.code} + 0.0)"
        return self._symbols.kept(f"number({self.text(value)})")

    def truth(self, value: Value) -> str:
        """Code of a value as a boolean."""
        if not isinstance(value, Code):
            found = [self._finder.some(branch, self._finder.stands(branch)) for branch in value]
            return f"({' or '.join(found) or 'False'})"
        if value.kind == TRUTH:
            return value.code
        if value.kind == NUMBER:
            return f"truth({value.code})"
        return f"({value.code} != {self._symbols.constant('')})"

    def compared(self, operator: str, left: Value, right: Value) -> str:
        """Code that compares two values."""
        kinds = {value.kind for value in (left, right) if isinstance(value, Code)}
        equality = operator in ("=", "!=")
        if TRUTH in kinds and equality:
            return f"({self.truth(left)} {_SIGNS[operator]} {self.truth(right)})"
        if isinstance(left, Code) and isinstance(right, Code):
            as_kind = self.number if NUMBER in kinds or not equality else self.text
            return f"({as_kind(left)} {_SIGNS[operator]} {as_kind(right)})"
        if TRUTH in kinds:
            raise UnclearError
        numeric = NUMBER in kinds or not equality
        pairs = [(one, other) for one in self._each(left) for other in self._each(right)]
        found = [self._met(operator, one, other, numeric) for one, other in pairs]
        if not found and any(isinstance(one, Code) and calls(one.code) for one in (left, right)):
            raise UnclearError
        return f"({' or '.join(found) or 'False'})"

    @staticmethod
    def _each(value: Value) -> list[Code | Branch]:
        return [value] if isinstance(value, Code) else list(value)

    def _met(self, operator: str, left: Code | Branch, right: Code | Branch, numeric: bool) -> str:
        """Code for whether any node of one kind compares with a value, or with any node of another."""
        loops = [one for one in (left, right) if isinstance(one, Branch)]
        conditional = [one for one in loops if one.rows or one.guard]
        if conditional and any(calls("".join(one)) if isinstance(one, Code) else calls(one.guard + one.where)
                               for one in (left, right)):  # fmt: skip
            raise UnclearError
        met = [f"({self._side(left, numeric)} {_SIGNS[operator]} {self._side(right, numeric)})"]
        if not (numeric and operator != "!="):
            met += [self._finder.stands(one) for one in loops]
        code = f"({' and '.join(filter(None, met))})"
        for branch in loops:
            code = self._finder.some(branch, code)
        return code

    def _side(self, one: Code | Branch, numeric: bool) -> str:
        value: Value = one if isinstance(one, Code) else (one.taken(),)
        return self.number(value) if numeric else self.text(value)
