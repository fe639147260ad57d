"""Sequence types of XSLT functions: the conversion of arguments, variables and results (XPath 2.0, 3.1.5)."""

import re
from decimal import Decimal
from typing import Any

from elementpath import XPathContext
from elementpath.datatypes import AnyURI, UntypedAtomic
from elementpath.sequence_types import is_sequence_type, match_sequence_type

from checktool.checking.schematron.language import UnusableError
from checktool.checking.schematron.xpath2_parser import Parser, Sequence

_TYPE = re.compile(r"\s*(.+?)\s*([?*+]?)\s*")
_PROMOTED = {"xs:double": (int, Decimal, float), "xs:float": (int, Decimal), "xs:string": (AnyURI,)}


class Types:
    """Converts values to the types that a rule file names."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser

    def check(self, name: str) -> None:
        """Raises UnusableError for what is no sequence type."""
        if name and not is_sequence_type(" ".join(name.split()), self._parser.parser):
            raise UnusableError(f"as={name}")

    def converted(self, value: Sequence, name: str) -> Sequence:
        """A value as a type asks for it. Raises TypeError where it cannot be."""
        found = _TYPE.fullmatch(name)
        if found is None:
            return value
        kind, occurrence = found[1], found[2]
        if ":" in kind and "(" not in kind:
            value = [self._atomic(item, kind) for item in self.atomized(value)]
        elif not all(match_sequence_type(item, kind, self._parser.parser) for item in value):
            raise TypeError(name)
        if (not value and occurrence in ("", "+")) or (len(value) > 1 and occurrence in ("", "?")):
            raise TypeError(name)
        return value

    def atomized(self, value: Sequence) -> Sequence:
        """The typed values of the items."""
        token = self._parser.parsed(".")
        return [atom for item in value for atom in token.atomize_item(item)]

    def comparable(self, value: Sequence) -> list[object]:
        """The atoms of a value such that those which are equal for a key are equal for Python."""
        return [_comparable(atom) for atom in self.atomized(value)]

    def _atomic(self, atom: Any, kind: str) -> Any:
        if kind.rpartition(":")[2] == "anyAtomicType":
            return atom
        promoted = isinstance(atom, _PROMOTED.get("xs:" + kind.rpartition(":")[2], ()))
        if isinstance(atom, UntypedAtomic) or (promoted and not isinstance(atom, bool)):
            return self._asked(f"$value cast as {kind}", atom)[0]
        if not self._asked(f"$value instance of {kind}", atom)[0]:
            raise TypeError(kind)
        return atom

    def _asked(self, expression: str, atom: Any) -> Sequence:
        context = XPathContext(item="", variables={"value": atom})
        return list(self._parser.parsed(expression).select(context))


def _comparable(atom: Any) -> object:
    if isinstance(atom, (bool, str)):
        return atom
    if isinstance(atom, (UntypedAtomic, AnyURI)):
        return str(atom)
    return float(atom) if isinstance(atom, (int, float, Decimal)) else (type(atom).__name__, str(atom))
