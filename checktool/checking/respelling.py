"""Other spellings of the same document: with quotation marks for apostrophes, without comments.

Both say the same to XSD, rules and record definition, so that the quick look may take the plain one.
"""

import re

_TAG = re.compile(r"""<[\w.:\-]+(?:\s+[\w.:\-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))+\s*/?>""")
_COMMENTS = re.compile(r"(?:<!--(?:[^\-]|-[^\-])*-->\s*)+(?=<[^/!?])")
_AMONG = ("<![CDATA[", "<?")
_DECLARATION = "<?xml "


def respelled(text: str) -> str:
    """A well-formed document as plainly as can be had without much ado, or as it is.

    Only comments before an element are left out; no value can stand around them. Where characters that
    look like tags or comments may be none, nothing is changed.
    """
    head = len(_DECLARATION) if text.startswith(_DECLARATION) else 0
    if any(text.find(mark, head) >= 0 for mark in _AMONG):
        return text
    if "<!--" in text:
        text = _COMMENTS.sub("", text)
    return _TAG.sub(_quoted, text) if "<!--" not in text and "'" in text else text


def _quoted(tag: re.Match[str]) -> str:
    return tag[0] if '"' in tag[0] else tag[0].replace("'", '"')
