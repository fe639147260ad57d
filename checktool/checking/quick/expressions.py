"""XPath 1.0 expressions as code on the values of a document (W3C, XPath 1.0, sections 3 and 4).

Code asks for the same values in the same order as libxml2, so that what cannot be answered there is not
passed over here: it raises, and the document is left to libxml2.
"""

from collections.abc import Callable, Mapping
from inspect import unwrap
from typing import NamedTuple

from checktool.checking.functions import NAMESPACE, OF_NODES, RESULTS
from checktool.checking.quick import values
from checktool.checking.quick.aggregates import Aggregates
from checktool.checking.quick.conversions import NUMBER, TEXT, TRUTH, Code, Conversions, Value
from checktool.checking.quick.nodes import Branch, Finder, Nodes
from checktool.checking.quick.symbols import Symbols, UnclearError
from checktool.definitions.xpath_tree import (
    Binary,
    Call,
    Expression,
    Minus,
    Number,
    Path,
    Text,
    Variable,
)

_KINDS = {str: TEXT, float: NUMBER, bool: TRUTH}
_EXSLT_DATE = "http://exslt.org/dates-and-times"
_EXSLT_SET = "http://exslt.org/sets"
_EXSLT_TEXT = "http://exslt.org/strings"


class Scope(NamedTuple):
    """The context node, and variables by name, each with the scope in which it is worked out."""

    here: Branch
    variables: Mapping[str, tuple[Expression, "Scope"]]


