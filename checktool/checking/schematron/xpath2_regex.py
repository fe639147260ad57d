r"""Regular expressions of XPath, whose ``\s`` and ``\w`` are not those of Python (XML Schema, part 2, F).

``\s`` is blank, tab and line end alone, not 「　」; ``\w`` is every character but punctuation, separators
and controls. elementpath has them so within brackets only.
"""

import re
from functools import lru_cache
from typing import Any

from elementpath.regex import RegexError, translate_pattern

from checktool.checking.schematron.xpath2_bindings import given

_ELSEWHERE = {"\\s", "\\S", "\\w", "\\W"}


def spelled(pattern: str) -> str:
    """A pattern whose shorthands stand within brackets."""
    made, inside, at = [], 0, 0
    while at < len(pattern):
        unit = pattern[at : at + 2] if pattern[at] == "\\" else pattern[at]
        inside += (unit == "[") - (unit == "]" and inside > 0)
        made.append(f"[{unit}]" if unit in _ELSEWHERE and not inside else unit)
        at += len(unit)
    return "".join(made)


@lru_cache(maxsize=1024)
def _compiled(pattern: str, letters: str, version: str) -> re.Pattern[str]:
    flags = re.NOFLAG
    for letter in letters.replace("q", ""):
        flags |= getattr(re, letter.upper())
    plain = re.escape(pattern) if "q" in letters else spelled(pattern)
    return re.compile(translate_pattern(plain, flags, version), flags)


class _Matches:
    """``matches()``, which keeps what it has compiled."""

    __slots__ = ()

    def evaluate(self: Any, context: Any = None) -> bool:
        context = self.context or given(self, context)
        text = self.get_argument(context, default="", cls=str)
        pattern = self.get_argument(context, 1, required=True, cls=str)
        letters = self.get_argument(context, 2, default="", cls=str)
        if set(letters) - set("smix" if self.parser.version < "3" else "smixq"):
            raise self.error("FORX0001", letters)
        try:
            return _compiled(pattern, letters, self.parser.xsd_version).search(text) is not None
        except (re.error, RegexError, OverflowError):
            raise self.error("FORX0002", pattern) from None


class _Pattern:
    """A function whose second argument is a pattern, and its last the flags."""

    __slots__ = ()
    _flags = 2

    def get_argument(self: Any, context: Any, index: int = 0, **named: Any) -> Any:
        found = super().get_argument(context, index, **named)  # type: ignore[misc]
        if index != 1 or not isinstance(found, str):
            return found
        letters = super().get_argument(context, self._flags, default="")  # type: ignore[misc]
        return found if "q" in str(letters) else spelled(found)


class _Replace(_Pattern):
    __slots__ = ()
    _flags = 3


REGEX: dict[str, tuple[type, ...]] = {
    "matches": (_Matches,), "tokenize": (_Pattern,), "analyze-string": (_Pattern,), "replace": (_Replace,),
}  # fmt: skip
"""What is put before elementpath's own class, by the symbol that it stands for."""
