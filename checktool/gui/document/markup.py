"""The characters of an XML file made ready to be shown: kinds for colours, values hidden, nothing invisible.

Works on any text, well-formed or not. What is not clearly markup counts as a value, so that hiding never
shows too much. Plain Python, no Qt; lines and lengths are kept, but for the places of hidden values.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from checktool.reporting.masking import STAR


class Kind(Enum):
    """What a piece of a file is."""

    TAG = "tag"
    ATTRIBUTE = "attribute"
    VALUE = "value"
    TEXT = "text"
    COMMENT = "comment"
    CONTROL = "control"


class Piece(NamedTuple):
    """A piece of a text from ``start`` up to ``end``; ``hidden`` ones quote a value."""

    start: int
    end: int
    kind: Kind
    hidden: bool = False


_TAG = re.compile(r"""</?[^\s<>"'/=!?&;]++(?:\s++[^\s=<>"'/]++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'))*+\s*+/?>""")
_INSIDE = re.compile(r"""([^\s=<>"'/]+)(\s*=\s*)("[^"<]*"|'[^'<]*')""")
_BLOCKS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))
_NAMESPACE = re.compile(r"xmlns(?::.*)?")
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_SHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_STRIKING = re.compile(
    "(?<=[^\n\t])\t|[\ufe00-\ufe0f\ufffd\ue000-\uf8ff\U000e0100-\U000e01ef\U000f0000-\U0010ffff]"
)
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_SPACES = frozenset("\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f")


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a text in their order, without gaps but for white space inside tags."""
    at = 0
    while at < len(text):
        start = text.find("<", at)
        if start != at:
            start = len(text) if start < 0 else start
            yield Piece(at, start, Kind.TEXT, hidden=True)
            at = start
            continue
        block = next((each for each in _BLOCKS if text.startswith(each[0], at)), None)
        tag = None if block else _TAG.match(text, at)
        if block:
            end = text.find(block[1], at + len(block[0]))
            end = len(text) if end < 0 else end + len(block[1])
            yield from _block(text, at, end, *block)
        elif tag:
            end = tag.end()
            yield from _tag(text, at, end)
        else:
            end = text.find("<", at + 1)
            end = len(text) if end < 0 else end
            yield Piece(at, end, Kind.TEXT, hidden=True)
        at = end


def _block(text: str, start: int, end: int, opening: str, closing: str) -> Iterator[Piece]:
    if text.startswith("<?xml ", start):
        yield Piece(start, end, Kind.COMMENT)
        return
    inner = start + len(opening)
    outer = (
        end - len(closing)
        if text.startswith(closing, end - len(closing)) and end >= inner + len(closing)
        else end
    )
    yield Piece(start, inner, Kind.COMMENT)
    yield Piece(inner, outer, Kind.TEXT if opening == "<![CDATA[" else Kind.COMMENT, hidden=True)
    yield Piece(outer, end, Kind.COMMENT)


def _tag(text: str, start: int, end: int) -> Iterator[Piece]:
    at = start
    for found in _INSIDE.finditer(text, start, end):
        yield Piece(at, found.start(), Kind.TAG)
        yield Piece(found.start(1), found.end(1), Kind.ATTRIBUTE)
        yield Piece(found.end(1), found.start(3), Kind.TAG)
        yield Piece(found.start(3), found.start(3) + 1, Kind.VALUE)
        secret = not _NAMESPACE.fullmatch(found[1])
        yield Piece(found.start(3) + 1, found.end(3) - 1, Kind.VALUE, hidden=secret)
        yield Piece(found.end(3) - 1, found.end(3), Kind.VALUE)
        at = found.end(3)
    yield Piece(at, end, Kind.TAG)


def visible(text: str) -> str:
    """The text with a sign for each character that shows nothing or would end a line; lengths stay."""
    return _SHOWN.sub(lambda found: _sign(found[0]), text)


def _sign(char: str) -> str:
    number = ord(char)
    if number < 0x20:
        return chr(0x2400 + number)
    if char == "\u3000":
        return "\u25a1"
    if char in _SPACES:
        return "\u2423"
    return "\u2421" if number == 0x7F else "\u25af"


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as it is shown, and the pieces of each line, start and end counted in UTF-16 units in the line.

    ``source`` is the same, character for character, with what ``visible`` replaced.
    """

    text: str
    source: str
    lines: tuple[tuple[Piece, ...], ...]
    _wide: tuple[int, ...] = ()
    _from: tuple[int, ...] = ()
    _to: tuple[int, ...] = ()

    def units(self, offset: int) -> int:
        """How many UTF-16 units, which Qt counts, stand before an offset of ``text``."""
        return offset + bisect_left(self._wide, offset)

    def characters(self, units: int) -> int:
        """The offset in ``text`` before which that many UTF-16 units stand."""
        return bisect_left(range(len(self.text) + 1), units, key=self.units)

    def place(self, offset: int) -> int:
        """Where an offset of the file's text stands in ``text``."""
        found = bisect_right(self._from, offset) - 1
        if found < 0:
            return offset
        begin, there = self._from[found], self._to[found]
        ahead = self._to[found + 1] if found + 1 < len(self._to) else len(self.text)
        return min(there + offset - begin, ahead)


