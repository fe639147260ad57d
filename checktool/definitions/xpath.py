"""What an XPath 1.0 expression names: its functions, variables and the items that it reads.

Tokens follow XPath 1.0 (W3C, section 3.7, with its rules that tell operators from names).
Item paths are local names joined by ``/`` (``MedicalOpinion/Patient/Sex``, ``…/Disease/@code``);
``**`` stands for any ancestors, ``*`` for any one name.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from checktool.definitions.xpath_text import split_union

_TOKEN = re.compile(
    r"""\s*(?:(?P<literal>"[^"]*"|'[^']*')
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<variable>\$[\w.\-]+(?::[\w.\-]+)?)
    |(?P<name>[^\W\d][\w.\-]*(?::(?!:)(?:[^\W\d][\w.\-]*|\*))?)
    |(?P<symbol>::|//|\.\.|!=|<=|>=|[()\[\].@,/|+\-=<>*]))""",
    re.VERBOSE,
)
_NEXT = re.compile(r"\s*(.{0,2})", re.DOTALL)
_ROOTED = re.compile(r"/|(?:key|id)\s*\(")
_OPERATOR_NAMES = {"and", "or", "mod", "div"}
_NODE_TYPES = {"comment", "text", "processing-instruction", "node"}
_BEFORE_NAME = {"@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="}


class Token(NamedTuple):
    """One lexical unit; ``kind`` is literal, number, variable, name, function, axis or symbol."""

    kind: str
    text: str


@lru_cache(maxsize=16_384)
def tokens(expression: str) -> list[Token]:
    """The tokens of an expression. Raises ValueError where it is no XPath."""
    found: list[Token] = []
    at, end = 0, len(expression.rstrip())
    while at < end:
        match = _TOKEN.match(expression, at)
        if match is None:
            raise ValueError(expression[at : at + 20])
        at = match.end()
        kind = match.lastgroup or ""
        text = match.group(kind)
        rest = _NEXT.match(expression, at)[1] if kind == "name" else ""  # type: ignore[index]
        found.append(_classified(kind, text, found, rest))
    return found


def _classified(kind: str, text: str, before: list[Token], rest: str) -> Token:
    operand_before = bool(before) and not (
        before[-1].kind in ("operator", "axis") or before[-1].text in _BEFORE_NAME
    )
    if operand_before and (text == "*" or text in _OPERATOR_NAMES):
        return Token("operator", text)
    if kind == "name" and rest.startswith("::"):
        return Token("axis", text)
    if kind == "name" and rest.startswith("("):
        return Token("type" if text in _NODE_TYPES else "function", text)
    return Token("name" if text == "*" else kind, text)


def functions(expression: str) -> set[str]:
    """The names of the functions that an expression calls, as written."""
    return {token.text for token in tokens(expression) if token.kind == "function"}


def variables(expression: str) -> set[str]:
    """The names of the variables that an expression uses, without ``$``."""
    return {token.text[1:] for token in tokens(expression) if token.kind == "variable"}


def prefixes(expression: str) -> set[str]:
    """The prefixes of the names that an expression uses."""
    named = {token.text for token in tokens(expression) if token.kind in ("name", "function")}
    return {name.partition(":")[0] for name in named if ":" in name}


@lru_cache(maxsize=16_384)
def reads(expression: str, context: str = "") -> frozenset[str]:
    """The item paths that an expression reads when evaluated at the context's path."""
    walker = _Walker(tokens(expression))
    walker.expression(context)
    return frozenset(walker.found)


def covers(read: str, item: str) -> bool:
    """Whether a read path may meet an item: the same path, or the item is an ancestor of it."""
    ours, theirs = read.split("/"), item.split("/")
    if ours[0] == "**":
        tail = ours[1:]
        return any(_meets(tail, theirs[start:]) for start in range(len(theirs)))
    return _meets(ours, theirs)


