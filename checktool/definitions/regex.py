"""XSD regular expressions as Python ones (W3C XML Schema part 2, appendix F).

Where a rule asks for digits it means those of ASCII, so ``\\d`` is ``[0-9]`` here.
"""

import re

_START = (
    ":A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CLASSES = {
    "i": _START, "c": f"\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040{_START}", "d": "0-9", "s": " \t\n\r",
}  # fmt: skip
_TOKEN = re.compile(r"\\[pP]\{[^}]*\}|\\.|\[\^?|\]|[\^$.]|[^\\\[\]^$.]+", re.DOTALL)
_PYTHON_ONLY = re.compile(r"\(\?|(?:[*+?]|\{[0-9,]*\})[*+?{]")
_BLOCKS = {
    "IsHiragana": "\u3040-\u309f", "IsKatakana": "\u30a0-\u30ff", "IsBasicLatin": "\x00-\x7f",
    "IsCJKUnifiedIdeographs": "\u4e00-\u9fff", "IsHalfwidthandFullwidthForms": "\uff00-\uffef",
    "L": "^\\W\\d_", "Nd": "\\d", "Lu": "A-Z", "Ll": "a-z",
}  # fmt: skip


def translated(expression: str) -> str:
    """The Python form of an XSD regular expression, to be matched against a whole string.

    Raises ValueError for a construct that is not known here (class subtraction, ``\\w``, other blocks)
    and for one that only Python knows.
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
        elif not depth and _PYTHON_ONLY.search(token):
            raise ValueError(expression)
        else:
            found.append(token)
    return "".join(found)


def _escape(token: str, inside: bool) -> str:
    kind = token[1]
    if kind in "pP":
        return _class(_BLOCKS.get(token[3:-1]), kind == "P", inside, token)
    if kind.lower() in _CLASSES:
        return _class(_CLASSES[kind.lower()], kind.isupper(), inside, token)
    if kind.isalnum() and kind not in "nrt":
        raise ValueError(token)
    return token


def _class(ranges: str | None, turned: bool, inside: bool, token: str) -> str:
    """A set of characters, or its complement, within a class or as one of its own."""
    if ranges is None or (inside and (turned or ranges.startswith("^"))):
        raise ValueError(token)
    if inside:
        return ranges
    turned = ranges.startswith("^") != turned
    return f"[{'^' if turned else ''}{ranges.removeprefix('^')}]"
