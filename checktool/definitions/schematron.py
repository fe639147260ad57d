"""Rule files: ISO/IEC 19757-3 Schematron read into plain records.

What is read is written in docs/schematron.md. Anything else is refused with file, line and element, so
that no rule is passed over in silence. Includes and abstract parts are resolved here; what remains
is patterns of rules of assertions, ready to be compiled by ``checktool.checking.rules``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from checktool.definitions import schematron_parts as parts
from checktool.definitions import xslt
from checktool.definitions.schematron_assertions import SEVERITIES, Assertion, AssertionReader
from checktool.definitions.schematron_expand import Concrete, patterns_of
from checktool.definitions.schematron_lets import Let, Lets, lent, lets_of
from checktool.definitions.schematron_load import load
from checktool.definitions.schematron_texts import Template
from checktool.definitions.xpath_text import split_union, used_variables

NAMESPACE = parts.NAMESPACE
BINDINGS = {
    "": "1.0", "xslt": "1.0", "xslt1": "1.0", "xpath": "1.0", "xpath1": "1.0", "exslt": "1.0",
    "xslt2": "2.0", "xpath2": "2.0", "xslt3": "3.1", "xpath3": "3.1", "xpath31": "3.1",
}  # fmt: skip
"""The version of XPath that each query language binding means."""

__all__ = ["SEVERITIES", "Assertion", "Let", "Pattern", "Schema", "SchematronRule", "Template", "read"]


@dataclass(frozen=True, slots=True)
class SchematronRule:
    """One rule: its context pattern, local variables and assertions."""

    context: str
    lets: Lets
    assertions: tuple[Assertion, ...]
    file: str = ""
    line: int = 0
    marks: Mapping[str, str] = field(default_factory=dict)
    """Its ``id``, ``role`` and ``flag`` as written."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Rules of which the first that matches a node is the one that applies to it.

    ``documents`` is an expression for other documents that it judges in place of the one at hand;
    ``lent`` are variables of other patterns that it uses.
    """

    id: str
    lets: Lets
    rules: tuple[SchematronRule, ...]
    documents: str = ""
    lent: Lets = ()
    title: str = ""
    file: str = ""
    line: int = 0
    role: str = ""

    def expressions(self) -> Iterator[str]:
        """Every expression that is evaluated for this pattern."""
        yield from (let.value for let in self.lets)
        for rule in self.rules:
            yield rule.context
            yield from (let.value for let in rule.lets)
            for assertion in rule.assertions:
                yield from assertion.expressions()


@dataclass(frozen=True, slots=True)
class Schema:
    """One rule file; ``patterns`` are those of the chosen phase. ``language`` is a version of XPath."""

    file: Path
    folder: Path
    namespaces: Mapping[str, str]
    lets: Lets
    patterns: tuple[Pattern, ...]
    language: str = "1.0"
    keys: tuple[xslt.Key, ...] = ()
    functions: tuple[xslt.Function, ...] = ()
    globals: Lets = ()
    """The variables that functions may use: those of the schema, and of patterns those that they name."""
    title: str = ""
    phase: str = "#ALL"
    version: str = ""
    paragraphs: tuple[str, ...] = ()


def read(path: Path, folder: Path, phase: str = "") -> Schema:
    """Read a rule file below ``folder``; includes may not leave it. Raises PackError P007, P008."""
    root = load(path, folder)
    language = _language(root)
    chosen = _phase(root, phase)
    lets = lets_of(root)
    lets = _joined(lets, lets_of(chosen, lets)) if chosen is not None else lets
    spaces = _namespaces(root)
    concrete = list(enumerate(patterns_of(root), 1))
    if chosen is not None:
        active = {node.get("pattern") for node in parts.children(chosen, "active")}
        concrete = [(number, one) for number, one in concrete if one.node.get("id") in active]
    patterns = _Reader(root, path.stem, language, lets).patterns(concrete)
    functions = xslt.functions_of(root, language, spaces)
    return Schema(
        file=path,
        folder=folder,
        namespaces=spaces,
        lets=lets,
        patterns=patterns,
        language=language,
        keys=xslt.keys_of(root, language),
        functions=functions,
        globals=_globals(functions, lets, patterns),
        title=_title(root),
        paragraphs=tuple(filter(None, map(_words, parts.children(root, "p")))),
        phase="#ALL" if chosen is None else chosen.get("id", ""),
        version=root.get("schemaVersion", ""),
    )


def _language(root: etree._Element) -> str:
    """The version of XPath; a file without binding that declares functions can only be of the second."""
    binding = root.get("queryBinding")
    if binding is None and next(root.iterchildren(f"{{{parts.XSLT}}}function"), None) is not None:
        return "2.0"
    language = BINDINGS.get((binding or "").strip().lower())
    if language is None:
        raise parts.refused(root, f"queryBinding={binding}")
    return language


def _namespaces(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in parts.children(root, "ns"):
        prefix, uri = node.get("prefix"), node.get("uri")
        if not prefix or not uri or found.get(prefix, uri) != uri:
            raise parts.refused(node, "ns")
        found[prefix] = uri
    return found


def _phase(root: etree._Element, phase: str) -> etree._Element | None:
    default = root.get("defaultPhase", "#ALL")
    chosen = default if phase in ("", "#DEFAULT") else phase
    if chosen == "#ALL":
        return None
    found = next((node for node in parts.children(root, "phase") if node.get("id") == chosen), None)
    if found is None:
        raise parts.refused(root, f"phase={chosen}")
    known = {node.get("id") for node in parts.children(root, "pattern")}
    for node in parts.children(found, "active"):
        if node.get("pattern") not in known:
            raise parts.refused(node, f"pattern={node.get('pattern')}")
    return found


def _joined(outer: Lets, inner: Lets) -> Lets:
    """The variables of two levels; an inner one hides an outer one of its name."""
    hidden = {let.name for let in inner}
    return (*(let for let in outer if let.name not in hidden), *inner)


def _globals(functions: tuple[xslt.Function, ...], lets: Lets, patterns: tuple[Pattern, ...]) -> Lets:
    named = {name for one in functions for text in one.expressions() for name in used_variables(text)}
    levels = [pattern.lets for pattern in patterns]
    return (*lets, *lent(named - {let.name for let in lets}, levels, used_variables))


def _title(node: etree._Element) -> str:
    found = next(parts.children(node, "title"), None)
    return _words(found) if found is not None else ""


def _words(node: etree._Element) -> str:
    return " ".join("".join(map(str, node.itertext())).split())


class _Reader:
    """Reads the patterns of one schema."""

    def __init__(self, root: etree._Element, stem: str, language: str, lets: Lets) -> None:
        self._assertions = AssertionReader(root, language)
        self._language = language
        self._stem = stem
        self._lets = lets

    def patterns(self, concrete: list[tuple[int, Concrete]]) -> tuple[Pattern, ...]:
        """All of them, each with the variables that others lend it."""
        found = [self._pattern(one, number) for number, one in concrete]
        made = []
        for (_, one), pattern in zip(concrete, found, strict=True):
            known = {let.name for let in (*self._lets, *pattern.lets)}
            used = {name for expression in pattern.expressions() for name in used_variables(expression)}
            levels = [other.lets for other in found if other is not pattern]
            borrowed = lent(used - known, levels, used_variables)
            if any(let.name in known for let in borrowed):
                raise parts.refused(one.node, "let")
            made.append(replace(pattern, lent=borrowed) if borrowed else pattern)
        return tuple(made)

    def _pattern(self, one: Concrete, number: int) -> Pattern:
        node = one.node
        name = node.get("id") or str(number)
        rules = tuple(
            self._rule(rule, one, f"{self._stem}-{name}.{place}")
            for place, rule in enumerate(parts.children(node, "rule"), 1)
            if rule.get("abstract") != "true"
        )
        lets, documents = lets_of(node, self._lets), node.get("documents", "")
        title = _title(node) or node.get("name", "")
        place = (parts.file_of(node), parts.line_of(node))
        return Pattern(name, lets, rules, documents, (), title, *place, role=node.get("role", ""))

    def _rule(self, node: etree._Element, one: Concrete, label: str) -> SchematronRule:
        context = node.get("context", "")
        if not context or not all(split_union(context)):
            raise parts.refused(node, "context")
        self._assertions.readable(node, context)
        checks = [child for child in node if child.tag in (parts.tag("assert"), parts.tag("report"))]
        assertions = tuple(
            self._assertions.assertion(child, node, one, f"{label}.{place}")
            for place, child in enumerate(checks, 1)
        )
        lets = lets_of(node)
        marks = {key: value for key in ("id", "role", "flag") if (value := node.get(key))}
        return SchematronRule(context, lets, assertions, parts.file_of(node), parts.line_of(node), marks)
