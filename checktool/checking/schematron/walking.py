"""One rule file run on one document: which rule takes which node, what fails there, what it says.

In a pattern each node is taken by the first rule that matches it (ISO/IEC 19757-3, 6.5). The variables
of a schema, phase or pattern are worked out at the document, those of a rule at the node.
"""

import posixpath
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from checktool.checking.blanks import blank_below, place_of
from checktool.checking.check import Hit
from checktool.checking.schematron.language import Variables
from checktool.checking.schematron.ruleset import ReadyPattern, ReadyRule, RuleSet, Test
from checktool.checking.schematron.scopes import framed
from checktool.definitions import xpath
from checktool.model.finding import Param
from checktool.model.trace import (
    RuleTrace,
    TracedOutcome,
    TracedPattern,
    TracedReference,
    TracedRule,
)
from checktool.reading.nodes import item_path


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """A document under the rules of one pattern; ``name`` is empty for the one at hand."""

    document: Any
    variables: Variables
    name: str = ""


class Walker:
    """Runs a rule file. ``hits`` are what was found, ``left_out`` the codes of rules that were not asked.

    ``at`` names the rule at work, for the case that it cannot be judged.
    """

    def __init__(self, ruleset: RuleSet, root: etree._Element, faulty: list[str], traced: bool) -> None:
        self._ruleset = ruleset
        self._language = ruleset.language
        self._root = root
        self._faulty = faulty
        self._traced = traced
        self._patterns: list[TracedPattern] = []
        self.hits: list[Hit] = []
        self.left_out: set[str] = set()
        self.at = ruleset.schema.file.name

    def run(self) -> None:
        """Judge the document. Raises one of the language's errors where a rule cannot be judged."""
        document = self._language.start(self._root)
        shared = framed({}, self._ruleset.lets, document, self._language)
        quick = not self._faulty and bool(self._ruleset.anything) and self._clean(shared)
        for ready in self._ruleset.patterns:
            if ready.walked:
                self._walk(ready, document, shared)
            elif not quick:
                self._ask(ready, document, shared)

    def _clean(self, variables: Variables) -> bool:
        """Whether nothing fails in the patterns that need no walk; what breaks is left to its own rule."""
        try:
            return not self._language.holds(self._root, self._ruleset.anything, variables)
        except self._language.errors:
            return False

    def trace(self) -> RuleTrace:
        """What the rules did, when that was asked for."""
        schema = self._ruleset.schema
        spaces = tuple(sorted(schema.namespaces.items()))
        return RuleTrace(
            schema.file.name, schema.title, schema.phase, schema.version, spaces, tuple(self._patterns),
            schema.paragraphs,
        )  # fmt: skip

    def _ask(self, ready: ReadyPattern, document: Any, variables: Variables) -> None:
        """A pattern whose rules each know the nodes at which they fail."""
        for rule in ready.rules:
            tests = self._asked(rule)
            self.at = _name(rule)
            for node in self._language.select(document, rule.failing, variables) if tests else ():
                self._judge(node, tests, _Scene(document, variables))

    def _walk(self, ready: ReadyPattern, document: Any, shared: Variables) -> None:
        """A pattern whose nodes are taken one by one."""
        variables = framed(shared, ready.pattern.lent, document, self._language)
        names, rules = [], []
        for scene in self._scenes(ready, document, variables):
            names.append(scene.name)
            rules += self._walk_scene(ready, scene)
        if self._traced:
            pattern = ready.pattern
            made = TracedPattern(pattern.id, pattern.title, tuple(names), tuple(rules), pattern.role)
            self._patterns.append(made)

    def _scenes(self, ready: ReadyPattern, document: Any, variables: Variables) -> Iterator[_Scene]:
        pattern = ready.pattern
        if not pattern.documents:
            yield _Scene(document, framed(variables, pattern.lets, document, self._language))
            return
        self.at = pattern.id
        for name in self._language.strings(self._language.at(document, pattern.documents, variables)):
            other = self._language.start(self._ruleset.subdocuments.root(name))
            yield _Scene(other, framed(variables, pattern.lets, other, self._language), name)

    def _walk_scene(self, ready: ReadyPattern, scene: _Scene) -> list[TracedRule]:
        taken: set[Hashable] = set()
        fired: list[tuple[Any, ReadyRule, list[Test]]] = []
        for rule in ready.rules:
            self.at = _name(rule)
            tests = self._asked(rule)
            for node in self._language.select(scene.document, rule.nodes, scene.variables):
                key = self._language.identity(node)
                if key not in taken:
                    taken.add(key)
                    fired.append((node, rule, tests))
        if self._traced:
            order = self._language.order(scene.document)
            fired.sort(key=lambda one: order(one[0]))
        found = []
        for node, rule, tests in fired:
            variables = framed(scene.variables, rule.rule.lets, node, self._language)
            outcomes = self._judge(node, tests, _Scene(scene.document, variables, scene.name))
            if self._traced:
                marks = tuple(rule.rule.marks.items())
                found.append(TracedRule(rule.rule.context, scene.name, marks, tuple(outcomes)))
        return found

    def _asked(self, rule: ReadyRule) -> list[Test]:
        """The tests of a rule, without those that read an item with a structure finding."""
        if not self._faulty:
            return list(rule.tests)
        asked = [test for test in rule.tests if not self._touches((*test.reads, *rule.depends))]
        self.left_out |= {test.assertion.code for test in rule.tests if test not in asked}
        return asked

    def _touches(self, reads: tuple[str, ...]) -> bool:
        return any(xpath.covers(read, item) for read in reads for item in self._faulty)

    def _judge(self, node: Any, tests: list[Test], scene: _Scene) -> list[TracedOutcome]:
        """The tests of a rule at one node; each that fires becomes a hit."""
        outcomes = []
        for test in tests:
            self.at = test.assertion.code
            if self._language.holds(node, test.assertion.test, scene.variables) is test.assertion.report:
                params = self._params(node, test, scene.variables)
                place = self._subject(node, test, scene.variables)
                self.hits.append(self._hit(place, test, params, scene))
                if self._traced:
                    outcomes.append(self._outcome(place, test, params))
        return outcomes

    def _params(self, node: Any, test: Test, variables: Variables) -> tuple[Param, ...]:
        params: list[Param] = []
        for place, expression in enumerate(test.values, 1):
            value = self._language.at(node, expression, variables)
            params.append((str(place), self._language.text(value, copied=place in test.copies)))
        return tuple(params)

    def _subject(self, node: Any, test: Test, variables: Variables) -> Any:
        if not test.assertion.subject:
            return node
        found = self._language.first(self._language.at(node, test.assertion.subject, variables))
        return node if found is None else found

    def _hit(self, place: Any, test: Test, params: tuple[Param, ...], scene: _Scene) -> Hit:
        code, severity = test.assertion.code, test.assertion.severity
        worded = (*params, ("wording", test.index)) if test.index else params
        if scene.name:
            return Hit(code, self._root, "", worded, severity=severity, personal=test.personal)
        owner, attribute, value = self._language.place(place)
        hit = Hit(code, owner, attribute, worded, severity=severity, personal=test.personal, value=value)
        if test.named and not attribute:
            self._name_blank(hit, test.named)
        return hit

    def _name_blank(self, hit: Hit, named: tuple[str, ...]) -> None:
        """A hit at a group stands at the item below it that lacks a value, or the group of several."""
        hit.blank = blank_below(self._root, hit.node, named)
        lacking = hit.blank[0] if len(hit.blank) == 1 else posixpath.commonpath(hit.blank or [""])
        if not lacking.startswith(item_path(hit.node)) or lacking == item_path(hit.node):
            return
        found = place_of(self._root, lacking)
        if found is None:
            hit.item_path = lacking
        else:
            hit.node, hit.attribute = found

    def _outcome(self, place: Any, test: Test, params: tuple[Param, ...]) -> TracedOutcome:
        assertion = test.assertion
        references = tuple(
            TracedReference(
                one.kind,
                one.id,
                one.template.text,
                tuple(one.marks.items()),
                one.copies,
                one.template.marked,
            )
            for one in assertion.references
        )
        return TracedOutcome(
            assertion.report, assertion.code, assertion.test, self._language.location(place),
            assertion.message.text, params, test.personal, tuple(assertion.marks.items()), references,
            assertion.message.marked,
        )  # fmt: skip


def _name(rule: ReadyRule) -> str:
    return rule.tests[0].assertion.code if rule.tests else rule.rule.context