def shown(text: str, hide: bool) -> Shown:
    """A text ready to be shown; with ``hide`` every value is ``＊``, one a line."""
    found = [piece for piece in pieces(text) if piece.end > piece.start]
    origins: list[int] = []
    targets: list[int] = []
    if hide:
        text, found, origins, targets = _hidden(text, found)
    seen = visible(text)
    found += [Piece(each.start(), each.end(), Kind.CONTROL)
              for pattern in (_SHOWN, _STRIKING) for each in pattern.finditer(text)]  # fmt: skip
    wide = tuple(each.start() for each in _WIDE.finditer(seen))
    return Shown(seen, text, _by_line(text, found, wide), wide, tuple(origins), tuple(targets))


def _hidden(text: str, found: list[Piece]) -> tuple[str, list[Piece], list[int], list[int]]:
    """The text without values, its pieces, and where runs of kept characters begin: before and now."""
    parts: list[str] = []
    moved: list[Piece] = []
    origins, targets = [0], [0]
    length = 0
    for piece in found:
        part = text[piece.start : piece.end]
        if piece.hidden:
            at = 0
            for value in _LINE.finditer(part):
                origins += [piece.start + value.start(), piece.start + value.end()]
                targets.append(length + value.start() - at)
                at += value.end() - value.start() - 1
                targets.append(length + value.end() - at)
            part = _LINE.sub(STAR, part)
        moved.append(Piece(length, length + len(part), piece.kind))
        parts.append(part)
        length += len(part)
    return "".join(parts), moved, origins, targets


def _by_line(text: str, found: list[Piece], wide: tuple[int, ...]) -> tuple[tuple[Piece, ...], ...]:
    ends = list(accumulate(len(line) + 1 for line in text.split("\n")))
    lines: list[list[Piece]] = [[] for _ in ends]
    for piece in found:
        row = bisect_right(ends, piece.start)
        start = piece.start
        while start < piece.end:
            begin = ends[row - 1] if row else 0
            stop = min(piece.end, ends[row] - 1)
            if stop > start:
                before = bisect_left(wide, begin)
                first, last = (at - begin + bisect_left(wide, at) - before for at in (start, stop))
                lines[row].append(Piece(first, last, piece.kind))
            start, row = ends[row], row + 1
    return tuple(map(tuple, lines))


_ELEMENT = re.compile(r"""<([^\s<>/"']+)(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+>(?:[^<]*+</\1\s*+>)?""")
_ATTRIBUTE = re.compile(r"""[^\s=<>"']+\s*=\s*(?:"[^"<]*"|'[^'<]*')""")


def extent(text: str, offset: int) -> int:
    """The end of what begins at a place of a finding: an element with its text, or an attribute."""
    found = _ELEMENT.match(text, offset) or _ATTRIBUTE.match(text, offset)
    return found.end() if found else min(offset + 1, len(text))
