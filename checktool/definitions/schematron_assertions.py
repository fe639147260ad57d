"""Assertions of rule files read into records: test, place, severity, texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from checktool.definitions import schematron_parts as parts
from checktool.definitions.schematron_expand import Concrete
from checktool.definitions.schematron_texts import Numbered, Reference, Template, escaped, reference
from checktool.definitions.xpath import tokens
from checktool.model.finding import Severity

SEVERITIES = {
    "fatal": Severity.ERROR, "error": Severity.ERROR,
    "warn": Severity.WARNING, "warning": Severity.WARNING,
    "info": Severity.INFO, "information": Severity.INFO,
}  # fmt: skip
KINDS = ("title", "fix", "source", "who", "condition")


@dataclass(frozen=True, slots=True)
class Assertion:
    """One ``assert`` (or ``report``, whose test is true where it fires).

    Values are numbered through its diagnostics, its message and its properties, in this order, so that
    assertions of one code, which have messages of their own, share the diagnostics. ``marks`` are its
    ``id``, ``role``, ``flag``, ``see`` and ``lang`` as far as they are written.
    """

    code: str
    test: str
    report: bool
    severity: Severity
    message: Template
    subject: str
    texts: Mapping[str, Template]
    file: str
    line: int
    references: tuple[Reference, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)

    def values(self) -> tuple[str, ...]:
        """The expressions of all its values, in the order of their numbers."""
        found = [one.template for one in self.references if one.kind == "diagnostic"]
        found += [self.message]
        found += [one.template for one in self.references if one.kind == "property"]
        return tuple(expression for template in found for expression in template.expressions)

    def copies(self) -> frozenset[int]:
        """The numbers of its values that stand for copies of nodes."""
        return frozenset(number for one in self.references for number in one.copies)

    def expressions(self) -> Iterator[str]:
        """Every expression that is evaluated for it."""
        yield self.test
        if self.subject:
            yield self.subject
        yield from self.values()


class AssertionReader:
    """Reads the assertions of one schema."""

    def __init__(self, root: etree._Element, language: str) -> None:
        self._language = language
        self._known = {
            "diagnostic": _by_id(root, "diagnostics", "diagnostic"),
            "property": _by_id(root, "properties", "property"),
        }

    def readable(self, node: etree._Element, expression: str) -> str:
        """An expression as it is, when it consists of tokens of its language. Raises PackError P007."""
        if self._language == "1.0":
            try:
                tokens(expression)
            except ValueError:
                raise parts.refused(node, expression) from None
        return expression

    def assertion(self, node: etree._Element, rule: etree._Element, one: Concrete, label: str) -> Assertion:
        """An ``assert`` or ``report`` of a rule; ``label`` is its code when it has no id."""
        test = node.get("test", "")
        if not test.strip():
            raise parts.refused(node, "test")
        diagnostics = self._references("diagnostic", node, one, 0)
        count = sum(len(found.template.expressions) for found in diagnostics)
        spoken = parts.has_text(node)
        message = Numbered(node, count, self.readable).template if spoken else Template(escaped(test))
        properties = self._references("property", node, one, count + len(message.expressions))
        return Assertion(
            code=node.get("id") or label,
            test=self.readable(node, test),
            report=node.tag == parts.tag("report"),
            severity=_severity(node, rule, one.node),
            message=message,
            subject=self.readable(node, node.get("subject") or rule.get("subject") or ""),
            texts=_texts(diagnostics),
            file=parts.file_of(node),
            line=parts.line_of(node),
            references=(*diagnostics, *properties),
            marks=_marks(node),
        )

    def _references(self, kind: str, node: etree._Element, one: Concrete, start: int) -> list[Reference]:
        attribute = {"diagnostic": "diagnostics", "property": "properties"}[kind]
        found: list[Reference] = []
        for name in node.get(attribute, "").split():
            named = self._known[kind].get(name)
            if named is None:
                raise parts.refused(node, f"{attribute}={name}")
            made = reference(kind, named, start, lambda at, text: self.readable(at, one.fill(text)))
            found.append(made)
            start += len(made.template.expressions)
        return found


def _by_id(root: etree._Element, group: str, name: str) -> dict[str, etree._Element]:
    return {
        node.get("id", ""): node
        for holder in parts.children(root, group)
        for node in parts.children(holder, name)
    }


def _severity(node: etree._Element, rule: etree._Element, pattern: etree._Element) -> Severity:
    """The first known role or flag: of the assertion, the abstract rule that lent it, its rule, pattern."""
    words = [node.get("role"), node.get("flag"), node.get("severity")]
    words += [node.get(parts.INHERITED + name) for name in ("role", "flag")]
    words += [one.get(name) for one in (rule, pattern) for name in ("role", "flag")]
    known = (SEVERITIES.get((word or "").strip().lower()) for word in words)
    return next((severity for severity in known if severity is not None), Severity.ERROR)


def _texts(diagnostics: list[Reference]) -> dict[str, Template]:
    """Diagnostics by the last part of their id (title, fix …), the others by their id."""
    found: dict[str, Template] = {}
    for one in diagnostics:
        kind = one.id.rpartition("-")[2]
        found[kind if kind in KINDS and kind not in found else one.id] = one.template
    return found


def _marks(node: etree._Element) -> dict[str, str]:
    marks = {key: value for key in ("id", "role", "flag", "see", "severity") if (value := node.get(key))}
    if language := parts.language_of(node):
        marks["lang"] = language
    return marks
