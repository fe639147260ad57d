"""Variables of rule files: what a level defines, what it may not define twice, what patterns lend.

ISO/IEC 19757-3, 5.4.5: a variable may be defined once at each level, and a definition hides one of the
same name further out. A pattern or phase that says an outer definition over again, name and value, is
taken for a slip and refused. The variables of a pattern are worked out at the document, as those of the
schema are, and may be used by other patterns.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from lxml import etree

from checktool.definitions.schematron_parts import children, file_of, line_of, refused


class Let(NamedTuple):
    """A variable: an expression, or the content of its element as XML."""

    name: str
    value: str
    content: str = ""
    file: str = ""
    line: int = 0


Lets = tuple[Let, ...]


def lets_of(parent: etree._Element, outer: Iterable[Let] = ()) -> Lets:
    """The variables that an element defines. Raises PackError P007."""
    found: dict[str, Let] = {}
    repeated = {(let.name, let.value) for let in outer}
    for node in children(parent, "let"):
        let = _let(node)
        if let.name in found or (let.name, let.value) in repeated:
            raise refused(node, f"let={let.name}")
        found[let.name] = let
    return tuple(found.values())


def _let(node: etree._Element) -> Let:
    name, value = node.get("name", ""), node.get("value")
    content = value is None and (len(node) > 0 or bool((node.text or "").strip()))
    if not name or (value is None and not content):
        raise refused(node, "let")
    written = etree.tostring(node, encoding="unicode", with_tail=False) if content else ""
    return Let(name, value or "", written, file_of(node), line_of(node))


def lent(needed: Iterable[str], levels: Iterable[Lets], variables: Callable[[str], set[str]]) -> Lets:
    """The variables of other patterns that a pattern uses, each behind those that it needs itself.

    ``levels`` are the variables of each other pattern; ``variables`` names those of an expression.
    """
    found: dict[str, Let] = {}

    def take(name: str, seen: frozenset[str]) -> None:
        level = next((level for level in levels if any(let.name == name for let in level)), ())
        for let in level:
            if let.name == name and name not in seen and name not in found:
                for inner in sorted(variables(let.value)):
                    take(inner, seen | {name})
                found[name] = let

    for name in sorted(needed):
        take(name, frozenset())
    return tuple(found.values())
