"""The rules of a form as code that says of a document: certainly none of them fires.

Code may say too often that something fires, never too seldom: of rules that share nodes each is asked
for all of them, and a value that is not plain leaves the document to libxml2. A pattern that has no code
is always asked there.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from checktool.checking.evaluate import Evaluator, Extensions
from checktool.checking.quick.expressions import Scope, Translator
from checktool.checking.quick.loops import RowTests
from checktool.checking.quick.needs import Needs, Slots, Taken
from checktool.checking.quick.nodes import Branch, Finder, both
from checktool.checking.quick.places import Place
from checktool.checking.quick.symbols import Symbols, UnclearError
from checktool.checking.ruleset import ReadyPattern, ReadyRule, RuleSet
from checktool.definitions import xpath_tree
from checktool.definitions.schematron_lets import Lets

_EVERYWHERE = Branch(None, here=True)


@dataclass(slots=True, eq=False)
class QuickRules:
    """The code of a form's rules, and the rule sets with what has none."""

    needs: Needs
    rest: tuple[RuleSet, ...]
    _symbols: Symbols
    _body: list[str]
    _fires: Callable[[Any, Any], bool] | None = None

    def link(self, slots: Slots) -> None:
        """Make the function, once it is known where everything stands."""
        symbols = self._symbols
        taken = {name: f"g[{slots.values[place.path]}]" for place, name in symbols.values.items()}
        taken |= {name: f"g[{slots.marks[place.path]}]" for place, name in symbols.marks.items()}
        taken |= {name: f"rows[{slots.rows[place.path]}]" for place, name in symbols.rows.items()}
        self._fires = symbols.compiled(self._body, taken)

    def silent(self, taken: Taken) -> bool:
        """Whether certainly no rule with code fires."""
        if self._fires is None:
            return False
        try:
            return not self._fires(*taken)
        except Exception:
            return False


def quick_rules(sets: Iterable[RuleSet], root: Place | None, extensions: Extensions) -> QuickRules:
    """The code of rule sets for the documents of a form."""
    symbols, rows, body, rest = Symbols(), RowTests(), list[str](), []
    for ruleset in sets:
        patterns, code = _coded(ruleset, root, extensions, symbols, rows)
        body += code
        if patterns:
            rest.append(ruleset.only(patterns))
    body += rows.lines(symbols.known_rows)
    return QuickRules(symbols.needs(), tuple(rest), symbols, body)


def _coded(
    ruleset: RuleSet, root: Place | None, extensions: Extensions, symbols: Symbols, rows: RowTests
) -> tuple[list[ReadyPattern], list[str]]:
    """The patterns without code, and the code of the others."""
    patterns = list(ruleset.patterns)
    if root is None or not isinstance(ruleset.language, Evaluator):
        return patterns, []
    writer = _Writer(ruleset, root, extensions, symbols, rows)
    left, code = [], list[str]()
    for pattern in patterns:
        try:
            code += writer.pattern(pattern)
        except (UnclearError, ValueError, RecursionError):
            left.append(pattern)
    return left, code


class _Writer:
    """Writes the code of one rule file."""

    def __init__(
        self, ruleset: RuleSet, root: Place, extensions: Extensions, symbols: Symbols, rows: RowTests
    ) -> None:
        spaces = ruleset.schema.namespaces
        self._rows = rows
        self._translator = Translator(Finder(root, symbols, spaces), symbols, spaces, extensions)
        self._finder = Finder(root, symbols, spaces)
        self._shared = self._scope(Scope(_EVERYWHERE, {}), ruleset.lets)

    @staticmethod
    def _scope(outer: Scope, lets: Lets, here: Branch = _EVERYWHERE) -> Scope:
        scope = Scope(here, outer.variables)
        for let in lets:
            if let.content:
                known = {name: one for name, one in scope.variables.items() if name != let.name}
            else:
                known = {**scope.variables, let.name: (xpath_tree.parse(let.value), scope)}
            scope = Scope(here, known)
        return scope

    def pattern(self, ready: ReadyPattern) -> list[str]:
        """The code of a pattern. Raises UnclearError, ValueError."""
        if ready.pattern.documents:
            raise UnclearError
        scope = self._scope(self._shared, (*ready.pattern.lent, *ready.pattern.lets))
        self._pending: list[tuple[Branch, list[list[str]]]] = []
        code = [line for rule in ready.rules for line in self._rule(rule, scope)]
        for branch, fails in self._pending:
            self._rows.add(branch.loop, branch.rows, branch.guard, branch.where, fails)
        return code

    def _rule(self, rule: ReadyRule, scope: Scope) -> Iterator[str]:
        if not rule.tests:
            raise UnclearError
        for branch in self._translator.context(xpath_tree.parse(rule.nodes), scope):
            if branch.first or branch.place is None:
                raise UnclearError
            yield from self._at(branch, rule, scope)

    def _at(self, branch: Branch, rule: ReadyRule, outer: Scope) -> Iterator[str]:
        """The tests of a rule at the nodes of one place."""
        here = branch.taken()
        scope = self._scope(outer, rule.rule.lets, here)
        tests = [test.assertion for test in rule.tests]
        fails = [self._translator.failing(one.report, xpath_tree.parse(one.test), scope) for one in tests]
        if not branch.rows:
            failing = f"({' or '.join(both(*one) for one in fails)})"
            yield f"if {both(branch.guard, self._finder.stands(branch), failing)}: return True"
            return
        self._pending.append((branch, fails))
