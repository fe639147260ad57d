"""XPath 1.0 expressions evaluated at any kind of node: attributes, texts, comments, the document.

lxml evaluates at elements only. For another node the expression is wrapped into a predicate of a path
from its parent, where an extension function catches its value; the document stands as its element tree.
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

_UNKNOWN = {"XPATH_UNKNOWN_FUNC_ERROR", "XPATH_UNDEF_PREFIX_ERROR"}

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

    def knows(self, function: str) -> bool:
        """Whether a function with a prefix can be called: ours, or one of EXSLT that libxml2 has."""
        prefix, _, name = function.rpartition(":")
        if (self._namespaces.get(prefix, ""), name) in self._extensions:
            return True
        try:
            etree.XPath(f"{function}()", namespaces=self._namespaces)(etree.Element("none"))
        except etree.XPathEvalError as fault:
            return not any(entry.type_name in _UNKNOWN for entry in fault.error_log)
        except TypeError:
            return True
        return True

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
    if isinstance(node, etree._ElementTree):
        return node.getroot(), "/self::node()"
    if isinstance(node, etree._Element):
        parent = node.getparent()
        comment = isinstance(node, etree._Comment)
        alike = etree.Comment if comment else etree.ProcessingInstruction
        place = sum(1 for _ in node.itersiblings(alike, preceding=True)) + 1
        path = f"{'comment()' if comment else 'processing-instruction()'}[{place}]"
        return (node.getroottree().getroot(), f"/{path}") if parent is None else (parent, path)
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
