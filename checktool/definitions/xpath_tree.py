"""An XPath 1.0 expression as a tree (W3C, XPath 1.0, sections 2 and 3)."""

from functools import lru_cache
from typing import NamedTuple, Union

from checktool.definitions.xpath import Token, tokens

Expression = Union["Text", "Number", "Variable", "Call", "Binary", "Minus", "Path"]


class Text(NamedTuple):
    """A string."""

    value: str


class Number(NamedTuple):
    """A number, as it is written."""

    written: str


class Variable(NamedTuple):
    """``$name``."""

    name: str


class Call(NamedTuple):
    """A function with its arguments."""

    name: str
    arguments: tuple[Expression, ...]


class Binary(NamedTuple):
    """Two expressions and what stands between them, ``|`` included."""

    operator: str
    left: Expression
    right: Expression


class Minus(NamedTuple):
    """A number with its sign changed."""

    inner: Expression


class Step(NamedTuple):
    """One step: ``test`` is a name, ``*``, or a type of node such as ``node()``."""

    axis: str
    test: str
    predicates: tuple[Expression, ...]


class Path(NamedTuple):
    """Steps from the context (``start`` None), the document (``absolute``) or an expression's nodes.

    ``filters`` are the predicates of that expression.
    """

    start: Expression | None
    absolute: bool
    filters: tuple[Expression, ...]
    steps: tuple[Step, ...]


_POWERS = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6,
}  # fmt: skip
"""How tightly each operator binds."""

_OPERATORS = ("symbol", "operator")
ANY = "node()"
_ANYWHERE = Step("descendant-or-self", ANY, ())


@lru_cache(maxsize=4_096)
def parse(expression: str) -> Expression:
    """The tree of an expression. Raises ValueError where it is no XPath."""
    reader = _Reader(tokens(expression), expression)
    found = reader.binary(0)
    reader.demand("")
    return found


class _Reader:
    """Reads tokens by recursive descent."""

    def __init__(self, units: list[Token], written: str) -> None:
        self._units = [*units, Token("end", "")]
        self._written = written
        self._at = 0

    def _peek(self) -> Token:
        return self._units[self._at]

    def _take(self) -> Token:
        self._at += 1
        return self._units[self._at - 1]

    def _is_symbol(self, *texts: str) -> bool:
        return self._peek().kind == "symbol" and self._peek().text in texts

    def demand(self, text: str) -> None:
        """Take a token with this text, the empty one at the end. Raises ValueError."""
        if self._peek().text != text or self._peek().kind not in ("symbol", "end"):
            raise ValueError(self._written)
        self._at += 1

    def binary(self, least: int) -> Expression:
        """An expression whose operators bind at least so tightly."""
        found = self._unary()
        while True:
            token = self._units[self._at]
            power = _POWERS.get(token.text, 0) if token.kind in _OPERATORS else 0
            if power <= least:
                return found
            self._at += 1
            found = Binary(token.text, found, self.binary(power))

    def _unary(self) -> Expression:
        if self._is_symbol("-"):
            self._take()
            return Minus(self._unary())
        found = self._path()
        while self._is_symbol("|"):
            self._take()
            found = Binary("|", found, self._path())
        return found

    def _path(self) -> Expression:
        token = self._peek()
        if token.kind in ("literal", "number", "variable", "function") or self._is_symbol("("):
            start = self._primary()
            filters = self._predicates()
            steps = self._steps(first=False)
            return Path(start, False, filters, steps) if filters or steps else start
        absolute = self._is_symbol("/", "//")
        steps = self._steps(first=not absolute)
        if not steps and not absolute:
            raise ValueError(self._written)
        return Path(None, absolute, (), steps)

    def _primary(self) -> Expression:
        token = self._take()
        if token.kind == "literal":
            return Text(token.text[1:-1])
        if token.kind == "number":
            return Number(token.text)
        if token.kind == "variable":
            return Variable(token.text[1:])
        if token.kind != "function":
            inner = self.binary(0)
            self.demand(")")
            return inner
        self.demand("(")
        arguments = [] if self._is_symbol(")") else [self.binary(0)]
        while not self._is_symbol(")"):
            self.demand(",")
            arguments.append(self.binary(0))
        self.demand(")")
        return Call(token.text, tuple(arguments))

    def _steps(self, first: bool) -> tuple[Step, ...]:
        """Steps, each behind a slash; the ``first`` of a relative path has none."""
        steps: list[Step] = []
        alone = self._is_symbol("/") and not first
        while first or self._is_symbol("/", "//"):
            if not first and self._take().text == "//":
                steps.append(_ANYWHERE)
                alone = False
            if alone and not self._begins_step():
                break
            steps.append(self._step())
            first = alone = False
        return tuple(steps)

    def _begins_step(self) -> bool:
        return self._peek().kind in ("name", "axis", "type") or self._is_symbol(".", "..", "@")

    def _step(self) -> Step:
        if not self._begins_step():
            raise ValueError(self._written)
        token = self._take()
        if token.text in (".", "..") and token.kind == "symbol":
            return Step("self" if token.text == "." else "parent", ANY, ())
        axis = "child"
        if token.kind == "axis":
            self.demand("::")
            axis, token = token.text, self._take()
        elif token.kind == "symbol":
            axis, token = "attribute", self._take()
        if token.kind == "type":
            self.demand("(")
            self.demand(")")
        elif token.kind != "name":
            raise ValueError(self._written)
        test = f"{token.text}()" if token.kind == "type" else token.text
        return Step(axis, test, self._predicates())

    def _predicates(self) -> tuple[Expression, ...]:
        found = []
        while self._is_symbol("["):
            self._take()
            found.append(self.binary(0))
            self.demand("]")
        return tuple(found)
