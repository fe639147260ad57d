"""Business rules: the Schematron of a form, compiled so that a clean document costs little.

A rule is one XPath over the whole document that finds the nodes at which any of its assertions
fails; only these are looked at one by one. Where the contexts of a pattern may overlap, or a rule has
variables of its own, its nodes are walked instead, so that the first rule that matches a node is the
one that applies to it (ISO/IEC 19757-3, 6.5).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from checktool.checking.check import Hit, Outcome, Subject
from checktool.checking.evaluate import CURRENT, Evaluator, Extensions, Variables, is_attribute
from checktool.checking.functions import NAMESPACE, text
from checktool.definitions import xpath
from checktool.definitions.schematron import Assertion, Pattern, Schema, SchematronRule
from checktool.errors import PackError
from checktool.model.definition import Form
from checktool.model.finding import Layer, Param
from checktool.model.report import LayerStatus, Note
from checktool.reading.nodes import local, string_value

CORE = frozenset(
    "last position count id local-name namespace-uri name string concat starts-with contains "
    "substring-before substring-after substring string-length normalize-space translate boolean not "
    "true false lang number sum floor ceiling round current".split()
)
_PLACE = {"last", "position", "current"}


@dataclass(slots=True, eq=False)
class _Test:
    """One assertion ready to run; ``fails`` is true where it fires, ``index`` its wording."""

    assertion: Assertion
    fails: str
    reads: frozenset[str]
    index: int
    values: tuple[str, ...]
    personal: tuple[str, ...]


@dataclass(slots=True, eq=False)
class _Ready:
    """One rule ready to run; ``failing`` finds its failing nodes at once, empty where it cannot."""

    nodes: str
    lets: tuple[tuple[str, str], ...]
    tests: list[_Test]
    failing: str = ""
    depends: frozenset[str] = field(default_factory=frozenset)


class Rules:
    """The rule layer of one form."""

    layer = Layer.RULES

    def __init__(
        self,
        form: Form,
        schemas: Sequence[Schema],
        extensions: Extensions,
        messages: Mapping[str, Sequence[str]],
    ) -> None:
        """Compile the rules whose codes have ``messages`` (all wordings of each). Raises PackError P007."""
        self._items = {item.path: item for item in form.record or ()}
        self._known = form.record is not None
        self._messages = messages
        self._schemas = [(schema, *self._ready(schema, extensions)) for schema in schemas]

    def _ready(
        self, schema: Schema, extensions: Extensions
    ) -> tuple[Evaluator, list[tuple[Pattern, list[_Ready]]]]:
        evaluator = Evaluator(schema.namespaces, extensions)
        patterns = []
        for pattern in schema.patterns:
            rules = [self._rule(rule, schema) for rule in pattern.rules]
            if _disjoint(pattern.rules):
                for rule in rules:
                    rule.failing = _failing(rule)
            patterns.append((pattern, rules))
            self._compile(schema, evaluator, pattern, rules)
        return evaluator, patterns

    @staticmethod
    def _compile(schema: Schema, evaluator: Evaluator, pattern: Pattern, rules: list[_Ready]) -> None:
        """Compile all now, so that a fault shows when the pack is loaded."""
        for rule in rules:
            expressions = [rule.nodes, rule.failing, *(value for _, value in (*pattern.lets, *rule.lets))]
            for test in rule.tests:
                expressions += [test.assertion.test, test.assertion.subject, *test.values]
            for expression in filter(None, expressions):
                try:
                    _refuse_unknown(expression, schema)
                    evaluator.compiled(expression)
                except (etree.XPathSyntaxError, ValueError):
                    line = rule.tests[0].assertion.line if rule.tests else 0
                    raise PackError(
                        "P007", file=schema.file.name, line=line, element="rule", reason=expression
                    ) from None

    def _rule(self, rule: SchematronRule, schema: Schema) -> _Ready:
        branches = list(xpath.contexts(rule.context))
        tests = [
            self._test(assertion, [path for _, path in branches])
            for assertion in rule.assertions
            if assertion.code in self._messages
        ]
        depends: set[str] = set()
        for _, path in branches:
            depends.add(path)
            for _, value in (*schema.lets, *rule.lets):
                depends |= xpath.reads(value, path)
        return _Ready(" | ".join(nodes for nodes, _ in branches), rule.lets, tests,
                      depends=frozenset(depends))  # fmt: skip

    def _test(self, assertion: Assertion, contexts: list[str]) -> _Test:
        reads = {read for path in contexts for read in xpath.reads(assertion.test, path)}
        values = [*assertion.message.expressions]
        for template in assertion.texts.values():
            values += template.expressions
        personal = [
            str(place)
            for place, value in enumerate(values, 1)
            if any(self._is_personal(read) for path in contexts for read in xpath.reads(value, path))
        ]
        fails = f"boolean({assertion.test})" if assertion.report else f"not({assertion.test})"
        index = self._messages[assertion.code].index(assertion.message.text)
        return _Test(assertion, fails, frozenset(reads), index, tuple(values), tuple(personal))

    def _is_personal(self, read: str) -> bool:
        """Whether what an expression reads may be personal; an unknown item is taken to be."""
        if not self._known or "*" in read:
            return True
        inner = read.partition("/")[2]
        item = self._items.get(inner)
        if item is not None:
            return not item.quotable
        return any(not item.quotable for path, item in self._items.items() if path.startswith(f"{inner}/"))

    def check(self, subject: Subject) -> Outcome:
        """Run every rule on one document; BROKEN when one cannot be judged."""
        if not self._schemas:
            return Outcome(status=LayerStatus.ABSENT, note=Note("absent"))
        root = subject.document.root
        name = local(str(root.tag))
        faulty = [f"{name}/{path}" if path else name for path in subject.faulty]
        outcome, left_out = Outcome(), set[str]()
        try:
            for schema, evaluator, patterns in self._schemas:
                shared = _evaluated(evaluator, root, schema.lets, {})
                for pattern, rules in patterns:
                    variables = _evaluated(evaluator, root, pattern.lets, shared)
                    outcome.hits += _run(evaluator, root, rules, variables, faulty, left_out)
        except (etree.XPathError, PackError, ArithmeticError, ValueError, TypeError):
            return Outcome(outcome.hits, LayerStatus.BROKEN, Note("rule_broken"))
        if left_out:
            outcome.note = Note("rules_left_out", (("count", len(left_out)),))
        return outcome


def _refuse_unknown(expression: str, schema: Schema) -> None:
    for name in xpath.functions(expression):
        prefix, _, _ = name.rpartition(":")
        uri = schema.namespaces.get(prefix, "")
        ours = uri == NAMESPACE or uri.startswith("http://exslt.org/") or prefix == CURRENT
        if not ours and name not in CORE:
            raise ValueError(name)


def _disjoint(rules: Sequence[SchematronRule]) -> bool:
    """Whether no node can match two rules: all contexts end in names of their own."""
    seen: set[str] = set()
    for rule in rules:
        ends = {path.rpartition("/")[2] for _, path in xpath.contexts(rule.context)}
        if len(rules) > 1 and (seen & ends or ends & {"*", "@*", "**", ""}):
            return False
        seen |= ends
    return True


def _failing(rule: _Ready) -> str:
    """One expression for the nodes at which a rule fails, empty where nodes must be walked."""
    names = {name for test in rule.tests for name in xpath.functions(test.assertion.test)}
    if rule.lets or not rule.tests or names & _PLACE:
        return ""
    return f"({rule.nodes})[{' or '.join(test.fails for test in rule.tests)}]"


def _evaluated(
    evaluator: Evaluator, node: Any, lets: Sequence[tuple[str, str]], known: Variables
) -> Variables:
    if not lets:
        return known
    variables = dict(known)
    for name, value in lets:
        variables[name] = evaluator.at(node, value, variables)
    return variables


def _run(
    evaluator: Evaluator, root: etree._Element, rules: list[_Ready], variables: Variables,
    faulty: list[str], left_out: set[str],
) -> Iterator[Hit]:  # fmt: skip
    """The hits of one pattern."""
    taken: list[Any] = []
    for rule in rules:
        tests = [test for test in rule.tests if not _touches(rule, test, faulty)]
        left_out |= {test.assertion.code for test in rule.tests if test not in tests}
        if rule.failing:
            nodes = evaluator.compiled(rule.failing)(root, **variables) if tests else []
        else:
            nodes = [node for node in evaluator.compiled(rule.nodes)(root, **variables)
                     if not any(_same(node, other) for other in taken)]  # fmt: skip
            taken += nodes
        for node in nodes:
            own = _evaluated(evaluator, node, rule.lets, variables)
            for test in tests:
                if evaluator.at(node, test.fails, own):
                    yield _hit(evaluator, node, test, own)


def _touches(rule: _Ready, test: _Test, faulty: list[str]) -> bool:
    """Whether a test reads an item that has a structure finding."""
    return bool(faulty) and any(
        xpath.covers(read, item) for read in (*test.reads, *rule.depends) for item in faulty
    )


def _same(one: Any, other: Any) -> bool:
    if is_attribute(one) and is_attribute(other):
        return bool(one.attrname == other.attrname and one.getparent() is other.getparent())
    return one is other


def _hit(evaluator: Evaluator, node: Any, test: _Test, variables: Mapping[str, Any]) -> Hit:
    values = [text(evaluator.at(node, value, dict(variables))) for value in test.values]
    params: list[Param] = [(str(place), value) for place, value in enumerate(values, 1)]
    if test.index:
        params.append(("wording", test.index))
    place = node
    if test.assertion.subject:
        found = evaluator.at(node, test.assertion.subject, dict(variables))
        place = found[0] if isinstance(found, list) and found else node
    code, severity = test.assertion.code, test.assertion.severity
    owner, attribute, value = _place(place)
    return Hit(code, owner, attribute, tuple(params), severity=severity,
               personal=test.personal, value=value)  # fmt: skip


def _place(node: Any) -> tuple[etree._Element, str, str]:
    """The element, attribute and value that a node stands for."""
    if is_attribute(node):
        return node.getparent(), node.attrname, str(node)
    if isinstance(node, etree._Element):
        if isinstance(node.tag, str):
            return node, "", string_value(node) if not len(node) else ""
        node = node.getparent() if node.getparent() is not None else node.getroottree().getroot()
        return node, "", ""
    return node.getparent(), "", str(node)
