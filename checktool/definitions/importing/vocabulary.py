"""The words by which headings and values are recognised: ``resources/importing/words.toml``.

Words of a MAP.toml come before them. Texts are compared folded: width, case, blanks and a bracket
at the end do not count.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from checktool.paths import resource

_BLANK = re.compile(r"\s+")
_BRACKET = re.compile(r"\([^()]*\)$")
EXACT, ENDING, NO = 0, 1, -1

Headings = Mapping[str, Mapping[str, list[str]]]


@cache
def words() -> Mapping[str, Any]:
    """The shipped vocabulary as plain data."""
    return tomllib.loads(resource("importing", "words.toml").read_text(encoding="utf-8"))


def fold(text: str) -> str:
    """A text as it is compared: NFKC, lower case, no blanks."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).casefold()


def line(text: str) -> str:
    """A text on one line, as it is shown."""
    return _BLANK.sub(" ", text).strip()


def heading(text: str) -> str:
    """A heading as it is compared: folded, without marks around it and a bracket at its end."""
    folded = fold(text).strip("*#:※").strip()
    return _BRACKET.sub("", folded) or folded


class Vocabulary:
    """Fields of headings, and values of types, characters and demands."""

    def __init__(self, more: Headings | None = None) -> None:
        """``more``: words of a MAP.toml, kind (``table``, ``record``) → field → words."""
        self._more = more or {}
        self._fields = {kind: self._lists(kind) for kind in ("table", "record")}
        lists = [pair for fields in self._fields.values() for pair in fields.values()]
        self._exact = frozenset(word for exact, _ in lists for word in exact)
        self._endings = tuple({word for _, ending in lists for word in ending})

    def _lists(self, kind: str) -> dict[str, tuple[list[str], list[str]]]:
        own = self._more.get(kind, {})
        return {
            name: (
                [heading(word) for word in [*own.get(name, []), *entry["exact"]]],
                [heading(word) for word in entry.get("ending", [])],
            )
            for name, entry in words()[kind].items()
        }

    def fields(self, kind: str, headings: Mapping[int, str]) -> dict[str, int]:
        """Field → column for one row of (compared) headings; each column serves one field.

        Exact words come first, in the order of the list, then endings; fields in the order of the file.
        """
        found: dict[str, int] = {}
        for strength in (EXACT, ENDING):
            for name, lists in self._fields[kind].items():
                if name in found:
                    continue
                free = {col: text for col, text in headings.items() if col not in found.values()}
                hit = _best(free, lists[strength], strength)
                if hit is not None:
                    found[name] = hit
        return found

    def may_head(self, texts: Iterable[str]) -> bool:
        """Whether at least two of some (compared) texts could be headings; quick, for rows of data."""
        hits = (text in self._exact or text.endswith(self._endings) or is_level(text) for text in texts)
        return sum(hits) >= 2

    def knows(self, kind: str, text: str) -> bool:
        """Whether a compared heading is an exact word of any field."""
        return any(text in exact for exact, _ in self._fields[kind].values()) or is_level(text)


def _best(headings: Mapping[int, str], listed: Iterable[str], strength: int) -> int | None:
    for word in listed:
        for col, text in headings.items():
            if text == word or (strength == ENDING and text.endswith(word)):
                return col
    return None


@cache
def _levels() -> tuple[re.Pattern[str], frozenset[str]]:
    entry = words()["record"]["level"]
    return re.compile(entry["pattern"]), frozenset(entry["exact"])


def is_level(text: str) -> bool:
    """Whether a compared heading names a level of a nested list of items."""
    pattern, exact = _levels()
    return text in exact or pattern.fullmatch(text) is not None


def meaning(group: str, text: str) -> str:
    """The value of our column that a Japanese word stands for, empty when none is known."""
    folded = fold(text)
    if not folded:
        return ""
    entry = words()[group]
    for value, word in entry.get("exact", []):
        if folded == word:
            return str(value)
    return next((str(value) for value, word in entry["words"] if fold(word) in folded), "")


def contains(group: str, name: str, text: str) -> bool:
    """Whether a text contains one of the listed words."""
    folded = fold(text)
    return any(fold(word) in folded for word in words()[group][name])
