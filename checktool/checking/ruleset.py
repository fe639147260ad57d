"""The rule files of a form made ready to run: expressions compiled, what each reads worked out.

Of every rule that allows it there is one expression for the nodes at which any of its assertions
fails, and of all these together one that says whether anything in the file fails at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from checktool.checking.evaluate import CURRENT, Evaluator, Extensions
from checktool.checking.functions import NAMESPACE
from checktool.definitions import xpath
from checktool.definitions.schematron import Assertion, Pattern, Schema, SchematronRule
from checktool.errors import PackError
from checktool.model.definition import Form

CORE = frozenset((
    "last", "position", "count", "id", "local-name", "namespace-uri", "name", "string", "concat",
    "starts-with", "contains", "substring-before", "substring-after", "substring", "string-length",
    "normalize-space", "translate", "boolean", "not", "true", "false", "lang", "number", "sum",
    "floor", "ceiling", "round", "current",
))  # fmt: skip
_PLACE = {"last", "position", "current"}
Lets = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Test:
    """One assertion: ``fails`` is true where it fires, ``index`` tells which wording of its code.

    ``reads`` are item paths, ``personal`` the numbers of ``values`` that quote personal ones.
    """

    assertion: Assertion
    fails: str
    reads: frozenset[str]
    index: int
    values: tuple[str, ...]
    personal: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ReadyRule:
    """One rule: ``nodes`` are those of its context, ``failing`` those at which it fails.

    ``failing`` is empty where nodes must be walked: the rule has variables of its own, asks for a
    node's place, or another rule of its pattern may match the same nodes first.
    """

    nodes: str
    lets: Lets
    tests: tuple[Test, ...]
    failing: str
    depends: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class ReadyPattern:
    """The rules of one pattern in order."""

    lets: Lets
    rules: tuple[ReadyRule, ...]

    @property
    def walked(self) -> bool:
        """Whether its nodes must be walked one by one."""
        return bool(self.lets) or not all(rule.failing for rule in self.rules)


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """One rule file; ``anything`` is true for a document in which a pattern that is not walked fails."""

    evaluator: Evaluator
    lets: Lets
    patterns: tuple[ReadyPattern, ...]
    anything: str


class Maker:
    """Makes rule sets for one form."""

    def __init__(self, form: Form, messages: Mapping[str, Sequence[str]]) -> None:
        """``messages`` are all wordings of each code that runs; other codes are left out."""
        self._items = {item.path: item for item in form.record or ()}
        self._known = form.record is not None
        self._messages = messages

    def ruleset(self, schema: Schema, extensions: Extensions) -> RuleSet:
        """A rule file made ready. Raises PackError P007 where an expression cannot be compiled."""
        patterns = tuple(self._pattern(pattern, schema) for pattern in schema.patterns)
        quick = [f"boolean({rule.failing})" for pattern in patterns if not pattern.walked
                 for rule in pattern.rules]  # fmt: skip
        made = RuleSet(Evaluator(schema.namespaces, extensions), schema.lets, patterns, " or ".join(quick))
        _compile(made, schema)
        return made

    def _pattern(self, pattern: Pattern, schema: Schema) -> ReadyPattern:
        alone = _disjoint(pattern.rules)
        rules = [self._rule(rule, (*schema.lets, *pattern.lets), alone) for rule in pattern.rules]
        return ReadyPattern(pattern.lets, tuple(rule for rule in rules if rule.tests or not alone))

    def _rule(self, rule: SchematronRule, outer: Lets, alone: bool) -> ReadyRule:
        branches = list(xpath.contexts(rule.context))
        paths = [path for _, path in branches]
        tests = tuple(
            self._test(assertion, paths) for assertion in rule.assertions if assertion.code in self._messages
        )
        used = {value for _, value in (*outer, *rule.lets)}
        depends = {*paths, *(read for path in paths for value in used for read in xpath.reads(value, path))}
        nodes = " | ".join(node for node, _ in branches)
        names = {name for test in tests for name in xpath.functions(test.assertion.test)}
        walked = not alone or rule.lets or not tests or names & _PLACE
        failing = "" if walked else f"({nodes})[{' or '.join(test.fails for test in tests)}]"
        return ReadyRule(nodes, rule.lets, tests, failing, frozenset(depends))

    def _test(self, assertion: Assertion, contexts: list[str]) -> Test:
        values = [*assertion.message.expressions]
        for template in assertion.texts.values():
            values += template.expressions
        personal = [
            str(place)
            for place, value in enumerate(values, 1)
            if any(self._is_personal(read) for path in contexts for read in xpath.reads(value, path))
        ]
        return Test(
            assertion,
            f"boolean({assertion.test})" if assertion.report else f"not({assertion.test})",
            frozenset(read for path in contexts for read in xpath.reads(assertion.test, path)),
            self._messages[assertion.code].index(assertion.message.text),
            tuple(values),
            tuple(personal),
        )

    def _is_personal(self, read: str) -> bool:
        """Whether what an expression reads may be personal; an unknown item is taken to be."""
        if not self._known or "*" in read:
            return True
        inner = read.partition("/")[2]
        item = self._items.get(inner)
        if item is not None:
            return not item.quotable
        return any(not item.quotable for path, item in self._items.items() if path.startswith(f"{inner}/"))


def _disjoint(rules: Sequence[SchematronRule]) -> bool:
    """Whether no node can match two rules: all contexts end in names of their own."""
    seen: set[str] = set()
    for rule in rules:
        ends = {path.rpartition("/")[2] for _, path in xpath.contexts(rule.context)}
        if len(rules) > 1 and (seen & ends or ends & {"*", "@*", "**", ""}):
            return False
        seen |= ends
    return True


def _compile(made: RuleSet, schema: Schema) -> None:
    """Compile all expressions now, so that a fault shows when the pack is loaded."""
    for pattern in made.patterns:
        for rule in pattern.rules:
            expressions = [rule.nodes, rule.failing, *(value for _, value in (*pattern.lets, *rule.lets))]
            for test in rule.tests:
                expressions += [test.assertion.test, test.assertion.subject, *test.values]
            line = rule.tests[0].assertion.line if rule.tests else 0
            for expression in filter(None, (*expressions, *(value for _, value in made.lets))):
                try:
                    _refuse_unknown(expression, schema)
                    made.evaluator.compiled(expression)
                except (etree.XPathSyntaxError, ValueError):
                    raise PackError(
                        "P007", file=schema.file.name, line=line, element="rule", reason=expression
                    ) from None


def _refuse_unknown(expression: str, schema: Schema) -> None:
    for name in xpath.functions(expression):
        prefix, _, _ = name.rpartition(":")
        uri = schema.namespaces.get(prefix, "")
        ours = uri == NAMESPACE or uri.startswith("http://exslt.org/") or prefix == CURRENT
        if not ours and name not in CORE:
            raise ValueError(name)
