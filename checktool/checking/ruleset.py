"""The rule files of a form made ready to run: expressions compiled, what each reads worked out.

Of every rule that allows it there is one expression for the nodes at which any of its assertions
fails, and of all these together one that says whether anything in the file fails at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from checktool.checking.evaluate import Evaluator, Extensions
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
Scope = Mapping[str, frozenset[str]]


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
    node's place, or another rule of its pattern may match the same nodes first. ``document`` says that
    the document itself, which lxml never selects, is a context too.
    """

    nodes: str
    document: bool
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
        _Compiler(made, schema)
        return made

    def _pattern(self, pattern: Pattern, schema: Schema) -> ReadyPattern:
        alone = _disjoint(pattern.rules)
        outer = _scope({}, (*schema.lets, *pattern.lets), [""])
        rules = [self._rule(rule, outer, alone) for rule in pattern.rules]
        return ReadyPattern(pattern.lets, tuple(rule for rule in rules if rule.tests or not alone))

    def _rule(self, rule: SchematronRule, outer: Scope, alone: bool) -> ReadyRule:
        branches = list(xpath.contexts(rule.context))
        paths = [path for _, path in branches]
        scope = _scope(outer, rule.lets, paths)
        tests = tuple(
            self._test(assertion, paths, scope)
            for assertion in rule.assertions
            if assertion.code in self._messages
        )
        nodes = " | ".join(node for node, _ in branches)
        document = any(node == "/" for node, _ in branches)
        names = {name for test in tests for name in xpath.functions(test.assertion.test)}
        walked = not alone or rule.lets or not tests or names & _PLACE or document
        failing = "" if walked else f"({nodes})[{' or '.join(test.fails for test in tests)}]"
        return ReadyRule(nodes, document, rule.lets, tests, failing, _reads(nodes, [""], outer))

    def _test(self, assertion: Assertion, contexts: list[str], scope: Scope) -> Test:
        values = [value for template in assertion.texts.values() for value in template.expressions]
        values += assertion.message.expressions
        personal = [
            str(place)
            for place, value in enumerate(values, 1)
            if any(map(self._is_personal, _reads(value, contexts, scope)))
        ]
        return Test(
            assertion,
            f"boolean({assertion.test})" if assertion.report else f"not({assertion.test})",
            _reads(assertion.test, contexts, scope),
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
        below = [one for path, one in self._items.items() if not inner or path.startswith(f"{inner}/")]
        return not below or any(not one.quotable for one in below)


def _disjoint(rules: Sequence[SchematronRule]) -> bool:
    """Whether no node can match two rules: all contexts end in names of their own."""
    seen: set[str] = set()
    for rule in rules:
        ends = {path.rpartition("/")[2] for _, path in xpath.contexts(rule.context)}
        if len(rules) > 1 and (seen & ends or ends & {"*", "@*", "**", ""}):
            return False
        seen |= ends
    return True


def _scope(outer: Scope, lets: Lets, contexts: list[str]) -> Scope:
    """What each variable reads, those of an outer scope included."""
    scope = dict(outer)
    for name, value in lets:
        scope[name] = _reads(value, contexts, scope)
    return scope


def _reads(expression: str, contexts: list[str], scope: Scope) -> frozenset[str]:
    """The item paths that an expression reads, by itself and by its variables."""
    own = (xpath.reads(expression, path) for path in contexts)
    return frozenset().union(*own, *(scope.get(name, ()) for name in xpath.variables(expression)))


class _Compiler:
    """Compiles all expressions of a rule file now, so that a fault shows when the pack is loaded."""

    def __init__(self, made: RuleSet, schema: Schema) -> None:
        self._evaluator = made.evaluator
        self._schema = schema
        self._place = (schema.file.name, 0)
        names = self._lets(made.lets, frozenset())
        for pattern in made.patterns:
            inner = self._lets(pattern.lets, names)
            for rule in pattern.rules:
                self._rule(rule, inner)

    def _rule(self, rule: ReadyRule, names: frozenset[str]) -> None:
        for test in rule.tests[:1]:
            self._place = (test.assertion.file, test.assertion.line)
        self._take([rule.nodes], names)
        names = self._lets(rule.lets, names)
        for test in rule.tests:
            self._place = (test.assertion.file, test.assertion.line)
            self._take([test.assertion.test, test.assertion.subject, *test.values], names)
        self._take([rule.failing], names)

    def _lets(self, lets: Lets, names: frozenset[str]) -> frozenset[str]:
        for name, value in lets:
            self._take([value], names)
            names |= {name}
        return names

    def _take(self, expressions: Sequence[str], names: frozenset[str]) -> None:
        for expression in filter(None, expressions):
            try:
                self._refuse_unknown(expression, names)
                self._evaluator.compiled(expression)
            except (etree.XPathSyntaxError, ValueError):
                file, line = self._place
                raise PackError("P007", file=file, line=line, element="rule", reason=expression) from None

    def _refuse_unknown(self, expression: str, names: frozenset[str]) -> None:
        """Raises ValueError for a function, prefix or variable that nothing defines."""
        for function in xpath.functions(expression):
            if not (function in CORE if ":" not in function else self._evaluator.knows(function)):
                raise ValueError(function)
        for prefix in xpath.prefixes(expression):
            if prefix not in self._schema.namespaces and prefix != "xml":
                raise ValueError(prefix)
        for variable in xpath.variables(expression):
            if variable not in names:
                raise ValueError(variable)
