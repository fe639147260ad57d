"""Numbers of characters as record definitions write them: 10, 1-10, 5.1 of a number."""

import re
import unicodedata

_NUMBER = re.compile(r"[0-9]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_FRACTION = re.compile(r"([0-9]{1,2})\s*\.\s*([0-9]{1,2})")


def lengths(least: str, most: str) -> tuple[str, str]:
    """Lowest and highest number of characters, each empty where the texts do not say it.

    Of digits with a fraction the highest has room for the point.
    """
    stated = _BRACKETS.sub("", unicodedata.normalize("NFKC", most))
    numbers = _NUMBER.findall(stated)
    if digits := fraction(most):
        return "", str(digits[0] + 1)
    if not numbers or "." in stated or (len(numbers) == 2 and "," in stated):
        return "", ""
    lows = _NUMBER.findall(unicodedata.normalize("NFKC", least))
    low = lows[0] if lows else (numbers[0] if len(numbers) == 2 else "")
    return (low if low.isdigit() and 1 < int(low) <= int(numbers[-1]) else ""), numbers[-1]


def fraction(text: str) -> tuple[int, int] | None:
    """Digits in all and of the fraction, of a text like 5.1."""
    found = _FRACTION.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None or int(found[2]) >= int(found[1]):
        return None
    return int(found[1]), int(found[2])
