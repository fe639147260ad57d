"""Widths on a terminal: a Japanese character takes two columns, a Latin one takes one."""

import unicodedata
from itertools import accumulate, takewhile

NEVER_FIRST = "、。，．・：；？！）］｝〕〉》」』】ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ.,:;?!)]}"
NEVER_LAST = "（［｛〔〈《「『【([{"


def width(text: str) -> int:
    """How many columns a text takes; combining marks take none."""
    return sum(_columns(char) for char in text)


def pad(text: str, columns: int) -> str:
    """The text followed by blanks up to a number of columns; a longer text stays as it is."""
    return text + " " * max(0, columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """The lines of a text cut to a number of columns, at a blank where one is near.

    Closing marks do not begin a line and opening ones do not end it; line breaks of the text are kept.
    """
    return [line for part in text.split("\n") for line in _cut(part, columns)]


def _cut(text: str, columns: int) -> list[str]:
    lines = []
    while width(text) > columns:
        at = _place_to_cut(text, columns)
        lines.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*lines, text] if text or not lines else lines


def _place_to_cut(text: str, columns: int) -> int:
    ends = accumulate(map(_columns, text))
    fits = sum(1 for _ in takewhile(lambda end: end <= columns, ends))
    fits += sum(1 for _ in takewhile(lambda char: char in NEVER_FIRST, text[fits : fits + 2]))
    while fits > 1 and text[fits - 1] in NEVER_LAST:
        fits -= 1
    blank = text.rfind(" ", 0, fits + 1)
    inside_word = fits < len(text) and text[fits].isascii() and text[fits - 1].isascii()
    return blank + 1 if inside_word and blank > 0 else max(1, fits)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
