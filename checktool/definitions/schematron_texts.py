"""Texts of rule files as templates: what an assertion, diagnostic or property says."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from lxml import etree

from checktool.definitions.schematron_parts import XSLT, language_of, tag

_MARKUP = {tag("emph"): "class", tag("span"): "class", tag("dir"): "value"}
_MARK = re.compile("([\x01\x03])([0-9]+)\x02")
Expression = Callable[[etree._Element, str], str]


@dataclass(frozen=True, slots=True)
class Template:
    """A text with ``{1}`` … for its ``value-of`` and ``name``, and their expressions in order.

    ``marked`` is the text as XML, where it has ``emph``, ``span`` or ``dir``, which are of SVRL there.
    """

    text: str = ""
    expressions: tuple[str, ...] = ()
    marked: str = ""


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
        self._marks: list[tuple[str, str]] = []
        text = " ".join(self._walk(node).split())
        marked = _MARK.sub(self._tag, escape(text, quote=False)) if self._marks else ""
        self.template = Template(_MARK.sub("", text), tuple(self._found), marked)

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
        if child.tag in _MARKUP:
            return self._marked(child)
        return self._walk(child) if isinstance(child.tag, str) else ""

    def _marked(self, child: etree._Element) -> str:
        name, attribute = etree.QName(child).localname, _MARKUP[str(child.tag)]
        value = child.get(attribute, "")
        written = f' {"class" if attribute == "class" else "dir"}="{escape(value)}"' if value else ""
        self._marks.append((f"<svrl:{name}{written}>", f"</svrl:{name}>"))
        number = len(self._marks) - 1
        return f"\x01{number}\x02{self._walk(child)}\x03{number}\x02"

    def _tag(self, mark: re.Match[str]) -> str:
        return self._marks[int(mark[2])][mark[1] == "\x03"]

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
