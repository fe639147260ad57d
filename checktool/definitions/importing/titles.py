"""What a table is called: the texts above it, and what is left of them without decoration."""

import re

from checktool.definitions.importing.vocabulary import contains, fold, heading, line, words

_IDENTIFIER = re.compile(r"[a-z]{1,6}[-_]?[0-9]{1,5}")


def is_note(text: str) -> bool:
    """Whether a text begins as notes do."""
    return text.startswith(tuple(words()["titles"]["notes"]))


def title_in(own: list[str]) -> str:
    """The title that a row holds: one cell, a key and its value, or an identifier and a name."""
    if not own:
        return ""
    named = _pair(own[0], own[1] if len(own) > 1 else "")
    if named or len(own) == 1:
        return named or line(own[0])
    return line(f"{own[0]} {own[1]}") if len(own) == 2 and _IDENTIFIER.fullmatch(fold(own[0])) else ""


def _pair(text: str, beside: str = "") -> str:
    """The name in ``コード表名：性別``, or in two cells, empty for other texts."""
    key, colon, value = re.sub("[：:]", ":", text).partition(":")
    named = heading(key) in {heading(word) for word in words()["titles"]["named"]}
    if not named:
        return ""
    return line(value) if colon and value.strip() else line(beside)


def tidy(title: str) -> str:
    """A title without decoration and numbering in front."""
    decoration = str(words()["titles"]["decoration"])
    text = line(title).strip(decoration + " ").strip()
    for mark in decoration:
        text = text.replace(mark, " ") if mark in "【】「」『』" else text
    bare = re.sub(words()["titles"]["numbering"], "", line(text), flags=re.IGNORECASE)
    return line(bare) or line(text)


def is_generic(title: str) -> bool:
    """Whether a title says nothing about the table: a file or sheet heading."""
    folded = fold(title)
    listed = {fold(word) for word in words()["titles"]["generic"]}
    return not folded or re.sub("[0-9]+", "", folded) in listed or contains("titles", "document", folded)
