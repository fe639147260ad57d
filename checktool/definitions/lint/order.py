"""Rules and assertions that can never speak: taken by an earlier rule, or true whatever the document."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from checktool.definitions import xpath
from checktool.definitions.lint.remark import Remark, remark
from checktool.definitions.schematron import Assertion, Pattern

_PLAIN = {
    "not", "true", "false", "boolean", "number", "string", "concat", "contains", "starts-with", "substring",
    "string-length", "normalize-space", "translate", "floor", "ceiling", "round",
}  # fmt: skip
_NO_ELEMENT = re.compile(r"@|.*\(\)$|/$")


class Step(NamedTuple):
    """One step of a location path: ``/`` or ``//`` before it, the node test, the predicates as written."""

    before: str
    test: str
    predicates: str


def unreachable(pattern: Pattern, file: str) -> Iterator[Remark]:
    """Rules all of whose contexts an earlier rule of the pattern has taken (ISO/IEC 19757-3, 6.5)."""
    earlier: list[list[Step]] = []
    for rule in pattern.rules:
        paths = [steps(branch) for branch, _ in xpath.contexts(rule.context)]
        line = rule.assertions[0].line if rule.assertions else 0
        if all(any(takes(first, path) for first in earlier) for path in paths):
            yield remark("K409", file, line, context=rule.context)
        earlier += paths


def steps(path: str) -> list[Step]:
    """The steps of an absolute path; predicates stay text."""
    found: list[Step] = []
    cuts = [at for at, char in enumerate(path) if char == "/" and not _inside(path, at)] + [len(path)]
    before = ""
    for start, end in pairwise(cuts):
        written = path[start + 1 : end]
        if not written.strip():
            before = "//"
            continue
        test, bracket, rest = written.partition("[")
        found.append(Step(before or "/", test.strip(), bracket + rest.strip()))
        before = ""
    return found


def _inside(path: str, at: int) -> bool:
    """Whether a character stands inside brackets or quotes."""
    outside = re.sub(r"\"[^\"]*\"|'[^']*'", lambda hit: "_" * len(hit[0]), path)
    if outside[at] == "_" and path[at] != "_":
        return True
    ahead = outside[:at]
    return ahead.count("[") + ahead.count("(") > ahead.count("]") + ahead.count(")")


def takes(first: Sequence[Step], later: Sequence[Step]) -> bool:
    """Whether every node that one path selects is selected by the other, as far as their steps tell."""
    if list(first) == list(later):
        return True
    if not first or len(first) > len(later) or any(step.before == "//" for step in first[1:]):
        return False
    if first[0].before == "/" and (len(first) != len(later) or later[0].before == "//"):
        return False
    tail = later[len(later) - len(first) :]
    if any(step.before == "//" for step in tail[1:]):
        return False
    return all(map(_fits, first, tail))


def _fits(first: Step, later: Step) -> bool:
    named = first.test == later.test or (first.test == "*" and not _NO_ELEMENT.match(later.test))
    return named and first.predicates in ("", later.predicates)


def silent(assertion: Assertion) -> bool:
    """Whether a test has nothing to do with the document and never makes its assertion speak."""
    test = assertion.test
    if xpath.reads(test) or xpath.variables(test) or not xpath.functions(test) <= _PLAIN:
        return False
    try:
        held = bool(etree.XPath(f"boolean({test})")(etree.Element("none")))
    except etree.XPathError:
        return False
    return held != assertion.report