class Translator:
    """Makes code of expressions. Raises UnclearError for what has none."""

    def __init__(
        self,
        finder: Finder,
        symbols: Symbols,
        spaces: Mapping[str, str],
        functions: Mapping[tuple[str, str], Callable[..., object]],
    ) -> None:
        """``functions`` are those that lxml may call, by namespace and name."""
        self._finder = finder
        self._symbols = symbols
        self._spaces = spaces
        self._functions = functions
        self._as = Conversions(finder, symbols)
        self._all = Aggregates(finder, symbols)
        for name in ("number", "written", "truth", "sure", "substring", "before", "after", "normalized",
                     "divided", "remainder", "day"):  # fmt: skip
            symbols.namespace[name] = getattr(values, name)
        self._core: dict[str, Callable[[list[Value]], Code]] = {
            "string": lambda given: Code(TEXT, self._as.text(*given)),
            "number": lambda given: Code(NUMBER, self._as.number(*given)),
            "boolean": lambda given: Code(TRUTH, self._as.truth(*given)),
            "not": lambda given: Code(TRUTH, f"(not {self._as.truth(*given)})"),
            "true": lambda given: Code(TRUTH, self._plain("True", *given)),
            "false": lambda given: Code(TRUTH, self._plain("False", *given)),
            "concat": lambda given: Code(TEXT, f"({' + '.join(map(self._as.text, given))})"),
            "starts-with": lambda given: Code(TRUTH, self._method("{}.startswith({})", *given)),
            "contains": lambda given: Code(TRUTH, self._method("({1} in {0})", *given)),
            "substring-before": lambda given: Code(TEXT, self._method("before({}, {})", *given)),
            "substring-after": lambda given: Code(TEXT, self._method("after({}, {})", *given)),
            "string-length": lambda given: Code(NUMBER, f"len({self._as.text(*given)})"),
            "normalize-space": lambda given: Code(TEXT, f"normalized({self._as.text(*given)})"),
            "substring": lambda given: Code(TEXT, self._substring(*given)),
            "count": lambda given: Code(NUMBER, self._finder.count(self._nodes(*given))),
            "sum": lambda given: Code(NUMBER, self._all.sum(self._nodes(*given))),
        }

    def value(self, tree: Expression, scope: Scope) -> Value:
        """The value of an expression; what several tests ask for is worked out once."""
        found = self._value(tree, scope)
        if isinstance(found, Code) and found.kind != TRUTH:
            return Code(found.kind, self._symbols.kept(found.code))
        return found

    def context(self, tree: Expression, scope: Scope) -> Nodes:
        """The nodes that a rule's context selects."""
        match tree:
            case Binary("|", left, right):
                return self._finder.union((*self.context(left, scope), *self.context(right, scope)))
            case Path():
                return self._path(tree, scope)
        raise UnclearError

    def truth(self, tree: Expression, scope: Scope) -> str:
        """Code for whether an expression is true."""
        return self._as.truth(self.value(tree, scope))

    def failing(self, report: bool, tree: Expression, scope: Scope) -> list[str]:
        """Code of conditions all of which hold where a report or an assertion fires."""
        match tree:
            case Binary("and", left, right) if report:
                return [*self.failing(report, left, scope), *self.failing(report, right, scope)]
            case Binary("or", left, right) if not report:
                return [*self.failing(report, left, scope), *self.failing(report, right, scope)]
        said = self.truth(tree, scope)
        return [said if report else f"(not {said})"]

    def _value(self, tree: Expression, scope: Scope) -> Value:
        match tree:
            case Text(value):
                return Code(TEXT, self._symbols.constant(value))
            case Number(written):
                return Code(NUMBER, self._symbols.constant(values.number(written)))
            case Variable(name) if name in scope.variables:
                return self.value(*scope.variables[name])
            case Minus(inner):
                return Code(NUMBER, f"(-{self._as.number(self.value(inner, scope))})")
            case Path():
                return self._path(tree, scope)
            case Call():
                return self._call(tree, scope)
            case Binary():
                return self._binary(tree, scope)
        raise UnclearError

    def _path(self, path: Path, scope: Scope) -> Nodes:
        def truth(predicate: Expression, here: Branch) -> str:
            found = self.value(predicate, Scope(here, scope.variables))
            if isinstance(found, Code) and found.kind == NUMBER:
                raise UnclearError
            return self._as.truth(found)

        start: Nodes = (Branch(None),) if path.absolute else (scope.here,)
        if path.start is not None:
            start = self._nodes(self.value(path.start, scope))
            start = self._finder.filtered(start, path.filters, truth)
        return self._finder.steps(start, path.steps, truth)

    def _binary(self, tree: Binary, scope: Scope) -> Value:
        match tree:
            case Binary("=" | "!=", Call("normalize-space", (inner,)), Text("")):
                blanks = self._symbols.constant(values.BLANKS)
                unless = "not " if tree.operator == "=" else "bool"
                return Code(TRUTH, f"({unless}({self._as.text(self.value(inner, scope))}.strip({blanks})))")
        left, right = self.value(tree.left, scope), self.value(tree.right, scope)
        operator = tree.operator
        if operator in ("and", "or"):
            return Code(TRUTH, f"({self._as.truth(left)} {operator} {self._as.truth(right)})")
        if operator == "|":
            return self._finder.union((*self._nodes(left), *self._nodes(right)))
        if operator in ("+", "-", "*"):
            return Code(NUMBER, f"({self._as.number(left)} {operator} {self._as.number(right)})")
        if operator in ("div", "mod"):
            name = "divided" if operator == "div" else "remainder"
            return Code(NUMBER, f"{name}({self._as.number(left)}, {self._as.number(right)})")
        return Code(TRUTH, self._as.compared(operator, left, right))

    def _call(self, call: Call, scope: Scope) -> Value:
        if call.name == "translate":
            return Code(TEXT, self._translate(call.arguments, scope))
        given = [self.value(one, scope) for one in call.arguments]
        if call.name in ("string", "number", "string-length", "normalize-space") and not given:
            given = [(scope.here,)]
        prefix, colon, name = call.name.rpartition(":")
        try:
            if not colon:
                return self._core[name](given)
            return self._extension(self._spaces[prefix], name, given)
        except (KeyError, TypeError, ValueError):
            raise UnclearError from None

    def _extension(self, space: str, name: str, given: list[Value]) -> Value:
        if space == _EXSLT_SET and name == "distinct":
            return self._finder.distinct(self._nodes(*given))
        if space == _EXSLT_DATE and name == "date":
            return Code(TEXT, f"day({self._as.text(*given)})")
        if space == _EXSLT_TEXT and name == "concat":
            return Code(TEXT, self._all.joined(self._nodes(*given)))
        if space == NAMESPACE and name in OF_NODES:
            return Code(TRUTH, self._of_nodes(self._functions[space, name], *given))
        if space != NAMESPACE or name not in RESULTS:
            raise UnclearError
        arguments = [one.code if isinstance(one, Code) else self._as.text(one) for one in given]
        called = self._symbols.function(unwrap(self._functions[space, name]))
        return Code(_KINDS[RESULTS[name]], f"{called}({', '.join(arguments)})")

    def _of_nodes(self, called: Callable[..., object], table: Value, nodes: Value) -> str:
        """A function of a table and of elements by code and text, with a table that it can answer for."""
        known = self._symbols.namespace.get(table.code) if isinstance(table, Code) else None
        if not isinstance(known, str) or not _answers(called, known):
            raise UnclearError
        name = self._symbols.sure_function(unwrap(called))
        return f"{name}({self._as.text(table)}, {self._all.pairs(self._nodes(nodes))})"

    def _nodes(self, value: Value) -> Nodes:
        if isinstance(value, Code):
            raise UnclearError
        return value

    def _plain(self, code: str, *given: Value) -> str:
        if given:
            raise UnclearError
        return code

    def _method(self, form: str, first: Value, second: Value) -> str:
        return form.format(self._as.text(first), self._as.text(second))

    def _substring(self, text: Value, *given: Value) -> str:
        numbers = [self._as.number(one) for one in given]
        known = [self._symbols.namespace.get(one, -1) for one in numbers]
        if all(isinstance(one, float) and one >= 1 and one.is_integer() for one in known):
            first, end = int(known[0]) - 1, f"{sum(map(int, known)) - 1}" if len(known) == 2 else ""
            return f"{self._as.text(text)}[{first}:{end}]"
        return f"substring({', '.join([self._as.text(text), *numbers])})"

    def _translate(self, arguments: tuple[Expression, ...], scope: Scope) -> str:
        match arguments:
            case (what, Text(chars), Text(others)):
                text = self._as.text(self.value(what, scope))
                if len(chars) == 1 and len(others) < 2:
                    constants = [self._symbols.constant(one) for one in (chars, others)]
                    return f"{text}.replace({', '.join(constants)})"
                return f"{text}.translate({self._symbols.constant(values.table(chars, others))})"
        raise UnclearError


def _answers(called: Callable[..., object], table: str) -> bool:
    """Whether a function of nodes knows a table, so that it answers for any nodes."""
    try:
        return called(None, table, set()) is False
    except Exception:
        return False
