"""A part of a file for people to look at: its characters as they are around a place, in bounded memory.

Unlike the reading that judges, this one refuses nothing: bytes that cannot be decoded become U+FFFD. Line
ends are LF as XML counts them (XML 1.0, section 2.11), so that lines and columns are those of findings.
"""

import codecs
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checktool.reading import encodings
from checktool.reading.faults import ReadFault

MOST_CHARACTERS = 200_000
MOST_LINES = 10_000
LONGEST_LINE = 20_000
_HEAD = 4096
_CODECS = {name: codec for codec, name in encodings.NAMES.items()}

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some characters of a file; ``line`` and ``column`` are those of the first (1-based).

    ``more_before`` and ``more_after`` say whether the file goes on there.
    """

    text: str
    line: int = 1
    column: int = 1
    more_before: bool = False
    more_after: bool = False

    def offset(self, line: int, column: int) -> int | None:
        """Where a place of the file stands in the text, None when it is not in it."""
        return _offset(self.text, (self.line, self.column), (line, column))


def characters(chunks: Iterable[bytes], actual: str = "") -> Iterator[str]:
    """The characters of a file read in pieces, without BOM; ``actual`` names an encoding known better."""
    decoder: codecs.IncrementalDecoder | None = None
    ends = io.IncrementalNewlineDecoder(None, translate=True)
    first = True
    for chunk in chunks:
        if decoder is None:
            decoder = codecs.getincrementaldecoder(_CODECS.get(actual) or _codec(chunk[:_HEAD]))("replace")
        text = ends.decode(decoder.decode(chunk))
        yield text.removeprefix("\ufeff") if first else text
        first = first and not text
    if decoder is not None:
        yield ends.decode(decoder.decode(b"", final=True), final=True)


def excerpt(pieces: Iterable[str], place: Place, begin: Place = (1, 1)) -> Excerpt:
    """The part of a text around a place; the whole text when it is not large.

    ``begin`` is the place of the first character. A place that is not there shows the end of the text.
    """
    held, start, offset, ended = "", begin, None, True
    for piece in pieces:
        held += piece
        if offset is None:
            offset = _offset(held, start, place)
        if offset is None and len(held) > MOST_CHARACTERS:
            held, start = _without(held, start, len(held) - MOST_CHARACTERS)
        elif offset is not None and len(held) - offset > MOST_CHARACTERS:
            ended = False
            break
    offset = min(len(held) if offset is None else offset, len(held))
    first, last = _part(held, offset, start == begin)
    text, (line, column) = held[first:last], _moved(start, held[:first])
    return Excerpt(text, line, column, (line, column) != begin, not ended or last < len(held))


def _codec(head: bytes) -> str:
    try:
        return encodings.announced(head).codec
    except ReadFault as fault:
        return _CODECS.get(str(dict(fault.params).get("actual", "")), "utf-8")


def _offset(text: str, start: Place, place: Place) -> int | None:
    line, column = place
    lines = line - start[0]
    if lines < 0 or text.count("\n") < lines:
        return None
    at = 0
    for _ in range(lines):
        at = text.index("\n", at) + 1
    at += column - (start[1] if lines == 0 else 1)
    return at if 0 <= at <= len(text) else None


def _moved(start: Place, passed: str) -> Place:
    lines = passed.count("\n")
    if not lines:
        return start[0], start[1] + len(passed)
    return start[0] + lines, len(passed) - passed.rindex("\n")


def _without(text: str, start: Place, count: int) -> tuple[str, Place]:
    return text[count:], _moved(start, text[:count])


def _shares(before: int, after: int, most: int) -> tuple[int, int]:
    """How much of what stands before and after may be shown, ``most`` in all."""
    front = min(before, max(most // 2, most - after))
    return front, min(after, most - front)


def _part(text: str, offset: int, whole_front: bool) -> tuple[int, int]:
    """Begin and end of what is shown: whole lines, or a part of one line that is very long."""
    begin = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    if end - begin > LONGEST_LINE:
        front, back = _shares(offset - begin, end - offset, LONGEST_LINE)
        return offset - front, offset + back
    front, back = _shares(offset, len(text) - offset, MOST_CHARACTERS)
    low, high = offset - front, offset + back
    if low > 0 or not whole_front:
        low = text.find("\n", low, begin) + 1 or begin
    if high < len(text):
        high = max(end, text.rfind("\n", end, high))
    before = _short(text[low:begin].split("\n")[-2::-1])
    after = _short(text[end + 1 : high].split("\n") if end < high else [])
    upper, lower = _shares(len(before), len(after), MOST_LINES)
    first = begin - sum(len(line) + 1 for line in before[:upper])
    return first, min(len(text), end + sum(len(line) + 1 for line in after[:lower]))


def _short(lines: list[str]) -> list[str]:
    """The lines up to the first that is very long."""
    place = next((place for place, line in enumerate(lines) if len(line) > LONGEST_LINE), len(lines))
    return lines[:place]
