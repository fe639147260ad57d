"""XPath 1.0 expressions evaluated at any kind of node, attributes, texts and comments included.

lxml evaluates at elements only. For another node the expression is wrapped into a predicate of a path
from its parent, where an extension function catches its value.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from lxml import etree

from checktool.definitions.xpath import functions

CAUGHT = "urn:checktool:caught"
CURRENT = "checktool-current"
_CURRENT = re.compile(r"\bcurrent\(\s*\)")

Variables = dict[str, Any]
Extensions = Mapping[tuple[str, str], Callable[..., object]]


class Evaluator:
    """Compiles and evaluates the expressions of one rule file."""

    def __init__(self, namespaces: Mapping[str, str], extensions: Extensions) -> None:
        """``namespaces`` are the prefixes of the file, ``extensions`` what lxml may call."""
        self._caught: list[object] = []
        self._namespaces = {**namespaces, CURRENT: CAUGHT}
        self._extensions = {**extensions, (CAUGHT, "catch"): self._catch}
        self.compiled = lru_cache(maxsize=None)(self._compile)

    def _catch(self, _: object, value: object) -> bool:
        self._caught.append(value)
        return True

    def _compile(self, expression: str) -> etree.XPath:
        """A compiled expression. Raises etree.XPathSyntaxError."""
        written = _CURRENT.sub(f"${CURRENT}", expression)
        calls = any(":" in name for name in functions(written))
        return etree.XPath(
            written,
            namespaces=self._namespaces,
            extensions=self._extensions if calls else None,
            regexp=calls,
        )

    def at(self, node: Any, expression: str, variables: Variables) -> Any:
        """The value of an expression with a node as context.

        Raises etree.XPathEvalError where it cannot be evaluated.
        """
        if isinstance(node, etree._Element) and isinstance(node.tag, str):
            return self.compiled(expression)(node, **self._with_current(node, expression, variables))
        parent, path = anchored(node)
        self._caught.clear()
        caught = f"{path}[{CURRENT}:catch({expression})]"
        self.compiled(caught)(parent, **self._with_current(node, expression, variables))
        return self._caught[-1] if self._caught else []

    def nodes(self, root: etree._Element, expression: str, variables: Variables) -> list[Any]:
        """The nodes that an expression selects in a document."""
        found = self.compiled(expression)(root, **variables)
        return found if isinstance(found, list) else []

    @staticmethod
    def _with_current(node: Any, expression: str, variables: Variables) -> Variables:
        return {**variables, CURRENT: node} if _CURRENT.search(expression) else variables


def anchored(node: Any) -> tuple[etree._Element, str]:
    """The element by which a node is reached, and the path from there."""
    if isinstance(node, etree._Element):
        parent = node.getparent()
        if parent is None:
            return node.getroottree().getroot(), "."
        comment = isinstance(node, etree._Comment)
        alike = etree.Comment if comment else etree.ProcessingInstruction
        place = sum(1 for _ in node.itersiblings(alike, preceding=True)) + 1
        return parent, f"{'comment()' if comment else 'processing-instruction()'}[{place}]"
    owner = node.getparent()
    if getattr(node, "is_attribute", False):
        name = etree.QName(node.attrname)
        uri = name.namespace or ""
        return owner, f"@*[local-name()='{name.localname}' and namespace-uri()='{uri}']"
    if node.is_tail:
        return owner, "following-sibling::text()[1]"
    return owner, "text()[1]"


def is_attribute(node: object) -> bool:
    """Whether an XPath result is an attribute."""
    return bool(getattr(node, "is_attribute", False))