def _meets(ours: list[str], theirs: list[str]) -> bool:
    if "**" in ours:
        at = ours.index("**")
        return _meets(ours[:at], theirs[:at]) and covers("/".join(ours[at:]), "/".join(theirs[at:]))
    if not theirs or len(theirs) > len(ours):
        return False
    return all(a in (b, "*") for a, b in zip(ours, theirs, strict=False))


_END = Token("end", "")


class _Walker:
    """Follows the location paths of one expression and collects where each of them ends."""

    def __init__(self, units: list[Token]) -> None:
        self.units = units
        self.at = 0
        self.found: set[str] = set()

    def peek(self) -> Token:
        return self.units[self.at] if self.at < len(self.units) else _END

    def expression(self, context: str) -> None:
        """Everything up to a closing bracket, a comma or the end."""
        while self.peek().text not in (")", "]", ",") and self.peek().kind != "end":
            token = self.peek()
            if token.kind in ("name", "axis", "type") or token.text in ("/", "//", ".", "..", "@"):
                self.path(context)
            elif token.kind == "function":
                self.at += 1
                self.group(context)
                self.trailing()
            elif token.text == "(":
                self.group(context)
                self.trailing()
            elif token.kind == "variable":
                self.at += 1
                self.trailing()
            else:
                self.at += 1

    def group(self, context: str) -> None:
        """A bracketed list of expressions, from its opening bracket on."""
        self.at += 1
        while self.peek().kind != "end":
            self.expression(context)
            closing = self.peek().text != ","
            self.at += 1
            if closing:
                return

    def trailing(self) -> None:
        """Predicates and steps behind a bracketed expression, whose place is unknown."""
        if self.peek().text in ("[", "/", "//"):
            self.path("**")

    def path(self, context: str) -> str:
        """One location path; its end, which it answers, is what the expression reads."""
        current, first = context, True
        while True:
            token = self.peek()
            if token.text in ("/", "//"):
                if first and context != "**":
                    current = ""
                current = _join(current, "**") if token.text == "//" else current
                self.at += 1
            elif token.text == "[":
                self.group(current)
            elif self.step_begins(token):
                current = self.step(current)
                if self.peek().text not in ("/", "//", "["):
                    break
            else:
                break
            first = False
        self.found.add(current)
        return current

    @staticmethod
    def step_begins(token: Token) -> bool:
        return token.kind in ("name", "axis", "type") or token.text in (".", "..", "@")

    def step(self, current: str) -> str:
        """The path after one step."""
        token = self.peek()
        self.at += 1
        if token.text == ".":
            return current
        if token.text == "..":
            return current.rpartition("/")[0] if "/" in current else ("**" if current == "**" else "")
        if token.text == "@":
            return _join(current, "@" + self._local())
        if token.kind == "axis":
            self.at += 1
            return self._axis(token.text, current)
        if token.kind == "type":
            self.group(current)
            return current
        return _join(current, token.text.rpartition(":")[2])

    def _axis(self, axis: str, current: str) -> str:
        if self.peek().kind == "type":
            self.at += 1
            self.group(current)
            name = "*"
        else:
            name = self._local()
        if axis == "child":
            return _join(current, name)
        if axis == "attribute":
            return _join(current, "@" + name)
        if axis == "self":
            return current
        if axis == "parent":
            return current.rpartition("/")[0]
        return _join("**", name)

    def _local(self) -> str:
        name = self.peek().text.rpartition(":")[2]
        self.at += 1
        return name


def _join(path: str, step: str) -> str:
    if step == "**" and path.endswith("**"):
        return path
    return f"{path}/{step}" if path else step


def contexts(pattern: str) -> Iterator[tuple[str, str]]:
    """Each branch of a rule's context as (absolute XPath, item path)."""
    for branch in split_union(pattern):
        absolute = branch if _ROOTED.match(branch) else "//" + branch
        yield absolute, "" if absolute == "/" else _Walker(tokens(absolute)).path("") or "**"
