"""The rules of a form as code that says which patterns may fire in a document; no other one does.

Code may say too often that something fires, never too seldom: of rules that share nodes each is asked
for all of them, and a value that is not plain leaves the document to libxml2. What may fire, and what has
no code, is asked there.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from checktool.checking.quick.expressions import Scope, Translator
from checktool.checking.quick.loops import RowTests
from checktool.checking.quick.needs import Needs, Slots, Taken
from checktool.checking.quick.nodes import Branch, Finder, both
from checktool.checking.quick.places import Place
from checktool.checking.quick.symbols import Symbols, UnclearError
from checktool.checking.schematron.evaluate import Evaluator, Extensions
from checktool.checking.schematron.ruleset import ReadyPattern, ReadyRule, RuleSet
from checktool.definitions import xpath_tree
from checktool.definitions.schematron_lets import Lets

_EVERYWHERE = Branch(None, here=True)
_REMEMBERED = 100


@dataclass(slots=True, eq=False)
class QuickRules:
    """The code of a form's rules. ``coded`` numbers the patterns that have some."""

    needs: Needs
    sets: tuple[RuleSet, ...]
    coded: dict[ReadyPattern, int]
    _symbols: Symbols
    _body: list[str]
    _firing: Callable[[Any, Any], set[int]] | None = None
    _left: dict[frozenset[int], tuple[RuleSet, ...]] = field(default_factory=dict)

    def link(self, slots: Slots) -> None:
        """Make the function, once it is known where everything stands."""
        symbols = self._symbols
        taken = {name: f"g[{slots.values[place.path]}]" for place, name in symbols.values.items()}
        taken |= {name: f"g[{slots.marks[place.path]}]" for place, name in symbols.marks.items()}
        taken |= {name: f"rows[{slots.rows[place.path]}]" for place, name in symbols.rows.items()}
        self._firing = symbols.compiled(self._body, taken)

    def firing(self, taken: Taken) -> frozenset[int] | None:
        """The numbers of the patterns that may fire; None where that cannot be told."""
        if self._firing is None:
            return None
        try:
            return frozenset(self._firing(*taken))
        except Exception:
            return None

    def left(self, firing: frozenset[int]) -> tuple[RuleSet, ...]:
        """The rule sets with the patterns that may fire, and those that have no code."""
        if firing not in self._left:
            if len(self._left) >= _REMEMBERED:
                self._left.clear()
            found = (
                ruleset.only(lambda one: self.coded.get(one, -1) in (-1, *firing)) for ruleset in self.sets
            )
            self._left[firing] = tuple(ruleset for ruleset in found if ruleset.patterns)
        return self._left[firing]


def quick_rules(sets: Iterable[RuleSet], root: Place | None, extensions: Extensions) -> QuickRules:
    """The code of rule sets for the documents of a form."""
    sets = tuple(sets)
    symbols, rows, body = Symbols(), RowTests(), list[str]()
    coded: dict[ReadyPattern, int] = {}
    for ruleset in sets:
        if root is None or not isinstance(ruleset.language, Evaluator):
            continue
        writer = _Writer(ruleset, root, extensions, symbols, rows)
        for pattern in ruleset.patterns:
            try:
                body += writer.pattern(pattern, len(coded))
            except (UnclearError, ValueError, RecursionError):
                continue
            coded[pattern] = len(coded)
    body += rows.lines(symbols.known_rows)
    return QuickRules(symbols.needs(), sets, coded, symbols, body)


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

    def pattern(self, ready: ReadyPattern, number: int) -> list[str]:
        """The code of a pattern. Raises UnclearError, ValueError."""
        if ready.pattern.documents:
            raise UnclearError
        scope = self._scope(self._shared, (*ready.pattern.lent, *ready.pattern.lets))
        self._pending: list[tuple[Branch, list[list[str]]]] = []
        conditions = [one for rule in ready.rules for one in self._rule(rule, scope)]
        for branch, fails in self._pending:
            self._rows.add(number, branch.loop, branch.rows, branch.guard, branch.where, fails)
        return [f"if {condition}: hits.add({number})" for condition in conditions]

    def _rule(self, rule: ReadyRule, scope: Scope) -> Iterator[str]:
        if not rule.tests:
            raise UnclearError
        for branch in self._translator.context(xpath_tree.parse(rule.nodes), scope):
            if branch.first or branch.place is None:
                raise UnclearError
            yield from self._at(branch, rule, scope)

    def _at(self, branch: Branch, rule: ReadyRule, outer: Scope) -> Iterator[str]:
        """When a rule fires at the nodes of one place; what is asked of rows is kept for later."""
        here = branch.taken()
        scope = self._scope(outer, rule.rule.lets, here)
        tests = [test.assertion for test in rule.tests]
        fails = [self._translator.failing(one.report, xpath_tree.parse(one.test), scope) for one in tests]
        if not branch.rows:
            failing = f"({' or '.join(both(*one) for one in fails)})"
            yield both(branch.guard, self._finder.stands(branch), failing)
            return
        self._pending.append((branch, fails))
