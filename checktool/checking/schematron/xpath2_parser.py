"""Parsers for XPath 2 and later, as rule files need them: elementpath with XSLT's functions.

Nothing outside the rule folder can be read: functions that could are refused or given our own documents.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import Any

from elementpath import XPath2Parser
from elementpath.exceptions import ElementPathError
from elementpath.xpath3 import XPath31Parser
from elementpath.xpath_tokens import XPathFunction

from checktool.checking.schematron.language import UnusableError
from checktool.checking.schematron.xpath2_expressions import REFUSED
from checktool.checking.schematron.xpath2_mended import lenient, symbols

CODEPOINTS = "http://www.w3.org/2005/xpath-functions/collation/codepoint"
_QUOTED = r""""[^"]*"|'[^']*'"""
_COMMENT = re.compile(_QUOTED + r"|\(:(?:[^:(]|:(?!\))|\((?!:))*:\)")
_LITERAL = re.compile(_QUOTED)
_BOUND = re.compile(r"\$\s*([\w.\-]+(?::[\w.\-]+)?)\s*(?:in\b|as\b|:=)")
_PARAMS = re.compile(r"\bfunction\s*\(([^)]*)\)")
_VARIABLE = re.compile(r"\$\s*([\w.\-]+(?::[\w.\-]+)?)")

Sequence = list[Any]
Call = Callable[[Any, list[Sequence]], Sequence]


def without_comments(expression: str) -> str:
    """An expression without its comments ``(: … :)``."""
    if "(:" not in expression:
        return expression
    while (plain := _COMMENT.sub(_kept, expression)) != expression:
        expression = plain
    return expression


def _kept(hit: re.Match[str]) -> str:
    return hit[0] if hit[0][0] in "\"'" else " "


def free_variables(expression: str) -> set[str]:
    """The variables of an expression that it does not bind itself."""
    plain = _LITERAL.sub("''", without_comments(expression))
    bound = set(_BOUND.findall(plain))
    bound.update(name for params in _PARAMS.findall(plain) for name in _VARIABLE.findall(params))
    return set(_VARIABLE.findall(plain)) - bound


class Parser:
    """Parses the expressions of one rule file."""

    def __init__(self, version: str, namespaces: Mapping[str, str]) -> None:
        kind = XPath31Parser if version == "3.1" else XPath2Parser
        self.parser: Any = kind(namespaces=dict(namespaces), default_collation=CODEPOINTS)
        self.parser.symbol_table = dict(symbols(version))
        self._parsed: dict[str, Any] = {}
        self._patterns: dict[str, Any] = {}

    def knows(self, function: str) -> bool:
        """Whether the language itself has a function without prefix."""
        token = self.parser.symbol_table.get(function)
        return token is not None and issubclass(token, XPathFunction)

    def _replace(self, symbol: str, methods: dict[str, Any]) -> None:
        base = self.parser.symbol_table[symbol]
        self.parser.symbol_table[symbol] = type(base)(base.__name__, (base,), methods)

    def add(self, name: str, prefix: str | None, nargs: int | tuple[int, int], call: Call) -> None:
        """A function; ``call`` gets the dynamic context and a sequence an argument.

        Raises UnusableError for a name that cannot be one.
        """

        def evaluate(self: Any, context: Any = None) -> Sequence:
            if context is None:
                raise self.missing_context()
            return call(context, [list(argument.select(copy(context))) for argument in self])

        if prefix is None and self.knows(name):
            self._replace(name, {"evaluate": evaluate, "select": _select})
            return
        try:
            token = self.parser.external_function(lambda *_: None, name=name, prefix=prefix)
        except (ElementPathError, KeyError):
            raise UnusableError(f"{prefix}:{name}") from None
        token.label = "function"
        token.nargs = nargs
        token.evaluate = evaluate

    def parsed(self, expression: str) -> Any:
        """The token tree of an expression. Raises UnusableError."""
        if expression not in self._parsed:
            self._parsed[expression] = self._parse(expression)
        return self._parsed[expression]

    def pattern(self, expression: str) -> Any:
        """The token tree of the context of a rule, at which faults mean that a node does not match."""
        if expression not in self._patterns:
            self._patterns[expression] = self._parse(expression)
            lenient(self._patterns[expression])
        return self._patterns[expression]

    def _parse(self, expression: str) -> Any:
        try:
            root = self.parser.parse(expression)
        except (ElementPathError, ValueError, TypeError, KeyError, RecursionError) as fault:
            code = getattr(fault, "code", None) or type(fault).__name__
            raise UnusableError(f"{expression} [{str(code).removeprefix('err:')}]") from None
        for token in root.iter():
            if isinstance(token, XPathFunction) and token.symbol in REFUSED:
                raise UnusableError(f"{token.symbol}()")
        return root


def _select(self: Any, context: Any = None) -> Iterator[Any]:
    yield from self.evaluate(context)
