"""How texts are compared when people search: width and case do not count."""

import unicodedata


def folded(text: str) -> str:
    """A text for searching: half and full width alike, upper and lower case alike."""
    return unicodedata.normalize("NFKC", text).casefold()
