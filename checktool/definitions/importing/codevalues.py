"""The codes of a table as documents write them: widths, ranges, zeros that Excel took away."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from checktool.definitions.importing.vocabulary import fold, words

MOST_IN_RANGE = 1000
LONGEST = 40
_RANGE = re.compile(r"([0-9]{1,10})[~\u301c\uff5e\u2013]([0-9]{1,10})")


def plain(text: str) -> str:
    """A code as documents write it: half-width; only letters and digits change their width."""
    if fold(text) in words()["items"]["nothing"]:
        return ""
    folded = unicodedata.normalize("NFKC", text)
    return folded if folded.isascii() or _RANGE.fullmatch(folded.replace(" ", "")) else text


def is_code(text: str) -> bool:
    """Whether a text looks like a code, or like a range of codes."""
    return bool(text) and len(text) <= LONGEST and " " not in text and (
        text.isascii() or _RANGE.fullmatch(text) is not None)  # fmt: skip


def expanded(text: str) -> Iterator[str]:
    """The codes that a range (``01～05``) stands for; any other code is itself."""
    found = _RANGE.fullmatch(text)
    low, high = found.groups() if found else ("", "")
    count = int(high) - int(low) if found else 0
    padded = len(low) == len(high) or not low.startswith("0")
    if not found or not padded or not 0 < count < MOST_IN_RANGE:
        yield text
        return
    width = len(low) if len(low) == len(high) else 1
    yield from (str(number).zfill(width) for number in range(int(low), int(high) + 1))


def lost_width(codes: Sequence[tuple[str, str]]) -> int:
    """The width to which numbers belong that Excel made of (code, kind of cell); 0 where none is lost."""
    widths = {len(code) for code, kind in codes if kind == "text" and code.isdigit()}
    width = max(widths, default=0)
    zeros = any(code.startswith("0") and len(code) > 1 for code, _ in codes)
    short = any(kind == "number" and len(code) < width for code, kind in codes)
    return width if len(widths) == 1 and zeros and short else 0
