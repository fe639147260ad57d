"""Regular expressions that may take exponential time: a repetition of what is itself repeated.

``(a+)+`` can cut the same text in very many ways. It is harmless when the repeated part must hold a
character that the inner repetition cannot take, as the comma of ``([0-9]+,)*``.
"""

import re
from collections.abc import Iterator
from typing import Any

from checktool.definitions.regex import translated

_MANY = 20
_PROBES = "aZ0_ -.,:/@\n" + "".join(map(chr, (0x3042, 0x30A2, 0x4E9C)))
_parser: Any = re._parser  # type: ignore[attr-defined]  # the parse tree of re has no public name


def fault_of(expression: str) -> str | None:
    """Why an XSD regular expression cannot be used, or None."""
    try:
        re.compile(translated(expression))
    except (ValueError, re.error, RecursionError, OverflowError) as fault:
        return str(fault)
    return None


def is_dangerous(expression: str, python: bool = False) -> bool:
    """Whether an expression (of XSD, or of Python) repeats a repetition without anything between."""
    try:
        parsed = _parser.parse(expression if python else translated(expression))
    except (ValueError, re.error, RecursionError, OverflowError):
        return False
    probes = frozenset(_PROBES + expression)
    return any(_runs_into_itself(body, probes) for body in _repeated(parsed))


def _repeated(items: Any) -> Iterator[Any]:
    """The bodies of all repetitions that may repeat often."""
    for kind, value in items:
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            if value[1] >= _MANY:
                yield value[2]
            yield from _repeated(value[2])
        elif name == "SUBPATTERN":
            yield from _repeated(value[3])
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _repeated(branch)


def _runs_into_itself(body: Any, probes: frozenset[str]) -> bool:
    """Whether a repeated body consists of a repetition and of nothing that must stand apart from it."""
    for sequence in _sequences(body):
        parts = list(sequence)
        for place, (kind, value) in enumerate(parts):
            if str(kind) not in ("MAX_REPEAT", "MIN_REPEAT") or value[1] < _MANY:
                continue
            taken = _characters(value[2], probes)
            others = parts[:place] + parts[place + 1 :]
            if not any(_must(other) and not _characters([other], probes) & taken for other in others):
                return True
    return False


def _sequences(body: Any) -> Iterator[Any]:
    """The alternatives of a body, groups that hold everything opened."""
    items = list(body)
    if len(items) == 1 and str(items[0][0]) == "SUBPATTERN":
        yield from _sequences(items[0][1][3])
    elif len(items) == 1 and str(items[0][0]) == "BRANCH":
        for branch in items[0][1][1]:
            yield from _sequences(branch)
    else:
        yield items


def _must(item: Any) -> bool:
    kind, value = item
    return str(kind) not in ("MAX_REPEAT", "MIN_REPEAT") or value[0] > 0


def _characters(items: Any, probes: frozenset[str]) -> frozenset[str]:
    """The probe characters that some part of an expression can take."""
    found: set[str] = set()
    for kind, value in items:
        name = str(kind)
        if name == "LITERAL":
            found.add(chr(value))
        elif name in ("NOT_LITERAL", "ANY"):
            found |= probes - ({chr(value)} if name == "NOT_LITERAL" else {"\n"})
        elif name == "IN":
            found |= _members(value, probes)
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            found |= _characters(value[2], probes)
        elif name == "SUBPATTERN":
            found |= _characters(value[3], probes)
        elif name == "BRANCH":
            for branch in value[1]:
                found |= _characters(branch, probes)
    return frozenset(found)


def _members(members: Any, probes: frozenset[str]) -> frozenset[str]:
    """The probe characters in a character class."""
    negated = bool(members) and str(members[0][0]) == "NEGATE"
    found: set[str] = set()
    for kind, value in members[1:] if negated else members:
        name = str(kind)
        if name == "LITERAL":
            found.add(chr(value))
        elif name == "RANGE":
            found |= {char for char in probes if value[0] <= ord(char) <= value[1]}
            found |= {chr(value[0]), chr(value[1])}
        elif name == "CATEGORY":
            found |= {char for char in probes if _in_category(str(value), char)}
    return frozenset(probes - found if negated else found)


def _in_category(category: str, char: str) -> bool:
    kind = category.rpartition("_")[2]
    held = {"DIGIT": char.isdigit(), "SPACE": char.isspace()}.get(kind, char.isalnum() or char == "_")
    return held != ("_NOT_" in category)
