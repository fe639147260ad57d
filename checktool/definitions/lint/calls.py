"""The functions that an expression calls: known, with as many arguments, on tables that there are."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from checktool.definitions.codetable import Tables
from checktool.definitions.lint import regexes
from checktool.definitions.lint.remark import Remark, remark
from checktool.definitions.xpath import Token, tokens
from checktool.errors import PackError

NAMESPACE = "urn:checktool:functions"
MANY = 99
CORE: Mapping[str, tuple[int, int]] = {
    "last": (0, 0), "position": (0, 0), "count": (1, 1), "id": (1, 1), "local-name": (0, 1),
    "namespace-uri": (0, 1), "name": (0, 1), "string": (0, 1), "concat": (2, MANY),
    "starts-with": (2, 2), "contains": (2, 2), "substring-before": (2, 2), "substring-after": (2, 2),
    "substring": (2, 3), "string-length": (0, 1), "normalize-space": (0, 1), "translate": (3, 3),
    "boolean": (1, 1), "not": (1, 1), "true": (0, 0), "false": (0, 0), "lang": (1, 1),
    "number": (0, 1), "sum": (1, 1), "floor": (1, 1), "ceiling": (1, 1), "round": (1, 1),
    "current": (0, 0), "document": (1, 1), "key": (2, 2), "format-number": (2, 2), "generate-id": (0, 1),
}  # fmt: skip
"""The functions of XPath 1.0 and those of XSLT that rules may use, with their numbers of arguments."""

OURS: Mapping[str, tuple[int, int]] = {
    "luhn": (1, 1), "municipality-check": (1, 1), "is-date": (1, 1), "days-between": (2, 2),
    "months-between": (2, 2), "age-years": (2, 2), "age-months": (2, 2), "matches": (2, 2),
    "fold": (1, 1), "today": (0, 0), "code-exists": (2, 3), "code-name": (2, 3), "code-field": (3, 3),
    "out-of-range": (2, 2),
}  # fmt: skip
"""Those of docs/rules.md."""

POLICY_TABLES = ("hospital", "hospital-doctors")
_EXSLT = "http://exslt.org/"
_OPENING, _CLOSING = ("(", "["), (")", "]")


class Call(NamedTuple):
    """A call: the function as written and the tokens of each argument."""

    name: str
    arguments: tuple[tuple[Token, ...], ...]

    def literal(self, place: int) -> str | None:
        """An argument that is a string in quotes, else None."""
        argument = self.arguments[place] if place < len(self.arguments) else ()
        return argument[0].text[1:-1] if len(argument) == 1 and argument[0].kind == "literal" else None


def calls(expression: str) -> Iterator[Call]:
    """Every call in an XPath 1.0 expression, inner ones too. Raises ValueError for what is no XPath."""
    units = tokens(expression)
    for place, unit in enumerate(units):
        if unit.kind == "function":
            yield Call(unit.text, _arguments(units[place + 1 :]))


def _arguments(units: list[Token]) -> tuple[tuple[Token, ...], ...]:
    """The arguments in tokens that begin with the opening bracket of a call."""
    found: list[list[Token]] = [[]]
    depth = 1
    for unit in units[1:]:
        mark = "" if unit.kind == "literal" else unit.text
        depth += (mark in _OPENING) - (mark in _CLOSING)
        if depth == 0:
            break
        if mark == "," and depth == 1:
            found.append([])
        else:
            found[-1].append(unit)
    return tuple(map(tuple, found)) if found != [[]] else ()


def remarks(
    expression: str, namespaces: Mapping[str, str], tables: Tables, file: str, line: int
) -> Iterator[Remark]:
    """What there is to say of the calls of one expression."""
    for call in calls(expression):
        prefix, _, name = call.name.rpartition(":")
        space = namespaces.get(prefix, "")
        known = CORE if not prefix else OURS if space == NAMESPACE else {}
        count = len(call.arguments)
        if space.startswith(_EXSLT):
            continue
        if name not in known:
            yield remark("K402", file, line, name=call.name)
        elif not known[name][0] <= count <= known[name][1]:
            yield remark("K408", file, line, name=call.name, count=count)
        elif prefix:
            yield from _ours(name, call, tables, file, line)


def _ours(name: str, call: Call, tables: Tables, file: str, line: int) -> Iterator[Remark]:
    if name == "matches":
        yield from _regex(call.literal(1), file, line)
    if not name.startswith("code-") and name != "out-of-range":
        return
    table = call.literal(0)
    if table is None or table in POLICY_TABLES:
        return
    if table not in tables:
        yield remark("K405", file, line, table=table)
        return
    column = call.literal(2) if name == "code-field" else None
    try:
        if column is not None and column not in tables[table].columns:
            yield remark("K406", file, line, table=table, column=column)
    except PackError:
        return


def _regex(expression: str | None, file: str, line: int) -> Iterator[Remark]:
    if expression is None:
        return
    fault = regexes.fault_of(expression)
    if fault is not None:
        yield remark("K403", file, line, pattern=expression)
    elif regexes.is_dangerous(expression):
        yield remark("K407", file, line, pattern=expression)
