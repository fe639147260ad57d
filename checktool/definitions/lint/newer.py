"""Expressions of XPath 2 and 3 rule files: whether they parse, and the names that they hold.

Their paths are not followed; a name is looked for anywhere in the schema sets.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

_BINDINGS = ("xslt2", "xslt3", "xpath2", "xpath3")
_NOT_HERE = {"XPST0017", "XPST0051"}
_TYPED = {"instance", "cast", "castable", "treat"}


def is_newer(path: Path) -> bool:
    """Whether a rule file is written in XPath 2 or 3, by its ``queryBinding``."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    binding = etree.parse(str(path), parser).getroot().get("queryBinding", "")
    return binding.lower().startswith(_BINDINGS)


def names(expression: str, namespaces: Mapping[str, str]) -> list[tuple[str, bool]] | None:
    """(name as written, whether of an attribute) of an expression; None where it is no XPath 3.1.

    Without names where it calls a function that the parser does not know: the engine tells of that.
    """
    import elementpath
    from elementpath.xpath31 import XPath31Parser

    try:
        parsed = XPath31Parser(namespaces=dict(namespaces), strict=False).parse(expression)
    except elementpath.ElementPathError as fault:
        return [] if str(fault.code).rpartition(":")[2] in _NOT_HERE else None
    return list(dict.fromkeys(_names(parsed, False)))


def _names(token: Any, attribute: bool) -> Iterator[tuple[str, bool]]:
    symbol = token.symbol
    if symbol == "(name)":
        yield str(token.value), attribute
    elif symbol == ":":
        parts = [str(part.value) for part in token]
        if len(parts) == 2 and "*" not in parts and token[1].symbol == "(name)":
            yield ":".join(parts), attribute
    elif symbol != "$":
        for part in token[:1] if symbol in _TYPED else token:
            yield from _names(part, symbol in ("@", "attribute"))
