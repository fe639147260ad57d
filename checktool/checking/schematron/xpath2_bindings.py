"""Expressions of XPath with variables of their own: ``for some every let``."""

from collections.abc import Iterator
from copy import copy
from typing import Any


def given(token: Any, context: Any) -> Any:
    """The context of an expression, which it cannot do without. Raises elementpath's error."""
    if context is None:
        raise token.missing_context()
    return context


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
        for inner in self._bound(given(self, context)):
            yield from self[-1].select(inner)


class _Quantified(_Binding):
    __slots__ = ()
    _word = "satisfies"

    def evaluate(self: Any, context: Any = None) -> bool:
        found = (self.boolean_value(self[-1].select(inner)) for inner in self._bound(given(self, context)))
        return any(found) if self.symbol == "some" else all(found)


class _Let:
    """Variables of an expression, each worked out in the focus of the whole (XPath 3.0, 3.11)."""

    __slots__ = ()

    def select(self: Any, context: Any = None) -> Iterator[Any]:
        inner = copy(given(self, context))
        inner.variables = inner.variables.copy()
        for at in range(0, len(self) - 1, 2):
            inner.variables[self[at][0].value] = self[at + 1].evaluate(copy(inner))
        yield from self[-1].select(inner)


BINDINGS: dict[str, tuple[type, ...]] = {
    "for": (_For,), "some": (_Quantified,), "every": (_Quantified,), "let": (_Let,),
}  # fmt: skip
"""What is put before elementpath's own class, by the symbol that it stands for."""
