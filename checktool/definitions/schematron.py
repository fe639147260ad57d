"""Rule files: ISO/IEC 19757-3 Schematron read into plain records.

What is read is written in docs/rules.md. Anything else is refused with file, line and element, so
that no rule is passed over in silence. Includes and abstract parts are resolved here; what remains
is patterns of rules of assertions, ready to be compiled by ``checktool.checking.rules``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from checktool.definitions import schematron_parts as parts
from checktool.definitions.xpath import split_union, tokens
from checktool.model.finding import Severity

NAMESPACE = parts.NAMESPACE
BINDINGS = {"", "xslt", "xslt1", "xpath", "exslt"}
SEVERITIES = {
    "fatal": Severity.ERROR, "error": Severity.ERROR,
    "warn": Severity.WARNING, "warning": Severity.WARNING,
    "info": Severity.INFO, "information": Severity.INFO,
}  # fmt: skip
KINDS = ("title", "fix", "source", "who", "condition")


@dataclass(frozen=True, slots=True)
class Template:
    """A text with ``{1}`` … for its ``value-of`` and ``name``, and their expressions in order."""

    text: str = ""
    expressions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assertion:
    """One ``assert`` (or ``report``, whose test is true where it fires)."""

    code: str
    test: str
    report: bool
    severity: Severity
    message: Template
    subject: str
    texts: Mapping[str, Template]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class SchematronRule:
    """One rule: its context pattern, local variables and assertions."""

    context: str
    lets: tuple[tuple[str, str], ...]
    assertions: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Rules of which the first that matches a node is the one that applies to it."""

    id: str
    lets: tuple[tuple[str, str], ...]
    rules: tuple[SchematronRule, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """One rule file; ``patterns`` are those of the chosen phase."""

    file: Path
    namespaces: Mapping[str, str]
    lets: tuple[tuple[str, str], ...]
    patterns: tuple[Pattern, ...]


def read(path: Path, folder: Path, phase: str = "") -> Schema:
    """Read a rule file below ``folder``; includes may not leave it. Raises PackError P007, P008."""
    root = parts.load(path, folder)
    binding = root.get("queryBinding", "")
    if binding.lower() not in BINDINGS:
        raise parts.refused(root, f"queryBinding={binding}")
    patterns = parts.resolve_patterns(root)
    return Schema(
        file=path,
        namespaces={node.get("prefix", ""): node.get("uri", "") for node in parts.children(root, "ns")},
        lets=_lets(root) + _phase_lets(root, phase),
        patterns=tuple(_pattern(node, root, path.stem, number) for number, node in
                       _of_phase(root, patterns, phase)),
    )  # fmt: skip


def _chosen(root: etree._Element, phase: str) -> str:
    chosen = phase or root.get("defaultPhase", "#ALL")
    return root.get("defaultPhase", "#ALL") if chosen == "#DEFAULT" else chosen


def _phase(root: etree._Element, phase: str) -> etree._Element | None:
    chosen = _chosen(root, phase)
    if chosen == "#ALL":
        return None
    found = next((node for node in parts.children(root, "phase") if node.get("id") == chosen), None)
    if found is None:
        raise parts.refused(root, f"phase={chosen}")
    return found


def _phase_lets(root: etree._Element, phase: str) -> tuple[tuple[str, str], ...]:
    found = _phase(root, phase)
    return () if found is None else _lets(found)


def _of_phase(
    root: etree._Element, patterns: list[etree._Element], phase: str
) -> list[tuple[int, etree._Element]]:
    numbered = list(enumerate(patterns, 1))
    found = _phase(root, phase)
    if found is None:
        return numbered
    active = {node.get("pattern") for node in parts.children(found, "active")}
    return [(number, node) for number, node in numbered if node.get("id") in active]


def _lets(parent: etree._Element) -> tuple[tuple[str, str], ...]:
    found = []
    for node in parts.children(parent, "let"):
        if node.get("name") is None or node.get("value") is None:
            raise parts.refused(node, "let")
        found.append((node.get("name", ""), _readable(node, node.get("value", ""))))
    return tuple(found)


def _readable(node: etree._Element, expression: str) -> str:
    """An expression as it is, when it consists of the tokens of XPath 1.0."""
    try:
        tokens(expression)
    except ValueError:
        raise parts.refused(node, expression) from None
    return expression


def _pattern(node: etree._Element, root: etree._Element, stem: str, number: int) -> Pattern:
    name = node.get("id") or str(number)
    rules = tuple(
        _rule(rule, root, f"{stem}-{name}.{place}")
        for place, rule in enumerate(parts.children(node, "rule"), 1)
        if rule.get("abstract") != "true"
    )
    return Pattern(name, _lets(node), rules)


def _rule(node: etree._Element, root: etree._Element, label: str) -> SchematronRule:
    context = node.get("context", "")
    if not context or not all(split_union(context)):
        raise parts.refused(node, "context")
    _readable(node, context)
    checks = [child for child in node if child.tag in (parts.tag("assert"), parts.tag("report"))]
    assertions = tuple(
        _assertion(child, node, root, f"{label}.{place}") for place, child in enumerate(checks, 1)
    )
    return SchematronRule(context, _lets(node), assertions)


def _assertion(node: etree._Element, rule: etree._Element, root: etree._Element, label: str) -> Assertion:
    test = node.get("test", "")
    if not test.strip():
        raise parts.refused(node, "test")
    word = node.get("role") or node.get("flag") or rule.get("role") or rule.get("flag") or ""
    texts = _texts(node, root)
    count = sum(len(template.expressions) for template in texts.values())
    return Assertion(
        code=node.get("id") or label,
        test=_readable(node, test),
        report=node.tag == parts.tag("report"),
        severity=SEVERITIES.get(word.lower(), Severity.ERROR),
        message=_numbered(node, count) if parts.has_text(node) else Template(_escaped(test)),
        subject=_readable(node, node.get("subject") or rule.get("subject") or ""),
        texts=texts,
        file=parts.file_of(node),
        line=parts.line_of(node),
    )


def _texts(node: etree._Element, root: etree._Element) -> dict[str, Template]:
    """The diagnostics that an assertion names, by the last part of their id (title, fix …).

    Their values are numbered before those of the message, so that assertions of one code, which have
    messages of their own, share them.
    """
    wanted = node.get("diagnostics", "").split()
    known = {
        diagnostic.get("id"): diagnostic
        for group in parts.children(root, "diagnostics")
        for diagnostic in parts.children(group, "diagnostic")
    }
    found: dict[str, Template] = {}
    count = 0
    for name in wanted:
        if name not in known:
            raise parts.refused(node, f"diagnostics={name}")
        kind = name.rpartition("-")[2]
        template = _numbered(known[name], count)
        count += len(template.expressions)
        found[kind if kind in KINDS and kind not in found else name] = template
    return found


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _numbered(node: etree._Element, start: int) -> Template:
    """The text of an element as a template whose placeholders count on from ``start``."""
    expressions: list[str] = []

    def walk(element: etree._Element) -> str:
        text = _escaped(element.text or "")
        for child in element:
            if child.tag == parts.tag("value-of"):
                expressions.append(_readable(child, child.get("select", ".")))
                text += f"{{{start + len(expressions)}}}"
            elif child.tag == parts.tag("name"):
                expressions.append(f"name({_readable(child, child.get('path', '.'))})")
                text += f"{{{start + len(expressions)}}}"
            elif isinstance(child.tag, str):
                text += walk(child)
            text += _escaped(child.tail or "")
        return text

    return Template(" ".join(walk(node).split()), tuple(expressions))
