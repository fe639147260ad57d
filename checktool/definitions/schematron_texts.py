"""Texts of rule files as templates: what an assertion, diagnostic or property says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from checktool.definitions.schematron_parts import XSLT, language_of, tag

Expression = Callable[[etree._Element, str], str]


@dataclass(frozen=True, slots=True)
class Template:
    """A text with ``{1}`` … for its ``value-of`` and ``name``, and their expressions in order."""

    text: str = ""
    expressions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A diagnostic or property that an assertion names.

    ``marks`` are its ``role``, ``scheme``, ``see`` and ``lang`` as far as they are written; ``copies`` are
    the numbers of its values that stand for copies of nodes.
    """

    kind: str
    id: str
    template: Template
    marks: Mapping[str, str] = field(default_factory=dict)
    copies: tuple[int, ...] = ()


def escaped(text: str) -> str:
    """A text in which no brace means a value."""
    return text.replace("{", "{{").replace("}", "}}")


class Numbered:
    """The text of an element as a template whose placeholders count on from ``start``."""

    def __init__(self, node: etree._Element, start: int, expression: Expression) -> None:
        """``expression`` answers each expression as it is to be evaluated, or refuses it."""
        self._expression = expression
        self._start = start
        self._found: list[str] = []
        self.copies: list[int] = []
        text = " ".join(self._walk(node).split())
        self.template = Template(text, tuple(self._found))

    def _walk(self, element: etree._Element) -> str:
        text = escaped(element.text or "")
        for child in element:
            text += self._child(child) + escaped(child.tail or "")
        return text

    def _child(self, child: etree._Element) -> str:
        if child.tag == tag("value-of"):
            return self._value(child, child.get("select", "."))
        if child.tag == tag("name"):
            return self._value(child, child.get("path", "name()"))
        if child.tag == f"{{{XSLT}}}copy-of":
            placeholder = self._value(child, child.get("select", "."))
            self.copies.append(self._start + len(self._found))
            return placeholder
        return self._walk(child) if isinstance(child.tag, str) else ""

    def _value(self, node: etree._Element, expression: str) -> str:
        self._found.append(self._expression(node, expression))
        return f"{{{self._start + len(self._found)}}}"


def reference(kind: str, node: etree._Element, start: int, expression: Expression) -> Reference:
    """A diagnostic or property, its values counted on from ``start``."""
    made = Numbered(node, start, expression)
    marks = {key: value for key in ("role", "scheme", "see", "icon", "fpi") if (value := node.get(key))}
    if language := language_of(node):
        marks["lang"] = language
    return Reference(kind, node.get("id", ""), made.template, marks, tuple(made.copies))
