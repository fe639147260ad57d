"""Business rules: the Schematron of a form, run so that a clean document costs little.

One expression asks whether anything in a rule file fails; only then its rules are asked one by one,
and of these only the failing nodes are looked at. A pattern whose nodes must be walked is walked, so
that the first rule that matches a node is the one that applies to it (ISO/IEC 19757-3, 6.5).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from checktool.checking.check import Hit, Outcome, Subject
from checktool.checking.evaluate import Evaluator, Extensions, Variables, is_attribute
from checktool.checking.functions import text
from checktool.checking.ruleset import Lets, Maker, ReadyPattern, ReadyRule, RuleSet, Test
from checktool.definitions import xpath
from checktool.definitions.schematron import Schema
from checktool.errors import PackError
from checktool.model.definition import Form
from checktool.model.finding import Layer, Param
from checktool.model.report import LayerStatus, Note
from checktool.reading.nodes import local, string_value


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
        maker = Maker(form, messages)
        self._sets = [maker.ruleset(schema, extensions) for schema in schemas]

    def check(self, subject: Subject) -> Outcome:
        """Run every rule on one document; BROKEN when one cannot be judged."""
        if not self._sets:
            return Outcome(status=LayerStatus.ABSENT, note=Note("absent"))
        root = subject.document.root
        name = local(str(root.tag))
        faulty = [f"{name}/{path}" if path else name for path in subject.faulty]
        outcome, left_out = Outcome(), set[str]()
        try:
            for ruleset in self._sets:
                outcome.hits += _of_file(ruleset, root, faulty, left_out)
        except (etree.XPathError, PackError, ArithmeticError, ValueError, TypeError):
            return Outcome(outcome.hits, LayerStatus.BROKEN, Note("rule_broken"))
        if left_out:
            outcome.note = Note("rules_left_out", (("count", len(left_out)),))
        return outcome


def _of_file(ruleset: RuleSet, root: etree._Element, faulty: list[str], left_out: set[str]) -> Iterator[Hit]:
    """The hits of one rule file."""
    evaluator = ruleset.evaluator
    document = root.getroottree()
    shared = _evaluated(evaluator, document, ruleset.lets, {})
    quick = not faulty and ruleset.anything and not evaluator.compiled(ruleset.anything)(root, **shared)
    for pattern in ruleset.patterns:
        if pattern.walked or not quick:
            variables = _evaluated(evaluator, document, pattern.lets, shared)
            yield from _of_pattern(evaluator, root, pattern, variables, faulty, left_out)


def _evaluated(evaluator: Evaluator, node: Any, lets: Lets, known: Variables) -> Variables:
    if not lets:
        return known
    variables = dict(known)
    for name, value in lets:
        variables[name] = evaluator.at(node, value, variables)
    return variables


def _of_pattern(
    evaluator: Evaluator,
    root: etree._Element,
    pattern: ReadyPattern,
    variables: Variables,
    faulty: list[str],
    left_out: set[str],
) -> Iterator[Hit]:
    """The hits of one pattern; each node is taken by the first rule that matches it."""
    taken: list[Any] = []
    for rule in pattern.rules:
        tests = [test for test in rule.tests if not (faulty and _touches(rule, test, faulty))]
        left_out |= {test.assertion.code for test in rule.tests if test not in tests}
        if rule.failing:
            nodes = evaluator.nodes(root, rule.failing, variables) if tests else []
        else:
            matched = evaluator.nodes(root, rule.nodes, variables)
            if rule.document:
                matched = [root.getroottree(), *matched]
            nodes = [node for node in matched if not any(_same(node, other) for other in taken)]
            taken += nodes
        for node in nodes:
            own = _evaluated(evaluator, node, rule.lets, variables)
            for test in tests:
                if evaluator.at(node, test.fails, own):
                    yield _hit(evaluator, node, test, own)


def _touches(rule: ReadyRule, test: Test, faulty: list[str]) -> bool:
    """Whether a test reads an item that has a structure finding."""
    return any(xpath.covers(read, item) for read in (*test.reads, *rule.depends) for item in faulty)


def _same(one: Any, other: Any) -> bool:
    if is_attribute(one) and is_attribute(other):
        return bool(one.attrname == other.attrname and one.getparent() is other.getparent())
    if isinstance(one, etree._ElementTree):
        return isinstance(other, etree._ElementTree)
    return one is other


def _hit(evaluator: Evaluator, node: Any, test: Test, variables: Variables) -> Hit:
    values = [text(evaluator.at(node, value, variables)) for value in test.values]
    params: list[Param] = [(str(place), value) for place, value in enumerate(values, 1)]
    if test.index:
        params.append(("wording", test.index))
    place = node
    if test.assertion.subject:
        found = evaluator.at(node, test.assertion.subject, variables)
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
    if isinstance(node, etree._ElementTree):
        return node.getroot(), "", ""
    owner = node.getparent()
    return owner.getparent() if node.is_tail else owner, "", str(node)
