"""Ordinary values as patterns: what a value looks like about which the text layer has nothing to say.

A pattern takes only a part of what ``checktool.checking.text`` lets pass, never more: what it does not
take is looked at there. It holds for a value as it is spelled in a document whose characters are all
ordinary ones (``repertoire.ordinary``), inside an element or between quotation marks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from checktool.checking.text import NARROW, NUMERIC
from checktool.model.definition import RecordItem

BLANK = " \t\n"
_ASCII = frozenset(map(chr, range(0x21, 0x7F)))
_DIGIT = "[0-9\uff10-\uff19]"
_LOOKALIKES = "\u2010-\u2015\u2212\u30fc\u2500"
_HYPHEN = f"(?!(?<={_DIGIT})[{_LOOKALIKES}]{_DIGIT})[{_LOOKALIKES}]"
_POSSESSIVE = re.match("(?:ab?c)*+", "aca").end() == 2  # type: ignore[union-attr]
_LOST = "?？●■〓"
_ESCAPES = "&(?:amp|lt|gt|quot|apos);"


@dataclass(frozen=True, slots=True)
class Spelling:
    """Where a value stands: the character that ends it, and those that cannot stand in it as such."""

    end: str
    outside: str


ELEMENT = Spelling("<", "<&")
ATTRIBUTE = Spelling('"', '"<&\n')


def of_item(item: RecordItem, spelling: Spelling) -> str:
    """The ordinary values of an item, the empty one included."""
    if item.type in NUMERIC:
        return _of(frozenset("0123456789.+:/-") if item.type != "code" else _ASCII, item.max_len, spelling)
    if item.charset == "hiragana":
        return f"[\u3041-\u3093\u30fc]{_times(item.max_len)}"
    if item.charset in NARROW:
        return _of(_ASCII - {"?"} if item.type == "name" else _ASCII, item.max_len, spelling, " ")
    if item.type == "name":
        return f"[^{spelling.outside}{BLANK}\u3000{_LOST}]{_times(item.max_len)}"
    if item.type == "freetext":
        return _lines(item.lines, spelling) + _text("\t", _ESCAPES, item.max_len, spelling)
    return _text(f"\t\n{_LOOKALIKES}", f"{_ESCAPES}|{_HYPHEN}", item.max_len, spelling)


def several(pattern: str, times: str) -> str:
    """A pattern repeated (``?``, ``*``, ``+``); what was taken once is not given back.

    Python before 3.11.5 cannot do that, nor can any with groups to take out (gh-106052, gh-101955).
    """
    return f"(?:{pattern}){times}{'+' if _POSSESSIVE and '(?P<' not in pattern else ''}"


def of_any(spelling: Spelling) -> str:
    """Any value: that of an item of which no record definition says what it is."""
    outside = spelling.outside
    return f"[^{outside}]*+{several(f'{_ESCAPES}[^{outside}]*+', '*')}"


def of_codes(codes: Iterable[str]) -> str:
    """One of some codes, or nothing."""
    return f"(?:{_tree(codes)}|)"


def _tree(words: Iterable[str]) -> str:
    """Words that begin alike share their beginning."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[:1], []).append(word[1:])
    branches = [re.escape(head) + _tree(rest) if head else "" for head, rest in sorted(heads.items())]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches[::-1])})"


def _times(most: int) -> str:
    return f"{{0,{most}}}+" if most else "*+"


def _of(chars: frozenset[str], most: int, spelling: Spelling, inside: str = "") -> str:
    """Values of some characters; those of ``inside`` may stand between them but not at an end."""
    own = re.escape("".join(sorted(chars - set(spelling.outside))))
    if not inside:
        return f"[{own}]{_times(most)}"
    return f"(?![{inside}])[{own}{inside}]{_times(most)}(?<![{inside}])"


def _text(outside: str, others: str, most: int, spelling: Spelling) -> str:
    """A text that neither begins nor ends with a blank; ``others`` may stand in it one by one.

    Most are without them. Only one of the two ways can fit a text, so that nothing is tried twice.
    """
    own, end = f"[^{outside}{spelling.outside}]", spelling.end
    ahead = f"(?=[^{end}]{_times(most)}{end})" if most else ""
    mixed = f"{ahead}{own}*+{several(f'(?:{others}){own}*+', '+')}"
    return f"(?![ \u3000])(?:{own}{_times(most)}(?={end})|{mixed})(?<![ \u3000])"


def _lines(most: int, spelling: Spelling) -> str:
    line = f"[^\n{spelling.end}]*+"
    return f"(?={line}(?:\n{line}){{0,{most - 1}}}{spelling.end})" if most else ""
