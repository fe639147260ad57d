"""Character repertoires, built from Python's own codecs: JIS X 0208, JIS X 0213, CP932.

JIS X 0208:1997 (6,879 characters), JIS X 0213:2004 (planes 1 and 2), Microsoft code page 932. The
characters that Windows maps to other code points than the standard (～－∥￠￡￢) belong to all.
"""

from contextlib import suppress
from functools import cache

_ASCII = frozenset(map(chr, range(0x20, 0x7F)))
_WINDOWS_TWINS = frozenset(
    "\uff5e\uff0d\u2225\uffe0\uffe1\uffe2\u2015\u2014\u301c\u2212\u2016\u00a2\u00a3\u00ac"
)


def _pairs(codec: str, rows: range, cells: range, lead: bytes = b"") -> frozenset[str]:
    found = set()
    for row in rows:
        for cell in cells:
            with suppress(UnicodeDecodeError):
                text = (lead + bytes((row, cell))).decode(codec)
                if len(text) == 1:
                    found.add(text)
    return frozenset(found)


@cache
def jisx0208() -> frozenset[str]:
    """The characters of JIS X 0208."""
    escaped = (bytes((row, cell)) for row in range(0x21, 0x75) for cell in range(0x21, 0x7F))
    found = {(b"\x1b$B" + pair + b"\x1b(B").decode("iso2022_jp", "ignore") for pair in escaped}
    return frozenset(char for char in found if len(char) == 1) | _WINDOWS_TWINS


@cache
def jisx0213() -> frozenset[str]:
    """The characters of JIS X 0213."""
    plane1 = _pairs("euc_jis_2004", range(0xA1, 0xFF), range(0xA1, 0xFF))
    plane2 = _pairs("euc_jis_2004", range(0xA1, 0xFF), range(0xA1, 0xFF), b"\x8f")
    return plane1 | plane2 | _WINDOWS_TWINS


@cache
def cp932() -> frozenset[str]:
    """The two-byte characters of code page 932 without its user-defined area."""
    leads = (*range(0x81, 0xA0), *range(0xE0, 0xF0), *range(0xFA, 0xFD))
    found: set[str] = set()
    for lead in leads:
        found |= _pairs("cp932", range(lead, lead + 1), range(0x40, 0xFD))
    return frozenset(found) | _WINDOWS_TWINS


@cache
def machine_dependent() -> frozenset[str]:
    """Symbols of NEC row 13 and the NEC and IBM extensions (①Ⅰ㎝㈱℡) that JIS X 0208 lacks."""
    symbols = _pairs("cp932", range(0x87, 0x88), range(0x40, 0x9D))
    symbols |= _pairs("cp932", range(0xEE, 0xEF), range(0xEF, 0xFD))
    symbols |= _pairs("cp932", range(0xFA, 0xFB), range(0x40, 0x5C))
    kanji = {char for char in symbols if "\u4e00" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"}
    return symbols - jisx0208() - kanji


@cache
def accepted(name: str) -> frozenset[str] | None:
    """The characters that a repertoire takes (``jisx0208|jisx0213|cp932``); None takes all."""
    known = {"jisx0208": jisx0208, "jisx0213": jisx0213, "cp932": cp932}
    return known[name]() | _ASCII if name in known else None


@cache
def ordinary() -> frozenset[str]:
    """Characters that every repertoire takes and of which checks speak by the kind of item only."""
    return jisx0208() | _ASCII


@cache
def plain() -> frozenset[str]:
    """Characters about which no text check can have anything to say but by kind of item."""
    return ordinary() - frozenset("\u3000?？●■〓")
