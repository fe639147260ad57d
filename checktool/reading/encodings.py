"""From bytes to characters: what a document declares, what it is, and whether the two agree.

Decoding is Python's, the same on every platform: Shift_JIS is read as cp932 (which has ①髙), EUC-JP
strictly. XML 1.0 (5th edition) section 4.3.3 and appendix F tell declared from detected encodings.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checktool.reading.faults import ReadFault

_DECLARATION = re.compile(r"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._\-]*)["']""")
_CODECS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8",
    "utf-16": "utf-16", "utf-16le": "utf-16", "utf-16be": "utf-16",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "ms932": "cp932", "cp932": "cp932", "ms_kanji": "cp932",
    "euc-jp": "euc_jp", "eucjp": "euc_jp", "x-euc-jp": "euc_jp",
}  # fmt: skip
NAMES = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp932": "Shift_JIS", "euc_jp": "EUC-JP"}
_ORDERS = {"utf-16le": codecs.BOM_UTF16_LE, "utf-16be": codecs.BOM_UTF16_BE}
_WIDE_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_HEAD = 1024


@dataclass(frozen=True, slots=True)
class Announced:
    """How a document presents itself: ``codec`` to decode it with, ``name`` for people, BOM seen."""

    codec: str
    name: str
    bom: bool


_USUAL = Announced("utf-8", NAMES["utf-8"], bom=False)
_USUAL_HEADS = (b'<?xml version="1.0" encoding="UTF-8"', b'<?xml version="1.0" encoding="utf-8"')


def announced(head: bytes) -> Announced:
    """What the first bytes of a document say. Raises ReadFault X102 where they cannot agree."""
    return _USUAL if head.startswith(_USUAL_HEADS) else _announced(head)


def _announced(head: bytes) -> Announced:
    if head.startswith(_WIDE_BOMS):
        raise ReadFault("X102", declared=_declared(head.decode("utf-32", "ignore")), actual="UTF-32")
    for mark, codec in _BOMS:
        if head.startswith(mark):
            declared = _declared(head.decode(codec, "ignore"))
            if declared and not _agree(declared, codec, mark):
                raise ReadFault("X102", declared=declared, actual=_exactly(declared, codec, mark))
            return Announced(codec, NAMES[codec], bom=True)
    for codec, start, mark in (
        ("utf-16-le", b"<\0", codecs.BOM_UTF16_LE),
        ("utf-16-be", b"\0<", codecs.BOM_UTF16_BE),
    ):
        if head.startswith(start):
            declared = _declared(head.decode(codec, "ignore"))
            if not _agree(declared, "utf-16", mark):
                raise ReadFault("X102", declared=declared, actual=_exactly(declared, "utf-16", mark))
            return Announced(codec, NAMES["utf-16"], bom=False)
    declared = _declared(head.decode("latin-1"))
    known = _CODECS.get(declared.lower()) if declared else "utf-8"
    if known is None or known == "utf-16":
        raise ReadFault("X102", declared=declared, actual=_likely(head, declared))
    return Announced(known, NAMES[known], bom=False)


def _agree(declared: str, codec: str, mark: bytes) -> bool:
    """Whether a declared name means a codec, and the order of bytes that a mark shows."""
    name = declared.lower()
    return _CODECS.get(name) == codec and _ORDERS.get(name, mark) == mark


def _exactly(declared: str, codec: str, mark: bytes) -> str:
    """The name of an encoding, with its order of bytes where only that was declared wrongly."""
    names = [name.upper() for name, order in _ORDERS.items() if order == mark]
    return names[0] if declared.lower() in _ORDERS and names else NAMES[codec]


def _declared(head: str) -> str:
    found = _DECLARATION.match(head.lstrip("\ufeff")[:_HEAD])
    return found.group(1) if found else ""


def decode(raw: bytes) -> tuple[str, Announced]:
    """The characters of a document without BOM. Raises ReadFault X102 when they are not as declared."""
    seen = announced(raw[: 4 * _HEAD])
    try:
        text = raw.decode(seen.codec, "surrogatepass" if seen.codec == "utf-8" else "strict")
    except UnicodeDecodeError as fault:
        said = _declared(raw[:_HEAD].decode("latin-1")) if seen.codec == "utf-8" else seen.name
        likely = _likely(raw, seen.name)
        if not _mostly_fits(raw, seen, likely):
            raise ReadFault("X102", declared=said, actual=likely) from None
        before = raw[: fault.start].decode(seen.codec, "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise ReadFault(
            "X102", declared=said, actual="", encoding=seen.name, line=line, column=column
        ) from None
    if seen.codec in ("cp932", "euc_jp"):
        _refuse_other(raw, text, seen)
    return text.removeprefix("\ufeff"), seen


def _mostly_fits(raw: bytes, seen: Announced, likely: str) -> bool:
    """Whether only a few bytes are not as announced, and the rest makes sense."""
    text = raw.decode(seen.codec, "replace")
    broken = text.count("\ufffd")
    if likely and seen.codec in ("cp932", "euc_jp"):
        return False
    return 3 * broken < len(JAPANESE.findall(text)) or (broken == 1 and not likely)


def _refuse_other(raw: bytes, text: str, seen: Announced) -> None:
    """Refuse what decodes as declared but is plainly something else."""
    for codec in ("utf-8", "euc_jp"):
        if codec == seen.codec:
            continue
        try:
            other = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if JAPANESE.search(other) and (codec == "utf-8" or _mostly_half_kana(text)):
            raise ReadFault("X102", declared=seen.name, actual=NAMES[codec])


def _mostly_half_kana(text: str) -> bool:
    return len(_HALF_KANA.findall(text)) > len(JAPANESE.findall(text))


def _likely(raw: bytes, declared: str) -> str:
    """The name of the encoding in which the bytes, cut anywhere, make sense; empty when none does."""
    for codec in ("utf-8", "euc_jp", "cp932"):
        if NAMES[codec].lower() == declared.lower():
            continue
        try:
            codecs.getincrementaldecoder(codec)().decode(raw)
        except UnicodeDecodeError:
            continue
        return NAMES[codec]
    return ""


def decoded(chunks: Iterable[bytes], seen: Announced) -> Iterator[str]:
    """The characters of a document read in pieces. Raises ReadFault X102."""
    decoder = codecs.getincrementaldecoder(seen.codec)()
    first = True
    try:
        for chunk in chunks:
            text = decoder.decode(chunk)
            yield text.removeprefix("\ufeff") if first else text
            first = first and not text
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise ReadFault("X102", declared=seen.name, actual="") from None
