"""The names that the code of quick rules uses, and what they stand for.

``v3`` is the text of a place (None where it is missing), ``e3`` the mark of an element (not None where it
stands), ``R3`` the rows of a repeated one (``O3``: in their order, each of them), ``r5`` one of them in a
loop and ``r5_1`` a value of it; ``c3`` is a constant, ``f3`` a function, and ``k3`` a value that several
tests ask for. No text of a rule ever becomes part of the code.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from checktool.checking.quick.loops import remember, with_columns
from checktool.checking.quick.needs import Needs
from checktool.checking.quick.places import Place

_OF_DOCUMENT = re.compile(r"\b[vekrRO]\d+")
_ONE = re.compile(r"[vk]\d+")
_OF_ROW = re.compile(r"\br\d+")
_CALL = re.compile(r"\bf\d+\b")
_PARTIAL = re.compile(r"\b(?:f\d+|written|substring|divided|remainder|day)\b")
_KEPT = re.compile(r"\bk\d+\b")
_TAKEN = re.compile(r"\b[ve]\d+\b")


class UnclearError(Exception):
    """An expression whose meaning does not follow from the places of a form."""


class Symbols:
    """Everything that has a name in the code for one form."""

    def __init__(self) -> None:
        """Begin without any name."""
        self.values: dict[Place, str] = {}
        self.marks: dict[Place, str] = {}
        self.rows: dict[Place, str] = {}
        built_in = (any, bool, len, next, set, sum, zip)
        self.namespace: dict[str, Any] = {"__builtins__": {one.__name__: one for one in built_in}}
        self.namespace["remember"] = remember
        self._known: dict[tuple[type, str], str] = {}
        self._kept: dict[str, str] = {}
        self._sets: dict[str, str] = {}
        self._loops = 0

    def value(self, place: Place) -> str:
        """The text of a place that stands once at most."""
        return self.values.setdefault(place, f"v{len(self.values)}")

    def mark(self, place: Place) -> str:
        """Whether an element stands."""
        return self.marks.setdefault(place, f"e{len(self.marks)}")

    def rows_of(self, place: Place) -> str:
        """All that stand at a repeated place."""
        return self.rows.setdefault(place, f"R{len(self.rows)}")

    def needs(self) -> Needs:
        """What the code asks of a document."""
        named = (self.values, self.marks, self.rows)
        return Needs(*(frozenset(place.path for place in places) for places in named))

    def loop(self) -> str:
        """A variable for one row."""
        self._loops += 1
        return f"r{self._loops}"

    def constant(self, value: object) -> str:
        """A value that is always the same."""
        return self._named("c", value)

    def function(self, called: Callable[..., object]) -> str:
        """A function that the rules call."""
        return self._named("f", called)

    def sure_function(self, called: Callable[..., object]) -> str:
        """A function that the rules call, and that answers whatever it is given."""
        return self._named("q", called)

    def known_rows(self) -> str:
        """A set for rows at which nothing fires."""
        name = f"p{len(self.namespace)}"
        self.namespace[name] = set()
        return name

    def _named(self, kind: str, value: object) -> str:
        key = (type(value), str(id(value)) if kind in "fq" else repr(value))
        if key not in self._known:
            self._known[key] = f"{kind}{len(self._known)}"
            self.namespace[self._known[key]] = value
        return self._known[key]

    def kept(self, code: str) -> str:
        """The name of a value, worked out once; what a row has part in, or might raise, stays as it is."""
        if not _OF_DOCUMENT.search(code):
            return self._folded(code)
        if _OF_ROW.search(code) or _PARTIAL.search(code) or _ONE.fullmatch(code):
            return code
        return self._kept.setdefault(code, f"k{len(self._kept)}")

    def all_of(self, code: str) -> str:
        """The name of a set of rows, worked out once. Raises UnclearError where that calls a function."""
        if calls(code):
            raise UnclearError
        loop = _OF_ROW.findall(code)[0]
        alike = re.sub(rf"\b{loop}\b|\b{loop}(?=_)", "r0", code)
        if alike not in self._sets:
            self._sets[alike] = self._kept.setdefault(code, f"k{len(self._kept)}")
        return self._sets[alike]

    @staticmethod
    def is_closed(code: str) -> bool:
        """Whether code with a loop in it asks for rows of no other, and calls nothing that may not answer."""
        return len(set(_OF_ROW.findall(code))) == 1 and not calls(code)

    def _folded(self, code: str) -> str:
        """A value that no document changes, worked out now."""
        if code in self.namespace:
            return code
        try:
            return self.constant(eval(code, dict(self.namespace)))
        except Exception:
            raise UnclearError from None

    def compiled(self, body: list[str], taken: Mapping[str, str]) -> Callable[[Any, Any], set[int]]:
        """The function of some lines of code; ``taken`` says where values, marks and rows come from."""
        known = {name: code for code, name in self._kept.items()}
        uses = _KEPT.findall("\n".join([*body, *known]))
        often = {name for name in known if uses.count(name) > 1}

        def spelled(code: str) -> str:
            return _KEPT.sub(lambda k: k[0] if k[0] in often else f"({spelled(known[k[0]])})", code)

        lines = [f"    {name} = {spelled(code)}" for name, code in known.items() if name in often]
        lines += [f"    {spelled(line)}" for line in body]
        text = _TAKEN.sub(lambda hit: taken[hit[0]], with_columns("\n".join(lines), taken))
        names = dict(self.namespace)
        exec(
            compile(
                f"def firing(g, rows):\n    hits = set()\n{text}\n    return hits\n", "<quick rules>", "exec"
            ),
            names,
        )
        made: Callable[[Any, Any], set[int]] = names["firing"]
        return made


def calls(code: str) -> bool:
    """Whether code calls a function of the rules, which might not be able to answer."""
    return _CALL.search(code) is not None
