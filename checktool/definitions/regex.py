"""XSD regular expressions as Python ones (W3C XML Schema part 2, appendix F)."""

import re

_CLASSES = {
    "i": r"[^\W\d]", "I": r"[\W\d]", "c": r"[\w.\-:·]", "C": r"[^\w.\-:·]",
}  # fmt: skip
_TOKEN = re.compile(r"\\[pP]\{[^}]*\}|\\.|\[\^?|\]|[\^$.]|[^\\\[\]^$.]+", re.DOTALL)
_BLOCKS = {
    "IsHiragana": "\u3040-\u309f", "IsKatakana": "\u30a0-\u30ff", "IsBasicLatin": "\x00-\x7f",
    "IsCJKUnifiedIdeographs": "\u4e00-\u9fff", "IsHalfwidthandFullwidthForms": "\uff00-\uffef",
    "L": "^\\W\\d_", "Nd": "\\d", "Lu": "A-Z", "Ll": "a-z",
}  # fmt: skip


def translated(expression: str) -> str:
    """The Python form of an XSD regular expression, to be matched against a whole string.

    Raises ValueError for a construct that is not known here (class subtraction, other blocks).
    """
    found, depth = [], 0
    for token in _TOKEN.findall(expression):
        if token.startswith("["):
            if depth:
                raise ValueError(expression)
            depth = 1
            found.append(token)
        elif token == "]":
            depth = 0
            found.append(token)
        elif token in ("^", "$") and not depth:
            found.append("\\" + token)
        elif token == "." and not depth:
            found.append(r"[^\n\r]")
        elif token.startswith("\\"):
            found.append(_escape(token, bool(depth)))
        else:
            found.append(token)
    return "".join(found)


def _escape(token: str, inside: bool) -> str:
    kind = token[1]
    if kind in "pP":
        block = _BLOCKS.get(token[3:-1])
        if block is None or (inside and (kind == "P" or block.startswith("^"))):
            raise ValueError(token)
        if inside:
            return block
        turned = block.startswith("^") != (kind == "P")
        return f"[{'^' if turned else ''}{block.removeprefix('^')}]"
    if kind in _CLASSES:
        if inside:
            raise ValueError(token)
        return _CLASSES[kind]
    if kind == "d":
        return "0-9" if inside else "[0-9]"
    return token
