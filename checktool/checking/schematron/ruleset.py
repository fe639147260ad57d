"""The rule files of a form made ready to run: expressions compiled, what each reads worked out.

Of every rule that allows it there is one expression for the nodes at which any of its assertions
fails, and of all these together one that says whether anything in the file fails at all. Only XPath 1.0
rules are asked in this way; others, and those that a trace is wanted of, are walked node by node.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from checktool.checking.schematron.compiling import Compiler, Scope, language_for, reads, scope_of
from checktool.checking.schematron.evaluate import Evaluator, Extensions
from checktool.checking.schematron.language import Language
from checktool.checking.schematron.subdocuments import Subdocuments
from checktool.definitions import xpath
from checktool.definitions.schematron import Assertion, Pattern, Schema, SchematronRule
from checktool.definitions.schematron_lets import Lets
from checktool.model.definition import Form

_PLACE = {"last", "position", "current"}
_MOST = 1_000
"""How many tests one expression may ask; libxml2 gives up at some thousands."""


@dataclass(frozen=True, slots=True, eq=False)
class Test:
    """One assertion: ``index`` tells which wording of its code.

    ``reads`` are item paths, ``named`` the items that its subject, or else its test, names, ``personal``
    the numbers of ``values`` that quote personal ones, ``copies`` those that stand for nodes as XML.
    """

    assertion: Assertion
    reads: frozenset[str]
    named: tuple[str, ...]
    index: int
    values: tuple[str, ...]
    personal: tuple[str, ...]
    copies: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class ReadyRule:
    """One rule: ``nodes`` are those of its context, ``failing`` those at which it fails.

    ``failing`` is empty where nodes must be walked: the rule has variables of its own, asks for a
    node's place, or another rule of its pattern may match the same nodes first.
    """

    rule: SchematronRule
    nodes: str
    tests: tuple[Test, ...]
    failing: str
    depends: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class ReadyPattern:
    """The rules of one pattern in order."""

    pattern: Pattern
    rules: tuple[ReadyRule, ...]
    walked: bool


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """One rule file; ``anything`` is true for a document in which a pattern that is not walked fails."""

    schema: Schema
    language: Language
    lets: Lets
    patterns: tuple[ReadyPattern, ...]
    anything: str
    subdocuments: Subdocuments

    def only(self, kept: Callable[[ReadyPattern], bool]) -> "RuleSet":
        """The rule file with some of its patterns, each to be asked for itself."""
        return replace(self, patterns=tuple(filter(kept, self.patterns)), anything="")


class Maker:
    """Makes rule sets for one form."""

    def __init__(self, form: Form, messages: Mapping[str, Sequence[str]], traced: bool = False) -> None:
        """``messages`` are all wordings of each code that runs; other codes are left out."""
        self._items = {item.path: item for item in form.record or ()}
        self._known = form.record is not None
        self._messages = messages
        self._traced = traced

    def ruleset(self, schema: Schema, extensions: Extensions, subdocuments: Subdocuments) -> RuleSet:
        """A rule file made ready. Raises PackError P007 where an expression cannot be compiled."""
        language = language_for(schema, extensions, subdocuments)
        Compiler(language, schema).compile(self._messages)
        patterns = tuple(self._pattern(pattern, schema, language) for pattern in schema.patterns)
        return RuleSet(schema, language, schema.lets, patterns, _anything(patterns), subdocuments)

    def _pattern(self, pattern: Pattern, schema: Schema, language: Language) -> ReadyPattern:
        quick = isinstance(language, Evaluator) and not self._traced and not pattern.documents
        alone = quick and _disjoint(pattern.rules)
        outer = scope_of(language, {}, (*schema.lets, *pattern.lent, *pattern.lets), [""])
        rules = [self._rule(rule, outer, alone, language) for rule in pattern.rules]
        kept = tuple(rule for rule in rules if rule.tests or not alone)
        walked = bool(pattern.lets or pattern.lent) or not all(rule.failing for rule in kept)
        return ReadyPattern(pattern, kept, walked)

    def _rule(self, rule: SchematronRule, outer: Scope, alone: bool, language: Language) -> ReadyRule:
        branches = language.contexts(rule.context)
        paths = [path for _, path in branches]
        scope = scope_of(language, outer, rule.lets, paths)
        tests = tuple(
            self._test(assertion, paths, scope, language)
            for assertion in rule.assertions
            if assertion.code in self._messages
        )
        nodes = " | ".join(node for node, _ in branches)
        document = any(node == "/" for node, _ in branches)
        quick = alone and not rule.lets and 0 < len(tests) <= _MOST and not document
        if quick:
            names = {name for test in tests for name in xpath.functions(test.assertion.test)}
            quick = not names & _PLACE
        failing = f"({nodes})[{' or '.join(map(_fails, tests))}]" if quick else ""
        return ReadyRule(rule, nodes, tests, failing, reads(language, nodes, [""], outer))

    def _test(self, assertion: Assertion, contexts: list[str], scope: Scope, language: Language) -> Test:
        values = assertion.values()
        personal = [
            str(place)
            for place, value in enumerate(values, 1)
            if any(map(self._is_personal, reads(language, value, contexts, scope)))
        ]
        return Test(
            assertion,
            reads(language, assertion.test, contexts, scope),
            self._named(assertion, contexts, scope, language),
            self._messages[assertion.code].index(assertion.message.text),
            values,
            tuple(personal),
            assertion.copies(),
        )

    def _named(
        self, assertion: Assertion, contexts: list[str], scope: Scope, language: Language
    ) -> tuple[str, ...]:
        """The items that the subject of an assertion reads; where it reads none, those of its test.

        An attribute of an item does not stand for it.
        """
        for expression in (assertion.subject, assertion.test):
            read = reads(language, expression, contexts, scope) if expression else ()
            found = {path for one in read for path in self._like(one.removeprefix("**/").partition("/")[2])
                     if path.rpartition("/@")[0] not in self._items}  # fmt: skip
            if found:
                return tuple(sorted(found))
        return ()

    def _like(self, read: str) -> list[str]:
        """The items at a path, whose steps may be ``*``."""
        if "*" not in read:
            return [read] if read in self._items else []
        steps = read.split("/")
        return [path for path in self._items if path.count("/") + 1 == len(steps)
                and all(map(lambda ours, theirs: ours in ("*", theirs), steps, path.split("/")))]  # fmt: skip

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


def _anything(patterns: Sequence[ReadyPattern]) -> str:
    quick = [f"boolean({rule.failing})" for pattern in patterns if not pattern.walked
             for rule in pattern.rules]  # fmt: skip
    asked = sum(len(rule.tests) for pattern in patterns for rule in pattern.rules)
    return " or ".join(quick) if asked <= _MOST else ""


def _fails(test: Test) -> str:
    assertion = test.assertion
    return f"boolean({assertion.test})" if assertion.report else f"not({assertion.test})"


def _disjoint(rules: Sequence[SchematronRule]) -> bool:
    """Whether no node can match two rules: all contexts end in names of their own."""
    seen: set[str] = set()
    for rule in rules:
        ends = {path.rpartition("/")[2] for _, path in xpath.contexts(rule.context)}
        if len(rules) > 1 and (seen & ends or ends & {"*", "@*", "**", ""}):
            return False
        seen |= ends
    return True
